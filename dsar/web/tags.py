"""Tags and filters of the pages, registered as built-ins in settings."""

from datetime import date, datetime
from typing import Any

from babel.units import format_unit
from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dsar.history import decision_labels, labels, people_labels
from dsar.history.typography import number as written_number
from dsar.web import words
from workflow.deadlines import brussels_date

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture of the sprite; always beside a word, so hidden from screen readers."""
    return format_html(
        '<svg class="i" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', static("icons.svg"), name
    )


@register.filter
def day(value: date | datetime | None) -> str:
    return words.day(_date(value)) if value else ""


@register.filter
def short(value: date | datetime | None) -> str:
    return words.short(_date(value)) if value else ""


@register.filter
def longday(value: date | datetime | None) -> str:
    return words.long(_date(value)) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    return words.moment(value) if value else ""


@register.filter
def exact(value: datetime | None) -> str:
    return words.exact(value) if value else ""


@register.filter
def filesize(value: int) -> str:
    """As people say it: 48 kB, 1.2 MB; never less than one."""
    big = value >= 1_000_000
    counted = round(value / 1_000_000, 1) if big else max(1, round(value / 1000))
    unit = "digital-megabyte" if big else "digital-kilobyte"
    return format_unit(counted, unit, length="short", locale=words.language())


@register.filter
def number(value: int | None) -> str:
    return "" if value is None else written_number(value, words.language())


_TABLES: dict[str, dict[Any, Any]] = {
    "right": labels.RIGHTS,
    "pause": labels.PAUSES,
    "pause_verdict": labels.VERDICTS,
    "pause_end": labels.PAUSE_ENDS,
    "fee": labels.FEES,
    "extension_reason": labels.EXTENSION_REASONS,
    "interim_ground": labels.INTERIM_GROUNDS,
    "article": labels.ARTICLES,
    "case": labels.CASE_STATES,
    "claim": labels.CLAIM_STATES,
    "outcome": labels.OUTCOMES,
    "ground": labels.GROUNDS,
    "level": labels.LEVELS,
    "method": labels.METHODS,
    "contact": labels.CONTACTS,
    "compared": labels.COMPARED,
    "origin": labels.ORIGINS,
    "channel": labels.CHANNELS,
    "language": labels.LANGUAGES,
    "scope": labels.SCOPES,
    "complaint": labels.COMPLAINTS,
    "second_look": labels.SECOND_LOOKS,
    "breach_sign": labels.BREACH_SIGNS,
    "breach_verdict": labels.BREACH_VERDICTS,
    "reopened": labels.REOPENED,
    "after_consent": labels.AFTER_CONSENT,
    "proof": labels.PROOFS,
    "means": labels.MEANS,
    "check": decision_labels.CHECKS,
    "self_check": decision_labels.SELF_CHECKS,
    "role": labels.ROLES,
    "relation": people_labels.RELATIONS,
    "advice": people_labels.ADVICES,
    "collection": labels.COLLECTIONS,
    "letter": labels.LETTERS,
    "notice": labels.NOTICES,
    "source_answer": labels.SOURCE_ANSWERS,
    "notice_action": labels.NOTICE_ACTIONS,
    "audience": {
        "person": _("the person"),
        "staff": _("colleagues"),
        "contact": _("a contact on file"),
        "company": _("another company"),
        "recipient": _("a recipient of the data"),
    },
    "letter_state": labels.LETTER_STATES,
    "identifier": {
        "name": _("name"),
        "email": _("account or other e-mail"),
        "phone": _("telephone"),
        "customer_number": _("customer number"),
        "earlier_case": _("earlier request"),
    },
    "message_kind": {
        "auto_reply": _("Automatic reply"),
        "bounce": _("Delivery report"),
        "list": _("Mailing list"),
        "spam": _("Spam"),
        "out_of_scope": _("About something else"),
        "empty": _("Empty message"),
    },
}


@register.filter
def named(code: str, table: str) -> str:
    """The words of a code; a code without words stays as it is."""
    return str(_TABLES[table].get(code, code))


@register.filter
def called(code: str, names: dict[str, str]) -> str:
    """The name of a member of staff; the code alone where it is not known."""
    return names.get(code, code)


@register.simple_tag(takes_context=True)
def typed(context: dict[str, Any], form: str, field: str, default: Any = "") -> Any:
    """What was typed into a field before the act was refused, else the default."""
    failed = context.get("failed")
    if failed is None or failed.form != form:
        return default
    return failed.data.get(field, "")


@register.simple_tag(takes_context=True)
def ticked(context: dict[str, Any], code: str) -> SafeString:
    """``checked`` for a line that was ticked before the act was refused."""
    failed = context.get("failed")
    kept = failed is not None and context.get("id", "") in failed.form and code in failed.data.getlist("checked")
    return SafeString(" checked" if kept else "")


@register.inclusion_tag("desk/case/_problem.html", takes_context=True)
def problem(context: dict[str, Any], form: str) -> dict[str, Any]:
    """Why the act of this form was refused, inside the form."""
    failed = context.get("failed")
    return {"sentence": failed.sentence if failed and failed.form == form else "", "form": form}


def _date(value: date | datetime) -> date:
    return brussels_date(value) if isinstance(value, datetime) else value
