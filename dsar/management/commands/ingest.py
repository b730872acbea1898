"""``manage.py ingest FILE|-``: one message from a file, or from a mail server's pipe."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

import structlog
from django.core.management.base import BaseCommand
from django.utils import timezone

from dsar.intake import tasks

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = (
        "Takes in one message. Exit 0: committed. 75: try again later, nothing is lost "
        "(the mail server keeps it). 65: the message is empty. 66: no such file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="A raw message, or - for standard input.")
        parser.add_argument("--sender", default="", help="Envelope sender, as the mail server knows it.")
        parser.add_argument("--recipient", action="append", default=[], help="Envelope recipient; may be repeated.")

    def handle(self, *args: Any, file: str, sender: str, recipient: list[str], **options: Any) -> None:
        if file == "-" and sys.stdin is None:
            self._end(os.EX_TEMPFAIL, "Standard input is closed: nothing was read, so try again later.")
        try:
            raw: BinaryIO = sys.stdin.buffer if file == "-" else Path(file).open("rb")  # noqa: SIM115  closed at exit
        except OSError as error:
            self._end(os.EX_NOINPUT, f"{file} cannot be read ({error.strerror}): check the path.")
        try:
            with raw:
                self._take_in(raw, sender, recipient)
        except Exception as error:  # noqa: BLE001  any failure means: keep it and try again
            # The mail server may quote what stands here in a notice to the sender: no traceback, no names of files.
            log.error("a piped message could not be taken in", error=type(error).__name__)
            self._end(os.EX_TEMPFAIL, f"Not taken in ({type(error).__name__}): try again later, nothing is lost.")
        self.stdout.write("Taken in.")

    def _take_in(self, raw: BinaryIO, sender: str, recipient: list[str]) -> None:
        first = raw.read(1)
        if not first:
            self._end(os.EX_DATAERR, "The message is empty: nothing was taken in.")
        tasks.take_in(
            _Rest(first, raw),
            source="pipe",
            received_at=timezone.now(),
            envelope_from=sender,
            envelope_to=recipient,
        )

    def _end(self, code: int, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(code)


class _Rest:
    """A stream whose first byte was looked at."""

    def __init__(self, first: bytes, stream: BinaryIO) -> None:
        self._first, self._stream = first, stream

    def read(self, size: int = -1) -> bytes:
        if not self._first:
            return self._stream.read(size)
        first, self._first = self._first, b""
        return first + (self._stream.read(size - 1) if size > 0 else self._stream.read())
