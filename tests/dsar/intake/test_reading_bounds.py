"""The rules take time in proportion to the text, and only so much is looked at: shown by structure, not by clock."""

import re
import zlib
from collections.abc import Iterator
from re import _parser as parser  # the compiled form shows every repeat
from typing import Any

import pytest

from dsar.intake import reading
from dsar.intake.folding import fold, mend
from dsar.intake.lexicon import LANGUAGES, lexicon
from dsar.intake.parsing import parse
from dsar.intake.pdftext import Sheet, read_pdf
from dsar.intake.quoting import sentences, sort_lines
from tests.dsar.intake.post import mail


def _repeats(tree: Any, depth: int = 0) -> Iterator[tuple[int, int]]:
    """(how many repeats stand around it, its upper bound) of every repeat in a parsed pattern."""
    for operator, argument in tree:
        if operator in (parser.MAX_REPEAT, parser.MIN_REPEAT, parser.POSSESSIVE_REPEAT):
            _, high, inner = argument
            yield depth, int(high)
            yield from _repeats(inner, depth + (int(high) > 1))
        elif operator is parser.SUBPATTERN:
            yield from _repeats(argument[3], depth)
        elif operator is parser.BRANCH:
            for branch in argument[1]:
                yield from _repeats(branch, depth)
        elif operator in (parser.ASSERT, parser.ASSERT_NOT):
            yield from _repeats(argument[1], depth)


def _patterns(language: str) -> Iterator[re.Pattern[str]]:
    words = lexicon(language)
    yield from (pattern.regex for pattern in words.rights)
    for group in (words.gates, words.cues, words.macros, words.loose, words.nouns):
        yield from group.values()
    yield words.exercise


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_long_repeat_stands_in_another(language):
    for pattern in _patterns(language):
        for depth, high in _repeats(parser.parse(pattern.pattern)):
            if high >= 1000:  # "+" and "*" on one letter, as in "reclam+e": never around another repeat
                assert depth == 0, pattern.pattern
            assert depth <= 1 or high <= 40, pattern.pattern


def test_only_head_and_tail_of_a_long_text_are_read(monkeypatch):
    looked_at: list[int] = []
    original = reading.listen

    def counting(found, place, code, **more):
        found = list(found)
        looked_at.append(sum(len(sentence.text) for sentence in found))
        return original(found, place, code, **more)

    monkeypatch.setattr(reading, "listen", counting)
    body = "From: a@example.org\nSubject: x\n\n" + "veuillez tout effacer de mes \n" * 40_000

    reading.read(parse(body.encode()))

    assert sum(looked_at) <= 2 * (reading.HEAD_LIMIT + reading.TAIL_LIMIT)


def test_an_answer_far_below_a_long_quotation_is_read():
    quotation = "".join(f"> line {number} of what was written before\n" for number in range(2000))
    body = f"Hello,\n\n{quotation}\nPlease delete my account and all my data.\n\n{quotation}"

    found = reading.read(parse(f"From: a@example.org\nSubject: x\n\n{body}".encode()))

    assert [right.value for right in found.rights] == ["erasure"]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 64_000,
        "ne " * 21_000,
        "> " * 32_000,
        "supprimer " * 6_400,
        "(" * 64_000,
        "le 3 mars " * 6_000,
        "-\n" * 32_000,
    ],
    ids=["one word", "negations", "quotes", "verbs", "brackets", "dates", "dashes"],
)
def test_adversarial_text_is_cut_into_bounded_pieces(text):
    lines = sort_lines(text)

    pieces = sentences(text, lines)

    assert sum(len(piece.text) for piece in pieces) <= len(text)
    folded = fold(text)
    assert len(folded.places) == len(folded.text) + 1
    assert len(folded.text) <= len(text)


def test_folding_keeps_the_places():
    folded = fold("J’exige l'Effacement — Größe", offset=10)

    start = folded.text.index("effacement")
    assert folded.text.endswith("grosse")
    assert folded.span(start, start + 10) == (20, 30)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("effacemnt", "effacement"),
        ("rectifcation", "rectification"),
        ("portabiltié", "portabilite"),
        ("succession", "succession"),
    ],
)
def test_long_words_with_one_slip_are_understood(written, meant):
    assert mend(fold(written), lexicon("fr").spelling).text == meant


def test_a_pdf_that_swells_is_not_opened():
    bomb = zlib.compress(b"0" * 60_000_000)
    data = b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode/Length 1>>stream\n" + bomb + b"\nendstream endobj\ntrailer<<>>\n"

    assert read_pdf(data) == Sheet(refused=True)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"%PDF-1.7\n%%EOF", b"%PDF" + b"\xff" * 3000])
def test_a_broken_pdf_is_empty(data):
    assert read_pdf(data) == Sheet("", ())


LONG = "x" * 300_000


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG} je veux une copie de toutes mes données {LONG}",
        f"Ik wil een kopie van al mijn gegevens {LONG}",
        f"Bitte löschen Sie alle meine Daten {LONG}",
        f"Please delete all the data you hold about me, and {LONG} again",
        f"{'y ' * 60_000} I object to your marketing and want my data erased {'z ' * 60_000}",
        f"Je n'ai reçu aucune réponse à ma demande d'accès à mes données {LONG}",
        f"I withdraw my request {LONG}, forget it {LONG}",
    ],
)
def test_the_words_that_are_shown_are_as_long_as_a_person_reads(text):
    for subject in ("Demande", text[:5000]):
        found = reading.read(parse(mail(text, subject=subject)))
        words = [item.words for item in found.telling]

        assert max(map(len, [*words, found.kind_because, found.takes_back, found.leak])) <= 400
        assert all(item.end - item.start <= 400 for item in found.telling)
