"""What runs on a case beside its rights goes on with it when it is merged: complaint, hold, freeze, breach, authority.

An overlay of the merged case would be seen by nobody: nothing rings there any more, and the case that goes on would be
closed, or its data erased, over it.
"""

from django.utils.translation import gettext_lazy as _

from workflow.events import Value
from workflow.guards import CannotDo
from workflow.models import Case


def check_one_of_each(case: Case, target: Case) -> None:
    """Raises CannotDo where both run something that only one case can go on with, or a letter about it is leaving."""
    looks = [one.reexaminations.filter(answered_at__isnull=True).first() for one in (case, target)]
    if looks[0] is not None and (looks[1] is not None or looks[0].decided_at is not None):
        raise CannotDo(_("Answer the complaint in this case first: its letter is of this case."))
    if all(one.breaches.filter(settled_at__isnull=True).exists() for one in (case, target)):
        raise CannotDo(_("Both cases have a possible breach that is not settled: settle that of one of them first."))


def take_over(target: Case, *, source: Case) -> dict[str, Value]:
    """The overlays of ``source`` are those of ``target``; the caller holds both locks, winds, saves and records.

    Returns what of them the history tells. A freeze is announced to end anew: the person was warned of another case.
    """
    taken: list[str] = []
    if source.complaint or source.legal_hold or (source.authority and not target.authority):
        source.reexaminations.filter(answered_at__isnull=True).update(case=target)
        target.complaint, target.legal_hold = target.complaint or source.complaint, True
        taken += ["complaint"] if source.complaint else []
        taken.append("legal_hold")
    if source.interim_restricted:
        target.interim_restricted = True
        target.interim_decided_at = target.interim_decided_at or source.interim_decided_at
        target.lifting_on = source.lifting_on = None
        source.interim_restricted = False
        taken.append("interim_restricted")
    if source.possible_breach:
        source.breaches.filter(settled_at__isnull=True).update(case=target)
        target.possible_breach = True
        target.breach_open, source.breach_open = target.breach_open or source.breach_open, False
        taken.append("possible_breach")
    if source.minor:
        target.minor, target.minor_conflict = True, target.minor_conflict or source.minor_conflict
        taken.append("minor")
    source.complaint = source.legal_hold = False
    target.reply_to_read, source.reply_to_read = target.reply_to_read or source.reply_to_read, False
    return {**_authority(target, source), **({"overlays": ",".join(taken)} if taken else {})}


def _authority(target: Case, source: Case) -> dict[str, Value]:
    """Of two dates an authority set the earlier one counts."""
    target.authority = target.authority or source.authority
    if source.authority_due is None:
        return {}
    target.authority_due = min(target.authority_due or source.authority_due, source.authority_due)
    return {"authority_due": target.authority_due}
