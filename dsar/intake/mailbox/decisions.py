"""What to do with what a folder shows: pure, so that every order of events can be tried."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)
ALARM_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Sight:
    """One look into a folder against what was known of it.

    ``new`` is to be read, ``back`` is there again after all, ``left`` is no longer there, ``missed`` came
    and went between two looks without having been read. ``next_uid`` is where the next look goes on.
    """

    new: tuple[int, ...]
    back: frozenset[int]
    left: frozenset[int]
    missed: frozenset[int]
    next_uid: int


def look(
    there: Collection[int],
    *,
    uidnext: int,
    next_uid: int,
    known: Mapping[int, bool],
    first: bool,
) -> Sight:
    """``there`` are the UIDs the server shows, ``known`` those we took, True while we think they are there.

    ``next_uid`` is that of the last look in this epoch; ``first`` when there was none: what had gone
    before we came was not missed. The order of ``new`` is that of arrival.
    """
    present = frozenset(there)
    following = max(uidnext, next_uid, max(present, default=0) + 1)
    absent = () if first else (uid for uid in range(next_uid, following) if uid not in present and uid not in known)
    return Sight(
        new=tuple(sorted(present - known.keys())),
        back=frozenset(uid for uid, ours in known.items() if not ours and uid in present),
        left=frozenset(uid for uid, ours in known.items() if ours and uid not in present),
        missed=frozenset(absent),
        next_uid=following,
    )


def retry_after(failures: int) -> timedelta:
    """How long to leave alone what failed so often: 1, 2, 4 … minutes, at most an hour."""
    doubled: int = 2 ** min(max(failures - 1, 0), 10)
    return min(FIRST_RETRY * doubled, LONGEST_RETRY)


def cannot_be_read(*, read_at: datetime | None, created_at: datetime, refused: bool, now: datetime) -> bool:
    """Is it time to call somebody? At once when the sign-in is refused: no waiting cures that."""
    return refused or now - (read_at or created_at) > ALARM_AFTER
