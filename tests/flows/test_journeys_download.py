"""A copy of data that the person fetches: our letter, their page, a code in their mailbox, the file."""

import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.test import Client

from notifications import tokens
from tests.factories import actor
from tests.flows.journey import Journey
from workflow import services
from workflow.models import Case, Event
from workflow.states import BreachSign, Right

CONTACTS = {"contacts": [{"id": 1, "name": "Ada Lovelace", "city": "Namur"}]}
ACCESS = "Bonjour,\n\nJe souhaite recevoir une copie de toutes mes données personnelles.\n\nAda Lovelace"
CODE = re.compile(r"\b[A-Z]\d[A-Z]-[A-Z]\d[A-Z]-[A-Z]\d[A-Z]\b")


@pytest.fixture
def waiting(journey: Journey) -> Journey:
    """Approved on the 10th of March; the letter left and the data wait."""
    journey.writes(ACCESS)
    journey.receives()
    journey.confirms(Right.ACCESS)
    journey.verifies()
    journey.takes()
    journey.attaches("crm.json", CONTACTS)
    journey.exports()
    journey.on(3, 10)
    journey.drafts(Right.ACCESS, by_download=True)
    journey.approves(Right.ACCESS)
    return journey


class Page:
    """What a browser without scripts does with the link of a letter."""

    def __init__(self, case: Case) -> None:
        self.browser, self.address = Client(), f"/p/{tokens.portal_token(case)}/"

    def text(self) -> str:
        return " ".join(self.browser.get(self.address).content.decode().split())

    def post(self, what: str, **typed: str) -> Any:
        return self.browser.post(f"{self.address}{what}", typed)


def test_from_the_letter_to_the_file(waiting: Journey) -> None:
    letters = waiting.receives()
    assert list(letters) == ["M07"]
    assert "24 mars 2027" in letters["M07"]
    assert "Namur" not in letters["M07"], "no data in a letter"
    waiting.ends("processed")
    page = Page(waiting.now())
    before = Event.objects.count()
    assert "Vos données sont prêtes" in page.text()
    assert page.browser.get(f"{page.address}data/").status_code == 405
    assert Event.objects.count() == before, "a robot that follows links takes nothing"

    assert page.post("data/code/").status_code == 302
    letters = waiting.receives()
    assert list(letters) == ["M27D"]
    code = CODE.search(letters["M27D"])
    assert code is not None
    assert "Nous avons envoyé le code à l’adresse e-mail à laquelle nous vous écrivons" in page.text()

    answer = page.post("data/", code=code.group().lower().replace("-", " "))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as bundle:
        assert json.loads(bundle.read("data.json")) == CONTACTS
    told = waiting.receives()
    assert list(told) == ["M29D"]
    assert "ont été téléchargées" in told["M29D"]
    assert "Namur" not in told["M29D"]
    assert waiting.told()[-4:] == ["release_code_issued", "letter_sent", "data_downloaded", "letter_sent"]


def test_wrong_codes_take_nothing_and_end_the_code(waiting: Journey) -> None:
    waiting.receives()
    page = Page(waiting.now())
    page.post("data/code/")
    code = CODE.search(waiting.receives()["M27D"])
    assert code is not None

    answers = [page.post("data/", code="B2C-D3F-G4H") for _ in range(10)]

    assert {answer.status_code for answer in answers} == {422}
    assert "Ce n’est pas le bon code" in answers[0].content.decode()
    assert "Ce code n’est plus valable" in answers[9].content.decode()
    assert page.post("data/", code=code.group()).status_code == 422


def test_nobody_comes_so_the_person_is_reminded_then_the_desk_and_nothing_is_destroyed(waiting: Journey) -> None:
    waiting.receives()
    waiting.on(3, 15)
    services.ring()
    reminder = waiting.receives()
    assert list(reminder) == ["M29"]
    assert "24 mars 2027" in reminder["M29"]

    waiting.on(3, 22)
    services.ring()
    assert waiting.receives() == {}
    staff = waiting.theirs.to("officer@assistool.com")
    assert any("Données non téléchargées" in str(one.message["Subject"]) for one in staff)

    waiting.on(4, 2)
    page = Page(waiting.now())
    assert "Pouvoir de nouveau les télécharger" in page.text()
    assert page.post("data/code/").status_code == 409
    assert page.post("data/renew/").status_code == 302
    assert "16 avril 2027" in waiting.receives()["M29D"]
    page.post("data/code/")
    assert CODE.search(waiting.receives()["M27D"])


def test_a_possible_breach_closes_the_download_and_a_forged_link_opens_none(waiting: Journey) -> None:
    waiting.receives()
    page = Page(waiting.now())
    forged = Page(waiting.now())
    forged.address = forged.address[:-2] + ("a/" if forged.address[-2] != "a" else "b/")
    assert forged.post("data/code/").status_code == 404
    assert forged.post("data/", code="B2C-D3F-G4H").status_code == 404

    services.propose_breach(waiting.pk, sign=BreachSign.SEEN_BY_STAFF, words="Mauvaise boîte.", by=actor("officer"))

    assert page.post("data/code/").status_code == 404, "the link itself is closed"
    again = Page(waiting.now())
    assert again.post("data/code/").status_code == 409
    assert "Vos données sont prêtes" not in again.text()
