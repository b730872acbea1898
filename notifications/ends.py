"""What follows from a letter's end: the history, the clock of a question, the answer of a right, and what came back."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from notifications import contents, letters, reasons, tokens
from notifications.kinds import Audience, Letter, NotificationState, Why
from notifications.models import Notification
from workflow import services as law
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo, is_handed_over_by_staff
from workflow.models import Claim
from workflow.states import ClaimState, EventKind, Means, PauseKind, ReopenReason, Right

log = structlog.get_logger(__name__)

# The clock stops for these when they have left.
_QUESTIONS = {
    Letter.M02: (PauseKind.IDENTITY,),
    Letter.M03: (PauseKind.SCOPE, PauseKind.DETAIL),
    Letter.M22: (PauseKind.MANDATE,),
}
TOLD = {
    NotificationState.SENT: EventKind.LETTER_SENT,
    NotificationState.WRITTEN: EventKind.LETTER_WRITTEN,
    NotificationState.UNDELIVERABLE: EventKind.LETTER_UNDELIVERABLE,
}
_LEFT = frozenset({NotificationState.SENT.value, NotificationState.SENDING.value, NotificationState.UNCERTAIN.value})


def tell_the_law(letter: Notification, state: NotificationState, reply: str, at: datetime) -> None:
    """What the history records of a letter to the person, and what a letter that was *sent* sets going.

    A letter that was only written to a folder answers nothing and stops no clock.
    """
    if letter.audience == Audience.STAFF.value or letter.case_id is None:
        if state is NotificationState.UNDELIVERABLE:
            log.error("a letter to staff could not be delivered: check that account's address", letter_id=letter.pk)
        return
    law.record_letter(
        letter.case_id,
        TOLD[state],
        letter=letter.letter,
        message_id=letter.message_id,
        digest=letter.sha256,
        language=letter.language,
        claim=letter.claim_uuid,
        reply=reply,
        by=POST_OFFICE,
    )
    if state is NotificationState.UNDELIVERABLE:
        never_put(letter)
    if state is not NotificationState.SENT:
        return
    asked = _QUESTIONS.get(Letter(letter.letter), ())
    for kind in asked:
        law.begin_pause(letter.case_id, kind=kind, asked_at=at, by=POST_OFFICE)
    if letter.letter == Letter.M21.value and letter.event_id:
        law.reminder_left(letter.event_id, at=at, by=POST_OFFICE)
    if letter.letter == Letter.M13.value and letter.event_id:
        law.notice_sent(letter.event_id, at=at, by=POST_OFFICE)
    if Letter(letter.letter) in {Letter.M05, Letter.M06F}:
        _announced(letter, at)
    elif Letter(letter.letter) in letters.ANSWERS:
        _answered(letter, at)


def never_put(letter: Notification) -> None:
    """A question that never arrived stopped no clock, a reminder reminded nobody, a code is worth nothing."""
    asked = _QUESTIONS.get(Letter(letter.letter), ())
    if asked and letter.case_id is not None:
        law.question_lost(letter.case_id, kinds=asked, by=POST_OFFICE)
    if letter.letter == Letter.M21.value and letter.event_id:
        law.reminder_lost(letter.event_id, by=POST_OFFICE)
    if letter.letter == Letter.M27.value and letter.event_id:
        law.code_lost(letter.event_id, by=POST_OFFICE)


def _announced(letter: Notification, at: datetime) -> None:
    try:
        if letter.claim_uuid:
            law.announce_fee(Claim.objects.get(uuid=letter.claim_uuid).pk, at=at, by=POST_OFFICE)
        elif letter.case_id is not None:
            law.announce_extension(letter.case_id, at=at, by=POST_OFFICE)
    except CannotDo as refused:
        # Posted, lapsed or dropped in the seconds the mail server took: the history shows both, the officer decides.
        log.error("a notice left that no longer counts", letter_id=letter.pk, reason=str(refused.sentence))


def _answered(letter: Notification, at: datetime) -> None:
    claim = Claim.objects.filter(uuid=letter.claim_uuid).first() if letter.claim_uuid else None
    if claim is not None and is_handed_over_by_staff(claim):
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


@dataclass(frozen=True, slots=True)
class Report:
    """What a delivery report says: ``failed`` for ever, or else still trying or arrived.

    ``status`` is its enhanced code such as 5.1.1, ``words`` the other server's own line; either may be empty.
    """

    failed: bool = True
    arrived: bool = False
    status: str = ""
    words: str = ""

    @property
    def why(self) -> Why:
        if self.failed:
            return reasons.of_status(self.status) or reasons.of_status(self.words) or Why.REFUSED
        return Why.DELIVERED if self.arrived else Why.DELAYED


def bounced(*, addresses: Iterable[str], message_ids: Collection[str] = (), report: Report | None = None) -> int:
    """A report speaks of letters of ours; how many of them it changes.

    ``addresses`` are those the report was sent to (a signed bounce address names its letter),
    ``message_ids`` those it speaks of. A failure marks a letter once and tells whoever carries the case (A09); where
    it was the answer itself, the right is open again (T22). A delay or an arrival is only noted.
    """
    told = report or Report()
    named = {pk for address in addresses if (pk := tokens.letter_of_bounce(address)) is not None}
    quoted = Notification.objects.filter(message_id__in=list(message_ids)[:200])
    found = sorted(named | set(quoted.values_list("pk", flat=True)))
    return sum(_came_back(pk, told) if told.failed else _heard_of(pk, told) for pk in found)


def _came_back(letter_id: int, report: Report) -> bool:
    with transaction.atomic():
        letter = Notification.objects.select_for_update(of=("self",)).select_related("case").get(pk=letter_id)
        if letter.state not in _LEFT:
            return False
        counted = letter.state == NotificationState.SENT.value
        letter.state, letter.finished_at = NotificationState.UNDELIVERABLE.value, timezone.now()
        letter.lease = letter.leased_until = letter.next_try_at = None
        letter.why = report.why.value
        letter.reply = contents.sealed_reply(letter, report.words) or letter.reply
        letter.save()
        tell_the_law(letter, NotificationState.UNDELIVERABLE, report.words, letter.finished_at)
        if counted and letter.case_id is not None:
            _untold(letter, letter.case_id)
    return True


def _untold(letter: Notification, case_id: int) -> None:
    """What counted because this letter had left counts no longer (domain §2.2, §2.5)."""
    try:
        if letter.letter == Letter.M05.value:
            law.notice_lost(case_id, by=POST_OFFICE)
        elif letter.letter == Letter.M24.value and letter.claim_uuid is None:
            law.reexamination_answer_lost(case_id, written_at=letter.created_at, by=POST_OFFICE)
        elif Letter(letter.letter) in letters.ANSWERS:
            _open_again(letter)
    except CannotDo as refused:
        # Made nameless since: the history shows that it came back, nothing else is left to do.
        log.error("a letter came back to a case that is erased", letter_id=letter.pk, reason=str(refused.sentence))


def _open_again(letter: Notification) -> None:
    """T22: the answer itself came back, so nobody was answered; what was answered otherwise since stays answered."""
    claim = Claim.objects.filter(
        uuid=letter.claim_uuid,
        state=ClaimState.ANSWERED.value,
        answered_by_means=Means.EMAIL.value,
        approved_at__lte=letter.created_at,  # a later approval was answered by a later letter
    ).first()
    if claim is None:
        return
    try:
        with transaction.atomic():
            law.reopen(
                claim.case_id,
                reason=letter.message_id,
                rights=[Right(claim.right)],
                because=ReopenReason.BOUNCE,
                by=POST_OFFICE,
            )
    except CannotDo as refused:
        # Merged or made nameless since: A09 says that it came back, an officer decides.
        log.error(
            "an answer came back whose case cannot be opened again", letter_id=letter.pk, reason=str(refused.sentence)
        )


def _heard_of(letter_id: int, report: Report) -> bool:
    """Noted beside a letter that left; one that came back stays so."""
    left = Notification.objects.filter(pk=letter_id, state=NotificationState.SENT.value)
    return bool(left.exclude(why=Why.DELIVERED.value).update(why=report.why.value))
