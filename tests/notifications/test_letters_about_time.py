"""Questions, more time and too much of it, as the post office lives them: what leaves moves the clock, nothing else."""

from datetime import date

import pytest
from django.utils import timezone

from notifications import services
from notifications.kinds import NotificationState
from notifications.models import Notification
from tests import factories
from tests.factories import actor, utc
from tests.notifications.conftest import MailServer
from workflow import services as law
from workflow.actors import POST_OFFICE
from workflow.models import Case, Extension
from workflow.states import (
    CaseState,
    ExtensionReason,
    ExtensionState,
    InterimGround,
    Language,
    Means,
    Outcome,
    PauseEnd,
    PauseKind,
    Right,
)

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


def letter(case: Case, code: str) -> Notification:
    services.sweep_pending()
    return Notification.objects.filter(case=case, letter=code).latest("id")


def carried(case: Case, code: str) -> Notification:
    row = letter(case, code)
    services.deliver(row.pk)
    row.refresh_from_db()
    return row


def text(row: Notification) -> str:
    return services.content_of(row).text


def clarified(stops: bool = True) -> Case:
    case = factories.in_progress(received_at=TUESDAY)
    law.ask_clarification(
        case.pk,
        question="De quelles données parlez-vous ?",
        choices=["les factures.", "les messages"],
        stops_clock=stops,
        volume="onze ans de messages",
        by=actor("officer"),
    )
    return case


def extended(case: Case) -> None:
    law.ask_extension(
        case.pk,
        months=2,
        reason=ExtensionReason.COMPLEXITY,
        why="vos données se trouvent dans quatre systèmes.",
        done="deux systèmes sont lus",
        by=actor("officer"),
    )
    law.approve_extension(case.pk, by=actor("reviewer"))


def test_the_clock_stops_when_the_mail_server_took_the_question(mail_server: MailServer, move):
    case = clarified()
    assert factories.again(case).case_due is not None

    row = carried(case, "M03")

    assert (row.state, factories.again(case).case_due) == (NotificationState.SENT, None)
    for said in (
        "une question : De quelles données parlez-vous ?",
        "Vous pouvez choisir :\n- les factures\n- les messages\nOu écrivez simplement « tout »",
        "Le délai de réponse est suspendu depuis aujourd'hui.",
        "Merci de répondre au plus tard le 16 mars 2027.",
    ):
        assert said in text(row)


def test_a_question_that_stops_nothing_says_so(mail_server: MailServer, move):
    case = clarified(stops=False)

    row = carried(case, "M03")

    assert "Le délai de réponse continue de courir" in text(row)
    assert factories.again(case).case_due == date(2027, 4, 1)


def test_a_late_question_does_not_promise_a_pause_and_asks_for_a_reply_in_time(mail_server: MailServer, move):
    case = factories.in_progress(received_at=TUESDAY)
    move(2027, 3, 25, 9)
    law.ask_mandate(case.pk, question="le mandat de Mme Lovelace", by=actor("officer"))

    row = carried(case, "M22")

    assert "suspendu" not in text(row)
    assert "Merci de répondre au plus tard le 1er avril 2027." in text(row)


def test_what_is_only_written_to_a_folder_stops_no_clock_and_extends_nothing(outbox, move):
    case = clarified()
    assert carried(case, "M03").state == NotificationState.WRITTEN
    law.record_reply(case.pk, kind=PauseKind.SCOPE, by=actor("officer"))
    extended(case)

    assert carried(case, "M05").state == NotificationState.WRITTEN
    assert (factories.again(case).case_due, Extension.objects.get().state) == (date(2027, 4, 1), "approved")


def test_a_question_nobody_has_to_answer_any_more_does_not_leave(mail_server: MailServer, move):
    case = clarified()
    row = letter(case, "M03")
    law.record_reply(case.pk, kind=PauseKind.SCOPE, by=actor("officer"))

    services.deliver(row.pk)

    row.refresh_from_db()
    assert (row.state, mail_server.accepted) == (NotificationState.CANCELLED, [])


def test_a_question_the_server_refuses_was_never_put(mail_server: MailServer, move):
    mail_server.rcpt = "550 5.1.1 no such user"
    case = clarified()

    carried(case, "M03")

    assert factories.again(case).state == CaseState.IN_PROGRESS
    assert case.pauses.get().ended == PauseEnd.UNDELIVERABLE


def test_a_question_that_bounces_days_later_was_never_put_either(mail_server: MailServer, move):
    case = clarified()
    row = carried(case, "M03")
    move(2027, 3, 6, 9)

    services.bounced(addresses=[], message_ids=[row.message_id])

    assert factories.again(case).case_due == date(2027, 4, 1)


def test_the_notice_of_extension_moves_the_date_when_it_left(mail_server: MailServer, move):
    case = factories.in_progress(received_at=TUESDAY)
    extended(case)

    row = carried(case, "M05")

    assert factories.again(case).case_due == date(2027, 6, 2)
    for said in (
        "nous vous avions annoncé une réponse pour le 1er avril 2027",
        "La raison : vos données se trouvent dans quatre systèmes.\n\nVous recevrez",
        "au plus tard le 2 juin 2027. Voici ce qui est déjà fait : deux systèmes sont lus.",
    ):
        assert said in text(row)


def test_a_notice_that_could_only_leave_too_late_does_not_leave(mail_server: MailServer, move):
    mail_server.data = "451 try later"
    case = factories.in_progress(received_at=TUESDAY)
    extended(case)
    assert carried(case, "M05").state == NotificationState.FAILED

    mail_server.data = "250 Ok"
    move(2027, 4, 3, 9)
    row = carried(case, "M05")
    law.ring()

    assert (row.state, mail_server.accepted) == (NotificationState.CANCELLED, [])
    assert Extension.objects.get().state == ExtensionState.LAPSED


def test_two_reminders_to_the_person_and_then_the_officer_decides(mail_server: MailServer, move):
    case = factories.confirmed(received_at=TUESDAY)
    law.ask_identity(case.pk, doubt="autre adresse", by=actor("officer"))
    carried(case, "M02")

    seen = []
    for day in ((2027, 3, 12), (2027, 3, 22), (2027, 4, 1), (2027, 4, 2)):
        move(*day, 9)
        law.ring()
        services.sweep_pending()
        seen.append(list(Notification.objects.filter(case=case).order_by("id").values_list("letter", flat=True)))

    assert [names[2:] for names in seen] == [["M21"], ["M21", "M21"], ["M21", "M21", "A11"], ["M21", "M21", "A11"]]
    assert "Le 2 mars 2027, nous vous avons demandé de confirmer votre identité." in text(letter(case, "M21"))
    assert "Merci de répondre au plus tard le 1er avril 2027." in text(letter(case, "M21"))


def test_an_apology_and_a_warning_leave_with_their_reasons(mail_server: MailServer, move):
    case = factories.confirmed((Right.RESTRICTION,), received_at=TUESDAY)
    law.restrict_interim(case.pk, ground=InterimGround.ACCURACY, how="facturation", by=actor("officer"))
    law.announce_lifting(case.pk, on=date(2027, 3, 9), reason="l'adresse est corrigée.", by=actor("officer"))
    assert "Ce gel prendra fin le 9 mars 2027. La raison : l'adresse est corrigée." in text(carried(case, "M12b"))
    move(2027, 3, 9, 9)
    law.lift_interim(case.pk, by=actor("officer"))
    move(2027, 4, 2, 9)

    law.apologise(case.pk, why="une panne", until=date(2027, 4, 9), by=actor("officer"))

    row = carried(case, "M20")
    assert "devait vous parvenir le 1er avril 2027" in text(row)
    assert "au plus tard le 9 avril 2027" in text(row)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.FR, "La limitation que vous aviez demandée prendra fin le 9 mars 2027. La raison : tout est juste."),
        (Language.NL, "De beperking die u had gevraagd, eindigt op 9 maart 2027. De reden: tout est juste."),
        (Language.DE, "Die von Ihnen verlangte Einschränkung endet am 9. März 2027. Der Grund: tout est juste."),
        (Language.EN, "The restriction you had asked for ends on 9 March 2027. The reason: tout est juste."),
    ],
)
def test_the_warning_before_a_granted_restriction_ends_speaks_of_what_was_asked_for(move, language, words):
    case = factories.in_progress((Right.RESTRICTION,), received_at=TUESDAY, language=language)
    claim = factories.claim(case, Right.RESTRICTION)
    law.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))
    law.approve(claim.pk, version=1, by=actor("reviewer"))
    factories.carry_out(claim.pk)
    law.answer(claim.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))

    law.announce_lifting(case.pk, on=date(2027, 3, 9), reason="tout est juste.", by=actor("officer"))

    said = text(letter(case, "M12b"))
    assert words in said
    assert not any(told in said for told in ("gelées", "bevroren", "gesperrt", "frozen"))


# -- a notice that came back ----------------------------------------------------------------------------


def told_and_came_back(move) -> Case:
    case = factories.in_progress(received_at=TUESDAY)
    extended(case)
    row = carried(case, "M05")
    assert factories.again(case).case_due == date(2027, 6, 2)
    move(2027, 3, 2, 15)
    assert services.bounced(addresses=[], message_ids=[row.message_id]) == 1
    return factories.again(case)


def test_a_notice_that_came_back_extends_nothing_until_it_is_posted_in_time(mail_server: MailServer, move):
    case = told_and_came_back(move)

    assert (case.case_due, case.extension.state, case.extension.announced_on) == (date(2027, 4, 1), "approved", None)
    assert law.notice_has_to_be_posted(case)
    assert law.differences(case) == []

    move(2027, 3, 5, 10)
    law.announce_extension(case.pk, at=utc(2027, 3, 5, 9), evidence="RE 1", by=actor("officer"))

    case = factories.again(case)
    assert (case.case_due, law.notice_has_to_be_posted(case)) == (date(2027, 6, 2), False)
    assert law.differences(case) == []


def test_a_notice_that_came_back_and_is_not_posted_lapses_with_the_first_month(mail_server: MailServer, move):
    case = told_and_came_back(move)

    move(2027, 4, 3, 9)
    law.ring()

    case = factories.again(case)
    assert (case.extension.state, case.case_due, case.overdue) == ("lapsed", date(2027, 4, 1), True)


def test_a_notice_that_comes_back_after_the_first_month_has_lapsed_at_once(mail_server: MailServer, move):
    case = factories.in_progress(received_at=TUESDAY)
    extended(case)
    row = carried(case, "M05")
    move(2027, 4, 6, 9)

    services.bounced(addresses=[], message_ids=[row.message_id])

    case = factories.again(case)
    assert (case.extension.state, case.case_due) == ("lapsed", date(2027, 4, 1))
    assert law.differences(case) == []


def test_a_mail_that_comes_back_undoes_no_notice_that_was_posted(mail_server: MailServer, move):
    case = told_and_came_back(move)
    law.announce_extension(case.pk, at=utc(2027, 3, 2, 15), evidence="RE 1", by=actor("officer"))

    law.notice_lost(case.pk, by=POST_OFFICE)

    assert factories.again(case).case_due == date(2027, 6, 2)
