"""The scaled form without an engine: the commands of docker-compose.yml, by hand, on a real PostgreSQL and Redis."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml

from tests import services
from tests.installation import ROOT, Installation, installation, wait_until

pytestmark = [pytest.mark.postgresql, pytest.mark.redis_server, pytest.mark.xdist_group("scaled")]

FILE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
COMPOSE, CONFIGS = FILE["services"], FILE["configs"]
LASTING = ["web", "mail", "worker", "beat"]


def command(name: str, data_dir: Path) -> list[str]:
    """As in the container, with this Python and this folder."""
    python, *rest = COMPOSE[name]["command"]
    assert python == "python"
    return [sys.executable, *(part.replace("/srv/dsar/var", str(data_dir)) for part in rest)]


def health(name: str) -> list[str]:
    """The health check's own command, without ``python manage.py``."""
    _, _, _, *rest = COMPOSE[name]["healthcheck"]["test"]
    return rest


def with_roles(server: str, name: str) -> dict[str, str]:
    """A database as a new container makes it; its address for each of its two roles."""
    database = services.create_database(server, name)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        for role in ("owner", "app"):  # of an earlier run, on a server that lasts
            connection.execute(f'DROP ROLE IF EXISTS "{name}_{role}"')
    script = ROOT / CONFIGS["database-roles"]["file"]
    passwords = {"OWNER_PASSWORD": "owner's own", "APP_PASSWORD": "app's own"}
    psql = ["psql", "--no-psqlrc", "--quiet", "--file", str(script), database]
    subprocess.run(psql, env={"PATH": os.environ["PATH"], **passwords}, check=True, timeout=60)
    parts = urlsplit(database)
    host = f"{parts.hostname}:{parts.port}"
    return {role: f"postgresql://{name}_{role}:{role}%27s%20own@{host}/{name}" for role in ("owner", "app")}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, postgresql: str, redis_server: str) -> Iterator[Installation]:
    data_dir = tmp_path_factory.mktemp("scaled")
    data, keys = with_roles(postgresql, "scaled"), with_roles(postgresql, "scaled_keys")
    started = installation(
        data_dir,
        DATABASE_URL=data["app"],
        KEYS_DATABASE_URL=keys["app"],
        BROKER_URL=f"{redis_server}/0",
        LOG_FORMAT="json",
    )
    owners = {"DATABASE_URL": data["owner"], "KEYS_DATABASE_URL": keys["owner"]}
    install = replace(started, environment={**started.environment, **owners}).start(command("install", data_dir))
    assert install.wait(120) == 0, started.output
    started.processes.clear()
    for name in LASTING:
        started.start(command(name, data_dir))
    yield started
    started.stop()
    started.kill()


def test_the_first_passwords_are_shown_by_the_install_step(place: Installation) -> None:
    assert sorted(place.passwords) == ["administrator", "auditor", "manager", "officer", "reviewer"]


def test_a_mail_is_acknowledged_and_lies_in_postgresql(place: Installation) -> None:
    wait_until(lambda: place.manage("health", "mail").returncode == 0, 60, "the listener", lambda: place.output)
    mail = (ROOT / "tests" / "mails" / "002.eml").read_bytes()

    place.send(mail)

    assert len(place.wait_for_letters(1)) == 1
    with psycopg.connect(place.environment["DATABASE_URL"]) as connection:
        assert connection.execute("SELECT count(*) FROM workflow_case").fetchone() == (1,)
        with pytest.raises(psycopg.Error, match="append-only"):
            connection.execute("DELETE FROM workflow_event")
    assert not (place.data_dir / "dsar.sqlite3").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE workflow_event DISABLE TRIGGER ALL",
        "DROP TRIGGER workflow_event_no_change ON workflow_event",
        "TRUNCATE workflow_event CASCADE",
        "CREATE TABLE copied AS SELECT * FROM workflow_event",
        "SET session_replication_role = replica",
        "ALTER ROLE scaled_app SUPERUSER",
    ],
)
def test_the_processes_cannot_open_the_history(place: Installation, statement: str) -> None:
    with (
        psycopg.connect(place.environment["DATABASE_URL"]) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


def test_who_may_read_the_data_may_not_open_the_key_store(place: Installation) -> None:
    data, keys = place.environment["DATABASE_URL"], place.environment["KEYS_DATABASE_URL"]

    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(data.removesuffix("/scaled") + "/scaled_keys")
    with psycopg.connect(keys) as connection:
        assert connection.execute("SELECT count(*) FROM workflow_holderkey").fetchone() is not None


def test_the_database_is_well_and_its_triggers_stand(place: Installation) -> None:
    told = place.manage("health", "database")

    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("name", LASTING)
def test_its_own_health_check_says_well(place: Installation, name: str) -> None:
    wait_until(lambda: place.manage(*health(name)).returncode == 0, 90, f"{name} well", lambda: place.output)


def test_the_logs_are_json(place: Installation) -> None:
    wait_until(lambda: place.manage("health", "mail").returncode == 0, 60, "the listener", lambda: place.output)

    assert '"event": "listening for mail"' in place.output
