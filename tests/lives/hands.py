"""The hand that fills in an act: one that always does it well, and one that may do anything."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from django.utils import timezone
from hypothesis import strategies as st

from workflow.models import Case, Claim
from workflow.states import ClaimState, Right

T = TypeVar("T")
WORDS = "Invoices of 2021 are kept for seven years."
OTHER_ADDRESS = "grace@example.org"


@dataclass
class Hand:
    """Does every act well: the first of the choices, words where words are wanted, the present moment.

    ``case`` is the one acted on, ``others`` are cases it may be merged into.
    """

    case: Case
    others: list[Case] = field(default_factory=list)

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[0]

    def words(self) -> str:
        return self.one_of([WORDS, WORDS, WORDS, "", "   "])

    def days(self, *choices: int) -> Any:
        """A moment so many days from now."""
        return timezone.now() + timedelta(days=self.one_of(choices))

    def moment(self) -> Any:
        return self.days(0, 0, 0, -1, -40, 1)

    def yes(self) -> bool:
        return self.one_of([True, False])

    def rights(self) -> list[Right]:
        held = [Right(claim.right) for claim in self.case.claims.all() if claim.state != ClaimState.WITHDRAWN.value]
        return held or [Right.ACCESS]

    def claim(self, *best: ClaimState) -> Claim | None:
        """One of the case's, first those that stand where the act wants them; None in a case without."""
        claims = list(self.case.claims.all())
        claims.sort(key=lambda claim: claim.state not in {state.value for state in best})
        return self.one_of(claims) if claims else None

    def version(self, claim: Claim) -> int:
        return self.one_of([claim.version, claim.version, claim.version, claim.version - 1, claim.version + 1])


@dataclass
class AnyHand(Hand):
    """Draws every choice, good or bad."""

    data: st.DataObject | None = None

    def one_of(self, choices: Sequence[T]) -> T:
        assert self.data is not None
        return self.data.draw(st.sampled_from(list(choices)))

    def rights(self) -> list[Right]:
        assert self.data is not None
        if self.yes():
            return super().rights()
        return self.data.draw(st.lists(st.sampled_from(list(Right)), max_size=4, unique=True))
