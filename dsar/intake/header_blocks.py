"""The few lines that mail programs put above a mail they copy: who wrote it, when, to whom, about what. Pure.

In French, Dutch, German and English, in any order of the lines, with or without stars, quotation marks and blanks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dsar.intake.folding import fold_plain

__all__ = ["HeaderBlock", "header_blocks"]

_NAMES = {
    "from": ("from", "de", "van", "von", "expediteur", "afzender", "absender"),
    "when": ("sent", "envoye", "envoyee", "envoye le", "date", "date d envoi", "verzonden", "verzonden op", "datum",
             "gesendet", "gesendet am", "le"),
    "to": ("to", "a", "aan", "an", "pour", "destinataire", "destinataires", "ontvanger", "empfanger"),
    "subject": ("subject", "objet", "sujet", "onderwerp", "betreff"),
    "other": ("cc", "kopie", "reply to", "repondre a", "antwoord aan", "antwort an", "importance", "belang",
              "prioritat", "attachments", "pieces jointes", "bijlagen", "anlagen"),
}  # fmt: skip
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
_FIELD = re.compile(r"^[\s>*|]*([^\W\d_][^:@]{0,18}?)[\s*\xa0]*:\*?\s*(.*)$")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """Where it begins and ends (numbers of lines, the end not in it) and what it says; fields as written."""

    start: int
    end: int
    fields: dict[str, str]


def header_blocks(lines: Sequence[str]) -> Iterator[HeaderBlock]:
    """Blocks that name a writer and at least one thing more, from top to bottom."""
    number = 0
    while number < len(lines):
        block = _block(lines, number)
        if block is None:
            number += 1
            continue
        if "from" in block.fields and len(block.fields) > 1:
            yield block
        number = block.end


def _block(lines: Sequence[str], start: int) -> HeaderBlock | None:
    fields: dict[str, str] = {}
    number = start
    while number < len(lines):
        field = _field(lines[number])
        if field is None:
            if not fields or lines[number].strip() or number + 1 >= len(lines) or _field(lines[number + 1]) is None:
                break  # one blank line may stand between two of them
        elif field[0] in fields and field[0] != "other":
            break  # the next block
        else:
            fields[field[0]] = field[1]
        number += 1
    return HeaderBlock(start, number, fields) if fields else None


def _field(line: str) -> tuple[str, str] | None:
    found = _FIELD.match(line[:_LONGEST])
    name = _FIELD_OF.get(fold_plain(found[1]).strip()) if found else None
    return (name, found[2].strip(" \t*\xa0")) if found and name else None
