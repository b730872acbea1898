"""A mail of several people becomes a case for each, with that person's part of it and no other's.

By itself only where the reading is sure and nothing is attached; otherwise an officer divides it, or says that it is
one person's. The message stays whole, once, under a key of its own; each part is a file under its case's key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.intake import moving, persons
from dsar.intake import services as intake
from dsar.intake.models import InboundMessage, MessagePart, MessageState, PassedOn, SeveralPeople
from dsar.intake.parts import Portion, keep_share, open_portion, portions, sealed
from dsar.intake.persons import EVERYBODY, Passage, Person, Standing
from dsar.intake.placing import own_domain
from notifications.models import Thread
from workflow import services
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.models import Case
from workflow.permissions import Act

__all__ = ["Division", "divide", "is_one_persons", "proposal"]


@dataclass(frozen=True, slots=True)
class Division:
    """What an officer chose: people, and for each passage EVERYBODY or a person's number, from 1.

    ``text`` is the SHA-256 of the text the choice was made on, ``files`` the person of an attachment by its uuid;
    what is not named there stays with the whole message.
    """

    people: tuple[Person, ...]
    whose: tuple[int, ...]
    text: str
    files: Mapping[UUID, int]


def proposal(message: InboundMessage) -> SeveralPeople | None:
    """The open question whether this message is several people's."""
    return SeveralPeople.objects.filter(message=message, settled_at=None).first()


def is_one_persons(message_id: int, *, by: Actor) -> None:
    """An officer read it: only one person asks here. Raises CannotDo when that was settled already."""
    require(by, Act.WORK_ON_CASE)
    with transaction.atomic():
        row = SeveralPeople.objects.select_for_update().filter(message=message_id, settled_at=None).first()
        message = InboundMessage.objects.select_related("case", "raw").get(pk=message_id)
        if row is None or message.case is None:
            raise CannotDo(_("This was settled already. Reload the page to see what was done."))
        _settle(message, by)
        Thread.objects.filter(case=message.case).update(several=False)
        services.find_one_persons(message.case.pk, message=message.uuid, digest=message.raw.sha256, by=by)


def divide(message_id: int, chosen: Division, *, by: Actor) -> list[Case]:
    """Give each person a case with their part; the cases in the order of the people.

    The message's own case stays with the one who writes, else with the first. The others are new, with the receipt
    of the message, and each is acknowledged to the writer. All of it or nothing. Raises CannotDo with a sentence
    when the choice is not complete, the message changed, or its case went too far.
    """
    require(by, Act.WORK_ON_CASE)
    message = InboundMessage.objects.select_related("raw", "text", "case").get(pk=message_id)
    _may_be_divided(message)
    found = intake.read_again(message)
    cut = _given(message, found.parsed.text, chosen)
    made = [
        sealed(portion, holder=message.uuid)
        for portion in portions(found.parsed, chosen.people, cut, own_domains=(own_domain(),))
    ]
    try:
        with transaction.atomic():
            cases = _divide_once(message_id, made, chosen, by)
    except BaseException:
        for portion in made:
            portion.discard()
        raise
    intake.settle(message)
    return cases


def _may_be_divided(message: InboundMessage) -> None:
    if message.case is None:
        raise CannotDo(_("This message is in no case, or was divided already. Reload the page."))
    if message.case.authority:
        raise CannotDo(_("An authority’s letter is not divided: it speaks of people, they do not write in it."))
    if PassedOn.objects.filter(case=message.case, confirmed_at=None).exists():
        raise CannotDo(_("First say who wrote what your colleague passed on."))
    if not (message.case.person_email or message.case.written_by):
        raise CannotDo(_("Nobody is known to whom the acknowledgements could go."))


def _given(message: InboundMessage, text: str, chosen: Division) -> list[Passage]:
    names = [" ".join(person.name.split()) for person in chosen.people]
    if len(names) < 2 or not all(names):
        raise CannotDo(_("Name at least two people."))
    if len({name.casefold() for name in names}) < len(names):
        raise CannotDo(_("Two people have the same name here: add what tells them apart."))
    if sum(person.standing is Standing.WRITES for person in chosen.people) > 1:
        raise CannotDo(_("Only one of them can be the one who wrote: the address is that person’s."))
    cut = persons.passages(text)
    if message.text is None or message.text.sha256 != chosen.text or len(cut) != len(chosen.whose):
        raise CannotDo(_("The text of this message changed after you opened the page. Reload it and look first."))
    if not all(EVERYBODY <= one <= len(names) for one in (*chosen.whose, *chosen.files.values())):
        raise CannotDo(_("This choice does not exist. Reload the page and choose again."))
    given = [replace(passage, whose=one) for passage, one in zip(cut, chosen.whose, strict=True)]
    for number, name in enumerate(names, 1):
        if not any(passage.whose in (EVERYBODY, number) for passage in given):
            raise CannotDo(_("Nothing is left for %(name)s: give each person at least one sentence.") % {"name": name})
    return given


def _divide_once(message_id: int, made: Sequence[Portion], chosen: Division, by: Actor) -> list[Case]:
    message = (
        InboundMessage.objects.select_for_update(of=("self",))
        .select_related("case", "raw", "text", "controller", "mailbox")
        .get(pk=message_id)
    )
    _may_be_divided(message)
    case = message.case
    if case is None or message.text is None or message.text.sha256 != chosen.text:
        raise CannotDo(_("The text of this message changed after you opened the page. Reload it and look first."))
    stays = next((n for n, portion in enumerate(made) if portion.person.standing is Standing.WRITES), 0)
    opened_it = message.state == MessageState.OPENED.value
    since = message.taken_at
    sender = case.person_email or case.written_by
    cases: list[Case] = []
    for n, portion in enumerate(made):
        if n == stays:
            _keep(case, message, portion, sender, by=by)
            cases.append(case)
        else:
            received = case.received_at if opened_it else message.received_at
            cases.append(open_portion(message, portion, sender=sender, received_at=received, late=False, by=by))
    Thread.objects.filter(case=case).update(number=stays + 1, people=len(made), several=False)
    for portion, owner in zip(made, cases, strict=True):
        keep_share(message, portion, owner)
    for file, number in chosen.files.items():
        if number:
            MessagePart.objects.filter(message=message, uuid=file).update(moved_to=cases[number - 1])
    moving.suspect(case, since, by=by)
    message.state, message.case, message.next_try_at = MessageState.DIVIDED.value, None, timezone.now()
    message.save()
    _settle(message, by)
    return cases


def _keep(case: Case, message: InboundMessage, portion: Portion, sender: str, *, by: Actor) -> None:
    """The case that held the message goes on with one of them."""
    services.divide_message(
        case.pk,
        message=message.uuid,
        digest=message.raw.sha256,
        part=portion.told(sender if not case.written_by else ""),
        name=portion.person.name,
        proposed=(*portion.reading.rights, *portion.reading.unsure),
        conditions=portion.conditions(message),
        by=by,
    )


def _settle(message: InboundMessage, by: Actor) -> None:
    open_question = SeveralPeople.objects.filter(message=message, settled_at=None)
    open_question.update(settled_at=timezone.now(), settled_by=by.code)
