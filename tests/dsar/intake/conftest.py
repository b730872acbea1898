"""An installation with an empty vault of its own."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project

from workflow import services


@pytest.fixture
def installed(db: None, settings: Any, tmp_path: Path) -> Path:
    """Controller, mailboxes and policy; the folder its sealed files go to."""
    location = tmp_path / "sealed"
    backend = {"BACKEND": "dsar.vault.storage.DurableFolder", "OPTIONS": {"location": location}}
    settings.STORAGES = {**settings.STORAGES, "sealed": backend}
    install()
    return location


def install() -> None:
    services.install(name=project.CONTROLLER_NAME, mailbox=project.MAILBOX, aliases=project.MAILBOX_ALIASES)
