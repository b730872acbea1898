"""A letter on paper: whoever has no e-mail gets every letter, and a printed decision says all of it."""

import re
from dataclasses import replace

import pytest

from notifications import letters, rendering, services
from notifications.kinds import Audience, Letter, NotificationState
from notifications.letters import REGISTER, STATUS_LINK, grounds
from notifications.models import Notification
from tests import factories
from tests.notifications.composing import order_of
from workflow import services as law
from workflow.models import Case
from workflow.states import Channel, ClaimState, Ground, Language, Outcome, Right

pytestmark = pytest.mark.django_db

FACTS = "Das Geburtsdatum stand am 3. Mai so in Ihrem Vertrag.\nSie haben ihn unterschrieben"
TO_PERSON = [entry for entry in REGISTER.values() if entry.audience is Audience.PERSON]
# What only somebody with a mail before them can do.
OF_A_MAIL = re.compile(
    r"(cet|deze|diese|this) e-?mail|à ce message|à celui-ci|dit bericht meteen|diese Nachricht:|reply to this|⟦",
    re.IGNORECASE,
)


def _refused(case: Case, facts: str = FACTS) -> None:
    officer = factories.actor("officer")
    claim = factories.claim(case, Right.RECTIFICATION)
    law.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_NOTWRONG, facts=facts, by=officer)
    factories.submit(claim.pk, by=officer)
    claim.refresh_from_db()
    if claim.state == ClaimState.IN_REVIEW.value:
        law.approve(claim.pk, version=claim.version, by=factories.actor("manager"))
    services.sweep_pending()


def _content(case: Case, letter: Letter) -> rendering.Content:
    return services.content_of(Notification.objects.get(case=case, letter=letter.value))


# -- a decision that is printed --------------------------------------------------------------------------


def test_a_refusal_by_mail_is_printed_with_its_reasons_and_mailed_without_them():
    case = factories.in_progress((Right.RECTIFICATION,), language=Language.DE)

    _refused(case)

    content = _content(case, Letter.M06)
    (language, printed), *more = content.paper
    assert (language, more) == ("de", [])
    assert "Geburtsdatum" not in content.text
    assert f"Der Grund: {FACTS} (Rechtsgrundlage: die Daten sind richtig, Artikel 16 DSGVO)." in printed
    assert "1) Schreiben Sie uns: Eine andere Person prüft" in printed
    assert "2) Sie können Beschwerde bei der belgischen Datenschutzbehörde" in printed
    assert "3) Sie können auch vor Gericht gehen." in printed
    assert STATUS_LINK in content.text
    assert STATUS_LINK not in printed


def test_a_fee_is_printed_with_its_facts_and_its_ground():
    order = order_of(REGISTER[Letter.M06F], Language.EN, facts="Third time in a week", ground="G")

    (_language, printed), *_more = rendering.compose(order).paper

    assert "The reason: Third time in a week (legal ground: G)." in printed
    assert STATUS_LINK not in printed


@pytest.mark.parametrize("language", list(Language), ids=lambda one: one.value)
def test_every_ground_is_said_with_its_article_in_every_language(language: Language) -> None:
    law_of = {"fr": "RGPD", "nl": "AVG", "de": "DSGVO", "en": "GDPR"}[language.value]
    said = {ground: grounds.ground(ground, Right.ACCESS, language) for ground in Ground}

    assert all(re.search(rf"\d.* {law_of}$", text) for text in said.values())
    assert set(grounds.OUTCOMES[language]) == set(Outcome)
    expected = {
        "fr": "une loi nous oblige à conserver ces données, article 17.3.b du RGPD",
        "nl": "een wet verplicht ons deze gegevens te bewaren, artikel 17, lid 3, onder b, AVG",
        "de": "ein Gesetz verpflichtet uns, diese Daten aufzubewahren, Artikel 17 Absatz 3 Buchstabe b DSGVO",
        "en": "a law obliges us to keep these data, Article 17(3)(b) GDPR",
    }
    assert said[Ground.G_173B] == expected[language.value]
    assert "20" in grounds.ground(Ground.G_OTHERS, Right.PORTABILITY, language)


@pytest.mark.parametrize("entry", TO_PERSON, ids=lambda entry: entry.letter.value)
def test_nothing_on_paper_asks_to_click_or_to_reply_to_a_mail(entry: letters.Entry) -> None:
    of_paper = dict.fromkeys(entry.of_paper, "=")
    for language in Language:
        content = rendering.compose(order_of(entry, language, hands_over=True, **of_paper))

        printed = dict(content.paper).get(language.value, content.text)
        assert OF_A_MAIL.search(printed) is None, printed
        assert "\n\n\n" not in printed
        assert "  " not in printed


def test_what_an_officer_typed_is_printed_as_it_was_typed():
    order = order_of(REGISTER[Letter.M26], Language.EN, text="Please reply to this email.")

    (_language, printed), *_more = rendering.compose(order).paper

    assert "Please reply to this email." in printed
    assert "Questions? Just write to us." in printed


# -- a person without e-mail -------------------------------------------------------------------------------


def test_who_wrote_by_post_gets_every_letter_to_be_printed_beginning_with_the_acknowledgement():
    case = factories.in_progress((Right.RECTIFICATION,), person_email="", channel=Channel.POST, language=Language.FR)

    _refused(case)

    rows = Notification.objects.filter(case=case, audience=Audience.PERSON.value).order_by("id")
    assert [row.letter for row in rows] == ["M01", "M06"]
    assert {(row.recipient, row.state) for row in rows} == {("", NotificationState.DRAFTED.value)}
    assert services.due() == []
    ack, decision = (services.content_of(row) for row in rows)
    assert "C'est gratuit." in ack.text
    assert "Nous gardons le dossier 5 ans après sa clôture" in ack.text
    assert FACTS in decision.text
    assert "article 16 du RGPD" in decision.text
    assert not OF_A_MAIL.search(ack.text + decision.text)


def test_a_printed_letter_answers_nothing_before_somebody_says_that_it_was_posted():
    case = factories.in_progress((Right.RECTIFICATION,), person_email="", channel=Channel.POST)

    _refused(case)

    assert factories.claim(case, Right.RECTIFICATION).state == ClaimState.APPROVED.value


def test_a_decision_on_paper_without_reasons_is_not_made():
    order = order_of(REGISTER[Letter.M06], Language.FR, facts="", ground="")

    with pytest.raises(rendering.EmptyVariable, match="facts, ground"):
        rendering.compose(replace(order, recipient=""))
