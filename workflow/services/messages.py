"""What comes into a case after its first message, is read again, leaves it, or turns out to have come earlier."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from workflow import events, queries
from workflow.actors import Actor
from workflow.guards import CannotDo, level_needed, require, says_something
from workflow.models import Case, Claim
from workflow.permissions import Act
from workflow.services import admissibility, asking, clock, rejudging
from workflow.services._moving import moving, nothing_came, tell
from workflow.services.admissibility import Condition
from workflow.services.cases import NEW_MAIL, finish, go_on_unproven, ordered, rights_of
from workflow.states import ClaimState, EventKind, IdentityLevel, Language, RequirementCode, Right

_TELLS_A_MESSAGE = [
    kind.value
    for kind in (
        EventKind.CASE_RECEIVED,
        EventKind.MESSAGE_ATTACHED,
        EventKind.MESSAGE_REREAD,
        EventKind.MESSAGE_REMOVED,
        EventKind.CLAIMS_CONFIRMED,
    )
]


def attach_message(
    case_id: int,
    *,
    message: uuid.UUID,
    received_at: datetime,
    digest: str,
    proposed: Sequence[Right] = (),
    unsure: Sequence[Right] = (),
    what: str = "message",
    conditions: Sequence[Condition] = (),
    by: Actor,
) -> None:
    """A further message of the person, or an "attachment" of one: somebody has to read it; no date moves by itself.

    Rights it adds become proposals of the open case, to be confirmed by an officer.
    """
    require(by, Act.TAKE_IN_MAIL)
    with moving(case_id, by=by, unseen=True) as (case, now):
        case.reply_to_read = True
        added = _propose(case, proposed, unsure)
        if case.is_open:
            admissibility.add(case, conditions, at=now)
        clock.wind(case)
        tell(
            case,
            EventKind.MESSAGE_ATTACHED,
            by=by,
            at=now,
            data={
                **({} if what == "message" else {"what": what}),
                "message": str(message),
                "received_at": received_at,
                "sha256": digest,
                "added": ",".join(added),
                **_brought(proposed, unsure, conditions),
            },
        )
        if what == "message":
            asking.reply_came(case, received_at, by=by, at=now)


def reread_message(
    case_id: int,
    *,
    message: uuid.UUID,
    digest: str,
    opens: bool,
    unreadable: bool,
    language: Language,
    proposed: Sequence[Right] = (),
    unsure: Sequence[Right] = (),
    conditions: Sequence[Condition] = (),
    by: Actor,
) -> None:
    """A message of the case was read again after a repair; no date moves by itself.

    What it asks for becomes proposals. While no officer has confirmed the rights, the message that
    ``opens`` the case also says whether it is readable and in which language the person is answered.
    """
    require(by, Act.TAKE_IN_MAIL)
    with moving(case_id, by=by) as (case, now):
        added = _propose(case, proposed, unsure)
        if case.is_open:
            admissibility.add(case, conditions, at=now)
        if opens and case.confirmed_at is None:
            case.unreadable, case.language = unreadable, language.value
        clock.wind(case)
        tell(
            case,
            EventKind.MESSAGE_REREAD,
            by=by,
            at=now,
            data={
                "message": str(message),
                "sha256": digest,
                "unreadable": unreadable,
                "added": ",".join(added),
                **_brought(proposed, unsure, conditions),
            },
        )


def read_reply(case_id: int, *, seen: int | None = None, by: Actor) -> None:
    """An officer has read what came in, up to event ``seen``. Raises CannotDo when more came since.

    The mark in the queue goes, and the history says who took it away; where none stands nothing happens.
    """
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        nothing_came(case, since=seen, kinds=NEW_MAIL)
        if not case.reply_to_read:
            return
        case.reply_to_read = False
        tell(case, EventKind.REPLY_READ, by=by, at=now)


def receive_earlier(case_id: int, *, message: uuid.UUID, received_at: datetime, digest: str, by: Actor) -> None:
    """A copy of the message that opened the case had reached us before: of two receipts the first counts (domain §2.1).

    Does nothing when the time limit runs from that instant, or from an earlier one, already.
    """
    require(by, Act.TAKE_IN_MAIL)
    with moving(case_id, by=by) as (case, now):
        if received_at >= case.received_at:
            return
        case.received_at = received_at
        clock.wind(case)
        tell(
            case,
            EventKind.RECEIVED_EARLIER,
            by=by,
            at=now,
            data={
                "message": str(message),
                "sha256": digest,
                "received_at": received_at,
                "receipt_date": case.receipt_date,
                "case_due": case.case_due,
            },
        )
        rejudging.judge_anew(case, by=by, at=now)


def remove_message(
    case_id: int,
    *,
    message: uuid.UUID,
    digest: str,
    what: str,
    to: str,
    reason: str,
    unmet: Collection[RequirementCode] = (),
    by: Actor,
) -> list[Right]:
    """A message or an attachment was in the wrong case and leaves it; the caller takes it out.

    With it go the rights that it alone asked for, unless answered, and the conditions that it alone met; ``unmet`` are
    further ones that nothing else in the case meets. Returns the rights that went. ``what`` is "message" or
    "attachment", ``to`` the reference of the case it goes to. Both that reference and the reason are sealed: this
    history may reach the person, who is another one.
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(reason):
        raise CannotDo(_("Say why it does not belong to this case."))
    with moving(case_id, by=by) as (case, now):
        withdrawn: list[Right] = []
        if case.is_open:
            alone = _given_alone(case, str(message))
            withdrawn = _withdraw(case, alone.rights)
            admissibility.lose(case, unmet={*alone.met, *unmet}, unasked=alone.named, at=now)
            clock.wind(case)
        tell(
            case,
            EventKind.MESSAGE_REMOVED,
            by=by,
            at=now,
            data={
                "what": what,
                "message": str(message),
                "sha256": digest,
                **({"withdrawn": ",".join(ordered(withdrawn))} if withdrawn else {}),
            },
            payload={"text": reason.strip(), "to": to},
        )
        if withdrawn:
            go_on_unproven(case, by=by, at=now)
            finish(case, by=by, at=now)
    return withdrawn


def propose_unsure(case: Case, rights: Sequence[Right]) -> list[str]:
    """What an officer has to confirm or take out, in the caller's transaction; the codes that are new."""
    return _propose(case, (), rights)


def _propose(case: Case, proposed: Sequence[Right], unsure: Sequence[Right]) -> list[str]:
    """Proposals of the open case for the rights it does not know yet; their codes."""
    if not case.is_open:
        return []
    known = set(case.claims.exclude(state=ClaimState.WITHDRAWN.value).values_list("right", flat=True))
    added = [right for right in ordered([*proposed, *unsure]) if right not in known]
    perhaps = {right.value for right in unsure} - {right.value for right in proposed}
    Claim.objects.bulk_create([Claim(case=case, right=right, unsure=right in perhaps) for right in added])
    return added


def _brought(proposed: Sequence[Right], unsure: Sequence[Right], conditions: Sequence[Condition]) -> dict[str, str]:
    """What a message gave the case, also where the case had it already: it goes with the message."""
    asks = ",".join(ordered([*proposed, *unsure]))
    return {
        **({"asks": asks} if asks else {}),
        **({"conditions": admissibility.told(conditions)} if conditions else {}),
    }


@dataclass(frozen=True, slots=True)
class _Given:
    """Rights asked, conditions met, and conditions named at all, by their codes."""

    rights: set[str]
    met: set[RequirementCode]
    named: set[RequirementCode]


def _given_alone(case: Case, message: str) -> _Given:
    """What only this message gave, after the history of the case and of those merged into it."""
    given: dict[str, _Given] = {}
    for told in _told(case):
        data = told["data"]
        if told["kind"] == EventKind.MESSAGE_REMOVED.value:
            given.pop(data["message"], None)
            continue
        by_hand = told["kind"] == EventKind.CLAIMS_CONFIRMED.value
        so_far = given.setdefault("" if by_hand else data["message"], _Given(set(), set(), set()))
        so_far.rights.update(_rights_told(data, by_hand=by_hand))
        for line in filter(None, data.get("conditions", "").split(",")):
            code, _colon, evidence = line.partition(":")
            so_far.named.add(RequirementCode(code))
            if not evidence.startswith("-"):
                so_far.met.add(RequirementCode(code))
    mine = given.pop(message, _Given(set(), set(), set()))
    for other in given.values():
        mine.rights.difference_update(other.rights)
        mine.met.difference_update(other.met)
        mine.named.difference_update(other.named)
    return mine


def _told(case: Case) -> Iterator[dict]:  # type: ignore[type-arg]
    merged = [case, *case.absorbed.all()]
    lines = [event for one in merged for event in queries.history(one).filter(kind__in=_TELLS_A_MESSAGE)]
    return (events.fields(event) for event in sorted(lines, key=lambda event: event.pk))


def _rights_told(data: dict[str, str], *, by_hand: bool) -> set[str]:
    """The rights a line of the history adds; of a confirmation those that no message had proposed."""
    found = {code for name in ("rights", "unsure", "asks", "added") for code in data.get(name, "").split(",") if code}
    return found - set(data["proposed"].split(",")) if by_hand else found


def _withdraw(case: Case, codes: Collection[str]) -> list[Right]:
    """Nobody of this case asked for them after all; what was answered stays as it is."""
    claims = Claim.objects.select_for_update().filter(case=case, right__in=codes)
    gone = []
    for claim in claims.exclude(state__in=[ClaimState.WITHDRAWN.value, ClaimState.ANSWERED.value]):
        claim.withdraw()
        claim.save()
        gone.append(Right(claim.right))
    rights = rights_of(case)
    if gone and rights:
        case.identity_needed = case.identity_needed and level_needed(case, rights) is not IdentityLevel.L0
    elif gone:
        case.confirmed_at = None  # somebody has to say again what this person wants
    return gone
