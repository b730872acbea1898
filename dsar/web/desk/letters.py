"""Letters as the desk lists them, the newest first, with the links and codes in them masked."""

import re
from dataclasses import dataclass

from django.utils.translation import get_language

from dsar.web.desk import lacking, reasons
from notifications import posting, previewing
from notifications import services as post_office
from notifications.kinds import Audience, NotificationState
from notifications.letters import CODE, STATUS_LINK
from notifications.models import Notification
from notifications.rendering import EmptyVariable
from workflow.models import Case, Claim
from workflow.sealing import KeyGone

MASK = "••••••"
# What opens something for whoever holds it: our placeholder, any web address, a code of a letter.
_SECRETS = re.compile(
    f"{re.escape(STATUS_LINK)}|{re.escape(CODE)}" + r"|https?://[^\s<>()]+|(?<![\w.-])\d{6,8}(?![\w-]|\.\d)"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """``warns`` marks a letter somebody has to look after; ``text`` is empty when erased or not for the reader."""

    letter: Notification
    style: str
    warns: bool
    subject: str = ""
    text: str = ""
    reply: str = ""
    why: str = ""
    own: bool = False  # with paragraphs a person added
    along: str = ""  # the same letter in the reader's own language, where it is written in another

    @property
    def to_print(self) -> bool:
        """No mail of it goes: somebody prints it and records the day it left."""
        return self.letter.state == NotificationState.DRAFTED.value and posting.may_be_posted(self.letter)

    @property
    def may_be_posted(self) -> bool:
        return posting.may_be_posted(self.letter)

    @property
    def identity(self) -> str:
        return str(self.letter.uuid)


@dataclass(frozen=True, slots=True)
class Preview:
    """The answer as it would leave: ``lacks`` says what it still needs, ``along`` is in the reader’s language."""

    language: str = ""
    subject: str = ""
    text: str = ""
    along: str = ""
    own: bool = False
    lacks: str = ""


def preview(claim: Claim) -> Preview | None:
    """None where no letter would leave by mail: nothing is drafted, or there is no address."""
    try:
        content = previewing.answer(claim)
    except EmptyVariable as empty:
        return Preview(lacks=lacking.of_names(empty.names))
    if content is None:
        return None
    along = masked(dict(content.readings).get(get_language() or "", ""))
    return Preview(content.sections[0][0], content.subject, masked(content.text), along, content.own)


_STYLES = {
    NotificationState.SENT.value: "ok",
    NotificationState.POSTED.value: "ok",
    NotificationState.DRAFTED.value: "wait",
    NotificationState.WRITTEN.value: "wait",
    NotificationState.FAILED.value: "no",
    NotificationState.UNDELIVERABLE.value: "no",
    NotificationState.UNCERTAIN.value: "wait",
    NotificationState.CANCELLED.value: "off",
}
_WARN = frozenset({NotificationState.FAILED.value, NotificationState.UNDELIVERABLE.value})


def of(case: Case, *, with_text: bool) -> list[Shown]:
    """The letters to the person, those of merged cases too; reminders to staff are in the history."""
    cases = [case.pk, *_absorbed(case)]
    rows = Notification.objects.filter(case__in=cases).exclude(audience=Audience.STAFF.value).select_related("case")
    return [shown(row, with_text=with_text) for row in rows.order_by("-created_at", "-id")]


def _absorbed(case: Case) -> list[int]:
    """The cases merged into this one, and into those."""
    found: list[int] = []
    for merged in case.absorbed.all():
        found += [merged.pk, *_absorbed(merged)]
    return found


def shown(row: Notification, *, with_text: bool) -> Shown:
    """One letter; its text only where the reader may see it."""
    style, warns = _STYLES.get(row.state, "off"), row.state in _WARN
    why = reasons.of_letter(row)
    if not with_text:
        return Shown(row, style, warns, why=why)
    try:
        content = post_office.content_of(row)
        reply = post_office.reply_of(row) if warns else ""
    except KeyGone:
        return Shown(row, style, warns, why=why)
    along = masked(dict(content.readings).get(get_language() or "", ""))
    text, told = masked(content.text), masked(reply)
    return Shown(row, style, warns, content.subject, text, told, why, content.own, along)


def masked(text: str) -> str:
    """The text without what would open the person's page for a reader of this screen."""
    return _SECRETS.sub(MASK, text)
