"""Four eyes (domain §3, T16): who may approve what somebody wrote, and the wait of an office of one.

The one place for claims, fees and extensions; the constraints of their tables repeat it.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import deadlines
from workflow.guards import CannotDo
from workflow.models import Case, Claim, PolicyVersion
from workflow.policy import Policy
from workflow.states import DISCLOSES_DATA, Outcome, Right, SelfCheck

_REFUSED, _PARTLY = Outcome.REFUSED.value, Outcome.PARTLY_GRANTED.value


def switched_off(case: Case, claim: Claim) -> str:
    """The setting of this case that wants no other person for this decision; "" where one is wanted.

    Several may be about one decision: one that wants a second person is enough.
    """
    settings, right = case.policy_version.policy.four_eyes, Right(claim.right)
    kinds = {
        "refusal": claim.outcome == _REFUSED,
        "partial": claim.outcome == _PARTLY,
        "disclosure": right in DISCLOSES_DATA and claim.outcome != _REFUSED,
        "erasure": right is Right.ERASURE and claim.outcome != _REFUSED,
    }
    about = [name for name, applies in kinds.items() if applies] or ["other"]
    return "" if any(getattr(settings, name) for name in about) else about[0]


def decision_due(case: Case, claim: Claim) -> date | None:
    """Until when the decision has to leave: a refusal, even of a part, within the first month (Art. 12(4))."""
    if claim.outcome in {_REFUSED, _PARTLY} and case.case_due is not None and case.month_due is not None:
        return min(case.case_due, case.month_due)
    return case.case_due


def solo_from(case: Case, *, since: datetime, due: date | None) -> datetime | None:
    """From when an office of one may read its own work again; None where the settings of today want two people."""
    return deadlines.solo_review_from(since, due) if newest_policy(case).solo_review else None


def check_own_reading(solo: datetime | None, *, checked: Collection[SelfCheck], at: datetime) -> datetime:
    """One's own work, approved by oneself: after the wait and with the whole checklist. Raises CannotDo otherwise."""
    if sentence := own_reading_blocker(solo, at=at):
        raise CannotDo(sentence)
    if set(SelfCheck) - set(checked) or solo is None:
        raise CannotDo(_("Tick every line of the checklist: it takes the place of the second person."))
    return solo


def own_reading_blocker(solo: datetime | None, *, at: datetime) -> str | Promise:
    """Why nobody can approve their own work now; "" when they can."""
    if solo is None:
        return _(
            "You wrote or submitted this draft: another person has to approve it. "
            "Ask a colleague who is a reviewer or a manager."
        )
    if at < solo:
        when = solo.astimezone(deadlines.BRUSSELS).strftime("%d/%m/%Y %H:%M")
        sentence = _("This is your own work: a solo office reads it again after 12 hours. Come back after %(when)s.")
        return sentence % {"when": when}
    return ""


def newest_policy(case: Case) -> Policy:
    """What the organisation has chosen last: whether it is an office of one is about today, not about the case."""
    newest = PolicyVersion.objects.filter(controller=case.controller_id).order_by("-number").first()
    return newest.policy if newest else case.policy_version.policy
