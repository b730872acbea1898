"""Which lines the writer wrote now: quoted mail, forwarded mail, footers and our own letters set aside, not lost.

Works on lines, so that answers between quoted lines stay with the writer. Knows the marks of the usual programs in
French, Dutch, German and English. Pure; time in proportion to the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dsar.intake.folding import fold_plain
from dsar.intake.header_blocks import header_blocks
from dsar.intake.lexicon import everywhere

__all__ = ["Line", "Sentence", "own_text", "sentences", "sort_lines"]

OWN, QUOTED, FORWARDED, FOOTER, SIGNATURE = "own", "quoted", "forwarded", "footer", "signature"
_LINES_LIMIT = 5000
_SEPARATOR = re.compile(
    r"^[\s>]*(?:[-_=*]{2,}\s*)(?:original message|message d ?'? ?origine|message original|oorspronkelijk bericht"
    r"|ursprungliche nachricht|originalnachricht|votre message|uw bericht|ihre nachricht|your message|original mail"
    r"|below this line is)\b"
)
_FORWARD = re.compile(
    r"^[\s>]*(?:[-_=*]{2,}\s*|debut du |begin )(?:message (?:transfere|reexpedie|transmis|suivi)|forwarded message"
    r"|forwarded by|doorgestuurd bericht|weitergeleitete nachricht|forwarded mail)"
)
_ATTRIBUTION = re.compile(
    r"^(?:(?:on|le|op|am|el|vom)\b.{0,200}\b(?:wrote|a ecrit|ecrit|schreef|schrieb|wrote as follows)\b.{0,120}:"
    r"|.{0,120}(?:wrote|a ecrit|schreef|schrieb) ?:|.{0,120}\b(?:a ecrit le|schreef op|schrieb am"
    r"|wrote on)\b.{0,80}:)\s*$"
)
# Word for word as M01 and M16 say it: who begins "Nous avons reçu votre message, mais…" writes that now.
_OURS = re.compile(
    r"^(?:nous avons recu votre message le .{3,40} a \d|nous avons compris que vous demandez ?:"
    r"|votre dossier porte le numero"
    r"|wij hebben uw bericht ontvangen op .{3,40} om \d|wij begrijpen dat u het volgende vraagt ?:"
    r"|uw dossier heeft nummer"
    r"|wir haben ihre nachricht am .{3,40} um \d|wir haben verstanden, dass sie folgendes mochten ?:"
    r"|ihr aktenzeichen ist"
    r"|we received your message on .{3,40} at \d|we understand that you are asking for ?:|your case number is)"
)
# OpenPGP's armour (RFC 9580 §6.2 and §7): a program's lines around and below what somebody wrote.
_ARMOUR = re.compile(r"^-{5}(BEGIN|END) PGP ([A-Z ]{4,40})-{5}\s*$")
_ARMOUR_HEADER = re.compile(r"^(?:Hash|Charset|Version|Comment|MessageID): ")
_RULE = re.compile(r"^\s*[_=]{10,}\s*$")
_BULLET = re.compile(r"^\s*(?:[-*•·‣◦▪–—+>]|\(?[0-9]{1,2}[.)]|\(?[a-zA-Z][.)]|\[[ xX]?\]|[☐☑☒✓✔□■])\s+")
_END = re.compile(r"[.!?]+[)\"»”']*\s+|;\s+|\s+[-–—]{1,2}\s+(?=[A-ZÀ-Ý])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:art|abs|nr|no|lit|bzw|z|b|dr|(?-i:Me)|mr|mrs|ms|m|mme|st|str|tel|ca|evtl|ggf|inkl|etc|cf|p|ex|bv|nl|o|a|d|h"
    r"|u|i|s|v|e|g|resp"
    r"|sec|al|par|pt|pct|av|bd|ing|ir|ds|jl|dd|blz|nov|dec|oct|sept|janv|jan|feb|fevr|aug|okt|dez|usw|approx|incl"
    r"|excl|vgl|geb|prof)"
    r"|\b\d{1,2})\.$",
    re.IGNORECASE,
)


_INITIAL = re.compile(r"\b[A-Za-z]\.$|\b(?:art|abs|dr|(?-i:Me)|mr|mrs|ms|mme|nr|no|st)\.$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a mail: where it stands and whose it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of the writer's own text between full stops or line ends."""

    start: int
    end: int
    text: str
    bullet: bool
    first: bool  # first of its line: a paragraph or list item begins here


def sort_lines(text: str, *, passed_on: bool = False) -> list[Line]:
    """Every line of ``text`` with its kind: own, quoted, forwarded, footer or signature (behind "-- ").

    ``passed_on``: a colleague sent it; what stands below a header block, or below a line that says who wrote, then is
    the forwarded mail, not a quotation.
    """
    lines = list(_lines(text))
    folded = [fold_plain(text[start:end][:400]) for start, end in lines]
    raw = [text[start:end] for start, end in lines]
    kinds = _kinds(raw, folded, FORWARDED if passed_on else QUOTED)
    _mark_footers(kinds, folded)
    _mark_armour(kinds, raw)
    return [Line(start, end, kind) for (start, end), kind in zip(lines, kinds, strict=True)]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for _ in range(_LINES_LIMIT):
        end = text.find("\n", position)
        if end < 0:
            yield position, len(text)
            return
        yield position, end
        position = end + 1
    yield position, len(text)


def _kinds(raw: list[str], folded: list[str], below_a_block: str) -> list[str]:
    kinds: list[str] = []
    rest = ""  # the kind of everything below, once a separator was met
    marked = QUOTED  # the kind of lines that begin with ">"
    blocks = {block.start for block in header_blocks(raw)}
    for index, line in enumerate(raw):
        words = folded[index]
        if rest in (QUOTED, FORWARDED):
            kinds.append(rest)
        elif line.lstrip().startswith((">", "|>")) or line.startswith("| "):
            kinds.append(marked)
        elif _separates(raw, folded, index, _FORWARD):
            rest = FORWARDED
            kinds.append(rest)
        elif _separates(raw, folded, index, _SEPARATOR) or index in blocks:
            rest = below_a_block
            kinds.append(rest)
        elif len(words) < 400 and _attributes(raw, folded, index):
            kinds.append(QUOTED)
            marked = below_a_block
            if not _quoted_follows(raw, index):
                rest = below_a_block
        elif _OURS.match(words):
            kinds.append(QUOTED)
        elif line.rstrip() == "--" or line == "-- ":
            rest = SIGNATURE
            kinds.append(SIGNATURE)
        else:
            kinds.append(rest or OWN)
    return kinds


def _separates(raw: list[str], folded: list[str], index: int, pattern: re.Pattern[str]) -> bool:
    plain = re.sub(r"[-–—]", "-", raw[index][:200]).strip().lower()
    if not plain.startswith(("-", "_", "=", "*", "debut du", "début du", "begin ")):
        return False
    return bool(pattern.match(f"-- {folded[index].strip(' -=,')}"))


def _attributes(raw: list[str], folded: list[str], index: int) -> bool:
    words = folded[index]
    if words.endswith(":") and _ATTRIBUTION.match(words) and (_dated(words) or _quoted_follows(raw, index)):
        return True
    if index + 1 < len(raw) and words.startswith(("on ", "le ", "op ", "am ")) and _dated(words):
        joined = f"{words} {folded[index + 1]}"
        return len(joined) < 400 and joined.endswith(":") and bool(_ATTRIBUTION.match(joined))
    previous = folded[index - 1] if index else ""
    if previous.startswith(("on ", "le ", "op ", "am ")) and _dated(previous) and words.endswith(":"):
        return bool(_ATTRIBUTION.match(f"{previous} {words}"))
    return False


def _dated(words: str) -> bool:
    return bool(re.search(r"\d{1,2}|@", words))


def _quoted_follows(raw: list[str], index: int) -> bool:
    for line in raw[index + 1 : index + 5]:
        if line.strip() and not line.rstrip().endswith(":"):
            return line.lstrip().startswith(">")
    return False


def _mark_footers(kinds: list[str], folded: list[str]) -> None:
    """A paragraph that opens as disclaimers and privacy notices do, and is not the first, is no request."""
    seen_own = False
    footer = False
    for index, words in enumerate(folded):
        if kinds[index] not in (OWN, SIGNATURE):
            footer = False
            continue
        if not words:
            footer = False
            continue
        found = everywhere("footer").search(words[:120])
        if seen_own and found and found.start() < 40 and not everywhere("first_person").search(words[:160]):
            footer = True
        if footer:
            kinds[index] = FOOTER
        seen_own = True


def _mark_armour(kinds: list[str], raw: list[str]) -> None:
    """The lines of an OpenPGP armour and what is coded between them; of a signed text only the text stays."""
    coded = headers = False
    for index, line in enumerate(raw):
        if mark := _ARMOUR.match(line):
            signed = mark[2] == "SIGNED MESSAGE"
            coded, headers = mark[1] == "BEGIN" and not signed, mark[1] == "BEGIN" and signed
        elif not coded:
            headers = headers and bool(_ARMOUR_HEADER.match(line))
            if not headers:
                continue
        if kinds[index] in (OWN, SIGNATURE):
            kinds[index] = FOOTER


def own_text(text: str, lines: list[Line]) -> str:
    """The writer's own lines, with the places of the others left empty."""
    return "\n".join(text[line.start : line.end] if line.kind == OWN else "" for line in lines)


def sentences(text: str, lines: list[Line], kinds: tuple[str, ...] = (OWN,)) -> list[Sentence]:
    """The sentences of the lines of these kinds; lines broken by a program at some width are joined again."""
    found: list[Sentence] = []
    for start, end, bullet in _paragraphs(text, lines, kinds):
        found += _split(text, start, end, bullet=bullet)
    return found


def _paragraphs(text: str, lines: list[Line], kinds: tuple[str, ...]) -> Iterator[tuple[int, int, bool]]:
    start = end = -1
    bullet = False
    for line in lines:
        content = text[line.start : line.end]
        wanted = line.kind in kinds and bool(content.strip())
        starts_item = bool(_BULLET.match(content))
        if start >= 0:
            last = text[start:end].rsplit("\n", 1)[-1].rstrip()
            if (
                wanted
                and not starts_item
                and len(last) >= 45
                and not last.endswith((".", "!", "?", ":"))
                and end - start < 4000
            ):
                end = line.end
                continue
            yield start, end, bullet
            start = -1
        if wanted:
            start, end, bullet = line.start, line.end, starts_item
    if start >= 0:
        yield start, end, bullet


def _split(text: str, start: int, end: int, *, bullet: bool) -> Iterator[Sentence]:
    piece = text[start:end]
    begin = 0
    first = True
    for mark in _END.finditer(piece):
        if mark.group()[0] == "." and _ABBREVIATION.search(piece[max(begin, mark.start() - 8) : mark.start() + 1]):
            following = piece[mark.end() : mark.end() + 1]
            if (
                piece[mark.start() - 1].isdigit()
                or not following.isupper()
                or _INITIAL.search(piece[max(0, mark.start() - 8) : mark.start() + 1])
            ):
                continue
        sentence = piece[begin : mark.end()]
        if sentence.strip():
            yield Sentence(start + begin, start + mark.end(), sentence, bullet, first)
            first = False
        begin = mark.end()
    if piece[begin:].strip():
        yield Sentence(start + begin, end, piece[begin:], bullet, first)
