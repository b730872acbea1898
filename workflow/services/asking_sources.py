"""A colleague or a processor is asked for the data they hold (M30), reminded, and their answer recorded.

The letter names the person by the least that suffices and never carries data; the day to reply leaves a week for the
answer to the person. Reminders are rung like every other date: each once, none after the answer.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from workflow import deadlines, events
from workflow.actors import CLOCK, Actor
from workflow.guards import CannotDo, require, says_nothing
from workflow.models import Case, SourceRequest
from workflow.models.key import seal_for, unseal_for
from workflow.permissions import Act
from workflow.register_number import masked
from workflow.sealing import KeyGone
from workflow.services._moving import in_open_case, moving, seal_aad, tell
from workflow.services._rung import each, mark, was_rung
from workflow.services.ending import is_an_address
from workflow.states import OPEN_CASE_STATES, EventKind, Language, SourceAnswer

# Days before the answer to the person has to leave; days before the reply on which it is asked for again.
DAYS_FOR_THE_ANSWER = 7
CHASED = (3, 1)
_LINE, _TEXT = 200, 1000
_WHAT = "source_request"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request in clear; the words are empty once they were erased."""

    row: SourceRequest
    company: str = ""
    address: str = ""
    identifier: str = ""
    wanted: str = ""


def ask_source(
    case_id: int, *, recipient: str, address: str, identifier: str, wanted: str, language: Language, by: Actor
) -> None:
    """Order M30 to a colleague or a processor: ``wanted`` is what we need, ``identifier`` the least that names whom.

    Raises CannotDo where a field is empty or too long, the address is none, or the case is over.
    """
    require(by, Act.WORK_ON_CASE)
    told = {
        "company": _line(recipient, _LINE),
        "address": address.strip().lower(),
        "identifier": _line(identifier, _LINE),
        "wanted": _line(wanted, _TEXT),
    }
    if not is_an_address(told["address"]):
        raise CannotDo(_("Write the address of that company like name@example.org."))
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        reply_by = _reply_by(case, now)
        row = SourceRequest.objects.create(
            case=case, told=_sealed(case, told), language=language.value, asked_at=now, reply_by=reply_by
        )
        data: dict[str, events.Value] = {"source_request": row.pk, "reply_by": reply_by}
        tell(case, EventKind.SOURCE_ASKED, by=by, at=now, data=data, payload=told)


def answer_source(case_id: int, *, request: int, answer: SourceAnswer, said: str, by: Actor) -> None:
    """What came of it: nothing held and how it was searched, or where the files are that are attached now.

    Raises CannotDo without those words, where it was answered already, and where no file is attached.
    """
    require(by, Act.WORK_ON_CASE)
    if says_nothing(said):
        raise CannotDo(_("Say how they searched, or which files came: the sentence is the proof."))
    with moving(case_id, by=by) as (case, now):
        row = SourceRequest.objects.select_for_update().filter(case=case, pk=request, answer="").first()
        if row is None:
            raise CannotDo(_("Nobody waits for this answer any more. Reload the page to see what was done."))
        if answer is SourceAnswer.ATTACHED and not case.collections.filter(records__gt=0).exists():
            raise CannotDo(_("Attach their files first, then record that they are there."))
        row.answer, row.answered_at = answer.value, now
        row.save()
        data: dict[str, events.Value] = {"source_request": row.pk, "source_answer": answer.value}
        tell(case, EventKind.SOURCE_ANSWERED, by=by, at=now, data=data, payload={"text": said.strip()})


def sources_asked(case: Case) -> list[Asked]:
    """Every request of the case, the oldest first."""
    return [_asked(case, row) for row in case.source_requests.all()]


def source_asked(case: Case, request: int) -> Asked | None:
    """One of them; None where it is not of this case."""
    row = case.source_requests.filter(pk=request).first()
    return _asked(case, row) if row else None


def ring_sources(now: datetime) -> int:
    """Ask again those whose day comes near; how many."""
    states = [state.value for state in OPEN_CASE_STATES]
    last = deadlines.brussels_date(now) + timedelta(days=max(CHASED))
    rows = SourceRequest.objects.filter(answer="", case__state__in=states, reply_by__lte=last).select_related("case")
    waiting = rows.prefetch_related("case__milestones").order_by("id")
    return each([row.pk for row in waiting if _reached(row, now)], _ring)


def _ring(request: int) -> int:
    with moving(SourceRequest.objects.values_list("case_id", flat=True).get(pk=request), by=CLOCK) as (case, now):
        row = SourceRequest.objects.select_related("case").get(pk=request)
        reached = _reached(row, now)
        if not reached or not case.is_open:
            return 0
        for code in reached:
            mark(case, code, row.reply_by, now)
        left = (row.reply_by - deadlines.brussels_date(now)).days
        data: dict[str, events.Value] = {
            "milestone": reached[-1],
            "about": row.reply_by,
            "days_left": left,
            "source_request": row.pk,
        }
        tell(case, EventKind.MILESTONE_REACHED, by=CLOCK, at=now, data=data)
        return 1


def _reached(row: SourceRequest, now: datetime) -> Sequence[str]:
    """The reminders this day has reached, the nearest last; none once that was rung or the day to reply is over."""
    today, asked = deadlines.brussels_date(now), deadlines.brussels_date(row.asked_at)
    if row.answer or today > row.reply_by:
        return []
    days = [day for day in CHASED if asked < row.reply_by - timedelta(days=day) <= today]
    codes = [f"M30-{day}-{row.pk}" for day in days]
    return codes if codes and not was_rung(row.case, codes[-1], row.reply_by, now) else []


def _reply_by(case: Case, now: datetime) -> date:
    """A week before the answer has to leave, the next working day at the earliest."""
    last = case.send_by or case.never_paused_due
    soonest = deadlines.add_working_days(deadlines.brussels_date(now), 1)
    return max(last - timedelta(days=DAYS_FOR_THE_ANSWER), soonest)


def _sealed(case: Case, told: dict[str, str]) -> bytes:
    return seal_for(case.uuid, masked(json.dumps(told, ensure_ascii=False)).encode(), aad=seal_aad(_WHAT))


def _asked(case: Case, row: SourceRequest) -> Asked:
    try:
        told = json.loads(unseal_for(case.uuid, bytes(row.told), aad=seal_aad(_WHAT)))
    except KeyGone:
        return Asked(row)
    return Asked(row, **told)


def _line(text: str, longest: int) -> str:
    one = " ".join(text.split())
    if says_nothing(one):
        raise CannotDo(_("Fill in every field: the letter has to say it."))
    if len(one) > longest:
        raise CannotDo(_("One of the fields is too long for a letter."))
    return one
