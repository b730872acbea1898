"""Acts on the clock: questions and replies, the extension and its notice, an apology, a freeze meanwhile."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.states import ExtensionReason, InterimGround, PauseKind, SelfCheck


def _day(request: HttpRequest, name: str) -> date | None:
    value = request.POST.get(name, "").strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise CannotDo(_("Write the date like 2027-03-26.")) from None


@act("questions")
def ask_clarification(request: HttpRequest, case: Case) -> str:
    stops = request.POST.get("stops", "") == "1"
    services.ask_clarification(
        case.pk,
        question=fields.text(request, "question"),
        choices=fields.text(request, "choices").splitlines(),
        stops_clock=stops,
        volume=fields.text(request, "volume"),
        by=actor_of(request),
    )
    if stops:
        return _("The question is leaving. The clock stops when the letter has left.")
    return _("The question is leaving; the clock runs on.")


@act("questions")
def ask_mandate(request: HttpRequest, case: Case) -> str:
    services.ask_mandate(case.pk, question=fields.text(request, "question"), by=actor_of(request))
    return _("The mandate is being asked for. The clock stops when the letter has left.")


@act("questions")
def reply(request: HttpRequest, case: Case) -> str:
    services.record_reply(
        case.pk,
        kind=fields.choice(request, "kind", PauseKind),
        arrived_at=fields.moment(request, "arrived_at"),
        everything=request.POST.get("how", "") == "everything",
        note=fields.text(request, "note"),
        by=actor_of(request),
    )
    return _("The reply is recorded; the clock runs from the day it arrived.")


@act("questions")
def posted(request: HttpRequest, case: Case) -> str:
    at = fields.moment(request, "at")
    if at is None:
        raise CannotDo(_("Say when it was posted."))
    services.record_question_posted(
        case.pk,
        kind=fields.choice(request, "kind", PauseKind),
        at=at,
        evidence=fields.text(request, "evidence"),
        by=actor_of(request),
    )
    return _("The posting is recorded.")


@act("questions")
def reminded(request: HttpRequest, case: Case) -> str:
    at = fields.moment(request, "at")
    if at is None:
        raise CannotDo(_("Say when it was posted."))
    services.record_reminder_posted(
        case.pk,
        kind=fields.choice(request, "kind", PauseKind),
        at=at,
        evidence=fields.text(request, "evidence"),
        by=actor_of(request),
    )
    return _("The posting is recorded.")


@act("questions")
def admit(request: HttpRequest, case: Case) -> str:
    kind = fields.choice(request, "kind", PauseKind)
    services.admit_late_question(case.pk, kind=kind, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("The late question stops the clock. Auditors see your reason.")


@act("extension")
def ask_extension(request: HttpRequest, case: Case) -> str:
    services.ask_extension(
        case.pk,
        months=fields.number(request, "months"),
        reason=fields.choice(request, "reason", ExtensionReason),
        why=fields.text(request, "why"),
        done=fields.text(request, "done"),
        promised=_day(request, "promised"),
        by=actor_of(request),
    )
    return _("A second person decides now about the extension.")


@act("extension")
def approve_extension(request: HttpRequest, case: Case) -> str:
    checked = fields.several(request, "checked", SelfCheck)
    services.approve_extension(case.pk, seen=fields.shown(request, "seen"), checked=checked, by=actor_of(request))
    return _("The extension is approved. It counts when its letter has left.")


@act("extension")
def decline_extension(request: HttpRequest, case: Case) -> str:
    services.decline_extension(case.pk, comment=fields.text(request, "comment"), by=actor_of(request))
    return _("The extension is declined; the due date stays.")


@act("extension")
def announce_extension(request: HttpRequest, case: Case) -> str:
    at = fields.moment(request, "at")
    if at is None:
        raise CannotDo(_("Say when it was posted."))
    services.announce_extension(case.pk, at=at, evidence=fields.text(request, "evidence"), by=actor_of(request))
    return _("The notice is recorded; the promised date counts now.")


@act("extension")
def apologise(request: HttpRequest, case: Case) -> str:
    until = _day(request, "until")
    if until is None:
        raise CannotDo(_("Write by when the answer comes."))
    services.apologise(case.pk, why=fields.text(request, "why"), until=until, by=actor_of(request))
    return _("The apology is leaving.")


@act("freeze")
def freeze(request: HttpRequest, case: Case) -> str:
    ground = fields.choice(request, "ground", InterimGround)
    services.restrict_interim(case.pk, ground=ground, how=fields.text(request, "how"), by=actor_of(request))
    return _("Recorded: the data are frozen while the request is examined.")


@act("freeze")
def no_freeze(request: HttpRequest, case: Case) -> str:
    services.decline_interim(case.pk, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("Recorded: nothing has to be frozen meanwhile.")


@act("freeze")
def announce_lifting(request: HttpRequest, case: Case) -> str:
    on = _day(request, "on")
    if on is None:
        raise CannotDo(_("Write on which day the freeze ends."))
    services.announce_lifting(case.pk, on=on, reason=fields.text(request, "reason"), by=actor_of(request))
    return _("The person is being warned.")


@act("freeze")
def lift(request: HttpRequest, case: Case) -> str:
    services.lift_interim(case.pk, evidence=fields.text(request, "evidence"), by=actor_of(request))
    return _("The freeze is over.")


@act("other")
def processor(request: HttpRequest, case: Case) -> str:
    at = fields.moment(request, "at")
    if at is None:
        raise CannotDo(_("Write when it reached the processor."))
    services.name_processor(case.pk, processor=fields.text(request, "processor"), received_at=at, by=actor_of(request))
    return _("Recorded. The settings of this case say whose receipt counts.")
