"""Every right has its own decision: outcomes, grounds and a checklist that is complete before anybody else reads it."""

import itertools

import pytest
from django.db import IntegrityError, transaction

from dsar.history.decision_labels import CHECKS, SELF_CHECKS
from tests import factories
from tests.factories import actor
from workflow import events, services
from workflow.checklists import ONLY_FOR_A_PART, Check, carried_out, checklist, outcomes
from workflow.guards import CannotDo
from workflow.models import Claim, Event
from workflow.states import ALLOWED_GROUNDS, EventKind, Ground, Outcome, Right, SelfCheck

NEVER = {"unsigned", "undated", "no_id_copy", "wrong_mailbox", "wrong_language", "wrong_article", "no_reason", "cost"}


def test_the_grounds_of_each_right_are_those_of_the_catalogue():
    any_request = {"G-EXC", "G-UNF", "G-ID"}
    expected = {
        Right.ACCESS: {"G-OTHERS"} | any_request,
        Right.RECTIFICATION: {"G-NOTWRONG"} | any_request,
        Right.CONSENT_WITHDRAWAL: set(),
        Right.OBJECTION_DM: set(),
        Right.ERASURE: {"G-173a", "G-173b", "G-173c", "G-173d", "G-173e", "G-STILL"} | any_request,
        Right.RESTRICTION: {"G-NO18"} | any_request,
        Right.PORTABILITY: {"G-NO20", "G-OTHERS", "G-NOTECH", "G-ID"},
        Right.OBJECTION_GENERAL: {"G-COMPELLING", "G-CLAIMS"},
        Right.AUTOMATED_DECISION: {"G-NO22"},
        Right.INFORMATION: set(),
        Right.COMPLAINT: set(),
    }

    assert {right: {ground.value for ground in grounds} for right, grounds in ALLOWED_GROUNDS.items()} == expected


def test_what_is_never_a_ground_cannot_even_be_said():
    assert NEVER.isdisjoint({ground.value.lower().replace("-", "_") for ground in Ground})


@pytest.mark.parametrize("right", list(Right))
def test_each_outcome_of_each_right_has_a_list_and_each_line_has_words(right):
    offered = outcomes(right, refusable=bool(ALLOWED_GROUNDS[right]))

    lines = [checklist(right, outcome) for outcome in offered]

    assert all(lines)
    assert Outcome.GRANTED in offered
    assert set(itertools.chain(*lines)) <= set(CHECKS)


def test_no_line_is_without_words_and_none_is_never_asked():
    grounds = ["", *(ground.value for ground in Ground)]
    asked = {line for right in Right for one in Outcome for why in grounds for line in checklist(right, one, why)}
    later = {line for right in Right for line in carried_out(right)}

    assert asked | later == set(Check) == set(CHECKS)
    assert set(SelfCheck) == set(SELF_CHECKS)


@pytest.mark.django_db
def test_a_draft_is_handed_in_with_its_whole_checklist_or_not_at_all():
    case = factories.in_progress((Right.RESTRICTION,))
    claim = factories.claim(case, Right.RESTRICTION)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))

    with pytest.raises(CannotDo, match="checklist of this right"):
        services.submit(claim.pk, checked=[Check.SCOPE_NAMED], by=actor("officer"))
    values = {"state": "in_review", "submitted_by": "S-0002", "submitted_at": case.received_at}
    with pytest.raises(IntegrityError, match="whole_checklist"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**values)
    services.submit(claim.pk, checked=[Check.SCOPE_NAMED, Check.LIFTING_TOLD], by=actor("officer"))

    told = events.fields(Event.objects.filter(stream=case.stream, kind=EventKind.CLAIM_SUBMITTED).get())["data"]
    assert told["checked"] == "scope_named,lifting_told"
    assert factories.claim(case, Right.RESTRICTION).open_checks == 0


@pytest.mark.django_db
def test_what_was_sent_back_is_confirmed_anew():
    case = factories.in_progress((Right.RECTIFICATION,))
    claim = factories.claim(case, Right.RECTIFICATION)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.send_back(claim.pk, comment="Which value?", by=actor("reviewer"))

    with pytest.raises(CannotDo, match="checklist"):
        services.submit(claim.pk, by=actor("officer"))


@pytest.mark.django_db
@pytest.mark.parametrize("ground", sorted(ONLY_FOR_A_PART))
def test_rights_of_others_and_a_transfer_refuse_a_part_and_never_the_whole(ground):
    case = factories.in_progress((Right.PORTABILITY,))
    claim = factories.claim(case, Right.PORTABILITY)

    with pytest.raises(CannotDo, match="partly granted"):
        services.draft(claim.pk, outcome=Outcome.REFUSED, ground=ground, facts="Others named.", by=actor("officer"))
    services.draft(claim.pk, outcome=Outcome.PARTLY_GRANTED, ground=ground, facts="Others named.", by=actor("officer"))
    with pytest.raises(IntegrityError, match="touches_a_part"), transaction.atomic():
        Claim.objects.update(outcome="refused")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("right", "ground"),
    [(right, ground) for right in Right for ground in Ground if ground not in ALLOWED_GROUNDS[right]],
)
def test_a_ground_of_another_right_is_refused_by_service_and_database(right, ground):
    case = factories.confirmed((right,))
    claim = factories.claim(case, right)

    with pytest.raises(CannotDo):
        services.draft(
            claim.pk, outcome=Outcome.PARTLY_GRANTED, ground=ground, facts="Others named.", by=actor("officer")
        )
    with pytest.raises(IntegrityError, match="one_of_this_right"), transaction.atomic():
        Claim.objects.update(ground=ground.value)


@pytest.mark.django_db
def test_we_hold_nothing_answers_only_a_right_about_data():
    case = factories.confirmed((Right.OBJECTION_DM,))

    with pytest.raises(CannotDo, match="does not know this outcome"):
        services.draft(factories.claim(case, Right.OBJECTION_DM).pk, outcome=Outcome.NOTHING_HELD, by=actor("officer"))


# -- what can only be true later, and each case of an article -------------------------------------------


def test_before_the_approval_nothing_is_confirmed_that_comes_after_it():
    later = {Check.RECIPIENTS_TOLD, Check.SCOPE_FROZEN, Check.STOPPED}

    asked = {line for right in Right for outcome in Outcome for line in checklist(right, outcome)}

    assert asked.isdisjoint(later)
    assert {line for right in Right for line in carried_out(right)} == later


@pytest.mark.django_db
def test_what_is_true_once_it_is_done_is_confirmed_when_that_is_recorded():
    case = factories.in_progress((Right.RESTRICTION,))
    claim = factories.claim(case, Right.RESTRICTION)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("reviewer"))

    with pytest.raises(CannotDo, match="Confirm every line"):
        factories.carry_out(claim.pk, checked=[Check.SCOPE_FROZEN])
    factories.carry_out(claim.pk)

    told = events.fields(Event.objects.filter(stream=case.stream, kind=EventKind.EXECUTION_VERIFIED).get())["data"]
    assert told["checked"] == "scope_frozen,recipients_told"


@pytest.mark.parametrize(
    ("right", "ground", "cases"), [(Right.ERASURE, Ground.G_STILL, 6), (Right.RESTRICTION, Ground.G_NO18, 4)]
)
def test_that_no_case_of_the_article_is_met_is_said_of_each(right, ground, cases):
    plain = checklist(right, Outcome.REFUSED)

    each = checklist(right, Outcome.REFUSED, ground.value)

    assert len(each) == len(plain) + cases
    assert checklist(right, Outcome.REFUSED, Ground.G_EXC.value) == plain
