"""How long what a request leaves behind is kept, kind by kind (domain §5), out of the settings.

Standard library only: a term is counted on Brussels dates, and its last day still belongs to it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from workflow.policy import RetentionPolicy
from workflow.workdays import add_months, brussels_date

_SLACK = timedelta(days=4)  # a month counted backwards may differ from one counted forwards by so much


class Kept(StrEnum):
    """The kinds of what is kept, in the order they are shown."""

    IDENTITY_DOCUMENT = "identity_document"
    EXPORT = "export"
    NOT_A_REQUEST = "not_a_request"
    CASE = "case"
    DISPUTE = "dispute"
    SUPPRESSION = "suppression"
    STATISTICS = "statistics"


@dataclass(frozen=True, slots=True)
class Term:
    """So many months, or so many days."""

    months: int = 0
    days: int = 0

    def last_day(self, since: datetime) -> date:
        """The last Brussels day on which it is kept; ``since`` is aware, in any zone."""
        return add_months(brussels_date(since), self.months) + timedelta(days=self.days)

    def began_before(self, on: date) -> datetime:
        """What began later is certainly still kept ``on`` that day: for a query; its rows are looked at closely."""
        day = add_months(on, -self.months) - timedelta(days=self.days) + _SLACK
        return datetime(day.year, day.month, day.day, tzinfo=UTC)


def schedule(policy: RetentionPolicy) -> dict[Kept, Term | None]:
    """Each kind with its term; None where the thing is kept as long as it is needed, whatever the time."""
    return {
        Kept.IDENTITY_DOCUMENT: Term(days=policy.id_days),
        Kept.EXPORT: Term(days=policy.export_days),
        Kept.NOT_A_REQUEST: Term(months=policy.oos_months),
        Kept.CASE: Term(months=12 * policy.case_years),
        Kept.DISPUTE: Term(months=12 * policy.hold_years),
        Kept.SUPPRESSION: None,
        Kept.STATISTICS: None,
    }


def term_of(kind: Kept, policy: RetentionPolicy) -> Term:
    """The term of a kind that has one. Raises ValueError for the others."""
    term = schedule(policy)[kind]
    if term is None:
        raise ValueError(f"{kind.value} is kept as long as it is needed: it has no term.")
    return term


def last_day_of_case(
    policy: RetentionPolicy,
    *,
    closed_at: datetime,
    out_of_scope_since: datetime | None = None,
    dispute_ended_at: datetime | None = None,
) -> date:
    """The last day a closed file is kept: its own term, and a year more where a dispute ended late.

    A message that was no request of the GDPR is no file to defend: it has the short term.
    """
    if out_of_scope_since is None:
        own = term_of(Kept.CASE, policy).last_day(closed_at)
    else:
        own = term_of(Kept.NOT_A_REQUEST, policy).last_day(out_of_scope_since)
    if dispute_ended_at is None:
        return own
    return max(own, term_of(Kept.DISPUTE, policy).last_day(dispute_ended_at))
