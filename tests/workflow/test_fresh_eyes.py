"""A complaint, and a refusal after a second look, are decided by people who took no part in what is complained of."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories
from tests.factories import actor, colleague
from workflow import events, services
from workflow.guards import CannotDo
from workflow.models import Case, Claim, Event
from workflow.states import ComplaintKind, EventKind, Ground, Means, Outcome, ReopenReason, Right, Role, SecondLook

pytestmark = pytest.mark.django_db

REFUSED = {"outcome": Outcome.REFUSED, "ground": Ground.G_NOTWRONG, "facts": "The passport says it so."}


def refused(case: Case, *, author: str = "officer", reviewer: str = "reviewer") -> Claim:
    claim = factories.claim(case, Right.RECTIFICATION)
    services.draft(claim.pk, by=actor(author), **REFUSED)
    factories.submit(claim.pk, by=actor(author))
    services.approve(claim.pk, version=Claim.objects.get(pk=claim.pk).version, by=actor(reviewer))
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor(author))
    return claim


def complained_of() -> tuple[Case, Claim]:
    """A refusal by officer and reviewer, and a complaint beside it that waits for its decision."""
    case = factories.in_progress((Right.RECTIFICATION, Right.COMPLAINT))
    refused(case)
    return case, factories.claim(case, Right.COMPLAINT)


def changed() -> tuple[Case, Claim]:
    """The same refusal alone, found wrong by the manager, open again."""
    case = factories.in_progress((Right.RECTIFICATION,))
    claim = refused(case)
    services.raise_complaint(case.pk, kind=ComplaintKind.DISAGREEMENT, by=actor("officer"))
    services.decide_reexamination(
        case.pk,
        outcome=SecondLook.CHANGED,
        rights=[Right.RECTIFICATION],
        position="We had not read the annex.",
        by=actor("manager"),
    )
    return case, claim


def draft(claim: Claim, by: str, **values) -> None:
    services.draft(claim.pk, by=actor(by), **{"outcome": Outcome.GRANTED, **factories.SAID, **values})


def approve(claim: Claim, by: str) -> Claim:
    services.approve(claim.pk, version=Claim.objects.get(pk=claim.pk).version, by=actor(by))
    return Claim.objects.get(pk=claim.pk)


@pytest.mark.parametrize("by", ["officer", "reviewer"])
def test_who_decided_the_right_complained_of_does_not_write_the_answer_to_the_complaint(by):
    colleague("reviewer-too", Role.OFFICER)
    _case, claim = complained_of()
    services.change_roles(
        staff=factories.staff("reviewer"), roles=[Role.REVIEWER, Role.OFFICER], by=actor("administrator")
    )

    with pytest.raises(CannotDo, match="took part in the decision"):
        draft(claim, by)

    assert Claim.objects.get(pk=claim.pk).outcome == ""
    assert "took part" in str(services.why_not_you(claim.case, claim, to=actor(by)))
    assert services.why_not_you(claim.case, claim, to=actor("manager")) == ""


def test_nor_do_they_approve_it_and_the_order_of_drafts_changes_nothing():
    colleague("second", Role.REVIEWER)
    colleague("third", Role.OFFICER)
    case = factories.in_progress((Right.RECTIFICATION, Right.COMPLAINT))
    claim = factories.claim(case, Right.COMPLAINT)
    draft(claim, "officer")
    factories.submit(claim.pk, by=actor("officer"))
    refused(case)

    with pytest.raises(CannotDo, match="send it back, a colleague has to write it"):
        approve(claim, "second")
    services.send_back(claim.pk, comment="Somebody else writes it.", by=actor("second"))
    draft(claim, "third")
    factories.submit(claim.pk, by=actor("third"))
    with pytest.raises(CannotDo, match="took part in the decision"):
        approve(claim, "reviewer")

    after = approve(claim, "second")
    assert (after.state, after.nobody_else) == ("approved", False)


def test_the_table_refuses_them_too():
    colleague("second", Role.REVIEWER)
    _case, claim = complained_of()
    draft(claim, "manager")
    factories.submit(claim.pk, by=actor("manager"))
    approve(claim, "second")

    for column in ("author", "submitted_by", "reviewer"):
        with pytest.raises(IntegrityError, match="looked_at_again_by_others"), transaction.atomic():
            Claim.objects.filter(pk=claim.pk).update(**{column: actor("officer").code})
    with pytest.raises(IntegrityError, match="looked_at_again_by_others"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(nobody_else=True, not_by=",")


def test_where_all_took_part_the_answer_still_leaves_and_is_flagged():
    case, claim = complained_of()
    draft(claim, "manager")
    factories.submit(claim.pk, by=actor("manager"))

    after = approve(claim, "reviewer")

    told = Event.objects.filter(stream=case.stream, kind=EventKind.CLAIM_APPROVED).order_by("-seq")[0]
    assert (after.state, after.nobody_else) == ("approved", True)
    assert events.fields(told)["data"]["nobody_else"] is True


def test_it_falls_to_a_manager_before_anybody_else_who_took_part():
    case = factories.in_progress((Right.RECTIFICATION, Right.COMPLAINT))
    refused(case, author="officer", reviewer="reviewer")
    services.change_roles(
        staff=factories.staff("reviewer"), roles=[Role.REVIEWER, Role.MANAGER], by=actor("administrator")
    )
    second = colleague("second", Role.REVIEWER)
    claim = factories.claim(case, Right.COMPLAINT)
    draft(claim, "manager")
    factories.submit(claim.pk, by=actor("manager"))
    services.set_absence(
        staff=second,
        first_day=timezone.localdate(),
        last_day=timezone.localdate() + timedelta(days=60),
        stand_in=factories.staff("reviewer"),
        by=actor("manager"),
    )

    after = approve(claim, "reviewer")

    assert (after.reviewer, after.nobody_else) == (actor("reviewer").code, True)


def test_a_short_absence_frees_nobody():
    _case, claim = complained_of()
    second = colleague("second", Role.REVIEWER)
    draft(claim, "manager")
    factories.submit(claim.pk, by=actor("manager"))
    today = timezone.localdate()
    services.set_absence(
        staff=second, first_day=today, last_day=today, stand_in=factories.staff("reviewer"), by=actor("manager")
    )

    with pytest.raises(CannotDo, match="took part in the decision"):
        approve(claim, "reviewer")


def test_a_complaint_that_follows_an_answered_case_is_about_that_one():
    colleague("second", Role.OFFICER)
    first = factories.in_progress((Right.RECTIFICATION,))
    refused(first)
    case = factories.in_progress((Right.COMPLAINT,), linked_to=factories.again(first))

    with pytest.raises(CannotDo, match="took part in the decision"):
        draft(factories.claim(case, Right.COMPLAINT), "officer")


def test_a_complaint_about_nothing_that_was_decided_is_anybodys():
    case = factories.in_progress((Right.COMPLAINT,))
    claim = factories.claim(case, Right.COMPLAINT)

    draft(claim, "officer")
    factories.submit(claim.pk, by=actor("officer"))

    assert approve(claim, "reviewer").not_by == ","


def test_after_a_second_look_the_same_people_do_not_refuse_again():
    colleague("second", Role.REVIEWER)
    _case, claim = changed()

    with pytest.raises(CannotDo, match="took part in the decision"):
        draft(claim, "officer", **REFUSED)
    draft(claim, "manager", **REFUSED)
    factories.submit(claim.pk, by=actor("manager"))
    with pytest.raises(CannotDo, match="took part in the decision"):
        approve(claim, "reviewer")

    after = approve(claim, "second")
    assert after.not_by == f",{','.join(sorted([actor('officer').code, actor('reviewer').code]))},"


def test_what_the_second_look_wanted_the_first_officer_may_do():
    _case, claim = changed()

    draft(claim, "officer")
    factories.submit(claim.pk, by=actor("officer"))

    assert approve(claim, "reviewer").state == "approved"


# -- a disagreement called incomplete ------------------------------------------------------------------


def reopened(because: ReopenReason = ReopenReason.INCOMPLETE) -> tuple[Case, Claim]:
    case = factories.in_progress((Right.RECTIFICATION,))
    claim = refused(case)
    reason = "The person does not agree with the refusal."
    services.reopen(case.pk, reason=reason, rights=[Right.RECTIFICATION], because=because, by=actor("officer"))
    return case, claim


def test_a_refusal_reopened_as_incomplete_is_not_refused_again_by_the_same_two() -> None:
    _case, claim = reopened()
    colleague("otto", Role.OFFICER)

    with pytest.raises(CannotDo, match="took part"):
        services.draft(claim.pk, by=actor("officer"), **REFUSED)
    services.draft(claim.pk, by=actor("otto"), **REFUSED)
    factories.submit(claim.pk, by=actor("otto"))
    with pytest.raises(CannotDo, match="took part"):
        approve(claim, "reviewer")

    assert approve(claim, "manager").reviewer == actor("manager").code


def test_a_refusal_reopened_as_incomplete_may_be_granted_by_who_refused_it() -> None:
    _case, claim = reopened()

    draft(claim, "officer")
    factories.submit(claim.pk, by=actor("officer"))

    assert approve(claim, "reviewer").reviewer == actor("reviewer").code
