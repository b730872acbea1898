"""What an officer says of an attachment: that it shows an identity document, or that it shows none."""

import uuid

from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, require, says_something
from workflow.permissions import Act
from workflow.services import admissibility
from workflow.services._moving import moving, tell
from workflow.services.admissibility import Condition
from workflow.states import EventKind, Evidence, RequirementCode


def judge_document(
    case_id: int, *, part: uuid.UUID, digest: str, shows_one: bool, others: bool, reason: str, by: Actor
) -> None:
    """An attachment of the case is called an identity document, or no longer is.

    ``others``: further identity documents are in the case, so its condition stays met whatever this one is. The
    caller marks the attachment in the same transaction. Raises CannotDo without a reason, NotPermitted.
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(reason):
        raise CannotDo(_("Say how you know it: the reason stays in the case history."))
    with moving(case_id, by=by) as (case, now):
        if case.is_open and shows_one:
            found = Condition(RequirementCode.IDENTITY_COPY, met=True, evidence=Evidence.ATTACHED)
            admissibility.add(case, [found], at=now)
        elif case.is_open and not others:
            admissibility.lose(case, unmet={RequirementCode.IDENTITY_COPY}, unasked=set(), at=now)
        kind = EventKind.DOCUMENT_RECOGNISED if shows_one else EventKind.DOCUMENT_DENIED
        data = {"part": str(part), "sha256": digest}
        tell(case, kind, by=by, at=now, data=data, payload={"text": reason.strip()})
