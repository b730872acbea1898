"""Subject, file names and telling words of a message: free text, so sealed, in one small file of their own.

The file moves under the case's key with the others, and is erased with them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from dsar.identity.register_number import masked
from dsar.intake.models import InboundMessage
from dsar.intake.parsing import ParsedMessage
from dsar.intake.reading import Reading
from dsar.vault import services as vault
from dsar.vault.models import Blob

KIND = "mail-head"
LONGEST_SUBJECT, LONGEST_NAME = 200, 255


@dataclass(frozen=True, slots=True)
class Titles:
    """``files``: the sender's own name of an attachment by its position, data only; without those that have none.

    ``person_name`` and ``identifiers`` (kind and value): by what the mail says the sources may know its person.
    ``telling``: right, start and end of the words in the text that gave each proposal when the message came.
    """

    subject: str = ""
    files: Mapping[int, str] = field(default_factory=dict)
    telling: tuple[tuple[str, int, int], ...] = ()
    person_name: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()


def prepare(parsed: ParsedMessage, reading: Reading, *, holder: UUID) -> vault.Prepared | None:
    """Seal and store the titles of a mail; None when it has none. Positions count from 1."""
    names = {str(n): masked(part.filename) for n, part in enumerate(parsed.parts, start=1) if part.filename}
    shown = [item for item in reading.telling if item.place == "body" and item.start >= 0]
    telling = [(item.right, item.start, item.end) for item in shown]
    said = {
        "subject": masked(parsed.subject)[:LONGEST_SUBJECT],
        "files": {n: name[:LONGEST_NAME] for n, name in names.items()},
        "telling": telling,
        # Of several people's mail nobody can say here whose they are, and none sees another's.
        "person_name": "" if reading.several else masked(reading.person_name),
        "identifiers": [] if reading.several else [(item.kind, masked(item.value)) for item in reading.identifiers],
    }
    if not any(said.values()):
        return None
    return vault.prepare(json.dumps(said).encode(), kind=KIND, holder=holder)


def titles_of(messages: Iterable[InboundMessage]) -> dict[int, Titles]:
    """Titles by primary key of the message; empty ones where there are none or they were erased.

    Keys come in two queries whatever the number; have ``head`` selected with the messages.
    """
    messages = list(messages)
    found = read_titles([message.head for message in messages])
    return {message.pk: titles for message, titles in zip(messages, found, strict=True)}


def read_titles(heads: Sequence[Blob | None]) -> list[Titles]:
    """The titles of each of these files, in their order."""
    written = vault.read_many(head for head in heads if head is not None)
    return [_read(written.get(head.uuid) if head is not None else None) for head in heads]


def _read(written: bytes | None) -> Titles:
    if written is None:
        return Titles()
    said = json.loads(written)
    # A national register number is shown to nobody who does not open the original with a reason.
    files = {int(position): masked(name) for position, name in said["files"].items()}
    telling = tuple((right, start, end) for right, start, end in said.get("telling", ()))
    known = tuple((kind, masked(value)) for kind, value in said.get("identifiers", ()))
    return Titles(masked(said["subject"]), files, telling, masked(said.get("person_name", "")), known)
