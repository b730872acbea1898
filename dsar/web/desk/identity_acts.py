"""Acts of the identity ladder: contacts on file and the codes sent there."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from workflow import services
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.states import ContactKind, ContactOrigin


@act("identity")
def record_contact(request: HttpRequest, case: Case) -> str:
    services.record_contact(
        case.pk,
        kind=fields.choice(request, "kind", ContactKind),
        value=fields.text(request, "value"),
        origin=fields.choice(request, "origin", ContactOrigin),
        known_since=fields.day(request, "known_since"),
        by=actor_of(request),
    )
    return _("The contact on file is recorded.")


@act("identity")
def announce_contact(request: HttpRequest, case: Case) -> str:
    kind, value = fields.choice(request, "kind", ContactKind), fields.text(request, "value")
    services.announce_contact(case.pk, kind=kind, value=value, by=actor_of(request))
    return _("Recorded. The addresses on file are warned; the new contact proves nothing in this case.")


@act("identity")
def confirm_document(request: HttpRequest, case: Case, check: UUID) -> str:
    services.confirm_document(case.pk, check=check, by=actor_of(request))
    return _("Identity is verified.")


@act("identity")
def deny_contact(request: HttpRequest, case: Case, contact: UUID) -> str:
    services.deny_contact(case.pk, contact=contact, text=fields.text(request, "said"), by=actor_of(request))
    return _("Recorded. No code sent to this contact proves anything now.")


@act("identity")
def send_code(request: HttpRequest, case: Case, contact: UUID) -> str:
    services.send_code(case.pk, contact=contact, by=actor_of(request))
    return _("A code leaves for the contact on file; it stops no clock.")


@act("identity")
def return_code(request: HttpRequest, case: Case) -> str:
    """The person told the code in a way the machine does not read."""
    came = services.return_code(
        case.pk,
        text=fields.text(request, "code"),
        arrived_at=fields.moment(request, "arrived_at"),
        by=actor_of(request),
    )
    if came is not services.Returned.RIGHT:
        raise CannotDo(WRONG[came])
    return _("The code is right.")


WRONG = {
    services.Returned.WRONG: gettext_lazy("This is not the code. A wrong one counts as a try."),
    services.Returned.SPENT: gettext_lazy("This is not the code, and it was the last try. Send a new code."),
    services.Returned.NONE_OPEN: gettext_lazy("No code is open any more. Send a new one."),
}
