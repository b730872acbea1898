"""The page of the second pair of eyes: what will leave, to whom, why we believe who asks, and what is withheld."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from dsar.exports import services as exports
from dsar.exports.models import ExportBundle
from dsar.history.timeline import case_history
from dsar.sources.by_hand import attached_to
from dsar.web import words
from dsar.web.desk import decisions, shell
from dsar.web.desk.access import REVIEWS, actor_of, staff
from dsar.web.desk.case import find
from dsar.web.desk.claim_acts import of_case
from dsar.web.desk.mail import mails_of
from dsar.web.desk.standing import clock_of, miles_of
from notifications.letters import address_of
from workflow import events, services
from workflow.guards import level_needed
from workflow.models import Claim, Event
from workflow.states import ClaimState, EventKind, Outcome, Right

_WITHHELD = {Outcome.REFUSED.value, Outcome.PARTLY_GRANTED.value}


@require_safe
@staff(*REVIEWS)
def review(request: HttpRequest, uuid: UUID, claim: UUID) -> HttpResponse:
    """One draft that waits for a second person; anything else is read on the page of its case."""
    case = find(request, uuid)
    row = of_case(case, claim)
    if row.state != ClaimState.IN_REVIEW.value:
        return redirect(f"{reverse('case', args=[uuid])}#claim-{claim}")
    services.record_access(EventKind.CASE_VIEWED, case=case, by=actor_of(request))
    today, files = words.today(), attached_to(case.pk)
    bundle = ExportBundle.objects.filter(case=case).order_by("-requested_at", "-id").first()
    decision = decisions.of(case, row, actor_of(request))
    context = {
        "case": case,
        "claim": row,
        "claims": [row],
        "decision": decision,
        "clock": clock_of(case, today),
        "miles": miles_of(case, today),
        "level_needed": level_needed(case, [Right(row.right)]),
        "checks": list(case.identity_checks.all()),
        "confirmed": _confirmed(row),
        "files": files if decision.hands_over else [],
        "bundle": bundle if exports.stands(bundle, files) else None,
        "withholds": row.outcome in _WITHHELD,
        "mails": mails_of(case, with_text=True),
        "names": case_history(case, language=words.language()).staff,
        "recipient": address_of(case),
    }
    return shell.render(request, "desk/review.html", context, owner=case.controller)


def _confirmed(claim: Claim) -> list[str]:
    """The lines of the checklist the author confirmed with this draft, by their codes."""
    asked = Event.objects.filter(stream=claim.case.stream, kind=EventKind.CLAIM_SUBMITTED.value).order_by("-seq")
    for event in asked:
        fields = events.fields(event)
        if fields["claim"] == str(claim.uuid):
            return [code for code in str(fields["data"].get("checked", "")).split(",") if code]
    return []
