"""Paragraphs of one's own in the letter an act orders: typed in the form of that act, saved with it or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import HttpRequest

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from workflow import services
from workflow.models import Case
from workflow.states import Language


def typed(request: HttpRequest) -> dict[Language, str]:
    """What was typed, by language; empty where nothing was."""
    found = {language: fields.text(request, f"own-{language.value}") for language in Language}
    return {language: text for language, text in found.items() if text}


@contextmanager
def told_first(request: HttpRequest, case: Case) -> Iterator[None]:
    """Around the act of a form that names its letter; refused is both or nothing."""
    letter, said = request.POST.get("own_letter", ""), typed(request)
    if not letter or not said:
        yield
        return
    with transaction.atomic():
        services.write_own_words(case.pk, letter=letter, words=said, by=actor_of(request))
        yield
