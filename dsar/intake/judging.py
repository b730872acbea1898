"""An officer corrects what the machine took an attachment for: an identity document, or none.

The word of a person stands against every later reading, by method and by constraint. Who may open it and when it is
destroyed follow the mark, so nothing else has to be changed.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dsar.intake import containing
from dsar.intake.models import InboundMessage, MessagePart, Recognition
from dsar.intake.moving import identity_parts
from dsar.vault import destroying
from workflow import services
from workflow.actors import Actor
from workflow.guards import CannotDo


def judge(part_id: int, *, shows_one: bool, reason: str, by: Actor) -> None:
    """Say of an attachment in a case what it is, with how that is known.

    Raises CannotDo when it is marked so already, is gone or was ordered to be destroyed, or is in no case;
    NotPermitted for another role.
    """
    with transaction.atomic():
        message = MessagePart.objects.values_list("message", flat=True).get(pk=part_id)
        InboundMessage.objects.select_for_update(of=("self",)).get(pk=message)  # destroying waits for the same row
        part = MessagePart.objects.select_related("message__case", "moved_to", "blob__destruction").get(pk=part_id)
        case = part.owner
        if case is None:
            raise CannotDo(_("This message is in no case."))
        if part.blob.destroyed_at is not None or hasattr(part.blob, "destruction"):
            raise CannotDo(_("This attachment is destroyed, or about to be: nothing can be said of it any more."))
        if not shows_one and any(one.identity_document for one in containing.below(part)):
            raise CannotDo(_("It holds an attachment marked as an identity document: say of that one what it is."))
        if part.identity_document == shows_one:
            raise CannotDo(_("It is marked so already. Reload the page to see what was done."))
        opened = [part.pk] if shows_one else [part.pk, *containing.opened_with(part)]
        services.judge_document(
            case.pk,
            part=part.uuid,
            digest=part.sha256,
            shows_one=shows_one,
            others=identity_parts(case).exclude(pk__in=opened).exists(),
            reason=reason,
            by=by,
        )
        MessagePart.objects.filter(pk=part.pk).update(identity_document=shows_one, judged_document=shows_one)
        MessagePart.objects.filter(pk__in=opened).update(identity_document=shows_one)
        containing.close_around_documents(part.message_id)
        _forget_its_words(part)
    destroying.carry_out()


def _forget_its_words(part: MessagePart) -> None:
    """Of an identity document no words are kept, and a picture that is none is read anew, as any other."""
    for row in Recognition.objects.filter(part=part).select_related("text"):
        destroying.order_of_files([row.text] if row.text is not None else [])
        row.delete()  # a reading that goes on now finds its job gone and keeps nothing
