"""To an unverified writer a letter tells nothing of whether we know the person: not by its words, not by its time.

Each story is lived twice at the same instants: by somebody with an earlier case, contacts on file and a known relation,
and by somebody of whom we hold nothing. Every letter that reaches the writer has to be the same, byte by byte.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from notifications import rendering, services
from notifications.models import Notification
from tests import factories
from tests.notifications.test_carrying import made
from workflow import services as law
from workflow.models import Case
from workflow.states import ContactKind, ContactOrigin, Outcome, OutOfScope, Relation, Right

pytestmark = pytest.mark.django_db


def known(at: Any) -> Case:
    """Somebody with an earlier case and a contact on file."""
    earlier = factories.confirmed(person_email="ada@example.org", received_at=at)
    law.record_contact(
        earlier.pk,
        kind=ContactKind.EMAIL,
        value="ada@example.net",
        origin=ContactOrigin.CONTRACT,
        known_since=date(2021, 5, 4),
        by=factories.actor("officer"),
    )
    services.sweep_pending()
    services.deliver_due()
    return factories.received(person_email="ada@example.org", person_name="Ada Lovelace", received_at=at)


def on_file(case: Case) -> None:
    """What an officer who finds the person in our systems records of them."""
    by = factories.actor("officer")
    since = date(2021, 5, 4)
    for kind, value in ((ContactKind.EMAIL, "ada@example.net"), (ContactKind.PHONE, "+32470000000")):
        law.record_contact(case.pk, kind=kind, value=value, origin=ContactOrigin.CONTRACT, known_since=since, by=by)
    law.record_relation(case.pk, relation=Relation.CUSTOMER, by=by)


def plain(letter: Notification) -> str:
    """Its bytes, without what differs between any two letters."""
    raw = rendering.build(letter, services.content_of(letter)).decode()
    raw = re.sub(r"\?=\r\n =\?utf-8\?q\?", "", raw)  # a long subject goes on in another encoded word
    raw = re.sub(r"=\r\n", "", raw)
    raw = re.sub(r"dsr-\d{4}-\d{4}\S*", "REF", raw, flags=re.IGNORECASE)
    raw = re.sub(r"(?:\+r\.|/p/)[a-z2-7]+|[a-z]+@example\.org", "TOKEN", raw)
    return re.sub(r'boundary="[^"]*"|--=+\S*', "BOUNDARY", raw)


def test_the_acknowledgement_of_somebody_known_reads_and_leaves_like_a_strangers(
    mail_server: Any, time_machine: Any
) -> None:
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)
    at = factories.utc(2027, 3, 1, 8)
    theirs = made(known(at))
    strangers = made(factories.received(person_email="eve@example.org", person_name="Ada Lovelace", received_at=at))

    assert plain(theirs) == plain(strangers)
    assert (theirs.created_at, theirs.next_try_at) == (strangers.created_at, strangers.next_try_at)


def ask_who(case: Case) -> None:
    law.confirm_claims(case.pk, rights=[Right.ACCESS], by=factories.actor("officer"))
    law.ask_identity(case.pk, doubt="the address is new to us", by=factories.actor("officer"))


def correct_rights(case: Case) -> None:
    law.confirm_claims(case.pk, rights=[Right.ACCESS, Right.ERASURE], by=factories.actor("officer"))


def ask_mandate(case: Case) -> None:
    law.confirm_claims(case.pk, rights=[Right.ACCESS], by=factories.actor("officer"))
    law.ask_mandate(case.pk, question="Show the mandate.", by=factories.actor("officer"))


def leave_scope(case: Case) -> None:
    law.declare_out_of_scope(case.pk, reason=OutOfScope.SUPPORT, why="Support.", by=factories.actor("officer"))


def withdraw(case: Case) -> None:
    law.withdraw_case(case.pk, said="I withdraw.", known_by="answered our letter", by=factories.actor("officer"))


def forward(case: Case) -> None:
    to = {"controller": "Example NV", "address": "privacy@company.test", "why": "We only host it."}
    law.forward(case.pk, **to, by=factories.actor("officer"))


def write(case: Case) -> None:
    law.write_reply(case.pk, text="We are reading your message.", by=factories.actor("officer"))


def decide(right: Right) -> Callable[[Case], None]:
    """Rights that need no identity are answered before anybody knows who writes."""

    def act(case: Case) -> None:
        law.confirm_claims(case.pk, rights=[right], by=factories.actor("officer"))
        if not factories.again(case).identity_needed:
            law.take(case.pk, by=factories.actor("officer"))
        claim = factories.claim(case, right)
        law.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=factories.actor("officer"))
        factories.submit(claim.pk, by=factories.actor("officer"))
        claim.refresh_from_db()
        if claim.state == "in_review":
            law.approve(claim.pk, version=claim.version, by=factories.actor("reviewer"))

    return act


STORIES: dict[str, tuple[tuple[Callable[[Case], None], ...], set[str]]] = {
    "asked who they are, and reminded twice": ((ask_who,), {"M01", "M02", "M21"}),
    "told which rights we read": ((correct_rights,), {"M01", "M04"}),
    "asked for a mandate": ((ask_mandate,), {"M01", "M22", "M21"}),
    "out of scope": ((leave_scope,), {"M01", "M15"}),
    "withdrawn": ((withdraw,), {"M01", "M17"}),
    "sent on to who is responsible": ((forward,), {"M01", "M18"}),
    "a free reply": ((write,), {"M01", "M26"}),
    "no more advertising": ((decide(Right.OBJECTION_DM),), {"M01", "M04", "M08"}),
    "information": ((decide(Right.INFORMATION),), {"M01", "M04", "M25"}),
    "consent withdrawn": ((decide(Right.CONSENT_WITHDRAWAL),), {"M01", "M04", "M11"}),
}


@pytest.mark.parametrize(("acts", "codes"), STORIES.values(), ids=STORIES)
def test_every_letter_to_an_unverified_writer_reads_and_leaves_alike(
    mail_server: Any,
    time_machine: Any,
    acts: tuple[Callable[[Case], None], ...],
    codes: set[str],
) -> None:
    start = factories.utc(2027, 3, 1, 9)
    time_machine.move_to(start, tick=False)
    cases = [
        known(factories.utc(2027, 3, 1, 8)),
        factories.received(person_email="eve@example.org", person_name="Ada Lovelace", received_at=start),
    ]
    Case.objects.filter(pk=cases[1].pk).update(received_at=cases[0].received_at)
    services.sweep_pending()
    services.deliver_due()
    on_file(cases[0])
    for act in acts:
        for case in cases:
            act(factories.again(case))
    for day in range(0, 25, 4):
        time_machine.move_to(start + timedelta(days=day), tick=False)
        law.ring()
        services.sweep_pending()
        services.deliver_due()

    theirs, strangers = (told(case) for case in cases)
    assert theirs == strangers
    assert {code for code, *_rest in theirs} == codes


def told(case: Case) -> list[tuple[Any, ...]]:
    """Every letter its writer got: words, when it was made and when it left."""
    rows = Notification.objects.filter(case=case, audience="person").order_by("id")
    return [(row.letter, plain(row), row.created_at, row.finished_at, row.state) for row in rows]
