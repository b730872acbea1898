"""What a letter that cannot be made lacks, in the words of the form where it is filled in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from notifications.models import Unmade
from workflow.models import Case

WORDS: dict[str, str | Promise] = {
    "action": gettext_lazy("what was done with the data"),
    "alarm": gettext_lazy("what the alarm is about"),
    "amount": gettext_lazy("the amount of the fee"),
    "asked": gettext_lazy("the day we asked"),
    "authority": gettext_lazy("address and website of the supervisory authority (page of settings)"),
    "calculation": gettext_lazy("how the fee was calculated"),
    "channel": gettext_lazy("the way the file travels"),
    "choices": gettext_lazy("what the person can choose from"),
    "code": gettext_lazy("the code"),
    "columns": gettext_lazy("what the columns of the file mean"),
    "company": gettext_lazy("the name of the other company"),
    "company_address": gettext_lazy("the address of the other company"),
    "controller": gettext_lazy("the name of our organisation (CONTROLLER_NAME)"),
    "digest": gettext_lazy("the digest of the file"),
    "done": gettext_lazy("what is done already"),
    "doubt": gettext_lazy("the doubt about who wrote"),
    "facts": gettext_lazy("the facts"),
    "file_format": gettext_lazy("the format of the file"),
    "ground": gettext_lazy("the ground of the refusal"),
    "how": gettext_lazy("how to pay"),
    "identifier": gettext_lazy("by what the recipient finds the person’s data"),
    "letter": gettext_lazy("which letter it is about"),
    "mailbox": gettext_lazy("the address of our mailbox (MAILBOX)"),
    "named": gettext_lazy("the rights it names"),
    "officer": gettext_lazy("the name of whoever wrote the decision (page of accounts)"),
    "options": gettext_lazy("the ways to prove who one is"),
    "person": gettext_lazy("the name or address of the person"),
    "question": gettext_lazy("the question"),
    "reason": gettext_lazy("the reason"),
    "ref": gettext_lazy("the number of the case"),
    "right": gettext_lazy("the right it is about"),
    "rights": gettext_lazy("the rights of the case"),
    "scope": gettext_lazy("why no right is used"),
    "status_link": gettext_lazy("the link to the person’s page"),
    "text": gettext_lazy("the message"),
    "told": gettext_lazy("the words of the answer"),
    "wanted": gettext_lazy("what is asked for"),
}
_A_DATE = gettext_lazy("a date or a figure that the case does not have")
# Dates and figures come from the case: no form fills them in.
OF_THE_CASE = frozenset(
    [
        "count",
        "date",
        "day",
        "days_late",
        "days_left",
        "due",
        "identity",
        "kept_years",
        "into",
        "lines",
        "link",
        "new_due",
        "old_due",
        "open",
        "overdue",
        "pay_by",
        "phase",
        "reply_by",
        "returned",
        "review",
        "send_by",
        "since_day",
        "since_time",
        "suspended",
        "this_week",
        "time",
        "today",
        "until",
        "until_time",
        "waited",
        "waiting",
    ]
)
_BROKEN = gettext_lazy("something this page cannot name: ask whoever looks after this system to look at its log")


@dataclass(frozen=True, slots=True)
class Lacking:
    """One letter that an event ordered and that waits to be made; ``what`` in the reader's words."""

    row: Unmade
    what: str


def of(case: Case) -> list[Lacking]:
    """Those of this case, the oldest first."""
    return told(Unmade.objects.filter(case=case).order_by("since"))


def told(rows: Iterable[Unmade]) -> list[Lacking]:
    return [Lacking(row, what(row)) for row in rows]


def what(row: Unmade) -> str:
    """What this letter lacks; of an error that names no variable only who can help."""
    return of_names(name.strip() for name in row.missing.split(","))


def of_names(names: Iterable[str]) -> str:
    """Variables of a letter in words, each once."""
    found = [WORDS.get(name, _A_DATE if name in OF_THE_CASE else _BROKEN) for name in names]
    return ", ".join(dict.fromkeys(str(one) for one in found))
