"""National register numbers in what arrives: hidden in what is kept as text, the rest goes with the decision.

A text keeps its length and all but the digits. A file that cannot be rewritten without making another of it (a PDF, a
mail) keeps its bytes until identity is decided, and then only its words, without the number (``documents``).
"""

from collections.abc import Iterable

from dsar.identity.register_number import masked, masked_bytes
from dsar.intake.parsing import ParsedMessage, Part
from dsar.intake.reading import Reading

__all__ = ["holds_one", "kept", "words_of_files"]


def kept(part: Part) -> bytes:
    """What is stored of a part: its bytes, of a text those without the number."""
    if not _is_text(part) or not _numbered(part.text):
        return part.data
    data = masked_bytes(part.data)
    return data if data != part.data else masked(part.text).encode()  # a spelling such as UTF-16


def words_of_files(parts: Iterable[Part], reading: Reading) -> dict[int, str]:
    """By index, of the files whose bytes hold a number: what they say without it."""
    said = dict(reading.numbered_parts)
    return {part.index: said[part.index] for part in parts if part.index in said and not _is_text(part)}


def holds_one(parsed: ParsedMessage, reading: Reading) -> bool:
    """The mail as it arrived holds a number, wherever."""
    names = [part.filename for part in parsed.parts]
    texts = [parsed.subject, parsed.text, parsed.html, *names, *(part.text for part in parsed.parts)]
    return bool(reading.numbered_parts) or any(map(_numbered, texts))


def _is_text(part: Part) -> bool:
    return part.content_type.startswith("text/")


def _numbered(text: str) -> bool:
    return masked(text) != text
