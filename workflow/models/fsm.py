"""What every model with a protected state needs (django-fsm-2 4.2)."""

from typing import Any

from django.db import models
from django_fsm import ConcurrentTransitionMixin


class Stateful(ConcurrentTransitionMixin, models.Model):
    """A row whose state only transitions may change, and which may still be reloaded.

    django-fsm-2 reloads a protected field by switching its protection off on the field that
    all threads share; a failing reload leaves it off. Here the value is dropped before the
    reload instead, so that protection never has a gap.
    """

    class Meta:
        abstract = True

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        for field in self._meta.concrete_fields:
            if getattr(field, "protected", False) and (fields is None or field.attname in fields):
                self.__dict__.pop(field.attname, None)
        models.Model.refresh_from_db(self, using=using, fields=fields, from_queryset=from_queryset)
        self._update_initial_state()  # the concurrency check compares against what was read now
