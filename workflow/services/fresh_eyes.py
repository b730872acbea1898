"""Who may look again: neither author nor reviewer of what a complaint or a disagreement is about (domain §3, T24).

Where everybody took part the answer must still leave: it falls to whoever is left, a manager first, and is flagged.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, events, queries
from workflow.actors import Actor
from workflow.guards import CannotDo
from workflow.models import Case, Claim, Event, Staff
from workflow.permissions import Act, may
from workflow.states import ActorKind, ClaimState, EventKind, Outcome, ReopenReason, Right, Role, SecondLook

_DECIDED = [
    EventKind.CLAIM_DRAFTED.value,
    EventKind.CLAIM_SUBMITTED.value,
    EventKind.CLAIM_APPROVED.value,
    EventKind.FEE_ASKED.value,
    EventKind.FEE_APPROVED.value,
]
_LOOKS = [
    EventKind.CLAIM_ANSWERED.value,
    EventKind.REEXAMINATION_DECIDED.value,
    EventKind.CASE_REOPENED.value,
    EventKind.RIGHTS_REOPENED.value,
]
_REFUSALS = {Outcome.REFUSED.value, Outcome.PARTLY_GRANTED.value}


@dataclass(frozen=True, slots=True)
class Before:
    """The codes of those who decided before, and whether one of them acts again since nobody else is left."""

    codes: frozenset[str] = field(default_factory=frozenset)
    nobody_else: bool = False

    @property
    def column(self) -> str:
        """As the table keeps them: every code between commas."""
        return f",{''.join(f'{code},' for code in sorted(self.codes))}"


def involved(case: Case) -> set[str]:
    """Codes of all staff who ever wrote, submitted or approved a decision in this case, whatever became of it.

    Also of those it follows, was split from or has taken in: what the person complains of may have been said there.
    """
    return {event.actor for event in _decisions(case)}


def free_to_examine(case: Case) -> bool:
    """Whether somebody who took no part in its decisions could look at the case a second time, in time."""
    return bool(_others(case, Act.REEXAMINE, besides=involved(case)))


def before_of(case: Case, claim: Claim) -> frozenset[str]:
    """Whose decision this right is about: none of them decides it, as long as somebody else is left.

    Of a complaint whoever decided another right; of a refusal, even of a part, after a second look or a reopening of
    a refusal whoever had decided before that.
    """
    if claim.right == Right.COMPLAINT.value:
        mine = str(claim.uuid)
        return frozenset(event.actor for event in _decisions(case) if events.fields(event)["claim"] != mine)
    looked = _looked_again(case, claim) if claim.outcome in _REFUSALS else None
    if looked is None:
        return frozenset()
    earlier = (event for event in _decisions(case) if event.stream != case.stream or event.seq < looked.seq)
    return frozenset(event.actor for event in earlier)


def check_author(case: Case, claim: Claim, *, by: Actor) -> Before:
    """Somebody else than those who decided before drafts and hands in. Raises CannotDo otherwise."""
    codes = before_of(case, claim)
    if by.kind is not ActorKind.STAFF or by.code not in codes:
        return Before(codes)
    if _others(case, Act.WORK_ON_CASE, besides=codes):
        raise CannotDo(_not_you())
    return Before(codes, nobody_else=True)


def check_reviewer(case: Case, claim: Claim, *, by: Actor) -> Before:
    """Somebody else than those who decided before approves; else a manager, else whoever is left. Raises CannotDo."""
    codes = before_of(case, claim)
    authors = {claim.author, claim.submitted_by}
    if authors & codes and _others(case, Act.WORK_ON_CASE, besides=codes):
        raise CannotDo(_("Its author decided what the person complains of: send it back, a colleague has to write it."))
    if by.kind is not ActorKind.STAFF or by.code not in codes:
        return Before(codes, nobody_else=bool(authors & codes))
    if _others(case, Act.REVIEW, besides=codes | authors):
        raise CannotDo(_not_you())
    managers = [one for one in _others(case, Act.REVIEW, besides=authors) if one.has(Role.MANAGER)]
    if managers and not by.has(Role.MANAGER):
        raise CannotDo(_("Nobody is left who took no part in this: a manager has to approve it."))
    return Before(codes, nobody_else=True)


def why_not_you(case: Case, claim: Claim, *, to: Actor) -> str | Promise:
    """Why this person must leave a decision to somebody else, before they try; "" where they need not."""
    check = check_author if claim.state == ClaimState.OPEN.value else check_reviewer
    try:
        check(case, claim, by=to)
    except CannotDo as refused:
        return refused.sentence
    return ""


def _not_you() -> Promise:
    return _(
        "You took part in the decision that is looked at again here: a colleague who did not has to write and approve "
        "this."
    )


def _looked_again(case: Case, claim: Claim) -> Event | None:
    """The last time an answer about this right was taken back: by a second look, or a refusal by a reopening.

    A refusal that is reopened as incomplete is one somebody did not accept, whatever the officer called it. A letter
    that came back is not: nobody has read it.
    """
    told = Event.objects.filter(stream=case.stream, kind__in=_LOOKS).order_by("seq")
    answered, found = "", None
    for event in told:
        content = events.fields(event)
        data = content["data"]
        if event.kind == EventKind.CLAIM_ANSWERED.value:
            answered = str(data["outcome"]) if content["claim"] == str(claim.uuid) else answered
        elif event.kind == EventKind.REEXAMINATION_DECIDED.value:
            found = event if answered and data["second_look"] == SecondLook.CHANGED.value else found
        elif answered in _REFUSALS and claim.right in str(data["rights"]).split(","):
            found = event if data["because"] == ReopenReason.INCOMPLETE.value else found
    return found


def _decisions(case: Case) -> Iterable[Event]:
    streams = [one.stream for one in _family(case)]
    return list(Event.objects.filter(stream__in=streams, kind__in=_DECIDED).order_by("id"))


def _family(case: Case) -> list[Case]:
    """The case with those merged into it, and those it follows or came out of, back to the first."""
    found: dict[int, Case] = {}
    waiting: list[Case] = [case]
    while waiting:
        one = waiting.pop()
        if one.pk in found:
            continue
        found[one.pk] = one
        waiting += [other for other in (one.linked_to, one.split_from, *one.absorbed.all()) if other is not None]
    return list(found.values())


def _others(case: Case, act: Act, *, besides: Collection[str]) -> list[Actor]:
    """Who else could do it in time: may, sees the case, and is not away until after its due date."""
    today = deadlines.brussels_date(timezone.now())
    until: date = max(case.case_due or case.never_paused_due, today)
    away = queries.absences_on(today).filter(last_day__gte=until).values("staff")
    active = Staff.objects.filter(is_active=True).exclude(code__in=besides).exclude(pk__in=away)
    actors = [one.actor() for one in active.prefetch_related("roles")]
    return [one for one in actors if may(one, act) and queries.sees(one, case)]
