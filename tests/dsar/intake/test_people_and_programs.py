"""Who writes about an absence, a letter gone astray or our robot is no robot; a notice without headers is one."""

import pytest

from dsar.intake import services as intake
from dsar.intake.parsing import parse
from dsar.intake.reading import read
from tests import factories
from tests.dsar.intake.post import mail as plain_mail
from tests.dsar.intake.post import take_in
from tests.dsar.intake.test_automatic import written
from workflow.states import Right

IN_THREAD = "In-Reply-To: <x1@assistool.com>"

PEOPLE = [
    ("Absence de réponse", "Le 2 octobre je vous ai demandé la copie de mes données. Toujours rien."),
    ("Absence de base légale", "Je vous demande d'effacer mon numéro, que vous gardez sans mon accord."),
    ("Congés payés - mes données", "Pourriez-vous m'envoyer une copie de tout ce que vous gardez à mon sujet ?"),
    ("Absent de vos listes", "Je souhaite ne plus recevoir aucune de vos publicités."),
    ("Vacation rental account", "Please delete my account and everything you hold about me."),
    ("On leave of my employer", "Please send me a copy of all personal data you hold about me."),
    ("Automatic reply from your bot", "It is wrong: I live at 12 Quay Street now. Please correct my address."),
    ("Afwezigheid van antwoord", "Ik vroeg u welke gegevens u van mij bijhoudt. Ik wacht nog altijd op antwoord."),
    ("Automatisch bericht over mijn weigering", "Ik wil dat een mens mijn aanvraag opnieuw bekijkt."),
    ("Abwesenheit einer Rechtsgrundlage", "Bitte löschen Sie alle meine Daten."),
    ("Automatische Antwort Ihres Bots", "Bitte löschen Sie meine Daten, ich will keine Antworten eines Bots."),
    ("Message non remis", "Mon recommandé n'a pas pu être remis à votre siège. Effacez toutes mes données."),
    ("Undelivered answer", "Your reply was not delivered to me. Please send the copy of my data again."),
    ("Returned mail", "My letter came back undelivered; so by mail: correct my surname to Moss-Lynn."),
    ("Absent depuis deux ans", "Je suis absente du pays depuis deux ans. Supprimez-moi de vos fichiers."),
    ("Congés", "Je suis en congé, j'en profite pour faire le tri : retirez-moi de tous vos fichiers."),
    ("Afwezig", "Ik ben met verlof en heb eindelijk tijd: gooi mij uit jullie bestanden."),
    ("Im Urlaub", "Ich bin im Urlaub und räume auf: Bitte vergessen Sie mich ganz."),
    ("On holiday", "I am on holiday and finally have time: wipe me from your systems, please."),
    ("Mail delivery failed?", "No such user, your letter says. So again: please send me a copy of my data."),
]
ANSWERS = [
    "I have left the company as of 2 May, so erase my staff file; contact me at home from now on.",
    "Je suis absente jusqu'au 4 mai : envoyez la copie de mes données chez moi, ou contactez mon collègue.",
    "Je suis en congé jusqu'au 3 décembre, mais voici le numéro de client : 88213.",
    "Ik ben met vakantie tot vrijdag, maar hierbij al de gevraagde kopie.",
    "Ich bin bis Freitag im Urlaub. Bitte löschen Sie meine Daten trotzdem schon jetzt.",
    "I am on leave until Friday, but here is the number you asked for.",
    "Vous m'avez écrit que « votre demande a bien été enregistrée ». Depuis, plus rien. Où en est-on ?",
    "Merci de ne pas répondre à cette adresse mais à lea2@example.org.",
]
NOTICES = [
    ("Absence du bureau", "Je suis absente jusqu'au 27 avril.", IN_THREAD),
    ("Congés annuels", "Je suis en congé du 3 au 14 août. Pour toute urgence, appelez le bureau.", ""),
    (
        "Re: votre message",
        "En congé. Je suis absent jusqu'au 4 mai ; en cas d'urgence, appelez Luc au 02 555 12 12.",
        "",
    ),
    ("Re: Uw aanvraag", "Ik ben er niet tot dinsdag. Voor dringende vragen belt u mijn collega Els.", ""),
    ("AW: Ihr Schreiben", "Ich bin bis 4. Mai außer Haus. Dringendes richten Sie bitte an Herrn Koch.", ""),
    ("Re: your letter", "I have left the company as of 2 May. Please contact sales@shop.example instead.", ""),
    ("Uw mail", "Dag, wij hebben uw melding goed ontvangen en antwoorden binnen 3 werkdagen. Team Hulp", ""),
    ("Ihre Mail", "Guten Tag, wir haben Ihre Nachricht unter der Nummer 815 erfasst und melden uns in Kürze.", ""),
    ("Lu : vos données", "Votre message a été lu le lundi 3 mars.", IN_THREAD),
    ("Automatisch antwoord: uw verzoek", "Ik ben met verlof tot 24 april. Bel het secretariaat.", IN_THREAD),
    ("Re: Ihre Anfrage", "Ich bin bis zum 22. August im Urlaub.", IN_THREAD),
    ("Merci pour votre message", "Merci d'avoir contacté la boutique. Nous vous répondrons dans les 48 heures.", ""),
    ("Bedankt voor uw bericht", "Bedankt voor uw e-mail. Wij behandelen uw vraag zo snel mogelijk.", ""),
    ("Ihre Nachricht", "Vielen Dank für Ihre Nachricht. Wir melden uns innerhalb von zwei Werktagen.", ""),
    ("Thank you", "Thank you for your message. We will get back to you within two working days.", ""),
]


def mail(subject: str, text: str, thread: str = "") -> bytes:
    headers = ["From: Ada <ada@example.org>", f"Subject: {subject}", *([thread] if thread else [])]
    return written(*headers, "Content-Type: text/plain; charset=utf-8", body=f"{text}\n\nAda Peeters\n")


@pytest.mark.parametrize(("subject", "text"), PEOPLE, ids=[subject for subject, _ in PEOPLE])
def test_a_title_alone_makes_nobody_a_robot(subject: str, text: str) -> None:
    found = read(parse(mail(subject, text)))

    assert found.kind in {"request", "chaser", "complaint"}
    assert found.acknowledge


def test_a_question_below_the_title_of_a_receipt_is_a_question() -> None:
    found = read(parse(mail("Lu : votre politique", "Qui reçoit mes coordonnées ?", IN_THREAD)))

    assert found.kind != "auto_reply"


@pytest.mark.parametrize("text", ANSWERS)
def test_who_is_away_and_answers_all_the_same_has_answered(text: str) -> None:
    assert read(parse(mail("Re: DSR-2026-0105", text, IN_THREAD))).kind in {"reply", "chaser"}


@pytest.mark.parametrize(("subject", "text", "thread"), NOTICES, ids=[subject for subject, _, _ in NOTICES])
def test_a_notice_without_a_header_is_known_by_its_words(subject: str, text: str, thread: str) -> None:
    found = read(parse(mail(subject, text, thread)))

    assert (found.kind, found.acknowledge) == ("auto_reply", False)


@pytest.mark.usefixtures("installed")
def test_what_an_officer_calls_a_persons_is_read_as_a_persons() -> None:
    filed = take_in(mail("Absence du bureau", "Effacez toutes mes données.", "X-Autoreply: yes"))
    assert (filed.state, filed.kind) == ("filed", "auto_reply")

    case = intake.promote(filed.pk, by=factories.actor("officer"))

    assert [claim.right for claim in case.claims.all()] == ["erasure"]


def test_who_asks_below_the_title_of_their_absence_is_heard() -> None:
    raw = plain_mail(
        "Je suis absente jusqu'au 5 mars.\n\nMais supprimez mon compte et toutes mes données.\n\nAda",
        subject="Absence : Re: votre lettre",
        extra=["In-Reply-To: <somebody@example.net>"],
    )

    found = read(parse(raw))

    assert found.kind == "reply"
    assert Right.ERASURE in found.rights_alone
