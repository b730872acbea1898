"""A possible breach of personal data (Art. 33, 34): raised by anyone, judged by a manager, told within 72 hours.

Raising it closes the links of the case in the same act: what somebody else may hold must open nothing.
"""

import uuid
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, queries
from workflow.actors import CLOCK, Actor
from workflow.events import Value
from workflow.guards import CannotDo, require, says_something
from workflow.models import Breach, Case
from workflow.permissions import Act
from workflow.services import releasing
from workflow.services._moving import moving, sealed, tell, unsealed
from workflow.services._rung import each, mark
from workflow.states import BreachSign, BreachVerdict, EventKind, ReleaseEnd

# Manager and data protection officer are told at once, and again after these hours, as long as nothing is settled.
REMINDED_AFTER = (24, 48, 66, 72)
_SETTLES = frozenset({BreachVerdict.NONE, BreachVerdict.NO_RISK, BreachVerdict.NOTIFIED})


def propose_breach(
    case_id: int, *, sign: BreachSign, words: str = "", aware_at: datetime | None = None, by: Actor
) -> None:
    """Something, perhaps ``words`` of a message, suggests that personal data was breached (Art. 33).

    A person has to judge it; the 72 hours run from ``aware_at``, now when not given.
    """
    require(by, Act.TAKE_IN_MAIL)
    with moving(case_id, by=by) as (case, now):
        known = min(aware_at or now, now)  # a clock that runs ahead must not keep a message out
        suspect_breach(case, sign, words=words, aware_at=known, by=by, at=now)


def report_breach(
    case_id: int, *, words: str, aware_at: datetime | None = None, letter: uuid.UUID | None = None, by: Actor
) -> None:
    """Somebody of staff saw it: in the case, or in one ``letter`` that went where it should not have."""
    require(by, Act.WRITE_NOTE)
    if not says_something(words):
        raise CannotDo(_("Write what happened and how you know."))
    sign = BreachSign.LETTER_ASTRAY if letter else BreachSign.SEEN_BY_STAFF
    with moving(case_id, by=by) as (case, now):
        suspect_breach(case, sign, words=words.strip(), aware_at=aware_at, letter=letter, by=by, at=now)


def suspect_breach(
    case: Case,
    sign: BreachSign,
    *,
    words: str = "",
    aware_at: datetime | None = None,
    letter: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """The same within another act; the caller holds the lock and saves.

    Of several signs before it is settled the earliest awareness counts.
    """
    known = aware_at or at
    if known > at:
        raise CannotDo(_("We cannot have known of it in the future."))
    row = case.breaches.filter(settled_at__isnull=True).first()
    if row is None:
        values = {"sign": sign.value, "letter": letter, "aware_at": known, "raised_at": at, "raised_by": by.code}
        row = Breach.objects.create(case=case, **values)
    elif known < row.aware_at:
        row.aware_at = known
        row.save(update_fields=["aware_at"])
    case.possible_breach = case.breach_open = True
    case.link_generation += 1
    # Links of what was merged into it open its page, too.
    absorbed = [one.pk for one in queries.with_its_absorbed(case)[1:]]
    Case.objects.filter(pk__in=absorbed).update(link_generation=F("link_generation") + 1)
    releasing.end(case, ReleaseEnd.REVOKED, at=at, by=by)
    data: dict[str, Value] = {"sign": sign.value, "aware_at": row.aware_at, "notify_by": row.notify_by}
    if letter:
        data["letter_uuid"] = str(letter)
    tell(case, EventKind.BREACH_PROPOSED, by=by, at=at, data=data, payload={"text": words} if words else None)


def assess_breach(
    case_id: int,
    *,
    verdict: BreachVerdict,
    reason: str = "",
    authority_at: datetime | None = None,
    reference: str = "",
    person_at: datetime | None = None,
    by: Actor,
) -> None:
    """A manager judges, with the reason: Art. 33(5) asks for one either way.

    BREACH lets the 72 hours run on; NOTIFIED says when the authority was told and under which ``reference``,
    and perhaps when the person was (Art. 34); NO_RISK and NONE end it without a notice. A breach stays flagged.
    """
    require(by, Act.DECIDE_EXCEPTION)
    if not says_something(reason):
        raise CannotDo(_("Write why this is a breach or why it is none."))
    with moving(case_id, by=by) as (case, now):
        row = case.breaches.select_for_update().filter(settled_at__isnull=True).first()
        if row is None:
            raise CannotDo(
                _("No possible breach waits for a judgement here: report one first. The history tells what was judged.")
            )
        _check_notice(row, verdict, authority_at, reference, person_at, now)
        row.verdict, row.judged_at, row.judged_by = verdict.value, now, by.code
        row.settled_at = now if verdict in _SETTLES else None
        if verdict is BreachVerdict.NOTIFIED:
            row.authority_at = authority_at
            row.authority_reference = sealed(case, reference, what=f"breach-reference:{row.uuid}")
        row.person_at = person_at if verdict is not BreachVerdict.NONE else None
        row.save()
        case.breach_open = row.settled_at is None
        case.possible_breach = verdict is not BreachVerdict.NONE or _was_one(case)
        data: dict[str, Value] = {"verdict": verdict.value}
        data |= {"authority_at": row.authority_at, "person_at": row.person_at}
        if row.authority_at is not None:
            data["within_72_hours"] = row.authority_at <= row.notify_by
        said = {"text": reason.strip(), "reference": reference.strip()}
        tell(
            case,
            EventKind.BREACH_ASSESSED,
            by=by,
            at=now,
            data={key: value for key, value in data.items() if value is not None},
            payload={key: text for key, text in said.items() if text},
        )


def _was_one(case: Case) -> bool:
    """An earlier sign turned out to be a breach: that the next is none changes nothing about it."""
    return case.breaches.exclude(verdict__in=["", BreachVerdict.NONE.value]).exists()


def reference_of(row: Breach) -> str:
    """Under which number the authority holds the notice. Raises KeyGone when the case was shredded."""
    return unsealed(row.case, row.authority_reference, what=f"breach-reference:{row.uuid}")


def ring_breaches(now: datetime) -> int:
    """Tell again of every breach that nobody has settled; the nearest hour only, after an outage too."""
    first = now - timedelta(hours=REMINDED_AFTER[0])
    rows = Breach.objects.filter(settled_at__isnull=True, aware_at__lte=first).order_by("id")
    return each(list(rows.values_list("pk", flat=True)), _ring_one)


def _ring_one(breach_id: int) -> int:
    with moving(Breach.objects.values_list("case_id", flat=True).get(pk=breach_id), by=CLOCK) as (case, now):
        row = Breach.objects.get(pk=breach_id)
        reached = [hours for hours in REMINDED_AFTER if row.aware_at + timedelta(hours=hours) <= now]
        if row.settled_at is not None or not reached:
            return 0
        if not mark(case, f"A08-{row.pk}-{max(reached)}", deadlines.brussels_date(row.aware_at), now):
            return 0
        left = max(int((row.notify_by - now).total_seconds() // 3600), 0)
        data: dict[str, Value] = {"aware_at": row.aware_at, "notify_by": row.notify_by, "hours_left": left}
        tell(case, EventKind.BREACH_REMINDED, by=CLOCK, at=now, data=data)
    return 1


def _check_notice(
    row: Breach,
    verdict: BreachVerdict,
    authority_at: datetime | None,
    reference: str,
    person_at: datetime | None,
    now: datetime,
) -> None:
    if verdict is BreachVerdict.NOTIFIED and (authority_at is None or not says_something(reference)):
        raise CannotDo(_("Write when the authority was told and the reference it gave."))
    if verdict is not BreachVerdict.NOTIFIED and (authority_at is not None or reference.strip()):
        raise CannotDo(_("A date and a reference belong to a notice to the authority only."))
    for told in (authority_at, person_at):
        if told is not None and not row.aware_at.replace(second=0, microsecond=0) <= told <= now:
            raise CannotDo(_("Nobody can have been told before we knew of it, or in the future."))
