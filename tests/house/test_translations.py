"""The screens and the printed history speak four languages, completely."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from dsar.operations import catalogues

MESSAGES = catalogues.found()
HTML = """\
<p>{% translate "Send" %}</p>
{% blocktranslate count n=days trimmed %}
  one {{ n }} day
{% plural %}
  {{ n }} days
{% endblocktranslate %}
"""
PYTHON = 'from django.utils.translation import gettext as _, pgettext\n_("Send")\npgettext("case", "Open: %s")\n'


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small project of one template and one module."""
    for room in (*catalogues.ROOMS, "templates"):
        (tmp_path / room).mkdir()
    (tmp_path / "templates" / "page.html").write_text(HTML)
    (tmp_path / "workflow" / "words.py").write_text(PYTHON)
    return tmp_path


def translated(text: str, *, of: str = "Open: %s", context: str | None = "case") -> Catalog:
    catalog = Catalog(locale="fr")
    catalog.add(of, text, context=context)
    return catalog


def sentences(root: Path, catalog: Catalog) -> list[str]:
    return catalogues.problems(catalogues.found(root), catalog, "fr")


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_text_is_translated_and_no_translation_is_left_over(language: str) -> None:
    cure = 'Run "manage.py translations" and translate what it lists.'

    assert catalogues.problems(MESSAGES, catalogues.stored(language), language) == [], cure


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_catalogue_names_no_time_no_machine_and_no_line(language: str) -> None:
    text = catalogues.path(language).read_text()

    assert [line for line in text.splitlines() if "Date:" in line] == []
    assert [line for line in text.splitlines() if line.startswith(("#: /", "#~")) or ".py:" in line] == []


def test_french_sets_its_spaces_and_apostrophes() -> None:
    texts = [form for message in catalogues.stored("fr") if message.id for form in catalogues.forms(message)]

    bare = [text for text in texts for mark in (" ;", " :", " !", " ?", "« ", " »", "'") if mark in text]
    assert bare == []


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "Accès"), ("nl", "Inzage"), ("de", "Auskunft"), ("en", "Access")]
)
def test_a_translation_arrives_on_the_screen(language: str, word: str) -> None:
    with translation.override(language):
        assert translation.gettext("Access") == word


def test_extraction_reads_templates_and_python_and_names_their_files(house: Path) -> None:
    messages = catalogues.found(house)

    assert {(message.context, message.id) for message in messages if message.id} == {
        (None, "Send"),
        (None, ("one %(n)s day", "%(n)s days")),
        ("case", "Open: %s"),
    }
    assert [name for name, _line in messages["Send"].locations] == ["workflow/words.py", "templates/page.html"]


def test_writing_keeps_what_is_translated_and_drops_what_is_gone(house: Path, tmp_path: Path) -> None:
    catalog = translated("Ouvert : %s")
    catalog.add("Gone", "Parti")

    catalogues.write(catalogues.merged(catalogues.found(house), catalog, "fr"), "fr", tmp_path)
    written = catalogues.stored("fr", tmp_path)

    assert written.get("Open: %s", context="case").string == "Ouvert : %s"
    assert written.get("Gone") is None
    assert sentences(house, written) == ["fr: not translated: 'Send'", "fr: not translated: 'one %(n)s day'"]


def test_writing_twice_changes_nothing(house: Path, tmp_path: Path) -> None:
    messages = catalogues.found(house)
    catalogues.write(catalogues.merged(messages, translated("Ouvert : %s"), "fr"), "fr", tmp_path)
    first = catalogues.path("fr", tmp_path).read_bytes()

    catalogues.write(catalogues.merged(messages, catalogues.stored("fr", tmp_path), "fr"), "fr", tmp_path)

    assert catalogues.path("fr", tmp_path).read_bytes() == first


def test_a_translation_without_the_placeholder_is_refused(house: Path) -> None:
    found = sentences(house, translated("Ouvert : %d"))

    assert "fr: other placeholders than the message: 'Open: %s' (context 'case')" in found


def test_a_plural_without_its_number_is_refused(house: Path) -> None:
    catalog = Catalog(locale="fr")
    catalog.add(("one %(n)s day", "%(n)s days"), ("%(n)s jour", "des jours"))

    assert "fr: other placeholders than the message: 'one %(n)s day'" in sentences(house, catalog)


def test_a_fuzzy_translation_is_refused(house: Path) -> None:
    catalog = translated("Ouvert : %s")
    catalog.get("Open: %s", context="case").flags.add("fuzzy")

    assert "fr: marked fuzzy: 'Open: %s' (context 'case')" in sentences(house, catalog)


def test_a_translation_of_a_text_that_is_gone_is_stale(house: Path) -> None:
    assert "fr: no longer in the code: 'Gone'" in sentences(house, translated("Parti", of="Gone", context=None))


def test_the_command_says_what_is_missing_and_ends_with_an_error(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    messages = catalogues.found(house)
    monkeypatch.setattr(catalogues, "found", lambda: messages)

    with pytest.raises(CommandError, match="translate what it lists"):
        call_command("translations", check=True)

    assert "nl: not in the catalogue: 'one %(n)s day'" in capsys.readouterr().err
