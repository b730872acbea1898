"""What somebody who tells of a death wants: an end to what goes to the dead, or something of their own. Pure.

The regulation does not protect the dead (recital 27 GDPR), whoever writes; it protects the writer.
"""

import re
from collections.abc import Iterable

from dsar.intake.beside_words import KIN
from dsar.intake.folding import fold_plain

__all__ = ["is_alive", "is_of_the_dead", "is_of_the_writer"]

# The kin as folded texts have them.
_KIN = re.sub(r"\s+", " ", fold_plain(KIN.replace("-?", " ?").replace("(?:-in-law)?", "")))
_MY = r"(?:mon|ma|notre|mijn|m n|onze|mein|meine[nmrs]?|unsere?[nmrs]?|my|our)"
_LATE = r"(?:\w+ ){0,2}"
# "lui", "ses", "haar", "hem", "seinen", "ihn", "her", "him": somebody else's. ("Sie" and "ihr" are also the reader.)
_ANOTHER = re.compile(
    r"\b(?:lui|son|sa|ses|leurs?|elle|il(?! (?:faut|y|s agit))|defunte?|feue?|haar|hem|hij|wijlen|overledene?"
    r"|ihn|ihm|seine?[nmrs]?"
    r"|verstorbene?[nmrs]?|him|his|her|hers|he|she|their|them|deceased)\b"
    rf"|\b(?:a|au|de|d|pour|sur|aan|van|voor|over|an|fur|von|uber|to|for|of|on|about) {_MY} {_LATE}{_KIN}\b"
    rf"|\b(?:meiner|meines|unserer|unseres) {_LATE}{_KIN}\b|\b{_MY} {_LATE}{_KIN} ?s (?:\w+ )?(?:account|data|name)\b"
)
# The death itself is told of them, not the wish: "since my husband's death I want no more mail".
_DEATH = re.compile(
    r"\b(?:(?:apres|depuis|suite a|a la suite d\w*) )?(?:la mort|le deces|du deces|la disparition) de "
    rf"{_MY} {_LATE}{_KIN}"
    rf"|\b(?:de dood|het overlijden|sinds het overlijden) van {_MY} {_LATE}{_KIN}"
    rf"|\b(?:dem |der )?(?:tod|todesfall|ableben|tode) (?:meine[sr]|unsere[sr]|von mein\w*) {_LATE}{_KIN}"
    rf"|\b(?:the )?(?:death|loss|passing) of {_MY} {_LATE}{_KIN}|\b{_MY} {_LATE}{_KIN} ?s (?:death|passing)"
)
# To me, or "I" that gets something: "I want the account closed" says not whose it is.
_WRITER = re.compile(
    r"\b(?:me|m|moi|mij|ons|mich|mir|uns|us|myself)\b"
    r"|\b(?:je|j|nous|ik|wij|we|ich|wir|i) (?:\w+ ){0,5}(?:recevoir|recois|recevons|avoir|publicite|pub|reclame"
    r"|krijgen?|ontvangen?|werbung|erhalte\w*|bekomme\w*|receiv\w+|get|getting|advertising|adverts?|marketing"
    r"|newsletters?)\b"
)
# "Confirm it to me", "tell me when it is done".
_TOLD = re.compile(
    r"\b(?:me|m|nous) (?:le |la )?(?:confirm\w+|dire|prevenir|avertir|tenir|aider|indiquer)"
    r"|\b(?:confirm\w*|bevestig\w*|bestatig\w*|tell|let|help|laat|dites|informez|meld\w*|teilen sie|helfen sie)"
    r" (?:\w+ ){0,4}?(?:me|moi|mij|ons|mir|uns|us)\b"
    r"|\b(?:mij|me|mir|uns) (?:\w+ ){0,4}?(?:bevestig\w*|bestatig\w*|weten|mit)\b"
)
_OWN_THING = re.compile(
    r"\b(?:mes|mon|ma|mijn|m n|meine?[nmrs]?|my) (?:\w+ ){0,2}(?:donnees?|compte|profil\w*|infos?|informations?"
    r"|coordonnees|adresse|dossier|fiche|nom|numero|mail|boite|gegevens|account|adres|nummer|naam|bus|daten"
    r"|\w*konto|angaben"
    r"|briefkasten|data|details|records?|name|number|address|inbox|letterbox)\b"
    r"|\b(?:le mien|la mienne|les miens|les miennes|(?:de|het) mijne|(?:den|die|das) meine[nmrs]?|mine)\b"
)


# Taken for dead beside a spouse who died: "je ne suis pas morte".
_LIVES = re.compile(
    r"\b(?:je (?:ne )?suis (?:\w+ ){0,2}(?:pas (?:mort|decede)e?|en vie|vivante?)"
    r"|ik (?:ben (?:\w+ ){0,2}niet (?:dood|overleden)"
    r"|leef)|ik ben nog in leven|ich (?:bin (?:\w+ ){0,2}(?:nicht (?:tot|verstorben|gestorben)|am leben)|lebe)"
    r"|i(?: am| m) (?:\w+ ){0,2}(?:not (?:dead|deceased)|alive))\b"
)


def is_alive(sentences: Iterable[str]) -> bool:
    """The writer says that they live: whoever died beside them, it is about the writer."""
    return any(_LIVES.search(sentence) for sentence in sentences)


def is_of_the_dead(sentence: str) -> bool:
    """A folded sentence asks something about somebody else, as far as its pronouns say."""
    return bool(_ANOTHER.search(_DEATH.sub(" ", sentence)))


def is_of_the_writer(sentences: Iterable[str]) -> bool:
    """Of folded sentences that ask, beside a death that is told, one asks for who writes and nobody else."""
    return any(_is_own(_TOLD.sub(" ", _DEATH.sub(" ", sentence))) for sentence in sentences)


def _is_own(sentence: str) -> bool:
    if _ANOTHER.search(sentence):
        return False
    return bool(_OWN_THING.search(sentence) or _WRITER.search(sentence))
