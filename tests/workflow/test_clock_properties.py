"""What holds for every clock: of dates alone, and of whole cases under random legal and illegal acts."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F
from django.utils import timezone as django_timezone
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.factories import actor
from workflow import deadlines, events, services
from workflow.actors import INTAKE, POST_OFFICE
from workflow.deadlines import Extension, Pause, compute
from workflow.guards import CannotDo
from workflow.models import Case, Event
from workflow.models import Extension as Extended
from workflow.policy import ClockPolicy
from workflow.services.rederiving import MOVES_DATES
from workflow.states import (
    CaseState,
    EventKind,
    ExtensionReason,
    Ground,
    IdentityMethod,
    InterimGround,
    Means,
    Outcome,
    PauseKind,
    Right,
)

INSTANTS = st.integers(0, 25 * 365 * 86_400).map(lambda n: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=n))
POLICIES = st.builds(
    ClockPolicy,
    rule=st.sampled_from(["earliest", "month"]),
    roll=st.sampled_from(["none", "next_working"]),
    mode=st.sampled_from(["pause", "none", "restart"]),
    anchor=st.sampled_from(["receipt", "chained"]),
    max_ask_delay=st.integers(0, 5),
)
# days from the receipt to the question, and from there to the reply
SPANS = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 20), st.booleans()), max_size=4)
EXTENSIONS = st.none() | st.builds(Extension, st.integers(1, 2))
ZONES = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Kolkata", "Europe/Brussels", "UTC"]
DATES = ("policy_30d", "month_due", "case_due", "send_by", "ext_due_from_receipt", "ext_due_chained")


def pauses_of(received: datetime, spans: list[tuple[int, int, bool]]) -> list[Pause]:
    d0 = deadlines.brussels_date(received)
    return [
        Pause(d0 + timedelta(after), d0 + timedelta(after + waited), override=override, kind=kind)
        for (after, waited, override), kind in zip(spans, list(PauseKind) * 2, strict=False)
    ]


@given(INSTANTS, SPANS, st.tuples(st.integers(0, 25), st.integers(0, 20), st.booleans()), EXTENSIONS, POLICIES)
def test_more_pause_never_makes_a_date_earlier(received, spans, one_more, extension, policy):
    fewer = pauses_of(received, spans)
    more = [*fewer, *pauses_of(received, [one_more])]

    before = compute(received, pauses=fewer, extension=extension, policy=policy)
    after = compute(received, pauses=more, extension=extension, policy=policy)

    for name in DATES:
        assert getattr(after, name) >= getattr(before, name), name
    assert after.month_due_if_never_paused == before.month_due_if_never_paused
    assert after.extension_notice_by == before.extension_notice_by


@given(INSTANTS, st.integers(0, 25), st.integers(0, 30), st.integers(0, 30), POLICIES)
def test_a_later_reply_never_makes_a_date_earlier(received, after, waited, longer, policy):
    d0 = deadlines.brussels_date(received)
    asked = d0 + timedelta(after)
    early, late = (Pause(asked, asked + timedelta(days)) for days in (waited, waited + longer))

    found = [compute(received, pauses=[pause], policy=policy) for pause in (early, late)]

    for name in DATES:
        assert getattr(found[1], name) >= getattr(found[0], name), name


@given(INSTANTS, SPANS, EXTENSIONS, POLICIES, st.sampled_from(ZONES))
def test_the_zone_an_instant_is_written_in_never_matters(received, spans, extension, policy, zone):
    pauses = pauses_of(received, spans)
    elsewhere = received.astimezone(ZoneInfo(zone))
    fixed = received.astimezone(timezone(timedelta(hours=-11, minutes=-30)))

    found = [
        compute(instant, pauses=pauses, extension=extension, policy=policy) for instant in (received, elsewhere, fixed)
    ]

    assert found[0] == found[1] == found[2]


@given(st.dates(date(2020, 1, 1), date(2045, 1, 1)), st.integers(0, 86_399), st.integers(0, 86_399), POLICIES)
def test_the_hour_of_the_day_never_matters_on_days_of_summer_time_too(day, one, other, policy):
    """Every second of one Brussels day gives the same dates, whether the day has 23, 24 or 25 hours."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=deadlines.BRUSSELS).astimezone(UTC)
    instants = [midnight + timedelta(seconds=second) for second in (one, other)]
    same = [instant for instant in instants if deadlines.brussels_date(instant) == day]

    found = {compute(instant, policy=policy).case_due for instant in same}

    assert len(found) <= 1
    for instant in same:
        assert compute(instant, policy=policy).receipt_date == day


@given(st.integers(2020, 2045), st.sampled_from([3, 10]), st.integers(-3, 3), st.integers(0, 40))
def test_a_change_of_summer_time_inside_the_period_never_matters(year, month, shift, before):
    """The due instant is the last second of the due date, whatever the offset was at receipt."""
    sunday = max(day for day in range(25, 32) if date(year, month, day).weekday() == 6)
    received = datetime(year, month, sunday, 1, tzinfo=UTC) + timedelta(hours=shift) - timedelta(days=before)

    found = compute(received)

    assert found.case_due_end_utc.astimezone(deadlines.BRUSSELS).strftime("%H:%M:%S") == "23:59:59"
    assert found.policy_30d - found.receipt_date == timedelta(30)


@given(INSTANTS, SPANS, EXTENSIONS, POLICIES)
def test_the_room_for_a_review_alone_only_brings_sending_forward(received, spans, extension, policy):
    pauses = pauses_of(received, spans)

    two, one = (
        compute(received, pauses=pauses, extension=extension, policy=policy, alone=alone) for alone in (False, True)
    )

    assert one.case_due == two.case_due
    assert one.receipt_date <= one.send_by <= two.send_by <= two.case_due


# -- whole cases ---------------------------------------------------------------------------------------

LEGAL_DATES = (
    "received_at", "receipt_date", "policy_due", "month_due", "case_due", "send_by", "never_paused_due",
    "authority_due",
)  # fmt: skip


class Life:
    """One case and everything anybody may try on it, in any order."""

    def __init__(self, seed: int, move: Callable[[datetime], None]) -> None:
        self.chance, self.move = random.Random(seed), move
        self.moment = datetime(2027, 1, 4, 9, tzinfo=UTC) + timedelta(days=37 * seed)
        self.move(self.moment)
        rights = self.chance.sample([Right.ACCESS, Right.ERASURE, Right.RESTRICTION, Right.OBJECTION_DM], 2)
        self.case = factories.received((Right.ACCESS, *rights[:1]) if self.chance.random() < 0.5 else (Right.ACCESS,))
        self.by = actor("officer")

    def act(self) -> None:
        acts = [getattr(self, name) for name in sorted(vars(type(self))) if name.startswith("do_")]
        with suppress(CannotDo):  # many are refused: that, too, must move nothing
            self.chance.choice(acts)()
        self.moment += timedelta(hours=self.chance.choice([0, 0, 1, 1, 5, 20, 70]))
        self.move(self.moment)

    def kind(self) -> PauseKind:
        return self.chance.choice(list(PauseKind))

    def now(self) -> datetime:
        return django_timezone.now()

    def claim(self) -> int:
        return self.chance.choice(list(self.case.claims.values_list("pk", flat=True)))

    def do_confirm(self) -> None:
        rights = self.chance.sample([Right.ACCESS, Right.ERASURE, Right.OBJECTION_DM, Right.RESTRICTION], 2)
        services.confirm_claims(self.case.pk, rights=[Right.ACCESS, *rights], by=self.by)

    def do_verify(self) -> None:
        services.verify_identity(
            self.case.pk, method=IdentityMethod.LINK_KNOWN_CONTACT, note="A code to the account of 2024.", by=self.by
        )

    def do_take(self) -> None:
        services.take(self.case.pk, by=self.by)

    def do_doubt(self) -> None:
        services.ask_identity(self.case.pk, doubt="another address", by=self.by)

    def do_clarify(self) -> None:
        stops = self.chance.random() < 0.5
        services.ask_clarification(
            self.case.pk, question="Which?", choices=["a"], stops_clock=stops, volume="much", by=self.by
        )

    def do_mandate(self) -> None:
        services.ask_mandate(self.case.pk, question="Who writes for whom?", by=self.by)

    def do_leave(self) -> None:
        for kind in PauseKind:
            services.begin_pause(self.case.pk, kind=kind, asked_at=self.now(), by=POST_OFFICE)

    do_leave_again = do_leave

    def do_reply(self) -> None:
        services.record_reply(self.case.pk, kind=self.kind(), note="A letter with a copy came.", by=self.by)

    def do_bounce(self) -> None:
        services.question_lost(self.case.pk, kinds=[self.kind()], by=POST_OFFICE)

    def do_admit(self) -> None:
        services.admit_late_question(self.case.pk, kind=self.kind(), reason="found late", by=self.by)

    def do_write(self) -> None:
        services.attach_message(
            self.case.pk, message=self.case.uuid, received_at=self.now(), digest="0" * 64, by=INTAKE
        )

    def do_ask_extension(self) -> None:
        if factories.again(self.case).state == CaseState.IDENTITY_VERIFIED.value:
            services.take(self.case.pk, by=self.by)
        services.ask_extension(
            self.case.pk, months=2, reason=ExtensionReason.NUMBER, why="three requests", done="one", by=self.by
        )

    def do_approve_extension(self) -> None:
        services.approve_extension(self.case.pk, by=actor("reviewer"))

    def do_announce(self) -> None:
        services.announce_extension(self.case.pk, at=self.now(), by=POST_OFFICE)

    def do_draft(self) -> None:
        refused = self.chance.random() < 0.5
        services.draft(
            self.claim(),
            outcome=Outcome.REFUSED if refused else Outcome.NOTHING_HELD,
            ground=Ground.G_ID if refused else None,
            facts="asked too often" if refused else "",
            by=self.by,
        )

    def do_submit(self) -> None:
        factories.submit(self.claim(), by=self.by)

    def do_approve(self) -> None:
        claim = self.case.claims.get(pk=self.claim())
        services.approve(claim.pk, version=claim.version, by=actor("reviewer"))

    def do_answer(self) -> None:
        services.answer(self.claim(), at=self.now(), means=Means.POSTED, evidence="RE 1", by=self.by)

    def do_nothing_held(self) -> None:
        services.record_nothing_held(self.case.pk, source="by_hand", how="by name", by=self.by)

    def do_freeze(self) -> None:
        services.restrict_interim(self.case.pk, ground=InterimGround.ACCURACY, how="billing", by=self.by)

    def do_note(self) -> None:
        services.add_note(self.case.pk, text="a note", by=self.by)

    def do_authority(self) -> None:
        services.recognise_authority(self.case.pk, by=self.by)

    def do_authority_due(self) -> None:
        due = deadlines.brussels_date(self.now()) + timedelta(9)
        services.set_authority_due(self.case.pk, due=due, by=self.by)

    def do_reopen(self) -> None:
        services.reopen(self.case.pk, reason="incomplete", rights=[Right.ACCESS], by=self.by)

    def do_ring(self) -> None:
        services.ring()

    def do_apologise(self) -> None:
        until = deadlines.brussels_date(self.now()) + timedelta(3)
        services.apologise(self.case.pk, why="we forgot", until=until, by=self.by)


def dates_of(case: Case) -> dict[str, object]:
    return Case.objects.values(*LEGAL_DATES).get(pk=case.pk)


@pytest.mark.django_db
@pytest.mark.one_database  # dates are computed here, not there; 600 acts on a loaded machine take minutes
@pytest.mark.timeout(600)
def test_no_act_except_a_recorded_legal_one_ever_moves_a_date(time_machine):
    """Random acts, many of them refused; after each, what moved was told by an act that may move it."""
    happened: set[str] = set()
    for seed in range(10):
        life = Life(seed, move=lambda moment: time_machine.move_to(moment, tick=False))
        for _step in range(60):
            before, told = dates_of(life.case), Event.objects.filter(stream=life.case.stream).count()
            life.act()
            after = dates_of(life.case)
            new = set(Event.objects.filter(stream=life.case.stream, seq__gt=told).values_list("kind", flat=True))
            if after != before:
                assert new & {kind.value for kind in MOVES_DATES}, (seed, new, before, after)
            assert services.differences(Case.objects.get(pk=life.case.pk)) == []
        _had_come_earlier(life.case, days=4 * seed)
        assert events.verify(life.case.stream).intact
        happened |= set(told_kinds(life.case))

    assert {EventKind.CLOCK_PAUSED, EventKind.CLOCK_RESUMED, EventKind.CASE_EXTENDED} <= happened
    assert {EventKind.CLOCK_OVERRIDDEN, EventKind.QUESTION_LEFT, EventKind.CASE_OVERDUE} <= happened


def _had_come_earlier(case: Case, *, days: int) -> None:
    """However the case lived: by the earlier receipt, too, the extension counts only if told within the first month."""
    before = Case.objects.get(pk=case.pk).received_at - timedelta(days=days)

    services.receive_earlier(case.pk, message=case.uuid, received_at=before, digest="0" * 64, by=INTAKE)

    told_late = Extended.objects.filter(case=case, state="in_force", announced_on__gt=F("case__month_due"))
    assert not told_late.exists()
    assert services.differences(Case.objects.get(pk=case.pk)) == []


def told_kinds(case: Case) -> list[str]:
    return list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("kind", flat=True))


def test_the_dates_of_a_longer_wait_grow_day_by_day():
    """A plain sequence beside the properties: each day of pause is one day of due date."""
    received = datetime(2027, 3, 2, 8, tzinfo=UTC)
    asked = date(2027, 3, 3)
    due = [compute(received, pauses=[Pause(asked, asked + timedelta(n))]).policy_30d for n in range(40)]

    assert all(later - earlier == timedelta(1) for earlier, later in pairwise(due))
