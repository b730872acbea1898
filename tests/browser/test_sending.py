"""The page of sending with everything wrong on it, at 1440 and 390 pixels, light and dark: accessible, and it fits."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from notifications import routes
from notifications import services as post_office
from notifications.models import Notification, SendingAccount, Unmade
from tests import factories
from tests.browser.conftest import Open

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.fixture
def trouble(transactional_db: None) -> None:
    """A full disk, a letter that waits, one that came back, one that cannot be made."""
    now = timezone.now()
    cases = [factories.received(person_email=f"p{number}@example.org") for number in range(3)]
    post_office.sweep_pending()
    first, second, third = Notification.objects.order_by("id")
    Notification.objects.filter(pk=first.pk).update(
        state="failed", why="store_full", attempts=3, next_try_at=now + timedelta(minutes=2)
    )
    Notification.objects.filter(pk=second.pk).update(state="undeliverable", why="no_mailbox", finished_at=now)
    Notification.objects.filter(pk=third.pk).update(why="paced", next_try_at=now + timedelta(minutes=1))
    SendingAccount.objects.create(
        name=routes.FOLDER, why="store_full", failures=3, failed_since=now, words="No space left on device"
    )
    Unmade.objects.create(event_id=1, case=cases[0], letter="M06", missing="facts, ground", since=now)


@pytest.mark.usefixtures("trouble")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_of_sending_is_accessible_and_fits_the_screen(opened: Open, width: int, dark: bool) -> None:
    for username in ("manager", "administrator"):
        page = opened(username, width=width, dark=dark).new_page()
        page.goto("/sending/")
        page.locator("details summary").first.click()

        results = Axe().run(page)

        assert [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in results.response["violations"]] == []
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        if folder := os.environ.get("SCREENSHOTS"):
            name = f"sending-{username}-{width}-{'dark' if dark else 'light'}.png"
            page.screenshot(path=Path(folder) / name, full_page=True)
