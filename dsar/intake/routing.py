"""Where a message belongs: an open case, a new one, or the tray of robots and bounces.

A case number in a subject is not a credential and a quoted Message-ID is not one either, nor is a reply token that
somebody else sends: all of them attach a message only when it comes from the person the case already writes to.
Whatever else looks like a follow-up gets a case of its own, to be linked by an officer (design §2).
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from dsar.intake import automatic, suggestions
from dsar.intake.parsing import ParsedMessage
from dsar.intake.reading import Reading
from dsar.intake.suggestions import Candidate
from notifications import tokens
from workflow.models import Case, Controller
from workflow.services import rights_of
from workflow.states import Right

_NOT_PEOPLE = frozenset({"auto_reply", "bounce", "spam"})
_FOLLOWS = frozenset({"reply", "chaser", "complaint"})


class Way(StrEnum):
    OPEN = "open"
    OPEN_TO_BE_LINKED = "open_to_be_linked"
    ATTACH = "attach"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Route:
    """``case``: what it is attached to, or the answered case that a new wish follows."""

    way: Way
    case: Case | None = None
    candidates: tuple[Candidate, ...] = ()


def route(parsed: ParsedMessage, reading: Reading, *, controller: Controller, envelope_to: tuple[str, ...]) -> Route:
    """The way of one message. Robots, bounces, lists and spam are filed; people never are."""
    if not parsed.unreadable and (reading.kind in _NOT_PEOPLE or _from_a_list(parsed, reading)):
        return Route(Way.FILE)
    if any(tokens.letter_of_bounce(address) is not None for address in envelope_to):
        return Route(Way.FILE)  # no person knows that address: whatever comes there is a mail server's
    addresses = [*envelope_to, *(recipient.address for recipient in parsed.recipients)]
    named = tuple(suggestions.pointers(parsed, controller, addresses))
    own = next((candidate.case for candidate in named if _known_sender(parsed, candidate.case)), None)
    people = tuple(suggestions.same_person(parsed, controller))
    if own is not None:
        if not own.is_open and _is_new_wish(reading, own):
            return Route(Way.OPEN, own, _once(people))  # after the answer it is a new request (T22)
        return Route(Way.ATTACH, own)
    meant = (*named, *suggestions.retyped(parsed, controller, addresses))
    follows = bool(meant) or any(map(tokens.looks_like_reply, addresses)) or (bool(people) and reading.kind in _FOLLOWS)
    return Route(Way.OPEN_TO_BE_LINKED if follows else Way.OPEN, None, _once((*meant, *people)))


def _from_a_list(parsed: ParsedMessage, reading: Reading) -> bool:
    """A newsletter the mailbox once subscribed to; a request that came through a list is a request."""
    return reading.kind == "out_of_scope" and not reading.acknowledge and automatic.nature(parsed, ()).listed


def _known_sender(parsed: ParsedMessage, case: Case) -> bool:
    """One sender, an address an officer or the request itself gave this case, and no failed mail authentication."""
    if len(parsed.senders) != 1 or automatic.authentication_failed(parsed):
        return False
    known = chain([case.person_email], case.absorbed.values_list("person_email", flat=True))
    return parsed.senders[0].address in {address for address in known if address}


def _is_new_wish(reading: Reading, case: Case) -> bool:
    """A reminder or a complaint about what was answered reopens; a right beyond it, or a request, is new."""
    if reading.kind in {"chaser", "complaint"}:
        return bool(set(reading.rights) - {Right.COMPLAINT, *rights_of(case)})
    return bool(reading.rights)


def _once(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Each case and reason once, in their order, as many as a person reads."""
    found = {(candidate.case.pk, candidate.why): candidate for candidate in reversed(candidates)}
    return tuple(reversed(found.values()))[: suggestions.MOST]
