"""The HTML part of a mail: the same words as its text part, set to be read on any screen.

Pure. No picture, no script, nothing fetched from elsewhere; colours are left to the reader's program, so that light and
dark both work. Only addresses of our own pages become links: what a person or a company wrote stays text.
"""

import re
from collections.abc import Sequence
from html import escape

_BODY = "margin:0;padding:16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"
_SECTION = "max-width:38em;margin:0 auto"
_NEXT = f"{_SECTION};border-top:1px solid #888;margin-top:32px;padding-top:16px"
_PARAGRAPH = "margin:0 0 1em;overflow-wrap:anywhere"


def page(sections: Sequence[tuple[str, str]], *, title: str, ours: str) -> str:
    """The letter as one HTML page. ``sections``: language and text, in order; ``ours``: how our addresses begin."""
    first = sections[0][0]
    parts = [
        f'<div lang="{escape(language)}" style="{_NEXT if position else _SECTION}">\n{_paragraphs(text, ours)}</div>\n'
        for position, (language, text) in enumerate(sections)
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(first)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        f'<body style="{_BODY}">\n{"".join(parts)}</body>\n</html>\n'
    )


def _paragraphs(text: str, ours: str) -> str:
    blocks = [block for block in re.split(r"\n{2,}", text.strip("\n")) if block.strip()]
    return "".join(f'<p dir="auto" style="{_PARAGRAPH}">{_lines(block, ours)}</p>\n' for block in blocks)


def _lines(block: str, ours: str) -> str:
    address = re.compile(f"({re.escape(ours)}/[^\\s<>\"']*)")
    lines = []
    for line in block.split("\n"):
        pieces = address.split(line)  # every second piece is an address
        lines.append("".join(_link(one) if odd % 2 else escape(one) for odd, one in enumerate(pieces)))
    return "<br>\n".join(lines)


def _link(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address)}</a>'
