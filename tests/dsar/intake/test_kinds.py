"""What kind a mail is, measured on labelled mails of our own (tests/mails/kinds), in four languages.

Each file holds one group; "-second" ones were written before the rules they test, and are not tuned on. The first
line of a mail names it (group, language) and what is wanted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings

from dsar.intake import routing
from dsar.intake.gravity import gravity
from dsar.intake.parsing import ParsedMessage, parse
from dsar.intake.reading import Reading, read
from dsar.intake.understanding_child import model

FOLDER = Path(__file__).resolve().parents[2] / "mails" / "kinds"
_HEADER = re.compile(r"^([A-Z][A-Za-z-]+): (.*)$")
_GROUPS = {"opened": {"human", "out_of_scope"}}
PEOPLE = {"request", "reply", "chaser", "complaint"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One mail of a file with what it should be taken for."""

    name: str
    wanted: tuple[str, ...]
    parsed: ParsedMessage


def labelled(file: str) -> Iterator[Labelled]:
    """The mails of a file; without headers of its own one comes from a person, about nothing."""
    for block in (FOLDER / f"{file}.txt").read_text(encoding="utf-8").split("\n## "):
        title, _, rest = block.removeprefix("## ").partition("\n")
        name, *wanted = title.split()
        mail = EmailMessage()
        lines = rest.strip().split("\n")
        attached = ""
        while lines and (found := _HEADER.match(lines[0])):
            if found[1] == "Attach":
                attached = found[2]
            else:
                mail[found[1]] = found[2]
            lines.pop(0)
        if "From" not in mail:
            mail["From"], mail["Subject"] = "Ada <ada@example.org>", "Message"
        mail["To"], mail["Message-ID"] = settings.MAILBOX, f"<{name}@example.org>"
        mail.set_content("\n".join(lines).strip() + "\n")
        if attached:
            mail.add_attachment(b"PK\x05\x06" + bytes(18), maintype="application", subtype="zip", filename=attached)
        yield Labelled(name, tuple(wanted), parse(mail.as_bytes()))


def wrong(file: str, sign: str) -> list[str]:
    """The mails of a file whose sign ("authority", "leak") is not what their label says."""
    found = ((item, getattr(gravity(item.parsed), sign)) for item in labelled(file))
    return [f"{item.name}: {words!r}" for item, words in found if bool(words) is not (item.wanted[0] == "yes")]


def taken_for(parsed: ParsedMessage, reading: Reading) -> str:
    """What becomes of a mail: a person's, a list's or spam, as the tray shows it."""
    if reading.kind == "spam":
        return "spam"
    if routing.is_filed(parsed, reading):
        return "list"
    return "human" if reading.kind in PEOPLE else reading.kind  # "opened" as a label: either of these two


@pytest.mark.parametrize("file", ["leaks", "leaks-second", "leaks-third", "leaks-fourth", "leaks-fifth", "leaks-sixth"])
def test_a_report_of_a_leak_is_told_from_a_worry_about_one(file: str) -> None:
    assert wrong(file, "leak") == []


@pytest.mark.parametrize("file", ["authorities", "authorities-second", "authorities-third"])
def test_a_letter_of_an_authority_is_told_from_a_person_with_a_title(file: str) -> None:
    assert wrong(file, "authority") == []


@pytest.mark.parametrize("file", ["ways", "ways-second", "ways-third", "ways-fourth"])
@pytest.mark.parametrize("by_rules", [True, False], ids=["rules", "model"])
def test_a_request_in_list_headers_or_under_a_spam_flag_is_one_and_a_pitch_about_the_law_is_none(
    *, by_rules: bool, file: str
) -> None:
    """Whether the sentence model helps or not: nobody's request is lost because a machine marked it."""
    chosen = None if by_rules else model()
    missed = []
    for item in labelled(file):
        reading = read(item.parsed, model=chosen)
        got = taken_for(item.parsed, reading)
        acknowledged = reading.acknowledge
        if got not in _GROUPS.get(item.wanted[0], {item.wanted[0]}) or (
            len(item.wanted) > 1 and acknowledged is not (item.wanted[1] == "ack")
        ):
            missed.append(f"{item.name}: {got} {acknowledged} {reading.kind_because[:90]}")
    assert missed == []
