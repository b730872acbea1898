"""The settings: every choice of the organisation, explained, with its legal warning and its versions."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dsar.history.typography import number
from dsar.web import words
from dsar.web.desk import fields, policy_words, shell
from dsar.web.desk.access import SETS_POLICY, actor_of, controller, staff
from workflow import queries, services
from workflow.departures import Departure, departures
from workflow.guards import CannotDo
from workflow.models import Controller, PolicyVersion, Staff
from workflow.policy import Policy, Setting, changed, settings_of, with_value

VERSIONS = 20
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """One setting: ``value`` is what the control shows, ``usual`` the default in words."""

    setting: Setting
    label: str
    hint: str
    value: Any
    options: list[tuple[str, str]]
    usual: str
    warnings: list[tuple[str, bool]]

    @property
    def field(self) -> str:
        return f"s-{self.setting.path.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    title: str
    intro: str
    lines: list[Line]
    failed: str = ""
    reason: str = ""
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One version: who, when, and each setting as it was and as it became."""

    version: PolicyVersion
    who: str
    lines: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Refused:
    section: str
    sentence: str
    policy: Policy
    reason: str


@require_safe
@staff()
def settings_page(request: HttpRequest) -> HttpResponse:
    """Every setting with its explanation; forms for managers and administrators."""
    return _show(request)


@require_POST
@staff(*SETS_POLICY)
def change(request: HttpRequest, section: str) -> HttpResponse:
    """A new version from the settings of one section."""
    paths = {code: paths for code, _title, _intro, paths in policy_words.SECTIONS}.get(section)
    if paths is None:
        raise Http404
    owner = controller()
    wanted, reason = _latest(owner).policy, fields.text(request, "reason")
    try:
        for path in paths:
            wanted = with_value(wanted, path, request.POST.get(path, ""))
        base = fields.shown(request, "base")
        services.set_policy(wanted, controller=owner, reason=reason, base=base, by=actor_of(request))
    except ValueError as wrong:
        label = policy_words.SETTINGS[str(wrong)][0]
        sentence = _("“%(setting)s” cannot have this value. Correct it and save again.") % {"setting": label}
        return _show(request, Refused(section, sentence, wanted, reason), status=409)
    except CannotDo as refused:
        return _show(request, Refused(section, str(refused.sentence), wanted, reason), status=409)
    messages.success(request, _("The settings are saved as a new version."))
    return redirect("settings")


def _show(request: HttpRequest, refused: Refused | None = None, *, status: int = 200) -> HttpResponse:
    owner = controller()
    latest = _latest(owner)
    context = {
        "view": "settings",
        "version": latest,
        "sections": [_section(*one, latest.policy, refused) for one in policy_words.SECTIONS],
        "changes": _changes(owner),
        "may_change": actor_of(request).has(*SETS_POLICY),
        "seen_by_one": queries.seen_by_one(owner, since=timezone.now() - YEAR),
        "paused": queries.paused(owner, since=timezone.now() - YEAR),
        "failed_policy": refused,
    }
    return shell.render(request, "desk/settings.html", context, owner=owner, status=status)


def _latest(owner: Controller) -> PolicyVersion:
    return PolicyVersion.objects.filter(controller=owner).order_by("-number")[0]


def _section(
    code: str, title: Any, intro: Any, paths: tuple[str, ...], policy: Policy, refused: Refused | None
) -> Section:
    here = refused if refused is not None and refused.section == code else None
    shown = here.policy if here else policy
    settings = {one.path: one for one in settings_of(shown)}
    usual = {one.path: one for one in settings_of(Policy())}
    warnings = departures(shown)
    lines = [_line(settings[path], usual[path], warnings) for path in paths]
    return Section(
        code,
        str(title),
        str(intro),
        lines,
        failed=here.sentence if here else "",
        reason=here.reason if here else "",
        grave=any(grave for line in lines for _sentence, grave in line.warnings),
    )


def _line(setting: Setting, usual: Setting, warnings: tuple[Departure, ...]) -> Line:
    label, hint = policy_words.SETTINGS[setting.path]
    options = [(code, _told(setting, code)) for code in setting.options]
    mine = [(str(policy_words.DEPARTURES[one.code]), one.grave) for one in warnings if one.path == setting.path]
    value = _told(usual, usual.told) if setting.value != usual.value else ""
    return Line(setting, str(label), str(hint), setting.told, options, value, mine)


def _told(setting: Setting, value: Any) -> str:
    if setting.kind == "flag":
        return _("yes") if value else _("no")
    if setting.kind == "whole":
        return number(int(value), words.language())
    options = policy_words.OPTIONS.get(setting.path, {})
    return str(options.get(str(value), value)) or "–"


def _changes(owner: Controller) -> list[Change]:
    """The newest versions, each with what it changed."""
    versions = list(PolicyVersion.objects.filter(controller=owner).order_by("-number")[: VERSIONS + 1])
    names = dict(Staff.objects.filter(code__in={one.created_by for one in versions}).values_list("code", "name"))
    found = []
    for after, before in zip(versions, [*versions[1:], None], strict=True):
        pairs = changed(before.policy, after.policy) if before else ()
        lines = [
            (str(policy_words.SETTINGS[new.path][0]), _told(old, old.told), _told(new, new.told)) for old, new in pairs
        ]
        who = names.get(after.created_by) or str(policy_words.CHANGED_BY_NOBODY)
        found.append(Change(after, who, lines))
    return found[:VERSIONS]
