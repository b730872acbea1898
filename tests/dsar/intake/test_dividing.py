"""A mail of several people: a case for each with their part alone, once, whatever happens on the way."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dsar.history.timeline import case_history
from dsar.identity.findings import FindingCode
from dsar.intake import dividing, inspecting, merging, moving, persons, rereading
from dsar.intake import services as intake
from dsar.intake.dividing import Division
from dsar.intake.models import InboundMessage, Share
from dsar.intake.persons import Person, Standing
from dsar.vault import services as vault
from dsar.vault.models import Blob
from notifications import services as post_office
from notifications import tokens
from notifications.models import Notification
from tests import factories
from tests.dsar.intake.post import mail, take_in, traced
from tests.dsar.intake.test_moving import with_a_file
from tests.dsar.intake.test_persons import COUPLE, LIST
from workflow import events, queries, services
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.sealing import KeyGone
from workflow.states import RequirementCode

pytestmark = pytest.mark.usefixtures("installed")
AT = datetime(2027, 3, 1, 9, tzinfo=UTC)
WRITER = "marie.dubois@example.org"
# One name of a firm, perhaps: an officer has to say.
UNSURE = "Bonjour,\n\nNous demandons l'accès à nos données.\nMon numéro est 4711.\n\nMarie Dubois\nJan Peeters\n"


def couple(text: str = COUPLE, *, name: str = "Marie Dubois", **changes: Any) -> bytes:
    raw = mail(text, sender=WRITER, **{"subject": "Données de Jan Peeters et Marie Dubois", **changes})
    return raw.replace(b"From: Ada <", f"From: {name} <".encode())


def cases() -> list[Case]:
    return list(Case.objects.order_by("id"))


def shown(case: Case) -> str:
    return vault.read(Share.objects.get(case=case).text).decode()


def rights(case: Case) -> set[str]:
    return set(case.claims.exclude(state="withdrawn").values_list("right", flat=True))


def letters(case: Case) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(case=case).values_list("letter", "recipient"))


def choice(message: InboundMessage, *names: str, whose: dict[str, int] | None = None, **more: Any) -> Division:
    """The first name writes, the others are written for; ``whose`` finds a sentence by its words."""
    assert message.text is not None
    text = vault.read(message.text).decode()
    told = whose or {}
    given = [
        next((number for words, number in told.items() if words in text[one.start : one.end]), 0)
        for one in persons.passages(text)
    ]
    people = [Person(name, Standing.REPRESENTED if n else Standing.WRITES) for n, name in enumerate(names)]
    values = {"people": tuple(people), "whose": tuple(given), "text": message.text.sha256, "files": {}, **more}
    return Division(**values)


def officer() -> Any:
    return factories.actor("officer")


def own(message: InboundMessage) -> Case:
    assert message.case is not None
    return message.case


# -- by itself ---------------------------------------------------------------------------------------------


def test_each_person_gets_a_case_with_their_part_alone() -> None:
    message = take_in(couple(), at=AT)

    marie, jan = cases()
    assert (message.state, message.case, message.shares.count()) == ("divided", None, 2)
    assert [(case.person_name, case.person_email, case.written_by) for case in (marie, jan)] == [
        ("Marie Dubois", WRITER, ""),
        ("Jan Peeters", "", WRITER),
    ]
    assert ("rue Neuve" in shown(marie), "rue Neuve" in shown(jan)) == (True, False)
    assert ("téléphone" in shown(marie), "téléphone" in shown(jan)) == (False, True)
    assert ("Jan" in shown(marie), "Marie" in shown(jan)) == (False, False)
    assert (rights(marie), rights(jan)) == ({"access", "rectification"}, {"access", "erasure", "objection_dm"})


def test_receipt_and_time_limit_are_the_same_for_all() -> None:
    take_in(couple(), at=AT)

    marie, jan = cases()
    assert marie.received_at == jan.received_at == AT
    assert (marie.case_due, marie.send_by, marie.receipt_date) == (jan.case_due, jan.send_by, jan.receipt_date)


def test_the_writer_gets_one_acknowledgement_for_each_case_that_says_whose_it_is() -> None:
    take_in(couple(), at=AT)

    post_office.sweep_pending()
    post_office.sweep_pending()

    marie, jan = cases()
    assert letters(marie) == letters(jan) == [("M01", WRITER)]
    texts = [post_office.content_of(Notification.objects.get(case=case)).text for case in (marie, jan)]
    assert "la personne n° 1 (M. D.)" in texts[0]
    assert "la personne n° 2 (J. P.)" in texts[1]
    assert "Peeters" not in "".join(texts)  # what a sender chose is not sent on


def test_who_is_represented_has_a_mandate_to_show_and_the_writer_has_none() -> None:
    take_in(couple(), at=AT)

    asked = [case.requirements.filter(code=RequirementCode.MANDATE_SHOWN.value).exists() for case in cases()]

    assert asked == [False, True]


def test_a_lawyers_list_opens_a_case_for_each_client_and_none_for_the_lawyer() -> None:
    take_in(couple(LIST, name="Luc De Smet", subject="Verzoek"), at=AT)

    jan, marie = cases()
    assert [(one.person_name, one.person_email, one.written_by) for one in (jan, marie)] == [
        ("Jan Peeters", "", WRITER),
        ("Marie Van den Broeck", "", WRITER),
    ]
    assert (rights(jan), rights(marie)) == ({"access"}, {"erasure"})


def test_every_part_is_under_its_own_cases_key_and_the_whole_under_none_of_them() -> None:
    message = take_in(couple(), at=AT)

    marie, jan = cases()
    for case in (marie, jan):
        share = Share.objects.get(case=case)
        assert share.text.holder == case.uuid
        assert share.head is None or share.head.holder == case.uuid
    assert {blob.holder for blob in (message.raw, message.text, message.head) if blob} == {message.uuid}
    assert intake.unsettled() == []
    vault.shred_holder(jan.uuid)
    assert "rue Neuve" in shown(marie)
    with pytest.raises(KeyGone):
        shown(jan)


def test_a_history_tells_of_its_own_person_only() -> None:
    message = take_in(couple(), at=AT)

    marie, jan = cases()
    told = events.fields(queries.history(jan)[0])["data"]
    share = Share.objects.get(case=jan)
    assert (told["people"], told["part_sha256"], told["sha256"]) == (2, share.text.sha256, message.raw.sha256)
    for case, other in ((marie, "Peeters"), (jan, "Marie")):
        history = case_history(case)
        assert other not in history.person.name
        assert not [event for event in history.events if other in event.body + event.payload]
        assert history.integrity.intact
    assert case_history(jan).person.written_by == WRITER


def test_the_same_mail_again_opens_nothing() -> None:
    first = take_in(couple(), at=AT)

    copy = take_in(traced(couple()), at=AT)
    intake.process(first.pk)

    assert (copy.state, copy.same_as, len(cases()), Share.objects.count()) == ("duplicate", first, 2, 2)
    assert Blob.objects.filter(holder=copy.uuid).count() == 1  # its own bytes; the parts that were cut are gone


def test_a_crash_between_the_cases_leaves_none_and_the_next_time_all(monkeypatch: Any) -> None:
    message = intake.accept(couple(), source="smtp", received_at=AT)
    real, calls = services.open_case, []

    def dies(**values: Any) -> Case:
        calls.append(values)
        if len(calls) == 2:
            raise SystemExit
        return real(**values)

    with monkeypatch.context() as killed:
        killed.setattr(services, "open_case", dies)
        with pytest.raises(SystemExit):
            intake.process(message.pk)
    assert (len(calls), Case.objects.count(), Share.objects.count()) == (2, 0, 0)

    InboundMessage.objects.update(leased_until=None, lease=None, next_try_at=None)
    intake.process(message.pk)

    assert (Case.objects.count(), Share.objects.count(), InboundMessage.objects.get().state) == (2, 2, "divided")


def test_files_that_had_not_moved_when_the_machine_died_move_with_the_sweep(monkeypatch: Any) -> None:
    message = intake.accept(couple(), source="smtp", received_at=AT)

    def die(_message: InboundMessage) -> None:
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr(intake, "settle", die)
        with pytest.raises(SystemExit):
            intake.process(message.pk)
    [found] = intake.unsettled()
    assert {share.text.holder for share in Share.objects.all()} == {message.uuid}

    intake.settle(found)

    assert [share.text.holder for share in Share.objects.all()] == [case.uuid for case in cases()]
    assert intake.unsettled() == []


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (couple(UNSURE), "two lines may be a name and a firm"),
        (couple(COUPLE.replace("Cordialement", "> Vous avez écrit\n\nCordialement")), "something is quoted"),
        (with_a_file().replace(b"Voici.", COUPLE.replace("\n", "\r\n").encode()), "something is attached"),
        (
            couple(COUPLE, extra=["In-Reply-To: <x@example.org>"], subject="Re: DSR-2027-0001"),
            "it may belong elsewhere",
        ),
    ],
    ids=["unsure", "quoted", "attached", "reply"],
)
def test_where_there_is_doubt_one_case_is_opened_and_an_officer_asked(raw: bytes, why: str) -> None:
    message = take_in(raw, at=AT)

    assert (message.state, len(cases()), dividing.proposal(message) is not None) == ("opened", 1, True), why


def test_what_a_colleague_passes_on_is_divided_by_nobody_before_its_writer_is_known() -> None:
    message = take_in(couple().replace(WRITER.encode(), b"grace@assistool.com"), at=AT)

    assert (message.state, len(cases()), own(message).person_email) == ("opened", 1, "")
    with pytest.raises(CannotDo, match="collègue"):
        dividing.divide(message.pk, choice(message, "Marie Dubois", "Jan Peeters"), by=officer())


# -- afterwards --------------------------------------------------------------------------------------------


def test_the_writers_answer_joins_the_case_whose_address_it_uses() -> None:
    take_in(couple(), at=AT)
    _marie, jan = cases()
    to = [f"Cc: {tokens.reply_address(jan)}"]

    answer = take_in(couple("Voici.\n\nMarie", message_id="<2@example.org>", subject="Suite", extra=to), at=AT)
    stranger = take_in(mail("Voici.\n\nEve", message_id="<3@example.org>", subject="Suite", extra=to), at=AT)

    assert (answer.state, answer.case) == ("attached", jan)
    assert stranger.case not in cases()[:2]


def test_an_answer_to_the_mail_itself_joins_neither_but_names_both() -> None:
    take_in(couple(), at=AT)
    marie, jan = cases()
    reply = ["In-Reply-To: <one@example.org>"]

    answer = take_in(couple("Voici la suite.", message_id="<2@example.org>", subject="Suite", extra=reply), at=AT)

    assert (answer.state, own(answer).to_be_linked) == ("opened", True)
    assert {row.candidate for row in own(answer).suggestions.all()} >= {marie, jan}


def test_the_cases_of_one_message_are_never_merged_but_another_case_of_the_person_is() -> None:
    take_in(couple(), at=AT)
    marie, jan = cases()
    later = own(take_in(mail(message_id="<2@example.org>", sender=WRITER, subject="Copie"), at=AT))

    with pytest.raises(CannotDo, match="plusieurs personnes"):
        merging.merge(jan.pk, into=marie.pk, same_person="Je le sais.", by=officer())
    merging.merge(jan.pk, into=later.pk, same_person="Il a écrit lui-même.", by=officer())

    share = Share.objects.get(number=2)
    assert (share.case, share.text.holder) == (later, later.uuid)
    assert [case.state for case in cases()[:2]] == ["received", "merged"]


def test_the_database_refuses_two_parts_of_one_message_in_one_case() -> None:
    message = take_in(couple(), at=AT)
    first = Share.objects.get(message=message, number=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.filter(message=message, number=2).update(case=first.case)


def test_a_divided_message_is_neither_moved_nor_read_again_but_its_sender_is_looked_into() -> None:
    message = take_in(couple(extra=["Reply-To: elsewhere@example.net"]), at=AT)

    with pytest.raises(CannotDo):
        moving.move_message(message.pk, to=None, reason="x", by=officer())
    with pytest.raises(CannotDo, match="partagé"):
        rereading.reparse(message.pk, by=officer())
    assert inspecting.due() == [message.pk]
    assert inspecting.inspect(message.pk) is True
    assert message.inspection.details.holder == message.uuid
    bits = Case.objects.annotate(bits=inspecting.to_look_at()).values_list("bits", flat=True)
    assert [inspecting.looked_at(one) for one in bits] == [[FindingCode.REPLY_ELSEWHERE]] * 2
