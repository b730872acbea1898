"""A colleague wrote to the person from their own mailbox: what it may answer, and that an officer says so.

A mail is no decision: it counts only for the rights an officer confirms, once what it says is approved and, where
something had to be done, seen to be done. Then the legal date of the answer is the mail's, and our letter stays away.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

import structlog
from django.utils.translation import gettext_lazy as _

from workflow import guards
from workflow.actors import Actor
from workflow.events import Value
from workflow.guards import CannotDo, require, says_something
from workflow.models import Case, Claim
from workflow.permissions import Act
from workflow.services import clock
from workflow.services._moving import deciding, in_open_case, moving, tell
from workflow.services.decisions import answer
from workflow.services.messages import propose_unsure
from workflow.states import ClaimState, EventKind, Means, Right

log = structlog.get_logger(__name__)

_UNANSWERED = (ClaimState.OPEN.value, ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value)


def file_outside_mail(
    case_id: int,
    *,
    message: uuid.UUID,
    sent_at: datetime,
    digest: str,
    asked: Sequence[Right] = (),
    by: Actor,
) -> None:
    """A colleague's mail to the person reached us as a copy: somebody has to read it, no date moves.

    It ends no question of ours. ``asked``: rights it speaks of, quoting the person perhaps, proposed as unsure.
    """
    require(by, Act.TAKE_IN_MAIL)
    with moving(case_id, by=by, unseen=True) as (case, now):
        case.reply_to_read = True
        added = propose_unsure(case, asked)
        clock.wind(case)
        told: dict[str, Value] = {"message": str(message), "received_at": sent_at, "sha256": digest}
        told["added"] = ",".join(added)
        tell(case, EventKind.OUTSIDE_MAIL_FILED, by=by, at=now, data=told)


def confirm_outside_answer(claim_id: int, *, message: uuid.UUID, sent_at: datetime, digest: str, by: Actor) -> None:
    """An officer has read that mail: it answers this right. From now on no letter of ours does.

    Raises CannotDo where the right is answered or withdrawn, or the mail left before the request came.
    """
    require(by, Act.WORK_ON_CASE)
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        if claim.state not in _UNANSWERED:
            raise CannotDo(_("This right is answered or withdrawn already. Reload the page to see what was done."))
        if not case.received_at <= sent_at <= now:
            raise CannotDo(_("This mail left before the request reached us: it cannot be its answer."))
        claim.outside_at = sent_at
        data: dict[str, Value] = {"message": str(message), "sha256": digest, "sent_at": sent_at}
        tell(case, EventKind.OUTSIDE_ANSWER_CONFIRMED, by=by, at=now, claim=claim, data=data)


def deny_outside_answer(case_id: int, *, message: uuid.UUID, sent_at: datetime, why: str, by: Actor) -> None:
    """That mail answers nothing, whatever was confirmed of it: our own letters answer.

    A right that counts as answered by it is opened again by its own act. Raises CannotDo without a reason.
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(why):
        raise CannotDo(_("Say why this mail is no answer: the sentence stays in the history."))
    with moving(case_id, by=by) as (case, now):
        waiting = Claim.objects.select_for_update().filter(case=case, state__in=_UNANSWERED, outside_at=sent_at)
        waiting.update(outside_at=None)
        data = {"message": str(message)}
        tell(case, EventKind.OUTSIDE_ANSWER_DENIED, by=by, at=now, data=data, payload={"text": why.strip()})


def outside_answers(case: Case) -> Collection[Claim]:
    """Rights whose answer from outside counts now: approved, nothing left to do or to wait for."""
    found = Claim.objects.filter(case=case, state=ClaimState.APPROVED.value, outside_at__isnull=False)
    return [one for one in found if not guards.waits_for_another(one) and not guards.awaits_execution(one)]


def count_outside_answers(case: Case, *, by: Actor) -> int:
    """Record them, each at the date of its mail; how many. One whose facts changed since waits for the officer."""
    require(by, Act.CARRY_POST)
    counted = 0
    for claim in outside_answers(case):
        try:
            answer(claim.pk, at=claim.outside_at or claim.case.received_at, means=Means.OUTSIDE, by=by)
        except CannotDo as refused:
            log.warning("an answer from outside does not count yet", claim_id=claim.pk, reason=str(refused.sentence))
        else:
            counted += 1
    return counted
