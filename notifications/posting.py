"""A letter that left on paper: which may, what follows from it, and the proof that is kept.

The day that is recorded counts as the day a mail server took a mail: a question stops the clock, a notice or an answer
is told, a warning has been given. What hands over data is answered by the record of the data themselves, not by this.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications import letters
from notifications.kinds import Audience, Letter, NotificationState
from notifications.models import Notification
from workflow import events
from workflow import services as law
from workflow.actors import Actor
from workflow.guards import CannotDo, hands_over_data, require
from workflow.models import Case, Claim, Event
from workflow.permissions import Act
from workflow.states import EventKind, Means, PauseKind

_POSTED, _SENT = NotificationState.POSTED.value, NotificationState.SENT.value
_OVER = {
    _POSTED: _("That this letter was posted or handed over is recorded already."),
    NotificationState.SENDING.value: _("This letter is leaving by mail at this moment: look again in a minute."),
    NotificationState.CANCELLED.value: _("This letter was taken back: what it says is no longer true."),
}
# What an event recorded elsewhere at the desk says of a letter that lay ready to be printed.
_TOLD_ELSEWHERE = {
    EventKind.CASE_EXTENDED.value: (Letter.M05,),
    EventKind.FEE_TOLD.value: (Letter.M06F,),
    EventKind.REEXAMINATION_ANSWERED.value: (Letter.M24,),
    EventKind.REMINDER_LEFT.value: (Letter.M21,),
    EventKind.CLAIM_ANSWERED.value: tuple(letters.ANSWERS),
    EventKind.QUESTION_LEFT.value: (Letter.M02, Letter.M03, Letter.M22),
    EventKind.CLOCK_PAUSED.value: (Letter.M02, Letter.M03, Letter.M22),
}
_ASKED = {
    PauseKind.IDENTITY.value: Letter.M02,
    PauseKind.SCOPE.value: Letter.M03,
    PauseKind.DETAIL.value: Letter.M03,
    PauseKind.MANDATE.value: Letter.M22,
}


def may_be_posted(letter: Notification) -> bool:
    """To the person, made to be printed or able to be, and not recorded yet; a code goes to its channel only."""
    to_person = letter.audience == Audience.PERSON.value and letter.case_id is not None and letter.event_id is not None
    return to_person and letter.state not in _OVER


def record_posted(letter_id: int, *, means: Means, at: datetime, evidence: str, by: Actor) -> None:
    """Somebody posted this letter or handed it over at ``at``; ``evidence``: registered number, or who received it.

    Raises CannotDo when it may not, or when what it says no longer counts. A mail of it that still waits is not sent.
    """
    require(by, Act.WORK_ON_CASE)
    with transaction.atomic():
        letter = Notification.objects.select_for_update(of=("self",)).select_related("case").get(pk=letter_id)
        if letter.state in _OVER:
            raise CannotDo(_OVER[letter.state])
        if not may_be_posted(letter) or letter.case is None:
            raise CannotDo(_("Only a letter to the person can be posted or handed over."))
        if not letter.created_at.replace(second=0, microsecond=0) <= at <= timezone.now():
            raise CannotDo(_("The letter cannot have left before it was written, or in the future."))
        law.record_letter_posted(
            letter.case.pk,
            letter=letter.letter,
            message_id=letter.message_id,
            means=means,
            at=at,
            evidence=evidence,
            claim=letter.claim_uuid,
            by=by,
        )
        if letter.state != _SENT:  # what left by mail has counted; the paper is a copy of it
            _mark(letter, at)
            _tell_the_law(letter, letter.case, means=means, at=at, evidence=evidence, by=by)


def _mark(letter: Notification, at: datetime) -> None:
    letter.state, letter.finished_at, letter.why = _POSTED, at, ""
    letter.lease = letter.leased_until = letter.next_try_at = None
    letter.save()


def _tell_the_law(letter: Notification, case: Case, *, means: Means, at: datetime, evidence: str, by: Actor) -> None:
    code = Letter(letter.letter)
    claim = Claim.objects.filter(uuid=letter.claim_uuid).first() if letter.claim_uuid else None
    if code in {Letter.M02, Letter.M03, Letter.M22}:
        law.record_question_posted(case.pk, kind=_kind(letter), at=at, evidence=evidence, by=by)
    elif code is Letter.M21:
        law.record_reminder_posted(case.pk, kind=_kind(letter), at=at, evidence=evidence, by=by)
    elif code is Letter.M05:
        law.announce_extension(case.pk, at=at, evidence=evidence, by=by)
    elif code is Letter.M06F and claim is not None:
        law.announce_fee(claim.pk, at=at, evidence=evidence, by=by)
    elif code is Letter.M24 and claim is None:
        law.answer_reexamination(case.pk, at=at, means=means, evidence=evidence, by=by)
    elif code in letters.ANSWERS and claim is not None and not hands_over_data(claim):
        law.answer(claim.pk, at=at, means=means, evidence=evidence, by=by)


def _kind(letter: Notification) -> PauseKind:
    """What a question, or a reminder of one, waits for; its event says it."""
    if letter.letter == Letter.M02.value:
        return PauseKind.IDENTITY
    return PauseKind(events.fields(Event.objects.get(pk=letter.event_id))["data"]["pause"])


def note_elsewhere(event: Event, case: Case) -> int:
    """An act of the desk recorded that something left on paper: the letter that lay ready for it has left with it."""
    told = _TOLD_ELSEWHERE.get(event.kind)
    if told is None:
        return 0
    values = events.fields(event)
    data = values["data"]
    if data.get("means") == Means.EMAIL.value or not (events.payload_of(event) or {}).get("evidence"):
        return 0
    if "pause" in data:
        told = (_ASKED[data["pause"]],)
    rows = Notification.objects.select_for_update(of=("self",)).filter(
        case=case, letter__in=[one.value for one in told], state=NotificationState.DRAFTED.value, event_id__lt=event.pk
    )
    if values["claim"]:
        rows = rows.filter(claim_uuid=values["claim"])
    marked = list(rows)
    for row in marked:
        _mark(row, event.utc)
    return len(marked)
