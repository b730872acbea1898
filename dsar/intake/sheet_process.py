"""The program that ``sheets`` starts: it opens the PDFs and letters of a mail, a process with limits for each mail.

Argument: the folder of pikepdf's package. In: for each file its kind (a byte), its length (8 bytes) and its bytes.
Out: a line of JSON for each, as soon as it is read: what comes after one that takes too long is not.
"""

import gc
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import IO

if __name__ == "__main__":  # an isolated interpreter does not look beside the project by itself
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    sys.path += sys.argv[1:]

from dsar.intake.file_types import kind_of
from dsar.intake.measures import Sheet
from dsar.intake.parser_process import serve
from dsar.intake.parsing import Part
from dsar.intake.pdftext import read_pdf
from dsar.intake.room import Room
from dsar.intake.wordtext import is_a_letter, read_word

__all__ = ["READERS", "pack", "sheet_of"]

READERS: dict[bytes, Callable[[bytes, Room], Sheet]] = {b"P": read_pdf, b"W": read_word}


def sheet_of(part: Part) -> bytes:
    """Which of READERS opens an attachment; b"" for what none does."""
    if part.data[:1024].find(b"%PDF") >= 0:
        return b"P"
    if not is_a_letter(part.filename) or part.content_type.startswith("image/"):
        return b""
    return b"" if kind_of(part.data).startswith("image/") else b"W"


def pack(parts: list[Part]) -> bytes:
    """The job for these parts."""
    return b"".join(sheet_of(part) + len(part.data).to_bytes(8, "big") + part.data for part in parts)


def _unpack(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        end = at + 9 + int.from_bytes(data[at + 1 : at + 9], "big")
        yield data[at : at + 1], data[at + 9 : end]
        at = end


def read_sheets(stream: IO[bytes], size: int) -> None:
    """Open the files on the stream, within the room of one mail, and tell of each."""
    room = Room()
    for kind, data in _unpack(stream.read(size)):
        stream.write(json.dumps(asdict(READERS[kind](data, room))).encode() + b"\n")
        stream.flush()


if __name__ == "__main__":
    read_pdf(b"%PDF-1.4")  # what the library loads late is loaded before the limits
    gc.freeze()
    with socket.socket(fileno=0) as given:
        serve(given, read_sheets)
