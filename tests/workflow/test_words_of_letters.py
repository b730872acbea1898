"""What is typed for a letter says something: a point, or what nobody sees, would make a letter that cannot leave."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from workflow import services as law
from workflow.actors import Actor
from workflow.guards import CannotDo
from workflow.models import Case, Event
from workflow.states import ExtensionReason, Ground, InterimGround, Outcome, Right

pytestmark = pytest.mark.django_db

NOTHING = [".", "...", "\u200b", "\u2060 .", "\x01", "–", "  "]
Write = Callable[[Case, str, Actor], None]


def extension(case: Case, text: str, by: Actor) -> None:
    law.ask_extension(case.pk, months=1, reason=ExtensionReason.COMPLEXITY, why=text, done="Relevé des sources", by=by)


def done_so_far(case: Case, text: str, by: Actor) -> None:
    law.ask_extension(case.pk, months=1, reason=ExtensionReason.COMPLEXITY, why="Volume", done=text, by=by)


def reply(case: Case, text: str, by: Actor) -> None:
    law.write_reply(case.pk, text=text, by=by)


def question(case: Case, text: str, by: Actor) -> None:
    law.ask_clarification(case.pk, question=text, choices=["Factures"], by=by)


def choice(case: Case, text: str, by: Actor) -> None:
    law.ask_clarification(case.pk, question="Quelles données ?", choices=[text], by=by)


def mandate(case: Case, text: str, by: Actor) -> None:
    law.ask_mandate(case.pk, question=text, by=by)


def lifting(case: Case, text: str, by: Actor) -> None:
    law.restrict_interim(case.pk, ground=InterimGround.ACCURACY, how="Compte client", by=by)
    law.announce_lifting(case.pk, on=timezone.localdate() + timedelta(days=2), reason=text, by=by)


def facts(case: Case, text: str, by: Actor) -> None:
    claim = factories.claim(case, Right.RECTIFICATION)
    law.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_NOTWRONG, facts=text, by=by)
    factories.submit(claim.pk, by=by)


@pytest.mark.parametrize("text", NOTHING)
@pytest.mark.parametrize("write", [extension, done_so_far, reply, question, choice, mandate, lifting, facts])
def test_words_that_say_nothing_are_refused_when_they_are_typed(write: Write, text: str) -> None:
    case = factories.in_progress((Right.RECTIFICATION,))
    letters = {"extension_asked", "reply_written", "clarification_asked", "mandate_asked", "lifting_announced"}

    with pytest.raises(CannotDo):
        write(case, text, factories.actor("officer"))

    assert not letters & set(Event.objects.filter(stream=case.stream).values_list("kind", flat=True))
