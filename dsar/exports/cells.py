"""Cells of a CSV file that a spreadsheet must not run, and the way back.

The rule: a text that begins with ``= + - @`` (or their full-width forms, white space
before them or not), with a control character a spreadsheet swallows, or with apostrophes
in front of any of these, gets one more apostrophe in front. Plain numbers are left alone:
``-5`` and ``+32470123456`` are no formulas. To go back, take one apostrophe away from
every cell that matches ``REVERSE``. Nothing else is touched, so the way back is exact.
"""

import re

_DANGER = r"'*(?:[\t\r\n\x00]|\s*[=+\-@＝＋－＠])"
REVERSE = rf"^'{_DANGER}"
NUMBER = r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?"
_dangerous = re.compile(_DANGER).match
_guarded = re.compile(REVERSE).match
_number = re.compile(NUMBER).fullmatch
# First characters that make a closer look worth while: a cheap question asked of every cell.
SUSPECTS = frozenset("'=+-@＝＋－＠\x00" + "".join(chr(code) for code in range(0x3001) if chr(code).isspace()))


def neutralised(text: str) -> str:
    """The text as it is written into a CSV cell."""
    return "'" + text if _dangerous(text) and not _number(text) else text


def restored(cell: str) -> str:
    """The text a CSV cell stands for: undoes ``neutralised``."""
    return cell[1:] if _guarded(cell) else cell
