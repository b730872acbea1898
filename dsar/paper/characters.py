"""Which characters the vendored text face can draw.

A PDF/A may not show a glyph that its font lacks, and the host's other fonts must not decide how a
document looks, so a character without a glyph is replaced by an empty box before drawing.
"""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent / "fonts"
BOX = "\u25a1"


def drawable(text: str) -> str:
    """``text`` composed (NFC), without control and format characters, unknown characters boxed."""
    known = _coverage()
    composed = unicodedata.normalize("NFC", text)
    kept = (char for char in composed if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"})
    return "".join(char if ord(char) in known or char.isspace() else BOX for char in kept)


@cache
def _coverage() -> frozenset[int]:
    with TTFont(FONTS / "Inter-Regular.otf", lazy=True) as font:
        return frozenset(font.getBestCmap())
