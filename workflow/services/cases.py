"""The life of a case: opened, linked, sorted, taken, merged, reopened, closed."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, guards
from workflow.actors import Actor
from workflow.guards import CannotDo, level_needed, require
from workflow.models import Case, Claim, Controller, HolderKey, PolicyVersion, ReferenceCounter, Staff
from workflow.services import admissibility, clock
from workflow.services._moving import moving, nothing_came, sealed, tell
from workflow.services.admissibility import Condition
from workflow.states import (
    CaseState,
    Channel,
    ClaimState,
    EventKind,
    IdentityLevel,
    Language,
    Right,
    Role,
)

_WORKS_ON_CASES = (Role.OFFICER, Role.MANAGER)
_NEW_MAIL = frozenset({EventKind.MESSAGE_ATTACHED, EventKind.MESSAGE_REREAD, EventKind.CASE_ABSORBED})
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3: a path of 256 less its angle brackets


def open_case(
    *,
    controller: Controller,
    received_at: datetime,
    person_email: str,
    person_name: str = "",
    subject: str = "",
    language: Language = Language.FR,
    channel: Channel = Channel.EMAIL,
    proposed: Sequence[Right] = (),
    unsure: Sequence[Right] = (),
    unreadable: bool = False,
    to_be_linked: bool = False,
    linked_to: Case | None = None,
    message: uuid.UUID | None = None,
    digest: str = "",
    conditions: Sequence[Condition] = (),
    by: Actor,
) -> Case:
    """T01: a request reached the controller; the clock runs from ``received_at`` (Art. 12(3)).

    ``received_at`` is the instant of receipt with a time zone, ``message`` and ``digest``
    (SHA-256 of the raw bytes) name the evidence, ``linked_to`` the answered case it follows,
    ``conditions`` what was found of the policy's formalities.
    Rights are proposals until an officer confirms them. An address of more than 254 characters
    is nobody's: the case is kept without one and flagged. Returns the saved case with its reference and dates.
    """
    now = timezone.now()
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
            reference=_next_reference(controller, received_at),
            channel=channel.value,
            language=language.value,
            person_email=address,
            person_name=person_name[:200],
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
            [Claim(case=case, right=right, unsure=right in unsure) for right in _ordered([*proposed, *unsure])]
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
                "policy_version": version.number,
                "policy_sha256": version.sha256,
                "rule": rule.rule,
                "roll": rule.roll,
                "mode": rule.mode,
                "anchor": rule.anchor,
                "max_ask_delay": rule.max_ask_delay,
                "rights": ",".join(_ordered(list(proposed))),
                "unreadable": unreadable,
                **({"follows": linked_to.reference} if linked_to else {}),
                **({"conditions": admissibility.told(conditions)} if conditions else {}),
                "message": str(message or ""),
                "sha256": digest,
            },
            payload={"person": case.person_email, "name": case.person_name, "subject": subject},
        )
    return case


def attach_message(
    case_id: int,
    *,
    message: uuid.UUID,
    received_at: datetime,
    digest: str,
    proposed: Sequence[Right] = (),
    what: str = "message",
    conditions: Sequence[Condition] = (),
    by: Actor,
) -> None:
    """A further message of the person, or an "attachment" of one: somebody has to read it; no date moves by itself.

    Rights it adds become proposals of the open case, to be confirmed by an officer.
    """
    with moving(case_id, by=by) as (case, now):
        case.reply_to_read = True
        known = set(case.claims.exclude(state=ClaimState.WITHDRAWN.value).values_list("right", flat=True))
        added = [right for right in _ordered(proposed) if right not in known] if case.is_open else []
        Claim.objects.bulk_create([Claim(case=case, right=right) for right in added])
        if case.is_open:
            admissibility.add(case, conditions, at=now)
        clock.wind(case)
        tell(
            case,
            EventKind.MESSAGE_ATTACHED,
            by=by,
            at=now,
            data={
                **({} if what == "message" else {"what": what}),
                "message": str(message),
                "received_at": received_at,
                "sha256": digest,
                "added": ",".join(added),
            },
        )


def reread_message(
    case_id: int,
    *,
    message: uuid.UUID,
    digest: str,
    opens: bool,
    unreadable: bool,
    language: Language,
    proposed: Sequence[Right] = (),
    unsure: Sequence[Right] = (),
    conditions: Sequence[Condition] = (),
    by: Actor,
) -> None:
    """A message of the case was read again after a repair; no date moves by itself.

    What it asks for becomes proposals. While no officer has confirmed the rights, the message that
    ``opens`` the case also says whether it is readable and in which language the person is answered.
    """
    with moving(case_id, by=by) as (case, now):
        known = set(case.claims.exclude(state=ClaimState.WITHDRAWN.value).values_list("right", flat=True))
        wanted = _ordered([*proposed, *unsure]) if case.is_open else []
        added = [right for right in wanted if right not in known]
        Claim.objects.bulk_create([Claim(case=case, right=right, unsure=right in unsure) for right in added])
        if case.is_open:
            admissibility.add(case, conditions, at=now)
        if opens and case.confirmed_at is None:
            case.unreadable, case.language = unreadable, language.value
        clock.wind(case)
        tell(
            case,
            EventKind.MESSAGE_REREAD,
            by=by,
            at=now,
            data={"message": str(message), "sha256": digest, "unreadable": unreadable, "added": ",".join(added)},
        )


def read_reply(case_id: int, *, seen: int | None = None, by: Actor) -> None:
    """An officer has read what came in, up to event ``seen``. Raises CannotDo when more came since."""
    require(by, *_WORKS_ON_CASES)
    with moving(case_id, by=by) as (case, _now):
        nothing_came(case, since=seen, kinds=_NEW_MAIL)
        case.reply_to_read = False


def confirm_claims(case_id: int, *, rights: Sequence[Right], seen: int | None = None, by: Actor) -> None:
    """T02: the officer confirms or corrects the proposed rights. Raises CannotDo on none.

    ``seen`` is the last event that was on the screen: rights that came or were changed since are
    not set aside unseen, but the officer told to look.

    Rights no longer meant are withdrawn, not deleted. Where no right needs identity, the
    case goes on at once (T08, level L0).
    """
    require(by, *_WORKS_ON_CASES)
    if not rights:
        raise CannotDo(_("Choose at least one right."))
    with moving(case_id, by=by) as (case, now):
        if not case.is_open:
            raise CannotDo(_("Rights can be changed only while the case is open."))
        nothing_came(case, since=seen, kinds=_NEW_MAIL | {EventKind.CLAIMS_CONFIRMED})
        known = {claim.right: claim for claim in case.claims.exclude(state=ClaimState.WITHDRAWN.value)}
        for right in [right for right in known if right not in {r.value for r in rights}]:
            claim = Claim.objects.select_for_update().get(pk=known[right].pk)
            claim.withdraw()
            claim.save()
        for right in _ordered(list(rights)):
            if right in known:
                Claim.objects.filter(pk=known[right].pk).update(confirmed=True, unsure=False)
            else:
                Claim.objects.create(case=case, right=right, confirmed=True)
        needed = level_needed(list(rights))
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
                "rights": ",".join(_ordered(list(rights))),
                "proposed": ",".join(_ordered([Right(r) for r in known])),
                "level": needed.value,
            },
        )
        if case.state == CaseState.RECEIVED.value and not case.identity_needed:
            case.skip_identity()
            tell(case, EventKind.IDENTITY_NOT_REQUIRED, by=by, at=now, data={"level": needed.value})
        finish(case, by=by, at=now)


def assign(case_id: int, *, staff: Staff, by: Actor) -> None:
    """The case is somebody's to carry."""
    require(by, *_WORKS_ON_CASES)
    with moving(case_id, by=by) as (case, now):
        if not staff.is_active or staff.role_set().isdisjoint(_WORKS_ON_CASES):
            raise CannotDo(_("Only an officer or a manager can carry a case."))
        case.assignee = staff
        tell(case, EventKind.CASE_ASSIGNED, by=by, at=now, data={"to": staff.code})


def take(case_id: int, *, by: Actor) -> None:
    """T11: the officer takes the case and works on it."""
    require(by, *_WORKS_ON_CASES)
    with moving(case_id, by=by) as (case, now):
        case.assignee = Staff.objects.get(code=by.code)
        case.take()
        tell(case, EventKind.CASE_TAKEN, by=by, at=now, data={"to": by.code})


def add_note(case_id: int, *, text: str, by: Actor) -> None:
    """An internal note; the person can obtain it (Art. 15)."""
    require(by, *_WORKS_ON_CASES, Role.REVIEWER, Role.DPO)
    if not text.strip():
        raise CannotDo(_("Write the note first."))
    with moving(case_id, by=by) as (case, now):
        tell(case, EventKind.NOTE_ADDED, by=by, at=now, payload={"text": text.strip()})


def merge(case_id: int, *, into: int, same_person: str = "", by: Actor) -> None:
    """T03: the same person asked twice; the target keeps the earliest receipt. Never two persons.

    ``same_person``: how the officer knows that it is one, when the two cases have not one address.
    """
    require(by, *_WORKS_ON_CASES)
    if case_id == into:
        raise CannotDo(_("Choose another case to merge into."))
    with transaction.atomic():
        list(Case.objects.select_for_update().filter(pk__in=[case_id, into]).order_by("pk"))  # one order of locks
        with moving(case_id, by=by) as (case, now), moving(into, by=by) as (target, _now):
            _check_same_person(case, target, same_person)
            for claim in Claim.objects.select_for_update().filter(case=case).exclude(state=ClaimState.WITHDRAWN.value):
                claim.withdraw()
                claim.save()
                if not target.claims.filter(right=claim.right).exclude(state=ClaimState.WITHDRAWN.value).exists():
                    Claim.objects.create(case=target, right=claim.right, confirmed=claim.confirmed, unsure=claim.unsure)
            case.merge(into=target)
            target.identity_needed = level_needed(rights_of(target)) is not IdentityLevel.L0
            if guards.identity_was_skipped(target):
                target.need_identity()
            if case.received_at < target.received_at:
                target.received_at = case.received_at
            admissibility.inherit(target, source=case, at=now)
            clock.wind(target)
            tell(
                case,
                EventKind.CASE_MERGED,
                by=by,
                at=now,
                data={"into": target.reference},
                payload={"text": same_person.strip()} if same_person.strip() else None,
            )
            tell(
                target,
                EventKind.CASE_ABSORBED,
                by=by,
                at=now,
                data={
                    "from": case.reference,
                    "received_at": target.received_at,
                    "case_due": target.case_due,
                },
            )


def _check_same_person(case: Case, target: Case, because: str) -> None:
    if case.controller_id != target.controller_id or not target.is_open:
        raise CannotDo(_("The other case is no longer open: nothing can be merged into it."))
    one_address = bool(case.person_email) and case.person_email == target.person_email
    if not one_address and not because.strip():
        raise CannotDo(
            _(
                "These cases come from two addresses. Two persons are never merged: "
                "if one person wrote both, say how you know."
            )
        )
    if case.claims.filter(state__in=[ClaimState.APPROVED.value, ClaimState.ANSWERED.value]).exists():
        raise CannotDo(_("A decision was already taken in this case, so it can no longer be merged."))


def reopen(case_id: int, *, reason: str, rights: Sequence[Right], by: Actor) -> None:
    """T22: “incomplete”, a disagreement or a bounce; the unanswered part keeps its first receipt."""
    require(by, *_WORKS_ON_CASES)
    if not reason.strip():
        raise CannotDo(_("Say why the case is reopened."))
    if not rights:
        raise CannotDo(_("Choose the right that has to be looked at again."))
    with moving(case_id, by=by) as (case, now):
        if case.verified_at is not None or not case.identity_needed:
            case.reopen()
        else:
            case.reopen_unverified()
        wanted = [right.value for right in rights]
        answered = Claim.objects.select_for_update().filter(
            case=case, right__in=wanted, state=ClaimState.ANSWERED.value
        )
        if not answered:
            raise CannotDo(_("None of these rights was answered in this case: open a new case for a new wish."))
        for claim in answered:
            claim.reopen()
            claim.save()
        clock.wind(case)
        tell(
            case,
            EventKind.CASE_REOPENED,
            by=by,
            at=now,
            data={"rights": ",".join(_ordered(list(rights)))},
            payload={"text": reason.strip()},
        )


def finish(case: Case, *, by: Actor, at: datetime, answered_at: datetime | None = None) -> None:
    """T19: with its last claim the case is processed; the caller holds the lock.

    ``answered_at`` is when the last answer left; of a withdrawal of the rest it is now.
    """
    if case.is_open and guards.every_claim_is_answered(case):
        moment = answered_at or at
        case.process(at=moment)
        tell(case, EventKind.CASE_PROCESSED, by=by, at=at, data={"processed_at": moment})


def rights_of(case: Case) -> list[Right]:
    """The rights the case still answers or has answered, in their order."""
    held = set(case.claims.exclude(state=ClaimState.WITHDRAWN.value).values_list("right", flat=True))
    return [right for right in Right if right.value in held]


def close(case_id: int, *, by: Actor) -> None:
    """T23: quiet since the answer; retention begins."""
    require(by, *_WORKS_ON_CASES)
    with moving(case_id, by=by) as (case, now):
        case.close(at=now)
        tell(case, EventKind.CASE_CLOSED, by=by, at=now)


def _ordered(rights: Sequence[Right]) -> list[str]:
    wanted = {right.value for right in rights}
    return [right.value for right in Right if right.value in wanted]


def _next_reference(controller: Controller, received_at: datetime) -> str:
    """``DSR-YYYY-NNNN`` of the Brussels year of receipt; at least four digits."""
    year = deadlines.brussels_date(received_at).year
    ReferenceCounter.objects.get_or_create(controller=controller, year=year)
    counter = ReferenceCounter.objects.select_for_update().get(controller=controller, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"DSR-{year}-{counter.last:04d}"
