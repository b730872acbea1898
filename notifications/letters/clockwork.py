"""Reminders, escalations and alarms to staff: about whose work they are, and when they are no longer true."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from notifications.kinds import Letter
from notifications.models import Notification
from workflow import events
from workflow.deadlines import brussels_date
from workflow.models import Case, Claim, Event, Extension, RecipientNotice
from workflow.states import ClaimState, EventKind, ExtensionState, NoticeState

HANDED_IN = frozenset({EventKind.CLAIM_SUBMITTED, EventKind.EXTENSION_ASKED})
_OF_THE_DATE = frozenset({Letter.A01, Letter.A02})


def author(case: Case, values: Mapping[str, Any]) -> str:
    """The code of who wrote what waits for its review; ``values`` is the event as it was hashed."""
    if values["claim"]:
        return str(Claim.objects.get(uuid=values["claim"]).submitted_by)
    asked = Extension.objects.filter(case=case).first()
    return str(asked.asked_by) if asked else ""


def overtaken(letter: Notification, case: Case) -> bool:
    """Has the case moved since the letter was made? Mail to staff may wait for the morning, or for a mail server."""
    code = Letter(letter.letter)
    if code in _OF_THE_DATE:
        return not case.is_open or case.send_by is None or case.send_by != _about(letter)
    if code is Letter.A03:
        return not case.is_open or case.case_due is None or case.case_due > brussels_date(timezone.now())
    if code is Letter.A04:
        return not _waits_for_review(case)
    if code is Letter.A12:
        return not RecipientNotice.objects.filter(claim__case=case, state=NoticeState.SENT.value).exists()
    return False


def _about(letter: Notification) -> date:
    return date.fromisoformat(events.fields(Event.objects.get(pk=letter.event_id))["data"]["about"])


def _waits_for_review(case: Case) -> bool:
    asked = Extension.objects.filter(case=case, state=ExtensionState.ASKED.value)
    return case.is_open and (case.claims.filter(state=ClaimState.IN_REVIEW.value).exists() or asked.exists())
