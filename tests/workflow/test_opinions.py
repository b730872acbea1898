"""The data protection officer advises: kept, shown, never a decision; departing from an objection needs a reason."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.factories import actor, colleague
from workflow import events, queries, services
from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Claim, Opinion
from workflow.states import Advice, ClaimState, EventKind, Outcome, Right, Role

pytestmark = pytest.mark.django_db
WHY = "The invoices must be kept."


def privacy() -> Actor:
    return colleague("privacy", Role.DPO).actor()


def in_review() -> tuple[Case, Claim]:
    case = factories.in_progress((Right.RECTIFICATION,))
    services.record_nothing_held(case.pk, source="by_hand", how="by name", by=actor("officer"))
    claim = factories.claim(case, Right.RECTIFICATION)
    services.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    return case, factories.claim(case, Right.RECTIFICATION)


def give(case: Case, advice: Advice, claim: Claim | None = None) -> Opinion:
    services.give_opinion(case.pk, advice=advice, text=WHY, claim=claim.uuid if claim else None, by=privacy())
    return case.opinions.latest("id")


def approve(claim: Claim) -> str:
    services.approve(claim.pk, version=claim.version, by=actor("reviewer"))
    return Claim.objects.get(pk=claim.pk).state


def test_an_opinion_is_an_event_with_a_sealed_text():
    case = factories.received()

    row = give(case, Advice.REMARKS)

    told = queries.history(case).get(kind=EventKind.OPINION_RECORDED.value)
    assert events.fields(told)["data"] == {"advice": "remarks"}
    assert events.payload_of(told) == {"text": WHY}
    assert WHY.encode() not in bytes(row.text)
    assert services.text_of_opinion(row) == WHY


@pytest.mark.parametrize("username", ["officer", "reviewer", "manager", "auditor", "administrator"])
def test_only_the_data_protection_officer_gives_one(username):
    case = factories.received()

    with pytest.raises(NotPermitted):
        services.give_opinion(case.pk, advice=Advice.AGREES, text=WHY, by=actor(username))


def test_an_opinion_has_words():
    with pytest.raises(CannotDo, match="reasons"):
        services.give_opinion(factories.received().pk, advice=Advice.AGREES, text=" ", by=privacy())


@pytest.mark.parametrize("whole", [True, False])
def test_an_objection_stops_the_approval_until_it_agrees(whole):
    case, claim = in_review()
    give(case, Advice.OBJECTS, None if whole else claim)

    with pytest.raises(CannotDo, match="objects"):
        approve(claim)
    give(case, Advice.AGREES, None if whole else claim)

    assert approve(claim) == ClaimState.APPROVED


def test_an_objection_to_one_right_does_not_stop_another():
    case, _claim = in_review()
    services.confirm_claims(case.pk, rights=[Right.RECTIFICATION, Right.INFORMATION], by=actor("officer"))
    give(case, Advice.OBJECTS, factories.claim(case, Right.INFORMATION))

    assert approve(factories.claim(case, Right.RECTIFICATION)) == ClaimState.APPROVED


def test_a_manager_departs_from_it_with_a_reason():
    case, claim = in_review()
    row = give(case, Advice.OBJECTS, claim)

    with pytest.raises(NotPermitted):
        services.depart_from_opinion(case.pk, opinion=row.uuid, reason="x", by=actor("officer"))
    with pytest.raises(CannotDo, match="why"):
        services.depart_from_opinion(case.pk, opinion=row.uuid, reason="", by=actor("manager"))
    services.depart_from_opinion(case.pk, opinion=row.uuid, reason="They are paid.", by=actor("manager"))

    assert approve(claim) == ClaimState.APPROVED
    told = queries.history(case).get(kind=EventKind.OPINION_DEPARTED.value)
    assert events.payload_of(told) == {"text": "They are paid."}
    with pytest.raises(CannotDo, match="set aside already"):
        services.depart_from_opinion(case.pk, opinion=row.uuid, reason="once again", by=actor("manager"))


def test_the_database_wants_the_reason_and_another_person_too():
    row = give(factories.received(), Advice.OBJECTS)

    for values in (
        {"departed_by": "S-0003", "departed_at": timezone.now()},
        {"departed_by": row.given_by, "departed_at": timezone.now(), "departure": b"x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Opinion.objects.filter(pk=row.pk).update(**values)


def page_of(case: Case, username: str) -> str:
    client = Client()
    client.force_login(factories.staff(username))
    return client.get(f"/cases/{case.uuid}/").content.decode()


def test_the_page_shows_it_to_auditors_and_the_form_to_the_data_protection_officer_alone():
    case = factories.received()
    give(case, Advice.REMARKS)

    assert WHY in page_of(case, "auditor")
    assert WHY in page_of(case, "officer")
    form = f"/cases/{case.uuid}/opinion/"
    assert form in page_of(case, "privacy")
    assert not [name for name in ("officer", "reviewer", "manager", "auditor") if form in page_of(case, name)]


def test_the_forms_record_an_opinion_and_the_departure_from_it():
    case, claim = in_review()
    privacy()
    client = Client()
    client.force_login(factories.staff("privacy"))
    client.post(f"/cases/{case.uuid}/opinion/", {"claim": str(claim.uuid), "advice": "objects", "text": WHY})
    row = case.opinions.get()

    client.force_login(factories.staff("manager"))
    data = {"opinion": str(row.uuid), "reason": "They are paid.", "form": f"depart:{row.uuid}"}
    answer = client.post(f"/cases/{case.uuid}/opinion/depart/", data)

    assert (answer.status_code, row.claim) == (302, claim)
    assert "They are paid." in page_of(case, "auditor")
