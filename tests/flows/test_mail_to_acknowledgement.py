"""From a stranger's mail program to the acknowledgement in their mailbox: real processes, real SMTP both ways."""

import email
import re
import smtplib
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from pathlib import Path
from typing import Any

import pytest

from tests.dsar.intake.post import LABELS, development_mail, traced
from tests.dsar.intake.test_persons import COUPLE
from tests.flows import peer
from tests.flows.peer import Letter, Peer
from tests.installation import MAILBOX, Installation, running, wait_until
from tests.services import create_database

# Celery's and Django's own start-up, then one letter: seconds even where other work goes on beside it.
SOON = 45
FIRST_LINE = {"fr": "Bonjour,", "nl": "Beste,", "de": "Guten Tag,", "en": "Hello,"}
EXPECTED = {"fr": "007.eml", "nl": "012.eml", "de": "013.eml", "en": "005.eml"}

pytestmark = [pytest.mark.xdist_group("flow"), pytest.mark.timeout(400)]


@dataclass
class World:
    """An installation and the mail server its letters go to."""

    ours: Installation
    theirs: Peer

    def mail(self, name: str) -> str:
        """Send a mail of the development set as its writer; the address it came from."""
        self.ours.send(development_mail(name), sender := LABELS[name]["sender"])
        return sender

    def letters_to(self, address: str, count: int = 1) -> list[Letter]:
        wait_until(
            lambda: len(self.theirs.to(address)) >= count, SOON, f"letter {count} to it", lambda: self.ours.output
        )
        return self.theirs.to(address)


@pytest.fixture(scope="module", params=["embedded", "scaled"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """On SQLite with a broker of its own, and on PostgreSQL with a Redis that is there."""
    variables: dict[str, str] = {}
    if request.param == "scaled":
        server, broker = request.getfixturevalue("postgresql"), request.getfixturevalue("redis_server")
        name = uuid.uuid4().hex[:8]
        variables = {
            "DATABASE_URL": create_database(server, f"flow_{name}"),
            "KEYS_DATABASE_URL": create_database(server, f"flow_keys_{name}"),
            "BROKER_URL": f"{broker}/0",
        }
    with (
        peer.listening() as theirs,
        running(tmp_path_factory.mktemp("flow"), OUTGOING_URL=theirs.url, **variables) as ours,
    ):
        yield World(ours, theirs)


@pytest.mark.parametrize("language", list(EXPECTED))
def test_a_request_is_acknowledged_in_the_language_of_its_writer(world: World, language: str) -> None:
    sender = world.mail(EXPECTED[language])

    [letter] = world.letters_to(sender)

    body = letter.message.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines()[0] == FIRST_LINE[language]
    assert re.search(r"DSR-\d{4}-\d{4}", str(letter.message["Subject"]))


def test_the_acknowledgement_is_an_automatic_answer_in_the_thread(world: World) -> None:
    name = "014.eml"
    asked = email.message_from_bytes(development_mail(name), policy=policy.compat32)

    [letter] = world.letters_to(world.mail(name))

    message = letter.message
    assert message["In-Reply-To"] == asked["Message-ID"]
    assert asked["Message-ID"] in message["References"]
    assert message["Auto-Submitted"] == "auto-replied"
    assert MAILBOX in message["From"]
    assert re.fullmatch(r"vieprivee\+b\.[a-z2-7]+@assistool\.com", letter.sender)
    assert re.search(r"vieprivee\+r\.[a-z2-7]+@assistool\.com", message["Reply-To"])
    assert message["Message-ID"].startswith("<dsr-")


def test_it_is_there_within_seconds(world: World) -> None:
    world.letters_to(world.mail("018.eml"))  # whatever had to be loaded is loaded
    begun = time.monotonic()

    [letter] = world.letters_to(world.mail("020.eml"))

    assert letter.at - begun < 30


def test_the_same_mail_again_is_acknowledged_once(world: World) -> None:
    sender = world.mail("009.eml")
    world.letters_to(sender)

    world.ours.send(traced(development_mail("009.eml")), sender)
    world.letters_to(world.mail("043.eml"))  # a later mail has been dealt with
    wait_until(lambda: idle(world), SOON, "rest", lambda: world.ours.output)

    assert len(world.theirs.to(sender)) == 1


def test_robots_bounces_and_spam_get_no_answer(world: World) -> None:
    before = len(world.theirs.letters)
    for name in ("003.eml", "046.eml", "061.eml", "065.eml", "074.eml"):
        world.mail(name)
    asked = world.mail("049.eml")

    world.letters_to(asked)
    wait_until(lambda: idle(world), SOON, "rest", lambda: world.ours.output)

    assert [letter.recipients for letter in world.theirs.letters[before:]] == [(asked,)]


def test_an_answer_to_the_acknowledgement_joins_the_case(world: World) -> None:
    asker = "later@example.org"
    world.ours.send(reply("<first@example.org>", asker, "Ik wil een kopie van al mijn gegevens."), asker)
    [letter] = world.letters_to(asker)
    cases = audit(world)["cases"]

    answer = reply("<second@example.org>", asker, "Met dank, hier is mijn klantnummer: 4711.", letter)
    world.ours.send(answer, asker)
    wait_until(lambda: idle(world), SOON, "rest", lambda: world.ours.output)

    after = audit(world)
    assert after["cases"] == cases
    assert after["messages"]["attached"] == 1
    assert len(world.theirs.to(asker)) == 1


def test_a_mail_of_two_people_is_two_cases_each_acknowledged_once_to_the_writer(world: World) -> None:
    sender = "marie.dubois@example.org"
    lines = [
        f"From: Marie Dubois <{sender}>",
        f"To: {MAILBOX}",
        "Subject: Nos demandes",
        "Message-ID: <two@example.org>",
    ]
    head = [*lines, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    raw = "\r\n".join([*head, "", *COUPLE.splitlines(), ""]).encode()
    before = audit(world)

    world.ours.send(raw, sender)
    world.ours.send(traced(raw), sender)
    letters = world.letters_to(sender, 2)
    wait_until(lambda: idle(world), SOON, "rest", lambda: world.ours.output)

    after = audit(world)
    references = {re.search(r"DSR-\d{4}-\d{4}", str(letter.message["Subject"]))[0] for letter in letters}  # type: ignore[index]
    assert (len(world.theirs.to(sender)), len(references)) == (2, 2)
    assert (after["cases"] - before["cases"], after["parts"] - before["parts"]) == (2, 2)
    assert after["messages"]["divided"] - before["messages"]["divided"] == 1


def test_a_relay_is_refused(world: World) -> None:
    with (
        smtplib.SMTP("127.0.0.1", world.ours.smtp_port, timeout=30) as client,
        pytest.raises(smtplib.SMTPRecipientsRefused),
    ):
        client.sendmail("ada@example.org", ["somebody@example.net"], development_mail("007.eml"))


def reply(message_id: str, sender: str, text: str, to: Letter | None = None) -> bytes:
    lines = [
        f"From: {sender}",
        f"To: {MAILBOX}",
        "Subject: Mijn gegevens",
        f"Message-ID: {message_id}",
        *([f"In-Reply-To: {to.message['Message-ID']}"] if to else []),
        "",
        text,
        "",
    ]
    return "\r\n".join(lines).encode()


def audit(world: World) -> dict[str, Any]:
    from tests.flows.audit import look

    return look(world.ours)


def idle(world: World) -> bool:
    """Nothing waits to be read, made or carried."""
    found = audit(world)
    return not any(found[what] for what in ("unread", "unsettled", "pending", "letters_waiting"))


@pytest.fixture(scope="module", autouse=True)
def _whole_afterwards(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever was sent above: nothing is lost and every chain holds."""
    yield
    wait_until(lambda: idle(world), SOON, "rest", lambda: world.ours.output)
    found = audit(world)
    assert found["broken_chains"] == []
    assert found["messages"]["opened"] + found["parts"] == found["cases"]
    assert Path(world.ours.data_dir).is_dir()
