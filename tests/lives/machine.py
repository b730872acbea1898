"""A few cases, moved by anyone through acts legal and illegal, while days pass; what must hold after each.

An act either leaves an event of what it changed, or it is refused with a sentence and changes nothing.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests import factories
from tests.lives import told
from tests.lives.acts import ACTS, Act
from tests.lives.hands import OTHER_ADDRESS, AnyHand, Hand
from tests.lives.natural import next_act
from tests.lives.rules import broken_rules
from workflow import events, services
from workflow.actors import INSTALLER, Actor
from workflow.guards import CannotDo
from workflow.models import (
    Case,
    Claim,
    Collection,
    Event,
    Extension,
    Fee,
    IdentityCheck,
    Milestone,
    Pause,
    Reexamination,
    Requirement,
)
from workflow.states import Right, Role

START = datetime(2027, 2, 26, 9, 0, tzinfo=UTC)
STAFF = ["officer", "reviewer", "manager", "auditor", "administrator", "examiner"]
SYSTEM_ACTS = {"intake", "post office", "clock"}
MOST_CASES = 3


class Lives(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.clock = time_machine.travel(START, tick=False)
        self.time = self.clock.start()
        self.cases: list[int] = []
        self.touched: set[int] = set()
        self.story: list[str] = []  # shown when a rule is broken

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    @initialize(rights=st.sampled_from([(Right.ACCESS,), (Right.ERASURE, Right.ACCESS), (Right.OBJECTION_DM,)]))
    def a_request_arrives(self, rights: tuple[Right, ...]) -> None:
        factories.installation()
        self.open(rights)

    # -- what happens ------------------------------------------------------------------------

    @rule(rights=st.lists(st.sampled_from(list(Right)), max_size=4, unique=True), known=st.booleans())
    def somebody_writes(self, rights: list[Right], known: bool) -> None:
        if len(self.cases) < MOST_CASES:
            self.open(tuple(rights), **({} if known else {"person_email": "", "to_be_linked": True}))

    @rule(days=st.sampled_from([0, 0, 1, 3, 10, 20, 31]), hours=st.integers(1, 30))
    def time_passes(self, days: int, hours: int) -> None:
        self.time.shift(timedelta(days=days, hours=hours))

    @rule(data=st.data(), name=st.sampled_from(sorted(ACTS)))
    def anyone_does_anything(self, data: st.DataObject, name: str) -> None:
        act = ACTS[name]
        who = act.who if act.who in SYSTEM_ACTS else data.draw(st.sampled_from([act.who, act.who, *STAFF]))
        self.do(act, who, AnyHand(self.some_case(data), self.other_cases(), data))

    @rule(data=st.data(), name=st.sampled_from(sorted(ACTS)))
    def somebody_does_it_well(self, data: st.DataObject, name: str) -> None:
        self.do(ACTS[name], ACTS[name].who, Hand(self.some_case(data), self.other_cases()))

    @rule(data=st.data(), steps=st.integers(1, 6))
    def the_case_goes_its_way(self, data: st.DataObject, steps: int) -> None:
        case = self.some_case(data)
        for _step in range(steps):
            case = factories.again(case)
            if name := next_act(case):
                self.time.shift(timedelta(minutes=5))
                self.do(ACTS[name], ACTS[name].who, Hand(case, self.other_cases()))

    # -- how it is judged ----------------------------------------------------------------------

    def do(self, act: Act, who: str, hand: Hand) -> None:
        self.touched.add(hand.case.pk)
        self.touched.update(case.pk for case in hand.others)
        before = {pk: rows_of(pk) for pk in self.cases}
        told_before = {pk: told_of(pk) for pk in self.cases}
        refused = self.refusal(act, hand, act.actor(who))
        self.story.append(f"{act.name} by {who}: {refused or 'done'}")
        if refused:
            assert told.faults(refused) == [], f"{act.name}: {refused}"
            assert {pk: rows_of(pk) for pk in self.cases} == before, f"{act.name} was refused and changed something"
            assert {pk: told_of(pk) for pk in self.cases} == told_before, f"{act.name} was refused and told something"
            return
        for pk in self.cases:
            changed, new = rows_of(pk) != before[pk], told_of(pk) - told_before[pk]
            assert new or not changed, f"{act.name} changed a case and told nothing"
        if act.name == "answer":
            self.answered_in_order(hand.case.pk)

    def refusal(self, act: Act, hand: Hand, by: Actor) -> Any:
        """The sentence the act is refused with; "" when it was done."""
        try:
            act.do(hand, by)
        except CannotDo as refused:
            return refused.sentence
        return ""

    def answered_in_order(self, case_id: int) -> None:
        """What is erased was handed over before."""
        last = Event.objects.filter(stream=Case.objects.get(pk=case_id).stream, kind="claim_answered").last()
        if last is None:
            return
        claim = Claim.objects.get(uuid=events.fields(last)["claim"])
        if claim.right == Right.ERASURE.value and claim.outcome != "refused":
            copies = claim.case.claims.filter(right__in=[Right.ACCESS.value, Right.PORTABILITY.value])
            assert not copies.exclude(state__in=["answered", "withdrawn"]).exists()

    @invariant()
    def every_rule_holds(self) -> None:
        for pk in sorted(self.touched & set(self.cases)):
            case = Case.objects.select_related("policy_version", "controller").get(pk=pk)
            assert services.differences(case) == [], self.story  # the chain is intact, every date follows from it
            assert broken_rules(case) == [], self.story
            assert told.replayed(case) == told.as_it_stands(case), (case.reference, self.story)
        self.touched.clear()

    # -- helpers ---------------------------------------------------------------------------------

    def open(self, rights: tuple[Right, ...], **more: Any) -> None:
        if not self.cases:
            second_officer()
        email = OTHER_ADDRESS if len(self.cases) == 2 else "ada@example.org"
        values = {"received_at": timezone.now() - timedelta(hours=2), "person_email": email, **more}
        case = factories.received(rights, **values)
        self.cases.append(case.pk)
        self.touched.add(case.pk)

    def some_case(self, data: st.DataObject) -> Case:
        return Case.objects.get(pk=data.draw(st.sampled_from(self.cases)))

    def other_cases(self) -> list[Case]:
        return list(Case.objects.filter(pk__in=self.cases).order_by("-pk"))


def second_officer() -> None:
    services.create_staff(
        username="examiner",
        name="Eve Aubry",
        email="examiner@example.org",
        password="not-used-here-at-all",
        roles=[Role.OFFICER],
        by=INSTALLER,
    )


def told_of(case_id: int) -> int:
    return Event.objects.filter(stream=Case.objects.get(pk=case_id).stream).count()


def rows_of(case_id: int) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the tables hold of one case, but for its history; as the driver gives it, to be compared."""
    with connection.cursor() as cursor:
        found = {}
        for name, statement in _statements().items():
            cursor.execute(statement, [case_id])
            found[name] = cursor.fetchall()
    return found


@cache
def _statements() -> dict[str, str]:
    """By model. Django takes ten times as long to write each of them as the database to answer it."""
    models = (Claim, Pause, Extension, Requirement, Collection, IdentityCheck, Milestone, Reexamination)
    rows = {model: model.objects.filter(case=0).order_by("pk") for model in models}
    rows |= {Case: Case.objects.filter(pk=0), Fee: Fee.objects.filter(claim__case=0).order_by("pk")}
    return {model.__name__: asked.values().query.sql_with_params()[0] for model, asked in rows.items()}
