"""Who says to be another person than the one we write to: a wife who answers from her husband's mailbox. Pure.

It matters where they ask for their own data: whoever only helps with the other's request speaks of the other's.
"""

import re

from dsar.intake.folding import fold_plain
from dsar.intake.naming import NAME, WORD

__all__ = ["asks_for_own", "by_name", "introduced", "of_the_family", "the_same_too"]

_KIN = (
    r"(?:femme|epouse|mari|epoux|conjointe?|compagnon|compagne|partenaire|fille|fils|mere|maman|pere|papa|soeur|frere"
    r"|vrouw|man|echtgenoot|echtgenote|partner|vriendin|vriend|dochter|zoon|moeder|vader|zus|broer|huisgenoot|huisgenote"
    r"|frau|mann|ehefrau|ehemann|partnerin|lebensgefahrt(?:e|in)|freundin|tochter|sohn|mutter|vater|schwester|bruder"
    r"|wife|husband|spouse|girlfriend|boyfriend|daughter|son|mother|father|sister|brother|flatmate|roommate)\b"
)
_SAYS = (
    r"\b(?:c est|ici|je suis|je m appelle|mon nom est|dit is|hier is|met|ik ben|ik heet|mijn naam is|hier ist"
    r"|hier schreibt|ich bin|ich heisse|mein name ist|this is|it is|it s|i am|i m|my name is|here is)\b"
)
_THEIRS = r"(?:sa|son|zijn|haar|seine?|ihre?|his|her|their|[\w]+ s)"
_RELATED = re.compile(
    rf"{_SAYS}(?: \w+){{0,3}}[ ,(]+(?:{_THEIRS}[ ]{_KIN}|(?:la|le|l|de|die|der|the)[ ]{_KIN}[ ](?:de|d|van|von|of)\b"
    rf"|(?!mein)\w{{2,}}s[ ]{_KIN})"
)
_INTRODUCED = re.compile(
    r"\b(?i:c['’]est|ici|je suis|je m['’]appelle|mon nom est|dit is|hier is|u spreekt met|ik ben|ik heet|mijn naam is"
    r"|hier ist|hier schreibt|ich bin|ich heiße|mein name ist|this is|it['’]s|i am|i['’]m|my name is|here is)"
    rf"[ ]+({NAME}|{WORD})"
)
_OF_ANOTHER = re.compile(rf" s$|s {_KIN}")  # "I'm Luc's wife"
_DATA = (
    r"(?:donnees|informations?|infos|dossier|compte|profil|\w*gegevens|informatie|account|profiel|\w*daten|angaben"
    r"|konto|data|details|records?|file|profile)\b"
)
_OWN = re.compile(
    rf"(?<!\bto )(?<!\bsur )(?<!\bnaar )(?<!\bauf )\b(?:mes|mon|mijn|meine?[nr]?|my)(?: \w+){{0,2}} {_DATA}"
    r"|\b(?:sur|concernant) moi\b|\bme concernant\b|\b(?:over|van) mij\b|\b(?:uber|von) mich\b|\bvon mir\b|\babout me\b"
)
_TOO = re.compile(
    r"\b(?:moi aussi|aussi (?:pour|de) moi|a moi\b|(?:le|la|les) (?:mien|mienne|miens|miennes)\b"
    r"|ik ook|mij ook|ook (?:voor|van|over) mij|mijn eigen|de mijne|het mijne"
    r"|ich auch|mir auch|mich auch|auch (?:fur mich|von mir|uber mich)|meine eigenen|die meinen"
    r"|me too|me as well|for me also|my own|mine\b)"
)


# "Ik, Els Peeters, en mijn zus": the writer beside another.
_BESIDE = re.compile(rf"\b(?:[Ii]k|[Ii]ch|[Mm]oi|I),[ ]+({NAME}),[ ]+(?:en|et|und|and)\b")


def by_name(text: str) -> str:
    """The name the writer gives of themselves beside a relative: "I am Luc, Sophie's husband"; "" without."""
    if beside := _BESIDE.search(text):
        return beside[1]
    names = introduced(text) if of_the_family(text) else ()
    return names[0] if len(names) == 1 else ""


def of_the_family(text: str) -> bool:
    """Whether the writer says whose wife, son or flatmate they are, in the third person: "this is Sophie, his wife"."""
    return bool(_RELATED.search(fold_plain(text)))


def introduced(text: str) -> tuple[str, ...]:
    """The names by which the writer may have introduced themselves; a word with a capital may be no name."""
    names = [found[1] for found in _INTRODUCED.finditer(text)]
    return tuple(name for name in names if not _OF_ANOTHER.search(fold_plain(name)))


def asks_for_own(text: str) -> bool:
    """Whether it speaks of the writer's own data."""
    folded = fold_plain(text)
    return bool(_OWN.search(folded) or _TOO.search(folded))


def the_same_too(text: str) -> bool:
    """Whether somebody wants for themselves what another was to have: "mine too", "my own data"."""
    return bool(_TOO.search(fold_plain(text)))
