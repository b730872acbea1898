"""Help desks, mailboxes of people who left and filters that send no header; and people who sound like them."""

import pytest

from dsar.intake.parsing import parse
from dsar.intake.reading import read
from tests.dsar.intake.post import mail

PROGRAMS = [
    ("[#70112] Votre message", "Votre message a bien été enregistré sous le numéro 70112. Un conseiller vous "
     "répondra dans les meilleurs délais."),
    ("Demande #812 reçue", "Bonjour,\n\nMerci pour votre message. Votre demande est bien arrivée et sera traitée sous "
     "5 jours ouvrables.\n\nLe service clients"),
    ("Votre dossier 4410 a été mis à jour", "Le statut de votre dossier 4410 a été modifié. Connectez-vous pour le "
     "consulter."),
    ("Départ", "Mme Dubois ne travaille plus pour notre société. Veuillez contacter accueil@firme.example."),
    ("Vérification", "Votre message est retenu. Cliquez sur ce lien pour confirmer que vous êtes une personne."),
    ("Re: uw vraag", "Bedankt voor uw bericht. Wij hebben het goed ontvangen en nemen binnen 3 werkdagen contact met u "
     "op.\n\nKlantendienst"),
    ("[Ticket#9917] Uw vraag", "Uw vraag is geregistreerd. Een collega neemt spoedig contact op."),
    ("Uw ticket 5512 werd bijgewerkt", "De status van uw ticket 5512 werd gewijzigd. Meld u aan om het te bekijken."),
    ("Uit dienst", "Jan Peeters werkt niet meer bij ons. Uw mail werd niet doorgestuurd. Neem contact op met "
     "onthaal@firma.example."),
    ("Bevestiging", "Uw bericht wordt vastgehouden. Klik op onderstaande link om te bevestigen dat u geen robot bent."),
    ("Vorgang #44121", "Ihre Anfrage ist bei uns eingegangen. Ein Mitarbeiter wird sich zeitnah bei Ihnen melden."),
    ("Danke", "Vielen Dank für Ihre Anfrage. Unser Serviceteam wird sich in Kürze melden.\nIhr Team von Laden"),
    ("Ihr Ticket 3312 wurde aktualisiert", "Der Status Ihres Tickets 3312 wurde geändert. Melden Sie sich an, um es zu "
     "sehen."),
    ("Ausgeschieden", "Frau Kurz arbeitet nicht mehr für unsere Firma. Bitte schreiben Sie an post@firma.example."),
    ("Prüfung", "Ihre Nachricht wird zurückgehalten. Klicken Sie auf den Link und bestätigen Sie, dass Sie ein Mensch "
     "sind."),
    ("We received your enquiry [CASE-55121]", "Thank you for contacting Acme. Your enquiry has been received and one "
     "of our agents will respond within 2 business days."),
    ("Hello from support", "Thanks for getting in touch. We have received your message and will look into it shortly."),
    ("Your request 99120 has been closed", "The status of your request 99120 has been changed. Sign in to view it."),
    ("Left", "Jane Roe no longer works for us. Your email was not forwarded. Please contact office@firm.example."),
    ("Confirm", "Your message is on hold. Follow the link to confirm that you are not a robot."),
]  # fmt: skip
PEOPLE = [
    ("Ticket #4412", "J'ai ouvert le ticket 4412 il y a trois semaines. Votre demande est enregistrée, dit-on. Qui me "
     "répondra ?"),
    ("Re: Nous avons bien reçu votre demande", "Merci pour votre message, bien reçu."),
    ("Inscription", "J'ai été enregistré chez vous sous le numéro 88121 et souhaite savoir ce que vous gardez."),
    ("Collègue", "Mme Dubois ne travaille plus pour notre société. Veuillez supprimer son compte."),
    ("Mon mari", "Mon mari ne travaille plus chez vous. Merci de contacter son avocat."),
    ("Geregistreerd", "Ik werd bij u geregistreerd onder nummer 88121. Wie neemt contact met mij op?"),
    ("[#88121] Uw aanvraag", "Uw aanvraag werd geregistreerd, kreeg ik te horen. Nog altijd niets vernomen."),
    ("Melding", "Ik meld u dat mijn adres gewijzigd is. De status van mijn dossier werd niet aangepast."),
    ("Jan", "Jan Peeters werkt niet meer bij ons. Gelieve zijn toegang te wissen en contact op te nemen met ons."),
    ("Anfrage", "Sie schrieben: Ihre Anfrage ist eingegangen, ein Mitarbeiter wird sich melden. Es meldet sich "
     "niemand, ich warte noch."),
    ("Herr Ex", "Herr Ex ist nicht mehr für unser Unternehmen tätig. Bitte löschen Sie seinen Zugang."),
    ("AW: Wir haben Ihre Anfrage erhalten", "Vielen Dank für Ihre Nachricht, wir haben sie erhalten."),
    ("Robot", "Your form asks me to confirm that I am not a robot, and I cannot click the link."),
    ("Case 00123", "I was notified that the status of your case 00123 changed. That is not my case."),
    ("Your ticket", "Thank you for your message. Your request for a copy of my passport has been received, but no."),
    ("Notice", "I notify you that Jane Roe no longer works for us. Please contact her at home about her data."),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "text"), PROGRAMS, ids=[text[:40] for _, text in PROGRAMS])
def test_a_program_without_headers_is_told_by_its_words_and_not_acknowledged(subject: str, text: str) -> None:
    found = read(parse(mail(text, subject=subject, sender="service@firm.example")))

    assert (found.kind, found.acknowledge) == ("auto_reply", False)


@pytest.mark.parametrize(("subject", "text"), PEOPLE, ids=[text[:40] for _, text in PEOPLE])
def test_a_person_who_sounds_like_one_is_never_filed(subject: str, text: str) -> None:
    assert read(parse(mail(text, subject=subject))).kind not in {"auto_reply", "bounce", "spam"}


def test_a_person_called_postmaster_is_acknowledged_and_a_mail_server_of_that_name_is_not() -> None:
    person = mail("Guten Tag, bitte löschen Sie meine Daten.\nHans Huber", sender="postmaster@familie-huber.de")
    server = mail("The queue was flushed.", subject="Queue", sender="postmaster@mx.example.net")

    assert [read(parse(raw)).acknowledge for raw in (person, server)] == [True, False]


@pytest.mark.parametrize("name", ["notify.eva", "newsletter.fan"])
def test_a_person_whose_address_begins_like_a_programs_is_acknowledged(name: str) -> None:
    assert read(parse(mail("Guten Tag, bitte löschen Sie meine Daten.", sender=f"{name}@example.org"))).acknowledge


@pytest.mark.parametrize("name", ["notify", "notifications", "no-reply"])
def test_an_address_that_notifies_gets_no_answer(name: str) -> None:
    found = read(parse(mail("Your parcel is there.", subject="Parcel", sender=f"{name}@crm.example")))

    assert not found.acknowledge
