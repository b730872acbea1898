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
    """Cases that are over, but to which the person has written again, or that are looked at a second time."""
    waiting = Q(reply_to_read=True) | Q(complaint=True)
    return Case.objects.filter(waiting, controller=controller).exclude(state__in=_OPEN).order_by("id")


def overdue(controller: Controller, on: date) -> "QuerySet[Case]":
    """Open cases whose due date has passed on this Brussels date."""
    return open_cases(controller).filter(case_due__lt=on)


def awaiting_identity(controller: Controller) -> "QuerySet[Case]":
    return open_cases(controller).filter(state=CaseState.AWAITING_IDENTITY.value)


def awaiting_review(controller: Controller) -> "QuerySet[Case]":
    return open_cases(controller).filter(Q(claims__state="in_review") | Q(extension__state="asked")).distinct()


def suspended(controller: Controller) -> "QuerySet[Case]":
    return open_cases(controller).filter(case_due__isnull=True)


def of_same_person(case: Case) -> "QuerySet[Case]":
    """Other cases written from the same address, for whomever."""
    address = case.person_email or case.written_by
    if not address:
        return Case.objects.none()
    return (
        Case.objects.filter(Q(person_email=address) | Q(written_by=address), controller=case.controller)
        .exclude(pk=case.pk)
        .order_by("-received_at")
    )


def matching(controller: Controller, words: str) -> "QuerySet[Case]":
    """Cases by reference, name or address."""
    words = words.strip()
    return (
        Case.objects.filter(controller=controller)
        .filter(
            Q(reference__icontains=words)
            | Q(person_name__icontains=words)
            | Q(person_email__icontains=words.lower())
            | Q(written_by__icontains=words.lower())
        )
        .order_by("-received_at", "-id")
    )


def history(case: Case) -> "QuerySet[Event]":
    """The case's events in their order."""
    return Event.objects.filter(stream=case.stream).order_by("seq")
