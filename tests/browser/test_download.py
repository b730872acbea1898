"""Data that wait for the person, on their page and at the desk: accessible, and it fits a phone."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from dsar.exports.models import BundleState, ExportBundle
from notifications import tokens
from tests.browser.conftest import Open
from tests.workflow.test_releasing import BUNDLE, granted
from workflow import services
from workflow.actors import POST_OFFICE
from workflow.models import Case
from workflow.states import Language, Means

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True), pytest.mark.one_database]


def _waiting() -> Case:
    case = granted(language=Language.FR)
    ExportBundle.objects.create(
        uuid=BUNDLE,
        case=case,
        inputs="0" * 64,
        size=48_213,
        state=BundleState.STALE,
        requested_at=timezone.now(),
        requested_by="S-0001",
    )
    claim = case.claims.get()
    services.answer(claim.pk, at=timezone.now(), means=Means.EMAIL, by=POST_OFFICE)
    return case


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (360, True)], ids=["wide-light", "narrow-dark"])
def test_the_download_is_accessible_and_fits_the_screen(
    opened: Open, transactional_db: None, width: int, dark: bool
) -> None:
    case = _waiting()
    link = f"/p/{tokens.portal_token(case)}/"
    person, officer = (
        opened("", width=width, dark=dark).new_page(),
        opened("officer", width=width, dark=dark).new_page(),
    )
    found: dict[str, list[str]] = {}

    def look(page, step: str) -> None:  # type: ignore[no-untyped-def]
        found[step] = [rule["id"] for rule in Axe().run(page).response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), step
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"download-{step}-{width}.png", full_page=True)

    person.goto(link)
    look(person, "waits")
    person.get_by_role("button", name="M’envoyer un code").click()
    look(person, "code-sent")
    person.fill("#data-code", "B2C-D3F-G4H")
    person.get_by_role("button", name="Télécharger mes données").click()
    look(person, "wrong-code")
    officer.goto(f"/cases/{case.uuid}/")
    officer.locator("#release summary").first.click()
    look(officer, "desk")

    assert found == {step: [] for step in ("waits", "code-sent", "wrong-code", "desk")}
