"""One person's part of a mail of several: read by itself, sealed by itself, the message of a case of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from dsar.identity.register_number import masked
from dsar.intake import gravity, persons, titles, understanding_child
from dsar.intake.conditions import conditions
from dsar.intake.forwarded import Inner
from dsar.intake.models import InboundMessage, Share
from dsar.intake.parsing import ParsedMessage
from dsar.intake.passing import Passed
from dsar.intake.persons import Passage, Person, Standing
from dsar.intake.reading import Reading, read
from dsar.vault import services as vault
from notifications.models import Thread
from workflow import services
from workflow.actors import Actor
from workflow.models import Case
from workflow.services import Condition, Part
from workflow.states import Language

__all__ = ["Portion", "keep_share", "open_portion", "passed_portions", "portions", "sealed", "sure_portions"]


@dataclass(frozen=True, slots=True)
class Portion:
    """The part of person ``number`` of ``people``, as a mail of its own; files once it is sealed.

    ``inner``: where they stand in a mail that somebody else passed on.
    """

    person: Person
    number: int
    people: int
    parsed: ParsedMessage
    reading: Reading
    text: vault.Prepared | None = None
    head: vault.Prepared | None = None
    inner: Inner | None = None

    @property
    def files(self) -> list[vault.Prepared]:
        return [file for file in (self.text, self.head) if file is not None]

    def discard(self) -> None:
        """Nothing names the files: they go at once."""
        for file in self.files:
            file.discard()

    def told(self, sender: str) -> Part:
        """For the law; ``sender`` is the address of the mail."""
        writes = self.person.standing is Standing.WRITES
        return Part(self.people, self.text.sha256 if self.text else "", "" if writes else sender)

    def conditions(self, message: InboundMessage) -> tuple[Condition, ...]:
        """What the part shows of the policy's formalities."""
        return conditions(self.parsed, self.reading, sent_to=message.envelope_to.split(","))


def portions(
    parsed: ParsedMessage, people: Sequence[Person], cut: Sequence[Passage], *, own_domains: Sequence[str] = ()
) -> list[Portion]:
    """Each person's part, read by itself; nothing of it is stored yet."""
    names = [" ".join(person.name.split()) for person in people]
    found = []
    for number, person in enumerate(people, 1):
        part = replace(
            parsed,
            text=persons.part_of(parsed.text, cut, names, number),
            subject=persons.subject_of(parsed.subject, names, number),
            html="",
            parts=(),
        )
        reading = read(part, own_domains=own_domains, model=understanding_child.model())
        reading = replace(reading, representative=person.standing is Standing.REPRESENTED)
        found.append(Portion(replace(person, name=names[number - 1]), number, len(names), part, reading))
    return found


def sure_portions(parsed: ParsedMessage, reading: Reading, *, own_domains: Sequence[str]) -> list[Portion]:
    """The parts of a mail that needs nobody to divide it; empty where there is any doubt.

    Each part has to ask for something by itself, in a list by its own item alone. What is attached is somebody's, and
    only a person sees whose; an authority's letter and the report of a leak speak of people who do not ask.
    """
    several = reading.several
    signs = gravity.gravity(parsed)
    if several is None or not several.sure or parsed.unreadable or not _asks(reading):
        return []
    if (
        signs.authority
        or signs.leak
        or reading.leak
        or not all(_is_decoration(parsed, reading, n) for n in range(len(parsed.parts)))
    ):
        return []
    if not persons.plain_subject(parsed.subject, [person.name for person in several.people]):
        return []
    found = portions(parsed, several.people, several.passages, own_domains=own_domains)
    asked = all(portion.parsed.text and _asks(portion.reading) for portion in found)
    if several.sign == "list" and asked:
        own = [
            replace(parsed, text=_own(parsed, several.passages, portion), subject="", html="", parts=())
            for portion in found
        ]
        asked = all(_asks(read(one, own_domains=own_domains, model=understanding_child.model())) for one in own)
    return found if asked and _same_wishes(reading, [portion.reading for portion in found]) else []


def passed_portions(passed: Passed) -> list[Portion]:
    """Each writer's mail of those that one mail passed on, when several ask; nothing of it is stored yet."""
    if not passed.several or passed.beside:
        return []
    people = len(passed.mails)
    return [
        Portion(
            Person(mail.inner.name or mail.inner.address, Standing.WRITES),
            number,
            people,
            mail.parsed,
            mail.reading,
            inner=mail.inner,
        )
        for number, mail in enumerate(passed.mails, 1)
        if mail.parsed.text or mail.parsed.subject
    ]


def _same_wishes(whole: Reading, read_in: Sequence[Reading]) -> bool:
    """A right read in the whole and in no part was taken from somebody; one read only in a part was never asked."""
    told = {right for one in read_in for right in one.rights}
    heard = told | {right for one in read_in for right in one.unsure}
    return set(whole.rights) <= heard and told <= {*whole.rights, *whole.unsure}


def _asks(reading: Reading) -> bool:
    """It uses a right, or may; an answer, a reminder or a complaint belongs to a case that is there already."""
    return reading.kind in {"request", "out_of_scope"} and bool(reading.rights or reading.unsure)


def _is_decoration(parsed: ParsedMessage, reading: Reading, n: int) -> bool:
    """A logo under a text: a picture in its place that shows no document."""
    part = parsed.parts[n]
    return part.inline and part.content_type.startswith("image/") and part.index not in reading.identity_parts


def _own(parsed: ParsedMessage, cut: Sequence[Passage], portion: Portion) -> str:
    return "\n".join(parsed.text[one.start : one.end] for one in cut if one.whose == portion.number)


def sealed(portion: Portion, *, holder: UUID) -> Portion:
    """The same with its files durable; call it outside any transaction."""
    text = vault.prepare(masked(portion.parsed.text).encode(), kind="mail-text", holder=holder)
    head = titles.prepare(portion.parsed, portion.reading, holder=holder)
    return replace(portion, text=text, head=head)


def open_portion(
    message: InboundMessage, portion: Portion, *, sender: str, received_at: datetime, late: bool, by: Actor
) -> Case:
    """A case of this person's part, acknowledged to the writer; in the transaction that divides the message."""
    parsed, reading = portion.parsed, portion.reading
    writes = portion.person.standing is Standing.WRITES
    case = services.open_case(
        controller=message.controller,
        received_at=received_at,
        person_email=sender if writes else "",
        person_name=portion.person.name,
        subject=masked(parsed.subject),
        language=Language(reading.language),
        proposed=reading.rights,
        unsure=reading.unsure,
        message=message.uuid,
        digest=message.raw.sha256,
        part=portion.told(sender),
        conditions=portion.conditions(message),
        by=by,
    )
    Thread.objects.create(
        case=case,
        address=sender,
        in_reply_to=message.message_id,
        references=" ".join(parsed.references)[-4000:],
        waits_for_a_person=late,
        number=portion.number,
        people=portion.people,
    )
    return case


def keep_share(message: InboundMessage, portion: Portion, case: Case) -> None:
    """The part as the message of its case; the caller settles the message afterwards."""
    if portion.text is None:
        raise ValueError("A part is sealed before it is kept.")
    head = portion.head.save() if portion.head else None
    Share.objects.create(message=message, case=case, number=portion.number, text=portion.text.save(), head=head)
