"""Data that wait for the person: behind the link of their letter, let out by a one-time code, three times at most.

The answer counts when its letter left, as any other does; what is here says how its data are fetched. A code goes to a
contact on file, else to the mailbox the letters go to, which is one factor and called so; data that need level L3 are
let out by a code the desk tells by telephone or post. Nothing here is consumed by looking.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, guards, one_time
from workflow.actors import CLOCK, Actor
from workflow.events import Value
from workflow.guards import CannotDo, require
from workflow.models import Case, Claim, KnownContact, PolicyVersion, Release, ReleaseCode, Requirement
from workflow.models.release import MOST_DOWNLOADS, MOST_WRONG
from workflow.permissions import Act
from workflow.services._moving import moving, tell
from workflow.services._rung import each, mark, was_rung
from workflow.states import (
    ActorKind,
    CodeEnd,
    CodeWay,
    ContactKind,
    EventKind,
    IdentityLevel,
    ReleaseEnd,
    RequirementCode,
    Returned,
    Right,
)

MOST_A_DAY = 3
MAILED_LASTS, TOLD_LASTS = timedelta(days=1), timedelta(days=14)  # a letter by post takes its days
REMIND_AFTER, OFFER_AFTER = 5, 10  # days nobody downloaded anything: M29 to the person, then a task for the desk
_OVER = _("There is nothing to download here any more. Answer our e-mail: a person helps you.")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a code typed for a download; ``bundle`` is what it lets out, None when it was not the code."""

    how: Returned
    bundle: uuid.UUID | None = None


def blockers(case: Case, claim: Claim) -> list[str | Promise]:
    """Why the data of this answer cannot wait for a download, each with what makes it possible."""
    if not claim.by_download or not guards.hands_over_data(claim):
        return []
    found: list[str | Promise] = []
    if not _export_of(case):
        found.append(_("Make the export of the data first: the person downloads it."))
    if not case.person_email:
        found.append(_("No e-mail address is known: choose post or handing over for the data."))
    return found


def begin(case: Case, claim: Claim, *, at: datetime, by: Actor) -> None:
    """The letter left: its data wait from this day on. The caller holds the lock. One export waits once."""
    bundle = _export_of(case)
    if not claim.by_download or not guards.hands_over_data(claim) or not bundle:
        return
    waiting = open_release(case)
    desk_only = guards.level_needed(case, [Right(claim.right)]) >= IdentityLevel.L3
    if waiting is not None and waiting.bundle == uuid.UUID(bundle):
        if desk_only and not waiting.desk_only:
            waiting.desk_only = True
            waiting.save(update_fields=["desk_only"])
        return
    end(case, ReleaseEnd.REPLACED, at=at, by=by)
    last_day = deadlines.brussels_date(at) + timedelta(days=_link_days(case))
    case.data_wait_since = deadlines.brussels_date(at)
    Release.objects.create(case=case, bundle=bundle, desk_only=desk_only, released_at=at, last_day=last_day)
    data: dict[str, Value] = {"bundle": bundle, "last_day": last_day, "desk_only": desk_only}
    tell(case, EventKind.DATA_RELEASED, by=by, at=timezone.now(), claim=claim, data=data)


def open_release(case: Case) -> Release | None:
    """What waits for the person of this case now, also when its link has to be renewed first."""
    return Release.objects.filter(case=case, ended="").first()


def issue_code(case_id: int, *, by: Actor) -> None:
    """The person wants a code: it goes to a contact on file, else to the mailbox of the case.

    Raises CannotDo when nothing waits, the link has to be renewed, the desk tells the code, or three left today.
    """
    if by.kind is not ActorKind.PERSON:
        require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        row = _waiting(case, now)
        if row.desk_only:
            raise CannotDo(_("For your protection we tell you the code by telephone or post: ask us for it."))
        contact = _second_channel(case)
        way = CodeWay.KNOWN_CONTACT if contact else CodeWay.SAME_MAILBOX
        payload = {"contact": contact.value} if contact else None
        _new_code(case, row, way, lasts=MAILED_LASTS, payload=payload, by=by, at=now)


def tell_code(case_id: int, *, reached: str, by: Actor) -> str:
    """The desk tells the code: by telephone on a number on file, or by post; ``reached`` says how. Returns the code."""
    require(by, Act.WORK_ON_CASE)
    if not guards.is_a_sentence(reached):
        raise CannotDo(_("Say how you reach the person: the number on file you call, or the address you write to."))
    with moving(case_id, by=by) as (case, now):
        row = _waiting(case, now)
        made = _new_code(case, row, CodeWay.DESK, lasts=TOLD_LASTS, payload={"text": reached.strip()}, by=by, at=now)
        return one_time.spelled(made.uuid, made.digest)


def take(case_id: int, *, text: str, by: Actor) -> Taken:
    """Somebody types a code; right, the data leave once more, and it is told. A wrong one counts."""
    if by.kind is not ActorKind.PERSON:
        require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        row = open_release(case)
        code = row.codes.select_for_update().filter(ended="", expires_at__gt=now).first() if row else None
        if row is None or code is None or _is_over(row, now):
            return Taken(Returned.NONE_OPEN)
        if not one_time.is_code(code.uuid, code.digest, text):
            return Taken(_wrong(case, code, by=by, at=now))
        code.taken += 1
        if code.taken >= MOST_DOWNLOADS:
            code.ended, code.ended_at = CodeEnd.RETURNED.value, now
        code.save(update_fields=["taken", "ended", "ended_at"])
        if row.first_taken_at is None:
            row.first_taken_at = now
            row.save(update_fields=["first_taken_at"])
            case.data_wait_since = None
        data: dict[str, Value] = {
            "bundle": str(row.bundle),
            "way": code.way,
            "downloads_left": MOST_DOWNLOADS - code.taken,
        }
        tell(case, EventKind.DATA_DOWNLOADED, by=by, at=now, data=data)
    return Taken(Returned.RIGHT, row.bundle)


def renew(case_id: int, *, by: Actor) -> None:
    """The data wait as many days again from today; the person is told."""
    if by.kind is not ActorKind.PERSON:
        require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        row = open_release(case)
        if row is None:
            raise CannotDo(_OVER)
        last_day = deadlines.brussels_date(now) + timedelta(days=_link_days(case))
        if last_day <= row.last_day:
            return  # two clicks are one
        row.last_day, row.renewed = last_day, row.renewed + 1
        row.save(update_fields=["last_day", "renewed"])
        tell(case, EventKind.RELEASE_RENEWED, by=by, at=now, data={"last_day": last_day})


def offer_other_way(case_id: int, *, how: str, by: Actor) -> None:
    """Nobody downloaded the data: staff called or wrote and offered another way, and ``how`` says what came of it."""
    require(by, Act.WORK_ON_CASE)
    if not guards.is_a_sentence(how):
        raise CannotDo(_("Say how you reached the person and which way was offered."))
    with moving(case_id, by=by) as (case, now):
        row = open_release(case)
        if row is None or row.other_way_at is not None:
            raise CannotDo(_("No data wait here that nobody was asked about. See the history of the case."))
        row.other_way_at, row.other_way_by = now, by.code
        row.save(update_fields=["other_way_at", "other_way_by"])
        case.data_wait_since = None
        tell(case, EventKind.OTHER_WAY_OFFERED, by=by, at=now, payload={"text": how.strip()})


def end(case: Case, how: ReleaseEnd, *, at: datetime, by: Actor) -> None:
    """What waits can no longer be fetched, if anything does; the caller holds the lock of the case."""
    row = Release.objects.select_for_update().filter(case=case, ended="").first()
    if row is None:
        return
    row.codes.filter(ended="").update(ended=CodeEnd.REPLACED.value, ended_at=at)
    row.ended, row.ended_at = how.value, at
    row.save(update_fields=["ended", "ended_at"])
    case.data_wait_since = None
    tell(case, EventKind.RELEASE_ENDED, by=by, at=at, data={"release_end": how.value})


def wants_another_way(case: Case, *, today: date) -> bool:
    """Nobody fetched the data for so long that somebody of staff has to call or write."""
    since = case.data_wait_since
    return since is not None and (today - since).days >= OFFER_AFTER


def release_code_for_letter(event_id: int, *, at: datetime) -> str:
    """The code its letter tells, spelled in groups; empty once it is worth nothing."""
    rows = ReleaseCode.objects.filter(event_id=event_id, ended="", expires_at__gt=at).exclude(way=CodeWay.DESK.value)
    row = rows.first()
    return one_time.spelled(row.uuid, row.digest) if row else ""


# -- time (M29, and the task of the tenth day) --------------------------------------------------------


def ring_releases(now: datetime) -> int:
    """Each that nobody downloaded: the person is reminded on the fifth day, the desk told on the tenth; how many."""
    rows = Release.objects.filter(ended="", first_taken_at=None, other_way_at=None, case__anonymised_at=None)
    waiting = rows.select_related("case").prefetch_related("case__milestones").order_by("id")
    return each([row.pk for row in waiting if list(_owed(row, row.case, now))], _ring)


def _ring(release_id: int) -> int:
    with moving(Release.objects.values_list("case_id", flat=True).get(pk=release_id), by=CLOCK) as (case, now):
        row = Release.objects.get(pk=release_id)
        owed = list(_owed(row, case, now)) if not row.ended and _is_untouched(row) else []
        about = deadlines.brussels_date(row.released_at)
        for code in owed:
            mark(case, code, about, now)
            data: dict[str, Value] = {"milestone": code, "about": about, "days_left": 0, "waited": _waited(row, now)}
            tell(case, EventKind.MILESTONE_REACHED, by=CLOCK, at=now, data=data)
        return len(owed)


def _owed(row: Release, case: Case, now: datetime) -> Iterator[str]:
    about, waited = deadlines.brussels_date(row.released_at), _waited(row, now)
    for letter, after in (("M29", REMIND_AFTER), ("A13", OFFER_AFTER)):
        code = f"{letter}-{row.pk}"
        if waited >= after and not was_rung(case, code, about, now):
            yield code


# -- within ------------------------------------------------------------------------------------------


def _is_untouched(row: Release) -> bool:
    return row.first_taken_at is None and row.other_way_at is None


def _waited(row: Release, now: datetime) -> int:
    return (deadlines.brussels_date(now) - deadlines.brussels_date(row.released_at)).days


def _is_over(row: Release, now: datetime) -> bool:
    return deadlines.brussels_date(now) > row.last_day


def _waiting(case: Case, now: datetime) -> Release:
    row = open_release(case)
    if row is None:
        raise CannotDo(_OVER)
    if _is_over(row, now):
        raise CannotDo(_("The time to download is over. Let it begin again with one click, then ask for a code."))
    return row


def _new_code(
    case: Case,
    row: Release,
    way: CodeWay,
    *,
    lasts: timedelta,
    payload: dict[str, str] | None,
    by: Actor,
    at: datetime,
) -> ReleaseCode:
    if row.codes.filter(issued_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise CannotDo(_("Three codes were made within a day. Use the last one, or come back tomorrow."))
    row.codes.filter(ended="").update(ended=CodeEnd.REPLACED.value, ended_at=at)
    data: dict[str, Value] = {"way": way.value, "until": at + lasts}
    event = tell(case, EventKind.RELEASE_CODE_ISSUED, by=by, at=at, data=data, payload=payload)
    identifier = uuid.uuid4()
    return ReleaseCode.objects.create(
        release=row,
        uuid=identifier,
        event_id=event.pk,
        way=way.value,
        digest=one_time.digest_of_new(identifier),
        issued_at=at,
        expires_at=at + lasts,
    )


def _wrong(case: Case, code: ReleaseCode, *, by: Actor, at: datetime) -> Returned:
    code.wrong += 1
    spent = code.wrong >= MOST_WRONG
    if spent:
        code.ended, code.ended_at = CodeEnd.SPENT.value, at
    code.save(update_fields=["wrong", "ended", "ended_at"])
    tell(case, EventKind.RELEASE_CODE_REFUSED, by=by, at=at, data={"tries_left": MOST_WRONG - code.wrong})
    return Returned.SPENT if spent else Returned.WRONG


def _second_channel(case: Case) -> KnownContact | None:
    """An address on file that is not the mailbox the letters go to."""
    rows = case.known_contacts.filter(kind=ContactKind.EMAIL.value).exclude(value__iexact=case.person_email)
    return next((row for row in rows if row.is_usable(case)), None)


def _export_of(case: Case) -> str:
    code = RequirementCode.EXPORT_READY.value
    row = Requirement.objects.filter(case=case, claim=None, code=code).exclude(evidence="").first()
    return str(row.evidence) if row else ""


def _link_days(case: Case) -> int:
    newest = PolicyVersion.objects.filter(controller=case.controller).order_by("-number")[0]
    return newest.policy.retention.link_days
