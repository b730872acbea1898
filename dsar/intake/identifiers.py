"""By what a mail lets its person be found: name, account e-mail, phone, customer number, an earlier case. Pure.

Proposals for the search in the sources and for the officer, each with its place in the text; they prove nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dsar.identity.register_number import is_valid
from dsar.intake.folding import fold_plain

__all__ = ["Identifier", "identifiers", "person_name"]

_LIMIT = 20
_EMAIL = re.compile(r"(?<![\w.+-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}")
_PHONE = re.compile(r"(?<![\w./-])(?:\+|00(?=[1-9])|0(?=[1-9]))\d(?:[ ./()-]{0,2}\d){7,13}(?![\w-]|[./]\d)")
_NUMBER = re.compile(
    r"(?:num[ée]ro|n[°ºro.]{0,3}|nr\.?|no\.?|nummer|number|code|id|ref(?:erence|érence|erentie|erenz)?)?\s*"
    r"(?:de |du |d['’]|van |of )?\s*"
    r"\b(client|cliente|klant(?:en)?|kunden?|customer|account|abonn[ée]|abonnement|contrat|contract|vertrags?"
    r"|lidmaatschaps?|membre|member|mitglieds?|dossier|compte|konto)"
    r"[ -]?(?:num[ée]ro|n[°ºro.]{0,3}|nr\.?|no\.?|nummer|number|code|id)?\s*[:#=]?\s*(?:is|est|lautet|:)?\s*"
    r"[(\"'«]?((?-i:[A-Z]{1,4})[-/. ]?\d[\dA-Z./-]{2,20}|\d[\d./-]{2,20}\d)",
    re.IGNORECASE,
)
_CASE = re.compile(r"\bDSR-\d{4}-\d{4,7}\b", re.IGNORECASE)
_DAY = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}(?:er|\.|st|nd|rd|th)?\s(?:of\s)?[^\W\d_]{3,10}\.?(?:\s\d{4})?"
    r"|[^\W\d_]{3,10}\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s\d{4})?)"
)
_EARLIER = re.compile(
    r"\b(?:demande|requ[êe]te|courriel|courrier|lettre|mail|message|verzoek|aanvraag|brief|bericht|vraag|anfrage|antrag"
    r"|schreiben|nachricht|request|letter|e-?mail|message)\b[^.!?\n]{0,25}?\b(?:du|le|van|op|vom|am|of|on|from|dated)\s+"
    rf"(?:the\s)?({_DAY})",
    re.IGNORECASE,
)
_NAME = r"((?:[A-ZÀ-Ý][\w'’.-]+|[A-ZÀ-Ý]\.|de|van|von|der|den|du|di|el|al|la|le|ten|ter|da|dos)(?:[ \u00a0](?:[A-ZÀ-Ý][\w'’.-]+|[A-ZÀ-Ý]\.|de|van|von|der|den|du|di|el|al|la|le|ten|ter|da|dos)){1,4})"  # fmt: skip  # noqa: E501
_SENTENCE_END = re.compile(r"(?<=\w{3})\.[ \u00a0]")  # "Hilde De Wit. Namens haar …"
_FOR = re.compile(
    r"\b(?:(?:ma|mon|notre) (?:cliente?|mandante?|fils|fille|m[èe]re|p[èe]re|pupille|[ée]pou(?:x|se)|mari|femme)"
    r"|(?:conseil|avocate?|mandataire|tuteur|tutrice|administrateur|administratrice) de"
    r"|(?:advocaat|raadsman|raadsvrouw|bewindvoerder|voogd) van|(?:solicitor|lawyer|attorney|guardian) (?:for|of)"
    r"|(?:anwalt|anw[äa]ltin|betreuer|betreuerin) von|dass ich"
    r"|au nom (?:et pour compte )?d[e']|pour (?:le )?compte d[e']|repr[ée]sente|mandat[ée] par"
    r"|mijn (?:cli[ëe]nte?|zoon|dochter|moeder|vader|man|vrouw|partner)|onze cli[ëe]nte?|namens|in naam van"
    r"|mein(?:e|en|es|er)? (?:mandant\w*|sohn\w*|tochter|mutter|vater\w*|mann\w*|frau)|unser\w* mandant\w*|im namen von"
    r"|(?:my|our) (?:client|son|daughter|mother|father|husband|wife|ward)|on behalf of|i (?:act|am acting) for)"
    r"(?-i:[\s,:]*(?:(?:M\.|Mme|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Monsieur|Madame|Herrn?|Frau|Mlle"
    r"|[Dd]e heer|[Mm]evrouw|dhr\.|mevr\.)\s+)?)",
    re.IGNORECASE,
)
# Further kin and friends, of whom a mail may also tell for other reasons: only where it is written for somebody.
_FOR_KIN = re.compile(
    r"\b(?:(?:ma|mon|notre) (?:grand[- ]?(?:m|p)[èe]re|mamie|papy|maman|papa|s(?:œ|oe)ur|fr[èe]re|tante"
    r"|oncle|ni[èe]ce|neveu|cousine?|voisine?|amie?|belle-\w+|beau-\w+|compagn(?:e|on)|conjointe?|marraine|parrain)"
    r"|(?:mijn|onze) (?:oma|opa|groot(?:moeder|vader)|mama|papa|zus|zuster|broer|tante|oom|nicht|neef|buur(?:man|vrouw)"
    r"|vriend|vriendin|schoon\w+|echtgenote?|kind|kleinkind)"
    r"|(?:mein|unser)(?:e|en|es|er|em)? (?:oma|opa|gro(?:ß|ss)(?:mutter|vaters?)|mama|papa|schwester|bruders?|tante"
    r"|onkels?|nichte|neffen?|cousine?|nachbar(?:in|n)?|freund(?:in|es)?|schwieger\w+|ehemann\w*|ehefrau|kind\w*)"
    r"|(?:my|our) (?:gran\w*|mum|mom|dad|sister|brother|aunt|uncle|niece|nephew|cousin|neighbou?r|friend|partner|spouse"
    r"|child|godmother|godfather|(?:mother|father|sister|brother|son|daughter)-in-law)"
    r"|(?:vormund|bevollm[äa]chtigter?) (?:von|f[üu]r)|(?:power of attorney|deputy|carer|trustee) (?:for|of)"
    r"|(?:curateur|curatrice|aidante?) d[e']|mantelzorger van)"
    r"(?-i:[\s,:(]*(?:(?:M\.|Mme|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Monsieur|Madame|Herrn?|Frau|Mlle|Miss"
    r"|[Dd]e heer|[Mm]evrouw|dhr\.|mevr\.)\s+)?)",
    re.IGNORECASE,
)
_UNDERSIGNED = re.compile(
    r"\b(?:soussign[ée]e?|ondergetekende|unterzeichne(?:te|nde)r?|undersigned)(?-i:[\s,:(]+(?:(?:M\.|Mme|Mr\.?|Mrs\.?"
    r"|Ms\.?|Monsieur|Madame|Herrn?|Frau|Mlle|[Mm]evrouw)\s+)?)",
    re.IGNORECASE,
)
_FIRST_WORDS = re.compile(
    r"^(?:(?:M\.|Me|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Prof\.?|Pfr\.?|Ing\.?|RA(?:in)?|Monsieur|Madame|Herrn?|Frau)\s+)+"
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """``kind``: email, phone, customer_number, earlier_case; where it stands in the text it was found in."""

    kind: str
    value: str
    start: int
    end: int


def identifiers(
    text: str, told: Sequence[tuple[int, int]] | None = None, *, own_addresses: Sequence[str] = (), sender: str = ""
) -> tuple[Identifier, ...]:
    """What the text names, in its order, each value once. ``own_addresses``: ours, addresses or domains.

    ``told``: the places that the writer wrote; all of the text without it.
    """
    ours = {address.lower() for address in own_addresses}
    found: dict[tuple[str, str], Identifier] = {}
    for item in sorted(_all(text), key=lambda item: item.start):
        if told is not None and not any(start <= item.start < end for start, end in told):
            continue
        value = item.value.lower()
        if item.kind == "email" and (value in ours or value.rpartition("@")[2] in ours or value == sender.lower()):
            continue
        found.setdefault((item.kind, value), item)
    return tuple(found.values())[:_LIMIT]


def _all(text: str) -> Iterator[Identifier]:
    for match in _EMAIL.finditer(text):
        yield Identifier("email", match.group().strip("'`."), match.start(), match.end())
    for match in _PHONE.finditer(text):
        digits = "".join(filter(str.isdigit, match.group()))
        if 9 <= len(digits) <= 14 and not is_valid(digits):
            yield Identifier("phone", match.group().strip(" ./-"), match.start(), match.end())
    for match in _NUMBER.finditer(text):
        if not is_valid(match[2]) and not _CASE.match(match[2]):
            yield Identifier("customer_number", match[2], match.start(2), match.end(2))
    for match in _CASE.finditer(text):
        yield Identifier("earlier_case", match.group().upper(), match.start(), match.end())
    for match in _EARLIER.finditer(text):
        if any(char.isdigit() for char in match[1]):
            yield Identifier("earlier_case", match[1], match.start(1), match.end(1))


def person_name(texts: Sequence[str], typed: str, display_name: str, *, for_another: bool = True) -> str:
    """Whom the writer says to act for in one of ``texts``, else who signed, ``typed`` being the name below the mail.

    ``for_another``: the mail is written for somebody, who may then be a sister or a neighbour, too.
    """
    ways = (_FOR, _FOR_KIN) if for_another else (_FOR,)
    said = (_named(text, way) for way in ways for text in texts)
    return next(filter(None, said), "") or _undersigned(texts, typed) or _signed_name(typed, display_name)


def _named(text: str, way: re.Pattern[str]) -> str:
    for match in way.finditer(text):
        if name := re.match(_NAME, text[match.end() :]):
            return _FIRST_WORDS.sub("", _SENTENCE_END.split(name[1])[0]).strip(" .,")
    return ""


def _undersigned(texts: Iterable[str], typed: str) -> str:
    """ "Je soussigné, Marc Antoine Petit": the name in full, unless somebody else signed."""
    said = next(filter(None, (_named(text, _UNDERSIGNED) for text in texts)), "")
    return said if not typed or _words(said) & _words(typed) else ""


def _signed_name(signature: str, display_name: str) -> str:
    """The fuller of the name below the mail and the name its program gave, where they speak of one person."""
    shown, signature = (_FIRST_WORDS.sub("", " ".join(name.split())) for name in (display_name, signature))
    if not signature:
        return shown
    words, others = _words(signature), _words(shown)
    if words < others or (not words & others and len(others) > 1 and shown == shown.title()):
        return shown
    return signature


def _words(name: str) -> set[str]:
    return {word.strip(".") for word in re.split(r"[\s,-]+", fold_plain(name)) if len(word.strip(".")) > 1}
