"""Words and dates inside letters, in the language of the letter and never of the moment.

Letters are not gettext texts: their language is the reader's, whatever the worker or the officer
has switched on (design §4.16).
"""

from collections.abc import Callable, Collection
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_time
from babel.numbers import format_currency

from workflow.deadlines import BRUSSELS
from workflow.models import Case, PolicyVersion
from workflow.policy import Policy
from workflow.states import Language, Right

# What a variable of a letter says depends on who reads it: a date, a right. Such a one is asked in each language.
Said = Callable[[Language], object]


class Paragraphs(str):
    """A text typed by one of us whose line breaks stay; every other value of a letter is one line."""


_LOCALES = {Language.FR: "fr", Language.NL: "nl", Language.DE: "de", Language.EN: "en_GB"}

# What the person asks for, as it stands after a colon ("vous demandez : …"): no article number, no jargon.
RIGHTS: dict[Language, dict[Right, str]] = {
    Language.FR: {
        Right.ACCESS: "une copie de vos données",
        Right.RECTIFICATION: "la correction de vos données",
        Right.ERASURE: "l'effacement de vos données",
        Right.RESTRICTION: "la limitation de l'utilisation de vos données",
        Right.PORTABILITY: "vos données dans un format réutilisable",
        Right.OBJECTION_DM: "l'arrêt de la publicité",
        Right.OBJECTION_GENERAL: "l'arrêt de l'utilisation de vos données",
        Right.CONSENT_WITHDRAWAL: "le retrait de votre consentement",
        Right.AUTOMATED_DECISION: "l'examen par une personne d'une décision automatique",
        Right.INFORMATION: "des explications sur l'utilisation de vos données",
        Right.COMPLAINT: "l'examen de votre réclamation",
    },
    Language.NL: {
        Right.ACCESS: "een kopie van uw gegevens",
        Right.RECTIFICATION: "de verbetering van uw gegevens",
        Right.ERASURE: "het wissen van uw gegevens",
        Right.RESTRICTION: "de beperking van het gebruik van uw gegevens",
        Right.PORTABILITY: "uw gegevens in een herbruikbaar formaat",
        Right.OBJECTION_DM: "geen reclame meer",
        Right.OBJECTION_GENERAL: "het stoppen van het gebruik van uw gegevens",
        Right.CONSENT_WITHDRAWAL: "de intrekking van uw toestemming",
        Right.AUTOMATED_DECISION: "de herbeoordeling van een automatisch besluit door een persoon",
        Right.INFORMATION: "uitleg over het gebruik van uw gegevens",
        Right.COMPLAINT: "de behandeling van uw klacht",
    },
    Language.DE: {
        Right.ACCESS: "eine Kopie Ihrer Daten",
        Right.RECTIFICATION: "die Berichtigung Ihrer Daten",
        Right.ERASURE: "die Löschung Ihrer Daten",
        Right.RESTRICTION: "die Einschränkung der Nutzung Ihrer Daten",
        Right.PORTABILITY: "Ihre Daten in einem wiederverwendbaren Format",
        Right.OBJECTION_DM: "keine Werbung mehr",
        Right.OBJECTION_GENERAL: "keine weitere Nutzung Ihrer Daten",
        Right.CONSENT_WITHDRAWAL: "den Widerruf Ihrer Einwilligung",
        Right.AUTOMATED_DECISION: "die Prüfung einer automatischen Entscheidung durch einen Menschen",
        Right.INFORMATION: "eine Erklärung, wie wir Ihre Daten nutzen",
        Right.COMPLAINT: "die Prüfung Ihrer Beschwerde",
    },
    Language.EN: {
        Right.ACCESS: "a copy of your data",
        Right.RECTIFICATION: "the correction of your data",
        Right.ERASURE: "the erasure of your data",
        Right.RESTRICTION: "a limit on the use of your data",
        Right.PORTABILITY: "your data in a reusable format",
        Right.OBJECTION_DM: "no more advertising",
        Right.OBJECTION_GENERAL: "an end to the use of your data",
        Right.CONSENT_WITHDRAWAL: "the withdrawal of your consent",
        Right.AUTOMATED_DECISION: "a review by a person of an automated decision",
        Right.INFORMATION: "an explanation of how your data are used",
        Right.COMPLAINT: "a review of your complaint",
    },
}

# The same rights as staff call them.
STAFF_RIGHTS: dict[Language, dict[Right, str]] = {
    Language.FR: {
        Right.ACCESS: "accès",
        Right.RECTIFICATION: "rectification",
        Right.ERASURE: "effacement",
        Right.RESTRICTION: "limitation",
        Right.PORTABILITY: "portabilité",
        Right.OBJECTION_DM: "opposition à la prospection",
        Right.OBJECTION_GENERAL: "opposition",
        Right.CONSENT_WITHDRAWAL: "retrait du consentement",
        Right.AUTOMATED_DECISION: "décision automatisée",
        Right.INFORMATION: "information",
        Right.COMPLAINT: "réclamation",
    },
    Language.NL: {
        Right.ACCESS: "inzage",
        Right.RECTIFICATION: "rectificatie",
        Right.ERASURE: "wissing",
        Right.RESTRICTION: "beperking",
        Right.PORTABILITY: "overdraagbaarheid",
        Right.OBJECTION_DM: "bezwaar tegen direct marketing",
        Right.OBJECTION_GENERAL: "bezwaar",
        Right.CONSENT_WITHDRAWAL: "intrekking van de toestemming",
        Right.AUTOMATED_DECISION: "geautomatiseerd besluit",
        Right.INFORMATION: "informatie",
        Right.COMPLAINT: "klacht",
    },
    Language.DE: {
        Right.ACCESS: "Auskunft",
        Right.RECTIFICATION: "Berichtigung",
        Right.ERASURE: "Löschung",
        Right.RESTRICTION: "Einschränkung",
        Right.PORTABILITY: "Datenübertragbarkeit",
        Right.OBJECTION_DM: "Werbewiderspruch",
        Right.OBJECTION_GENERAL: "Widerspruch",
        Right.CONSENT_WITHDRAWAL: "Widerruf der Einwilligung",
        Right.AUTOMATED_DECISION: "automatisierte Entscheidung",
        Right.INFORMATION: "Information",
        Right.COMPLAINT: "Beschwerde",
    },
    Language.EN: {
        Right.ACCESS: "access",
        Right.RECTIFICATION: "rectification",
        Right.ERASURE: "erasure",
        Right.RESTRICTION: "restriction",
        Right.PORTABILITY: "portability",
        Right.OBJECTION_DM: "objection to marketing",
        Right.OBJECTION_GENERAL: "objection",
        Right.CONSENT_WITHDRAWAL: "withdrawal of consent",
        Right.AUTOMATED_DECISION: "automated decision",
        Right.INFORMATION: "information",
        Right.COMPLAINT: "complaint",
    },
}

# Proofs of identity that ask for the least, in domain §1.6's order; worded alike for people with and
# without an account, so that nobody learns from a letter whether there is one.
IDENTITY_OPTIONS: dict[Language, str] = {
    Language.FR: "confirmer votre demande par un moyen de contact que nous avons déjà pour vous, si nous en avons un",
    Language.NL: "uw verzoek bevestigen via een contactgegeven dat wij al van u hebben, als wij er een hebben",
    Language.DE: "Ihre Anfrage über einen Kontaktweg bestätigen, den wir schon von Ihnen haben, falls es einen gibt",
    Language.EN: "confirm your request through a contact of yours that we already know, if we have one",
}

# Above a letter in two languages: that this one follows.
BELOW: dict[Language, str] = {
    Language.FR: "Vous trouverez ce message en français plus bas.",
    Language.NL: "U vindt dit bericht in het Nederlands verder naar onderen.",
    Language.DE: "Diese Nachricht finden Sie weiter unten auf Deutsch.",
    Language.EN: "You will find this message in English further down.",
}

# Said first to a child, or to whoever writes for one (recital 58: plain enough for a child to understand).
TO_A_CHILD: dict[Language, str] = {
    Language.FR: (
        "Cette lettre parle des informations que nous avons sur vous. Quelque chose n'est pas clair ? "
        "Demandez-le-nous, c'est gratuit, ou lisez-la avec un adulte en qui vous avez confiance."
    ),
    Language.NL: (
        "Deze brief gaat over wat wij over u weten. Is iets niet duidelijk? Vraag het ons, dat kost niets, of lees hem "
        "samen met een volwassene die u vertrouwt."
    ),
    Language.DE: (
        "In diesem Brief geht es darum, was wir über Sie wissen. Ist etwas nicht klar? Fragen Sie uns, das kostet "
        "nichts, oder lesen Sie ihn mit einem Erwachsenen, dem Sie vertrauen."
    ),
    Language.EN: (
        "This letter is about what we know of you. Is something not clear? Ask us, it costs nothing, or read it with "
        "an adult you trust."
    ),
}
FOR_A_CHILD: dict[Language, str] = {
    Language.FR: "Cette lettre concerne les données de l'enfant pour qui vous nous avez écrit. Lisez-la avec lui.",
    Language.NL: "Deze brief gaat over de gegevens van het kind voor wie u ons schreef. Lees hem samen.",
    Language.DE: "Dieser Brief betrifft die Daten des Kindes, für das Sie schrieben. Lesen Sie ihn zusammen.",
    Language.EN: "This letter is about the data of the child for whom you wrote to us. Read it together.",
}

_AND = {Language.FR: " et ", Language.NL: " en ", Language.DE: " und ", Language.EN: " and "}


def newest_policy(case: Case) -> Policy:
    """What the organisation has chosen last: what a letter names, whatever version counts the days of the case."""
    newest = PolicyVersion.objects.filter(controller=case.controller_id).order_by("-number").first()
    return newest.policy if newest else Policy()


def authority(case: Case, language: Language) -> str:
    """Address and website of the supervisory authority (the 12(4) block, from the settings)."""
    block = newest_policy(case).authority
    return f"{getattr(block, f'address_{language.value}')}, {getattr(block, f'web_{language.value}')}"


def day(value: date, language: Language) -> str:
    """A calendar date in words: "5 avril 2027", "1er avril 2027", "5. April 2027", "5 April 2027"."""
    text = str(format_date(value, "long", locale=_LOCALES[language]))
    if language is Language.FR and value.day == 1:
        return "1er" + text.removeprefix("1")
    return text


def clock(instant: datetime, language: Language) -> str:
    """The time of an aware instant on a Brussels clock: "14:05"."""
    return str(format_time(instant, "HH:mm", tzinfo=BRUSSELS, locale=_LOCALES[language]))


def euros(cents: int, language: Language) -> str:
    """An amount of money: "12,50 €", "€12.50"."""
    return str(format_currency(Decimal(cents) / 100, "EUR", locale=_LOCALES[language]))


def rights(values: Collection[Right], language: Language) -> str:
    """What the person asks for, in the order of the rights, as one phrase; empty for none."""
    words = [RIGHTS[language][right] for right in Right if right in values]
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + _AND[language] + words[-1]


def codes(values: Collection[Right]) -> str:
    """Rights as they are stored: their codes, in their order."""
    return ",".join(right.value for right in Right if right in values)


def staff_rights(values: Collection[Right], language: Language) -> str:
    """The rights of a case as staff call them; a dash for none."""
    return ", ".join(STAFF_RIGHTS[language][right] for right in Right if right in values) or "–"
