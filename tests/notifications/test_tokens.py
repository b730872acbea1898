"""Tokens lead back to their case and to nothing else."""

import string

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from notifications import services, tokens
from notifications.models import Notification
from tests import factories
from workflow.models import Event

pytestmark = pytest.mark.django_db
ALPHABET = string.ascii_lowercase + "234567"


def _acknowledged():
    case = factories.received()
    services.consume(Event.objects.get(stream=case.stream, seq=1).pk)
    return case, Notification.objects.get(case=case, letter="M01")


def test_every_token_leads_back_to_its_case():
    case, letter = _acknowledged()

    assert tokens.case_of_reply(tokens.reply_address(case)) == case.pk
    assert tokens.case_of_reply(letter.message_id) == case.pk
    assert tokens.case_of_reply(letter.message_id.strip("<>").upper()) == case.pk
    assert tokens.case_of_reply(f"<{tokens.reply_address(case).upper()}>") == case.pk
    assert tokens.letter_of_bounce(tokens.bounce_address(letter)) == letter.pk
    assert tokens.case_of_bounce(tokens.bounce_address(letter)) == case.pk
    assert tokens.case_of_portal(tokens.portal_token(case)) == case.pk
    assert tokens.portal_url(case) == f"http://localhost:8000/p/{tokens.portal_token(case)}/"


def test_a_token_of_one_purpose_is_worth_nothing_for_another():
    case, letter = _acknowledged()
    reply = tokens.reply_address(case).partition("+r.")[2].partition("@")[0]
    bounce = tokens.bounce_address(letter).partition("+b.")[2].partition("@")[0]

    assert tokens.case_of_portal(reply) is None
    assert tokens.case_of_reply(f"vieprivee+r.{tokens.portal_token(case)}@assistool.com") is None
    assert tokens.case_of_reply(f"vieprivee+r.{bounce}@assistool.com") is None
    assert tokens.case_of_reply(tokens.bounce_address(letter)) is None
    assert tokens.letter_of_bounce(f"vieprivee+b.{reply}@assistool.com") is None


def test_a_token_of_another_case_or_key_is_worth_nothing(settings):
    mine, other = factories.received(), factories.received(person_email="grace@example.org")
    portal = tokens.portal_token(mine)

    assert tokens.case_of_portal(tokens.portal_token(other)) == other.pk
    settings.SECRET_KEY = "another installation's key"
    assert tokens.case_of_portal(portal) is None


def test_a_case_with_the_same_number_in_another_database_is_not_opened():
    case = factories.received()
    portal = tokens.portal_token(case)

    type(case).objects.filter(pk=case.pk).update(uuid="00000000-0000-4000-8000-000000000000")

    assert tokens.case_of_portal(portal) is None


def test_no_single_character_of_a_token_may_differ():
    case = factories.received()
    token = tokens.portal_token(case)

    for position, char in enumerate(token):
        for other in (ALPHABET[(ALPHABET.index(char) + 1) % 32], "", "1"):
            assert tokens.case_of_portal(token[:position] + other + token[position + 1 :]) is None
    assert tokens.case_of_portal(token.upper()) is None
    assert tokens.case_of_portal(token + "=") is None


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(text=st.text(max_size=300))
def test_nothing_that_was_not_minted_is_a_token(text):
    assert tokens.case_of_portal(text) is None
    assert tokens.case_of_reply(text) is None
    assert tokens.case_of_reply(f"vieprivee+r.{text}@assistool.com") is None
    assert tokens.letter_of_bounce(f"vieprivee+b.{text}@assistool.com") is None


def test_addresses_fit_into_mail_and_hold_enough_secret_bits():
    case, letter = _acknowledged()

    for address in (tokens.reply_address(case), tokens.bounce_address(letter)):
        local = address.partition("@")[0]
        assert len(local) <= 64
        assert local == local.lower()
    # five bits a character, less the 48 bits of the number
    assert (len(tokens.portal_token(case)) * 5 - 48) >= 128
    assert len(tokens.reply_address(case).partition("+r.")[2].partition("@")[0]) * 5 - 48 >= 80


def test_letters_of_one_case_have_their_own_ids():
    case = factories.received()

    ids = {tokens.message_id(case, name, identity) for name in ("m07.access", "m07.erasure") for identity in "ab"}

    assert len(ids) == 4
    assert tokens.message_id(case, "m01", "") == tokens.message_id(case, "m01", "")
    assert tokens.message_id(case, "m01", "").startswith(f"<{case.reference.lower()}.m01.")
    assert all(tokens.case_of_reply(one) == case.pk for one in ids)
