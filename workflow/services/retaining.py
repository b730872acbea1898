"""What the settings keep no longer: the terms of today, and what the rooms above tell the case of it."""

import uuid

from workflow.actors import Actor
from workflow.guards import require
from workflow.models import Controller, PolicyVersion
from workflow.permissions import Act
from workflow.policy import RetentionPolicy
from workflow.services import releasing
from workflow.services._moving import moving, tell
from workflow.states import EventKind, ReleaseEnd, RequirementCode, RequirementState


def retention_of(controller: Controller) -> RetentionPolicy:
    """The terms that count today: of the newest settings, whatever a case was opened under."""
    newest = PolicyVersion.objects.filter(controller=controller).order_by("-number")[0]
    return newest.policy.retention


def record_document_destroyed(case_id: int, *, part: uuid.UUID, digest: str, why: str, by: Actor) -> None:
    """An identity document goes everywhere: identity is "decided", or its "time_over". Its digest stays."""
    require(by, Act.APPLY_RETENTION)
    with moving(case_id, by=by) as (case, now):
        data = {"part": str(part), "sha256": digest, "destroyed": why}
        tell(case, EventKind.DOCUMENT_DESTROYED, by=by, at=now, data=data)


def record_original_destroyed(case_id: int, *, what: uuid.UUID, digest: str, why: str, by: Actor) -> None:
    """A mail or file that holds a national register number goes, for the same reasons; its text stays without it."""
    require(by, Act.APPLY_RETENTION)
    with moving(case_id, by=by) as (case, now):
        data = {"what": str(what), "sha256": digest, "destroyed": why}
        tell(case, EventKind.ORIGINAL_DESTROYED, by=by, at=now, data=data)


def record_export_erased(case_id: int, *, bundle: uuid.UUID, digest: str, by: Actor) -> None:
    """The time of an export is over and its file goes; its digest stays, so that a copy can still be recognised.

    Should the case ever be reopened, a new one has to be made.
    """
    require(by, Act.APPLY_RETENTION)
    with moving(case_id, by=by) as (case, now):
        tell(case, EventKind.EXPORT_ERASED, by=by, at=now, data={"bundle": str(bundle), "sha256": digest})
        ready = case.requirements.filter(claim=None, code=RequirementCode.EXPORT_READY.value, evidence=str(bundle))
        ready.update(state=RequirementState.MISSING.value, evidence="", as_of=now)
        if (waiting := releasing.open_release(case)) and waiting.bundle == bundle:
            releasing.end(case, ReleaseEnd.ERASED, at=now, by=by)
