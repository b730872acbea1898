"""Who objected to advertising stands on a list that knows no address and outlives the case."""

import io
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dsar.lists import services, tasks
from dsar.lists.addresses import is_address, spelled
from dsar.lists.models import SuppressedAddress
from dsar.operations import retention
from notifications import services as post
from notifications.models import Notification
from tests import factories
from tests.factories import actor, again
from workflow import events
from workflow import services as law
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Event, HolderKey, Pending
from workflow.retention import Kept
from workflow.sealing import KeyGone
from workflow.states import Consumer, Language, Means, Outcome, OutOfScope, Right

ADA = "ada@example.org"


def answered(right: Right = Right.OBJECTION_DM, **values: object) -> Case:
    case = factories.confirmed((right,), **values)
    claim = factories.claim(case, right)
    by = actor("officer")
    law.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=by)
    factories.submit(claim.pk, by=by)
    law.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=by)
    return again(case)


def told(case: Case) -> list[dict[str, object]]:
    rows = Event.objects.filter(stream=case.stream, kind="address_suppressed")
    return [events.fields(event)["data"] for event in rows]


def run(addresses: str, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    out = StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(addresses))
    call_command("suppressed", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Ada@Example.ORG", ADA),
        ("  ada@example.org.\n", ADA),
        ("ada@EXAMPLE。org", ADA),
        ("x@bücher.example", "x@xn--bcher-kva.example"),
        ("x@BÜCHER.example", "x@xn--bcher-kva.example"),
        ("\N{FULLWIDTH LATIN SMALL LETTER A}da@example.org", ADA),
    ],
)
def test_one_address_has_one_spelling(written: str, same: str) -> None:
    assert spelled(written) == same


@pytest.mark.parametrize("text", ["", "ada", "@example.org", "ada@", "ada lovelace@example.org", "a@b c.org"])
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)
    with pytest.raises(ValueError, match="no address"):
        spelled(text)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first address takes a second on a busy machine
@given(st.emails())
def test_spelling_twice_changes_nothing(address: str) -> None:
    assert spelled(spelled(address)) == spelled(address) == spelled(address.upper())


@pytest.mark.django_db
def test_an_answered_objection_puts_its_person_on_the_list_once_and_says_so() -> None:
    case = answered()
    owner = factories.installation()
    assert services.suppressed_among(owner, [ADA]) == set()

    tasks.sweep()
    tasks.sweep()

    assert services.suppressed_among(owner, ["ADA@example.org", "bob@example.org"]) == {"ADA@example.org"}
    assert told(case) == [{"listed": True}]
    assert not Pending.objects.filter(consumer=Consumer.LISTS.value).exists()
    assert events.verify(case.stream).intact


@pytest.mark.django_db
def test_another_right_lists_nobody() -> None:
    answered(Right.CONSENT_WITHDRAWAL)

    tasks.sweep()

    assert not SuppressedAddress.objects.exists()


@pytest.mark.django_db
def test_two_objections_of_one_person_are_one_row_and_a_letter_by_post_none() -> None:
    first, second = answered(), answered(person_email="ADA@example.org")
    by_post = answered(person_email="", person_name="Bob")

    tasks.sweep()

    assert SuppressedAddress.objects.count() == 1
    assert (told(first), told(second), told(by_post)) == ([{"listed": True}], [{"listed": True}], [{"listed": False}])


@pytest.mark.django_db
def test_nobody_reads_an_address_out_of_the_list() -> None:
    answered()
    tasks.sweep()

    row = SuppressedAddress.objects.get()

    assert len(row.digest) == 64
    columns = {field.name for field in SuppressedAddress._meta.concrete_fields}
    assert columns == {"id", "controller", "digest", "added_at"}


@pytest.mark.django_db
def test_it_outlives_the_case_and_the_case_waits_for_it(time_machine) -> None:
    time_machine.move_to("2027-02-01T10:00:00+00:00", tick=False)
    case = answered()
    post.sweep_pending()
    Pending.objects.filter(consumer=Consumer.LETTERS.value).delete()
    time_machine.move_to(timezone.now() + timedelta(days=31), tick=False)
    assert law.close_quiet() == 1
    post.sweep_pending()
    post.deliver_due()
    post.sweep_pending()
    time_machine.move_to(timezone.now() + timedelta(days=5 * 366), tick=False)
    assert Kept.CASE not in retention.apply(timezone.now()).gone, "its person is not on the list yet"

    tasks.sweep()
    post.sweep_pending()
    assert retention.apply(timezone.now()).gone[Kept.CASE] == 1

    assert again(case).person_email == ""
    assert services.suppressed_among(case.controller, [ADA]) == {ADA}


@pytest.mark.django_db
def test_a_list_whose_key_is_lost_says_so_instead_of_finding_nobody(monkeypatch) -> None:
    answered()
    tasks.sweep()
    cases = set(Case.objects.values_list("uuid", flat=True))
    [row] = [key for key in HolderKey.objects.all() if key.holder not in cases]
    HolderKey.objects.filter(holder=row.holder).delete()

    with pytest.raises(KeyGone):
        services.suppressed_among(factories.installation(), [ADA])
    with pytest.raises(CommandError, match="restore the key store"):
        run(ADA, monkeypatch)


@pytest.mark.django_db
def test_a_sender_of_advertising_asks_by_the_command(monkeypatch) -> None:
    owner = factories.installation()
    with transaction.atomic():
        assert services.suppress(owner, ADA)
        assert not services.suppress(owner, "Ada@Example.org")
    addresses = "bob@example.org\nADA@example.org\n\ncarla@example.org\n"

    assert run(addresses, monkeypatch) == ["ADA@example.org"]
    assert run(addresses, monkeypatch, "--allowed") == ["bob@example.org", "carla@example.org"]
    with pytest.raises(CommandError, match="Line 2 is no address"):
        run("bob@example.org\nnobody\n", monkeypatch)


@pytest.mark.django_db
def test_one_that_cannot_be_listed_does_not_hold_up_the_others(monkeypatch) -> None:
    first, second = answered(), answered(person_email="bob@example.org")
    real = services.suppress

    def fails(owner, address):
        if address == ADA:
            raise RuntimeError("the disk is full")
        return real(owner, address)

    monkeypatch.setattr(services, "suppress", fails)
    tasks.sweep()
    assert (told(first), told(second)) == ([], [{"listed": True}])
    monkeypatch.undo()

    tasks.sweep()

    assert told(first) == [{"listed": True}]


def test_a_manager_takes_somebody_off_with_a_reason_the_history_keeps(db: None) -> None:
    case = answered()
    tasks.sweep()

    services.take_off(case.pk, reason="It was her brother who objected.", by=actor("manager"))

    assert services.suppressed_among(case.controller, [ADA]) == set()
    event = Event.objects.get(stream=case.stream, kind="address_unsuppressed")
    assert events.payload_of(event) == {"text": "It was her brother who objected."}
    tasks.sweep()
    assert not services.is_listed(case), "the old answer does not list anybody a second time"


def test_who_is_not_listed_cannot_be_taken_off_and_nothing_is_told(db: None) -> None:
    answered(person_email="eve@example.org")
    tasks.sweep()
    other = factories.received()

    with pytest.raises(CannotDo, match="pas sur la liste"):
        services.take_off(other.pk, reason="A consent was given since.", by=actor("manager"))

    assert not Event.objects.filter(kind="address_unsuppressed").exists()
    assert not services.is_listed(factories.received(person_email=""))


@pytest.mark.parametrize("who", ["officer", "reviewer", "auditor", "administrator"])
def test_nobody_but_a_manager_takes_off(db: None, who: str) -> None:
    case = answered()
    tasks.sweep()

    with pytest.raises(NotPermitted):
        services.take_off(case.pk, reason="A consent was given since.", by=actor(who))
    with pytest.raises(CannotDo, match="pourquoi la publicité"):
        services.take_off(case.pk, reason=" ", by=actor("manager"))

    assert services.is_listed(case)


def test_the_manager_finds_the_act_on_the_page_and_others_do_not(db: None) -> None:
    case = answered()
    tasks.sweep()
    pages = {}
    for who in ("officer", "manager"):
        client = Client()
        client.force_login(factories.staff(who))
        pages[who] = client.get(f"/cases/{case.uuid}/").content.decode()
    done = client.post(f"/cases/{case.uuid}/advertising-again/", {"reason": "Elle a consenti depuis."})

    assert "advertising-again" in pages["manager"]
    assert "advertising-again" not in pages["officer"]
    assert done.status_code == 302
    assert not services.is_listed(case)


def test_the_advertising_of_somebody_who_died_really_stops_where_the_letter_says_so(db: None) -> None:
    promised = factories.received(person_email="widow@example.org", language=Language.EN)
    silent = factories.received(person_email="son@example.org", language=Language.EN)
    dead = {"reason": OutOfScope.DECEASED, "why": "The widow writes that he died in May.", "by": actor("officer")}
    law.declare_out_of_scope(promised.pk, **dead, stop_for=" Jan@Example.org ")
    law.declare_out_of_scope(silent.pk, **dead)
    post.sweep_pending()
    tasks.sweep()

    owner = factories.installation()
    everybody = ["jan@example.org", "widow@example.org", "son@example.org"]
    assert services.suppressed_among(owner, everybody) == {"jan@example.org"}
    assert told(promised) == [{"listed": True}]
    texts = [post.content_of(Notification.objects.get(case=case, letter="M15")).text for case in (promised, silent)]
    assert ["no more advertising" in text for text in texts] == [True, False]
    assert "tell us the address" in texts[1]


@pytest.mark.parametrize(
    ("reason", "address", "sentence"),
    [(OutOfScope.SUPPORT, "jan@example.org", "has died"), (OutOfScope.DECEASED, "jan", "name@example.org")],
)
def test_an_address_is_listed_here_only_for_somebody_who_died(db: None, reason, address, sentence) -> None:
    case = factories.received()

    with translation.override("en"), pytest.raises(CannotDo, match=sentence):
        law.declare_out_of_scope(case.pk, reason=reason, why="x y z", stop_for=address, by=actor("officer"))

    assert not Pending.objects.filter(consumer="lists").exists()
