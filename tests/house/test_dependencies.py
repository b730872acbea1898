"""What we depend on: each with its reason, pinned by hash, from no particular address."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.txt", "requirements-dev.txt"]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(requirements: list[str]) -> set[str]:
    return {normal(re.match(r"[\w.-]+", requirement)[0]) for requirement in requirements}


def locked(lock: str) -> set[str]:
    return {normal(name) for name in re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text(), re.MULTILINE)}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_locked_has_a_hash(lock: str) -> None:
    entries = (ROOT / lock).read_text().replace("\\\n", " ").splitlines()

    assert [entry for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == []


def test_everything_asked_for_is_locked() -> None:
    runtime, development = PYPROJECT["project"]["dependencies"], PYPROJECT["dependency-groups"]["dev"]

    assert asked_for(runtime) - locked("requirements.txt") == set()
    assert asked_for(runtime + development) - locked("requirements-dev.txt") == set()


def test_what_runs_is_what_was_tested() -> None:
    pins = [set(re.findall(r"^[\w.-]+==\S+", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS]

    assert pins[0] - pins[1] == set()


def test_every_dependency_says_why_it_is_here() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    asked = PYPROJECT["project"]["dependencies"] + PYPROJECT["dependency-groups"]["dev"]

    entries = {name: [line for line in lines if line.startswith(f'    "{name}",')] for name in asked}

    assert [name for name, found in entries.items() if not re.search(r'",\s+# \w+', "".join(found))] == []
