"""The states of a case as its history alone tells them, and whether a refusal is said in words."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils import translation

from workflow import events
from workflow.models import Case, Event
from workflow.states import CaseState, ClaimState, EventKind, Language

Claims = dict[str, str]
_CASE = {
    EventKind.CASE_RECEIVED: {CaseState.RECEIVED},
    EventKind.IDENTITY_ASKED: {CaseState.AWAITING_IDENTITY},
    EventKind.IDENTITY_VERIFIED: {CaseState.IDENTITY_VERIFIED},
    EventKind.IDENTITY_NOT_REQUIRED: {CaseState.IDENTITY_VERIFIED},
    EventKind.CASE_TAKEN: {CaseState.IN_PROGRESS},
    EventKind.CLARIFICATION_ASKED: {CaseState.AWAITING_CLARIFICATION},
    EventKind.CASE_CLARIFIED: {CaseState.IN_PROGRESS},
    EventKind.CASE_PROCESSED: {CaseState.PROCESSED},
    EventKind.CASE_REOPENED: {CaseState.IN_PROGRESS, CaseState.AWAITING_IDENTITY},
    EventKind.CASE_MERGED: {CaseState.MERGED},
    EventKind.CASE_OUT_OF_SCOPE: {CaseState.OUT_OF_SCOPE},
    EventKind.CASE_BACK_IN_SCOPE: {CaseState.RECEIVED, CaseState.IDENTITY_VERIFIED},
    EventKind.CASE_WITHDRAWN: {CaseState.WITHDRAWN},
    EventKind.CASE_FORWARDED: {CaseState.FORWARDED},
    EventKind.CASE_CLOSED: {CaseState.CLOSED},
}
# From where each act may move a right, and where to; anything else is an impossible history.
_CLAIM = {
    EventKind.CLAIM_DRAFTED: ({"open"}, "open"),
    EventKind.CLAIM_SUBMITTED: ({"open"}, "in_review"),
    EventKind.CLAIM_SENT_BACK: ({"in_review", "approved"}, "open"),
    EventKind.CLAIM_APPROVED: ({"in_review"}, "approved"),
    EventKind.EXECUTION_VERIFIED: ({"approved"}, "approved"),
    EventKind.EXECUTION_FAILED: ({"approved", "open"}, "open"),
    EventKind.CLAIM_ANSWERED: ({"approved"}, "answered"),
    EventKind.CLAIM_WITHDRAWN: ({"open", "in_review", "approved"}, "withdrawn"),
}
_ALL_END = {EventKind.CASE_WITHDRAWN, EventKind.CASE_MERGED}
_DRAFTS_SET_ASIDE = {EventKind.CASE_OUT_OF_SCOPE, EventKind.CASE_FORWARDED}


def as_it_stands(case: Case) -> Claims:
    """Every right that was decided on or answered, by its id; those only asked for left no event of their own."""
    seen = {events.fields(event)["claim"] for event in _events(case)}
    return {str(claim.uuid): claim.state for claim in case.claims.all() if str(claim.uuid) in seen}


def replayed(case: Case) -> Claims:
    """The same out of the history. Raises AssertionError on one that cannot have happened."""
    rights = {str(claim.uuid): claim.right for claim in case.claims.all()}
    claims: Claims = {}
    for event in _events(case):
        fields = events.fields(event)
        _replay(EventKind(event.kind), fields, claims, rights)
    last = [EventKind(event.kind) for event in _events(case) if EventKind(event.kind) in _CASE]
    assert CaseState(case.state) in _CASE[last[-1]] | _after(case, last[-1]), (case.state, last)
    return claims


def _replay(kind: EventKind, fields: dict[str, Any], claims: Claims, rights: Claims) -> None:
    claim, data = fields["claim"], fields["data"]
    if claim:
        before = claims.setdefault(claim, ClaimState.OPEN.value)
    if kind in _CLAIM:
        sources, target = _CLAIM[kind]
        assert before in (sources if not data.get("fast_lane") else {"open"}), f"{kind} of a right that was {before}"
        claims[claim] = target
    whole = {EventKind.CASE_REOPENED, EventKind.RIGHTS_REOPENED}
    reopened = data.get("rights", "") if kind in whole else data.get("reopened", "")
    for one, state in list(claims.items()):
        if kind in _ALL_END and state != "answered":
            claims[one] = "withdrawn"
        elif kind in _DRAFTS_SET_ASIDE and state == "in_review":
            claims[one] = "open"
        elif kind is EventKind.CLAIMS_CONFIRMED and rights[one] not in data["rights"].split(","):
            claims[one] = "withdrawn"
        elif state == "answered" and rights[one] in reopened.split(","):
            claims[one] = "open"


def _after(case: Case, last: EventKind) -> set[CaseState]:
    """The states that come without an event of their own: identity comes back, a second look reopens."""
    kinds = {EventKind(event.kind) for event in _events(case)}
    back = {CaseState.RECEIVED} if case.identity_needed and case.verified_at is None else set()
    if EventKind.REEXAMINATION_DECIDED in kinds and last in {EventKind.CASE_PROCESSED, EventKind.CASE_CLOSED}:
        return back | _CASE[EventKind.CASE_REOPENED]
    return back


def _events(case: Case) -> list[Event]:
    return list(Event.objects.filter(stream=case.stream).order_by("seq"))


def faults(sentence: object) -> list[str]:
    """What is wrong with a refusal as a sentence, in every language it can still be said in."""
    found = []
    for language in Language:
        with translation.override(language.value):
            found += faults_of([str(sentence)])
    return found


def faults_of(sentences: Iterable[str]) -> list[str]:
    """Those that are no whole sentence: cut, unfilled, or without a capital and a full stop."""
    whole = re.compile(r"(?!.*(%\(|.\bNone\b))[A-ZÀ-Þ](.*\s.*){2,}[.”]", re.DOTALL)
    return [sentence for sentence in sentences if not whole.fullmatch(sentence)]
