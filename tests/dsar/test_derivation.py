"""The words beside a due date: complete, typographically right, and the same facts in each language."""

import string
from datetime import date, datetime

import pytest

from dsar.history.derivation import count, dates, explain, long_date
from dsar.history.derivation_words import HOLIDAYS, LABELS, WORDS
from workflow.deadlines import (
    Deadlines,
    Extension,
    Holiday,
    Pause,
    Span,
    Verdict,
    compute,
)
from workflow.policy import ClockPolicy
from workflow.states import Language, PauseKind

NBSP = "\N{NO-BREAK SPACE}"
LANGUAGES = list(Language)
ON_20_FEBRUARY = datetime.fromisoformat("2027-02-20T18:42:00+01:00")
IDENTITY = Pause(date(2027, 2, 22), date(2027, 3, 1))


def plain(deadlines: Deadlines, language: str, **options: bool) -> list[str]:
    return [sentence.replace(NBSP, " ") for sentence in explain(deadlines, language, **options)]


def test_a_case_with_a_pause_and_easter_is_told_in_french():
    assert plain(compute(ON_20_FEBRUARY, pauses=[IDENTITY]), "fr") == [
        "Reçue samedi 20 février 2027 à 18:42, heure de Bruxelles : c’est le jour 0.",
        "Identité demandée lundi 22 février, réponse arrivée lundi 1er mars : 7 jours de pause.",
        "+ 30 jours = lundi 22 mars, + 7 jours de pause = lundi 29 mars. Cette promesse n’est pas reportée.",
        "+ 1 mois = samedi 20 mars, + 7 jours de pause = samedi 27 mars, "
        "reporté après le week-end et le lundi de Pâques : mardi 30 mars.",
        "La plus proche des deux dates, les 30 jours, est l’échéance : "
        "lundi 29 mars à 23:59:59, heure de Bruxelles (21:59:59 UTC).",
        "Le dernier jour ouvrable avant cette date est vendredi 26 mars : la réponse part au plus tard ce jour-là.",
        "Pour être hors de doute, une prolongation s’annonce au plus tard samedi 20 mars : "
        "un mois après la réception, sans pause ni report.",
    ]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "+ 1 mois = dimanche 28 février (ce mois n’a pas de 31), reporté après le dimanche : lundi 1er mars."),
        ("nl", "+ 1 maand = zondag 28 februari (die maand heeft geen 31), verschoven tot na zondag: maandag 1 maart."),
        (
            "de",
            "+ 1 Monat = Sonntag, 28. Februar (dieser Monat hat keinen 31.), "
            "verschoben bis nach Sonntag: Montag, 1. März.",
        ),
        ("en", "+ 1 month = Sunday 28 February (that month has no day 31), moved past Sunday: Monday 1 March."),
    ],
)
def test_a_month_without_that_day_is_told_in_each_language(language, sentence):
    deadlines = compute(datetime.fromisoformat("2027-01-31T12:00:00+01:00"))

    assert sentence in plain(deadlines, language)


def test_an_open_question_names_the_date_to_aim_at():
    deadlines = compute(ON_20_FEBRUARY, pauses=[Pause(date(2027, 2, 22), None)])

    assert plain(deadlines, "en")[1:3] == [
        "Identity asked on Monday 22 February, not answered yet: the clock is stopped.",
        "While a reply has been missing since Monday 22 February, there is no due date. "
        "Without the pause it would be Monday 22 March: aim for that date all the same.",
    ]


def test_a_late_question_and_an_overridden_one_are_told_apart():
    late = Pause(date(2027, 3, 5), date(2027, 3, 8))
    admitted = Pause(date(2027, 3, 6), date(2027, 3, 9), override=True, kind=PauseKind.MANDATE)

    assert plain(compute(ON_20_FEBRUARY, pauses=[late, admitted]), "fr")[1:3] == [
        "Identité demandée vendredi 5 mars, alors que plus de 3 jours ouvrables avaient couru depuis la réception : "
        "le délai continue de courir.",
        "Mandat demandé samedi 6 mars, réponse arrivée mardi 9 mars : 3 jours de pause. "
        "Question tardive, admise par une décision motivée.",
    ]


def test_overlapping_pauses_are_added_up_once():
    overlapping = Pause(date(2027, 2, 25), date(2027, 3, 3))

    assert "Common days count once: paused for 9 days in all." in plain(
        compute(ON_20_FEBRUARY, pauses=[IDENTITY, overlapping]), "en"
    )


def test_an_extension_is_counted_from_receipt_and_a_nearer_promise_binds():
    deadlines = compute(ON_20_FEBRUARY, extension=Extension(2, date(2027, 5, 14)))

    assert plain(deadlines, "fr")[3:] == [
        "Prolongation : + 3 mois = jeudi 20 mai.",
        "La lettre de prolongation promet une date plus proche, qui devient l’échéance : "
        "vendredi 14 mai à 23:59:59, heure de Bruxelles (21:59:59 UTC).",
        "C’est un jour ouvrable : la réponse part au plus tard ce jour-là.",
    ]


def test_closed_days_of_the_office_are_named():
    policy = ClockPolicy(closed_days=(date(2027, 3, 22), date(2027, 3, 19)))

    assert (
        "With the days the office is closed left out, the answer leaves on Thursday 18 March at the latest."
        in plain(compute(ON_20_FEBRUARY, policy=policy), "en")
    )


def test_the_year_is_written_where_it_changes():
    sentences = plain(compute(datetime.fromisoformat("2026-12-10T09:00:00+01:00")), "fr")

    assert sentences[0].startswith("Reçue jeudi 10 décembre 2026 à 09:00")
    assert sentences[1] == "+ 30 jours = samedi 9 janvier 2027. Cette promesse n’est pas reportée."


def test_french_typography():
    text = " ".join(explain(compute(ON_20_FEBRUARY, pauses=[IDENTITY]), "fr", alternatives=True))

    assert f"1er{NBSP}mars" not in text.replace(f"lundi 1er{NBSP}mars", "")
    assert f"lundi 1er{NBSP}mars" in text
    assert f"20{NBSP}février" in text
    assert " :" not in text
    assert "'" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_settings_are_told_only_when_asked_for(language):
    deadlines = compute(ON_20_FEBRUARY, pauses=[IDENTITY])

    assert explain(deadlines, language) == explain(deadlines, language, alternatives=True)[:7]
    assert len(explain(deadlines, language, alternatives=True)) == 12


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", ["pause", "none", "restart"])
@pytest.mark.parametrize("rule", ["earliest", "month"])
@pytest.mark.parametrize("answered", [date(2027, 2, 22), date(2027, 3, 1), None])
@pytest.mark.parametrize("extension", [None, Extension(1), Extension(2, date(2027, 3, 25))])
def test_every_combination_has_words_and_no_placeholder_left(language, mode, rule, answered, extension):
    pauses = [Pause(date(2027, 2, 22), answered, kind=kind) for kind in PauseKind]
    policy = ClockPolicy(mode=mode, rule=rule, roll="next_working" if rule == "month" else "none")

    sentences = explain(
        compute(ON_20_FEBRUARY, pauses=pauses, extension=extension, policy=policy), language, alternatives=True
    )

    assert all(sentence.endswith(".") and not set("{}~") & set(sentence) for sentence in sentences)


def test_every_language_has_the_same_words_with_the_same_places_to_fill():
    def places(text: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    french = {key: places(text) for key, text in WORDS[Language.FR].items()}

    for language in LANGUAGES:
        assert {key: places(text) for key, text in WORDS[language].items()} == french
        assert set(HOLIDAYS[language]) == set(Holiday)
        assert all(LABELS[language].values())
    assert {*Verdict, *PauseKind, *(set(Span) - {Span.POLICY, Span.MONTH})} <= set(french)


def test_the_list_of_dates_is_long_and_says_when_there_is_none():
    rows = dict(dates(compute(ON_20_FEBRUARY, pauses=[Pause(date(2027, 2, 22), None)]), "nl"))

    assert rows["Vervaldag"] == "geschorst"
    assert rows["Ontvangst (dag 0)"] == "zaterdag 20 februari 2027"
    assert rows["Eén maand, zonder pauze"] == "maandag 22 maart 2027"


@pytest.mark.parametrize(
    ("language", "first", "eleventh"),
    [
        ("fr", f"lundi 1er{NBSP}mars 2027", f"jeudi 11{NBSP}mars 2027"),
        ("nl", "maandag 1 maart 2027", "donderdag 11 maart 2027"),
        ("de", "Montag, 1. März 2027", "Donnerstag, 11. März 2027"),
        ("en", "Monday 1 March 2027", "Thursday 11 March 2027"),
    ],
)
def test_dates_as_people_write_them(language, first, eleventh):
    assert long_date(date(2027, 3, 1), Language(language), year=True) == first
    assert long_date(date(2027, 3, 11), Language(language), year=True) == eleventh


def test_french_counts_zero_in_the_singular_and_dutch_does_not():
    assert count(0, "day", Language.FR) == f"0{NBSP}jour"
    assert count(0, "day", Language.NL) == f"0{NBSP}dagen"
    assert count(1, "day", Language.DE) == f"1{NBSP}Tag"


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="it"):
        explain(compute(ON_20_FEBRUARY), "it")
