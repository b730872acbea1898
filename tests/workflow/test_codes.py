"""A code to a contact on file: who may get one, what a wrong one costs, what the right one proves."""

import uuid
from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories
from workflow import events, queries, services
from workflow.actors import PERSON, POST_OFFICE
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, ContactCode, Event, KnownContact
from workflow.one_time import _derived
from workflow.states import (
    CaseState,
    CodeEnd,
    ContactKind,
    ContactOrigin,
    EventKind,
    IdentityLevel,
    IdentityMethod,
    Right,
)

pytestmark = pytest.mark.django_db
ADDRESS = "ada.old@example.org"
LONG_AGO = date(2020, 5, 4)


def on_file(case: Case, value: str = ADDRESS, *, kind: ContactKind = ContactKind.EMAIL) -> UUID:
    by, origin = factories.actor("officer"), ContactOrigin.CONTRACT
    return services.record_contact(case.pk, kind=kind, value=value, origin=origin, known_since=LONG_AGO, by=by)


def sent(case: Case) -> str:
    """A code leaves for a contact on file; the code as its letter spells it."""
    services.send_code(case.pk, contact=on_file(case), by=factories.actor("officer"))
    return code_of(case)


def code_of(case: Case) -> str:
    row = ContactCode.objects.get(case=case, ended="")
    return services.code_for_letter(row.event_id, at=timezone.now())


def kinds(case: Case) -> list[str]:
    return [event.kind for event in queries.history(case)]


def test_the_right_code_verifies_identity_where_its_level_suffices() -> None:
    case = factories.confirmed()
    code = sent(case)

    came = services.return_code(case.pk, text=f" {code.lower().replace('-', ' ')} ", by=PERSON)

    case = factories.again(case)
    assert came is services.Returned.RIGHT
    assert (case.state, case.identity_level) == (CaseState.IDENTITY_VERIFIED.value, IdentityLevel.L2.value)
    check = case.identity_checks.get()
    assert (check.method, check.checked_by) == (IdentityMethod.LINK_KNOWN_CONTACT.value, PERSON.code)
    assert kinds(case)[-2:] == [EventKind.CODE_RETURNED.value, EventKind.IDENTITY_VERIFIED.value]


def test_no_code_stops_the_clock() -> None:
    case = factories.confirmed()
    due = case.case_due

    sent(case)

    assert not case.pauses.exists()
    assert factories.again(case).case_due == due
    assert factories.again(case).state == CaseState.RECEIVED.value


def test_a_code_ends_the_wait_for_a_proof_on_the_day_it_arrived() -> None:
    case = factories.confirmed()
    services.ask_identity(case.pk, doubt="The name in the mail is another one.", by=factories.actor("officer"))

    services.return_code(case.pk, text=sent(case), by=PERSON)

    assert case.pauses.get().answered_on is not None


def test_the_code_stands_nowhere_and_differs_from_the_next_one() -> None:
    case = factories.confirmed()
    code = sent(case)
    first = ContactCode.objects.get(case=case)
    plain = code.replace("-", "")

    stored = [str(value) for value in ContactCode.objects.filter(pk=first.pk).values_list().get()]
    told = [bytes(event.body).decode() + str(events.payload_of(event)) for event in queries.history(case)]
    services.send_code(case.pk, contact=first.contact.uuid, by=factories.actor("officer"))

    assert not any(plain in text or code in text for text in [*stored, *told])
    assert code_of(case) != code
    assert ContactCode.objects.get(pk=first.pk).ended == CodeEnd.REPLACED.value
    assert services.return_code(case.pk, text=code, by=PERSON) is services.Returned.WRONG


def test_codes_are_spelled_without_doubtful_signs_and_without_words() -> None:

    codes = {_derived(uuid.uuid4(), "secret") for _ in range(500)}

    assert len(codes) == 500
    assert all(services.code_within("-".join((code[:3], code[3:6], code[6:]))) for code in codes)
    assert not set("".join(codes)) & set("01OILSAEUY")


def test_after_five_wrong_ones_the_right_one_is_worth_nothing() -> None:
    case = factories.confirmed()
    code = sent(case)

    came = [services.return_code(case.pk, text="B2B-B2B-B2B", by=PERSON) for _ in range(6)]

    assert came == [services.Returned.WRONG] * 4 + [services.Returned.SPENT, services.Returned.NONE_OPEN]
    assert services.return_code(case.pk, text=code, by=PERSON) is services.Returned.NONE_OPEN
    assert factories.again(case).verified_at is None
    assert kinds(case).count(EventKind.CODE_REFUSED.value) == 5


def test_a_code_is_worth_nothing_after_a_week() -> None:
    case = factories.confirmed()
    code = sent(case)

    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1), tick=False):
        assert code_of(case) == ""
        assert services.return_code(case.pk, text=code, by=PERSON) is services.Returned.NONE_OPEN

    assert ContactCode.objects.get(case=case).ended == CodeEnd.EXPIRED.value


def test_a_code_works_once_and_for_its_case_only() -> None:
    case, other = factories.confirmed(), factories.confirmed(person_email="bob@example.org")
    code = sent(case)
    sent(other)

    assert services.return_code(other.pk, text=code, by=PERSON) is services.Returned.WRONG
    assert services.return_code(case.pk, text=code, by=PERSON) is services.Returned.RIGHT
    assert services.return_code(case.pk, text=code, by=PERSON) is services.Returned.NONE_OPEN


def test_a_code_holds_while_its_secret_is_a_fallback(settings: pytest.FixtureRequest) -> None:
    case = factories.confirmed()
    code = sent(case)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another one", [settings.SECRET_KEY]  # type: ignore[attr-defined]

    assert code_of(case) == code
    assert services.return_code(case.pk, text=code, by=PERSON) is services.Returned.RIGHT


def test_a_denied_contact_ends_its_code() -> None:
    case = factories.confirmed()
    code = sent(case)
    contact = case.known_contacts.get()

    services.deny_contact(case.pk, contact=contact.uuid, text="By telephone.", by=factories.actor("officer"))

    assert services.return_code(case.pk, text=code, by=PERSON) is services.Returned.NONE_OPEN
    assert ContactCode.objects.get(case=case).ended == CodeEnd.DENIED.value
    with pytest.raises(CannotDo, match="proves nothing"):
        services.send_code(case.pk, contact=contact.uuid, by=factories.actor("officer"))


def test_a_code_whose_letter_came_back_is_lost() -> None:
    case = factories.confirmed()
    sent(case)

    services.code_lost(ContactCode.objects.get(case=case).event_id, by=POST_OFFICE)

    assert ContactCode.objects.get(case=case).ended == CodeEnd.LOST.value


def test_a_step_below_the_level_is_kept_and_verifies_nothing() -> None:
    factories.with_levels(access=IdentityLevel.L4)
    case = factories.confirmed()
    code = sent(case)
    services.return_code(case.pk, text=code, by=PERSON)

    assert factories.again(case).state == CaseState.RECEIVED.value
    assert case.identity_checks.get().level == IdentityLevel.L2.value


def test_what_came_with_the_request_is_no_contact_on_file() -> None:
    case = factories.confirmed()

    with pytest.raises(CannotDo, match="before the day of this request"):
        services.record_contact(
            case.pk,
            kind=ContactKind.EMAIL,
            value=ADDRESS,
            origin=ContactOrigin.ACCOUNT,
            known_since=case.receipt_date,
            by=factories.actor("officer"),
        )
    on_file(case)
    with pytest.raises(IntegrityError), transaction.atomic():
        KnownContact.objects.filter(case=case).update(known_since=case.receipt_date)


@pytest.mark.parametrize("value", ["ada", "ada@example.org, bob@example.org", "Ada <ada@example.org>"])
def test_an_address_is_one_address(value: str) -> None:
    with pytest.raises(CannotDo, match="one e-mail address"):
        on_file(factories.confirmed(), value)


def test_no_code_before_the_rights_nor_to_a_telephone_nor_without_need_nor_too_often() -> None:
    officer = factories.actor("officer")
    unsorted, settled = factories.received(), factories.confirmed((Right.OBJECTION_DM,))
    case = factories.confirmed()
    number = on_file(case, "+32 470 12.34-56", kind=ContactKind.PHONE)
    refused = [
        (unsorted, on_file(unsorted), "Confirm the rights"),
        (settled, on_file(settled), "no code is needed"),
        (case, number, "e-mail address on file"),
    ]

    for one, contact, sentence in refused:
        with pytest.raises(CannotDo, match=sentence):
            services.send_code(one.pk, contact=contact, by=officer)
    address = on_file(case)
    for _ in range(3):
        services.send_code(case.pk, contact=address, by=officer)
    with pytest.raises(CannotDo, match="within a day"):
        services.send_code(case.pk, contact=address, by=officer)

    assert case.known_contacts.get(kind=ContactKind.PHONE.value).value == "+32470123456"


def test_only_who_works_on_cases_records_contacts_and_sends_codes() -> None:
    case = factories.confirmed()
    contact = on_file(case)
    auditor = factories.actor("auditor")

    with pytest.raises(NotPermitted):
        services.send_code(case.pk, contact=contact, by=auditor)
    with pytest.raises(NotPermitted):
        services.return_code(case.pk, text="x", by=auditor)


def test_the_database_refuses_two_open_codes_and_a_sixth_try() -> None:
    case = factories.confirmed()
    sent(case)
    row = ContactCode.objects.get(case=case)

    with pytest.raises(IntegrityError), transaction.atomic():
        ContactCode.objects.filter(pk=row.pk).update(wrong=5)
    row.pk, row.event_id = None, row.event_id + 1
    row.uuid = KnownContact._meta.get_field("uuid").get_default()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_events_name_no_address() -> None:
    case = factories.confirmed()
    sent(case)

    bodies = [bytes(event.body).decode() for event in Event.objects.filter(stream=case.stream)]

    assert not any(ADDRESS in body for body in bodies)
