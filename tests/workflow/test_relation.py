"""What the person is to the company is recorded by an officer, as an event."""

import pytest
from django.db import IntegrityError

from tests import factories
from tests.factories import actor
from workflow import events, queries, services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case
from workflow.states import EventKind, Relation

pytestmark = pytest.mark.django_db


def test_an_officer_records_the_relation_and_the_history_tells_what_it_was_before():
    case = factories.received()

    services.record_relation(case.pk, relation=Relation.CUSTOMER, by=actor("officer"))
    services.record_relation(case.pk, relation=Relation.EMPLOYEE, by=actor("manager"))

    told = [events.fields(one)["data"] for one in queries.history(case).filter(kind=EventKind.RELATION_RECORDED.value)]
    assert factories.again(case).relation == Relation.EMPLOYEE
    assert told == [{"relation": "customer", "before": ""}, {"relation": "employee", "before": "customer"}]


def test_the_same_again_is_no_change():
    case = factories.received()
    services.record_relation(case.pk, relation=Relation.OTHER, by=actor("officer"))

    with pytest.raises(CannotDo, match="already"):
        services.record_relation(case.pk, relation=Relation.OTHER, by=actor("officer"))


@pytest.mark.parametrize("username", ["reviewer", "auditor", "administrator"])
def test_only_who_works_on_the_case_records_it(username):
    case = factories.received()

    with pytest.raises(NotPermitted):
        services.record_relation(case.pk, relation=Relation.OTHER, by=actor(username))


@pytest.mark.parametrize(
    ("relation", "near"), [(Relation.CUSTOMER, False), (Relation.EX_EMPLOYEE, True), (Relation.APPLICANT, True)]
)
def test_colleagues_former_ones_and_applicants_are_near_us(relation, near):
    case = factories.received()
    services.record_relation(case.pk, relation=relation, by=actor("officer"))

    assert factories.again(case).restriction_proposed is near


def test_the_database_knows_the_same_relations():
    case = factories.received()

    with pytest.raises(IntegrityError):
        Case.objects.filter(pk=case.pk).update(relation="friend")
