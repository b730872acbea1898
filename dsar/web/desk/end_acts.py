"""Acts that end a case without an answer, or take such an end back."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from workflow import services
from workflow.models import Case, Claim
from workflow.states import OutOfScope


@act("other")
def out_of_scope(request: HttpRequest, case: Case) -> str:
    reason = fields.choice(request, "scope", OutOfScope)
    why, stop = fields.text(request, "why"), fields.text(request, "stop_for")
    services.declare_out_of_scope(case.pk, reason=reason, why=why, stop_for=stop, by=actor_of(request))
    if reason is OutOfScope.SPAM:
        return _("Out of scope; nobody is written to.")
    return _("Out of scope; the person is told where to turn.")


@act("other")
def back_in_scope(request: HttpRequest, case: Case) -> str:
    services.undo_out_of_scope(case.pk, why=fields.text(request, "why"), by=actor_of(request))
    return _("A request again; its first receipt counts.")


@act("other")
def withdrawn(request: HttpRequest, case: Case) -> str:
    """The whole case, or the one right that was chosen."""
    said, chosen = fields.text(request, "said"), request.POST.get("claim", "")
    known_by = fields.text(request, "known_by")
    if chosen:
        claim = get_object_or_404(Claim, case=case, uuid=_uuid(chosen))
        services.withdraw_claim(claim.pk, said=said, known_by=known_by, by=actor_of(request))
        return _("This right is withdrawn; the person gets a confirmation.")
    services.withdraw_case(case.pk, said=said, known_by=known_by, by=actor_of(request))
    return _("The request is withdrawn; the person gets a confirmation.")


@act("other")
def forward(request: HttpRequest, case: Case) -> str:
    services.forward(
        case.pk,
        controller=fields.text(request, "company"),
        address=fields.text(request, "address"),
        why=fields.text(request, "why"),
        by=actor_of(request),
    )
    return _("The request is passed on; the company and the person are told.")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
