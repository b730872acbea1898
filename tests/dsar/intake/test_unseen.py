"""What the style sheet of a page hides, or the colour of its letters, is nobody's wish; what may be shown is read."""

import time

import pytest

from dsar.intake.plaintext import from_html

SEEN = "<p>Kunt u mijn achternaam verbeteren?</p>"
HIDDEN = "Delete my account"


def page(style: str, body: str) -> str:
    return f"<html><head><style type='text/css'>{style}</style></head><body>{SEEN}{body}</body></html>"


@pytest.mark.parametrize(
    ("style", "body"),
    [
        (".x{display:none}", f'<div class="x">{HIDDEN}</div>'),
        (".a, .x { color: red; Display : NONE !important }", f"<div class='y x z'><b>{HIDDEN}</b></div>"),
        ("#pre { visibility: hidden; }", f'<span id="pre">{HIDDEN}</span>'),
        (".pre { font-size: 0px; line-height: 0 }", f"<span class=pre>{HIDDEN}</span>"),
        ("span.pre { opacity:0 }", f'<span class="pre">{HIDDEN}</span>'),
        ("/* for .x */ <!-- .x{visibility:collapse} -->", f'<div class="x">{HIDDEN}</div>'),
        (".x{display:block} .x{display:none}", f'<div class="x">{HIDDEN}</div>'),
        ("p{margin:0}", f'<div style="color:#ffffff">{HIDDEN}</div>'),
        ("p{margin:0}", f'<font color="white">{HIDDEN}</font>'),
        ("p{margin:0}", f'<span style="font-size:9px; color: rgb(255, 255, 255)">{HIDDEN}</span>'),
    ],
)
def test_what_a_page_does_not_show_is_not_read(style: str, body: str) -> None:
    assert from_html(page(style, body)) == "Kunt u mijn achternaam verbeteren?"


@pytest.mark.parametrize(
    ("style", "body"),
    [
        (".x{display:none}", f'<div class="y">{HIDDEN}</div>'),
        (".x{display:none} .x{display:block}", f'<div class="x">{HIDDEN}</div>'),
        (".x{display:none} @media (max-width:600px){.x{display:block}}", f'<div class="x">{HIDDEN}</div>'),
        ("@media print{.x{display:none}}", f'<div class="x">{HIDDEN}</div>'),
        (".menu .x{display:none}", f'<div class="x">{HIDDEN}</div>'),
        ("span.x{display:none}", f'<div class="x">{HIDDEN}</div>'),
        (".x{font-size:0.9em; opacity:0.8}", f'<div class="x">{HIDDEN}</div>'),
        (".x{display:none}", f'<div class="x">Menu</div><p>{HIDDEN}</p>'),
        ("td{background:#003366}", f'<td style="color:#fff">{HIDDEN}</td>'),
        ("p{margin:0}", f'<div bgcolor="navy"><font color="white">{HIDDEN}</font></div>'),
        ("p{margin:0}", f'<div style="color:#fff"><span style="color:#222">{HIDDEN}</span></div>'),
        (".x{display:none", f'<div class="x">{HIDDEN}</div>'),
    ],
)
def test_what_may_be_shown_is_read(style: str, body: str) -> None:
    assert HIDDEN in from_html(page(style, body))


def test_a_page_that_would_show_nothing_is_read_as_it_stands() -> None:
    assert from_html(f"<style>.x{{display:none}}</style><div class='x'>{HIDDEN}</div>") == HIDDEN


@pytest.mark.parametrize(
    "style",
    ["{" * 90_000, "@media{" * 14_000, "<style>" * 14_000, "/*" * 50_000, ".x{display:none}" * 6000, "*" * 99_000],
    ids=["open", "media", "sheets", "comments", "rules", "stars"],
)
def test_a_style_sheet_costs_little(style: str) -> None:
    began = time.process_time()
    from_html(f"<style>{style}</style>{SEEN}")

    assert time.process_time() - began < 2
