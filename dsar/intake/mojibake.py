"""UTF-8 that a program on the way took for Latin-1 or Windows-1252 and wrote as UTF-8 again: "dÃ©clarÃ©". Pure.

Mended only where it is certain: every letter outside ASCII belongs to such a pair. A text that also holds a true "é"
may speak of a name that we spell wrongly ("you write RenÃ©, it is René"), and stays as it came.
"""

import re

__all__ = ["mended"]

_TIMES = 3  # a chain of programs may have done it to each other's work
_MARKS = re.compile(r"[\u00c2-\u00f4][^\x00-\x7f]")
# The second half of "à" is a blank that does not break, which many programs turn into an ordinary one or strip.
_LOST_A = re.compile(r"(\u00c3|\u00c3\u0192\u00c2)(?: {1,2}(?=(\S))| ?(?=\n|\Z))")
_LOST_BLANK = re.compile(r"\u00c2 ")
_IN_A_WORD = re.compile(r"(?<!\w)[a-z]\w*\u00c3|\u00c3\S[a-z]")
_NAME = re.compile(r"(?<!\w)[A-Z]\w*\u00c3")
_FEW = 3
# Letters of Windows-1252 by the place of their byte; the five places it leaves empty are taken as Latin-1 does.
_PLACES = {ord(bytes([byte]).decode("cp1252", "ignore") or chr(byte)): byte for byte in range(0x80, 0xA0)}


def mended(text: str, *, sure: bool = False) -> str:
    """The text as it was written; itself where nothing was done to it, or where that is not certain.

    ``sure``: the rest of the same mail shows it already, so one pair is enough. Linear in its length.
    """
    for _time in range(_TIMES):
        again = _once(text, sure=sure)
        if again is None:
            break
        text, sure = again, True
    return text


def _once(text: str, *, sure: bool) -> str | None:
    if not _MARKS.search(text) or not (sure or _tells(text)):
        return None
    whole = _LOST_BLANK.sub("\u00c2\xa0", _LOST_A.sub(_found_again, text))
    try:
        return whole.translate(_PLACES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None


def _found_again(match: re.Match[str]) -> str:
    """With the blank between two words, which became one with it where several are made one."""
    apart = match[0].endswith("  ") or (match[2] or ".").isalnum()
    return f"{match[1]}\xa0{' ' if apart else ''}"


def _tells(text: str) -> bool:
    """Several pairs, or one in an ordinary word: a single one in a name may be what the mail is about."""
    return len(_MARKS.findall(text)) >= _FEW or (bool(_IN_A_WORD.search(text)) and not _NAME.search(text))
