"""The suppression list: who objected to advertising is written to no more, also after their case is erased.

Whoever sends advertising asks ``suppressed_among`` (or ``manage.py suppressed``) before every sending. The key of the
digests lies in the key store beside the keys of the cases, and no data backup holds it.
"""

import hashlib
import hmac
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dsar.lists.addresses import is_address, spelled
from dsar.lists.models import SuppressedAddress
from workflow import events
from workflow.actors import LISTS, Actor
from workflow.guards import CannotDo
from workflow.models import Case, Claim, Controller, Event, HolderKey, Pending
from workflow.sealing import KeyGone
from workflow.services import record_freeze_of_advertising, record_suppression, record_unsuppression
from workflow.states import Consumer, EventKind

_LABEL = b"suppression list v1"
_BATCH = 500


def suppressed_among(controller: Controller, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses no advertising may go to, spelled as they were given.

    Raises ValueError for what is no address, KeyGone when there is a list and its key is not in the key store.
    """
    key = _key(controller)
    digest_of = {address: _digest(key, address) for address in addresses}
    digests = list(digest_of.values())
    found: set[str] = set()
    for start in range(0, len(digests), _BATCH):
        rows = SuppressedAddress.objects.filter(controller=controller, digest__in=digests[start : start + _BATCH])
        found.update(rows.values_list("digest", flat=True))
    return {address for address, digest in digest_of.items() if digest in found}


def suppress(controller: Controller, address: str) -> bool:
    """Put an address on the list, in the caller's transaction; False when it stands there already.

    Raises ValueError for what is no address.
    """
    digest = _digest(_key(controller), address)
    _row, new = SuppressedAddress.objects.get_or_create(controller=controller, digest=digest)
    return new


def consume(event_id: int) -> bool:
    """Put the person of an answered objection to advertising, or somebody who died, on the list; again does nothing.

    The list, the event of it and the end of the order are one transaction. A person without an address that mail
    could go to (a letter by post) cannot be listed by it: the event says so.
    """
    with transaction.atomic():
        orders = Pending.objects.select_for_update().filter(event_id=event_id, consumer=Consumer.LISTS.value)
        order = orders.first()
        if order is None:
            return False
        event = Event.objects.get(pk=event_id)
        case = Case.objects.select_related("controller").get(uuid=uuid.UUID(event.stream.partition(":")[2]))
        died = event.kind == EventKind.CASE_OUT_OF_SCOPE.value
        address = (events.payload_of(event) or {}).get("stop", "") if died else case.person_email
        listed = is_address(address)
        if listed:
            suppress(case.controller, address)
        if died:
            record_freeze_of_advertising(case.pk, listed=listed, by=LISTS)
        else:
            claim = Claim.objects.get(uuid=_claim_of(event))
            record_suppression(claim.pk, listed=listed, by=LISTS)
        order.delete()
    return True


def is_listed(case: Case) -> bool:
    """Whether the person of the case stands on the list; False too where nobody can tell: no address, or no key."""
    if not is_address(case.person_email) or not SuppressedAddress.objects.filter(controller=case.controller).exists():
        return False
    try:
        return bool(suppressed_among(case.controller, [case.person_email]))
    except KeyGone:
        return False


def take_off(case_id: int, *, reason: str, by: Actor) -> None:
    """The person of the case is written to again; a manager's act, the line and its event in one transaction.

    Raises CannotDo where they stand on no list, or no reason is given.
    """
    with transaction.atomic():
        record_unsuppression(case_id, reason=reason, by=by)
        case = Case.objects.select_related("controller").get(pk=case_id)
        if not is_listed(case):
            raise CannotDo(_("The address of this case is not on the list of those who get no advertising."))
        digest = _digest(_key(case.controller), case.person_email)
        SuppressedAddress.objects.filter(controller=case.controller, digest=digest).delete()


def waiting() -> list[int]:
    """Events whose person is still to be listed, the oldest first."""
    return list(
        Pending.objects.filter(consumer=Consumer.LISTS.value).order_by("id").values_list("event_id", flat=True)[:_BATCH]
    )


def _claim_of(event: Event) -> uuid.UUID:
    return uuid.UUID(events.fields(event)["claim"])


def _digest(key: bytes, address: str) -> str:
    return hmac.new(key, spelled(address).encode(), hashlib.sha256).hexdigest()


def _key(controller: Controller) -> bytes:
    """The key of this controller's list, made with its first address and never a second time.

    A new key beside an old list would find nobody on it: a list whose key is lost must say so.
    """
    holder = uuid.uuid5(uuid.NAMESPACE_URL, f"suppression-list:{controller.code}")
    first = not SuppressedAddress.objects.filter(controller=controller).exists()
    return hmac.new(HolderKey.objects.key_of(holder, create=first), _LABEL, hashlib.sha256).digest()
