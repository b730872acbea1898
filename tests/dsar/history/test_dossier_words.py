"""Labels for every code, spaces and dates as each language sets them, drawings that stay on the page."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.history import labels, people_labels
from dsar.history.drawing import Label, Line, code, timeline
from dsar.history.typography import brief, clock, day, fine, inside, number, stamp, typeset, utc_stamp, weekday
from notifications.kinds import Letter, NotificationState
from workflow import states
from workflow.deadlines import Verdict

TABLES = [
    (labels.EVENTS, states.EventKind),
    (people_labels.RELATIONS, states.Relation),
    (people_labels.ADVICES, states.Advice),
    (labels.RIGHTS, states.Right),
    (labels.ARTICLES, states.Right),
    (labels.CASE_STATES, states.CaseState),
    (labels.CLAIM_STATES, states.ClaimState),
    (labels.OUTCOMES, states.Outcome),
    (labels.GROUNDS, states.Ground),
    (labels.LEVELS, states.IdentityLevel),
    (labels.METHODS, states.IdentityMethod),
    (labels.PAUSES, states.PauseKind),
    (labels.CHANNELS, states.Channel),
    (labels.LANGUAGES, states.Language),
    (labels.MEANS, states.Means),
    (labels.ROLES, states.Role),
    (labels.COLLECTIONS, states.CollectionState),
    (labels.NOTICES, states.NoticeState),
    (labels.LETTERS, Letter),
    (labels.BREACH_SIGNS, states.BreachSign),
    (labels.LETTER_STATES, NotificationState),
]


@pytest.mark.parametrize(("table", "names"), TABLES, ids=lambda value: getattr(value, "__name__", ""))
def test_every_code_has_a_label(table: dict[str, str], names: type[StrEnum]):
    assert {str(key) for key in table} == {name.value for name in names}
    assert all(str(label).strip() for label in table.values())


def test_every_verdict_on_a_question_has_a_sentence():
    assert set(labels.VERDICTS) == {verdict.value for verdict in Verdict} | {""}


NIGHT = datetime(2027, 3, 1, 23, 42, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["1er mars 2027", "lun. 1er mars 2027", "1er mars", "14\u202f212"]),
        ("nl", ["1 maart 2027", "ma 1 mrt 2027", "1 maart", "14.212"]),
        ("de", ["1. März 2027", "Mo. 1. März 2027", "1. März", "14.212"]),
        ("en", ["1 March 2027", "Mon 1 Mar 2027", "1 March", "14,212"]),
    ],
)
def test_dates_and_numbers_in_each_language(language: str, expected: list[str]):
    first = date(2027, 3, 1)
    shown = [day(first, language), weekday(first, language), brief(first, language), number(14212, language)]
    assert [text.replace("\u00a0", " ") for text in shown] == expected


def test_times_are_brussels_times_with_their_offset_in_winter_and_summer():
    assert clock(NIGHT) == "00:42:17\u00a0+01:00"
    assert clock(NIGHT.replace(month=7)) == "01:42:17\u00a0+02:00"
    assert stamp(NIGHT, "fr") == "2\u00a0mars\u00a02027\u00a0à 00:42:17\u00a0+01:00"
    assert utc_stamp(NIGHT, "en") == "1\u00a0March\u00a02027\u00a0at 23:42:17\u00a0UTC"


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Quoi ; oui ! « mot » : non ?", "Quoi\u202f; oui\u202f! «\u202fmot\u202f»\u00a0: non\u202f?"),
        ("l'art. 15 et 30 jours", "l’art.\u00a015 et 30\u00a0jours"),
        (
            "voir https://x.be/?a=b; «oui» (non): rien?!",
            "voir https://x.be/?a=b\u202f; «\u202foui\u202f» (non)\u00a0: rien?!",
        ),
        ("L2 → L4", "L2\u00a0→ L4"),
    ],
)
def test_french_spaces(plain: str, set_: str):
    assert fine(plain, "fr") == set_


@given(st.text(), st.sampled_from(["fr", "nl", "de", "en"]))
def test_setting_twice_changes_nothing(text: str, language: str):
    assert fine(fine(text, language), language) == fine(text, language)


def test_tags_entities_and_verbatim_elements_are_left_alone():
    page = (
        '<style>a : b ; c</style><td translate="no">a ; b <b>c ;</b> d ;</td>'
        '<p title="x ;">e ; &lt;f&gt; ; g&#x27;h</p>'
    )
    assert typeset(page, "fr") == (
        '<style>a : b ; c</style><td translate="no">a ; b <b>c ;</b> d ;</td>'
        '<p title="x ;">e\u202f; &lt;f&gt;\u202f; g’h</p>'
    )


def test_terms_inside_a_sentence_keep_german_nouns_and_abbreviations():
    assert [inside("Auskunft", "de"), inside("Accès", "fr"), inside("GDPR", "en")] == ["Auskunft", "accès", "GDPR"]


days = st.dates(date(2027, 1, 1), date(2028, 12, 31))


@given(days, days, st.lists(days, min_size=1, max_size=4), st.lists(days, max_size=3))
def test_a_timeline_of_any_dates_stays_on_its_paper(
    received: date, until: date, reached: list[date], limits: list[date]
):
    received, until = sorted((received, until))
    drawn = timeline(
        Line(
            received=received,
            until=until,
            due=max(limits, default=None),
            pauses=[(received, until)],
            milestones=[Label(on, "Identity verified", ["11 March", "level L2"], n) for n, on in enumerate(reached, 1)],
            limits=[Label(on, "Law: one month", ["9 April"], before=n == 0) for n, on in enumerate(limits)],
            alt="Line of <a> case",
            language="en",
        )
    )
    height = float(re.search(r'viewBox="0 0 712 (\d+)"', drawn)[1])  # type: ignore[index]
    assert all(-6 <= float(x) <= 712 for x in re.findall(r'<text x="([-\d.]+)"', drawn))
    assert all(0 <= float(y) <= height for y in re.findall(r'<text x="[-\d.]+" y="([-\d.]+)"', drawn))
    assert "<title>Line of &lt;a&gt; case</title>" in drawn
    assert "nan" not in drawn


def test_two_milestones_of_one_day_do_not_cover_each_other():
    on = date(2027, 3, 2)
    labels_ = [Label(on, "Received", ["2 March"], 1), Label(on, "Identity", ["2 March"], 2)]
    drawn = timeline(Line(on, on, date(2027, 4, 1), [], labels_, [], "alt", "en"))
    first, second = (float(x) for x in re.findall(r'<circle cx="([\d.]+)"', drawn))
    assert second - first >= 22


def test_the_code_carries_its_alternative_text():
    assert "<title>Head hash</title>" in code("dsr-head:v1:DSR-2027-0001:2:ab", "Head hash")
