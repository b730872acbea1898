"""Dividing a message of several people: the form an officer is shown, with what was typed into it before."""

from dataclasses import dataclass

from django.http import QueryDict

from dsar.identity.register_number import masked
from dsar.intake import dividing, persons
from dsar.intake.models import InboundMessage
from dsar.intake.persons import EVERYBODY, Person, Standing
from dsar.vault import services as vault
from dsar.web.desk.mail import Mail
from dsar.web.desk.parts import Attachment
from workflow.sealing import KeyGone

_SPARE = 2  # empty lines for people nobody recognised
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of the list of people."""

    number: int
    name: str = ""
    standing: str = Standing.REPRESENTED.value


@dataclass(frozen=True, slots=True)
class Sentence:
    index: int
    text: str
    whose: int


@dataclass(frozen=True, slots=True)
class File:
    attachment: Attachment
    whose: int


@dataclass(frozen=True, slots=True)
class Split:
    """The form of one message. ``proposed``: the reading asks for it; else an officer does."""

    message: InboundMessage
    proposed: bool
    text: str
    slots: list[Slot]
    sentences: list[Sentence]
    files: list[File]

    @property
    def form(self) -> str:
        return form_of(self.message)


def form_of(message: InboundMessage) -> str:
    return f"divide:{message.uuid}"


def splits_of(mails: list[Mail], *, wanted: str, failed: str, data: QueryDict | None) -> list[Split]:
    """The forms to show: where the reading proposes one, where an officer asked (``wanted``) or one was refused."""
    found = []
    for mail in mails:
        message = mail.message
        if mail.people or message.text is None or message.case is None or not message.case.is_open:
            continue
        typed = data if failed == form_of(message) else None
        proposed = dividing.proposal(message) is not None
        if proposed or typed is not None or wanted == str(message.uuid):
            split = _split(mail, message.text.sha256, proposed=proposed, typed=typed)
            found += [split] if split else []
    return found


def _split(mail: Mail, digest: str, *, proposed: bool, typed: QueryDict | None) -> Split | None:
    try:
        text = vault.read(mail.message.text).decode("utf-8", "replace") if mail.message.text else ""
    except KeyGone:
        return None
    several = persons.find(text, sender_name=mail.message.sender_name)
    cut = several.passages if several else tuple(persons.passages(text))
    people = several.people if several else (Person(mail.message.sender_name, Standing.WRITES),)
    slots = [Slot(n, one.name, one.standing.value) for n, one in enumerate(people, 1)]
    slots += [Slot(n) for n in range(len(slots) + 1, max(len(slots) + _SPARE, _FEWEST) + 1)]
    chosen = [one.whose for one in cut]
    if typed is not None:
        slots = slots_of(typed)
        chosen = [number_in(typed, f"whose-{n}") for n in range(len(cut))]
    hidden = masked(text)
    sentences = [Sentence(n, hidden[one.start : one.end], chosen[n]) for n, one in enumerate(cut)]
    files = [File(one, number_in(typed, f"file-{one.row.uuid}") if typed else EVERYBODY) for one in mail.parts]
    return Split(mail.message, proposed, digest, slots, sentences, files)


def slots_of(data: QueryDict) -> list[Slot]:
    """The people as they were typed, empty lines too."""
    count = min(max(number_in(data, "slots"), _FEWEST), persons.MOST_PEOPLE + _SPARE)
    return [
        Slot(n, data.get(f"name-{n}", ""), data.get(f"standing-{n}", Standing.REPRESENTED.value))
        for n in range(1, count + 1)
    ]


def number_in(data: QueryDict | None, name: str) -> int:
    """The number of a person, or EVERYBODY."""
    value = (data or {}).get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 4 else EVERYBODY
