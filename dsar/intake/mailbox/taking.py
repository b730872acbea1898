"""One visit to a mailbox: look, commit each new message, only then mark and move it.

Whatever cuts a visit short, the next one finds the rest: a copy is known from the transaction that
committed its bytes on, and what the server shows is compared with the rows, never remembered.
"""

import hashlib
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from dsar.intake import tasks
from dsar.intake.mailbox import cleaning, decisions, starting
from dsar.intake.mailbox.accounts import ALL_FOLDERS, Account
from dsar.intake.mailbox.losses import Losses
from dsar.intake.mailbox.models import CopyState, MailAccount, MailFolder, ServerCopy
from dsar.intake.mailbox.port import CommandRefused, Head, MailboxTrouble, MessageVanished, Server, Trouble
from dsar.intake.models import InboundMessage
from workflow import leases

log = structlog.get_logger(__name__)

KEYWORD = "dsar-taken"
PIECE = 1024 * 1024  # bytes of a message in memory at a time
TOGETHER = 50  # messages marked and moved in one go
BEAT_SECONDS = 20
RECONCILE_EVERY = timedelta(hours=1)
_NEVER_FETCHED = {"\\sent", "\\drafts", "\\all", "\\flagged", "\\important", "\\noselect", "\\nonexistent"}


class LeaseLost(Exception):
    """Another process reads this mailbox now; whatever was not committed is theirs."""


def account_row(account: Account) -> MailAccount:
    """The account's row; at its first appearance its mail begins now, unless somebody set a start date."""
    return starting.at_first_look(starting.row_of(account))


def visit(account: Account, connection: Callable[[], Server]) -> int | None:
    """Read the mailbox once; how many messages were taken in, None when it was not our turn.

    ``connection`` gives the open connection or makes one. Raises MailboxTrouble after having written
    down why and when to come back; the caller then drops the connection.
    """
    row = account_row(account)
    lease = leases.take(MailAccount.objects.all(), row.pk)
    if lease is None:
        return None
    try:
        taken = Visit(account, row, lease, connection()).run()
    except MailboxTrouble as trouble:
        _failed(row.pk, lease, trouble.trouble)
        raise
    except LeaseLost:
        return None
    except Exception as error:
        _failed(row.pk, lease, Trouble.STORE)
        raise MailboxTrouble(Trouble.STORE, type(error).__name__) from error
    MailAccount.objects.filter(pk=row.pk, lease=lease).update(
        lease=None,
        leased_until=None,
        attempts=0,
        next_try_at=None,
        read_at=timezone.now(),
        failed_since=None,
        failures=0,
        trouble="",
    )
    return taken


def _failed(pk: int, lease: uuid.UUID, trouble: Trouble) -> None:
    now = timezone.now()
    with transaction.atomic():
        row = MailAccount.objects.select_for_update().get(pk=pk)
        if row.lease != lease:
            return
        row.failures += 1
        row.trouble, row.failed_since = trouble.value, row.failed_since or now
        row.lease, row.leased_until = None, None
        row.next_try_at = now + decisions.retry_after(row.failures)
        row.save()
    log.warning("a mailbox could not be read; it is tried again", account=pk, trouble=trouble.value)


class Visit:
    """One visit under one lease over one connection."""

    def __init__(self, account: Account, row: MailAccount, lease: uuid.UUID, server: Server) -> None:
        self.account, self.row, self.lease, self.server = account, row, lease, server
        self.beaten = time.monotonic()
        self.taken = 0
        self.losses = Losses()

    def run(self) -> int:
        """All folders, then the count when it is time for one."""
        watched = self._watched()
        processed = self._processed()
        now = timezone.now()
        counted = self.row.counted_at
        thorough = counted is None or now - counted >= RECONCILE_EVERY or self.row.difference > 0
        for folder in watched:
            self._empty(folder, processed)
        every = [*watched, processed] if processed is not None else watched
        if self.losses.missed:
            self._search(every, processed)
        if thorough:
            if processed is not None:
                self._empty(processed, processed)
            cleaning.clean(self.row, self.server, now=now, hold=self._hold)
            self._count(every, now)
        return self.taken

    # -- folders -----------------------------------------------------------------------------

    def _watched(self) -> list[MailFolder]:
        names = list(self.account.folders)
        if self.account.folders == ALL_FOLDERS:
            names = [
                listed.name
                for listed in self.server.folders()
                if not listed.attributes & _NEVER_FETCHED and listed.name != self.account.processed
            ]
        return [self._folder(name) for name in names]

    def _processed(self) -> MailFolder | None:
        """Where taken messages go; None when there is no such folder and we may not make one."""
        name = self.account.processed
        folder = MailFolder.objects.filter(account=self.row, name=name, processed=True).first()
        if folder is not None:
            return folder
        if name not in {listed.name for listed in self.server.folders()}:
            try:
                self.server.make_folder(name)
            except CommandRefused:
                return None
        MailFolder.objects.filter(account=self.row, processed=True).update(processed=False)
        return MailFolder.objects.update_or_create(account=self.row, name=name, defaults={"processed": True})[0]

    def _folder(self, name: str) -> MailFolder:
        return MailFolder.objects.get_or_create(account=self.row, name=name)[0]

    def _empty(self, folder: MailFolder, processed: MailFolder | None) -> None:
        """Take in what is new and move what was taken, a few at a time."""
        new = self._look(folder)
        for start in range(0, len(new), TOGETHER):
            some = new[start : start + TOGETHER]
            heads = self.server.heads(some)
            self._look_where_they_were(folder, heads.values())
            for uid in some:
                self._beat()
                if uid in heads:
                    self._take(folder, heads[uid])
                else:
                    self._vanished(folder)
            self._move(folder, processed)
        if not new:
            self._move(folder, processed)

    def _look(self, folder: MailFolder) -> list[int]:
        """What the folder shows, written down against what was known; the UIDs to be read."""
        opened = self.server.open(folder.name)
        there = self.server.uids()
        with transaction.atomic():
            self._hold()
            copies = ServerCopy.objects.filter(folder=folder)
            first = folder.uidvalidity != opened.uidvalidity
            if first:
                # The UIDs of the earlier epoch name nothing any more; their messages will be known by their bytes.
                stale = copies.exclude(uidvalidity=opened.uidvalidity)
                stale.filter(state=CopyState.THERE.value).update(state=CopyState.GONE.value, ended_at=timezone.now())
                stale.filter(state=CopyState.FAILING.value).delete()
                folder.uidvalidity, folder.next_uid = opened.uidvalidity, 0
            copies = copies.filter(uidvalidity=folder.uidvalidity)
            taken = copies.exclude(state=CopyState.FAILING.value)
            known = {uid: state == CopyState.THERE.value for uid, state in taken.values_list("uid", "state")}
            sight = decisions.look(there, uidnext=opened.uidnext, next_uid=folder.next_uid, known=known, first=first)
            copies.filter(uid__in=sight.left).update(state=CopyState.GONE.value, ended_at=timezone.now())
            copies.filter(uid__in=sight.back).update(state=CopyState.THERE.value, ended_at=None)
            failing = copies.filter(state=CopyState.FAILING.value)
            given_up, _ = failing.exclude(uid__in=there).delete()
            folder.next_uid = sight.next_uid
            folder.save(update_fields=["uidvalidity", "next_uid"])
            if sight.missed or given_up:
                self._gone_unread(folder, len(sight.missed) + given_up)
        later = set(failing.filter(next_try_at__gt=timezone.now()).values_list("uid", flat=True))
        return [uid for uid in sight.new if uid not in later]

    def _look_where_they_were(self, folder: MailFolder, heads: Collection[Head]) -> None:
        """What seems new may have been moved here by somebody: see first whether it left its place."""
        others = ServerCopy.objects.filter(
            folder__account=self.row, state=CopyState.THERE.value, size__in={head.size for head in heads}
        ).exclude(folder=folder)
        suspects = list(MailFolder.objects.filter(pk__in=others.values("folder")))
        for suspect in suspects:
            self._look(suspect)
        if suspects and self.server.open(folder.name).uidvalidity != folder.uidvalidity:
            raise MailboxTrouble(Trouble.FOLDER, "the folder was made anew in between")

    def _gone_unread(self, folder: MailFolder, number: int) -> None:
        """In a transaction: messages left it before they were read. One that only passed is found elsewhere."""
        if folder.name == self.account.bell:
            self.losses.left += number
        else:
            self.losses.found += number
        self._tell_losses()

    def _tell_losses(self) -> None:
        if self.account.folders == ALL_FOLDERS:
            return  # a message that was moved is found in another folder
        if change := self.losses.correction():
            # Somebody may have said meanwhile that they looked for some of them.
            missed = Greatest(F("missed") + change, 0)
            MailAccount.objects.filter(pk=self.row.pk).update(missed=missed)

    def _search(self, folders: list[MailFolder], processed: MailFolder | None) -> None:
        """Look once more where what left the folder people write to can have gone while the others were looked into."""
        for folder in folders:
            if folder.name != self.account.bell:
                self._empty(folder, processed)

    def _vanished(self, folder: MailFolder) -> None:
        with transaction.atomic():
            self._hold()
            self._gone_unread(folder, 1)

    # -- one message ----------------------------------------------------------------------------

    def _take(self, folder: MailFolder, head: Head) -> None:
        """Commit one message with the row of its copy, or know it again."""
        try:
            if not self._known_again(folder, head):
                self._commit(folder, head)
        except MessageVanished:
            self._vanished(folder)
        except LeaseLost:
            raise
        except CommandRefused as refused:
            self._failing(folder, head, refused)
        except Exception as error:
            self._failing(folder, head, error)
            raise

    def _commit(self, folder: MailFolder, head: Head) -> None:
        def also(message: InboundMessage) -> None:
            self._hold()
            place = {"folder": folder, "uidvalidity": folder.uidvalidity, "uid": head.uid}
            ServerCopy.objects.filter(**place, state=CopyState.FAILING.value).delete()
            ServerCopy.objects.create(
                **place,
                state=CopyState.THERE.value,
                size=head.size,
                sha256=message.raw.sha256,
                message=message,
                taken_at=message.taken_at,
            )
            if folder.name != self.account.bell:
                self.losses.found += 1
                self._tell_losses()

        tasks.take_in(
            self._pieces(head),
            source="imap",
            received_at=min(head.received_at, timezone.now()),
            mailbox=self.account.address,
            also=also,
        )
        self.taken += 1

    def _known_again(self, folder: MailFolder, head: Head) -> bool:
        """Was this message taken somewhere it no longer is? Then its row moves here and nothing is taken twice.

        Read through once for its digest only where a message of that size is missing from its place.
        """
        gone = ServerCopy.objects.filter(
            folder__account=self.row, state__in=[CopyState.GONE.value, CopyState.EXPUNGED.value], size=head.size
        )
        if not gone.exists():
            return False
        digest = hashlib.sha256()
        for piece in self._pieces(head):
            digest.update(piece)
        with transaction.atomic():
            self._hold()
            copy = gone.select_for_update(of=("self",)).filter(sha256=digest.hexdigest()).order_by("id").first()
            if copy is None:
                return False
            here = ServerCopy.objects.filter(folder=folder, uidvalidity=folder.uidvalidity, uid=head.uid)
            here.filter(state=CopyState.FAILING.value).delete()
            copy.folder, copy.uidvalidity, copy.uid = folder, folder.uidvalidity, head.uid
            copy.state, copy.ended_at = CopyState.THERE.value, None
            copy.save()
        return True

    def _pieces(self, head: Head) -> Iterator[bytes]:
        """The message, a megabyte at a time; the lease is kept while it lasts.

        Some servers announce an estimated size. Where it is not what came, the message must still be
        there: of one that was taken away meanwhile a server may give only the beginning.
        """
        at = 0
        while True:
            piece = self.server.piece(head.uid, at, PIECE)
            if piece:
                yield piece
            at += len(piece)
            if len(piece) < PIECE:
                break
            self._beat()
        if at != head.size and head.uid not in self.server.heads([head.uid]):
            raise MessageVanished

    def _failing(self, folder: MailFolder, head: Head, error: Exception) -> None:
        """Written down, so that this message is tried again later and does not hold up the others."""
        with transaction.atomic():
            self._hold()
            copy, _ = ServerCopy.objects.get_or_create(
                folder=folder,
                uidvalidity=folder.uidvalidity,
                uid=head.uid,
                defaults={"state": CopyState.FAILING.value, "size": head.size},
            )
            copy.attempts += 1
            copy.next_try_at = timezone.now() + decisions.retry_after(copy.attempts)
            copy.save()
        log.warning("a message could not be fetched; it is tried again", copy=copy.pk, error=type(error).__name__)

    # -- marking and moving ------------------------------------------------------------------------

    def _move(self, folder: MailFolder, processed: MailFolder | None) -> None:
        """Mark and move what was committed; a mailbox that does not let us is read all the same, and told to staff."""
        if folder == processed:
            return
        copies = ServerCopy.objects.filter(folder=folder, uidvalidity=folder.uidvalidity, state=CopyState.THERE.value)
        uids = sorted(copies.values_list("uid", flat=True))
        if not uids:
            return
        try:
            self.server.mark(uids, KEYWORD)
        except CommandRefused:
            log.info("this mailbox keeps no keywords", account=self.row.pk)
        try:
            if processed is None:
                raise CommandRefused("the folder for processed mail cannot be made")
            moved = self.server.move(uids, processed.name)
        except CommandRefused as refused:
            MailAccount.objects.filter(pk=self.row.pk).update(cannot_move=True)
            log.error("taken messages cannot be moved: give the right to", account=self.row.pk, why=str(refused))
            return
        with transaction.atomic():
            self._hold()
            MailAccount.objects.filter(pk=self.row.pk).update(cannot_move=False)
            if moved is None:
                return  # the next look finds them where they went, by their bytes
            for old, new in moved.uids.items():
                copies.filter(uid=old).update(folder=processed, uidvalidity=moved.uidvalidity, uid=new)

    # -- counting -------------------------------------------------------------------------------------

    def _count(self, folders: list[MailFolder], now: datetime) -> None:
        """What the server holds against what the tables say; what arrived meanwhile is not counted yet."""
        server, ours, difference = 0, 0, 0
        for folder in folders:
            folder.refresh_from_db()
            opened = self.server.open(folder.name)
            there = {uid for uid in self.server.uids() if uid < folder.next_uid}
            copies = ServerCopy.objects.filter(
                folder=folder, uidvalidity=opened.uidvalidity, state=CopyState.THERE.value
            )
            taken = set(copies.values_list("uid", flat=True))
            server, ours, difference = server + len(there), ours + len(taken), difference + len(there ^ taken)
        with transaction.atomic():
            self._hold()
            MailAccount.objects.filter(pk=self.row.pk).update(
                counted_at=now, server_count=server, our_count=ours, difference=difference
            )

    # -- the lease ---------------------------------------------------------------------------------------

    def _beat(self) -> None:
        if time.monotonic() - self.beaten < BEAT_SECONDS:
            return
        if not leases.heartbeat(MailAccount.objects.all(), self.row.pk, self.lease):
            raise LeaseLost
        self.beaten = time.monotonic()

    def _hold(self) -> None:
        """In a transaction: nobody else can have the mailbox while this commits."""
        if not leases.heartbeat(MailAccount.objects.all(), self.row.pk, self.lease):
            raise LeaseLost
        self.beaten = time.monotonic()
