"""Which letters an event orders, for whom, in which language and with which words."""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from notifications.kinds import Audience, Letter
from notifications.letters import contacts, endings, timing, words
from notifications.letters.readers import carriers, holding, may_still_read, of_case
from notifications.letters.register import ANSWERS, REGISTER, STATUS_LINK, answer_for
from notifications.models import Notification, Thread
from workflow import deadlines, events
from workflow.guards import hands_over_data, waits_for_another
from workflow.models import Case, Claim, Controller, Event, Mailbox, Staff
from workflow.services import code_for_letter
from workflow.states import (
    CaseState,
    ClaimState,
    EventKind,
    Language,
    Outcome,
    PauseKind,
    Right,
    Role,
)

# One plain mailbox in ASCII (RFC 5321 dot-string): nothing that a mail program could read as two, or as another
# one. A local part beyond ASCII would need SMTPUTF8 all the way; such a person is answered by post.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_DOMAIN = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_DOMAIN}")


@dataclass(frozen=True, slots=True)
class Order:
    """One letter to be made: of a case, or of the controller whose installation it is about."""

    letter: Letter
    case: Case | None
    recipient: str
    language: Language
    variables: Mapping[str, object] = field(repr=False)
    claim: uuid.UUID | None = None
    controller: Controller | None = None

    @property
    def sender(self) -> str:
        """Whose name stands on it."""
        owner = self.case.controller if self.case else self.controller
        return owner.name if owner else ""


def orders_of(event: Event, case: Case, *, now: datetime) -> list[Order]:
    """The letters this event of the case orders, at this instant; often none."""
    kind = EventKind(event.kind)
    values = events.fields(event)
    data: dict[str, Any] = values["data"]
    if kind in {EventKind.CASE_RECEIVED, EventKind.MESSAGE_REREAD}:
        return [] if case.unreadable or case.to_be_linked or waits_for_a_person(case) else acknowledgement(case, now)
    if kind is EventKind.ACKNOWLEDGEMENT_ORDERED:
        return acknowledgement(case, now, ordered=True)
    if kind is EventKind.CLAIMS_CONFIRMED:
        return [*acknowledgement(case, now), *_answers_now_free(case, now)]
    if kind is EventKind.CLAIM_ANSWERED:
        return _answers_now_free(case, now)
    if kind is EventKind.CLAIM_APPROVED:
        return _answer(case, case.claims.get(uuid=values["claim"]), now)
    if kind is EventKind.IDENTITY_ASKED:
        return _identity_question(case, (events.payload_of(event) or {}).get("doubt", ""), now)
    if kind in timing.ON:
        letter, say = timing.ON[kind]
        return _to_person(letter, case, **say(case, data, events.payload_of(event) or {}, now))
    if kind is EventKind.MILESTONE_REACHED and "pause" in data:
        return list(_unanswered(case, data, now))
    if kind is EventKind.MILESTONE_REACHED:
        return list(_reminders(case, str(data["milestone"]), int(data["days_left"]), now))
    if kind in {EventKind.CASE_KEPT_APART, EventKind.AUTHORITY_DENIED}:
        return [] if case.unreadable or case.to_be_linked else acknowledgement(case, now)
    if kind is EventKind.WRITER_IDENTIFIED:
        colleague = str((events.payload_of(event) or {}).get("colleague", ""))
        thanked = _receipt(case, colleague) if colleague else []
        return [*([] if case.unreadable or case.to_be_linked else acknowledgement(case, now)), *thanked]
    if kind is EventKind.CASE_MERGED:
        return _merged(case, now)
    if kind is EventKind.ACKNOWLEDGEMENT_LATE:
        return list(_to_staff(Letter.A07, case, {*carriers(case), *holding(Role.MANAGER)}, waiting=data["waiting"]))
    if kind in REGISTER[Letter.A08].on:
        deciding = {*holding(Role.MANAGER), *holding(Role.DPO)}
        alarmed = deciding if kind is EventKind.ACCESS_RESTRICTION_PROPOSED else {*carriers(case), *deciding}
        return list(_to_staff(Letter.A08, case, alarmed, alarm=kind.value, hours_left=data.get("hours_left")))
    if kind is EventKind.LETTER_UNDELIVERABLE:
        return list(_to_staff(Letter.A09, case, carriers(case), letter=data["letter"]))
    drafts = [*endings.drafts(event, case, now=now), *contacts.drafts(event, case, now=now)]
    return [order for draft in drafts for order in _addressed(draft, case)]


# -- to the person ------------------------------------------------------------------------------


def address_of(case: Case) -> str:
    """Where the person is written to; empty when mail cannot or must not go there.

    Never to a mailbox of ours: two machines would thank each other for ever.
    """
    thread = Thread.objects.filter(case=case).first()
    address = (thread.address if thread else "") or case.person_email
    if not _ADDRESS.fullmatch(address):
        return ""
    local, _at, domain = address.lower().rpartition("@")
    plain = f"{local.partition('+')[0]}@{domain}"
    ours = {settings.MAILBOX, *settings.MAILBOX_ALIASES}
    return "" if plain in ours or Mailbox.objects.filter(address=plain).exists() else address


def may_acknowledge(case: Case, *, ordered: bool = False) -> bool:
    """A person wrote and can be written to. Robots never are, authorities only when ``ordered`` (domain §3.1)."""
    if case.authority and not ordered:
        return False
    return not Thread.objects.filter(case=case, acknowledge=False).exists() and bool(address_of(case))


def waits_for_a_person(case: Case) -> bool:
    """First seen so late that nothing leaves by itself; confirming the rights is the yes."""
    return Thread.objects.filter(case=case, waits_for_a_person=True).exists()


def acknowledgement(case: Case, now: datetime, *, ordered: bool = False) -> list[Order]:
    """M01, once in the life of a case; unsure rights are not named. ``ordered``: by a person, for this very case."""
    made = Notification.objects.filter(case=case, letter=Letter.M01.value).exists()
    if made or not may_acknowledge(case, ordered=ordered):
        return []
    language = Language(case.language)
    claims = case.claims.exclude(state=ClaimState.WITHDRAWN.value).filter(unsure=False)
    return _to_person(
        Letter.M01,
        case,
        date=words.day(case.receipt_date, language),
        time=words.clock(case.received_at, language),
        **timing.promise(case, now),
        rights_line=words.rights({Right(claim.right) for claim in claims}, language),
        strict=case.policy_version.policy.formalities == "strict",
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
    """M16 to whoever wrote the merged case: where it goes on, and that the first receipt counts."""
    target = case
    while target.merged_into is not None:
        target = target.merged_into
    if target == case or not may_acknowledge(case):
        return []
    language = Language(case.language)
    return _to_person(
        Letter.M16,
        case,
        into=target.reference,
        date=words.day(target.receipt_date, language),
        **timing.promise(target, now),
    )


def _identity_question(case: Case, doubt: str, now: datetime) -> list[Order]:
    return _to_person(
        Letter.M02,
        case,
        doubt=doubt.strip().rstrip("."),
        options=words.IDENTITY_OPTIONS[Language(case.language)],
        **timing.question(case, PauseKind.IDENTITY, now, days=case.policy_version.policy.identity_silence_days),
    )


def _answer(case: Case, claim: Claim, now: datetime) -> list[Order]:
    """The letter of an approved claim; nothing yet while the law wants another answer first."""
    if claim.state != ClaimState.APPROVED.value or waits_for_another(claim):
        return []
    language = Language(case.language)
    outcome, right = Outcome(claim.outcome), Right(claim.right)
    author = Staff.objects.filter(code=claim.author).first()
    return _to_person(
        answer_for(right, outcome),
        case,
        claim=claim,
        date=words.day(case.receipt_date, language),
        today=words.day(deadlines.brussels_date(now), language),
        right=words.rights({right}, language),
        right_code=right.value,
        partly=outcome is Outcome.PARTLY_GRANTED,
        hands_over=hands_over_data(claim),
        authority=words.authority(case),
        officer=author.name if author else "",
    )


def _answers_now_free(case: Case, now: datetime) -> list[Order]:
    """Approved claims whose letter had to wait and that have none yet."""
    found: list[Order] = []
    for claim in case.claims.filter(state=ClaimState.APPROVED.value, right=Right.ERASURE.value):
        written = Notification.objects.filter(
            claim_uuid=claim.uuid, letter__in=[letter.value for letter in ANSWERS], created_at__gte=claim.approved_at
        )
        if not written.exists():
            found += _answer(case, claim, now)
    return found


def _to_person(letter: Letter, case: Case, *, claim: Claim | None = None, **variables: object) -> list[Order]:
    address = address_of(case)
    if not address:
        return []  # posted or handed over by the officer, who records it
    common = {
        "ref": case.reference,
        "controller": case.controller.name,
        "mailbox": settings.MAILBOX,
        "status_link": STATUS_LINK,
    }
    return [
        Order(letter, case, address, Language(case.language), {**common, **variables}, claim.uuid if claim else None)
    ]


def _addressed(draft: endings.Draft, case: Case) -> list[Order]:
    if not draft.to:
        return _to_person(draft.letter, case, **draft.variables)
    if not _ADDRESS.fullmatch(draft.to):
        return []
    common = {"ref": case.reference, "controller": case.controller.name, "mailbox": settings.MAILBOX}
    return [Order(draft.letter, case, draft.to, Language(case.language), {**common, **draft.variables})]


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
        return approved_at is None or approved_at > letter.created_at
    if code is Letter.M01:
        return bool(case.state == CaseState.MERGED.value)  # it goes on under another number
    if code is Letter.M15:
        return not case.end_reason  # it is a request after all
    if code is Letter.M27:
        return not letter.event_id or not code_for_letter(letter.event_id, at=timezone.now())
    if code is Letter.M02:
        return bool(case.state != CaseState.AWAITING_IDENTITY.value)
    return timing.overtaken(code, case) or (code in {Letter.A01, Letter.A02, Letter.A03} and not case.is_open)


# -- to staff: reference, rights, days and a link, nothing of the person ------------------------------


def _reminders(case: Case, milestone: str, days_left: int, now: datetime) -> Iterator[Order]:
    if milestone == "A03":
        late = (deadlines.brussels_date(now) - case.case_due).days if case.case_due else -days_left
        alarmed = {*carriers(case), *holding(Role.MANAGER), *holding(Role.DPO)}
        yield from _to_staff(Letter.A03, case, alarmed, days_late=max(late, 1))
        return
    left = max(days_left, 0)
    yield from _to_staff(Letter.A01, case, carriers(case), days_left=left)
    if int(milestone.rpartition("-")[2]) <= case.policy_version.policy.manager_days:
        yield from _to_staff(Letter.A02, case, set(holding(Role.MANAGER)), days_left=left)


def _unanswered(case: Case, data: Mapping[str, Any], now: datetime) -> Iterator[Order]:
    """A question nobody answered: the person is reminded, then whoever carries the case decides."""
    kind = PauseKind(data["pause"])
    if str(data["milestone"]).startswith(Letter.M21.value):
        asked_on = date.fromisoformat(data["about"])
        yield from _to_person(Letter.M21, case, **timing.reminder(case, kind, asked_on, now))
    else:
        yield from _to_staff(Letter.A11, case, carriers(case), identity=kind is PauseKind.IDENTITY)


def readable(readers: Iterable[Staff]) -> Iterator[tuple[Staff, Language]]:
    """Who of them can be written to, each address once, with the language they read."""
    seen: set[str] = set()
    for reader in sorted(readers, key=lambda staff: staff.pk or 0):
        if reader.email not in seen and _ADDRESS.fullmatch(reader.email):
            seen.add(reader.email)
            yield reader, Language(reader.language)


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
    for reader, language in readable(readers):
        common = {
            "ref": case.reference,
            "rights": words.staff_rights(rights, language),
            "link": f"{settings.PUBLIC_URL}/cases/{case.uuid}/",
            "send_by": words.day(case.send_by or due, language),
            "due": words.day(due, language),
        }
        yield Order(code, case, reader.email, language, {**common, **variables})
