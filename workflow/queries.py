"""The read side, named as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce, ExtractMonth, ExtractYear, Lower
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from workflow.actors import Actor
from workflow.models import (
    Absence,
    Case,
    Claim,
    Controller,
    Event,
    Extension,
    Fee,
    IdentityCheck,
    NamedStaff,
    OwnCase,
    PolicyVersion,
    Staff,
)
from workflow.permissions import Act, may
from workflow.policy import RetentionPolicy
from workflow.states import OPEN_CASE_STATES, ActorKind, CaseState, EventKind, PauseKind, Role

_OPEN = [state.value for state in OPEN_CASE_STATES]
_FOR_A_SECOND_PERSON = (
    Q(claims__state="in_review")
    | Q(extension__state="asked")
    | Q(claims__fee="asked", claims__fee_row__approved_at__isnull=True)
)


# -- who sees what: the one door for every page, file and letter --------------------------------


def visible_to(actor: Actor) -> "QuerySet[Case]":
    """The cases this actor may see or find; the system sees all.

    Staff need a role that reads cases; they never see a case about themselves, and a restricted one
    only where they are named. The data protection officer sees restricted ones too.
    """
    return Case.objects.filter(seen_by(actor))


def seen_by(actor: Actor, at: str = "") -> Q:
    """The same as a condition; ``at`` leads from the row asked for to its case, such as ``case__``."""
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    if actor.kind is not ActorKind.STAFF or not may(actor, Act.READ_CASE):
        return Q(pk__in=[])
    case = OuterRef(f"{at}pk")
    addresses = Staff.objects.filter(code=actor.code).exclude(email="").annotate(own=Lower("email")).values("own")
    about = (
        Q(**{f"{at}person_email__in": addresses})
        | Q(**{f"{at}written_by__in": addresses})
        | Q(Exists(OwnCase.objects.filter(case=case, staff__code=actor.code)))
    )
    if actor.has(Role.DPO):
        return ~about
    named = Exists(NamedStaff.objects.filter(case=case, staff__code=actor.code))
    seen = (Q(**{f"{at}restricted_access": False}) | Q(named)) & ~about
    return seen if actor.has(Role.AUDITOR) else seen & ~_narrowed(at)


def _narrowed(at: str) -> Q:
    """Closed for so many calendar months that only data protection officer and auditor see it (domain §5).

    The newest settings count, for older cases too. What waits for somebody is never hidden from who acts on it.
    """
    quiet = {"state": CaseState.CLOSED.value, "reply_to_read": False, "complaint": False}
    quiet |= {"legal_hold": False, "possible_breach": False}
    now, closed = timezone.now(), F(f"{at}closed_at")
    versions = PolicyVersion.objects.filter(controller=OuterRef(f"{at}controller")).order_by("-number")
    setting = KeyTextTransform("narrow_months", KeyTransform("retention", "values"))
    kept_open = Subquery(versions.annotate(months=Cast(setting, IntegerField())).values("months")[:1])
    since = now.year * 12 + now.month - ExtractYear(closed) * 12 - ExtractMonth(closed)
    usual = Value(RetentionPolicy().narrow_months)
    return Q(**{f"{at}{name}": value for name, value in quiet.items()}) & Q(
        GreaterThan(since, Coalesce(kept_open, usual))
    )


def open_to_all_readers() -> "QuerySet[Case]":
    """What is not restricted: for an operator who names nobody."""
    return Case.objects.filter(restricted_access=False)


def sees(actor: Actor, case: Case) -> bool:
    return visible_to(actor).filter(pk=case.pk).exists()


def is_about(case: Case, actor: Actor) -> bool:
    """Whether this member of staff is the person of the case, or writes in it for somebody."""
    if actor.kind is not ActorKind.STAFF:
        return False
    own = {mailbox_of(address) for address in (case.person_email, case.written_by) if address}
    address = Staff.objects.filter(code=actor.code).values_list("email", flat=True).first()
    return (bool(address) and mailbox_of(address) in own) or OwnCase.objects.filter(
        case=case, staff__code=actor.code
    ).exists()


def mailbox_of(address: str) -> str:
    """The address without what stands behind a plus sign (RFC 5233), which many servers deliver to the same box."""
    local, _at, domain = address.lower().partition("@")
    return f"{local.partition('+')[0]}@{domain}"


def with_its_absorbed(case: Case) -> list[Case]:
    """The case, those merged into it, and those merged into them."""
    found = [case]
    for merged in case.absorbed.order_by("id"):
        found += with_its_absorbed(merged)
    return found


# -- who is there ------------------------------------------------------------------------------


def absences_from(day: date) -> "QuerySet[Absence]":
    """Those that are not over on this Brussels date."""
    return Absence.objects.filter(last_day__gte=day)


def absences_on(day: date) -> "QuerySet[Absence]":
    return absences_from(day).filter(first_day__lte=day)


def present(readers: Iterable[Staff], day: date) -> set[Staff]:
    """Each of them, or who stands in for them on this day."""
    wanted = set(readers)
    away = absences_on(day).filter(staff__in=wanted, stand_in__is_active=True).select_related("stand_in")
    instead = {row.staff_id: row.stand_in for row in away if row.stand_in is not None}
    return {instead.get(one.pk, one) for one in wanted}


def carried_by(staff_id: int | None, day: date) -> Q:
    """Cases of this person, and of those for whom they stand in on this day."""
    return Q(assignee=staff_id) | Q(assignee__in=absences_on(day).filter(stand_in=staff_id).values("staff"))


# -- lists -------------------------------------------------------------------------------------


def open_cases(controller: Controller, *, to: Actor) -> "QuerySet[Case]":
    """What is still to be answered and this actor sees, the most urgent first."""
    return visible_to(to).filter(controller=controller, state__in=_OPEN).order_by("next_due", "id")


def any_open() -> "QuerySet[Case]":
    """Open cases of every controller, in no order."""
    return Case.objects.filter(state__in=_OPEN)


def with_a_message_to_read(controller: Controller, *, to: Actor) -> "QuerySet[Case]":
    """Cases that are over, but to which the person has written again, or that are looked at a second time."""
    waiting = Q(reply_to_read=True) | Q(complaint=True)
    return visible_to(to).filter(waiting, controller=controller).exclude(state__in=_OPEN).order_by("id")


def overdue(controller: Controller, on: date, *, to: Actor) -> "QuerySet[Case]":
    """Open cases whose due date has passed on this Brussels date."""
    return open_cases(controller, to=to).filter(case_due__lt=on)


def awaiting_identity(controller: Controller, *, to: Actor) -> "QuerySet[Case]":
    return open_cases(controller, to=to).filter(state=CaseState.AWAITING_IDENTITY.value)


def awaiting_review(controller: Controller, *, to: Actor) -> "QuerySet[Case]":
    return open_cases(controller, to=to).filter(_FOR_A_SECOND_PERSON).distinct()


def suspended(controller: Controller, *, to: Actor) -> "QuerySet[Case]":
    return open_cases(controller, to=to).filter(case_due__isnull=True)


def of_same_person(case: Case, *, to: Actor) -> "QuerySet[Case]":
    """Other cases written from the same address, for whomever, that this actor sees."""
    address = case.person_email or case.written_by
    if not address:
        return Case.objects.none()
    return (
        visible_to(to)
        .filter(Q(person_email=address) | Q(written_by=address), controller=case.controller)
        .exclude(pk=case.pk)
        .order_by("-received_at")
    )


def matching(controller: Controller, words: str, *, to: Actor) -> "QuerySet[Case]":
    """Cases by reference, name or address."""
    words = words.strip()
    return (
        visible_to(to)
        .filter(controller=controller)
        .filter(
            Q(reference__icontains=words)
            | Q(person_name__icontains=words)
            | Q(person_email__icontains=words.lower())
            | Q(written_by__icontains=words.lower())
        )
        .order_by("-received_at", "-id")
    )


# -- figures ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnePair:
    """How often nobody but the author looked (domain §8, indicator 11): in an office of one, or as the settings say."""

    decisions: int
    extensions: int
    documents: int
    switched_off: int


def seen_by_one(controller: Controller, *, since: datetime) -> OnePair:
    """Of all cases of the controller, restricted and anonymised ones too: numbers name nobody. ``since`` is aware."""
    decided = Claim.objects.filter(case__controller=controller, approved_at__gte=since)
    checks = IdentityCheck.objects.filter(case__controller=controller, checked_at__gte=since)
    extended = Extension.objects.filter(case__controller=controller, approved_at__gte=since)
    fees = Fee.objects.filter(claim__case__controller=controller, approved_at__gte=since)
    return OnePair(
        decisions=decided.filter(alone=True).count() + fees.filter(alone=True).count(),
        extensions=extended.filter(alone=True).count(),
        documents=checks.filter(alone=True).count(),
        switched_off=decided.filter(reviewer__in=[F("author"), F("submitted_by")]).exclude(four_eyes_off="").count(),
    )


@dataclass(frozen=True, slots=True)
class Paused:
    """How many of the cases that came had their clock stopped (domain §8, indicators 6 and 7).

    ``asked``: proof of identity was asked for.
    """

    received: int
    asked: int
    stopped: int

    @property
    def share(self) -> int:
        """Percent of the cases received whose clock was stopped, rounded."""
        return round(100 * self.stopped / self.received) if self.received else 0


def paused(controller: Controller, *, since: datetime) -> Paused:
    """Of the cases received ``since`` this aware instant, restricted and anonymised ones too: numbers name nobody."""
    cases = Case.objects.filter(controller=controller, received_at__gte=since)
    came = {f"case:{uuid}" for uuid in cases.values_list("uuid", flat=True)}
    kinds = [EventKind.CLOCK_PAUSED.value, EventKind.CLOCK_OVERRIDDEN.value]
    stopping = Event.objects.filter(kind__in=kinds, utc__gte=since)
    stopped = came.intersection(stopping.values_list("stream", flat=True))
    asked = cases.filter(pauses__kind=PauseKind.IDENTITY.value, pauses__asked_on__isnull=False).distinct()
    return Paused(len(came), asked.count(), len(stopped))


def history(case: Case) -> "QuerySet[Event]":
    """The case's events in their order."""
    return Event.objects.filter(stream=case.stream).order_by("seq")
