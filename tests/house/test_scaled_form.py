"""docker-compose.yml and Dockerfile, read as data: same commands, no root, no secret, nothing unnamed."""

import re
from pathlib import Path

import pytest
import yaml

from dsar import env
from dsar.operations.programs import programs

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["install", "web", "mail", "fetch", "worker", "beat"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


@pytest.mark.parametrize("program", programs(Path("/srv/dsar/var"), 2), ids=lambda program: program.name)
def test_a_container_runs_what_make_run_runs(program) -> None:
    assert SERVICES[program.name]["command"] == ["python", *program.command[1:]]


def test_a_container_fetches_mailboxes_as_make_run_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAP_URLS", "imap://user:password@imap.example.org")

    [fetch] = [program for program in programs(Path("/srv/dsar/var"), 2) if program.name == "fetch"]

    assert SERVICES["fetch"]["command"] == ["python", *fetch.command[1:]]
    assert SERVICES["fetch"]["profiles"] == ["imap"]


def test_every_lasting_service_has_a_health_check() -> None:
    assert [name for name in SERVICES if "healthcheck" not in SERVICES[name]] == ["install"]


@pytest.mark.parametrize("name", OURS)
def test_our_containers_have_no_rights_to_lose(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert not service.get("privileged")
    assert service.get("user") != "root"


def test_the_image_does_not_run_as_root() -> None:
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE) == ["dsar"]


def test_no_secret_is_in_the_image_or_in_the_compose_file() -> None:
    assert ".env*" in (ROOT / ".dockerignore").read_text().splitlines()
    for secret in (env.SECRET_KEY, env.MASTER_KEY, "PASSWORD"):
        assert secret not in DOCKERFILE
    assert not re.search(r"^\s*COPY \. ", DOCKERFILE, re.MULTILINE)
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert "PASSWORD" not in name or value == "" or re.fullmatch(r"\$\{[A-Z_]+_PASSWORD\}", value)


def test_no_process_is_superuser_or_knows_a_password_that_is_not_its_own() -> None:
    passwords = set(re.findall(r"\$\{([A-Z_]+_PASSWORD)\b", (ROOT / "docker-compose.yml").read_text()))

    assert len(passwords) == 4
    for name in OURS:
        environment = SERVICES[name]["environment"]
        urls = environment["DATABASE_URL"], environment["KEYS_DATABASE_URL"]
        role = "owner" if name == "install" else "app"
        assert [re.match(r"postgresql://(\w+):", url)[1] for url in urls] == [f"dsar_{role}", f"keys_{role}"]
        assert len({re.search(r"\$\{(\w+)", url)[1] for url in urls}) == 2
        assert {environment[password] for password in passwords} == {""}  # .env would hand them on
    for name, prefix in (("database", "DATABASE"), ("keystore", "KEYS")):
        environment = SERVICES[name]["environment"]
        assert environment["OWNER_PASSWORD"] == f"${{{prefix}_OWNER_PASSWORD}}"
        assert environment["APP_PASSWORD"] == f"${{{prefix}_PASSWORD}}"
        assert SERVICES[name]["configs"][0]["target"].startswith("/docker-entrypoint-initdb.d/")
    assert (ROOT / COMPOSE["configs"]["database-roles"]["file"]).is_file()


def test_ports_are_open_to_this_machine_only() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]

    assert ports == ["127.0.0.1:8000:8000", "127.0.0.1:2525:2525"]


def test_all_data_lies_in_named_volumes_and_the_keys_apart() -> None:
    mounted = {
        name: [mount.split(":")[0] for mount in service.get("volumes", [])] for name, service in SERVICES.items()
    }

    assert {volume for volumes in mounted.values() for volume in volumes} == set(COMPOSE["volumes"])
    assert mounted["database"] == ["database"]
    assert mounted["keystore"] == ["keystore"]
