"""T13: data frozen before the request is decided; no freeze, and no restriction we granted, ends without a warning.

Art. 18(3) speaks of every restriction. The one of the case ends first: while a granted one stands, the freeze of the
time of examination has become it (see ``guards.no_freeze_is_forgotten``), and both end together.
"""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import deadlines, events, guards
from workflow.actors import Actor
from workflow.guards import CannotDo, is_a_sentence, lasting_restriction, require, says_something
from workflow.models import Case, Claim, Event
from workflow.permissions import Act
from workflow.services import clock
from workflow.services._moving import deciding, in_open_case, moving, tell
from workflow.states import EventKind, InterimGround, Outcome, Right

WARNING = "M12b"


def restrict_interim(case_id: int, *, ground: InterimGround, how: str, by: Actor) -> None:
    """T13: the data are frozen while the request is examined; ``how`` says what was frozen, and where."""
    require(by, Act.WORK_ON_CASE)
    if not says_something(how):
        raise CannotDo(_("Write which data were frozen, and where: the freeze must be done before it is recorded."))
    with moving(case_id, by=by) as (case, now):
        in_open_case(case)
        if case.interim_restricted:
            raise CannotDo(
                _("The data of this case are frozen already: to end that, announce to the person when the freeze ends.")
            )
        case.interim_restricted, case.interim_decided_at = True, now
        clock.wind(case)
        tell(
            case,
            EventKind.INTERIM_RESTRICTED,
            by=by,
            at=now,
            data={"interim": ground.value},
            payload={"how": how.strip()},
        )


def decline_interim(case_id: int, *, reason: str, by: Actor) -> None:
    """Nothing has to be frozen while this request is examined, and why."""
    require(by, Act.WORK_ON_CASE)
    if not is_a_sentence(reason, least=2):
        raise CannotDo(_("Say why nothing has to be frozen meanwhile."))
    with moving(case_id, by=by) as (case, now):
        if clock.interim_by(case) is None:
            raise CannotDo(
                _("No right of this case asks for a freeze, or it was decided already: there is nothing to decline.")
            )
        case.interim_decided_at = now
        clock.wind(case)
        tell(case, EventKind.INTERIM_NOT_NEEDED, by=by, at=now, payload={"text": reason.strip()})


def freeze_comes_first(case: Case, claim: Claim) -> list[str | Promise]:
    """While it is examined whose reasons weigh more, the data are frozen, or somebody said why not (Art. 18(1)(d))."""
    refused = claim.outcome in {Outcome.REFUSED.value, Outcome.PARTLY_GRANTED.value}
    weighed = claim.right == Right.OBJECTION_GENERAL.value and refused
    if not weighed or case.interim_decided_at is not None:
        return []
    return [_("Say first whether the data are frozen while this objection is examined, under “Freeze meanwhile”.")]


def erase_despite_restriction(claim_id: int, *, said: str, by: Actor) -> None:
    """The person agrees in writing that the restricted data are erased; ``said`` are their words (Art. 18(2))."""
    require(by, Act.WORK_ON_CASE)
    if not is_a_sentence(said):
        raise CannotDo(_("Copy the words in which the person wants the restricted data erased."))
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        if not guards.restriction_stands(claim):
            raise CannotDo(_("No restriction of this case stands in the way of this right: go on without it."))
        claim.despite_restriction = True
        claim.save()
        said_so = {"text": said.strip()}
        tell(case, EventKind.ERASURE_WANTED, by=by, at=now, claim=claim, payload=said_so)


def announce_lifting(case_id: int, *, on: date, reason: str, by: Actor) -> None:
    """The person is told before the freeze, or the restriction that was granted, ends: on which day and why (M12b).

    Of a granted restriction also after the case is processed. Raises CannotDo where nothing is restricted.
    """
    require(by, Act.WORK_ON_CASE)
    if not says_something(reason):
        raise CannotDo(_("Write why the freeze ends: the person reads it."))
    with moving(case_id, by=by) as (case, now):
        granted = _restricted(case)
        if on <= deadlines.brussels_date(now):
            raise CannotDo(_("Choose a day after today: the person is warned before."))
        data: dict[str, events.Value] = {"lifting_on": on}
        if granted is None:
            case.lifting_on = on
        else:
            granted.lifting_on = on
            granted.save(update_fields=["lifting_on"])
            data["granted"] = True
        tell(
            case,
            EventKind.LIFTING_ANNOUNCED,
            by=by,
            at=now,
            claim=granted,
            data=data,
            payload={"text": reason.strip()},
        )


def lift_interim(case_id: int, *, evidence: str = "", by: Actor) -> None:
    """What was frozen may be used again, on the announced day at the earliest and only after the warning left.

    A granted restriction ends with the freeze of the time of examination that had become it. ``evidence``: how the
    warning was posted or handed over, where no letter could be sent.
    """
    require(by, Act.WORK_ON_CASE)
    with moving(case_id, by=by) as (case, now):
        granted = _restricted(case)
        announced = case.lifting_on if granted is None else granted.lifting_on
        if announced is None:
            raise CannotDo(_("Warn the person first: a freeze is lifted only after that (Art. 18(3))."))
        if deadlines.brussels_date(now) < announced:
            raise CannotDo(_("The person was told another day: wait until %(day)s.") % {"day": announced})
        if not says_something(evidence) and not _warned(case):
            raise CannotDo(_("The warning has not left yet: have it sent, or record how it was posted."))
        case.interim_restricted, case.lifting_on = False, None
        if granted is not None:
            granted.lifted_at = now
            granted.save(update_fields=["lifted_at"])
        tell(
            case,
            EventKind.INTERIM_LIFTED if granted is None else EventKind.RESTRICTION_LIFTED,
            by=by,
            at=now,
            claim=granted,
            payload={"evidence": evidence.strip()} if evidence.strip() else None,
        )


def _restricted(case: Case) -> Claim | None:
    """The granted restriction that is to end, None for the freeze of the time of examination."""
    granted = lasting_restriction(case)
    if granted is None and not case.interim_restricted:
        raise CannotDo(_("The data of this case are not frozen: there is nothing to lift."))
    return granted


def _warned(case: Case) -> bool:
    """The letter left after the day was last announced."""
    rows = Event.objects.filter(
        stream=case.stream,
        kind__in=[kind.value for kind in (EventKind.LIFTING_ANNOUNCED, EventKind.LETTER_SENT, EventKind.LETTER_POSTED)],
    ).order_by("-seq")
    for event in rows:
        if event.kind == EventKind.LIFTING_ANNOUNCED.value:
            return False
        if events.fields(event)["data"].get("letter") == WARNING:
            return True
    return False
