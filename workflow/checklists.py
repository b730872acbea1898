"""What has to be true before a decision goes to its reader: one list for each right (domain §1.1, §1.3), and
which outcomes a right knows. Codes only; the words are made where they are shown.
"""

from enum import StrEnum

from workflow.states import Ground, Outcome, Right


class Check(StrEnum):
    """One line an officer confirms by hand; what the system can see for itself is a blocker, not a line."""

    COPY_COMPLETE = "copy_complete"
    FACTS_OF_ART_15 = "facts_of_art_15"
    OTHERS_CHECKED = "others_checked"
    SEARCHED_ALL = "searched_all"
    VALUES_NAMED = "values_named"
    RECIPIENTS_TOLD = "recipients_told"
    ERASED_NAMED = "erased_named"
    KEPT_NAMED = "kept_named"
    ACCOUNT_TOLD = "account_told"
    SCOPE_NAMED = "scope_named"
    SCOPE_FROZEN = "scope_frozen"
    LIFTING_TOLD = "lifting_told"
    ONLY_PROVIDED = "only_provided"
    FIELDS_DESCRIBED = "fields_described"
    TRANSFER_ANSWERED = "transfer_answered"
    STOP_NAMED = "stop_named"
    STOPPED = "stopped"
    CHANNELS_STOPPED = "channels_stopped"
    SUPPRESSION_NOTED = "suppression_noted"
    CONSENT_STOPPED = "consent_stopped"
    PAST_LAWFUL = "past_lawful"
    ACCOUNT_LIVES_ON = "account_lives_on"
    HUMAN_DECIDED = "human_decided"
    LOGIC_EXPLAINED = "logic_explained"
    QUESTION_ANSWERED = "question_answered"
    POSITION_REASONED = "position_reasoned"
    PART_AND_REASON = "part_and_reason"
    PROVEN = "proven"
    # none of the six cases of Art. 17(1), or of the four of Art. 18(1), was looked over
    NOT_17_A = "not_17_a"
    NOT_17_B = "not_17_b"
    NOT_17_C = "not_17_c"
    NOT_17_D = "not_17_d"
    NOT_17_E = "not_17_e"
    NOT_17_F = "not_17_f"
    NOT_18_A = "not_18_a"
    NOT_18_B = "not_18_b"
    NOT_18_C = "not_18_c"
    NOT_18_D = "not_18_d"


_GRANTED: dict[Right, tuple[Check, ...]] = {
    Right.ACCESS: (Check.COPY_COMPLETE, Check.FACTS_OF_ART_15, Check.OTHERS_CHECKED),
    Right.RECTIFICATION: (Check.VALUES_NAMED,),
    Right.ERASURE: (Check.ERASED_NAMED, Check.KEPT_NAMED, Check.ACCOUNT_TOLD),
    Right.RESTRICTION: (Check.SCOPE_NAMED, Check.LIFTING_TOLD),
    Right.PORTABILITY: (
        Check.ONLY_PROVIDED,
        Check.FIELDS_DESCRIBED,
        Check.TRANSFER_ANSWERED,
        Check.OTHERS_CHECKED,
    ),
    Right.OBJECTION_DM: (Check.CHANNELS_STOPPED, Check.SUPPRESSION_NOTED),
    Right.OBJECTION_GENERAL: (Check.STOP_NAMED,),
    Right.CONSENT_WITHDRAWAL: (Check.CONSENT_STOPPED, Check.PAST_LAWFUL, Check.ACCOUNT_LIVES_ON),
    Right.AUTOMATED_DECISION: (Check.HUMAN_DECIDED, Check.LOGIC_EXPLAINED),
    Right.INFORMATION: (Check.QUESTION_ANSWERED,),
    Right.COMPLAINT: (Check.POSITION_REASONED,),
}
# True only once it was done: asked where somebody records that it is, never before the approval (T16, T17).
_CARRIED_OUT: dict[Right, tuple[Check, ...]] = {
    Right.RECTIFICATION: (Check.RECIPIENTS_TOLD,),
    Right.ERASURE: (Check.RECIPIENTS_TOLD,),
    Right.RESTRICTION: (Check.SCOPE_FROZEN, Check.RECIPIENTS_TOLD),
    Right.OBJECTION_GENERAL: (Check.STOPPED,),
}
# A refusal because no case of the article is met went through each of them (domain §1.5).
_EACH_CASE: dict[str, tuple[Check, ...]] = {
    Ground.G_STILL.value: (
        Check.NOT_17_A,
        Check.NOT_17_B,
        Check.NOT_17_C,
        Check.NOT_17_D,
        Check.NOT_17_E,
        Check.NOT_17_F,
    ),
    Ground.G_NO18.value: (Check.NOT_18_A, Check.NOT_18_B, Check.NOT_18_C, Check.NOT_18_D),
}
_NOT_GRANTED = (Check.PART_AND_REASON, Check.PROVEN)  # Art. 12(4); the burden of proof is ours

# "We hold no data about you" answers a right that is about data.
_ABOUT_DATA = frozenset({Right.ACCESS, Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION, Right.PORTABILITY})
# Rights of others are redacted, and only a direct transfer can be infeasible: neither refuses everything (domain §1.2).
ONLY_FOR_A_PART = frozenset({Ground.G_OTHERS, Ground.G_NOTECH})


def carried_out(right: Right) -> tuple[Check, ...]:
    """What is confirmed when what was approved is recorded as done."""
    return _CARRIED_OUT.get(right, ())


def checklist(right: Right, outcome: Outcome, ground: str = "") -> tuple[Check, ...]:
    """What is confirmed before this decision goes to its reader, in the order it is shown; ``ground``: its code."""
    if outcome is Outcome.REFUSED:
        return _EACH_CASE.get(ground, ()) + _NOT_GRANTED
    if outcome is Outcome.NOTHING_HELD and right in _ABOUT_DATA:
        return (Check.SEARCHED_ALL,)
    partly = _EACH_CASE.get(ground, ()) + _NOT_GRANTED
    return _GRANTED[right] + (partly if outcome is Outcome.PARTLY_GRANTED else ())


def outcomes(right: Right, *, refusable: bool) -> tuple[Outcome, ...]:
    """The outcomes a form offers for this right, in their order; ``refusable``: the law knows a ground for it."""
    refused = {Outcome.REFUSED, Outcome.PARTLY_GRANTED}
    return tuple(
        one
        for one in Outcome
        if (one not in refused or refusable) and (one is not Outcome.NOTHING_HELD or right in _ABOUT_DATA)
    )
