"""The admissibility sheet: the policy's formalities (clause 7.7) beside what the law demands.

For information: a formality of the policy alone never rejects a request (domain §1.5).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from dsar.history import labels
from dsar.web import words
from dsar.web.desk.mail import Mail
from workflow.deadlines import brussels_date
from workflow.models import Case
from workflow.states import Channel, IdentityLevel


@dataclass(frozen=True, slots=True)
class Verdict:
    """``style`` is ok, wait or off; ``why`` follows the words."""

    style: str
    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    condition: str
    policy: Verdict
    law: Verdict


def sheet(case: Case, mails: Sequence[Mail]) -> list[Line]:
    """One line a condition; nothing here moves the case."""
    scans = any(part.row.identity_document for mail in mails for part in mail.parts)
    return [
        Line(_("Right clearly stated"), _stated(case), _stated(case)),
        _mailbox(case, mails),
        Line(
            _("Dated"),
            _met(_("date of the e-mail")) if case.channel == Channel.EMAIL.value else _look(),
            _not_demanded(),
        ),
        Line(_("Signed"), _look(), _not_demanded(_("no form is prescribed, Art. 12"))),
        Line(
            _("Copy of an identity document"),
            _met(_("received with the request")) if scans else _look(),
            _not_demanded(_("only in case of reasonable doubt, Art. 12(6)")),
        ),
        Line(_("Identity established"), Verdict("off", _("Not foreseen")), _identity(case)),
    ]


def _mailbox(case: Case, mails: Sequence[Mail]) -> Line:
    by_mail = case.channel == Channel.EMAIL.value and bool(mails)
    name = settings.MAILBOX.partition("@")[0]
    return Line(
        _("Sent to %(mailbox)s@") % {"mailbox": name},
        _met() if by_mail else _look(),
        _not_demanded(_("any usual way is valid")),
    )


def _stated(case: Case) -> Verdict:
    if case.confirmed_at is None:
        return Verdict("wait", _("To be confirmed"))
    return _met(_("confirmed on %(day)s") % {"day": words.short(brussels_date(case.confirmed_at))})


def _identity(case: Case) -> Verdict:
    if case.verified_at is not None:
        day = words.short(brussels_date(case.verified_at))
        return _met(_("%(level)s, on %(day)s") % {"level": case.identity_level, "day": day})
    if not case.identity_needed:
        return Verdict("off", _("Not demanded"), str(labels.LEVELS[IdentityLevel.L0]))
    return Verdict("wait", _("Still to be verified"))


def _met(why: str = "") -> Verdict:
    return Verdict("ok", _("Met"), why)


def _look() -> Verdict:
    return Verdict("off", _("Not checked"), _("never a reason to refuse"))


def _not_demanded(why: str = "") -> Verdict:
    return Verdict("off", _("Not demanded"), why)
