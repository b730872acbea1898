"""A closed case whose time is over: nothing of the person is left anywhere, figures and chain are."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as project
from django.db import IntegrityError, connections, transaction
from django.utils import timezone, translation

from dsar.exports import services as exports
from dsar.history import timeline
from dsar.intake.merging import merge
from dsar.intake.models import InboundMessage
from dsar.operations import retention
from dsar.sources import by_hand
from dsar.vault import services as vault
from dsar.vault.models import Blob
from notifications import services as post
from notifications import tokens
from notifications.models import Notification, Thread
from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.factories import actor, again
from workflow import events, services
from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Claim, Event, HolderKey, Staff
from workflow.retention import Kept
from workflow.states import (
    ActorKind,
    BreachVerdict,
    CaseState,
    ClaimState,
    ComplaintKind,
    ContactKind,
    ContactOrigin,
    Ground,
    IdentityMethod,
    Means,
    Outcome,
    OutOfScope,
    Right,
    Role,
    SecondLook,
)

pytestmark = pytest.mark.django_db

NEEDLES = ["ada@example.org", "lovelace", "zanzibar-needle", "one@example.org", "carla"]
ASKS = "Bonjour,\n\nJe souhaite recevoir une copie de mes données. zanzibar-needle\n\nAda Lovelace"


@pytest.fixture
def later(time_machine, settings, tmp_path) -> Iterator[Any]:
    def move(**much: int) -> None:
        time_machine.move_to(timezone.now() + timedelta(**much), tick=False)

    backend = {"BACKEND": "dsar.vault.storage.DurableFolder", "OPTIONS": {"location": tmp_path / "sealed"}}
    settings.STORAGES = {**settings.STORAGES, "sealed": backend}
    time_machine.move_to("2027-02-01T10:00:00+00:00", tick=False)
    factories.installation()
    services.install(name="x", mailbox=project.MAILBOX, aliases=[])
    Staff.objects.update(language="en")
    with translation.override("en"):
        yield move


def letters_made() -> None:
    """As the worker does: nothing of an event stays undone."""
    post.sweep_pending()
    post.deliver_due()
    post.sweep_pending()


def refused(message_id: str = "<one@example.org>") -> Case:
    """A whole life from the mail on: data attached, an export, a refusal of a part with facts, closed."""
    case = take_in(mail(ASKS, message_id=message_id)).case
    assert case is not None
    by = actor("officer")
    services.confirm_claims(case.pk, rights=(Right.ACCESS,), by=by)
    services.verify_identity(
        case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note="zanzibar-needle was called there", by=by
    )
    services.record_contact(
        case.pk,
        kind=ContactKind.EMAIL,
        value="zanzibar-needle@example.org",
        origin=ContactOrigin.ACCOUNT,
        known_since=timezone.now().date() - timedelta(days=400),
        by=by,
    )
    services.take(case.pk, by=by)
    by_hand.attach(case.pk, name="lovelace.json", stream=BytesIO(b'[{"name": "zanzibar-needle"}]'), by=by)
    exports.build(exports.request_bundle(case.pk, by=by).pk)
    claim = factories.claim(case)
    services.draft(
        claim.pk, outcome=Outcome.PARTLY_GRANTED, ground=Ground.G_OTHERS, facts="zanzibar-needle of Carla", by=by
    )
    factories.submit(claim.pk, by=by)
    services.approve(claim.pk, version=1, by=actor("reviewer"))
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE Ada Lovelace", by=by)
    services.add_note(case.pk, text="Ada Lovelace rang", by=by)
    letters_made()
    return again(case)


def closed(later: Any, message_id: str = "<one@example.org>") -> Case:
    case = refused(message_id)
    later(days=31)
    assert services.close_quiet() == 1
    letters_made()
    return again(case)


def everywhere() -> Iterator[tuple[str, bytes]]:
    """Every cell of every table of both databases."""
    for alias in ("default", "keys"):
        for model in apps.get_models(include_auto_created=True):
            if model._meta.db_table not in connections[alias].introspection.table_names():
                continue
            rows = model._base_manager.using(alias)
            for field in model._meta.concrete_fields:
                for value in rows.values_list(field.attname, flat=True):
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    yield f"{model._meta.label}.{field.name}", raw


def found_needles() -> set[str]:
    return {where for where, cell in everywhere() for needle in NEEDLES if needle.encode() in cell.lower()}


def test_nothing_of_the_person_is_left_and_the_figures_and_the_chain_are(later):
    case = closed(later)
    assert "workflow.Case.person_email" in found_needles(), "the search finds what is there"
    stays = ("reference", "received_at", "receipt_date", "language", "channel", "state")
    before = {name: getattr(case, name) for name in stays}
    count = Event.objects.filter(stream=case.stream).count()
    later(days=5 * 366)

    assert retention.apply(timezone.now()).gone == {Kept.EXPORT: 1, Kept.CASE: 1}

    case = again(case)
    assert found_needles() == set()
    assert {name: getattr(case, name) for name in before} == before
    claim = factories.claim(case)
    assert (claim.right, claim.state, claim.outcome, claim.ground) == (
        "access", "answered", "partly_granted", "G-OTHERS",
    )  # fmt: skip
    assert (claim.answered_at is not None, case.anonymised_at) == (True, timezone.now())
    verdict = events.verify(case.stream)
    assert (verdict.intact, verdict.count) == (True, count + 2)
    last = Event.objects.filter(stream=case.stream).order_by("-seq").first()
    assert (last.kind, last.actor, events.fields(last)["actor_kind"]) == ("case_anonymised", "retention", "system")
    assert events.verify(f"access:{case.uuid}").intact
    assert services.differences(case) == []


def test_every_key_and_file_is_gone(later):
    case = closed(later)
    message = InboundMessage.objects.get()
    held = Blob.objects.filter(holder__in=[case.uuid, message.uuid])
    assert held.filter(destroyed_at=None).count() >= 4
    later(days=5 * 366)
    retention.apply(timezone.now())

    assert not held.filter(destroyed_at=None).exists()
    assert HolderKey.objects.shredded_among([case.uuid, message.uuid]) == {case.uuid, message.uuid}
    assert all(blob.sha256 for blob in held)
    assert not any(vault.storage().exists(blob.name) for blob in held)


def test_the_history_can_still_be_printed_without_its_person(later):
    case = closed(later)
    later(days=5 * 366)
    retention.apply(timezone.now())

    history = timeline.case_history(again(case), language="en")

    assert (history.person.name, history.person.email) == ("", "")
    assert history.integrity.broken_at is None
    assert {line.content for line in history.events} <= {"none", "erased"}
    assert "lovelace" not in json.dumps(history, default=str).lower()


def test_the_preview_says_it_and_the_last_day_still_belongs_to_the_case(later):
    case = closed(later)
    last_day = services.kept_until(case, services.retention_of(case.controller))

    [going] = [one for one in retention.going(on=last_day + timedelta(days=1)) if one.kind is Kept.CASE]

    assert going.sentence() == (
        f"Case {case.reference} is anonymised, the register's figures and its history stay: "
        f"it was kept until {last_day.isoformat()}."
    )
    assert not any(one.kind is Kept.CASE for one in retention.going(on=last_day))
    with pytest.raises(CannotDo, match="kept until"):
        retention.anonymise(case.pk)


def test_a_hold_of_the_data_protection_officer_keeps_it_until_a_manager_lifts_it_and_a_year_more(later):
    case = closed(later)
    dpo = Actor(ActorKind.STAFF, "S-0099", frozenset({Role.DPO}))
    services.place_hold(case.pk, reason="an audit of the authority", by=dpo)
    later(days=6 * 365)
    assert Kept.CASE not in retention.apply(timezone.now()).gone
    assert again(case).anonymised_at is None
    with pytest.raises(CannotDo):
        retention.anonymise(case.pk)

    services.release_hold(case.pk, reason="the audit is over", by=actor("manager"))
    letters_made()
    later(days=300)
    assert Kept.CASE not in retention.apply(timezone.now()).gone
    later(days=80)

    assert retention.apply(timezone.now()).gone[Kept.CASE] == 1
    kinds = list(Event.objects.filter(stream=case.stream).order_by("-seq").values_list("kind", flat=True)[:4])
    assert {"hold_placed", "hold_released", "case_anonymised"} <= set(kinds)


def test_who_may_place_a_hold_and_that_it_is_one(later):
    case = closed(later)
    with pytest.raises(NotPermitted):
        services.place_hold(case.pk, reason="r", by=actor("officer"))
    with pytest.raises(CannotDo, match="what the case is needed for"):
        services.place_hold(case.pk, reason=" ", by=actor("manager"))
    services.place_hold(case.pk, reason="zanzibar-needle sues", by=actor("manager"))

    with pytest.raises(CannotDo, match="already"):
        services.place_hold(case.pk, reason="A second court case.", by=actor("manager"))

    event = Event.objects.get(stream=case.stream, kind="hold_placed")
    assert b"zanzibar" not in bytes(event.body)
    assert events.payload_of(event) == {"text": "zanzibar-needle sues"}


@pytest.mark.parametrize(
    "flag",
    [
        {"legal_hold": True},
        {"complaint": True},
        {"possible_breach": True, "breach_open": True},
        {"reply_to_read": True},
    ],
)
def test_what_keeps_a_case(later, flag):
    case = closed(later)
    Case.objects.filter(pk=case.pk).update(**flag)
    later(days=9 * 365)

    assert Kept.CASE not in retention.apply(timezone.now()).gone

    assert again(case).person_email == "ada@example.org"
    with pytest.raises(CannotDo):
        retention.anonymise(case.pk)


NOTIFIED = {"reference": "APD-2027-1"}


@pytest.mark.parametrize(
    ("verdict", "more", "goes"),
    [
        (BreachVerdict.NO_RISK, {}, True),
        (BreachVerdict.NOTIFIED, NOTIFIED, True),
        (BreachVerdict.NONE, {}, True),
        (BreachVerdict.BREACH, {}, False),
    ],
)
def test_a_breach_keeps_its_case_until_it_is_settled_and_stays_in_the_figures(later, verdict, more, goes):
    case = closed(later)
    services.report_breach(case.pk, words="A letter went astray.", by=actor("officer"))
    later(hours=2)
    told = {**more, "authority_at": timezone.now()} if more else {}
    services.assess_breach(case.pk, verdict=verdict, reason="Looked at it.", by=actor("manager"), **told)
    letters_made()
    Notification.objects.filter(case=case).update(state="cancelled", finished_at=timezone.now(), next_try_at=None)
    later(days=8 * 366)

    gone = retention.apply(timezone.now()).gone

    assert (Kept.CASE in gone) is goes
    assert again(case).possible_breach is (verdict is not BreachVerdict.NONE)


def test_a_case_with_an_open_right_is_never_touched(later):
    case = closed(later)
    Claim.objects.filter(case=case).update(
        state=ClaimState.OPEN.value, answered_at=None, answered_by_means="", late_refusal=False
    )
    later(days=9 * 365)

    assert Kept.CASE not in retention.apply(timezone.now()).gone
    with pytest.raises(CannotDo, match="has not been answered"):
        retention.anonymise(case.pk)


def test_an_open_case_is_never_touched(later):
    case = factories.in_progress()
    later(days=20 * 365)

    assert retention.apply(timezone.now()).gone == {}
    with pytest.raises(CannotDo, match="not closed"):
        retention.anonymise(case.pk)


def test_a_complaint_answered_late_keeps_it_a_year(later):
    case = closed(later)
    later(days=4 * 365 + 300)
    privacy = factories.colleague("privacy", Role.DPO).actor()  # nobody else of staff still sees the case
    services.place_hold(case.pk, reason="A summons came by post.", by=privacy)
    services.raise_complaint(case.pk, kind=ComplaintKind.LAWSUIT, by=actor("officer"))
    later(days=200)
    services.decide_reexamination(case.pk, outcome=SecondLook.UPHELD, position="no", by=actor("manager"))
    services.answer_reexamination(case.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 2", by=actor("officer"))
    services.release_hold(case.pk, reason="judged", by=actor("manager"))
    letters_made()
    for letter in Notification.objects.filter(case=case):
        post.deliver(letter.pk)

    until = services.kept_until(again(case), services.retention_of(case.controller))

    assert until == timezone.now().date().replace(year=timezone.now().year + 1)


def test_what_was_no_request_goes_after_six_months(later):
    case = factories.received((Right.ACCESS,))
    services.declare_out_of_scope(case.pk, reason=OutOfScope.SUPPORT, why="a password", by=actor("officer"))
    letters_made()
    later(days=31)
    services.close_quiet()
    letters_made()
    later(days=140)
    assert retention.apply(timezone.now()).gone == {}
    later(days=20)

    assert retention.apply(timezone.now()).gone == {Kept.CASE: 1}

    assert (again(case).end_reason, again(case).person_email) == ("support", "")
    assert found_needles() == set()


def test_a_merged_case_goes_with_the_one_it_went_on_in(later):
    target = factories.in_progress((Right.ACCESS,))
    other = take_in(mail(ASKS)).case
    assert other is not None
    merge(other.pk, into=target.pk, same_person="They said zanzibar-needle twice.", by=actor("officer"))
    by = actor("officer")
    services.record_nothing_held(target.pk, source="by_hand", how="by name", by=by)
    claim = factories.claim(target)
    services.draft(claim.pk, outcome=Outcome.NOTHING_HELD, by=by)
    factories.submit(claim.pk, by=by)
    services.approve(claim.pk, version=1, by=actor("reviewer"))
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=by)
    letters_made()
    later(days=31)
    if again(target).reply_to_read:
        services.read_reply(target.pk, by=by)
    assert services.close_quiet() == 1
    letters_made()
    later(days=5 * 366)

    assert retention.apply(timezone.now()).gone == {Kept.CASE: 1}

    assert (again(other).state, again(other).anonymised_at) == (CaseState.MERGED.value, timezone.now())
    assert found_needles() == set()
    assert events.verify(other.stream).intact
    assert HolderKey.objects.shredded_among([other.uuid, target.uuid]) == {other.uuid, target.uuid}


def test_nothing_happens_to_an_anonymised_case_any_more(later):
    case = closed(later)
    link, reply = tokens.portal_token(case), tokens.reply_address(case)
    later(days=5 * 366)
    retention.apply(timezone.now())

    with pytest.raises(CannotDo, match="its data are erased"):
        services.add_note(case.pk, text="Anything new about it.", by=actor("officer"))
    with pytest.raises(CannotDo, match="its data are erased"):
        services.place_hold(case.pk, reason="A court case began.", by=actor("manager"))
    assert (tokens.case_of_portal(link), tokens.case_of_reply(reply)) == (None, None)
    again_asked = take_in(
        mail("Bonjour, où en est ma demande " + case.reference + " ?", message_id="<three@example.org>"),
        envelope_to=[reply],
    )
    assert again_asked.case is not None
    assert again_asked.case.pk != case.pk
    assert retention.apply(timezone.now()).gone == {}


def test_the_database_refuses_a_name_on_an_anonymised_row_and_one_without_end(later):
    case = closed(later)
    later(days=5 * 366)
    retention.apply(timezone.now())
    for change in (
        {"person_name": "Ada"},
        {"legal_hold": True},
        {"subject": b"x"},
        {"possible_breach": True, "breach_open": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**change)
    other = factories.received()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=other.pk).update(
            anonymised_at=timezone.now(), person_name="", person_email="", subject=None
        )


def test_what_follows_an_anonymised_case_no_longer_leads_to_it(later):
    case = closed(later)
    follower = factories.received(person_email="ada@example.org")
    Case.objects.filter(pk=follower.pk).update(linked_to=case)
    later(days=5 * 366)
    retention.apply(timezone.now())

    assert again(follower).linked_to is None


def test_a_letter_that_waits_keeps_everything_as_it_is(later):
    case = closed(later)
    letter = Notification.objects.filter(case=case).first()
    assert letter is not None
    Notification.objects.filter(pk=letter.pk).update(state="queued", finished_at=None)
    later(days=5 * 366)

    report = retention.apply(timezone.now())

    assert (report.gone.get(Kept.CASE), report.stayed) == (None, 1)
    assert again(case).person_email == "ada@example.org"
    assert Thread.objects.get(case=case).address
    assert HolderKey.objects.shredded_among([case.uuid]) == set()


def test_only_the_clock_anonymises(later):
    case = closed(later)
    later(days=5 * 366)

    with pytest.raises(NotPermitted):
        services.anonymise(case.pk, by=actor("manager"))


@pytest.mark.parametrize("role", [Role.DPO, Role.AUDITOR])
def test_the_page_of_an_anonymised_case_opens_and_says_why_it_is_empty(later, client, role):
    """For those who watch; the others see no case that closed so long ago."""
    case = closed(later)
    later(days=5 * 366)
    retention.apply(timezone.now())
    client.force_login(factories.staff("officer"))
    assert client.get(f"/cases/{case.uuid}/").status_code == 404
    watcher = factories.colleague("watcher", role)
    Staff.objects.filter(pk=watcher.pk).update(language="en")
    client.force_login(watcher)

    page = client.get(f"/cases/{case.uuid}/")

    assert page.status_code == 200
    text = page.content.decode()
    assert "the person’s data are erased" in text
    assert "Add the note" not in text
    assert not any(needle in text.lower() for needle in NEEDLES)
    refused = client.post(f"/cases/{case.uuid}/note/", {"form": "note", "text": "Anything new about it."})
    assert refused.status_code in {403, 409}


def test_a_manager_places_a_hold_on_the_page_and_lifts_it(later, client):
    case = closed(later)
    client.force_login(factories.staff("officer"))
    assert client.post(f"/cases/{case.uuid}/hold/", {"reason": "A court case began."}).status_code == 403
    client.force_login(factories.staff("manager"))
    page = client.get(f"/cases/{case.uuid}/").content.decode()
    assert "are erased after" in page
    assert "2032" in page
    empty = client.post(f"/cases/{case.uuid}/hold/", {"form": "place-hold", "reason": " "})
    assert empty.status_code == 409

    done = client.post(f"/cases/{case.uuid}/hold/", {"form": "place-hold", "reason": "an audit"})

    assert (done.status_code, again(case).legal_hold) == (302, True)
    assert "neither closed nor erased" in client.get(f"/cases/{case.uuid}/").content.decode()
    client.post(f"/cases/{case.uuid}/hold/release/", {"form": "release-hold", "reason": "over"})
    assert not again(case).legal_hold
