"""What the settings keep no longer goes: a preview in sentences, and the doing of it, from one list (domain §5).

The database decides what is due; the clock only rings. What was decided and could not be destroyed before a crash
stands as an order in the vault and is carried out with the next ring.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice

import structlog
from django.db import transaction
from django.utils import timezone

from dsar.exports import expiring as exports
from dsar.intake import forgetting as intake
from dsar.sources import by_hand
from dsar.vault import destroying
from notifications import forgetting as letters
from workflow import services
from workflow.actors import RETENTION
from workflow.guards import CannotDo
from workflow.models import Controller
from workflow.retention import Kept, term_of
from workflow.workdays import brussels_date

log = structlog.get_logger(__name__)

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Going:
    """One thing whose time is over: what it is, what names it, its last day, how it goes, and of which case it is."""

    kind: Kept
    name: str
    last_day: date
    erase: Callable[[], object]
    case: int | None = None

    def sentence(self) -> str:
        return _SENTENCES[self.kind].format(name=self.name, day=self.last_day.isoformat())


_SENTENCES = {
    Kept.EXPORT: "The export of {name} is destroyed, its digest and counts stay: it was kept until {day}.",
    Kept.CASE: "Case {name} is anonymised, the register's figures and its history stay: it was kept until {day}.",
    Kept.NOT_A_REQUEST: "Message {name}, which was no request, is erased: it was kept until {day}.",
}


@dataclass(frozen=True, slots=True)
class Report:
    """How many of each kind went, and how many had to stay in the very moment they should have gone."""

    gone: dict[Kept, int]
    stayed: int


def going(*, on: date) -> Iterator[Going]:
    """Everything that is no longer kept ``on`` this Brussels date, of every controller."""
    for controller in Controller.objects.order_by("id"):
        yield from chain(_exports(controller, on), _messages(controller, on), _cases(controller, on))


def apply(now: datetime) -> Report:
    """Erase all of it; outside any transaction. May be stopped and repeated at any point."""
    destroying.carry_out()  # what a crash left
    today = brussels_date(now)
    gone: Counter[Kept] = Counter()
    while True:
        batch = list(islice(going(on=today), _BATCH))
        went = Counter(one.kind for one in batch if _went(one))
        destroying.carry_out()
        gone += went
        stayed = len(batch) - went.total()
        if stayed or not batch:  # what stays would come again and again
            return Report(dict(gone), stayed)


def _went(one: Going) -> bool:
    try:
        one.erase()
    except CannotDo as kept:
        log.warning("this stays: something happened to it meanwhile", kind=one.kind.value, why=str(kept.sentence))
        return False
    return True


def _exports(controller: Controller, on: date) -> Iterator[Going]:
    term = term_of(Kept.EXPORT, services.retention_of(controller))
    for one in exports.expiring(controller, term, on=on):
        bundle = one.bundle
        yield Going(
            Kept.EXPORT,
            bundle.case.reference,
            one.last_day,
            lambda bundle=bundle: exports.erase(bundle, by=RETENTION),  # type: ignore[misc]
            bundle.case_id,
        )


def _messages(controller: Controller, on: date) -> Iterator[Going]:
    term = term_of(Kept.NOT_A_REQUEST, services.retention_of(controller))
    for one in intake.expiring(controller, term, on=on):
        message = one.message
        yield Going(
            Kept.NOT_A_REQUEST,
            str(message.uuid),
            one.last_day,
            lambda message=message: intake.erase(message.pk, by=RETENTION),  # type: ignore[misc]
        )


def _cases(controller: Controller, on: date) -> Iterator[Going]:
    for case, last_day in services.cases_to_anonymise(controller, on=on):
        yield Going(Kept.CASE, case.reference, last_day, lambda pk=case.pk: anonymise(pk), case.pk)  # type: ignore[misc]


def anonymise(case_id: int) -> None:
    """Empty a case in every room, and order its keys to be destroyed: all of it or nothing. Raises CannotDo."""
    with transaction.atomic():
        emptied = services.anonymise(case_id, by=RETENTION)
        for case in emptied:
            letters.forget_case(case)
            intake.forget_case(case, at=timezone.now())
            by_hand.forget_case(case)
        destroying.order_of_holders(case.uuid for case in emptied)
