"""What is sealed of a letter: its text, and the mail server's words about it."""

import uuid

from notifications import rendering
from notifications.models import Notification
from workflow.models.key import seal_for, unseal_for


def seal_content(holder: uuid.UUID, content: rendering.Content, letter: uuid.UUID) -> bytes:
    """The text, under the holder's key and bound to this letter."""
    return seal_for(holder, content.dump(), aad=_body_aad(letter))


def content_of(letter: Notification) -> rendering.Content:
    """The letter as it was sealed, the person's link still a placeholder: safe to show to staff.

    Raises KeyGone when the case was erased.
    """
    sealed = bytes(letter.body)
    return rendering.Content.load(unseal_for(letter.holder, sealed, aad=_body_aad(letter.uuid)))


def reply_of(letter: Notification) -> str:
    """The mail server's last line about this letter; empty when there is none."""
    if letter.reply is None:
        return ""
    return unseal_for(letter.holder, bytes(letter.reply), aad=_reply_aad(letter.uuid)).decode()


def sealed_reply(letter: Notification, reply: str) -> bytes | None:
    """The server's line, which may hold an address; None for none."""
    if not reply:
        return None
    return seal_for(letter.holder, reply.encode(), aad=_reply_aad(letter.uuid))


def _body_aad(letter: uuid.UUID) -> bytes:
    return b"letter-body:v1:" + letter.bytes


def _reply_aad(letter: uuid.UUID) -> bytes:
    return b"letter-reply:v1:" + letter.bytes
