"""The nudge after a commit: somebody may have ordered a letter."""

from typing import Any

from notifications import tasks


def ring_for_letters(*, event_id: int, **_signal: Any) -> None:
    """An event was committed: ring for its letters."""
    tasks.ring(tasks.consume, event_id)
