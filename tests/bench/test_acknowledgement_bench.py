"""How long a person waits: from the last byte of their mail at our listener to the acknowledgement at their server.

Five mails a second for a minute, through every process of the one-command form; the bar is p99 < 30 s.
"""

import smtplib
import threading
import time
from pathlib import Path
from statistics import quantiles

import pytest

from tests.flows import peer
from tests.flows.mails import written_by
from tests.installation import MAILBOX, Installation, running, wait_until

PER_SECOND, SECONDS = 5, 60

pytestmark = [pytest.mark.bench, pytest.mark.timeout(3600)]


def send(ours: Installation, number: int, handed_over: dict[str, float]) -> None:
    sender, raw = written_by(number, seed=5)
    with smtplib.SMTP("127.0.0.1", ours.smtp_port, timeout=120) as client:
        client.sendmail(sender, [MAILBOX], raw)
    handed_over[sender] = time.monotonic()  # our listener has said 250: it is ours


def test_latency_of_acknowledgements_at_five_mails_a_second(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handed_over: dict[str, float] = {}
    count = PER_SECOND * SECONDS
    with peer.listening() as theirs, running(tmp_path / "data", OUTGOING_URL=theirs.url) as ours:
        begun, threads = time.monotonic(), []
        for number in range(count):
            time.sleep(max(0.0, begun + number / PER_SECOND - time.monotonic()))
            threads.append(threading.Thread(target=send, args=(ours, number, handed_over), daemon=True))
            threads[-1].start()
        for thread in threads:
            thread.join(300)
        wait_until(lambda: len(theirs.letters) >= count, 900, "the last acknowledgement", lambda: ours.output)

    persons = [letter for letter in theirs.letters if letter.recipients[0] in handed_over]
    waits = [letter.at - handed_over[letter.recipients[0]] for letter in persons]
    hundredths = quantiles(waits, n=100)
    with capsys.disabled():
        print(
            f"\n{count} mails at {PER_SECOND}/s: SMTP in to SMTP out soonest {min(waits):.2f} s, "
            f"p50 {hundredths[49]:.2f} s, p99 {hundredths[98]:.2f} s, longest {max(waits):.2f} s"
        )
    assert len({letter.recipients[0] for letter in persons}) == len(persons) == count
