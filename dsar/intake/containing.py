"""Attachments inside attachments: a mail in a mail, the envelope of a signed message. By their places in the tree.

What holds an identity document is treated as one, whatever it is otherwise: it would give the document out. What
holds something that was moved to another case is given out and shown in neither.
"""

from dsar.intake.models import MessagePart

__all__ = ["above", "below", "close_around_documents", "is_withheld", "opened_with"]


def above(path: str) -> list[str]:
    """The places that a place is inside of: "1" and "1.2" for "1.2.3"."""
    steps = path.split(".")
    return [".".join(steps[:n]) for n in range(1, len(steps))]


def below(part: MessagePart) -> list[MessagePart]:
    """The parts of the same message that lie inside this one."""
    return [one for one in part.message.parts.all() if one.path.startswith(f"{part.path}.")]


def is_withheld(part: MessagePart) -> bool:
    """It holds something that is in another case by now."""
    return any(one.moved_to_id != part.moved_to_id for one in below(part))


def close_around_documents(message_id: int) -> None:
    """Mark what holds an identity document as one, also against an earlier word of an officer on the whole.

    In the caller's transaction, after each change of a mark.
    """
    parts = MessagePart.objects.filter(message=message_id)
    marked = parts.filter(identity_document=True).values_list("path", flat=True)
    around = {place for path in marked for place in above(path)}
    if around:
        parts.filter(path__in=around, identity_document=False).update(identity_document=True, judged_document=None)


def opened_with(part: MessagePart) -> list[int]:
    """What is closed only since it holds this part: by primary key; none that an officer called a document."""
    parts = list(part.message.parts.all())
    marked = [one.path for one in parts if one.identity_document and one.pk != part.pk]
    around = [one for one in parts if one.path in above(part.path) and one.identity_document]
    others = {place for path in marked if path not in above(part.path) for place in above(path)}
    return [one.pk for one in around if one.judged_document is None and one.path not in others]
