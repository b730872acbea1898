"""T03: the same person asked twice; one case goes on. Never two persons."""

import re
import unicodedata

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from workflow import guards
from workflow.actors import Actor
from workflow.guards import CannotDo, level_needed, require
from workflow.models import Case, Claim
from workflow.permissions import Act
from workflow.services import admissibility, clock, contacts, identity, overlays, rejudging, sight, silence
from workflow.services._moving import in_open_case, moving, tell
from workflow.services.cases import rights_of
from workflow.states import ClaimState, EventKind, IdentityLevel, PauseKind


def merge(case_id: int, *, into: int, same_person: str = "", by: Actor) -> None:
    """T03: the same person asked twice; the target keeps the earliest receipt. Never two persons.

    What was in time by its later receipt is judged anew there, and what ran on the other case runs on in it. Its rights
    do not ride on proof that was given for others, and a contact that denied it denies the case that goes on.
    ``same_person``: how the officer knows that it is one, when the two cases have not one address.
    """
    require(by, Act.WORK_ON_CASE)
    if case_id == into:
        raise CannotDo(_("Choose another case to merge into."))
    with transaction.atomic():
        list(Case.objects.select_for_update().filter(pk__in=[case_id, into]).order_by("pk"))  # one order of locks
        with moving(case_id, by=by) as (case, now), moving(into, by=by) as (target, _now):
            _check_open(case, target)
            _check_one_person(case, target, same_person)
            _check_not_answered(case, target)
            overlays.check_one_of_each(case, target)
            proven = _is_proven_to_be_one(case, target)
            there = set(target.claims.exclude(state=ClaimState.WITHDRAWN.value).values_list("right", flat=True))
            for claim in Claim.objects.select_for_update().filter(case=case).exclude(state=ClaimState.WITHDRAWN.value):
                unproven = target.verified_at is not None and PauseKind.IDENTITY in silence.lacks(case, claim)
                claim.withdraw()
                claim.save()
                if claim.right not in there:
                    moved = Claim(case=target, right=claim.right, confirmed=claim.confirmed, unsure=claim.unsure)
                    moved.unproven = unproven
                    moved.save()
            sight.share_sight(case, target, by=by, at=now)
            case.merge(into=target)
            target.identity_needed = level_needed(target, rights_of(target)) is not IdentityLevel.L0
            if guards.identity_was_skipped(target):
                target.need_identity()
            if case.received_at < target.received_at:
                target.received_at = case.received_at
            admissibility.inherit(target, source=case, at=now)
            taken = overlays.take_over(target, source=case)
            clock.wind(target)
            known = contacts.take_over(target, source=case, by=by, at=now)
            if known:
                taken["overlays"] = ",".join([*filter(None, [str(taken.get("overlays", ""))]), *known])
            tell(
                case,
                EventKind.CASE_MERGED,
                by=by,
                at=now,
                data={"into": target.reference},
                payload={"text": same_person.strip()} if same_person.strip() else None,
            )
            tell(
                target,
                EventKind.CASE_ABSORBED,
                by=by,
                at=now,
                data={
                    "from": case.reference,
                    "received_at": target.received_at,
                    "case_due": target.case_due,
                    **taken,
                },
            )
            denied = "denied_contact" in known
            if denied or not proven:
                identity.fall(target, denied=denied, by=by, at=now)
            clock.lift_scope(target, by=by, at=now)
            rejudging.judge_anew(target, by=by, at=now)


def _check_open(case: Case, target: Case) -> None:
    in_open_case(case)
    if case.controller_id != target.controller_id or not target.is_open:
        raise CannotDo(_("The other case is no longer open: nothing can be merged into it."))
    if not guards.nothing_is_decided(case):
        raise CannotDo(
            _("A decision was already taken in this case, so it can no longer be merged: answer it on its own.")
        )


def _check_one_person(case: Case, target: Case, because: str) -> None:
    """One address is one person only where it is their own and the names agree: families and lawyers share theirs."""
    if guards.is_a_sentence(because):
        return
    one_address = bool(case.person_email) and case.person_email == target.person_email
    if because.strip() and not _seems_one(case, target):
        raise CannotDo(_("Two persons are never merged: say in a sentence how you know that one person wrote both."))
    if not one_address:
        raise CannotDo(
            _(
                "These cases come from two addresses. Two persons are never merged: "
                "if one person wrote both, say how you know."
            )
        )
    if not _seems_one(case, target):
        raise CannotDo(
            _(
                "Several people may write from this address: the names differ, or somebody writes for another. "
                "Two persons are never merged: if both are of one person, say how you know."
            )
        )


def _seems_one(case: Case, target: Case) -> bool:
    """One address of their own, under one name: nobody has to say how it is known."""
    one_address = bool(case.person_email) and case.person_email == target.person_email
    represented = admissibility.is_represented(case) or admissibility.is_represented(target)
    return one_address and not represented and _one_name(case.person_name, target.person_name)


def _is_proven_to_be_one(case: Case, target: Case) -> bool:
    """Whether what was asked in ``case`` may stand on the proof that was given in ``target``.

    That an officer is told it is one person lets them be merged; no right is carried out on the proof of another
    request unless this one was proven too, or came from the very address (domain §1.6).
    """
    needed = level_needed(case, rights_of(case))
    proven = case.verified_at is not None and IdentityLevel(case.identity_level) >= needed
    return needed is IdentityLevel.L0 or proven or _seems_one(case, target)


def _one_name(first: str, second: str) -> bool:
    """Whether one of them says no more than the other: "Ada" and "Ada Lovelace", but not "Jan Claes" and "An Claes"."""
    one, other = _words(first), _words(second)
    return one <= other or other <= one


def _words(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return frozenset(re.findall(r"[^\W\d_]+", "".join(char for char in plain if not unicodedata.combining(char))))


def _check_not_answered(case: Case, target: Case) -> None:
    """What was answered there is asked anew here, or the answer was incomplete: neither is a reminder (T22)."""
    asked = set(case.claims.exclude(state=ClaimState.WITHDRAWN.value).values_list("right", flat=True))
    answered = target.claims.filter(state=ClaimState.ANSWERED.value, right__in=asked)
    if answered.exists():
        raise CannotDo(
            _(
                "The other case has already answered a right this one asks for. If the person wants it anew, keep "
                "this case; if the answer was incomplete, reopen it there first, then merge."
            )
        )
