"""Every act of the law that changes a case, by its name."""

from tests.lives import beginning, deciding, ending
from tests.lives.register import ACTS, Act

__all__ = ["ACTS", "Act", "beginning", "deciding", "ending"]
