"""Domain §5: twelve months after its closing a case is for data protection officer and auditor alone; and a figure."""

from dataclasses import replace

import pytest

from tests import factories
from tests.factories import actor, utc
from tests.workflow.test_sight import readers
from workflow import queries, services
from workflow.actors import INTAKE, POST_OFFICE
from workflow.guards import NotPermitted
from workflow.models import Case
from workflow.policy import Policy, RetentionPolicy
from workflow.states import PauseKind, Right, Role

pytestmark = pytest.mark.django_db
ALL = {"officer", "reviewer", "manager", "auditor", "privacy"}


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def closed(move) -> Case:
    case = factories.received()
    services.withdraw_case(case.pk, said="Never mind.", known_by="They answered our letter.", by=actor("officer"))
    move(2027, 4, 15, 9)
    services.close(case.pk, by=actor("officer"))
    return factories.again(case)


def test_after_the_months_of_the_settings_only_the_watching_roles_see_it(move):
    case = closed(move)

    move(2028, 4, 30, 9)
    assert readers(case) == ALL
    move(2028, 5, 1, 9)
    assert readers(case) == {"auditor", "privacy"}


def test_the_newest_settings_count_for_older_cases_too(move):
    case = closed(move)
    shorter = replace(Policy(), retention=RetentionPolicy(narrow_months=2))
    services.set_policy(shorter, controller=case.controller, by=actor("manager"))

    move(2027, 7, 1, 9)

    assert readers(case) == {"auditor", "privacy"}


def test_whoever_no_longer_sees_it_no_longer_acts_on_it(move):
    case = closed(move)
    services.add_note(case.pk, text="Filed on paper too.", by=actor("officer"))
    move(2028, 5, 1, 9)

    for name in ("officer", "reviewer", "manager"):
        with pytest.raises(NotPermitted, match="closed for so long"):
            services.add_note(case.pk, text="Looked at it.", by=actor(name))
    with pytest.raises(NotPermitted, match="closed for so long"):
        services.raise_complaint(case.pk, words="Too little.", by=actor("officer"))

    privacy = factories.colleague("privacy", Role.DPO).actor()
    services.place_hold(case.pk, reason="A dispute may come.", by=privacy)
    services.add_note(case.pk, text="Looked at it.", by=actor("officer"))


def test_a_new_message_of_the_person_opens_it_again(move):
    case = closed(move)
    move(2028, 6, 1, 9)

    services.attach_message(case.pk, message=case.uuid, received_at=utc(2028, 6, 1, 8), digest="0" * 64, by=INTAKE)

    assert readers(case) == ALL


def test_a_hold_on_it_can_be_lifted_by_who_may(move):
    case = closed(move)
    services.place_hold(case.pk, reason="A court case.", by=actor("manager"))

    move(2028, 6, 1, 9)

    assert readers(case) == ALL


def test_an_open_case_is_never_hidden_by_its_age(move):
    case = factories.in_progress()

    move(2030, 1, 1, 9)

    assert readers(case) == ALL


def test_the_share_of_paused_cases_counts_cases_and_not_questions(move):
    since = utc(2027, 1, 1)
    owner = factories.installation()
    factories.received(person_email="bob@example.org")
    factories.received(received_at=utc(2026, 12, 1), person_email="eve@example.org")
    for kind in (Right.ACCESS, Right.ERASURE):
        case = factories.confirmed((kind,))
        services.ask_identity(case.pk, doubt="another address", by=actor("officer"))
        services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)
    late = factories.confirmed(received_at=utc(2027, 2, 2, 9))
    services.ask_identity(late.pk, doubt="another address", by=actor("officer"))
    services.begin_pause(late.pk, kind=PauseKind.IDENTITY, asked_at=utc(2027, 3, 2, 9), by=POST_OFFICE)

    found = queries.paused(owner, since=since)

    assert found == queries.Paused(received=4, asked=3, stopped=2)
    assert found.share == 50
    assert queries.paused(owner, since=utc(2027, 4, 1)).share == 0
