"""The page of notices with the address of a calendar on it, at 1440 and 390 pixels, light and dark."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from notifications import services as post
from notifications.kinds import Channel
from notifications.notices import choose
from tests import factories
from tests.browser.conftest import Open
from tests.factories import utc
from workflow import services

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_of_notices_is_accessible_and_fits_the_screen(opened: Open, width: int, dark: bool) -> None:
    choose(factories.staff("manager"), channel=Channel.DIGEST, weekly=True)
    for day in (2, 20):
        factories.received(received_at=utc(2026, 10, day, 9))
    services.ring()
    post.sweep_pending()
    page = opened("manager", width=width, dark=dark).new_page()
    page.goto("/notices/")
    page.get_by_role("button", name="Créer une adresse").click()
    page.get_by_label("Abonnez-vous à cette adresse").wait_for()
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"notices-{width}-{'dark' if dark else 'light'}.png", full_page=True)

    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
