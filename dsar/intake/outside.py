"""A colleague answered the person from their own mailbox, with ours in copy: filed in the case, proposed as an answer.

Nothing of it counts by itself. An officer reads it and says which rights it answers, see ``workflow.services.outside``;
what it asks, quoting the person perhaps, is proposed as unsure, so that no request is lost in it.
"""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dsar.intake import automatic, forwarded
from dsar.intake.models import InboundMessage, OutsideMail
from dsar.intake.parsing import ParsedMessage
from workflow import services
from workflow.actors import Actor
from workflow.guards import CannotDo
from workflow.models import Case, Claim, Controller, Staff
from workflow.models.case import OPEN
from workflow.states import ContactKind


def is_a_colleague(address: str) -> bool:
    """Somebody of ours: a member of staff, or an address at our domain."""
    own = automatic.is_own_address(address, (_own_domain(),))
    return bool(address) and (own or Staff.objects.filter(email__iexact=address, is_active=True).exists())


def case_written_to(parsed: ParsedMessage, controller: Controller) -> Case | None:
    """The open case whose person a colleague writes to here; None of every other mail.

    The newest, where a person has several: an officer may move it. Not what is passed on, that is a request; not what
    may come from a stranger who writes under our name; not what a colleague writes about themself.
    """
    if len(parsed.senders) != 1 or automatic.sender_denied(parsed):
        return None
    writer = parsed.senders[0].address
    readers = {one.address for one in parsed.recipients} - {writer, *_ours(controller)}
    if not readers or not is_a_colleague(writer):
        return None
    inner = forwarded.inner(parsed, (_own_domain(),))
    if inner is not None and inner.address not in readers:
        return None  # what stands below came from somebody else: it is passed on to us, not answered
    on_file = Q(known_contacts__kind=ContactKind.EMAIL.value, known_contacts__value__in=readers)
    theirs = Q(person_email__in=readers) | Q(written_by__in=readers) | on_file
    cases = Case.objects.filter(theirs, controller=controller, state__in=OPEN).exclude(person_email=writer)
    return cases.distinct().order_by("-received_at", "-id").first()


def _ours(controller: Controller) -> set[str]:
    boxes = controller.mailboxes.values_list("address", flat=True)
    return {settings.MAILBOX, *settings.MAILBOX_ALIASES, *boxes}


def _own_domain() -> str:
    return str(settings.MAILBOX.rpartition("@")[2])


def waiting(case: Case) -> list[OutsideMail]:
    """Mails of colleagues nobody has judged yet, the oldest first."""
    rows = OutsideMail.objects.filter(message__case=case, judged_at=None).select_related("message")
    return list(rows.order_by("message__received_at", "message__id"))


def confirm(case_id: int, message: UUID, *, claims: list[UUID], by: Actor) -> None:
    """It answers these rights of the case, on its own date. Raises CannotDo without one, or when it was judged."""
    with transaction.atomic():
        row = _locked(case_id, message)
        found = list(Claim.objects.filter(case_id=case_id, uuid__in=claims))
        if not found:
            raise CannotDo(_("Choose the rights this mail answers."))
        for claim in found:
            services.confirm_outside_answer(
                claim.pk, message=message, sent_at=row.message.received_at, digest=row.message.raw.sha256, by=by
            )
        _judge(row, answers=True, by=by)


def deny(case_id: int, message: UUID, *, why: str, by: Actor) -> None:
    """It answers nothing: our own letters do. Raises CannotDo without a reason, or when it was judged."""
    with transaction.atomic():
        row = _locked(case_id, message)
        services.deny_outside_answer(case_id, message=message, sent_at=row.message.received_at, why=why, by=by)
        _judge(row, answers=False, by=by)


def _locked(case_id: int, message: UUID) -> OutsideMail:
    Case.objects.select_for_update().get(pk=case_id)  # the case first, as every service does
    rows = OutsideMail.objects.select_for_update(of=("self",)).select_related("message__raw")
    row = rows.filter(message__uuid=message, message__case_id=case_id, judged_at=None).first()
    if row is None:
        raise CannotDo(_("What this mail is was said already. Reload the page to see what was done."))
    return row


def _judge(row: OutsideMail, *, answers: bool, by: Actor) -> None:
    row.answers, row.judged_at, row.judged_by = answers, timezone.now(), by.code
    row.save()


def keep(message: InboundMessage) -> None:
    """In the transaction that files it."""
    OutsideMail.objects.create(message=message)
