"""Letters ordered by hand, what is being handled (M04), drafts from above, and the languages of the reader."""

import uuid

import pytest

from notifications import rendering, services
from notifications.kinds import Letter, NotificationState
from notifications.letters import words
from notifications.models import Notification
from tests import factories
from tests.factories import actor
from tests.notifications.test_orders import decide
from workflow import events
from workflow import services as law
from workflow.actors import PERSON
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case, Claim, Event
from workflow.states import EventKind, IdentityMethod, Language, NoticeAction, Right

pytestmark = pytest.mark.django_db
DIGEST = "ab" * 32
RECIPIENT = {"recipient": "Stripe", "address": "Privacy@stripe.example", "identifier": "customer 4711"}
PROVIDER = {
    "provider": "Neu GmbH",
    "address": "daten@neu.example",
    "identifier": "account 99",
    "channel": "SFTP of 3 March",
    "file_format": "JSON",
    "columns": "name, e-mail",
    "digest": DIGEST.upper(),
}


def letters(case: Case) -> dict[str, Notification]:
    services.sweep_pending()
    return {row.letter: row for row in Notification.objects.filter(case=case).order_by("id")}


def text(row: Notification) -> str:
    return services.content_of(row).text


# -- M04 -----------------------------------------------------------------------------------------


def test_rights_that_are_not_those_of_the_acknowledgement_are_corrected_the_same_day():
    case = factories.received((Right.ACCESS,))
    services.sweep_pending()

    law.confirm_claims(case.pk, rights=[Right.ERASURE], by=actor("officer"))

    row = letters(case)["M04"]
    assert "La liste ci-dessous remplace celle de notre premier message." in text(row)
    assert "Nous traitons : l'effacement de vos données." in text(row)
    assert row.named == "erasure"


def test_rights_the_acknowledgement_named_need_no_second_letter():
    case = factories.received((Right.ACCESS,))
    services.sweep_pending()

    law.confirm_claims(case.pk, rights=[Right.ACCESS], by=actor("officer"))

    assert list(letters(case)) == ["M01"]


def test_a_correction_is_not_told_twice():
    case = factories.received((Right.ACCESS,))
    services.sweep_pending()
    for _again in range(2):
        law.confirm_claims(case.pk, rights=[Right.ERASURE], by=actor("officer"))
        services.sweep_pending()

    assert Notification.objects.filter(case=case, letter="M04").count() == 1


def test_without_an_acknowledgement_nothing_has_to_be_corrected():
    case = factories.received((Right.ACCESS,), to_be_linked=True)
    services.sweep_pending()

    law.confirm_claims(case.pk, rights=[Right.ERASURE], by=actor("officer"))

    assert "l'effacement de vos données" in text(letters(case)["M01"])
    assert "M04" not in letters(case)


def test_whoever_was_asked_for_proof_learns_that_it_is_enough():
    case = factories.confirmed((Right.ACCESS,))
    law.ask_identity(case.pk, doubt="Canary writes from elsewhere", by=actor("officer"))
    services.sweep_pending()

    law.verify_identity(
        case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.", by=actor("officer")
    )

    said = text(letters(case)["M04"])
    assert "Nous sommes maintenant sûrs que la demande du" in said
    assert "une copie de vos données" in said
    assert "Canary" not in said


def test_whoever_was_asked_for_nothing_gets_no_letter_about_identity():
    case = factories.verified((Right.ACCESS,))

    assert "M04" not in letters(case)


# -- by hand -------------------------------------------------------------------------------------


def test_a_message_in_own_words_keeps_its_paragraphs_and_stays_out_of_the_history():
    case = factories.received()

    law.write_reply(case.pk, text="Premier point.\r\n\r\nSecond {{ point }}.", by=actor("officer"))

    assert "Bonjour,\n\nPremier point.\n\nSecond {{ point }}.\n\nSuivre votre dossier" in text(letters(case)["M26"])
    told = Event.objects.get(stream=case.stream, kind=EventKind.REPLY_WRITTEN.value)
    assert "Premier" not in bytes(told.body).decode()


@pytest.mark.parametrize("words", ["", " \n", "x" * 5001])
def test_an_empty_or_endless_message_is_not_sent(words):
    case = factories.received()

    with pytest.raises(CannotDo):
        law.write_reply(case.pk, text=words, by=actor("officer"))


def test_a_recipient_learns_what_was_done_and_no_more():
    case = factories.in_progress((Right.RECTIFICATION,))
    decide(case, Right.RECTIFICATION)

    law.tell_recipient(case.pk, **RECIPIENT, action=NoticeAction.RECTIFIED, language=Language.EN, by=actor("officer"))

    row = letters(case)["M13"]
    assert (row.recipient, row.language, row.audience) == ("privacy@stripe.example", "en", "recipient")
    said = text(row) + services.content_of(row).subject
    for needed in ("We have corrected these data", "customer 4711", case.reference, "Please confirm"):
        assert needed in said
    for canary in (case.person_email, case.person_name, "⟦link⟧"):
        assert canary not in said
    mail = rendering.build(row, services.content_of(row))
    assert b"Reply-To: vieprivee+r." in mail, "their answer joins the case"


@pytest.mark.parametrize("action", [NoticeAction.RECTIFIED, NoticeAction.ERASED, NoticeAction.RESTRICTED])
def test_no_recipient_is_told_of_what_was_not_decided(action):
    case = factories.in_progress((Right.RECTIFICATION,))

    with pytest.raises(CannotDo):
        law.tell_recipient(case.pk, **RECIPIENT, action=action, language=Language.EN, by=actor("officer"))


def test_data_goes_to_another_provider_and_both_are_told():
    case = factories.verified((Right.PORTABILITY,))
    claim = factories.claim(case, Right.PORTABILITY)
    with pytest.raises(CannotDo, match="portabilit"):
        law.transfer_data(claim.pk, **PROVIDER, by=actor("officer"))
    by = {"author": actor("officer").code, "submitted_by": actor("officer").code, "reviewer": actor("reviewer").code}
    at = {"submitted_at": case.received_at, "approved_at": case.received_at}
    law.record_collection(case.pk, source="by_hand", records=2, digest="0" * 64, by=actor("officer"))
    Claim.objects.filter(pk=claim.pk).update(state="approved", outcome="granted", open_checks=0, **by, **at)

    law.transfer_data(claim.pk, **PROVIDER, by=actor("officer"))

    made = letters(case)
    to_person, to_provider = made["M14"], made["M14C"]
    assert (to_person.recipient, to_provider.recipient) == (case.person_email, "daten@neu.example")
    assert "Neu GmbH (daten@neu.example)" in text(to_person)
    assert DIGEST in text(to_person)
    for needed in ("account 99", "SFTP of 3 March", "JSON", "name, e-mail", DIGEST):
        assert needed in text(to_provider)
    assert case.person_email not in text(to_provider)
    assert "⟦link⟧" not in text(to_provider)


@pytest.mark.parametrize("wrong", [{"digest": "ab"}, {"address": "nowhere"}, {"channel": " "}, {"columns": "x" * 1001}])
def test_a_transfer_that_could_not_be_told_is_refused(wrong):
    case = factories.verified((Right.PORTABILITY,))
    claim = factories.claim(case, Right.PORTABILITY)

    with pytest.raises(CannotDo):
        law.transfer_data(claim.pk, **{**PROVIDER, **wrong}, by=actor("officer"))


def test_only_the_mail_to_the_person_that_came_back_is_named_in_the_letter_for_the_post():
    case = factories.received()
    services.sweep_pending()
    lost = Notification.objects.filter(case=case, letter="M01")
    lost.update(
        created_at=factories.utc(2027, 3, 2, 9), state="undeliverable", finished_at=factories.utc(2027, 3, 2, 10)
    )

    law.write_by_post(case.pk, by=actor("officer"))

    assert "Notre e-mail du 2 mars 2027 n'a pas pu vous être remis." in text(letters(case)["M23"])
    lost.update(audience="recipient")
    law.write_by_post(case.pk, by=actor("officer"))
    services.sweep_pending()
    later = Notification.objects.filter(case=case, letter="M23").latest("id")
    assert "remis" not in text(later)


def test_whom_mail_does_not_reach_gets_a_letter_that_is_never_mailed(outbox):
    case = factories.received()
    services.sweep_pending()
    services.deliver_due()
    left = len(list(outbox.glob("*.eml")))

    law.write_by_post(case.pk, by=actor("officer"))
    row = letters(case)["M23"]
    services.deliver_due()

    row.refresh_from_db()
    assert (row.state, row.recipient) == (NotificationState.DRAFTED.value, "")
    assert len(list(outbox.glob("*.eml"))) == left
    assert "Cette fois, nous vous écrivons par la poste." in text(row)
    assert "remis" not in text(row), "no mail came back"


def test_a_call_is_a_note_of_its_own_kind():
    case = factories.received()

    law.note_call(case.pk, text="Elle demande où en est son dossier.", by=actor("officer"))

    told = Event.objects.get(stream=case.stream, kind=EventKind.CALL_NOTED.value)
    assert events.payload_of(told) == {"text": "Elle demande où en est son dossier."}
    assert list(letters(case)) == ["M01"]


# -- drafts from above ---------------------------------------------------------------------------

PROCESSOR = "processor@example.org"
DRAFTS = {
    Letter.M30: {"identifier": "customer 4711", "wanted": "invoices", "reply_by": "8 mars 2027"},
}


@pytest.mark.parametrize("letter", DRAFTS)
def test_a_draft_waits_sealed_until_it_is_let_go_and_goes_once(letter, outbox):
    case = factories.received()
    to = PROCESSOR
    draft = services.draft(case, letter, DRAFTS[letter], to=to, by=actor("officer"))
    services.sweep_pending()
    services.deliver_due()
    row = Notification.objects.get(uuid=draft)
    assert (row.state, row.event_id) == (NotificationState.DRAFTED.value, None)

    for _again in range(2):
        law.release_letter(case.pk, letter=letter.value, draft=draft, by=actor("officer"))
        services.sweep_pending()
        services.deliver_due()

    row.refresh_from_db()
    assert row.state == NotificationState.WRITTEN.value
    assert row.recipient == to
    sent = [file for file in outbox.glob("*.eml") if f".{letter.value.lower()}." in file.name]
    assert len(sent) == 1


def test_a_draft_of_another_case_is_not_let_go():
    case, other = factories.received(), factories.received(person_email="bob@example.org")
    draft = services.draft(case, Letter.M30, DRAFTS[Letter.M30], to=PROCESSOR, by=actor("officer"))

    law.release_letter(other.pk, letter="M30", draft=draft, by=actor("officer"))
    law.release_letter(case.pk, letter="M30", draft=uuid.uuid4(), by=actor("officer"))
    services.sweep_pending()

    assert Notification.objects.get(uuid=draft).state == NotificationState.DRAFTED.value


def test_a_draft_that_lacks_something_says_what():
    case = factories.received()

    with pytest.raises(rendering.EmptyVariable, match=r"M30 of .* cannot be made: fill wanted first\."):
        services.draft(case, Letter.M30, {**DRAFTS[Letter.M30], "wanted": ""}, to=PROCESSOR, by=actor("officer"))
    with pytest.raises(CannotDo):
        services.draft(case, Letter.M30, DRAFTS[Letter.M30], to="nobody", by=actor("officer"))
    with pytest.raises(NotPermitted):
        services.draft(case, Letter.M30, DRAFTS[Letter.M30], to=PROCESSOR, by=actor("auditor"))
    assert not Notification.objects.filter(letter="M30").exists()


# -- languages -----------------------------------------------------------------------------------


def test_the_person_chooses_the_language_of_the_letters_to_come():
    case = factories.received(language=Language.FR)
    assert "Bonjour" in text(letters(case)["M01"])

    law.choose_language(case.pk, language=Language.DE, by=PERSON)
    law.write_reply(case.pk, text="Votre dossier avance.", by=actor("officer"))

    assert text(letters(case)["M26"]).startswith("Guten Tag,")
    told = Event.objects.get(stream=case.stream, kind=EventKind.LANGUAGE_CHOSEN.value)
    assert events.fields(told)["data"] == {"written_in": "de"}


def test_two_languages_in_one_letter_with_the_days_and_rights_of_each():
    case = factories.received(language=Language.EN, received_at=factories.utc(2027, 3, 1, 9))
    Case.objects.filter(pk=case.pk).update(second_language="fr")

    row = letters(case)["M01"]

    content = services.content_of(row)
    assert content.subject.startswith("We have received your request – DSR-2027-0001 / Nous avons bien reçu")
    assert "on 1 March 2027 at 10:00" in content.text
    assert "le 1er mars 2027 à 10:00" in content.text
    assert "a copy of your data" in content.text
    assert "une copie de vos données" in content.text


def test_choosing_what_is_chosen_already_is_no_event():
    case = factories.received(language=Language.FR)

    law.choose_language(case.pk, language=Language.FR, second=Language.FR, by=actor("officer"))

    assert not Event.objects.filter(kind=EventKind.LANGUAGE_CHOSEN.value).exists()


@pytest.mark.parametrize("language", Language)
def test_a_child_reads_first_what_the_letter_is_about_and_a_parent_whose_data_it_is(language):
    child = factories.received(language=language)
    parent = factories.received(language=language, person_email="dad@example.org")
    plain = factories.received(language=language, person_email="ada@example.net")
    Case.objects.filter(pk=parent.pk).update(written_by="mum@example.org")
    for case in (child, parent):
        law.record_minor(case.pk, minor=True, why="She says that she is nine.", by=actor("officer"))
    for case in (child, parent, plain):
        law.write_reply(case.pk, text="Votre dossier avance.", by=actor("officer"))

    said = [text(letters(case)["M26"]) for case in (child, parent, plain)]

    assert [words.TO_A_CHILD[language] in one for one in said] == [True, False, False]
    assert [words.FOR_A_CHILD[language] in one for one in said] == [False, True, False]
    assert said[0].index(words.TO_A_CHILD[language]) < 40
