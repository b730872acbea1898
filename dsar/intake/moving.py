"""A message or an attachment was put into the wrong case: it leaves it, and whoever wrote with its help is told.

What moves is in one case only, with its key. Both histories keep the digest; the reason and the other case's
reference are sealed, since the history of a case may be given to its person.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.intake import containing
from dsar.intake import services as intake
from dsar.intake.models import InboundMessage, MessagePart, MessageState
from dsar.intake.placing import Sealed, asked_by, open_from
from dsar.vault import services as vault
from notifications.kinds import Audience, Letter, NotificationState
from notifications.models import Notification
from workflow import events, queries, services
from workflow.actors import Actor
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.sealing import KeyGone, SealBroken
from workflow.services.sight import require_sight
from workflow.states import BreachSign, CaseState, EventKind, Evidence, RequirementCode

IDENTITY_COPY = (RequirementCode.IDENTITY_COPY,)
_LEFT = [state.value for state in (NotificationState.SENT, NotificationState.WRITTEN, NotificationState.UNDELIVERABLE)]


def move_message(message_id: int, *, to: Case | None, reason: str, by: Actor) -> Case:
    """Take a message with all it holds out of its case, into ``to`` or into a case of its own; that case.

    Raises CannotDo with a sentence when there is no reason, when the message opened its case (that is a merge)
    or when the other case cannot take it, NotPermitted for another role.
    """
    message = _message(message_id)
    own = intake.read_again(message) if to is None else None
    sealed = _read_if_possible(message) if to is not None else own
    with transaction.atomic():
        message = (
            InboundMessage.objects.select_for_update(of=("self",)).select_related("case", "raw").get(pk=message_id)
        )
        case = message.case
        if case is None:
            raise CannotDo(_("This message is in no case."))
        _may_move(case, to, by)
        if _opened_by(case) == str(message.uuid):
            raise CannotDo(_("This message opened the case: merge the case into the right one instead."))
        since = _in_the_case_since(case, str(message.uuid), message.taken_at)
        goes = to.reference if to is not None else ""
        digest = message.raw.sha256
        stays = identity_parts(case).exclude(message=message, moved_to=None)
        withdrawn = services.remove_message(
            case.pk,
            message=message.uuid,
            digest=digest,
            what="message",
            to=goes,
            reason=reason,
            unmet=() if stays.exists() else IDENTITY_COPY,
            by=by,
        )
        suspect(case, since, by=by)
        if own is not None:
            target = open_from(message, own, by=by)
        else:
            target = _case(to)
            asked = asked_by(message, sealed) if sealed is not None else {"proposed": withdrawn}
            services.attach_message(
                target.pk, message=message.uuid, received_at=message.received_at, digest=digest, by=by, **asked
            )
            message.state, message.case, message.next_try_at = MessageState.ATTACHED.value, target, timezone.now()
            message.save()
    intake.settle(message)
    return target


def move_part(part_id: int, *, to: Case, reason: str, by: Actor) -> None:
    """Take one attachment with all it holds out of the case that shows it, into another one.

    What holds it stays, and is given out no more. Raises as ``move_message`` does.
    """
    with transaction.atomic():
        part = (
            MessagePart.objects.select_for_update(of=("self",))
            .select_related("message__case", "moved_to")
            .get(pk=part_id)
        )
        case = part.owner
        if case is None:
            raise CannotDo(_("This message is in no case."))
        _may_move(case, to, by)
        mail = part.message
        inside = [one for one in containing.below(part) if one.moved_to_id == part.moved_to_id]
        for one in [part, *inside]:
            one.message = mail
            _move_one(one, case, to, reason=reason, by=by)
        InboundMessage.objects.filter(pk=mail.pk).update(next_try_at=timezone.now())
    intake.settle(mail)


def _move_one(part: MessagePart, case: Case, to: Case, *, reason: str, by: Actor) -> None:
    mail = part.message
    at_first = _in_the_case_since(case, str(mail.uuid), mail.taken_at)
    since = _in_the_case_since(case, str(part.uuid), at_first)
    shows = part.identity_document
    # What is closed only since it holds this one is no document of the first case without it.
    gone = [part.pk, *containing.opened_with(part)]
    services.remove_message(
        case.pk,
        message=part.uuid,
        digest=part.sha256,
        what="attachment",
        to=to.reference,
        reason=reason,
        unmet=IDENTITY_COPY if shows and not identity_parts(case).exclude(pk__in=gone).exists() else (),
        by=by,
    )
    suspect(case, since, by=by)
    met = [services.Condition(code, met=True, evidence=Evidence.ATTACHED) for code in IDENTITY_COPY]
    services.attach_message(
        to.pk,
        message=part.uuid,
        received_at=mail.received_at,
        digest=part.sha256,
        what="attachment",
        conditions=met if shows else (),
        by=by,
    )
    MessagePart.objects.filter(pk=part.pk).update(moved_to=None if to == mail.case else to)


def _message(message_id: int) -> InboundMessage:
    return InboundMessage.objects.select_related("raw", "controller").get(pk=message_id)


def _case(to: Case | None) -> Case:
    if to is None:
        raise CannotDo(_("Choose the case it goes to."))
    return to


def _read_if_possible(message: InboundMessage) -> Sealed | None:
    """What it asks, to be told to the case it goes to; None when its original is gone: it moves all the same."""
    try:
        return intake.read_again(message)
    except (KeyGone, SealBroken, vault.BlobMissing):
        return None


def identity_parts(case: Case) -> QuerySet[MessagePart]:
    """The identity documents that are shown in this case."""
    here = Q(moved_to=case) | Q(moved_to=None, message__case=case)
    return MessagePart.objects.filter(here, identity_document=True)


def _may_move(case: Case, to: Case | None, by: Actor) -> None:
    if to is None:
        return
    require_sight(to, by)
    if to.pk == case.pk:
        raise CannotDo(_("Choose another case: it is in this one."))
    if to.controller_id != case.controller_id or to.state == CaseState.MERGED.value:
        raise CannotDo(_("The other case was merged: choose the one it goes on in."))


def _opened_by(case: Case) -> str:
    """The message of the case's first event; "" when it was opened by hand."""
    first = queries.history(case).first()
    return str(events.fields(first)["data"].get("message", "")) if first is not None else ""


def _in_the_case_since(case: Case, what: str, otherwise: datetime) -> datetime:
    """When it came into this case: of several times the last, ``otherwise`` for what came with the first message."""
    attached = queries.history(case).filter(kind=EventKind.MESSAGE_ATTACHED.value)
    return max((event.utc for event in attached if events.fields(event)["data"]["message"] == what), default=otherwise)


def suspect(case: Case, since: datetime, *, by: Actor) -> None:
    """A letter that left meanwhile, or an answer given otherwise, may have used what was another person's."""
    letters = Notification.objects.filter(case=case, audience=Audience.PERSON.value, state__in=_LEFT)
    wrote = letters.filter(created_at__gte=since).exclude(letter=Letter.M01.value).exists()
    if wrote or case.claims.filter(answered_at__gte=since).exists():
        services.propose_breach(case.pk, sign=BreachSign.USED_IN_A_LETTER, by=by)
