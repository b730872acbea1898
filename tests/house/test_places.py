"""Nothing keeps personal bytes without saying how an identity document leaves it."""

import re
from pathlib import Path

from django.apps import apps
from django.db import models

from dsar.identity import erasers
from dsar.operations import places
from dsar.vault.models import Blob

ROOT = Path(__file__).resolve().parents[2]
_BYTES = (models.BinaryField, models.FileField, models.TextField, models.JSONField)
_FOLDER = re.compile(r'(?:DATA_DIR|data_dir\(\)) / "([a-z-]+)"')


def _keeps_bytes(model: type[models.Model]) -> bool:
    fields = model._meta.concrete_fields
    return any(isinstance(field, _BYTES) or field.related_model is Blob for field in fields) or model is Blob


def _stores() -> set[str]:
    return {model._meta.label for model in apps.get_models() if _keeps_bytes(model)}


def _folders() -> set[str]:
    sources = [path for room in ("dsar", "workflow", "notifications") for path in (ROOT / room).rglob("*.py")]
    return {f"{name}/" for path in sources for name in _FOLDER.findall(path.read_text())}


def test_every_model_and_folder_that_keeps_bytes_has_somebody_who_speaks_for_it() -> None:
    assert places.documents
    assert _stores() - erasers.places().keys() == set()
    assert _folders() - erasers.places().keys() == set()


def test_every_place_has_its_reason_and_exists() -> None:
    known = {model._meta.label for model in apps.get_models()} | _folders()

    assert [place.name for place in erasers.places().values() if not place.why] == []
    assert erasers.places().keys() - known == set()
