"""The acts on the fee of one right: ask, approve, record what became of it."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from dsar.web.desk.claim_acts import of_case
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.states import Ground, SelfCheck


@act("decisions")
def ask(request: HttpRequest, case: Case, claim: UUID) -> str:
    services.ask_fee(
        of_case(case, claim).pk,
        cents=fields.cents(request, "amount"),
        ground=fields.choice(request, "ground", Ground),
        facts=fields.text(request, "facts"),
        calculation=fields.text(request, "calculation"),
        how_to_pay=fields.text(request, "how"),
        by=actor_of(request),
    )
    return _("A manager decides now about the fee. The right stays open and the clock runs on.")


@act("decisions")
def approve(request: HttpRequest, case: Case, claim: UUID) -> str:
    services.approve_fee(
        of_case(case, claim).pk,
        cents=fields.number(request, "cents"),
        checked=fields.several(request, "checked", SelfCheck),
        by=actor_of(request),
    )
    return _("The fee is approved and its letter is leaving.")


@act("decisions")
def drop(request: HttpRequest, case: Case, claim: UUID) -> str:
    services.drop_fee(of_case(case, claim).pk, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("No fee is asked.")


@act("decisions")
def posted(request: HttpRequest, case: Case, claim: UUID) -> str:
    at = fields.moment(request, "at")
    if at is None:
        raise CannotDo(_("Say when it was posted."))
    evidence = fields.text(request, "evidence")
    services.announce_fee(of_case(case, claim).pk, at=at, evidence=evidence, by=actor_of(request))
    return _("The posting is recorded.")


@act("decisions")
def paid(request: HttpRequest, case: Case, claim: UUID) -> str:
    services.record_fee_paid(of_case(case, claim).pk, evidence=fields.text(request, "evidence"), by=actor_of(request))
    return _("The payment is recorded: answer the request now.")


@act("decisions")
def unpaid(request: HttpRequest, case: Case, claim: UUID) -> str:
    services.record_fee_unpaid(of_case(case, claim).pk, said=fields.text(request, "said"), by=actor_of(request))
    return _("Recorded. Refuse the right with its reasons, or answer it free of charge.")
