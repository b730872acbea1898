"""Words that a machine read off a picture, when the picture is an identity document after all. Pure.

A misread sign breaks check digits, so this looks wider than ``mrz``: such words are not kept, whatever they say.
"""

import re

_ZONE_SIGNS = re.compile(r"[A-Z0-9<]{26,48}")
_ZONE_START = re.compile(r"^(?:ID|[IAC]<|P[<A-Z]|V<)[A-Z]{3}")
_BIRTH_AND_END = re.compile(r"[0-9OIBSZ]{7}[MFX<][0-9OIBSZ]{7}[A-Z]{3}")
_DIGITS_ENOUGH = 8
_ENOUGH_FILLERS = 4
# What is printed on cards and passports beside the values, in the languages of the kingdom and in English.
_LABELS = (
    r"identity card|carte d.?identit\w*|identiteitskaart|personalausweis|passe?port|paspoort|reisepass|e.?id",
    r"surname|\bnom\b|\bnaam\b|\bname\b",
    r"given names?|pr[eé]noms?|voornam\w*|vornamen?",
    r"nationalit\w*|staatsangeh\w*",
    r"date of birth|date de naissance|geboorte\w*|geburts\w*",
    r"place of birth|lieu de naissance",
    r"\bsex\b|\bsexe\b|geslacht|geschlecht",
    r"card n\w*|n\w* de (?:la )?carte|kaartn\w*|kartenn\w*|document n\w*",
    r"valid|valable|geldig|g[uü]ltig|expiry|expiration",
    r"national register|registre national|rijksregister\w*|nationalregister\w*",
    r"belgi[eëqu]\w*|kingdom|royaume|koninkrijk|k[oö]nigreich",
)
_LABELS_ENOUGH = 5
_MOST_WORDS = 150


def is_of_an_identity_document(text: str) -> bool:
    """Lines like the machine-readable ones, or little more than the labels of a card."""
    return _has_zone(text) or _is_a_card(text)


def _has_zone(text: str) -> bool:
    for line in text.splitlines():
        signs = re.sub(r"\s", "", line.replace("«", "<<").replace("‹", "<")).upper()
        dates = _BIRTH_AND_END.search(signs)
        if dates and sum(map(str.isdigit, dates.group())) >= _DIGITS_ENOUGH:
            return True
        zone = _ZONE_SIGNS.search(signs)
        if zone and (signs.count("<") >= _ENOUGH_FILLERS or ("<" in signs and _ZONE_START.match(zone.group()))):
            return True
    return False


def _is_a_card(text: str) -> bool:
    if len(text.split()) > _MOST_WORDS:
        return False
    low = text.lower()
    return sum(bool(re.search(label, low)) for label in _LABELS) >= _LABELS_ENOUGH
