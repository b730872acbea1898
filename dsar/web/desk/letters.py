"""Letters as the desk lists them, the newest first, with the links and codes in them masked."""

import re
from dataclasses import dataclass

from notifications import services as post_office
from notifications.kinds import Audience, NotificationState
from notifications.letters import CODE, STATUS_LINK
from notifications.models import Notification
from workflow.models import Case
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

    @property
    def identity(self) -> str:
        return str(self.letter.uuid)


_STYLES = {
    NotificationState.SENT.value: "ok",
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
    if not with_text:
        return Shown(row, style, warns)
    try:
        content = post_office.content_of(row)
        reply = post_office.reply_of(row) if warns else ""
    except KeyGone:
        return Shown(row, style, warns)
    return Shown(row, style, warns, content.subject, masked(content.text), reply)


def masked(text: str) -> str:
    """The text without what would open the person's page for a reader of this screen."""
    return _SECRETS.sub(MASK, text)
