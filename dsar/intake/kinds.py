"""What kind of mail a person wrote: request, reply, reminder, complaint, question or something else. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dsar.intake import bereaved
from dsar.intake.rights import Heard, Hit
from dsar.intake.weighing import Weighed
from workflow.states import Right

__all__ = [
    "Told",
    "added_in_reply",
    "asks_information",
    "complains",
    "concerns_the_dead",
    "hurries",
    "is_survey",
    "topics",
]

_CHASED_SUBJECT = re.compile(
    r"^(?:rappel|relance|herinnering|ingebrekestelling|aanmaning|mahnung|erinnerung|reminder|mise en demeure"
    r"|still waiting|\d(?:e|eme|nd|rd|ste|de)? (?:rappel|herinnering|reminder|mahnung))\b"
)


_OTHER_REMINDER = re.compile(
    r"\b(?:(?:rappels?|relances?) (?:de |d |pour )?(?:rdv|rendez|paiement|factur\w+|vaccin)|(?:afspraak|factuur"
    r"|betalings?)herinnering\w*"
    r"|(?:termin|zahlungs)erinnerung\w*|(?:appointment|payment|invoice) reminders?|reminders? (?:of|for"
    r"|about) (?:my |the )?(?:appointment|payment))"
)


@dataclass(frozen=True, slots=True)
class Told:
    """The words that decided."""

    words: str
    place: str


def _told(item: Heard, match: re.Match[str]) -> Told:
    return Told(match.group().strip(), item.place)


def hurries(heard: Sequence[Heard]) -> Told | None:
    """Words that remind of an earlier request: no answer, waiting, the month is over."""
    for item in heard:
        words = item.lexicon
        if item.place == "subject" and (found := _CHASED_SUBJECT.match(item.text)):
            return _told(item, found)
        if not (found := words.cues["chaser"].search(item.text)):
            continue
        conditional = words.cues["threat"].search(item.text[: found.start()])
        if not conditional and not _OTHER_REMINDER.search(item.text):
            return _told(item, found)
    return None


def complains(heard: Sequence[Heard], weighed: Weighed, *, linked: bool, hurried: bool) -> Told | None:
    """A complaint said to be one, or anger about how we handle data; a threat to complain later is none."""
    text = " ".join(item.text for item in heard)
    threatened: Told | None = None
    angry: Told | None = None
    for item in heard:
        words = item.lexicon
        if found := words.cues["complaint"].search(item.text):
            if item.withdraws:
                continue
            if words.cues["threat"].search(item.text[: found.start() + 1]) or words.cues["threat"].search(
                item.text[found.end() :]
            ):
                threatened = threatened or _told(item, found)
            elif words.cues["privacy"].search(text) or not _offtopic(heard):
                return _told(item, found)
        if angry is None and (found := words.cues["outrage"].search(item.text)):
            angry = _told(item, found)
    if angry is None or not heard or not heard[0].lexicon.cues["privacy"].search(text):
        return None
    if (linked and (threatened or not hurried)) or not (weighed.rights or hurried):
        return angry if not _offtopic(heard) or threatened else None
    return None


def _offtopic(heard: Sequence[Heard]) -> bool:
    return any(item.lexicon.cues["offtopic"].search(item.text) for item in heard)


def asks_information(heard: Sequence[Heard]) -> Hit | None:
    """A question about how we process data, or about a right that is not used yet."""
    text = " ".join(item.text for item in heard)
    if not heard or is_survey(heard) or ("?" not in text and heard[0].lexicon.cues["thanks"].search(text)):
        return None
    if not heard[0].lexicon.cues["theme"].search(text):
        return None
    asking = [item for item in heard if "?" in item.text or item.lexicon.cues["question"].search(item.text)]
    near = {item.number + step for item in asking for step in (0, 1, 2)}
    if heard[0].lexicon.gates["login"].search(text):
        return None
    for item in heard:
        if item.number in near and item.place != "subject" and (found := item.lexicon.cues["info"].search(item.text)):
            return Hit(Right.INFORMATION.value, "S", item, found.start(), found.end())
    if asking and (found := asking[0].lexicon.cues["info"].search(asking[0].text)) and not _offtopic(heard):
        return Hit(Right.INFORMATION.value, "S", asking[0], found.start(), found.end())
    return None


def is_survey(heard: Sequence[Heard]) -> Told | None:
    """A thesis, a questionnaire to suppliers, an application for a job: about data, but nobody's own."""
    for item in heard:
        if found := item.lexicon.cues["survey"].search(item.text):
            return _told(item, found)
    return None


def concerns_the_dead(heard: Sequence[Heard]) -> Told | None:
    """The regulation does not protect the dead (recital 27 GDPR); it protects who was taken for one."""
    if bereaved.is_alive(item.text for item in heard):
        return None
    for item in heard:
        if found := item.lexicon.cues["deceased"].search(item.text):
            return _told(item, found)
    return None


_OF_ONESELF = re.compile(
    r"\b(?:mes|mon|ma|mijn|m n|meine?[nmrs]?|my)"
    r"(?: (?:propres?|seules?|personnel\w*|eigen\w*|eigene?[nrs]?|persoonlijke|personliche?[nrs]?"
    r"|personenbezogene?[nrs]?|own|personal|whole|entire|full)){0,2}"
    r" (?:donnees?|compte|profil\w*|infos?|informations?|renseignements?|coordonnees|adresse|dossier|fiche|historique"
    r"|nom|numero|gegevens|account|data|informatie|persoonsgegevens|adres|nummer|naam|daten|\w*konto|angaben"
    r"|details|records?|file|name|number|address)\b"
    r"|\b(?:donnees|infos?|informations) (?:\w+ ){0,4}(?:me concern\w+|sur moi|a moi)\b"
    r"|\bgegevens (?:\w+ ){0,6}(?:over|van) mij\b|\bdaten (?:\w+ ){0,6}(?:uber mich|zu mir|von mir)\b"
    r"|\b(?:data|information|everything|anything|records?) (?:\w+ ){0,5}(?:about|on|concerning|regarding) me\b"
)


def asks_for_oneself(weighed: Weighed) -> bool:
    """A right is asked for the writer's own data; a dead person mentioned beside it is not whom it is about."""
    asked = [hit.heard.text for hits in weighed.rights.values() for hit in hits]
    own = any(_OF_ONESELF.search(text) and not bereaved.is_of_the_dead(text) for text in asked)
    return own or bereaved.is_of_the_writer(asked)


def topics(heard: Sequence[Heard]) -> dict[Right, list[Hit]]:
    """The rights that a reminder or complaint names without asking again: "no answer to my access request"."""
    found: dict[Right, list[Hit]] = {}
    for item in heard:
        if item.lexicon.gates["cited"].search(item.text) or item.withdraws:
            continue
        for name, regex in item.lexicon.nouns.items():
            right = _objected(item) if name == "objection" else Right(name)
            if match := regex.search(item.text):
                found.setdefault(right, []).append(Hit(right.value, "N", item, match.start(), match.end()))
    return found


def _objected(item: Heard) -> Right:
    general = item.lexicon.gates["purpose"].search(item.text)
    return Right.OBJECTION_GENERAL if general else Right.OBJECTION_DM


def added_in_reply(weighed: Weighed, heard: Sequence[Heard]) -> dict[Right, list[Hit]]:
    """Of the rights in a reply, those it adds: "while you are at it, also ..."; the others are those of the case."""
    numbered = {item.number: item for item in heard}
    added: dict[Right, list[Hit]] = {}
    for right, hits in weighed.rights.items():
        for hit in hits:
            if hit.strength in "WA" or hit.heard.lexicon.gates["same"].search(hit.heard.text):
                continue
            before = numbered.get(hit.heard.number - 1)
            texts = [hit.heard.text] + ([before.text] if before and before.place == hit.heard.place else [])
            if any(hit.heard.lexicon.gates["add"].search(text) for text in texts):
                added.setdefault(right, []).append(hit)
    return added
