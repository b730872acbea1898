"""The form that says what was carried out, before and after, wide and narrow: accessible, and it fits."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import factories
from tests.browser.conftest import Open
from tests.workflow.test_execution import approved
from workflow.states import Right

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True), pytest.mark.one_database]


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (360, True)], ids=["wide-light", "narrow-dark"])
def test_the_form_of_what_was_done_is_accessible_and_fits_the_screen(
    opened: Open, transactional_db: None, width: int, dark: bool
) -> None:
    case, claim = approved(Right.ERASURE)
    page = opened("officer", width=width, dark=dark).new_page()
    found = {}
    for step in ("approved", "carried-out"):
        page.goto(f"/cases/{case.uuid}/")
        found[step] = [rule["id"] for rule in Axe().run(page).response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), step
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{step}-{width}.png", full_page=True)
        if step == "approved":
            page.click("details:has(textarea[name=done]) > summary")
            page.fill("textarea[name=done]", "Compte effacé.")
            factories.carry_out(claim.pk)

    assert found == {"approved": [], "carried-out": []}
