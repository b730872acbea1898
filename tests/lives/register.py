"""How an act of the law is told: its name, who usually does it, and how a hand fills it in."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.factories import staff
from tests.lives.hands import Hand
from workflow.actors import CLOCK, INTAKE, POST_OFFICE, Actor
from workflow.models import Claim
from workflow.states import ClaimState

Does = Callable[[Hand, Actor], object]
BEST = {
    "approve": ClaimState.IN_REVIEW,
    "send_back": ClaimState.IN_REVIEW,
    "answer": ClaimState.APPROVED,
    "record_execution": ClaimState.APPROVED,
    "record_step_failed": ClaimState.APPROVED,
}
SYSTEM = {"intake": INTAKE, "post office": POST_OFFICE, "clock": CLOCK}


@dataclass(frozen=True)
class Act:
    """``who``: a member of staff by user name, or a part of the system."""

    name: str
    who: str
    do: Does

    def actor(self, username: str = "") -> Actor:
        who = username or self.who
        return SYSTEM[who] if who in SYSTEM else staff(who).actor()


ACTS: dict[str, Act] = {}


def act(who: str = "officer") -> Callable[[Does], Does]:
    def register(do: Does) -> Does:
        ACTS[do.__name__] = Act(do.__name__, who, do)
        return do

    return register


def on_claim(who: str = "officer") -> Callable[[Callable[[Hand, Claim, Actor], object]], object]:
    """An act on one right; in a case without any there is nothing to press."""

    def register(do: Callable[[Hand, Claim, Actor], object]) -> object:
        def chosen(hand: Hand, by: Actor) -> None:
            claim = hand.claim(BEST.get(do.__name__, ClaimState.OPEN))
            if claim is not None:
                do(hand, claim, by)

        ACTS[do.__name__] = Act(do.__name__, who, chosen)
        return do

    return register
