"""The case page shows a drafted answer as it will leave, beside it in the reader's own language."""

from html import unescape

from tests import factories
from tests.dsar.web.conftest import As
from workflow import services as law
from workflow.states import Ground, Language, Outcome, Right


def test_a_drafted_answer_is_read_before_it_leaves(as_: As) -> None:
    case = factories.in_progress((Right.INFORMATION,), language=Language.NL)
    claim = factories.claim(case, Right.INFORMATION)
    law.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=factories.actor("officer"))

    page = unescape(as_("officer").get(f"/cases/{case.uuid}/").content.decode())

    assert "La lettre telle qu’elle partira" in page
    assert case.reference in page
    assert '<p class="pre said" lang="nl">' in page
    assert "La même lettre dans votre langue" in page
    assert "⟦link⟧" not in page


def test_who_may_not_read_mail_sees_no_letter(as_: As) -> None:
    case = factories.in_progress((Right.INFORMATION,))
    law.draft(
        factories.claim(case, Right.INFORMATION).pk,
        outcome=Outcome.GRANTED,
        **factories.SAID,
        by=factories.actor("officer"),
    )

    page = unescape(as_("auditor").get(f"/cases/{case.uuid}/").content.decode())

    assert "La lettre telle qu’elle partira" not in page


def test_what_the_letter_lacks_stands_there_in_words(as_: As) -> None:
    case = factories.in_progress((Right.RECTIFICATION,))
    claim = factories.claim(case, Right.RECTIFICATION)
    why = {"ground": Ground.G_NOTWRONG, "facts": "La facture le montre."}
    law.draft(claim.pk, outcome=Outcome.REFUSED, by=factories.actor("officer"), **why)
    type(factories.staff("officer")).objects.filter(username="officer").update(name="")

    page = unescape(as_("manager").get(f"/cases/{case.uuid}/").content.decode())

    assert "il manque" in page
    assert "le nom de la personne qui a rédigé la décision" in page
