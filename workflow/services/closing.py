"""T23: a case that nobody wrote to any more is closed by time; retention begins."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, guards
from workflow.actors import CLOCK, Actor
from workflow.guards import CannotDo, require
from workflow.models import Case, Event, PolicyVersion, RecipientNotice
from workflow.permissions import Act
from workflow.services._moving import moving, tell
from workflow.services.ending import UNDO_DAYS
from workflow.states import CaseState, EventKind, NoticeState

OVER = (CaseState.PROCESSED, CaseState.WITHDRAWN, CaseState.OUT_OF_SCOPE, CaseState.FORWARDED)
_UNTIL_TOLD = (NoticeState.PLANNED.value, NoticeState.SENT.value)


def close(case_id: int, *, by: Actor) -> None:
    """T23 by hand. Raises CannotDo with the first reason why the case cannot be closed yet."""
    require(by, Act.WORK_ON_CASE)
    _close(case_id, by=by)


def close_quiet(now: datetime | None = None) -> int:
    """Close every case that has been quiet long enough and that nothing keeps open; how many."""
    now = now or timezone.now()
    over = Case.objects.filter(state__in=[state.value for state in OVER], complaint=False, legal_hold=False)
    shortest = min((version.policy.quiet_days for version in PolicyVersion.objects.all()), default=0)
    long_ago = now - timedelta(days=shortest)  # nearer ones are not quiet under any setting
    quiet = over.filter(Q(processed_at__lt=long_ago) | Q(ended_at__lt=long_ago)).order_by("id")
    closed = 0
    for case in quiet.select_related("policy_version").iterator(chunk_size=200):
        if not closing_blockers(case, now=now):
            closed += _close_if_still_quiet(case.pk)
    return closed


def _close_if_still_quiet(case_id: int) -> bool:
    try:
        _close(case_id, by=CLOCK)
    except CannotDo:
        return False  # the person wrote, or somebody acted, in this very moment
    return True


def _close(case_id: int, *, by: Actor) -> None:
    with moving(case_id, by=by) as (case, now):
        if CaseState(case.state) in OVER:
            for sentence in closing_blockers(case, now=now):
                raise CannotDo(sentence)
        case.close(at=now)
        tell(case, EventKind.CASE_CLOSED, by=by, at=now)


def closing_blockers(case: Case, *, now: datetime) -> list[str | Promise]:
    """Why a case that is over cannot be closed yet, each with what makes it possible."""
    found: list[str | Promise] = []
    if not guards.there_is_no_complaint(case):
        found.append(_("Answer the complaint and have a manager lift the legal hold first."))
    if not guards.no_freeze_is_forgotten(case):
        found.append(_("The data of this case are still frozen: warn the person, then end the freeze."))
    if case.reply_to_read:
        found.append(_("Read the new message first."))
    if not guards.recipients_were_told(case):
        found.append(
            _("Tell those who had the data what was done to them (Art. 19), or record why nobody has to be told.")
        )
    if RecipientNotice.objects.filter(claim__case=case, state__in=_UNTIL_TOLD).exists():
        found.append(_("A recipient of the data has not confirmed yet: wait, or record why that is impossible."))
    if case.data_wait_since is not None:
        found.append(_("The data still wait for the person: once ten days are over, offer another way first."))
    until = quiet_until(case)
    if deadlines.brussels_date(now) <= until:
        found.append(
            _("The person may still write back: the case closes by itself after %(day)s.")
            % {"day": until.strftime("%d/%m/%Y")}
        )
    return found


def quiet_until(case: Case) -> date:
    """The last day on which the case waits for another word of the person (Brussels)."""
    last = (
        Event.objects.filter(stream=case.stream, kind__in=_HEARD).order_by("-seq").values_list("utc", flat=True).first()
    )
    ended = case.processed_at or case.ended_at or case.received_at
    days = case.policy_version.policy.quiet_days
    if case.state == CaseState.OUT_OF_SCOPE.value:
        days = max(days, UNDO_DAYS)  # as long as that is undone the case is not closed (T04)
    return deadlines.brussels_date(max(ended, last or ended)) + timedelta(days=days)


_HEARD = [
    EventKind.MESSAGE_ATTACHED.value,
    EventKind.CASE_PROCESSED.value,
    EventKind.CASE_OUT_OF_SCOPE.value,
    EventKind.CASE_WITHDRAWN.value,
    EventKind.CASE_FORWARDED.value,
    EventKind.LETTER_UNDELIVERABLE.value,
]
