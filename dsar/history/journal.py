"""The journal: one line an event, its codes and dates in words.

A code without a line here stays in the attached data only; nothing is guessed.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dsar.history import labels, people_labels
from dsar.history.record import CaseHistory, EventLine, NoteLine
from dsar.history.typography import clock, day, euros, first_up, inside, number, stamp, weekday
from workflow.deadlines import brussels_date
from workflow.states import ActorKind, EventKind

# What stands in bold, the first that the event has; everything else follows below it.
_FIRST = (
    "rights",
    "condition",
    "relation",
    "advice",
    "scope",
    "complaint",
    "second_look",
    "after_consent",
    "outcome",
    "letter",
    "action",
    "to",
    "into",
    "from",
    "method",
    "contact_kind",
    "code_end",
    "release_end",
    "way",
    "destroyed",
    "pause",
    "source",
    "milestone",
    "records",
)
# Sealed texts worth a line on paper, in this order.
_TEXTS = (
    "subject",
    "doubt",
    "question",
    "choices",
    "facts",
    "own_fr",
    "own_nl",
    "own_de",
    "own_en",
    "calculation",
    "why",
    "done",
    "where",
    "seen",
    "text",
    "examiner",
    "company",
    "address",
    "identifier",
    "wanted",
    "columns",
    "file_format",
    "contact",
    "note",
    "how",
    "evidence",
    "reference",
    "reply",
)

# Reasons for a departure from the rule: shown to whoever may see the case.
_FOR_AUDITORS = frozenset(
    {
        EventKind.CLOCK_OVERRIDDEN.value,
        EventKind.LATER_REPLY_TAKEN.value,
        EventKind.EXTENSION_ASKED.value,
        EventKind.OPINION_DEPARTED.value,
    }
)


def rows(history: CaseHistory, language: str) -> list[dict[str, Any]]:
    """What the journal's table prints, in order."""
    return [_row(history, event, language) for event in history.events]


def _row(history: CaseHistory, event: EventLine, language: str) -> dict[str, Any]:
    who, role = actor(history, event)
    label = str(labels.EVENTS[event.kind]) if event.kind in labels.EVENTS else event.kind
    if event.right:
        label = _("%(what)s (%(right)s)") % {"what": label, "right": inside(str(labels.RIGHTS[event.right]), language)}
    strong, notes = _told(history, event, language)
    return {
        "seq": event.seq,
        "day": weekday(brussels_date(event.utc), language),
        "time": clock(event.utc),
        "who": who,
        "role": role,
        "label": label,
        "strong": strong,
        "notes": notes,
        "texts": texts(event),
        "for_auditors": event.kind in _FOR_AUDITORS,
        "hash": event.hash[:12],
        "broken": event.seq == history.integrity.broken_at,
    }


def actor(history: CaseHistory, event: EventLine) -> tuple[str, str]:
    """Who acted, and as what: the name only where the variant shows it, the hashed code always."""
    if event.actor_kind == ActorKind.SYSTEM:
        return _("System"), str(labels.SYSTEM.get(event.actor, event.actor))
    if event.actor_kind == ActorKind.PERSON:
        return _("The person"), ""
    roles = [str(labels.ROLES[role]) for role in event.role.split("+") if role in labels.ROLES]
    name = history.staff.get(event.actor)
    return (name, ", ".join([event.actor, *roles])) if name else (event.actor, ", ".join(roles))


def staff(history: CaseHistory, code: str) -> str:
    """``Claire Dumont (S-0002)``, or the code alone."""
    return f"{history.staff[code]} ({code})" if code in history.staff else code


def source(code: str) -> str:
    """Where data came from, in words; a connector's own name stays as it is."""
    return str(labels.SOURCES.get(code, code))


def payload(event: EventLine) -> dict[str, str]:
    """The sealed texts in clear, where the variant shows them."""
    if event.content != "shown":
        return {}
    try:
        found = json.loads(event.payload)
    except ValueError:
        return {}  # changed text: the chain verdict says so
    return {key: str(value) for key, value in found.items() if value} if isinstance(found, dict) else {}


def sealed_text(note: NoteLine) -> str:
    """The text of a note of a merged case, or why it is not shown."""
    return _hidden(note.content) or note.text


def _hidden(content: str) -> str:
    if content == "withheld":
        return _("Text withheld in this variant; its hash is unchanged.")
    return _("Text erased; its hash is unchanged.") if content == "erased" else ""


def texts(event: EventLine) -> list[str]:
    if hidden := _hidden(event.content):
        return [hidden]
    found = payload(event)
    return [_as_told(key, found[key]) for key in _TEXTS if key in found]


def _as_told(key: str, text: str) -> str:
    return _("The mail server answered: %(reply)s") % {"reply": text} if key == "reply" else text


def _told(history: CaseHistory, event: EventLine, language: str) -> tuple[str, list[str]]:
    words = {
        key: first_up(told)
        for key, say in _SAY.items()
        if (value := event.data.get(key)) not in (None, "", "None") and (told := say(history, value, language))
    }
    first = next((key for key in _FIRST if key in words), "")
    strong = words.pop(first, "")
    return strong, list(words.values())


Say = Callable[[CaseHistory, Any, str], str]


def _coded(table: Any, sentence: str = "%s") -> Say:
    return lambda _history, value, _language: sentence % table[value] if value in table else ""


def _rights(_history: CaseHistory, value: Any, _language: str) -> str:
    return ", ".join(str(labels.RIGHTS[code]) for code in str(value).split(",") if code in labels.RIGHTS)


def _proposed(history: CaseHistory, value: Any, language: str) -> str:
    return _("proposed: %(rights)s") % {"rights": _rights(history, value, language)}


def _withdrawn(history: CaseHistory, value: Any, language: str) -> str:
    return _("no longer asked for: %(rights)s") % {"rights": _rights(history, value, language)}


def _overlays(_history: CaseHistory, value: Any, _language: str) -> str:
    found = [str(labels.OVERLAYS[code]) for code in str(value).split(",") if code in labels.OVERLAYS]
    return _("goes on here: %(what)s") % {"what": ", ".join(found)}


def _letter(_history: CaseHistory, value: Any, _language: str) -> str:
    return f"{value} {labels.LETTERS[value]}" if value in labels.LETTERS else str(value)


def _dated(sentence: Callable[[], str]) -> Say:
    def say(_history: CaseHistory, value: Any, language: str) -> str:
        try:
            return sentence() % {"day": day(date.fromisoformat(str(value)), language)}
        except ValueError:
            return ""

    return say


def _timed(sentence: Callable[[], str]) -> Say:
    def say(_history: CaseHistory, value: Any, language: str) -> str:
        try:
            return sentence() % {"moment": stamp(datetime.fromisoformat(str(value)), language)}
        except ValueError:
            return ""

    return say


def _counted(_history: CaseHistory, value: Any, language: str) -> str:
    if not isinstance(value, int):
        return ""
    return ngettext("%(n)s record", "%(n)s records", value) % {"n": number(value, language)}


def _months(_history: CaseHistory, value: Any, _language: str) -> str:
    return ngettext("%(n)d month", "%(n)d months", value) % {"n": value} if isinstance(value, int) else ""


def _left(_history: CaseHistory, value: Any, _language: str) -> str:
    return _("days left: %(n)d") % {"n": value} if isinstance(value, int) else ""


def _yes(when_true: Callable[[], str], when_false: Callable[[], str] = str) -> Say:
    return lambda _history, value, _language: when_true() if value is True else when_false() if value is False else ""


def _euros(_history: CaseHistory, value: Any, language: str) -> str:
    return euros(value, language) if isinstance(value, int) else ""


_SAY: dict[str, Say] = {
    "rights": _rights,
    "proposed": _proposed,
    "withdrawn": _withdrawn,
    "relation": _coded(people_labels.RELATIONS),
    "minor": _yes(lambda: _("a child"), lambda: _("no child")),
    "minor_conflict": _yes(lambda: _("child and parent disagree: a manager decides")),
    "advice": _coded(people_labels.ADVICES),
    "outcome": _coded(labels.OUTCOMES),
    "ground": _coded(labels.GROUNDS),
    "cents": _euros,
    "pay_by": _dated(lambda: _("to be paid by %(day)s")),
    "letter": _letter,
    "action": _coded(labels.NOTICE_ACTIONS),
    "written_in": lambda _history, value, _language: str(value).replace(",", ", ").upper(),
    "file_format": lambda _history, value, _language: str(value),
    "to": lambda history, value, _language: staff(history, str(value)),
    "named": lambda history, value, _language: ", ".join(staff(history, code) for code in str(value).split(",")),
    "released": lambda history, value, _language: (
        _("no longer carried by %(who)s") % {"who": staff(history, str(value))}
    ),
    "into": lambda _history, value, _language: str(value),
    "from": lambda _history, value, _language: str(value),
    "scope": _coded(labels.SCOPES),
    "complaint": _coded(labels.COMPLAINTS),
    "examined_by": _dated(lambda: _("second look due on %(day)s")),
    "second_look": _coded(labels.SECOND_LOOKS),
    "reopened": _rights,
    "because": _coded(labels.REOPENED),
    "after_consent": _coded(labels.AFTER_CONSENT),
    "executed_at": _timed(lambda: _("done on %(moment)s")),
    "proof": _coded(labels.PROOFS),
    "condition": _coded(labels.CONDITIONS),
    "method": _coded(labels.METHODS),
    "level": _coded(labels.LEVELS),
    "channel": _coded(labels.METHODS, "+ %s"),
    "compared": lambda _history, value, _language: (
        _("compared: %(what)s")
        % {"what": ", ".join(str(labels.COMPARED[code]) for code in str(value).split(",") if code in labels.COMPARED)}
    ),
    "checked_by": lambda history, value, _language: _("compared by %(who)s") % {"who": staff(history, str(value))},
    "contact_kind": _coded(labels.CONTACTS),
    "origin": _coded(labels.ORIGINS),
    "known_since": _dated(lambda: _("known since %(day)s")),
    "until": _timed(lambda: _("valid until %(moment)s")),
    "same_mailbox": _yes(lambda: _("the same mailbox as the request: one factor")),
    "tries_left": lambda _history, value, _language: _("tries left: %(n)d") % {"n": value},
    "destroyed": _coded(labels.DESTROYED),
    "code_end": _coded(labels.CODE_ENDS),
    "way": _coded(people_labels.CODE_WAYS),
    "last_day": _dated(lambda: _("until %(day)s")),
    "desk_only": _yes(lambda: _("the code is told by telephone or post")),
    "downloads_left": lambda _history, value, _language: _("downloads left: %(n)d") % {"n": value},
    "release_end": _coded(people_labels.RELEASE_ENDS),
    "by_download": _yes(lambda: _("the data will be downloaded")),
    "pause": _coded(labels.PAUSES),
    "source": lambda _history, value, _language: source(value),
    "milestone": lambda _history, value, _language: str(labels.LETTERS.get(str(value)[:3], value)),
    "records": _counted,
    "received_at": _timed(lambda: _("reached our server on %(moment)s")),
    "asked_on": _dated(lambda: _("asked on %(day)s")),
    "was_answered_on": _dated(lambda: _("had been taken to have arrived on %(day)s")),
    "message_on": _dated(lambda: _("their message of %(day)s is no reply")),
    "answered_on": _dated(lambda: _("reply arrived on %(day)s")),
    "answered_at": _timed(lambda: _("left on %(moment)s")),
    "sent_at": _timed(lambda: _("left on %(moment)s")),
    "how": _coded(labels.PAUSE_ENDS),
    "months": _months,
    "reason": _coded(labels.EXTENSION_REASONS),
    "promised": _dated(lambda: _("promised for %(day)s")),
    "announced_on": _dated(lambda: _("announced on %(day)s")),
    "notice_state": _coded(labels.NOTICES),
    "notice_by": _dated(lambda: _("could be announced until %(day)s")),
    "four_eyes": _yes(str, lambda: _("without second person: switched off in the settings")),
    "alone": _yes(lambda: _("without second person: solo office")),
    "nobody_else": _yes(lambda: _("by somebody who took part before: nobody else was left")),
    "interim": _coded(labels.INTERIM_GROUNDS),
    "reply_by": _dated(lambda: _("answer wanted by %(day)s")),
    "source_answer": _coded(labels.SOURCE_ANSWERS),
    "own_words": _yes(lambda: _("with own paragraphs")),
    "granted": _yes(lambda: _("of the restriction we had granted")),
    "lifting_on": _dated(lambda: _("ends on %(day)s")),
    "theirs": _timed(lambda: _("reached the processor on %(moment)s")),
    "too_late": _yes(lambda: _("later than the law allows: the request had reached us earlier")),
    "late_refusal": _yes(lambda: _("late refusal: after the first month")),
    "case_due": _dated(lambda: _("due on %(day)s")),
    "days_left": _left,
    "overlays": _overlays,
    "authority_due": _dated(lambda: _("the authority wants an answer by %(day)s")),
    "sign": _coded(labels.BREACH_SIGNS),
    "verdict": _coded(labels.BREACH_VERDICTS),
    "aware_at": _timed(lambda: _("known since %(moment)s")),
    "notify_by": _timed(lambda: _("72 hours end on %(moment)s")),
    "authority_at": _timed(lambda: _("authority told on %(moment)s")),
    "person_at": _timed(lambda: _("person told on %(moment)s")),
    "within_72_hours": _yes(lambda: _("within 72 hours"), lambda: _("later than 72 hours")),
    "breach": _yes(lambda: _("it is a breach"), lambda: _("it is no breach")),
    "follows": lambda _history, value, _language: _("follows %(reference)s") % {"reference": value},
    "people": lambda _history, value, _language: _("one person’s part of a message of %(n)d people") % {"n": value},
    "what": _coded(labels.REMOVED),
    "means": _coded(labels.MEANS),
    "version": lambda _history, value, _language: _("version %(n)s") % {"n": value},
    "accepted": _yes(lambda: _("clock stopped"), lambda: _("clock runs on")),
    "why": _coded(labels.WHYS),
    "in_time": _yes(lambda: _("in time"), lambda: _("after the due date")),
    "fast_lane": _yes(lambda: _("fast lane, without second reader")),
    "unreadable": _yes(lambda: _("message could not be read automatically")),
}
