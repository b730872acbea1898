"""Own paragraphs by forms alone: typed with the draft or with the act that orders the letter, read before it leaves."""

from html import unescape

import pytest
from django.http import HttpResponse

from notifications import services as post_office
from notifications.models import Notification
from tests import factories
from tests.dsar.web.conftest import As
from tests.factories import utc
from workflow import services as law
from workflow.models import Case, Event
from workflow.states import EventKind, Language, Right

TUESDAY = utc(2027, 3, 2, 8)
REFUSED = {"outcome": "refused", "ground": "G-NOTWRONG", "facts": "De factuur toont het."}


@pytest.fixture(autouse=True)
def _morning(time_machine) -> None:  # type: ignore[no-untyped-def]
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)


def told(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def page(as_: As, case: Case, who: str = "officer") -> str:
    return told(as_(who).get(f"/cases/{case.uuid}/"))


def test_the_paragraph_of_a_draft_is_read_by_its_author_and_by_the_second_person(as_: As) -> None:
    case = factories.in_progress((Right.RECTIFICATION,), received_at=TUESDAY, language=Language.NL)
    claim = factories.claim(case, Right.RECTIFICATION)

    saved = as_("officer").post(
        f"/cases/{case.uuid}/claims/{claim.uuid}/draft/", {**REFUSED, "own-nl": "Bel ons gerust.", "own-fr": ""}
    )
    mine = page(as_, case)
    factories.submit(claim.pk, by=factories.actor("officer"))
    theirs = told(as_("reviewer").get(f"/cases/{case.uuid}/claims/{claim.uuid}/review/"))

    assert saved.status_code == 302
    assert mine.count("Bel ons gerust.") >= 3  # the form, the letter, the same in the reader's language, the history
    assert "Bel ons gerust." in theirs
    assert "avec paragraphes propres" in mine
    assert "avec paragraphes propres" in theirs


def test_the_form_of_an_act_carries_the_paragraph_of_its_letter_or_nothing_of_both(as_: As) -> None:
    case = factories.confirmed((Right.ACCESS,), received_at=TUESDAY)
    own = {"own_letter": "M02", "own-fr": "Nous restons à votre écoute.", "form": "ask"}

    refused = as_("officer").post(f"/cases/{case.uuid}/ask-identity/", {**own, "doubt": ""})
    written = Event.objects.filter(stream=case.stream, kind=EventKind.OWN_WORDS_WRITTEN.value)
    kept = (refused.status_code, "Nous restons à votre écoute." in told(refused), written.count())
    done = as_("officer").post(f"/cases/{case.uuid}/ask-identity/", {**own, "doubt": "l'adresse est nouvelle"})
    post_office.sweep_pending()

    letter = post_office.content_of(Notification.objects.get(case=case, letter="M02"))
    shown = page(as_, case)
    assert kept == (409, True, 0)
    assert (done.status_code, letter.own) == (302, True)
    assert "Nous restons à votre écoute." in shown
    assert "avec paragraphes propres" in shown


def test_every_form_of_a_letter_shows_its_words_and_offers_a_line_for_each_language(as_: As) -> None:
    case = factories.in_progress((Right.ACCESS,), received_at=TUESDAY)
    law.choose_language(case.pk, language=Language.EN, second=Language.FR, by=factories.actor("officer"))

    shown = page(as_, case)

    for letter in ("M03", "M05", "M15", "M17", "M18", "M22", "M23"):
        assert f'name="own_letter" value="{letter}"' in shown, letter
        assert f'href="/letters/{letter}/en/"' in shown, letter
        assert f'id="own-en-{letter}"' in shown, letter
        assert f'id="own-fr-{letter}"' in shown, letter
    assert as_("officer").get("/letters/M05/en/").status_code == 200


def test_the_approver_of_more_time_reads_the_paragraph_that_leaves_with_it(as_: As) -> None:
    case = factories.in_progress((Right.ACCESS,), received_at=TUESDAY)
    form = {"months": "1", "reason": "complexity", "why": "quatre systèmes", "done": "deux sont lus"}

    asked = as_("officer").post(
        f"/cases/{case.uuid}/extension/ask/", {**form, "own_letter": "M05", "own-fr": "Merci de votre patience."}
    )

    assert asked.status_code == 302
    assert "Merci de votre patience." in page(as_, case, "reviewer")
