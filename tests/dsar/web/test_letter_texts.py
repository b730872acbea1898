"""The page where the organisation edits its letters."""

import pytest

from notifications.kinds import Letter
from notifications.letters import REGISTER, wording
from notifications.models import LetterText
from tests.dsar.web.conftest import As
from workflow.states import Language

PAGE = "/letters/M06/nl/"


def _typed(**more: str) -> dict[str, str]:
    _subject, body = wording.standard(Letter.M06, Language.NL)
    return {"subject": "Ons besluit – {{ ref }}", "body": body.text.replace("Beste,", "Dag,"), "base": "0", **more}


def test_list_leads_to_every_letter_in_four_languages(as_: As) -> None:
    page = as_("officer").get("/letters/").content.decode()

    for letter in REGISTER:
        for language in Language:
            assert f'href="/letters/{letter.value}/{language.value}/"' in page


@pytest.mark.parametrize("letter", list(REGISTER), ids=lambda one: one.value)
def test_every_letter_has_a_preview_in_four_languages_without_a_link(as_: As, letter: Letter) -> None:
    page = as_("manager").get(f"/letters/{letter.value}/de/").content.decode()

    assert page.count('class="paper"') == 4
    assert "⟦" not in page


def test_a_preview_shows_what_was_typed_and_saves_nothing(as_: As) -> None:
    page = as_("manager").post(PAGE, _typed(preview="1")).content.decode()

    assert "Dag," in page
    assert "Ons besluit – DSR-2027-0042" in page
    assert not LetterText.objects.exists()


def test_a_text_is_saved_as_a_version_and_can_go_back(as_: As) -> None:
    client = as_("manager")

    saved = client.post(PAGE, _typed(), follow=True).content.decode()
    back = client.post(PAGE, _typed(standard="1", base="1"), follow=True).content.decode()

    assert "texte propre, version 1" in saved
    assert "texte standard" in back
    assert list(LetterText.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_text_without_its_passage_is_refused_and_kept_in_the_form(as_: As) -> None:
    answer = as_("manager").post(PAGE, _typed(body="Dag {{ ref }}, dit is mijn tekst"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Dag {{ ref }}, dit is mijn tekst" in page
    assert not LetterText.objects.exists()


def test_an_officer_reads_the_texts_and_cannot_change_them(as_: As) -> None:
    client = as_("officer")

    assert 'name="standard"' not in client.get(PAGE).content.decode()
    assert client.post(PAGE, _typed()).status_code == 403
    assert not LetterText.objects.exists()


@pytest.mark.parametrize("address", ["/letters/M99/fr/", "/letters/M01/xx/"])
def test_a_letter_that_does_not_exist_is_not_found(as_: As, address: str) -> None:
    assert as_("manager").get(address).status_code == 404
