"""How much of a mail is read, so that no mail is slow. Pure; places in the text stay true."""

from dataclasses import replace

from dsar.intake.parsing import ParsedMessage
from dsar.intake.quoting import FOOTER, QUOTED, Line

__all__ = ["HEAD_LIMIT", "TAIL_LIMIT", "bounded", "within_limits"]

# A request stands in the first pages of a mail; the middle of a longer one is not searched, so that no mail is slow.
HEAD_LIMIT, TAIL_LIMIT = 5_000, 2_000
# Nobody asks for a right on page sixty: what comes later is kept and shown, not read by rules.
_LONGEST_TEXT = 200_000


def bounded(parsed: ParsedMessage) -> ParsedMessage:
    """The beginning of each text: places in it stay true."""
    texts = [parsed.text, *(part.text for part in parsed.parts)]
    if max(map(len, texts)) <= _LONGEST_TEXT:
        return parsed
    parts = tuple(replace(part, text=part.text[:_LONGEST_TEXT]) for part in parsed.parts)
    return replace(parsed, text=parsed.text[:_LONGEST_TEXT], parts=parts)


def within_limits(lines: list[Line]) -> list[Line]:
    """Of what the writer wrote, the head and the tail; lines cut or left out where there is more. Quotations stay."""
    own = [index for index, line in enumerate(lines) if line.kind not in (QUOTED, FOOTER)]
    kept: dict[int, Line] = {}
    for order, room in ((own, HEAD_LIMIT), (own[::-1], TAIL_LIMIT)):
        for index in order:
            line = lines[index]
            if room <= 0 or index in kept:
                break
            kept[index] = Line(line.start, min(line.end, line.start + room), line.kind)
            room -= line.end - line.start + 1
    return [kept.get(index, line) for index, line in enumerate(lines) if index in kept or line.kind in (QUOTED, FOOTER)]
