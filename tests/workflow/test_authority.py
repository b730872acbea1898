"""T24: the letter of an authority, a court or the police keeps its case until a manager says otherwise."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import actor, utc
from workflow import services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Pending

pytestmark = pytest.mark.django_db


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def test_a_case_an_authority_wrote_in_closes_only_once_a_manager_lifted_the_hold(move):
    case = factories.answered()
    services.recognise_authority(case.pk, words="APD", by=actor("officer"))
    assert factories.again(case).legal_hold
    move(2027, 5, 20, 9)

    assert services.close_quiet() == 0
    with pytest.raises(CannotDo, match="legal hold"):
        services.close(case.pk, by=actor("officer"))
    with pytest.raises(NotPermitted):
        services.release_hold(case.pk, reason="The letter was answered.", by=actor("officer"))
    services.release_hold(case.pk, reason="The letter was answered.", by=actor("manager"))

    assert services.close_quiet() == 1


def test_a_closed_case_is_not_anonymised_over_it(move):
    case = factories.answered()
    move(2027, 5, 20, 9)
    services.close_quiet()
    services.recognise_authority(case.pk, words="APD", by=actor("officer"))
    Pending.objects.all().delete()

    move(2034, 5, 21, 9)
    assert list(services.cases_to_anonymise(case.controller, on=date(2034, 5, 21))) == []
    services.release_hold(case.pk, reason="The letter was answered.", by=actor("manager"))
    Pending.objects.all().delete()

    move(2035, 6, 1, 9)
    assert [one.pk for one, _day in services.cases_to_anonymise(case.controller, on=date(2035, 6, 1))] == [case.pk]


def test_taking_the_mark_back_lifts_no_hold(move):
    case = factories.answered()
    services.recognise_authority(case.pk, words="APD", by=actor("officer"))

    services.deny_authority(case.pk, reason="A student wrote it.", by=actor("officer"))

    assert (factories.again(case).authority, factories.again(case).legal_hold) == (False, True)


def test_the_hold_goes_on_in_the_case_it_is_merged_into_and_no_mark_stands_without_it(move):
    case, target = factories.received(), factories.received()
    services.recognise_authority(case.pk, words="APD", by=actor("officer"))
    services.release_hold(case.pk, reason="A copy for information.", by=actor("manager"))

    services.merge(case.pk, into=target.pk, by=actor("officer"))

    after = factories.again(target)
    assert (after.authority, after.legal_hold) == (True, True)
    with pytest.raises(CannotDo, match="merged into"):
        services.recognise_authority(case.pk, words="APD", by=actor("officer"))
    other = factories.received(person_email="grace@example.org")
    with pytest.raises(IntegrityError, match="places a legal hold"), transaction.atomic():
        Case.objects.filter(pk=other.pk).update(authority=True)
