"""Enumerations as column choices, and the same rule as a constraint of the database."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models


def choices(names: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """(code, code) pairs; labels for people are made where they are shown."""
    return [(name.value, name.value) for name in names]


def within(column: str, names: Iterable[StrEnum], *, name: str, or_empty: bool = False) -> models.CheckConstraint:
    """The column holds one of these codes (or nothing, where that is a value)."""
    allowed = [item.value for item in names] + ([""] if or_empty else [])
    return models.CheckConstraint(condition=models.Q(**{f"{column}__in": allowed}), name=name)
