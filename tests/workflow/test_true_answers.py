"""Nobody is told what is not so: no answer by mail without its letter, nothing withdrawn that was done."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories
from tests.factories import actor, utc
from workflow import services
from workflow.actors import POST_OFFICE
from workflow.guards import CannotDo
from workflow.models import Case, Claim, Reexamination
from workflow.states import (
    Advice,
    CaseState,
    ClaimState,
    Ground,
    InterimGround,
    Means,
    Outcome,
    Right,
    Role,
    SecondLook,
)

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)


@pytest.fixture(autouse=True)
def tuesday(time_machine):
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)


def approved(right: Right = Right.RECTIFICATION, *, by: str = "reviewer", **values) -> Claim:
    case = factories.in_progress((right,), received_at=TUESDAY)
    claim = factories.claim(case, right)
    if right is Right.ERASURE:
        services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    refused = {"outcome": Outcome.REFUSED, "ground": Ground.G_NOTWRONG, "facts": "The datum is right as shown."}
    services.draft(claim.pk, by=actor("officer"), **(values or refused))
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor(by))
    return factories.claim(case, right)


# -- by mail only with its letter (s01, s02) -----------------------------------------------------------


@pytest.mark.parametrize("evidence", ["", "I sent it from my own mailbox."])
def test_nobody_records_an_answer_by_mail_by_hand(evidence: str):
    claim = approved()

    with pytest.raises(CannotDo, match="counts when its letter has left"):
        services.answer(claim.pk, at=timezone.now(), means=Means.EMAIL, evidence=evidence, by=actor("officer"))

    assert factories.claim(claim.case, Right.RECTIFICATION).state == ClaimState.APPROVED


def complained(*, by: str = "reviewer") -> Case:
    claim = approved(by=by)
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    services.raise_complaint(claim.case_id, words="I do not agree.", by=actor("officer"))
    return Case.objects.get(pk=claim.case_id)


def look(case: Case, by, **values) -> None:
    words = {"outcome": SecondLook.UPHELD, "position": "It stands as it is, for these reasons.", **values}
    services.decide_reexamination(case.pk, by=by, **words)


@pytest.mark.parametrize(("means", "said"), [(Means.EMAIL, "its letter has left"), (Means.OUTSIDE, "Only its letter")])
def test_a_complaint_is_answered_by_its_letter_alone(means: Means, said: str):
    case = complained()
    look(case, actor("manager"))

    with pytest.raises(CannotDo, match=said):
        services.answer_reexamination(case.pk, at=timezone.now(), means=means, evidence="x y z", by=actor("officer"))

    assert factories.again(case).complaint


def test_somebody_from_outside_takes_nobodys_place_who_is_free():
    case = complained(by="manager")
    assert not services.may_name_outside(case, actor("manager"))

    with pytest.raises(CannotDo, match="is free: they look at it"):
        look(case, actor("manager"), outside="Maître Dupont")

    look(case, actor("reviewer"))
    assert case.reexaminations.get().examiner == actor("reviewer").code


def test_where_everybody_took_part_the_person_from_outside_has_a_name():
    case = complained(by="manager")
    services.close_account(staff=factories.staff("reviewer"), by=actor("administrator"))
    assert services.may_name_outside(case, actor("manager"))

    with pytest.raises(CannotDo, match="Name the person from outside"):
        look(case, actor("manager"), outside="x")
    look(case, actor("manager"), outside="Maître Dupont")

    assert case.reexaminations.get().examiner == Reexamination.OUTSIDE


# -- withdrawn after it was done (s60) --------------------------------------------------------------------


@pytest.mark.parametrize("whole", [False, True])
def test_what_was_done_is_answered_and_not_withdrawn(whole: bool):
    claim = approved(Right.ERASURE, outcome=Outcome.GRANTED, **factories.SAID)
    factories.carry_out(claim.pk)

    withdraw, what = (services.withdraw_case, claim.case_id) if whole else (services.withdraw_claim, claim.pk)

    with pytest.raises(CannotDo, match="was done already"):
        withdraw(what, said="Keep it, please.", by=actor("officer"))
    with pytest.raises(IntegrityError, match="answered, not withdrawn"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(state="withdrawn")

    services.send_back(claim.pk, comment="The person changed their mind.", by=actor("reviewer"))
    with pytest.raises(CannotDo, match="was done already"):
        services.withdraw_claim(claim.pk, said="Keep it, please.", by=actor("officer"))


def test_before_that_it_is_withdrawn():
    claim = approved(Right.ERASURE, outcome=Outcome.GRANTED, **factories.SAID)

    services.withdraw_claim(claim.pk, said="Keep it, please.", by=actor("officer"))

    assert Case.objects.get(pk=claim.case_id).state == CaseState.WITHDRAWN


# -- an objection of the data protection officer (s68) -------------------------------------------------------


def object_to(claim: Claim):
    dpo = factories.colleague("dpo", Role.DPO).actor()
    services.give_opinion(claim.case_id, advice=Advice.OBJECTS, text="The datum is wrong.", by=dpo)
    return claim.case.opinions.get()


def test_an_objection_after_the_approval_is_answered_before_the_answer_is_posted():
    claim = approved()
    opinion = object_to(claim)
    post = {"means": Means.POSTED, "evidence": "RE 1", "by": actor("officer")}

    with pytest.raises(CannotDo, match="data protection officer objects"):
        services.answer(claim.pk, at=timezone.now(), **post)
    posted = {"state": "answered", "answered_at": timezone.now(), "answered_by_means": "posted"}
    with pytest.raises(IntegrityError, match="officer objects"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**posted)
    reason = "The register of the town shows the same."
    services.depart_from_opinion(claim.case_id, opinion=opinion.uuid, reason=reason, by=actor("manager"))
    services.answer(claim.pk, at=timezone.now(), **post)

    assert factories.claim(claim.case, Right.RECTIFICATION).state == ClaimState.ANSWERED


def test_a_letter_that_had_left_is_recorded_whoever_objects():
    claim = approved()
    object_to(claim)

    services.answer(claim.pk, at=timezone.now(), means=Means.EMAIL, by=POST_OFFICE)

    assert factories.claim(claim.case, Right.RECTIFICATION).state == ClaimState.ANSWERED


# -- the freeze comes first (s92) ----------------------------------------------------------------------------


def objected() -> Claim:
    case = factories.in_progress((Right.OBJECTION_GENERAL,), received_at=TUESDAY)
    claim = factories.claim(case, Right.OBJECTION_GENERAL)
    facts = "Fraud prevention prevails here."
    refused = {"outcome": Outcome.REFUSED, "ground": Ground.G_COMPELLING, "facts": facts}
    services.draft(claim.pk, by=actor("officer"), **refused)
    return claim


@pytest.mark.parametrize("frozen", [False, True])
def test_an_objection_is_refused_only_after_somebody_said_whether_the_data_are_frozen(frozen: bool):
    claim = objected()

    with pytest.raises(CannotDo, match="Say first whether the data are frozen"):
        factories.submit(claim.pk, by=actor("officer"))
    with pytest.raises(IntegrityError, match="before an objection is refused"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(state="in_review")
    if frozen:
        ground = InterimGround.OBJECTION
        services.restrict_interim(claim.case_id, ground=ground, how="Marked in the CRM.", by=actor("officer"))
    else:
        services.decline_interim(claim.case_id, reason="Nothing is used meanwhile.", by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))

    assert factories.claim(claim.case, Right.OBJECTION_GENERAL).state == ClaimState.IN_REVIEW


def test_a_granted_objection_waits_for_no_freeze():
    claim = objected()
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))

    factories.submit(claim.pk, by=actor("officer"))

    assert factories.claim(claim.case, Right.OBJECTION_GENERAL).state == ClaimState.IN_REVIEW
