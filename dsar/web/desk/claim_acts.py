"""The acts on one right of a case: draft, submit, review, record the answer."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dsar.web.desk import fields, own_paragraphs
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from workflow import services
from workflow.checklists import Check
from workflow.guards import CannotDo
from workflow.models import Case, Claim
from workflow.states import FAST_LANE, ExecutionProof, Ground, Means, Outcome, Right, SelfCheck


def of_case(case: Case, claim: UUID) -> Claim:
    """The right of this case, or 404."""
    return get_object_or_404(Claim, case=case, uuid=claim)


@act("decisions")
def draft(request: HttpRequest, case: Case, claim: UUID) -> str:
    services.draft(
        of_case(case, claim).pk,
        outcome=fields.choice(request, "outcome", Outcome),
        ground=fields.optional(request, "ground", Ground),
        facts=fields.text(request, "facts"),
        by_download=request.POST.get("way") == "download",
        own=own_paragraphs.typed(request),
        changes_reach=request.POST.get("changes_reach") == "1",
        version=fields.shown(request, "version"),
        by=actor_of(request),
    )
    return _("The draft is saved.")


@act("decisions")
def submit(request: HttpRequest, case: Case, claim: UUID) -> str:
    row = of_case(case, claim)
    checked = fields.several(request, "checked", Check)
    services.submit(row.pk, version=fields.shown(request, "version"), checked=checked, by=actor_of(request))
    if Right(row.right) in FAST_LANE:
        return _("Approved: this right needs no second reader.")
    return _("A second person reads the draft now.")


@act("decisions")
def approve(request: HttpRequest, case: Case, claim: UUID) -> str:
    services.approve(
        of_case(case, claim).pk,
        version=fields.number(request, "version"),
        checked=fields.several(request, "checked", SelfCheck),
        by=actor_of(request),
    )
    return _("The decision is approved.")


@act("decisions")
def send_back(request: HttpRequest, case: Case, claim: UUID) -> str:
    services.send_back(of_case(case, claim).pk, comment=fields.text(request, "comment"), by=actor_of(request))
    return _("The draft went back to its author.")


@act("decisions")
def step_failed(request: HttpRequest, case: Case, claim: UUID) -> str:
    source, why = fields.text(request, "source"), fields.text(request, "why")
    services.record_step_failed(of_case(case, claim).pk, source=source, why=why, by=actor_of(request))
    return _("Recorded: the right is open again and its letter does not leave.")


@act("decisions")
def step_settled(request: HttpRequest, case: Case, claim: UUID) -> str:
    services.settle_step(
        of_case(case, claim).pk,
        source=request.POST.get("source", ""),
        by_hand=request.POST.get("how") == "by_hand",
        reason=fields.text(request, "reason"),
        by=actor_of(request),
    )
    return _("Recorded. Submit the decision again when nothing else failed.")


@act("decisions")
def carried_out(request: HttpRequest, case: Case, claim: UUID) -> str:
    at = fields.moment(request, "at")
    if at is None:
        raise CannotDo(_("Say when it was done."))
    recorded = services.record_execution(
        of_case(case, claim).pk,
        checked=fields.several(request, "checked", Check),
        done=fields.text(request, "done"),
        where=fields.text(request, "where"),
        at=at,
        proof=fields.choice(request, "proof", ExecutionProof),
        seen=fields.text(request, "seen"),
        by=actor_of(request),
    )
    if not recorded:
        return _("The text differs from what was approved: it is a draft now. Submit it, a second person reads it.")
    return _("Recorded: the answer may leave now.")


@act("decisions")
def answer(request: HttpRequest, case: Case, claim: UUID) -> str:
    at = fields.moment(request, "at")
    if at is None:
        raise CannotDo(_("Say when the answer left."))
    services.answer(
        of_case(case, claim).pk,
        at=at,
        means=fields.choice(request, "means", Means),
        evidence=fields.text(request, "evidence"),
        by=actor_of(request),
    )
    return _("The answer is recorded.")


@act("decisions")
def explain_recipients(request: HttpRequest, case: Case, claim: UUID) -> str:
    services.explain_recipients(of_case(case, claim).pk, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("Recorded: nobody has to be told what was done to these data.")
