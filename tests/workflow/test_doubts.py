"""Reasonable doubts are those of this request; a formality that is missing is none, whoever words it (Art. 12(6))."""

import pytest

from workflow.doubts import says_nothing_of_the_case

FORMALITIES = [
    "La demande n’est pas signée",
    "Copie de carte d’identité non jointe",
    "Copie de carte d’identité non jointe à la demande",
    "Clause 7.7 of our policy asks for it",
    "par précaution",
    "Par mesure de précaution, nous voulons savoir qui écrit.",
    "Zur Sicherheit brauchen wir einen Ausweis",
    "Il manque la copie de la carte d’identité et la signature exigées par la clause 7.7.",
    "La demande n'est ni datée ni signée, elle a été envoyée par un simple courriel.",
    "Unsigned request without identity card copy",
    "The letter of last Tuesday carries no date and no signature.",
    "The person did not attach a scan of the passport, front and back.",
    "No ID copy was enclosed with the e-mail",
    "Our privacy policy of 2018 says that everybody sends an identity document.",
    "The request form on the website was not used.",
    "To be on the safe side",
    "We cannot be sure who sent this e-mail",
    "Doute sur l’identité du demandeur",
    "Nous voulons être certains de parler à la bonne personne",
    "Mesure de sécurité habituelle pour éviter une fuite",
    "piece d'identite absente du dossier",
    "Le formulaire prévu n'a pas été rempli par le client.",
    "Het verzoek is niet ondertekend",
    "Het verzoek is niet gedateerd en er zit geen kopie van de identiteitskaart bij.",
    "Wij willen zeker zijn dat u het bent",
    "Uit voorzorg",
    "Volgens artikel 7.7 van ons beleid is een identiteitsbewijs nodig.",
    "De handtekening ontbreekt onderaan de brief.",
    "Zekerheidshalve, om een lek te vermijden",
    "Der Antrag ist nicht unterschrieben",
    "Es fehlt eine Kopie des Personalausweises, Vorder- und Rückseite.",
    "Gemäß Klausel 7.7 unserer Richtlinie",
    "Das Schreiben ist undatiert und ohne Unterschrift eingegangen.",
    "Vorsichtshalber, damit keine Daten in falsche Hände geraten könnten wir prüfen",
    "Wir möchten sicher sein, wer uns schreibt.",
    "Ausweiskopie lag der E-Mail nicht bei",
    "Pour éviter une usurpation d’identité",
    "Nous demandons toujours une copie de la carte pour éviter une usurpation d’identité.",
    "Om identiteitsfraude te voorkomen",
    "Zum Schutz sensibler Daten",
]
DOUBTS = [
    "another address",
    "unknown address",
    "no address",
    "the address is new to us",
    "The name in the mail differs from the account holder.",
    "The signature does not match the one on the contract.",
    "The copy shows another name.",
    "The passport sent last week is expired and shows a different person.",
    "The copy of the card is cut off at the birth date.",
    "The holder of the account denies the request.",
    "Three requests for different customers came from this mailbox within an hour.",
    "We cannot be sure who writes: the mailbox is used by the whole family.",
    "The mail came from another country.",
    "The account was hacked in March and its password was reset yesterday.",
    "une autre adresse",
    "adresse inconnue de nos fichiers",
    "L’adresse d’expédition n’est pas celle du compte.",
    "La signature ne ressemble pas à celle du contrat de 2019.",
    "La copie de la carte porte un autre nom que le compte.",
    "La copie de la carte est illisible.",
    "Le prénom ne correspond pas au titulaire du compte.",
    "Par prudence : le titulaire nous a dit au téléphone n'avoir rien demandé.",
    "Het adres is niet dat van de klantenfiche.",
    "De naam in de mail is anders gespeld dan op de factuur.",
    "De handtekening komt niet overeen met die op het contract.",
    "De kopie toont een andere naam.",
    "Het adres wordt door het hele gezin gebruikt.",
    "Die Absenderadresse ist uns unbekannt.",
    "Die Unterschrift weicht von der im Vertrag ab.",
    "Die Ausweiskopie zeigt einen anderen Namen.",
    "Der Kontoinhaber bestreitet die Anfrage.",
    "Der Name stimmt nicht mit dem Konto überein.",
    "Der Tonfall passt nicht zu früheren Nachrichten, und die Adresse ist neu.",
]


@pytest.mark.parametrize("doubt", FORMALITIES)
def test_a_formality_a_precaution_or_a_rule_of_ours_is_no_doubt(doubt: str) -> None:
    assert says_nothing_of_the_case(doubt)


@pytest.mark.parametrize("doubt", DOUBTS)
def test_what_does_not_fit_in_this_request_is_one(doubt: str) -> None:
    assert not says_nothing_of_the_case(doubt)
