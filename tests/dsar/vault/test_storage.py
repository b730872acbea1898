"""The contract of a store for sealed files, the same for a folder and a bucket; then what only a folder has."""

import os
import stat
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from dsar.vault import storage
from dsar.vault.format import readable

MIB = 1024 * 1024


@pytest.fixture
def sealed_store_folder(sealed_folder):
    return storages["sealed"]


def test_what_is_saved_is_read_back(sealed_store):
    name = sealed_store.save(storage.random_name(), ContentFile(b"sealed bytes"))

    with sealed_store.open(name) as file:
        assert file.read() == b"sealed bytes"
    assert sealed_store.exists(name)


def test_an_empty_file_is_kept(sealed_store):
    name = sealed_store.save(storage.random_name(), ContentFile(b""))

    with sealed_store.open(name) as file:
        assert file.read() == b""


def test_a_stream_without_length_is_saved(sealed_store):
    pieces = (bytes([number]) * MIB for number in range(18))

    name = sealed_store.save(storage.random_name(), File(readable(pieces)))

    with sealed_store.open(name) as file:
        assert file.read() == b"".join(bytes([number]) * MIB for number in range(18))


def test_a_source_that_breaks_leaves_no_file(sealed_store):
    name = storage.random_name()

    def breaking():
        yield b"x" * (9 * MIB)
        raise OSError("the source broke")

    with pytest.raises(OSError, match="the source broke"):
        sealed_store.save(name, File(readable(breaking())))

    assert not sealed_store.exists(name)
    assert [found for shard in (storage.INCOMING, *storage.SHARDS) for found in sealed_store.stored(shard)] == []


def test_a_deleted_file_is_gone_and_may_be_deleted_again(sealed_store):
    name = sealed_store.save(storage.random_name(), ContentFile(b"sealed bytes"))

    sealed_store.delete(name)
    sealed_store.delete(name)

    assert not sealed_store.exists(name)
    with pytest.raises(FileNotFoundError):
        sealed_store.open(name).read()


def test_a_shard_lists_its_own_files_with_their_time(sealed_store):
    sealed_store.save("ab/" + "ab" * 16, ContentFile(b"one"))
    sealed_store.save("ab/" + "abcd" * 8, ContentFile(b"two"))
    sealed_store.save("cd/" + "cd" * 16, ContentFile(b"three"))

    found = dict(sealed_store.stored("ab"))

    assert set(found) == {"ab/" + "ab" * 16, "ab/" + "abcd" * 8}
    assert all(abs(at - datetime.now(UTC)) < timedelta(minutes=1) for at in found.values())
    assert list(sealed_store.stored("ee")) == []


def test_memory_stays_bounded_while_a_large_file_goes_in_and_out(sealed_store):
    # One part of an upload is 8 MiB and is copied on its way; the file is eight times as long.
    size = 64 * MIB

    tracemalloc.start()
    try:
        name = sealed_store.save(storage.random_name(), File(readable(b"x" * MIB for _ in range(64))))
        with sealed_store.open(name) as file:
            read = sum(len(piece) for piece in iter(lambda: file.read(MIB), b""))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert read == size
    assert peak < 40 * MIB


def test_names_are_random_and_say_nothing():
    names = {storage.random_name() for _ in range(1000)}

    assert len(names) == 1000
    assert {(len(name), name[:2] == name[3:5], name[2]) for name in names} == {(35, True, "/")}


def test_files_are_for_this_account_only(sealed_folder, sealed_store_folder):
    old = os.umask(0)  # a careless service manager
    try:
        name = sealed_store_folder.save(storage.random_name(), ContentFile(b"sealed bytes"))
    finally:
        os.umask(old)

    assert stat.S_IMODE((sealed_folder / name).stat().st_mode) == 0o600
    folders = [sealed_folder, *(path for path in sealed_folder.rglob("*") if path.is_dir())]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


def test_nothing_is_left_aside_and_nothing_is_visible_before_it_is_whole(sealed_folder, sealed_store_folder):
    name = storage.random_name()
    seen_on_the_way = []

    def watching():
        yield b"first half"
        seen_on_the_way.append(sealed_store_folder.exists(name))
        yield b"second half"

    sealed_store_folder.save(name, File(readable(watching())))

    assert seen_on_the_way == [False]
    assert (sealed_folder / name).read_bytes() == b"first halfsecond half"
    assert list((sealed_folder / storage.INCOMING).iterdir()) == []


def test_file_then_rename_then_folder_reach_the_disk_in_this_order(sealed_folder, sealed_store_folder, monkeypatch):
    sealed_store_folder.save("ab/" + "0" * 32, ContentFile(b"folders exist from here on"))
    steps = []
    fsync, rename = os.fsync, os.rename

    def noting_fsync(descriptor):
        steps.append(("fsync", os.readlink(f"/proc/self/fd/{descriptor}")))
        fsync(descriptor)

    def noting_rename(source, target, **kwargs):
        steps.append(("rename", str(target)))
        rename(source, target, **kwargs)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(os, "rename", noting_rename)
    name = sealed_store_folder.save("ab/" + "1" * 32, ContentFile(b"sealed bytes"))

    assert [what for what, _ in steps] == ["fsync", "rename", "fsync"]
    assert steps[0][1].startswith(str(sealed_folder / storage.INCOMING))
    assert steps[1][1] == str(sealed_folder / name)
    assert steps[2][1] == str(sealed_folder / "ab")


def test_new_folders_reach_the_disk_too(sealed_folder, sealed_store_folder, monkeypatch):
    synced = []
    fsync = os.fsync

    def noting_fsync(descriptor):
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    sealed_store_folder.save("ab/" + "1" * 32, ContentFile(b"sealed bytes"))

    assert str(sealed_folder.parent) in synced  # names sealed/
    assert str(sealed_folder) in synced  # names sealed/ab
    assert str(sealed_folder / "ab") in synced  # names the file


@pytest.mark.parametrize("name", ["../escape", "ab/../../escape", "/etc/escape"])
def test_no_name_leaves_the_folder(sealed_store_folder, name):
    with pytest.raises(SuspiciousFileOperation):
        sealed_store_folder.save(name, ContentFile(b"x"))


def test_a_bucket_object_is_only_opened_for_reading(sealed_bucket):
    with pytest.raises(ValueError, match=r"through save\(\)"):
        storages["sealed"].open("ab/" + "1" * 32, "wb")


def test_a_file_is_read_in_steps(sealed_store):
    name = sealed_store.save(storage.random_name(), ContentFile(b"0123456789"))

    with sealed_store.open(name) as file:
        assert [file.read(4), file.read(4), file.read(4), file.read(4)] == [b"0123", b"4567", b"89", b""]
