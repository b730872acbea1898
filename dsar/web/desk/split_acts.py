"""The acts that part what came together: a message of several people, and the rights of one case."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dsar.intake import dividing, halving
from dsar.intake.dividing import Division
from dsar.intake.models import InboundMessage
from dsar.intake.persons import EVERYBODY, Person, Standing
from dsar.web.desk import fields
from dsar.web.desk.access import actor_of
from dsar.web.desk.acts import act
from dsar.web.desk.splitting import number_in, slots_of
from workflow.guards import CannotDo
from workflow.models import Case


@act("messages")
def divide(request: HttpRequest, case: Case, message: UUID) -> str:
    """The form came back: the people who were named, and whose each sentence is."""
    row = get_object_or_404(InboundMessage, case=case, uuid=message)
    named = [slot for slot in slots_of(request.POST) if slot.name.strip()]
    order = {EVERYBODY: EVERYBODY} | {slot.number: n for n, slot in enumerate(named, 1)}
    count = sum(key.startswith("whose-") for key in request.POST)
    try:
        whose = tuple(order[number_in(request.POST, f"whose-{n}")] for n in range(count))
        files = {part.uuid: order[number_in(request.POST, f"file-{part.uuid}")] for part in row.parts.all()}
        people = tuple(Person(slot.name[:200], Standing(slot.standing)) for slot in named)
    except KeyError:
        raise CannotDo(_("A sentence or a file goes to a person without a name: write the name.")) from None
    except ValueError:
        raise CannotDo(_("This choice does not exist. Reload the page and choose again.")) from None
    chosen = Division(people, whose, fields.text(request, "text"), files)
    cases = dividing.divide(row.pk, chosen, by=actor_of(request))
    others = ", ".join(one.reference for one in cases if one.pk != case.pk)
    return _("Each person has a case with their part now; new: %(references)s. Each is acknowledged to the writer.") % {
        "references": others
    }


@act("messages")
def one_person(request: HttpRequest, case: Case, message: UUID) -> str:
    row = get_object_or_404(InboundMessage, case=case, uuid=message)
    dividing.is_one_persons(row.pk, by=actor_of(request))
    return _("Recorded: only one person asks in this message.")


@act("other")
def split_case(request: HttpRequest, case: Case) -> str:
    part = halving.halve(
        case.pk,
        rights=fields.rights(request),
        why=fields.text(request, "why"),
        seen=fields.shown(request, "seen"),
        by=actor_of(request),
    )
    return _("Split: the rights you chose go on in %(reference)s, and the person is told.") % {
        "reference": part.reference
    }
