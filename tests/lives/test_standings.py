"""Every act wherever a case can stand: done, or refused with a sentence of ``refusals.txt``, and nothing changed.

``WRITE_REFUSALS=1 pytest tests/lives/test_standings.py -n 0`` writes that file anew: read what changed in it.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from tests.lives import told
from tests.lives.standings import DONE, PLACES, prepared, tried

pytestmark = pytest.mark.django_db
FILE = Path(__file__).with_name("refusals.txt")
START = "2027-03-02T09:00:00+00:00"
ABOUT = """Written by tests/lives/test_standings.py out of what every act answers wherever a case stands: first the acts
that are possible in each place, then every refusal in English and French, with the acts that meet it.
"""
Fates = dict[str, tuple[str, str]]  # by act: the sentence in English and French; DONE and "" are the same in both
seen: dict[str, Fates] = {}


@pytest.fixture(scope="module", autouse=True)
def _writing() -> Iterator[None]:
    yield
    if os.environ.get("WRITE_REFUSALS") and set(seen) == set(PLACES):
        FILE.write_text(whole(), encoding="utf-8")


def whole() -> str:
    lines, acts = [ABOUT], defaultdict(set)
    for place in PLACES:
        lines.append(f"{place}: {', '.join(possible(seen[place]))}")
        for act, said in seen[place].items():
            acts[said].add(act)
    for english, french in sorted(said for said in acts if said[0] not in {DONE, ""}):
        lines += ["", f"EN {english}", f"FR {french}", f"   {', '.join(sorted(acts[english, french]))}"]
    return "\n".join(lines) + "\n"


def possible(fates: Fates) -> list[str]:
    return sorted(act for act, (english, _french) in fates.items() if english == DONE)


def listed() -> tuple[dict[str, list[str]], set[tuple[str, str, str]]]:
    """Out of the file: the acts possible in each place, and each (English, French, act) of a refusal."""
    first, *refusals = FILE.read_text(encoding="utf-8").removeprefix(ABOUT).strip().split("\n\n")
    places = {place: acts.split(", ") for place, acts in (line.split(": ") for line in first.splitlines())}
    found = set()
    for english, french, acts in (refusal.splitlines() for refusal in refusals):
        found |= {(english[3:], french[3:], act) for act in acts.strip().split(", ")}
    return places, found


@pytest.mark.parametrize("place", PLACES)
def test_every_act_is_done_or_refused_with_a_sentence(place: str, time_machine) -> None:  # type: ignore[no-untyped-def]
    time_machine.move_to(START, tick=False)
    with translation.override("en"):
        there = prepared(place, time_machine)
    seen[place] = tried(*there)

    refused = {(*said, act) for act, said in seen[place].items() if said[0] not in {DONE, ""}}
    assert [fault for *said, _act in refused for fault in told.faults_of(said)] == []
    if not os.environ.get("WRITE_REFUSALS"):
        places, refusals = listed()
        assert possible(seen[place]) == places[place]
        assert refused - refusals == set()
