"""Reading a form: what cannot be read is refused with a sentence, like any other act."""

from contextlib import suppress
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from workflow.deadlines import BRUSSELS
from workflow.guards import CannotDo
from workflow.states import Right

Code = TypeVar("Code", bound=StrEnum)
LONGEST_TEXT = 20_000


def text(request: HttpRequest, name: str) -> str:
    """What was typed, without the outer blanks. Raises CannotDo when it is longer than 20,000 characters."""
    value = request.POST.get(name, "").replace("\r\n", "\n").replace("\0", "").strip()
    if len(value) > LONGEST_TEXT:
        raise CannotDo(_("This text is too long: shorten it to 20,000 characters."))
    return value


def lines(request: HttpRequest, name: str) -> list[str]:
    """The lines that were typed, without blank ones. Raises CannotDo when they are too long together."""
    return [line.strip() for line in text(request, name).splitlines() if line.strip()]


def shown(request: HttpRequest, name: str) -> int | None:
    """The version, or the last event, that the page showed; None when the form does not say."""
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def choice(request: HttpRequest, name: str, codes: type[Code]) -> Code:
    """The chosen code. Raises CannotDo when nothing, or nothing known, was chosen."""
    value = optional(request, name, codes)
    if value is None:
        raise CannotDo(_("Choose one of the possibilities first."))
    return value


def optional(request: HttpRequest, name: str, codes: type[Code]) -> Code | None:
    """The chosen code or None. Raises CannotDo on a code that does not exist."""
    value = request.POST.get(name, "")
    if not value:
        return None
    try:
        return codes(value)
    except ValueError:
        raise CannotDo(_("This choice does not exist. Reload the page and choose again.")) from None


def several(request: HttpRequest, name: str, codes: type[Code]) -> list[Code]:
    """The ticked codes in their order; what does not exist counts as not ticked."""
    ticked = set(request.POST.getlist(name))
    return [code for code in codes if code.value in ticked]


def identifiers(request: HttpRequest, name: str) -> list[UUID]:
    """The ticked rows by their public ids; what is no id counts as not ticked."""
    found = []
    for value in request.POST.getlist(name):
        with suppress(ValueError):
            found.append(UUID(value))
    return found


def rights(request: HttpRequest) -> list[Right]:
    """The ticked rights, in the order of the law."""
    ticked = set(request.POST.getlist("rights"))
    return [right for right in Right if right.value in ticked]


def moment(request: HttpRequest, name: str) -> datetime | None:
    """Date and time of Brussels as an instant; None when left empty. Raises CannotDo on anything else."""
    value = request.POST.get(name, "").strip()
    if not value:
        return None
    try:
        return datetime.fromisoformat(value).replace(tzinfo=BRUSSELS)
    except ValueError:
        raise CannotDo(_("Write date and time like 2027-03-26 14:30.")) from None


def day(request: HttpRequest, name: str) -> date:
    """A calendar date. Raises CannotDo on anything else."""
    try:
        return date.fromisoformat(request.POST.get(name, "").strip())
    except ValueError:
        raise CannotDo(_("Write the date like 2027-03-26.")) from None


def number(request: HttpRequest, name: str) -> int:
    """A whole number. Raises CannotDo on anything else."""
    try:
        return int(request.POST.get(name, ""))
    except ValueError:
        raise CannotDo(_("This form was incomplete. Reload the page and try again.")) from None


def cents(request: HttpRequest, name: str) -> int:
    """An amount in euros, with a point or a comma, as cents. Raises CannotDo on anything else."""
    value = request.POST.get(name, "").replace("€", "").replace(" ", "").replace("\xa0", "").replace(",", ".")
    try:
        return int((Decimal(value) * 100).to_integral_exact(rounding=ROUND_HALF_UP))
    except ArithmeticError:
        raise CannotDo(_("Write the amount in euros, like 12.50.")) from None
