"""Which letters an event orders, for whom, in which language and with which words."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Audience, Letter
from notifications.letters import (
    clockwork,
    contacts,
    endings,
    fetching,
    grounds,
    names,
    sources,
    timing,
    words,
    writing,
)
from notifications.letters.addressing import address_of, goes_on_in, is_address, is_told_of, reached_on_paper
from notifications.letters.readers import carriers, holding, may_still_read, of_case, readable, reviewers
from notifications.letters.register import ANSWERS, REGISTER, STATUS_LINK, answer_for
from notifications.models import Notification, Thread
from workflow import deadlines, events, services
from workflow.guards import CannotDo, awaits_execution, hands_over_data, waits_for_another
from workflow.models import Case, Claim, Controller, Event, Staff
from workflow.states import (
    CaseState,
    ClaimState,
    EventKind,
    Ground,
    Language,
    Outcome,
    PauseKind,
    Right,
    Role,
)


@dataclass(frozen=True, slots=True)
class Order:
    """One letter to be made: of a case, or of the controller whose installation it is about."""

    letter: Letter
    case: Case | None
    recipient: str
    language: Language
    variables: Mapping[str, object] = field(repr=False)  # a text, or who says it in each language (``words.Said``)
    claim: uuid.UUID | None = None
    controller: Controller | None = None
    others: tuple[Language, ...] = ()
    reader: Staff | None = None  # of the house: told at the desk, too
    identity: str = ""  # what makes a letter of no event another one than the next
    own: Mapping[Language, str] = field(default_factory=dict, repr=False)  # paragraphs a person at the desk added

    @property
    def languages(self) -> tuple[Language, ...]:
        """In which it is written, one after the other."""
        return (self.language, *self.others)

    @property
    def on_paper(self) -> bool:
        """No mail goes to its reader: it is made to be printed."""
        return not self.recipient or REGISTER[self.letter].by_post

    @property
    def named(self) -> str | None:
        """Codes of the rights it says the person asks for; None where it speaks of none."""
        codes = self.variables.get("named")
        return codes if isinstance(codes, str) else None

    @property
    def sender(self) -> str:
        """Whose name stands on it."""
        owner = self.case.controller if self.case else self.controller
        return owner.name if owner else ""


def orders_of(event: Event, case: Case, *, now: datetime) -> list[Order]:
    """The letters this event of the case orders, at this instant; often none.

    Whatever happens in a case may be what an approved answer waited for, so each event looks for one.
    """
    if event.kind == EventKind.LETTER_BLOCKED.value:  # what blocks that letter must not block the alarm about it
        return _of_this_kind(event, case, now)
    orders = [*_of_this_kind(event, case, now), *_answers_now_free(event, case, now)]
    return [_with_own_words(order, event, case) for order in orders]


def _with_own_words(order: Order, event: Event, case: Case) -> Order:
    """What was written for the letter this event orders; those of an answer came with its draft."""
    if REGISTER[order.letter].audience is not Audience.PERSON or (order.letter in ANSWERS and order.claim):
        return order
    claim = str(order.claim or "")
    own = services.own_words_in(case, order.letter.value, up_to=event.seq, claim=claim)
    return replace(order, own=own) if own else order


def _of_this_kind(event: Event, case: Case, now: datetime) -> list[Order]:
    kind = EventKind(event.kind)
    values = events.fields(event)
    data: dict[str, Any] = values["data"]
    if kind in {EventKind.CASE_RECEIVED, EventKind.MESSAGE_REREAD}:
        return [] if _is_unsorted(case) or waits_for_a_person(case) else acknowledgement(case, now)
    if kind is EventKind.ACKNOWLEDGEMENT_ORDERED:
        return acknowledgement(case, now, ordered=True)
    if kind is EventKind.CLAIMS_CONFIRMED:
        return [*acknowledgement(case, now), *_drafted(event, case, now)]
    if kind is EventKind.FEE_APPROVED:
        return _fee(case, case.claims.get(uuid=values["claim"]), now)
    if kind is EventKind.IDENTITY_ASKED:
        return _identity_question(case, (events.payload_of(event) or {}).get("doubt", ""), now)
    if kind in timing.ON:
        letter, say = timing.ON[kind]
        return _to_person(letter, case, **say(case, data, events.payload_of(event) or {}, now))
    if kind is EventKind.MILESTONE_REACHED and "source_request" in data:
        return _drafted(event, case, now)
    if kind is EventKind.MILESTONE_REACHED and "pause" in data:
        return list(_unanswered(case, data, now))
    if kind is EventKind.MILESTONE_REACHED:
        return list(_reminders(case, values, now))
    if kind in clockwork.HANDED_IN:
        return list(_to_staff(Letter.A04, case, reviewers(str(values["actor"])), again=False))
    if kind in _SORTED:
        return [] if _is_unsorted(case) or _still_waits(kind, case) else acknowledgement(case, now)
    if kind is EventKind.WRITER_IDENTIFIED:
        colleague = str((events.payload_of(event) or {}).get("colleague", ""))
        thanked = _receipt(case, colleague) if colleague else []
        return [*([] if _is_unsorted(case) else acknowledgement(case, now)), *thanked]
    if kind is EventKind.CASE_MERGED:
        return _merged(case, now)
    if kind in REGISTER[Letter.A07].on:
        return list(_to_staff(Letter.A07, case, {*carriers(case), *holding(Role.MANAGER)}, waiting=data["waiting"]))
    if kind in REGISTER[Letter.A08].on:
        deciding = {*holding(Role.MANAGER), *holding(Role.DPO)}
        alarmed = deciding if kind is EventKind.ACCESS_RESTRICTION_PROPOSED else {*carriers(case), *deciding}
        return list(_to_staff(Letter.A08, case, alarmed, alarm=kind.value, hours_left=data.get("hours_left")))
    if kind is EventKind.LETTER_BLOCKED:
        told = {*carriers(case), *holding(Role.MANAGER)}
        return list(_to_staff(Letter.A05, case, told, letter=partial(names.name, Letter(data["letter"]))))
    if kind is EventKind.LETTER_UNDELIVERABLE:
        return list(_to_staff(Letter.A09, case, carriers(case), letter=partial(names.name, Letter(data["letter"]))))
    return _drafted(event, case, now)


def _drafted(event: Event, case: Case, now: datetime) -> list[Order]:
    rooms = (endings, contacts, fetching, writing, sources)
    drafts = [draft for room in rooms for draft in room.drafts(event, case, now=now)]
    return [order for draft in drafts for order in _addressed(draft, case)]


# -- to the person ------------------------------------------------------------------------------


def may_acknowledge(case: Case, *, ordered: bool = False) -> bool:
    """A person wrote and can be written to, on paper at least; robots never, authorities only when ``ordered``."""
    if case.authority and not ordered:
        return False
    if Thread.objects.filter(case=case, acknowledge=False).exists():
        return False
    return bool(address_of(case)) or reached_on_paper(case)


def waits_for_a_person(case: Case) -> bool:
    """First seen so late that nothing leaves by itself; confirming the rights is the yes."""
    return Thread.objects.filter(case=case, waits_for_a_person=True).exists()


def is_of_several(case: Case) -> bool:
    """Several people seem to ask in its message, and no officer has said yet whose is what."""
    return Thread.objects.filter(case=case, several=True).exists()


def _is_unsorted(case: Case) -> bool:
    """An officer looks first, for the time of triage at most."""
    return bool(case.unreadable or case.to_be_linked) or is_of_several(case)


# An officer said what kind of message it is; of one that was divided or is one person's, seen late, nothing more.
_SORTED = frozenset(
    {
        EventKind.CASE_KEPT_APART,
        EventKind.AUTHORITY_DENIED,
        EventKind.MESSAGE_DIVIDED,
        EventKind.MESSAGE_FOUND_ONE_PERSONS,
    }
)


def _still_waits(kind: EventKind, case: Case) -> bool:
    divided = kind in {EventKind.MESSAGE_DIVIDED, EventKind.MESSAGE_FOUND_ONE_PERSONS}
    return divided and waits_for_a_person(case)


def acknowledgement(case: Case, now: datetime, *, ordered: bool = False) -> list[Order]:
    """M01, once in the life of a case. ``ordered``: by a person, for this very case.

    Rights that are unsure are not named, and none of a message that may be several people's: one's may be another's.
    """
    made = Notification.objects.filter(case=case, letter=Letter.M01.value).exists()
    if made or not may_acknowledge(case, ordered=ordered):
        return []
    sure = case.claims.exclude(state=ClaimState.WITHDRAWN.value).filter(unsure=False)
    named = set() if is_of_several(case) else {Right(claim.right) for claim in sure}
    return _to_person(
        Letter.M01,
        case,
        date=partial(words.day, case.receipt_date),
        time=partial(words.clock, case.received_at),
        **timing.promise(case, now),
        rights_line=partial(words.rights, named),
        named=words.codes(named),
        strict=case.policy_version.policy.formalities == "strict",
        kept_years=words.newest_policy(case).retention.case_years,
        **_among_people(case),
    )


def _among_people(case: Case) -> dict[str, object]:
    """Which person of one message the case is for, told without the name: whoever wrote knows whom they named."""
    thread = Thread.objects.filter(case=case, people__gte=2).first()
    if thread is None:
        return {}
    words_of_name = [word for word in case.person_name.split() if word[:1].isalpha()]
    initials = " ".join(f"{word[0].upper()}." for word in words_of_name[:4])
    return {"people": thread.people, "number": thread.number, "initials": initials or "–"}


def _merged(case: Case, now: datetime) -> list[Order]:
    """To whoever wrote the merged case: where it goes on, and that the first receipt counts (M16).

    Another address than that of the case that goes on is told nothing of it, not even that there is one (M16O).
    """
    target = goes_on_in(case)
    if target == case or not may_acknowledge(case):
        return []
    if not is_told_of(case, target):
        return _to_person(Letter.M16O, case, date=partial(words.day, case.receipt_date))
    return _to_person(
        Letter.M16,
        case,
        into=target.reference,
        date=partial(words.day, target.receipt_date),
        **timing.promise(target, now),
    )


def _identity_question(case: Case, doubt: str, now: datetime) -> list[Order]:
    return _to_person(
        Letter.M02,
        case,
        doubt=doubt.strip().rstrip("."),
        options=words.IDENTITY_OPTIONS.__getitem__,
        **timing.question(case, PauseKind.IDENTITY, now, days=case.policy_version.policy.identity_silence_days),
    )


def _answer(case: Case, claim: Claim, now: datetime) -> list[Order]:
    """The letter of an approved claim, once for each approval whatever event asks for it first.

    Nothing yet while the law wants another answer first, or nobody has seen that it is done (T17); nothing at all where
    a colleague's own mail was the answer.
    """
    claim = Claim.objects.select_for_update().get(pk=claim.pk)  # two events of one case may be consumed at once
    if claim.state != ClaimState.APPROVED.value or _is_written(claim):
        return []
    if waits_for_another(claim) or awaits_execution(claim) or claim.outside_at is not None:
        return []
    return answer_as_it_stands(case, claim, now)


def answer_as_it_stands(case: Case, claim: Claim, now: datetime) -> list[Order]:
    """The letter its draft would become; none before there is an outcome."""
    if not claim.outcome:
        return []
    outcome, right = Outcome(claim.outcome), Right(claim.right)
    own = services.own_words_of(claim)
    orders = _to_person(
        answer_for(right, outcome),
        case,
        claim=claim,
        **_decided(case, right, claim.author, now),
        **grounds.reasons(claim),
        right_code=right.value,
        partly=outcome is Outcome.PARTLY_GRANTED,
        nothing_held=outcome is Outcome.NOTHING_HELD,
        hands_over=hands_over_data(claim),
        by_download=claim.by_download,
        download_until=partial(words.day, fetching.last_day(case, now)),
        kept_years=words.newest_policy(case).retention.case_years,
    )
    return [replace(order, own=own) for order in orders]


def _decided(case: Case, right: Right, author: str, now: datetime) -> dict[str, object]:
    """What every decision says: of which wish, when, by whom, and whom to complain to (Art. 12(4))."""
    writer = Staff.objects.filter(code=author).first()
    return {
        "date": partial(words.day, case.receipt_date),
        "today": partial(words.day, deadlines.brussels_date(now)),
        "right": partial(words.rights, {right}),
        "authority": partial(words.authority, case),
        "officer": writer.name if writer else "",
    }


def _fee(case: Case, claim: Claim, now: datetime) -> list[Order]:
    """M06F: the fee a manager approved; the facts stand on the person's page, like those of a refusal."""
    row, said = services.fee_told(claim), services.fee_words_of(claim)
    if row is None or row.pay_by is None:
        return []
    return _to_person(
        Letter.M06F,
        case,
        claim=claim,
        **_decided(case, Right(claim.right), row.asked_by, now),
        amount=partial(words.euros, row.cents),
        calculation=said.get("calculation", "").rstrip("."),
        how=said.get("how", "").rstrip("."),
        facts=words.Paragraphs(said.get("facts", "").rstrip(".")),
        ground=partial(grounds.ground, Ground(row.ground), Right(claim.right)),
        pay_by=partial(words.day, row.pay_by),
    )


def _answers_now_free(event: Event, case: Case, now: datetime) -> list[Order]:
    """The letter of the right this event lets leave, and of an erasure that waited for another right."""
    decided = str(events.fields(event)["claim"] or "") if event.kind in _RELEASES else ""
    erases = Q(right=Right.ERASURE.value)
    waited = case.claims.filter(erases | Q(uuid=decided) if decided else erases, state=ClaimState.APPROVED.value)
    return [order for claim in waited for order in _answer(case, claim, now)]


def _is_written(claim: Claim) -> bool:
    answers = [letter.value for letter in ANSWERS]
    letters = Notification.objects.filter(claim_uuid=claim.uuid, letter__in=answers)
    return letters.filter(created_at__gte=claim.approved_at).exists()


_RELEASES = frozenset({EventKind.CLAIM_APPROVED.value, EventKind.EXECUTION_VERIFIED.value})


def _to_person(letter: Letter, case: Case, *, claim: Claim | None = None, **variables: object) -> list[Order]:
    address = address_of(case)
    if not address and not reached_on_paper(case):
        return []
    common = {
        "ref": case.reference,
        "controller": case.controller.name,
        "mailbox": settings.MAILBOX,
        "status_link": STATUS_LINK,
    }
    first, *others = languages_of(case)
    made = {**common, **variables}
    return [Order(letter, case, address, first, made, claim.uuid if claim else None, others=tuple(others))]


def _addressed(draft: endings.Draft, case: Case) -> list[Order]:
    if not draft.to and not REGISTER[draft.letter].by_post:
        return _to_person(draft.letter, case, **draft.variables)
    if draft.to and not is_address(draft.to):
        return []
    common = {"ref": case.reference, "controller": case.controller.name, "mailbox": settings.MAILBOX}
    first, *others = languages_of(case)
    more = tuple(others) if REGISTER[draft.letter].audience in {Audience.CONTACT, Audience.PERSON} else ()
    return [Order(draft.letter, case, draft.to, draft.language or first, {**common, **draft.variables}, others=more)]


def drafted_order(letter: Letter, case: Case, variables: Mapping[str, object], *, to: str = "") -> Order:
    """A letter whose facts come from above this house. Raises CannotDo where mail cannot go to its reader."""
    found = _addressed(endings.Draft(letter, variables, to=to), case)
    if not found or (found[0].on_paper and not REGISTER[letter].by_post):
        raise CannotDo(_("No address is known that mail can go to."))
    return found[0]


def languages_of(case: Case) -> tuple[Language, ...]:
    """In which the person is written to; two where their own is none of ours (domain §3.1)."""
    return (Language(case.language), *([Language(case.second_language)] if case.second_language else []))


def overtaken(letter: Notification) -> bool:
    """Is what the letter says no longer true, before it left? Then it must not leave.

    An answer belongs to the approval it was made for, a question to the wait for its reply, a
    reminder to an open case.
    """
    code, case = Letter(letter.letter), letter.case
    if case is None:
        return False  # that a mailbox was in trouble stays true; the letter that it is over follows
    if code is Letter.M24 and letter.claim_uuid is None:
        return not case.reexaminations.filter(answered_at=None, decided_at__lte=letter.created_at).exists()
    if (
        letter.audience == Audience.STAFF.value
        and code is not Letter.A10
        and not may_still_read(case, letter.recipient)
    ):
        return True  # restricted since, or the account is closed
    if code in ANSWERS:
        claim = Claim.objects.get(uuid=letter.claim_uuid)
        approved_at = claim.approved_at if claim.state == ClaimState.APPROVED.value else None
        stands = approved_at is not None and approved_at <= letter.created_at and claim.outside_at is None
        return not stands or awaits_execution(claim)
    if code is Letter.M06F:
        fee = services.fee_told(Claim.objects.get(uuid=letter.claim_uuid))
        return fee is None or fee.approved_at is None or fee.approved_at > letter.created_at
    if code is Letter.M01:
        return bool(case.state == CaseState.MERGED.value)  # it goes on under another number
    if code is Letter.M15:
        return not case.end_reason  # it is a request after all
    if code is Letter.M27:
        return not letter.event_id or not services.code_for_letter(letter.event_id, at=timezone.now())
    if code is Letter.M27D:
        return not letter.event_id or not services.release_code_for_letter(letter.event_id, at=timezone.now())
    if code in {Letter.M29, Letter.A13}:
        return fetching.is_overtaken(case)
    if code is Letter.M30:
        return sources.overtaken(letter, case)
    if code is Letter.M02:
        return bool(case.state != CaseState.AWAITING_IDENTITY.value)
    return timing.overtaken(code, case) or clockwork.overtaken(letter, case)


# -- to staff: reference, rights, days and a link, nothing of the person ------------------------------


def _reminders(case: Case, values: Mapping[str, Any], now: datetime) -> Iterator[Order]:
    """What time has reached: for whoever carries the case, the manager, or those who review it."""
    data: Mapping[str, Any] = values["data"]
    code = Letter(str(data["milestone"])[:3])
    left = max(int(data["days_left"]), 0)
    if code is Letter.A03:
        late = (deadlines.brussels_date(now) - case.case_due).days if case.case_due else 0
        alarmed = {*carriers(case), *holding(Role.MANAGER), *holding(Role.DPO)}
        yield from _to_staff(code, case, alarmed, days_late=max(late, 0))
    elif code is Letter.A04:
        yield from _to_staff(code, case, reviewers(clockwork.author(case, values)), again=True)
    elif code is Letter.M29:
        yield from (order for draft in fetching.reminder(case) for order in _addressed(draft, case))
    elif code in {Letter.A12, Letter.A13}:
        yield from _to_staff(code, case, carriers(case), waited=data["waited"])
    else:
        told = carriers(case) if code is Letter.A01 else holding(Role.MANAGER)
        yield from _to_staff(code, case, told, days_left=left)


def _unanswered(case: Case, data: Mapping[str, Any], now: datetime) -> Iterator[Order]:
    """A question nobody answered: the person is reminded, then whoever carries the case decides."""
    kind = PauseKind(data["pause"])
    if str(data["milestone"]).startswith(Letter.M21.value):
        number, asked_on = int(str(data["milestone"]).split("-")[1]), date.fromisoformat(data["about"])
        yield from _to_person(Letter.M21, case, **timing.reminder(case, kind, number, asked_on, now))
    else:
        yield from _to_staff(Letter.A11, case, carriers(case), identity=kind is PauseKind.IDENTITY)


def _receipt(case: Case, colleague: str) -> list[Order]:
    """To whoever passed the request on, staff of this system or not: that it arrived, and nothing of the person."""
    known = Staff.objects.filter(email__iexact=colleague).first()
    reader = known or Staff(email=colleague, language=Language.FR.value)
    return list(_written_to(Letter.A10, case, [reader]))


def _to_staff(code: Letter, case: Case, readers: Iterable[Staff], **variables: object) -> Iterator[Order]:
    """To those of them who see the case."""
    yield from _written_to(code, case, of_case(case, readers), **variables)


def _written_to(code: Letter, case: Case, readers: Iterable[Staff], **variables: object) -> Iterator[Order]:
    claims = case.claims.exclude(state__in=[ClaimState.WITHDRAWN.value, ClaimState.ANSWERED.value])
    rights = {Right(claim.right) for claim in claims}
    due = case.case_due or case.never_paused_due
    for reader, language, address in readable(readers):
        common = {
            "ref": case.reference,
            "rights": words.staff_rights(rights, language),
            "link": f"{settings.PUBLIC_URL}/cases/{case.uuid}/",
            "send_by": words.day(case.send_by or due, language),
            "due": words.day(due, language),
        }
        known = reader if reader.pk else None
        yield Order(code, case, address, language, {**common, **variables}, reader=known)
