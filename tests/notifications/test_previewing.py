"""What the officer reads before a decision is approved is what the person reads after it."""

from dataclasses import replace

import pytest

from notifications import previewing, services
from notifications.models import Notification
from notifications.rendering import EmptyVariable
from tests import factories
from workflow import services as law
from workflow.models import Claim, PolicyVersion
from workflow.states import Ground, Language, Outcome, Right

pytestmark = pytest.mark.django_db
REFUSED = {"outcome": Outcome.REFUSED, "ground": Ground.G_NOTWRONG, "facts": "La facture le montre."}


@pytest.fixture(autouse=True)
def monday(time_machine) -> None:
    time_machine.move_to("2027-03-01T09:00:00+00:00", tick=False)


def drafted(right: Right, **how: object) -> Claim:
    case = factories.in_progress((right,), language=Language.NL)
    law.draft(factories.claim(case, right).pk, by=factories.actor("officer"), **how)
    return factories.claim(case, right)


@pytest.mark.parametrize(
    ("right", "how"),
    [(Right.RECTIFICATION, REFUSED), (Right.INFORMATION, {"outcome": Outcome.GRANTED, **factories.SAID})],
    ids=["refused", "granted"],
)
def test_the_letter_that_leaves_is_the_one_that_was_shown_in_every_language(right, how):
    claim = drafted(right, **how)
    before = Notification.objects.count()

    shown = previewing.answer(claim)
    assert Notification.objects.count() == before
    factories.submit(claim.pk, by=factories.actor("officer"))
    claim.refresh_from_db()
    law.approve(claim.pk, version=claim.version, by=factories.actor("reviewer"))
    services.sweep_pending()

    assert shown is not None
    assert shown == services.content_of(Notification.objects.get(claim_uuid=claim.uuid))
    assert {language for language, _text in (*shown.sections, *shown.readings)} == {"fr", "nl", "de", "en"}


def test_nothing_is_shown_before_an_outcome_or_where_no_mail_goes():
    case = factories.in_progress((Right.INFORMATION,))
    claim = factories.claim(case, Right.INFORMATION)
    assert previewing.answer(claim) is None

    case.person_email = ""
    case.save()
    law.draft(claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=factories.actor("officer"))

    assert previewing.answer(factories.claim(factories.again(case), Right.INFORMATION)) is None


def test_what_it_lacks_is_told():
    claim = drafted(Right.RECTIFICATION, **REFUSED)
    factories.staff("officer").__class__.objects.filter(username="officer").update(name="")

    with pytest.raises(EmptyVariable) as lacking:
        previewing.answer(claim)

    assert lacking.value.names == ("officer",)


def test_the_letter_about_an_erasure_names_the_years_of_the_settings():
    owner = factories.installation()
    policy = PolicyVersion.objects.filter(controller=owner).latest("number").policy
    changed = replace(policy, retention=replace(policy.retention, case_years=3))
    law.set_policy(changed, controller=owner, reason="For a test.", by=factories.actor("manager"))

    shown = previewing.answer(drafted(Right.ERASURE, outcome=Outcome.GRANTED))

    assert shown is not None
    said = {**dict(shown.sections), **dict(shown.readings)}
    told = {"fr": "pendant 3 ans", "nl": "3 jaar na", "de": "3 Jahre lang", "en": "for 3 years"}
    assert all(words in said[language] for language, words in told.items())
