"""Acts after an answer or beside it: the second look, the question after a withdrawn consent."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case, Claim
from workflow.states import AfterConsent, Means, SecondLook


@act("second-look")
def decide_second_look(request: HttpRequest, case: Case) -> str:
    outcome = fields.choice(request, "outcome", SecondLook)
    services.decide_reexamination(
        case.pk,
        outcome=outcome,
        position=fields.text(request, "position"),
        rights=fields.rights(request) if outcome is SecondLook.CHANGED else [],
        outside=fields.text(request, "outside"),
        by=actor_of(request),
    )
    return _("The second look is done; the person is written to.")


@act("second-look")
def answer_second_look(request: HttpRequest, case: Case) -> str:
    at = fields.moment(request, "at")
    if at is None:
        raise CannotDo(_("Say when the answer left."))
    services.answer_reexamination(
        case.pk,
        at=at,
        means=fields.choice(request, "means", Means),
        evidence=fields.text(request, "evidence"),
        by=actor_of(request),
    )
    return _("The complaint is answered.")


@act("decisions")
def despite_restriction(request: HttpRequest, case: Case, claim: UUID) -> str:
    row = get_object_or_404(Claim, case=case, uuid=claim)
    services.erase_despite_restriction(row.pk, said=fields.text(request, "said"), by=actor_of(request))
    return _("Recorded: the restricted data may be erased.")


@act("decisions")
def abuse(request: HttpRequest, case: Case, claim: UUID) -> str:
    row = get_object_or_404(Claim, case=case, uuid=claim)
    services.evidence_abuse(row.pk, text=fields.text(request, "text"), by=actor_of(request))
    return _("Recorded; a manager has to approve such a refusal.")


@act("decisions")
def after_consent(request: HttpRequest, case: Case, claim: UUID) -> str:
    row = get_object_or_404(Claim, case=case, uuid=claim)
    answer = fields.choice(request, "answer", AfterConsent)
    services.follow_consent(row.pk, answer=answer, basis=fields.text(request, "basis"), by=actor_of(request))
    if answer is AfterConsent.ERASE:
        return _("Erasure is a right of this case now.")
    return _("Recorded: another legal basis allows to keep the data.")
