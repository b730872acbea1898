"""The squashed migrations end where the files they stand for end, whichever way a database came."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState

from tests import services
from tests.house.schema import LAST, SQUASHED

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _with_migrations(settings: Any) -> None:
    """Also in a run that makes its tables without them."""
    settings.MIGRATION_MODULES = {}


def model(state: ModelState) -> object:
    """What it says, as values that compare; constraints and indexes in any order."""
    options = {name: value for name, value in state.options.items() if name not in ("constraints", "indexes")}
    rules = {repr(rule.deconstruct()) for name in ("constraints", "indexes") for rule in state.options.get(name, ())}
    fields = {name: field.deconstruct()[1:] for name, field in state.fields.items()}
    return fields, options, rules, state.bases, [name for name, _ in state.managers]


def test_they_end_with_the_same_models() -> None:
    one_by_one = MigrationLoader(None, replace_migrations=False).project_state(list(LAST.items())).models
    squashed = MigrationLoader(None).project_state(list(SQUASHED.items())).models

    assert squashed.keys() == one_by_one.keys()
    for key in one_by_one:
        assert model(squashed[key]) == model(one_by_one[key]), key


def test_each_stands_for_every_file_of_its_app_up_to_the_last() -> None:
    for app, last in LAST.items():
        names = sorted(path.stem for path in (ROOT / app / "migrations").glob("0*.py"))
        replaced = [name for name in names if name <= last and name != SQUASHED[app]]

        assert MigrationLoader(None).disk_migrations[app, SQUASHED[app]].replaces == [(app, name) for name in replaced]


def _ran(monkeypatch: pytest.MonkeyPatch, *ends: tuple[str, str]) -> MigrationExecutor:
    """As migrations look on a database which the old files brought to these."""
    loader = MigrationLoader(None, replace_migrations=False)
    nodes = [node for end in ends for node in loader.graph.forwards_plan(end)]
    applied = {node: loader.disk_migrations[node] for node in dict.fromkeys(nodes)}
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _: dict(applied))
    return MigrationExecutor(connection)


def _plan(executor: MigrationExecutor) -> list[tuple[str, str]]:
    executor.loader.check_consistent_history(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(migration.app_label, migration.name) for migration, backwards in plan if not backwards]


def test_a_database_of_the_old_files_has_nothing_of_them_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = _plan(_ran(monkeypatch, *LAST.items()))

    assert [(app, name) for app, name in plan if app in LAST and name <= LAST[app]] == []


@pytest.mark.parametrize(
    "ends",
    [
        [("workflow", "0003_when_a_mailbox_begins"), ("dsar", "0003_mailboxes_fetched")],
        [("workflow", "0018_identity_steps"), ("dsar", "0021_doubtful_forwards")],
        [("workflow", "0026_first_passwords"), ("notifications", LAST["notifications"])],
        [("workflow", LAST["workflow"]), ("dsar", "0023_what_holds_an_identity_document")],
    ],
)
def test_a_database_between_two_old_files_is_brought_on_by_the_old_files(
    monkeypatch: pytest.MonkeyPatch, ends: list[tuple[str, str]]
) -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    done = {node for end in ends for node in loader.graph.forwards_plan(end)}
    begun = {app for app, _ in done} & LAST.keys()

    plan = _plan(_ran(monkeypatch, *ends))

    expected = {
        (app, name) for app in begun for name in [name for one, name in loader.graph.nodes if one == app]
        if name <= LAST[app] and name != SQUASHED[app] and (app, name) not in done
    }  # fmt: skip
    assert {(app, name) for app, name in plan if app in begun and name <= LAST[app]} == expected
    assert {(app, name) for app, name in plan if app in LAST.keys() - begun and name <= LAST[app]} == {
        (app, SQUASHED[app]) for app in LAST.keys() - begun
    }


def test_a_new_database_runs_the_squashed_files_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = _plan(_ran(monkeypatch))

    assert {(app, name) for app, name in plan if app in LAST and name <= LAST[app]} == set(SQUASHED.items())


def _schema(way: str, folder: Path, **databases: str) -> list[str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATA_DIR": str(folder / way)}
    for name, value in databases.items():
        environment[name] = value
    (folder / way).mkdir()
    command = [sys.executable, "-m", "tests.house.schema", way]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.campaign  # a minute and a half; neither way ever changes again
@pytest.mark.timeout(900)
def test_both_ways_make_the_same_database_on_sqlite(tmp_path: Path) -> None:
    none = {"DATABASE_URL": "", "KEYS_DATABASE_URL": ""}

    one_by_one, squashed = (_schema(way, tmp_path, **none) for way in ("files", "squashed"))

    assert len(one_by_one) > 1000
    assert squashed == one_by_one


@pytest.mark.campaign
@pytest.mark.timeout(900)
@pytest.mark.postgresql
def test_both_ways_make_the_same_database_on_postgresql(tmp_path: Path, postgresql: str) -> None:
    one_by_one, squashed = (
        _schema(
            way,
            tmp_path,
            DATABASE_URL=services.create_database(postgresql, f"squash_{way}"),
            KEYS_DATABASE_URL=services.create_database(postgresql, f"squash_{way}_keys"),
        )
        for way in ("files", "squashed")
    )

    assert len(one_by_one) > 1000
    assert squashed == one_by_one
