"""Where a message belongs: an open case, a new one, or the tray of robots and bounces.

A case number in a subject is not a credential and a quoted Message-ID is not one either:
both attach a message only when it comes from the person the case already writes to.
Anybody else gets a case of their own, to be linked by an officer (design §2).
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from dsar.intake import automatic
from dsar.intake.models import InboundMessage, MessageState
from dsar.intake.parsing import ParsedMessage
from dsar.intake.reading import Reading
from notifications import tokens
from notifications.models import Notification
from workflow.models import Case, Controller
from workflow.states import CaseState

_REFERENCE = re.compile(r"\bDSR-(\d{4})-(\d{4,9})\b", re.IGNORECASE)
_NOT_PEOPLE = frozenset({"auto_reply", "bounce", "spam"})


class Way(StrEnum):
    OPEN = "open"
    OPEN_TO_BE_LINKED = "open_to_be_linked"
    ATTACH = "attach"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Route:
    way: Way
    case: Case | None = None


def route(parsed: ParsedMessage, reading: Reading, *, controller: Controller, envelope_to: tuple[str, ...]) -> Route:
    """The way of one message. Robots, bounces, lists and spam are filed; people never are."""
    if not parsed.unreadable and (reading.kind in _NOT_PEOPLE or _from_a_list(parsed, reading)):
        return Route(Way.FILE)
    if any(tokens.letter_of_bounce(address) is not None for address in envelope_to):
        return Route(Way.FILE)  # no person knows that address: whatever comes there is a mail server's
    case = _living(_linked(parsed, controller, envelope_to))
    if case is None:
        return Route(Way.OPEN)
    if not _same_person(parsed, case):
        return Route(Way.OPEN_TO_BE_LINKED, case)
    if not case.is_open and reading.rights:
        return Route(Way.OPEN)  # a new wish after the answer is a new request
    return Route(Way.ATTACH, case)


def _from_a_list(parsed: ParsedMessage, reading: Reading) -> bool:
    """A newsletter the mailbox once subscribed to; a request that came through a list is a request."""
    return reading.kind == "out_of_scope" and not reading.acknowledge and automatic.nature(parsed, ()).listed


def _linked(parsed: ParsedMessage, controller: Controller, envelope_to: tuple[str, ...]) -> Case | None:
    for address in (*envelope_to, *(recipient.address for recipient in parsed.recipients)):
        pk = tokens.case_of_reply(address)
        if pk is not None:
            return Case.objects.filter(pk=pk, controller=controller).first()
    identifiers = [*parsed.in_reply_to, *reversed(parsed.references)]
    for identifier in identifiers:
        case = _by_message_id(identifier, controller)
        if case is not None:
            return case
    found = _REFERENCE.search(parsed.subject)
    if found:
        reference = f"DSR-{found[1]}-{found[2]}"
        return Case.objects.filter(controller=controller, reference=reference).first()
    return None


def _by_message_id(identifier: str, controller: Controller) -> Case | None:
    letter = Notification.objects.filter(message_id=identifier, case__controller=controller).first()
    if letter is not None:
        return letter.case
    message = (
        InboundMessage.objects.filter(
            message_id_digest=digest_of_id(identifier), case__isnull=False, case__controller=controller
        )
        .exclude(state=MessageState.DUPLICATE.value)
        .order_by("id")
        .first()
    )
    return message.case if message is not None else None


def digest_of_id(identifier: str) -> str:
    """What a Message-ID is looked up by: SHA-256 in hexadecimal; "" of none."""
    return hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest() if identifier else ""


def _living(case: Case | None) -> Case | None:
    """A merged case lives on in its target."""
    while case is not None and case.state == CaseState.MERGED.value:
        case = case.merged_into
    return case


def _same_person(parsed: ParsedMessage, case: Case) -> bool:
    """One sender, the address the case writes to, and no failed mail authentication."""
    if len(parsed.senders) != 1 or not case.person_email:
        return False
    return parsed.senders[0].address == case.person_email and not automatic.authentication_failed(parsed)
