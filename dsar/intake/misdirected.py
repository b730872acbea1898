"""Whether somebody tells that another person's mail came to them. Pure; sentences are folded.

That is a report of a leak, and no complaint about how their own data are handled unless they say so.
"""

import re
from collections.abc import Iterable

__all__ = ["is_reported"]

_I_GOT = (
    r"(?:j ai (?:\w+ ){0,3}recu|je viens de recevoir|je recois|m (?:a|est) (?:\w+ ){0,2}(?:envoye|parvenu|arrive)"
    r"|vous m avez (?:\w+ ){0,2}(?:envoye|adresse)"
    r"|(?:ik|wij) (?:\w+ ){0,3}(?:kreeg|ontving|krijg|ontvang)|(?:kreeg|ontving|krijg|ontvang) ik"
    r"|(?:heb ik|ik heb) (?:\w+ ){0,20}(?:gekregen|ontvangen)|(?:jullie|u) (?:hebben|hebt|heeft|stuurden?) (?:mij|me)"
    r"|ich (?:\w+ ){0,3}(?:bekam|erhielt|bekomme|erhalte)|(?:ich habe|habe ich) (?:\w+ ){0,20}(?:bekommen|erhalten)"
    r"|sie haben mir|i(?: ve| have)? (?:\w+ ){0,3}(?:got|received|get|receive)|you (?:have "
    r"|ve )?(?:\w+ )?(?:sent|e ?mailed) me)"
)
_ANOTHERS = (
    r"(?:(?:d|a|pour|chez) une? (?:autre|inconnue?|tiers|tierce)|quelqu un d autre|d une autre personne|pas pour moi"
    r"|pas destine\w*|etait destine\w* a|wildvreemde\w*|vreemde|iemand anders|onbekende|(?:een )?andere klant"
    r"|niet voor mij"
    r"|bestemd voor een ander\w*|fremden?|jemand(?:en|em)? ander\w*|(?:anderen?|fremden) (?:kund\w+|person)"
    r"|nicht fur mich"
    r"|unbekannten?|strangers?|(?:someone|somebody) else|another (?:customer|person|client|user)|not (?:meant "
    r"|intended )?for me"
    r"|meant for (?:another|someone|somebody)|wrong person)"
)
_GOT, _OTHER = re.compile(rf"\b{_I_GOT}\b"), re.compile(rf"\b{_ANOTHERS}\b")
_MINE = re.compile(
    r"\b(?:mes (?:\w+ )?(?:donnees|infos?|informations|coordonnees)|mijn (?:\w+ )?(?:gegevens|data)"
    r"|mein\w* (?:\w+ )?daten"
    r"|my (?:\w+ )?(?:data|details|information|records?))\b"
)
_LONGEST = 400


def is_reported(sentences: Iterable[str]) -> bool:
    """One sentence tells of it, and of no data of the writer's own."""
    return any(_is_told(sentence[:_LONGEST]) for sentence in sentences)


def _is_told(sentence: str) -> bool:
    return bool(_GOT.search(sentence) and _OTHER.search(sentence) and not _MINE.search(sentence))
