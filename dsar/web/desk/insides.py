"""What is inside an attached message or a calendar part, read while the page is made; nothing of it is acted on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from dsar.identity.register_number import masked
from dsar.intake.child import parse_in_child
from dsar.intake.decoding import decode_text
from dsar.intake.invitations import Invitation, invitation
from dsar.intake.models import MessagePart
from dsar.vault import services as vault
from dsar.web import words
from dsar.web.desk.passages import Passage, passages
from workflow.deadlines import BRUSSELS

# What a page reads at most; the rest is opened as a file.
_MANY = 10
_LARGEST = {"mail": 10 * 1024 * 1024, "calendar": 256 * 1024}
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Card:
    """An invitation in words; lines without a value are left out."""

    title: str
    what: str
    lines: list[tuple[str, str]]
    note: str


@dataclass(frozen=True, slots=True)
class Letter:
    """An attached message: header lines, then its text; ``encrypted`` when nobody can read it here."""

    lines: list[tuple[str, str]]
    passages: tuple[Passage, ...]
    encrypted: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class Inside:
    """One of the two."""

    card: Card | None = None
    letter: Letter | None = None


def insides(rows: Iterable[MessagePart]) -> dict[int, Inside]:
    """By primary key of the part; nothing for parts of other kinds, too large ones and those without an event."""
    wanted = [row for row in rows if row.size <= _LARGEST.get(_kind(row), -1)][:_MANY]
    written = vault.read_many(row.blob for row in wanted)
    found = {}
    for row in wanted:
        data = written.get(row.blob.uuid)
        inside = _inside(row, data) if data is not None else None
        if inside is not None:
            found[row.pk] = inside
    return found


def _kind(row: MessagePart) -> str:
    return "mail" if row.is_mail else "calendar" if row.is_calendar else ""


def _inside(row: MessagePart, data: bytes) -> Inside | None:
    if row.is_mail:
        return Inside(letter=_letter(data))
    event = invitation(masked(decode_text(data).text))
    return Inside(card=_card(event)) if event is not None else None


def _letter(data: bytes) -> Letter:
    parsed = parse_in_child(data)
    lines = [
        (_("From"), ", ".join(_named(one.name, one.address) for one in parsed.senders[:5])),
        (_("To"), ", ".join(_named(one.name, one.address) for one in parsed.recipients[:10])),
        (_("Date"), words.moment(parsed.date) if parsed.date else ""),
        (_("Subject"), parsed.subject[:300]),
    ]
    text = masked(parsed.text[:_LONGEST])
    return Letter(
        lines=[(name, masked(value)) for name, value in lines if value],
        passages=passages(text, ()),
        encrypted=parsed.unreadable == "encrypted",
        cut=len(parsed.text) > _LONGEST,
    )


def _card(event: Invitation) -> Card:
    titles = {
        "REQUEST": _("Invitation"),
        "CANCEL": _("Cancelled appointment"),
        "REPLY": _("Answer to an invitation"),
        "COUNTER": _("Proposal of another time"),
    }
    more = _("%(n)s more in the file") % {"n": event.more} if event.more else ""
    lines = [
        (_("When"), _when(event)),
        (_("Where"), event.where),
        (_("Who"), event.organiser),
        (_("With"), ", ".join(event.guests)),
        (_("Also"), ", ".join(filter(None, [_("repeated") if event.repeats else "", more]))),
    ]
    title = titles.get(event.method, _("Appointment"))
    return Card(title, event.what, [(name, value) for name, value in lines if value], event.note)


def _when(event: Invitation) -> str:
    starts, ends = _instant(event.starts), _instant(event.ends)
    told = _("%(start)s to %(end)s") % {"start": starts, "end": ends} if starts and ends else starts
    return f"{told} ({event.zone})" if event.zone and told else told


def _instant(at: datetime | date | None) -> str:
    if at is None:
        return ""
    if not isinstance(at, datetime):
        return words.day(at)
    # Without a zone that is known here it stands as it was written.
    local = at.astimezone(BRUSSELS) if at.tzinfo else at
    return f"{words.day(local.date())}, {local:%H:%M}"


def _named(name: str, address: str) -> str:
    return f"{name} <{address}>" if name else address
