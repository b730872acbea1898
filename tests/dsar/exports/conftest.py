"""A verified case, an officer, and an empty vault of its own for every test."""

import io
from datetime import UTC, datetime

import pytest
from django.utils import translation

from dsar.sources import by_hand
from workflow import services
from workflow.actors import INTAKE, Actor
from workflow.models import Case, Controller
from workflow.states import ActorKind, IdentityMethod, Right, Role

OFFICER = Actor(ActorKind.STAFF, "S-0001", frozenset({Role.OFFICER}))


@pytest.fixture(autouse=True)
def _in_english():
    """Sentences are compared as they are written in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def sealed_folder(settings, tmp_path):
    """An empty folder as the sealed store; returns its path."""
    location = tmp_path / "sealed"
    backend = {"BACKEND": "dsar.vault.storage.DurableFolder", "OPTIONS": {"location": location}}
    settings.STORAGES = {**settings.STORAGES, "sealed": backend}
    return location


@pytest.fixture
def unverified_case(db, sealed_folder) -> Case:
    services.install(name="Assistool SRL", mailbox="vieprivee@assistool.com", aliases=[])
    case = services.open_case(
        controller=Controller.objects.get(),
        received_at=datetime(2027, 2, 1, 9, tzinfo=UTC),
        person_email="ada@example.org",
        proposed=[Right.PORTABILITY],
        by=INTAKE,
    )
    services.confirm_claims(case.pk, rights=[Right.PORTABILITY], by=OFFICER)
    return case


@pytest.fixture
def case(unverified_case) -> Case:
    services.verify_identity(
        unverified_case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.", by=OFFICER
    )
    return unverified_case


@pytest.fixture
def attach(case):
    """Attach a file to the case as an officer does."""

    def attach(name: str, content: str | bytes):
        data = content.encode() if isinstance(content, str) else content
        return by_hand.attach(case.pk, name=name, stream=io.BytesIO(data), by=OFFICER)

    return attach
