"""Letters on the screen: their text, without what would open the person's page."""

import io

import pytest
from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from dsar.web.desk.letters import MASK, masked
from notifications import services as post_office
from notifications import tokens
from notifications.letters import STATUS_LINK
from notifications.models import Notification, Thread
from tests import factories
from tests.dsar.web.conftest import As
from workflow import events
from workflow.actors import CLOCK
from workflow.models import Case, Event, Mailbox
from workflow.states import Channel, Consumer, EventKind


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ouvrez http://localhost:8000/p/abc/ maintenant", f"Ouvrez {MASK} maintenant"),
        (f"Votre page : {STATUS_LINK}", f"Votre page : {MASK}"),
        ("Votre code est 483920.", f"Votre code est {MASK}."),
        ("DSR-2026-0004, le 26 mars 2027", "DSR-2026-0004, le 26 mars 2027"),
        ("1000 Bruxelles, +32 2 274 48 00", "1000 Bruxelles, +32 2 274 48 00"),
    ],
)
def test_links_and_codes_are_masked_and_nothing_else(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_outbox_shows_the_letter_without_the_link_and_records_the_look(as_: As) -> None:
    case = factories.received()
    Thread.objects.get_or_create(case=case, defaults={"address": case.person_email})
    post_office.sweep_pending()
    post_office.deliver_due()

    page = as_("officer").get("/outbox/").content.decode()

    assert case.reference in page
    assert MASK in page
    assert tokens.portal_token(case) not in page
    assert STATUS_LINK not in page
    assert Event.objects.filter(kind=EventKind.OUTBOX_VIEWED.value).count() == 1


def test_outbox_shows_letters_of_no_case_with_where_they_lead(as_: As) -> None:
    client = as_("officer")
    box = Mailbox.objects.create(controller=factories.installation(), address="box@assistool.com")
    with transaction.atomic():
        events.record(
            "install",
            EventKind.MAILBOX_ALARM_RAISED,
            by=CLOCK,
            at=timezone.now(),
            data={"mailbox": box.pk, "alarm": "missed", "since": timezone.now()},
            consumers=(Consumer.LETTERS,),
        )
    post_office.sweep_pending()

    page = client.get("/outbox/").content.decode()

    assert "A07B" in page
    assert '<a href="/mailboxes/">' in page
    assert box.address in page


def test_banner_says_that_nothing_leaves_this_machine(as_: As, settings) -> None:  # type: ignore[no-untyped-def]
    factories.received()
    client = as_("officer")

    settings.OUTGOING_IS_FOLDER = True
    with_banner = client.get("/").content.decode()
    settings.OUTGOING_IS_FOLDER = False
    without = client.get("/").content.decode()

    assert ('class="note note--hold banner"' in with_banner, 'class="note note--hold banner"' in without) == (
        True,
        False,
    )


# -- on paper ------------------------------------------------------------------------------------

ADDRESS = "Élodie Müller\nRue des Trois-Tilleuls 128, boîte 4\n1170 Watermael-Boitsfort"


def _acknowledged() -> tuple[Case, Notification]:
    case = factories.received()
    Thread.objects.get_or_create(case=case, defaults={"address": case.person_email})
    post_office.sweep_pending()
    return case, Notification.objects.get(case=case, letter="M01")


def test_letter_is_printed_for_a_window_envelope_without_the_persons_link(as_: As) -> None:
    case, letter = _acknowledged()

    answer = as_("officer").post(
        f"/cases/{case.uuid}/letters/{letter.uuid}/paper/", {"address": ADDRESS, "enclosures": "Copie de vos données"}
    )

    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{case.reference}-M01.pdf"'
    for line in (*ADDRESS.splitlines(), case.reference, "Copie de vos données"):
        assert line in text
    assert tokens.portal_token(case) not in text
    assert STATUS_LINK not in text
    printed = Event.objects.get(kind=EventKind.LETTER_PRINTED.value)
    assert printed.stream == f"access:{case.uuid}"
    assert "Tilleuls" not in bytes(printed.body).decode()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "Tapez d’abord l’adresse"),
        ("\n".join("abcdefg"), "six lignes"),
        ("x" * 61, "six lignes"),
    ],
)
def test_an_address_that_does_not_show_in_the_window_is_refused(as_: As, address: str, sentence: str) -> None:
    case, letter = _acknowledged()

    answer = as_("officer").post(f"/cases/{case.uuid}/letters/{letter.uuid}/paper/", {"address": address})

    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert not Event.objects.filter(kind=EventKind.LETTER_PRINTED.value).exists()


def test_letters_to_staff_and_of_other_cases_are_not_printed(as_: As) -> None:
    case, letter = _acknowledged()
    other = factories.received(person_email="other@example.org")
    client = as_("officer")

    elsewhere = client.post(f"/cases/{other.uuid}/letters/{letter.uuid}/paper/", {"address": ADDRESS})
    Notification.objects.filter(pk=letter.pk).update(audience="staff")
    inside = client.post(f"/cases/{case.uuid}/letters/{letter.uuid}/paper/", {"address": ADDRESS})

    assert (elsewhere.status_code, inside.status_code) == (404, 404)


def test_an_auditor_does_not_print_letters(as_: As) -> None:
    case, letter = _acknowledged()

    answer = as_("auditor").post(f"/cases/{case.uuid}/letters/{letter.uuid}/paper/", {"address": ADDRESS})

    assert answer.status_code == 403


def test_who_has_no_e_mail_gets_the_letter_printed_and_the_day_it_left_is_recorded(as_: As) -> None:
    case = factories.received(person_email="", channel=Channel.POST)
    post_office.sweep_pending()
    letter = Notification.objects.get(case=case, letter="M01")
    client = as_("officer")
    here = f"/cases/{case.uuid}/"

    page = client.get(here).content.decode()
    assert "sur papier" in page
    assert "Cette lettre est partie par la poste ou en main propre" in page
    printed = client.post(f"{here}letters/{letter.uuid}/paper/", {"address": ADDRESS})
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(printed.content)).pages)
    assert "Nous avons reçu votre message" in text
    assert "e-mail" not in text
    without = client.post(f"{here}letters/{letter.uuid}/posted/", {"means": "posted", "evidence": "R 1"})
    assert without.status_code == 409
    now = timezone.localtime(timezone.now()).strftime("%Y-%m-%dT%H:%M")
    left = {"at": now, "means": "posted", "evidence": "RR 123 456 789 BE"}
    assert client.post(f"{here}letters/{letter.uuid}/posted/", left).status_code == 302

    letter.refresh_from_db()
    assert letter.state == "posted"
    page = client.get(here).content.decode()
    assert "Postée ou remise" in page
    assert "Cette lettre est partie par la poste" not in page
