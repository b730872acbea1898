"""From the rows of a case to its :class:`CaseHistory`, the chain recomputed on the way.

The same rows give an equal :class:`CaseHistory`, whenever it is asked for.
"""

import json
from collections.abc import Iterable

from dsar.exports.models import BundleState, ExportBundle
from dsar.history import derivation
from dsar.history.record import (
    FULL,
    AbsorbedLine,
    BundleLine,
    CaseHistory,
    ClaimLine,
    Content,
    Dates,
    EventLine,
    ExtensionLine,
    FileLine,
    IdentityLine,
    Integrity,
    LetterLine,
    NoteLine,
    NoticeLine,
    PauseLine,
    Person,
    SourceLine,
    Variant,
)
from dsar.sources.models import AttachedFile
from notifications.kinds import Audience
from notifications.models import Notification
from workflow import deadlines, events
from workflow.models import Case, Claim, Event, Staff, Stream
from workflow.sealing import KeyGone
from workflow.services import deadlines_of, done_of, extension_in_force, facts_of
from workflow.states import EventKind

_TRIES = 5


class CaseKeepsChanging(Exception):
    """The case changed at every attempt to read it; try again in a moment."""


def case_history(case: Case, *, variant: Variant = FULL, language: str = "fr") -> CaseHistory:
    """The case as it stands, its chain recomputed from the stored bytes.

    ``language`` (fr, nl, de, en) is that of the derivation sentences. Raises CaseKeepsChanging
    when somebody writes to the case at every attempt; no lock is taken.
    """
    for _try in range(_TRIES):
        before = _end_of(case)
        history = _read(Case.objects.get(pk=case.pk), variant, language)
        if _end_of(case) == before:
            return history
    raise CaseKeepsChanging(f"Case {case.reference} is being changed right now: try again in a moment.")


def _end_of(case: Case) -> list[tuple[str, int, str]]:
    """The ends of its chain and of those of the cases merged into it."""
    names = [case.stream, *(merged.stream for merged in _absorbed(case))]
    return list(Stream.objects.filter(name__in=names).order_by("name").values_list("name", "seq", "head"))


def _absorbed(case: Case) -> list[Case]:
    """The cases merged into this one, and into those, in the order of their receipt."""
    found = []
    for merged in case.absorbed.select_related("merged_into"):
        found += [merged, *_absorbed(merged)]
    return sorted(found, key=lambda merged: (merged.received_at, merged.pk))


def _read(case: Case, variant: Variant, language: str) -> CaseHistory:
    full = variant == FULL
    rows = list(Event.objects.filter(stream=case.stream).order_by("seq"))
    rights = {str(claim.uuid): claim.right for claim in case.claims.all()}
    lines = tuple(_event_line(event, rights, full=full) for event in rows)
    verdict = events.verify(case.stream)
    dates = deadlines_of(case)
    absorbed = tuple(_absorbed_line(merged, full=full) for merged in _absorbed(case))
    mailbox = case.controller.mailboxes.order_by("id").first()
    return CaseHistory(
        variant=variant,
        controller=case.controller.name,
        mailbox=mailbox.address if mailbox else "",
        reference=case.reference,
        state=case.state,
        channel=case.channel,
        case_language=case.language,
        person=_person(case, full=full),
        received_at=case.received_at,
        identity_needed=case.identity_needed,
        identity_level=case.identity_level,
        verified_at=case.verified_at,
        processed_at=case.processed_at,
        closed_at=case.closed_at,
        merged_into=case.merged_into.reference if case.merged_into else "",
        dates=Dates(
            received_on=dates.receipt_date,
            policy_due=dates.policy_30d,
            month_due=dates.month_due,
            case_due=dates.case_due,
            send_by=dates.send_by,
            never_paused_due=dates.month_due_if_never_paused,
            extension_notice_by=dates.extension_notice_by,
            paused_days=dates.paused_days,
            derivation=tuple(derivation.explain(dates, language)),
        ),
        claims=tuple(_claim_line(claim, full=full) for claim in case.claims.all()),
        events=lines,
        integrity=Integrity(
            stream=case.stream,
            count=len(rows),
            first=rows[0].hash if rows else "",
            head=rows[-1].hash if rows else events.genesis(case.stream),
            broken_at=verdict.broken_at,
            why=verdict.why,
        ),
        generated_at=rows[-1].utc if rows else case.received_at,
        pauses=_pause_lines(case, dates),
        extension=_extension_line(case),
        identity=_identity_lines(case),
        sources=_source_lines(case),
        files=_file_lines(case, full=full),
        bundle=_bundle_line(case),
        notices=_notice_lines(case),
        letters=_letter_lines(case, full=full),
        absorbed=absorbed,
        staff=_names(lines, case, absorbed) if full else {},
    )


def _person(case: Case, *, full: bool) -> Person:
    pseudonym = f"P-{case.uuid.hex[:6].upper()}"
    return Person(pseudonym, case.person_name, case.person_email, case.written_by) if full else Person(pseudonym)


def _event_line(event: Event, rights: dict[str, str], *, full: bool) -> EventLine:
    body = bytes(event.body).decode("utf-8", "replace")
    try:
        told = json.loads(body)
        told = told if isinstance(told, dict) else {}
    except ValueError:
        told = {}  # somebody wrote over it: the chain verdict names the event, the columns still say what it was
    data = told.get("data")
    content: Content = "none"
    salt = payload = ""
    if told.get("payload"):
        salted = events.salted_payload(event) if full else None
        content = "shown" if salted else "erased" if full else "withheld"
        if salted:
            salt, payload = salted[:16].hex(), salted[16:].decode("utf-8", "replace")
    return EventLine(
        seq=event.seq,
        utc=event.utc,
        kind=event.kind,
        actor=event.actor,
        actor_kind=str(told.get("actor_kind", "")),
        role=str(told.get("role", "")),
        right=rights.get(str(told.get("claim", "")), ""),
        data=data if isinstance(data, dict) else {},
        hash=event.hash,
        body=body,
        content=content,
        salt=salt,
        payload=payload,
    )


def _facts(claim: Claim) -> str:
    try:
        return facts_of(claim)
    except KeyGone:
        return ""  # shredded: the decision stays, its text is gone


def _done(claim: Claim) -> str:
    try:
        return done_of(claim)
    except KeyGone:
        return ""


def _claim_line(claim: Claim, *, full: bool) -> ClaimLine:
    return ClaimLine(
        right=claim.right,
        state=claim.state,
        confirmed=claim.confirmed,
        outcome=claim.outcome,
        ground=claim.ground,
        facts=_facts(claim) if full else "",
        author=claim.author,
        submitted_at=claim.submitted_at,
        reviewer=claim.reviewer,
        approved_at=claim.approved_at,
        four_eyes=claim.four_eyes,
        alone=claim.alone,
        executed_at=claim.executed_at,
        done=_done(claim) if full else "",
        proof=claim.proof,
        verified_by=claim.verified_by,
        verified_at=claim.verified_at,
        answered_at=claim.answered_at,
        means=claim.answered_by_means,
    )


def _pause_lines(case: Case, dates: deadlines.Deadlines) -> tuple[PauseLine, ...]:
    """Each question with what the clock made of it; one that never left has no verdict."""
    judged = {
        (step.pause.asked, step.pause.answered): step for step in dates.steps if isinstance(step, deadlines.Question)
    }
    lines = []
    for pause in case.pauses.all():
        step = judged.get((pause.asked_on, pause.answered_on)) if pause.asked_on else None
        verdict, days = (step.verdict.value, step.days) if step else ("", 0)
        lines.append(PauseLine(pause.kind, pause.raised_at, pause.asked_on, pause.answered_on, verdict, days))
    return tuple(lines)


def _extension_line(case: Case) -> ExtensionLine | None:
    row = extension_in_force(case)
    if row is None:
        return None
    return ExtensionLine(row.months, row.reason, row.promised, row.asked_by, row.approved_by, row.created_at, row.alone)


def _identity_lines(case: Case) -> tuple[IdentityLine, ...]:
    rows = case.identity_checks.all()
    return tuple(
        IdentityLine(row.method, row.level, row.checked_by, row.checked_at, row.second_by, row.alone) for row in rows
    )


def _source_lines(case: Case) -> tuple[SourceLine, ...]:
    return tuple(
        SourceLine(row.source, row.state, row.records, row.asked_at, row.answered_at, row.answered_by)
        for row in case.collections.all()
    )


def _file_lines(case: Case, *, full: bool) -> tuple[FileLine, ...]:
    """Files still attached; a file name may name a person, so the pseudonymised variant numbers them."""
    rows = AttachedFile.objects.filter(case=case, removed_at__isnull=True).select_related("case").order_by("id")
    return tuple(
        FileLine(row.source, row.name if full else f"{number}.{row.format}", row.records, row.sha256, row.added_at)
        for number, row in enumerate(rows, 1)
    )


def _bundle_line(case: Case) -> BundleLine | None:
    row = ExportBundle.objects.filter(case=case, state=BundleState.READY).order_by("-id").first()
    if row is None or row.built_at is None:
        return None
    return BundleLine(row.sha256, row.records or 0, row.size or 0, row.built_at)


def _notice_lines(case: Case) -> tuple[NoticeLine, ...]:
    return tuple(
        NoticeLine(row.recipient, claim.right, row.state, row.sent_at, row.ended_at)
        for claim in case.claims.all()
        for row in claim.notices.order_by("id")
    )


def _letter_lines(case: Case, *, full: bool) -> tuple[LetterLine, ...]:
    """Letters to the person; reminders to staff stand in the journal only."""
    rows = Notification.objects.filter(case=case).exclude(audience=Audience.STAFF.value).order_by("id")
    return tuple(
        LetterLine(
            letter=row.letter,
            language=row.language,
            recipient=row.recipient if full else "",
            state=row.state,
            message_id=row.message_id,
            finished_at=row.finished_at,
            sha256=row.sha256,
        )
        for row in rows
    )


def _absorbed_line(case: Case, *, full: bool) -> AbsorbedLine:
    rows = list(Event.objects.filter(stream=case.stream).order_by("seq"))
    noted = [_event_line(event, {}, full=full) for event in rows if event.kind == EventKind.NOTE_ADDED.value]
    return AbsorbedLine(
        reference=case.reference,
        received_at=case.received_at,
        into=case.merged_into.reference if case.merged_into else "",
        count=len(rows),
        head=rows[-1].hash if rows else events.genesis(case.stream),
        intact=events.verify(case.stream).intact,
        notes=tuple(NoteLine(line.utc, line.actor, line.content, _text(line)) for line in noted),
        letters=_letter_lines(case, full=full),
    )


def _text(line: EventLine) -> str:
    try:
        told = json.loads(line.payload or "{}")
    except ValueError:
        return ""  # changed text: the verdict on its chain says so
    return str(told.get("text", "")) if isinstance(told, dict) else ""


def _names(lines: Iterable[EventLine], case: Case, absorbed: Iterable[AbsorbedLine]) -> dict[str, str]:
    codes = {line.actor for line in lines} | {str(line.data.get("to", "")) for line in lines}
    codes |= {str(line.data.get("released", "")) for line in lines}
    codes |= {code for line in lines for code in str(line.data.get("named", "")).split(",")}
    codes |= {note.by for merged in absorbed for note in merged.notes}
    codes |= {code for one in case.claims.all() for code in (one.author, one.reviewer, one.verified_by)}
    return dict(Staff.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))
