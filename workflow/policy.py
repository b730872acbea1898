"""The organisation's choices, typed: stored as versioned rows, never read from the environment.

A case keeps the version it was opened under; a changed policy touches later cases only.
"""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class ClockPolicy:
    """How due dates are computed (domain §2.2). The defaults are the lawful ones."""

    rule: Literal["earliest", "month"] = "earliest"
    roll: Literal["none", "next_working"] = "none"
    mode: Literal["pause", "none", "restart"] = "pause"
    anchor: Literal["receipt", "chained"] = "receipt"
    max_ask_delay: int = 3
    closed_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """Every organisational choice of an installation."""

    clock: ClockPolicy = ClockPolicy()
    formalities: Literal["advisory", "strict"] = "advisory"
    ack_minutes: int = 15
    ack_per_sender_per_hour: int = 10
    ack_per_domain_per_hour: int = 600
    ack_per_hour: int = 2000
    fast_lane_days: int = 1
    triage_days: int = 1
    solo_review: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values, dates ISO: what a PolicyVersion row stores."""
        values = dataclasses.asdict(self)
        values["clock"]["closed_days"] = [day.isoformat() for day in self.clock.closed_days]
        return values

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Policy":
        """The inverse of :meth:`as_dict`. Raises TypeError on an unknown setting."""
        values = dict(values)
        clock = dict(values.pop("clock", {}))
        clock["closed_days"] = tuple(date.fromisoformat(d) for d in clock.get("closed_days", ()))
        return cls(clock=ClockPolicy(**clock), **values)
