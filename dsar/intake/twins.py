"""Whether a message is the copy of another, or only looks like it."""

import hashlib
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from dsar.intake.keys import former_key
from dsar.intake.models import InboundMessage, MessageState
from dsar.intake.parsing import ParsedMessage

__all__ = ["key_of_bytes", "text_key", "twin"]

# Without a Message-ID the same bytes are one message only while a mail server may be retrying.
SAME_BYTES = timedelta(days=7)
# "Merci" is the text of many.
FEW_LETTERS = 40


def twin(message: InboundMessage, parsed: ParsedMessage) -> InboundMessage | None:
    """The controller's message this one is a copy of. Same Message-ID with other content is flagged, not dropped."""
    others = InboundMessage.objects.filter(controller_id=message.controller_id)
    others = others.exclude(pk=message.pk).exclude(state=MessageState.DUPLICATE.value)
    keys = [key for key in (message.content_key, former_key(parsed)) if key]
    found = others.filter(content_key__in=keys).order_by("id").first()
    if not parsed.message_id:
        # The same bytes again, long after, are a new wish, under a key that its own copies find.
        while found is not None and message.received_at - found.received_at > SAME_BYTES:
            message.content_key = hashlib.sha256(f"again:{message.content_key}".encode()).hexdigest()
            found = others.filter(content_key=message.content_key).order_by("id").first()
    if found is None:
        message.flag = _resemblance(message, others)
    return found


def _resemblance(message: InboundMessage, others: QuerySet[InboundMessage]) -> str:
    """Why a person should look at a message that is no copy: another has its Message-ID, or its text."""
    digest = message.message_id_digest
    if digest and others.filter(message_id_digest=digest).exists():
        return "same_message_id"
    return "same_text" if message.text_key and others.filter(text_key=message.text_key).exists() else ""


def text_key(parsed: ParsedMessage) -> str:
    """Equal for two mails that say and bring the same, whoever sent them and when; "" for a few words or unread ones.

    Keyed, so that nobody can try texts against a stolen database.
    """
    if parsed.unreadable or len(parsed.text.strip()) < FEW_LETTERS:
        return ""
    return salted_hmac("dsar.intake.text_key", parsed.body_digest, algorithm="sha256").hexdigest()


def key_of_bytes(message: InboundMessage) -> str:
    """The content key of a message that was not read."""
    return hashlib.sha256(f"raw:{message.raw.sha256}".encode()).hexdigest()
