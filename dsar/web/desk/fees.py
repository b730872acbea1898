"""What the case page shows of the fee of one right, and which acts are open to the reader."""

from dataclasses import dataclass

from dsar.history.typography import euros
from dsar.web import words
from dsar.web.desk.own import OwnReading, own_reading
from workflow import services
from workflow.actors import Actor
from workflow.models import Case, Claim, Fee
from workflow.sealing import KeyGone
from workflow.states import ABUSE, FEE_RIGHTS, FeeState, Ground, Language, Right, Role


@dataclass(frozen=True, slots=True)
class FeeBox:
    """``why_not`` says why none can be asked now; ``row`` is the one asked for, settled or not."""

    grounds: tuple[Ground, ...]
    can_ask: bool
    why_not: list[str]
    row: Fee | None
    amount: str
    calculation: str
    facts: str
    how: str
    own_words: dict[Language, str]
    stands: bool
    works: bool
    can_approve: bool
    own: OwnReading | None


def of(case: Case, claim: Claim, actor: Actor) -> FeeBox | None:
    """None where the law knows no fee for this right."""
    if Right(claim.right) not in FEE_RIGHTS:
        return None
    row, works = services.fee_of(claim), actor.has(Role.OFFICER, Role.MANAGER)
    stands = case.is_open and claim.fee == FeeState.ASKED.value
    said = _words(claim) if row else {}
    waits = stands and row is not None and row.approved_at is None
    return FeeBox(
        grounds=tuple(ground for ground in Ground if ground in ABUSE),
        can_ask=works and case.is_open and row is None,
        why_not=[str(sentence) for sentence in services.fee_blockers(case, claim)] if row is None else [],
        row=row,
        amount=euros(row.cents, words.language()) if row else "",
        calculation=said.get("calculation", ""),
        facts=said.get("facts", ""),
        how=said.get("how", ""),
        own_words=services.own_words_in(case, "M06F", claim=str(claim.uuid)) if stands else {},
        stands=stands,
        works=works,
        can_approve=waits and actor.has(Role.MANAGER),
        own=_own(case, row, actor) if waits and row is not None else None,
    )


def _words(claim: Claim) -> dict[str, str]:
    try:
        return services.fee_words_of(claim)
    except KeyGone:
        return {}


def _own(case: Case, row: Fee, actor: Actor) -> OwnReading | None:
    if row.asked_by != actor.code or not case.policy_version.policy.four_eyes.fee:
        return None
    return own_reading(case, since=row.created_at, due=services.fee_due(case))
