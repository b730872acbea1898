"""Messages that left a folder before they were read, against what one visit finds where they may have gone.

A message that was never read has no name to find it by. So they are counted: what left the folder people write to is
missed as far as the other watched folders show nothing that came, or came and went on, in the same visit.
"""

from dataclasses import dataclass


@dataclass(slots=True)
class Losses:
    """``left``: gone unread from the folder people write to. ``found``: taken in, or passed through, elsewhere.

    ``told``: how many of this visit stand in the tables as missed.
    """

    left: int = 0
    found: int = 0
    told: int = 0

    @property
    def missed(self) -> int:
        """What nothing accounts for; never below zero."""
        return max(0, self.left - self.found)

    def correction(self) -> int:
        """What the tables are to be changed by, told once."""
        change = self.missed - self.told
        self.told = self.missed
        return change
