"""A year of cases under a clock that is swept: what was rung, beside a naive list of what should have been.

The naive list knows the acts and when the system was up. It computes every date with the naive clock of
``tests.workflow.test_deadlines_naive`` and looks at every case at every sweep; it shares nothing with the product.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from notifications import services as post
from notifications.models import Notification
from tests import factories
from tests.workflow.test_deadlines_naive import naive_brussels, naive_row, works
from workflow import events, services
from workflow.actors import INTAKE, POST_OFFICE
from workflow.deadlines import Pause
from workflow.guards import CannotDo
from workflow.models import Event, Milestone
from workflow.states import EventKind, ExtensionReason, IdentityMethod, Means, Outcome, PauseKind, Right

DAY = timedelta(days=1)
Row = tuple[int, str, date]


@dataclass(frozen=True)
class Plan:
    """How much of what; everything else follows from the ``seed``."""

    seed: int
    cases: int
    days: int
    outages: int
    sweeps: int = 2  # a day
    letters: bool = False  # make the letters of every event, too
    begins: datetime = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass
class Life:
    """One case as the naive list sees it: what was done, and on which Brussels date each row was to be rung."""

    number: int
    received_at: datetime
    identity: bool
    open: bool = True
    questions: list[Pause] = field(default_factory=list)
    months: int = 0
    handed_in: date | None = None
    rung: dict[tuple[str, date], date] = field(default_factory=dict)
    case: Any = None
    claim: Any = None

    def dates(self) -> tuple[date, date] | None:
        """Last day to send and due date; None while the clock stands still."""
        return _dates(self.received_at, tuple(self.questions), self.months)


@cache
def _dates(received_at: datetime, questions: tuple[Pause, ...], months: int) -> tuple[date, date] | None:
    row = naive_row(received_at, list(questions), months or 2)
    if row["case_due_default"] == "SUSPENDED":
        return None
    due = date.fromisoformat(row["ext_due_from_receipt" if months else "case_due_default"][:10])
    send = due
    while not works(send):
        send -= DAY
    return send, due


# -- the naive list ------------------------------------------------------------------------------


def naive_sweep(life: Life, today: date) -> None:
    """Write down what a sweep on this day has to ring for one case."""
    if not life.open:
        return
    wanted = [*_about_the_date(life, today), *_about_the_question(life, today), *_about_the_review(life, today)]
    for row in wanted:
        life.rung.setdefault(row, today)


def _about_the_date(life: Life, today: date) -> Iterator[tuple[str, date]]:
    known = life.dates()
    if known is None:
        return
    send_by, due = known
    if today >= due:
        if ("A03", today) in life.rung:
            return  # told today: what moved since is told tomorrow
        yield "A03", today
    for days in (14, 7, 3, 1):
        if today >= send_by - timedelta(days=days):
            yield f"A01-{days}", send_by
    if today >= send_by - timedelta(days=3):
        yield "A02-3", send_by


def _about_the_question(life: Life, today: date) -> Iterator[tuple[str, date]]:
    for question in life.questions:
        if question.answered is not None:
            continue
        asked, known = question.asked, life.dates()
        first, second = (life.rung.get((f"M21-{number}-identity", asked)) for number in (1, 2))
        pressing = known is not None and known[0] <= today and asked < today
        if pressing or (second and today >= max(asked + timedelta(days=30), second + timedelta(days=10))):
            yield "A11-identity", asked
        elif not first and today >= asked + timedelta(days=10):
            yield "M21-1-identity", asked
        elif first and not second and today >= max(asked + timedelta(days=20), first + timedelta(days=10)):
            yield "M21-2-identity", asked


def _about_the_review(life: Life, today: date) -> Iterator[tuple[str, date]]:
    if life.handed_in is None:
        return
    workday = life.handed_in + DAY
    while not works(workday):
        workday += DAY
    if today > workday:
        yield "A04", life.handed_in


# -- the year ----------------------------------------------------------------------------------------


class Year:
    """One run: acts and sweeps in their order, none of them while the system is down."""

    def __init__(self, plan: Plan, move_to: Callable[[datetime], None]) -> None:
        self.plan, self.move_to = plan, move_to
        self.random = random.Random(plan.seed)
        self.lives: list[Life] = []
        self.refused = self.acts = self.sweeps = 0
        self.controller = factories.installation()
        self.officer, self.reviewer = factories.actor("officer"), factories.actor("reviewer")
        self.outages = sorted(self._outage() for _n in range(plan.outages))

    def run(self) -> dict[str, Any]:
        for moment, act in sorted(self._agenda(), key=lambda entry: entry[0]):
            self.move_to(moment)
            try:
                act(moment)
            except CannotDo:
                self.refused += 1  # too late for it: the list then knows nothing of it
        return self._report()

    def _outage(self) -> tuple[datetime, datetime]:
        begins = self._instant(self.plan.days)
        return begins, begins + timedelta(days=self.random.choice((0.3, 1, 3, 8, 20)))

    def _instant(self, days: int) -> datetime:
        return self.plan.begins + timedelta(seconds=self.random.randrange(int(days * 86_400)))

    def _up(self, moment: datetime) -> datetime:
        """The same moment, or soon after the outage it falls into: some acts before the first sweep, some after."""
        for begins, ends in self.outages:
            if begins <= moment < ends:
                return self._up(ends + timedelta(seconds=self.random.randrange(1, 7200)))
        return moment

    def _agenda(self) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
        for number in range(self.plan.cases):
            yield from self._life(number)
        for day in range(self.plan.days + 1):
            hours = (
                self.random.choice((22.01, 23.01)),
                *(self.random.uniform(0, 22) for _n in range(self.plan.sweeps - 1)),
            )
            for hour in hours:
                moment = self.plan.begins + timedelta(days=day, hours=hour)
                if self._up(moment) == moment:
                    yield moment, self._sweep
        for _begins, ends in self.outages:
            if self._up(ends) == ends:
                yield ends + timedelta(hours=1), self._sweep

    def _sweep(self, moment: datetime) -> None:
        self.sweeps += 1
        services.ring()
        for life in self.lives:
            naive_sweep(life, naive_brussels(moment))
        if self.plan.letters:
            post.sweep_pending(limit=10_000)

    # -- one case ---------------------------------------------------------------------------------

    def _life(self, number: int) -> Iterator[tuple[datetime, Callable[[datetime], None]]]:
        chance = self.random
        life = Life(number, self._instant(self.plan.days - 30), identity=chance.random() < 0.5)
        opened = self._up(life.received_at) + timedelta(seconds=1)
        yield opened, lambda _moment: self._open(life)

        def later(since: datetime, most: float) -> datetime:
            return self._up(since + timedelta(days=chance.uniform(0.01, most)))

        if life.identity and chance.random() < 0.8:
            asked = later(opened, 7)
            yield asked, lambda moment: self._ask(life, moment)
            arrived = asked + timedelta(days=chance.uniform(0.01, 45))
            if chance.random() < 0.7:
                yield self._up(arrived) + DAY / 24, lambda _moment: self._verify(life, arrived)
        if not life.identity and chance.random() < 0.4:
            months = chance.choice((1, 2))
            yield later(opened, 32), lambda _moment: self._extend(life, months)
        end = later(opened, chance.choice((20, 40, 70)))
        if chance.random() < 0.03:
            return  # nobody ever ends it
        if life.identity or chance.random() < 0.2:
            yield end, lambda _moment: self._withdraw(life)
        else:
            yield end, lambda moment: self._hand_in(life, moment)
            yield later(end, 6), lambda moment: self._answer(life, moment)

    def _open(self, life: Life) -> None:
        right = Right.RECTIFICATION if life.identity else Right.INFORMATION
        person = {"person_email": f"person-{life.number}@example.org", "person_name": "", "subject": ""}
        life.case = services.open_case(
            controller=self.controller, proposed=(right,), received_at=life.received_at, by=INTAKE, **person
        )
        services.confirm_claims(life.case.pk, rights=(right,), by=self.officer)
        life.claim = life.case.claims.get()
        if not life.identity:
            services.take(life.case.pk, by=self.officer)
        self.lives.append(life)
        self.acts += 1

    def _ask(self, life: Life, moment: datetime) -> None:
        services.ask_identity(life.case.pk, doubt="another address", by=self.officer)
        services.begin_pause(life.case.pk, kind=PauseKind.IDENTITY, asked_at=moment, by=POST_OFFICE)
        life.questions.append(Pause(naive_brussels(moment), None))
        self.acts += 1

    def _verify(self, life: Life, arrived: datetime) -> None:
        method, note = IdentityMethod.LINK_KNOWN_CONTACT, "A code to the account of 2024."
        services.verify_identity(life.case.pk, method=method, note=note, arrived_at=arrived, by=self.officer)
        life.questions = [Pause(question.asked, naive_brussels(arrived)) for question in life.questions]
        self.acts += 1

    def _extend(self, life: Life, months: int) -> None:
        why = {"reason": ExtensionReason.COMPLEXITY, "why": "Four systems.", "done": "Two are read."}
        services.ask_extension(life.case.pk, months=months, by=self.officer, **why)
        services.approve_extension(life.case.pk, by=self.reviewer)
        services.announce_extension(life.case.pk, at=events_now(), by=POST_OFFICE)
        life.months = months
        self.acts += 1

    def _withdraw(self, life: Life) -> None:
        services.withdraw_case(life.case.pk, said="I take it back.", by=self.officer)
        life.open = False
        self.acts += 1

    def _hand_in(self, life: Life, moment: datetime) -> None:
        services.draft(life.claim.pk, outcome=Outcome.GRANTED, **factories.SAID, by=self.officer)
        factories.submit(life.claim.pk, by=self.officer)
        life.handed_in = naive_brussels(moment)
        self.acts += 1

    def _answer(self, life: Life, moment: datetime) -> None:
        services.approve(life.claim.pk, version=1, by=self.reviewer)
        services.answer(life.claim.pk, at=moment, means=Means.EMAIL, by=POST_OFFICE)
        life.open = False
        self.acts += 1

    # -- what came of it ----------------------------------------------------------------------------

    def _report(self) -> dict[str, Any]:
        expected = {(life.number, code, due): day for life in self.lives for (code, due), day in life.rung.items()}
        found = self._found()
        told = self._told()
        letters = Counter(Notification.objects.values_list("letter", flat=True))
        return {
            "seed": self.plan.seed,
            "cases": len(self.lives),
            "days": self.plan.days,
            "acts": self.acts,
            "refused acts": self.refused,
            "sweeps": self.sweeps,
            "outages": len(self.outages),
            "days down": round(sum((ends - begins) / DAY for begins, ends in self.outages), 1),
            "reminders expected": len(expected),
            "rung": len(found),
            "by kind": dict(sorted(Counter(code[:3] for _case, code, _due in found).items())),
            "letters": dict(sorted(letters.items())),
            "missed": [str(row) for row in expected if row not in found],
            "unexpected": [str(row) for row in found if row not in expected],
            "early": [str(row) for row in found if row in expected and found[row] < expected[row]],
            "late": [str(row) for row in found if row in expected and found[row] > expected[row]],
            "told twice": [str(row) for row, times in told.items() if times > 1],
            "never told": [str(row) for row in found if not told[row]],
            "no letter": self._silent() if self.plan.letters else [],
        }

    def _found(self) -> dict[Row, date]:
        number_of = {life.case.pk: life.number for life in self.lives}
        rows = Milestone.objects.values_list("case_id", "code", "due", "reached_at")
        return {(number_of[case], _plain(code), due): naive_brussels(at) for case, code, due, at in rows}

    def _told(self) -> Counter[Row]:
        number_of = {life.case.stream: life.number for life in self.lives}
        told: Counter[Row] = Counter()
        for event in Event.objects.filter(kind=EventKind.MILESTONE_REACHED.value):
            data = events.fields(event)["data"]
            about = date.fromisoformat(data["about"])
            told[number_of[event.stream], _plain(data["milestone"]), about] += 1
            for code in filter(None, str(data.get("also", "")).split("+")):
                send_by = about if data["milestone"] != "A03" else self._due_of(event, code)
                told[number_of[event.stream], code, send_by] += 1
        return told

    def _silent(self) -> list[str]:
        rung = Event.objects.filter(kind=EventKind.MILESTONE_REACHED.value)
        silent = rung.exclude(pk__in=Notification.objects.values("event_id"))
        return [str(events.fields(event)["data"]) for event in silent]

    def _due_of(self, event: Event, code: str) -> date:
        """An alarm speaks for reminders of another date than its own: that of the row rung with it."""
        return Milestone.objects.get(case__uuid=event.stream.split(":")[1], code=code, reached_at=event.utc).due


def _plain(code: str) -> str:
    """Without the number of the claim, which the list does not know."""
    return "A04" if code.startswith("A04") else code


def events_now() -> datetime:
    return datetime.now(UTC)


FAULTS = ("missed", "unexpected", "early", "late", "told twice", "never told", "no letter")


def faults(report: dict[str, Any]) -> dict[str, list[str]]:
    return {name: report[name] for name in FAULTS if report[name]}
