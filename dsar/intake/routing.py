"""Where a message belongs: an open case, a new one, or the tray of robots and bounces.

A case number in a subject is not a credential and a quoted Message-ID is not one either, nor is a reply token that
somebody else sends: all of them attach a message only when it comes from the person the case already writes to.
Whatever else looks like a follow-up gets a case of its own, to be linked by an officer (design §2).
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from django.conf import settings

from dsar.intake import automatic, gravity, outside, programs, suggestions, whose
from dsar.intake.models import MessageState, SuggestedBy
from dsar.intake.parsing import ParsedMessage
from dsar.intake.reading import Reading
from dsar.intake.suggestions import Candidate
from notifications import tokens
from workflow.models import Case, Controller
from workflow.services import rights_of
from workflow.states import ContactKind, Right

_NOT_PEOPLE = frozenset({"auto_reply", "bounce", "spam"})
_FOLLOWS = frozenset({"reply", "chaser", "complaint"})


class Way(StrEnum):
    OPEN = "open"
    OPEN_TO_BE_LINKED = "open_to_be_linked"
    ATTACH = "attach"
    FILE = "file"
    OUTSIDE = "outside"  # a colleague wrote to the person of a case, with us in copy


@dataclass(frozen=True, slots=True)
class Route:
    """``case``: what it is attached to, or the answered case that a new wish follows."""

    way: Way
    case: Case | None = None
    candidates: tuple[Candidate, ...] = ()


def route(parsed: ParsedMessage, reading: Reading, *, controller: Controller, envelope_to: tuple[str, ...]) -> Route:
    """The way of one message. Robots, bounces, lists and spam are filed; people and what is grave never are."""
    filed = is_filed(parsed, reading)
    if filed and is_in_a_thread(parsed, reading, controller=controller, envelope_to=envelope_to):
        filed = False
    elif not filed:
        written_to = outside.case_written_to(parsed, controller)
        if written_to is not None:
            return Route(Way.OUTSIDE, written_to)
        bounces = any(tokens.letter_of_bounce(address) is not None for address in envelope_to)
        # Hardly a person knows that address: what comes there is a mail server's.
        filed = bounces and not (reading.rights_alone and reading.acknowledge)
    if filed and not _is_grave(parsed, reading):
        return Route(Way.FILE)
    return of_person(parsed, reading, controller=controller, envelope_to=envelope_to)


def is_in_a_thread(
    parsed: ParsedMessage, reading: Reading, *, controller: Controller, envelope_to: tuple[str, ...]
) -> bool:
    """It goes on with a case, and nothing but its words would make it a program's, a list's or spam.

    Its sender is known to the case it names, or it came to the case's own reply address: then a person looks at it.
    """
    if programs.sign(parsed):
        return False
    named = tuple(suggestions.pointers(parsed, controller, _addresses(parsed, envelope_to)))
    told = reading.kind == "auto_reply" and any(one.why is SuggestedBy.TOKEN for one in named)
    return told or any(_known_sender(parsed, one.case) for one in named)


def _is_grave(parsed: ParsedMessage, reading: Reading) -> bool:
    """A letter of an authority or the report of a leak: never acknowledged by itself, and never silent either.

    Authorities and processors write through machines. What became of a letter of ours, and who is away, is no letter;
    nor is fraud that only bears an authority's name.
    """
    if programs.is_a_report(parsed) or (reading.kind == "spam" and automatic.sender_denied(parsed)):
        return False
    authority = gravity.gravity(parsed).authority
    return bool(reading.leak) or bool(authority and not programs.is_only_an_absence(parsed))


def _addresses(parsed: ParsedMessage, envelope_to: tuple[str, ...]) -> list[str]:
    return [*envelope_to, *(recipient.address for recipient in parsed.recipients)]


def is_filed(parsed: ParsedMessage, reading: Reading) -> bool:
    """What no person wrote, or wrote to a list and not to us: to be looked at within a working day."""
    return not parsed.unreadable and (reading.kind in _NOT_PEOPLE or _from_a_list(parsed, reading))


def of_person(
    parsed: ParsedMessage, reading: Reading, *, controller: Controller, envelope_to: tuple[str, ...]
) -> Route:
    """The way of what a person wrote, by its own signs or because an officer says so: it is never filed."""
    addresses = _addresses(parsed, envelope_to)
    named = tuple(suggestions.pointers(parsed, controller, addresses))
    own = next((candidate.case for candidate in named if _known_sender(parsed, candidate.case)), None)
    theirs = tuple(suggestions.of_people(reading.about.names, controller))
    people = tuple(suggestions.same_person(parsed, controller))
    if own is not None and (_somebody_else(parsed, reading, own) or whose.asks_for_somebody_else(reading, own)):
        return Route(Way.OPEN_TO_BE_LINKED, None, _once((*named, *theirs, *people)))  # two people of one address
    if own is not None:
        if not own.is_open and _is_new_wish(reading, own):
            return Route(Way.OPEN, own, _once(people))  # after the answer it is a new request (T22)
        return Route(Way.ATTACH, own)
    meant = (*named, *suggestions.retyped(parsed, controller, addresses))
    follows = (
        bool(meant)
        or len({sender.address.lower() for sender in parsed.senders}) > 1  # whom to write to, an officer says first
        or any(map(tokens.looks_like_reply, addresses))
        or _goes_on(parsed, reading, people)
        or _answers_what_lies(parsed, reading, controller)
    )
    return Route(Way.OPEN_TO_BE_LINKED if follows else Way.OPEN, None, _once((*meant, *theirs, *people)))


def from_before(
    parsed: ParsedMessage, reading: Reading, *, controller: Controller, envelope_to: tuple[str, ...]
) -> Route:
    """The way of what lay in a mailbox before we began and is still open, as an officer says.

    A request and its reminders lie there side by side, with nothing of ours between them: where the person has an open
    case, it is proposed that this joins it.
    """
    route = of_person(parsed, reading, controller=controller, envelope_to=envelope_to)
    if route.way is Way.OPEN and route.case is None and _has_a_case(parsed, reading, route.candidates):
        return replace(route, way=Way.OPEN_TO_BE_LINKED)
    return route


def _has_a_case(parsed: ParsedMessage, reading: Reading, candidates: tuple[Candidate, ...]) -> bool:
    if parsed.sender is None or automatic.is_own_address(parsed.sender.address, (_own_domain(),)):
        return False  # whose a colleague's mail is, nobody has said yet
    same = [one.case for one in candidates if one.why in {SuggestedBy.ADDRESS, SuggestedBy.NAME}]
    return any(not whose.comes_from_somebody_else(parsed, reading, case) for case in same)


def _own_domain() -> str:
    return str(settings.MAILBOX.rpartition("@")[2])


def _from_a_list(parsed: ParsedMessage, reading: Reading) -> bool:
    """A newsletter the mailbox once subscribed to; a request that came through a list is a request."""
    nature = automatic.nature(parsed, (settings.MAILBOX.rpartition("@")[2],))
    return reading.kind == "out_of_scope" and not reading.acknowledge and nature.listed


def _known_sender(parsed: ParsedMessage, case: Case) -> bool:
    """One sender, an address an officer or the request itself gave this case, and no failed mail authentication.

    A contact on file is one: it answers the letter with a code.
    """
    if len(parsed.senders) != 1 or automatic.authentication_failed(parsed):
        return False
    cases = chain([case], case.absorbed.all())
    known = {address for one in cases for address in (one.person_email, one.written_by) if address}
    on_file = case.known_contacts.filter(kind=ContactKind.EMAIL.value).values_list("value", flat=True)
    return parsed.senders[0].address in known.union(on_file)


def _goes_on(parsed: ParsedMessage, reading: Reading, people: tuple[Candidate, ...]) -> bool:
    """Somebody with an open case reminds, answers, complains; or writes from its address and asks for nothing new.

    Where an account or a name is given more exactly, the rules see a correction: with a case that asks for something
    it may be a detail. What one address brings of several people, a platform's or a lawyer's, is theirs.
    """
    if not people or automatic.is_own_address(parsed.senders[0].address, (_own_domain(),)):
        return False  # a colleague's case says nothing about what they pass on
    if reading.kind in _FOLLOWS or reading.takes_back:
        return True
    of_address = [person.case for person in people if person.why is SuggestedBy.ADDRESS]
    if reading.rights_alone:
        of_address = [case for case in of_address if not whose.comes_from_somebody_else(parsed, reading, case)]
    asked = set[Right]().union(*map(rights_of, of_address))
    new = set(reading.rights_alone) - asked - ({Right.RECTIFICATION} if asked else set())
    return bool(of_address) and not new


def _answers_what_lies(parsed: ParsedMessage, reading: Reading, controller: Controller) -> bool:
    """It goes on with what lies in a tray; a plain request that answers a filed message is one of its own."""
    lying = suggestions.in_a_tray(parsed, controller)
    if reading.rights_alone and reading.kind not in {"chaser", "complaint"}:
        lying = lying.filter(state=MessageState.BEFORE.value)
    return lying.exists()


def _somebody_else(parsed: ParsedMessage, reading: Reading, case: Case) -> bool:
    """A wish of another person than the case's, perhaps of their household.

    They say so, or a wish the case does not have is signed with another first name. Of who writes for another the name
    is the other one's, see ``whose``.
    """
    if whose.speaks_for_themselves(parsed, reading, case):
        return True
    new = set(reading.rights_alone) - set(rights_of(case))
    return bool(new) and not reading.representative and whose.is_signed_otherwise(reading, case)


def _is_new_wish(reading: Reading, case: Case) -> bool:
    """A reminder or a complaint about what was answered reopens; a right beyond it, or a request, is new.

    Our decisions invite the reader to have another person look again: after one, these words are no wish of their own.
    """
    if reading.kind in {"chaser", "complaint"}:
        return bool(set(reading.rights) - {Right.COMPLAINT, *rights_of(case)})
    return bool(set(reading.rights_alone) - {Right.AUTOMATED_DECISION})


def _once(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Each case and reason once, in their order, as many as a person reads."""
    found = {(candidate.case.pk, candidate.why): candidate for candidate in reversed(candidates)}
    return tuple(reversed(found.values()))[: suggestions.MOST]
