"""A national register number is hidden in all that is kept as text; bytes that hold one go with the decision."""

from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.utils import timezone

from dsar.intake import originals
from dsar.intake import services as intake
from dsar.intake.titles import titles_of
from dsar.vault import services as vault
from tests import factories
from tests.dsar.intake.test_containing import arrived, get, letter, opened, verified
from workflow import events, queries, services
from workflow.actors import RETENTION
from workflow.models import Case
from workflow.sealing import KeyGone
from workflow.states import EventKind

pytestmark = pytest.mark.usefixtures("installed")
NUMBER, HIDDEN = "85.07.30-033.28", "••.••.••-•••.••"


def with_numbers() -> EmailMessage:
    message = letter(
        f"Je souhaite une copie de mes données. Mon numéro : {NUMBER}.", message_id="<nn@example.org>",
        subject=f"Accès {NUMBER}",
    )  # fmt: skip
    message.add_attachment(f"NISS {NUMBER}\n".encode(), maintype="text", subtype="plain", filename=f"{NUMBER}.txt")
    inner = letter(f"Je répète : {NUMBER}, merci de répondre.", message_id="<inside@example.org>")
    message.add_attachment(inner)
    return message


def kept(case: Case) -> str:
    """All that is kept of its mail but the bytes that wait for the decision."""
    message = case.messages.get()
    parts = [part for part in message.parts.all() if part.words is None]
    blobs = [message.text, message.head, *(part.blob for part in parts)]
    return " ".join(vault.read(blob).decode() for blob in blobs if blob is not None)


def is_gone(blob: object) -> bool:
    try:
        vault.read(blob)  # type: ignore[arg-type]
    except KeyGone:
        return True
    return False


def test_text_titles_and_files_of_text_are_kept_without_it(installed: Path) -> None:
    case, parts = arrived(with_numbers())

    message = case.messages.get()
    assert (message.holds_number, NUMBER in kept(case)) == (True, False)
    assert HIDDEN in vault.read(message.text).decode()
    assert vault.read(parts["2"].blob) == b"NISS **.**.**-***.**\n"
    assert titles_of([message])[message.pk].subject == f"Accès {HIDDEN}"
    assert opened("officer", case, parts["2"]) == 200


def test_the_mail_and_the_file_around_it_go_with_the_decision_and_their_words_stay(installed: Path) -> None:
    case, parts = arrived(with_numbers())
    message = case.messages.get()
    before = list(originals.due(timezone.now()))
    verified(case)

    assert (before, originals.sweep(timezone.now(), by=RETENTION)) == ([], 1)
    message.raw.refresh_from_db()
    assert [is_gone(message.raw), is_gone(parts["3"].blob), is_gone(parts["2"].blob)] == [True, True, False]
    page = get("officer", f"/cases/{case.uuid}/").content.decode()
    assert ("Je répète" in page, HIDDEN in page, NUMBER in page) == (True, True, False)
    told = [events.fields(one)["data"] for one in queries.history(case).filter(kind=EventKind.ORIGINAL_DESTROYED.value)]
    assert {(one["what"], one["destroyed"]) for one in told} == {
        (str(message.uuid), "decided"),
        (str(parts["3"].uuid), "decided"),
    }
    assert originals.sweep(timezone.now(), by=RETENTION) == 0


def test_an_undecided_mail_goes_when_its_time_is_over(installed: Path) -> None:
    case, _parts = arrived(with_numbers())

    assert list(originals.due(timezone.now() + timedelta(days=29))) == []
    assert list(originals.due(timezone.now() + timedelta(days=31))) == [case.messages.get().pk]


def test_a_mail_without_a_number_keeps_its_original(installed: Path) -> None:
    case, _parts = arrived(
        letter("Je souhaite une copie de mes données. Dossier 85.07.30-033.29.", message_id="<no@x.be>")
    )
    verified(case)

    assert originals.sweep(timezone.now(), by=RETENTION) == 0
    assert intake.read_again(case.messages.get()).parsed.text


def test_what_staff_type_is_sealed_without_it(installed: Path) -> None:
    case, _parts = arrived(letter("Je souhaite une copie de mes données.", message_id="<plain@example.org>"))

    services.add_note(case.pk, text=f"Au téléphone : {NUMBER}, rappeler.", by=factories.actor("officer"))

    told = events.payload_of(queries.history(case).last())
    assert (NUMBER in str(told), f"Au téléphone : {HIDDEN}, rappeler." in str(told)) == (False, True)
    assert NUMBER not in get("officer", f"/cases/{case.uuid}/").content.decode()
    assert events.verify(case.stream).intact
