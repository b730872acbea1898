"""T12 and T25: more time once, told in time and agreed by a second person; and what lateness leaves behind."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor, utc
from workflow import deadlines, services
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Claim, Event, Extension
from workflow.policy import Policy
from workflow.states import (
    EventKind,
    ExtensionReason,
    ExtensionState,
    Ground,
    Means,
    Outcome,
    PauseKind,
    Right,
    SelfCheck,
)

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)  # due 2027-04-01, month 2027-04-02, +1 2027-05-03, +2 2027-06-02


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def told(case: Case) -> list[str]:
    return list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True))


def ask(case: Case, months: int = 2, by: str = "officer", **more: object) -> None:
    values = {"reason": ExtensionReason.COMPLEXITY, "why": "Your data sit in four systems.", "done": "Two are read."}
    services.ask_extension(case.pk, months=months, by=actor(by), **{**values, **more})


def announced(case: Case, *parts: int) -> Case:
    services.approve_extension(case.pk, by=actor("reviewer"))
    services.announce_extension(case.pk, at=utc(*parts), by=POST_OFFICE)
    return factories.again(case)


@pytest.mark.parametrize(("months", "due"), [(1, "2027-05-03"), (2, "2027-06-02")])
def test_the_due_date_moves_when_the_notice_left_and_not_before(move, months, due):
    case = factories.in_progress(received_at=TUESDAY)
    ask(case, months)
    assert factories.again(case).case_due.isoformat() == "2027-04-01"

    services.approve_extension(case.pk, by=actor("reviewer"))
    assert factories.again(case).case_due.isoformat() == "2027-04-01"
    services.announce_extension(case.pk, at=utc(2027, 3, 2, 9), by=POST_OFFICE)

    assert factories.again(case).case_due.isoformat() == due
    assert told(case)[-3:] == ["extension_asked", "extension_approved", "case_extended"]


def test_an_earlier_promise_binds(move):
    case = factories.in_progress(received_at=TUESDAY)
    ask(case, promised=date(2027, 4, 20))

    assert announced(case, 2027, 3, 2, 9).case_due.isoformat() == "2027-04-20"


@pytest.mark.parametrize("day", [date(2027, 4, 1), date(2027, 6, 3)])
def test_no_promise_before_the_due_date_or_after_the_law(move, day):
    case = factories.in_progress(received_at=TUESDAY)

    with pytest.raises(CannotDo, match="Promise a date"):
        ask(case, promised=day)

    assert not Extension.objects.exists()


def test_whoever_asked_does_not_approve_not_even_by_sql(move):
    case = factories.in_progress(received_at=TUESDAY)
    ask(case, by="manager")

    with pytest.raises(CannotDo, match="another person"):
        services.approve_extension(case.pk, by=actor("manager"))
    with pytest.raises(NotPermitted):
        services.approve_extension(case.pk, by=actor("officer"))
    with pytest.raises(IntegrityError, match="approved_by_another_person"), transaction.atomic():
        Extension.objects.update(state="approved", approved_by=actor("manager").code, approved_at=TUESDAY)

    assert case.extension.state == ExtensionState.ASKED


def test_a_solo_office_may_after_the_wait_and_it_is_flagged(move):
    services.set_policy(Policy(solo_review=True), controller=factories.installation(), by=actor("manager"))
    case = factories.in_progress(received_at=TUESDAY)
    ask(case, by="manager")

    with pytest.raises(CannotDo, match="12 hours"):
        services.approve_extension(case.pk, by=actor("manager"))
    move(2027, 3, 2, 21)
    with pytest.raises(CannotDo, match="checklist"):
        services.approve_extension(case.pk, checked=list(SelfCheck)[1:], by=actor("manager"))
    services.approve_extension(case.pk, checked=list(SelfCheck), by=actor("manager"))

    assert Extension.objects.get().alone
    with pytest.raises(IntegrityError, match="after_the_wait"), transaction.atomic():
        Extension.objects.update(alone_from=utc(2027, 3, 3, 0))
    with pytest.raises(IntegrityError, match="alone_after_the_wait"), transaction.atomic():
        Extension.objects.update(alone_from=None)


def test_the_wait_of_a_solo_office_never_runs_past_the_due_date():
    due = date(2027, 4, 1)

    assert deadlines.solo_review_from(utc(2027, 4, 1, 6), due) == utc(2027, 4, 1, 18)
    assert deadlines.solo_review_from(utc(2027, 4, 1, 20), due) == utc(2027, 4, 1, 21, 59, 59)
    assert deadlines.solo_review_from(utc(2027, 4, 2, 6), due) == utc(2027, 4, 2, 6)


def test_in_a_solo_office_a_draft_of_the_day_to_send_still_leaves_in_time(move):
    services.set_policy(Policy(solo_review=True), controller=factories.installation(), by=actor("manager"))

    case = factories.received(received_at=TUESDAY)

    assert (case.case_due, case.send_by) == (date(2027, 4, 1), date(2027, 3, 31))


def test_a_declined_wish_leaves_room_for_another_one_and_an_extension_does_not(move):
    case = factories.in_progress(received_at=TUESDAY)
    ask(case)
    with pytest.raises(CannotDo, match="a second person has to approve"):
        ask(case)
    services.decline_extension(case.pk, comment="One month will do.", by=actor("reviewer"))
    ask(case, 1)
    announced(case, 2027, 3, 2, 9)

    with pytest.raises(CannotDo, match="once"):
        ask(case)

    assert told(case).count("extension_asked") == 2


def test_a_wish_that_came_after_the_page_was_opened_is_not_approved_unseen(move):
    case = factories.in_progress(received_at=TUESDAY)
    ask(case, 1)
    seen = len(told(case))
    services.decline_extension(case.pk, comment="Too short.", by=actor("reviewer"))
    ask(case, 2)

    with pytest.raises(CannotDo, match="Something new"):
        services.approve_extension(case.pk, seen=seen, by=actor("reviewer"))


def test_a_notice_that_leaves_after_the_first_month_extends_nothing(move):
    case = factories.in_progress(received_at=TUESDAY)
    ask(case)
    move(2027, 4, 2, 9)
    services.approve_extension(case.pk, by=actor("reviewer"))
    move(2027, 4, 3, 9)

    with pytest.raises(CannotDo, match="extends nothing"):
        services.announce_extension(case.pk, at=utc(2027, 4, 3, 8), evidence="RE 1", by=actor("officer"))
    services.announce_extension(case.pk, at=utc(2027, 4, 3, 8), by=POST_OFFICE)

    assert (factories.again(case).case_due.isoformat(), case.extension.state) == ("2027-04-01", ExtensionState.LAPSED)
    assert told(case)[-1] == "extension_lapsed"


def test_an_announcement_after_its_day_is_refused_by_the_database(move):
    case = factories.in_progress(received_at=TUESDAY)
    ask(case)
    announced(case, 2027, 3, 2, 9)

    with pytest.raises(IntegrityError, match="announced_in_time"), transaction.atomic():
        Extension.objects.update(announced_on=date(2027, 4, 3))


def test_what_was_not_announced_within_the_month_lapses_by_itself(move):
    case = factories.in_progress(received_at=TUESDAY)
    ask(case)

    move(2027, 4, 2, 20)
    services.ring()
    assert Extension.objects.get().state == ExtensionState.ASKED
    move(2027, 4, 2, 22, 30)
    services.ring()

    assert Extension.objects.get().state == ExtensionState.LAPSED
    with pytest.raises(CannotDo, match="lapsed"):
        ask(case)


def test_a_posted_notice_counts_with_its_evidence(move):
    case = factories.in_progress(received_at=TUESDAY)
    ask(case, 1)
    services.approve_extension(case.pk, by=actor("reviewer"))
    with pytest.raises(CannotDo, match="proven"):
        services.announce_extension(case.pk, at=utc(2027, 3, 2, 9), by=actor("officer"))

    services.announce_extension(case.pk, at=utc(2027, 3, 2, 9), evidence="RE 1 BE", by=actor("officer"))

    assert factories.again(case).case_due.isoformat() == "2027-05-03"


def refused(case: Case, right: Right = Right.ACCESS) -> Claim:
    claim = factories.claim(case, right)
    values = {"outcome": Outcome.REFUSED, "ground": Ground.G_UNF, "facts": "The fifth time this week."}
    services.draft(claim.pk, by=actor("officer"), **values)
    services.evidence_abuse(claim.pk, text="Offers to stop for money.", by=actor("officer"))
    return claim


def test_a_refusal_alone_is_never_extended(move):
    case = factories.in_progress(received_at=TUESDAY)
    refused(case)

    with pytest.raises(CannotDo, match="can be extended: a refusal, a stop of advertising"):
        ask(case)


def test_the_fast_lane_is_never_extended(move):
    case = factories.in_progress((Right.OBJECTION_DM,), received_at=TUESDAY)

    with pytest.raises(CannotDo, match="can be extended: a refusal, a stop of advertising"):
        ask(case)


@pytest.mark.parametrize("months", [0, 3, -1])
def test_the_law_knows_one_or_two_months(move, months):
    with pytest.raises(CannotDo, match="one or two"):
        ask(factories.in_progress(received_at=TUESDAY), months)


def test_not_after_the_first_month_not_while_the_clock_stands_still_not_when_switched_off(move):
    paused = factories.confirmed(received_at=TUESDAY)
    services.ask_identity(paused.pk, doubt="another address", by=actor("officer"))
    services.begin_pause(paused.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    running = factories.in_progress(received_at=TUESDAY)
    services.set_policy(Policy(extension_enabled=False), controller=factories.installation(), by=actor("manager"))
    off = factories.in_progress(received_at=TUESDAY)

    with pytest.raises(CannotDo, match="stands still"):
        ask(paused)
    with pytest.raises(CannotDo, match="switched off"):
        ask(off)
    move(2027, 4, 2, 22, 30)  # 3 April in Brussels
    with pytest.raises(CannotDo, match="first month is over"):
        ask(running)


def test_a_refusal_in_an_extended_case_still_has_the_first_month(move):
    case = factories.in_progress((Right.ACCESS, Right.ERASURE), received_at=TUESDAY)
    ask(case)
    announced(case, 2027, 3, 2, 9)
    assert factories.again(case).next_due.isoformat() == "2027-06-02"

    claim = refused(case)

    assert factories.again(case).next_due.isoformat() == "2027-04-02"
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("manager"))
    move(2027, 4, 6, 9)
    services.answer(claim.pk, at=utc(2027, 4, 6, 8), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    assert Claim.objects.get(pk=claim.pk).late_refusal


def test_a_refusal_within_the_month_is_not_late(move):
    case = factories.in_progress(received_at=TUESDAY)
    claim = refused(case)
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("manager"))
    move(2027, 4, 2, 21)

    services.answer(claim.pk, at=utc(2027, 4, 2, 20), means=Means.POSTED, evidence="RE 1", by=actor("officer"))

    assert not Claim.objects.get(pk=claim.pk).late_refusal
    with pytest.raises(IntegrityError, match="late_refusal"), transaction.atomic():
        Claim.objects.update(outcome="granted", ground="", late_refusal=True)


# -- late ------------------------------------------------------------------------------------------


def test_an_apology_says_why_and_by_when_and_moves_no_date(move):
    case = factories.in_progress(received_at=TUESDAY)
    with pytest.raises(CannotDo, match="not late"):
        services.apologise(case.pk, why="We forgot.", until=date(2027, 4, 9), by=actor("officer"))
    move(2027, 4, 2, 9)
    services.ring()

    for values in ({"why": " ", "until": date(2027, 4, 9)}, {"why": "We forgot.", "until": date(2027, 4, 1)}):
        with pytest.raises(CannotDo):
            services.apologise(case.pk, by=actor("officer"), **values)
    services.apologise(case.pk, why="We forgot.", until=date(2027, 4, 9), by=actor("officer"))

    after = factories.again(case)
    assert (after.overdue, after.case_due.isoformat()) == (True, "2027-04-01")
    assert told(case)[-1] == EventKind.DELAY_APOLOGISED


def asked_and_approved(move, case: Case) -> None:
    ask(case)
    move(2027, 4, 1, 9)
    services.approve_extension(case.pk, by=actor("reviewer"))


def test_a_notice_posted_on_the_last_day_counts_although_it_is_recorded_days_later(move):
    case = factories.in_progress(received_at=TUESDAY)
    asked_and_approved(move, case)
    move(2027, 4, 3, 0, 10)
    services.ring()
    assert told(case)[-1] == "extension_lapsed"
    move(2027, 4, 5, 8)
    with pytest.raises(CannotDo, match="after the first month"):
        services.announce_extension(case.pk, at=utc(2027, 4, 2, 22, 1), evidence="RR 1", by=actor("officer"))

    services.announce_extension(case.pk, at=utc(2027, 4, 2, 14), evidence="RR 1", by=actor("officer"))

    after = factories.again(case)
    assert (after.case_due, after.overdue, after.extension.state) == (date(2027, 6, 2), False, "in_force")
    assert services.differences(after) == []


def test_a_wish_nobody_approved_in_time_is_not_announced_afterwards(move):
    case = factories.in_progress(received_at=TUESDAY)
    ask(case)
    move(2027, 4, 3, 0, 10)
    services.ring()

    with pytest.raises(CannotDo, match="before it was approved"):
        services.announce_extension(case.pk, at=utc(2027, 4, 2, 14), evidence="RR 1", by=actor("officer"))


def test_the_post_office_that_comes_too_late_leaves_a_lapsed_extension_as_it_is(move):
    case = factories.in_progress(received_at=TUESDAY)
    asked_and_approved(move, case)
    move(2027, 4, 3, 0, 10)
    services.ring()
    before = told(case)

    services.announce_extension(case.pk, at=utc(2027, 4, 3, 0, 5), by=POST_OFFICE)

    assert (told(case), Extension.objects.get().state) == (before, "lapsed")


def test_an_answer_posted_in_time_and_recorded_later_is_not_overdue(move):
    case = factories.in_progress((Right.RECTIFICATION, Right.ACCESS), received_at=TUESDAY)
    services.record_nothing_held(case.pk, source="by_hand", how="by name and address", by=actor("officer"))
    facts = {"ground": Ground.G_NOTWRONG, "facts": "The invoice shows the date."}
    for right, more in ((Right.ACCESS, {"outcome": Outcome.NOTHING_HELD}), (Right.RECTIFICATION, facts)):
        row = factories.claim(case, right)
        services.draft(row.pk, **{"outcome": Outcome.REFUSED, **more}, by=actor("officer"))
        factories.submit(row.pk, by=actor("officer"))
        services.approve(row.pk, version=1, by=actor("reviewer"))
    move(2027, 4, 2, 1)
    services.ring()
    assert factories.again(case).overdue
    move(2027, 4, 3, 9)

    posted = {"at": utc(2027, 4, 1, 14), "means": Means.POSTED, "by": actor("officer")}
    services.answer(factories.claim(case, Right.ACCESS).pk, evidence="RR 1", **posted)
    assert factories.again(case).overdue, "the other right is still owed"
    services.answer(factories.claim(case, Right.RECTIFICATION).pk, evidence="RR 2", **posted)

    after = factories.again(case)
    assert (after.state, after.overdue) == ("processed", False)


def test_an_answer_posted_the_day_after_stays_overdue(move):
    case = factories.in_progress(received_at=TUESDAY)
    services.record_nothing_held(case.pk, source="by_hand", how="by name and address", by=actor("officer"))
    row = factories.claim(case)
    services.draft(row.pk, outcome=Outcome.NOTHING_HELD, by=actor("officer"))
    factories.submit(row.pk, by=actor("officer"))
    services.approve(row.pk, version=1, by=actor("reviewer"))
    move(2027, 4, 2, 6)
    services.ring()

    services.answer(row.pk, at=utc(2027, 4, 2, 5), means=Means.POSTED, evidence="RR 1", by=actor("officer"))

    assert factories.again(case).overdue


def test_only_a_case_in_progress_is_extended_not_even_by_sql(move):
    case = factories.confirmed(received_at=TUESDAY)

    with pytest.raises(CannotDo, match="Only a case in progress"):
        ask(case)
    values = {"months": 1, "reason": "complexity", "promised": date(2027, 5, 3), "asked_by": "S-1"}
    with pytest.raises(IntegrityError, match="in progress"), transaction.atomic():
        Extension.objects.create(case=case, created_at=TUESDAY, **values)
