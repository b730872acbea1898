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
from dsar.intake.reading import Because
from dsar.vault import services as vault

KIND = "mail-head"
LONGEST_SUBJECT, LONGEST_NAME = 200, 255


@dataclass(frozen=True, slots=True)
class Titles:
    """``files``: the sender's own name of an attachment by its position, data only; without those that have none.

    ``telling``: right, start and end of the words in the text that gave each proposal when the message came.
    """

    subject: str = ""
    files: Mapping[int, str] = field(default_factory=dict)
    telling: tuple[tuple[str, int, int], ...] = ()


def prepare(parsed: ParsedMessage, because: Sequence[Because], *, holder: UUID) -> vault.Prepared | None:
    """Seal and store the titles of a mail; None when it has none. Positions count from 1."""
    files = {str(n): part.filename[:LONGEST_NAME] for n, part in enumerate(parsed.parts, start=1) if part.filename}
    telling = [(item.right, item.start, item.end) for item in because if item.place == "body" and item.start >= 0]
    if not parsed.subject and not files and not telling:
        return None
    written = json.dumps({"subject": parsed.subject[:LONGEST_SUBJECT], "files": files, "telling": telling})
    return vault.prepare(written.encode(), kind=KIND, holder=holder)


def titles_of(messages: Iterable[InboundMessage]) -> dict[int, Titles]:
    """Titles by primary key of the message; empty ones where there are none or they were erased.

    Keys come in two queries whatever the number; have ``head`` selected with the messages.
    """
    messages = list(messages)
    written = vault.read_many(message.head for message in messages if message.head is not None)
    return {message.pk: _read(written.get(message.head.uuid) if message.head else None) for message in messages}


def _read(written: bytes | None) -> Titles:
    if written is None:
        return Titles()
    said = json.loads(written)
    # A national register number is shown to nobody who does not open the original with a reason.
    files = {int(position): masked(name) for position, name in said["files"].items()}
    telling = tuple((right, start, end) for right, start, end in said.get("telling", ()))
    return Titles(masked(said["subject"]), files, telling)
