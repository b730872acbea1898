"""What a sentence does not ask for, though it names all that such a wish is made of. Pure; sentences are folded.

Who says where they live, so that they are found, changes nothing; who wants something kept does not want to see it. The
sentence model hears a right in both; the rules of ``rights`` find what is asked in so many words, and are not touched.
"""

import re
from collections.abc import Mapping, Sequence

from dsar.intake.rights import Heard
from workflow.states import Right

__all__ = ["unasked"]

_WHO_I_AM = re.compile(
    r"\b(?:nee?|geboren|geb|born)\b(?: (?:le|am|op|on|den|the|in|te|a|zu))* ?\d|\b(?:date de naissance|geboortedatum"
    r"|geburtsdatum|date of birth|dob|domicilie\w*|wohnhaft|woonachtig|residing|living at)\b"
    r"|\b(?:j habite|je demeure|je reside|je vis|ik woon|ich wohne|i live|i reside)\b"
    r"|\b(?:mon|ma|mijn|m n|meine?|my) (?:\w+ ){0,2}?(?:e ?mail|mail|adresse|adres|address|mailadres|mailadresse"
    r"|gsm|numero|nummer|number|telephone|telefoon\w*|telefon\w*|phone|nom|naam|name)"
    r"(?: \w+){0,2}? (?:est|is|ist|lautet)\b"
    r"|\b(?:je m appelle|ik heet|ich heisse|my name is)\b"
    r"|^(?:nom|prenom|name|first name|last name|surname|naam|voornaam|vorname|nachname|e ?mail|mail|telephone|tel|gsm"
    r"|telefoon|telefon|phone|mobile|adresse|adres|address|anschrift|postcode|code postal|plz|city|ville|stad|ort"
    r"|subject|objet|onderwerp|betreff|company|firma|societe)\b[^:]{0,20}:"
)
# Said of what is held, or of what was and is no more: then it is to be changed.
_CHANGES = re.compile(
    r"\b(?:(?:et|and|en|und) (?:non|pas|not|niet|nicht)|(?:pas|non|not|niet|nicht) (?:\w+ ){0,2}\d|sondern"
    r"|mal \w+|de trop|le bon|la bonne"
    r"|interverti\w*|invers\w*|omgewisseld|verwisseld|omgedraaid|vertauscht|verwechselt|verdreht|umdrehen"
    r"|swapped|reversed"
    r"|mixed up|te veel|zu ?viel|too many|one too"
    r"|faux|fausses?|mauvais\w*|incorrect\w*|inexact\w*|erron\w*|erreurs?|fautes?|ancien\w*|nouve\w+|maintenant"
    r"|desormais|demenag\w*|plus (?:la|le|bonne?|valable|d actualite)|au lieu|orthographi\w*|s ecrit|rectif\w*"
    r"|corrig\w*|modif\w*|chang\w*|jour|actualis\w*|adapt\w*|remplac\w*|mari(?:ee?|age)|divorc\w*"
    r"|fout\w*|verkeerd\w*|onjuist\w*|klopt|kloppen|juist\w*|oude?|nieuwe?|voortaan|intussen|verhuis\w*"
    r"|verander\w*|wijzig\w*|aanpass\w*|aan te passen|verbeter\w*|in plaats|gespeld|spelling"
    r"|schrijf(?:t|fout)\w*|getrouwd|gescheiden"
    r"|falsch\w*|fehler\w*|alte[nrsm]?|neue?[nrsm]?|jetzt|inzwischen|nunmehr|umgezogen|umzug|ae?ndern|geae?ndert"
    r"|korrigier\w*|richtig\w*|berichtig\w*|aktualisier\w*|statt|geschrieben|schreib(?:t|fehler|weise)\w*"
    r"|stimmt|stimmen|verheiratet|geschieden|ersetz\w*"
    r"|wrong\w*|inaccurate|mistake\w*|errors?|typos?|old|new|now|moved|moving|updat\w*|correct\w*|amend\w*"
    r"|fix\w*|instead"
    r"|rather than|no longer|mis ?spel\w*|misspelt|written|replac\w*|married|out of date|should (?:be|read|say))\b"
)
# What a program writes above what it passes on.
_PASSED_ON = re.compile(
    r"\b(?:new|nouve\w+|nieuwe?|neue[rs]?) (?:\w+ )?(?:message|mail|contact|submission|request|demande|formulaire"
    r"|bericht|aanvraag|formulier|nachricht|anfrage|formular)\b"
)
_KEPT = re.compile(
    r"\b(?:gard|conserv|preserv)\w*|\b(?:bewa\w+|bijhoud\w*|bij (?:te )?houd\w*|hou\w* (?:\w+ ){0,8}bij)\b"
    r"|\b(?:auf)?bewahr\w*|\b(?:auf(?:zu)?heb\w*|behalt\w*)\b"
    r"|\b(?:hold on to|hang on to|keep|retain|preserve|safeguard)\b"
)
_GONE = r"(?:effac|supprim|detrui|wis|verwijder|vernietig|losch|vernicht|delet|eras|destroy|discard)\w*"
_NOT_GONE = re.compile(
    rf"\b(?:ne|n|sans|niet|zonder|nicht|ohne|not|don t|dont|never|without) (?:\w+ ){{0,3}}?(?:ge)?{_GONE}"
    rf"|\b{_GONE} (?:\w+ ){{0,4}}?(?:pas|niet|nicht)\b"
)
_SHOWN = re.compile(
    r"\b(?:envo[iy]\w*|copi\w*|recevoir|communiqu\w*|transm\w*|fourni\w*|voir|obtenir|acce\w*|quel\w*|montr\w*|dites"
    r"|stuur\w*|sturen|kopie\w*|krijg\w*|ontvang\w*|inzage|inkijk|bezorg\w*|zien|welke?|geef|laat"
    r"|schick\w*|send\w*|erhalten|auskunft|einsicht|bekomm\w*|welche\w*|ubermitt\w*|zeig\w*"
    r"|cop(?:y|ies)|receiv\w*|access|see|provid\w*|giv\w*|what|which|let me|show\w*|tell)\b"
)
_TO_BE_KEPT = frozenset({Right.ACCESS.value, Right.PORTABILITY.value, Right.ERASURE.value})


def unasked(heard: Sequence[Heard]) -> Mapping[int, frozenset[str]]:
    """By number of a sentence, the rights that nobody asks in it; a change, of which it has the details, is unsure."""
    everything = _PASSED_ON.sub(" ", " ".join(item.text for item in heard))
    changes, stays = _CHANGES.search(everything), _NOT_GONE.search(everything)
    found: dict[int, frozenset[str]] = {}
    for item in heard:
        if not changes and _WHO_I_AM.search(item.text):
            found[item.number] = frozenset({Right.RECTIFICATION.value})
        elif stays and _KEPT.search(item.text):
            shown = _SHOWN.search(item.text)
            asks_erasure = re.search(rf"\b{_GONE}", _NOT_GONE.sub(" ", item.text))
            kept = _TO_BE_KEPT - ({Right.ACCESS.value, Right.PORTABILITY.value} if shown else set())
            found[item.number] = kept - ({Right.ERASURE.value} if asks_erasure else set())
    return found
