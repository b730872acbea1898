"""T03 as a whole: the law joins the cases, their messages and files go along under the target's key."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.intake import services as intake
from dsar.intake.models import InboundMessage, MessagePart, Share
from dsar.sources import by_hand
from workflow import services
from workflow.actors import Actor
from workflow.guards import CannotDo, identity_is_settled
from workflow.models import Case


def merge(case_id: int, *, into: int, same_person: str = "", by: Actor) -> None:
    """Merge a case and all it holds into another one of the same person; both histories stay.

    ``same_person``: how the officer knows that one person wrote both, when the addresses differ.
    Raises CannotDo with a sentence when the law forbids it, or when collected data would come
    into a case whose person nobody has verified.
    """
    with transaction.atomic():
        services.merge(case_id, into=into, same_person=same_person, by=by)
        target = Case.objects.get(pk=into)
        if Share.objects.filter(case=case_id, message__shares__case=into).exists():
            raise CannotDo(_("Both cases come from one message that several people wrote: they are never merged."))
        files = by_hand.attached_to(case_id)
        if files and not identity_is_settled(target):
            raise CannotDo(_("Verify identity in the other case first: this one already holds collected data."))
        for file in files:
            by_hand.carry_over(file, to=target, by=by)
        divided = Share.objects.filter(case=case_id)
        moved = InboundMessage.objects.filter(case_id=case_id)
        parts = MessagePart.objects.filter(moved_to=case_id)
        messages = [
            *moved.values_list("pk", flat=True),
            *parts.values_list("message", flat=True),
            *divided.values_list("message", flat=True),
        ]
        moved.update(case=target)
        parts.update(moved_to=target)
        divided.update(case=target)
        InboundMessage.objects.filter(pk__in=messages).update(next_try_at=timezone.now())
    for message in InboundMessage.objects.filter(pk__in=messages):
        intake.settle(message)
