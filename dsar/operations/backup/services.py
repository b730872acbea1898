"""Make a backup, read it back, put it back.

A folder with::

    manifest.json     when, on which database, under which key; written last
    files.sha256      one line for each file, as sha256sum writes and checks it
    database.sealed   the database, sealed under a key of its own that the master key wraps
    sealed/ab/abcd…   the sealed files as they lie in storage; their keys are not in here
"""

import dataclasses
import hashlib
import json
import os
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File
from django.utils import timezone

from dsar.intake.mailbox import cleaning
from dsar.operations.backup import dump
from dsar.operations.backup.dump import HeldFile
from dsar.vault import format as sealed_file
from dsar.vault.models import Blob
from dsar.vault.services import storage
from workflow import sealing
from workflow.models.key import DataKey
from workflow.sealing import KeyGone, SealBroken

MANIFEST, LISTING, DATABASE, SEALED = "manifest.json", "files.sha256", "database.sealed", "sealed"
VERSION = 1
SAMPLE = 200  # files opened beside the originals of mails that wait to be removed from their server
_DATA, _KEYS = "backup-database", "backup-keys"
_BATCH = 500


class BackupBroken(Exception):
    """A backup cannot be made or does not hold what it says; the text is the cure."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """``key`` is wrapped under the master key, ``listing`` the SHA-256 of files.sha256."""

    version: int
    uuid: str
    made_at: str
    engine: str
    key: str
    files: int
    listing: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    files: int
    missing: int


@dataclass(frozen=True, slots=True)
class Verified:
    """``messages`` are those the backup holds, ``released`` those that may now leave their mail server."""

    made_at: datetime
    files: int
    opened: int
    messages: int
    released: int


# -- make ------------------------------------------------------------------------------------------


def make(folder: Path) -> Made:
    """Write a backup into a new or empty folder. Raises BackupBroken.

    The database first: every file it knows is then still there, or was destroyed on purpose meanwhile.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupBroken(f"{folder} is not empty: name a new folder for each backup.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    made_at, manifest, key = timezone.now(), _manifest("default"), sealing.new_key()
    identity = UUID(manifest.uuid)
    lines = [_line(_write(folder / DATABASE, _sealed_dump("default", key, identity, _DATA)), DATABASE)]
    copied, missing = _copy_files(folder, lines)
    listing = _write(folder / LISTING, (line.encode() for line in lines))
    wrapped = sealing.wrap(settings.MASTER_KEYS[0], key, _place(identity)).hex()
    told = dataclasses.replace(manifest, made_at=made_at.isoformat(), key=wrapped, files=len(lines), listing=listing)
    _write(folder / MANIFEST, [json.dumps(dataclasses.asdict(told), indent=1).encode()])
    _sync(folder)
    return Made(copied, missing)


def _manifest(alias: str) -> Manifest:
    return Manifest(VERSION, str(uuid4()), "", dump.engine(alias), "", 0)


def _copy_files(folder: Path, lines: list[str]) -> tuple[int, int]:
    copied = missing = last = 0
    while batch := list(Blob.objects.filter(destroyed_at=None, pk__gt=last).order_by("pk")[:_BATCH]):
        last = batch[-1].pk
        for blob in batch:
            try:
                source = storage().open(blob.name)
            except FileNotFoundError:
                missing += Blob.objects.filter(pk=blob.pk, destroyed_at=None).exists()
                continue
            with source:
                name = f"{SEALED}/{blob.name}"
                lines.append(_line(_write(folder / name, sealed_file.pieces_of(cast("BinaryIO", source))), name))
            copied += 1
    return copied, missing


def _sealed_dump(alias: str, key: bytes, identity: UUID, kind: str) -> Iterator[bytes]:
    return sealed_file.sealed(dump.dump(alias), key, blob=identity, kind=kind)


def _place(identity: UUID) -> bytes:
    return b"backup:" + identity.bytes


def _line(digest: str, name: str) -> str:
    return f"{digest}  {name}\n"


def _write(path: Path, pieces: Iterable[bytes]) -> str:
    """A durable file of this account only; its SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    tally = sealed_file.Tally()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.writelines(tally.passing(pieces))
        out.flush()
        os.fsync(out.fileno())
    return tally.sha256


def _sync(folder: Path) -> None:
    """The names of the files too, durable."""
    for place in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# -- read back -------------------------------------------------------------------------------------


def verify(folder: Path, *, sample: int = SAMPLE) -> Verified:
    """Read a backup as if it were needed, then let go of the messages it holds. Raises BackupBroken.

    Every digest is checked, the database opened and read; opened and compared are the original of each
    mail that waits on its server, and ``sample`` other files. Only mails opened here may leave their server.
    """
    manifest, listed = _checked(folder)
    held = _held(folder, manifest)
    absent = [file for file in held if f"{SEALED}/{file.name}" not in listed]
    if alive := Blob.objects.filter(uuid__in=[file.uuid for file in absent], destroyed_at=None).count():
        raise BackupBroken(f"{alive} sealed files are not in the backup: find them, then make a new one.")
    there = {file.message: file for file in held if file.message and f"{SEALED}/{file.name}" in listed}
    waiting = [uuid for uuid in cleaning.waiting_for_a_backup() if uuid in there]
    released = [uuid for uuid in waiting if _opens(folder, there[uuid])]
    others = [file for file in held if file not in absent]
    chosen = random.sample(others, min(sample, len(others)))
    opened = len(released) + sum(_opens(folder, file) for file in chosen)
    made_at = datetime.fromisoformat(manifest.made_at)
    cleaning.backed_up(released, at=made_at)
    return Verified(made_at, len(listed), opened, len(there), len(released))


def _checked(folder: Path) -> tuple[Manifest, set[str]]:
    try:
        values: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        manifest = Manifest(**values)
        listing = (folder / LISTING).read_bytes()
    except (OSError, ValueError, TypeError) as error:
        raise BackupBroken(
            f"{folder} holds no finished backup ({type(error).__name__}): name the folder of one, or make a new one."
        ) from error
    if manifest.version != VERSION:
        raise BackupBroken("This backup was made by another version: verify it with that one.")
    if hashlib.sha256(listing).hexdigest() != manifest.listing:
        raise BackupBroken(f"{LISTING} was altered: use another backup.")
    listed = dict(line.split("  ", 1)[::-1] for line in listing.decode().splitlines())
    wrong = [name for name, digest in listed.items() if _digest(folder / name) != digest]
    if wrong or DATABASE not in listed:
        raise BackupBroken(f"{len(wrong)} of {len(listed)} files are missing or were altered: use another backup.")
    return manifest, set(listed)


def _digest(path: Path) -> str:
    tally = sealed_file.Tally()
    try:
        with path.open("rb") as file:
            for _ in tally.passing(sealed_file.pieces_of(file)):
                pass
    except OSError:
        return ""
    return tally.sha256


def _held(folder: Path, manifest: Manifest) -> list[HeldFile]:
    try:
        with _database(folder, manifest) as source:
            return dump.held_files(cast("BinaryIO", source), manifest.engine)
    except (SealBroken, dump.DumpUnusable) as error:
        raise BackupBroken(str(error)) from error


def _database(folder: Path, manifest: Manifest) -> sealed_file.UnsealedReader:
    identity = UUID(manifest.uuid)
    key = sealing.unwrap(settings.MASTER_KEYS, bytes.fromhex(manifest.key), _place(identity))
    return sealed_file.UnsealedReader((folder / DATABASE).open("rb"), key, blob=identity, kind=_DATA)


def _opens(folder: Path, file: HeldFile) -> bool:
    """Is it what was sealed? False when it was erased since. Raises BackupBroken when it is something else."""
    try:
        key = DataKey.objects.key_of(file.uuid)
    except KeyGone:
        return False
    tally = sealed_file.Tally()
    try:
        with (folder / SEALED / file.name).open("rb") as source:
            for _ in tally.passing(sealed_file.unsealed(source, key, blob=file.uuid, kind=file.kind)):
                pass
    except SealBroken as error:
        raise BackupBroken(f"In the backup: {error}") from error
    if tally.sha256 != file.sha256:
        raise BackupBroken(f"The file {file.uuid} opens to something else than was sealed: use another backup.")
    return True


# -- put back --------------------------------------------------------------------------------------


def restore(folder: Path) -> int:
    """Into empty databases and a storage of this version; how many files came back. Raises BackupBroken."""
    manifest, listed = _checked(folder)
    if manifest.engine != dump.engine("default"):
        raise BackupBroken(f"This backup is of {manifest.engine}: set DATABASE_URL to such a database.")
    try:
        with _database(folder, manifest) as source:
            dump.load("default", cast("BinaryIO", source))
    except (SealBroken, dump.DumpUnusable) as error:
        raise BackupBroken(str(error)) from error
    count = 0
    for name in sorted(listed - {DATABASE}):
        stored = name.removeprefix(f"{SEALED}/")
        if not storage().exists(stored):
            with (folder / name).open("rb") as file:
                storage().save(stored, File(file))
        count += 1
    return count


# -- the key store, apart --------------------------------------------------------------------------


def make_keys(path: Path) -> None:
    """The key store into one file, which takes the place of the earlier one: only the latest may exist."""
    manifest, key = _manifest("keys"), sealing.new_key()
    identity = UUID(manifest.uuid)
    wrapped = sealing.wrap(settings.MASTER_KEYS[0], key, _place(identity)).hex()
    told = dataclasses.replace(manifest, made_at=timezone.now().isoformat(), key=wrapped)
    aside = path.with_name(f".{path.name}.part")
    aside.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)

    def pieces() -> Iterator[bytes]:
        yield json.dumps(dataclasses.asdict(told)).encode() + b"\n"
        yield from _sealed_dump("keys", key, identity, _KEYS)

    _write(aside, pieces())
    aside.replace(path)
    handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def restore_keys(path: Path) -> None:
    """Into an empty key store. Raises BackupBroken."""
    try:
        with path.open("rb") as file:
            manifest = Manifest(**json.loads(file.readline()))
            identity = UUID(manifest.uuid)
            key = sealing.unwrap(settings.MASTER_KEYS, bytes.fromhex(manifest.key), _place(identity))
            with sealed_file.UnsealedReader(file, key, blob=identity, kind=_KEYS) as source:
                dump.load("keys", cast("BinaryIO", source))
    except (OSError, ValueError, TypeError, SealBroken, dump.DumpUnusable) as error:
        raise BackupBroken(f"The key store cannot be restored from {path}: {error}") from error
