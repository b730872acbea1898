"""The number a new case gets, and an instant from which no time can run."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from workflow import deadlines
from workflow.actors import Actor
from workflow.guards import CannotDo
from workflow.models import Controller, ReferenceCounter
from workflow.states import ActorKind


def check_arrival(received_at: datetime, *, now: datetime, by: Actor) -> None:
    """Raises CannotDo where staff say that a request arrives later than now; no door of mail counts such an instant."""
    if by.kind is ActorKind.STAFF and received_at > now:
        raise CannotDo(_("It cannot have arrived in the future."))


def next_reference(controller: Controller, received_at: datetime) -> str:
    """``DSR-YYYY-NNNN`` of the Brussels year of receipt; at least four digits."""
    year = deadlines.brussels_date(received_at).year
    ReferenceCounter.objects.get_or_create(controller=controller, year=year)
    counter = ReferenceCounter.objects.select_for_update().get(controller=controller, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"DSR-{year}-{counter.last:04d}"
