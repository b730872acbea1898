"""Reports that data went where it should not, told from a worry, a question or another's leak. Pure.

A report says that something happened (data of others came to the writer, the writer's went to others, a unique address
is abused, a list or a store of ours is open), and that it happened with us. Who is afraid of a leak, asks how we
protect, asks whether there ever was one, speaks of another company or mistyped an address reports nothing.
"""

import re
from collections.abc import Callable, Sequence

from dsar.intake import leak_words as say
from dsar.intake import strangers
from dsar.intake.exposed import exposed, harmless

__all__ = ["report"]


def _rule(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})")


def _near(*words: str) -> re.Pattern[str]:
    """All of these in one sentence, in any order; what is shown reaches to the end of the last rule's match."""
    ahead = "".join(rf"(?=.{{0,600}}?\b(?:{word})\b)" for word in words[:-1])
    return re.compile(rf"^{ahead}.{{0,600}}?\b(?P<shown>{words[-1]})\b", re.DOTALL)


# Of others, seen by the writer; these hold for a question too when the writer saw it.
_SEEN = (
    _rule(
        r"(?:recu|recois|vois|voir|acces a) (?:\w+ ){0,4}(?:donnees|factures?|dossiers?|coordonnees|compte)"
        r" (?:d |de |des )(?:un |une |l |autres? )?(?:autres?|client|inconnue?|tiers|personnes?)\b"
        r"|(?:envoye|transmis|communique)e?s? (?:\w+ ){0,5}a (?:un inconnu|une autre personne|un tiers|un autre client"
        r"|quelqu un d autre)\b"
        r"|(?:gegevens|factuur|facturen|dossier) van (?:een andere?|iemand anders|andere) (?:\w+ ){0,3}"
        r"(?:ontvangen|gekregen|zien)|(?:kreeg|ontving|zie|ontvangen|gekregen|zat) (?:(?!dat )\w+ ){0,5}(?:gegevens"
        r"|factuur"
        r"|facturen|dossier) van (?:een ander|iemand anders|andere|al (?:jullie|uw))"
        r"|(?:daten|rechnung(?:en)?|unterlagen|akte) (?:eines|einer|von) (?:anderen?|fremden?)"
        r" (?:\w+ ){0,4}(?:erhalten|bekommen|sehen)|(?:erhalten|bekommen|sehe) (?:\w+ ){0,5}daten"
        r" (?:eines|einer|von) (?:anderen?|fremden?)"
        r"|(?:data|details|information|list|file) (?:\w+ ){0,4}(?:was|were|been|got) (?:leaked|stolen|exposed|sent to"
        r"|disclosed to|shared with) (?:a stranger|strangers|someone else|somebody else|another|the wrong|online"
        r"|everyone)"
        r"|(?:received|got|see|shown|access to) (?:\w+ ){0,4}(?:someone else|somebody else|another (?:customer"
        r"|person|user)"
        r"|other (?:customers?|people|users?))(?: ?s)?(?: \w+){0,3} (?:data|details|invoices?|file|account"
        r"|information)\b"
        rf"|{say.SEEN}"
    ),
    _near(say.CAME, say.OF_A_STRANGER),
    _near(say.CAME + "|lag|lagen", say.MEANT),
    _near(say.BEFORE_ME, say.THINGS, say.STRANGER),
    _near(say.SHOWN, say.THINGS, say.UNKNOWN),
    _near(
        say.MINE,
        say.SOMEBODY,
        say.GOT_IT + say.G + r"(?:compte rendu|proces verbal|verslag|protokoll|bericht|dossier|appels|brief"
        r"|facture|factuur|rechnung|messages?|letter|invoice|file|report|notes)",
    ),
    _near(say.PERSONS, say.IN_THE_LINK, say.CHANGED),
)
_OTHERS = (
    r"(?:staff|employees?|customers?|clients?|members?|users?|patients?|everyone|people|colleagues?|\w*passwords?"
    r"|mots? de passe|personnel|employee?s|clientes?|membres|collegues|utilisateurs|tout le monde|salaries"
    r"|personeel\w*|medewerkers?|werknemers?|klanten\w*|leden\w*|gebruikers?|\w*wachtwoord\w*|collega s|iedereen"
    r"|mitarbeiter\w*|kunden\w*|mitglieder\w*|nutzer\w*|patienten\w*|\w*passwort\w*|\w*kennwort\w*|kolleg\w+)"
)
_TO_BE_SEEN = (
    r"(?:visibles?|readable|shown|displayed|published|downloadable|lisibles?|consultables?|affichee?s?|publiee?s?"
    r"|telechargeables?|zichtbaar|leesbaar|te (?:zien|lezen|downloaden|vinden)|gepubliceerd|sichtbar|einsehbar|lesbar"
    r"|zu (?:sehen|lesen|finden)|veroffentlicht|abrufbar|herunterladbar)"
)
_ON_YOUR_PAGE = (
    r"(?:(?:on|at|via|sur|dans|op|auf|in) (?:your|votre|vos|jullie|uw|ihre[rnm]|eure[rnm]) (?:\w+ )?(?:web ?sites?"
    r"|sites?|home ?page|pages?|portal\w*|portail|\w*seiten?|pagina|servers?|serveurs?|app|blog|intranet))"
)
_LISTED = (
    r"(?:lists?|\w*liste\w*|\w*lijst\w*|tab(?:le|leau|elle)|spreadsheet|excel|\w*datei\w*|fichiers?|bestand\w*"
    r"|files?)"
)
_HAPPENED = (
    _near(_LISTED, _OTHERS, _TO_BE_SEEN, _ON_YOUR_PAGE),
    _near(say.MINE, say.GAVE, say.WRONG),
    _rule(rf"recu {say.G}(?:qui m etai\w* destine\w*|m etant destine\w*)"),
    _near(say.MINE, say.YOU, rf"{say.RELATED} heeft {say.G}(?:gekregen|ontvangen)"),
    _rule(say.NO_BCC),
    _near(say.DATA + "|list[ea]?", say.MARKET, say.OFFERED),
    _near(say.YOU, say.OFFERED, r"have ?i ?been ?pwned"),
    _near(say.ALL_OF_THEM, say.ADDRESSEES, say.VISIBLY),
    _near(say.DATA + "|files?|preis", say.STORE, say.OPEN),
    _near(say.YOU, r"(?:sauvegarde|back ?up|bucket|base de donnees|databank|database|datenbank)", say.OPEN),
    _near(
        say.MINE,
        r"(?:messages?|\w*protokoll|schreiben|dossier|brief|letter|file|facture|factuur|rechnung|appels)",
        say.OPEN,
    ),
    _near(say.YOU, say.HOLE),
    _near(say.YOU + rf"|{say.DATA}", say.LEFT, say.CARRIER),
    _near(say.YOU, say.DATA, say.CRIMINALS + say.G + say.THEY_HAVE),
    _near(say.US + "|" + say.SAYS, say.NOUN),
)
_GONE = re.compile(say.MINE_GONE)
_ABUSED = (
    re.compile(rf"\b{say.ONLY_YOU}"),
    re.compile(rf"\b{say.ABUSE}"),
    re.compile(rf"\b{say.COMES}\b"),
    re.compile(rf"\b{say.ADDRESS}"),
)
_THEIRS = re.compile(say.THEIR_OWN)
_CALM = re.compile(f"{say.FEAR}|{say.PROTECT}|{say.HYPOTHETICAL}")
_SLIP, _SAW = re.compile(say.MY_SLIP), re.compile(say.WITNESS)
_AWAY, _WITH_US = re.compile(say.ELSEWHERE), re.compile(rf"\b{say.US}")


def report(sentences: Sequence[str]) -> tuple[int, int, int] | None:
    """The number of the folded sentence that reports a leak, and from where to where its words stand; None without.

    A sentence keeps its question mark.
    """
    rules: tuple[Callable[[str], re.Match[str] | None], ...] = (_others_seen, _happened, _gone, _strangers)
    for number, text in enumerate(sentences):
        around = " ".join(sentences[max(0, number - 1) : number + 2])
        if _SLIP.search(around):
            continue
        for rule in rules:
            if found := rule(text):
                name = "shown" if "shown" in found.re.groupindex else 0
                return number, found.start(name), found.end(name)
    return _abused(sentences)


def _others_seen(text: str) -> re.Match[str] | None:
    if text.rstrip().endswith("?") and not _SAW.search(text):
        return None
    found = next(filter(None, (rule.search(text) for rule in _SEEN)), None)
    return found if found and not re.search(say.FEAR, text) else None


def _happened(text: str) -> re.Match[str] | None:
    if _CALM.search(text) or (text.rstrip().endswith("?") and not _SAW.search(text)):
        return None
    if "google" in text and harmless(text):
        return None
    return next(filter(None, (rule.search(text) for rule in _HAPPENED)), None)


def _gone(text: str) -> re.Match[str] | None:
    """The writer's data is said to be out: with us, unless another company is named."""
    if _CALM.search(text) or text.rstrip().endswith("?") or (_AWAY.search(text) and not _WITH_US.search(text)):
        return None
    return _GONE.search(text)


def _strangers(text: str) -> re.Match[str] | None:
    if _CALM.search(text) or text.rstrip().endswith("?"):
        return None
    return strangers.others_here(text) or strangers.own_elsewhere(text) or exposed(text)


def _abused(sentences: Sequence[str]) -> tuple[int, int, int] | None:
    """An address that only we know gets what nobody should send there: told in one sentence or in two."""
    for number, text in enumerate(sentences):
        both = " ".join(sentences[number : number + 2])
        found = _ABUSED[0].search(text)
        backwards = " ".join(sentences[max(0, number - 1) : number + 1])
        for told in (both, backwards):
            if found and not _THEIRS.search(told) and all(sign.search(told) for sign in _ABUSED[1:]):
                return number, found.start(), found.end()
    return None
