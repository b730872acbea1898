"""Fixtures every test may use."""

import gettext
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.db import connections
from django.test import TransactionTestCase
from django.utils.translation import trans_real

from dsar.operations import translations
from tests import services
from workflow import triggers

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.dovecot import Dovecot

BOTH_DATABASES = ["default", "keys"]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="Only tests that prove something about the database, for PostgreSQL.",
    )


# How long an example takes says something about the machine, not about the product: that is for tests/bench.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")


def pytest_configure() -> None:
    if translations.compile_all():
        # Django's own start has read the catalogues already, before they were made or made anew.
        gettext._translations.clear()  # type: ignore[attr-defined]
        trans_real._translations.clear()
        trans_real._default = None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that uses the database uses both: a case without the key store does not exist."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures = getattr(item, "fixturenames", ())
        if marker is not None:
            marker.kwargs.setdefault("databases", BOTH_DATABASES)
        elif {"db", "transactional_db", "live_server"} & set(fixtures):
            item.add_marker(pytest.mark.django_db(databases=BOTH_DATABASES))
    if config.getoption("--only-database"):
        config.hook.pytest_deselected(items=[item for item in items if not _asks_the_database(item)])
        items[:] = filter(_asks_the_database, items)


def _asks_the_database(item: pytest.Item) -> bool:
    """Whether the other database could answer differently."""
    return item.get_closest_marker("django_db") is not None and item.get_closest_marker("one_database") is None


@pytest.fixture(autouse=True, scope="session")
def _flush_despite_append_only_history() -> Iterator[None]:
    """A transactional test empties all tables afterwards; the history's triggers would refuse that.

    They are dropped for that moment and put back from the constant production uses.
    """
    flush: Callable[[Any], None] = TransactionTestCase._fixture_teardown

    def with_triggers_aside(case: TransactionTestCase) -> None:
        triggers.remove(connections["default"])
        try:
            flush(case)
        finally:
            triggers.install(connections["default"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", with_triggers_aside)
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL server, without a database name."""
    try:
        with services.postgresql() as address:
            yield address
    except services.Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The address of a real Redis or Valkey server, without a database number."""
    try:
        with services.redis_server() as address:
            yield address
    except services.Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def dovecot() -> "Iterator[Dovecot]":
    """A real IMAP and LMTP server with empty mailboxes; each test takes a user of its own."""
    from tests import dovecot as server  # most runs of most tests need no mailbox

    try:
        with server.dovecot() as running:
            yield running
    except services.Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of a Chromium for Playwright's ``executable_path``."""
    try:
        return services.chromium()
    except services.Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> "Iterator[Browser]":
    """One browser for the tests of a module, gone before the next.

    Playwright's loop runs in this thread, where no other test could then start one of its own.
    """
    from playwright.sync_api import sync_playwright  # most runs of most tests need no browser

    # Playwright runs an event loop in this thread; Django then takes every query for one of its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_ARGUMENTS)
            yield browser
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
