"""What the case page shows of questions, extension and freeze, and which acts are open to the reader."""

from dataclasses import dataclass
from typing import Any

from dsar.web import words
from dsar.web.desk.own import OwnReading, own_reading
from workflow import services
from workflow.actors import Actor
from workflow.deadlines import Deadlines, Question
from workflow.guards import lasting_restriction
from workflow.models import Case, Pause
from workflow.services.clock import questions_of
from workflow.states import (
    CaseState,
    ExtensionReason,
    ExtensionState,
    InterimGround,
    PauseKind,
    Role,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the person; ``verdict`` is "" while it has not left, ``late`` when a decision could let it in."""

    row: Pause
    verdict: str
    late: bool
    reminds: bool = False  # its day came, and it has not left

    @property
    def waits(self) -> bool:
        return self.row.answered_on is None and not self.row.ended

    @property
    def form(self) -> str:
        return f"{self.row.kind}:{self.row.pk}"


def of(case: Case, dates: Deadlines, actor: Actor) -> dict[str, Any]:
    """The context of the boxes about time."""
    works = actor.has(Role.OFFICER, Role.MANAGER)
    extension = getattr(case, "extension", None)
    state = ExtensionState(extension.state) if extension else None
    clarifiable = case.state in {CaseState.IDENTITY_VERIFIED.value, CaseState.IN_PROGRESS.value}
    asked = _asked(case, dates)
    return {
        "asked": asked,
        "can_clarify": works and clarifiable,
        "scope_why_not": services.scope_blockers(case) if works and clarifiable else [],
        "can_ask_mandate": works
        and case.is_open
        and not any(one.waits and one.row.kind == PauseKind.MANDATE for one in asked),
        "may_ask_identity": not any(one.waits and one.row.kind == PauseKind.IDENTITY for one in asked),
        "extension": extension,
        "extension_words": services.extension_words_of(case) if state is ExtensionState.ASKED else {},
        "extension_own": services.own_words_in(case, "M05") if state is ExtensionState.ASKED else {},
        "extension_why_not": services.extension_blockers(case) if works and extension is None else [],
        "extension_reasons": list(ExtensionReason),
        "extension_last": {months: services.latest_promise(case, months) for months in (1, 2)}
        if works and case.is_open and extension is None and not dates.suspended
        else {},
        "reviews_extension": state is ExtensionState.ASKED and actor.has(Role.REVIEWER, Role.MANAGER),
        "own_extension": _own_reading(case, actor) if state is ExtensionState.ASKED else None,
        "is_late": case.is_open and case.case_due is not None and case.case_due < words.today(),
        "interim_by": services.interim_by(case) if case.is_open else None,
        "interim_grounds": list(InterimGround),
        **_lifting(case),
    }


def _lifting(case: Case) -> dict[str, Any]:
    """What is restricted and until when: the restriction we granted, or the freeze while the request is examined."""
    granted = lasting_restriction(case)
    until = granted.lifting_on if granted else case.lifting_on
    reached = until is not None and until <= words.today()
    return {"granted_restriction": granted, "lifting_on": until, "lifting_reached": reached}


def _own_reading(case: Case, actor: Actor) -> OwnReading | None:
    """What whoever asked for the extension has to wait for before approving it themselves; None for others."""
    row = case.extension
    if row.asked_by != actor.code or not case.policy_version.policy.four_eyes.extension:
        return None
    return own_reading(case, since=row.created_at, due=case.month_due)


def _asked(case: Case, dates: Deadlines) -> list[Asked]:
    verdicts = {step.pause: step.verdict.value for step in dates.steps if isinstance(step, Question)}
    told = {row.pk: verdicts.get(asked, "") for row, asked in questions_of(case)}
    late = {row.pk for row in services.late_questions(case)}
    return [
        Asked(row, told.get(row.pk, ""), row.pk in late, bool(services.reminders_to_leave(case, row)))
        for row in case.pauses.all()
    ]
