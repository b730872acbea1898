"""The settings: typed, versioned, and a departure from the law only with a reason."""

import dataclasses

import pytest

from dsar.web.desk import policy_words
from tests import factories
from tests.factories import actor
from workflow import events, services
from workflow.departures import Departure, departures, new_grave
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Event, PolicyVersion
from workflow.policy import ClockPolicy, Policy, RetentionPolicy, changed, settings_of, with_value
from workflow.states import REQUIRED_LEVEL, EventKind, IdentityLevel, Right


def test_a_policy_survives_being_stored_and_an_older_one_has_the_defaults():
    policy = with_value(with_value(Policy(), "levels.access", "L3"), "clock.closed_days", "2027-12-24, 2027-12-31")

    assert Policy.from_dict(policy.as_dict()) == policy
    assert Policy.from_dict({"clock": {"mode": "none"}, "solo_review": True}) == Policy(
        clock=ClockPolicy(mode="none"), solo_review=True
    )
    with pytest.raises(TypeError):
        Policy.from_dict({"coffee": "black"})


def test_the_defaults_are_the_levels_of_the_law_and_depart_from_nothing():
    assert {right: Policy().levels.of(right) for right in Right} == REQUIRED_LEVEL
    assert departures(Policy()) == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("retention.case_years", "11"),
        ("retention.case_years", "many"),
        ("retention.id_days", "31"),
        ("levels.access", "L0"),
        ("levels.erasure", "L0"),
        ("clock.rule", "30_days"),
        ("clock.closed_days", "Christmas"),
        ("authority.mail", ""),
        ("reminder_days", "0"),
    ],
)
def test_a_value_that_is_none_is_refused_by_name(path: str, text: str):
    with pytest.raises(ValueError, match=path):
        with_value(Policy(), path, text)


@pytest.mark.parametrize(
    ("path", "text", "code", "grave"),
    [
        ("formalities", "strict", "strict", True),
        ("clock.mode", "restart", "restart", True),
        ("clock.anchor", "chained", "chained", True),
        ("clock.rule", "month", "promise", False),
        ("rectification_proof", "always", "proof_always", True),
        ("levels.consent_withdrawal", "L1", "proof_for_free_right", True),
        ("levels.access", "L3", "level_too_high", True),
        ("levels.access", "L4", "document_always", True),
        ("levels.access", "L1", "level_too_low", True),
        ("retention.case_years", "10", "kept_long", True),
        ("four_eyes.erasure", "", "one_pair", False),
        ("solo_review", "on", "solo", False),
    ],
)
def test_each_departure_is_named(path: str, text: str, code: str, grave: bool):
    assert departures(with_value(Policy(), path, text)) == (Departure(path, code, grave),)


def test_a_departure_that_stood_already_needs_no_new_reason():
    strict = with_value(Policy(), "formalities", "strict")

    assert new_grave(Policy(), strict) == (Departure("formalities", "strict"),)
    assert new_grave(strict, with_value(strict, "ack_minutes", "20")) == ()
    assert new_grave(
        with_value(Policy(), "retention.case_years", "6"), with_value(Policy(), "retention.case_years", "9")
    )


def test_every_setting_stands_in_one_section_and_every_departure_has_a_sentence():
    paths = [one.path for one in settings_of(Policy())]
    placed = [path for _code, _title, _intro, section in policy_words.SECTIONS for path in section]

    assert sorted(placed) == sorted(paths) == sorted(policy_words.SETTINGS)
    for one in settings_of(Policy()):
        known = policy_words.OPTIONS.get(one.path, {})
        assert set(known) == set(one.options) or one.path.startswith("levels."), one.path


def test_a_departure_without_a_reason_is_refused_and_nothing_changes(db: None):
    owner = factories.installation()
    strict = Policy(formalities="strict")

    with pytest.raises(CannotDo):
        services.set_policy(strict, controller=owner, by=actor("manager"))
    assert PolicyVersion.objects.count() == 1

    services.set_policy(strict, controller=owner, reason="Avis du conseil.", by=actor("administrator"))
    event = Event.objects.filter(kind=EventKind.POLICY_CHANGED.value).latest("seq")
    told = events.fields(event)["data"]
    assert (told["changed"], told["formalities"], told["levels.access"]) == ("formalities", "strict", "L2")
    assert events.payload_of(event) == {"text": "Avis du conseil."}
    assert events.verify("install").intact


def test_of_two_people_with_one_page_one_wins_and_nothing_changed_is_no_version(db: None):
    owner = factories.installation()
    services.set_policy(Policy(ack_minutes=20), controller=owner, base=1, by=actor("manager"))

    with pytest.raises(CannotDo):
        services.set_policy(Policy(ack_minutes=30), controller=owner, base=1, by=actor("manager"))
    with pytest.raises(CannotDo):
        services.set_policy(Policy(ack_minutes=20), controller=owner, base=2, by=actor("manager"))
    assert PolicyVersion.objects.count() == 2


@pytest.mark.parametrize("username", ["officer", "reviewer", "auditor"])
def test_only_managers_and_administrators_set_it(db: None, username: str):
    with pytest.raises(NotPermitted):
        services.set_policy(Policy(ack_minutes=20), controller=factories.installation(), by=actor(username))


def test_what_changed_is_told_as_it_was_and_as_it_is():
    after = dataclasses.replace(Policy(), retention=RetentionPolicy(case_years=3))

    [(old, new)] = changed(Policy(), after)

    assert (old.path, old.value, new.value) == ("retention.case_years", 5, 3)
    assert IdentityLevel.L1 in {one.value for one in settings_of(after)}
