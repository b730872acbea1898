"""Who received the data and was told what was done to it (Art. 19): planned, sent, and how it ended.

The row follows the letter (M13): it is sent when that left, and waits for the recipient, chased at the days of
the settings; a case closes once each has confirmed, or somebody recorded why that is impossible.
"""

from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from workflow import events
from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted, is_a_sentence, is_carried_out, require, says_something
from workflow.models import Case, Claim, Event, RecipientNotice
from workflow.permissions import Act
from workflow.services._moving import deciding, moving, tell
from workflow.states import TOLD_TO_RECIPIENTS, ClaimState, EventKind, NoticeAction, NoticeState, Right, Role

# What ends the wait for a recipient.
ENDS = (NoticeState.CONFIRMED, NoticeState.IMPOSSIBLE, NoticeState.DISPROPORTIONATE)
_OF = {
    NoticeAction.RECTIFIED: Right.RECTIFICATION,
    NoticeAction.ERASED: Right.ERASURE,
    NoticeAction.RESTRICTED: Right.RESTRICTION,
    NoticeAction.LIFTED: Right.RESTRICTION,
}


def plan_notice(case: Case, *, recipient: str, action: NoticeAction) -> RecipientNotice:
    """In the caller's transaction: this recipient is being told; one who was told before waits anew."""
    claims = Claim.objects.filter(case=case).exclude(state=ClaimState.WITHDRAWN.value)
    claim = claims.filter(right=_OF[action].value).first() or claims.first()
    if claim is None:
        raise CannotDo(_("This was not decided in the case yet: tell the recipient once it is."))
    fresh = {"state": NoticeState.PLANNED.value, "sent_at": None, "ended_at": None}
    name = slugify(recipient)[:64] or "recipient"
    row, _new = RecipientNotice.objects.update_or_create(claim=claim, recipient=name, defaults=fresh)
    return row


def notice_sent(event_id: int, *, at: datetime, by: Actor) -> None:
    """The letter that event ordered left: from now on the recipient's word is waited for."""
    require(by, Act.CARRY_POST)
    number = events.fields(Event.objects.get(pk=event_id))["data"].get("notice")
    planned = RecipientNotice.objects.filter(pk=number, state=NoticeState.PLANNED.value)
    planned.update(state=NoticeState.SENT.value, sent_at=at)


def settle_notice(case_id: int, *, notice: int, how: NoticeState, reason: str, by: Actor) -> None:
    """The recipient confirmed, or why it is impossible; a disproportionate effort is a manager's to say (Art. 19).

    ``reason`` says how it was confirmed, or why not. Raises CannotDo without it, or where the wait is over.
    """
    require(by, Act.WORK_ON_CASE)
    if how not in ENDS:
        raise CannotDo(_("Choose how it ended."))
    if how is NoticeState.DISPROPORTIONATE and not by.has(Role.MANAGER):
        raise NotPermitted(_("Only a manager says that telling a recipient takes a disproportionate effort."))
    if not says_something(reason):
        raise CannotDo(_("Say how the recipient confirmed, or why that is impossible: the sentence is the proof."))
    with moving(case_id, by=by) as (case, now):
        waiting = (NoticeState.PLANNED.value, NoticeState.SENT.value)
        rows = RecipientNotice.objects.select_for_update().filter(claim__case=case, state__in=waiting)
        row = rows.filter(pk=notice).first()
        if row is None:
            raise CannotDo(_("Nobody waits for this recipient any more. Reload the page to see what was done."))
        row.state, row.ended_at = how.value, now
        row.save()
        data: dict[str, events.Value] = {"notice": row.pk, "notice_state": how.value}
        said = {"text": reason.strip()}
        tell(case, EventKind.RECIPIENT_SETTLED, by=by, at=now, claim=row.claim, data=data, payload=said)


def explain_recipients(claim_id: int, *, reason: str, by: Actor) -> None:
    """Nobody else had these data, or why nobody is told what was done to them (Art. 19); asked before the case closes.

    Raises CannotDo where nothing was done, where recipients were told already, or without a reason.
    """
    require(by, Act.WORK_ON_CASE)
    if not is_a_sentence(reason):
        raise CannotDo(_("Say in a sentence who was looked for and why nobody is told: it is the proof (Art. 19)."))
    with deciding(claim_id, by=by) as (case, claim, now):
        decided = claim.state in {ClaimState.APPROVED.value, ClaimState.ANSWERED.value}
        if not decided or not is_carried_out(claim) or Right(claim.right) not in TOLD_TO_RECIPIENTS:
            raise CannotDo(_("This was not decided in the case yet: tell the recipient once it is."))
        if claim.recipients_explained or RecipientNotice.objects.filter(claim=claim).exists():
            raise CannotDo(_("The recipients of these data are told or explained already: the history says how."))
        claim.recipients_explained = True
        said = {"text": reason.strip()}
        tell(case, EventKind.RECIPIENTS_EXPLAINED, by=by, at=now, claim=claim, payload=said)


def notices_of(case: Case) -> list[RecipientNotice]:
    """All of the case, the oldest first."""
    return list(RecipientNotice.objects.filter(claim__case=case).select_related("claim").order_by("id"))
