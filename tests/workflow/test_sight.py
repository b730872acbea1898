"""A restricted case is seen by named staff alone; nobody sees a case about themselves."""

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor, colleague, staff
from workflow import events, queries, services
from workflow.actors import INTAKE
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event
from workflow.states import EventKind, Relation, Right, Role

WHY = "A colleague asks for data."
pytestmark = pytest.mark.django_db


def restricted(case: Case | None = None, *names: str) -> Case:
    case = case or factories.received()
    named = [staff(name) for name in names or ("officer", "reviewer")]
    services.restrict_access(case.pk, named=named, reason="She works in our team.", by=actor("manager"))
    return factories.again(case)


def readers(case: Case) -> set[str]:
    colleague("privacy", Role.DPO)
    known = ("officer", "reviewer", "manager", "auditor", "administrator", "privacy")
    return {name for name in known if queries.sees(staff(name).actor(), case)}


def test_everybody_who_reads_cases_sees_an_ordinary_case():
    assert readers(factories.received()) == {"officer", "reviewer", "manager", "auditor", "privacy"}


def test_named_staff_and_the_data_protection_officer_see_a_restricted_case():
    assert readers(restricted()) == {"officer", "reviewer", "privacy"}


def test_the_event_names_codes_and_keeps_the_reason_sealed():
    case = restricted()

    told = queries.history(case).get(kind=EventKind.ACCESS_RESTRICTED.value)
    assert events.fields(told)["data"] == {
        "named": ",".join(sorted(staff(name).code for name in ("officer", "reviewer")))
    }
    assert events.payload_of(told) == {"text": "She works in our team."}


@pytest.mark.parametrize("username", ["officer", "reviewer", "auditor", "administrator"])
def test_only_manager_and_data_protection_officer_restrict(username):
    case = factories.received()

    with pytest.raises(NotPermitted):
        services.restrict_access(case.pk, named=[staff("officer")], reason=WHY, by=actor(username))


def test_whoever_carries_it_and_is_not_named_carries_it_no_longer():
    case = factories.in_progress()
    colleague("second", Role.OFFICER)

    restricted(case, "second")

    assert factories.again(case).assignee is None
    told = queries.history(case).get(kind=EventKind.ACCESS_RESTRICTED.value)
    assert events.fields(told)["data"]["released"] == staff("officer").code


def test_somebody_who_works_on_cases_is_named():
    case = factories.in_progress()

    with pytest.raises(CannotDo, match="officer or manager"):
        services.restrict_access(case.pk, named=[staff("reviewer")], reason=WHY, by=actor("manager"))
    with pytest.raises(CannotDo, match="Administrator cannot be named"):
        services.restrict_access(
            case.pk,
            named=[staff("officer"), staff("administrator")],
            reason=WHY,
            by=actor("manager"),
        )
    assert not factories.again(case).restricted_access


def test_whoever_is_not_named_does_nothing_in_it():
    case = restricted()

    with pytest.raises(NotPermitted, match="named"):
        services.confirm_claims(case.pk, rights=[Right.ACCESS], by=actor("manager"))
    with pytest.raises(NotPermitted, match="named"):
        services.add_note(case.pk, text="I know her.", by=actor("manager"))
    services.confirm_claims(case.pk, rights=[Right.ACCESS], by=actor("officer"))


def test_it_is_not_assigned_to_somebody_who_does_not_see_it():
    case = restricted()

    with pytest.raises(CannotDo, match="Manager may not see"):
        services.assign(case.pk, staff=staff("manager"), by=actor("officer"))


def test_a_restriction_names_others_and_ends():
    case = restricted()
    privacy = colleague("privacy", Role.DPO).actor()

    services.restrict_access(case.pk, named=[staff("manager")], reason="On leave.", by=privacy)
    assert readers(case) == {"manager", "privacy"}
    services.open_access(case.pk, reason="Has left the team.", by=actor("manager"))
    assert readers(factories.again(case)) == {"officer", "reviewer", "manager", "auditor", "privacy"}
    assert events.verify(case.stream).intact


def test_what_the_person_writes_next_is_as_restricted():
    first = restricted()

    again = factories.received()
    other = factories.received(person_email="somebody@example.net")

    assert readers(again) == {"officer", "reviewer", "privacy"}
    assert not other.restricted_access
    told = queries.history(again).get(kind=EventKind.ACCESS_RESTRICTED.value)
    assert events.fields(told)["data"]["follows"] == first.reference


def test_merging_restricts_both_for_the_names_of_both():
    case, target = restricted(), factories.confirmed(person_email="ada@elsewhere.example")
    absorbed = factories.received(person_email="ada@elsewhere.example")
    services.merge(absorbed.pk, into=target.pk, by=actor("officer"))

    services.merge(case.pk, into=target.pk, same_person="She says so.", by=actor("officer"))

    for one in (case, target, absorbed):
        assert readers(factories.again(one)) == {"officer", "reviewer", "privacy"}


def test_mail_joins_a_restricted_case_whoever_promotes_it():
    case = restricted()
    values = {"message": case.uuid, "received_at": case.received_at, "digest": "0" * 64}

    services.attach_message(case.pk, **values, by=actor("manager"))
    services.attach_message(case.pk, **values, by=INTAKE)

    assert Event.objects.filter(stream=case.stream, kind=EventKind.MESSAGE_ATTACHED.value).count() == 2


# -- about themselves -----------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["person_email", "written_by"])
def test_a_case_from_a_colleagues_own_address_is_hidden_from_them(by):
    case = factories.received()
    Case.objects.filter(pk=case.pk).update(**{by: staff("manager").email})

    assert readers(factories.again(case)) == {"officer", "reviewer", "auditor", "privacy"}


def test_the_data_protection_officer_does_not_see_their_own_case_either():
    case = factories.received(person_email=colleague("privacy", Role.DPO).email)

    assert "privacy" not in readers(case)


def test_an_officer_records_that_the_case_is_about_a_colleague_without_naming_them_in_the_header():
    case = factories.in_progress(person_email="home@example.org")

    services.record_conflict(case.pk, staff=staff("officer"), by=actor("manager"))

    assert factories.again(case).assignee is None
    assert "officer" not in readers(case)
    told = queries.history(case).get(kind=EventKind.CONFLICT_RECORDED.value)
    assert staff("officer").code.encode() not in bytes(told.body)
    assert events.payload_of(told) == {"text": "Officer"}
    with pytest.raises(NotPermitted, match="about you"):
        services.add_note(case.pk, text="mine", by=actor("officer"))


def test_a_conflict_recorded_by_mistake_is_removed_with_a_reason():
    case = factories.received()
    services.record_conflict(case.pk, staff=staff("officer"), by=actor("manager"))

    with pytest.raises(CannotDo, match="why"):
        services.remove_conflict(case.pk, staff=staff("officer"), reason=" ", by=actor("manager"))
    services.remove_conflict(case.pk, staff=staff("officer"), reason="A namesake.", by=actor("manager"))

    assert "officer" in readers(case)


def test_a_merged_case_about_a_colleague_hides_its_target_from_them():
    own = factories.received(person_email=staff("reviewer").email)
    target = factories.received(person_email="home@example.org")

    services.merge(own.pk, into=target.pk, same_person="She told us.", by=actor("officer"))

    assert "reviewer" not in readers(factories.again(target))


# -- somebody near us ------------------------------------------------------------------------------


@pytest.mark.parametrize(("relation", "times"), [(Relation.EMPLOYEE, 1), (Relation.APPLICANT, 1), (Relation.OTHER, 0)])
def test_restriction_is_proposed_for_somebody_near_us(relation, times):
    case = factories.received()

    services.record_relation(case.pk, relation=relation, by=actor("officer"))

    assert queries.history(case).filter(kind=EventKind.ACCESS_RESTRICTION_PROPOSED.value).count() == times
    assert not factories.again(case).restricted_access


def test_who_decides_says_that_no_restriction_is_needed_and_the_proposal_is_gone():
    case = factories.received()
    services.record_relation(case.pk, relation=Relation.EMPLOYEE, by=actor("officer"))
    reason = "She works in another company of the group."

    with pytest.raises(NotPermitted):
        services.decline_restriction(case.pk, reason=reason, by=actor("officer"))
    with pytest.raises(CannotDo):
        services.decline_restriction(case.pk, reason=" ", by=actor("manager"))
    proposed = factories.again(case).restriction_proposed
    services.decline_restriction(case.pk, reason=reason, by=actor("manager"))

    told = queries.history(case).last()
    assert (proposed, factories.again(case).restriction_proposed) == (True, False)
    assert (told.kind, events.payload_of(told)) == (EventKind.ACCESS_RESTRICTION_DECLINED, {"text": reason})
    with pytest.raises(CannotDo):
        services.decline_restriction(case.pk, reason=reason, by=actor("manager"))


def test_a_decision_or_another_relation_ends_the_proposal_too():
    restricted, corrected = factories.received(), factories.received(person_email="bob@example.org")
    for case in (restricted, corrected):
        services.record_relation(case.pk, relation=Relation.EMPLOYEE, by=actor("officer"))

    services.restrict_access(restricted.pk, named=[staff("officer")], reason="A colleague.", by=actor("manager"))
    services.record_relation(corrected.pk, relation=Relation.CUSTOMER, by=actor("officer"))

    assert not factories.again(restricted).restriction_proposed
    assert not factories.again(corrected).restriction_proposed
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=restricted.pk).update(restriction_proposed=True)


def test_the_page_shows_the_proposal_until_somebody_decided(client):
    case = factories.received()
    services.record_relation(case.pk, relation=Relation.EMPLOYEE, by=actor("officer"))
    client.force_login(staff("manager"))
    address = f"/cases/{case.uuid}/"
    before = "no-restriction" in client.get(address).content.decode()

    refused = client.post(f"{address}restrict/none/", {"reason": "", "form": "no-restriction"}).status_code
    done = client.post(f"{address}restrict/none/", {"reason": "Une autre société."}).status_code

    assert (before, refused, done) == (True, 409, 302)
    assert "no-restriction" not in client.get(address).content.decode()
