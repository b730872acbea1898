"""What no person wrote is filed, kept, looked at, and a request when an officer says so."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from dsar.intake import services
from dsar.intake.models import InboundMessage
from dsar.vault import services as vault
from notifications.models import Thread
from tests.dsar.intake.post import development_mail, mail, take_in
from workflow import queries
from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case
from workflow.states import ActorKind, Role

OFFICER = Actor(ActorKind.STAFF, "S-0001", frozenset({Role.OFFICER}))
AUDITOR = Actor(ActorKind.STAFF, "S-0004", frozenset({Role.AUDITOR}))

pytestmark = pytest.mark.usefixtures("installed")


def states() -> Counter[str]:
    return Counter(InboundMessage.objects.values_list("state", flat=True))


ROBOTS = ["003.eml", "022.eml", "038.eml", "046.eml", "065.eml", "091.eml", "061.eml", "074.eml"]


@pytest.mark.parametrize("name", ROBOTS)
def test_robots_bounces_and_spam_are_filed_and_kept(name: str) -> None:
    message = take_in(development_mail(name))

    assert (message.state, message.case) == ("filed", None)
    assert vault.read(message.raw) == development_mail(name)
    assert Case.objects.count() == 0


def test_a_newsletter_is_filed_and_a_request_through_a_list_or_a_robot_is_not() -> None:
    through_a_list = ["List-Id: <news.lists.example>", "Precedence: list"]
    news = "This week: three articles about cookies.\n\nThe editors"

    newsletter = take_in(mail(news, subject="Weekly news", sender="editor@news.example", extra=through_a_list))
    request = take_in(mail(message_id="<two@example.org>", extra=through_a_list))
    portal = take_in(development_mail("088.eml"))

    assert (newsletter.state, request.state, portal.state) == ("filed", "opened", "opened")
    assert set(Thread.objects.values_list("acknowledge", flat=True)) == {False}


def test_a_filed_message_is_promoted_with_its_own_receipt() -> None:
    at = datetime(2026, 10, 12, 2, 12, tzinfo=UTC)
    message = take_in(development_mail("093.eml"), at=at)

    case = services.promote(message.pk, by=OFFICER)

    message.refresh_from_db()
    assert (message.state, message.case, case.received_at) == ("opened", case, at)
    assert Thread.objects.get(case=case).acknowledge is True
    assert (message.raw.holder, services.unsettled()) == (case.uuid, [])
    assert queries.history(case).get().actor == "S-0001"


def test_only_an_officer_promotes_and_only_what_is_filed() -> None:
    filed, opened = take_in(development_mail("093.eml")), take_in(mail())

    with pytest.raises(NotPermitted):
        services.promote(filed.pk, by=AUDITOR)
    with pytest.raises(CannotDo):
        services.promote(opened.pk, by=OFFICER)
    assert states() == Counter(filed=1, opened=1)


@pytest.fixture
def came_back(monkeypatch) -> list[dict[str, Any]]:
    """What the post office was told."""
    told: list[dict[str, Any]] = []
    monkeypatch.setattr("notifications.services.bounced", lambda **values: told.append(values))
    return told


def test_a_bounce_tells_the_post_office_which_letter_came_back(came_back) -> None:
    take_in(development_mail("070.eml"), envelope_to=["vieprivee+b.token@assistool.com"])

    [values] = came_back
    assert values["addresses"] == ("vieprivee+b.token@assistool.com",)
    assert "<dsr-2026-0069.m01@assistool.com>" in values["message_ids"]


@pytest.mark.parametrize(("name", "failed"), [("003.eml", False), ("022.eml", True), ("038.eml", True)])
def test_a_warning_of_delay_is_no_bounce(came_back, name: str, failed: bool) -> None:
    assert take_in(development_mail(name)).kind == "bounce"

    assert [values["report"].failed for values in came_back] == [failed]
