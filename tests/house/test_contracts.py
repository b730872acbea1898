"""The direction of imports, and what a migration must not forget."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_the_migrations_are_complete_and_have_names() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)

    paths = [path for house in ("dsar", "notifications", "workflow") for path in ROOT.glob(f"{house}/migrations/0*.py")]
    assert paths
    assert [path.name for path in paths if "_auto_" in path.name] == []
