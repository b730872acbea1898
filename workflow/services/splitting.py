"""A case split in two by an officer (domain §3): some of its rights go on in a case of their own.

One person stays one person: the new case has the same receipt, identity, questions and extension, so no date moves.
Each history names the other case. What is of several people is divided by its message, not here.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import events, refusals
from workflow.actors import Actor
from workflow.events import Value
from workflow.guards import CannotDo, changes_contact, level_needed, require
from workflow.models import Case, Claim, Extension, HolderKey, IdentityCheck, KnownContact, NewContact, Pause
from workflow.permissions import Act
from workflow.services import admissibility, clock, opinions, sight
from workflow.services._moving import moving, nothing_came, sealed, tell, unsealed
from workflow.services.arriving import next_reference
from workflow.services.cases import NEW_MAIL, finish, go_on_unproven, ordered, rights_of
from workflow.states import (
    AfterConsent,
    CaseState,
    ClaimState,
    EventKind,
    ExtensionState,
    IdentityLevel,
    PauseKind,
    Right,
)

_PENDING = [ExtensionState.ASKED.value, ExtensionState.APPROVED.value]
_SAME = (
    "controller", "state", "channel", "language", "second_language", "person_email", "person_name", "written_by",
    "relation", "policy_version", "assignee", "minor", "minor_conflict", "legal_hold", "received_at", "receipt_date",
    "confirmed_at", "identity_needed", "identity_level", "verified_at", "solo_wait",
)  # fmt: skip


def split_blockers(case: Case) -> list[str | Promise]:
    """Why this case cannot be split now, each with what would make it possible."""
    found: list[str | Promise] = []
    if not case.is_open:
        return [refusals.of_an_ended_case(case.state)]
    if case.confirmed_at is None or case.claims.filter(confirmed=False).exclude(state=_GONE).exists():
        found.append(_("Confirm the rights of this case first."))
    if case.pauses.filter(answered_on__isnull=True, ended="").exists():
        found.append(_("A question to the person is open: split the case once the reply is read."))
    if case.reply_to_read:
        found.append(_("Read the new message first."))
    if case.complaint or case.breach_open or case.authority:
        found.append(_("A complaint, a possible breach or an authority’s letter runs on this case: settle that first."))
    if case.interim_restricted:
        found.append(_("The data of this case are frozen: its rights stay together until the freeze is over."))
    extension = Extension.objects.filter(case=case).first()
    if extension is not None and (extension.state in _PENDING or case.state != CaseState.IN_PROGRESS.value):
        found.append(_("An extension waits for its decision or its letter: split the case after that."))
    if not found and (not movable(case) or case.claims.exclude(state=_GONE).count() < _FEWEST):
        found.append(_("A case is split between two rights at least, one of them without a decision under way."))
    return found


_GONE, _FEWEST = ClaimState.WITHDRAWN.value, 2


def movable(case: Case) -> list[Claim]:
    """The rights a split can take along: nobody decides on them, no fee is asked, and no opinion stands against one."""
    rows = case.claims.filter(state=ClaimState.OPEN.value, confirmed=True, fee="", outside_at__isnull=True)
    if case.claims.filter(follow_up=AfterConsent.ERASE.value).exists():
        rows = rows.exclude(right=Right.ERASURE.value)  # it answers the consent that was withdrawn here
    free = [row for row in rows if not opinions.objections(case, row)]
    order = list(Right)
    return sorted(free, key=lambda row: order.index(Right(row.right)))


def split(case_id: int, *, rights: Sequence[Right], why: str, seen: int | None = None, by: Actor) -> Case:
    """These rights go on in a case of their own, with the receipt, the identity and the clock of this one.

    A draft of theirs stays behind and is written anew. ``seen``: the last event on the screen. Returns the new case.
    Raises CannotDo with a sentence where something of the case can only be of one.
    """
    require(by, Act.WORK_ON_CASE)
    if not why.strip():
        raise CannotDo(_("Say why the case is split: the sentence stays in both histories."))
    holder = uuid.uuid4()
    HolderKey.objects.key_of(holder, create=True)  # the key is durable before the row that needs it
    with transaction.atomic(), moving(case_id, by=by) as (case, now):
        nothing_came(case, since=seen, kinds=NEW_MAIL | {EventKind.CLAIMS_CONFIRMED})
        for sentence in split_blockers(case):
            raise CannotDo(sentence)
        claims = _chosen(case, rights)
        part = _open_part(case, holder, rights, at=now)
        told = {"rights": ",".join(ordered(list(rights)))}
        _tell_part(part, case, told, why, by=by, at=now)
        for claim in claims:
            claim.withdraw()
            claim.save()
        case.identity_needed = case.identity_needed and level_needed(case, rights_of(case)) is not IdentityLevel.L0
        admissibility.refresh(case, at=now)
        clock.wind(case)
        data: dict[str, Value] = {"into": part.reference, **told}
        tell(case, EventKind.CASE_SPLIT, by=by, at=now, data=data, payload={"text": why.strip()})
        sight.share_sight(case, part, by=by, at=now)
        go_on_unproven(part, by=by, at=now)
        part.save()
        go_on_unproven(case, by=by, at=now)
        finish(case, by=by, at=now)
    return part


def _chosen(case: Case, rights: Collection[Right]) -> list[Claim]:
    free = {row.right for row in movable(case)}
    wanted = {right.value for right in rights}
    if not wanted:
        raise CannotDo(_("Choose the rights that go on in a case of their own."))
    if wanted - free:
        raise CannotDo(_("A right you chose is being decided, was answered or has a fee: it stays in this case."))
    if not case.claims.exclude(state=_GONE).exclude(right__in=wanted).exists():
        raise CannotDo(_("At least one right stays in this case: choose fewer."))
    return list(Claim.objects.select_for_update().filter(case=case, right__in=wanted).exclude(state=_GONE))


def _open_part(case: Case, holder: uuid.UUID, rights: Sequence[Right], *, at: datetime) -> Case:
    """The new case with all that the clock, the sheet and the proof of identity stand on."""
    same = {name: getattr(case, name) for name in _SAME}
    part: Case = Case(uuid=holder, reference=next_reference(case.controller, case.received_at), split_from=case, **same)
    part.subject = sealed(part, unsealed(case, case.subject, what="subject"), what="subject")
    clock.wind(part)
    part.save()
    unproven = set(case.claims.filter(unproven=True).exclude(state=_GONE).values_list("right", flat=True))
    Claim.objects.bulk_create(
        [Claim(case=part, right=right, confirmed=True, unproven=right in unproven) for right in ordered(list(rights))]
    )
    for contact in case.new_contacts.all():
        _again(contact, NewContact, part)
    for known in case.known_contacts.all():
        _again(known, KnownContact, part, uuid=uuid.uuid4())
    for check in case.identity_checks.all():
        number = uuid.uuid4()
        note = unsealed(case, check.note, what=f"identity-note:{check.uuid}")
        _again(check, IdentityCheck, part, uuid=number, note=sealed(part, note, what=f"identity-note:{number}"))
    for row in _questions(case, rights):
        _again(row, Pause, part)
    extension = Extension.objects.filter(case=case).first()
    if extension is not None:
        _again(extension, Extension, part)
    part.identity_needed = level_needed(part, list(rights)) is not IdentityLevel.L0
    for sheet in case.requirements.filter(claim=None, code__in=[code.value for code in admissibility.BY_HAND]):
        part.requirements.create(code=sheet.code, state=sheet.state, evidence=sheet.evidence, as_of=sheet.as_of)
    admissibility.refresh(part, at=at)
    clock.wind(part)
    part.save()
    return part


def _questions(case: Case, rights: Collection[Right]) -> list[Pause]:
    """The answered questions that left; one about the scope of an access stopped the clock of an access alone."""
    kinds = [kind.value for kind in PauseKind if kind is not PauseKind.SCOPE or set(rights) == {Right.ACCESS}]
    return list(case.pauses.filter(kind__in=kinds, asked_on__isnull=False, answered_on__isnull=False))


def _again(
    row: Pause | Extension | KnownContact | NewContact | IdentityCheck, model: type, part: Case, **more: object
) -> None:
    names = [field.attname for field in row._meta.concrete_fields if field.name not in {"id", "case"}]
    model.objects.create(case=part, **{**{name: getattr(row, name) for name in names}, **more})  # type: ignore[attr-defined]


def _tell_part(part: Case, case: Case, told: dict[str, str], why: str, *, by: Actor, at: datetime) -> None:
    """The first two events of the new history: the same receipt, and where identity and clock come from."""
    version = part.policy_version
    person = {
        "person": part.person_email,
        "name": part.person_name,
        "subject": unsealed(part, part.subject, what="subject"),
    }
    if part.written_by:
        person["written_by"] = part.written_by
    data: dict[str, Value] = {
        "reference": part.reference,
        "received_at": part.received_at,
        "receipt_date": part.receipt_date,
        "channel": part.channel,
        "language": part.language,
        "policy_version": version.number,
        "policy_sha256": version.sha256,
        **told,
    }
    # no letter of its own follows from this: the person was acknowledged when they wrote
    events.record(part.stream, EventKind.CASE_RECEIVED, by=by, at=at, data=data, payload=person, holder=part.uuid)
    origin: dict[str, Value] = {
        "from": case.reference,
        "level": part.identity_level,
        "verified_at": part.verified_at or "",
        "pauses": ";".join(_shown(row) for row in part.pauses.all()),
        "case_due": part.case_due or "",
        **({"new_contact": True} if changes_contact(part) else {}),
        **told,
    }
    row = Extension.objects.filter(case=part).first()
    if row is not None and row.state == ExtensionState.IN_FORCE.value:
        origin |= {"months": row.months, "promised": row.promised}
    tell(part, EventKind.CASE_SPLIT_OFF, by=by, at=at, data=origin, payload={"text": why.strip()})


def _shown(row: Pause) -> str:
    return ",".join([row.kind, str(row.asked_on), str(row.answered_on), "late" if row.override else ""])
