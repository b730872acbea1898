"""M15, M17, M18 and M19: what leaves when a case ends without an answer."""

from dataclasses import replace

import pytest

from notifications import services
from notifications.models import Notification
from tests import factories
from tests.factories import actor
from workflow import services as law
from workflow.models import Case, Controller
from workflow.policy import AuthorityPolicy, Policy
from workflow.states import Language, OutOfScope, Right

pytestmark = pytest.mark.django_db


def letters(case: Case) -> dict[str, Notification]:
    services.sweep_pending()
    return {row.letter: row for row in Notification.objects.filter(case=case)}


def text(row: Notification) -> str:
    return services.content_of(row).text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reason", [reason for reason in OutOfScope if reason is not OutOfScope.SPAM])
def test_out_of_scope_is_told_with_a_way_on_and_the_authority(language, reason):
    case = factories.received(language=language)

    law.declare_out_of_scope(case.pk, reason=reason, why="secret remark", by=actor("officer"))

    letter = text(letters(case)["M15"])
    assert getattr(AuthorityPolicy(), f"web_{language.value}") in letter
    assert getattr(AuthorityPolicy(), f"address_{language.value}") in letter
    assert "secret remark" not in letter


def test_spam_is_not_answered():
    case = factories.received()

    law.declare_out_of_scope(case.pk, reason=OutOfScope.SPAM, why="lottery", by=actor("officer"))

    assert "M15" not in letters(case)


def test_heirs_read_condolences_and_no_refusal():
    case = factories.received(language=Language.EN)

    law.declare_out_of_scope(case.pk, reason=OutOfScope.DECEASED, why="a son writes", by=actor("officer"))

    letter = text(letters(case)["M15"])
    assert "condolences" in letter
    assert "does not use a right" not in letter


def test_out_of_scope_that_was_undone_before_its_letter_left_is_not_told(settings):
    case = factories.received()
    law.declare_out_of_scope(case.pk, reason=OutOfScope.SUPPORT, why="refund", by=actor("officer"))
    made = letters(case)["M15"]

    law.undo_out_of_scope(case.pk, why="page two", by=actor("officer"))

    assert services.deliver(made.pk) == "cancelled"


def test_a_withdrawn_right_is_named_and_a_withdrawn_case_names_none():
    case = factories.confirmed((Right.ACCESS, Right.ERASURE), language=Language.EN)

    law.withdraw_claim(
        factories.claim(case, Right.ACCESS).pk,
        said="no copy",
        known_by="They answered our letter.",
        by=actor("officer"),
    )
    law.withdraw_claim(
        factories.claim(case, Right.ERASURE).pk,
        said="nor that",
        known_by="They answered our letter.",
        by=actor("officer"),
    )

    services.sweep_pending()
    first, second = [text(row) for row in Notification.objects.filter(case=case, letter="M17").order_by("id")]
    assert "you no longer ask for: a copy of your data" in first
    assert "you withdraw your request of" in second


def test_a_forwarded_request_is_told_to_the_company_and_to_the_person_apart():
    case = factories.received(language=Language.EN)

    law.forward(case.pk, controller="Acme SA", address="dpo@acme.example", why="their list", by=actor("officer"))

    made = letters(case)
    assert (made["M18"].recipient, made["M18C"].recipient) == ("ada@example.org", "dpo@acme.example")
    assert "Acme SA" in text(made["M18"])
    assert "Ada Lovelace (ada@example.org)" in text(made["M18C"])
    assert "⟦link⟧" not in text(made["M18C"]), "the person's page is the person's"
    assert "their list" not in text(made["M18"]) + text(made["M18C"])


def test_the_authority_of_the_settings_stands_in_the_letter():
    case = factories.received(language=Language.EN)
    policy = replace(Policy(), authority=AuthorityPolicy(address_en="1 New Street", web_en="www.authority.example"))
    law.set_policy(policy, controller=Controller.objects.get(), by=actor("manager"))

    law.declare_out_of_scope(case.pk, reason=OutOfScope.SUPPORT, why="refund", by=actor("officer"))

    assert "(1 New Street, www.authority.example;" in text(letters(case)["M15"])
