"""The acts on a case: read the form, call one service, say what was done."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dsar.exports import services as exports
from dsar.exports import tasks as export_tasks
from dsar.exports.models import BundleState
from dsar.intake import forwarding, merging
from dsar.intake.enclosures import Through
from dsar.intake.models import PassedOn
from dsar.sources import by_hand
from dsar.sources.base import BadRecords
from dsar.web.desk import case as page
from dsar.web.desk import fields, own_paragraphs
from dsar.web.desk.access import READS_CASES, actor_of, staff
from notifications import acknowledging
from workflow import queries, services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Staff
from workflow.states import ClaimState, Compared, IdentityMethod, ReopenReason, RequirementCode

Act = Callable[..., str]
CONFLICT, UNREADABLE = 409, 422
_DECIDED = (ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value)


def act(anchor: str) -> Callable[[Act], Callable[..., HttpResponse]]:
    """A view of an act that returns the sentence of what was done.

    Refused: the page again, status 409 (422 for a file that cannot be read), with the
    sentence beside the form and the typed text kept. Without the role: 403.
    """

    def decorate(perform: Act) -> Callable[..., HttpResponse]:
        @wraps(perform)
        def view(request: HttpRequest, uuid: UUID, **more: Any) -> HttpResponse:
            case = page.find(request, uuid)
            place = f"claim-{more['claim']}" if "claim" in more else anchor
            try:
                with own_paragraphs.told_first(request, case):
                    done = perform(request, case, **more)
            except NotPermitted as refused:
                raise PermissionDenied(str(refused.sentence)) from None
            except CannotDo as refused:
                return _again(request, uuid, str(refused.sentence), CONFLICT)
            except BadRecords as refused:
                return _again(request, uuid, _(refused.sentence) % refused.values, UNREADABLE)
            messages.success(request, done)
            if not queries.sees(actor_of(request), case):
                return redirect("queue")  # the act itself closed the case to this reader
            return redirect(f"{reverse('case', args=[uuid])}#{place}")

        return require_POST(staff(*READS_CASES)(view))

    return decorate


def _again(request: HttpRequest, uuid: UUID, sentence: str, status: int) -> HttpResponse:
    form = request.POST.get("form", "")
    failed = page.Failed(form, sentence, request.POST)
    return page.show(request, page.find(request, uuid), failed=failed, status=status)


@act("rights")
def confirm(request: HttpRequest, case: Case) -> str:
    rights, seen, because = fields.rights(request), fields.shown(request, "seen"), fields.text(request, "because")
    services.confirm_claims(case.pk, rights=rights, seen=seen, because=because, by=actor_of(request))
    return _("The rights are confirmed.")


@act("messages")
def read_reply(request: HttpRequest, case: Case) -> str:
    services.read_reply(case.pk, seen=fields.shown(request, "seen"), by=actor_of(request))
    return _("Marked as read.")


@act("formalities")
def meet(request: HttpRequest, case: Case) -> str:
    code, reason = fields.choice(request, "condition", RequirementCode), fields.text(request, "reason")
    services.meet_condition(case.pk, code=code, reason=reason, by=actor_of(request))
    return _("The condition is recorded as met.")


@act("formalities")
def waive(request: HttpRequest, case: Case) -> str:
    code, reason = fields.choice(request, "condition", RequirementCode), fields.text(request, "reason")
    services.waive_condition(case.pk, code=code, reason=reason, by=actor_of(request))
    return _("The condition is waived.")


@act("identity")
def ask_identity(request: HttpRequest, case: Case) -> str:
    services.ask_identity(case.pk, doubt=fields.text(request, "doubt"), by=actor_of(request))
    return _("Proof of identity is being asked for. The clock stops when the letter has left.")


@act("identity")
def verify_identity(request: HttpRequest, case: Case) -> str:
    verified = services.verify_identity(
        case.pk,
        method=fields.choice(request, "method", IdentityMethod),
        note=fields.text(request, "note"),
        arrived_at=fields.moment(request, "arrived_at"),
        channel=fields.optional(request, "channel", IdentityMethod),
        facts=fields.text(request, "facts").splitlines(),
        compared=fields.several(request, "compared", Compared),
        high_risk=fields.text(request, "high_risk"),
        later=fields.text(request, "later"),
        by=actor_of(request),
    )
    return _("Identity is verified.") if verified else _("Recorded. Somebody else has to look at the document too.")


@act("collection")
def take(request: HttpRequest, case: Case) -> str:
    services.take(case.pk, by=actor_of(request))
    return _("You carry this case now.")


@act("other")
def assign(request: HttpRequest, case: Case) -> str:
    person = Staff.objects.filter(code=request.POST.get("staff", "")).first()
    if person is None:
        raise CannotDo(_("Choose who is to carry the case."))
    services.assign(case.pk, staff=person, by=actor_of(request))
    return _("%(name)s carries this case now.") % {"name": person.name}


@act("collection")
def attach(request: HttpRequest, case: Case) -> str:
    files = request.FILES.getlist("file")
    if not files:
        raise CannotDo(_("Choose a JSON or CSV file first."))
    decided = list(case.claims.filter(state__in=_DECIDED).values_list("pk", flat=True))
    done = ""
    for file in files:
        if done:  # what is attached stays, whatever becomes of the next file
            messages.success(request, done)
        row = by_hand.attach(case.pk, name=file.name or "", stream=file, by=actor_of(request))  # type: ignore[arg-type]
        done = ngettext("%(name)s is attached: %(n)s record.", "%(name)s is attached: %(n)s records.", row.records) % {
            "name": row.name,
            "n": row.records,
        }
    if case.claims.filter(pk__in=decided, state=ClaimState.OPEN.value).exists():
        done += " " + _("The data changed, so the decisions on it have to be submitted again.")
    return done


@act("collection")
def nothing_held(request: HttpRequest, case: Case) -> str:
    how = fields.text(request, "how")
    services.record_nothing_held(case.pk, source=by_hand.SOURCE, how=how, by=actor_of(request))
    return _("Recorded: searched, nothing held.")


@act("collection")
def export(request: HttpRequest, case: Case) -> str:
    bundle = exports.request_bundle(case.pk, by=actor_of(request))
    if bundle.state == BundleState.READY:
        return _("The export of these files is ready already.")
    export_tasks.nudge(bundle.pk)
    return _("The export is being made. Reload the page in a moment.")


@act("notes")
def note(request: HttpRequest, case: Case) -> str:
    services.add_note(case.pk, text=fields.text(request, "text"), by=actor_of(request))
    return _("The note is in the history.")


@act("messages")
def keep_apart(request: HttpRequest, case: Case) -> str:
    services.keep_apart(case.pk, by=actor_of(request))
    if acknowledging.held(page.find(request, case.uuid), timezone.now()) in {None, acknowledging.Held.LEAVING}:
        return _("A request of its own; its acknowledgement is leaving.")
    return _("A request of its own. See why no acknowledgement has left yet.")


@act("acknowledgement")
def acknowledge(request: HttpRequest, case: Case) -> str:
    acknowledging.acknowledge_now(case.pk, by=actor_of(request))
    return _("The acknowledgement is leaving.")


@act("messages")
def confirm_writer(request: HttpRequest, case: Case) -> str:
    at = fields.moment(request, "at")
    if at is None:
        raise CannotDo(_("Write when it first reached one of us."))
    forwarding.confirm_writer(
        case.pk,
        email=fields.text(request, "email"),
        name=fields.text(request, "name"),
        arrived_at=at,
        compared=_compared(request),
        by=actor_of(request),
    )
    thanked = PassedOn.objects.filter(case=case, through=Through.COLLEAGUE.value).exists()
    return _("The person is acknowledged and the colleague thanked.") if thanked else _("The person is acknowledged.")


@act("messages")
def colleague_writes(request: HttpRequest, case: Case) -> str:
    forwarding.is_the_writer(case.pk, compared=_compared(request), by=actor_of(request))
    ours = PassedOn.objects.filter(case=case, through=Through.COLLEAGUE.value).exists()
    if ours:
        return _("A request of the colleague’s own; its acknowledgement is leaving.")
    return _("A request of the sender’s own; its acknowledgement is leaving.")


def _compared(request: HttpRequest) -> bool:
    return request.POST.get("compared") == "yes"


@act("other")
def merge(request: HttpRequest, case: Case) -> str:
    reference = request.POST.get("into", "").strip().upper()
    seen = queries.visible_to(actor_of(request))
    target = seen.filter(controller=case.controller, reference=reference).first()
    if target is None:
        raise CannotDo(_("There is no case with this reference."))
    merging.merge(case.pk, into=target.pk, same_person=fields.text(request, "same_person"), by=actor_of(request))
    return _("Merged into %(reference)s, which keeps the earlier receipt.") % {"reference": target.reference}


@act("decisions")
def reopen(request: HttpRequest, case: Case) -> str:
    because = fields.optional(request, "because", ReopenReason) or ReopenReason.INCOMPLETE
    reason, rights = fields.text(request, "reason"), fields.rights(request)
    services.reopen(case.pk, reason=reason, rights=rights, because=because, by=actor_of(request))
    return _("The case is open again; its first receipt counts.")


@act("other")
def close(request: HttpRequest, case: Case) -> str:
    services.close(case.pk, by=actor_of(request))
    return _("The case is closed.")
