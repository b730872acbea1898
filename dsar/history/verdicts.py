"""Page one: four verdicts, what deserves attention, and the line of the case.

Law and promise are judged apart: an extended case can be in time and late on its promise. A verdict
has a sign and a word before it has a colour.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dsar.history import labels
from dsar.history.drawing import Label, Line
from dsar.history.record import CaseHistory, ClaimLine
from dsar.history.typography import brief, clock, day, inside, number
from workflow.deadlines import brussels_date
from workflow.states import CaseState, ClaimState, EventKind, Outcome

_ENDED_OTHERWISE = {CaseState.WITHDRAWN, CaseState.OUT_OF_SCOPE, CaseState.FORWARDED, CaseState.MERGED}


@dataclass(frozen=True, slots=True)
class Verdict:
    """``tone``: yes, part (look closer) or open (not decided yet)."""

    mark: str
    value: str
    text: str
    tone: str


def verdicts(history: CaseHistory, language: str) -> list[Verdict]:
    """Law, promise, outcome, chain: the columns of the first table."""
    return [
        _law(history, language),
        _promise(history, language),
        _outcome(history, language),
        _chain(history, language),
    ]


def _days(count: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}


def _no_answer_due(history: CaseHistory) -> Verdict | None:
    """A case that ended without an answer of ours has no limit to keep."""
    state = CaseState(history.state)
    if state not in _ENDED_OTHERWISE and not (state is CaseState.CLOSED and history.answered_on is None):
        return None
    value = str(labels.CASE_STATES[state])
    if history.merged_into:
        return Verdict("–", value, _("Answered under %(reference)s") % {"reference": history.merged_into}, "open")
    return Verdict("–", value, _("The case ended without an answer being due"), "open")


def _pending(history: CaseHistory, due: date | None, language: str) -> Verdict:
    if due is None:
        text = _("A question to the person is open; without it, the limit is %(day)s")
        return Verdict(
            "○", pgettext("clock", "Paused"), text % {"day": day(history.dates.never_paused_due, language)}, "open"
        )
    if history.last_day > due:
        text = _("Not answered; the limit of %(day)s has passed")
        return Verdict("✗", pgettext("clock", "Overdue"), text % {"day": day(due, language)}, "part")
    text = _("To be answered by %(day)s at the latest")
    return Verdict("○", pgettext("clock", "Running"), text % {"day": day(due, language)}, "open")


def _law(history: CaseHistory, language: str) -> Verdict:
    if ended := _no_answer_due(history):
        return ended
    answered = history.answered_on
    if answered is None:
        return _pending(history, history.legal_due, language)
    due = history.legal_due or history.dates.never_paused_due
    words = {"answered": day(answered, language), "due": day(due, language), "days": _days(abs((due - answered).days))}
    if answered > due:
        text = _("Answered on %(answered)s, %(days)s after the limit of %(due)s")
        return Verdict("✗", _("No"), text % words, "part")
    if answered == due:
        return Verdict("✓", _("Yes"), _("Answered on %(answered)s, the last day of the limit") % words, "yes")
    text = (
        _("Answered on %(answered)s, %(days)s before the extended limit of %(due)s")
        if history.extension
        else _("Answered on %(answered)s, %(days)s before the limit of %(due)s")
    )
    return Verdict("✓", _("Yes"), text % words, "yes")


def _promise(history: CaseHistory, language: str) -> Verdict:
    if ended := _no_answer_due(history):
        return ended
    answered, due = history.answered_on, history.dates.policy_due
    if answered is None:
        return _pending(history, due, language)
    used = (answered - history.dates.received_on).days - (history.dates.paused_days or 0)
    kept = answered <= due if due else used <= 30
    text = (
        _("Day %(used)d of 30, pauses not counted")
        if history.dates.paused_days
        else _("Day %(used)d of 30; the clock was never paused")
    )
    return Verdict(
        "✓" if kept else "✗", _("Yes") if kept else _("No"), text % {"used": used}, "yes" if kept else "part"
    )


def standing(claim: ClaimLine) -> str:
    """The decision once it is answered, else how far it is."""
    if claim.state == ClaimState.ANSWERED.value:
        return str(labels.OUTCOMES[claim.outcome])
    if claim.state == ClaimState.OPEN.value and not claim.confirmed:
        return str(labels.PROPOSED)
    return str(labels.CLAIM_STATES[claim.state])


def _outcome(history: CaseHistory, language: str) -> Verdict:
    claims = history.claimed
    if not claims:
        return Verdict("○", pgettext("outcome", "Open"), _("No right has been recognised so far"), "open")
    told = []
    for claim in claims:
        right = str(labels.RIGHTS[claim.right])
        right = inside(right, language) if told else right
        told.append(_("%(right)s: %(what)s") % {"right": right, "what": inside(standing(claim), language)})
    text = "; ".join(told)
    if any(claim.state != ClaimState.ANSWERED.value for claim in claims):
        return Verdict("○", pgettext("outcome", "Open"), text, "open")
    outcomes = {Outcome(claim.outcome) for claim in claims}
    if len(outcomes) == 1:
        (only,) = outcomes
        mark, tone = {
            Outcome.GRANTED: ("✓", "yes"),
            Outcome.NOTHING_HELD: ("✓", "yes"),
            Outcome.PARTLY_GRANTED: ("±", "part"),
            Outcome.REFUSED: ("✗", "part"),
        }[only]
        return Verdict(mark, str(labels.OUTCOMES[only]), text, tone)
    if outcomes == {Outcome.GRANTED, Outcome.NOTHING_HELD}:
        return Verdict("✓", str(labels.OUTCOMES[Outcome.GRANTED]), text, "yes")
    return Verdict("±", pgettext("outcome", "In part"), text, "part")


def _chain(history: CaseHistory, language: str) -> Verdict:
    seal = history.integrity
    if not seal.intact:
        text = _("Event %(number)d: %(fault)s") % {"number": seal.broken_at, "fault": fault(history)}
        return Verdict("✗", pgettext("chain", "Broken"), text, "part")
    text = ngettext("%(n)s event recomputed", "%(n)s events recomputed", seal.count) % {
        "n": number(seal.count, language)
    }
    return Verdict("✓", pgettext("chain", "Intact"), text, "yes")


def fault(history: CaseHistory) -> str:
    """Why the chain does not hold, in words."""
    return str(labels.FAULTS.get(history.integrity.why, labels.FAULTS["hash"]))


def remarks(history: CaseHistory, language: str) -> list[str]:
    """What deserves attention; nothing to say is an empty list."""
    found = []
    if not history.integrity.intact:
        words = {"number": history.integrity.broken_at, "fault": fault(history)}
        found.append(_("The chain of evidence does not hold at event %(number)d: %(fault)s.") % words)
    if history.extension:
        words = {
            "day": day(brussels_date(history.extension.at), language),
            "promised": day(history.extension.promised, language),
            "reason": labels.EXTENSION_REASONS[history.extension.reason],
        }
        found.append(_("Extended on %(day)s to %(promised)s (Art. 12(3)): %(reason)s.") % words)
    late = sum(pause.verdict == "late" for pause in history.pauses)
    if late:
        found.append(
            ngettext(
                "%(n)d question was asked too late to stop the clock.",
                "%(n)d questions were asked too late to stop the clock.",
                late,
            )
            % {"n": late}
        )
    found += _about_letters(history)
    reopened = sum(event.kind == EventKind.CASE_REOPENED for event in history.events)
    if reopened:
        text = ngettext("The case was reopened once.", "The case was reopened %(n)d times.", reopened)
        found.append(text % {"n": reopened})
    absorbed = [str(event.data.get("from", "")) for event in history.events if event.kind == EventKind.CASE_ABSORBED]
    if absorbed:
        found.append(_("Merged into this case: %(references)s.") % {"references": ", ".join(absorbed)})
    erased = sum(event.content == "erased" for event in history.events)
    if erased:
        text = ngettext(
            "The text of %(n)d event was erased; its hash remains and still counts in the chain.",
            "The texts of %(n)d events were erased; their hashes remain and still count in the chain.",
            erased,
        )
        found.append(text % {"n": erased})
    return found


def _about_letters(history: CaseHistory) -> list[str]:
    found = []
    written = sum(letter.state == "written" for letter in history.letters)
    if written:
        text = ngettext(
            "%(n)d letter was only written to a folder of this installation: it did not reach the person.",
            "%(n)d letters were only written to a folder of this installation: they did not reach the person.",
            written,
        )
        found.append(text % {"n": written})
    lost = sum(letter.state == "undeliverable" for letter in history.letters)
    if lost:
        text = ngettext("%(n)d letter could not be delivered.", "%(n)d letters could not be delivered.", lost)
        found.append(text % {"n": lost})
    return found


def line(history: CaseHistory, language: str) -> Line:
    """The three milestones and the limits, ready to be drawn."""
    until = history.answered_on or max(history.last_day, history.dates.received_on)
    if history.closed_at and history.answered_on is None:
        until = brussels_date(history.closed_at)
    milestones = _milestones(history, until, language)
    limits = _limits(history, language)
    pauses = [
        (pause.asked_on, pause.answered_on or until)
        for pause in history.pauses
        if pause.stops and pause.asked_on and (pause.answered_on or until) > pause.asked_on
    ]
    told = [f"{label.title}, {', '.join(label.lines)}" for label in (*milestones, *limits)]
    told += [
        _("Paused from %(first)s to %(last)s") % {"first": brief(first, language), "last": brief(last, language)}
        for first, last in pauses
    ]
    return Line(
        received=history.dates.received_on,
        until=until,
        due=history.dates.case_due or history.dates.never_paused_due,
        pauses=pauses,
        milestones=milestones,
        limits=limits,
        alt=_("Line of the case. %(told)s.") % {"told": ". ".join(told)},
        language=language,
    )


def _milestones(history: CaseHistory, until: date, language: str) -> list[Label]:
    received = history.dates.received_on
    time = clock(history.received_at)[:5]
    found = [Label(received, _("Received"), [brief(received, language), _("%(time)s in Brussels") % {"time": time}], 1)]
    if history.verified_at:
        on = brussels_date(history.verified_at)
        level = _("level %(level)s") % {"level": history.identity_level}
        found.append(Label(on, _("Identity verified"), [brief(on, language), level], 2))
    elif not history.identity_needed:
        confirmed = next(
            (e.utc for e in history.events if e.kind == EventKind.IDENTITY_NOT_REQUIRED), history.received_at
        )
        on = brussels_date(confirmed)
        found.append(Label(on, _("Identity"), [brief(on, language), _("no proof required")], 2))
    elif history.is_open:
        # A date nobody knows: drawn after the last event, clear of the receipt.
        limit = history.dates.case_due or history.dates.never_paused_due
        on = max(until, received + max(limit - received, timedelta(days=5)) / 5)
        found.append(Label(on, _("Identity"), [_("not verified yet")], 2, reached=False))
    if history.answered_on:
        found.append(Label(history.answered_on, _("Processed"), [brief(history.answered_on, language)], 3))
    elif history.is_open and history.dates.case_due:
        due = history.dates.case_due
        by = _("by %(day)s") % {"day": brief(due, language)}
        found.append(Label(due, _("Processed"), [by], 3, reached=False, before=True))
    return found


def _limits(history: CaseHistory, language: str) -> list[Label]:
    paused = [_("pauses included")] if history.dates.paused_days else []
    found = []
    if history.dates.policy_due:
        words = ", ".join([brief(history.dates.policy_due, language), *paused])
        found.append(Label(history.dates.policy_due, _("Promise: 30 days"), [words], before=True))
    if history.dates.month_due:
        words = ", ".join([brief(history.dates.month_due, language), *paused])
        found.append(Label(history.dates.month_due, _("Law: one month"), [words]))
    if history.extension and history.dates.case_due:
        found.append(Label(history.dates.case_due, _("Extended limit"), [brief(history.dates.case_due, language)]))
    if not found:
        words = _("%(day)s, without the open question") % {"day": brief(history.dates.never_paused_due, language)}
        found.append(Label(history.dates.never_paused_due, _("Law: one month"), [words], before=True))
    return found
