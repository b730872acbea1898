"""T12: one or two more months, once, for a reason the law knows, told to the person within the first month."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, events, refusals
from workflow.actors import Actor
from workflow.guards import CannotDo, require, says_something
from workflow.models import Case, Event, Extension
from workflow.permissions import Act
from workflow.services import clock, second_eyes
from workflow.services._moving import left_at, moving, nothing_came, tell
from workflow.states import (
    FAST_LANE,
    ActorKind,
    CaseState,
    ClaimState,
    EventKind,
    ExtensionReason,
    ExtensionState,
    Outcome,
    Right,
    SelfCheck,
)


def extension_blockers(case: Case) -> list[str | Promise]:
    """Why this case cannot be extended now, each with what would make it possible."""
    row = getattr(case, "extension", None)
    if row is not None:
        return [_NEVER_TWICE[ExtensionState(row.state)]]
    found: list[str | Promise] = []
    if not case.is_open:
        found.append(refusals.of_an_ended_case(case.state))
    if not case.policy_version.policy.extension_enabled:
        found.append(_("Extensions are switched off in the settings this case was opened under."))
    if case.confirmed_at is None:
        found.append(_("Confirm the rights of this case first."))
    elif not _extendable(case):
        found.append(_NOTHING_TO_EXTEND)
    if case.month_due is None:
        found.append(_("The clock stands still: extend, if it is still needed, when the reply has arrived."))
    elif deadlines.brussels_date(timezone.now()) > case.month_due:
        found.append(_("The first month is over: an extension can no longer be announced in time. Answer now."))
    if case.is_open and case.state != CaseState.IN_PROGRESS.value:
        found.append(_("Only a case in progress is extended: settle identity, take the case or read the reply first."))
    return found


_NOTHING_TO_EXTEND = _(
    "Nothing in this case can be extended: a refusal, a stop of advertising and a withdrawal of consent "
    "are answered in time. Answer now."
)
_NEVER_TWICE: dict[ExtensionState, Promise] = {
    ExtensionState.ASKED: _("An extension was asked for already: a second person has to approve or decline it."),
    ExtensionState.APPROVED: _("An extension is approved already: its letter is leaving, you need do nothing."),
    ExtensionState.IN_FORCE: _("This case was extended already: the law allows it once."),
    ExtensionState.LAPSED: _("The extension of this case lapsed: the first month is over. Answer now."),
}


def latest_promise(case: Case, months: int) -> date | None:
    """The last date an extension of so many months can promise; None while the clock stands still."""
    policy = case.policy_version.policy.clock
    found = deadlines.compute(
        case.received_at,
        pauses=[asked for _row, asked in clock.questions_of(case)],
        extension=deadlines.Extension(months),
        policy=policy,
    )
    return found.case_due


def promises_too_much(case: Case, row: Extension) -> bool:
    """A date after the last one the law allows: the receipt, or a reply, proved earlier since it was asked for."""
    last = latest_promise(case, row.months)
    return last is not None and row.promised > last


def ask_extension(
    case_id: int,
    *,
    months: int,
    reason: ExtensionReason,
    why: str,
    done: str,
    promised: date | None = None,
    by: Actor,
) -> None:
    """The officer asks a second person. ``why`` and ``done`` stand in the letter, in the person's language.

    ``promised`` is the date the letter names: the last one possible when not given.
    """
    require(by, Act.WORK_ON_CASE)
    if months not in {1, 2}:
        raise CannotDo(_("Choose one or two months: the law knows no other extension."))
    if not says_something(why) or not says_something(done):
        raise CannotDo(_("Write the reason in this case and what is already done: the person reads both."))
    with moving(case_id, by=by) as (case, now):
        for sentence in extension_blockers(case):
            raise CannotDo(sentence)
        last = latest_promise(case, months)
        promised = promised or last
        if last is None or promised is None or case.case_due is None or not case.case_due < promised <= last:
            raise CannotDo(
                _("Promise a date after %(due)s and not after %(last)s.") % {"due": case.case_due, "last": last}
            )
        row = Extension.objects.create(
            case=case, months=months, reason=reason.value, promised=promised, asked_by=by.code, created_at=now
        )
        tell(
            case,
            EventKind.EXTENSION_ASKED,
            by=by,
            at=now,
            data={"months": months, "reason": reason.value, "promised": row.promised},
            payload={"why": why.strip(), "done": done.strip()},
        )


def decline_extension(case_id: int, *, comment: str, by: Actor) -> None:
    """The second person says no, or the officer takes the wish back; another one can then be asked for."""
    require(by, Act.DECLINE_EXTENSION)
    if not says_something(comment):
        raise CannotDo(_("Say why not."))
    with moving(case_id, by=by) as (case, now):
        row = _row(case, ExtensionState.ASKED)
        row.delete()
        tell(case, EventKind.EXTENSION_DECLINED, by=by, at=now, payload={"text": comment.strip()})


def approve_extension(case_id: int, *, seen: int | None = None, checked: Collection[SelfCheck] = (), by: Actor) -> None:
    """Another person than the one who asked agrees; the notice (M05) then leaves. ``seen``: last event on the screen.

    In a solo office one may agree to one's own wish after the wait, with the whole checklist; it is flagged.
    """
    require(by, Act.REVIEW)
    with moving(case_id, by=by) as (case, now):
        row = _row(case, ExtensionState.ASKED)
        nothing_came(case, since=seen, kinds={EventKind.EXTENSION_ASKED})
        row.alone = row.asked_by == by.code
        if row.alone:
            row.alone_from = _read_alone(case, row, checked, now)
        if case.month_due is None or deadlines.brussels_date(now) > case.month_due:
            raise CannotDo(_("The first month is over, or the clock stands still: this extension cannot be announced."))
        if not _extendable(case):
            raise CannotDo(_NOTHING_TO_EXTEND)
        if promises_too_much(case, row):
            last = latest_promise(case, row.months)
            raise CannotDo(
                _("This date is no longer possible: the law allows %(last)s at the latest. Ask for it anew.")
                % {"last": last.strftime("%d/%m/%Y") if last else ""}
            )
        row.state, row.approved_by, row.approved_at = ExtensionState.APPROVED.value, by.code, now
        row.notice_by = case.month_due
        row.save()
        tell(
            case,
            EventKind.EXTENSION_APPROVED,
            by=by,
            at=now,
            data={"months": row.months, "reason": row.reason, "promised": row.promised, "alone": row.alone},
        )


def announce_extension(case_id: int, *, at: datetime, evidence: str = "", by: Actor) -> None:
    """The notice left: from now on the promised date counts, if it left within the first month.

    ``at`` is when the person's mail server accepted it, or when it was posted, with its ``evidence``: that day counts,
    also where it is recorded after the extension seemed to have lapsed.
    """
    posted = by.kind is ActorKind.STAFF
    if posted:
        require(by, Act.WORK_ON_CASE)
        if not says_something(evidence):
            raise CannotDo(_("Say how it can be proven: the registered number, or who received it."))
    with moving(case_id, by=by) as (case, now):
        row = _row(case, ExtensionState.APPROVED, ExtensionState.LAPSED)
        refusal = _("The notice cannot have left before it was approved, or in the future.")
        on = deadlines.brussels_date(left_at(at, since=row.approved_at, now=now, by=by, refusal=refusal))
        if case.month_due is not None and on > case.month_due:
            if posted:
                raise CannotDo(_("The notice left after the first month, so it extends nothing. Answer now."))
            if row.state != ExtensionState.LAPSED.value:
                row.state = ExtensionState.LAPSED.value
                row.save()
                tell(case, EventKind.EXTENSION_LAPSED, by=by, at=now, data={"notice_by": case.month_due})
            return
        # while the clock stands still the first month lasts at least to today: only days not paused count
        notice_by = case.month_due or max(row.notice_by or on, on)
        row.state, row.announced_on, row.notice_by = ExtensionState.IN_FORCE.value, on, notice_by
        row.save()
        case.extension = row
        clock.wind(case)
        tell(
            case,
            EventKind.CASE_EXTENDED,
            by=by,
            at=now,
            data={
                "months": row.months,
                "reason": row.reason,
                "promised": row.promised,
                "announced_on": on,
                "case_due": case.case_due,
            },
            payload={"evidence": evidence.strip()} if evidence.strip() else None,
        )


def notice_lost(case_id: int, *, by: Actor) -> None:
    """The notice that left by mail came back: the person was not told, so the extension does not count.

    It waits to be posted as long as the first month lasts, and has lapsed after it. Does nothing where the notice
    was posted, or none counts.
    """
    require(by, Act.CARRY_POST)
    with moving(case_id, by=by) as (case, now):
        if _told_by_mail(case, by):
            _lose_notice(case, by=by, at=now)
    for part in Case.objects.filter(split_from=case_id).order_by("id"):  # one notice spoke for both
        if not Event.objects.filter(stream=part.stream, kind=EventKind.CASE_EXTENDED.value).exists():
            with moving(part.pk, by=by) as (half, now):
                _lose_notice(half, by=by, at=now)


def _lose_notice(case: Case, *, by: Actor, at: datetime) -> None:
    row = Extension.objects.filter(case=case, state=ExtensionState.IN_FORCE.value).first()
    if row is None:
        return
    over = case.month_due is not None and deadlines.brussels_date(at) > case.month_due
    row.state = (ExtensionState.LAPSED if over else ExtensionState.APPROVED).value
    row.announced_on, row.notice_by = None, case.month_due or row.notice_by
    row.save()
    case.extension = row
    clock.wind(case)
    data = {"notice_by": case.month_due, "case_due": case.case_due}
    tell(case, EventKind.EXTENSION_NOTICE_LOST, by=by, at=at, data=data)
    if over:
        tell(case, EventKind.EXTENSION_LAPSED, by=by, at=at, data={"notice_by": case.month_due})


def _told_by_mail(case: Case, post_office: Actor) -> bool:
    told = Event.objects.filter(stream=case.stream, kind=EventKind.CASE_EXTENDED.value).order_by("seq").last()
    return told is not None and told.actor == post_office.code


def apologise(case_id: int, *, why: str, until: date, by: Actor) -> None:
    """T25: the answer is late; the person is told why and by when it comes (M20). No date of the law moves."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(why):
        raise CannotDo(_("Write why the answer is late: the person reads it."))
    with moving(case_id, by=by) as (case, now):
        today = deadlines.brussels_date(now)
        if not case.is_open or case.case_due is None or today <= case.case_due:
            raise CannotDo(_("This case is not late, so there is nothing to apologise for: answer by its due date."))
        if until < today:
            raise CannotDo(_("Promise a day that is not past."))
        tell(
            case,
            EventKind.DELAY_APOLOGISED,
            by=by,
            at=now,
            data={"promised": until},
            payload={"text": why.strip()},
        )


def may_still_be_announced(case: Case) -> bool:
    """An approved extension whose notice would leave in time today."""
    row = getattr(case, "extension", None)
    today = deadlines.brussels_date(timezone.now())
    in_time = case.month_due is None or today <= case.month_due
    return bool(case.is_open and row is not None and row.state == ExtensionState.APPROVED.value and in_time)


def notice_has_to_be_posted(case: Case) -> bool:
    """The mail with the notice came back, and there is still time to tell the person in another way."""
    lost = Event.objects.filter(stream=case.stream, kind=EventKind.EXTENSION_NOTICE_LOST.value)
    return may_still_be_announced(case) and lost.exists()


def words_of(case: Case) -> dict[str, str]:
    """Reason and state of the work as the officer wrote them for the letter; empty once erased."""
    asked = Event.objects.filter(stream=case.stream, kind=EventKind.EXTENSION_ASKED.value).order_by("seq").last()
    return (events.payload_of(asked) or {}) if asked else {}


def _row(case: Case, *states: ExtensionState) -> Extension:
    row: Extension | None = Extension.objects.filter(case=case, state__in=[one.value for one in states]).first()
    if row is None:
        raise CannotDo(
            _("No extension waits for this: ask for one first. If there was one, the history says what became of it.")
        )
    return row


def _extendable(case: Case) -> bool:
    """Something is unanswered that is neither a fast-lane right nor drafted as a refusal."""
    waiting = case.claims.exclude(state__in=[ClaimState.ANSWERED.value, ClaimState.WITHDRAWN.value])
    return any(Right(one.right) not in FAST_LANE and one.outcome != Outcome.REFUSED.value for one in waiting)


def _read_alone(case: Case, row: Extension, checked: Collection[SelfCheck], now: datetime) -> datetime:
    if not case.policy_version.policy.four_eyes.extension:
        return row.created_at
    solo = second_eyes.solo_from(case, since=row.created_at, due=case.month_due)
    return second_eyes.check_own_reading(solo, checked=checked, at=now)
