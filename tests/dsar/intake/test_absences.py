"""Absent, closed, not read any more: programs that no header marks, and people who write the same words and go on."""

import pytest

from dsar.intake.parsing import parse
from dsar.intake.reading import read
from tests.dsar.intake.post import mail

PROGRAMS = [
    (
        "Re: Nous avons bien reçu votre demande",
        "Cette adresse n'est plus utilisée. Merci d'écrire à contact@example.be.",
    ),
    (
        "Re: Wir haben Ihre Anfrage erhalten",
        "Sie haben diese Nachricht an eine Adresse geschickt, die nicht mehr verwendet wird.",
    ),
    (
        "Re: We have received your request",
        "I'm on parental leave and will be back in March. My mail is not being read. Please contact "
        "hello@example.org instead.",
    ),
    (
        "Re: Wir haben Ihre Anfrage erhalten",
        "Ihre E-Mail wurde empfangen. Unser Büro ist über die Feiertage geschlossen. Ab dem 4. Januar sind wir "
        "wieder für Sie da.",
    ),
    (
        "Re: Wij hebben uw verzoek ontvangen",
        "Wij zijn gesloten van 24/12 tot en met 2/1. Prettige feesten!",
    ),
    (
        "Re: votre demande",
        "Cette boîte n'est plus consultée. Veuillez écrire à info@example.be.",
    ),
    (
        "Re: demande",
        "Nos bureaux sont fermés du 24 décembre au 2 janvier inclus. Nous vous souhaitons de belles fêtes.",
    ),
    (
        "Notre cabinet est fermé",
        "Notre cabinet est fermé jusqu'au 5 août. En cas d'urgence, appelez le 112.",
    ),
    (
        "Re: uw vraag",
        "Dit e-mailadres wordt niet meer gelezen. Gelieve te mailen naar info@example.be.",
    ),
    (
        "Re: vraag",
        "Dit mailadres is niet meer in gebruik. Stuur uw bericht naar onthaal@example.be.",
    ),
    (
        "Re: vraag",
        "Ons kantoor is gesloten wegens vakantie tot 16 augustus. Vanaf dan helpen wij u graag verder.",
    ),
    (
        "Re: Ihre Anfrage",
        "Dieses Postfach wird nicht mehr gelesen. Bitte schreiben Sie an info@example.de.",
    ),
    (
        "Re: Ihre Anfrage",
        "Diese E-Mail-Adresse ist nicht mehr aktiv. Bitte wenden Sie sich an service@example.de.",
    ),
    (
        "Betriebsferien",
        "Wir haben vom 1. bis 15. August Betriebsferien und sind ab dem 16. August wieder für Sie da.",
    ),
    (
        "Re: your request",
        "This mailbox is no longer monitored. Please write to support@example.org.",
    ),
    (
        "Re: your request",
        "You have written to an address that is no longer in use.",
    ),
    (
        "Re: your request",
        "Our office is closed for the holidays and will reopen on 3 January. Happy New Year!",
    ),
    (
        "Re: your request",
        "Our offices are closed until Monday 5 January. For urgent matters call 02 555 11 22.",
    ),
    (
        "Re: demande",
        "Je suis en congé parental et de retour en mars. Mes mails ne sont pas lus. Contactez plutôt "
        "accueil@example.be.",
    ),
    (
        "Re: vraag",
        "Ik ben met ouderschapsverlof en terug in maart. Mijn mails worden niet gelezen. Contacteer gerust "
        "onthaal@example.be.",
    ),
    (
        "Re: Anfrage",
        "Ich bin in Elternzeit und ab März zurück. Meine Mails werden nicht gelesen. Bitte wenden Sie sich an "
        "info@example.de.",
    ),
]
PEOPLE = [
    (
        "Mon adresse",
        "Mon ancienne adresse n'est plus utilisée. Merci de m'écrire à jo@example.be et d'effacer l'autre.",
    ),
    (
        "Adresse",
        "Cette adresse n'est plus utilisée par moi : supprimez-la de vos fichiers s'il vous plaît.",
    ),
    (
        "Adres",
        "Dit e-mailadres gebruik ik niet meer. Gelieve het te wissen uit uw bestand.",
    ),
    (
        "Adresse",
        "Diese Adresse verwende ich nicht mehr. Bitte löschen Sie sie und schreiben Sie an neu@example.de.",
    ),
    (
        "Old address",
        "This address is no longer in use. Please delete it and everything you hold about me.",
    ),
    (
        "Vos bureaux",
        "Vos bureaux étaient fermés du 24 au 2. Je voudrais savoir ce que vous gardez sur moi.",
    ),
    (
        "Gesloten",
        "Jullie waren gesloten van 24/12 tot 2/1, dus ik mail: graag een kopie van mijn gegevens.",
    ),
    (
        "Geschlossen",
        "Ihr Büro ist über die Feiertage geschlossen, deshalb schreibe ich: Bitte löschen Sie meine Daten.",
    ),
    (
        "Closed",
        "Your office is closed on Wednesdays, I see. Could you send me my file by mail?",
    ),
    (
        "Congé",
        "Je suis en congé parental jusqu'en mars. Envoyez-moi une copie de mes données avant, s'il vous plaît.",
    ),
    (
        "Verlof",
        "Ik ben met ouderschapsverlof en wil nu eindelijk mijn account laten wissen.",
    ),
    (
        "Elternzeit",
        "Ich bin in Elternzeit und räume auf: Bitte löschen Sie mein Konto.",
    ),
    (
        "Leave",
        "I'm on parental leave and clearing out old accounts. Please close mine and erase my data.",
    ),
    (
        "Fermé",
        "Notre société est fermée depuis 2020. Effacez les données de contact à mon nom.",
    ),
    (
        "Gestopt",
        "Mijn zaak is gesloten. Haal mijn naam uit jullie lijst.",
    ),
    (
        "Aufgegeben",
        "Mein Geschäft ist geschlossen. Nehmen Sie meinen Namen aus Ihrem Verteiler.",
    ),
    (
        "Shut",
        "My shop is closed for good. Take my name off your list.",
    ),
    (
        "Boîte",
        "Ma boîte mail n'est plus consultée que le dimanche. Où en est ma demande d'accès à mes données ?",
    ),
]
ANSWERS = [
    "Ich bin bis zum 30. November im Urlaub. Die letzte Rechnung betrug 38,20 Euro, angemeldet habe ich "
    "mich im Mai. In dringenden Fällen erreichen Sie mich unter 0471 555019.\n\nGerd Lohmann",
    "Je suis absente jusqu'au 4 décembre. Mon adresse est bien celle-là. En cas d'urgence vous pouvez "
    "joindre mon mari au 0475 11 22 33.\n\nSolange",
    "Je suis en vacances jusqu'au 30 novembre. Pour toute question urgente, contactez mon avocat, Me "
    "Dubois. Le code est 482913.",
    "Well received, we will get back to you shortly with the signed mandate.\nHartley & Moss",
    "Bedankt, wij antwoorden u binnen de week met de volmacht van onze cliënt.\nMr. Hendrickx",
    "Ik ben met verlof tot 4 januari. Mijn klantnummer is 4471. Dringend? Bel mijn vrouw.",
    "I am on annual leave until Monday. The account you ask about is the second one. Urgent? Call my brother.",
    "Wir melden uns innerhalb von drei Werktagen mit der Vollmacht.",
    "Ik ben tot vrijdag afwezig. De laatste factuur was van 12 mei. Dringend: bel 0471 22 33 44.",
    "Je suis absent jusqu'à lundi. La facture date du 3 mars. En cas d'urgence, appelez mon fils.",
    "Ich bin bis Montag abwesend. Die Kundennummer lautet 99812. In dringenden Fällen rufen Sie meine Frau an.",
    "I am away until Friday. My customer number is 99812. In urgent cases call my wife.",
]


@pytest.mark.parametrize(("subject", "text"), PROGRAMS)
def test_a_notice_without_a_header_is_a_programs(subject: str, text: str) -> None:
    found = read(parse(mail(text, subject=subject)))

    assert (found.kind, found.acknowledge) == ("auto_reply", False)


@pytest.mark.parametrize(("subject", "text"), PEOPLE)
def test_a_person_in_the_same_words_is_a_person(subject: str, text: str) -> None:
    found = read(parse(mail(text, subject=subject)))

    assert found.kind not in {"auto_reply", "bounce", "spam"}
    assert found.acknowledge is True


@pytest.mark.parametrize("text", ANSWERS)
def test_who_is_away_and_answers_all_the_same_replies(text: str) -> None:
    answer = ["In-Reply-To: <dsr-2026-0044.m02@assistool.com>"]
    found = read(parse(mail(text, subject="Re: Votre demande - DSR-2026-0044", extra=answer)))

    assert found.kind == "reply"
