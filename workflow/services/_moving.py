"""What every service does the same way: lock, look, move, save and record, all of it or none."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from workflow import events, queries, refusals
from workflow.actors import Actor
from workflow.guards import CLAIM_STATE_NAMES, STATE_NAMES, CannotDo, NotPermitted
from workflow.models import Case, Claim, Event
from workflow.models.key import seal_for, unseal_for
from workflow.register_number import masked
from workflow.states import ActorKind, CaseState, Consumer, EventKind, Means

Payload = Mapping[str, Any]


@contextmanager
def moving(case_id: int, *, by: Actor, unseen: bool = False) -> Iterator[tuple[Case, datetime]]:
    """Lock the case for one change. Raises CannotDo with a sentence when it cannot move.

    Everything the caller writes is committed together at the end, or not at all.
    ``unseen``: mail joins a restricted case whoever carries it in.
    """
    now = timezone.now()
    try:
        with transaction.atomic():
            case = Case.objects.select_for_update().select_related("policy_version", "controller").get(pk=case_id)
            require_sight(case, by, unseen=unseen)
            if case.anonymised_at is not None:
                raise CannotDo(_("The time of this case is over and its data are erased: nothing can be done with it."))
            yield case, now
            case.save()
    except (TransitionNotAllowed, ConcurrentTransition) as refused:
        raise CannotDo(_sentence(case_id, refused)) from refused


@contextmanager
def deciding(claim_id: int, *, by: Actor) -> Iterator[tuple[Case, Claim, datetime]]:
    """Lock the case and one of its claims."""
    case_id = Claim.objects.values_list("case_id", flat=True).get(pk=claim_id)
    with moving(case_id, by=by) as (case, now):
        claim = Claim.objects.select_for_update().get(pk=claim_id)
        try:
            yield case, claim, now
        except TransitionNotAllowed as refused:
            if refused.object is not claim:
                raise  # the case could not follow: its sentence is said of the case
            raise stands_elsewhere(claim, refused.method.__name__) from refused
        claim.save()


def stands_elsewhere(claim: Claim, act: str = "") -> CannotDo:
    """The refusal that says where the right stands now, and what would make ``act``, a transition, possible."""
    return CannotDo(
        refusals.of_claim(act, claim.state)
        or _("This right is “%(state)s”, where this is not possible: the next action of the case says what is.")
        % {"state": CLAIM_STATE_NAMES[claim.state]}
    )


def in_open_case(case: Case) -> None:
    """Raises CannotDo when the case is over, with what would open the way again."""
    if not case.is_open:
        raise CannotDo(refusals.of_an_ended_case(case.state))


def left_at(at: datetime, *, since: datetime | None, now: datetime, by: Actor, refusal: str | Promise) -> datetime:
    """The instant a letter left that could leave from ``since`` on. Raises CannotDo with ``refusal``.

    Of what staff record it lies between then and now, and a form knows minutes only. What the post office tells was
    released before it left, whatever the clocks of two workers say: it counts from its release, at the latest now.
    """
    if since is None or (by.kind is ActorKind.STAFF and not since.replace(second=0, microsecond=0) <= at <= now):
        raise CannotDo(refusal)
    return max(min(at, now), since)


def check_means(means: Means, evidence: str, *, by: Actor) -> None:
    """Raises CannotDo where nobody could prove that it left: by mail only the post office tells it (domain §2.2)."""
    if means is Means.EMAIL and by.kind is not ActorKind.SYSTEM:
        raise CannotDo(
            _(
                "An answer by e-mail counts when its letter has left, which is recorded by itself: have the letter "
                "sent, or record how it was posted or handed over."
            )
        )
    if means not in {Means.EMAIL, Means.OUTSIDE} and not evidence.strip():
        raise CannotDo(_("Say how it can be proven: the registered number, or who received it."))


def as_shown(claim: Claim, version: int | None) -> None:
    """Raises CannotDo when the draft is no longer the version that was on the screen; None: nobody looked at one."""
    if version is not None and claim.version != version:
        raise CannotDo(_("The draft was changed after you opened it. Read the new version first."))


def nothing_came(case: Case, *, since: int | None, kinds: Collection[EventKind]) -> None:
    """Raises CannotDo when one of these happened after event ``since`` of the case, the last one on the screen."""
    if since is None:
        return
    later = Event.objects.filter(stream=case.stream, seq__gt=since, kind__in=[kind.value for kind in kinds])
    if later.exists():
        raise CannotDo(_("Something new came to this case after you opened the page. Reload it and look first."))


def tell(
    case: Case,
    kind: EventKind,
    *,
    by: Actor,
    at: datetime,
    claim: Claim | None = None,
    data: Mapping[str, events.Value] | None = None,
    payload: Payload | None = None,
    also: tuple[Consumer, ...] = (),
) -> Event:
    """One event on the case's stream; letters always hear of it, ``also`` others."""
    return events.record(
        case.stream,
        kind,
        by=by,
        at=at,
        claim=claim.uuid if claim else None,
        data=data,
        payload=payload,
        holder=case.uuid,
        consumers=(Consumer.LETTERS, *also),
    )


def sealed(case: Case, text: str, *, what: str) -> bytes | None:
    """The text under the case's key, or None for an empty one; a national register number in it is hidden first."""
    text = masked(text.strip())
    if not text:
        return None
    return seal_for(case.uuid, text.encode(), aad=seal_aad(what))


def unsealed(case: Case, value: bytes | memoryview | None, *, what: str) -> str:
    """The inverse of :func:`sealed`. Raises KeyGone when the case was shredded."""
    if value is None:
        return ""
    return unseal_for(case.uuid, bytes(value), aad=seal_aad(what)).decode()


def seal_aad(what: str) -> bytes:
    """Binds a sealed value to its place; the holder is bound by the key store."""
    return f"value:v1:{what}".encode()


def require_sight(case: Case, by: Actor, *, unseen: bool = False) -> None:
    """Raises NotPermitted where staff would act on a case about themselves, or on one they may not see (domain §3)."""
    if by.kind is not ActorKind.STAFF:
        return
    if queries.is_about(case, by):
        raise NotPermitted(_("This case is about you: a colleague has to handle it."))
    over = case.state == CaseState.CLOSED.value and case.anonymised_at is None
    hidden = case.restricted_access or over
    if unseen or not hidden or queries.sees(by, case):
        return
    if case.restricted_access:
        raise NotPermitted(_("Only the colleagues named for this case may handle it."))
    raise NotPermitted(
        _(
            "This case has been closed for so long that only the data protection officer and the auditor see it. "
            "A new message of the person, or a legal hold, opens it to you again."
        )
    )


def _sentence(case_id: int, refused: Exception) -> Any:
    state = Case.objects.values_list("state", flat=True).get(pk=case_id)
    if isinstance(refused, ConcurrentTransition):
        return _("Somebody else changed this case at the same moment. Reload the page to see what was done.")
    known = refusals.of_case(refused.method.__name__, state) if isinstance(refused, TransitionNotAllowed) else None
    return known or _("This case is “%(state)s”, where this is not possible: its next action says what is.") % {
        "state": STATE_NAMES[state]
    }
