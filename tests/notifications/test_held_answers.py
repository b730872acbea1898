"""An answer to which the data protection officer objects waits in the Outbox, and is not lost (Art. 38)."""

import pytest

from notifications import services as post
from notifications.models import Notification
from tests import factories
from tests.factories import actor, utc
from tests.notifications.conftest import MailServer
from workflow import services
from workflow.models import Claim
from workflow.states import Advice, ClaimState, Ground, Outcome, Right, Role

pytestmark = pytest.mark.django_db


def approved() -> Claim:
    case = factories.in_progress((Right.RECTIFICATION,))
    claim = factories.claim(case, Right.RECTIFICATION)
    refused = {"outcome": Outcome.REFUSED, "ground": Ground.G_NOTWRONG, "facts": "The datum is right as shown."}
    services.draft(claim.pk, by=actor("officer"), **refused)
    factories.submit(claim.pk, by=actor("officer"))
    services.approve(claim.pk, version=1, by=actor("reviewer"))
    return claim


@pytest.mark.parametrize("settled", ["departed", "taken back"])
def test_it_leaves_once_the_objection_is_settled(mail_server: MailServer, time_machine, settled: str) -> None:
    time_machine.move_to(utc(2027, 3, 2, 9), tick=False)
    claim = approved()
    post.sweep_pending()
    letter = Notification.objects.get(case=claim.case, letter="M06")
    dpo = factories.colleague("dpo", Role.DPO).actor()
    services.give_opinion(claim.case_id, advice=Advice.OBJECTS, text="The datum is wrong.", by=dpo)

    assert post.deliver(letter.pk) is None
    letter.refresh_from_db()
    assert (letter.state, letter.lease, mail_server.accepted) == ("queued", None, [])

    if settled == "departed":
        opinion, reason = claim.case.opinions.get(), "The register of the town shows the same."
        services.depart_from_opinion(claim.case_id, opinion=opinion.uuid, reason=reason, by=actor("manager"))
    else:
        services.give_opinion(claim.case_id, advice=Advice.AGREES, text="I was mistaken.", by=dpo)
    time_machine.move_to(utc(2027, 3, 2, 9, 6), tick=False)

    assert post.deliver(letter.pk) == "sent"
    assert factories.claim(claim.case, Right.RECTIFICATION).state == ClaimState.ANSWERED
