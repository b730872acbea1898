"""A colleague passes a request on: the person's clock, the person's acknowledgement, the colleague's receipt."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dsar.intake import forwarded, forwarding, parsing
from dsar.intake import services as intake
from dsar.intake.models import MessageState, PassedOn
from dsar.intake.written_dates import instant
from notifications import services as post_office
from notifications.models import Notification
from tests import factories
from tests.dsar.intake.post import ASKS, mail, take_in
from workflow import events, queries
from workflow.deadlines import BRUSSELS
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event, Mailbox
from workflow.states import EventKind

OUTER = datetime(2027, 2, 4, 9, tzinfo=UTC)
INNER = datetime(2027, 2, 1, 9, tzinfo=UTC)
HEADERS = {
    "fr": "-----Message d'origine-----\nDe : Bob Martin <bob@example.org>\nEnvoyé : lundi 1 février 2027 10:00\n"
    "À : info@assistool.com\nObjet : Mes données",
    "nl": "Van: Bob Martin <bob@example.org>\nVerzonden: maandag 1 februari 2027 10:00\nAan: info\nOnderwerp: Gegevens",
    "de": "Von: Bob Martin <bob@example.org>\nGesendet: Montag, 1. Februar 2027 10:00\nAn: info\nBetreff: Daten",
    "en": "---------- Forwarded message ---------\nFrom: Bob Martin <bob@example.org>\n"
    "Date: Monday, February 1, 2027 10:00 AM\nSubject: My data\nTo: <info@assistool.com>",
}


def passed_on(header: str = HEADERS["fr"], *, sender: str = "carla@assistool.com", at: datetime = OUTER) -> Case:
    raw = mail(f"Pour vous, bonne journée.\n\n{header}\n\n{ASKS}", sender=sender, subject="TR: Mes données")
    case = take_in(raw, at=at).case
    assert case is not None
    post_office.sweep_pending()
    return factories.again(case)


def letters_of(case: Case) -> dict[str, str]:
    return dict(Notification.objects.filter(case=case).values_list("letter", "recipient"))


def officer() -> Any:
    return factories.actor("officer")


pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture(autouse=True)
def thursday(time_machine: Any) -> None:
    time_machine.move_to(OUTER + timedelta(hours=1), tick=False)


@pytest.mark.parametrize("language", HEADERS)
def test_writer_and_arrival_are_proposed_and_the_earlier_instant_runs_the_clock(language: str) -> None:
    case = passed_on(HEADERS[language])

    row = PassedOn.objects.get(case=case)
    assert (row.name, row.address, row.at, row.colleague) == (
        "Bob Martin",
        "bob@example.org",
        INNER,
        "carla@assistool.com",
    )
    assert (case.person_email, case.received_at, case.receipt_date) == ("", INNER, INNER.date())
    assert letters_of(case) == {}


def test_an_attached_mail_says_when_it_reached_the_colleague() -> None:
    inside = (
        b"Received: from a by mx.assistool.com; Mon, 01 Feb 2027 10:00:00 +0100\r\nFrom: Bob <bob@example.org>\r\n"
        b"Date: Sun, 31 Jan 2027 10:00:00 +0100\r\nMessage-ID: <bob@example.org>\r\n\r\nMes donn\xc3\xa9es.\r\n"
    )
    raw = (
        b"From: carla@assistool.com\r\nSubject: TR\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nVoici.\r\n--b\r\n'
        b"Content-Type: message/rfc822\r\n\r\n" + inside + b"\r\n--b--\r\n"
    )

    assert forwarded.inner(parsing.parse(raw)) == forwarded.Inner("Bob", "bob@example.org", INNER, "<bob@example.org>")


@pytest.mark.parametrize("year", ["2019", "2031"])
def test_a_date_that_cannot_be_is_not_counted_from(year: str) -> None:
    case = passed_on(HEADERS["fr"].replace("2027", year))

    assert case.received_at == OUTER


def test_nobody_confirms_and_the_sweep_writes_to_nobody(time_machine: Any) -> None:
    time_machine.move_to(OUTER, tick=False)
    case = passed_on()

    time_machine.move_to(OUTER + timedelta(days=20), tick=False)
    post_office.sweep_held()

    assert letters_of(case) == {}


def test_confirmed_the_person_is_acknowledged_and_the_colleague_thanked_without_personal_data() -> None:
    case = passed_on()

    arrived = INNER - timedelta(days=1)
    forwarding.confirm_writer(case.pk, email="Bob@example.org", name="Bob Martin", arrived_at=arrived, by=officer())
    post_office.sweep_pending()

    case = factories.again(case)
    assert (case.person_email, case.person_name, case.received_at) == ("bob@example.org", "Bob Martin", arrived)
    assert letters_of(case) == {"M01": "bob@example.org", "A10": "carla@assistool.com"}
    receipt = post_office.content_of(Notification.objects.get(case=case, letter="A10"))
    assert case.reference in receipt.text
    assert "bob" not in receipt.text.lower() + receipt.subject.lower()
    told = queries.history(case).get(kind=EventKind.WRITER_IDENTIFIED.value)
    assert "bob" not in bytes(told.body).decode().lower()
    assert events.fields(told)["data"]["case_due"] == case.case_due.isoformat()
    with pytest.raises(CannotDo):
        forwarding.confirm_writer(case.pk, email="eve@example.org", name="", arrived_at=arrived, by=officer())


@pytest.mark.parametrize("email", ["", "bob", "bob@example.org, eve@example.org", "bob@localhost"])
def test_an_address_that_is_none_or_two_is_refused(email: str) -> None:
    case = passed_on()

    with pytest.raises(CannotDo):
        forwarding.confirm_writer(case.pk, email=email, name="", arrived_at=INNER, by=officer())
    assert (factories.again(case).person_email, PassedOn.objects.get(case=case).confirmed_at) == ("", None)


def test_it_did_not_arrive_after_it_was_passed_on() -> None:
    case = passed_on()
    late = OUTER + timedelta(seconds=1)

    with pytest.raises(CannotDo):
        forwarding.confirm_writer(case.pk, email="bob@example.org", name="", arrived_at=late, by=officer())


def test_a_colleague_who_writes_for_themself_is_one_click_and_acknowledged() -> None:
    case = passed_on("")

    forwarding.is_the_writer(case.pk, by=officer())
    post_office.sweep_pending()

    assert letters_of(case) == {"M01": "carla@assistool.com"}
    assert factories.again(case).received_at == OUTER


def test_what_a_colleague_passed_on_before_we_began_has_the_inner_writer_and_arrival() -> None:
    Mailbox.objects.update(begins_at=OUTER + timedelta(hours=1))
    raw = mail(f"Pour vous.\n\n{HEADERS['fr']}\n\n{ASKS}", sender="carla@assistool.com", subject="TR: Mes données")
    lying = take_in(raw, at=OUTER, source="imap")
    assert lying.state == MessageState.BEFORE

    case = intake.promote(lying.pk, by=officer())

    assert (case.received_at, case.person_email) == (INNER, "")
    assert PassedOn.objects.get(case=case).address == "bob@example.org"
    post_office.sweep_pending()
    assert letters_of(case) == {}


THREAD = (
    "De : Bob Martin <bob@example.org>\nEnvoyé : lundi 1 février 2027 10:00\nÀ : Vente\nObjet : RE: x\n\nAlors ?\n\n"
    "De : Vente <vente@assistool.com>\nEnvoyé : lundi 25 janvier 2027 10:00\nObjet : RE: x\n\nNous regardons.\n\n"
    "De : Bob Martin <bob@example.org>\nEnvoyé : lundi 18 janvier 2027 09:00\nObjet : x"
)


def test_of_a_thread_the_first_mail_of_its_writer_runs_the_clock() -> None:
    assert passed_on(THREAD).received_at == datetime(2027, 1, 18, 8, tzinfo=UTC)


def test_a_header_block_without_an_address_still_proposes_name_and_arrival() -> None:
    case = passed_on("Van: Mia Groen\nVerzonden: maandag 1 februari 2027 10:00\nAan: Info\nOnderwerp: x")

    row = PassedOn.objects.get(case=case)
    assert (row.name, row.address, row.at) == ("Mia Groen", "", INNER)


@pytest.mark.parametrize(
    "line",
    [
        "Le lun. 1 févr. 2027 à 10:00, Bob Martin <bob@example.org> a écrit :",
        "Op ma 1 feb 2027 om 10:00 schreef Bob Martin <bob@example.org>:",
        "Am 01.02.2027 um 10:00 schrieb Bob Martin <bob@example.org>:",
        "On Mon, 1 Feb 2027 at 10:00, Bob Martin <bob@example.org> wrote:",
        "On Mon, 1 Feb 2027 at 10:00, Bob Martin\n<bob@example.org> wrote:",
    ],
)
def test_a_mail_copied_below_a_line_that_says_who_wrote_is_the_writers(line: str) -> None:
    quoted = "\n".join(f"> {part}" for part in ASKS.split("\n"))
    case = take_in(mail(f"Pour vous.\n\n{line}\n{quoted}", sender="carla@assistool.com"), at=OUTER).case

    assert case is not None
    row = PassedOn.objects.get(case=case)
    assert (row.name, row.address, row.at) == ("Bob Martin", "bob@example.org", INNER)
    assert set(case.claims.values_list("right", flat=True)) == {"access"}


def test_nobody_of_staff_confirms_a_case_of_their_own() -> None:
    case = passed_on("", sender="officer@assistool.com")

    with pytest.raises(NotPermitted):
        forwarding.is_the_writer(case.pk, by=officer())
    forwarding.is_the_writer(case.pk, by=factories.actor("manager"))


def test_an_authority_that_a_colleague_passed_on_is_not_acknowledged_either() -> None:
    case = passed_on(HEADERS["fr"].replace("bob@example.org", "litige@apd-gba.be"))

    forwarding.confirm_writer(case.pk, email="litige@apd-gba.be", name="", arrived_at=INNER, by=officer())
    post_office.sweep_pending()

    assert "M01" not in letters_of(case)
    assert factories.again(case).authority


# -- in a colleague's name -------------------------------------------------------------------------

EVIL = HEADERS["fr"].replace("bob@example.org", "evil@example.net")


def in_our_name(result: str = "spf=fail smtp.mailfrom=assistool.com", header: str = EVIL) -> Case:
    extra = [f"Authentication-Results: mx.assistool.com; {result}"]
    raw = mail(f"Pour vous.\n\n{header}\n\n{ASKS}", sender="carla@assistool.com", subject="TR: x", extra=extra)
    message = take_in(raw, at=OUTER)
    case = message.case or intake.promote(message.pk, by=officer())  # DMARC's no makes spam of it
    post_office.sweep_pending()
    return factories.again(case)


@pytest.mark.parametrize("result", ["spf=fail", "spf=softfail", "dmarc=fail header.from=assistool.com"])
def test_a_forward_that_our_server_denies_is_in_doubt_and_writes_to_nobody(result: str) -> None:
    case = in_our_name(result)

    row = PassedOn.objects.get(case=case)
    assert (row.doubtful, row.compared, row.address, case.person_email) == (True, False, "evil@example.net", "")
    post_office.sweep_held()
    assert letters_of(case) == {}


@pytest.mark.parametrize("result", ["spf=pass smtp.mailfrom=assistool.com", "spf=none; dmarc=none"])
def test_a_forward_that_our_server_does_not_deny_is_not_in_doubt(result: str) -> None:
    assert not PassedOn.objects.get(case=in_our_name(result)).doubtful


def test_in_doubt_nobody_is_the_writer_before_an_officer_has_compared() -> None:
    case = in_our_name()
    before = Event.objects.count()

    for attempt in (
        lambda: forwarding.confirm_writer(
            case.pk, email="evil@example.net", name="Bob", arrived_at=INNER, by=officer()
        ),
        lambda: forwarding.is_the_writer(case.pk, by=officer()),
    ):
        with pytest.raises(CannotDo):
            attempt()
    post_office.sweep_pending()

    assert (letters_of(case), factories.again(case).person_email) == ({}, "")
    assert Event.objects.count() == before


def test_in_doubt_and_compared_the_writer_of_the_original_is_acknowledged() -> None:
    case = in_our_name()

    forwarding.confirm_writer(
        case.pk, email="bob@example.org", name="Bob Martin", arrived_at=INNER, compared=True, by=officer()
    )
    post_office.sweep_pending()

    assert letters_of(case) == {"M01": "bob@example.org", "A10": "carla@assistool.com"}
    told = queries.history(case).get(kind=EventKind.WRITER_IDENTIFIED.value)
    assert events.fields(told)["data"]["compared"] is True
    assert PassedOn.objects.get(case=case).compared


def test_the_database_refuses_a_doubtful_writer_that_nobody_compared() -> None:
    row = PassedOn.objects.get(case=in_our_name())

    with pytest.raises(IntegrityError), transaction.atomic():
        PassedOn.objects.filter(pk=row.pk).update(confirmed_at=OUTER, confirmed_by="S-0001")


def test_the_page_of_a_doubtful_forward_offers_no_address_it_names() -> None:
    case, client = in_our_name(), Client()
    client.force_login(factories.staff("officer"))
    page = client.get(f"/cases/{case.uuid}/").content.decode()

    assert 'value="evil@example.net"' not in page
    assert 'name="compared"' in page

    def confirm(**more: str) -> int:
        data = {"form": "writer", "email": "bob@example.org", "name": "Bob", "at": "2027-02-01T10:00", **more}
        return client.post(f"/cases/{case.uuid}/writer/", data).status_code

    assert (confirm(), confirm(compared="yes")) == (409, 302)


def test_somebody_outside_who_forwards_is_the_person() -> None:
    case = passed_on(sender="ada@example.org")

    assert (case.person_email, PassedOn.objects.filter(case=case).exists()) == ("ada@example.org", False)
    assert letters_of(case) == {"M01": "ada@example.org"}


# Above the copied mail, as the usual programs write it.
PROGRAMS = {
    "outlook fr": "________________________________\nDe : {who}\nEnvoyé : {fr}\nÀ : Ann\nObjet : x",
    "outlook nl, bold": "*Van:* {who}\n*Verzonden:* maandag 1 februari 2027 10:00\n*Aan:* Ann\n*Onderwerp:* x",
    "outlook de, short": "Von: {who}\nGesendet: 01.02.2027 10:00\nAn: Ann\nBetreff: x",
    "outlook en, old": "From: Bob Martin [mailto:bob@example.org]\nSent: Monday, February 1, 2027 10:00 AM\nTo: Ann",
    "thunderbird fr": "-------- Message transféré --------\nSujet : \tx\nDate : \tMon, 1 Feb 2027 10:00:00 +0100\n"
    "De : \t{who}",
    "thunderbird nl": "-------- Doorgestuurd bericht --------\nOnderwerp: x\n"
    "Datum: Mon, 1 Feb 2027 09:00:00 +0000\nVan: {who}",
    "thunderbird de": "-------- Weitergeleitete Nachricht --------\nBetreff: x\n"
    "Datum: Mon, 1 Feb 2027 10:00:00 +0100\nVon: {who}",
    "apple fr": "Début du message réexpédié :\n\nExpéditeur: {who}\nObjet: x\n"
    "Date: 1 février 2027 à 09:00:00 UTC\nDestinataire: Ann",
    "apple de": "Anfang der weitergeleiteten Nachricht:\n\nVon: {who}\n"
    "Betreff: x\nDatum: 1. Februar 2027 um 10:00:00 MEZ",
    "gmail nl": "---------- Forwarded message ---------\nVan: {who}\nDate: ma 1 feb 2027 om 10:00\nSubject: x\nTo: Ann",
    "yahoo fr": "----- Message transféré -----\nDe : {who}\nÀ : Ann\nEnvoyé : lundi 1 février 2027 à 10 h 00\n"
    "Objet : x",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_usual_program_s_forwards_are_read(program: str) -> None:
    header = PROGRAMS[program].format(who="Bob Martin <bob@example.org>", fr="lundi 1 février 2027 10:00")

    case = passed_on(header)

    row = PassedOn.objects.get(case=case)
    assert (row.name, row.address, row.at) == ("Bob Martin", "bob@example.org", INNER)
    assert [claim.right for claim in case.claims.all()] == ["access"]


def test_what_went_from_colleague_to_colleague_was_written_by_the_person_at_its_end() -> None:
    between = "De : Dan <dan@assistool.com>\nEnvoyé : mercredi 3 février 2027 08:00\nÀ : Carla\n\nPour toi.\n\n"

    row = PassedOn.objects.get(case=passed_on(between + HEADERS["fr"]))

    assert (row.address, row.at) == ("bob@example.org", INNER)


def test_a_line_of_a_signature_is_no_header_block() -> None:
    found = list(forwarded._copied("Ann\nVan: kantoor info@example.org\n\nMet vriendelijke groeten"))

    assert found == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Di 03.11.2026 22:50", datetime(2026, 11, 3, 22, 50, tzinfo=BRUSSELS)),
        ("23.11.2026 10:15", datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)),
        ("23. November 2026 um 10.15 Uhr", datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)),
        ("lun. 23 nov. 2026 à 10 h 15", datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)),
        ("23/11/26 10:15", datetime(2026, 11, 23, 10, 15, tzinfo=BRUSSELS)),
        ("11/23/2026 2:30 PM", datetime(2026, 11, 23, 14, 30, tzinfo=BRUSSELS)),
        ("23 November 2026 at 10:15:22 GMT", datetime(2026, 11, 23, 10, 15, 22, tzinfo=UTC)),
        ("23 novembre 2026 à 10:15:22 UTC+1", datetime(2026, 11, 23, 9, 15, 22, tzinfo=UTC)),
        ("2026-11-23", datetime(2026, 11, 23, tzinfo=BRUSSELS)),
        ("hier soir", None),
        ("32/13/2026 10:15", None),
        ("Mon 0/5/2026 9:12 AM", None),
        ("Mon 11/2/2026 9:12 AM", datetime(2026, 11, 2, 9, 12, tzinfo=BRUSSELS)),
        ("lun. 02/11/2026 09:12", datetime(2026, 11, 2, 9, 12, tzinfo=BRUSSELS)),
        ("Di 3.11.2026 10:00", datetime(2026, 11, 3, 10, 0, tzinfo=BRUSSELS)),
        ("11/2/2026 9:12 AM", datetime(2026, 11, 2, 9, 12, tzinfo=BRUSSELS)),
        ("2/11/2026 9:12", datetime(2026, 11, 2, 9, 12, tzinfo=BRUSSELS)),
    ],
)
def test_dates_as_programs_write_them(written: str, read: datetime | None) -> None:
    assert instant(written) == read


@given(st.text(max_size=200))
def test_reading_a_forwarded_head_never_raises(text: str) -> None:
    (found,) = forwarded._copied(f"De : Bob <bob@example.org>\nEnvoyé : {' '.join(text.split())}\n")

    assert found.at is None or found.at.tzinfo is not None


def test_half_past_two_in_the_afternoon_is_not_at_night() -> None:
    (found,) = forwarded._copied("From: Bob <bob@example.org>\nSent: Monday, February 1, 2027 2:30 PM\n")

    assert found.at == datetime(2027, 2, 1, 14, 30, tzinfo=BRUSSELS)
