"""Every file of the third-party corpora through the real services: one record each, robots never acknowledged."""

import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from dsar.intake import child, services
from dsar.intake.models import InboundMessage
from notifications.models import Thread
from tests.corpora import BOUNCES, CORPORA, files, needs_corpora
from tests.dsar.intake.conftest import install

SECONDS, MEGABYTES = 2.0, 256
# Written by people: they pass a delivery report on, with their own words or none.
FORWARDED = {"lhost-sendmail-14.eml", "make-test-36.eml"}

pytestmark = [needs_corpora, pytest.mark.django_db]


@pytest.fixture
def costs(monkeypatch: Any, tmp_path: Path) -> list[child.Cost]:
    """What each parse took; an installation with a vault of its own beside it."""
    backend = {"BACKEND": "dsar.vault.storage.DurableFolder", "OPTIONS": {"location": tmp_path / "sealed"}}
    monkeypatch.setattr(settings, "STORAGES", {**settings.STORAGES, "sealed": backend})
    install()
    spent: list[child.Cost] = []

    def parse(raw: bytes) -> Any:
        parsed, cost = child.measured(raw)
        assert cost is not None, parsed.unreadable
        spent.append(cost)
        return parsed

    monkeypatch.setattr(services, "parse_in_child", parse)
    return spent


def take_in(paths: list[Path]) -> tuple[dict[Path, InboundMessage], float]:
    """Accept and process each file; the messages as they ended and the most CPU that this process gave one of them."""
    taken, most = {}, 0.0
    for path in paths:
        began = time.process_time()
        message = services.accept(path.read_bytes(), source="smtp", received_at=timezone.now())
        services.process(message.pk)
        most = max(most, time.process_time() - began)
        taken[path] = message
    for message in taken.values():
        message.refresh_from_db()
    return taken, most


def check(taken: dict[Path, InboundMessage], costs: list[child.Cost]) -> None:
    """One record for each, none left, none beyond its limits, no robot acknowledged."""
    assert InboundMessage.objects.count() == len(taken)
    states = Counter(message.state for message in taken.values())
    assert set(states) <= {"opened", "attached", "filed", "duplicate"}, states
    assert len(costs) == len(taken)
    assert max(cost.cpu for cost in costs) < SECONDS
    assert max(cost.peak_mb for cost in costs) < MEGABYTES
    thanked = {message.case_id: path for path, message in taken.items() if message.state == "opened"}
    acknowledged = Thread.objects.filter(acknowledge=True).values_list("case_id", flat=True)
    robots = {thanked[case] for case in acknowledged if thanked[case].parent.name in BOUNCES}
    assert {path.name for path in robots} <= FORWARDED


def test_a_sample_of_the_corpora_becomes_one_record_each(costs: list[child.Cost]) -> None:
    taken, _most = take_in(files()[::50])

    check(taken, costs)


@pytest.mark.bench
@pytest.mark.timeout(3600)
def test_every_file_of_the_corpora_becomes_one_record(costs: list[child.Cost]) -> None:
    taken, most = take_in(files())

    check(taken, costs)
    assert len(taken) == 1646
    assert most < SECONDS
    states = Counter(message.state for message in taken.values())
    print(f"\n{len(taken):,} files: {dict(states)}, acknowledged {Thread.objects.filter(acknowledge=True).count()}")
    print(f"parsing at most {max(cost.cpu for cost in costs):.2f} s and {max(cost.peak_mb for cost in costs):.0f} MB,")
    print(f"everything else at most {most:.2f} s of CPU for one file")


@pytest.mark.bench
@pytest.mark.timeout(3600)
def test_delivery_reports_are_recognised(costs: list[child.Cost]) -> None:
    """A report may also be an answer of a responder or a copy of one taken before: those have their own name."""
    maildir = CORPORA / "sisimai" / "maildir"
    taken, _most = take_in([path for name in (*BOUNCES, "not") for path in sorted((maildir / name).iterdir())])

    kinds = {path: message.kind for path, message in taken.items()}
    reports = [path for path in taken if path.parent.name != "not"]
    others = [path for path in taken if path.parent.name == "not"]
    missed = sorted(f"{path.parent.name}/{path.name} {kinds[path]}" for path in reports if kinds[path] != "bounce")
    found = 1 - len(missed) / len(reports)
    wrong = [path.name for path in others if kinds[path] == "bounce"]
    print(f"\n{len(reports)} reports, {found:.1%} recognised; of {len(others)} others {len(wrong)} taken for one")
    print("\n".join(missed))
    assert found >= 0.97
    assert len(wrong) <= 0.02 * len(others)
