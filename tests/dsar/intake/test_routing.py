"""Where a message belongs. A number or a quoted Message-ID opens no door to somebody else's case."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from dsar.intake.models import InboundMessage, MessageState
from notifications import tokens
from notifications.kinds import Audience, Letter
from notifications.models import Notification, Thread
from tests.dsar.intake.post import ASKS, LABELS, development_mail, mail, take_in
from workflow import events, queries
from workflow.models import Case, Controller, ReferenceCounter
from workflow.states import CaseState, EventKind

ANSWER = "Bonjour,\n\nVoici ce que vous demandiez.\n\nAda"
OURS = "<dsr-2027-0001.m02@assistool.com>"

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def case() -> Case:
    """Ada's case, from her mail <one@example.org>, to which a letter of ours has gone out."""
    message = take_in(mail(), at=datetime(2027, 2, 1, 9, tzinfo=UTC))
    assert message.case is not None
    write(message.case, OURS)
    return message.case


def write(case: Case, message_id: str, letter: Letter = Letter.M02) -> Notification:
    return Notification.objects.create(
        case=case,
        event_id=case.pk,
        letter=letter.value,
        audience=Audience.PERSON.value,
        language=case.language,
        recipient=case.person_email,
        message_id=message_id,
        body=b"sealed",
        created_at=timezone.now(),
    )


def answer(**changes: Any) -> bytes:
    return mail(changes.pop("text", ANSWER), **{"message_id": "<two@example.org>", "subject": "Re: demande", **changes})


def by_our_message_id(case: Case) -> dict[str, Any]:
    return {"extra": [f"In-Reply-To: {OURS}"]}


def by_the_references_alone(case: Case) -> dict[str, Any]:
    return {"extra": [f"References: <unknown@example.org> {OURS}"]}


def by_their_own_first_mail(case: Case) -> dict[str, Any]:
    return {"extra": ["References: <one@example.org>"]}


def by_the_reference_in_the_subject(case: Case) -> dict[str, Any]:
    return {"subject": f"Question ({case.reference.lower()})"}


def by_the_token_in_a_header(case: Case) -> dict[str, Any]:
    return {"extra": [f"Cc: {tokens.reply_address(case)}"]}


WAYS = [
    by_our_message_id,
    by_the_references_alone,
    by_their_own_first_mail,
    by_the_reference_in_the_subject,
    by_the_token_in_a_header,
]


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_of_the_same_person_joins_the_case(case: Case, way: Any) -> None:
    message = take_in(answer(**way(case)))

    case.refresh_from_db()
    assert (message.state, message.case, case.reply_to_read) == ("attached", case, True)
    assert (message.raw.holder, Case.objects.count()) == (case.uuid, 1)
    last = queries.history(case).last()
    assert last is not None
    assert (last.kind, events.fields(last)["data"]["message"]) == (EventKind.MESSAGE_ATTACHED, str(message.uuid))


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_of_a_stranger_is_a_case_of_their_own_to_be_linked(case: Case, way: Any) -> None:
    message = take_in(answer(sender="mallory@example.net", **way(case)))

    assert message.case is not None
    assert message.case != case
    assert (message.state, message.case.to_be_linked) == ("opened", True)
    assert message.case.person_email == "mallory@example.net"
    assert len(queries.history(case)) == 1


def test_the_envelope_token_joins_too(case: Case) -> None:
    assert take_in(answer(), envelope_to=[tokens.reply_address(case)]).case == case


def test_an_invented_token_leads_nowhere(case: Case) -> None:
    address = tokens.reply_address(case)
    forged = address.replace("+r.", "+r.aaaa")

    message = take_in(answer(), envelope_to=[forged])

    assert (message.state, message.case == case) == ("opened", False)


def test_a_sender_whose_authentication_failed_is_a_stranger(case: Case) -> None:
    failed = "Authentication-Results: mx1.assistool.com; dmarc=fail header.from=example.org"

    message = take_in(answer(extra=[failed, f"In-Reply-To: {OURS}"]))

    assert message.case != case


def test_one_failed_check_among_several_lines_of_our_server_is_enough(case: Case) -> None:
    spf = "Authentication-Results: mx1.assistool.com; spf=pass smtp.mailfrom=evil.example"
    dmarc = "Authentication-Results: mx1.assistool.com; dmarc=fail header.from=example.org"

    message = take_in(answer(extra=[spf, dmarc, f"In-Reply-To: {OURS}"]))

    assert message.case != case


def test_two_senders_in_one_mail_are_nobody(case: Case) -> None:
    raw = answer(**by_our_message_id(case)).replace(b"From: Ada <", b"From: mallory@example.net, Ada <")

    assert take_in(raw).case != case


def test_rights_that_an_answer_adds_become_proposals(case: Case) -> None:
    take_in(answer(text="Supprimez aussi mon compte et toutes mes données.\n\nAda", **by_our_message_id(case)))

    assert sorted(case.claims.values_list("right", "confirmed")) == [("access", False), ("erasure", False)]


def test_a_new_wish_after_the_answer_is_a_new_request_and_thanks_are_not(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED.value, closed_at=timezone.now())

    wish = take_in(answer(text="Supprimez aussi mon compte et toutes mes données.\n\nAda", **by_our_message_id(case)))
    thanks = take_in(
        answer(text="Merci beaucoup, bonne journée.\n\nAda", message_id="<3@example.org>", **by_our_message_id(case))
    )

    assert (wish.state, wish.case == case) == ("opened", False)
    assert (thanks.state, thanks.case) == ("attached", case)


def test_a_merged_case_lives_on_in_its_target(case: Case) -> None:
    other = take_in(mail(ASKS + "!", message_id="<other@example.org>")).case
    assert other is not None
    Case.objects.filter(pk=case.pk).update(state=CaseState.MERGED.value, merged_into=other)

    assert take_in(answer(**by_our_message_id(case))).case == other


def test_a_case_of_another_controller_is_not_found(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(controller=Controller.objects.create(code="other", name="Other"))

    for way in WAYS:
        message = take_in(answer(message_id=f"<{way.__name__}@example.org>", **way(case)))
        assert (message.state, message.case == case) == ("opened", False)


# -- the development set, in the order of its arrival -------------------------------------------------

# Kept as what they are: a reminder whose only link is an attached message, one without any link.
UNLINKED = {"040.eml", "051.eml", "068.eml", "089.eml", "092.eml", "099.eml"}
FROM_ELSEWHERE = {"028.eml"}
# Reminders of somebody who has an open case: they wait for an officer instead of being thanked as new requests.
HELD = {"040.eml", "051.eml"}
# What the mails of the set answer, as they name it.
SENT = {"m01": Letter.M01, "m02": Letter.M02, "m03": Letter.M06, "m07": Letter.M07}


def expected(label: dict[str, Any], read_as: str) -> str:
    if label["kind"] in {"auto_reply", "bounce", "spam"}:
        return "filed"
    if label["file"] == "087.eml":  # a newsletter about our subject: filed when it is read as one, else a case
        return "filed" if read_as == "out_of_scope" else "opened"
    if label["file"] == "085.eml":
        return "duplicate"
    follows = label["kind"] in {"reply", "chaser", "complaint"}
    return "attached" if follows and label["file"] not in UNLINKED | FROM_ELSEWHERE else "opened"


def ingest_all() -> dict[str, InboundMessage]:
    """The whole set by pipe; cases get the references the mails quote, and the letters they answer exist."""
    controller, taken = Controller.objects.get(), {}
    for name, label in LABELS.items():
        number, at = int(name[:3]), datetime.fromisoformat(label["received_at"])
        ReferenceCounter.objects.update_or_create(controller=controller, year=2026, defaults={"last": number - 1})
        message = taken[name] = take_in(development_mail(name), at=at + timedelta(minutes=1), source="pipe")
        if message.state == "opened" and message.case:
            for name_of_letter, letter in SENT.items():
                write(message.case, f"<{message.case.reference.lower()}.{name_of_letter}@assistool.com>", letter)
    return taken


def test_every_mail_of_the_development_set_finds_its_place(settings: Any) -> None:
    settings.TRUSTED_RECEIVERS = [*settings.TRUSTED_RECEIVERS, "store1.assistool.com", "relay-us.mailhost.example"]

    taken = ingest_all()

    assert {name: message.state for name, message in taken.items()} == {
        name: expected(label, taken[name].kind) for name, label in LABELS.items()
    }
    by_state = Counter(InboundMessage.objects.values_list("state", flat=True))
    assert by_state.total() == len(LABELS) == 100
    assert by_state[MessageState.OPENED] == Case.objects.count() == Thread.objects.count()
    assert by_state[MessageState.RECEIVED] == 0

    received = {name: message.received_at for name, message in taken.items()}
    assert received == {name: datetime.fromisoformat(label["received_at"]) for name, label in LABELS.items()}
    joined = {name: taken[name].case for name in taken if taken[name].state == "attached"}
    assert joined == {name: taken[LABELS[name]["thread_of"]].case for name in joined}
    acknowledged = {name for name, message in taken.items() if message.state == "opened" and wants_answer(message)}
    assert acknowledged == {name for name, label in LABELS.items() if label["acknowledge"]} - HELD
    held = {name: message.case for name, message in taken.items() if message.case and message.case.to_be_linked}
    assert set(held) == FROM_ELSEWHERE | HELD
    for name, case in held.items():
        assert taken[LABELS[name]["thread_of"]].case in {row.candidate for row in case.suggestions.all()}
    assert [name for name, message in taken.items() if message.flag] == []
    assert [case.reference for case in Case.objects.all() if not events.verify(case.stream).intact] == []


def wants_answer(message: InboundMessage) -> bool:
    thread = Thread.objects.get(case=message.case)
    return thread.acknowledge and not (message.case and message.case.to_be_linked)


def test_a_mail_of_two_senders_waits_until_an_officer_says_whom_to_write_to() -> None:
    raw = mail("Je demande l'accès à mes données.").replace(b"From:", b"From: Second <second@example.net>\r\nFrom:", 1)

    message = take_in(raw)

    assert message.case is not None
    assert message.case.to_be_linked
    assert not Notification.objects.filter(case=message.case, letter="M01").exists()
