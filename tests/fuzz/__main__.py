"""Fuzz parser and reading for so many seconds: ``python -m tests.fuzz [SECONDS]``, or ``make fuzz SECONDS=1800``.

What breaks a promise is made small and left in tests/fuzz/findings, where the ordinary tests read it again.
"""

import hashlib
import resource
import sys
import time
import traceback

from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.mails import FINDINGS, mails, seeds
from tests.fuzz.promises import keep

MEMORY = 1536 * 1024 * 1024
BATCH = 500


def campaign(seconds: float) -> int:
    """How many mails broke a promise; stops looking at the third."""
    end, tried, found = time.monotonic() + seconds, 0, 0
    last = b""

    @settings(
        max_examples=BATCH,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(mails())
    def batch(raw: bytes) -> None:
        nonlocal tried, last
        tried += 1
        try:
            keep(raw)
        except Exception:
            last = raw
            raise

    while time.monotonic() < end and found < 3:
        try:
            batch()
        except Exception:  # noqa: BLE001  whatever it is, it is a finding
            found += 1
            path = FINDINGS / f"{hashlib.sha256(last).hexdigest()[:12]}.eml"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(last)
            traceback.print_exc()
            print(f"Kept as {path} ({len(last)} bytes).", flush=True)
    print(f"{tried:,} mails from {len(seeds()):,} seeds, {found} findings.")
    return found


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.exit(bool(campaign(float(sys.argv[1]) if len(sys.argv) > 1 else 300)))
