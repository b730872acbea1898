"""Where the third-party test mail lies: data only, never part of the repository."""

import os
from pathlib import Path

import pytest

# CORPORA names another place than the folder beside the repository.
CORPORA = Path(os.environ.get("CORPORA") or Path(__file__).resolve().parents[2] / "shared" / "corpora")
BOUNCES = ("bsd", "dos", "mac", "err")  # folders of sisimai/maildir; "not" holds mail that is none

needs_corpora = pytest.mark.skipif(
    not CORPORA.is_dir(),
    reason="The third-party test mail is not here: put it into ../shared/corpora or name its folder with CORPORA=.",
)


def files(*folders: str) -> list[Path]:
    """All files of some folders of the corpora, of all three corpora when none is named; in a fixed order."""
    named = folders or ("sisimai", "stalwart", "mime4j")
    return [path for folder in named for path in sorted((CORPORA / folder).rglob("*")) if path.is_file()]
