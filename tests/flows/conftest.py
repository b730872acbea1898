"""The mail server of the person, and an installation that sends to it, for journeys inside this process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from time_machine import Traveller

from notifications.accounts import Account
from tests import factories
from tests.flows import peer
from tests.flows.journey import Journey


@pytest.fixture
def journey(db: None, settings: Any, tmp_path: Path, time_machine: Traveller) -> Iterator[Journey]:
    """It begins on Tuesday 2 March 2027 at nine: due on 1 April (vector V42)."""
    backend = {"BACKEND": "dsar.vault.storage.DurableFolder", "OPTIONS": {"location": tmp_path / "sealed"}}
    settings.STORAGES = {**settings.STORAGES, "sealed": backend}
    settings.OUTGOING_IS_FOLDER = False
    with peer.listening() as theirs, translation.override("en"):
        settings.OUTGOING = [Account(host="127.0.0.1", port=theirs.port, tls="none")]
        way = Journey(time_machine, theirs)
        way.on(3, 2)
        factories.installation()
        yield way
