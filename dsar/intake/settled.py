"""Changes that are told and not asked: one that was made, a firm's own, or none: who a person is. Pure.

"Address changed" is the title of a wish, of a receipt and of a supplier's notice; what stands below it tells which.
What is only told stays in sight as unsure, so that an officer who sees a wish in it has it at hand.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from dsar.intake.rights import Heard
from dsar.intake.weighing import Weighed
from workflow.states import Right

__all__ = ["asked_only", "is_told"]

_THING = (
    r"(?:adresses?|coordonnees|numeros?|telephone|nom|donnees|e ?mail|adres\w*|gegevens|nummer|naam|telefoonnummer"
    r"|anschrift|daten|name|rufnummer|address|details|number|data)"
)
_MADE = re.compile(
    rf"\b(?:merci (?:\w+ )?d avoir (?:\w+ )?(?:modifie|corrige|change|adapte|mis a jour|rectifie)\w*"
    r"|(?:dank\w*|bedankt) (?:\w+ )?(?:om|voor) (?:\w+ ){0,5}?(?:aan te passen|te wijzigen|te verbeteren|wijzig\w+"
    r"|aanpass\w+|verbeter\w+)"
    rf"|dank\w* (?:\w+ )?(?:fur die|dass sie) (?:\w+ ){{0,5}}?(?:anderung|berichtigung|korrektur|geandert|korrigiert)"
    rf"|thank\w* (?:\w+ )?for (?:\w+ )?(?:changing|correcting|updating|fixing)"
    rf"|(?:votre|vos) {_THING} (?:\w+ )?(?:a|ont) (?:bien )?ete (?:modifie|corrige|change|mis|adapte)\w*"
    rf"|(?:uw|jouw|je) {_THING} (?:is|zijn|werd|werden) (?:\w+ ){{0,2}}?(?:gewijzigd|aangepast|verbeterd)"
    rf"|ihre?n? {_THING} (?:wurden?|ist|sind) (?:\w+ ){{0,2}}?(?:geandert|aktualisiert|berichtigt)"
    rf"|your {_THING} (?:has|have|was|were) (?:been )?(?:\w+ )?(?:changed|updated|corrected))\b"
)
_OF_A_FIRM = re.compile(
    r"\b(?:nos bureaux|notre (?:societe|entreprise|siege|firme|agence|cabinet|magasin)|onze (?:firma|kantoren|zaak"
    r"|vennootschap|zetel|vestiging)|ons (?:bedrijf|kantoor)|unsere? (?:firma|buros?|gesellschaft|niederlassung"
    r"|unternehmen|geschaftsraume)|our (?:offices?|company|headquarters|premises|firm|branch))\b"
    r".{0,80}?\b(?:demenag\w+|transfer\w+|verhui\w+|umgezogen|umzieh\w+|umzug|moved?|moving|relocat\w+)\b"
    r"|\b(?:fichiers? fournisseurs?|leveranciers ?(?:bestand|gegevens|fiche|dossier|administratie)"
    r"|lieferanten ?(?:daten|stamm\w*|kartei|verzeichnis|nummer)"
    r"|(?:vendor|supplier) (?:records?|data\w*|files?|master))\b"
)
_OF_ONESELF = re.compile(r"\b(?:mon|ma|mes|mijn|m n|meine?[nmrs]?|my|j ai|je suis|ik ben|ich bin|i am|i have)\b")

# Who is meant, so that they are found.
_FOUND_BY = re.compile(
    r"\b(?:(?:pour (?:que|qu)|afin (?:que|qu)|pour) .{0,30}(?:retrouv\w+|identifi\w+|reconna\w+)"
    r"|(?:om|zodat|opdat) .{0,30}(?:vinden|vindt|herkent|identificeren|opzoeken|herkennen)"
    r"|(?:damit|um|zur) .{0,30}(?:finden|zuordn\w+|identifizier\w+|identifikation)"
    r"|(?:so|to|for) .{0,30}(?:find me|identify|identification|look me up|recogni[sz]e me|know (?:it|this) is me)"
    r"|nee?s? (?:a \w+ )?le|geboren|geb|born|date de naissance|geboortedatum|geburtsdatum|date of birth|dob)\b"
)
_CHANGES = re.compile(
    r"\b(?:fau(?:x|sse)\w*|erron\w+|errone\w*|incorrect\w*|inexact\w*|erreurs?|fautes?|wrong\w*|mistakes?|errors?"
    r"|fout\w*"
    r"|onjuist\w*|verkeerd\w*|klopt|kloppen|falsch\w*|fehler\w*|stimmt|stimmen|nouve\w+|nieuw\w*|neue?[nmrs]?|new"
    r"|demenag\w+|verhui\w+|umgezogen|umzug|moved|moving|chang\w+|modifi\w+|corrig\w+|rectifi\w+|adapte\w*|wijzig\w*"
    r"|gewijzigd|aan ?(?:te )?pas\w*|verbeter\w*|ander\w*|geandert|berichtig\w*|korrigier\w*|aktualisier\w*|updat\w+"
    r"|mettre a jour|mise a jour|correct\w*|amend\w*|fix|pas|niet|nicht|not|plus|au lieu|plutot|in plaats|statt"
    r"|sondern"
    r"|maar|instead|rather|desormais|maintenant|voortaan|nu|jetzt|kunftig|now|orthograph\w+|spel\w*|geschrieben"
    r"|interverti\w*|invers\w*|omgewisseld|verwisseld|omgedraaid|vertauscht|verwechselt|verdreht|umdrehen"
    r"|swapped|reversed"
    r"|mari(?:e|ee|age)|getrouwd|gehuwd|verheiratet|married|divorc\w+|gescheiden|geschieden)\b"
)


def asked_only(weighed: Weighed, heard: Sequence[Heard]) -> Weighed:
    """The same; a rectification that the mail only tells of is no longer proposed but unsure."""
    if Right.RECTIFICATION not in weighed.rights or not (is_told(heard) or _only_says_who(weighed)):
        return weighed
    told = weighed.rights[Right.RECTIFICATION]
    rights = {right: hits for right, hits in weighed.rights.items() if right is not Right.RECTIFICATION}
    return replace(weighed, rights=rights, unsure={**weighed.unsure, Right.RECTIFICATION: told})


def _only_says_who(weighed: Weighed) -> bool:
    """Beside another wish, details by which somebody is found; a rule that heard a change is believed."""
    hits = weighed.rights[Right.RECTIFICATION]
    told = all(
        hit.strength == "M" and _FOUND_BY.search(hit.heard.text) and not _CHANGES.search(hit.heard.text) for hit in hits
    )
    return told and len(weighed.rights) > 1


def is_told(heard: Sequence[Heard]) -> bool:
    """Whether the change of data of which a mail speaks was made already, or is a firm's own."""
    body = [item for item in heard if item.place != "subject"]
    asked = [item for item in body if item.asked and not _MADE.search(item.text)]
    if any(_MADE.search(item.text) for item in body) and not asked:
        return True
    text = " ".join(item.text for item in body)
    return bool(_OF_A_FIRM.search(text)) and not _OF_ONESELF.search(text)
