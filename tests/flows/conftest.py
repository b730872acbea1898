"""The mail server of the person, and an installation that sends to it, for journeys inside this process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from time_machine import Traveller

from tests import factories
from tests.flows import peer
from tests.flows.journey import Journey


@pytest.fixture
def journey(db: None, settings: Any, tmp_path: Path, time_machine: Traveller) -> Iterator[Journey]:
    """It begins on Tuesday 2 March 2027 at nine: due on 1 April (vector V42)."""
    backend = {"BACKEND": "dsar.vault.storage.DurableFolder", "OPTIONS": {"location": tmp_path / "sealed"}}
    settings.STORAGES = {**settings.STORAGES, "sealed": backend}
    settings.OUTGOING_IS_FOLDER = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    with peer.listening() as theirs, translation.override("en"):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", theirs.port
        way = Journey(time_machine, theirs)
        way.on(3, 2)
        factories.installation()
        yield way
