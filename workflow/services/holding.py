"""A legal hold: while it stands, the case is neither closed nor erased, whatever the settings say."""

from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, require, says_something
from workflow.permissions import Act
from workflow.services._moving import moving, tell
from workflow.states import CaseState, EventKind


def place_hold(case_id: int, *, reason: str, by: Actor) -> None:
    """A manager or the data protection officer keeps the case: an audit, a dispute that may come (Art. 17(3)(e)).

    A complaint places the same hold by itself (T24); ``release_hold`` lifts either.
    """
    require(by, Act.PLACE_HOLD)
    if not says_something(reason):
        raise CannotDo(_("Say what the case is needed for: the reason stays in the history."))
    with moving(case_id, by=by) as (case, now):
        if case.state == CaseState.MERGED.value:
            raise CannotDo(_("This case goes on in the one it was merged into: place the hold there."))
        if case.legal_hold:
            raise CannotDo(_("There is a legal hold on this case already."))
        case.legal_hold = True
        tell(case, EventKind.HOLD_PLACED, by=by, at=now, payload={"text": reason.strip()})
