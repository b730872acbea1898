"""A short run of the fuzzer in every test run, and all that it ever found; ``make fuzz`` goes on for longer."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.mails import FINDINGS, mails
from tests.fuzz.promises import keep


@pytest.mark.parametrize("path", sorted(FINDINGS.glob("*.eml")), ids=lambda path: path.stem)
def test_what_was_found_stays_mended(path: Path) -> None:
    keep(path.read_bytes())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mails())
def test_mail_that_met_accidents_is_parsed_and_read(raw: bytes) -> None:
    keep(raw)
