"""What the names of a letter stand for in a preview: an invented case, nobody's data."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.conf import settings

from notifications import rendering
from notifications.kinds import Letter
from notifications.letters import REGISTER, STATUS_LINK, Order, Wording, answer_for, words
from workflow.models import Controller
from workflow.policy import AuthorityPolicy
from workflow.states import Language, Outcome, Right

_DAYS = {
    "date": date(2027, 3, 2),
    "today": date(2027, 3, 25),
    "due": date(2027, 4, 1),
    "old_due": date(2027, 4, 1),
    "new_due": date(2027, 6, 2),
    "until": date(2027, 4, 14),
    "reply_by": date(2027, 3, 16),
    "send_by": date(2027, 3, 31),
    "asked": date(2027, 3, 3),
    "day": date(2027, 4, 20),
    "pay_by": date(2027, 3, 16),
    "since_day": date(2027, 3, 2),
    "returned": date(2027, 3, 4),
}
_PLAIN = {
    "ref": "DSR-2027-0042",
    "into": "DSR-2027-0040",
    "time": "14:05",
    "since_time": "14:05",
    "officer": "C. Peeters",
    "action": "erased",
    "identifier": "K-4711",
    "person": "Ada Example",
    "code": "48291357",
    "until_time": "17:00",
    "alarm": "unreadable",
    "phase": "raised",
    "scope": "no_request",
    "company": "Neu SRL",
    "company_address": "data@neu.example",
    "file_format": "JSON",
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
# What an officer would have typed in this case, in the language of the letter.
_TYPED: dict[Language, dict[str, str]] = {
    Language.FR: {
        "doubt": "la lettre porte un autre nom que celui de la signature",
        "question": "De quelles données parlez-vous ?",
        "choices": "- les factures\n- les messages",
        "reason": "votre demande touche cinq ans de messages dans quatre systèmes",
        "done": "trois systèmes sur quatre sont relevés",
        "calculation": "une heure de travail à 25 € pour la troisième copie en un mois",
        "how": "par virement, avec le numéro de votre dossier en communication",
        "channel": "par un lien protégé ; le code vous parvient par téléphone",
        "columns": "date, montant, produit",
        "text": "Votre demande avance : nous relevons encore un système.",
        "wanted": "tous les messages de cette personne depuis janvier",
        "letter": "Avis de prolongation",
    },
    Language.NL: {
        "doubt": "de brief draagt een andere naam dan de handtekening",
        "question": "Over welke gegevens gaat het?",
        "choices": "- de facturen\n- de berichten",
        "reason": "uw verzoek gaat over vijf jaar berichten in vier systemen",
        "done": "drie van de vier systemen zijn doorzocht",
        "calculation": "een uur werk aan 25 € voor de derde kopie in een maand",
        "how": "per overschrijving, met het nummer van uw dossier als mededeling",
        "channel": "via een beveiligde link; de code krijgt u per telefoon",
        "columns": "datum, bedrag, product",
        "text": "Uw verzoek vordert: wij doorzoeken nog één systeem.",
        "wanted": "alle berichten van deze persoon sinds januari",
        "letter": "Bericht van verlenging",
    },
    Language.DE: {
        "doubt": "der Brief trägt einen anderen Namen als die Unterschrift",
        "question": "Um welche Daten geht es Ihnen?",
        "choices": "- die Rechnungen\n- die Nachrichten",
        "reason": "Ihre Anfrage betrifft Nachrichten aus fünf Jahren in vier Systemen",
        "done": "drei von vier Systemen sind durchsucht",
        "calculation": "eine Stunde Arbeit zu 25 € für die dritte Kopie in einem Monat",
        "how": "per Überweisung, mit Ihrem Aktenzeichen als Verwendungszweck",
        "channel": "über einen geschützten Link; den Code erhalten Sie per Telefon",
        "columns": "Datum, Betrag, Produkt",
        "text": "Ihre Anfrage kommt voran: Wir durchsuchen noch ein System.",
        "wanted": "alle Nachrichten dieser Person seit Januar",
        "letter": "Mitteilung der Verlängerung",
    },
    Language.EN: {
        "doubt": "the letter bears another name than the signature",
        "question": "Which data do you mean?",
        "choices": "- the invoices\n- the messages",
        "reason": "your request covers five years of messages in four systems",
        "done": "three of the four systems have been searched",
        "calculation": "one hour of work at €25 for the third copy within a month",
        "how": "by bank transfer, with the number of your case",
        "channel": "through a protected link; you get the code by telephone",
        "columns": "date, amount, product",
        "text": "Your request is making progress: we are still searching one system.",
        "wanted": "all messages of this person since January",
        "letter": "Notice of extension",
    },
}
_LINES = ["DSR-2027-0042: 3", "DSR-2027-0040: 1"]
_WEEK = {"open": 12, "overdue": 1, "this_week": 4, "review": 2, "identity": 3, "suspended": 1}
_NUMBERS = {
    **_WEEK,
    "waited": 7,
    "count": 2,
    "kept_years": 5,
    "days_left": 3,
    "days_late": 2,
    "waiting": 4,
    "hours_left": 48,
}


def rendered(
    letter: Letter,
    language: Language,
    wording: Wording,
    owner: Controller,
    mailbox: str,
    *,
    branch: Mapping[str, object] | None = None,
    others: tuple[Language, ...] = (),
) -> rendering.Content:
    """The letter with invented values; the person's link is shown as our placeholder.

    ``branch``: what is otherwise in this case; ``others``: languages in which the same letter says it again.
    """
    right = _asked_for(letter)
    values: dict[str, object] = {
        name: partial(_value, name=name, right=right) for name in (*REGISTER[letter].variables, "due", "authority")
    }
    values |= {"controller": owner.name, "mailbox": mailbox, "right_code": right.value}
    values |= {"rights_line": partial(words.rights, [right]), **(branch or {})}
    order = Order(letter, None, "ada@example.org", language, values, controller=owner, others=others)
    return rendering.compose(order, {language: wording})


def _asked_for(letter: Letter) -> Right:
    """The right this letter answers; for every other letter somebody asks for a copy."""
    return next((right for right in Right if answer_for(right, Outcome.GRANTED) is letter), Right.ACCESS)


def _value(language: Language, *, name: str, right: Right) -> object:
    if name in _DAYS:
        return words.day(_DAYS[name], language)
    if name == "amount":
        return words.euros(2500, language)
    if name in _NUMBERS:
        return _NUMBERS[name]
    if name in {"right", "rights"}:
        return words.rights([right], language)
    if name in _TYPED[language]:
        return words.Paragraphs(_TYPED[language][name])
    if name == "options":
        return words.IDENTITY_OPTIONS[language]
    if name == "authority":
        block = AuthorityPolicy()
        return f"{getattr(block, f'address_{language.value}')}, {getattr(block, f'web_{language.value}')}"
    if name == "link":
        return f"{settings.PUBLIC_URL}/cases/"
    if name == "lines":
        return _LINES
    if name == "status_link":
        return STATUS_LINK
    return _PLAIN.get(name, f"‹{name}›")
