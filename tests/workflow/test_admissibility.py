"""The admissibility sheet: written with the case, refreshed by acts, settled by a person, decided by nobody alone."""

import json

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor
from workflow import services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event, Requirement
from workflow.services import Condition
from workflow.states import CaseState, EventKind, Evidence, IdentityMethod, RequirementCode, Right

pytestmark = pytest.mark.django_db

UNSIGNED = Condition(RequirementCode.SIGNED, met=False, evidence=Evidence.NOT_FOUND)
TYPED = Condition(RequirementCode.SIGNED, met=True, evidence=Evidence.TYPED)
NO_MANDATE = Condition(RequirementCode.MANDATE_SHOWN, met=False, evidence=Evidence.NOT_FOUND)


def sheet(case: Case) -> dict[str, tuple[str, str]]:
    rows = Requirement.objects.filter(case=case, claim=None)
    return {row.code: (row.state, row.evidence) for row in rows}


def test_sheet_is_written_with_the_case_and_stands_in_its_first_event():
    case = factories.received(conditions=[TYPED, NO_MANDATE])

    first = json.loads(bytes(Event.objects.get(stream=case.stream, seq=1).body))
    assert first["data"]["conditions"] == "signed:typed,mandate_shown:-not_found"
    assert sheet(case) == {
        "signed": ("met", "typed"),
        "mandate_shown": ("missing", "not_found"),
        "right_stated": ("met", "proposed"),
        "identity_established": ("missing", "not_found"),
    }


@pytest.mark.parametrize(
    ("proposed", "unsure", "found"),
    [((Right.ACCESS,), (), "proposed"), ((), (Right.ACCESS,), "unsure"), ((), (), "not_found")],
)
def test_a_right_is_stated_as_clearly_as_the_message_says_it(proposed, unsure, found):
    case = factories.received(proposed, unsure=unsure)

    assert sheet(case)["right_stated"] == ("met" if found == "proposed" else "missing", found)


def test_confirming_and_verifying_are_what_settles_right_and_identity():
    case = factories.confirmed((Right.RECTIFICATION,))
    before = sheet(case)
    services.verify_identity(
        case.pk, method=IdentityMethod.CALL_KNOWN_NUMBER, note="A code to the account of 2024.", by=actor("officer")
    )

    assert before["right_stated"] == ("met", "confirmed")
    assert before["identity_established"] == ("missing", "not_found")
    assert sheet(case)["identity_established"] == ("met", "call_known_number")


def test_identity_is_not_demanded_where_no_right_needs_it_and_is_again_when_one_does():
    case = factories.confirmed((Right.OBJECTION_DM,))
    before = sheet(case)["identity_established"]
    services.confirm_claims(case.pk, rights=[Right.OBJECTION_DM, Right.ACCESS], by=actor("officer"))

    assert before == ("met", "not_needed")
    assert sheet(case)["identity_established"] == ("missing", "not_found")


def test_a_further_message_brings_what_was_missing_and_takes_nothing_away():
    case = factories.received(conditions=[UNSIGNED])
    for condition in (TYPED, UNSIGNED):
        services.attach_message(
            case.pk,
            message=case.uuid,
            received_at=case.received_at,
            digest="",
            conditions=[condition],
            by=actor("officer"),
        )

    assert sheet(case)["signed"] == ("met", "typed")


def test_an_officer_waives_a_formality_with_a_reason_and_the_case_stays_where_it_was():
    case = factories.received(conditions=[UNSIGNED])

    services.waive_condition(case.pk, code=RequirementCode.SIGNED, reason="the account is known", by=actor("officer"))

    event = Event.objects.get(stream=case.stream, kind=EventKind.CONDITION_WAIVED.value)
    assert json.loads(bytes(event.body))["data"] == {"condition": "signed"}
    assert sheet(case)["signed"] == ("waived", "officer")
    assert factories.again(case).state == CaseState.RECEIVED.value


def test_an_officer_says_that_a_mandate_is_shown():
    case = factories.received(conditions=[NO_MANDATE])

    services.meet_condition(
        case.pk, code=RequirementCode.MANDATE_SHOWN, reason="signed by her, dated 3 May", by=actor("officer")
    )

    assert sheet(case)["mandate_shown"] == ("met", "officer")


@pytest.mark.parametrize("code", [RequirementCode.MANDATE_SHOWN, RequirementCode.IDENTITY_ESTABLISHED])
def test_what_the_law_demands_is_not_waived(code):
    case = factories.received(conditions=[NO_MANDATE])

    with pytest.raises(CannotDo, match="The law demands"):
        services.waive_condition(case.pk, code=code, reason="in a hurry", by=actor("officer"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Requirement.objects.filter(case=case, code=code.value).update(state="waived", evidence="officer")


@pytest.mark.parametrize("code", [RequirementCode.RIGHT_STATED, RequirementCode.EXPORT_READY])
def test_what_an_act_of_its_own_settles_is_not_ticked_by_hand(code):
    case = factories.received()

    with pytest.raises(CannotDo, match="an act of its own"):
        services.meet_condition(case.pk, code=code, reason="I say so", by=actor("officer"))


def test_settling_needs_a_reason_the_role_and_something_open():
    case = factories.received(conditions=[TYPED])

    for reason, by, refused in (
        ("", "officer", CannotDo),
        ("seen", "reviewer", NotPermitted),
        ("seen", "officer", CannotDo),
    ):
        with pytest.raises(refused):
            services.meet_condition(case.pk, code=RequirementCode.SIGNED, reason=reason, by=actor(by))
    assert sheet(case)["signed"] == ("met", "typed")


def test_a_merge_keeps_what_the_other_request_met():
    earlier = factories.received(conditions=[UNSIGNED])
    later = factories.received(conditions=[TYPED])

    services.merge(later.pk, into=earlier.pk, by=actor("officer"))

    assert sheet(earlier)["signed"] == ("met", "typed")


@pytest.mark.parametrize("wrong", [{"evidence": "a hunch"}, {"code": "polite"}, {"state": "waived"}])
def test_the_database_knows_no_other_code(wrong):
    case = factories.received(conditions=[TYPED])

    with pytest.raises(IntegrityError), transaction.atomic():
        Requirement.objects.filter(case=case, code="signed").update(**wrong)
