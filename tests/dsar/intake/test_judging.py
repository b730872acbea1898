"""What an officer says of an attachment decides who opens it and when it is destroyed."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone, translation

from dsar.intake import documents, judging, recognising
from dsar.intake.models import Inspection, MessagePart, OcrOutcome, Recognition
from dsar.vault import services as vault
from dsar.vault.models import Blob
from tests import factories
from tests.dsar.intake.post import take_in
from tests.dsar.intake.test_moving import with_a_file
from workflow import events, queries, services
from workflow.actors import RETENTION
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case
from workflow.states import EventKind, IdentityMethod, RequirementCode, Right

pytestmark = pytest.mark.usefixtures("installed")
WHY = "Une facture, pas une carte."


@pytest.fixture
def part(installed: Path) -> MessagePart:
    """The attachment of a request that waits for proof of identity."""
    message = take_in(with_a_file())
    assert message.case is not None
    Inspection.objects.update_or_create(message=message, defaults={"done_at": timezone.now()})
    services.confirm_claims(message.case.pk, rights=[Right.ACCESS], by=factories.actor("officer"))
    return message.parts.get()


def case_of(part: MessagePart) -> Case:
    assert part.message.case is not None
    return factories.again(part.message.case)


def say(part: MessagePart, *, shows_one: bool, who: str = "officer", reason: str = WHY) -> None:
    judging.judge(part.pk, shows_one=shows_one, reason=reason, by=factories.actor(who))
    part.refresh_from_db()


def taken_for_one(part: MessagePart) -> MessagePart:
    MessagePart.objects.filter(pk=part.pk).update(identity_document=True)
    part.refresh_from_db()
    return part


def copy_condition(case: Case) -> str:
    return str(case.requirements.get(code=RequirementCode.IDENTITY_COPY.value).state)


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(factories.staff(username))
    return client


def verified(case: Case) -> None:
    services.verify_identity(
        case.pk,
        method=IdentityMethod.LINK_KNOWN_CONTACT,
        note="A code to the account of 2024.",
        by=factories.actor("officer"),
    )


def test_the_history_tells_both_with_the_reason_under_seal(part: MessagePart) -> None:
    case = case_of(part)

    say(part, shows_one=True)
    with_one = copy_condition(case)
    say(part, shows_one=False)

    told = list(queries.history(case).order_by("-seq")[:2])
    assert [event.kind for event in told] == [EventKind.DOCUMENT_DENIED, EventKind.DOCUMENT_RECOGNISED]
    assert events.fields(told[0])["data"] == {"part": str(part.uuid), "sha256": part.sha256}
    assert events.payload_of(told[0]) == {"text": WHY}
    assert (with_one, copy_condition(case)) == ("met", "missing")
    assert services.differences(case) == []


def test_no_document_is_opened_like_any_other_and_not_destroyed(part: MessagePart) -> None:
    taken_for_one(part)
    door = f"/cases/{case_of(part).uuid}/parts/{part.uuid}/"
    closed = signed_in("reviewer").get(door).status_code

    say(part, shows_one=False)
    opened = signed_in("reviewer").get(door)
    verified(case_of(part))

    assert (closed, opened.status_code) == (403, 200)
    assert list(documents.due(timezone.now() + timedelta(days=60))) == []
    opened.close()


def test_a_document_an_officer_found_needs_a_reason_and_goes_after_the_decision(part: MessagePart) -> None:
    door = f"/cases/{case_of(part).uuid}/parts/{part.uuid}/"

    say(part, shows_one=True)
    closed = signed_in("officer").get(door).status_code
    waits = list(documents.due(timezone.now()))
    verified(case_of(part))

    assert (closed, waits) == (403, [])
    assert documents.sweep(timezone.now(), by=RETENTION) == 1


def test_one_found_long_after_the_decision_goes_with_the_next_sweep(part: MessagePart) -> None:
    verified(case_of(part))

    say(part, shows_one=True)

    assert list(documents.due(timezone.now())) == [part.pk]


def test_what_is_gone_is_judged_no_more(part: MessagePart) -> None:
    taken_for_one(part)
    verified(case_of(part))
    documents.destroy(part.pk, by=RETENTION)

    with translation.override("en"), pytest.raises(CannotDo, match="destroyed"):
        say(part, shows_one=False)

    assert MessagePart.objects.get(pk=part.pk).judged_document is None


@pytest.mark.parametrize(("reason", "shows_one"), [("  ", True), (WHY, False)])
def test_nothing_is_said_without_a_reason_or_twice(part: MessagePart, reason: str, shows_one: bool) -> None:
    before = queries.history(case_of(part)).count()

    with pytest.raises(CannotDo):
        say(part, shows_one=shows_one, reason=reason)

    assert queries.history(case_of(part)).count() == before
    assert MessagePart.objects.get(pk=part.pk).judged_document is None


@pytest.mark.parametrize("who", ["reviewer", "auditor", "administrator"])
def test_only_who_works_on_the_case_says_so(part: MessagePart, who: str) -> None:
    with pytest.raises(NotPermitted):
        say(part, shows_one=True, who=who)


def test_no_later_reading_changes_what_an_officer_said(part: MessagePart) -> None:
    say(part, shows_one=True)

    with pytest.raises(IntegrityError):
        MessagePart.objects.filter(pk=part.pk).update(identity_document=False)


def test_the_words_of_a_document_go_with_the_word_of_the_officer(part: MessagePart) -> None:
    text = vault.put(b"CARTE D IDENTITE", kind=recognising.KIND, holder=case_of(part).uuid)
    Recognition.objects.create(part=part, outcome=OcrOutcome.READ.value, text=text, done_at=timezone.now())

    say(part, shows_one=True)

    assert not Recognition.objects.filter(part=part).exists()
    assert Blob.objects.get(pk=text.pk).destroyed_at is not None


def test_a_picture_that_is_none_is_read_again_and_not_taken_for_one(
    part: MessagePart, monkeypatch: pytest.MonkeyPatch
) -> None:
    MessagePart.objects.filter(pk=part.pk).update(only_a_picture=True)
    taken_for_one(part)
    Recognition.objects.create(part=part, outcome=OcrOutcome.IDENTITY.value, done_at=timezone.now())
    monkeypatch.setattr("dsar.intake.ocr.languages", lambda: {"fr", "nl", "de", "en"})
    monkeypatch.setattr("dsar.intake.ocr.words_of", lambda _bytes, _language: "BELGIQUE CARTE D'IDENTITE " * 5)
    monkeypatch.setattr("dsar.intake.recognising.is_of_an_identity_document", lambda _text: True)

    say(part, shows_one=False)
    recognising.recognise(part.pk)

    part.refresh_from_db()
    assert (part.identity_document, part.recognition.outcome) == (False, OcrOutcome.READ.value)


def test_the_desk_says_it_from_the_case_page(part: MessagePart) -> None:
    address = f"/cases/{case_of(part).uuid}/parts/{part.uuid}"
    officer = signed_in("officer")

    refused = officer.post(f"{address}/is-document/", {"reason": "", "form": f"card:{part.uuid}"})
    done = officer.post(f"{address}/is-document/", {"reason": WHY})
    undone = officer.post(f"{address}/no-document/", {"reason": WHY})

    assert (refused.status_code, done.status_code, undone.status_code) == (409, 302, 302)
    assert "Dites comment vous le savez" in refused.content.decode()
    assert signed_in("reviewer").post(f"{address}/is-document/", {"reason": WHY}).status_code == 403
