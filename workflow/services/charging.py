"""A reasonable fee instead of a refusal (Art. 12(5)(a)): asked, approved by a manager, told, then settled.

The right stays open and no clock stops meanwhile (domain §2.4, §3). The letter (M06F) is a decision of Art. 12(4),
so it leaves within the first month.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, events, refusals
from workflow.actors import Actor
from workflow.events import Value
from workflow.guards import CannotDo, level_needed, require, says_something
from workflow.models import Case, Claim, Event, Fee
from workflow.permissions import Act
from workflow.services import clock, opinions, repeating, second_eyes
from workflow.services._moving import deciding, in_open_case, left_at, tell
from workflow.states import (
    ABUSE,
    FEE_RIGHTS,
    ActorKind,
    CaseState,
    EventKind,
    FeeState,
    Ground,
    IdentityLevel,
    Right,
    SelfCheck,
)

PAY_DAYS = 14  # what the person has to pay, where the due date leaves as much
FEWEST_DAYS = 5  # less is no real choice between paying and withdrawing
LARGEST = 1_000_000  # cents; a fee covers the cost of the answer, never more


def fee_blockers(case: Case, claim: Claim) -> list[str | Promise]:
    """Why no fee can be asked for this right now, each with what makes it possible."""
    right = Right(claim.right)
    if right not in FEE_RIGHTS:
        return [_("This right is always free of charge: answer it without a fee.")]
    if claim.fee:
        return [_NEVER_TWICE[FeeState(claim.fee)]]
    if not case.is_open:
        return [refusals.of_an_ended_case(case.state)]
    if (elsewhere := refusals.of_claim("draft", claim.state)) is not None:
        return [elsewhere]
    found: list[str | Promise] = []
    if not claim.confirmed:
        found.append(_("Confirm the rights of this case first."))
    elif case.state != CaseState.IN_PROGRESS.value and level_needed(case, [right]) > IdentityLevel.L0:
        found.append(_("Verify identity and take the case first."))
    return found + _too_late(case, deadlines.brussels_date(timezone.now()))


_NEVER_TWICE: dict[FeeState, Promise] = {
    FeeState.ASKED: _("A fee is asked for this right already: go on with it under “Fee”, or give it up there first."),
    FeeState.PAID: _("The fee for this right was paid: answer it."),
    FeeState.UNPAID: _("The person did not pay the fee for this right: refuse it with its reasons, or answer it free."),
    FeeState.DROPPED: _("The fee for this right was dropped: answer it free of charge."),
    FeeState.WITHDRAWN: _("The person withdrew this right when a fee was asked."),
}


def ask_fee(
    claim_id: int, *, cents: int, ground: Ground, facts: str, calculation: str, how_to_pay: str, by: Actor
) -> None:
    """The officer proposes a fee to a manager; the three texts stand in the letter, in the person's language.

    ``cents`` of euros. Raises CannotDo where the law knows no fee, or where it can no longer leave in time.
    """
    require(by, Act.WORK_ON_CASE)
    if not 0 < cents <= LARGEST:
        raise CannotDo(_("Write the amount in euros, like 12.50; the fee covers the cost of the answer, nothing more."))
    if ground not in ABUSE:
        raise CannotDo(_("Choose a ground the law allows for this right."))
    if not says_something(facts) or not says_something(calculation) or not says_something(how_to_pay):
        raise CannotDo(_("Write the facts, how the amount is calculated and how to pay: the person reads all three."))
    with deciding(claim_id, by=by) as (case, claim, now):
        for sentence in [*fee_blockers(case, claim), *repeating.abuse_blockers(case, claim, ground.value)]:
            raise CannotDo(sentence)
        Fee.objects.create(claim=claim, ground=ground.value, cents=cents, asked_by=by.code, created_at=now)
        claim.fee = FeeState.ASKED.value
        said = {"facts": facts.strip(), "calculation": calculation.strip(), "how": how_to_pay.strip()}
        data = {"ground": ground.value, "cents": cents}
        tell(case, EventKind.FEE_ASKED, by=by, at=now, claim=claim, data=data, payload=said)


def approve_fee(claim_id: int, *, cents: int, checked: Collection[SelfCheck] = (), by: Actor) -> None:
    """Another manager than who asked agrees to the amount on the screen; the letter (M06F) then leaves.

    In a solo office one may agree to one's own after the wait, with the whole checklist; it is flagged.
    """
    require(by, Act.DECIDE_EXCEPTION)
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        row = _row(claim, approved=False)
        if row.cents != cents:
            raise CannotDo(_("The fee was changed after you opened the page. Read it again first."))
        row.alone = row.asked_by == by.code
        if row.alone:
            row.alone_from = _read_alone(case, row, checked, now)
        today = deadlines.brussels_date(now)
        for sentence in [*_too_late(case, today), *opinions.objections(case, claim)]:
            raise CannotDo(sentence)
        row.approved_by, row.approved_at, row.pay_by = by.code, now, _pay_by(case, today)
        row.save()
        clock.wind(case)
        data: dict[str, Value] = {"ground": row.ground, "cents": row.cents, "pay_by": row.pay_by, "alone": row.alone}
        tell(case, EventKind.FEE_APPROVED, by=by, at=now, claim=claim, data=data)


def announce_fee(claim_id: int, *, at: datetime, evidence: str = "", by: Actor) -> None:
    """The letter left: by mail when the person's server accepted it, or posted with its ``evidence``."""
    if by.kind is ActorKind.STAFF:
        require(by, Act.WORK_ON_CASE)
        if not says_something(evidence):
            raise CannotDo(_("Say how it can be proven: the registered number, or who received it."))
    with deciding(claim_id, by=by) as (case, claim, now):
        row = _row(claim, approved=True)
        refusal = _("The letter cannot have left before it was approved, or in the future.")
        row.told_on = deadlines.brussels_date(left_at(at, since=row.approved_at, now=now, by=by, refusal=refusal))
        row.save()
        late = case.month_due is not None and row.told_on > case.month_due
        data: dict[str, Value] = {"announced_on": row.told_on, **({"late_refusal": True} if late else {})}
        payload = {"evidence": evidence.strip()} if evidence.strip() else None
        tell(case, EventKind.FEE_TOLD, by=by, at=now, claim=claim, data=data, payload=payload)


def record_fee_paid(claim_id: int, *, evidence: str, by: Actor) -> None:
    """The money came: the right goes on and can no longer be refused as abusive."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(evidence):
        raise CannotDo(_("Say where the payment is seen: the date and the account statement."))
    with deciding(claim_id, by=by) as (case, claim, now):
        _row(claim, approved=True)
        _settle(case, claim, FeeState.PAID)
        tell(case, EventKind.FEE_PAID, by=by, at=now, claim=claim, payload={"evidence": evidence.strip()})


def record_fee_unpaid(claim_id: int, *, said: str = "", by: Actor) -> None:
    """The person will not pay, in their words ``said``, or let the day pass: the right is decided without the fee."""
    require(by, Act.WORK_ON_CASE)
    with deciding(claim_id, by=by) as (case, claim, now):
        row = _row(claim, approved=True)
        if row.told_on is None:
            raise CannotDo(_("The letter about the fee has not left yet."))
        if not said.strip() and row.pay_by is not None and deadlines.brussels_date(now) <= row.pay_by:
            sentence = _("The person may still pay until %(day)s. If they refuse, copy their words.")
            raise CannotDo(sentence % {"day": row.pay_by.strftime("%d/%m/%Y")})
        _settle(case, claim, FeeState.UNPAID)
        payload = {"text": said.strip()} if said.strip() else None
        tell(case, EventKind.FEE_UNPAID, by=by, at=now, claim=claim, payload=payload)


def drop_fee(claim_id: int, *, reason: str, by: Actor) -> None:
    """The manager says no, or the office answers free of charge after all; before the approval it may be asked anew."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(reason):
        raise CannotDo(_("Say why no fee is asked."))
    with deciding(claim_id, by=by) as (case, claim, now):
        row = _row(claim)
        kind = EventKind.FEE_DROPPED if row.approved_at else EventKind.FEE_DECLINED
        if row.approved_at is None:
            row.delete()
        _settle(case, claim, FeeState.DROPPED if row.approved_at else None)
        tell(case, kind, by=by, at=now, claim=claim, payload={"text": reason.strip()})


def blockers(claim: Claim) -> list[str | Promise]:
    """Why a right cannot be decided because of its fee."""
    if claim.fee == FeeState.ASKED.value:
        return [_("A fee is asked for this right: record that it was paid or refused, or drop it, before you decide.")]
    if claim.fee == FeeState.PAID.value and claim.ground in ABUSE:
        return [_("The person paid the fee: this right can no longer be refused as excessive or unfounded.")]
    return []


def fee_of(claim: Claim) -> Fee | None:
    """The fee of this right, settled or not."""
    row: Fee | None = Fee.objects.filter(claim=claim).first()
    return row


def fee_told(claim: Claim) -> Fee | None:
    """The fee the person is being asked for: approved and not settled."""
    row = fee_of(claim) if claim.fee == FeeState.ASKED.value else None
    return row if row is not None and row.approved_at is not None else None


def fee_words_of(claim: Claim) -> dict[str, str]:
    """Facts, calculation and way to pay as the officer wrote them; empty once erased."""
    rows = Event.objects.filter(stream=claim.case.stream, kind=EventKind.FEE_ASKED.value).order_by("-seq")
    asked = next((event for event in rows if events.fields(event)["claim"] == str(claim.uuid)), None)
    return (events.payload_of(asked) or {}) if asked else {}


def fee_due(case: Case) -> date | None:
    """Until when a fee has to be decided, like a refusal (Art. 12(4)); None while the clock stands still."""
    days = [day for day in (case.case_due, case.month_due) if day is not None]
    return min(days, default=None)


def _too_late(case: Case, today: date) -> list[str | Promise]:
    if _pay_by(case, today) >= today + timedelta(days=FEWEST_DAYS):
        return []
    return [_("Too few days are left for the person to choose whether to pay: answer free of charge, or refuse.")]


def _pay_by(case: Case, today: date) -> date:
    """The last day to pay: a working day is left after it to answer or to refuse in time."""
    wanted, due = today + timedelta(days=PAY_DAYS), fee_due(case)
    if due is None:
        return wanted
    return min(wanted, deadlines.last_working_on_or_before(due) - timedelta(days=1))


def _row(claim: Claim, *, approved: bool | None = None) -> Fee:
    """The fee that is not settled yet. Raises CannotDo where none stands, or not where it has to."""
    row = fee_of(claim) if claim.fee == FeeState.ASKED.value else None
    if row is None:
        raise CannotDo(
            _("No fee waits for this: propose one first. If there was one, the history says what became of it.")
        )
    if approved is not None and approved is not (row.approved_at is not None):
        raise CannotDo(
            _("A manager has to approve the fee first.")
            if approved
            else _("This fee is approved already: its letter to the person is leaving.")
        )
    return row


def _settle(case: Case, claim: Claim, state: FeeState | None) -> None:
    claim.fee = state.value if state else ""
    claim.save()
    clock.wind(case)


def _read_alone(case: Case, row: Fee, checked: Collection[SelfCheck], now: datetime) -> datetime:
    if not case.policy_version.policy.four_eyes.fee:
        return row.created_at
    solo = second_eyes.solo_from(case, since=row.created_at, due=fee_due(case))
    return second_eyes.check_own_reading(solo, checked=checked, at=now)
