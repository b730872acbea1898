"""The virus scanner's protocol, and that nothing is opened which it did not call clean."""

import io
from pathlib import Path
from typing import Any

import pytest

from dsar.intake.scanning import require_clean
from tests.fakes.clamd import EICAR, LARGEST, clamd
from workflow.guards import CannotDo


@pytest.mark.parametrize("content", [b"", b"Bonjour", b"x" * 700_000])
def test_a_clean_file_may_be_opened(content: bytes, settings: Any, tmp_path: Path) -> None:
    with clamd(tmp_path) as settings.CLAMD_URL:
        require_clean(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"--" + EICAR, "Eicar-Test-Signature"), (b"x" * (LARGEST + 1), "size limit exceeded")],
)
def test_a_file_that_was_not_called_clean_may_not(content: bytes, sentence: str, settings: Any, tmp_path: Path) -> None:
    with clamd(tmp_path) as settings.CLAMD_URL, pytest.raises(CannotDo, match=sentence):
        require_clean(io.BytesIO(content))


@pytest.mark.parametrize("address", ["unix:///nowhere/clamd.ctl", "tcp://127.0.0.1:9"])
def test_a_scanner_that_does_not_answer_lets_nothing_through(address: str, settings: Any) -> None:
    settings.CLAMD_URL = address

    with pytest.raises(CannotDo):
        require_clean(io.BytesIO(b"Bonjour"))


def test_without_a_scanner_nothing_is_asked(settings: Any) -> None:
    settings.CLAMD_URL = ""

    require_clean(io.BytesIO(EICAR))
