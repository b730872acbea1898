"""Messages whose time is over: what names or says anything goes, that a message came stays (domain §5).

The rows stay, emptied, so that messages = cases opened + attached + divided + filed + duplicates + before still
holds; size and digest of what was destroyed stay with the files' own rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dsar.intake.models import InboundMessage, MessageState, PassedOn, Suggestion
from dsar.vault import destroying
from workflow import events
from workflow.actors import Actor
from workflow.guards import require
from workflow.models import Case, Controller
from workflow.permissions import Act
from workflow.retention import Term
from workflow.services.installing import STREAM
from workflow.states import EventKind

# Nobody's case: filed by rule, or lying there before we began and found by an officer to need none.
_NO_CASE = Q(state=MessageState.FILED.value) | (Q(state=MessageState.BEFORE.value) & ~Q(judged=""))
_EMPTY = dict.fromkeys(
    (
        "envelope_from",
        "envelope_to",
        "content_key",
        "text_key",
        "message_id",
        "message_id_digest",
        "sender",
        "sender_name",
        "about",
    ),
    "",
)


@dataclass(frozen=True, slots=True)
class Expiring:
    """One message that was no request, and the last day it is kept."""

    message: InboundMessage
    last_day: date


def expiring(controller: Controller, term: Term, *, on: date) -> Iterator[Expiring]:
    """The messages that became nobody's case and whose last day lies before ``on``, a Brussels date."""
    mine = InboundMessage.objects.filter(_NO_CASE, controller=controller, erased_at=None)
    rows = mine.filter(taken_at__lt=term.began_before(on))
    for message in rows.order_by("id").iterator(chunk_size=200):
        last_day = term.last_day(message.taken_at)
        if last_day < on:
            yield Expiring(message, last_day)


def erase(message_id: int, *, by: Actor) -> bool:
    """Empty one message that was no request and order its files to be destroyed, its copies' too.

    False when an officer has meanwhile made it a case, or it is erased already. Raises NotPermitted.
    """
    require(by, Act.APPLY_RETENTION)
    now = timezone.now()
    with transaction.atomic():
        rows = InboundMessage.objects.select_for_update(of=("self",)).filter(_NO_CASE, pk=message_id, erased_at=None)
        message = rows.select_related("raw").first()
        if message is None:
            return False
        empty([message.pk], at=now)
        data = {"message": str(message.uuid), "sha256": message.raw.sha256, "received_at": message.received_at}
        events.record(STREAM, EventKind.MESSAGE_ERASED, by=by, at=now, data=data)
    return True


def forget_case(case: Case, *, at: datetime) -> None:
    """Empty every message of a case that was just anonymised, in the caller's transaction.

    A message that several people wrote goes with the last of their cases.
    """
    shared = InboundMessage.objects.filter(shares__case=case).exclude(shares__case__anonymised_at=None)
    own = InboundMessage.objects.filter(case=case)
    empty([*own.values_list("pk", flat=True), *shared.values_list("pk", flat=True)], at=at)
    PassedOn.objects.filter(case=case).update(colleague="", name="", address="", message_id="")
    Suggestion.objects.filter(Q(case=case) | Q(candidate=case)).delete()


def empty(messages: Iterable[int], *, at: datetime) -> None:
    """Empty these messages and their copies, and order what stands under their own keys to be destroyed.

    In the caller's transaction, which records why.
    """
    own = list(messages)
    rows = InboundMessage.objects.filter(Q(pk__in=own) | Q(same_as__in=own))
    destroying.order_of_holders(rows.values_list("uuid", flat=True))
    rows.update(**_EMPTY, erased_at=at)
