"""The admissibility sheet: what the law and clause 7.7 of the policy ask, each met, missing or waived.

Nothing here moves a case: a formality of the policy alone never rejects a request (domain §1.5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, is_a_sentence, level_needed, require
from workflow.models import Case, Requirement
from workflow.permissions import Act
from workflow.services import setting_aside
from workflow.services._moving import in_open_case, moving, tell
from workflow.states import (
    FORMALITIES,
    ClaimState,
    EventKind,
    Evidence,
    IdentityLevel,
    RequirementCode,
    RequirementState,
    Right,
)

# Settled by acts of their own: confirming the rights, verifying identity.
_OF_ACTS = frozenset({RequirementCode.RIGHT_STATED, RequirementCode.IDENTITY_ESTABLISHED})
BY_HAND = FORMALITIES | {RequirementCode.MANDATE_SHOWN}


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the sheet as somebody found it."""

    code: RequirementCode
    met: bool
    evidence: Evidence


def set_out(case: Case, found: Sequence[Condition], *, at: datetime) -> None:
    """Write the sheet of a new case: ``found`` by intake, and what the case itself says."""
    for condition in found:
        _write(case, condition, at)
    refresh(case, at=at)


def add(case: Case, found: Sequence[Condition], *, at: datetime) -> None:
    """A further message may bring what was missing; it takes nothing away."""
    rows = _rows(case)
    for condition in found:
        row = rows.get(condition.code.value)
        if row is None or (condition.met and row.state == RequirementState.MISSING.value):
            _write(case, condition, at)
    refresh(case, at=at)


def lose(case: Case, *, unmet: set[RequirementCode], unasked: set[RequirementCode], at: datetime) -> None:
    """What met a condition left the case; what an officer saw or waived stays.

    ``unasked``: nothing in the case names these any more. Only a mandate is asked for because a message says so.
    """
    rows = _rows(case)
    for code in unmet & FORMALITIES:
        row = rows.get(code.value)
        if row and row.state == RequirementState.MET.value and row.evidence != Evidence.OFFICER.value:
            _write(case, Condition(code, met=False, evidence=Evidence.NOT_FOUND), at)
    mandate = rows.get(RequirementCode.MANDATE_SHOWN.value)
    if mandate and RequirementCode.MANDATE_SHOWN in unasked and mandate.state == RequirementState.MISSING.value:
        mandate.delete()
    refresh(case, at=at)


def refresh(case: Case, *, at: datetime) -> None:
    """The law's conditions after an act; the caller holds the lock. What did not change keeps its date."""
    rows = _rows(case)
    for condition in (_right(case), _identity(case)):
        row = rows.get(condition.code.value)
        if row is None or (row.state, row.evidence) != (_state(condition), condition.evidence.value):
            _write(case, condition, at)


def inherit(case: Case, *, source: Case, at: datetime) -> None:
    """After a merge: what the other request of the same person met is met here too."""
    there = source.requirements.filter(code__in=[code.value for code in BY_HAND], claim=None)
    met = [row for row in there if row.state == RequirementState.MET.value]
    add(case, [Condition(RequirementCode(row.code), met=True, evidence=Evidence(row.evidence)) for row in met], at=at)


def told(found: Sequence[Condition]) -> str:
    """The sheet as event 1 keeps it: ``dated:mail_date,signed:-not_found``, a minus before what is missing."""
    return ",".join(f"{one.code.value}:{'' if one.met else '-'}{one.evidence.value}" for one in found)


def meet(case_id: int, *, code: RequirementCode, reason: str, by: Actor) -> None:
    """An officer saw that a condition is met where the machine could not, and says how."""
    require(by, Act.WORK_ON_CASE)
    if code not in BY_HAND:
        raise CannotDo(_("This condition follows from an act of its own: confirm the rights or verify identity."))
    _settle(case_id, code, RequirementState.MET, EventKind.CONDITION_MET, reason, by)


def waive(case_id: int, *, code: RequirementCode, reason: str, by: Actor) -> None:
    """An officer does without a formality of the policy. What the law demands cannot be waived."""
    require(by, Act.WORK_ON_CASE)
    if code not in FORMALITIES:
        raise CannotDo(_("The law demands this condition, so it cannot be waived."))
    _settle(case_id, code, RequirementState.WAIVED, EventKind.CONDITION_WAIVED, reason, by)


def _settle(
    case_id: int, code: RequirementCode, state: RequirementState, kind: EventKind, reason: str, by: Actor
) -> None:
    if not is_a_sentence(reason, least=2):
        raise CannotDo(_("Say why in a sentence: the reason stays in the case history."))
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        row = _rows(case).get(code.value)
        before = row.state if row else ""
        if before == RequirementState.MET.value or before == state.value:
            raise CannotDo(_("This condition is settled already: the history says by whom and why."))
        Requirement.objects.update_or_create(
            case=case,
            claim=None,
            code=code.value,
            defaults={"state": state.value, "evidence": Evidence.OFFICER.value, "as_of": now},
        )
        if code is RequirementCode.MANDATE_SHOWN:
            setting_aside.want_of_identity(case, by=by, at=now)
        tell(case, kind, by=by, at=now, data={"condition": code.value}, payload={"text": reason.strip()})


def is_represented(case: Case) -> bool:
    """Whether somebody writes for the person, as the mail or an officer says."""
    return bool(case.written_by) or _mandate(case).exists()


def lacks_mandate(case: Case) -> bool:
    """Disclosure to the wrong representative is a data breach (EDPB Guidelines 01/2022 §80-81)."""
    return _mandate(case).filter(state=RequirementState.MISSING.value).exists()


def has_mandate(case: Case) -> bool:
    """Whether it was shown, and not merely waived."""
    return _mandate(case).filter(state=RequirementState.MET.value).exists()


def _mandate(case: Case) -> "QuerySet[Requirement]":
    return case.requirements.filter(code=RequirementCode.MANDATE_SHOWN.value, claim=None)


def _right(case: Case) -> Condition:
    claims = [claim for claim in case.claims.all() if claim.state != ClaimState.WITHDRAWN.value]
    code = RequirementCode.RIGHT_STATED
    if case.confirmed_at is not None:
        return Condition(code, met=True, evidence=Evidence.CONFIRMED)
    sure = any(not claim.unsure for claim in claims)
    return Condition(code, sure, Evidence.PROPOSED if sure else Evidence.UNSURE if claims else Evidence.NOT_FOUND)


def _identity(case: Case) -> Condition:
    code = RequirementCode.IDENTITY_ESTABLISHED
    if case.verified_at is not None:
        check = case.identity_checks.order_by("id").last()
        return Condition(code, met=True, evidence=Evidence(check.method) if check else Evidence.OFFICER)
    rights = [Right(claim.right) for claim in case.claims.all() if claim.state != ClaimState.WITHDRAWN.value]
    needless = bool(rights) and level_needed(case, rights) is IdentityLevel.L0
    return Condition(code, needless, Evidence.NOT_NEEDED if needless else Evidence.NOT_FOUND)


def _rows(case: Case) -> dict[str, Requirement]:
    return {row.code: row for row in Requirement.objects.filter(case=case, claim=None)}


def _state(condition: Condition) -> str:
    return (RequirementState.MET if condition.met else RequirementState.MISSING).value


def _write(case: Case, condition: Condition, at: datetime) -> None:
    Requirement.objects.update_or_create(
        case=case,
        claim=None,
        code=condition.code.value,
        defaults={"state": _state(condition), "evidence": condition.evidence.value, "as_of": at},
    )
