"""What a source hands over, and how a file of records is refused. Standard library only."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Literal


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for translation; the page that shows it translates (no Django in here)."""
    return sentence


class BadRecords(Exception):
    """A file of records cannot be read.

    ``str()`` is the English sentence with its cure. A page translates ``sentence`` and
    fills in ``values``. File names are in it, contents never.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence % values)
        self.sentence = sentence
        self.values = values


@dataclass(frozen=True, slots=True)
class RecordFile:
    """One file of records: ``open`` gives a fresh binary stream each time it is called.

    The file is read several times over and never held whole in memory; every stream
    must give the same bytes. ``size`` is in bytes.
    """

    source: str
    name: str
    format: Literal["json", "csv"]
    size: int
    open: Callable[[], BinaryIO]
