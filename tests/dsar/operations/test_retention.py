"""What the settings keep no longer: said before, erased once, told in the history, never what is still needed."""

import dataclasses
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.transaction import TransactionManagementError
from django.utils import timezone, translation

from dsar.exports import services as exports
from dsar.exports.models import BundleState, ExportBundle
from dsar.intake import services as intake
from dsar.intake.beginning import judge
from dsar.intake.models import InboundMessage, Judgement, MessageState
from dsar.operations import retention, tasks
from dsar.sources import by_hand
from dsar.vault import destroying
from dsar.vault import services as vault
from dsar.vault.models import Destruction
from tests import factories
from tests.dsar.intake.post import development_mail, take_in
from workflow import events, services
from workflow.guards import CannotDo
from workflow.models import Case, Event, HolderKey, PolicyVersion
from workflow.policy import RetentionPolicy
from workflow.retention import Kept
from workflow.sealing import KeyGone
from workflow.states import EventKind, OutOfScope, RequirementCode, Right

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("retention", *arguments, stdout=out)
    return out.getvalue()


def policy(**terms: int) -> None:
    newest = PolicyVersion.objects.latest("number").policy
    wanted = dataclasses.replace(newest, retention=dataclasses.replace(RetentionPolicy(), **terms))
    services.set_policy(
        wanted, controller=factories.installation(), reason="We need less.", by=factories.actor("manager")
    )


@pytest.fixture
def later(time_machine):
    def move(**much: int) -> None:
        time_machine.move_to(timezone.now() + timedelta(**much), tick=False)

    factories.installation()
    time_machine.move_to("2027-02-01T10:00:00+00:00", tick=False)
    with translation.override("en"):
        yield move


def filed() -> InboundMessage:
    message = take_in(development_mail("093.eml"))
    assert message.state == MessageState.FILED.value
    return message


# -- messages that were no request ----------------------------------------------------------------------


def test_a_filed_message_goes_after_six_months_with_all_its_bytes_and_its_row_stays_empty(later):
    message = filed()
    copy = take_in(
        b"Received: from b ([192.0.2.9]) by c; Mon, 01 Feb 2027 10:05:00 +0100\r\n" + development_mail("093.eml")
    )
    assert copy.same_as == message
    later(days=180)
    assert run("--dry-run").splitlines() == ["0 would go. Nothing was erased."]
    later(days=3)

    assert run("--dry-run").splitlines() == [
        f"Message {message.uuid}, which was no request, is erased: it was kept until 2027-08-01.",
        "1 would go. Nothing was erased.",
    ]
    assert vault.read(message.raw) == development_mail("093.eml")
    assert run().splitlines() == ["not_a_request: 1 erased.", "1 erased, 0 stayed."]

    for row in (message, copy):
        row.refresh_from_db()
        with pytest.raises(KeyGone):
            vault.read(row.raw)
        assert row.raw.sha256, "what proves that it came stays"
        assert (row.sender, row.sender_name, row.envelope_from, row.message_id, row.content_key) == ("", "", "", "", "")
        assert row.erased_at is not None
    assert (message.state, copy.state) == ("filed", "duplicate")
    event = Event.objects.get(kind=EventKind.MESSAGE_ERASED.value)
    assert events.fields(event)["data"]["message"] == str(message.uuid)
    assert events.verify("install").intact
    assert run().splitlines() == ["0 erased, 0 stayed."]


def test_an_erased_message_can_no_longer_become_a_case(later):
    message = filed()
    later(days=200)
    retention.apply(timezone.now())

    with pytest.raises(KeyGone):
        intake.promote(message.pk, by=factories.actor("officer"))

    assert not Case.objects.exists()


def test_what_became_a_case_meanwhile_stays(later):
    message = filed()
    later(days=200)
    [going] = list(retention.going(on=timezone.now().date()))
    intake.promote(message.pk, by=factories.actor("officer"))

    going.erase()

    message.refresh_from_db()
    assert message.erased_at is None
    assert vault.read(message.raw)
    assert not Destruction.objects.exists()


def test_a_message_from_before_waits_for_its_officer_however_old(later):
    message = filed()
    InboundMessage.objects.update(state=MessageState.BEFORE.value)
    later(days=400)
    assert retention.apply(timezone.now()).gone == {}

    judge(message.pk, Judgement.NO_REQUEST, by=factories.actor("officer"))

    assert retention.apply(timezone.now()).gone == {Kept.NOT_A_REQUEST: 1}


def test_the_newest_settings_count(later):
    filed()
    later(days=100)
    assert run("--dry-run").startswith("0 would go")

    policy(oos_months=3)

    assert "1 would go" in run("--dry-run")


# -- exports -------------------------------------------------------------------------------------------


@pytest.fixture
def bundle(later) -> ExportBundle:
    case = factories.in_progress((Right.PORTABILITY,))
    by_hand.attach(case.pk, name="crm.json", stream=BytesIO(b'[{"name": "Ada"}]'), by=factories.actor("officer"))
    row = exports.request_bundle(case.pk, by=factories.actor("officer"))
    exports.build(row.pk)
    row.refresh_from_db()
    assert row.state == BundleState.READY
    return row


def end(bundle: ExportBundle) -> None:
    services.declare_out_of_scope(
        bundle.case_id, reason=OutOfScope.NO_REQUEST, why="a test", by=factories.actor("officer")
    )


def test_the_export_of_an_open_case_is_still_to_be_handed_over(bundle, later):
    later(days=80)

    assert retention.apply(timezone.now()).gone == {}


def test_thirty_days_after_the_end_the_export_goes_and_its_digest_stays(bundle, later):
    later(days=20)
    end(bundle)
    later(days=30)
    assert "0 would go" in run("--dry-run")
    later(days=1)
    assert run("--dry-run").startswith(f"The export of {bundle.case.reference} is destroyed")

    assert retention.apply(timezone.now()).gone == {Kept.EXPORT: 1}

    bundle.refresh_from_db()
    assert bundle.blob.destroyed_at is not None
    assert bundle.sha256
    with pytest.raises(CannotDo, match="destroyed"):
        exports.open_export(bundle.uuid, by=factories.actor("officer"))
    last = Event.objects.filter(stream=bundle.case.stream).order_by("-seq").first()
    assert (last.kind, last.actor) == ("export_erased", "retention")
    assert events.fields(last)["data"] == {"bundle": str(bundle.uuid), "sha256": bundle.sha256}
    ready = bundle.case.requirements.get(code=RequirementCode.EXPORT_READY.value)
    assert (ready.state, ready.evidence) == ("missing", "")
    assert events.verify(bundle.case.stream).intact


def test_a_legal_hold_keeps_the_export(bundle, later):
    end(bundle)
    Case.objects.filter(pk=bundle.case_id).update(legal_hold=True)
    later(days=300)

    assert retention.apply(timezone.now()).gone == {}


# -- the order to destroy -----------------------------------------------------------------------------------


def test_a_crash_before_the_destruction_is_made_good_with_the_next_ring(later, monkeypatch):
    message = filed()
    later(days=200)
    with monkeypatch.context() as patched:
        patched.setattr(destroying, "carry_out", lambda: 0)
        tasks.retain()
    message.refresh_from_db()
    assert vault.read(message.raw), "decided, not destroyed yet"

    tasks.retain()

    with pytest.raises(KeyGone):
        vault.read(message.raw)
    assert HolderKey.objects.shredded_among([message.uuid]) == {message.uuid}
    assert not Destruction.objects.filter(done_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_an_order_belongs_to_a_transaction(later):
    with pytest.raises(TransactionManagementError):
        destroying.order_of_holders([factories.installation().pk])


def test_the_command_says_what_it_does_not_understand(later):
    with pytest.raises(CommandError, match="add --dry-run"):
        run("--on", "2030-01-01")
    with pytest.raises(CommandError, match="is no date"):
        run("--dry-run", "--on", "soon")


def test_the_preview_knows_another_day(later):
    filed()

    assert "1 would go" in run("--dry-run", "--on", "2027-08-02")
    assert "0 would go" in run("--dry-run", "--on", "2027-08-01")
