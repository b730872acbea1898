"""An officer says who wrote what another's mail brought: then the person is acknowledged, and a colleague thanked.

Whoever else passed it on, a list or somebody, is written to no more.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.intake.authorities import of_an_authority
from dsar.intake.enclosures import Through
from dsar.intake.models import InboundMessage, PassedOn
from notifications.models import Thread
from workflow import services
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.models import Case
from workflow.permissions import Act


def confirm_writer(
    case_id: int, *, email: str, name: str, arrived_at: datetime, compared: bool = False, by: Actor
) -> None:
    """The person who wrote, and when it first reached one of us (aware): from then the time limit runs.

    ``compared``: the officer has seen the original in the colleague's mailbox. Raises CannotDo with a sentence when
    that is needed and was not done, when the mail came after it was passed on, or when it was said already.
    """
    require(by, Act.WORK_ON_CASE)
    with transaction.atomic():
        passed, outer = _waiting(case_id, compared=compared)
        if arrived_at > outer:
            raise CannotDo(_("It cannot have arrived after your colleague passed it on."))
        colleague = passed.colleague if passed.through == Through.COLLEAGUE.value else ""
        if passed.through == Through.LIST.value and email.strip().lower() == passed.colleague:
            raise CannotDo(_("This is the address of the list: everybody on it would read our letters."))
        _identify(passed, email=email, name=name, received_at=arrived_at, colleague=colleague, by=by)


def is_the_writer(case_id: int, *, compared: bool = False, by: Actor) -> None:
    """Who sent it writes for themself, as any person may: the mail's own sender and its own receipt.

    ``compared`` as above. Raises CannotDo for what a list handed on: nobody can be written to there.
    """
    require(by, Act.WORK_ON_CASE)
    with transaction.atomic():
        passed, outer = _waiting(case_id, compared=compared)
        if passed.through == Through.LIST.value:
            raise CannotDo(_("This is the address of the list: everybody on it would read our letters."))
        _identify(passed, email=passed.colleague, name="", received_at=outer, colleague="", by=by)


def _waiting(case_id: int, *, compared: bool) -> tuple[PassedOn, datetime]:
    passed = PassedOn.objects.select_for_update().filter(case_id=case_id, confirmed_at=None).first()
    if passed is None:
        raise CannotDo(_("Who wrote this was said already. Reload the page to see what was done."))
    if passed.doubtful and not compared:
        raise CannotDo(
            _("Ask your colleague first, and compare this message with the original in their mailbox; then tick that.")
        )
    passed.compared = compared
    brought = InboundMessage.objects.filter(Q(case_id=case_id) | Q(shares__case_id=case_id))
    first = brought.order_by("received_at", "id").first()
    return passed, first.received_at if first else Case.objects.get(pk=case_id).received_at


def _identify(passed: PassedOn, *, email: str, name: str, received_at: datetime, colleague: str, by: Actor) -> None:
    if of_an_authority(email):
        services.recognise_authority(passed.case_id, words=email.rpartition("@")[2], by=by)
    # First how to write to the person: the event orders the acknowledgement.
    answered = {"in_reply_to": passed.message_id, "references": ""} if email.lower() != passed.colleague else {}
    Thread.objects.filter(case_id=passed.case_id).update(address=email.lower(), acknowledge=True, **answered)
    services.identify_writer(
        passed.case_id,
        email=email,
        name=name,
        received_at=received_at,
        colleague=colleague,
        compared=passed.compared,
        by=by,
    )
    PassedOn.objects.filter(pk=passed.pk).update(
        confirmed_at=timezone.now(), confirmed_by=by.code, compared=passed.compared
    )
