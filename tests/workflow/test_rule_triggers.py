"""Rules that look at more than one row hold against whoever comes in by SQL, on both databases."""

import dataclasses
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from dsar.operations import health
from tests import factories
from tests.factories import actor, utc
from workflow import rule_triggers, services
from workflow.models import Case, Claim, Extension, Fee
from workflow.policy import FourEyesPolicy, Policy
from workflow.states import CaseState, ClaimState, ExtensionReason, Ground, Outcome, Right, SelfCheck

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)  # due 2027-04-01, month 2027-04-02


def settings(**choices) -> None:
    services.set_policy(Policy(**choices), controller=factories.installation(), by=actor("manager"))


def submitted(by: str = "manager") -> Claim:
    case = factories.in_progress((Right.RECTIFICATION,), received_at=TUESDAY)
    claim = factories.claim(case, Right.RECTIFICATION)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor(by))
    factories.submit(claim.pk, by=actor(by))
    return factories.claim(case, Right.RECTIFICATION)


def refused(rows, match: str, **values) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        rows.update(**values)


def test_a_case_with_an_unanswered_right_or_without_any_is_never_processed():
    case = factories.in_progress((Right.ACCESS,))
    empty = factories.received((), person_email="grace@example.org")
    over = {"state": CaseState.PROCESSED.value, "processed_at": timezone.now()}

    refused(Case.objects.filter(pk=case.pk), "once each of its rights", **over)
    refused(Case.objects.filter(pk=empty.pk), "once each of its rights", **over, identity_needed=False)


def test_no_right_of_a_processed_case_opens_and_none_is_added():
    case = factories.answered()
    opened = {"state": ClaimState.OPEN.value, "answered_at": None}

    refused(Claim.objects.filter(case=case), "reopen the case first", **opened)
    with pytest.raises(IntegrityError, match="reopen the case first"), transaction.atomic():
        Claim.objects.create(case=case, right=Right.ERASURE.value)

    services.reopen(case.pk, reason="The chat is missing.", rights=[Right.ACCESS], by=actor("officer"))
    assert factories.claim(case).state == ClaimState.OPEN.value


def test_nothing_is_answered_before_it_was_approved():
    case = factories.answered()

    rows = Claim.objects.filter(case=case)
    refused(rows, "answered_after_its_approval", answered_at=rows.get().approved_at - timedelta(seconds=1))


@pytest.mark.parametrize(("hours", "stands"), [(0, False), (11, False), (12, True)])
def test_nobody_approves_their_own_work_before_twelve_hours(time_machine, hours, stands):
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)
    claim = submitted()
    at = claim.submitted_at + timedelta(hours=hours)
    alone = {"alone": True, "alone_from": at, "approved_at": at, "state": "approved", "reviewer": claim.author}

    rows = Claim.objects.filter(pk=claim.pk)
    if stands:
        rows.update(**alone)
        assert rows.get().alone
    else:
        refused(rows, "after twelve hours", **alone)


def test_the_wait_ends_with_the_day_the_answer_is_due(time_machine):
    settings(solo_review=True)
    time_machine.move_to(utc(2027, 4, 1, 19), tick=False)
    claim = submitted()
    time_machine.move_to(utc(2027, 4, 1, 22), tick=False)  # Brussels: the day is over by a second

    services.approve(claim.pk, version=1, checked=list(SelfCheck), by=actor("manager"))

    assert Claim.objects.get(pk=claim.pk).alone


@pytest.mark.parametrize("name", ["refusal", "disclosure", "anything", "OTHER"])
def test_a_decision_without_second_person_names_the_setting_about_it(name):
    settings(four_eyes=dataclasses.replace(FourEyesPolicy(), refusal=False, disclosure=False, other=False))
    claim = submitted()

    refused(
        Claim.objects.filter(pk=claim.pk), "names_the_setting|want another person", four_eyes=False, four_eyes_off=name
    )


def test_and_that_setting_wants_none():
    claim = submitted()

    refused(Claim.objects.filter(pk=claim.pk), "want another person", four_eyes=False, four_eyes_off="other")


def test_an_extension_and_a_fee_wait_as_long(time_machine):
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)
    case = factories.in_progress(received_at=TUESDAY)
    words = {"why": "Large archive.", "done": "Half of it."}
    services.ask_extension(case.pk, months=1, reason=ExtensionReason.COMPLEXITY, by=actor("manager"), **words)
    claim = factories.claim(case)
    services.evidence_abuse(claim.pk, text="The tenth request of this month.", by=actor("manager"))
    told = {"facts": "Ten of them.", "calculation": "One hour.", "how_to_pay": "By transfer."}
    services.ask_fee(claim.pk, ground=Ground.G_EXC, cents=2500, by=actor("manager"), **told)
    early = timezone.now() + timedelta(hours=2)
    own = {"alone": True, "alone_from": early, "approved_by": actor("manager").code, "approved_at": early}

    refused(Extension.objects.all(), "after twelve hours", state="approved", **own)
    refused(Fee.objects.all(), "after twelve hours", pay_by=early.date(), **own)


def test_an_extension_in_force_says_until_when_it_could_be_announced(time_machine):
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)
    case = factories.in_progress(received_at=TUESDAY)
    words = {"why": "Large archive.", "done": "Half of it."}
    services.ask_extension(case.pk, months=1, reason=ExtensionReason.COMPLEXITY, by=actor("officer"), **words)
    services.approve_extension(case.pk, by=actor("reviewer"))
    services.announce_extension(case.pk, at=timezone.now(), evidence="RE 1", by=actor("officer"))

    refused(Extension.objects.all(), "announced_in_time", notice_by=None)


@pytest.mark.django_db(transaction=True)
def test_rules_that_were_dropped_are_seen_and_come_back_with_the_next_migrate():
    rule_triggers.remove(connection)
    lost, told = rule_triggers.missing(connection), health.check("database")
    call_command("migrate", verbosity=0)

    assert len(lost) == len(rule_triggers.RULES)
    assert "rules of a case" in told
    assert rule_triggers.missing(connection) == []
    assert health.check("database") == ""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite builds tables anew.")
@pytest.mark.django_db(transaction=True)
def test_a_migration_may_build_the_tables_of_the_rules_anew():
    old = Claim._meta.get_field("author")
    new = models.CharField(max_length=500)
    new.set_attributes_from_name("author")
    new.model = Claim

    rule_triggers.take_away(using="default")
    for before, after in ((old, new), (new, old)):
        with connection.schema_editor() as editor:
            editor.alter_field(Claim, before, after)
    rule_triggers.put_back(using="default")

    assert rule_triggers.missing(connection) == []
