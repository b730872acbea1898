"""What the sources answered and what was made of it, told by the rooms above."""

import uuid
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, hands_over_data, require, says_something
from workflow.models import Case, Collection, Requirement
from workflow.permissions import Act
from workflow.services._moving import in_open_case, moving, tell
from workflow.services.breaches import suspect_breach
from workflow.states import (
    DISCLOSES_DATA,
    BreachSign,
    ClaimState,
    CollectionState,
    EventKind,
    RequirementCode,
    RequirementState,
    Right,
)


def record_collection(case_id: int, *, source: str, records: int, digest: str, by: Actor) -> None:
    """A source handed over data of the person: ``records`` of them, SHA-256 ``digest`` of the file.

    An export made before is no longer complete, so it has to be made again.
    """
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        _still_collecting(case)
        _not_handed_over(case)
        row, _created = Collection.objects.get_or_create(case=case, source=source, defaults={"asked_at": now})
        row.state = CollectionState.ANSWERED.value
        row.records += records
        row.answered_at, row.answered_by = now, by.code
        row.save()
        tell(
            case,
            EventKind.DATA_ATTACHED,
            by=by,
            at=now,
            data={"source": source, "records": records, "sha256": digest},
        )
        _sources(case, now)
        _requirement(case, RequirementCode.EXPORT_READY, RequirementState.MISSING, "", now)
        _decide_again(case, by=by, at=now)


def record_nothing_held(case_id: int, *, source: str, how: str, by: Actor) -> None:
    """A source was searched and holds nothing: a full answer (EDPB 01/2022 §179)."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(how):
        raise CannotDo(_("Say how it was searched."))
    with moving(case_id, by=by) as (case, now):
        _still_collecting(case)
        row, _created = Collection.objects.get_or_create(case=case, source=source, defaults={"asked_at": now})
        if row.records:
            raise CannotDo(_("This source has handed over data, so it cannot hold nothing."))
        row.state = CollectionState.NOTHING_HELD.value
        row.answered_at, row.answered_by = now, by.code
        row.save()
        tell(
            case,
            EventKind.NOTHING_HELD_RECORDED,
            by=by,
            at=now,
            data={"source": source},
            payload={"how": how.strip()},
        )
        _sources(case, now)


def record_removal(
    case_id: int, *, source: str, records: int, digest: str, attached_at: datetime, last: bool, reason: str, by: Actor
) -> None:
    """A file attached by mistake leaves with its ``records``; ``last`` when the source has no other in this case.

    Possible in every state: another person's data stays in no file. What was handed over since
    ``attached_at`` may be a breach, which a person has to judge.
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(reason):
        raise CannotDo(_("Say why this file does not belong to the case."))
    with moving(case_id, by=by) as (case, now):
        row = Collection.objects.get(case=case, source=source)
        row.records = max(row.records - records, 0)
        if last:
            row.state, row.answered_at, row.answered_by = CollectionState.ASKED.value, None, ""
        row.save()
        tell(
            case,
            EventKind.DATA_REMOVED,
            by=by,
            at=now,
            data={"source": source, "records": records, "sha256": digest},
            payload={"text": reason.strip()},
        )
        _sources(case, now)
        _requirement(case, RequirementCode.EXPORT_READY, RequirementState.MISSING, "", now)
        _decide_again(case, by=by, at=now)
        handed = case.claims.filter(state=ClaimState.ANSWERED.value, answered_at__gte=attached_at)
        if any(hands_over_data(claim) for claim in handed):
            suspect_breach(case, BreachSign.HANDED_OVER, by=by, at=now)


def record_export_ready(case_id: int, *, bundle: uuid.UUID, digest: str, by: Actor) -> None:
    """The export stands sealed in the vault: its id and SHA-256 are the evidence."""
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        _identity_is_settled(case)
        total = case.collections.aggregate(total=Sum("records"))["total"] or 0
        tell(
            case,
            EventKind.EXPORT_READY,
            by=by,
            at=now,
            data={"bundle": str(bundle), "sha256": digest, "records": total},
        )
        _requirement(case, RequirementCode.EXPORT_READY, RequirementState.MET, str(bundle), now)


def _still_collecting(case: Case) -> None:
    in_open_case(case)
    _identity_is_settled(case)


def _identity_is_settled(case: Case) -> None:
    if case.identity_needed and case.verified_at is None:
        raise CannotDo(_("Verify identity before data is collected."))


def _not_handed_over(case: Case) -> None:
    """What the person received stays what the case shows."""
    handed = case.claims.filter(state=ClaimState.ANSWERED.value)
    if any(hands_over_data(claim) for claim in handed):
        raise CannotDo(
            _("The data was handed over already. Answer what is open, then reopen the case to add what was missed.")
        )


def _decide_again(case: Case, *, by: Actor, at: datetime) -> None:
    """A decision on the data stands on the data it was made on: changed since, it needs a new approval (T16)."""
    about_data = [right.value for right in DISCLOSES_DATA | {Right.ERASURE}]
    decided = [ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value]
    for claim in case.claims.select_for_update().filter(right__in=about_data, state__in=decided):
        claim.send_back()
        claim.version += 1
        claim.save()
        tell(
            case,
            EventKind.CLAIM_SENT_BACK,
            by=by,
            at=at,
            claim=claim,
            data={"version": claim.version, "why": "data_changed"},
        )


def _sources(case: Case, now) -> None:  # type: ignore[no-untyped-def]
    silent = case.collections.filter(state=CollectionState.ASKED.value).exists()
    state = RequirementState.MISSING if silent else RequirementState.MET
    _requirement(case, RequirementCode.SOURCES_ANSWERED, state, "", now)


def _requirement(case: Case, code: RequirementCode, state: RequirementState, evidence: str, now) -> None:  # type: ignore[no-untyped-def]
    Requirement.objects.update_or_create(
        case=case, claim=None, code=code.value, defaults={"state": state.value, "evidence": evidence, "as_of": now}
    )
