"""How a due date came about, told in the reader's language.

The steps come from ``workflow.deadlines``; here they become sentences, dates written as people
write them. Desk, case history and command line show the same words.
"""

from datetime import date, datetime
from typing import assert_never

from babel.dates import format_date

from dsar.history.derivation_words import HOLIDAYS, LABELS, WORDS
from workflow.deadlines import (
    Deadlines,
    Due,
    Holiday,
    Notice,
    Obstacle,
    Period,
    Question,
    Received,
    Restarted,
    SendBy,
    Skipped,
    Span,
    Step,
    Suspended,
    Together,
    Verdict,
    is_working_day,
)
from workflow.states import Language

_NBSP = "\N{NO-BREAK SPACE}"
_DAY_AND_MONTH = {Language.FR: f"d{_NBSP}MMMM", Language.NL: "d MMMM", Language.DE: "d. MMMM", Language.EN: "d MMMM"}


def explain(deadlines: Deadlines, language: str, *, alternatives: bool = False) -> list[str]:
    """One sentence or two per step, in order: the numbered list beside a due date.

    ``alternatives`` adds what other settings would have given. Years appear on the receipt and where
    they differ from it. Raises ValueError for a language other than fr, nl, de, en.
    """
    writer = _Writer(Language(language), deadlines.receipt_date)
    steps = deadlines.steps + (deadlines.alternatives if alternatives else ())
    return [writer.sentence(step) for step in steps]


def dates(deadlines: Deadlines, language: str) -> list[tuple[str, str]]:
    """Every date with its label, long and with the year; a suspended clock says so in words."""
    reader = Language(language)
    rows = []
    for field, label in LABELS[reader].items():
        value = getattr(deadlines, field)
        if value is None:
            text = WORDS[reader]["no_date"]
        elif isinstance(value, int):
            text = count(value, "day", reader)
        elif isinstance(value, datetime):
            text = value.replace(tzinfo=None).isoformat(" ")
        else:
            text = long_date(value, reader, year=True)
        rows.append((label, text))
    return rows


def long_date(day: date, language: Language, *, year: bool) -> str:
    """``samedi 20 février 2027``, ``Samstag, 20. Februar 2027``; the first of a month is 1er in French."""
    weekday = format_date(day, "EEEE", locale=language)
    of_month = format_date(day, _DAY_AND_MONTH[language], locale=language)
    if language is Language.FR and day.day == 1:
        of_month = of_month.replace("1", "1er", 1)
    comma = "," if language is Language.DE else ""
    return f"{weekday}{comma} {of_month}" + (f" {day.year}" if year else "")


def count(number: int, unit: str, language: Language) -> str:
    """``7 jours``, ``1 maand``; French counts zero in the singular."""
    few = number == 1 or (number == 0 and language is Language.FR)
    return WORDS[language][unit if few else f"{unit}s"].format(n=number)


class _Writer:
    """Turns steps into sentences of one language, for one day of receipt."""

    def __init__(self, language: Language, d0: date) -> None:
        self.language = language
        self.d0 = d0
        self.words = WORDS[language]

    def sentence(self, step: Step) -> str:
        match step:
            case Received():
                day = long_date(step.day, self.language, year=True)
                return self.words["received"].format(day=day, time=f"{step.at:%H:%M}")
            case Question():
                return self._question(step)
            case Together():
                return self.words["together"].format(days=count(step.days, "day", self.language))
            case Restarted():
                return self.words["restarted"].format(day=self._day(step.day))
            case Suspended():
                since, day = self._day(step.since), self._day(step.if_never_paused)
                return self.words["suspended"].format(since=since, day=day)
            case Period():
                return self._period(step)
            case Due():
                end = self.words["end"].format(day=self._day(step.day), time=f"{step.end:%H:%M:%S}")
                return self.words[f"basis_{step.basis}"].format(end=end)
            case SendBy():
                return self._send_by(step)
            case Notice():
                return self.words["notice"].format(day=self._day(step.day))
            case _:
                assert_never(step)

    def _day(self, day: date) -> str:
        return long_date(day, self.language, year=day.year != self.d0.year)

    def _question(self, step: Question) -> str:
        pause = step.pause
        text = self.words[step.verdict].format(
            kind=self.words[pause.kind],
            asked=self._day(pause.asked),
            answered=self._day(pause.answered) if pause.answered else "",
            days=count(step.days, "day", self.language),
            n=step.allowed,
        )
        admitted = step.late and step.verdict not in (Verdict.LATE, Verdict.WITHOUT_EFFECT)
        return text + (self.words["overridden"] if admitted else "")

    def _period(self, step: Period) -> str:
        in_days = step.span in (Span.POLICY, Span.POLICY_ROLLED)
        kept = step.span is Span.POLICY and not step.skipped and not is_working_day(step.landed)
        parts = {
            "lead": "" if step.span in (Span.POLICY, Span.MONTH) else self.words[step.span],
            "count": count(step.count, "day" if in_days else "month", self.language),
            "start": self.words["start"].format(day=self._day(step.start)) if step.start != self.d0 else "",
            "nominal": self._day(step.nominal),
            "clamped": self.words["clamped"].format(n=step.start.day) if step.clamped else "",
            "pause": "",
            "roll": "",
            "kept": self.words["kept"] if kept else "",
        }
        if step.paused:
            days = count(step.paused, "day", self.language)
            parts["pause"] = self.words["pause"].format(days=days, day=self._day(step.landed))
        if step.skipped:
            skipped = self._skipped(step.skipped)
            parts["roll"] = self.words["roll"].format(skipped=skipped, day=self._day(step.due))
        return self.words["period"].format(**parts)

    def _send_by(self, step: SendBy) -> str:
        if step.alone and step.day < step.due:
            return self.words["send_alone"].format(day=self._day(step.day))
        if step.day == step.due:
            return self.words["send_same"]
        closed = any(day.obstacle is Obstacle.CLOSED for day in step.skipped)
        return self.words["send_closed" if closed else "send_before"].format(day=self._day(step.day))

    def _skipped(self, days: tuple[Skipped, ...]) -> str:
        """The days stepped over, in order; a whole weekend under one name."""
        names: list[str] = []
        for before, day in zip((None, *days), days, strict=False):
            if day.obstacle is Obstacle.SUNDAY and before and before.obstacle is Obstacle.SATURDAY:
                names[-1] = self.words["weekend"]
            else:
                names.append(self._name(day.obstacle, day.holiday))
        head, last = names[:-1], names[-1]
        return ", ".join(head) + self.words["and"] + last if head else last

    def _name(self, obstacle: Obstacle, holiday: Holiday | None) -> str:
        if holiday:
            return HOLIDAYS[self.language][holiday]
        return self.words["saturday" if obstacle is Obstacle.SATURDAY else "sunday"]
