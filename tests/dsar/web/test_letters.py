"""Letters on the screen: their text, without what would open the person's page."""

import pytest
from django.db import transaction
from django.utils import timezone

from dsar.web.desk.letters import MASK, masked
from notifications import services as post_office
from notifications import tokens
from notifications.letters import STATUS_LINK
from notifications.models import Thread
from tests import factories
from tests.dsar.web.conftest import As
from workflow import events
from workflow.actors import CLOCK
from workflow.models import Event, Mailbox
from workflow.states import Consumer, EventKind


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ouvrez http://localhost:8000/p/abc/ maintenant", f"Ouvrez {MASK} maintenant"),
        (f"Votre page : {STATUS_LINK}", f"Votre page : {MASK}"),
        ("Votre code est 483920.", f"Votre code est {MASK}."),
        ("DSR-2026-0004, le 26 mars 2027", "DSR-2026-0004, le 26 mars 2027"),
        ("1000 Bruxelles, +32 2 274 48 00", "1000 Bruxelles, +32 2 274 48 00"),
    ],
)
def test_links_and_codes_are_masked_and_nothing_else(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_outbox_shows_the_letter_without_the_link_and_records_the_look(as_: As) -> None:
    case = factories.received()
    Thread.objects.get_or_create(case=case, defaults={"address": case.person_email})
    post_office.sweep_pending()
    post_office.deliver_due()

    page = as_("officer").get("/outbox/").content.decode()

    assert case.reference in page
    assert MASK in page
    assert tokens.portal_token(case) not in page
    assert STATUS_LINK not in page
    assert Event.objects.filter(kind=EventKind.OUTBOX_VIEWED.value).count() == 1


def test_outbox_shows_letters_of_no_case_with_where_they_lead(as_: As) -> None:
    client = as_("officer")
    box = Mailbox.objects.create(controller=factories.installation(), address="box@assistool.com")
    with transaction.atomic():
        events.record(
            "install",
            EventKind.MAILBOX_ALARM_RAISED,
            by=CLOCK,
            at=timezone.now(),
            data={"mailbox": box.pk, "alarm": "missed", "since": timezone.now()},
            consumers=(Consumer.LETTERS,),
        )
    post_office.sweep_pending()

    page = client.get("/outbox/").content.decode()

    assert "A07B" in page
    assert '<a href="/mailboxes/">' in page
    assert box.address in page


def test_banner_says_that_nothing_leaves_this_machine(as_: As, settings) -> None:  # type: ignore[no-untyped-def]
    factories.received()
    client = as_("officer")

    settings.OUTGOING_IS_FOLDER = True
    with_banner = client.get("/").content.decode()
    settings.OUTGOING_IS_FOLDER = False
    without = client.get("/").content.decode()

    assert ('class="note note--hold banner"' in with_banner, 'class="note note--hold banner"' in without) == (
        True,
        False,
    )
