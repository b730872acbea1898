"""Letters that a person at the desk orders by hand, a call that was made, and the language the person is written to in.

Each act is one event; the post office turns it into its letter.
"""

import re
import uuid

from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.events import Value
from workflow.guards import CannotDo, require, says_something
from workflow.models import Case, Claim
from workflow.permissions import Act
from workflow.services import noticing
from workflow.services._moving import deciding, in_open_case, moving, tell
from workflow.services.ending import is_an_address
from workflow.states import (
    ActorKind,
    ClaimState,
    EventKind,
    IdentityLevel,
    Language,
    NoticeAction,
    Outcome,
    Right,
)

LONGEST = 5000
_LINE = 200
_DIGEST = re.compile(r"[0-9a-f]{64}")
_GIVEN = (Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value)
_DECIDED = (ClaimState.APPROVED.value, ClaimState.ANSWERED.value)
# What may be told to recipients once it was decided for this right; a freeze may be told before (T13).
_DONE = {NoticeAction.RECTIFIED: Right.RECTIFICATION, NoticeAction.ERASED: Right.ERASURE}


def write_reply(case_id: int, *, text: str, by: Actor) -> None:
    """An ordinary answer in an officer's own words (M26). It answers no right and stops no clock."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(text):
        raise CannotDo(_("Write the message first."))
    if len(text) > LONGEST:
        raise CannotDo(_("This message is too long: 5,000 characters at most."))
    with moving(case_id, by=by) as (case, now):
        tell(case, EventKind.REPLY_WRITTEN, by=by, at=now, payload={"text": text.strip()})


def note_call(case_id: int, *, text: str, by: Actor) -> None:
    """Somebody spoke with the person by telephone; the note says what about. The person can obtain it (Art. 15)."""
    require(by, Act.WRITE_NOTE)
    if not says_something(text):
        raise CannotDo(_("Write what was said first."))
    with moving(case_id, by=by) as (case, now):
        tell(case, EventKind.CALL_NOTED, by=by, at=now, payload={"text": text.strip()})


def tell_recipient(
    case_id: int,
    *,
    recipient: str,
    address: str,
    action: NoticeAction,
    identifier: str,
    language: Language,
    by: Actor,
) -> None:
    """Art. 19: who received the data learns what was done to it (M13), with the least that names the person."""
    require(by, Act.WORK_ON_CASE)
    told = {"company": _line(recipient), "address": _address(address), "identifier": _line(identifier)}
    with moving(case_id, by=by) as (case, now):
        if not _was_done(case, action):
            raise CannotDo(_("This was not decided in the case yet: tell the recipient once it is."))
        row = noticing.plan_notice(case, recipient=told["company"], action=action)
        data: dict[str, Value] = {"action": action.value, "language": language.value, "notice": row.pk}
        tell(case, EventKind.RECIPIENT_TOLD, by=by, at=now, data=data, payload=told)


def transfer_data(
    claim_id: int,
    *,
    provider: str,
    address: str,
    identifier: str,
    channel: str,
    file_format: str,
    columns: str,
    digest: str,
    by: Actor,
) -> None:
    """Art. 20(2): the file goes to the provider the person named; both are told (M14). Never as an attachment.

    ``channel``: how the file reaches them, protected; ``columns``: its fields; ``digest``: the file's SHA-256 in hex.
    """
    require(by, Act.WORK_ON_CASE)
    digest = digest.strip().lower()
    if not _DIGEST.fullmatch(digest):
        raise CannotDo(_("Copy the SHA-256 of the file: 64 characters, digits and a to f."))
    told = {
        "company": _line(provider),
        "address": _address(address),
        "identifier": _line(identifier),
        "how": _line(channel),
        "columns": _line(columns, longest=1000),
        "file_format": _line(file_format),
    }
    data = {"sha256": digest}
    with deciding(claim_id, by=by) as (case, claim, now):
        if not may_be_transferred(claim):
            raise CannotDo(_("Only data whose portability was approved goes to another provider."))
        if not case.identity_level or IdentityLevel(case.identity_level) < IdentityLevel.L2:
            raise CannotDo(_("Identity has to be verified at level L2 before data goes to another provider."))
        tell(case, EventKind.DATA_TRANSFERRED, by=by, at=now, claim=claim, data=data, payload=told)


def may_be_transferred(claim: Claim) -> bool:
    """Portability was granted and approved: another provider may get the file."""
    return claim.right == Right.PORTABILITY.value and claim.outcome in _GIVEN and claim.state in _DECIDED


def write_by_post(case_id: int, *, by: Actor) -> None:
    """Mail does not reach the person: a letter for the post says so and asks for another way (M23)."""
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        tell(case, EventKind.POST_WRITTEN, by=by, at=now)


def choose_language(case_id: int, *, language: Language, second: Language | None = None, by: Actor) -> None:
    """In which language the letters are written from now on; a second one follows in the same letter.

    The person may choose, and whoever works on the case for them.
    """
    if by.kind is not ActorKind.PERSON:
        require(by, Act.WORK_ON_CASE)
    other = second.value if second is not None and second is not language else ""
    with moving(case_id, by=by) as (case, now):
        if (case.language, case.second_language) == (language.value, other):
            return
        case.language, case.second_language = language.value, other
        written_in = ",".join(filter(None, (language.value, other)))
        tell(case, EventKind.LANGUAGE_CHOSEN, by=by, at=now, data={"written_in": written_in})


def release_letter(case_id: int, *, letter: str, draft: uuid.UUID, by: Actor) -> None:
    """A letter that was drafted beforehand may leave now; ``draft`` is its row, ``letter`` its code."""
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        tell(case, EventKind.LETTER_RELEASED, by=by, at=now, data={"letter": letter, "draft": str(draft)})


def _was_done(case: Case, action: NoticeAction) -> bool:
    decided: list[str] = [
        claim.right for claim in Claim.objects.filter(case=case, state__in=_DECIDED, outcome__in=_GIVEN)
    ]
    if action in _DONE:
        return _DONE[action].value in decided
    return case.interim_restricted or Right.RESTRICTION.value in decided or action is NoticeAction.LIFTED


def _line(text: str, *, longest: int = _LINE) -> str:
    one = " ".join(text.split())
    if not one:
        raise CannotDo(_("Fill in every field: the letter has to say it."))
    if len(one) > longest:
        raise CannotDo(_("One of the fields is too long for a letter."))
    return one


def _address(text: str) -> str:
    if not is_an_address(text.strip()):
        raise CannotDo(_("Write the address of that company like name@example.org."))
    return text.strip().lower()
