"""``manage.py deadlines``: every date of one receipt, and in words how it came about. Needs no database."""

import json
import re
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dsar.history.derivation import dates, explain
from workflow.deadlines import Deadlines, Extension, Pause, compute
from workflow.states import Language

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Command(BaseCommand):
    help = (
        "Print every due date of a request received at an instant, and how it came about. "
        "The clock runs under the default policy, whatever this installation has chosen."
    )
    requires_system_checks: list[str] = []  # arithmetic works on a machine where nothing else does

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--received-at", required=True, metavar="INSTANT", help="with its offset: 2027-01-31T12:00:00+01:00"
        )
        parser.add_argument(
            "--pause",
            action="append",
            default=[],
            metavar="ASKED..ANSWERED",
            help="a question that may stop the clock, Brussels dates: 2027-02-03..2027-02-10, "
            "or 2027-02-03.. while the reply is missing; repeat for more",
        )
        parser.add_argument(
            "--extend",
            metavar="MONTHS",
            help="extended by 1 or 2 months: the due date and what follows from it are then those of the extension",
        )
        parser.add_argument("--language", default=Language.FR.value, choices=[language.value for language in Language])
        parser.add_argument("--json", action="store_true", help="one JSON object, dates ISO, for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            received_at = _instant(options["received_at"])
            pauses = [_pause(text) for text in options["pause"]]
            deadlines = compute(received_at, pauses=pauses, extension=_extension(options["extend"]))
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from None
        if options["json"]:
            self.stdout.write(json.dumps(_columns(options["received_at"], pauses, deadlines), indent=2))
            return
        self._print(deadlines, options["language"])

    def _print(self, deadlines: Deadlines, language: str) -> None:
        rows = dates(deadlines, language)
        width = max(len(label) for label, _ in rows)
        for label, text in rows:
            self.stdout.write(f"{label:<{width}}  {text}")
        self.stdout.write("")
        for number, sentence in enumerate(explain(deadlines, language, alternatives=True), start=1):
            self.stdout.write(f"{number:>2}. {sentence}")


def _instant(text: str) -> datetime:
    if not _INSTANT.fullmatch(text):
        raise ValueError(f"{text!r} is not an instant: write it as 2027-01-31T12:00:00+01:00.")
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} does not exist: check its day, hour and offset.") from None


def _day(text: str, whole: str) -> date:
    if not _DATE.fullmatch(text):
        raise ValueError(f"{whole!r} is not a pause: write it as 2027-02-03..2027-02-10, or 2027-02-03.. while open.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} in the pause {whole!r} does not exist: check the day.") from None


def _pause(text: str) -> Pause:
    asked, _, answered = text.partition("..")
    if ".." not in text:
        raise ValueError(f"{text!r} is not a pause: write it as 2027-02-03..2027-02-10, or 2027-02-03.. while open.")
    return Pause(_day(asked, text), _day(answered, text) if answered else None)


def _extension(text: str | None) -> Extension | None:
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError(f"{text!r} is not a number of months: extend by 1 or 2.")
    return Extension(int(text))


def _columns(received_at: str, pauses: list[Pause], deadlines: Deadlines) -> dict[str, str | int | None]:
    """The columns of the table of worked examples, as plain JSON; null where a case has no such value."""
    end = deadlines.case_due_end_utc
    return {
        "received_at": received_at,
        "pauses": ";".join(f"{p.asked}>{p.answered or ''}" for p in pauses) or None,
        "receipt_date_brussels": _iso(deadlines.receipt_date),
        "paused_days": "open" if deadlines.paused_days is None else deadlines.paused_days,
        "policy_30d": _iso(deadlines.policy_30d),
        "policy_30d_rolled": _iso(deadlines.policy_30d_rolled),
        "month_nominal": _iso(deadlines.month_nominal),
        "month_due": _iso(deadlines.month_due),
        "month_roll_reason": deadlines.month_roll_reason or None,
        "case_due_default": "SUSPENDED" if deadlines.suspended else _iso(deadlines.case_due),
        "case_due_end_utc": end.isoformat().replace("+00:00", "Z") if end else None,
        "send_by_working_day": _iso(deadlines.send_by),
        "extension_notice_by": _iso(deadlines.extension_notice_by),
        "ext_due_from_receipt": _iso(deadlines.ext_due_from_receipt),
        "ext_due_chained": _iso(deadlines.ext_due_chained),
        "month_due_restart_mode": _iso(deadlines.month_due_restart_mode),
        "month_due_if_never_paused": _iso(deadlines.month_due_if_never_paused),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
