"""One place reads the environment, one file lists it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cryptography.hazmat.primitives import serialization

from dsar import env
from tests.dsar.identity import chain

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for house in ("dsar", "notifications", "workflow") for path in sorted((ROOT / house).rglob("*.py"))]


def test_the_example_lists_exactly_what_is_read() -> None:
    assert (ROOT / ".env.example").read_text() == env.example()


def test_every_variable_says_what_it_is_for() -> None:
    assert [name for name, variable in env.VARIABLES.items() if len(variable.about.split()) < 3] == []


def test_every_variable_is_used() -> None:
    code = "\n".join(path.read_text() for path in SOURCES)

    assert [name for name in env.VARIABLES if not re.search(rf"env\.{name}\b|text\({name}\)", code)] == []


def test_nothing_else_reads_the_environment() -> None:
    """But to pass it on whole to a process, and to name the settings module."""
    reading = re.compile(r"os\.getenv|os\.environ\.get|os\.environ\[")
    allowed = {"dsar/env.py"}

    found = {str(path.relative_to(ROOT)) for path in SOURCES if reading.search(path.read_text())}

    assert found <= allowed


def test_the_scaled_form_sets_only_variables_that_exist() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]

    assert {name for name, value in services["web"]["environment"].items() if value} <= set(env.VARIABLES)


def test_fresh_keys_are_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / ".env"

    assert env.generate(path)
    first = path.read_text()
    assert not env.generate(path)

    assert path.read_text() == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert re.search(r"^MASTER_KEY=\S{44}$", first, re.MULTILINE)
    assert re.search(r"^SECRET_KEY=\S{64}$", first, re.MULTILINE)


def test_the_example_is_printed_by_the_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dsar.env", "--example"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == env.example()


def test_an_earlier_secret_key_is_believed_until_it_is_dropped() -> None:
    code = "import django; django.setup(); from django.core import signing as s; "
    kept = {"PATH": os.environ["PATH"], "DSAR_ENV_FILE": "/nonexistent", "DJANGO_SETTINGS_MODULE": "dsar.settings"}
    kept["MASTER_KEY"] = os.environ["MASTER_KEY"]

    def run(program: str, **variables: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code + program],
            cwd=ROOT,
            env={**kept, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip() or done.stderr.splitlines()[-1]

    signed = run("print(s.dumps('session'))", SECRET_KEY="a" * 60)
    reading = f"print(s.loads({signed!r}))"

    assert run(reading, SECRET_KEY="b" * 60, SECRET_KEY_FALLBACKS=f"{'c' * 60}, {'a' * 60}") == "session"
    assert "BadSignature" in run(reading, SECRET_KEY="b" * 60)


@pytest.mark.parametrize("form", ["file", "folder"])
def test_trusted_roots_are_a_file_or_a_folder(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = (chain.signer().root for _ in range(2))
    pem, der = (root.public_bytes for root in (one, two))
    (tmp_path / "roots.pem").write_bytes(pem(serialization.Encoding.PEM))
    (tmp_path / "belgium-root.crt").write_bytes(der(serialization.Encoding.DER))
    (tmp_path / "readme.txt").write_text("Fetched on 1 February 2027")
    monkeypatch.setenv("SIGNATURE_ROOTS", str(tmp_path / "roots.pem" if form == "file" else tmp_path))

    found = set(env.certificates(env.SIGNATURE_ROOTS))

    both = {root.public_bytes(serialization.Encoding.DER) for root in (one, two)}
    assert found == ({one.public_bytes(serialization.Encoding.DER)} if form == "file" else both)


@pytest.mark.parametrize("content", ["", "no certificate", None])
def test_trusted_roots_that_hold_none_are_said(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "roots.pem"
    if content is not None:
        path.write_text(content)
    monkeypatch.setenv("SIGNATURE_ROOTS", str(path))

    with pytest.raises(env.WrongSetting, match="SIGNATURE_ROOTS"):
        env.certificates(env.SIGNATURE_ROOTS)
