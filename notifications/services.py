"""The post office: which event became which letter, whether it left, and what the law is told of it.

Every step is a row first. An event becomes letters in one transaction; a letter is taken under
a lease, handed over outside any transaction, and its end is written together with what follows
from it (the clock of an identity question, the answer of a claim). Whatever dies in between is
found by the sweeps with an empty broker, and goes again as the same bytes under the same
Message-ID.
"""

import hashlib
import time
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import cast

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from notifications import (
    addresses,
    contents,
    delivery,
    ends,
    letters,
    notices,
    pacing,
    posting,
    rendering,
    routes,
    signing,
    tokens,
)
from notifications.contents import content_of, reply_of
from notifications.delivery import Fate, Outcome
from notifications.ends import TOLD, Report, bounced
from notifications.kinds import Audience, Letter, NotificationState, Why
from notifications.models import WAITING, Notification, Unmade
from workflow import deadlines, events, leases
from workflow import services as law
from workflow.actors import POST_OFFICE, Actor
from workflow.guards import require
from workflow.models import Case, Event, Pending
from workflow.permissions import Act
from workflow.sealing import KeyGone
from workflow.states import OPEN_CASE_STATES, Consumer, EventKind

log = structlog.get_logger(__name__)

# Writing a file takes no time, so a crash there need not be waited for as long as a mail server.
_FOLDER_LEASE = 30
# From the last check to the server's final line: two waits of EMAIL_TIMEOUT and the bytes between.
_DATA_LEASE = 300
_WAITING_CODES = [state.value for state in WAITING]
_FATES = {
    Fate.ACCEPTED: NotificationState.SENT,
    Fate.WRITTEN: NotificationState.WRITTEN,
    Fate.REFUSED: NotificationState.UNDELIVERABLE,
    Fate.DEFERRED: NotificationState.FAILED,
    Fate.UNCERTAIN: NotificationState.UNCERTAIN,
}
# A server that was away must not find its letters asleep for an hour.
_LONGEST_WAIT_FOR_A_SERVER = timedelta(minutes=5)

__all__ = [
    "Report",
    "bounced",
    "consume",
    "content_of",
    "deliver",
    "deliver_due",
    "draft",
    "due",
    "reply_of",
    "sweep_held",
    "sweep_pending",
    "write",
]


# -- from events to letters --------------------------------------------------------------------


def consume(event_id: int) -> list[int]:
    """Make the letters an event orders; their ids, to be rung for. Again does nothing.

    Raises EmptyVariable, a sentence, when a letter lacks something it must say: the event then
    stays pending and nothing is made.
    """
    with transaction.atomic():
        pending = Pending.objects.select_for_update().filter(event_id=event_id, consumer=Consumer.LETTERS.value)
        order = pending.first()
        if order is None:
            return []
        event = Event.objects.get(pk=event_id)
        case = _case_of(event)
        made = _make(event, case)
        order.delete()
        Unmade.objects.filter(event_id=event_id).delete()
    return made


def _keep_unmade(event_id: int, error: Exception) -> None:
    """Whoever looks at the case, or at the page of sending, sees which letter is missing and what it lacks."""
    letter, missing = "", type(error).__name__
    if isinstance(error, rendering.EmptyVariable):
        letter, missing = error.letter, ", ".join(error.names)
    with transaction.atomic():
        case = _case_of(Event.objects.get(pk=event_id))
        told = bool(letter) and Unmade.objects.filter(case=case, letter=letter).exists()
        now = {"case": case, "letter": letter, "missing": missing[:500]}
        since = {**now, "since": timezone.now()}
        Unmade.objects.update_or_create(event_id=event_id, defaults=now, create_defaults=since)
        if case is not None and letter and not told and not _is_for_staff(letter):
            law.record_letter_blocked(case.pk, letter=letter, missing=missing, by=POST_OFFICE)


def _is_for_staff(letter: str) -> bool:
    return letters.REGISTER[Letter(letter)].audience is Audience.STAFF


def _case_of(event: Event) -> Case | None:
    stream, _colon, name = event.stream.partition(":")
    if stream != "case":
        return None
    return _cases().filter(uuid=uuid.UUID(name)).first()


def _cases() -> "QuerySet[Case]":
    cases: QuerySet[Case] = Case.objects.select_related("controller", "policy_version")
    return cases


def _make(event: Event, case: Case | None) -> list[int]:
    now = timezone.now()
    if case is None:
        of_case = event.stream.startswith("case:")  # erased meanwhile
        orders = [] if of_case else letters.orders_of_installation(event)
        return [pk for order in orders if (pk := write(order, event.pk, now))]
    if event.kind == EventKind.CASE_RECEIVED.value and not (letters.address_of(case) and letters.may_acknowledge(case)):
        _withhold(case)
    if event.kind == EventKind.LETTER_RELEASED.value:
        return _release(event, case)
    posting.note_elsewhere(event, case)
    law.count_outside_answers(case, by=POST_OFFICE)  # left long ago, from another mailbox
    try:
        return [pk for order in letters.orders_of(event, case, now=now) if (pk := write(order, event.pk, now))]
    except KeyGone:
        log.warning("this case was erased: no letter is made for its event", event_id=event.pk)
        return []


def draft(case: Case, letter: Letter, variables: Mapping[str, object], *, to: str = "", by: Actor) -> uuid.UUID:
    """A letter whose facts come from above, written and sealed now; ``law.release_letter`` lets it go (design §2).

    ``variables`` beside those every letter of a case has; ``to``: its reader, where that is not the person. Returns
    what names the draft. Raises EmptyVariable with what is missing, CannotDo where mail cannot go to its reader.
    """
    require(by, Act.WORK_ON_CASE)
    order = letters.drafted_order(letter, case, variables, to=to)
    with transaction.atomic():
        made = cast("int", write(order, None, timezone.now()))  # without an event nobody is only told at the desk
        return Notification.objects.get(pk=made).uuid


def _release(event: Event, case: Case) -> list[int]:
    """Let the draft the event names go, dated today; one that was released before is not made twice."""
    named = uuid.UUID(events.fields(event)["data"]["draft"])
    rows = Notification.objects.filter(case=case, uuid=named, state=NotificationState.DRAFTED.value, event_id=None)
    ids = list(rows.values_list("pk", flat=True))
    rows.update(state=NotificationState.QUEUED.value, event_id=event.pk, created_at=timezone.now())
    return ids


def write(order: letters.Order, event_id: int | None, now: datetime) -> int | None:
    """Make one letter, in the caller's transaction; its id, None when its reader wants to see it at the desk only.

    ``event_id`` is what ordered it. Without one it is a draft, or what the hour ordered and the order identifies.
    """
    identity = uuid.uuid4()
    waits = (event_id is None and not order.identity) or order.on_paper
    entry, wordings = letters.REGISTER[order.letter], letters.wordings_of(order)
    content = rendering.compose(order, wordings)
    if event_id is not None and not notices.note(order, content.subject, event_id=event_id, at=now):
        return None
    holder = order.case.uuid if order.case else identity
    row = Notification.objects.create(
        uuid=identity,
        case=order.case,
        controller=order.controller,
        claim_uuid=order.claim,
        event_id=event_id,
        letter=order.letter.value,
        audience=entry.audience.value,
        language=order.language.value,
        recipient=order.recipient,
        state=(NotificationState.DRAFTED if waits else NotificationState.QUEUED).value,
        named=order.named,
        message_id=rendering.message_id_of(order, event_id or order.identity or identity),
        body=contents.seal_content(holder, content, identity),
        **letters.texts_of(order, wordings),
        created_at=now,
        next_try_at=_not_before(order, event_id, now),
    )
    return int(row.pk)


def _not_before(order: letters.Order, event_id: int | None, now: datetime) -> datetime | None:
    if order.case is None:
        return None
    if letters.REGISTER[order.letter].audience is Audience.STAFF and order.letter not in pacing.AT_ANY_HOUR:
        return pacing.morning(letters.newest_policy(order.case), now)
    if order.letter is not Letter.M01 or event_id is None:
        return None
    return pacing.not_before(order.recipient, order.case.policy_version.policy, event_id=event_id, now=now)


def _withhold(case: Case) -> None:
    law.record_letter(
        case.pk, EventKind.ACKNOWLEDGEMENT_WITHHELD, letter=Letter.M01.value, message_id="", by=POST_OFFICE
    )


# -- sweeps: what nobody rang for -----------------------------------------------------------------


def sweep_pending(*, limit: int = 200) -> int:
    """Make the letters of events nobody rang for; how many events were dealt with.

    An event whose letter cannot be made is told in the log and does not hold up the others.
    """
    done = 0
    for event_id in list(Pending.objects.filter(consumer=Consumer.LETTERS.value).values_list("event_id", flat=True)):
        try:
            consume(event_id)
        except Exception as error:  # noqa: BLE001  one event must not keep every other letter back
            _keep_unmade(event_id, error)
            log.error("a letter cannot be made; its event stays pending", event_id=event_id, reason=_reason(error))
        else:
            done += 1
        if done >= limit:
            break
    return done


def sweep_held() -> int:
    """Acknowledge flagged cases nobody has looked at within the time for triage; how many."""
    today = deadlines.brussels_date(timezone.now())
    held = (
        _cases()
        .filter(
            Q(unreadable=True) | Q(to_be_linked=True) | Q(thread__several=True),
            state__in=[state.value for state in OPEN_CASE_STATES],
        )
        .exclude(letters__letter=Letter.M01.value)
        .exclude(thread__acknowledge=False)
        .exclude(thread__waits_for_a_person=True)
        .exclude(person_email="")
    )
    made = 0
    for case in held.order_by("id")[:200]:
        if deadlines.add_working_days(case.receipt_date, case.policy_version.policy.triage_days) < today:
            made += _acknowledge_held(case.pk)
    return made


def _acknowledge_held(case_id: int) -> int:
    with transaction.atomic():
        case = _cases().select_for_update(of=("self",)).get(pk=case_id)
        received, now = Event.objects.get(stream=case.stream, seq=1), timezone.now()
        return len([write(order, received.pk, now) for order in letters.acknowledgement(case, now)])


def due(*, limit: int = 100) -> list[int]:
    """Letters whose time to be carried has come, the oldest first."""
    return list(leases.available(_jobs(), now=timezone.now()).order_by("id").values_list("pk", flat=True)[:limit])


def deliver_due(*, limit: int = 100, seconds: int = 120) -> int:
    """Carry what is due, for at most so long; how many letters were tried."""
    end, tried = time.monotonic() + seconds, 0
    for pk in due(limit=limit):
        if time.monotonic() > end:
            break
        try:
            deliver(pk)
        except Exception as error:  # noqa: BLE001  one letter must not hold up the others
            log.error("a letter could not be carried; it is tried again", letter_id=pk, reason=_reason(error))
        tried += 1
    return tried


def _reason(error: Exception) -> str:
    """Our own sentences name no person; of other errors only the name is told."""
    return str(error) if isinstance(error, rendering.EmptyVariable) else type(error).__name__


# -- carrying ------------------------------------------------------------------------------------


def deliver(letter_id: int) -> NotificationState | None:
    """Carry one letter; the state it reached, None when somebody else has it or it is not due.

    Call it outside any transaction: the state SENDING is committed before the mail server hears
    of the letter. Safe to repeat: after a crash the lease runs out and the same bytes go again.
    """
    if pacing.waits_its_turn(_jobs(), letter_id):
        return None
    seconds = _FOLDER_LEASE if settings.OUTGOING_IS_FOLDER else leases.SECONDS
    attempts = _jobs().filter(pk=letter_id).values_list("attempts", flat=True).first() or 0
    # A letter that kills its carrier comes back ever more slowly, like one that fails.
    again = timezone.now() + max(timedelta(seconds=seconds), leases.retry_after(attempts))
    lease = leases.take(_jobs(), letter_id, seconds=seconds, state=NotificationState.SENDING.value, next_try_at=again)
    if lease is None:
        return None
    letter = Notification.objects.select_related("case__controller").get(pk=letter_id)
    try:
        if letters.overtaken(letter) or letters.is_over(letter):
            return _cancel(letter_id, lease)
        if letters.is_held(letter):
            pacing.hold(_jobs(), letter_id, lease)
            return None
        mail = signing.signed(rendering.build(letter, content_of(letter)), at=letter.created_at)
    except KeyGone:  # the case was erased: its letters are gone with it
        return _cancel(letter_id, lease)
    except rendering.CannotBeBuilt as error:  # no try will ever make it: an officer reaches the person another way
        log.error("a letter can never be put together", letter_id=letter_id, reason=str(error))
        routable = addresses.on_the_wire(letter.recipient)
        why = Why.NEVER_MADE if routable else Why.NOT_AN_ADDRESS
        return _finish(letter_id, lease, "", Outcome(Fate.REFUSED, str(error), why), "")
    except Exception as error:  # noqa: BLE001  whatever is wrong with one letter is told on its row, not only in a log
        log.error("a letter cannot be put together", letter_id=letter_id, reason=type(error).__name__)
        return _finish(letter_id, lease, "", Outcome(Fate.DEFERRED, type(error).__name__, Why.NOT_MADE), "")
    try:
        account, outcome = _hand_over(letter, lease, mail)
    except delivery.LeaseLost:
        return None
    return _finish(letter_id, lease, account, outcome, hashlib.sha256(mail).hexdigest())


def _jobs() -> "QuerySet[Notification]":
    return Notification.objects.filter(state__in=_WAITING_CODES)


def _hand_over(letter: Notification, lease: uuid.UUID, mail: bytes) -> tuple[str, Outcome]:
    """Which account had it, and what came of it."""
    if settings.OUTGOING_IS_FOLDER:
        return routes.FOLDER, routes.to_folder(mail, message_id=letter.message_id)
    return routes.send(
        mail,
        sender=tokens.bounce_address(letter),
        recipient=addresses.on_the_wire(letter.recipient),  # built, so it is one
        still_ours=lambda: leases.heartbeat(_jobs(), letter.pk, lease, seconds=_DATA_LEASE),
    )


def _cancel(letter_id: int, lease: uuid.UUID) -> NotificationState | None:
    ended = {"state": NotificationState.CANCELLED.value, "finished_at": timezone.now(), "next_try_at": None}
    ours = _jobs().filter(pk=letter_id, lease=lease)
    won = ours.update(lease=None, leased_until=None, why=Why.OVERTAKEN.value, **ended)
    return NotificationState.CANCELLED if won else None


def _finish(letter_id: int, lease: uuid.UUID, account: str, outcome: Outcome, digest: str) -> NotificationState | None:
    """The letter's end and what follows from it, together or not at all."""
    now = timezone.now()
    with transaction.atomic():
        letter = Notification.objects.select_for_update(of=("self",)).select_related("case").get(pk=letter_id)
        if letter.state not in _WAITING_CODES:
            return NotificationState(letter.state)  # ended meanwhile: a bounce was quicker
        state = _FATES[Fate.REFUSED if routes.is_given_up(letter.created_at, outcome, now) else outcome.fate]
        left = state in {NotificationState.SENT, NotificationState.WRITTEN}
        if letter.lease != lease and not left:
            return None  # somebody else carries it now, and may succeed
        letter.state, letter.lease, letter.leased_until = state.value, None, None
        letter.sha256, letter.account = digest if left else "", account
        letter.reply = contents.sealed_reply(letter, outcome.reply)
        letter.why = outcome.why.value if outcome.why else ""
        if state in TOLD:
            letter.finished_at, letter.next_try_at = now, None
        else:
            letter.next_try_at = now + _wait(letter.attempts, outcome)
        letter.save()
        if state in TOLD:
            ends.tell_the_law(letter, state, outcome.reply, now)
    if state not in TOLD:
        log.warning("a letter did not leave; it is tried again", letter_id=letter_id, state=state.value)
    return state


def _wait(attempts: int, outcome: Outcome) -> timedelta:
    wait = leases.retry_after(attempts)
    return min(wait, _LONGEST_WAIT_FOR_A_SERVER) if outcome.ill else wait
