"""What a letter says in other cases than the invented one of its preview, for whoever reads all of them as a proof."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from notifications.kinds import Letter
from notifications.letters import words
from workflow.states import EventKind, Language, Right

Branch = Mapping[str, object]
_TEN_MORE_DAYS = partial(words.day, date(2027, 4, 30))
_STOPS: dict[str, Branch] = {"the clock stops": {"clock_stops": True}}
_NOTHING: dict[str, Branch] = {"nothing held": {"nothing_held": True}}
_BY_HAND: Branch = {"hands_over": True}
_DOWNLOAD: Branch = {"hands_over": True, "by_download": True, "download_until": partial(words.day, date(2027, 4, 24))}
_DATA: dict[str, Branch] = {"by post or by hand": _BY_HAND, "by download": _DOWNLOAD}

_BREACH = (EventKind.BREACH_PROPOSED, EventKind.BREACH_REMINDED)

BRANCHES: dict[Letter, dict[str, Branch]] = {
    Letter.M01: {
        "late": {"late": True},
        "the clock stands still": {"suspended": True},
        "the formalities of the policy": {"strict": True},
        "one of several people": {"people": 3, "number": 2, "initials": "A. L."},
    },
    Letter.M02: _STOPS,
    Letter.M03: _STOPS,
    Letter.M04: {"corrected": {"corrected": True}, "late": {"late": True}},
    Letter.M06: {
        "in part": {"partly": True},
        "in part, by download": {"partly": True, **_DOWNLOAD},
        "in part, an erasure": {
            "partly": True,
            "right_code": Right.ERASURE.value,
            "right": partial(words.rights, [Right.ERASURE]),
            "kept_years": 5,
        },
    },
    Letter.M07: _DATA,
    Letter.M09: _NOTHING,
    Letter.M10: _NOTHING,
    Letter.M11: _NOTHING,
    Letter.M12: _NOTHING,
    Letter.M12A: _NOTHING,
    Letter.M12B: {"a restriction that was granted": {"granted": True}},
    Letter.M12O: _NOTHING,
    Letter.M12P: _DATA,
    Letter.M13: {action: {"action": action} for action in ("rectified", "restricted", "lifted")},
    Letter.M15: {
        "contract": {"scope": "contract"},
        "support": {"scope": "support"},
        "another law": {"scope": "other_law"},
        "somebody who died": {"scope": "deceased"},
        "somebody who died, no more advertising": {"scope": "deceased", "advertising_stops": True},
    },
    Letter.M16: {"the clock stands still": {"suspended": True}},
    Letter.M17: {"one right": {"right": partial(words.rights, [Right.ERASURE])}},
    Letter.M21: {"identity": {"identity": True}},
    Letter.M22: _STOPS,
    Letter.M24: {"a second look nobody asked for": {"unasked": True}},
    Letter.M27: {"the clock runs": {"runs": True}},
    Letter.M29D: {"renewed": {"renewed_until": _TEN_MORE_DAYS}},
    Letter.M30: {"asked again": {"reminder": True}},
    Letter.A01: {"the last day": {"days_left": 0}},
    Letter.A03: {"due today": {"days_late": 0}},
    Letter.A04: {"still waits": {"again": True}},
    Letter.A07B: {
        alarm.replace("_", " "): {"alarm": alarm, "phase": "raised"}
        for alarm in ("unreadable", "missed", "counts_differ", "cannot_move", "cannot_expunge", "astray")
    }
    | {phase: {"alarm": "unreadable", "phase": phase} for phase in ("stands", "ended", "removed")},
    Letter.A07C: {phase: {"phase": phase} for phase in ("raised", "stands", "ended")},
    Letter.A08: {
        kind.value.replace("_", " "): {"alarm": kind.value, "hours_left": 48 if kind in _BREACH else None}
        for kind in (
            EventKind.COMPLAINT_RAISED,
            EventKind.BREACH_PROPOSED,
            EventKind.BREACH_REMINDED,
            EventKind.AUTHORITY_RECOGNISED,
            EventKind.ACCESS_RESTRICTION_PROPOSED,
        )
    },
    Letter.A11: {"identity": {"identity": True}},
}
# Letters that are read in two languages, too: the person's own is none of ours (domain §3.1).
IN_TWO = (Letter.M01, Letter.M06)
SECOND = {Language.EN: Language.FR}
