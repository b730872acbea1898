"""Pages about who sees what and who is away, at 1440 and 360 pixels, light and dark: accessible, and they fit."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from tests import factories
from tests.browser.conftest import Open
from workflow import services
from workflow.deadlines import brussels_date
from workflow.models import Case
from workflow.states import Advice, Relation, Role

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True), pytest.mark.one_database]

PAGES = {
    "restricted-manager": ("manager", "/cases/{uuid}/"),
    "restricted-privacy": ("privacy", "/cases/{uuid}/"),
    "restricted-queue": ("officer", "/"),
    "colleagues-manager": ("manager", "/colleagues/"),
    "colleagues-administrator": ("administrator", "/colleagues/"),
    "colleagues-officer": ("officer", "/colleagues/"),
    "accounts": ("administrator", "/accounts/"),
    "account": ("administrator", "/accounts/of/{officer}/"),
    "own-password": ("officer", "/accounts/own/"),
}


@pytest.fixture
def restricted(transactional_db: None) -> Case:
    """Of an employee, with an objection that stands; its carrier is away."""
    case = factories.in_progress(person_name="Karim Van den Berg")
    privacy = factories.colleague("privacy", Role.DPO).actor()
    officer, manager = factories.staff("officer"), factories.staff("manager")
    services.record_relation(case.pk, relation=Relation.EMPLOYEE, by=officer.actor())
    text = "Les notes d’évaluation citent des collègues : à caviarder avant l’envoi."
    services.give_opinion(case.pk, advice=Advice.OBJECTS, text=text, by=privacy)
    named = [officer, manager, factories.staff("reviewer")]
    services.restrict_access(case.pk, named=named, reason="Membre de l’équipe.", by=manager.actor())
    services.record_conflict(case.pk, staff=factories.staff("auditor"), by=manager.actor())
    today = brussels_date(timezone.now())
    days = {"first_day": today, "last_day": today + timedelta(days=4)}
    services.set_absence(staff=officer, stand_in=manager, by=officer.actor(), **days)
    return factories.again(case)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_pages_about_people_are_accessible_and_fit_the_screen(
    opened: Open, restricted: Case, width: int, dark: bool
) -> None:
    found: dict[str, list[str]] = {}
    for name, (username, path) in PAGES.items():
        page = opened(username, width=width, dark=dark).new_page()
        page.goto(path.format(uuid=restricted.uuid, officer=factories.staff("officer").code))
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        results = Axe().run(page)
        wrong = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in results.response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wrong.append("wider than the screen")
        if wrong:
            found[name] = wrong
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{width}-{'dark' if dark else 'light'}.png", full_page=True)
    assert found == {}
