"""The person's page: where the request stands, in plain words, behind the link of the acknowledgement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dsar.web import words
from dsar.web.languages import CODES
from dsar.web.portal import plain, waiting
from notifications import letters, tokens
from workflow import services
from workflow.actors import PERSON
from workflow.deadlines import brussels_date
from workflow.models import Case, Claim
from workflow.sealing import KeyGone
from workflow.states import CaseState, ClaimState, FeeState, Ground, Language, Outcome, Right


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone: ``style`` is done or next; empty when it lies further on."""

    name: str
    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One right in plain words; the decision is told once it is answered."""

    wish: str
    standing: str
    outcome: str = ""
    ground: str = ""
    facts: str = ""
    done: str = ""
    refused: bool = False


@require_safe
def status(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one case in its language, or in the one chosen by ``?lang=``.

    A wrong token gives the same neutral 404 whatever is wrong with it. Nothing is written.
    """
    return show(request, token)


# Nothing a browser sends by itself opens this page: the token in the address is all there is, so no other site can
# have it posted, and no cookie is set.
@csrf_exempt
@require_POST
def code(request: HttpRequest, token: str) -> HttpResponse:
    """The person gives back the code that went to a contact on file."""
    case, shown = _opened(token)
    if case is None:
        return show(request, token)
    if shown is None:
        return show(request, token, refused=True, status=422)
    came = services.return_code(shown.pk, text=request.POST.get("code", "")[:100], by=PERSON)
    if came is services.Returned.RIGHT:
        lang = request.GET.get("lang", "")
        return redirect(f"{reverse('portal', args=[token])}{f'?lang={lang}' if lang in CODES else ''}#identity")
    return show(request, token, refused=True, status=422)


@csrf_exempt  # as above
@require_POST
def language(request: HttpRequest, token: str) -> HttpResponse:
    """The person chooses the language of the letters to come; the page follows."""
    (case, shown), chosen = _opened(token), request.POST.get("language", "")
    if case is None or chosen not in CODES:
        return show(request, token)
    if shown is not None:
        services.choose_language(shown.pk, language=Language(chosen), by=PERSON)
    return redirect(f"{reverse('portal', args=[token])}?lang={chosen}#written-in")


def _opened(token: str) -> tuple[Case | None, Case | None]:
    """The case a link belongs to, and the one its page shows: none of another address, into which it was merged."""
    cases = Case.objects.select_related("controller", "policy_version", "merged_into")
    case = cases.filter(pk=tokens.case_of_portal(token)).first()
    if case is None or case.merged_into is None:
        return case, case
    target = cases.get(pk=letters.goes_on_in(case).pk)
    return case, target if letters.is_told_of(case, target) else None


def show(request: HttpRequest, token: str, *, refused: bool = False, status: int = 200, **more: Any) -> HttpResponse:
    """The page of the case behind this token, with ``more`` of what just happened to say on it."""
    case, shown = _opened(token)
    chosen = request.GET.get("lang", "")
    language = chosen if chosen in CODES else case.language if case else settings.LANGUAGE_CODE
    with translation.override(language):
        if case is None:
            response = render(request, "portal/unknown.html", _around(language), status=404)
        elif shown is None:
            response = render(
                request, "portal/elsewhere.html", {**_around(language), **_of_another(case)}, status=status
            )
        else:
            waits = waiting.of(case)  # its own, also where the page tells of the case it was merged into
            context = {**_around(language), **_of(shown), "token": token, "refused": refused, "waiting": waits, **more}
            response = render(request, "portal/status.html", context, status=status)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _around(language: str) -> dict[str, Any]:
    return {"language": language, "languages": settings.LANGUAGES, "mailbox": settings.MAILBOX}


def _of_another(case: Case) -> dict[str, Any]:
    """What its letter to this address said (M16O), and nothing of the case it went into."""
    return {"case": case, "received": case.receipt_date}


def _of(shown: Case) -> dict[str, Any]:
    claims = [claim for claim in shown.claims.all() if claim.state != ClaimState.WITHDRAWN.value]
    order = list(Right)
    asked = [_asked(claim) for claim in sorted(claims, key=lambda claim: order.index(Right(claim.right)))]
    dates = services.deadlines_of(shown)
    return {
        "case": shown,
        "steps": _steps(shown, dates.paused_days or 0),
        "asked": asked,
        "due": dates.case_due if shown.is_open else None,
        "late": shown.is_open and dates.case_due is not None and dates.case_due < words.today(),
        "waits_for_person": shown.state in {CaseState.AWAITING_IDENTITY.value, CaseState.AWAITING_CLARIFICATION.value},
        # Whether a code is on its way, or not: else the page would say whether we know the person.
        "asks_code": shown.is_open and shown.confirmed_at is not None and services.identity_is_wanting(shown),
        "confirmed": shown.confirmed_at is not None,
        "charged": any(claim.fee in {FeeState.ASKED.value, FeeState.PAID.value} for claim in claims),
        "any_refused": any(one.refused for one in asked),
        "is_over": not shown.is_open,
        "second_looks": _second_looks(shown),
    }


def _second_looks(case: Case) -> list[str]:
    """Our position on a complaint, once it is answered."""
    try:
        return [services.position_of(row) for row in case.reexaminations.filter(answered_at__isnull=False)]
    except KeyGone:
        return []


def _steps(case: Case, paused: int) -> list[Step]:
    received = Step(_("Received"), "done", _on(case.receipt_date))
    if case.verified_at is not None:
        text = _on(brussels_date(case.verified_at))
        if paused:
            text += " " + _("The time limit stood still for %(days)s while we waited for you.") % {
                "days": plain.days(paused)
            }
        identity = Step(_("Identity verified"), "done", text)
    elif not case.identity_needed:
        identity = Step(_("Identity"), "done", _("We do not need proof of who you are."))
    elif case.unidentified:
        identity = Step(_("Identity"), "", _("We could not be sure who wrote to us. You can still answer our e-mail."))
    elif case.state == CaseState.AWAITING_IDENTITY.value:
        identity = Step(_("Identity"), "next", _("We asked you a question. Please answer our e-mail."))
    else:
        identity = Step(_("Identity"), "next", _("Not yet. We tell you if we need something from you."))
    if case.processed_at is not None:
        return [received, identity, Step(_("Processed"), "done", _on(brussels_date(case.processed_at)))]
    if not case.is_open:
        return [received, identity, Step(_("Processed"), "", _("This request is closed."))]
    style = "next" if identity.style == "done" else ""
    return [received, identity, Step(_("Processed"), style, _("Not yet. We are working on it."))]


def _asked(claim: Claim) -> Asked:
    wish = plain.wish(Right(claim.right))
    if fee := services.fee_told(claim):
        return Asked(wish, _("we ask a fee"), plain.fee(fee), plain.ground(Ground(fee.ground)), _fee_facts(claim))
    if claim.state != ClaimState.ANSWERED.value or claim.answered_at is None:
        return Asked(wish, _("in progress"))
    day = _on(brussels_date(claim.answered_at))
    refused = claim.outcome in {Outcome.REFUSED.value, Outcome.PARTLY_GRANTED.value}
    try:
        facts, done = services.facts_of(claim), services.done_of(claim)
    except KeyGone:
        facts = done = ""
    if claim.executed_at is not None:
        seen = _("Done on %(day)s.") % {"day": words.long(brussels_date(claim.executed_at))}
        done = f"{done}\n{seen}" if done else seen
    return Asked(
        wish,
        _("answered %(on)s") % {"on": day},
        plain.outcome(Outcome(claim.outcome)),
        plain.ground(Ground(claim.ground)) if claim.ground else "",
        facts,
        done,
        refused,
    )


def _fee_facts(claim: Claim) -> str:
    try:
        return services.fee_words_of(claim).get("facts", "")
    except KeyGone:
        return ""


def _on(day: date) -> str:
    return _("on %(day)s") % {"day": words.long(day)}
