"""The links of a case that was merged: they show what letters to that address said, and to nobody else more."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from notifications import services as post_office
from notifications import tokens
from notifications.kinds import Letter
from notifications.models import Notification, Thread
from tests import factories
from workflow import services
from workflow.models import Case, ContactCode, Event
from workflow.states import (
    CaseState,
    ContactKind,
    ContactOrigin,
    Ground,
    IdentityMethod,
    Language,
    Means,
    Outcome,
    Right,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
FACTS = "Votre facture du 3 mars (rue Haute 5, 0478 11 22 33) le montre."
STRANGER, ADA = "stranger@evil.example", "ada@example.org"
WHY = "The same customer number stands below both messages."


@pytest.fixture
def at_noon(time_machine: Any) -> None:
    time_machine.move_to("2027-03-04T11:00:00+00:00", tick=False)


def opened(case: Case, **query: str) -> Any:
    return Client().get(f"/p/{tokens.portal_token(factories.again(case))}/", {"lang": "en", **query})


def words_of(case: Case) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", opened(case).content.decode())).split())


def theirs(address: str = STRANGER, **values: Any) -> Case:
    """A case that somebody opened, who says that they are Ada, and who can be written to."""
    case = factories.confirmed((Right.RECTIFICATION,), person_email=address, person_name="Ada Lovelace", **values)
    post_office.sweep_pending()
    return case


def merged(case: Case, into: Case) -> Case:
    services.merge(case.pk, into=into.pk, same_person=WHY, by=factories.actor("officer"))
    post_office.sweep_pending()
    return factories.again(case)


def refused(case: Case) -> Case:
    officer = factories.actor("officer")
    if factories.again(case).verified_at is None:  # another address joined it: identity is proven anew
        note = "A code to the account of 2024."
        services.verify_identity(case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note=note, by=officer)
    services.take(case.pk, by=officer)
    claim = factories.claim(case, Right.RECTIFICATION)
    services.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_NOTWRONG, facts=FACTS, by=officer)
    factories.submit(claim.pk, by=officer)
    claim.refresh_from_db()
    services.approve(claim.pk, version=claim.version, by=factories.actor("reviewer"))
    services.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RR1", by=officer)
    return factories.again(case)


def adas(**values: Any) -> Case:
    return factories.verified((Right.RECTIFICATION,), person_email=ADA, **values)


# -- another address ---------------------------------------------------------------------------------------


def test_somebody_elses_link_never_opens_the_page_of_the_case_that_goes_on() -> None:
    mine, other = adas(), theirs()
    alone = merged(other, mine)
    before = words_of(alone)

    refused(mine)

    page = words_of(alone)
    assert page == before, "whatever happens there, nothing of it is seen here"
    assert not any(word in page for word in ("rue Haute", "0478", "factu", mine.reference, ADA, "could not do"))
    assert alone.reference in page
    assert "4 March 2027" in page


def test_a_chain_of_mergers_opens_nothing_either() -> None:
    last, middle, first = adas(), theirs("middle@evil.example"), theirs()
    merged(first, middle)
    merged(middle, last)

    refused(last)

    for case in (first, middle):
        assert FACTS not in words_of(case)
        assert last.reference not in words_of(case)


def test_a_case_whose_way_back_goes_through_another_address_is_the_same_persons_again() -> None:
    """Merged by way of a stranger's case into one of the address itself: that address has its letters anyhow."""
    last, middle, first = adas(), theirs(), theirs(ADA)
    merged(first, middle)
    merged(middle, last)

    refused(last)

    assert FACTS in words_of(first)
    assert FACTS not in words_of(middle)


@pytest.mark.parametrize(
    "address",
    ["ada+1@example.org", "ada@example.org.evil.example", "ada@example.com", "ad\u0430@example.org"],
)
def test_an_address_that_looks_like_it_is_another_one(address: str) -> None:
    mine, other = adas(), theirs(address)

    merged(other, mine)
    refused(mine)

    assert mine.reference not in words_of(other)
    assert FACTS not in words_of(other)


def test_somebody_without_an_address_shares_none() -> None:
    """A letter by post on either side: no address is not the same address."""
    mine, other = factories.verified((Right.RECTIFICATION,), person_email=""), theirs("")

    merged(other, mine)

    assert mine.reference not in words_of(other)


def test_that_the_contact_is_on_file_does_not_open_the_page() -> None:
    """An address we knew before is a way to prove who one is; nobody proved anything there yet."""
    mine, other = adas(), theirs()
    services.record_contact(
        mine.pk,
        kind=ContactKind.EMAIL,
        value=STRANGER,
        origin=ContactOrigin.CONTRACT,
        known_since=factories.utc(2020, 5, 4).date(),
        by=factories.actor("officer"),
    )

    merged(other, mine)
    refused(mine)

    assert FACTS not in words_of(other)


def test_a_representatives_link_does_not_open_the_case_of_the_person_and_the_other_way_round() -> None:
    """Letters of a case go to who wrote it: an address on the case that is no reader's opens nothing."""
    mine, other = adas(), theirs("lawyer@bar.example")
    Thread.objects.create(case=other, address="lawyer@bar.example")
    services.write_for_another(other.pk, email="ada.claes@example.org", by=factories.actor("officer"))

    merged(other, mine)
    refused(mine)

    assert FACTS not in words_of(other)


# -- what may be done there --------------------------------------------------------------------------------


def test_a_code_of_the_case_that_goes_on_is_neither_asked_for_nor_taken_nor_used_up() -> None:
    mine = factories.confirmed((Right.RECTIFICATION,), person_email=ADA)
    officer = factories.actor("officer")
    contact = services.record_contact(
        mine.pk,
        kind=ContactKind.EMAIL,
        value="ada.old@example.org",
        origin=ContactOrigin.CONTRACT,
        known_since=factories.utc(2020, 5, 4).date(),
        by=officer,
    )
    services.send_code(mine.pk, contact=contact, by=officer)
    row = ContactCode.objects.get(case=mine)
    code = services.code_for_letter(row.event_id, at=timezone.now())
    other = merged(theirs(), mine)
    before = Event.objects.count()

    answers = [
        Client().post(f"/p/{tokens.portal_token(other)}/code/?lang=en", {"code": text})
        for text in [*["B2B-B2B-B2B"] * 6, code]
    ]

    row.refresh_from_db()
    assert (row.wrong, row.ended) == (0, "")
    assert factories.again(mine).state != CaseState.IDENTITY_VERIFIED.value
    assert {answer.status_code for answer in answers} == {422}
    assert Event.objects.count() == before
    assert "code" not in words_of(other).lower()


def test_the_language_of_the_case_that_goes_on_stays_its_persons() -> None:
    mine = adas(language=Language.FR)
    other = merged(theirs(language=Language.EN), mine)
    before = Event.objects.count()

    answer = Client().post(f"/p/{tokens.portal_token(other)}/language/", {"language": "de"})

    assert answer.status_code == 302
    assert factories.again(mine).language == Language.FR.value
    assert Event.objects.count() == before
    assert "Write to me in this language" not in words_of(other)


# -- the same address -----------------------------------------------------------------------------------------


def test_the_same_persons_link_shows_where_the_request_goes_on() -> None:
    mine, other = adas(), theirs(ADA, language=Language.EN)

    merged(other, mine)
    refused(mine)

    assert FACTS in words_of(other)
    assert mine.reference in words_of(other)


def test_the_same_person_chooses_the_language_and_capitals_make_no_other_one() -> None:
    mine, other = adas(language=Language.FR), theirs(ADA)
    Thread.objects.create(case=other, address="Ada@Example.org")
    merged(other, mine)

    Client().post(f"/p/{tokens.portal_token(other)}/language/", {"language": "de"})

    assert factories.again(mine).language == Language.DE.value


def test_a_breach_of_the_case_that_goes_on_closes_the_links_of_what_was_merged_into_it() -> None:
    mine, middle, first = adas(), theirs(ADA), theirs(ADA)
    merged(first, middle)
    merged(middle, mine)
    links = [tokens.portal_token(case) for case in (mine, middle, first)]

    services.report_breach(mine.pk, words="A letter went to a neighbour.", by=factories.actor("officer"))

    assert [Client().get(f"/p/{token}/").status_code for token in links] == [404, 404, 404]
    assert opened(first).status_code == 200, "with a letter of its own that leaves from now on"


# -- what the letter says (M16) ----------------------------------------------------------------------------


def letter_of(case: Case) -> tuple[Notification, str]:
    [row] = Notification.objects.filter(case=case, letter__in=[Letter.M16.value, Letter.M16O.value])
    content = post_office.content_of(row)
    return row, "\n".join([content.subject, content.text, *(text for _language, text in content.readings)])


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("known", [True, False], ids=["verified", "unverified"])
def test_a_stranger_is_told_nothing_they_did_not_write(language: Language, known: bool) -> None:
    earlier = {"received_at": factories.utc(2027, 2, 10, 9)}
    mine = adas(**earlier) if known else factories.confirmed((Right.RECTIFICATION,), person_email=ADA, **earlier)
    other = theirs(language=language)

    row, said = letter_of(merged(other, mine))

    assert (row.letter, row.recipient) == ("M16O", STRANGER)
    assert other.reference in said
    for secret in (mine.reference, ADA, "10", "Lovelace", "février", "February"):
        assert secret not in said, secret
    assert ".m26." in row.message_id, "the letter's code in a Message-ID tells as much as its words"


def test_the_letter_is_the_same_to_the_letter_whatever_the_other_case_is() -> None:
    def told(number: int, into: Case) -> str:
        case = merged(theirs(f"s{number}@evil.example"), into)
        return letter_of(case)[1].replace(case.reference, "REF")

    stories = [
        adas(received_at=factories.utc(2027, 2, 10, 9)),
        factories.confirmed((Right.RECTIFICATION,), person_email="b@example.org"),
        factories.in_progress((Right.RECTIFICATION, Right.ACCESS), person_email="c@example.org"),
        factories.verified((Right.ACCESS,), person_email=""),
        theirs("d@example.org", received_at=factories.utc(2027, 1, 4, 9)),
    ]
    awaiting = factories.confirmed((Right.ACCESS,), person_email="e@example.org")
    services.ask_identity(awaiting.pk, doubt="The address is not that of the account.", by=factories.actor("officer"))

    assert len({told(number, case) for number, case in enumerate([*stories, awaiting])}) == 1


def test_the_page_of_a_stranger_says_no_more_than_the_letter() -> None:
    early = merged(theirs("one@evil.example"), adas(received_at=factories.utc(2027, 2, 10, 9)))
    late = merged(theirs("two@evil.example"), factories.confirmed((Right.RECTIFICATION,), person_email="b@example.org"))

    assert words_of(early).replace(early.reference, "REF") == words_of(late).replace(late.reference, "REF")


def test_the_same_address_is_told_where_the_request_goes_on() -> None:
    mine = adas(received_at=factories.utc(2027, 2, 10, 9))

    row, said = letter_of(merged(theirs(ADA), mine))

    assert row.letter == "M16"
    assert mine.reference in said
    assert "10 février 2027" in said
