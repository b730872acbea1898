"""Which cases a message may belong to, and why: evidence for an officer, never a reason to attach by itself.

Everything a message says about where it belongs can be copied or guessed by a stranger. What attaches is decided
in ``routing``; what stands here is only shown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dsar.intake.about import SEPARATOR
from dsar.intake.models import InboundMessage, MessageState, SuggestedBy, digest_of_id
from dsar.intake.parsing import ParsedMessage
from notifications import tokens
from notifications.models import Notification
from workflow.models import Case, Controller
from workflow.models.case import OPEN
from workflow.states import CaseState, ContactKind

__all__ = ["Candidate", "filed_beside", "in_a_tray", "living", "lying", "of_people", "of_writer", "people_of",
           "pointers", "retyped", "same_person", "same_text"]  # fmt: skip

MOST = 10
_REFERENCE = re.compile(r"\bDSR-(\d{4})-(\d{4,9})\b", re.IGNORECASE)
_READ = 20_000  # characters of a text in which a reference is looked for


@dataclass(frozen=True, slots=True)
class Candidate:
    case: Case
    why: SuggestedBy


def pointers(parsed: ParsedMessage, controller: Controller, addresses: Iterable[str]) -> Iterator[Candidate]:
    """Cases the message names in a way that counts when their own person sent it, the strongest first."""
    for address in addresses:
        yield from _found(tokens.case_of_reply(address), controller, SuggestedBy.TOKEN)
    for identifier in (*parsed.in_reply_to, *reversed(parsed.references)):
        case = _by_message_id(identifier, controller)
        if case is not None:
            yield Candidate(living(case), SuggestedBy.MESSAGE_ID)
    yield from _by_reference(parsed.subject, controller)


def retyped(parsed: ParsedMessage, controller: Controller, addresses: Iterable[str]) -> Iterator[Candidate]:
    """Cases it seems to mean: a damaged reply address, a message of several people, a reference in the text."""
    for address in addresses:
        yield from _found(tokens.case_meant_by(address), controller, SuggestedBy.DAMAGED_TOKEN)
    for identifier in (*parsed.in_reply_to, *reversed(parsed.references)):
        # Which of the people of a divided message is meant, its number does not say.
        shared = InboundMessage.objects.filter(message_id_digest=digest_of_id(identifier), controller=controller)
        for case in Case.objects.filter(shares__message__in=shared).order_by("id")[:MOST]:
            yield Candidate(living(case), SuggestedBy.MESSAGE_ID)
    yield from _by_reference(parsed.text[:_READ], controller)


def same_person(parsed: ParsedMessage, controller: Controller) -> Iterator[Candidate]:
    """Open cases of this address, or of somebody with this full name."""
    if len(parsed.senders) == 1:
        yield from of_writer(parsed.senders[0].address, parsed.senders[0].name, controller)


def of_writer(address: str, name: str, controller: Controller) -> Iterator[Candidate]:
    """Open cases of this address ("" for none), or of somebody with this full name."""
    others = Case.objects.filter(controller=controller, state__in=OPEN).order_by("-received_at", "-id")
    if address:
        for case in others.filter(Q(person_email=address) | Q(written_by=address))[:MOST]:
            yield Candidate(case, SuggestedBy.ADDRESS)
    if " " in name.strip():
        for case in others.filter(person_name__iexact=name.strip()[:200]).exclude(person_email=address)[:MOST]:
            yield Candidate(case, SuggestedBy.NAME)


def same_text(message: InboundMessage) -> Iterator[Candidate]:
    """The cases of other messages that say and bring the same, whoever sent them and when, the latest first."""
    if not message.text_key:
        return
    others = InboundMessage.objects.filter(controller=message.controller_id, text_key=message.text_key, erased_at=None)
    cases = Case.objects.filter(Q(messages__in=others) | Q(shares__message__in=others), anonymised_at=None)
    for case in cases.exclude(messages=message).distinct().order_by("-received_at", "-id")[:MOST]:
        yield Candidate(living(case), SuggestedBy.SAME_TEXT)


def of_people(names: Iterable[str], controller: Controller) -> Iterator[Candidate]:
    """Open cases of these people: their own, and those in which somebody wrote for them."""
    cases = Case.objects.filter(controller=controller, state__in=OPEN)
    for name in names:
        theirs = cases.filter(Q(person_name__iexact=name) | Q(messages__about__icontains=name))
        for case in theirs.distinct().order_by("-received_at", "-id")[:MOST]:
            yield Candidate(case, SuggestedBy.NAME)


def people_of(case: Case) -> tuple[str, ...]:
    """Whose data the case's messages said they are about, where that was not their sender."""
    told = case.messages.exclude(about="").order_by("id").values_list("about", flat=True)
    return tuple(dict.fromkeys(name for names in told for name in names.split(SEPARATOR)))


def in_a_tray(parsed: ParsedMessage, controller: Controller) -> "QuerySet[InboundMessage]":
    """Messages of the same sender that this one answers and that lie in a tray, without a case to belong to."""
    answered = [digest_of_id(identifier) for identifier in (*parsed.in_reply_to, *parsed.references)]
    senders = [address.address for address in parsed.senders]
    return lying(controller).filter(message_id_digest__in=answered, sender__in=senders)


def lying(controller: Controller) -> "QuerySet[InboundMessage]":
    """What lies in the trays: filed, or from before we began and not judged yet."""
    trays = [MessageState.FILED.value, MessageState.BEFORE.value]
    return InboundMessage.objects.filter(controller=controller, state__in=trays, judged="", erased_at=None)


def filed_beside(case: Case) -> list[InboundMessage]:
    """What a program, a list or a spammer sent since the case began: from an address of it, or to its own address.

    It lies in the tray of filed messages; who works on the case sees that it is there. What came back is told by the
    letters themselves.
    """
    on_file = case.known_contacts.filter(kind=ContactKind.EMAIL.value).values_list("value", flat=True)
    senders = {case.person_email, case.written_by, *on_file} - {""}
    ours = Q(sender__in=senders) | Q(envelope_to__icontains=tokens.reply_address(case))
    rows = lying(case.controller).filter(ours, state=MessageState.FILED.value, received_at__gte=case.received_at)
    return list(rows.exclude(kind="bounce").order_by("received_at", "id")[:MOST])


def living(case: Case) -> Case:
    """A merged case lives on in its target."""
    while case.state == CaseState.MERGED.value and case.merged_into is not None:
        case = case.merged_into
    return case


def _found(pk: int | None, controller: Controller, why: SuggestedBy) -> Iterator[Candidate]:
    case = Case.objects.filter(pk=pk, controller=controller, anonymised_at=None).first() if pk is not None else None
    if case is not None:
        yield Candidate(living(case), why)


def _by_reference(text: str, controller: Controller) -> Iterator[Candidate]:
    named = {f"DSR-{found[1]}-{found[2]}" for found in _REFERENCE.finditer(text)}
    known = Case.objects.filter(controller=controller, reference__in=sorted(named)[:MOST], anonymised_at=None)
    for case in known.order_by("id"):
        yield Candidate(living(case), SuggestedBy.REFERENCE)


def _by_message_id(identifier: str, controller: Controller) -> Case | None:
    letter = Notification.objects.filter(
        message_id=identifier, case__controller=controller, case__anonymised_at=None
    ).first()
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
