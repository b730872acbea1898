"""The read side, named as sentences."""

from datetime import date

from django.db.models import Q, QuerySet

from workflow.models import Case, Controller, Event
from workflow.states import OPEN_CASE_STATES, CaseState

_OPEN = [state.value for state in OPEN_CASE_STATES]


def open_cases(controller: Controller) -> "QuerySet[Case]":
    """What is still to be answered, the most urgent first."""
    return Case.objects.filter(controller=controller, state__in=_OPEN).order_by("next_due", "id")


def any_open() -> "QuerySet[Case]":
    """Open cases of every controller, in no order."""
    return Case.objects.filter(state__in=_OPEN)


def with_a_message_to_read(controller: Controller) -> "QuerySet[Case]":
    """Cases that are over, but to which the person has written again."""
    return Case.objects.filter(controller=controller, reply_to_read=True).exclude(state__in=_OPEN).order_by("id")


def overdue(controller: Controller, on: date) -> "QuerySet[Case]":
    """Open cases whose due date has passed on this Brussels date."""
    return open_cases(controller).filter(case_due__lt=on)


def awaiting_identity(controller: Controller) -> "QuerySet[Case]":
    return open_cases(controller).filter(state=CaseState.AWAITING_IDENTITY.value)


def awaiting_review(controller: Controller) -> "QuerySet[Case]":
    return open_cases(controller).filter(claims__state="in_review").distinct()


def suspended(controller: Controller) -> "QuerySet[Case]":
    return open_cases(controller).filter(case_due__isnull=True)


def of_same_person(case: Case) -> "QuerySet[Case]":
    """Other cases written from the same address."""
    if not case.person_email:
        return Case.objects.none()
    return (
        Case.objects.filter(controller=case.controller, person_email=case.person_email)
        .exclude(pk=case.pk)
        .order_by("-received_at")
    )


def matching(controller: Controller, words: str) -> "QuerySet[Case]":
    """Cases by reference, name or address."""
    words = words.strip()
    return (
        Case.objects.filter(controller=controller)
        .filter(
            Q(reference__icontains=words) | Q(person_name__icontains=words) | Q(person_email__icontains=words.lower())
        )
        .order_by("-received_at", "-id")
    )


def history(case: Case) -> "QuerySet[Event]":
    """The case's events in their order."""
    return Event.objects.filter(stream=case.stream).order_by("seq")
