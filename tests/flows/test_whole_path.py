"""One request from the person's mail program to *processed*: real SMTP both ways, real processes, a real browser."""

import copy
import csv
import email
import hashlib
import io
import json
import re
import smtplib
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage, Message
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdf
import pytest
from playwright.sync_api import Browser, expect

from dsar.paper import render
from tests.dsar.intake.post import LABELS, development_mail
from tests.flows import peer
from tests.flows.chains import Chains, chains_of
from tests.flows.desk_driver import Desk
from tests.flows.peer import Peer
from tests.installation import MAILBOX, Installation, running, wait_until
from tests.services import create_database

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.xdist_group("flow"),
    pytest.mark.timeout(600),
    pytest.mark.skipif(not render.available(), reason=f"PDF cannot be drawn here: {render.why_unavailable()}"),
]

SOON = 45  # seconds
PERSON = "Maëlle Dessart"
RIGHTS = ["access", "portability"]
DOUBT = "L’adresse d’envoi n’est pas celle de votre compte"
FACTS = "Vous trouverez vos données dans les fichiers remis avec cette réponse."
LONG_NUMBER = 12345678901234567890
FILES = {
    "agenda.json": '{"contacts": [{"id": 12345678901234567890, "name": "Zoé", "address": {"city": "Gembloux"},'
    ' "tags": ["kiné", "sport"], "note": "=1+1"}], "visits": [{"id": 1, "balance": -5, "price": 19.90}]}',
    "compta.json": '{"invoices": [{"id": 7, "total": "-5", "lines": [{"label": "@SUM(A1)", "amount": 1e2}]}]}',
    "contacts.csv": "id,name,note\r\n2,Noé,=1+1\r\n3,Élise,-5\r\n",
    "visits.csv": 'id;balance;comment\r\n2;-5;"+32470123456"\r\n3;12,50;"à revoir; mardi"\r\n',
}


@dataclass
class World:
    """An installation, and where its letters end: a mail server, or the folder when there is none."""

    ours: Installation
    theirs: Peer | None
    sender: str = LABELS["014.eml"]["sender"]

    def letters(self) -> list[EmailMessage]:
        """All letters to the person, in the order they came."""
        if self.theirs is not None:
            return [letter.message for letter in self.theirs.to(self.sender)]
        raw = [path.read_bytes() for path in sorted(self.ours.letters(), key=lambda path: path.stat().st_mtime_ns)]
        read = [email.message_from_bytes(letter, policy=policy.default) for letter in raw]
        return [letter for letter in read if self.sender in str(letter["To"])]

    def letter(self, number: int) -> EmailMessage:
        """That letter to the person (from 1), waited for; there must be no further one."""
        wait_until(lambda: len(self.letters()) >= number, SOON, f"letter {number}", lambda: self.ours.output)
        found = self.letters()
        assert len(found) == number, [str(letter["Subject"]) for letter in found]
        return found[-1]

    def chains(self, reference: str) -> Chains:
        return chains_of(self.ours, reference)

    def desk(self, browser: Browser, username: str) -> Desk:
        return Desk(browser, self.ours.web, username, self.ours.passwords[username])


FORMS = ["embedded-smtp", "embedded-folder", "scaled-smtp"]


@pytest.fixture(params=FORMS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """SQLite with a broker of its own, or PostgreSQL and Redis; letters to a mail server, or to the folder."""
    form, outgoing = request.param.split("-")
    variables: dict[str, str] = {}
    if form == "scaled":
        server, broker = request.getfixturevalue("postgresql"), request.getfixturevalue("redis_server")
        name = uuid.uuid4().hex[:8]
        variables = {
            "DATABASE_URL": create_database(server, f"path_{name}"),
            "KEYS_DATABASE_URL": create_database(server, f"path_keys_{name}"),
            "BROKER_URL": f"{broker}/1",
        }
    if outgoing == "folder":
        with running(tmp_path / "data", **variables) as ours:
            yield World(ours, None)
    else:
        with peer.listening() as theirs, running(tmp_path / "data", OUTGOING_URL=theirs.url, **variables) as ours:
            yield World(ours, theirs)


def test_a_mail_is_carried_to_processed(world: World, chromium: Browser, tmp_path: Path) -> None:
    acknowledged = request_arrives(world)

    with world.desk(chromium, "officer") as officer:
        reference = officer_opens_the_case(officer)
        assert reference in str(acknowledged["Subject"])
        question = officer_asks_identity(world, officer)
        person_replies(world, officer, question)
        officer_verifies_and_takes(officer)
        officer_attaches(officer, tmp_path)
        officer_makes_the_export(officer)
        officer_drafts_and_submits(officer)
        with world.desk(chromium, "reviewer") as reviewer:
            reviewer_approves(reviewer)
        answers_arrive_and_are_recorded(world, officer)

        before = world.chains(reference)
        export_holds_everything(officer)
        printed = history_is_printed(officer, reference)
    with world.desk(chromium, "auditor") as auditor:
        auditor_only_reads(auditor)
        assert history_is_printed(auditor, reference) == printed

    after = world.chains(reference)
    assert printed == after.head == before.head
    assert looking_left_its_mark(after, before)
    story_is_told(after, world)


# -- the steps ---------------------------------------------------------------------------------------


def request_arrives(world: World) -> EmailMessage:
    raw = with_identity_document(development_mail("014.eml"))
    world.ours.send(raw, world.sender)

    letter = world.letter(1)

    asked = email.message_from_bytes(raw, policy=policy.compat32)
    assert letter["In-Reply-To"] == asked["Message-ID"]
    assert letter["Auto-Submitted"] == "auto-replied"
    assert MAILBOX in str(letter["From"])
    assert re.search(r"vieprivee\+r\.[a-z2-7]+@assistool\.com", str(letter["Reply-To"]))
    assert text_of(letter).startswith("Bonjour,")
    return letter


def officer_opens_the_case(officer: Desk) -> str:
    officer.picture("queue")
    reference = officer.open_case(PERSON)
    officer.picture("case-new")
    officer.picture("case-new", width=390)
    assert officer.page.locator("html").get_attribute("lang") == "fr"
    assert officer.miles() == [True, False, False]
    assert officer.page.locator("form[action$='/identity/']").count() == 1  # the scan has a door of its own

    officer.tick_rights(RIGHTS)
    officer.act("confirm", picture="confirmed")

    assert len(officer.claims()) == len(RIGHTS)
    return reference


def officer_asks_identity(world: World, officer: Desk) -> EmailMessage:
    officer.act("ask-identity", {"doubt": DOUBT}, picture="identity-asked")
    question = world.letter(2)
    assert DOUBT in text_of(question)
    if world.theirs is not None:
        officer.wait_for(".clock--hold")
        officer.picture("clock-suspended")
    else:
        officer.page.reload()
        assert "clock--ok" in officer.style_of(".clock")  # a letter that was only written stops no clock
        assert officer.page.locator(".banner").is_visible()
    return question


def person_replies(world: World, officer: Desk, question: EmailMessage) -> None:
    to = str(question["Reply-To"])
    lines = [
        f"From: {PERSON} <{world.sender}>".encode(),
        f"To: {to}".encode(),
        f"Subject: Re: {' '.join(str(question['Subject']).split())}".encode(),
        b"Message-ID: <whole-path-reply@dessart.example.be>",
        f"In-Reply-To: {question['Message-ID']}".encode(),
        b"Content-Type: text/plain; charset=utf-8",
        b"",
        "Bonjour,\r\n\r\nC’est bien moi : j’ai ouvert le lien reçu à l’adresse de mon compte.\r\n\r\nMaëlle".encode(),
    ]
    with smtplib.SMTP("127.0.0.1", world.ours.smtp_port, timeout=30) as client:
        client.sendmail(world.sender, [to], b"\r\n".join(lines))

    officer.wait_for("#messages article", "C’est bien moi")

    officer.picture("reply")
    assert officer.page.locator("#messages article").count() == 2
    officer.act("read-reply")
    world.letter(2)  # no second acknowledgement


def officer_verifies_and_takes(officer: Desk) -> None:
    values = {"method": "link_known_contact", "note": "Lien ouvert depuis l’adresse du compte."}
    officer.act("verify-identity", values, picture="identity-verified")
    assert officer.miles() == [True, True, False]
    assert "clock--ok" in officer.style_of(".clock")

    officer.act("take", picture="taken")


def officer_attaches(officer: Desk, folder: Path) -> None:
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
        assert name in officer.act("attach", files=[folder / name])
    officer.picture("attached")


def officer_makes_the_export(officer: Desk) -> None:
    officer.act("export", picture="export-asked")
    officer.wait_for("a[href*='/exports/']")
    officer.picture("export-ready")


def officer_drafts_and_submits(officer: Desk) -> None:
    claims = officer.claims()
    for claim in claims.values():
        officer.act(f"claims/{claim}/draft", {"outcome": "granted", "way": "hand", "facts": FACTS}, picture="drafted")
    for claim in claims.values():
        officer.act(f"claims/{claim}/submit", picture="submitted")

    for claim in claims.values():
        assert not officer.may(f"claims/{claim}/approve")
        assert officer.forge(f"claims/{claim}/approve", {"version": "1"}) == 403


def reviewer_approves(reviewer: Desk) -> None:
    reviewer.picture("queue")
    reviewer.open_case(PERSON)
    for claim in reviewer.claims().values():
        reviewer.act(f"claims/{claim}/approve", picture="approved")
    assert not reviewer.may("take")


def answers_arrive_and_are_recorded(world: World, officer: Desk) -> None:
    every = "that the proof is enough, and both answers"
    wait_until(lambda: len(world.letters()) >= 5, SOON, every, lambda: world.ours.output)
    answers = world.letters()[2:]
    assert len(answers) == 3
    assert all(text_of(answer).startswith("Bonjour,") for answer in answers)
    assert len({answer["Message-ID"] for answer in world.letters()}) == 5

    officer.page.reload()
    officer.picture("approved")
    assert officer.miles() == [True, True, False]  # a letter does not hand over the data
    now = datetime.now(ZoneInfo("Europe/Brussels")).strftime("%Y-%m-%dT%H:%M")
    handed_over = {"means": "handed_over", "at": now, "evidence": "Clé chiffrée remise en main propre, reçu signé."}
    for claim in officer.claims().values():
        officer.act(f"claims/{claim}/answer", handed_over, picture="answered")

    assert officer.miles() == [True, True, True]
    officer.picture("processed", width=390)


def export_holds_everything(officer: Desk) -> None:
    name, data = officer.download("a[href*='/exports/']")
    bundle = zipfile.ZipFile(io.BytesIO(data))
    manifest = json.loads(bundle.read("manifest.json"))

    assert name.endswith("-export.zip")
    assert set(bundle.namelist()) == {"data.json", "contacts.csv", "invoices.csv", "visits.csv", "manifest.json"}
    for member in manifest["members"]:
        assert hashlib.sha256(bundle.read(member["name"])).hexdigest() == member["sha256"]
    given = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in FILES.items()}
    assert {source["file"]: source["sha256"] for source in manifest["sources"]} == given
    tables = json.loads(bundle.read("data.json"))
    assert {table: len(records) for table, records in tables.items()} == {"contacts": 3, "invoices": 1, "visits": 3}
    assert tables["contacts"][0] == json.loads(FILES["agenda.json"])["contacts"][0]
    assert tables["contacts"][0]["id"] == LONG_NUMBER
    assert b'"price": 19.90' in bundle.read("data.json")

    rows = list(csv.reader(io.StringIO(bundle.read("contacts.csv").decode(), newline="")))
    assert str(LONG_NUMBER) in rows[1]
    assert sum("'=1+1" in row for row in rows) == 2
    assert any("-5" in row for row in rows)  # a plain number is no formula
    changed = [(entry["file"], entry["original"]) for entry in manifest["neutralised_cells"]]
    assert changed.count(("contacts.csv", "=1+1")) == 2
    assert all(original != "-5" for _file, original in changed)


def history_is_printed(reader: Desk, reference: str) -> str:
    """Both variants, downloaded and opened; the head of the chain they state."""
    heads = set()
    for variant in ("full", "pseudonymised"):
        query = "[href$='variant=pseudonymised']" if variant == "pseudonymised" else "[href$='history.pdf']"
        name, data = reader.download(f"a{query}")
        document = pypdf.PdfReader(io.BytesIO(data))
        text = " ".join("\n".join(page.extract_text() for page in document.pages).split())
        catalog = document.trailer["/Root"]
        attached = json.loads(document.attachments["donnees.json"][0])

        assert name.startswith(f"{reference}-{variant}-")
        assert reference in text
        assert (PERSON in text) is (variant == "full")
        assert (PERSON in json.dumps(attached, ensure_ascii=False)) is (variant == "full")
        assert catalog["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in catalog
        assert (
            hashlib.sha256(b"\0" + attached["events"][-1]["body"].encode()).hexdigest()
            == attached["events"][-1]["hash"]
        )
        heads.add(attached["events"][-1]["hash"])
    [head] = heads
    return head


def auditor_only_reads(auditor: Desk) -> None:
    auditor.open_case(PERSON)
    auditor.picture("case")
    expect(auditor.page.locator("main form[method=post]")).to_have_count(0)
    assert "Deux choses" not in auditor.page.content()
    assert auditor.miles() == [True, True, True]
    assert auditor.forge("close") == 403
    assert auditor.forge("note", {"text": "x"}) == 403


def looking_left_its_mark(after: Chains, before: Chains) -> bool:
    new = after.looks[len(before.looks) :]
    kinds = [kind for kind, _actor in new]
    assert kinds.count("export_downloaded") == 1
    assert kinds.count("history_downloaded") == 4
    assert len({actor for kind, actor in new if kind == "history_downloaded"}) == 2
    assert after.events == before.events
    return after.looks_intact


def story_is_told(chains: Chains, world: World) -> None:
    assert chains.intact
    kinds = chains.kinds
    assert kinds[0] == "case_received"
    assert kinds[-1] == "case_processed"
    assert kinds.count("claim_approved") == kinds.count("claim_answered") == 2
    for once in ("claims_confirmed", "identity_asked", "identity_verified", "export_ready"):
        assert kinds.count(once) == 1, once
    sent = world.theirs is not None
    assert kinds.count("letter_sent" if sent else "letter_written") == 5
    assert kinds.count("clock_paused") == kinds.count("clock_resumed") == int(sent)


# -- letters -----------------------------------------------------------------------------------------


def with_identity_document(raw: bytes) -> bytes:
    """The same request with the scan of an identity card that another mail of the set carries."""
    letter: Message = email.message_from_bytes(raw, policy=policy.compat32)
    scan = email.message_from_bytes(development_mail("007.eml"), policy=policy.compat32).get_payload()[1]
    text = Message()
    text["Content-Type"] = letter["Content-Type"]
    text.set_payload(copy.copy(letter.get_payload()))
    letter.replace_header("Content-Type", 'multipart/mixed; boundary="whole-path"')
    letter.set_payload([text, scan])
    return letter.as_bytes(policy=policy.compat32.clone(linesep="\r\n"))


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
