"""Whatever is tried in the wrong state is refused with a sentence of its own: why, and what would make it possible."""

import pytest
from django.utils import translation

from workflow import refusals
from workflow.models import Case
from workflow.states import OPEN_CASE_STATES, CaseState, ClaimState, Language

BY_SERVICES = {
    "process", "process_unidentified", "clarify", "need_identity", "skip_identity", "reopen_unverified",
    "lose_identity",
}  # fmt: skip


def elsewhere(model):
    """Each act of the machine with each state it does not begin in."""
    moves = {}
    for one in model._meta.get_field("state").get_all_transitions(model):
        moves.setdefault(one.name, set()).add(one.source)
    return [
        (act, state.value)
        for act, sources in sorted(moves.items())
        for state in (CaseState if model is Case else ClaimState)
        if state.value not in sources
    ]


@pytest.mark.parametrize(("act", "state"), [one for one in elsewhere(Case) if one[0] not in BY_SERVICES])
def test_every_act_in_the_wrong_state_of_a_case_says_what_would_make_it_possible(act, state):
    assert refusals.of_case(act, state) is not None


@pytest.mark.parametrize("act", ["submit", "approve", "send_back", "draft"])
@pytest.mark.parametrize("state", ClaimState)
def test_every_act_in_the_wrong_state_of_a_right_does_too(act, state):
    possible = {"submit": {"open"}, "draft": {"open"}, "approve": {"in_review"}, "send_back": {"in_review", "approved"}}

    assert (refusals.of_claim(act, state.value) is None) is (state.value in possible[act])


@pytest.mark.parametrize("language", Language)
def test_a_case_that_is_over_names_the_way_on_in_every_language(language):
    with translation.override(language.value):
        said = {str(refusals.of_an_ended_case(state.value)) for state in set(CaseState) - OPEN_CASE_STATES}

    assert len(said) == len(set(CaseState) - OPEN_CASE_STATES)
    assert all(len(sentence.split()) > 8 for sentence in said)
