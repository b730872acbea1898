"""Whose data a mail asks for, where its writer says so: a client, a mother, the person in a platform's form. Pure.

Only what names somebody: that the writer acts for another without a name is ``Reading.representative``. People who are
told of (a judge, a colleague) are not found, since a name counts only in a form of words that makes its bearer the
person concerned.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from dsar.intake.folding import fold_plain
from dsar.intake.formalities import is_a_name
from dsar.intake.naming import KIN, MY, NAME, TITLE, WISH, WORD

__all__ = ["NOBODY", "SEPARATOR", "About", "about", "is_one_name", "is_one_of"]

LONGEST = 400
SEPARATOR = "; "
_BLANKS = re.compile(r"[\n\r\t\xa0]+")
_LOOKED_AT = 20_000
_MOST = 10
_ALIKE = 0.8

_OTHERS = r"(?:[ ](?i:autre|andere[nrs]?|other|weitere[nrs]?))?"
_CLIENT = (
    rf"(?i:\b(?:ma|mon|notre|nos|mijn|onze?|meine[nrms]?|mein|unsere?[nrms]?|my|our)){_OTHERS}[ ]"
    r"(?i:cliente?|mandante?|pupille|cliënte?|klante?|mandant(?:in)?|mandantschaft|client|ward)\b"
)
_TOO = (
    r"(?:[ ](?i:également|egalement|aussi|désormais|par ailleurs|ook|tevens|eveneens|also|likewise|equally|auch"
    r"|ebenfalls|zudem)\b)?"
)
# With a title one word is a name: "Mme Dubois".
_WHO = rf"(?:(?i:and|et|en|und)[ ]+)?(?:{TITLE}({NAME})|{TITLE.removesuffix('?')}({WORD}))"
_WHOSE = rf"(?:(?:{_CLIENT}|{MY}[ ]+{KIN}\b),?[ ]+)?{_WHO}"
_CLIENTS = re.compile(rf"{_CLIENT}[,:]?[ ]+(?:[(])?{_WHO}")
_ACTS = re.compile(
    r"(?i:\b(?:représente(?:r|ons)?|représentant|défends|défendons|(?:agis(?:sant|sons)?|interviens|intervenons) pour"
    r"|(?:conseil|avocate?|mandataire|tuteur|tutrice|curateur|curatrice|administrateur|administratrice) de"
    r"|mandatée? par|au nom (?:et pour (?:le )?compte )?de|pour (?:le )?compte de"
    r"|vertegenwoordig(?:en)?|(?:treed|treden|optredend) op|optredend|(?:raadsman|raadsvrouw|advocaat|bewindvoerder"
    r"|voogd) van|namens|in naam (?:en voor rekening )?van|in opdracht van|voor rekening van"
    r"|vertrete(?:n wir)?|im namen(?: und im auftrag)?(?: von)?|im auftrag(?: von)?"
    r"|(?:anwalt|anwältin|betreuer(?:in)?) von"
    r"|represent|act(?:ing)? for|instructed by|(?:solicitor|lawyer|attorney|guardian|counsel|carer) (?:for|of|to)"
    r"|on behalf of))"
    rf"{_TOO}(?:[ ](?i:voor|de|von|of|for)\b)?[,:]?[ ]+{_WHOSE}"
)
_DATA = (
    r"(?i:\b(?:données|informations|renseignements|dossier|compte|profil|coordonnées|persoonsgegevens|gegevens"
    r"|informatie|account|profiel|daten|angaben|informationen|konto|data|information|details|records?|profile)"
    r"(?:[ ](?:personnelles|personnel|à caractère personnel|personenbezogenen))?"
    r"[ ](?:de|concernant|relatives à|au sujet de|sur|van|over|betreffende|aangaande|von|über|zu|betreffend|of|on|about"
    r"|for|concerning|relating to))"
)
_DATA_OF = re.compile(rf"{_DATA}[ ]+{_WHOSE}")
_POSSESSED = re.compile(
    rf"(?<![\w'’-])({NAME})['’]s[ ](?i:(?:personal[ ])?(?:data|information|account|records?|details|profile))\b"
)
_THEIRS = r"(?i:ses|son|sa|la concernant|le concernant|zijn|haar|ihre[rmn]?|seine[rmn]?|his|her|their)"
_WISHES = re.compile(
    rf"(?:(?:^|(?<=[.!?:;\s])){TITLE}|{MY}[ ]+{KIN},?[ ]+)({NAME}),?[ ]+(?:\w+[ ]+){{0,2}}?{WISH}"
    rf"[^.!?]{{0,120}}?\b{_THEIRS}\b"
)
_CONCERNS = re.compile(
    r"(?im:^[ \t]*(?:concerne|concernant|objet|betreft|betreffende|betreff|betrifft|re|regarding|concerning)[ ]?:?[ ]+)"
    r"(?:(?i:le dossier (?:de)?|dossier|la demande de|de aanvraag van|the request of)[ ]+)?"
    rf"(?:{_CLIENT}[,:]?[ ]+)?{_WHO}"
)
_LABELLED = re.compile(
    r"(?im:^[ \t>*•-]*(?:nom(?: complet| de famille| et prénom)?|prénom et nom|volledige naam|naam|name|full name"
    r"|vollständiger name"
    r"|nachname|last name|surname|achternaam|familienaam"
    r"|demandeur|demandeuse|cliente?|klant|kunde|kundin|customer|guest|voyageur|locataire|huurder|mieter(?:in)?|tenant"
    r"|candidate?|consommat(?:eur|rice)|consument|consumer|verbraucher(?:in)?|plaignante?|klager|complainant"
    r"|personne concernée|betrokkene|betroffene person|data subject|aanvrager|verzoeker|antragsteller(?:in)?|requester"
    rf"|applicant)[ \t]*:[ \t]*){TITLE}((?:{NAME})|{WORD})[ \t,.;]*(?:\(|$)",
    re.MULTILINE,
)
_GIVEN = re.compile(
    rf"(?im:^[ \t>*•-]*(?:prénom|voornaam|vorname|first name|given name)[ \t]*:[ \t]*)({WORD}(?:[ ]{WORD})?)[ \t,.;]*$",
    re.MULTILINE,
)
_NOT_A_PERSON = re.compile(
    r"\b(?:google|facebook|meta|microsoft|apple|mailchimp|stripe|intercom|regulation|reglement|verordnung|gdpr|rgpd|avg"
    r"|dsgvo|europe|europeenne|european|union|belgique|belgie|belgium|autorite|autoriteit|authority|loi|wet|policy|asbl|vzw"
    r"|ltd|inc|llc|plc|company|bank|banque|group|groupe|analytics)\b"
)
_TITLES = re.compile(
    r"\b(?:m|me|mme|mlle|mr|mrs|ms|dr|prof|herrn?|frau|monsieur|madame|mademoiselle|mevrouw|dhr|mevr|maitre)\b\.?"
)


@dataclass(frozen=True, slots=True)
class About:
    """``represented``: for whom the writer says to act, or whose data they ask for; ``labelled``: who a form names.

    A form may name the writer.
    """

    represented: tuple[str, ...] = ()
    labelled: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.represented, *self.labelled)))

    @property
    def kept(self) -> str:
        """For the column: as many whole names as fit."""
        kept = self.names
        while len(SEPARATOR.join(kept)) > LONGEST:
            kept = kept[:-1]
        return SEPARATOR.join(kept)


NOBODY = About()


def about(text: str, subject: str, *, writer: Iterable[str] = ()) -> About:
    """The people named in what the writer wrote; never the ``writer``, by one of their names. Never raises."""
    text = text[:_LOOKED_AT]
    flat = "\n".join((subject.strip(), _BLANKS.sub(" ", text)))
    found = [match for form in (_ACTS, _CLIENTS, _DATA_OF, _POSSESSED, _WISHES) for match in form.finditer(flat)]
    named = [*found, *_CONCERNS.finditer(f"{subject.strip()}\n{text}")]
    labelled = [_tidy(match[1]) for match in _LABELLED.finditer(text)]
    given = [_tidy(match[1]) for match in _GIVEN.finditer(text)]
    if len(given) == len(labelled):
        labelled = [last if first in last else f"{first} {last}" for first, last in zip(given, labelled, strict=True)]
    own = tuple(writer)
    represented = [name for match in named if (name := _name(match)) and not is_one_of(name, own)]
    return About(_once(represented), _once(name for name in labelled if _is_a_person(name)))


def is_one_of(name: str, names: Iterable[str]) -> bool:
    """Whether one of ``names`` may be the same person's."""
    return any(is_one_name(name, other) for other in names)


def is_one_name(one: str, other: str) -> bool:
    """Whether both may be one person's: every word of the shorter is in the longer, spelt nearly alike."""
    short, long = sorted((_words(one), _words(other)), key=len)
    return bool(short) and all(any(_alike(word, known) for known in long) for word in short)


def _alike(word: str, known: str) -> bool:
    return word == known or (min(len(word), len(known)) > 3 and SequenceMatcher(None, word, known).ratio() >= _ALIKE)


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"\w+", _TITLES.sub(" ", fold_plain(name))) if len(word) > 1]


def _name(match: re.Match[str]) -> str:
    name = _tidy(next(filter(None, match.groups()), ""))
    return name if _is_a_person(name) else ""


def _is_a_person(name: str) -> bool:
    return is_a_name(name) and not _NOT_A_PERSON.search(fold_plain(name))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))[:_MOST]


def _tidy(name: str) -> str:
    return " ".join(name.split()).strip(" .,'’-")[:100]
