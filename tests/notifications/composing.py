"""A letter made for a test: its order, with a word for all it must say, its mail, and what a reader sees of it."""

import email
import email.policy
from email.message import EmailMessage
from html.parser import HTMLParser

from notifications import letters, rendering
from notifications.kinds import OF_THE_HOUSE, Audience
from notifications.letters import REGISTER, STATUS_LINK, Order
from notifications.models import Notification
from tests import factories
from workflow.models import Case
from workflow.states import Language


def order_of(entry: letters.Entry, language: Language, case: Case | None = None, **more: object) -> Order:
    case = case or factories.received()
    about_the_house = entry.letter in OF_THE_HOUSE
    values: dict[str, object] = {name: f"={name}=" for name in entry.variables}
    for name in {"days_left", "days_late"} & values.keys():
        values[name] = 3
    if "status_link" in values:
        values["status_link"] = STATUS_LINK
    owner = case.controller if about_the_house else None
    of = None if about_the_house else case
    return Order(entry.letter, of, "ada@example.org", language, {**values, **more}, controller=owner)


def raw_of(order: Order) -> bytes:
    row = Notification(
        case=order.case,
        controller=order.controller,
        event_id=1,
        letter=order.letter.value,
        audience=REGISTER[order.letter].audience.value,
        language=order.language.value,
        recipient=order.recipient,
        message_id=rendering.message_id_of(order, 1),
        body=b"",
        created_at=factories.utc(2027, 3, 1, 12),
    )
    return rendering.build(row, rendering.compose(order))


def mail_of(order: Order) -> EmailMessage:
    return parsed(raw_of(order))


def parsed(raw: bytes | str) -> EmailMessage:
    raw = raw.encode() if isinstance(raw, str) else raw
    return email.message_from_bytes(raw, policy=email.policy.default)


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self._head = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._head = self._head and tag != "body"
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]

    def handle_data(self, data: str) -> None:
        self.words += [] if self._head else data.split()


def seen_in(html: str) -> _Seen:
    """The words a reader sees of an HTML part, its tags and what it points to."""
    parser = _Seen()
    parser.feed(html)
    parser.close()
    return parser


def is_for_staff(entry: letters.Entry) -> bool:
    return entry.audience is Audience.STAFF
