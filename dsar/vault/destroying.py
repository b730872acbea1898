"""Destroying what a committed change has decided to destroy: the order is a row, so no crash loses it."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dsar.vault import services
from dsar.vault.models import Blob, Destruction


def order_of_holders(holders: Iterable[UUID]) -> None:
    """Everything of these holders is to be destroyed: keys, small values and files. In the caller's transaction.

    Raises TransactionManagementError outside one: an order belongs to the change that decides it.
    """
    _order(Destruction(holder=holder) for holder in holders)


def order_of_files(blobs: Iterable[Blob]) -> None:
    """These files are to be destroyed, their holder keeps its others. As ``order_of_holders``."""
    _order(Destruction(blob=blob) for blob in blobs)


def carry_out() -> int:
    """Destroy what was ordered; how many orders. Outside any transaction; may be repeated after a crash."""
    done = 0
    waiting = Destruction.objects.filter(done_at=None).order_by("id")
    for order in list(waiting.select_related("blob")):
        if order.blob is not None:
            services.destroy(order.blob)
        elif order.holder is not None:
            services.shred_holder(order.holder)
        Destruction.objects.filter(pk=order.pk, done_at=None).update(done_at=timezone.now())
        done += 1
    return done


def _order(orders: Iterable[Destruction]) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A destruction is ordered with the change that decides it.")
    Destruction.objects.bulk_create(orders, ignore_conflicts=True)
