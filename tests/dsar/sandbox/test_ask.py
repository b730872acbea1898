"""A process that opens strangers' files holds nothing, reaches nothing and ends."""

from pathlib import Path

import pytest

from dsar.sandbox.ask import SandboxFailed, ask

CHILD = "tests.dsar.sandbox.children.tries"


def test_it_answers_with_an_empty_environment() -> None:
    answer, blobs = ask(CHILD, {"what": "tell"}, b"abc")

    assert blobs == [b"cba"]
    assert {name for name in answer["environment"] if "DSAR" in name or "KEY" in name} == set()


@pytest.mark.parametrize("what", ["write", "connect", "spawn", "memory"])
def test_it_may_do_nothing_else(what: str) -> None:
    with pytest.raises(SandboxFailed, match="Error in"):
        ask(CHILD, {"what": what})


def test_it_reads_no_file_of_this_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("canary")

    with pytest.raises(SandboxFailed) as failed:
        ask(CHILD, {"what": "read", "path": str(secret)})

    assert "PermissionError" in str(failed.value)
    assert "canary" not in str(failed.value)


def test_it_is_ended_when_its_time_is_up() -> None:
    with pytest.raises(SandboxFailed, match="no answer"):
        ask(CHILD, {"what": "spin"}, seconds=1)
