"""Which database a model lives in: the key store stands apart, so that data backups hold no keys."""

from typing import Any

from django.db import models

DATA = "default"
KEYS = "keys"
_KEY_MODELS = frozenset({("workflow", "holderkey"), ("workflow", "datakey")})


def home(app_label: str, model_name: str) -> str:
    """The database alias of a model, by its label and lower-case name (migrations know no class)."""
    return KEYS if (app_label, model_name) in _KEY_MODELS else DATA


class KeyStoreRouter:
    """HolderKey and DataKey live only in "keys", everything else only in "default"."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        return home(model._meta.app_label, model._meta.model_name or "")

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        return home(model._meta.app_label, model._meta.model_name or "")

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:
        return self.db_for_read(type(one)) == self.db_for_read(type(other))

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        """Operations without a model (RunSQL, RunPython) run on the data only.

        ``hints={"database": "keys"}`` on such an operation sends it to the key store instead.
        """
        if model_name is None:
            return bool(db == hints.get("database", DATA))
        return db == home(app_label, model_name)
