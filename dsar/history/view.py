"""Everything the template prints, ready made: codes are words and dates are set, no logic remains.

Called with the document's language active; texts of people pass through :func:`drawable`, since a
PDF/A may show no character its fonts lack.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dsar.history import attachments, drawing, journal, labels, verdicts
from dsar.history.record import AbsorbedLine, CaseHistory, ClaimLine, LetterLine
from dsar.history.typography import clock, day, first_up, halves, inside, number, stamp, utc_stamp, weekday
from dsar.paper.characters import BOX, drawable
from workflow.deadlines import brussels_date
from workflow.states import FAST_LANE, EventKind, Right

Row = dict[str, Any]


def of(history: CaseHistory, data: bytes, language: str) -> Row:
    """The template's context; ``data`` is the attached JSON, whose digest is printed."""
    shown, boxed = _drawable(history)
    seal = shown.integrity
    words = f"dsr-head:v1:{shown.reference}:{seal.count}:{seal.head}"
    alt = _("QR code: case %(reference)s, %(n)d events, head %(head)s")
    return {
        "language": language,
        "h": shown,
        "title": title(shown),
        "variant": variant(shown),
        "rights": ", ".join(inside(str(labels.RIGHTS[claim.right]), language) for claim in shown.claimed),
        "generated": stamp(shown.generated_at, language),
        "verdicts": verdicts.verdicts(shown, language),
        "timeline": drawing.timeline(verdicts.line(shown, language)),
        "facts": _facts(shown, language),
        "remarks": [*verdicts.remarks(shown, language), *([_boxed()] if boxed else [])],
        "dates": _dates(shown, language),
        "pauses": _pauses(shown, language),
        "extension": _extension(shown, language),
        "identity": _identity(shown, language),
        "decisions": [_decision(shown, claim, language) for claim in shown.claims],
        "sources": _sources(shown, language),
        "files": _files(shown, language),
        "notices": _notices(shown, language),
        "letters": _letters(shown, shown.letters, language),
        "absorbed": [_absorbed(shown, merged, language) for merged in shown.absorbed],
        "rows": journal.rows(shown, language),
        "fault": "" if seal.intact else verdicts.fault(shown),
        "count": number(seal.count, language),
        "data_name": attachments.DATA_NAME,
        "recipe_name": attachments.RECIPE_NAME,
        "data": halves(hashlib.sha256(data).hexdigest()),
        "first": halves(seal.first),
        "head": halves(seal.head),
        "head_short": seal.head[:16],
        "qr": drawing.code(words, alt % {"reference": shown.reference, "n": seal.count, "head": seal.head}),
    }


def title(history: CaseHistory) -> str:
    """The document's title, as readers show it in the window."""
    return _("History of case %(reference)s – %(variant)s") % {
        "reference": history.reference,
        "variant": variant(history),
    }


def variant(history: CaseHistory) -> str:
    return _("full variant") if history.full else _("pseudonymised variant")


def _drawable(history: CaseHistory) -> tuple[CaseHistory, bool]:
    """The history with what people wrote made drawable, and whether a character had to be boxed."""
    boxed = False

    def clean(text: str) -> str:
        nonlocal boxed
        shown = drawable(text)
        boxed = boxed or shown.count(BOX) > text.count(BOX)
        return shown

    person = dataclasses.replace(
        history.person,
        name=clean(history.person.name),
        email=clean(history.person.email),
        written_by=clean(history.person.written_by),
    )
    return dataclasses.replace(
        history,
        person=person,
        controller=clean(history.controller),
        claims=tuple(
            dataclasses.replace(claim, facts=clean(claim.facts), done=clean(claim.done)) for claim in history.claims
        ),
        files=tuple(dataclasses.replace(file, name=clean(file.name)) for file in history.files),
        letters=tuple(dataclasses.replace(letter, recipient=clean(letter.recipient)) for letter in history.letters),
        absorbed=tuple(_clean_absorbed(merged, clean) for merged in history.absorbed),
        events=tuple(dataclasses.replace(event, payload=clean(event.payload)) for event in history.events),
        staff={code: clean(name) for code, name in history.staff.items()},
    ), boxed


def _clean_absorbed(merged: AbsorbedLine, clean: Callable[[str], str]) -> AbsorbedLine:
    return dataclasses.replace(
        merged,
        notes=tuple(dataclasses.replace(note, text=clean(note.text)) for note in merged.notes),
        letters=tuple(dataclasses.replace(letter, recipient=clean(letter.recipient)) for letter in merged.letters),
    )


def _boxed() -> str:
    return _("%(box)s stands for a character this document cannot draw; the attached data have it.") % {"box": BOX}


def _facts(history: CaseHistory, language: str) -> list[Row]:
    person = history.person
    who = ", ".join(filter(None, (person.name, person.email)))
    who = (
        _("%(who)s (pseudonym %(pseudonym)s)") % {"who": who, "pseudonym": person.pseudonym}
        if who
        else _("%(pseudonym)s (identity hidden in this variant)") % {"pseudonym": person.pseudonym}
        if not history.full
        else person.pseudonym
    )
    asked = [f"{labels.RIGHTS[claim.right]} ({labels.ARTICLES[claim.right]})" for claim in history.claims]
    asked += [str(labels.CHANNELS[history.channel]), str(labels.LANGUAGES[history.case_language])]
    received = _("%(local)s (Brussels time), that is %(utc)s") % {
        "local": stamp(history.received_at, language),
        "utc": utc_stamp(history.received_at, language),
    }
    found: list[Row] = [
        {"label": _("Person"), "text": who},
        *([{"label": _("Written by another"), "text": person.written_by}] if person.written_by else []),
        {"label": _("Request"), "text": "; ".join(asked)},
        {"label": _("Received"), "text": received},
        {"label": _("Identity"), "text": _identity_line(history, language)},
    ]
    for claim in history.claims:
        decision, ground = verdicts.standing(claim), str(labels.GROUNDS.get(claim.ground, ""))
        found.append({"label": str(labels.RIGHTS[claim.right]), "strong": decision, "text": ground})
    state = str(labels.CASE_STATES[history.state])
    if history.merged_into:
        state = f"{state} → {history.merged_into}"
    if history.closed_at:
        state = f"{state}, {day(brussels_date(history.closed_at), language)}"
    return [*found, {"label": _("State"), "text": state}]


def _identity_line(history: CaseHistory, language: str) -> str:
    if history.identity:
        check = history.identity[-1]
        return _("%(level)s: %(method)s; %(day)s, by %(who)s. No copy of a document is kept in this history.") % {
            "level": labels.LEVELS[check.level],
            "method": labels.METHODS[check.method],
            "day": day(brussels_date(check.checked_at), language),
            "who": journal.staff(history, check.checked_by),
        }
    if not history.identity_needed:
        return _("No proof required for these rights")
    return _("Not verified yet") if history.is_open else _("Not verified")


def _dates(history: CaseHistory, language: str) -> list[Row]:
    known = history.dates
    none = _("no date while the question to the person is open")
    found = [
        (_("Promise of 30 days"), known.policy_due, _("published policy, clause 7.8")),
        (_("Law: one month"), known.month_due, _("Art. 12(3) GDPR, Regulation 1182/71")),
        (
            _("Answer due"),
            known.case_due,
            _("the extended limit") if history.extension else _("the earlier of the two"),
        ),
        (_("Last working day to send"), known.send_by, _("Belgian working days")),
    ]
    rows: list[Row] = [
        {
            "label": label,
            "day": day(on, language) if on else none,
            "rule": rule,
            "final": on and label == _("Answer due"),
        }
        for label, on, rule in found
    ]
    if history.pauses:
        rows.append(
            {
                "label": _("Law, had the clock never paused"),
                "day": day(known.never_paused_due, language),
                "rule": _("for comparison"),
                "final": False,
            }
        )
    return rows


def _pauses(history: CaseHistory, language: str) -> list[Row]:
    doubts = iter(event for event in history.events if event.kind == EventKind.IDENTITY_ASKED)
    found = []
    for pause in history.pauses:
        event = next(doubts, None) if pause.kind == "identity" else None
        said = journal.payload(event).get("doubt", "") if event else ""
        found.append(
            {
                "kind": str(labels.PAUSES[pause.kind]),
                "asked": day(pause.asked_on, language) if pause.asked_on else "–",
                "answered": day(pause.answered_on, language) if pause.answered_on else pgettext("reply", "open"),
                "days": pause.days,
                "effect": str(labels.VERDICTS[pause.verdict]),
                "doubt": said,
            }
        )
    return found


def _extension(history: CaseHistory, language: str) -> list[Row]:
    row = history.extension
    if row is None:
        return []
    months = ngettext("%(n)d month", "%(n)d months", row.months) % {"n": row.months}
    return [
        {"label": _("Reason"), "text": first_up(str(labels.EXTENSION_REASONS[row.reason]))},
        {"label": _("Length"), "text": months},
        {"label": _("New limit"), "text": day(row.promised, language)},
        {"label": _("Asked by"), "text": journal.staff(history, row.asked_by)},
        {"label": _("Approved by"), "text": f"{journal.staff(history, row.approved_by)}, {stamp(row.at, language)}"},
        *([{"label": _("Second reader"), "text": _read_again()}] if row.alone else []),
    ]


def _identity(history: CaseHistory, language: str) -> list[Row]:
    found: list[Row] = []
    for event in history.events:
        if event.kind == EventKind.IDENTITY_ASKED:
            doubt = journal.payload(event).get("doubt") or _("Text not shown")
            found.append({"label": _("Doubt"), "text": f"{day(brussels_date(event.utc), language)}: {doubt}"})
    for check in history.identity:
        found += [
            {"label": _("Level reached"), "text": str(labels.LEVELS[check.level])},
            {"label": _("Method"), "text": first_up(str(labels.METHODS[check.method]))},
            {
                "label": _("Checked"),
                "text": f"{stamp(check.checked_at, language)}, {journal.staff(history, check.checked_by)}",
            },
        ]
        if check.second_by:
            found.append({"label": _("Second look"), "text": journal.staff(history, check.second_by)})
        elif check.alone:
            found.append({"label": _("Second look"), "text": _("none: office of one person")})
    notes = [journal.payload(e).get("note", "") for e in history.events if e.kind == EventKind.IDENTITY_VERIFIED]
    found += [{"label": _("Note"), "text": note} for note in notes if note]
    if not history.identity:
        found.append({"label": _("Result"), "text": _identity_line(history, language)})
    return found


def _decision(history: CaseHistory, claim: ClaimLine, language: str) -> Row:
    facts: list[Row] = []

    def add(label: str, text: str) -> None:
        if text:
            facts.append({"label": label, "text": text})

    add(_("Ground"), f"{claim.ground}: {labels.GROUNDS[claim.ground]}" if claim.ground else "")
    add(_("Facts"), claim.facts)
    add(_("Author"), _signed(history, claim.author, claim.submitted_at, language))
    add(_("Second reader"), _signed(history, claim.reviewer, claim.approved_at, language))
    if why := _why_one_reader(claim):
        add(_("Second reader"), why)
    if claim.executed_at:
        add(_("Carried out"), " ".join([stamp(claim.executed_at, language), claim.done]).strip())
        seen = _signed(history, claim.verified_by, claim.verified_at, language)
        add(_("Seen that it is done"), f"{labels.PROOFS[claim.proof]}; {seen}")
    if claim.answered_at:
        add(_("Answered"), f"{stamp(claim.answered_at, language)}, {labels.MEANS[claim.means]}")
    digest = []
    if history.bundle and claim.right == Right.PORTABILITY:
        size = number(max(history.bundle.size // 1000, 1), language)
        text = _("%(n)s records, %(size)s kB, made on %(day)s") % {
            "n": number(history.bundle.records, language),
            "size": size,
            "day": stamp(history.bundle.built_at, language),
        }
        add(_("Export"), text)
        digest = halves(history.bundle.sha256)
    if not facts:
        add(_("Decision"), _("No decision yet"))
    title = (
        f"{labels.RIGHTS[claim.right]} ({labels.ARTICLES[claim.right]}): {inside(verdicts.standing(claim), language)}"
    )
    return {"title": title, "facts": facts, "digest": digest}


def _read_again() -> str:
    return _("none: office of one person, read again by the author after the wait and with a checklist")


def _why_one_reader(claim: ClaimLine) -> str:
    """Flagged wherever the file is read: nobody but the author saw it, and why that was so."""
    if claim.alone:
        return _read_again()
    if claim.four_eyes:
        return ""
    if Right(claim.right) in FAST_LANE:
        return _("not needed: fast lane (objection to marketing, withdrawal of consent)")
    return _("not needed: switched off in the settings of this case")


def _signed(history: CaseHistory, code: str, moment: Any, language: str) -> str:
    if not code:
        return ""
    return ", ".join(filter(None, (journal.staff(history, code), stamp(moment, language) if moment else "")))


def _sources(history: CaseHistory, language: str) -> list[Row]:
    return [
        {
            "name": first_up(journal.source(source.source)),
            "asked": weekday(brussels_date(source.asked_at), language),
            "answered": weekday(brussels_date(source.answered_at), language) if source.answered_at else "–",
            "state": str(labels.COLLECTIONS[source.state]),
            "records": number(source.records, language),
            "who": journal.staff(history, source.answered_by),
        }
        for source in history.sources
    ]


def _files(history: CaseHistory, language: str) -> list[Row]:
    return [
        {
            "name": file.name,
            "source": first_up(journal.source(file.source)),
            "records": number(file.records, language),
            "day": weekday(brussels_date(file.added_at), language),
            "time": clock(file.added_at),
            "hash": halves(file.sha256),
        }
        for file in history.files
    ]


def _notices(history: CaseHistory, language: str) -> list[Row]:
    def on(moment: Any) -> str:
        return weekday(brussels_date(moment), language) if moment else "–"

    return [
        {
            "name": first_up(notice.recipient),
            "right": str(labels.RIGHTS[notice.right]),
            "sent": on(notice.sent_at),
            "ended": on(notice.ended_at),
            "state": str(labels.NOTICES[notice.state]),
        }
        for notice in history.notices
    ]


def _absorbed(history: CaseHistory, merged: AbsorbedLine, language: str) -> Row:
    """What was noted and written in a case before it was merged into this one, and where its own journal ends."""
    notes = [
        {"when": stamp(note.at, language), "who": journal.staff(history, note.by), "text": journal.sealed_text(note)}
        for note in merged.notes
    ]
    events = ngettext("%(n)s event", "%(n)s events", merged.count) % {"n": number(merged.count, language)}
    received = _("received on %(moment)s") % {"moment": stamp(merged.received_at, language)}
    return {
        "title": _("Case %(reference)s, merged into %(into)s") % {"reference": merged.reference, "into": merged.into},
        "line": f"{first_up(received)}; {events}.",
        "notes": notes,
        "letters": _letters(history, merged.letters, language),
        "head": halves(merged.head),
        "intact": merged.intact,
    }


def _letters(history: CaseHistory, letters: Iterable[LetterLine], language: str) -> list[Row]:
    replies = {str(e.data.get("message_id", "")): journal.payload(e).get("reply", "") for e in history.events}
    found = []
    for letter in letters:
        moment = letter.finished_at
        found.append(
            {
                "code": letter.letter,
                "label": str(labels.LETTERS.get(letter.letter, letter.letter)),
                "to": letter.recipient or history.person.pseudonym,
                "state": str(labels.LETTER_STATES.get(letter.state, letter.state)),
                "day": weekday(brussels_date(moment), language) if moment else "–",
                "time": clock(moment) if moment else "",
                "message_id": letter.message_id,
                "reply": replies.get(letter.message_id, ""),
                "hash": halves(letter.sha256) if letter.sha256 else [],
            }
        )
    return found
