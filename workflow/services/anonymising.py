"""The end of a file (domain §5): what names the person goes, what the register counts stays, the chain holds.

The rows keep right, dates, language, channel, outcome, ground and flags. Everything sealed loses its bytes here and
its key right after the commit, in the rooms above; an event commits to the digest of its text, so the chain stays
verifiable without the text.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import BinaryField, CharField, F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.models import (
    Breach,
    Case,
    Claim,
    ContactCode,
    Controller,
    Event,
    EventPayload,
    IdentityCheck,
    KnownContact,
    NewContact,
    OwnCase,
    Pending,
    Reexamination,
)
from workflow.permissions import Act
from workflow.policy import RetentionPolicy
from workflow.retention import Kept, last_day_of_case, term_of
from workflow.services._moving import moving, tell
from workflow.services.retaining import retention_of
from workflow.states import CaseState, ClaimState, EventKind
from workflow.workdays import brussels_date

_DISPUTE_ENDED = [EventKind.HOLD_RELEASED.value, EventKind.REEXAMINATION_ANSWERED.value]
_UNDECIDED = [ClaimState.OPEN.value, ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value]
# Told in the same night, shortly before; nobody writes a letter because of it.
_ORDERS_NOTHING = [EventKind.EXPORT_ERASED.value]
_NOTHING = Value(b"", output_field=BinaryField())


def cases_to_anonymise(controller: Controller, *, on: date) -> Iterator[tuple[Case, date]]:
    """Closed cases whose last day lies before ``on``, a Brussels date, and that nothing keeps; each with that day."""
    policy = retention_of(controller)
    terms = term_of(Kept.CASE, policy), term_of(Kept.NOT_A_REQUEST, policy)
    over = Q(end_reason="", closed_at__lt=terms[0].began_before(on))
    over |= ~Q(end_reason="") & Q(ended_at__lt=terms[1].began_before(on))
    closed = Case.objects.filter(over, controller=controller, state=CaseState.CLOSED.value, anonymised_at=None)
    for case in closed.order_by("closed_at", "id").iterator(chunk_size=200):
        last_day = kept_until(case, policy)
        if last_day < on and not _kept_by(case):
            yield case, last_day


def kept_until(case: Case, policy: RetentionPolicy) -> date:
    """The last Brussels day a closed case is kept under these terms. Raises CannotDo for one that is not closed."""
    if case.closed_at is None:
        raise CannotDo(_("This case is not closed: only then its retention begins."))
    streams = [one.stream for one in (case, *absorbed_by(case))]
    ended = Event.objects.filter(stream__in=streams, kind__in=_DISPUTE_ENDED).order_by("-utc")
    return last_day_of_case(
        policy,
        closed_at=case.closed_at,
        out_of_scope_since=case.ended_at if case.end_reason else None,
        dispute_ended_at=ended.values_list("utc", flat=True).first(),
    )


def anonymise(case_id: int, *, by: Actor) -> list[Case]:
    """Empty a case whose time is over, with all that were merged into it; these cases.

    The caller destroys what the rooms above hold of them in the same transaction, and their keys after it. Raises
    CannotDo with a sentence when something still needs the case.
    """
    require(by, Act.APPLY_RETENTION)
    with transaction.atomic():
        with moving(case_id, by=by) as (case, now):
            last_day = kept_until(case, retention_of(case.controller))
            if last_day >= brussels_date(now):
                raise CannotDo(_("This case is kept until %(day)s.") % {"day": last_day.strftime("%d/%m/%Y")})
            for sentence in _kept_by(case):
                raise CannotDo(sentence)
            absorbed = absorbed_by(case)
            _empty(case, until=last_day, by=by, at=now)
        for one in absorbed:
            with moving(one.pk, by=by) as (merged, now):
                _empty(merged, until=last_day, by=by, at=now)
    return [case, *absorbed]


def absorbed_by(case: Case) -> list[Case]:
    """The cases that were merged into this one, and into those."""
    return [found for one in case.absorbed.order_by("id") for found in (one, *absorbed_by(one))]


def _kept_by(case: Case) -> list[str | Promise]:
    """Why a closed case is needed although its time is over."""
    found: list[str | Promise] = []
    every = (case, *absorbed_by(case))
    if any(one.legal_hold or one.complaint for one in every):
        found.append(_("A legal hold or a complaint keeps this case."))
    if any(one.breach_open for one in every):
        found.append(_("A possible breach in this case has not been judged, or not been told to the authority."))
    if case.reply_to_read:
        found.append(_("Read the new message first."))
    # What was found out of scope or passed on ended without any decision; its rights stand as they came.
    if case.ended_at is None and case.claims.filter(state__in=_UNDECIDED).exists():
        found.append(_("A right of this case has not been answered."))
    streams = [one.stream for one in every]
    if Pending.objects.filter(event__stream__in=streams).exclude(event__kind__in=_ORDERS_NOTHING).exists():
        found.append(_("Something that follows from this case has not been done yet."))
    return found


def _empty(case: Case, *, until: date, by: Actor, at: datetime) -> None:
    case.person_name = case.person_email = case.written_by = ""
    case.subject = None
    case.linked_to = case.split_from = None
    case.anonymised_at = at
    # A case that follows this one names its person still: nothing leads from there to here any more.
    Case.objects.filter(linked_to=case).update(linked_to=None)
    Case.objects.filter(split_from=case).update(split_from=None)
    Claim.objects.filter(case=case, facts__isnull=False).update(facts=_NOTHING)
    Claim.objects.filter(case=case, done__isnull=False).update(done=_NOTHING)
    Claim.objects.filter(case=case, follow_up_basis__isnull=False).update(follow_up_basis=_NOTHING)
    IdentityCheck.objects.filter(case=case).update(note=None)
    number = Concat(Value("erased-"), Cast(F("pk"), CharField()))  # two contacts of a case stay two
    for contacts in (KnownContact, NewContact):
        contacts.objects.filter(case=case).update(value=number)
    ContactCode.objects.filter(case=case).update(digest="")
    OwnCase.objects.filter(case=case).delete()  # it says whose case this is
    Reexamination.objects.filter(case=case, position__isnull=False).update(position=_NOTHING)
    Breach.objects.filter(case=case, authority_reference__isnull=False).update(authority_reference=_NOTHING)
    EventPayload.objects.filter(holder=case.uuid).update(sealed=None)
    tell(case, EventKind.CASE_ANONYMISED, by=by, at=at, data={"kept_until": until})
