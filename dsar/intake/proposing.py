"""Whose request it seems to be that somebody else's mail brought: proposed, and nobody written to, until it is said."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from dsar.identity.register_number import masked
from dsar.intake import automatic, forwarded, suggestions
from dsar.intake.about import is_one_name
from dsar.intake.enclosures import Through
from dsar.intake.forwarded import Inner
from dsar.intake.models import InboundMessage, MessagePart, PassedOn, SuggestedBy, Suggestion
from dsar.intake.parsing import ParsedMessage
from dsar.intake.parts import Portion, keep_share
from dsar.intake.passing import Passed
from dsar.intake.routing import Route, Way
from dsar.intake.suggestions import MOST, Candidate
from notifications.models import Thread
from workflow import services
from workflow.actors import Actor
from workflow.models import Case
from workflow.states import Language

__all__ = ["begins_at", "candidates_of", "keep", "not_into_anothers", "of_the_writer", "open_passed", "suggest",
           "with_same_text"]  # fmt: skip

_LONGEST_ADDRESS = 254


def begins_at(received_at: datetime, through: Through, inner: Inner | None) -> datetime:
    """From when the clock runs until a person says: what lay with a colleague had reached us then."""
    return forwarded.earliest(received_at, inner.at if inner and through is Through.COLLEAGUE else None)


def keep(case: Case, message: InboundMessage, parsed: ParsedMessage, through: Through, inner: Inner | None) -> None:
    """The proposal of who wrote it, for an officer."""
    doubtful = through is Through.COLLEAGUE and automatic.sender_denied(parsed)
    said = of_the_writer(inner)
    PassedOn.objects.create(case=case, colleague=message.sender, through=through.value, doubtful=doubtful, **said)


def of_the_writer(inner: Inner | None) -> dict[str, Any]:
    """The columns of ``PassedOn`` that the mail inside fills."""
    if inner is None:
        return {"name": "", "address": "", "at": None, "message_id": ""}
    return {
        "name": masked(inner.name)[:200],
        "address": inner.address if len(inner.address) <= _LONGEST_ADDRESS else "",  # cut it would be another's
        "at": inner.at,
        "message_id": inner.message_id[:998],
    }


def candidates_of(inner: Inner | None, case: Case) -> list[Candidate]:
    """Open cases of the one who seems to have written it, other than this one."""
    if inner is None:
        return []
    found = suggestions.of_writer(inner.address, inner.name, case.controller)
    return [candidate for candidate in found if candidate.case.pk != case.pk]


def suggest(case: Case, found: "list[Candidate] | tuple[Candidate, ...]") -> None:
    """Keep them for the officer, each once."""
    once = {(candidate.case.pk, candidate.why): candidate for candidate in found}
    rows = [Suggestion(case=case, candidate=one.case, why=one.why.value) for one in list(once.values())[:MOST]]
    Suggestion.objects.bulk_create(rows)


def open_passed(
    message: InboundMessage, portion: Portion, passed: Passed, route: Route, *, outer: ParsedMessage, by: Actor
) -> Case:
    """A case of one of the people whose mails a mail brought, with their mail alone; written to once confirmed.

    ``outer``: the mail that brought it. In the transaction that places the message; the caller settles it afterwards.
    """
    inner, parsed, reading = portion.inner, portion.parsed, portion.reading
    case = services.open_case(
        controller=message.controller,
        received_at=begins_at(message.received_at, passed.through, inner),
        person_email="",
        subject=masked(parsed.subject),
        language=Language(reading.language),
        to_be_linked=route.way is Way.OPEN_TO_BE_LINKED,
        proposed=reading.rights_alone,
        unsure=[right for right in reading.unsure if right not in reading.rights_alone],
        message=message.uuid,
        digest=message.raw.sha256,
        part=portion.told(""),
        conditions=portion.conditions(message),
        by=by,
    )
    Thread.objects.create(case=case, address="", in_reply_to=message.message_id, acknowledge=False)
    keep_share(message, portion, case)
    suggest(case, [*candidates_of(inner, case), *route.candidates])
    keep(case, message, outer, passed.through, inner)
    positions = [index + 1 for index in inner.parts] if inner else []
    MessagePart.objects.filter(message=message, position__in=positions).update(moved_to=case)
    return case


def not_into_anothers(passed: Passed | None, route: Route) -> Route:
    """What somebody encloses of another person's who asks something is not put into the case of the one who sent it."""
    case = route.case
    if route.way is not Way.ATTACH or case is None or passed is None or passed.through is not Through.SOMEBODY:
        return route
    known = {case.person_email, case.written_by} - {""}
    theirs = [mail.inner for mail in passed.mails]
    if all(one.address in known or is_one_name(one.name, case.person_name) for one in theirs):
        return route
    return Route(Way.OPEN_TO_BE_LINKED, None, (Candidate(case, SuggestedBy.ADDRESS),))


def with_same_text(message: InboundMessage, route: Route) -> Route:
    """What says the same as an earlier message is shown with its case; from the same sender it is to be linked.

    Strangers send the same form, each for themself: they are acknowledged as anybody.
    """
    if route.way not in {Way.OPEN, Way.OPEN_TO_BE_LINKED} or not message.flag:
        return route
    found = tuple(suggestions.same_text(message))
    sender = message.sender
    again = any(sender and sender in {one.case.person_email, one.case.written_by} for one in found if one.case.is_open)
    way = Way.OPEN_TO_BE_LINKED if again and route.case is None else route.way
    return replace(route, way=way, candidates=(*route.candidates, *found))
