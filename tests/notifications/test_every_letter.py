"""Every letter, in every language, with full, minimal and hostile words."""

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

from notifications import letters, rendering
from notifications.kinds import Audience, Letter
from notifications.letters import REGISTER, STATUS_LINK, words
from notifications.models import Thread
from tests import factories
from tests.notifications.composing import (
    html_of,
    is_for_staff,
    mail_of,
    order_of,
    parsed,
    raw_of,
    seen_in,
    text_of,
)
from workflow.states import Language, Outcome, Right

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

EVERY_LETTER = pytest.mark.parametrize("entry", list(REGISTER.values()), ids=lambda entry: entry.letter.value)
HOSTILE = {
    "header": "Ada\r\nBcc: evil@example.org\n\r\n.\r\n\x00\u2028",
    "html": '<script src="https://evil.example/x"></script><a href="https://evil.example">go</a><img src=x>&amp;',
    "template": "{{7*7}}{% debug %}{{ settings.SECRET_KEY }}⟦link⟧⟦code⟧",
    "right to left": "\u202eاسمي آدا\u202c \u2067שלום\u2069",
    "long": "x" * 5000 + " é" * 2500,
    "boundary": "\r\n--=_0\r\nContent-Type: text/html\r\n\r\n<b>",
}
FULL = {"rights_line": "a, b", "clock_stops": True, "partly": True, "strict": False, "hands_over": True, "runs": True}
EVERY_HEADER = {
    "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Auto-Submitted", "X-Auto-Response-Suppress",
    "Content-Language", "Content-Type", "MIME-Version",
}  # fmt: skip


@EVERY_LETTER
def test_it_renders_with_everything(entry):
    case = factories.received()

    for language in Language:
        content = rendering.compose(order_of(entry, language, case, **FULL))

        named = {
            Letter.A07B: "=mailbox=",
            Letter.A07C: "",
            Letter.A00: "",
            Letter.A06: "=this_week=",
            Letter.A06D: "=count=",
        }
        assert named.get(entry.letter, "=ref=") in content.subject
        assert "\n" not in content.subject
        assert not set("{}%") & set(content.text + content.subject)
        assert content.text.endswith("\n")
        if entry.audience is Audience.PERSON:
            assert (STATUS_LINK in content.text) is not entry.by_post, "no link stands on paper"
            assert "=controller=" in content.text
            assert "=mailbox=" in content.text


@EVERY_LETTER
def test_it_renders_with_the_least(entry):
    case = factories.received()

    for language in Language:
        content = rendering.compose(order_of(entry, language, case))

        assert not set("{}%") & set(content.text + content.subject)
        assert "  " not in content.text
        assert "\n\n\n" not in content.text


@EVERY_LETTER
def test_its_two_parts_say_the_same_words_in_every_language(entry):
    case = factories.received()

    for language in Language:
        mail = mail_of(order_of(entry, language, case, **FULL))
        seen = seen_in(html_of(mail))
        assert seen.words == text_of(mail).split()
        assert seen.tags <= {"html", "head", "meta", "title", "body", "div", "p", "br", "a"}
        assert all(link.startswith(settings.PUBLIC_URL) for link in seen.links)
        assert f'<html lang="{language.value}">' in html_of(mail)
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
        assert list(mail.iter_attachments()) == [], "no letter has an attachment"


@EVERY_LETTER
def test_hostile_words_become_neither_header_nor_markup_nor_template(entry):
    case = factories.received()
    thread = Thread.objects.create(case=case, address="ada@example.org")
    for hostile in HOSTILE.values():
        stored = hostile.replace("\x00", "")[:900]  # which PostgreSQL refuses to store
        thread.in_reply_to, thread.references = f"<{stored}>", stored
        thread.save()
        _assert_harmless(order_of(entry, Language.NL, case), hostile)


def _assert_harmless(order, hostile):
    said = {
        name: hostile if isinstance(value, str) and name != "status_link" else value
        for name, value in order.variables.items()
    }
    (order.case.controller if order.case else order.controller).name = hostile[:200]

    raw = raw_of(replace(order, variables=said))

    _nothing_got_into_the_head(raw)
    mail = parsed(raw)
    assert set(mail.keys()) <= EVERY_HEADER
    assert all(len(mail.get_all(name)) == 1 for name in mail.keys())  # noqa: SIM118  a mail is not a dict
    assert mail["To"] == "ada@example.org"
    assert [address.addr_spec for address in mail["From"].addresses] == [settings.MAILBOX]
    text, seen = text_of(mail), seen_in(html_of(mail))
    assert seen.words == text.split()
    assert seen.tags <= {"html", "head", "meta", "title", "body", "div", "p", "br", "a"}
    assert all(link.startswith(settings.PUBLIC_URL) for link in seen.links)
    assert not {"\x00", "\u202e", "\u2067", "\u2028", "⟦"} & set(text)
    if hostile == HOSTILE["template"] and not is_for_staff(REGISTER[order.letter]):
        assert "{{7*7}}" in text, "braces are words here, not a template"


def _nothing_got_into_the_head(raw: bytes) -> None:
    """Looks at the bytes on the wire, without a parser that might be kinder than a mail server."""
    head, _blank, body = raw.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    names = {line.split(b":")[0].decode() for line in lines if not line.startswith((b" ", b"\t"))}
    assert names <= EVERY_HEADER
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r"), "no bare CR or LF"
    assert raw.isascii()
    assert b"\x00" not in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert max(map(len, body.split(b"\r\n"))) <= 78
    boundary = re.search(rb'boundary="([^"]+)"', head)
    assert boundary is not None
    assert body.count(b"--" + boundary[1]) == 3


@EVERY_LETTER
def test_an_empty_variable_blocks_it_with_a_sentence_that_names_it(entry):
    order = order_of(entry, Language.FR)

    for name in entry.variables:
        with pytest.raises(rendering.EmptyVariable) as blocked:
            rendering.compose(replace(order, variables={**order.variables, name: " "}))
        of = f" of {order.case.reference}" if order.case else ""
        assert str(blocked.value) == f"{entry.letter.value}{of} cannot be made: fill {name} first."


def test_every_letter_has_a_line_and_a_folder_for_each_language():
    folder = Path(settings.TEMPLATES[0]["DIRS"][0]) / "mail"

    assert set(REGISTER) == set(Letter)
    assert {path.name for path in folder.iterdir()} - {"shared"} == {letter.value for letter in Letter}
    for entry, language in product(REGISTER.values(), Language):
        files = sorted(path.name for path in (folder / entry.folder / language.value).iterdir())
        assert files == ["body.txt", "subject.txt"]


def test_every_decision_has_its_letter():
    refused = {Outcome.REFUSED, Outcome.PARTLY_GRANTED}

    for right, outcome in product(Right, Outcome):
        letter = letters.answer_for(right, outcome)
        assert letter in letters.ANSWERS
        assert (letter is Letter.M06) == (outcome in refused)
    assert letters.answer_for(Right.ACCESS, Outcome.GRANTED) is Letter.M07
    assert letters.answer_for(Right.OBJECTION_DM, Outcome.GRANTED) is Letter.M08
    assert letters.answer_for(Right.PORTABILITY, Outcome.NOTHING_HELD) is Letter.M12P


def test_every_right_has_words_in_every_language():
    for table in (words.RIGHTS, words.STAFF_RIGHTS):
        assert set(table) == set(Language)
        for language in Language:
            assert set(table[language]) == set(Right)
            assert len(set(table[language].values())) == len(Right)
    assert set(words.IDENTITY_OPTIONS) == set(Language)


# -- in two languages ----------------------------------------------------------------------------


@EVERY_LETTER
def test_two_languages_stand_one_after_the_other_each_under_its_own_subject(entry):
    order = order_of(entry, Language.EN, **FULL)
    english = rendering.compose(order)
    french = rendering.compose(replace(order, language=Language.FR))

    both = rendering.compose(replace(order, others=(Language.FR,)))

    assert both.subject == f"{english.subject} / {french.subject}"
    assert both.text == f"{words.BELOW[Language.FR]}\n\n{english.text}\n----------\n\n{french.text}"
    mail = mail_of(replace(order, others=(Language.FR,)))
    assert mail["Content-Language"] == "en, fr"
    assert re.findall(r'<div lang="(\w\w)"', html_of(mail)) == ["en", "fr"]
    assert seen_in(html_of(mail)).words == [word for word in text_of(mail).split() if word != "----------"]


@EVERY_LETTER
def test_whoever_reads_along_has_it_in_the_other_languages(entry):
    order = order_of(entry, Language.NL, **FULL)

    content = rendering.Content.load(rendering.compose(order).dump())

    alone = {one.value: rendering.compose(replace(order, language=one)).text for one in Language}
    assert dict(content.sections) == {"nl": alone["nl"]}
    expected = {} if is_for_staff(entry) else {name: text for name, text in alone.items() if name != "nl"}
    assert dict(content.readings) == expected


# -- what some letters say in some cases only ---------------------------------------------------------


def test_a_second_look_nobody_complained_for_tells_of_no_complaint():
    for language in Language:
        text = rendering.compose(order_of(REGISTER[Letter.M24], language, unasked=True)).text
        assert "=right=" not in text
        assert not re.search("réclamation|uw klacht|Ihre Beschwerde|your complaint", text)
        assert "=right=" in rendering.compose(order_of(REGISTER[Letter.M24], language)).text


def test_an_erasure_granted_in_part_says_how_long_its_file_is_kept():
    said = {"partly": True, "kept_years": 5}
    kept = {"fr": "pendant 5 ans", "nl": "5 jaar", "de": "5 Jahre", "en": "for 5 years"}
    for language in Language:
        of_erasure = rendering.compose(order_of(REGISTER[Letter.M06], language, right_code="erasure", **said)).text
        of_access = rendering.compose(order_of(REGISTER[Letter.M06], language, right_code="access", **said)).text
        assert kept[language.value] in of_erasure
        assert kept[language.value] not in of_access
