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
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from notifications import delivery, letters, pacing, rendering, tokens
from notifications.delivery import Fate, Outcome
from notifications.kinds import Audience, Letter, NotificationState
from notifications.models import WAITING, Notification
from workflow import deadlines, leases
from workflow import services as law
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo, hands_over_data
from workflow.models import Case, Claim, Event, Pending
from workflow.models.key import seal_for, unseal_for
from workflow.sealing import KeyGone
from workflow.states import (
    OPEN_CASE_STATES,
    Consumer,
    EventKind,
    Means,
    PauseKind,
)

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
# The clock stops for these when they have left.
_QUESTIONS = {
    Letter.M02: (PauseKind.IDENTITY,),
    Letter.M03: (PauseKind.SCOPE, PauseKind.DETAIL),
    Letter.M22: (PauseKind.MANDATE,),
}
_TOLD = {
    NotificationState.SENT: EventKind.LETTER_SENT,
    NotificationState.WRITTEN: EventKind.LETTER_WRITTEN,
    NotificationState.UNDELIVERABLE: EventKind.LETTER_UNDELIVERABLE,
}


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
    return made


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
        return [_write(order, event.pk, now) for order in orders]
    if event.kind == EventKind.CASE_RECEIVED.value and not letters.may_acknowledge(case):
        _withhold(case)
    try:
        return [_write(order, event.pk, now) for order in letters.orders_of(event, case, now=now)]
    except KeyGone:
        log.warning("this case was erased: no letter is made for its event", event_id=event.pk)
        return []


def _write(order: letters.Order, event_id: int, now: datetime) -> int:
    identity = uuid.uuid4()
    content = rendering.compose(order)
    holder = order.case.uuid if order.case else identity
    row = Notification.objects.create(
        uuid=identity,
        case=order.case,
        controller=order.controller,
        claim_uuid=order.claim,
        event_id=event_id,
        letter=order.letter.value,
        audience=letters.REGISTER[order.letter].audience.value,
        language=order.language.value,
        recipient=order.recipient,
        message_id=rendering.message_id_of(order, event_id),
        body=seal_for(holder, content.dump(), aad=_body_aad(identity)),
        created_at=now,
        next_try_at=_not_before(order, event_id, now),
    )
    return int(row.pk)


def _not_before(order: letters.Order, event_id: int, now: datetime) -> datetime | None:
    if order.case is None or order.letter is not Letter.M01:
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
        .filter(Q(unreadable=True) | Q(to_be_linked=True), state__in=[state.value for state in OPEN_CASE_STATES])
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
        return len([_write(order, received.pk, now) for order in letters.acknowledgement(case, now)])


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
    seconds = _FOLDER_LEASE if settings.OUTGOING_IS_FOLDER else leases.SECONDS
    attempts = _jobs().filter(pk=letter_id).values_list("attempts", flat=True).first() or 0
    # A letter that kills its carrier comes back ever more slowly, like one that fails.
    again = timezone.now() + max(timedelta(seconds=seconds), leases.retry_after(attempts))
    lease = leases.take(_jobs(), letter_id, seconds=seconds, state=NotificationState.SENDING.value, next_try_at=again)
    if lease is None:
        return None
    letter = Notification.objects.select_related("case__controller").get(pk=letter_id)
    try:
        mail = None if letters.overtaken(letter) else rendering.build(letter, content_of(letter))
    except KeyGone:
        mail = None  # the case was erased: its letters are gone with it
    if mail is None:
        return _cancel(letter_id, lease)
    try:
        outcome = _hand_over(letter, lease, mail)
    except delivery.LeaseLost:
        return None
    return _finish(letter_id, lease, outcome, hashlib.sha256(mail).hexdigest())


def _jobs() -> "QuerySet[Notification]":
    return Notification.objects.filter(state__in=_WAITING_CODES)


def _hand_over(letter: Notification, lease: uuid.UUID, mail: bytes) -> Outcome:
    if settings.OUTGOING_IS_FOLDER:
        try:
            return delivery.to_folder(mail, message_id=letter.message_id)
        except OSError as error:
            return Outcome(Fate.DEFERRED, f"the outbox folder cannot be written: {error.strerror}")
    return delivery.by_smtp(
        mail,
        sender=tokens.bounce_address(letter),
        recipient=letter.recipient,
        still_ours=lambda: leases.heartbeat(_jobs(), letter.pk, lease, seconds=_DATA_LEASE),
    )


def _cancel(letter_id: int, lease: uuid.UUID) -> NotificationState | None:
    ended = {"state": NotificationState.CANCELLED.value, "finished_at": timezone.now(), "next_try_at": None}
    won = _jobs().filter(pk=letter_id, lease=lease).update(lease=None, leased_until=None, **ended)
    return NotificationState.CANCELLED if won else None


def _finish(letter_id: int, lease: uuid.UUID, outcome: Outcome, digest: str) -> NotificationState | None:
    """The letter's end and what follows from it, together or not at all."""
    now = timezone.now()
    state = _FATES[outcome.fate]
    with transaction.atomic():
        letter = Notification.objects.select_for_update(of=("self",)).select_related("case").get(pk=letter_id)
        if letter.state not in _WAITING_CODES:
            return NotificationState(letter.state)  # ended meanwhile: a bounce was quicker
        left = state in {NotificationState.SENT, NotificationState.WRITTEN}
        if letter.lease != lease and not left:
            return None  # somebody else carries it now, and may succeed
        letter.state, letter.lease, letter.leased_until = state.value, None, None
        letter.sha256 = digest if left else ""
        letter.reply = _sealed_reply(letter, outcome.reply)
        if state in _TOLD:
            letter.finished_at, letter.next_try_at = now, None
        else:
            letter.next_try_at = now + leases.retry_after(letter.attempts)
        letter.save()
        if state in _TOLD:
            _tell_the_law(letter, state, outcome.reply, now)
    if state not in _TOLD:
        log.warning("a letter did not leave; it is tried again", letter_id=letter_id, state=state.value)
    return state


def _tell_the_law(letter: Notification, state: NotificationState, reply: str, at: datetime) -> None:
    """What the history records of a letter to the person, and what a letter that was *sent* sets going.

    A letter that was only written to a folder answers nothing and stops no clock.
    """
    if letter.audience == Audience.STAFF.value or letter.case_id is None:
        if state is NotificationState.UNDELIVERABLE:
            log.error("a letter to staff could not be delivered: check that account's address", letter_id=letter.pk)
        return
    law.record_letter(
        letter.case_id,
        _TOLD[state],
        letter=letter.letter,
        message_id=letter.message_id,
        digest=letter.sha256,
        language=letter.language,
        claim=letter.claim_uuid,
        reply=reply,
        by=POST_OFFICE,
    )
    asked = _QUESTIONS.get(Letter(letter.letter), ())
    if state is NotificationState.UNDELIVERABLE and asked:
        law.question_lost(letter.case_id, kinds=asked, by=POST_OFFICE)
    if state is NotificationState.UNDELIVERABLE and letter.letter == Letter.M27.value and letter.event_id:
        law.code_lost(letter.event_id, by=POST_OFFICE)
    if state is not NotificationState.SENT:
        return
    for kind in asked:
        law.begin_pause(letter.case_id, kind=kind, asked_at=at, by=POST_OFFICE)
    if letter.letter == Letter.M05.value:
        _extension_announced(letter.case_id, at)
    elif Letter(letter.letter) in letters.ANSWERS:
        _answered(letter, at)


def _extension_announced(case_id: int, at: datetime) -> None:
    try:
        law.announce_extension(case_id, at=at, by=POST_OFFICE)
    except CannotDo as refused:
        # Posted or lapsed in the seconds the mail server took: the history shows both, the officer decides.
        log.error("a notice of extension left that no longer counts", case_id=case_id, reason=str(refused.sentence))


def _answered(letter: Notification, at: datetime) -> None:
    claim = Claim.objects.filter(uuid=letter.claim_uuid).first() if letter.claim_uuid else None
    if claim is not None and hands_over_data(claim):
        return  # the letter announces; the claim is answered when the data was handed over
    try:
        if claim is not None:
            law.answer(claim.pk, at=at, means=Means.EMAIL, by=POST_OFFICE)
        elif letter.case_id is not None:  # M24 after a second look is of no one right
            law.answer_reexamination(letter.case_id, at=at, means=Means.EMAIL, by=POST_OFFICE)
    except CannotDo as refused:
        # Sent back in the seconds the mail server took: the history shows both, the officer decides.
        log.error("an answer left whose claim had moved", letter_id=letter.pk, reason=str(refused.sentence))


# -- coming back ---------------------------------------------------------------------------------


def bounced(*, addresses: Iterable[str], message_ids: Collection[str] = ()) -> int:
    """A report says that letters did not arrive; how many of ours that concerns.

    ``addresses`` are those the report was sent to (a signed bounce address names its letter),
    ``message_ids`` those it speaks of. For reports of failure only, not of delay. Each letter
    is marked once, and whoever carries the case is told (A09); reopening is an officer's act.
    """
    named = {pk for address in addresses if (pk := tokens.letter_of_bounce(address)) is not None}
    quoted = Notification.objects.filter(message_id__in=list(message_ids)[:200])
    found = named | set(quoted.values_list("pk", flat=True))
    return sum(_came_back(pk) for pk in sorted(found))


def _came_back(letter_id: int) -> bool:
    left = {NotificationState.SENT.value, NotificationState.SENDING.value, NotificationState.UNCERTAIN.value}
    with transaction.atomic():
        letter = Notification.objects.select_for_update(of=("self",)).select_related("case").get(pk=letter_id)
        if letter.state not in left:
            return False
        letter.state, letter.finished_at = NotificationState.UNDELIVERABLE.value, timezone.now()
        letter.lease = letter.leased_until = letter.next_try_at = None
        letter.save()
        _tell_the_law(letter, NotificationState.UNDELIVERABLE, "", letter.finished_at)
    return True


# -- reading ---------------------------------------------------------------------------------------


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


def _sealed_reply(letter: Notification, reply: str) -> bytes | None:
    if not reply:
        return None
    return seal_for(letter.holder, reply.encode(), aad=_reply_aad(letter.uuid))


def _body_aad(letter: uuid.UUID) -> bytes:
    return b"letter-body:v1:" + letter.bytes


def _reply_aad(letter: uuid.UUID) -> bytes:
    return b"letter-reply:v1:" + letter.bytes
