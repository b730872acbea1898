"""Words a person will read, of which nothing can be seen: refused where they are typed."""

from datetime import date

import pytest

from tests import factories
from workflow import services as law
from workflow.guards import CannotDo, is_blank, says_nothing
from workflow.states import ExtensionReason, Ground, Outcome

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("nothing", ["\u200b", "\x01", "\u2060", "\u3164", ".", " … "])
def test_nor_are_they_taken_from_an_officer(nothing: str) -> None:
    """What no letter can say is refused where it is typed: later nobody could correct the words."""
    case, officer = factories.in_progress(), factories.actor("officer")

    with pytest.raises(CannotDo, match="Write the message first"):
        law.write_reply(case.pk, text=nothing, by=officer)
    with pytest.raises(CannotDo, match="question"):
        law.ask_clarification(case.pk, question=nothing, choices=["all"], by=officer)
    with pytest.raises(CannotDo, match="question"):
        law.ask_clarification(case.pk, question="Which year?", choices=[nothing], by=officer)
    for why, done in ((nothing, "We asked two systems."), ("Three archives.", nothing)):
        with pytest.raises(CannotDo, match="the person reads both"):
            law.ask_extension(case.pk, months=1, reason=ExtensionReason.COMPLEXITY, why=why, done=done, by=officer)
    with pytest.raises(CannotDo, match="the person reads it"):
        law.apologise(case.pk, why=nothing, until=date(2099, 1, 1), by=officer)
    claim = factories.claim(case)
    with pytest.raises(CannotDo, match="the facts"):
        law.draft(claim.pk, outcome=Outcome.PARTLY_GRANTED, ground=Ground.G_OTHERS, facts=nothing, by=officer)


def test_every_script_says_something() -> None:
    """Persian is written with joiners, emoji with selectors: those words are not blank."""
    for text in ("می\u200cخواهم", "日本語", "ok", "1", "Γειά", "नमस्ते", "\u200fשלום"):
        assert not says_nothing(text)
        assert not is_blank(text)
    assert not is_blank("…")
    assert is_blank("\ufe0f\u200d \u00ad")
