"""A mailbox that was in use before us: what lay in it waits for an officer, and nobody is written to."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.intake.models import InboundMessage, Judgement, MessageState
from workflow import events
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.permissions import Act
from workflow.services.installing import STREAM
from workflow.states import EventKind

_KINDS = {
    Judgement.ANSWERED: EventKind.MESSAGE_ANSWERED_BEFORE,
    Judgement.NO_REQUEST: EventKind.MESSAGE_NOT_A_REQUEST,
}


def judge(message_id: int, judgement: Judgement, *, by: Actor) -> None:
    """An officer says that a message from before we began needs no case; it stays, out of the tray.

    The third answer, that it is open, is ``services.promote``: a case with its true receipt date.
    """
    require(by, Act.WORK_ON_CASE)
    with transaction.atomic():
        message = InboundMessage.objects.select_for_update(of=("self",)).select_related("raw").get(pk=message_id)
        if message.state != MessageState.BEFORE.value or message.judged:
            raise CannotDo(_("This message was dealt with already. Reload the page to see what was done."))
        message.judged = judgement.value
        message.save(update_fields=["judged"])
        events.record(
            STREAM,
            _KINDS[judgement],
            by=by,
            at=timezone.now(),
            data={
                "message": str(message.uuid),
                "sha256": message.raw.sha256,
                "received_at": message.received_at,
            },
        )
