"""Authorities write through machines, processors and researchers through robots and lists: filed, nobody would hear."""

from datetime import UTC, datetime
from typing import Any

import pytest

from dsar.intake.models import InboundMessage
from notifications.models import Thread
from tests.dsar.intake.post import mail, take_in
from workflow import queries
from workflow.models import Case
from workflow.states import EventKind

pytestmark = pytest.mark.usefixtures("installed")

GENERATED = "Auto-Submitted: auto-generated"
REPLIED = "Auto-Submitted: auto-replied"
LIST = ["List-Id: <infosec.example>", "Precedence: list"]
AT = datetime(2026, 11, 17, 9, tzinfo=UTC)

AUTHORITIES: list[tuple[str, str, list[str], str]] = [
    (
        "noreply@apd-gba.be",
        "DOS-2026-01234 - kalender conclusies",
        [GENERATED],
        "De Geschillenkamer heeft kennis genomen van de klacht (DOS-2026-01234). Gelieve uw conclusies neer te leggen"
        " voor 15 december 2026.\n\nDit is een automatisch verzonden bericht, gelieve niet te antwoorden.",
    ),
    (
        "no-reply@cnil.fr",
        "Mise en demeure",
        [GENERATED],
        "Vous trouverez sur votre espace une mise en demeure de la présidente.\n\nCeci est un message automatique.",
    ),
    (
        "poststelle@ldi.nrw.de",
        "Automatische Antwort: Beschwerde Krause",
        [REPLIED],
        "Ihre Nachricht ist eingegangen und wird bearbeitet. Wir fordern Sie auf, bis 1.12.2026 Stellung zu nehmen.",
    ),
    (
        "casework@ico.org.uk",
        "Case reference IC-2231",
        ["X-Auto-Response-Suppress: All", GENERATED],
        "Please reply to the complaint below within 14 days. This mailbox is not monitored.",
    ),
    (
        "noreply@just.fgov.be",
        "Notification du greffe",
        ["Precedence: bulk"],
        "Une décision vous concernant est disponible. Ne pas répondre à ce message.",
    ),
    ("notifications@politie.nl", "Vordering", [GENERATED], "Er staat een vordering voor u klaar in het portaal."),
]
LEAKS: list[tuple[str, str, list[str], str]] = [
    (
        "list@infosec.example",
        "[sec] open bucket",
        LIST,
        "Hello,\n\nwhile browsing your bucket I found a csv with 3,200 customers' names and emails, open to everyone.",
    ),
    (
        "no-reply@mailtorch.example",
        "Security incident notification",
        [GENERATED],
        "We are writing to inform you of a security incident at Mailtorch affecting subscriber lists of your account:"
        " names and e-mail addresses of your contacts were accessed by an unauthorised third party on 14 November.",
    ),
    (
        "noreply@hoster.example",
        "Beveiligingsincident",
        [GENERATED],
        "Er is een datalek bij u vastgesteld: uw klantenbestand met namen en adressen staat open voor iedereen.",
    ),
    (
        "ne-pas-repondre@prestataire.example",
        "Incident de sécurité",
        [GENERATED],
        "Nous avons constaté une fuite de données chez vous : la liste de vos clients est visible de tous.",
    ),
    (
        "keine-antwort@dienst.example",
        "Sicherheitsvorfall",
        [GENERATED],
        "Bei Ihnen gibt es ein Datenleck: Ihre Kundenliste mit Namen und Adressen ist für jeden einsehbar.",
    ),
]


def arrives(sender: str, subject: str, extra: list[str], text: str, **more: Any) -> InboundMessage:
    return take_in(mail(text, sender=sender, subject=subject, extra=extra), at=AT, **more)


def opened(message: InboundMessage) -> Case:
    assert message.state == "opened"
    assert message.case is not None
    return message.case


def history(case: Case) -> set[str]:
    return {event.kind for event in queries.history(case)}


@pytest.mark.parametrize("written", AUTHORITIES, ids=lambda one: one[0])
def test_an_authority_that_writes_through_a_machine_raises_the_alarm(written: Any) -> None:
    case = opened(arrives(*written))

    assert case.authority is True
    assert EventKind.AUTHORITY_RECOGNISED.value in history(case)
    assert Thread.objects.get(case=case).acknowledge is False


@pytest.mark.parametrize("written", LEAKS, ids=lambda one: one[0])
def test_a_leak_reported_by_a_machine_or_through_a_list_is_a_possible_breach(written: Any) -> None:
    case = opened(arrives(*written))

    assert (case.possible_breach, case.breaches.get().aware_at) == (True, AT)
    assert EventKind.BREACH_PROPOSED.value in history(case)
    assert Thread.objects.get(case=case).acknowledge is False


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Réponse automatique : dossier", "Je suis absente du bureau jusqu'au 4 décembre. Marie Petit, inspectrice"),
        ("Automatisch antwoord: dossier", "Ik ben afwezig tot en met 4 december en lees mijn mails niet."),
        ("Automatische Antwort: Akte", "Ich bin bis zum 4. Dezember im Urlaub."),
        ("Automatic reply: file", "I am currently on leave until 4 December."),
    ],
)
def test_an_officials_holiday_is_no_letter(subject: str, text: str) -> None:
    message = arrives("agent@zone.police.belgium.eu", subject, [REPLIED], text)

    assert (message.state, Case.objects.count()) == ("filed", 0)


def test_a_letter_of_ours_that_an_authoritys_server_refused_is_no_letter_of_theirs() -> None:
    text = "Your message could not be delivered: mailbox full."
    message = arrives("mailer-daemon@apd-gba.be", "Undelivered Mail Returned to Sender", [REPLIED], text)

    assert (message.kind, message.state) == ("bounce", "filed")


@pytest.mark.parametrize(
    ("sender", "subject", "extra", "text"),
    [
        (
            "news@press.example",
            "This week",
            ["List-Id: <news.press.example>", "Precedence: list"],
            "The big story: a data leak at Acme Airlines. How to protect your own company.",
        ),
        (
            "nieuws@vakblad.example",
            "Nieuwsbrief",
            ["List-Id: <nieuws.vakblad.example>", "Precedence: list"],
            "De Gegevensbeschermingsautoriteit legde een boete op aan een ziekenhuis na een datalek.",
        ),
        (
            "no-reply@outil.example",
            "Rapport hebdomadaire",
            [GENERATED],
            "Aucune fuite de données n'a été constatée cette semaine. Ceci est un message automatique.",
        ),
        (
            "noreply@schulung.example",
            "Ihre Anmeldung",
            [GENERATED],
            "Ihre Anmeldung zum Kurs „Datenpanne: was tun?“ ist eingegangen. Bitte antworten Sie nicht.",
        ),
    ],
)
def test_news_and_robots_that_only_speak_of_leaks_and_authorities_stay_filed(
    sender: str, subject: str, extra: list[str], text: str
) -> None:
    assert arrives(sender, subject, extra, text).state == "filed"


def test_fraud_in_the_name_of_the_police_stays_with_the_spam() -> None:
    text = (
        "POLICE JUDICIAIRE\n\nVous êtes convoqué. Vous avez gagné au loto, cliquez ici pour payer l'amende en bitcoin"
        " http://pay.example"
    )
    denied = ["Authentication-Results: mx.assistool.com; dmarc=fail; spf=fail", "X-Spam-Flag: YES"]

    message = arrives("commissaire@police.belgium.eu", "CONVOCATION URGENTE", denied, text)

    assert (message.kind, message.state) == ("spam", "filed")
