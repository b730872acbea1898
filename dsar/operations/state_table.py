"""The two state machines as a page of the docs: read from the transitions, services and letters themselves."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dsar.operations import state_guards
from notifications.letters import REGISTER
from workflow import services
from workflow.models import Case, Claim
from workflow.permissions import BY_MACHINE, MAY, Act
from workflow.states import EventKind, Role

PAGE = Path(__file__).parents[2] / "docs" / "states.md"
_ASKED = re.compile(r"require\(by, Act\.(\w+)\)")


@dataclass(frozen=True, slots=True)
class Row:
    """One transition of the domain: the acts that make it, the moves of the machines, what they tell."""

    number: str
    what: str
    acts: tuple[str, ...]
    case: tuple[str, ...] = ()
    claim: tuple[str, ...] = ()
    events: tuple[EventKind, ...] = ()


E = EventKind
ROWS = (
    Row("T01", "a request arrives", ("open_case",), events=(E.CASE_RECEIVED,)),
    Row(
        "T02",
        "rights confirmed or corrected",
        ("confirm_claims",),
        ("need_identity",),
        ("withdraw",),
        (E.CLAIMS_CONFIRMED,),
    ),
    Row(
        "T03",
        "merged into another case, or split in two",
        ("merge", "split"),
        ("merge",),
        ("withdraw",),
        (E.CASE_MERGED, E.CASE_ABSORBED, E.CASE_SPLIT, E.CASE_SPLIT_OFF),
    ),
    Row(
        "T04",
        "out of scope, and back within 30 days",
        ("declare_out_of_scope", "undo_out_of_scope"),
        ("leave_scope", "return_to_scope"),
        ("send_back",),
        (E.CASE_OUT_OF_SCOPE, E.CASE_BACK_IN_SCOPE),
    ),
    Row(
        "T05",
        "identity asked because of a doubt; it falls when a contact on file denies the request",
        ("ask_identity", "deny_contact"),
        ("ask_identity", "lose_identity"),
        ("send_back",),
        (E.IDENTITY_ASKED, E.CLOCK_PAUSED, E.CONTACT_DENIED, E.IDENTITY_FELL),
    ),
    Row(
        "T06",
        "identity verified after the question",
        ("verify_identity",),
        ("verify_identity",),
        (),
        (E.IDENTITY_VERIFIED, E.CLOCK_RESUMED),
    ),
    Row(
        "T07",
        "refused because the person cannot be identified",
        ("draft", "submit"),
        (),
        ("submit",),
        (E.CLAIM_SUBMITTED,),
    ),
    Row(
        "T08",
        "identity settled at once",
        ("verify_identity", "confirm_claims"),
        ("verify_identity", "skip_identity"),
        (),
        (E.IDENTITY_VERIFIED, E.IDENTITY_NOT_REQUIRED),
    ),
    Row(
        "T09", "a clarification is asked", ("ask_clarification",), ("ask_clarification",), (), (E.CLARIFICATION_ASKED,)
    ),
    Row("T10", "clarified, or silence", ("record_reply",), ("clarify",), (), (E.CLOCK_RESUMED, E.QUESTION_ANSWERED)),
    Row("T11", "taken in hand", ("take",), ("take",), (), (E.CASE_TAKEN,)),
    Row("T12", "extended", ("ask_extension", "approve_extension"), (), (), (E.EXTENSION_ASKED, E.CASE_EXTENDED)),
    Row(
        "T13",
        "data frozen for the time being",
        ("restrict_interim", "decline_interim", "announce_lifting", "lift_interim"),
        (),
        (),
        (E.INTERIM_RESTRICTED, E.LIFTING_ANNOUNCED, E.INTERIM_LIFTED, E.RESTRICTION_LIFTED),
    ),
    Row("T14", "draft submitted for review", ("submit",), (), ("submit",), (E.CLAIM_SUBMITTED,)),
    Row("T15", "sent back to the author", ("send_back",), (), ("send_back",), (E.CLAIM_SENT_BACK,)),
    Row("T16", "approved by another person", ("approve",), (), ("approve",), (E.CLAIM_APPROVED,)),
    Row(
        "T17",
        "carried out and seen to be done; answered: the letter or the data has left",
        ("record_execution", "record_step_failed", "answer"),
        (),
        ("answer",),
        (E.EXECUTION_VERIFIED, E.EXECUTION_FAILED, E.CLAIM_ANSWERED),
    ),
    Row(
        "T18",
        "fast lane, and the question after a consent",
        ("submit", "follow_consent"),
        (),
        ("approve_at_once",),
        (E.CLAIM_APPROVED, E.CONSENT_FOLLOWED),
    ),
    Row(
        "T19",
        "processed with the last answer",
        ("answer",),
        ("process", "process_unidentified"),
        (),
        (E.CASE_PROCESSED,),
    ),
    Row(
        "T20",
        "withdrawn by the person",
        ("withdraw_case", "withdraw_claim"),
        ("withdraw",),
        ("withdraw",),
        (E.CASE_WITHDRAWN, E.CLAIM_WITHDRAWN),
    ),
    Row("T21", "forwarded to the company responsible", ("forward",), ("forward",), ("send_back",), (E.CASE_FORWARDED,)),
    Row(
        "T22",
        "reopened",
        ("reopen",),
        ("reopen", "reopen_unverified"),
        ("reopen",),
        (E.CASE_REOPENED, E.RIGHTS_REOPENED),
    ),
    Row("T23", "closed after quiet days", ("close_quiet", "close"), ("close",), (), (E.CASE_CLOSED,)),
    Row(
        "T24",
        "complaint and second look",
        ("raise_complaint", "decide_reexamination", "answer_reexamination", "release_hold"),
        ("reopen", "reopen_unverified"),
        ("reopen",),
        (E.COMPLAINT_RAISED, E.REEXAMINATION_DECIDED, E.REEXAMINATION_ANSWERED, E.HOLD_RELEASED),
    ),
    Row("T25", "overdue", ("ring",), (), (), (E.CASE_OVERDUE, E.MILESTONE_REACHED)),
)


# What else happens in the same transaction, or is ordered by it.
EFFECTS = {
    "T01": "the message is sealed, its hash kept; the clock starts; rights are proposed",
    "T02": "the clock is wound again; conditions of the new rights are set out",
    "T03": "the earlier receipt counts in the case that goes on; rights and messages move there; a split moves no date",
    "T04": "the clock ends; taken up again, the first receipt counts",
    "T05": "the clock stands still from the day the question left; reminders after 10 and 20 days",
    "T06": "the clock runs again from the day the proof arrived; the identity document is destroyed",
    "T07": "the draft is locked; no data leave",
    "T08": "collection may begin; the identity document is destroyed",
    "T09": "the clock stands still where the law lets it (access, a large volume)",
    "T10": "the clock runs again from the day the reply arrived",
    "T11": "one row of collection for each source",
    "T12": "the new date counts once the notice has left within the first month",
    "T13": "recipients of the data are told; the freeze is lifted only after a warning",
    "T14": "the version is locked; a reviewer is told",
    "T15": "the draft is the author's again, with the comment",
    "T16": "execution is permitted; the letter is written and waits for what it says to be done",
    "T17": "recipients are told (Art. 19); the date of the answer is that of the mail server's 250 or of the posting",
    "T18": "the address goes on the suppression list; the question “other basis, or erase?” is asked",
    "T19": "the clock ends; 30 quiet days begin",
    "T20": "the clock ends with the last right; waiting questions end",
    "T21": "the clock ends; drafts are set aside",
    "T22": "the first receipt counts for what is unanswered",
    "T23": "retention begins",
    "T24": "the case is held; a date of 30 days of its own begins for the second look",
    "T25": "alarms; late from 00:00 after the due date, each day anew",
}


def page() -> str:
    """The whole page, the same text for the same code."""
    lines = [
        "# States and transitions",
        "",
        "Written by `manage.py states` from the transitions of the models, the permissions of the services and the",
        "register of letters; a test fails when it is out of date. Do not edit it by hand.",
        "",
        "## The case",
        "",
        *_diagram(Case),
        "",
        "## The claim",
        "",
        *_diagram(Claim),
        "",
        "## T01 to T25",
        "",
        "| T | What | Case | Right | Condition | Act | Who | Event | Side effect | Letters |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_line(row) for row in ROWS),
        "",
        *_refusals(),
    ]
    return "\n".join(lines)


def uncovered() -> list[str]:
    """Transitions of the machines that stand in no row."""
    named = {("Case", name) for row in ROWS for name in row.case} | {
        ("Claim", name) for row in ROWS for name in row.claim
    }
    found = {(model.__name__, one.name) for model in (Case, Claim) for one in _transitions(model)}
    return sorted(f"{model}.{name}" for model, name in found - named)


def _transitions(model: type[Any]) -> list[Any]:
    found = model._meta.get_field("state").get_all_transitions(model)
    return sorted(found, key=lambda one: (one.name, one.source, one.target))


def _diagram(model: type[Any]) -> Iterator[str]:
    field = model._meta.get_field("state")
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {field.default}"
    arrows: dict[tuple[str, str], list[str]] = {}
    for one in _transitions(model):
        arrows.setdefault((one.source, one.target), []).append(one.name)
    for (source, target), names in sorted(arrows.items()):
        yield f"    {source} --> {target}: {', '.join(sorted(names))}"
    for end in sorted({target for _source, target in arrows} - {source for source, _target in arrows}):
        yield f"    {end} --> [*]"
    yield "```"


def _line(row: Row) -> str:
    acts = [getattr(services, name) for name in row.acts]
    cells = (
        row.number,
        row.what,
        _moves(Case, row.case),
        _moves(Claim, row.claim),
        "<br>".join(_conditions(row)) or "–",
        ", ".join(f"`{name}`" for name in row.acts),
        ", ".join(_who(acts)),
        ", ".join(f"`{kind.value}`" for kind in row.events),
        EFFECTS[row.number],
        ", ".join(_letters(row)) or "–",
    )
    return f"| {' | '.join(cells)} |"


def _refusals() -> Iterator[str]:
    """The guards that stand in the services: what each act answers where it is not possible."""
    yield "## What each act refuses"
    yield ""
    yield "Beside the conditions above, read from the services; `%(…)s` is filled in. Any act may be answered with:"
    yield ""
    yield from (f"- {sentence}" for sentence in state_guards.of_every_act())
    yield ""
    yield "An act that needs an open case answers in one that is over:"
    yield ""
    yield from (f"- {state}: {sentence}" for state, sentence in state_guards.of_each_end().items())
    yield ""
    yield "Of a transition that does not begin in the state there is, `workflow/refusals.py` has the sentence."
    numbers: dict[str, list[str]] = {}
    for row in ROWS:
        for act in row.acts:
            numbers.setdefault(act, []).append(row.number)
    for act, rows in numbers.items():
        found = state_guards.sentences(getattr(services, act))
        yield ""
        yield f"### `{act}` ({', '.join(rows)})"
        yield ""
        yield from (f"- {sentence}" for sentence in found)
        if not found:
            yield "- nothing else"
    yield ""


def _moves(model: type[Any], names: tuple[str, ...]) -> str:
    moves: dict[str, set[str]] = {}
    for one in _transitions(model):
        if one.name in names:
            moves.setdefault(one.target, set()).add(one.source)
    return "<br>".join(f"{', '.join(sorted(moves[target]))} → {target}" for target in sorted(moves)) or "–"


def _conditions(row: Row) -> list[str]:
    found = {
        condition.__name__.replace("_", " ")
        for model, names in ((Case, row.case), (Claim, row.claim))
        for one in _transitions(model)
        if one.name in names
        for condition in one.conditions
    }
    return sorted(found)


def _who(acts: list[Any]) -> list[str]:
    """The roles the services ask for; the system where they ask for none."""
    asked = {Act[name] for act in acts for name in _ASKED.findall(inspect.getsource(act))}
    held = {role for one in asked for role in MAY[one]}
    by_itself = ["system"] if asked <= BY_MACHINE else []
    return [*by_itself, *(role.value for role in Role if role in held)]


def _letters(row: Row) -> list[str]:
    return sorted(entry.letter.value for entry in REGISTER.values() if set(entry.on) & set(row.events))
