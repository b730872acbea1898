"""The dates follow from the events alone: a change of any table is found, by the command too."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests import factories
from tests.factories import actor, utc
from workflow import services
from workflow.actors import INTAKE, POST_OFFICE
from workflow.models import Case, Extension, Pause, PolicyVersion
from workflow.policy import ClockPolicy, Policy
from workflow.states import ExtensionReason, PauseKind, Right

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)


@pytest.fixture
def lived(time_machine) -> Case:
    """A case through every act that moves a date: merged, asked late and let in, resumed, extended."""

    def move(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    move(2027, 3, 2, 9)
    older = factories.received(received_at=utc(2027, 3, 1, 8))
    case = factories.in_progress(received_at=TUESDAY)
    services.merge(older.pk, into=case.pk, by=actor("officer"))
    services.ask_mandate(case.pk, question="Who writes for whom?", by=actor("officer"))
    services.begin_pause(case.pk, kind=PauseKind.MANDATE, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    move(2027, 3, 4, 9)
    services.record_reply(case.pk, kind=PauseKind.MANDATE, by=actor("officer"))
    move(2027, 3, 20, 9)
    services.ask_clarification(
        case.pk, question="Which?", choices=["a"], stops_clock=True, volume="much", by=actor("officer")
    )
    services.begin_pause(case.pk, kind=PauseKind.SCOPE, asked_at=utc(2027, 3, 20, 9), by=POST_OFFICE)
    services.admit_late_question(case.pk, kind=PauseKind.SCOPE, reason="found late", by=actor("officer"))
    move(2027, 3, 25, 9)
    services.attach_message(case.pk, message=case.uuid, received_at=utc(2027, 3, 24, 9), digest="0" * 64, by=INTAKE)
    services.reply_arrived_earlier(
        case.pk,
        message=case.uuid,
        told_at=utc(2027, 3, 24, 9),
        received_at=utc(2027, 3, 23, 9),
        digest="0" * 64,
        by=INTAKE,
    )
    services.ask_extension(
        case.pk, months=1, reason=ExtensionReason.COMPLEXITY, why="four systems", done="two", by=actor("officer")
    )
    services.approve_extension(case.pk, by=actor("reviewer"))
    services.announce_extension(case.pk, at=utc(2027, 3, 25, 9), by=POST_OFFICE)
    services.recognise_authority(case.pk, by=actor("officer"))
    services.set_authority_due(case.pk, due=date(2027, 4, 1), by=actor("officer"))
    return factories.again(case)


def check(*arguments: str) -> str:
    out = StringIO()
    call_command("recompute_deadlines", "--check", *arguments, stdout=out)
    return out.getvalue()


def test_a_case_that_lived_through_everything_follows_from_its_events(lived):
    # 1 March + 3 months ... extended by one: 1 May + 6 paused days = 7 May
    assert (lived.case_due, lived.receipt_date) == (date(2027, 5, 7), date(2027, 3, 1))

    assert services.differences(lived) == []
    assert check() == "2 cases recomputed from their events, no difference.\n"


@pytest.mark.parametrize(
    "column", ["case_due", "month_due", "policy_due", "never_paused_due", "next_due", "authority_due"]
)
def test_a_date_changed_by_hand_is_found(lived, column):
    was = getattr(lived, column)
    Case.objects.filter(pk=lived.pk).update(**{column: was + timedelta(1)})

    found = services.differences(factories.again(lived))

    assert f"{column} is {was + timedelta(1)}; its events give {was}" in found


def test_a_receipt_changed_by_hand_is_found(lived):
    Case.objects.filter(pk=lived.pk).update(received_at=TUESDAY)

    assert any(one.startswith("received_at is 2027-03-02") for one in services.differences(factories.again(lived)))


def test_a_pause_nobody_told_of_is_found(lived):
    Pause.objects.create(
        case=lived,
        kind="identity",
        level="L2",
        raised_at=TUESDAY,
        asked_on=date(2027, 3, 3),
        answered_on=date(2027, 3, 30),
    )

    (sentence,) = [one for one in services.differences(factories.again(lived)) if one.startswith("pauses")]

    assert "identity 2027-03-03>2027-03-30" in sentence


@pytest.mark.parametrize("values", [{"answered_on": date(2027, 3, 28)}, {"override": False, "override_by": ""}])
def test_a_pause_that_tells_another_story_is_found(lived, values):
    Pause.objects.filter(case=lived, kind="scope").update(**values)

    assert any(one.startswith("pauses is") for one in services.differences(factories.again(lived)))


def test_an_extension_that_tells_another_story_is_found(lived):
    Extension.objects.update(promised=date(2027, 6, 7))

    assert any(one.startswith("extension is +1 2027-06-07") for one in services.differences(factories.again(lived)))


def test_settings_changed_behind_the_history_are_found(lived):
    values = Policy(clock=ClockPolicy(anchor="chained")).as_dict()
    PolicyVersion.objects.filter(pk=lived.policy_version_id).update(values=values)

    assert services.differences(factories.again(lived)) == ["its settings, version 1, are not those its history names"]


def test_the_command_says_what_differs_and_fails(lived):
    Case.objects.filter(pk=lived.pk).update(case_due=date(2027, 5, 9))
    out = StringIO()

    with pytest.raises(CommandError, match="1 of 2 cases") as failed:
        call_command("recompute_deadlines", "--check", stdout=out)

    assert failed.value.returncode == 1
    assert out.getvalue() == f"{lived.reference}: case_due is 2027-05-09; its events give 2027-05-07.\n"


def test_one_case_alone_and_one_that_is_none(lived):
    assert check("--case", lived.reference.lower()).startswith("1 cases")
    with pytest.raises(CommandError, match="no case"):
        check("--case", "DSR-1999-0001")
    with pytest.raises(CommandError, match="add --check"):
        call_command("recompute_deadlines")


def test_a_changed_policy_touches_only_later_cases(lived):
    """Every setting of the clock at once; the older case keeps its dates to the day.

    Whether the office is one person's is about today (ADR 23): ``test_second_eyes`` has that.
    """
    before = factories.again(lived)
    changed = Policy(
        clock=ClockPolicy(
            rule="month", roll="next_working", mode="none", anchor="chained", max_ask_delay=0,
            closed_days=(date(2027, 5, 6), date(2027, 5, 7)),
        ),
        processor_d0="theirs",
        triage_days=2,
    )  # fmt: skip
    services.set_policy(changed, controller=lived.controller, reason="trial", by=actor("manager"))
    services.add_note(lived.pk, text="any act winds the clock", by=actor("officer"))
    services.confirm_claims(lived.pk, rights=[Right.ACCESS], by=actor("officer"))
    later = factories.received(received_at=TUESDAY)

    after = factories.again(lived)
    columns = ("case_due", "month_due", "policy_due", "send_by", "never_paused_due", "next_due")
    assert [getattr(after, name) for name in columns] == [getattr(before, name) for name in columns]
    assert (after.policy_version_id, later.case_due) != (later.policy_version_id, date(2027, 4, 1))
    assert services.differences(after) == services.differences(later) == []
