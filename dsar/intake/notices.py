"""Notices of mail servers and filters that no header marks: a full mailbox, an unknown user, a digest of a quarantine.

A person writes of such things too ("my mailbox is full, send it again"). So a notice is one only where nothing else is
said: once its own words are taken away nobody speaks, asks, greets or is spoken to. Pure; folded text.
"""

import re
from collections.abc import Collection

from dsar.intake.folding import fold_plain

__all__ = ["notice"]

_WORDS = 60  # a notice is short
_LEFT = 14  # and nearly all of it is a notice's own words
_ADDRESS = re.compile(r"\S{1,64}@\S{1,190}")
_BOX = (
    r"(?:boite(?: aux lettres| mail| de reception| electronique)?|messagerie|postvak|postbus|inbox|postfach|posteingang"
    r"|mail ?box|mailbox)"
)
_WHO = (
    r"(?:utilisateur|destinataire|compte|adresse(?: mail| e ?mail)?|gebruiker|ontvanger|geadresseerde|e ?mailadres"
    r"|benutzer|empfanger|nutzer|user|recipient|address|mailbox|account)"
)
_UNDELIVERED = re.compile(
    rf"\b(?:{_BOX}(?: \w+){{0,6}}? (?:pleine?|saturee?|vol\b|voll\b|full)"
    rf"|(?:volle[sr]?|full|overvol) {_BOX}|quota (?:exceeded|depasse|uberschritten|atteint)|over quota"
    r"|quotum overschreden|kontingent uberschritten|a depasse son quota"
    rf"|{_WHO}(?: \w+){{0,3}}? (?:inconnue?|inexistante?|introuvable|n existe (?:pas|plus)|onbekend|bestaat niet"
    r"|unbekannt|existiert nicht|unknown|not found|does not exist|doesn t exist|unavailable)"
    rf"|(?:onbekende|unbekannter?|unknown|no such) {_WHO}"
    r"|(?:n a|n ont) (?:pas )?pu etre (?:remis|distribue|delivre)\w*|(?:non|pas) (?:remis|distribue|delivre)\w*"
    r"|niet (?:worden )?(?:afgeleverd|bezorgd)|nicht (?:zugestellt|zustellbar)|unzustellbar|not (?:be )?delivered"
    r"|undeliver\w+|delivery failed|echec de (?:la )?(?:remise|livraison|distribution))\b"
)
_HELD = re.compile(
    r"\b(?:\d+ (?:\w+ ){0,3}?(?:messages?|e ?mails?|courriels?|mails|berichten?|nachrichten)(?: \w+){0,5}?"
    r" (?:quarant\w+)"
    r"|quarant\w+ ?(?:digest|report|summary|notification|notice|overzicht|rapport|melding|samenvatting|bericht"
    r"|ubersicht)"
    r"|(?:quarantane|quarantaine)(?:bericht|ubersicht|overzicht|rapport|melding)"
    r"|(?:digest|rapport|resume|notification|avis) de (?:la )?quarantaine|spam digest|spamdigest)\b"
)
# How a notice speaks to whoever reads it; taken away before looking for a person's words.
_ADDRESSING = re.compile(
    r"\b(?:(?:your|votre|uw|ihre?) (?:message|mail|e ?mail|courriel|bericht|nachricht|quarant\w+)"
    r"|(?:you have|vous avez|u hebt|u heeft|je hebt|sie haben|there are|il y a)(?= (?:\w+ )?\d)|for you|pour vous"
    r"|voor u|fur sie|click (?:here|below)?|cliquez ici)\b"
)
_A_PERSON = re.compile(
    r"\b(?:je|j|moi|ma|mon|mes|me|m|nous|nos|notre|vous|vos|votre|ik|mij|mijn|wij|ons|onze|u|uw|jullie|je|jij|ich|mir"
    r"|mich|mein\w*|wir|uns|unser\w*|sie|ihnen|ihr\w*|euch|i|my|mine|we|us|our|you|your|please|svp|merci|stp|aub"
    r"|graag|gelieve|bedankt|dank|bitte|danke|thanks|thank|bonjour|madame|monsieur|beste|geachte|hallo|hello|hi|dear"
    r"|guten|sehr|cordialement|groeten|gruss\w*|regards|donnees|gegevens|daten|data|again|encore|opnieuw|nochmals?)\b"
)
# A digest lists who wrote about what: their words, not its own.
_LISTED = re.compile(
    r"\b(?:from|de|van|von|to|a|aan|an|subject|sujet|objet|onderwerp|betreff)[ \t]*:[^\n]*", re.IGNORECASE
)
_FILTER = re.compile(
    r"^(?:.*[-_.])?(?:quarant\w+|spam[-_.]?(?:filter|digest|report)|mail[-_.]?filter|antispam)(?:[-_.]|$)"
)


def notice(*, local: str, title: str, own: str, text: str, perhaps: bool) -> tuple[str, str] | None:
    """ "bounce" or "auto_reply" with the words that show it; None for whatever a person may have written.

    ``local``: the sender's name before the @. ``title``, ``own``: subject and text, folded. ``text``: as it came.
    ``perhaps``: something may be asked in it.
    """
    whole = f"{title} {own}"
    held = _HELD.search(whole)
    if held and _FILTER.match(local):
        return "auto_reply", held.group()  # of what it lists a line may well ask something
    if perhaps or "?" in text or len(whole.split()) > _WORDS:
        return None
    if held and _nobody_speaks(fold_plain(_LISTED.sub(" ", text)), (_HELD,), _WORDS):
        return "auto_reply", held.group()
    whole = " ".join(_ADDRESS.sub(" ", whole).split())
    told = _UNDELIVERED.search(whole)
    return ("bounce", told.group()) if told and _nobody_speaks(whole, (_UNDELIVERED,), _LEFT) else None


def _nobody_speaks(whole: str, own_words: Collection[re.Pattern[str]], most: int) -> bool:
    for words in (_ADDRESS, _ADDRESSING, *own_words):
        whole = words.sub(" ", whole)
    return not _A_PERSON.search(whole) and len(whole.split()) <= most
