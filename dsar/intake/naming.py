"""The forms of words in which several people ask in one mail, in French, Dutch, German and English. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dsar.intake.folding import fold_plain
from dsar.intake.formalities import is_a_name
from dsar.intake.lexicon import everywhere
from dsar.intake.quoting import OWN, SIGNATURE, sort_lines

__all__ = [
    "AND_ME", "FIRST_PERSON", "GREETING", "KIN", "MORE", "MY", "NAME", "PLURAL", "RELATION", "TITLE", "WISH", "WORD",
    "Found", "people", "signatures",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """``writer``: index of the one whose address it is. ``items``: number (from 1), start and end of a list's items.

    ``relations``: words that stand for a person by number ("my husband"). ``plain``: they do ask, all of them.
    ``together``: they speak for themselves, not through a lawyer or a parent. ``said_at``: where they are all named.
    """

    names: tuple[str, ...]
    sign: str
    plain: bool
    writer: int | None = None
    together: bool = True
    items: tuple[tuple[int, int, int], ...] = ()
    relations: tuple[tuple[int, re.Pattern[str]], ...] = ()
    said_at: tuple[int, int] = (-1, -1)


_UPPER = "A-ZÀ-ÖØ-ÞŁŚŠŽČĆŘĐĞİŞ"
WORD = rf"(?:[Dd]['’]|[Ll]['’])?[{_UPPER}][\w'’-]*"
SMALL = r"(?:(?:de|van|von|der|den|du|di|del|della|el|al|la|le|ten|ter|zu|da|dos|['’]t|ben|bint)[ ]+)"
NAME = rf"{WORD}(?:[ ]+{SMALL}{{0,2}}{WORD}){{1,4}}"
_GIVEN = rf"{WORD}(?:[ ]+{SMALL}{{0,2}}{WORD}){{0,4}}"
TITLE = (
    r"(?:(?:M\.|Mme\.?|Mlle\.?|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Herrn?|Frau|Monsieur|Madame"
    r"|(?i:de heer|mevrouw|dhr\.?|mevr\.?))"
    r"[ ]+)?"
)
# Birth date, place, number: what stands behind a name without being a name.
MORE = r"(?:[ ]*\([^()]{0,80}\)|,[ ]*(?i:née?|geboren|geb\.|born)\b[^,;.]{0,40}(?:\.[^,;.]{0,12}){0,3})?"
_AND = r"[ ]*(?:,?[ ]+(?:et|en|und|and|ainsi que|alsook|sowie)[ ]+|[ ]*&[ ]*|,[ ]*|;[ ]*)"
MY = r"(?i:\b(?:mon|ma|mijn|mein|meine|meinen|meinem|meiner|meines|my))"
KIN = (
    r"(?:mari|femme|épouse|époux|conjointe?|compagnon|compagne|partenaire|frère|s(?:œ|oe)ur|mère|père|fils|fille"
    r"|man|vrouw|echtgenoot|echtgenote|partner|broer|zus|zuster|moeder|vader|zoon|dochter|vriend|vriendin"
    r"|[Mm]annes?|[Mm]ann|[Ff]rau|[Ee]hemann|[Ee]hefrau|[Pp]artnerin|[Ll]ebensgefährt(?:e|in|en)|[Bb]ruders?|[Ss]chwester"
    r"|[Mm]utter|[Vv]aters?|[Ss]ohn(?:es)?|[Tt]ochter"
    r"|husband|wife|spouse|brother|sister|mother|father|son|daughter|fiancée?)"
)
RELATION = re.compile(rf"{MY}[ ]+{KIN}\b")
_ME = r"(?:moi(?:-même)?|je|ik(?:zelf)?|mij(?:zelf)?|mezelf|ich(?: selbst)?|mich|mir|I|me|myself)"
AND_ME = re.compile(rf"(?:[ ]+(?:et|en|und|and)[ ]+|[ ]*&[ ]*){_ME}\b|\b{_ME}[ ]+(?:et|en|und|and)(?=[ ]+{MY})")
_WITH_ME = re.compile(rf"{MY}[ ]+({KIN}),?[ ]+{TITLE}({_GIVEN}){MORE},?[ ]*(?:et|en|und|and|&)[ ]+{_ME}\b")
_ME_WITH = re.compile(rf"\b{_ME}[ ]+(?:et|en|und|and|&)[ ]+{MY}[ ]+({KIN}),?[ ]+{TITLE}({_GIVEN})")
_FOR_TOO = re.compile(
    r"(?i:\b(?:aussi|également|ook|tevens|auch|ebenso|also|as well)\b)[^.!?\n]{0,30}?"
    r"(?i:\b(?:au nom de|pour|namens|voor|in naam van|im namen|für|on behalf of|for))[ ]+"
    rf"{MY}[ ]+({KIN}),?[ ]+{TITLE}({_GIVEN})"
)
_ONE = rf"{TITLE}{NAME}{MORE}"
_LIST = rf"{_ONE}(?:{_AND}{_ONE})+"
_YOUNG = rf"{_GIVEN}{MORE}(?:{_AND}{_GIVEN}{MORE})+"
_SIGNING = re.compile(
    r"(?i:\b(?:nous,?[ ]+)?(?:les[ ]+)?soussignée?s|\bondergetekenden|\bondergetekende|\bunterzeichne(?:te|nde)n"
    rf"|\bundersigned),?:?[ ]+({_LIST})"
)
_WE = re.compile(rf"\b(?:[Nn]ous|[Ww]ij|[Ww]e|[Ww]ir),?[ ]+({_LIST})")
_FOR = (
    r"(?i:\b(?:au nom (?:et pour (?:le )?compte )?d[eu'’]|pour (?:le )?compte d[eu'’]|pour|de la part d[eu'’]|namens"
    r"|in naam van|voor rekening van|voor|im namen(?: und (?:im )?auftrag)?(?: von)?|für|on behalf of|for"
    r"|(?:données|informations|dossiers?|comptes|profils)(?: (?:personnelles|à caractère personnel))?(?: d[eu'’]|:)"
    r"|(?:persoons)?gegevens van|accounts? van|daten|konten|data of|accounts? of|records of|information (?:about|on)"
    r"|représente|vertegenwoordig|vertrete|represent|conseil de|avocate? de|raadsman van|advocaat van"
    r"|counsel (?:to|for)|lawyer for|solicitors? for))"
)
_OURS = r"(?i:mes|nos|ses|mijn|onze|meine[nr]?|unsere[nr]?|my|our|the|les|de|der|die)"
_MANY = (
    r"(?:(?i:deux|trois|quatre|cinq|twee|drie|vier|vijf|zwei|drei|two|three|four|five|beide[nr]?|both|\d{1,2})[ ]+)?"
)
_CLIENTS = (
    r"(?i:clients?|clientes|mandants?|mandataires|cliënten|klanten|mandant(?:en|innen)|mandantschaft"
    r"|personnes|volgende personen|personen|folgenden? personen|following (?:people|persons|clients)|membres|leden)"
)
_REPRESENTED = re.compile(rf"{_FOR}[ ]*(?:{_OURS}[ ]+)?{_MANY}{_CLIENTS}(?:[ ]+\w+)?[ ]*[,:(]?[ ]+({_LIST})")
_NAMED_FOR = re.compile(rf"(?i:\b(?:au nom de|pour (?:le )?compte de|namens|im namen von|on behalf of))[ ]+({_LIST})")
_OFFSPRING = (
    r"(?i:enfants|kinderen|kindern?|children|kids|filles|fils|dochters|zonen|töchtern?|söhnen?|daughters|sons"
    r"|jumeaux|jumelles|tweeling|zwillingen?|twins)"
)
_YOUNGER = r"(?:(?i:jeunes|petits|mineure?s|minderjarige|minderjährigen?|minor|young|little)[ ]+)?"
_CHILDREN = re.compile(
    rf"({_FOR}[ ]*)?\b{_OURS}[ ]+{_MANY}{_YOUNGER}{_OFFSPRING}(?:[ ]+(?i:mineure?s))?[ ]*[,:(]?[ ]+({_YOUNG})"
)
_ITEM = re.compile(
    rf"^[ \t]*(?:\(?[0-9]{{1,2}}[.)]|[-*•–])[ \t]+{TITLE}({NAME}){MORE}[ \t]*(?:(?::|[–—-](?=[ \t])|,)[ \t]*(?=\S)"
    r"|[.;]?[ \t\r]*$)"
)
_PAIR = re.compile(rf"{TITLE}({NAME})(?:[ ]+(?:et|en|und|and)[ ]+|[ ]*[&/][ ]*){TITLE}({NAME})\.?")
_SIGNED = re.compile(rf"{TITLE}({NAME})[.,]?")
PLURAL = re.compile(
    r"(?i:\bnous\b|\bnos\b|\bnotre\b|\bwij\b|\bonze\b|\bons\b|\bwir\b|\buns\b|\bunser\w*|\bwe\b|\bour\b|\bours\b|\bus\b"
    r"|\btous (?:les )?deux\b|\bbeiden?\b|\ballebei\b|\bboth\b|\bleurs\b|\bhun\b|\btheir\b)"
)
FIRST_PERSON = re.compile(
    r"\b(?:[Jj]e|[Jj]['’](?=\w)|[Mm]oi|[Mm]es|[Mm]on|[Mm]a|[Mm]['’](?=\w)|[Ii]k|[Mm]ijn|[Mm]ij|[Ii]ch|[Mm]ein\w*"
    r"|[Mm]ien(?:ne)?s?|[Mm]ijne|[Mm]ich|[Mm]ir|I|[Mm]y|[Mm]e|[Mm]ine|[Mm]yself)(?![\w])|\b[JjMm]['’](?=\w)"
)
GREETING = re.compile(
    r"\W*(?i:bonjour|madame|monsieur|mesdames|messieurs|chère?s?|beste|lieber?|liebes|geachte|hallo|guten"
    r"|sehr geehrte|hello|dear|hi"
    r"|cordialement|salutations|bien à vous|met vriendelijke|hoogachtend|groeten|mit freundlichen|freundliche|grüße"
    r"|kind regards|best regards|regards|yours|sincerely)\b"
)
# They ask, not only one of them: a wish in the plural, or data said to be theirs.
_THEY_ASK = re.compile(
    r"\b(?:nous (?:vous )?(?:demand|souhait|voul|voudr|exige|desir|aimer|pri|exerc|retir|oppos|refus|sollicit)\w*"
    r"|(?:demandons|souhaitons|voulons|voudrions|exigeons|desirons|aimerions|exercons|retirons|sollicitons)"
    r"|nos (?:donnees|informations|comptes|dossiers|noms|adresses)|notre (?:dossier|droit|consentement)|nous concernant"
    r"|(?:wij|we) (?:vragen|willen|wensen|verzoeken|eisen|zouden|maken bezwaar|trekken)|onze (?:persoons)?(?:gegevens"
    r"|accounts?|rechten|dossiers)|over ons\b|vragen wij|verzoeken wij|wensen wij"
    r"|wir (?:bitten|mochten|wollen|wunschen|beantragen|verlangen|fordern|widersprechen|widerrufen|ersuchen)"
    r"|unsere[nr]? (?:\w+ )?(?:daten|konten|angaben|einwilligung)|uber uns\b|bitten wir|beantragen wir|mochten wir"
    r"|we (?:hereby )?(?:request|ask|would like|want|demand|wish|object|withdraw|need)"
    r"|our (?:\w+ )?(?:data|information|details|records|accounts|names)|about us\b)"
)
_THEIR_WISH = re.compile(
    r"\b(?:vragen|willen|wensen|verzoeken|zouden|bitten|mochten|wollen|beantragen|verlangen|fordern|request|ask|want"
    r"|would like|wish|demand)\b"
)
_THEIR_DATA = re.compile(
    r"\b(?:leurs? (?:donnees|informations|comptes?|dossiers?)|hun (?:persoons)?(?:gegevens|accounts?)"
    r"|ihre[rn]? (?:\w+ )?(?:daten|konten)|deren daten|their (?:\w+ )?(?:data|information|accounts?|records))\b"
)
_OWN_DATA = re.compile(
    r"\b(?:mes (?:donnees|informations)|mijn (?:persoons)?gegevens|meine[nr]? (?:\w+ )?daten|my (?:\w+ )?data)\b"
)
_BOTH = re.compile(
    r"\b(?:tous (?:les )?deux|toutes (?:les )?deux|chacune? (?:de|d) nous|wij beiden|ons beiden|allebei|ieder van ons"
    r"|wir beide|uns beide[nr]?|jeder von uns|both of us|we both|each of us|my (?:husband|wife|partner) and i"
    r"|(?:mon|ma) \w+ et moi|mijn \w+ en ik|meine? \w+ und ich)\b"
)
_LABEL = re.compile(
    r"\b(?:number|name|nom|naam|date|datum|birth|address|adresse?|e ?mail|phone|account|customer|client|klant|kunde\w*"
    r"|reference|right|access|data|first|last|street|city|country|contract|order|invoice|nummer|person|persoon"
    r"|personne|article|artikel|art|recht|droit|daten|gegevens)\b"
)
_SAYS = re.compile(r"(?:\b[a-zà-ÿß]{2,}\b[^.\n]*){2}|(?i:\b(?:née?|geboren|geb\.|born)\b)")
WISH = (
    r"(?i:veut|souhaite|demande|désire|exige|wil|wenst|vraagt|verzoekt|eist|möchte|will|bittet|verlangt|wünscht"
    r"|beantragt|fordert|wants|would like|asks|requests|wishes|demands)\b"
)
_WISHES = re.compile(rf"(?:^|(?<=[.!?:;\s])){TITLE}({NAME}){MORE},?[ ]+{WISH}")
_KIN_WISHES = re.compile(rf"{MY}[ ]+({KIN}),?[ ]+{TITLE}({_GIVEN}){MORE},?[ ]+(?:[\w'’]+[ ]+){{0,3}}?{WISH}")
_ACTS_FOR = re.compile(
    r"\b(?:represente|represent|vertegenwoordig|vertrete|namens|au nom d|pour le compte|im namen|on behalf of|clients?"
    r"|clientes|client(?:en)?|clienten|mandants?|mandanten|mandantinnen|mandantschaft|avocate?|advocaat|raadsman"
    r"|rechtsanwalt|rechtsanwaltin|lawyer|solicitor|attorney)\b"
)
_FAMILY = re.compile(r"(?i)\b(?:famille|familie|family|fam|et|en|und|and)\b|&")
_LOOKED_AT = 20_000
_MOST_LINES = 400


def people(text: str, sender_name: str) -> Found | None:
    """Who asks in this text, the form that is most telling first; None where only one person does."""
    own = _own(text[:_LOOKED_AT])
    flat = re.sub(r"[\n\r\t\xa0]", " ", own)
    folded = fold_plain(own)
    for form in (_listed, _couple, _signing, _clients, _children, _wishes, _signatures):
        found = form(own, flat, folded, sender_name)
        if found is not None:
            return found
    return None


def _own(text: str) -> str:
    """The text with what the writer did not write now blanked, every place kept."""
    parts, at = [], 0
    for line in sort_lines(text):
        said = text[line.start : line.end]
        parts += [text[at : line.start], said if line.kind in (OWN, SIGNATURE) else " " * len(said)]
        at = line.end
    return "".join([*parts, text[at:]])


def _names(listed: str, one: str = NAME) -> tuple[str, ...]:
    """The names of a list as it stands, each once, in their order."""
    bare = re.sub(MORE + "$", "", re.sub(r"\([^()]{0,80}\)", "", listed))
    pieces = re.split(r",?[ ]+(?:et|en|und|and|ainsi que|alsook|sowie)[ ]+|[ ]*[&;,][ ]*", bare)
    found = [match[1] for piece in pieces if (match := re.fullmatch(rf"{TITLE}({one})[ .]*", piece.strip()))]
    return tuple(dict.fromkeys(_tidy(name) for name in found))


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _writer(names: tuple[str, ...], sender_name: str) -> int | None:
    """Whose address it is: the one person whose words are all in the name before it, or the other way round."""
    if _FAMILY.search(sender_name):
        return None
    said = set(fold_plain(sender_name.replace(",", " ")).split())
    fits = [n for n, name in enumerate(names) if len(said) >= 2 and _same(said, set(fold_plain(name).split()))]
    return fits[0] if len(fits) == 1 else None


def _same(one: set[str], other: set[str]) -> bool:
    return one <= other or other <= one


def _couple(own: str, flat: str, folded: str, sender_name: str) -> Found | None:
    """“My husband Jan Peeters and I”, and “also on behalf of my wife Marie Dubois”."""
    found = _WITH_ME.search(flat) or _ME_WITH.search(flat)
    too = None if found else _FOR_TOO.search(flat) or (_OWN_DATA.search(folded) and _KIN_WISHES.search(flat))
    match = found or too
    if not match:
        return None
    kin, other = match[1], _tidy(match[2])
    after = fold_plain(flat[match.end() : match.end() + 60])
    theirs = re.search(rf"{MY}[ ]+{kin}\b[^.!?]{{0,40}}\b(?i:veut|souhaite|demande|wil|wenst|vraagt|möchte|will"
                       r"|bittet|verlangt|wants|would like|asks|requests|wishes)\b", flat)  # fmt: skip
    if not (too or theirs or _THEY_ASK.search(folded) or _THEIR_WISH.search(after[:40])):
        return None  # a couple told of, and one of them asks
    signed = next((name for name in signatures(own) if not _same(_words(name), _words(other))), "")
    writer = signed or ("" if _FAMILY.search(sender_name) else _tidy(sender_name))
    if not writer or _same(_words(writer), _words(other)):
        return None
    word = re.compile(rf"{MY}[ ]+{re.escape(kin)}\b")
    return Found((writer, other), "couple", plain=True, writer=0, relations=((2, word),), said_at=match.span())


def _words(name: str) -> set[str]:
    return set(fold_plain(name).split())


def _signing(own: str, flat: str, folded: str, sender_name: str) -> Found | None:
    """“We, the undersigned Jan Peeters and Marie Dubois”, “Nous, Jan Peeters et Marie Dubois, demandons”."""
    match = _SIGNING.search(flat) or _WE.search(flat)
    names = _names(match[1]) if match else ()
    if match is None or len(names) < 2:
        return None
    plain = bool(_THEY_ASK.search(folded)) or bool(_THEIR_WISH.search(folded))
    return Found(names, "undersigned", plain=plain, writer=_writer(names, sender_name), said_at=match.span())


def _clients(own: str, flat: str, folded: str, sender_name: str) -> Found | None:
    """A lawyer, an association: “on behalf of my clients Jan Peeters and Marie Dubois”."""
    match = _REPRESENTED.search(flat) or _NAMED_FOR.search(flat)
    names = _names(match[1]) if match else ()
    if match is None or len(names) < 2:
        return None
    writer, plain = _writer(names, sender_name), not _OWN_DATA.search(folded)
    return Found(names, "clients", plain=plain, writer=writer, together=writer is not None, said_at=match.span())


def _children(own: str, flat: str, folded: str, sender_name: str) -> Found | None:
    """A parent for several children; a last name said once is all of theirs."""
    for match in _CHILDREN.finditer(flat):
        names = _names(match[2], _GIVEN)
        asked = bool(match[1]) or bool(_THEIR_DATA.search(folded))
        if len(names) < 2 or not asked:
            continue
        last = names[-1].split()
        if len(last) > 1:
            names = tuple(name if " " in name else " ".join([name, *last[1:]]) for name in names)
        plain = bool(match[1]) and not _OWN_DATA.search(folded)
        return Found(names, "children", plain=plain, together=False, said_at=match.span())
    return None


def _listed(own: str, flat: str, folded: str, sender_name: str) -> Found | None:
    """A list in which each item begins with a person: “1. Jan Peeters: a copy of his data”."""
    found: list[tuple[str, int, int]] = []
    for start, line in _lines(own):
        if match := _ITEM.match(line):
            if found:
                found[-1] = (found[-1][0], found[-1][1], min(found[-1][2], start))
            found.append((_tidy(match[1]), start, _end_of_item(own, start)))
    names = tuple(dict.fromkeys(name for name, _start, _end in found))
    if len(names) < 2 or any(not is_a_name(name) or _LABEL.search(fold_plain(name)) for name in names):
        return None
    bare = any(not _SAYS.search(own[start:end].partition(":")[2] or own[start:end]) for _name, start, end in found)
    if bare and not _ACTS_FOR.search(fold_plain(own[: found[0][1]])):
        return None  # a form that was filled in: "Account Number: 4711", or people who are only told of
    items = tuple((names.index(name) + 1, start, end) for name, start, end in found)
    writer = _writer(names, sender_name)
    return Found(names, "list", plain=True, writer=writer, together=writer is not None, items=items)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n")[:_MOST_LINES]:
        yield at, line
        at += len(line) + 1


def _end_of_item(text: str, start: int) -> int:
    """An item goes on over broken lines until a blank one."""
    blank = re.compile(r"\n[ \t\r]*\n").search(text, start)
    return blank.start() if blank else len(text)


def _wishes(own: str, flat: str, folded: str, sender_name: str) -> Found | None:
    """“Jan Peeters wants a copy. Marie Dubois wants to be erased.” They ask by it when they sign or are represented."""
    found = [(_tidy(match[1]), match.span()) for match in _WISHES.finditer(flat)]
    names = tuple(dict.fromkeys(name for name, _span in found if is_a_name(name)))
    if len(names) < 2:
        return None
    signed = set(signatures(own))
    plain = signed >= set(names) or bool(_ACTS_FOR.search(folded))
    writer = _writer(names, sender_name)
    return Found(names, "wishes", plain=plain, writer=writer, together=signed >= set(names))


def _signatures(own: str, flat: str, folded: str, sender_name: str) -> Found | None:
    """Two names under a text that asks in the plural; two lines may also be a name and a firm, so less plain."""
    if not _THEY_ASK.search(folded):
        return None
    names = signatures(own)
    if len(names) < 2:
        return None
    pair = any(_PAIR.fullmatch(line.strip()) for _start, line in _lines(own))
    plain = (pair or bool(_BOTH.search(folded))) and len(names) == 2
    return Found(names, "signatures", plain=plain, writer=_writer(names, sender_name))


def signatures(text: str) -> tuple[str, ...]:
    """The names that stand alone on the last lines of a text."""
    found: list[str] = []
    filled = [line.strip() for _start, line in _lines(_own(text)[-2_000:]) if line.strip()]
    for line in filled[:0:-1][:8]:
        single, pair = _SIGNED.fullmatch(line), _PAIR.fullmatch(line)
        if len(line.split()) > 6 and not pair:
            break  # above this the text begins
        if pair or (single and not everywhere("farewell").search(fold_plain(line)) and not GREETING.match(line)):
            names = pair.groups() if pair else (single[1] if single else "",)
            found[:0] = [name for name in names if is_a_name(name) and not _FAMILY.search(name)]
    return tuple(dict.fromkeys(_tidy(name) for name in found))
