"""What is said of an act that meets a case or a right in the wrong state: why, and what would make it possible."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.states import CaseState, ClaimState

_OVER: dict[CaseState, Promise] = {
    CaseState.PROCESSED: _(
        "This case is processed. If an answer was incomplete or the person disagrees, reopen it first; "
        "a new wish is a new case."
    ),
    CaseState.CLOSED: _(
        "This case is closed. If an answer was incomplete or the person disagrees, reopen it first; "
        "a new wish is a new case."
    ),
    CaseState.WITHDRAWN: _(
        "The person withdrew this request, so nothing more is done in it. If they ask again, that is a new case."
    ),
    CaseState.OUT_OF_SCOPE: _(
        "This case was set aside: it is no request about personal data. If it is one after all, "
        "take the request up again first; that is possible for 30 days."
    ),
    CaseState.FORWARDED: _(
        "This request was passed on to the company responsible for the data, which answers it. "
        "Whatever else the person asks of us is a new case."
    ),
    CaseState.MERGED: _("This case was merged into another one: go on in that case, this page links to it."),
}
_ENDED = tuple(_OVER)

_SETTLED = _("Identity is settled in this case already: go on to the next action.")
_CONFIRM = _("Confirm the rights of this case first.")
_VERIFY = _("Verify identity first.")
_ASKED = _("Proof of identity was asked for: record the reply, or verify identity, first.")
_WAITS = _("The person was asked for a clarification: record the reply first, then go on.")
_IN_SCOPE = _("This case was never set aside, so there is nothing to take up again.")
_STILL_OPEN = _(
    "This case still has rights to answer: answer or withdraw each of them; it closes by itself 30 days later."
)
_ANSWERED_NOWHERE = _("Nothing was answered in this case yet, so there is nothing to reopen: decide its rights.")
_CASE: dict[tuple[str, CaseState], Promise] = {
    ("verify_identity", CaseState.RECEIVED): _CONFIRM,
    ("verify_identity", CaseState.IDENTITY_VERIFIED): _SETTLED,
    ("verify_identity", CaseState.AWAITING_CLARIFICATION): _SETTLED,
    ("verify_identity", CaseState.IN_PROGRESS): _SETTLED,
    ("ask_identity", CaseState.RECEIVED): _CONFIRM,
    ("ask_identity", CaseState.AWAITING_CLARIFICATION): _WAITS,
    ("ask_clarification", CaseState.RECEIVED): _VERIFY,
    ("ask_clarification", CaseState.AWAITING_IDENTITY): _ASKED,
    ("ask_clarification", CaseState.AWAITING_CLARIFICATION): _WAITS,
    ("take", CaseState.RECEIVED): _VERIFY,
    ("take", CaseState.AWAITING_IDENTITY): _ASKED,
    ("take", CaseState.AWAITING_CLARIFICATION): _WAITS,
    ("take", CaseState.IN_PROGRESS): _(
        "Somebody works on this case already: to give it to another colleague, assign it."
    ),
    ("close", CaseState.CLOSED): _("This case is closed already: nothing is left to do."),
    ("close", CaseState.MERGED): _("This case was merged: it is over, and the case it went into closes by itself."),
    ("reopen", CaseState.WITHDRAWN): _(
        "A withdrawn request is not reopened: if the person asks again, that is a new case."
    ),
    ("reopen", CaseState.OUT_OF_SCOPE): _(
        "Nothing was answered in this case. If it is a request after all, take it up again: possible for 30 days."
    ),
    ("reopen", CaseState.FORWARDED): _(
        "The company responsible for the data answers this request: whatever the person asks of us is a new case."
    ),
    ("reopen", CaseState.MERGED): _("This case was merged: reopen the case it went into."),
    ("return_to_scope", CaseState.CLOSED): _(
        "This case is closed: the 30 days to take it up again are over, or it was never set aside."
    ),
    **{("close", state): _STILL_OPEN for state in CaseState if state not in _ENDED},
    **{("reopen", state): _ANSWERED_NOWHERE for state in CaseState if state not in _ENDED},
    **{("return_to_scope", state): _IN_SCOPE for state in CaseState if state not in _ENDED},
    **{
        ("return_to_scope", state): _IN_SCOPE
        for state in (CaseState.PROCESSED, CaseState.WITHDRAWN, CaseState.FORWARDED, CaseState.MERGED)
    },
}

_ANSWERED = _("This right is answered. If the answer was incomplete or the person disagrees, reopen the case first.")
_NOT_ASKED = _("This right is no longer asked for here. If the person does ask for it, tick it again among the rights.")
_CLAIM: dict[tuple[str, ClaimState], Promise] = {
    ("submit", ClaimState.IN_REVIEW): _(
        "The draft is with a second person already, who approves it or sends it back; you need do nothing now."
    ),
    ("submit", ClaimState.APPROVED): _(
        "This decision is approved already: have the answer sent. To change it, ask the reviewer to send it back."
    ),
    ("approve", ClaimState.OPEN): _("Nothing waits for approval here: the officer submits the draft first."),
    ("approve", ClaimState.APPROVED): _("This decision is approved already: nothing is left to approve."),
    ("send_back", ClaimState.OPEN): _("The draft is with its author already, who changes it and submits it again."),
    ("draft", ClaimState.IN_REVIEW): _(
        "The draft is with a second person: to change it, ask the reviewer to send it back first."
    ),
    ("draft", ClaimState.APPROVED): _(
        "This decision is approved: to change it, ask the reviewer to send it back first."
    ),
}


def of_an_ended_case(state: str) -> Promise:
    """Why nothing happens in a case that is over, and what would open the way. Raises KeyError for an open one."""
    return _OVER[CaseState(state)]


def of_case(act: str, state: str) -> Promise | None:
    """Why a transition of the case, by the name of its method, is refused in this state; None where none is known."""
    return _CASE.get((act, CaseState(state)), _OVER.get(CaseState(state)))


def of_claim(act: str, state: str) -> Promise | None:
    """The same for a right."""
    if ClaimState(state) is ClaimState.ANSWERED:
        return _ANSWERED
    if ClaimState(state) is ClaimState.WITHDRAWN:
        return _NOT_ASKED
    return _CLAIM.get((act, ClaimState(state)))
