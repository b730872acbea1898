"""Several people in one message, on the page: one person's part, the form that divides, the original behind a tick."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from dsar.intake.models import InboundMessage, Share
from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.dsar.intake.test_dividing import UNSURE, couple
from tests.dsar.web.conftest import As
from workflow.models import Case, Event
from workflow.states import EventKind

AT = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _that_day(time_machine) -> None:  # type: ignore[no-untyped-def]
    time_machine.move_to(AT + timedelta(hours=1))


@pytest.fixture
def installed(db: None) -> None:
    factories.installation()


@pytest.fixture
def divided(installed: None) -> InboundMessage:
    return take_in(couple(), at=AT)


@pytest.fixture
def unsure(installed: None) -> InboundMessage:
    return take_in(couple(UNSURE), at=AT)


def page_of(as_: As, case: Case, who: str = "officer", query: str = "") -> str:
    return unescape(as_(who).get(f"/cases/{case.uuid}/{query}").content.decode())


def fields_of(page: str, **changes: str) -> dict[str, str]:
    """What a browser would send back from the form that divides."""
    form = page[page.index('name="form" value="divide:') :]
    form = form[: form.index("</form>")]
    fields = dict(re.findall(r'name="([^"]+)"[^>]*? value="([^"]*)"', form))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        fields[name] = (re.findall(r'value="(\w+)" selected', options) or re.findall(r'value="(\w+)"', options))[0]
    return {"form": re.search(r"divide:[0-9a-f-]+", page)[0], **fields, **changes}  # type: ignore[index]


def test_each_page_shows_one_persons_part_and_nothing_of_the_other(as_: As, divided: InboundMessage) -> None:
    marie, jan = Case.objects.order_by("id")

    hers, his = page_of(as_, marie), page_of(as_, jan)

    assert ("rue Neuve" in hers, "numéro de téléphone soit" in hers, "Peeters" in hers) == (True, False, False)
    assert ("rue Neuve" in his, "numéro de téléphone soit" in his, "Dubois" in his) == (False, True, False)
    assert jan.written_by in his
    assert "2 personnes s’expriment dans ce message" in his
    assert as_("officer").get(f"/cases/{jan.uuid}/messages/{divided.uuid}/html/").status_code == 404
    assert as_("officer").get(f"/messages/{divided.uuid}/").status_code == 404
    assert "numéro de téléphone soit" not in page_of(as_, jan, "auditor")


def test_the_original_needs_a_reason_and_the_tick_and_each_of_the_cases_hears_of_it(
    as_: As, divided: InboundMessage
) -> None:
    marie, jan = Case.objects.order_by("id")
    door = f"/cases/{jan.uuid}/messages/{divided.uuid}/original/"

    refused = as_("officer").post(door, {"reason": "illisible", "form": f"raw:{divided.uuid}"})
    answer = as_("officer").post(door, {"reason": "illisible", "others": "1"})

    assert refused.status_code == 409
    assert b"".join(answer.streaming_content) == couple()  # type: ignore[attr-defined]
    looks = Event.objects.filter(kind=EventKind.MESSAGE_VIEWED.value).values_list("stream", flat=True)
    assert sorted(looks) == sorted([f"access:{marie.uuid}", f"access:{jan.uuid}"])
    assert as_("reviewer").post(door, {"reason": "x", "others": "1"}).status_code == 403


def test_the_form_that_is_proposed_divides_as_it_stands(as_: As, unsure: InboundMessage) -> None:
    case = Case.objects.get()
    page = page_of(as_, case)
    assert "Ce message nomme plusieurs personnes" in page

    answer = as_("officer").post(f"/cases/{case.uuid}/messages/{unsure.uuid}/divide/", fields_of(page))

    assert answer.status_code == 302
    assert [row.person_name for row in Case.objects.order_by("id")] == ["Marie Dubois", "Jan Peeters"]
    assert Share.objects.count() == 2
    assert "Ce message nomme plusieurs personnes" not in page_of(as_, case)


def test_what_the_officer_changes_counts_and_is_kept_when_refused(as_: As, unsure: InboundMessage) -> None:
    case = Case.objects.get()
    door = f"/cases/{case.uuid}/messages/{unsure.uuid}/divide/"
    page = page_of(as_, case)

    refused = as_("officer").post(door, fields_of(page, **{"name-2": "Jean Peeters", "whose-2": "4"}))
    kept = unescape(refused.content.decode())
    done = as_("officer").post(door, fields_of(kept, **{"whose-2": "2"}))

    assert (refused.status_code, done.status_code) == (409, 302)
    assert 'value="Jean Peeters"' in kept
    assert Case.objects.order_by("id").last().person_name == "Jean Peeters"  # type: ignore[union-attr]


def test_an_officer_says_that_one_person_asks_and_is_not_asked_again(as_: As, unsure: InboundMessage) -> None:
    case = Case.objects.get()

    done = as_("officer").post(f"/cases/{case.uuid}/messages/{unsure.uuid}/one-person/", {"form": "one"})

    assert done.status_code == 302
    assert "Ce message nomme plusieurs personnes" not in page_of(as_, case)


def test_any_message_of_an_open_case_can_be_divided_by_who_works_on_cases(as_: As, installed: None) -> None:
    message = take_in(mail(), at=AT)
    case = Case.objects.get()

    asked, unasked = page_of(as_, case, query=f"?split={message.uuid}"), page_of(as_, case)
    answer = as_("officer").post(
        f"/cases/{case.uuid}/messages/{message.uuid}/divide/", fields_of(asked, **{"name-2": "Bob Peeters"})
    )

    assert ("divide:" in asked, "divide:" in unasked) == (True, False)
    assert "divide:" not in page_of(as_, case, "reviewer", f"?split={message.uuid}")
    assert (answer.status_code, Case.objects.count()) == (302, 2)
    assert as_("auditor").post(f"/cases/{case.uuid}/messages/{message.uuid}/divide/", {}).status_code == 404
