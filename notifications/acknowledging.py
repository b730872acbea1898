"""Why a case has no acknowledgement yet, and the act that sends it all the same.

The automatic acknowledgement is held back where it might be wrong or thank a machine (domain §3.1). Whoever works on
the case sees which of these it was and may say: write to them now.
"""

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications import letters
from notifications.kinds import Letter, NotificationState
from notifications.letters import REGISTER
from notifications.models import Notification, Thread
from workflow import services as law
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.models import Case, Event, Pending
from workflow.permissions import Act
from workflow.states import EventKind


class Held(StrEnum):
    """Where the acknowledgement of a case is when it has not left, or why there is none."""

    LEAVING = "leaving"
    PACED = "paced"
    TRIED_AGAIN = "tried_again"
    CAME_BACK = "came_back"
    TO_PRINT = "to_print"
    NO_ADDRESS = "no_address"
    AUTHORITY_TO_CALL = "authority_to_call"
    AUTHORITY = "authority"
    TO_BE_LINKED = "to_be_linked"
    SEEN_LATE = "seen_late"
    UNREADABLE = "unreadable"
    OF_SEVERAL = "of_several"
    MACHINE = "machine"
    NOT_ORDERED = "not_ordered"


# What a person may send all the same; everything else goes by itself or needs something else first.
MAY_BE_ORDERED = frozenset(
    {
        Held.PACED,
        Held.AUTHORITY,
        Held.SEEN_LATE,
        Held.UNREADABLE,
        Held.OF_SEVERAL,
        Held.MACHINE,
        Held.NOT_ORDERED,
    }
)
SENTENCES = {
    Held.LEAVING: _("The acknowledgement is on its way already."),
    Held.PACED: _("Many acknowledgements left within one hour, so this one waits. It leaves by itself."),
    Held.TRIED_AGAIN: _("The mail server did not take the acknowledgement. It is tried again by itself."),
    Held.CAME_BACK: _("The acknowledgement could not be delivered. Look at its address under “Letters”."),
    Held.TO_PRINT: _(
        "No e-mail can go to this person. The acknowledgement is ready under “Letters”: print it, post it or hand it "
        "over, and record the day."
    ),
    Held.NO_ADDRESS: _("No address is known that mail can go to. Reach the person by post or telephone and note it."),
    Held.AUTHORITY_TO_CALL: _(
        "The message is marked as an authority’s letter. Call the sender back on a number from a register and record "
        "the call: then you can acknowledge it."
    ),
    Held.AUTHORITY: _(
        "The message is marked as an authority’s letter, so nothing leaves by itself. The call to the sender is "
        "recorded: you can acknowledge it."
    ),
    Held.TO_BE_LINKED: _("It looks like the follow-up of another case. Say first whether it belongs to one."),
    Held.SEEN_LATE: _(
        "We first saw the message more than a week after its receipt, so nothing leaves by itself. The acknowledgement "
        "leaves when you confirm the rights, or now."
    ),
    Held.UNREADABLE: _(
        "The message could not be read automatically. The acknowledgement waits until somebody has looked at it, one "
        "working day at most."
    ),
    Held.OF_SEVERAL: _(
        "Several people seem to ask in this message. The acknowledgement waits until somebody has divided it or said "
        "that it is one person’s, one working day at most; it then names no right."
    ),
    Held.MACHINE: _(
        "The message looks as if a machine or a mailing list had sent it, and those get no answer. If a person wrote "
        "it, acknowledge it."
    ),
    Held.NOT_ORDERED: _("Nothing has ordered an acknowledgement in this case."),
}
_GONE = _("The acknowledgement of this case has left already.")


def held(case: Case, now: datetime) -> Held | None:
    """Why no acknowledgement has left; None when it has, or when the case is over."""
    if not case.is_open:
        return None
    row = Notification.objects.filter(case=case, letter=Letter.M01.value).first()
    if row is not None:
        return _of_letter(row, now)
    if _pending(case, EventKind.ACKNOWLEDGEMENT_ORDERED):
        return Held.LEAVING
    thread = Thread.objects.filter(case=case).first()
    if not letters.address_of(case) and not letters.reached_on_paper(case):
        return Held.NO_ADDRESS
    if case.authority:
        called = Event.objects.filter(stream=case.stream, kind=EventKind.AUTHORITY_CALLED_BACK.value).exists()
        return Held.AUTHORITY if called else Held.AUTHORITY_TO_CALL
    if case.to_be_linked:
        return Held.TO_BE_LINKED
    if thread is not None and not thread.acknowledge:
        return Held.MACHINE
    if _pending(case, *_YES):
        return Held.LEAVING
    if thread is not None and thread.waits_for_a_person:
        return Held.SEEN_LATE
    if case.unreadable:
        return Held.UNREADABLE
    if thread is not None and thread.several:
        return Held.OF_SEVERAL
    by_itself = _pending(case, EventKind.CASE_RECEIVED, EventKind.MESSAGE_REREAD)
    return Held.LEAVING if by_itself else Held.NOT_ORDERED


# What else orders an acknowledgement: somebody said yes, and only the letter is still to be made.
_YES = tuple(kind for kind in REGISTER[Letter.M01].on if kind is not EventKind.CASE_RECEIVED)


def _pending(case: Case, *kinds: EventKind) -> bool:
    waiting = Pending.objects.filter(event__stream=case.stream, event__kind__in=[kind.value for kind in kinds])
    return waiting.exists()


def _of_letter(row: Notification, now: datetime) -> Held | None:
    match NotificationState(row.state):
        case NotificationState.QUEUED if row.next_try_at is not None and row.next_try_at > now:
            return Held.PACED
        case NotificationState.QUEUED | NotificationState.SENDING:
            return Held.LEAVING
        case NotificationState.FAILED | NotificationState.UNCERTAIN:
            return Held.TRIED_AGAIN
        case NotificationState.UNDELIVERABLE:
            return Held.CAME_BACK
        case NotificationState.DRAFTED:
            return Held.TO_PRINT
    return None


def leaves_at(case: Case) -> datetime | None:
    """When a letter that waits for its turn leaves by itself."""
    waiting = Notification.objects.filter(case=case, letter=Letter.M01.value, state=NotificationState.QUEUED.value)
    return waiting.values_list("next_try_at", flat=True).first()


def acknowledge_now(case_id: int, *, by: Actor) -> None:
    """Somebody who works on the case wants its person acknowledged now; the event orders the letter.

    Raises CannotDo with a sentence when it has left, is leaving, or when something has to be said first.
    """
    require(by, Act.WORK_ON_CASE)
    now = timezone.now()
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
        why = held(case, now)
        if why is None and case.is_open:
            raise CannotDo(_GONE)
        if why is not None and why not in MAY_BE_ORDERED:
            raise CannotDo(SENTENCES[why])
        law.order_acknowledgement(case_id, held=why.value if why else "", by=by)
        Thread.objects.filter(case=case).update(acknowledge=True, waits_for_a_person=False)
        if why is Held.PACED:
            _release(case, now)


def _release(case: Case, now: datetime) -> None:
    """The letter is made already and only waits for its turn: the sweep carries it within a minute."""
    never_tried = Q(state=NotificationState.QUEUED.value, lease__isnull=True)
    Notification.objects.filter(never_tried, case=case, letter=Letter.M01.value).update(next_try_at=now)
