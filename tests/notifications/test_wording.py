"""The organisation's own texts: what may be edited, what is protected, and which text a letter was made from."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import IntegrityError, transaction
from django.template import Context
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications import letters, rendering, texts
from notifications import services as post_office
from notifications.kinds import Letter
from notifications.letters import REGISTER, wording
from notifications.models import LetterText, Notification, Thread
from tests import factories
from workflow import events
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Event
from workflow.states import EventKind, Language

EVERY_TEXT = [(letter, language) for letter in REGISTER for language in Language]
SUBJECT = "Bien reçu – {{ ref }}"


def _body(letter: Letter = Letter.M01, language: Language = Language.FR) -> str:
    return wording.standard(letter, language)[1].text


def _change(subject: str = SUBJECT, body: str = "", *, base: int = 0, by: str = "manager") -> LetterText:
    return texts.change_text(
        Letter.M01,
        Language.FR,
        subject=subject,
        body=body or _body().replace("Bonjour,", "Bonjour et merci,"),
        base=base,
        controller=factories.installation(),
        by=factories.actor(by),
    )


def _m01() -> Notification:
    case = factories.received(language=Language.FR)
    Thread.objects.get_or_create(case=case, defaults={"address": case.person_email})
    post_office.sweep_pending()
    return Notification.objects.get(case=case, letter="M01")


# -- what an editor sees -------------------------------------------------------------------------


@pytest.mark.parametrize(("letter", "language"), EVERY_TEXT, ids=lambda one: one.value)
def test_every_standard_text_can_be_saved_as_it_is_shown(letter: Letter, language: Language) -> None:
    subject, body = wording.standard(letter, language)

    assert wording.why_not(letter, language, subject.text, body.text) == ""
    assert "{%" not in subject.text + body.text


@pytest.mark.parametrize("language", list(Language), ids=lambda one: one.value)
def test_complaint_and_court_are_a_fixed_passage_of_every_refusal(language: Language) -> None:
    _subject, body = wording.standard(Letter.M06, language)

    assert "{{ authority }}" not in body.text
    assert any("{{ authority }}" in passage for passage in body.passages)


# domain §6, "must contain": what no text of the organisation may leave out, in the order FR, NL, DE, EN
MANDATORY = {
    Letter.M01: (
        "C'est gratuit|carte d'identité|#notice",
        "gratis|identiteitskaart|#notice",
        "kostenlos|Personalausweis|#notice",
        "free of charge|identity card|#notice",
    ),
    Letter.M02: (
        "cachant la photo|supprimons|publicité|suspendu",
        "onleesbaar|verwijderen|reclame|opgeschort",
        "Schwärzen|löschen|Werbung|ruht",
        "Black out|delete|advertising|paused",
    ),
    Letter.M03: ("« tout »|suspendu", '"alles"|opgeschort', "„alles“|ruht", '"everything"|paused'),
    Letter.M05: (
        "Autorité de protection",
        "Gegevensbeschermingsautoriteit",
        "Datenschutzbehörde",
        "Data Protection Authority",
    ),
    Letter.M06: (
        "plainte|tribunal|autre personne",
        "klacht|rechter|iemand anders",
        "Beschwerde|Gericht|andere Person",
        "complain|court|another person",
    ),
    Letter.M06F: (
        "retirez|responsable a approuvé|délai",
        "in:|leidinggevende|antwoordtermijn",
        "zurück|Führungskraft|Antwortfrist",
        "withdraw|manager|time limit",
    ),
    Letter.M08: (
        "trace de votre opposition",
        "spoor van uw bezwaar",
        "Widerspruch vermerken",
        "record of your objection",
    ),
    Letter.M10: ("Nous gardons le dossier", "bewaren het dossier", "Den Vorgang", "keep the file"),
    Letter.M11: ("reste licite", "rechtmatig", "rechtmäßig", "remains lawful"),
    Letter.M12: ("avant de lever", "opheffen", "aufheben", "before we lift"),
    Letter.M13: ("Confirmez-nous", "Bevestig ons", "bestätigen Sie uns", "confirm"),
    Letter.M14: ("responsable de ce", "verantwoordelijk", "verantwortlich", "responsible"),
    Letter.M19: ("plainte", "klacht", "Beschwerde", "complain"),
    Letter.M20: ("plainte", "klacht", "Beschwerde", "complain"),
    Letter.M21: ("Sans réponse", "Zonder antwoord", "Ohne Antwort", "unable"),
    Letter.M22: ("Sans mandat", "Zonder volmacht", "Ohne Vollmacht", "Without a mandate"),
    Letter.M23: ("n'est pas perdue", "niet verloren", "nicht verloren", "not lost"),
    Letter.M27: ("Ce n'était pas vous", "Was u het niet", "Waren Sie das nicht", "Was it not you"),
    Letter.M28: ("Ce n'était pas vous", "Was u het niet", "Waren Sie das nicht", "Was it not you"),
}


@pytest.mark.parametrize("letter", list(MANDATORY), ids=lambda one: one.value)
@pytest.mark.parametrize("language", list(Language), ids=lambda one: one.value)
def test_what_a_letter_must_contain_is_a_fixed_passage_of_it(letter: Letter, language: Language) -> None:
    _subject, body = wording.standard(letter, language)
    read = "\n".join(body.passages) + _included(body.passages)

    for words in MANDATORY[letter][["fr", "nl", "de", "en"].index(language.value)].split("|"):
        assert words in read
        assert words not in body.text


def _included(passages: tuple[str, ...]) -> str:
    folder = Path(project.TEMPLATES[0]["DIRS"][0]) / "mail"
    names = [name for passage in passages for name in re.findall(r'include "([^"]+)"', passage)]
    return "".join((folder / name).read_text("utf-8") for name in names)


@pytest.mark.parametrize(("letter", "language"), EVERY_TEXT, ids=lambda one: one.value)
def test_no_passage_can_be_left_out(letter: Letter, language: Language) -> None:
    subject, body = wording.standard(letter, language)

    for number in range(1, len(body.passages) + 1):
        assert wording.why_not(letter, language, subject.text, body.text.replace(f"[[{number}]]", "")) != ""


@pytest.mark.parametrize(
    ("subject", "body", "says"),
    [
        ("", "=", "subject"),
        ("a\nb", "=", "one line"),
        (SUBJECT, "", "a text"),
        (SUBJECT, "= {% debug %}", "Braces"),
        (SUBJECT, "= {{ ref|safe }}", "Braces"),
        (SUBJECT, "= {{ settings.SECRET_KEY }}", "Braces"),
        (SUBJECT, "= {# #}", "Braces"),
        (SUBJECT, "= {{ password }}", "password"),
        (SUBJECT, "= [[1]]", "[[1]]"),
        (SUBJECT, "= [[99]]", "[[99]]"),
        (SUBJECT, "Bonjour {{ ref }}", "put it back"),
        (SUBJECT, "=" + "x" * 8001, "too long"),
    ],
)
def test_a_text_that_lacks_or_invents_something_is_refused_with_a_sentence(subject: str, body: str, says: str) -> None:
    with translation.override("en"):
        sentence = wording.why_not(Letter.M01, Language.FR, subject, body.replace("=", _body(), 1))

    assert says in sentence


def test_a_passage_taken_out_is_asked_back() -> None:
    sentence = wording.why_not(Letter.M01, Language.FR, SUBJECT, _body().replace("[[3]]", ""))

    assert "[[3]]" in sentence


# -- changing ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_letters_from_now_on_say_the_new_text_and_keep_which_it_was() -> None:
    before = _m01()
    row = _change()
    after = _m01()

    content = post_office.content_of(after)
    assert content.subject.startswith("Bien reçu – DSR-")
    assert "Bonjour et merci," in content.text
    assert "C'est gratuit." in content.text  # a fixed passage
    assert (before.text_number, after.text_number) == (0, 1)
    told = events.fields(Event.objects.get(kind=EventKind.LETTER_TEXT_CHANGED.value))["data"]
    assert (told["letter"], told["language"], told["number"], told["sha256"]) == ("M01", "fr", 1, after.text_sha256)
    assert before.text_sha256 != after.text_sha256
    assert row.created_by == factories.actor("manager").code


@pytest.mark.django_db
def test_back_to_the_standard_text_is_a_version_of_its_own() -> None:
    before = _m01()
    _change()
    texts.back_to_standard(
        Letter.M01, Language.FR, base=1, controller=factories.installation(), by=factories.actor("manager")
    )

    after = _m01()
    assert (after.text_number, after.text_sha256) == (0, before.text_sha256)
    assert list(LetterText.objects.order_by("number").values_list("number", "body"))[1] == (2, "")


@pytest.mark.django_db
def test_two_editors_do_not_overwrite_each_other() -> None:
    _change()

    with pytest.raises(CannotDo):
        _change("Autre – {{ ref }}", base=0)

    assert LetterText.objects.get().subject == SUBJECT


@pytest.mark.django_db
def test_nothing_changed_is_no_version() -> None:
    _change()

    with pytest.raises(CannotDo):
        _change(base=1)

    assert LetterText.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["officer", "reviewer", "auditor"])
def test_only_who_sets_the_policy_changes_texts(by: str) -> None:
    with pytest.raises(NotPermitted):
        _change(by=by)

    assert not LetterText.objects.exists()


@pytest.mark.django_db
def test_an_own_text_that_no_longer_fits_gives_way_to_the_standard_one_and_holds_up_no_letter() -> None:
    row = _change()
    LetterText.objects.filter(pk=row.pk).update(body="An upgrade brought a passage this text does not have.")

    letter = _m01()

    assert letter.text_number == 0
    assert "Nous avons reçu votre message" in post_office.content_of(letter).text


@pytest.mark.django_db
def test_the_database_refuses_half_a_text() -> None:
    row = _change()

    with pytest.raises(IntegrityError), transaction.atomic():
        LetterText.objects.filter(pk=row.pk).update(subject="")


@pytest.mark.django_db
def test_an_own_text_still_refuses_an_empty_value() -> None:
    _change()
    own = wording.in_force(Letter.M01, Language.FR, factories.installation())
    case = factories.received(language=Language.FR)
    (order,) = letters.acknowledgement(case, case.received_at)

    with pytest.raises(rendering.EmptyVariable, match="due"):
        rendering.compose(replace(order, variables={**order.variables, "due": ""}), {Language.FR: own})


# -- no code, in any nesting -----------------------------------------------------------------------

CODE = [
    "{{{ ref }}", "{{ ref }}}", "{ {{ ref }} }", "{[[2]]", "[[2]]}", "{%[[2]]%}", "{{[[2]]}}", "{{ [[2]] }}", "{[[2]]%",
    "{{ ref }}{", "}{{ ref }}", "{{ {{ ref }} }}", "{{{{ ref }}}}", "{{ ref }}% debug %}", "{", "}", "{#", "#}",
    "{% include 'shared/fr/promise.txt' %}", "{{ ref\n}}", "{{\u00a0ref }}", "{{ REF }}", "{{ ref.x }}",
    "{{ ref | upper }}",
    "⟦unset⟧", "⟦link⟧", "⟦code⟧", "⟦", "x\x07", "\x1b[0m", "\x85", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("typed", CODE, ids=ascii)
@pytest.mark.parametrize("where", ["subject", "body"])
def test_nothing_but_names_and_passages_is_ever_taken(typed: str, where: str) -> None:
    subject = f"{SUBJECT} {typed}" if where == "subject" else SUBJECT
    body = _body().replace("[[2]]", typed) if "[[2]]" in typed else f"{_body()}\n\n{typed}"

    assert wording.why_not(Letter.M01, Language.FR, subject, body if where == "body" else _body())


_PIECES = [
    "{", "}", "%", "#", "[", "]", "|", " ", "ref", "{{ ref }}", "[[1]]", "[[2]]", "{%", "%}", "if", "endif", "include",
    "⟦", "⟧", "\n\n", "text", "é", "controller", "\\", '"', "1",
]  # fmt: skip


@settings(max_examples=400, deadline=None, derandomize=True)
@given(typed=st.lists(st.sampled_from(_PIECES), max_size=12).map("".join), at=st.integers(0, 400))
def test_whatever_is_taken_makes_a_letter_and_runs_nothing(typed: str, at: int) -> None:
    """A text that was saved never keeps an acknowledgement back, and says no more than its names."""
    body = f"{_body()[:at]}{typed}{_body()[at:]}"
    if wording.why_not(Letter.M01, Language.FR, SUBJECT, body):
        return
    made = wording.of_text(Letter.M01, Language.FR, SUBJECT, body)

    values = dict.fromkeys(REGISTER[Letter.M01].variables, "=")
    rendered = wording.template_of(made.body).render(Context({**values, "rights_line": "r"}, autoescape=False))

    assert not {"{", "}", "⟦"} & set(rendered)


@pytest.mark.django_db
@pytest.mark.parametrize("bad", ["{{{ ref }}", "{[[2]]", "⟦unset⟧"])
def test_a_bad_text_of_before_is_passed_over_and_its_page_says_so(bad: str, client: Client) -> None:
    """Stored by an older version, or by hand in the tables: nobody waits for an acknowledgement because of it."""
    LetterText.objects.create(
        controller=factories.installation(),
        letter="M01",
        language="fr",
        number=1,
        subject=SUBJECT,
        body=_body().replace("[[2]]", bad) if "[[2]]" in bad else f"{_body()} {bad}",
        created_at=timezone.now(),
        created_by="manager",
    )
    client.force_login(factories.staff("manager"))

    letter = _m01()
    page = client.get(reverse("letter-text", args=["M01", "fr"]))

    assert letter.text_number == 0
    assert letter.text_sha256 == wording.standard_wording(Letter.M01, Language.FR).sha256
    assert page.status_code == 200
    assert page.context["outdated"], "the page says that the standard text is sent instead"


# -- which text it was -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_letter_in_two_languages_keeps_which_text_both_were_made_from() -> None:
    _change()
    case = factories.received(language=Language.EN, second_language=Language.FR)

    post_office.sweep_pending()

    row = Notification.objects.get(case=case, letter="M01")
    of_french = wording.in_force(Letter.M01, Language.FR, case.controller)
    assert (row.text_number, row.second_text_number) == (0, 1)
    assert row.text_sha256 == wording.standard_wording(Letter.M01, Language.EN).sha256
    assert row.second_text_sha256 == of_french.sha256


@pytest.mark.django_db
def test_a_letter_in_one_language_has_no_second_text() -> None:
    row = _m01()

    assert (row.second_text_number, row.second_text_sha256) == (None, "")


def test_the_digest_of_a_text_holds_the_pieces_it_shares_with_others(monkeypatch: pytest.MonkeyPatch) -> None:
    before = wording.standard_wording(Letter.M01, Language.FR).sha256
    read = wording._read
    monkeypatch.setattr(wording, "_read", lambda name: read(name) + ("!" if name.endswith("promise.txt") else ""))

    assert wording.standard_wording(Letter.M01, Language.FR).sha256 != before
