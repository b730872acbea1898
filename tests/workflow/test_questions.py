"""Questions to the person: which of them stop the clock, from when and until when."""

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor, utc
from workflow import events, services
from workflow.actors import INTAKE, POST_OFFICE
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event, Pause
from workflow.policy import ClockPolicy, Policy
from workflow.states import CaseState, EventKind, PauseEnd, PauseKind, Right

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)


@pytest.fixture
def move(time_machine):
    """The clock stands where it is put."""

    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def told(case: Case) -> list[str]:
    return list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True))


def data_of(case: Case, kind: EventKind) -> dict[str, object]:
    return events.fields(Event.objects.filter(stream=case.stream, kind=kind.value).latest("seq"))["data"]


def clarify(case: Case, **values: object) -> None:
    asked = {"question": "Which data do you mean?", "choices": ["invoices", "chat"], **values}
    services.ask_clarification(case.pk, by=actor("officer"), **asked)


def scope_asked(move) -> Case:
    case = factories.in_progress(received_at=TUESDAY)
    move(2027, 3, 3, 9)
    clarify(case, stops_clock=True, volume="Eleven years of support mail.")
    services.begin_pause(case.pk, kind=PauseKind.SCOPE, asked_at=utc(2027, 3, 3, 9), by=POST_OFFICE)
    return factories.again(case)


def test_a_question_of_scope_stops_the_clock_until_the_reply_arrived(move):
    case = scope_asked(move)
    assert (case.state, case.case_due, case.never_paused_due.isoformat()) == (
        CaseState.AWAITING_CLARIFICATION,
        None,
        "2027-04-02",
    )

    move(2027, 3, 15, 9)
    services.record_reply(case.pk, kind=PauseKind.SCOPE, arrived_at=utc(2027, 3, 10, 20), by=actor("officer"))

    after = factories.again(case)
    assert (after.state, after.case_due.isoformat()) == (CaseState.IN_PROGRESS, "2027-04-08")  # vector V40
    assert told(case)[-2:] == ["clock_resumed", "case_clarified"]


def test_a_message_of_the_person_ends_the_wait_by_itself(move):
    case = scope_asked(move)
    move(2027, 3, 12, 9)

    services.attach_message(case.pk, message=case.uuid, received_at=utc(2027, 3, 10, 20), digest="0" * 64, by=INTAKE)

    assert factories.again(case).case_due.isoformat() == "2027-04-08"
    assert told(case)[-3:] == ["message_attached", "clock_resumed", "case_clarified"]


def test_a_message_from_before_the_question_is_no_reply(move):
    case = scope_asked(move)

    services.attach_message(case.pk, message=case.uuid, received_at=utc(2027, 3, 3, 8), digest="0" * 64, by=INTAKE)

    assert factories.again(case).state == CaseState.AWAITING_CLARIFICATION


def test_fourteen_days_of_silence_and_the_request_is_answered_in_full(move):
    case = scope_asked(move)

    move(2027, 3, 17, 22, 30)  # still the fourteenth day in Brussels
    services.ring()
    assert factories.again(case).state == CaseState.AWAITING_CLARIFICATION
    move(2027, 3, 22, 9)  # whenever the clock looks, the pause ends on the fourteenth day
    services.ring()
    services.ring()

    row = case.pauses.get()
    assert (row.answered_on.isoformat(), row.ended) == ("2027-03-17", PauseEnd.SILENCE)
    assert factories.again(case).state == CaseState.IN_PROGRESS
    assert told(case).count("case_clarified") == 1


def test_a_question_about_a_detail_is_recorded_and_stops_nothing(move):
    case = factories.in_progress((Right.RECTIFICATION,), received_at=TUESDAY)
    before = factories.again(case).case_due

    clarify(case)
    services.begin_pause(case.pk, kind=PauseKind.DETAIL, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    services.record_reply(case.pk, kind=PauseKind.DETAIL, everything=True, by=actor("officer"))

    assert factories.again(case).case_due == before
    assert told(case)[-3:] == ["question_left", "question_answered", "case_clarified"]
    assert data_of(case, EventKind.QUESTION_LEFT)["accepted"] is False
    assert case.pauses.get().ended == PauseEnd.EVERYTHING


@pytest.mark.parametrize(
    ("rights", "sentence"),
    [((Right.RECTIFICATION,), "Only a question about access"), ((Right.ACCESS, Right.ERASURE), "would wait")],
)
def test_the_clock_does_not_stop_for_other_rights(move, rights, sentence):
    case = factories.in_progress(rights, received_at=TUESDAY)

    with pytest.raises(CannotDo, match=sentence):
        clarify(case, stops_clock=True, volume="much")

    assert (factories.again(case).state, Pause.objects.count()) == (CaseState.IN_PROGRESS, 0)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"question": " "}, "concrete question"),
        ({"choices": [" "]}, "concrete question"),
        ({"stops_clock": True}, "volume"),
    ],
)
def test_an_empty_question_is_refused(move, values, sentence):
    case = factories.in_progress(received_at=TUESDAY)

    with pytest.raises(CannotDo, match=sentence):
        clarify(case, **values)

    assert told(case)[-1] == "case_taken"


@pytest.mark.parametrize("make", [factories.received, factories.confirmed])
def test_what_is_not_verified_yet_is_not_clarified(move, make):
    with pytest.raises(CannotDo, match="Verify identity first"):
        clarify(make(received_at=TUESDAY))


def test_a_late_question_runs_on_until_somebody_lets_it_in_with_a_reason(move):
    case = factories.in_progress(received_at=TUESDAY)
    move(2027, 3, 20, 9)
    clarify(case, stops_clock=True, volume="much")
    services.begin_pause(case.pk, kind=PauseKind.SCOPE, asked_at=utc(2027, 3, 20, 9), by=POST_OFFICE)
    assert (told(case)[-1], factories.again(case).case_due.isoformat()) == ("question_left", "2027-04-01")  # V43

    with pytest.raises(CannotDo, match="auditors"):
        services.admit_late_question(case.pk, kind=PauseKind.SCOPE, reason=" ", by=actor("officer"))
    with pytest.raises(NotPermitted):
        services.admit_late_question(case.pk, kind=PauseKind.SCOPE, reason="because", by=actor("auditor"))
    services.admit_late_question(case.pk, kind=PauseKind.SCOPE, reason="Volume found on 19 March.", by=actor("officer"))

    assert factories.again(case).case_due is None
    last = Event.objects.filter(stream=case.stream).latest("seq")
    assert (last.kind, events.payload_of(last)["text"]) == ("clock_overridden", "Volume found on 19 March.")
    with pytest.raises(CannotDo, match="was asked too late"):
        services.admit_late_question(case.pk, kind=PauseKind.SCOPE, reason="once again", by=actor("officer"))


def test_an_override_without_a_name_is_refused_by_the_database(move):
    case = scope_asked(move)

    with pytest.raises(IntegrityError, match="somebodys_decision"), transaction.atomic():
        case.pauses.update(override=True)


def test_a_mandate_is_asked_once_stops_the_clock_and_is_reminded_of(move):
    case = factories.received(received_at=TUESDAY)
    services.ask_mandate(case.pk, question="The mandate of Ada Lovelace.", by=actor("officer"))
    with pytest.raises(CannotDo, match="already"):
        services.ask_mandate(case.pk, question="the mandate again", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.MANDATE, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    assert factories.again(case).case_due is None

    rung = []
    for day in (11, 12, 21, 22, 31):
        move(2027, 3, day, 9)
        services.ring()
        rung.append(reminders(case))
    move(2027, 4, 1, 9)
    services.ring()
    services.ring()

    first, second, decide = "M21-1-mandate", "M21-2-mandate", "A11-mandate"
    assert rung == [[], [first], [first], [first, second], [first, second]]
    assert reminders(case) == [first, second, decide]


def reminders(case: Case) -> list[object]:
    rows = Event.objects.filter(stream=case.stream, kind=EventKind.MILESTONE_REACHED.value).order_by("seq")
    return [name for row in rows if (name := events.fields(row)["data"]["milestone"])[:3] in {"M21", "A11"}]


def test_where_the_clock_runs_on_the_decision_is_due_by_its_own_date(move):
    case = factories.confirmed(received_at=TUESDAY)
    move(2027, 3, 20, 9)
    services.ask_identity(case.pk, doubt="another address", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 20, 9), by=POST_OFFICE)

    move(2027, 4, 1, 9)  # twelve days later, the last day to send
    services.ring()

    assert reminders(case) == ["A11-identity"]


def test_proof_that_is_not_enough_ends_the_pause_and_a_new_question_may_follow(move):
    case = factories.confirmed(received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="another address", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    with pytest.raises(CannotDo, match="record the reply first"):
        services.ask_identity(case.pk, doubt="another address", by=actor("officer"))
    move(2027, 3, 9, 9)

    services.record_reply(case.pk, kind=PauseKind.IDENTITY, note="A copy came by post.", by=actor("officer"))
    assert factories.again(case).state == CaseState.AWAITING_IDENTITY
    assert factories.again(case).case_due.isoformat() == "2027-04-08"
    services.ask_identity(case.pk, doubt="the copy shows another name", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 9, 10), by=POST_OFFICE)

    assert factories.again(case).case_due is None
    assert case.pauses.count() == 2


def test_a_question_that_came_back_was_never_put(move):
    case = scope_asked(move)
    move(2027, 3, 5, 9)

    services.question_lost(case.pk, kinds=[PauseKind.SCOPE, PauseKind.DETAIL], by=POST_OFFICE)

    after = factories.again(case)
    assert (after.state, after.case_due.isoformat()) == (CaseState.IN_PROGRESS, "2027-04-01")
    assert case.pauses.get().ended == PauseEnd.UNDELIVERABLE


def test_a_posted_question_stops_the_clock_from_its_posting(move):
    case = factories.confirmed(received_at=TUESDAY)
    services.ask_identity(case.pk, doubt="no address", by=actor("officer"))
    move(2027, 3, 4, 9)
    when = {"kind": PauseKind.IDENTITY, "at": utc(2027, 3, 3, 15)}

    with pytest.raises(CannotDo, match="proven"):
        services.record_question_posted(case.pk, evidence="", by=actor("officer"), **when)
    services.record_question_posted(case.pk, evidence="RE 1 BE", by=actor("officer"), **when)

    assert case.pauses.get().asked_on.isoformat() == "2027-03-03"
    assert factories.again(case).case_due is None


@pytest.mark.parametrize("day", [1, 9])
def test_a_reply_neither_before_its_question_nor_in_the_future(move, day):
    case = scope_asked(move)

    with pytest.raises(CannotDo, match="future"):
        services.record_reply(case.pk, kind=PauseKind.SCOPE, arrived_at=utc(2027, 3, day), by=actor("officer"))

    assert case.pauses.get().answered_on is None


def test_under_the_setting_none_no_question_stops_the_clock(move):
    controller = factories.installation()
    services.set_policy(Policy(clock=ClockPolicy(mode="none")), controller=controller, by=actor("manager"))

    assert scope_asked(move).case_due.isoformat() == "2027-04-01"


def test_under_the_setting_restart_the_clock_begins_again_with_the_reply(move):
    controller = factories.installation()
    services.set_policy(
        Policy(clock=ClockPolicy(mode="restart")), controller=controller, reason="trial", by=actor("manager")
    )
    case = scope_asked(move)
    move(2027, 3, 10, 9)

    services.record_reply(case.pk, kind=PauseKind.SCOPE, by=actor("officer"))

    assert factories.again(case).month_due.isoformat() == "2027-04-12"  # V40, restart mode


def test_nothing_is_asked_in_a_case_that_is_over(move):
    old = factories.received(received_at=TUESDAY)
    new = factories.received(received_at=TUESDAY)
    services.merge(new.pk, into=old.pk, by=actor("officer"))

    with pytest.raises(CannotDo, match="merged into another one"):
        services.ask_mandate(new.pk, question="Who writes for whom?", by=actor("officer"))
    with pytest.raises(CannotDo, match="merged into another one"):
        clarify(new)


# -- requests a processor passes on -----------------------------------------------------------------


@pytest.mark.parametrize(("setting", "due"), [("ours", "2027-04-01"), ("theirs", "2027-03-26")])
def test_day_zero_of_a_request_a_processor_passed_on(move, setting, due):
    controller = factories.installation()
    if setting == "theirs":
        services.set_policy(Policy(processor_d0="theirs"), controller=controller, by=actor("manager"))
    case = factories.received(received_at=TUESDAY)

    services.name_processor(case.pk, processor="Stripe", received_at=utc(2027, 2, 26, 9), by=actor("officer"))

    assert factories.again(case).case_due.isoformat() == due  # theirs: V47
    assert data_of(case, EventKind.PROCESSOR_NAMED)["theirs"] == "2027-02-26T09:00:00.000000Z"


def test_a_processor_cannot_have_received_it_after_us(move):
    case = factories.received(received_at=TUESDAY)

    with pytest.raises(CannotDo, match="had it before"):
        services.name_processor(case.pk, processor="Stripe", received_at=utc(2027, 3, 2, 9), by=actor("officer"))
