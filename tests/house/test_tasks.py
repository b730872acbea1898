"""Every task is registered, every ring of the clock finds one, every queue has a worker."""

import re
from pathlib import Path

import pytest
import yaml

from dsar.celery import app
from dsar.operations.programs import programs

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tasks() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def test_every_task_in_the_code_is_registered(tasks: set[str]) -> None:
    """Autodiscovery would miss rooms in silence, so what the files say is compared with what Celery knows."""
    written = set()
    for house in ("dsar", "notifications", "workflow"):
        for path in (ROOT / house).rglob("*.py"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found = re.findall(r"^@shared_task.*?^def (\w+)", path.read_text(), re.MULTILINE | re.DOTALL)
            written |= {f"{module}.{name}" for name in found}

    assert written
    assert written == tasks


def test_the_clock_rings_only_what_exists(tasks: set[str]) -> None:
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= tasks


def test_every_queue_is_worked(tasks: set[str]) -> None:
    queues = {queue.name for queue in app.conf.task_queues}
    used = {app.amqp.router.route({}, name)["queue"].name for name in tasks}
    [worker] = [program for program in programs(Path("var"), 2) if program.name == "worker"]
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["worker"]["command"]

    assert used <= queues
    for command in (worker.command, compose):
        assert set(command[list(command).index("--queues") + 1].split(",")) == queues


def test_tasks_carry_ids_and_leave_no_results(tasks: set[str]) -> None:
    assert app.conf.task_ignore_result
    assert app.conf.accept_content == ["json"]
