"""Is the writer the person? Least intrusive first; every right says how sure we must be."""

import re
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import deadlines
from workflow.actors import Actor
from workflow.doubts import says_nothing_of_the_case
from workflow.events import Value
from workflow.guards import (
    CannotDo,
    changes_contact,
    hands_over_data,
    is_a_sentence,
    level_needed,
    require,
    says_something,
)
from workflow.models import Case, Claim, IdentityCheck, Pause
from workflow.models.identity import CHANNELS
from workflow.permissions import Act, may
from workflow.services import admissibility, asking, breaches, clock, second_eyes, setting_aside
from workflow.services._moving import moving, sealed, tell
from workflow.services.cases import rights_of
from workflow.states import (
    LEVEL_OF_METHOD,
    BreachSign,
    CaseState,
    ClaimState,
    Compared,
    ContactKind,
    EventKind,
    IdentityLevel,
    IdentityMethod,
    Outcome,
    PauseEnd,
    PauseKind,
    Right,
)

_FACTS_ENOUGH = 2
# The level a right needs is never itself a doubt (Art. 12(6), domain §3 T05).
_ONLY_A_LEVEL = re.compile(
    r"\bL[0-4]\b|\broutine\b|\b(level|niveau|stufe) (is |est |is )?(needed|required|requis|nodig|nötig)", re.I
)
_MOVED_ON = frozenset(
    {CaseState.IDENTITY_VERIFIED.value, CaseState.AWAITING_CLARIFICATION.value, CaseState.IN_PROGRESS.value}
)
_OVER = (ClaimState.ANSWERED.value, ClaimState.WITHDRAWN.value)
_ON_FILE = frozenset({IdentityMethod.LINK_KNOWN_CONTACT, IdentityMethod.CALL_KNOWN_NUMBER})


def ask_identity(case_id: int, *, doubt: str, by: Actor) -> None:
    """T05: the officer doubts, says why, and asks (Art. 12(6)). The doubt is written for this case.

    The clock stops only when the question has left (see ``clock.begin_pause``).
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(doubt):
        raise CannotDo(_("Write the doubt you have in this case: without one, identity may not be asked."))
    if not is_a_sentence(doubt, least=2) or _ONLY_A_LEVEL.search(doubt) or says_nothing_of_the_case(doubt):
        raise CannotDo(
            _(
                "Say in a sentence what does not fit in this case. That a right needs a certain level, or that a "
                "signature, a date or a copy of an identity card is missing, is no doubt: a routine confirmation goes "
                "to a contact on file, without stopping the clock."
            )
        )
    with moving(case_id, by=by) as (case, now):
        if not case.identity_needed:
            raise CannotDo(_("None of these rights needs proof of identity: go on without it."))
        if not is_wanting(case) and not _is_denied(case):
            raise CannotDo(_("Identity is proven well enough for these rights: nothing more may be asked. Go on."))
        _put_aside_a_lesser_question(case, by=by, at=now)
        setting_aside.want_of_identity(case, by=by, at=now)
        case.ask_identity()
        level = needed_of(case).value
        Pause.objects.create(case=case, kind=PauseKind.IDENTITY.value, level=level, raised_at=now)
        tell(
            case,
            EventKind.IDENTITY_ASKED,
            by=by,
            at=now,
            data={"level": level},
            payload={"doubt": doubt.strip()},
        )


def _put_aside_a_lesser_question(case: Case, *, by: Actor, at: datetime) -> None:
    """One question at a time, but for a right that needs more proof than the open one asked for."""
    row = case.pauses.filter(kind=PauseKind.IDENTITY.value, answered_on__isnull=True, ended="").first()
    if row is None:
        return
    if row.asked_on is None or IdentityLevel(row.level) >= needed_of(case):
        raise CannotDo(_("Proof was asked for already: record the reply first, even one that is not enough."))
    today = deadlines.brussels_date(at)
    clock.end_pause(case, kinds=(PauseKind.IDENTITY,), how=PauseEnd.NOT_NEEDED, arrived_on=today, by=by, at=at)


def verify_identity(
    case_id: int,
    *,
    method: IdentityMethod,
    note: str = "",
    arrived_at: datetime | None = None,
    channel: IdentityMethod | None = None,
    facts: Sequence[str] = (),
    compared: Sequence[Compared] = (),
    high_risk: str = "",
    later: str = "",
    by: Actor,
) -> bool:
    """T06/T08: identity is established; raises CannotDo when the method is too weak for the rights.

    ``arrived_at`` is when the proof reached us (the pause ends on that Brussels date, not when it was looked at); when
    not given, the first message of the person since the question, else now; a later day needs ``later``, why that
    message was no proof, and is shown to auditors. Only method, level, checker and instant
    are kept, never the document (EDPB 01/2022 §79).

    ``facts``: what only the person knows was asked, two things at least, never their answers; ``channel``: the proof
    they came on top of. ``compared``: what of a document was compared. ``high_risk``: why somebody else has to look at
    it too; then, and where the case itself warns of a takeover, False is returned and identity waits for them. A solo
    office has nobody else: identity stands at once, flagged wherever it is read.
    """
    require(by, Act.WORK_ON_CASE)
    level = LEVEL_OF_METHOD[method]
    with moving(case_id, by=by) as (case, now):
        needed = needed_of(case)
        if level < needed:
            raise CannotDo(
                _("This method reaches level %(reached)s; these rights need %(needed)s. Choose a stronger method.")
                % {"reached": level.value, "needed": needed.value}
            )
        facts = _told_apart(method, channel, facts)
        _check_is_not_denied(case, channel if facts and channel else method)
        _check_is_not_new(case, method, channel)
        if method in _ON_FILE:
            _check_is_on_file(case, note)
        if method is IdentityMethod.DOCUMENT_SEEN:
            _check_is_told(compared, note)
        if arrived_at is not None and not case.received_at <= arrived_at <= now:
            raise CannotDo(_("The proof cannot have arrived before the request or in the future."))
        first = asking.first_reply(case, PauseKind.IDENTITY)
        passed_over = asking.later_than_a_message(first, arrived_at or first or now, later)
        risky, solo = is_risky(case, method, high_risk), second_eyes.newest_policy(case).solo_review
        check = IdentityCheck(
            method=method.value,
            level=level.value,
            channel=channel.value if channel and facts else "",
            compared=",".join(one.value for one in compared) if method is IdentityMethod.DOCUMENT_SEEN else "",
            needs_second_look=risky and not solo,
            alone=risky and solo,
            arrived_at=arrived_at or first or now,
        )
        said = "\n".join(line for line in (note.strip(), *facts, high_risk.strip()) if line)
        _keep(case, check, note=said, by=by, at=now)
        if passed_over is not None:
            asking.tell_reply(case, (PauseKind.IDENTITY,), later, passed_over, by=by, at=now)
        if not check.needs_second_look:
            _establish(case, check, note=said, by=by, at=now)
            return True
        if not _waits(case):
            raise CannotDo(_("Nothing about identity is open in this case: go on to the next action."))
        tell(
            case,
            EventKind.DOCUMENT_COMPARED,
            by=by,
            at=now,
            data=_told(check),
            payload={"note": said} if said else None,
        )
        return False


def confirm_document(case_id: int, *, check: uuid.UUID, by: Actor) -> None:
    """Somebody else looked at the document of a risky case and agrees: identity stands on it now."""
    if not may(by, Act.REVIEW):
        require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        rows = case.identity_checks.select_for_update().filter(needs_second_look=True, second_by="")
        row = rows.filter(uuid=check).first()
        if row is None or not _waits(case):
            raise CannotDo(_("No document waits for a second look: the history says who looked at it."))
        if row.checked_by == by.code:
            raise CannotDo(_("You compared this document yourself: somebody else has to look at it too."))
        row.second_by, row.second_at = by.code, now
        row.save(update_fields=["second_by", "second_at"])
        _establish(case, row, by=by, at=now)


def is_risky(case: Case, method: IdentityMethod, because: str = "") -> bool:
    """A document on which somebody else has to look: an officer says why, or the case warns of a takeover."""
    if method is not IdentityMethod.DOCUMENT_SEEN:
        return False
    denied = case.known_contacts.filter(denied_at__isnull=False).exists()
    return bool(because.strip()) or denied or case.possible_breach or changes_contact(case)


def _check_is_told(compared: Sequence[Compared], note: str) -> None:
    """A document counts for what somebody saw of it, and where; it is not kept itself."""
    if Compared.NAME not in compared:
        raise CannotDo(_("Tick what you compared on the document; the name at least."))
    if not is_a_sentence(note):
        raise CannotDo(_("Write which document was seen, by whom and where; never its numbers."))


def _told_apart(method: IdentityMethod, channel: IdentityMethod | None, facts: Sequence[str]) -> list[str]:
    """The facts that were asked, each once. Raises CannotDo where they are too few or stand alone."""
    if method is not IdentityMethod.KNOWLEDGE:
        return []
    if channel not in CHANNELS:
        raise CannotDo(_("Facts only the person knows never suffice alone: choose the channel they came through."))
    asked = list(dict.fromkeys(line.strip() for line in facts if line.strip()))
    if len(asked) < _FACTS_ENOUGH:
        raise CannotDo(_("Name at least two facts that were asked, one a line; never write the answers."))
    return asked


def _is_denied(case: Case) -> bool:
    """Somebody at a contact on file said that the request is not theirs, and no other contact stands for it."""
    known = case.known_contacts
    return known.filter(denied_at__isnull=False).exists() and not known.filter(denied_at__isnull=True).exists()


def _check_is_not_denied(case: Case, through: IdentityMethod) -> None:
    """A contact that denied the request proves it no more, alone or below facts the person knows."""
    own = [address for address in (case.person_email, case.written_by) if address]
    from_it = through is IdentityMethod.MAIL_AUTHENTICATED and case.known_contacts.filter(
        kind=ContactKind.EMAIL.value, value__in=own, denied_at__isnull=False
    )
    if through in CHANNELS and (_is_denied(case) or (from_it and from_it.exists())):
        raise CannotDo(
            _(
                "The contact on file said that this request is not theirs: "
                "only a document or another contact can prove it."
            )
        )


def _check_is_not_new(case: Case, method: IdentityMethod, channel: IdentityMethod | None) -> None:
    """Where a contact is to change, the one on file proves it, below facts too (domain §1.6)."""
    if not changes_contact(case):
        return
    through = channel if method is IdentityMethod.KNOWLEDGE else method
    if through in CHANNELS and through not in _ON_FILE:
        raise CannotDo(_("A contact is to change in this case: facts count only on top of the one on file."))
    if through in _ON_FILE and not case.known_contacts.exists():
        raise CannotDo(_("A contact is to change in this case: record the one that was on file before, then use it."))


def _check_is_on_file(case: Case, note: str) -> None:
    """L2 is proof through a contact we had before (domain §1.6): a recorded one, or one the officer names."""
    if not case.known_contacts.exists() and not is_a_sentence(note):
        raise CannotDo(
            _("Say in the note which contact on file it was and where it stands, or record the contact first.")
        )


def blockers_of_change(case: Case, claim: Claim) -> list[str | Promise]:
    """Whoever takes over an address or an account takes over the person: the contact on file proves it (§1.6)."""
    granted = claim.outcome in {Outcome.GRANTED.value, Outcome.PARTLY_GRANTED.value}
    if claim.right != Right.RECTIFICATION.value or not granted or not case.changes_reach or is_proven_on_file(case):
        return []
    return [
        _(
            "This correction changes how the person is reached or paid: prove identity through a contact that was on "
            "file before, or by a document, first."
        )
    ]


def is_proven_on_file(case: Case) -> bool:
    """By a contact we had before, or by a document; mail from an address, or facts that came in it, prove none."""
    if case.verified_at is None:
        return False
    looked = Q(needs_second_look=False) | ~Q(second_by="")
    strong = [*_ON_FILE, IdentityMethod.DOCUMENT_SEEN, IdentityMethod.EID]
    proofs = Q(method__in=strong) | Q(channel__in=list(_ON_FILE))
    return bool(case.identity_checks.filter(looked & proofs).exists())


def _waits(case: Case) -> bool:
    return case.state in {CaseState.RECEIVED.value, CaseState.AWAITING_IDENTITY.value} and case.confirmed_at is not None


def reach(case: Case, method: IdentityMethod, *, arrived_at: datetime, by: Actor, at: datetime) -> None:
    """A step of the ladder was taken; identity is verified with it where it suffices. The caller holds the lock.

    Where it does not, the step is kept: stronger proof may stand on it.
    """
    check = IdentityCheck(method=method.value, level=LEVEL_OF_METHOD[method].value, arrived_at=arrived_at)
    _keep(case, check, by=by, at=at)
    suffices = IdentityLevel(check.level) >= needed_of(case)
    if is_wanting(case) and suffices and (_waits(case) or case.verified_at is not None):
        _establish(case, check, by=by, at=at)


def fall(case: Case, *, denied: bool = True, by: Actor, at: datetime) -> None:
    """A contact on file denied the request: identity that was verified is so no more. The caller holds the lock.

    Decisions that need it go back to their author before they leave. Of data that was handed over a manager has to
    say whether that was a breach. A case that is over keeps its milestone; its proof is asked anew when it reopens.
    Not ``denied``: a request joined the case whose writer nobody proved; what was answered before is not in question.
    """
    if case.verified_at is None:
        return
    handed = case.claims.filter(state=ClaimState.ANSWERED.value)
    if denied and any(hands_over_data(claim) for claim in handed):
        breaches.suspect_breach(case, BreachSign.HANDED_OVER, by=by, at=at)
    if case.state in {CaseState.PROCESSED.value, CaseState.CLOSED.value, CaseState.MERGED.value}:
        return
    level = IdentityLevel(case.identity_level)
    today = deadlines.brussels_date(at)
    clock.end_pause(case, kinds=asking.CLARIFIES, how=PauseEnd.NOT_NEEDED, arrived_on=today, by=by, at=at)
    if case.identity_needed and case.state in _MOVED_ON:
        case.lose_identity()
    else:
        case.forget_proof()
    why = "denied" if denied else "joined"
    tell(case, EventKind.IDENTITY_FELL, by=by, at=at, data={"level": level.value, "why": why})
    _decide_anew(case, by=by, at=at)
    admissibility.refresh(case, at=at)
    clock.wind(case)


def _decide_anew(case: Case, *, by: Actor, at: datetime) -> None:
    decided = [ClaimState.IN_REVIEW.value, ClaimState.APPROVED.value]
    for claim in Claim.objects.select_for_update().filter(case=case, state__in=decided):
        if level_needed(case, [Right(claim.right)]) > IdentityLevel.L0:
            claim.send_back()
            claim.version += 1
            claim.save()
            data: dict[str, Value] = {"version": claim.version, "why": "identity"}
            tell(case, EventKind.CLAIM_SENT_BACK, by=by, at=at, claim=claim, data=data)


def needed_of(case: Case) -> IdentityLevel:
    """The level the rights of the case ask for."""
    return level_needed(case, rights_of(case))


def is_wanting(case: Case) -> bool:
    """These rights need proof of identity, and less was reached."""
    if not case.identity_needed:
        return False
    if case.verified_at is None or IdentityLevel(case.identity_level) < needed_of(case):
        return True
    return bool(case.claims.filter(unproven=True).exclude(state__in=_OVER).exists())


def _keep(case: Case, check: IdentityCheck, *, note: str = "", by: Actor, at: datetime) -> None:
    check.case, check.checked_by, check.checked_at = case, by.code, at
    check.note = sealed(case, note, what=f"identity-note:{check.uuid}")
    check.save()


def _establish(case: Case, check: IdentityCheck, *, note: str = "", by: Actor, at: datetime) -> None:
    """T06/T08; the wait for a proof ends on the Brussels date it arrived."""
    setting_aside.want_of_identity(case, by=by, at=at)
    level = IdentityLevel(check.level)
    if case.verified_at is not None and is_wanting(case) and not _waits(case):
        case.identity_level = max(
            level, IdentityLevel(case.identity_level)
        ).value  # a further step: more was asked since
    else:
        case.verify_identity(at=at, level=level)
    case.claims.filter(unproven=True).update(unproven=False)
    admissibility.refresh(case, at=at)
    clock.end_pause(
        case,
        kinds=(PauseKind.IDENTITY,),
        how=PauseEnd.REPLY,
        arrived_on=deadlines.brussels_date(check.arrived_at or at),
        by=by,
        at=at,
    )
    tell(
        case,
        EventKind.IDENTITY_VERIFIED,
        by=by,
        at=at,
        data=_told(check),
        payload={"note": note.strip()} if note.strip() else None,
    )


def _told(check: IdentityCheck) -> dict[str, Value]:
    return {
        "method": check.method,
        "level": check.level,
        **({"channel": check.channel} if check.channel else {}),
        **({"compared": check.compared} if check.compared else {}),
        **({"checked_by": check.checked_by} if check.second_by else {}),
        **({"alone": True} if check.alone else {}),
    }
