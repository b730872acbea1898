"""A member of staff at a browser: what they can see and press, and nothing else."""

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PATIENCE = 45  # seconds; a worker may have other things to do first


@dataclass
class Desk:
    """One signed-in window of one person. ``SCREENSHOTS`` names a folder for pictures of each step."""

    browser: Browser
    url: str
    username: str
    password: str
    shots: str = ""
    taken: int = field(default=0, init=False)
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)

    def __enter__(self) -> Self:
        self.context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": 1440, "height": 900},
            locale="fr-BE",
            timezone_id="Europe/Brussels",
            service_workers="block",
        )
        self.page = self.context.new_page()
        self.page.goto("/")
        self.page.fill("#login", self.username)
        self.page.fill("#password", self.password)
        self.picture("sign-in")
        self.page.click("main form button[type=submit]")
        expect(self.page.locator("main#content")).to_be_visible()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.picture("failed")
        self.context.close()

    # -- looking -----------------------------------------------------------------------------------

    def open_case(self, person: str) -> str:
        """From the queue, by the person's name; the case's reference."""
        self.page.goto("/?view=all")
        row = self.page.locator("tr.r", has_text=person)
        reference = (row.locator(".ref").first.inner_text()).split()[0]
        row.locator("th a").click()
        expect(self.page.locator("h1")).to_contain_text(reference)
        return reference

    def wait_for(self, selector: str, text: str = "") -> Locator:
        """Reload the page, as the sentences on it say, until this stands there."""
        end = time.monotonic() + PATIENCE
        found = self.page.locator(selector, has_text=text) if text else self.page.locator(selector)
        while not found.count():
            assert time.monotonic() < end, f"{selector} {text!r} did not come within {PATIENCE} s"
            time.sleep(0.3)
            self.page.reload()
        return found

    def style_of(self, selector: str) -> str:
        """The class names of the one element this selects."""
        return self.page.locator(selector).get_attribute("class") or ""

    def miles(self) -> list[bool]:
        """Which of the three milestones are reached."""
        return ["mile--done" in (mile.get_attribute("class") or "") for mile in self.page.locator(".mile").all()]

    def claims(self) -> dict[str, str]:
        """Heading of each decision on the page and the number of its claim in addresses."""
        boxes = self.page.locator("#decisions .claim").all()
        return {box.locator("h3").inner_text(): (box.get_attribute("id") or "").removeprefix("claim-") for box in boxes}

    # -- acting ------------------------------------------------------------------------------------

    def act(
        self, path: str, values: Mapping[str, str] | None = None, *, files: Sequence[Path] = (), picture: str = ""
    ) -> str:
        """Fill the form that goes to ``…/path/`` and press its button; the sentence that says what was done."""
        form = self._opened(path)
        for name, value in (values or {}).items():
            box = form.locator(f"[name={name}]")
            if box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)
        for line in form.locator("input[name=checked]").all():
            line.check()
        if files:
            form.locator("input[type=file]").set_input_files([str(file) for file in files])
        if picture:
            self.picture(f"{picture}-filled")
        form.locator("button[type=submit]").click()
        done = self.page.locator(".done .note--ok")
        expect(done).to_be_visible()
        if picture:
            self.picture(picture)
        return done.inner_text()

    def tick_rights(self, rights: Sequence[str]) -> None:
        """Exactly these boxes in the form of the rights."""
        for box in self.page.locator("form[action$='/confirm/'] input[name=rights]").all():
            box.set_checked(box.get_attribute("value") in rights)

    def may(self, path: str) -> bool:
        """Is there a form for this act on the page?"""
        return self.page.locator(f"form[action$='/{path}/']").count() > 0

    def forge(self, path: str, values: Mapping[str, str] | None = None) -> int:
        """Send an act the page does not offer, with the page's own token; the status of the answer."""
        token = self.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        answer = self.context.request.post(
            f"{self.page.url.partition('#')[0].partition('?')[0]}{path}/",
            form={**(values or {}), "csrfmiddlewaretoken": token},
            headers={"Referer": self.page.url},
            max_redirects=0,
        )
        return answer.status

    def download(self, selector: str) -> tuple[str, bytes]:
        """Name and bytes of the file that this link gives."""
        with self.page.expect_download(timeout=90_000) as coming:
            self.page.locator(selector).click()
        file = coming.value
        return file.suggested_filename, Path(file.path()).read_bytes()

    def picture(self, name: str, width: int = 1440) -> None:
        """A full-page picture, for people who want to see what the test saw."""
        folder = os.environ.get("SCREENSHOTS")
        if not folder:
            return
        self.taken += 1
        self.page.set_viewport_size({"width": width, "height": 900})
        path = Path(folder) / f"{self.shots}{self.username}-{self.taken:02}-{name}-{width}.png"
        self.page.screenshot(path=path, full_page=True)
        self.page.set_viewport_size({"width": 1440, "height": 900})

    def _opened(self, path: str) -> Locator:
        form = self.page.locator(f"form[action$='/{path}/']")
        expect(form).to_have_count(1)
        fold = self.page.locator("details", has=form)
        if fold.count() and fold.get_attribute("open") is None:
            fold.locator("> summary").click()
        return form
