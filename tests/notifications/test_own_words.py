"""Officers add paragraphs to a letter before it goes; what stands in it without them stays."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.utils import translation

from notifications import previewing, rendering, services
from notifications.models import Notification
from tests import factories
from tests.factories import actor, utc
from workflow import services as law
from workflow.guards import CannotDo
from workflow.models import Case, Claim, Event
from workflow.states import (
    EventKind,
    ExtensionReason,
    Ground,
    InterimGround,
    Language,
    Outcome,
    Right,
)

pytestmark = pytest.mark.django_db
TUESDAY = utc(2027, 3, 2, 8)
FACTS = "La facture du 3 mars le montre."
OWN = "Nous savons que ce refus vous déçoit.\n\nAppelez-nous quand vous voulez."


@pytest.fixture
def move(time_machine):
    def to(*parts: int) -> None:
        time_machine.move_to(utc(*parts), tick=False)

    to(2027, 3, 2, 9)
    return to


@pytest.fixture(autouse=True)
def _morning(move) -> Iterator[None]:
    """Nothing here depends on the day the tests run, nor on who reads the refusals."""
    with translation.override("en"):
        yield


def refused(own: dict[Language, str], **how: object) -> Claim:
    case = factories.in_progress((Right.RECTIFICATION,), received_at=TUESDAY, **how)
    claim = factories.claim(case, Right.RECTIFICATION)
    law.draft(
        claim.pk,
        outcome=Outcome.REFUSED,
        ground=Ground.G_NOTWRONG,
        facts=FACTS,
        own=own,
        by=actor("officer"),
    )
    return factories.claim(case, Right.RECTIFICATION)


def approved(claim: Claim) -> Notification:
    factories.submit(claim.pk, by=actor("officer"))
    claim.refresh_from_db()
    law.approve(claim.pk, version=claim.version, by=actor("reviewer"))
    services.sweep_pending()
    return Notification.objects.get(claim_uuid=claim.uuid)


def letter(case: Case, code: str) -> rendering.Content:
    services.sweep_pending()
    return services.content_of(Notification.objects.filter(case=case, letter=code).latest("id"))


# -- an answer -----------------------------------------------------------------------------------------


def test_the_paragraphs_of_a_draft_stand_in_the_letter_that_was_read_and_all_else_stays():
    claim = refused({Language.FR: OWN})
    shown = previewing.answer(claim)
    without = previewing.answer(refused({}))

    left = services.content_of(approved(claim))

    assert shown == left
    assert left.own
    assert f"\n\n{OWN}\n\n" in left.text
    assert dict(left.paper)["fr"].count(OWN) == 1
    assert without is not None
    mandatory = [
        one for one in without.text.replace(without.subject, "").split("\n\n") if "DSR-" not in one and "⟦" not in one
    ]
    assert all(paragraph.strip() in left.text for paragraph in mandatory)
    assert "plainte" in left.text
    assert "tribunal" in left.text


def test_they_are_shown_as_typed_beside_the_letter_in_the_readers_language():
    shown = previewing.answer(refused({Language.NL: "Bel ons gerust."}, language=Language.NL))

    assert shown is not None
    assert "Bel ons gerust." in shown.text
    assert all("Bel ons gerust." in text for _language, text in shown.readings)


def test_a_letter_in_two_languages_takes_them_in_both():
    case = factories.in_progress((Right.RECTIFICATION,), received_at=TUESDAY, language=Language.EN)
    law.choose_language(case.pk, language=Language.EN, second=Language.FR, by=actor("officer"))
    claim = factories.claim(case, Right.RECTIFICATION)
    how = {"outcome": Outcome.REFUSED, "ground": Ground.G_NOTWRONG, "facts": FACTS, "by": actor("officer")}

    with pytest.raises(CannotDo, match="each language"):
        law.draft(claim.pk, own={Language.EN: "Call us."}, **how)
    law.draft(claim.pk, own={Language.EN: "Call us.", Language.FR: "Appelez-nous."}, **how)

    shown = previewing.answer(factories.claim(factories.again(case), Right.RECTIFICATION))
    assert shown is not None
    assert [("Call us." in text, "Appelez-nous." in text) for _language, text in shown.sections] == [
        (True, False),
        (False, True),
    ]


def test_a_changed_paragraph_is_a_new_version_that_is_approved_anew():
    claim = refused({Language.FR: "Un."})
    factories.submit(claim.pk, by=actor("officer"))
    with pytest.raises(CannotDo):
        law.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, own={Language.FR: "Deux."}, by=actor("officer"))
    law.send_back(claim.pk, comment="Plus court.", by=actor("reviewer"))
    law.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, own={Language.FR: "Deux."}, by=actor("officer"))
    factories.submit(claim.pk, by=actor("officer"))

    with pytest.raises(CannotDo, match="changed after you opened"):
        law.approve(claim.pk, version=1, by=actor("reviewer"))


def test_a_paragraph_is_words_never_code_nor_a_header():
    hostile = (
        "{{ ref }} {% include 'x' %} [[1]] ⟦link⟧ <b>\r\nBcc: spy@evil.example\r\n\x00\u202e=?utf-8?q?=0D=0ABcc:x?="
    )
    row = approved(refused({Language.FR: hostile}))

    raw = rendering.build(row, services.content_of(row))
    head, text = raw.split(b"\r\n\r\n", 1)[0], services.content_of(row).text

    assert b"spy" not in head
    assert "{{ ref }} {% include 'x' %} [[1]] [link] <b>\nBcc: spy@evil.example" in text
    assert "\x00" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("nothing", ["", "  \n", "\x01", "\u200b\u2060"])
def test_what_shows_nothing_is_no_paragraph(nothing):
    claim = refused({Language.FR: nothing})

    assert claim.own_words is None
    assert not previewing.answer(claim).own


def test_too_long_is_refused():
    with pytest.raises(CannotDo, match="too long"):
        refused({Language.FR: "x" * 3001})


def test_they_are_sealed_and_the_history_says_that_there_are_some():
    claim = refused({Language.FR: OWN})

    told = Event.objects.get(stream=claim.case.stream, kind=EventKind.CLAIM_DRAFTED.value)

    assert b"Appelez" not in bytes(claim.own_words)
    assert b'"own_words":true' in bytes(told.body)
    assert b"Appelez" not in bytes(told.body)


# -- a letter an act orders --------------------------------------------------------------------------


def say(case: Case, code: str, text: str) -> None:
    law.write_own_words(case.pk, letter=code, words={Language.FR: text}, by=actor("officer"))


def test_the_act_after_them_orders_the_letter_they_stand_in_and_only_that_one():
    case = factories.confirmed((Right.RESTRICTION,), received_at=TUESDAY)
    law.restrict_interim(case.pk, ground=InterimGround.ACCURACY, how="facturation", by=actor("officer"))
    say(case, "M12b", "Nous restons à votre écoute.")
    law.announce_lifting(case.pk, on=date(2027, 3, 9), reason="tout est juste", by=actor("officer"))
    first = letter(case, "M12b")

    law.announce_lifting(case.pk, on=date(2027, 3, 12), reason="tout est juste", by=actor("officer"))
    second = letter(case, "M12b")

    assert ("Nous restons à votre écoute." in first.text, first.own) == (True, True)
    assert ("Nous restons à votre écoute." in second.text, second.own) == (False, False)


def test_the_second_person_approves_an_extension_with_the_words_that_leave():
    case = factories.in_progress((Right.ACCESS,), received_at=TUESDAY)
    say(case, "M05", "Lu par deux personnes.")
    law.ask_extension(
        case.pk, months=1, reason=ExtensionReason.COMPLEXITY, why="onze ans", done="deux", by=actor("officer")
    )
    say(case, "M05", "Ajouté après coup.")
    assert law.own_words_in(case, "M05") == {Language.FR: "Lu par deux personnes."}

    law.approve_extension(case.pk, by=actor("reviewer"))

    text = letter(case, "M05").text
    assert "Lu par deux personnes." in text
    assert "Ajouté" not in text


def test_a_refused_act_takes_its_paragraphs_back():
    case = factories.confirmed((Right.ACCESS,), received_at=TUESDAY)

    def both() -> None:
        with transaction.atomic():
            say(case, "M02", "Bonjour encore.")
            law.ask_identity(case.pk, doubt=" ", by=actor("officer"))

    with pytest.raises(CannotDo):
        both()
    law.ask_identity(case.pk, doubt="l'adresse est nouvelle", by=actor("officer"))

    assert not letter(case, "M02").own


def test_only_letters_to_the_person_that_an_act_orders_take_paragraphs():
    case = factories.confirmed((Right.ACCESS,), received_at=TUESDAY)

    for code in ("M01", "M06", "M13", "A03", "x"):
        with pytest.raises(CannotDo, match="takes no paragraphs"):
            say(case, code, "Bonjour.")
    with pytest.raises(CannotDo, match="Write the paragraph"):
        say(case, "M02", "\u200b")
