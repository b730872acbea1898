"""Every page at 1440 and 390 pixels, light and dark: no accessibility violation, nothing wider than the screen."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from notifications import tokens
from tests import factories
from tests.browser.conftest import Open
from workflow.models import Case
from workflow.states import Right

pytestmark = [pytest.mark.chromium, pytest.mark.django_db(transaction=True), pytest.mark.one_database]

PAGES = {
    "login": ("", "/accounts/login/"),
    "queue": ("officer", "/"),
    "case-new": ("officer", "/cases/{mailed}/"),
    "case-working": ("officer", "/cases/{working}/"),
    "case-review": ("reviewer", "/cases/{working}/"),
    "review": ("reviewer", "/cases/{working}/claims/{drafted}/review/"),
    "administration": ("administrator", "/"),
    "accounts": ("administrator", "/accounts/"),
    "sending": ("manager", "/sending/"),
    "notices": ("manager", "/notices/"),
    "case-doubted": ("officer", "/cases/{doubted}/"),
    "case-passed-on": ("officer", "/cases/{passed}/"),
    "case-forged": ("officer", "/cases/{forged}/"),
    "case-unacknowledged": ("officer", "/cases/{seen_late}/"),
    "case-alarmed": ("officer", "/cases/{alarmed}/"),
    "case-auditor": ("auditor", "/cases/{working}/"),
    "case-hold": ("manager", "/cases/{working}/"),
    "outbox": ("officer", "/outbox/"),
    "retention": ("manager", "/retention/"),
    "letter-texts": ("manager", "/letters/"),
    "letter-text": ("manager", "/letters/M06/fr/"),
    "settings": ("manager", "/settings/"),
    "colleagues": ("manager", "/colleagues/"),
    "messages": ("officer", "/messages/"),
    "portal": ("", "/p/{token}/"),
    "portal-code": ("", "/p/{doubted_token}/"),
    "missing": ("", "/nowhere/"),
}


def _links(cases: dict[str, Case]) -> dict[str, str]:
    return {
        "drafted": str(factories.claim(cases["working"], Right.ERASURE).uuid),
        "token": tokens.portal_token(cases["mailed"]),
        "doubted_token": tokens.portal_token(cases["doubted"]),
    }


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pages_are_accessible_and_fit_the_screen(opened: Open, cases: dict[str, Case], width: int, dark: bool) -> None:
    found: dict[str, list[str]] = {}
    places = {name: str(case.uuid) for name, case in cases.items()} | _links(cases)
    for name, (username, path) in PAGES.items():
        page = opened(username, width=width, dark=dark).new_page()
        page.goto(path.format(**places))
        results = Axe().run(page)
        wrong = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in results.response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wrong.append("wider than the screen")
        if wrong:
            found[name] = wrong
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{name}-{width}-{'dark' if dark else 'light'}.png", full_page=True)
    assert found == {}
