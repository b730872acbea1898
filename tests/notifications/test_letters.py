"""What must stand in the letters, in every language, and in their headers."""

import re
from datetime import date, datetime

import pytest
from django.utils import translation

from notifications import letters, rendering, services
from notifications.kinds import OF_THE_HOUSE, Audience, Letter
from notifications.letters import REGISTER, STATUS_LINK, words
from notifications.models import Notification, Thread
from tests import factories
from tests.notifications.composing import mail_of, order_of, parsed, text_of
from workflow import events
from workflow import services as law
from workflow.actors import CLOCK, POST_OFFICE
from workflow.policy import AuthorityPolicy, Policy
from workflow.states import Consumer, EventKind, Language, PauseKind, Right

pytestmark = pytest.mark.django_db

EVERY_LETTER = pytest.mark.parametrize("entry", list(REGISTER.values()), ids=lambda entry: entry.letter.value)


# -- what must stand in them --------------------------------------------------------------------

AUTHORITY = {
    Language.FR: ("Autorité de protection des données", "www.autoriteprotectiondonnees.be", "tribunal"),
    Language.NL: ("Gegevensbeschermingsautoriteit", "www.gegevensbeschermingsautoriteit.be", "rechter"),
    Language.DE: ("belgischen Datenschutzbehörde", "www.dataprotectionauthority.be", "Gericht"),
    Language.EN: ("Belgian Data Protection Authority", "www.dataprotectionauthority.be", "court"),
}
OTHER_AUTHORITY = {
    Language.FR: "auprès de l'autorité du pays où vous vivez ou travaillez",
    Language.NL: "bij de autoriteit van het land waar u woont of werkt",
    Language.DE: "bei der Aufsichtsbehörde des Landes einlegen, in dem Sie wohnen oder arbeiten",
    Language.EN: "to the authority of the country where you live or work",
}
ANOTHER_LOOK = {
    Language.FR: "une autre personne réexaminera votre dossier",
    Language.NL: "iemand anders bekijkt uw dossier opnieuw",
    Language.DE: "Eine andere Person prüft Ihren Fall erneut",
    Language.EN: "another person will look at your case again",
}


@pytest.mark.parametrize("language", list(Language))
def test_every_answer_names_the_remedies_of_article_12_4(language):
    case = factories.received()
    for code in sorted(letters.ANSWERS):
        _assert_remedies(code, language, case)


AS_SET = {
    one: f"{getattr(AuthorityPolicy(), f'address_{one.value}')}, {getattr(AuthorityPolicy(), f'web_{one.value}')}"
    for one in Language
}


def _assert_remedies(code, language, case):
    text = rendering.compose(
        order_of(REGISTER[code], language, case, partly=False, right_code="restriction", authority=AS_SET[language])
    ).text

    for words_needed in (*AUTHORITY[language], OTHER_AUTHORITY[language], ANOTHER_LOOK[language]):
        assert words_needed in text
    if language is Language.EN and code in {Letter.M06, Letter.M24}:
        assert "it handles complaints in French, Dutch or German" in text


@pytest.mark.parametrize("language", list(Language))
def test_a_partial_refusal_and_a_full_one_say_which_they_are(language):
    texts = [
        rendering.compose(order_of(REGISTER[Letter.M06], language, partly=partly)).text for partly in (True, False)
    ]

    partly = {
        Language.FR: "en partie",
        Language.NL: "gedeeltelijk",
        Language.DE: "teilweise",
        Language.EN: "part of it",
    }
    assert partly[language] in texts[0]
    assert partly[language] not in texts[1]


M01 = {
    Language.FR: "Nous avons reçu votre message le 1er mars 2027 à 00:42. Votre dossier porte le numéro DSR-2027-0001.",
    Language.NL: "Wij hebben uw bericht ontvangen op 1 maart 2027 om 00:42. Uw dossier heeft nummer DSR-2027-0001.",
    Language.DE: "wir haben Ihre Nachricht am 1. März 2027 um 00:42 Uhr erhalten. Ihr Aktenzeichen ist DSR-2027-0001.",
    Language.EN: "We received your message on 1 March 2027 at 00:42. Your case number is DSR-2027-0001.",
}
DUE = {
    Language.FR: "Vous recevrez notre réponse au plus tard le 31 mars 2027. C'est gratuit.",
    Language.NL: "U krijgt ons antwoord uiterlijk op 31 maart 2027. Dit is gratis.",
    Language.DE: "Sie erhalten unsere Antwort spätestens am 31. März 2027. Das ist für Sie kostenlos.",
    Language.EN: "You will have our answer by 31 March 2027 at the latest. This is free of charge.",
}
ASKED = {
    Language.FR: "vous demandez : une copie de vos données et l'effacement de vos données.",
    Language.NL: "vraagt: een kopie van uw gegevens en het wissen van uw gegevens.",
    Language.DE: "möchten: eine Kopie Ihrer Daten und die Löschung Ihrer Daten.",
    Language.EN: "asking for: a copy of your data and the erasure of your data.",
}
UNCLEAR = {
    Language.FR: "Nous lisons votre message et vous écrirons si quelque chose n'est pas clair.",
    Language.NL: "Wij lezen uw bericht en schrijven u als iets niet duidelijk is.",
    Language.DE: "Wir lesen Ihre Nachricht und melden uns, falls etwas unklar ist.",
    Language.EN: "We are reading your message and will write to you if something is unclear.",
}
NO_COPY = {
    Language.FR: "N'envoyez pas de copie de votre carte d'identité",
    Language.NL: "Stuur geen kopie van uw identiteitskaart",
    Language.DE: "Bitte schicken Sie uns keine Kopie Ihres Personalausweises",
    Language.EN: "Please do not send a copy of your identity card",
}
RECEIVED_AT = factories.utc(2027, 2, 28, 23, 42, 17)  # already 1 March in Brussels


def _acknowledgement(language: Language, **values: object) -> rendering.Content:
    case = factories.received(language=language, received_at=RECEIVED_AT, **values)
    (order,) = letters.acknowledgement(case, RECEIVED_AT)
    return rendering.compose(order)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("active", ["fr", "de"])
def test_the_acknowledgement_speaks_the_language_of_the_case_whatever_is_active(language, active):
    with translation.override(active):
        content = _acknowledgement(language, rights=(Right.ERASURE, Right.ACCESS))

    for sentence in (M01[language], DUE[language], ASKED[language], NO_COPY[language]):
        assert sentence in content.text
    assert content.subject.endswith("– DSR-2027-0001")
    assert STATUS_LINK in content.text


LATE = {
    Language.FR: "Notre réponse devait vous parvenir au plus tard le 31 mars 2027. Nous sommes en retard",
    Language.NL: "Ons antwoord moest u uiterlijk op 31 maart 2027 bereiken. Wij zijn te laat",
    Language.DE: "Unsere Antwort hätte spätestens am 31. März 2027 bei Ihnen sein müssen. Wir sind in Verzug",
    Language.EN: "You should have had our answer by 31 March 2027. We are late",
}
SOON = {
    Language.FR: "Nous vous répondons dès que possible.",
    Language.NL: "Wij antwoorden zo snel mogelijk.",
    Language.DE: "Wir antworten Ihnen so bald wie möglich.",
    Language.EN: "We will answer as soon as possible.",
}
STANDS_STILL = {
    Language.FR: "Nous attendons votre réponse à notre question",
    Language.NL: "Wij wachten op uw antwoord op onze vraag",
    Language.DE: "Wir warten auf Ihre Antwort auf unsere Frage",
    Language.EN: "We are waiting for your answer to our question",
}
NOTHING_TO_DO = {
    Language.FR: "Vous ne devez rien faire",
    Language.NL: "U hoeft n",
    Language.DE: "nichts weiter tun",
    Language.EN: "You do not need to do anything",
}


@pytest.mark.parametrize("language", list(Language))
def test_after_the_due_day_the_acknowledgement_promises_no_past_day(language):
    case = factories.received(language=language, received_at=RECEIVED_AT)
    last, over = factories.utc(2027, 3, 31, 21, 59), factories.utc(2027, 3, 31, 22, 1)  # midnight in Brussels between

    (on_the_day,) = letters.acknowledgement(case, last)
    (afterwards,) = letters.acknowledgement(case, over)

    assert DUE[language] in rendering.compose(on_the_day).text
    text = rendering.compose(afterwards).text
    assert DUE[language] not in text
    for sentence in (LATE[language], SOON[language]):
        assert sentence in text


@pytest.mark.parametrize("language", list(Language))
def test_while_the_clock_stands_still_the_acknowledgement_names_no_day(language, time_machine):
    time_machine.move_to(RECEIVED_AT, tick=False)
    case = factories.confirmed(language=language, received_at=RECEIVED_AT)
    law.ask_identity(case.pk, doubt="Canary writes from elsewhere", by=factories.actor("officer"))
    law.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=RECEIVED_AT, by=POST_OFFICE)
    case = factories.again(case)

    (order,) = letters.acknowledgement(case, factories.utc(2027, 5, 1))

    text = rendering.compose(order).text
    assert STANDS_STILL[language] in text
    for untrue in (DUE[language], LATE[language], NOTHING_TO_DO[language]):
        assert untrue not in text


@pytest.mark.parametrize("language", list(Language))
def test_a_right_that_is_not_sure_is_not_named(language):
    content = _acknowledgement(language, rights=(), unsure=(Right.ERASURE,))

    assert UNCLEAR[language] in content.text
    assert words.RIGHTS[language][Right.ERASURE] not in content.text


@pytest.mark.parametrize("language", list(Language))
def test_where_formalities_are_strict_the_line_about_the_card_is_left_out(language):
    factories.installation()
    law.set_policy(
        Policy(formalities="strict"),
        controller=factories.installation(),
        reason="essai",
        by=factories.actor("manager"),
    )

    assert NO_COPY[language] not in _acknowledgement(language).text


def test_dates_in_words():
    shown = {
        language: [words.day(date(2027, 4, 1), language), words.day(date(2027, 12, 25), language)]
        for language in Language
    }

    assert shown == {
        Language.FR: ["1er avril 2027", "25 décembre 2027"],
        Language.NL: ["1 april 2027", "25 december 2027"],
        Language.DE: ["1. April 2027", "25. Dezember 2027"],
        Language.EN: ["1 April 2027", "25 December 2027"],
    }
    assert words.day(date(2027, 4, 11), Language.FR) == "11 avril 2027"
    # one instant, two clocks: summer time and winter time
    assert words.clock(datetime.fromisoformat("2027-07-01T12:05:00+00:00"), Language.EN) == "14:05"
    assert words.clock(datetime.fromisoformat("2027-01-01T12:05:00+00:00"), Language.FR) == "13:05"


# -- headers --------------------------------------------------------------------------------------


def test_the_acknowledgement_answers_the_message_and_says_that_a_machine_wrote_it():
    case = factories.received(received_at=RECEIVED_AT)
    Thread.objects.create(
        case=case,
        address="ada@example.org",
        in_reply_to="<" + "x" * 180 + "@example.org>",
        references="<one@example.org> <two@example.org> nonsense",
    )
    (order,) = letters.acknowledgement(case, RECEIVED_AT)

    mail = mail_of(order)

    assert mail["Subject"] == "Nous avons bien reçu votre demande – DSR-2027-0001"
    assert mail["From"] == "Assistool SRL <vieprivee@assistool.com>"
    assert mail["To"] == "ada@example.org"
    assert mail["In-Reply-To"].split() == ["<" + "x" * 180 + "@example.org>"]
    assert mail["References"].split() == ["<one@example.org>", "<two@example.org>", "<" + "x" * 180 + "@example.org>"]
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "DR, RN, NRN, OOF, AutoReply"
    assert mail["Content-Language"] == "fr"
    assert mail["Date"].datetime == factories.utc(2027, 3, 1, 12)
    assert re.fullmatch(r"<dsr-2027-0001\.m01\.[a-z2-7]+@assistool\.com>", mail["Message-ID"])
    assert re.fullmatch(r"vieprivee\+r\.[a-z2-7]+@assistool\.com", mail["Reply-To"])
    link = re.search(r"http://localhost:8000/p/([a-z2-7]+)/", text_of(mail))
    assert link is not None


@EVERY_LETTER
def test_only_automatic_letters_say_that_they_are(entry):
    submitted = mail_of(order_of(entry, Language.EN))["Auto-Submitted"]

    expected = {Letter.M01: "auto-replied"}.get(entry.letter, "auto-generated" if entry.automatic else None)
    assert submitted == expected


def test_the_bytes_are_7_bit_with_short_lines_and_the_same_every_time():
    order = order_of(REGISTER[Letter.M02], Language.DE, doubt="ü" * 5000)
    row = Notification(
        case=order.case, letter="M02", language="de", recipient="ada@example.org", message_id="<a@b>",
        created_at=factories.utc(2027, 3, 1),
    )  # fmt: skip
    content = rendering.compose(order)

    raw = rendering.build(row, rendering.Content.load(content.dump()))

    assert raw == rendering.build(row, content)
    assert raw.isascii()
    lines = raw.split(b"\r\n")
    assert max(len(line) for line in lines) <= 78
    assert not any(b"\r" in line or b"\n" in line for line in lines)


# -- what must not stand in them ----------------------------------------------------------------

CANARIES = ("Canarina", "Zebrafinch", "canary-bird@example.org", "canary subject", "canary doubt", "canary note")


def test_letters_to_staff_hold_nothing_of_the_person():
    case = factories.confirmed(
        (Right.ACCESS, Right.ERASURE),
        person_name="Canarina Zebrafinch",
        person_email="canary-bird@example.org",
        subject="canary subject",
    )
    law.add_note(case.pk, text="canary note", by=factories.actor("officer"))
    for entry in REGISTER.values():
        if entry.audience is Audience.STAFF and entry.letter not in OF_THE_HOUSE:
            _assert_silent(case, entry)


def _assert_silent(case, entry):
    data = {
        EventKind.MILESTONE_REACHED: {"milestone": f"{entry.letter.value}-3", "days_left": 3, "waited": 7},
        EventKind.CLAIM_SUBMITTED: {"outcome": "granted"},
        EventKind.LETTER_UNDELIVERABLE: {"letter": "M07"},
        EventKind.LETTER_BLOCKED: {"letter": "M07", "missing": "authority"},
        EventKind.COMPLAINT_RAISED: {},
        EventKind.WRITER_IDENTIFIED: {},
        EventKind.LETTER_LATE: {"waiting": 3, "letter": "M07"},
    }[entry.on[0]]
    if entry.letter is Letter.A11:
        data = {"milestone": "A11-identity", "about": "2027-03-01", "days_left": 0, "pause": "identity"}
    event = events.record(
        case.stream,
        entry.on[0],
        by=CLOCK,
        at=factories.utc(2027, 3, 1),
        data=data,
        payload={"colleague": "colleague@assistool.com", "name": "Canarina Zebrafinch"},
        holder=case.uuid,
        consumers=(Consumer.LETTERS,),
    )
    made = Notification.objects.filter(pk__in=services.consume(event.pk), letter=entry.letter.value)
    assert made
    for row in made:
        raw = rendering.build(row, services.content_of(row)).decode()
        text = text_of(parsed(raw))
        assert case.reference in text
        assert f"/cases/{case.uuid}/" in text
        for canary in CANARIES:
            assert canary.lower() not in raw.lower() + text.lower()
