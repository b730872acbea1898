"""Whose request a mail brings that another sent: a forward of two, a mail attached, a sender that a list wrote over."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from dsar.intake import forwarding, parsing, rewritten
from dsar.intake.models import MessageState, PassedOn, SeveralPeople, Suggestion
from dsar.vault import services as vault
from notifications import services as post_office
from notifications.models import Notification
from tests import factories
from tests.dsar.intake.post import ASKS, mail, take_in
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.states import Right

OUTER = datetime(2027, 2, 4, 9, tzinfo=UTC)
ADA, BOB = "Ada Lovelace <ada@example.org>", "Bob Martin <bob@example.net>"
MONDAY, TUESDAY = datetime(2027, 2, 1, 9, tzinfo=UTC), datetime(2027, 2, 2, 10, tzinfo=UTC)
WIPE = "Graag mijn account en al mijn gegevens verwijderen.\n\nBob Martin"

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture(autouse=True)
def thursday(time_machine: Any) -> None:
    time_machine.move_to(OUTER + timedelta(hours=1), tick=False)


def message(
    sender: str, text: str, *, attached: Sequence[EmailMessage] = (), subject: str = "TR", at: datetime = MONDAY
) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "info@assistool.com", subject
    made["Date"] = at.strftime("%a, %d %b %Y %H:%M:%S +0000")
    made["Message-ID"] = f"<{abs(hash((sender, text)))}@example.org>"
    made.set_content(text)
    for one in attached:
        made.add_attachment(one)
    return made


def copied(sender: str, day: str, text: str, to: str = "info@assistool.com") -> str:
    return f"-----Message d'origine-----\nDe : {sender}\nEnvoyé : {day}\nÀ : {to}\nObjet : Demande\n\n{text}\n\n"


def bytes_of(made: EmailMessage) -> bytes:
    return made.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def cases() -> list[Case]:
    return list(Case.objects.order_by("id"))


def letters() -> dict[str, list[str]]:
    post_office.sweep_pending()
    found: dict[str, list[str]] = {}
    for letter, recipient in Notification.objects.order_by("id").values_list("letter", "recipient"):
        found.setdefault(letter, []).append(recipient)
    return found


def rights(case: Case) -> set[str]:
    return set(case.claims.values_list("right", flat=True))


ATTACHED = message(
    "Carla <carla@assistool.com>",
    "Deux demandes pour vous.",
    attached=[message(ADA, ASKS, at=MONDAY), message(BOB, WIPE, at=TUESDAY)],
)
COPIED = message(
    "Carla <carla@assistool.com>",
    "Deux demandes.\n\n"
    + copied(ADA, "lundi 1 février 2027 10:00", ASKS)
    + copied(BOB, "mardi 2 février 2027 11:00", WIPE),
)
THROUGH_ANOTHER = message(
    "Carla <carla@assistool.com>",
    "Voici.",
    attached=[
        message("Dirk <dirk@assistool.com>", "Pour toi", attached=[message(ADA, ASKS), message(BOB, WIPE, at=TUESDAY)])
    ],
)


@pytest.mark.parametrize("made", [ATTACHED, COPIED, THROUGH_ANOTHER], ids=["attached", "copied", "twice"])
def test_two_people_whose_mails_a_colleague_passes_on_have_a_case_each(made: EmailMessage) -> None:
    row = take_in(bytes_of(made), at=OUTER)

    ada, bob = cases()
    told = PassedOn.objects.order_by("case_id").values_list("name", "address", "at", "colleague", "through")
    assert list(told) == [
        ("Ada Lovelace", "ada@example.org", MONDAY, "carla@assistool.com", "colleague"),
        ("Bob Martin", "bob@example.net", TUESDAY, "carla@assistool.com", "colleague"),
    ]
    assert (row.state, row.case) == (MessageState.DIVIDED.value, None)
    assert (ada.received_at, bob.received_at) == (MONDAY, TUESDAY)
    assert (rights(ada), rights(bob)) == ({Right.ACCESS.value}, {Right.ERASURE.value})
    assert letters() == {}


@pytest.mark.parametrize("made", [ATTACHED, COPIED], ids=["attached", "copied"])
def test_neither_case_holds_the_other_ones_mail(made: EmailMessage) -> None:
    row = take_in(bytes_of(made), at=OUTER)

    ada, bob = cases()
    texts = {share.case_id: vault.read(share.text).decode() for share in row.shares.all()}
    assert ("toutes mes données" in texts[ada.pk], "verwijderen" in texts[ada.pk]) == (True, False)
    assert ("toutes mes données" in texts[bob.pk], "verwijderen" in texts[bob.pk]) == (False, True)
    kept = {part.owner for part in row.parts.all()}
    assert kept == ({ada, bob} if row.parts.exists() else set())
    assert {part.blob.holder for part in row.parts.all()} == {one.uuid for one in kept}


def test_each_is_acknowledged_when_confirmed_and_nobody_else() -> None:
    take_in(bytes_of(ATTACHED), at=OUTER)
    ada, bob = cases()

    forwarding.confirm_writer(
        bob.pk, email="bob@example.net", name="Bob Martin", arrived_at=TUESDAY, by=factories.actor("officer")
    )

    assert letters() == {"M01": ["bob@example.net"], "A10": ["carla@assistool.com"]}
    assert factories.again(ada).person_email == ""


def test_it_cannot_have_arrived_after_the_colleague_passed_on_both() -> None:
    take_in(bytes_of(ATTACHED), at=OUTER)
    late = OUTER + timedelta(seconds=1)

    with pytest.raises(CannotDo):
        forwarding.confirm_writer(
            cases()[1].pk, email="bob@example.net", name="", arrived_at=late, by=factories.actor("officer")
        )


@pytest.mark.parametrize(
    "text",
    [
        copied(ADA, "lundi 1 février 2027 10:00", ASKS) + copied(ADA, "mardi 2 février 2027 11:00", "J'attends."),
        # What Ada received from Bob and passed on is Ada's own mail.
        copied(ADA, "mardi 2 février 2027 11:00", ASKS) + copied(BOB, "lundi 1 février 2027 10:00", WIPE, to=ADA),
        copied(ADA, "lundi 1 février 2027 10:00", ASKS)
        + copied("Dirk <dirk@assistool.com>", "mardi 2 février 2027 11:00", "Nous regardons."),
        # Bob asks nothing of his own.
        copied(ADA, "lundi 1 février 2027 10:00", ASKS) + copied(BOB, "mardi 2 février 2027 11:00", "Bonne année !"),
        copied("Ada Lovelace <ada@example.org>", "lundi 1 février 2027 10:00", ASKS)
        + copied("Ada Lovelace <ada.l@example.net>", "mardi 2 février 2027 11:00", ASKS),
    ],
    ids=["a reminder", "a thread", "our answer", "small talk", "two addresses"],
)
def test_one_person_whose_mail_is_passed_on_has_one_case(text: str) -> None:
    take_in(bytes_of(message("Carla <carla@assistool.com>", f"Pour vous.\n\n{text}")), at=OUTER)

    assert list(PassedOn.objects.values_list("address", flat=True)) == ["ada@example.org"]
    assert not SeveralPeople.objects.exists()


def test_of_a_thread_the_one_who_asks_is_proposed() -> None:
    idle = message(BOB, "Ci-joint la photo de classe, bonne journée.")
    take_in(bytes_of(message("Carla <carla@assistool.com>", "Voici", attached=[idle, message(ADA, ASKS)])), at=OUTER)

    assert list(PassedOn.objects.values_list("address", flat=True)) == ["ada@example.org"]


def test_a_request_that_a_colleague_quotes_is_read_as_its_writers() -> None:
    quoted = "> Van: Ada Lovelace <ada@example.org>\n> Datum: 1 februari 2027 10:00\n> Aan: info\n> Onderwerp: x\n>\n"
    text = f"Zie hieronder\n\n{quoted}> Gelieve al mijn gegevens te wissen.\n> Ada"
    case = take_in(bytes_of(message("Carla <carla@assistool.com>", text)), at=OUTER).case

    assert case is not None
    assert (PassedOn.objects.get(case=case).address, rights(case)) == ("ada@example.org", {Right.ERASURE.value})


def test_a_reminder_passed_on_is_shown_beside_the_open_case_of_its_writer() -> None:
    open_case = take_in(mail(), at=MONDAY).case
    again = message(ADA, "Bonjour, je n'ai toujours pas reçu de réponse à ma demande d'accès. Ada Lovelace")

    take_in(bytes_of(message("Carla <carla@assistool.com>", "Voici", attached=[again])), at=OUTER)

    assert [row.candidate for row in Suggestion.objects.all()] == [open_case]


# -- a mail of somebody else attached by somebody outside ----------------------------------------


def outsider(text: str, inside: EmailMessage, *, sender: str = "Eve Stone <eve@example.com>", extra: str = "") -> bytes:
    made = message(sender, text, attached=[inside], subject="FYI")
    if extra:
        made["In-Reply-To"] = extra
    return bytes_of(made)


def test_who_attaches_anothers_request_is_not_acknowledged_for_it() -> None:
    case = take_in(outsider("See attached.", message(BOB, WIPE)), at=OUTER).case

    assert case is not None
    row = PassedOn.objects.get(case=case)
    assert (row.name, row.address, row.through, row.colleague) == (
        "Bob Martin",
        "bob@example.net",
        "somebody",
        "eve@example.com",
    )
    # What lay with somebody else had not reached us.
    assert (case.person_email, case.received_at, rights(case)) == ("", OUTER, {Right.ERASURE.value})
    assert letters() == {}


def test_the_one_who_asks_is_acknowledged_and_who_sent_it_hears_nothing() -> None:
    case = take_in(outsider("See attached.", message(BOB, WIPE)), at=OUTER).case

    assert case is not None
    forwarding.confirm_writer(
        case.pk, email="bob@example.net", name="Bob Martin", arrived_at=OUTER, by=factories.actor("officer")
    )

    assert letters() == {"M01": ["bob@example.net"]}


def test_who_sent_it_may_be_the_person_after_all() -> None:
    case = take_in(outsider("See attached.", message(BOB, WIPE)), at=OUTER).case

    assert case is not None
    forwarding.is_the_writer(case.pk, by=factories.actor("officer"))

    assert letters() == {"M01": ["eve@example.com"]}


def test_who_asks_beside_it_has_a_case_that_waits_to_be_divided() -> None:
    case = take_in(outsider(ASKS.replace("Ada Lovelace", "Eve Stone"), message(BOB, WIPE)), at=OUTER).case

    assert case is not None
    assert (case.person_email, PassedOn.objects.exists()) == ("eve@example.com", False)
    assert SeveralPeople.objects.filter(message__case=case, settled_at=None).exists()
    assert letters() == {}


@pytest.mark.parametrize(
    ("sender", "text", "inside"),
    [
        ("Bob Martin <bob@example.net>", "Here it is again.", message(BOB, WIPE)),
        ("Bob Martin <b.martin@example.com>", "From my new address.", message(BOB, WIPE)),
        ("Eve Stone <eve@example.com>", "Delete my account please.", message(BOB, "Buy our lamps, only today!")),
        (
            "Eve Stone <eve@example.com>",
            "I am the lawyer of Bob Martin and ask on his behalf for a copy of his data. His mail is attached.",
            message(BOB, "Please ask them for a copy of all my data."),
        ),
    ],
    ids=["own mail", "own other address", "nothing asked", "a lawyer"],
)
def test_what_is_ones_own_or_asks_nothing_makes_nobody_wait(sender: str, text: str, inside: EmailMessage) -> None:
    case = take_in(outsider(text, inside, sender=sender), at=OUTER).case

    assert case is not None
    assert case.person_email == sender.partition("<")[2].rstrip(">")
    assert not PassedOn.objects.exists()
    assert not SeveralPeople.objects.exists()


@pytest.mark.parametrize("wish", [WIPE, "Please send me a copy of all my personal data.\n\nBob Martin"])
def test_anothers_request_is_not_put_into_the_case_of_who_sends_it_in_their_thread(wish: str) -> None:
    first = take_in(mail(sender="eve@example.com"), at=MONDAY).case

    second = take_in(outsider("See attached.", message(BOB, wish), extra="<one@example.org>"), at=OUTER).case

    assert first is not None
    assert second is not None
    assert (second != first, second.to_be_linked, second.person_email) == (True, True, "")
    assert {row.candidate for row in Suggestion.objects.filter(case=second)} == {first}


# -- a sender that was written over --------------------------------------------------------------

GROUP = "vragen@groups.example"
LIST = [f"List-Post: <mailto:{GROUP}>", "List-ID: <vragen.groups.example>"]


def listed(sender: str, *extra: str) -> bytes:
    return mail(extra=extra).replace(b"From: Ada <ada@example.org>", f"From: {sender}".encode())


@pytest.mark.parametrize(
    "raw",
    [
        listed(f"'Ada Lovelace' via Vragen <{GROUP}>", *LIST, "X-Original-From: Ada Lovelace <ada@example.org>"),
        listed(f"Ada Lovelace via Vragen <{GROUP}>", *LIST, "Reply-To: Ada Lovelace <ada@example.org>"),
        listed(f"Vragen <{GROUP}>", *LIST, f"Reply-To: {GROUP}, ada@example.org"),
        listed(f"Ada via Vragen <{GROUP}>", *LIST, "X-Google-Original-From: Ada Lovelace <ada@example.org>"),
        listed("Ada Lovelace via Formulier <wordpress@site.example>", "Reply-To: ada@example.org"),
        listed("Ada Lovelace <SRS0=4fHk=2B=example.org=ada@relay.example>"),
        listed("Ada <SRS1=9x=relay.example==4fHk=2B=example.org=ada@second.example>"),
        listed("Ada <ada=example.org@relay.example>", "X-Original-Sender: ada@example.org"),
        listed('"Per conto di: ada@example.org" <posta-certificata@pec.example>', "Reply-To: ada@example.org"),
        listed("Formulaire <no-reply@site.example>", "Reply-To: Ada <ada@example.org>"),
    ],
    ids=["google", "mailman", "a list", "gmail", "a form", "srs", "srs twice", "original sender", "pec", "no-reply"],
)
def test_the_person_behind_a_list_is_proposed_and_the_list_never_written_to(raw: bytes) -> None:
    case = take_in(raw, at=OUTER).case

    assert case is not None
    row = PassedOn.objects.get(case=case)
    assert (row.address, row.through, case.person_email, case.received_at) == ("ada@example.org", "list", "", OUTER)
    assert rights(case) == {Right.ACCESS.value}
    assert letters() == {}
    forwarding.confirm_writer(
        case.pk, email=row.address, name=row.name, arrived_at=OUTER, by=factories.actor("officer")
    )
    assert letters() == {"M01": ["ada@example.org"]}


def test_a_list_is_nobody_to_be_written_to() -> None:
    case = take_in(listed(f"Vragen <{GROUP}>", *LIST), at=OUTER).case

    assert case is not None
    assert PassedOn.objects.get(case=case).address == ""
    with pytest.raises(CannotDo):
        forwarding.is_the_writer(case.pk, by=factories.actor("officer"))
    with pytest.raises(CannotDo):
        forwarding.confirm_writer(case.pk, email=GROUP, name="", arrived_at=OUTER, by=factories.actor("officer"))


def test_our_own_group_hands_on_a_request_whose_writer_is_proposed() -> None:
    ours = [
        "List-Post: <mailto:vieprivee@assistool.com>",
        "X-Original-From: Ada Lovelace <ada@example.org>",
        "List-ID: <vieprivee.assistool.com>",
    ]
    case = take_in(listed("'Ada Lovelace' via Vie privée <vieprivee@assistool.com>", *ours), at=OUTER).case

    assert case is not None
    row = PassedOn.objects.get(case=case)
    assert (row.address, row.through, case.person_email) == ("ada@example.org", "list", "")


@pytest.mark.parametrize(
    "raw",
    [
        mail(),
        mail(extra=["Reply-To: ada.private@example.net"]),
        mail(extra=["X-Google-Original-From: Ada <ada@work.example>"]),
        mail(extra=["List-ID: <vragen.groups.example>", f"List-Post: <mailto:{GROUP}>"]),
        mail(extra=["X-Original-From: not an address at all"]),
        listed("Via Appia <via@example.org>", "Reply-To: b@example.org"),
    ],
)
def test_a_plain_sender_is_behind_nobody(raw: bytes) -> None:
    assert rewritten.behind(parsing.parse(raw)) is None


# -- the same words again ------------------------------------------------------------------------


def test_the_same_words_again_from_the_same_address_wait_beside_the_earlier_case() -> None:
    first = take_in(mail(), at=MONDAY).case
    assert first is not None

    second = take_in(mail(message_id="<two@example.org>"), at=OUTER).case

    assert second is not None
    assert second.to_be_linked
    whys = {row.why for row in Suggestion.objects.filter(case=second, candidate=first)}
    assert "same_text" in whys


def test_a_form_that_a_stranger_sends_too_is_shown_and_acknowledged() -> None:
    form = ASKS.replace("\n\nAda Lovelace", "")
    first = take_in(mail(form), at=MONDAY).case

    second = take_in(mail(form, sender="bob@example.net", message_id="<two@example.org>"), at=OUTER).case

    assert second is not None
    assert not second.to_be_linked
    assert [(row.candidate, row.why) for row in Suggestion.objects.filter(case=second)] == [(first, "same_text")]
    assert letters()["M01"] == ["ada@example.org", "bob@example.net"]
