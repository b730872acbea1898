"""Mailbox and database under everything that may happen, in any order: nothing lost, nothing taken twice.

People deliver, mark, move, copy and delete; the server renumbers; a visit may be cut or killed at any
command, before or after its effect; time passes, so that messages are counted and removed.
"""

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings as project
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dsar.intake import parsing, services, tasks
from dsar.intake.mailbox import taking
from dsar.intake.mailbox.accounts import accounts
from dsar.intake.mailbox.models import CopyState, MailAccount, ServerCopy
from dsar.intake.mailbox.port import MailboxTrouble, Trouble
from dsar.intake.models import InboundMessage, MessageState
from dsar.vault import services as vault
from tests.dsar.intake.post import mail, traced
from tests.fakes.mailbox import Connection, Stored
from tests.fakes.mailbox import Mailbox as Box
from workflow import services as workflow
from workflow.actors import INTAKE
from workflow.models import Case, Mailbox

START = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
FOLDERS = ("INBOX", "Archive", "Processed", "Elsewhere")  # the last is none we look into
WATCHED = FOLDERS[:3]
[ACCOUNT] = accounts(["imap://box:secret@imap.example.org?folders=INBOX|Archive"], mailbox=project.MAILBOX)


class Killed(BaseException):
    """The process is gone at this instruction."""


class Intake(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.clock = time_machine.travel(START, tick=False)
        self.now = self.clock.start()
        self.box = Box()
        for folder in FOLDERS[1:]:
            self.box.make(folder)
        self.sent: dict[int, bytes] = {}  # what each person wrote, once
        self.excused: set[int] = set()  # taken away by somebody before any look could see it

    def teardown(self) -> None:
        try:
            self.quiet()
        finally:
            self.clock.stop()
            transaction.set_rollback(True)
            self.database.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        box = Mailbox.objects.get(address=project.MAILBOX)
        workflow.begin_mailbox(box.pk, at=START - timedelta(days=1), by=INTAKE)

    # -- people ------------------------------------------------------------------------------

    @rule(with_id=st.booleans(), folder=st.sampled_from(["INBOX", "INBOX", "Archive", "Processed"]))
    def somebody_writes(self, with_id: bool, folder: str) -> None:
        number = len(self.sent) + 1
        raw = mail(
            f"Je souhaite une copie de mes données. {number}",
            sender=f"person{number}@example.org",
            message_id=f"<{number}@example.org>" if with_id else "",
        )
        self.sent[number] = raw
        self.box.folders[folder].add(Stored(raw, timezone.now()))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def a_mail_server_delivers_again(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.sent)))
        if b"Message-ID" in self.sent[number]:
            self.excused.discard(number)
            self.box.folders["INBOX"].add(Stored(traced(self.sent[number]), timezone.now()))

    @rule(data=st.data(), into=st.sampled_from(FOLDERS), copied=st.booleans())
    def a_colleague_moves_or_copies(self, data: st.DataObject, into: str, copied: bool) -> None:
        place = self.some_message(data)
        if place is None:
            return
        folder, uid = place
        if copied:
            self.box.copy(uid, folder, into)
        else:
            self.box.move(uid, folder, into)

    @rule(data=st.data(), flag=st.sampled_from(["\\Seen", "\\Deleted", "\\Flagged", taking.KEYWORD]))
    def a_colleague_marks(self, data: st.DataObject, flag: str) -> None:
        place = self.some_message(data)
        if place is not None:
            self.box.folders[place[0]].messages[place[1]].flags.add(flag)

    @rule(data=st.data())
    def a_colleague_deletes(self, data: st.DataObject) -> None:
        place = self.some_message(data)
        if place is not None:
            self.delete(*place)

    def some_message(self, data: st.DataObject) -> tuple[str, int] | None:
        places = [(name, uid) for name in FOLDERS for uid in sorted(self.box.folders[name].messages)]
        return data.draw(st.sampled_from(places)) if places else None

    def delete(self, folder: str, uid: int) -> None:
        gone = self.box.folders[folder].messages.pop(uid)
        number = self.number_of(gone.raw)
        left = [m for name in FOLDERS for m in self.box.folders[name].messages.values()]
        if number not in self.taken() and not any(self.number_of(message.raw) == number for message in left):
            self.excused.add(number)

    def number_of(self, raw: bytes) -> int:
        return int(raw.partition(b"<person")[2].partition(b"@")[0])

    # -- the server and time ---------------------------------------------------------------------

    @rule(folder=st.sampled_from(WATCHED))
    def the_server_renumbers(self, folder: str) -> None:
        self.box.renumber(folder)

    @rule(hours=st.sampled_from([1, 2, 24, 24 * 30]))
    def time_passes(self, hours: int) -> None:
        self.now.move_to(timezone.now() + timedelta(hours=hours))

    # -- our visits --------------------------------------------------------------------------------

    @rule()
    def a_visit(self) -> None:
        self.visit(Connection(self.box))

    @rule(at=st.integers(1, 25), killed=st.booleans(), done=st.booleans())
    def a_visit_that_ends_early(self, at: int, killed: bool, done: bool) -> None:
        """At some command, before its effect or after it and before we hear of it."""

        def end(number: int) -> None:
            if number == at:
                raise Killed if killed else MailboxTrouble(Trouble.CUT)

        self.visit(Connection(self.box, after=end) if done else Connection(self.box, before=end))

    @rule(after=st.integers(1, 4))
    def killed_right_after_a_commit(self, after: int) -> None:
        """The bell is rung after the commit and before the mailbox is touched."""
        left = after

        def bell(pk: int) -> None:
            nonlocal left
            left -= 1
            if not left:
                raise Killed

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tasks.process, "delay", bell)
            self.visit(Connection(self.box))

    @rule(at=st.integers(1, 12), data=st.data(), into=st.sampled_from([*FOLDERS, "trash"]))
    def a_colleague_works_during_a_visit(self, at: int, data: st.DataObject, into: str) -> None:
        def meddle(number: int) -> None:
            inbox = self.box.folders["INBOX"].messages
            if number != at or not inbox:
                return
            uid = data.draw(st.sampled_from(sorted(inbox)))
            if into == "trash":
                self.delete("INBOX", uid)
            else:
                self.box.move(uid, "INBOX", into)

        self.visit(Connection(self.box, before=meddle))

    @rule(at=st.integers(1, 12))
    def another_worker_takes_over(self, at: int) -> None:
        """The first one slept longer than its lease."""

        def sleep(number: int) -> None:
            if number == at:
                MailAccount.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
                self.visit(Connection(self.box))

        self.visit(Connection(self.box, before=sleep))

    @rule()
    def the_workers_read(self) -> None:
        for pk in services.waiting():
            services.process(pk)

    def visit(self, connection: Connection) -> None:
        MailAccount.objects.filter(leased_until__lte=timezone.now()).update(next_try_at=None)
        with suppress(Killed, MailboxTrouble):
            taking.visit(ACCOUNT, lambda: connection)

    # -- what must hold ------------------------------------------------------------------------------

    def taken(self) -> Counter[int]:
        """How often each person's mail is here, not counting duplicates."""
        rows = InboundMessage.objects.exclude(state=MessageState.DUPLICATE.value).select_related("raw")
        return Counter(self.number_of(vault.read(row.raw)) for row in rows)

    @invariant()
    def no_request_has_two_cases(self) -> None:
        cases = Counter(Case.objects.values_list("person_email", flat=True))
        assert not [person for person, number in cases.items() if number > 1]

    def quiet(self) -> None:
        """No faults: two hours later everything is here once, and the server holds only what was processed."""
        for _ in range(4):
            self.now.move_to(timezone.now() + timedelta(hours=2))
            MailAccount.objects.update(leased_until=None, next_try_at=None)
            ServerCopy.objects.filter(state=CopyState.FAILING.value).update(next_try_at=None)
            self.a_visit()
            self.the_workers_read()
        watched = [message.raw for name in WATCHED for message in self.box.folders[name].messages.values()]
        away = {self.number_of(message.raw) for message in self.box.folders["Elsewhere"].messages.values()}
        taken = self.taken()
        assert set(taken.values()) <= {1}
        assert set(self.sent) - set(taken) <= self.excused | away
        assert {self.number_of(raw) for raw in watched} <= set(taken)
        assert not self.box.folders["INBOX"].messages
        assert not self.box.folders["Archive"].messages
        copies = ServerCopy.objects.filter(state=CopyState.THERE.value)
        processed = self.box.folders["Processed"]
        assert sorted(copies.values_list("uid", flat=True)) == sorted(processed.messages)
        assert set(copies.values_list("uidvalidity", flat=True)) <= {processed.uidvalidity}
        account = MailAccount.objects.get()
        assert (account.difference, account.failures) == (0, 0)
        states = Counter(InboundMessage.objects.values_list("state", flat=True))
        assert states["opened"] == Case.objects.count() == len(taken)
        assert states.total() == states["opened"] + states["duplicate"]


def run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Intake,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


@pytest.fixture
def _in_this_process(installed: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser without its child, the bell without a broker, the disk without waiting: all tested elsewhere."""

    monkeypatch.setattr(services, "parse_in_child", parsing.parse)
    monkeypatch.setattr(tasks.process, "delay", lambda pk: None)
    monkeypatch.setattr("os.fsync", lambda handle: None)


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("_in_this_process")
def test_whatever_happens_nothing_is_lost_and_nothing_taken_twice() -> None:
    run(examples=8, steps=20)


@pytest.mark.campaign
@pytest.mark.timeout(7200)
@pytest.mark.usefixtures("_in_this_process")
def test_whatever_happens_for_longer() -> None:
    run(examples=300, steps=60)
