"""The life of a case: opened, linked, sorted, taken, merged, reopened, closed."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, guards, queries
from workflow.actors import Actor
from workflow.guards import CannotDo, level_needed, require, says_something
from workflow.models import Case, Claim, Controller, Event, HolderKey, PolicyVersion, Staff
from workflow.permissions import Act, may
from workflow.services import admissibility, asking, clock, releasing, sight
from workflow.services._moving import in_open_case, moving, nothing_came, sealed, tell
from workflow.services.admissibility import Condition
from workflow.services.arriving import check_arrival, next_reference
from workflow.services.dividing import Part
from workflow.states import (
    AfterConsent,
    CaseState,
    Channel,
    ClaimState,
    EventKind,
    Ground,
    IdentityLevel,
    Language,
    PauseEnd,
    PauseKind,
    ReleaseEnd,
    ReopenReason,
    Right,
)

NEW_MAIL = frozenset(
    {
        EventKind.MESSAGE_ATTACHED,
        EventKind.MESSAGE_REREAD,
        EventKind.CASE_ABSORBED,
        EventKind.OUTSIDE_MAIL_FILED,
    }
)
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3: a path of 256 less its angle brackets
_WITHDRAWN = ClaimState.WITHDRAWN.value


def open_case(
    *,
    controller: Controller,
    received_at: datetime,
    person_email: str,
    person_name: str = "",
    subject: str = "",
    language: Language = Language.FR,
    second_language: Language | None = None,
    channel: Channel = Channel.EMAIL,
    proposed: Sequence[Right] = (),
    unsure: Sequence[Right] = (),
    unreadable: bool = False,
    to_be_linked: bool = False,
    linked_to: Case | None = None,
    message: uuid.UUID | None = None,
    digest: str = "",
    part: Part | None = None,
    conditions: Sequence[Condition] = (),
    by: Actor,
) -> Case:
    """T01: a request reached the controller; the clock runs from ``received_at`` (Art. 12(3)).

    ``received_at`` is the instant of receipt with a time zone, ``message`` and ``digest`` (SHA-256 of the raw bytes)
    name the evidence, ``part`` what of it is this person's where it is several people's, ``linked_to`` the answered
    case it follows, ``conditions`` what was found of the policy's formalities.
    Rights are proposals until an officer confirms them. An address of more than 254 characters
    is nobody's: the case is kept without one and flagged. Returns the saved case with its reference and dates.
    """
    require(by, Act.TAKE_IN_MAIL)
    now = timezone.now()
    check_arrival(received_at, now=now, by=by)
    subject, address = subject[:200], person_email.lower()
    if len(address) > _LONGEST_ADDRESS:
        address, unreadable, to_be_linked = "", True, True  # cut, it would be somebody else's
    holder = uuid.uuid4()
    HolderKey.objects.key_of(holder, create=True)  # the key is durable before the row that needs it
    with transaction.atomic():
        version = PolicyVersion.objects.filter(controller=controller).order_by("-number").first()
        if version is None:
            raise CannotDo(_("This installation has no policy yet: run “manage.py run” once."))
        case: Case = Case(
            uuid=holder,
            controller=controller,
            reference=next_reference(controller, received_at),
            channel=channel.value,
            language=language.value,
            second_language=second_language.value if second_language else "",
            person_email=address,
            person_name=person_name[:200],
            written_by=part.written_by.lower() if part else "",
            policy_version=version,
            received_at=received_at,
            unreadable=unreadable,
            to_be_linked=to_be_linked,
            linked_to=linked_to,
        )
        case.subject = sealed(case, subject, what="subject")
        clock.wind(case)
        case.save()
        Claim.objects.bulk_create(
            [Claim(case=case, right=right, unsure=right in unsure) for right in ordered([*proposed, *unsure])]
        )
        admissibility.set_out(case, conditions, at=now)
        rule = version.policy.clock
        tell(
            case,
            EventKind.CASE_RECEIVED,
            by=by,
            at=now,
            data={
                "reference": case.reference,
                "received_at": received_at,
                "receipt_date": case.receipt_date,
                "case_due": case.case_due,
                "channel": channel.value,
                "language": language.value,
                **({"second_language": second_language.value} if second_language else {}),
                "policy_version": version.number,
                "policy_sha256": version.sha256,
                "rule": rule.rule,
                "roll": rule.roll,
                "mode": rule.mode,
                "anchor": rule.anchor,
                "max_ask_delay": rule.max_ask_delay,
                "rights": ",".join(ordered(list(proposed))),
                **({"unsure": ",".join(ordered(list(unsure)))} if unsure else {}),
                "unreadable": unreadable,
                **({"follows": linked_to.reference} if linked_to else {}),
                **(part.told() if part else {}),
                **({"conditions": admissibility.told(conditions)} if conditions else {}),
                "message": str(message or ""),
                "sha256": digest,
            },
            payload={
                "person": case.person_email,
                "name": case.person_name,
                "subject": subject,
                **({"written_by": case.written_by} if case.written_by else {}),
            },
        )
        sight.inherit_restriction(case, by=by, at=now)
    return case


def confirm_claims(
    case_id: int, *, rights: Sequence[Right], seen: int | None = None, because: str = "", by: Actor
) -> None:
    """T02: the officer confirms or corrects the proposed rights. Raises CannotDo on none.

    ``seen`` is the last event that was on the screen: rights that came or were changed since are
    not set aside unseen, but the officer told to look.

    Rights no longer meant are withdrawn, not deleted. A right that was confirmed once is set aside only with the
    reason why it was never asked for (``because``), and only while nobody works on its decision: what the person gives
    up is T20, what we do not do is a refusal. Where no right needs identity, the case goes on at once (T08, level L0).
    """
    require(by, Act.WORK_ON_CASE)
    if not rights:
        raise CannotDo(_("Choose at least one right."))
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        nothing_came(case, since=seen, kinds=NEW_MAIL | {EventKind.CLAIMS_CONFIRMED})
        known = {claim.right: claim for claim in case.claims.exclude(state=ClaimState.WITHDRAWN.value)}
        dropped = _set_aside(case, [right for right in known if right not in {r.value for r in rights}], because)
        for right in ordered(list(rights)):
            if right in known:
                Claim.objects.filter(pk=known[right].pk).update(confirmed=True, unsure=False)
            else:
                Claim.objects.create(case=case, right=right, confirmed=True)
        needed = level_needed(case, rights)
        case.identity_needed = needed is not IdentityLevel.L0
        case.confirmed_at = now
        case.unreadable = case.to_be_linked = False
        if guards.identity_was_skipped(case):
            case.need_identity()
        admissibility.refresh(case, at=now)
        clock.wind(case)
        tell(
            case,
            EventKind.CLAIMS_CONFIRMED,
            by=by,
            at=now,
            data={
                "rights": ",".join(ordered(list(rights))),
                "proposed": ",".join(ordered([Right(r) for r in known])),
                "level": needed.value,
            },
            payload={"text": because.strip()} if dropped and because.strip() else None,
        )
        clock.lift_scope(case, by=by, at=now)
        go_on_unproven(case, by=by, at=now)
        finish(case, by=by, at=now)


def go_on_unproven(case: Case, *, by: Actor, at: datetime) -> None:
    """T08, level L0: no right that is left needs proof of identity, so nothing waits for one. The caller locks."""
    waits = case.state in {CaseState.RECEIVED.value, CaseState.AWAITING_IDENTITY.value}
    if case.identity_needed or case.confirmed_at is None or not waits:
        return
    came = asking.first_reply(case, PauseKind.IDENTITY) or at
    kinds, on = (PauseKind.IDENTITY,), deadlines.brussels_date(came)
    clock.end_pause(case, kinds=kinds, arrived_on=on, how=PauseEnd.NOT_NEEDED, by=by, at=at)
    case.skip_identity()
    tell(case, EventKind.IDENTITY_NOT_REQUIRED, by=by, at=at, data={"level": IdentityLevel.L0.value})


def _set_aside(case: Case, rights: Sequence[str], because: str) -> list[Claim]:
    """Withdraw the claims of rights that were never meant; the caller holds the lock."""
    claims = list(Claim.objects.select_for_update().filter(case=case, right__in=rights).exclude(state=_WITHDRAWN))
    if any(claim.confirmed and claim.state != ClaimState.OPEN.value for claim in claims):
        raise CannotDo(
            _("The decision about a right you took away has begun. If the person gave it up, record their withdrawal.")
        )
    if any(claim.confirmed for claim in claims) and not says_something(because):
        raise CannotDo(
            _("You take away a right that was confirmed: say why the person never asked for it. They are told.")
        )
    if any(claim.right == Right.ERASURE.value for claim in claims) and _is_to_be_erased(case):
        raise CannotDo(
            _("Erasure is what the withdrawal of consent was answered with: it cannot be taken away. Decide on it.")
        )
    for claim in claims:
        claim.withdraw()
        claim.save()
    return claims


def _is_to_be_erased(case: Case) -> bool:
    """Nobody said that another legal basis allows to keep the data, so they go (domain §1.1)."""
    return case.claims.filter(follow_up=AfterConsent.ERASE.value).exists()


def assign(case_id: int, *, staff: Staff, by: Actor) -> None:
    """The case is somebody's to carry."""
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        staff = Staff.objects.select_for_update().get(pk=staff.pk)  # an account that is being closed waits
        if not staff.is_active or not may(staff.actor(), Act.WORK_ON_CASE):
            raise CannotDo(_("Only an officer or a manager can carry a case."))
        if not queries.sees(staff.actor(), case):
            raise CannotDo(_("%(name)s may not see this case, so cannot carry it.") % {"name": staff.name})
        case.assignee = staff
        tell(case, EventKind.CASE_ASSIGNED, by=by, at=now, data={"to": staff.code})


def take(case_id: int, *, by: Actor) -> None:
    """T11: the officer takes the case and works on it."""
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        case.assignee = Staff.objects.get(code=by.code)
        case.take()
        tell(case, EventKind.CASE_TAKEN, by=by, at=now, data={"to": by.code})


def add_note(case_id: int, *, text: str, by: Actor) -> None:
    """An internal note; the person can obtain it (Art. 15)."""
    require(by, Act.WRITE_NOTE)
    if not says_something(text):
        raise CannotDo(_("Write the note first."))
    with moving(case_id, by=by) as (case, now):
        tell(case, EventKind.NOTE_ADDED, by=by, at=now, payload={"text": text.strip()})


def reopen(
    case_id: int,
    *,
    reason: str,
    rights: Sequence[Right],
    because: ReopenReason = ReopenReason.INCOMPLETE,
    by: Actor,
) -> None:
    """T22: something is missing, or the answer came back; the unanswered part keeps its first receipt.

    A disagreement is looked at by somebody else (``decide_reexamination``), a new wish opens a new case. Of a case that
    still answers other rights only these rights are reopened: it stays where it stands, and its history says so.
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(reason):
        raise CannotDo(_("Say why the case is reopened."))
    if because is ReopenReason.SECOND_LOOK:
        raise CannotDo(_("After a disagreement the second look decides: record the complaint first."))
    with moving(case_id, by=by) as (case, now):
        came_back = Event.objects.filter(stream=case.stream, kind=EventKind.LETTER_UNDELIVERABLE.value)
        if because is ReopenReason.BOUNCE and not came_back.exists():
            raise CannotDo(_("No letter of this case came back: choose another reason."))
        kind = EventKind.RIGHTS_REOPENED if case.is_open else EventKind.CASE_REOPENED
        reopen_answered(case, rights, at=now, by=by)
        carried_by_somebody(case, by)
        clock.wind(case)
        tell(
            case,
            kind,
            by=by,
            at=now,
            data={"rights": ",".join(ordered(list(rights))), "because": because.value},
            payload={"text": reason.strip()},
        )
        clock.lift_scope(case, by=by, at=now)


def carried_by_somebody(case: Case, by: Actor) -> None:
    """An open case is never that of a closed account: whoever opens it carries it, or all officers hear of it."""
    if case.assignee is not None and not case.assignee.is_active:
        case.assignee = Staff.objects.filter(code=by.code).first() if may(by, Act.WORK_ON_CASE) else None


def reopen_answered(case: Case, rights: Sequence[Right], *, at: datetime, by: Actor) -> None:
    """The answered ``rights`` are open again, and the case with them; the caller holds the lock and records it."""
    if not rights:
        raise CannotDo(_("Choose the right that has to be looked at again."))
    if not case.is_open:
        if guards.identity_is_settled(case):
            case.reopen()
        else:
            case.reopen_unverified()
        case.save()  # first: a processed case has no open right, not even for a moment
    wanted = [right.value for right in rights]
    answered = Claim.objects.select_for_update().filter(case=case, right__in=wanted, state=ClaimState.ANSWERED.value)
    if not answered:
        raise CannotDo(_("None of these rights was answered in this case: open a new case for a new wish."))
    for claim in answered:
        claim.reopen()
        claim.save()
        if claim.by_download:
            releasing.end(case, ReleaseEnd.REOPENED, at=at, by=by)


def finish(case: Case, *, by: Actor, at: datetime, answered_at: datetime | None = None) -> None:
    """T19: with its last claim the case is processed; the caller holds the lock.

    ``answered_at`` is when the last answer left; of a withdrawal of the rest it is now.
    """
    if case.is_open and guards.every_claim_is_answered(case):
        moment = answered_at or at
        _end_the_wait(case, moment, by=by, at=at)
        unknown = case.state == CaseState.RECEIVED.value and not guards.identity_is_settled(case)
        if unknown or case.state == CaseState.AWAITING_IDENTITY.value:
            case.process_unidentified(at=moment)
        else:
            case.process(at=moment)
        clock.judge_lateness(case)
        tell(case, EventKind.CASE_PROCESSED, by=by, at=at, data={"processed_at": moment})


def _end_the_wait(case: Case, moment: datetime, *, by: Actor, at: datetime) -> None:
    """No clock stands still once the case is over, for a question that was never answered or is no longer needed."""
    refused = case.claims.filter(state=ClaimState.ANSWERED.value, ground=Ground.G_ID.value).exists()
    unknown = refused or case.state == CaseState.AWAITING_IDENTITY.value
    silent = (*([PauseKind.IDENTITY] if unknown else []), *([PauseKind.MANDATE] if refused else []))
    others = tuple(kind for kind in PauseKind if kind not in silent)
    for kinds, how in ((silent, PauseEnd.SILENCE), (others, PauseEnd.CASE_ENDED)):
        clock.end_pause(case, kinds=kinds, arrived_on=deadlines.brussels_date(moment), how=how, by=by, at=at)


def rights_of(case: Case) -> list[Right]:
    """The rights the case still answers or has answered, in their order."""
    held = set(case.claims.exclude(state=ClaimState.WITHDRAWN.value).values_list("right", flat=True))
    return [right for right in Right if right.value in held]


def add_right(case: Case, right: Right, *, by: Actor, at: datetime) -> None:
    """A right the officer adds, confirmed by that; the identity step comes back where it needs one."""
    if case.claims.filter(right=right.value).exclude(state=ClaimState.WITHDRAWN.value).exists():
        return
    Claim.objects.create(case=case, right=right.value, confirmed=True)
    case.identity_needed = level_needed(case, rights_of(case)) is not IdentityLevel.L0
    if guards.identity_was_skipped(case):
        case.need_identity()
    admissibility.refresh(case, at=at)
    clock.wind(case)
    clock.lift_scope(case, by=by, at=at)


def identity_as_before(case: Case) -> None:
    """T08 once more for a case that is received again: a level already reached is not asked twice."""
    if case.confirmed_at is None:
        return
    if case.verified_at is not None:
        case.verify_identity(at=case.verified_at, level=IdentityLevel(case.identity_level))
    elif not case.identity_needed:
        case.skip_identity()


def ordered(rights: Sequence[Right]) -> list[str]:
    """Their codes, each once, in the order of the law."""
    wanted = {right.value for right in rights}
    return [right.value for right in Right if right.value in wanted]
