"""The page of one case: everything needed to carry it, on one screen."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from dsar.exports import services as exports
from dsar.exports.models import ExportBundle
from dsar.history import derivation, journal, labels
from dsar.history.timeline import CaseKeepsChanging, case_history
from dsar.intake import outside
from dsar.intake.models import PassedOn
from dsar.intake.suggestions import filed_beside
from dsar.sources.by_hand import attached_to
from dsar.web import errors, words
from dsar.web.desk import (
    acknowledgement,
    breaches,
    decisions,
    ends,
    formalities,
    halves,
    identity,
    lacking,
    letters,
    opinions,
    releases,
    shell,
    sight,
    timing,
)
from dsar.web.desk.access import READS_CASES, READS_MAIL, READS_TRAYS, WORKS_ON_CASES, actor_of, controller, staff
from dsar.web.desk.actions import live_claims, next_for
from dsar.web.desk.linking import absorbed_notes, in_trays, proposals
from dsar.web.desk.mail import Mail, known_by, mails_of
from dsar.web.desk.parts import moved_here
from dsar.web.desk.ruler import ruler_of
from dsar.web.desk.sender import senders_of
from dsar.web.desk.splitting import Split, splits_of
from dsar.web.desk.standing import clock_of, miles_of
from notifications.letters import languages_of
from workflow import queries, services
from workflow.actors import Actor
from workflow.deadlines import BRUSSELS
from workflow.guards import level_needed, untold_recipients
from workflow.models import Case, Staff
from workflow.states import (
    LEVEL_OF_METHOD,
    ClaimState,
    EventKind,
    IdentityLevel,
    IdentityMethod,
    Means,
    NoticeAction,
    Relation,
    Right,
    SourceAnswer,
)


@dataclass(frozen=True, slots=True)
class Failed:
    """An act that was refused: its form, why, and what was typed into it."""

    form: str
    sentence: str
    data: QueryDict


def find(request: HttpRequest, uuid: UUID) -> Case:
    """The case, with what its page needs. Raises Http404 where this reader may not see it: for them there is none."""
    cases = (
        queries.visible_to(actor_of(request))
        .select_related(
            "controller", "assignee", "policy_version", "merged_into", "split_from", "passed_on", "extension"
        )
        .prefetch_related("claims", "pauses", "requirements", "collections")
    )
    return get_object_or_404(cases, uuid=uuid, controller=controller())


@require_safe
@staff(*READS_CASES)
def case_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The case; that it was looked at goes to the access stream, the one thing a GET writes."""
    case = find(request, uuid)
    response = show(request, case)
    if response.status_code == 200:
        services.record_access(EventKind.CASE_VIEWED, case=case, by=actor_of(request))
    return response


def show(request: HttpRequest, case: Case, *, failed: Failed | None = None, status: int = 200) -> HttpResponse:
    """The page; with ``failed`` the form keeps what was typed and says why it was refused."""
    try:
        standing = _standing(case, actor_of(request))
        around_time = timing.of(case, standing["dates"], actor_of(request))
        context = {**standing, **around_time, **_content(request, case, failed), **_history(case)}
    except CaseKeepsChanging as busy:
        return errors.busy(request, str(busy))
    return shell.render(
        request, "desk/case.html", {**context, "case": case, "failed": failed}, owner=case.controller, status=status
    )


def _standing(case: Case, actor: Actor) -> dict[str, Any]:
    today = words.today()
    dates = services.deadlines_of(case)
    return {
        "dates": dates,
        "derivation": derivation.explain(dates, words.language()),
        "ruler": ruler_of(case, dates, today),
        "clock": clock_of(case, today),
        "miles": miles_of(case, today),
        "next": next_for(case, actor),
        "unanswered": services.is_unanswered(case, today),
    }


def _content(request: HttpRequest, case: Case, failed: Failed | None) -> dict[str, Any]:
    actor = actor_of(request)
    claims = live_claims(case)
    rights = [Right(claim.right) for claim in claims]
    mails = mails_of(case, with_text=actor.has(*READS_MAIL))
    known = {claim.right: claim for claim in claims}
    shown = [decisions.of(case, claim, actor) for claim in claims]
    files = attached_to(case.pk)
    sheet = formalities.sheet(case)
    bundle = ExportBundle.objects.filter(case=case).order_by("-requested_at", "-id").first()
    return {
        "claims": claims,
        "written_in": [(language.value, "") for language in languages_of(case)],
        "mails": mails,
        "splits": _splits(request, mails, failed) if actor.has(*WORKS_ON_CASES) else [],
        "known_by": known_by(mails),
        "takes_back": any(mail.message.takes_back for mail in mails),
        "complains": any(mail.message.kind == "complaint" for mail in mails),
        "absorbed_notes": absorbed_notes(case) if actor.has(*READS_MAIL) else [],
        "moved_here": moved_here(case, with_text=actor.has(*READS_MAIL)),
        **_passed_on(case),
        "outside_mails": outside.waiting(case),
        "outside_claims": [claim for claim in claims if claim.state != ClaimState.ANSWERED.value],
        "acknowledgement": acknowledgement.of(case),
        "proposals": proposals(case, to=actor) if actor.has(*WORKS_ON_CASES) else [],
        "filed_beside": filed_beside(case) if actor.has(*READS_TRAYS) else [],
        "in_trays": in_trays(case) if actor.has(*WORKS_ON_CASES) else [],
        "senders": senders_of([mail.message for mail in mails], with_text=actor.has(*READS_MAIL)),
        "formalities": sheet,
        "open_conditions": [line for line in sheet if line.open],
        "rights": [(right, known.get(right.value)) for right in Right],
        "undecided": [claim for claim in claims if not claim.confirmed],
        "level_needed": level_needed(case, rights),
        **identity.of(case, actor),
        "methods": _methods(services.needed_of(case)),
        "checks": list(case.identity_checks.all()),
        "files": files,
        "bundle": bundle,
        "export_stands": exports.stands(bundle, files),
        "decisions": shown,
        "to_review": next((one for one in shown if one.can_review and (one.own is None or not one.own.why_not)), None),
        "letters": letters.of(case, with_text=actor.has(*READS_MAIL)),
        "unmade": lacking.of(case),
        "prints_letters": actor.has(*WORKS_ON_CASES),
        "letter_languages": settings.LANGUAGES,
        "notices": services.notices_of(case),
        "untold": list(untold_recipients(case)),
        "sources_asked": services.sources_asked(case) if actor.has(*READS_MAIL) else [],
        "source_answers": list(SourceAnswer),
        "notice_ends": services.NOTICE_ENDS,
        "notice_actions": list(NoticeAction),
        "portable": [claim for claim in claims if services.may_be_transferred(claim)],
        "means": [Means.POSTED, Means.HANDED_OVER],
        "relations": list(Relation),
        "earlier": services.earlier_requests(case, to=actor) if rights else [],
        "same_person": list(queries.of_same_person(case, to=actor)[:20]),
        "absorbed": list(case.absorbed.all()),
        "follows": _visible(case.linked_to, actor),
        "goes_on_in": _visible(case.merged_into, actor),
        **sight.of(case, actor),
        **opinions.of(case, actor),
        **ends.of(case, actor),
        **breaches.of(case, actor),
        **releases.of(case, actor),
        **halves.of(case, actor),
        "carriers": _carriers(case) if actor.has(*WORKS_ON_CASES) else [],
    }


def _splits(request: HttpRequest, mails: list[Mail], failed: Failed | None) -> list[Split]:
    """The forms that divide a message; asked for by its uuid in the address, or proposed."""
    wanted = request.GET.get("split", "")
    return splits_of(mails, wanted=wanted, failed=failed.form if failed else "", data=failed.data if failed else None)


def _visible(case: Case | None, actor: Actor) -> Case | None:
    """Another case that may be named on this page; None where the reader may not know of it."""
    return case if case is not None and queries.sees(actor, case) else None


def _passed_on(case: Case) -> dict[str, Any]:
    """What a colleague forwarded, as long as nobody has said who wrote it."""
    row = PassedOn.objects.filter(case=case, confirmed_at=None).first() if case.is_open else None
    at = case.received_at.astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M") if row else ""
    return {"passed_on": row, "passed_on_at": at}


def _history(case: Case) -> dict[str, Any]:
    history = case_history(case, language=words.language())
    rows = journal.rows(history, words.language())
    icons = [_ICONS.get(event.kind, "circle") for event in history.events]
    events = [{**row, "icon": icon} for row, icon in zip(rows, icons, strict=True)]
    return {
        "events": events[::-1],
        "integrity": history.integrity,
        "fault": labels.FAULTS.get(history.integrity.why),
        "names": history.staff,
    }


def _methods(needed: IdentityLevel) -> list[IdentityMethod]:
    """What is strong enough for these rights."""
    return [method for method, level in LEVEL_OF_METHOD.items() if level >= needed]


def _carriers(case: Case) -> list[Staff]:
    codes = [role.value for role in WORKS_ON_CASES]
    working = Staff.objects.filter(is_active=True, roles__role__in=codes).distinct().order_by("name")
    return [one for one in working if queries.sees(one.actor(), case)]


_ICONS: dict[str, str] = {
    EventKind.REPLY_WRITTEN: "letter",
    EventKind.OWN_WORDS_WRITTEN: "letter",
    EventKind.RECIPIENT_TOLD: "letter",
    EventKind.SOURCE_ASKED: "letter",
    EventKind.SOURCE_ANSWERED: "check",
    EventKind.RECIPIENT_SETTLED: "check",
    EventKind.DATA_TRANSFERRED: "send",
    EventKind.POST_WRITTEN: "letter",
    EventKind.CASE_RECEIVED: "mail",
    EventKind.MESSAGE_ATTACHED: "mail",
    EventKind.MESSAGE_REREAD: "mail",
    EventKind.OUTSIDE_MAIL_FILED: "mail",
    EventKind.OUTSIDE_ANSWER_CONFIRMED: "check",
    EventKind.OUTSIDE_ANSWER_DENIED: "minus",
    EventKind.REPLY_READ: "eye",
    EventKind.LETTER_SENT: "letter",
    EventKind.LETTER_WRITTEN: "letter",
    EventKind.LETTER_UNDELIVERABLE: "alert",
    EventKind.ACKNOWLEDGEMENT_ORDERED: "letter",
    EventKind.CLAIMS_CONFIRMED: "scales",
    EventKind.CLAIM_DRAFTED: "scales",
    EventKind.CLAIM_SUBMITTED: "eye",
    EventKind.CLAIM_SENT_BACK: "undo",
    EventKind.CLAIM_APPROVED: "check",
    EventKind.EXECUTION_VERIFIED: "check-circle",
    EventKind.CLAIM_ANSWERED: "send",
    EventKind.IDENTITY_ASKED: "id",
    EventKind.IDENTITY_VERIFIED: "check-circle",
    EventKind.IDENTITY_NOT_REQUIRED: "minus",
    EventKind.IDENTITY_FELL: "alert",
    EventKind.CLOCK_PAUSED: "pause",
    EventKind.CLOCK_OVERRIDDEN: "pause",
    EventKind.LATER_REPLY_TAKEN: "pause",
    EventKind.SCOPE_LIFTED: "clock",
    EventKind.CLARIFICATION_ASKED: "letter",
    EventKind.MANDATE_ASKED: "letter",
    EventKind.QUESTION_ANSWERED: "mail",
    EventKind.EXTENSION_ASKED: "clock",
    EventKind.EXTENSION_APPROVED: "check",
    EventKind.CASE_EXTENDED: "clock",
    EventKind.EXTENSION_NOTICE_LOST: "alert",
    EventKind.EXTENSION_LAPSED: "alert",
    EventKind.DELAY_APOLOGISED: "letter",
    EventKind.INTERIM_RESTRICTED: "lock",
    EventKind.INTERIM_LIFTED: "undo",
    EventKind.RESTRICTION_LIFTED: "undo",
    EventKind.CLOCK_RESUMED: "clock",
    EventKind.CASE_TAKEN: "user",
    EventKind.CASE_ASSIGNED: "user",
    EventKind.DATA_ATTACHED: "db",
    EventKind.NOTHING_HELD_RECORDED: "db",
    EventKind.EXPORT_READY: "download",
    EventKind.CASE_PROCESSED: "check-circle",
    EventKind.CASE_CLOSED: "lock",
    EventKind.REEXAMINATION_DECIDED: "eye",
    EventKind.REEXAMINATION_ANSWERED: "send",
    EventKind.REEXAMINATION_ANSWER_LOST: "alert",
    EventKind.HOLD_PLACED: "lock",
    EventKind.HOLD_RELEASED: "check",
    EventKind.ADDRESS_SUPPRESSED: "check",
    EventKind.DOCUMENT_RECOGNISED: "id",
    EventKind.DOCUMENT_DENIED: "minus",
    EventKind.ORIGINAL_DESTROYED: "minus",
    EventKind.EXPORT_ERASED: "minus",
    EventKind.CASE_ANONYMISED: "minus",
    EventKind.ABUSE_EVIDENCED: "alert",
    EventKind.FEE_ASKED: "scales",
    EventKind.FEE_APPROVED: "check",
    EventKind.FEE_TOLD: "send",
    EventKind.FEE_PAID: "check-circle",
    EventKind.FEE_UNPAID: "minus",
    EventKind.FEE_DROPPED: "undo",
    EventKind.CONSENT_FOLLOWED: "scales",
    EventKind.CASE_OUT_OF_SCOPE: "minus",
    EventKind.CASE_BACK_IN_SCOPE: "undo",
    EventKind.CLAIM_WITHDRAWN: "minus",
    EventKind.CASE_WITHDRAWN: "minus",
    EventKind.CASE_FORWARDED: "right",
    EventKind.CASE_REOPENED: "undo",
    EventKind.RIGHTS_REOPENED: "undo",
    EventKind.CASE_MERGED: "right",
    EventKind.CASE_ABSORBED: "right",
    EventKind.CASE_SPLIT: "right",
    EventKind.CASE_SPLIT_OFF: "right",
    EventKind.CASE_KEPT_APART: "check",
    EventKind.CONDITION_MET: "check",
    EventKind.CONDITION_WAIVED: "minus",
    EventKind.MESSAGE_REMOVED: "right",
    EventKind.RECEIVED_EARLIER: "clock",
    EventKind.REPLY_ARRIVED_EARLIER: "clock",
    EventKind.DATA_REMOVED: "db",
    EventKind.COMPLAINT_RAISED: "alert",
    EventKind.BREACH_PROPOSED: "alert",
    EventKind.BREACH_REMINDED: "alert",
    EventKind.AUTHORITY_RECOGNISED: "alert",
    EventKind.MILESTONE_REACHED: "clock",
    EventKind.CASE_OVERDUE: "alert",
    EventKind.REFUSAL_FOUND_LATE: "alert",
    EventKind.NOTE_ADDED: "clip",
    EventKind.RELATION_RECORDED: "user",
    EventKind.ACCESS_RESTRICTION_DECLINED: "eye",
    EventKind.ACCESS_RESTRICTED: "lock",
    EventKind.ACCESS_OPENED: "eye",
    EventKind.OPINION_RECORDED: "scales",
    EventKind.OPINION_DEPARTED: "alert",
}
