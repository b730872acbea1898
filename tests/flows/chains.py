"""The chains of one case as they stand, read by a process of its own: ``python -m tests.flows.chains REFERENCE``."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from tests.installation import ROOT, Installation


@dataclass(frozen=True, slots=True)
class Chains:
    """``events`` and ``looks`` are (kind, actor) in their order: the case's own chain, and who looked."""

    head: str
    intact: bool
    events: list[tuple[str, str]]
    looks: list[tuple[str, str]]
    looks_intact: bool

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _actor in self.events]


def chains_of(place: Installation, reference: str) -> Chains:
    """Recomputed from the stored bytes of that installation."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.flows.chains", reference],
        cwd=ROOT,
        env={**place.environment, "DJANGO_SETTINGS_MODULE": "dsar.settings"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found = json.loads(done.stdout.splitlines()[-1])
    for name in ("events", "looks"):
        found[name] = [(kind, actor) for kind, actor in found[name]]
    return Chains(**found)


def _read(reference: str) -> dict[str, Any]:
    from workflow import events
    from workflow.models import Case, Event

    case = Case.objects.get(reference=reference)
    own, looks = case.stream, f"access:{case.uuid}"
    verdict = events.verify(own)
    told = {
        name: list(Event.objects.filter(stream=stream).order_by("seq").values_list("kind", "actor"))
        for name, stream in (("events", own), ("looks", looks))
    }
    return {
        **told,
        "head": verdict.head,
        "intact": verdict.intact,
        "looks_intact": events.verify(looks).intact,
    }


def main() -> None:
    import django

    django.setup()
    print(json.dumps(_read(sys.argv[1])))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dsar.settings")
    main()
