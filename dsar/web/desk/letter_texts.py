"""The texts of the letters: read by everybody at the desk, changed by who sets the policy."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dsar.web.desk import fields, letter_samples, shell
from dsar.web.desk.access import SETS_POLICY, actor_of, controller, staff
from dsar.web.desk.letters import masked
from notifications import texts
from notifications.kinds import Letter
from notifications.letters import REGISTER, wording
from notifications.models import LetterText
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Controller, Staff
from workflow.states import Language

VERSIONS = 20
NAMES = dict(settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Line:
    """One letter of the list, with the number of its text in each language; 0 is the standard one."""

    letter: Letter
    audience: str
    numbers: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Preview:
    language: str
    name: str
    subject: str
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Version:
    row: LetterText
    who: str


@require_safe
@staff()
def texts_page(request: HttpRequest) -> HttpResponse:
    """Every letter, and whether its text is the standard one."""
    owner = controller()
    rows = LetterText.objects.filter(controller=owner).order_by("number")
    own = {(row.letter, row.language): 0 if row.is_standard else row.number for row in rows}
    lines = [
        Line(
            letter,
            entry.audience.value,
            [(code.value, own.get((letter.value, code.value), 0)) for code in Language],
        )
        for letter, entry in REGISTER.items()
    ]
    return shell.render(request, "desk/texts.html", {"view": "texts", "lines": lines}, owner=owner)


@require_http_methods(["GET", "HEAD", "POST"])
@staff()
def text_page(request: HttpRequest, letter: str, language: str) -> HttpResponse:
    """One letter in one language: its text, the preview in all four, its versions. POST previews or saves."""
    code, tongue = _found(letter, language)
    if request.method != "POST":
        return _show(request, code, tongue)
    typed = (request.POST.get("subject", ""), fields.text(request, "body"))
    try:
        if "preview" in request.POST:
            wording.check(code, tongue, *typed)
            return _show(request, code, tongue, typed=typed)
        _save(request, code, tongue, typed)
    except NotPermitted as refused:
        raise PermissionDenied(str(refused.sentence)) from refused
    except CannotDo as refused:
        return _show(request, code, tongue, typed=typed, sentence=str(refused.sentence), status=409)
    messages.success(request, _("The text is saved: letters made from now on say it."))
    return redirect("letter-text", letter=letter, language=language)


def _save(request: HttpRequest, letter: Letter, language: Language, typed: tuple[str, str]) -> None:
    owner, by, base = controller(), actor_of(request), fields.shown(request, "base") or 0
    if "standard" in request.POST:
        texts.back_to_standard(letter, language, base=base, controller=owner, by=by)
        return
    texts.change_text(letter, language, subject=typed[0], body=typed[1], base=base, controller=owner, by=by)


def _found(letter: str, language: str) -> tuple[Letter, Language]:
    try:
        return Letter(letter), Language(language)
    except ValueError:
        raise Http404 from None


def _show(
    request: HttpRequest,
    letter: Letter,
    language: Language,
    *,
    typed: tuple[str, str] | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    owner = controller()
    own = wording.latest(letter, language, owner)
    of_subject, of_body = wording.standard(letter, language)
    kept = (of_subject.text, of_body.text) if own is None or own.is_standard else (own.subject, own.body)
    subject, body = typed or kept
    context = {
        "view": "texts",
        "letter": letter.value,
        "language": language.value,
        "languages": [(code.value, NAMES[code.value]) for code in Language],
        "subject": subject,
        "body": body,
        "base": own.number if own else 0,
        "is_own": own is not None and not own.is_standard,
        "outdated": bool(own and not own.is_standard and wording.why_not(letter, language, own.subject, own.body)),
        "names": sorted(of_subject.names | of_body.names),
        "passages": _passages(letter, language, owner),
        "previews": _previews(letter, language, None if sentence else typed, owner),
        "unsaved": typed is not None,
        "versions": _versions(letter, language, owner),
        "may_change": actor_of(request).has(*SETS_POLICY),
        "sentence": sentence,
    }
    return shell.render(request, "desk/text.html", context, owner=owner, status=status)


def _previews(letter: Letter, language: Language, typed: tuple[str, str] | None, owner: Controller) -> list[Preview]:
    """The letter in the four languages, the edited one first and as it was typed."""
    found = []
    for code in sorted(Language, key=lambda one: one is not language):
        shown = wording.in_force(letter, code, owner)
        if typed is not None and code is language:
            shown = wording.of_text(letter, code, *typed)
        content = letter_samples.rendered(letter, code, shown, owner, settings.MAILBOX)
        found.append(Preview(code.value, NAMES[code.value], content.subject, masked(content.text), shown.number))
    return found


def _passages(letter: Letter, language: Language, owner: Controller) -> list[tuple[int, str]]:
    """What each fixed passage of the body says in the invented case; empty where it says something in others only."""
    _subject, body = wording.standard(letter, language)
    found = []
    for number, passage in enumerate(body.passages, start=1):
        alone = wording.Wording("–", passage)
        text = letter_samples.rendered(letter, language, alone, owner, settings.MAILBOX).text
        found.append((number, masked(text.strip())))
    return found


def _versions(letter: Letter, language: Language, owner: Controller) -> list[Version]:
    rows = LetterText.objects.filter(controller=owner, letter=letter.value, language=language.value)
    newest = list(rows.order_by("-number")[:VERSIONS])
    names = dict(Staff.objects.filter(code__in={row.created_by for row in newest}).values_list("code", "name"))
    return [Version(row, names.get(row.created_by, row.created_by)) for row in newest]
