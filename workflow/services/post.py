"""What became of letters, told by the post office: part of the case's history."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow import events
from workflow.actors import Actor
from workflow.guards import CannotDo, require, says_something
from workflow.permissions import Act
from workflow.services._moving import moving, tell
from workflow.services.installing import OFFICE, STREAM
from workflow.states import Consumer, EventKind, Means


def record_late_letters(case_id: int, *, waiting: int, letter: str, by: Actor) -> None:
    """This letter has been waiting for more than an hour, with ``waiting`` letters to people in all.

    ``letter`` is "" where nobody knows which one cannot be made.
    """
    require(by, Act.CARRY_POST)
    with moving(case_id, by=by) as (case, now):
        data: dict[str, events.Value] = {"waiting": waiting, **({"letter": letter} if letter else {})}
        tell(case, EventKind.LETTER_LATE, by=by, at=now, data=data)


def record_letter_blocked(case_id: int, *, letter: str, missing: str, by: Actor) -> None:
    """A letter of the case cannot be made before somebody fills in what it lacks (A05); no date of the law moves.

    ``missing``: the names of what is missing, nothing of anybody.
    """
    require(by, Act.CARRY_POST)
    with moving(case_id, by=by) as (case, now):
        tell(case, EventKind.LETTER_BLOCKED, by=by, at=now, data={"letter": letter, "missing": missing})


def record_letter_posted(
    case_id: int,
    *,
    letter: str,
    message_id: str,
    means: Means,
    at: datetime,
    evidence: str,
    claim: uuid.UUID | None = None,
    by: Actor,
) -> None:
    """A letter to the person was posted or handed over at ``at``; ``evidence`` says how that can be proven."""
    require(by, Act.WORK_ON_CASE)
    if means not in {Means.POSTED, Means.HANDED_OVER}:
        raise CannotDo(_("Say whether it was posted or handed over."))
    if not evidence.strip():
        raise CannotDo(_("Say how it can be proven: the registered number, or who received it."))
    with moving(case_id, by=by) as (case, now):
        tell(
            case,
            EventKind.LETTER_POSTED,
            by=by,
            at=now,
            claim=case.claims.get(uuid=claim) if claim else None,
            data={"letter": letter, "message_id": message_id, "means": means.value, "left_at": at},
            payload={"evidence": evidence.strip()},
        )


def order_acknowledgement(case_id: int, *, held: str, by: Actor) -> None:
    """Somebody wants the person acknowledged now, whatever kept the letter back until then (``held``, a code)."""
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        if not case.is_open:
            raise CannotDo(_("This case is no longer open: nobody waits for an acknowledgement any more."))
        tell(case, EventKind.ACKNOWLEDGEMENT_ORDERED, by=by, at=now, data={"held": held})


def record_letter(
    case_id: int,
    kind: EventKind,
    *,
    letter: str,
    message_id: str,
    digest: str = "",
    language: str = "",
    claim: uuid.UUID | None = None,
    reply: str = "",
    by: Actor,
) -> None:
    """A letter was sent, written, withheld or could not be delivered.

    ``digest`` is the SHA-256 of the bytes that left, ``reply`` the mail server's own words
    (sealed: they may hold an address).
    """
    require(by, Act.CARRY_POST)
    with moving(case_id, by=by) as (case, now):
        tell(
            case,
            kind,
            by=by,
            at=now,
            claim=case.claims.get(uuid=claim) if claim else None,
            data={"letter": letter, "message_id": message_id, "sha256": digest, "language": language},
            payload={"reply": reply} if reply else None,
        )


def record_letter_retried(case_id: int | None, *, letter: str, message_id: str, reason: str, by: Actor) -> None:
    """Somebody has a letter tried again that waited or had been given up; ``case_id`` is None for one of no case."""
    require(by, Act.TEND_SENDING)
    _by_hand(case_id, EventKind.LETTER_RETRIED, letter=letter, message_id=message_id, reason=reason, by=by)


def record_letter_cancelled(case_id: int | None, *, letter: str, message_id: str, reason: str, by: Actor) -> None:
    """Somebody takes back a letter that has not left: of a case only whoever works on cases."""
    require(by, Act.TEND_SENDING if case_id is None else Act.WORK_ON_CASE)
    _by_hand(case_id, EventKind.LETTER_CANCELLED, letter=letter, message_id=message_id, reason=reason, by=by)


def _by_hand(case_id: int | None, kind: EventKind, *, letter: str, message_id: str, reason: str, by: Actor) -> None:
    if not says_something(reason):
        raise CannotDo(_("Say why: the reason is kept with the letter."))
    data: dict[str, events.Value] = {"letter": letter, "message_id": message_id}
    payload = {"text": reason.strip()}
    if case_id is not None:
        with moving(case_id, by=by) as (case, now):
            tell(case, kind, by=by, at=now, data=data, payload=payload)
        return
    with transaction.atomic():
        events.record(STREAM, kind, by=by, at=timezone.now(), data=data, payload=payload, holder=OFFICE)


def order_test_mail(*, by: Actor) -> None:
    """A test mail to whoever asks for it, and to nobody else; the event orders it."""
    require(by, Act.TEND_SENDING)
    _of_sending(EventKind.SENDING_TESTED, {}, by=by)


def record_sending_alarm(kind: EventKind, *, why: str, since: datetime, by: Actor) -> None:
    """No account has carried a letter since then, still does not, or does again (A07)."""
    require(by, Act.CARRY_POST)
    _of_sending(kind, {"why": why, "since": since}, by=by)


def _of_sending(kind: EventKind, data: dict[str, events.Value], *, by: Actor) -> None:
    with transaction.atomic():
        events.record(STREAM, kind, by=by, at=timezone.now(), data=data, consumers=(Consumer.LETTERS,))
