"""What follows a merger: the person is told, and the case that goes on tells what was done in the other."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from dsar.history import dossier
from dsar.history.labels import LETTERS
from dsar.history.record import FULL, PSEUDONYMISED
from dsar.history.timeline import case_history
from dsar.intake import merging
from notifications import services as post_office
from notifications.models import Notification, Thread
from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.dsar.intake.test_linking import MONDAY, letters_of, officer, own_case, second
from workflow import queries, services
from workflow.models import Case

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def case(time_machine: Any) -> Case:
    time_machine.move_to(MONDAY, tick=False)
    return own_case(take_in(mail(), at=MONDAY))


# -- what the person is told -----------------------------------------------------------------------------


def test_whoever_wrote_the_merged_case_is_told_where_it_goes_on(case: Case) -> None:
    held = own_case(second())

    merging.merge(held.pk, into=case.pk, by=officer())
    post_office.sweep_pending()
    post_office.sweep_pending()

    [letter] = Notification.objects.filter(case=held)
    content = post_office.content_of(letter)
    assert (letter.letter, letter.recipient, letter.language) == ("M16", "ada@example.org", "fr")
    assert held.reference in content.subject
    assert case.reference in content.subject
    assert "1er mars 2027" in content.text  # the first receipt, which counts
    assert "31 mars 2027" in content.text


def test_a_machine_whose_case_is_merged_is_told_nothing(case: Case) -> None:
    held = own_case(second())
    Thread.objects.filter(case=held).update(acknowledge=False)

    merging.merge(held.pk, into=case.pk, by=officer())
    post_office.sweep_pending()

    assert letters_of(held) == []


def test_the_letter_names_the_case_that_goes_on_after_a_chain_of_mergers(case: Case) -> None:
    last = own_case(second("Effacez mes données.\n\nAda", message_id="<3@example.org>"))
    held = own_case(second())

    merging.merge(held.pk, into=case.pk, by=officer())
    merging.merge(case.pk, into=last.pk, by=officer())
    post_office.sweep_pending()

    letter = Notification.objects.get(case=held, letter="M16")
    assert last.reference in post_office.content_of(letter).subject


def test_the_history_and_the_page_of_the_other_case_hold_its_notes_and_letters(case: Case) -> None:
    held = own_case(second())
    services.add_note(held.pk, text="Rappelée au numéro du contrat.", by=officer())
    merging.merge(held.pk, into=case.pk, by=officer())
    post_office.sweep_pending()

    full, hidden = (case_history(factories.again(case), variant=variant) for variant in (FULL, PSEUDONYMISED))
    with translation.override("fr"):
        printed, without_names = (unescape(dossier.page(one, "fr")[0]) for one in (full, hidden))

    [merged] = full.absorbed
    assert (merged.reference, merged.into, merged.intact) == (held.reference, case.reference, True)
    assert merged.head == queries.history(held).last().hash
    assert [note.text for note in merged.notes] == ["Rappelée au numéro du contrat."]
    assert [letter.letter for letter in merged.letters] == ["M16"]
    assert "Rappelée au numéro du contrat." in printed
    assert Notification.objects.get(letter="M16").message_id in printed
    assert "Rappelée" not in without_names
    assert "ada@example.org" not in without_names
    assert merged.head[:32] in without_names
    client = Client()
    client.force_login(factories.staff("officer"))
    shown = unescape(client.get(f"/cases/{case.uuid}/").content.decode())
    assert f'M16 {LETTERS["M16"]} <small>FR · <a href="/cases/{held.uuid}/">{held.reference}</a>' in shown
