"""The sealed file: every way of tampering with its frames is seen, and nothing unverified comes out."""

import hashlib
import io
import uuid

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from dsar.vault import format as sealed_file
from workflow.sealing import SealBroken

KEY = bytes(range(32))
BLOB = uuid.UUID("12345678-1234-4234-8234-123456789abc")
KIND = "mail-raw"
FRAME = 16
HEADER = 8 + 1 + 4 + 16 + 1 + len(KIND)
ON_DISK = FRAME + 16


def sealed(plaintext: bytes, *, key=KEY, blob=BLOB, kind=KIND, frame=FRAME) -> bytes:
    return b"".join(sealed_file.sealed([plaintext], key, blob=blob, kind=kind, frame_bytes=frame))


def opened(file: bytes, *, key=KEY, blob=BLOB, kind=KIND) -> bytes:
    return b"".join(sealed_file.unsealed(io.BytesIO(file), key, blob=blob, kind=kind))


def frames_of(file: bytes) -> list[bytes]:
    return [file[start : start + ON_DISK] for start in range(HEADER, len(file), ON_DISK)]


@given(plaintext=st.binary(max_size=10 * FRAME), frame=st.integers(1, 3 * FRAME))
def test_whatever_is_sealed_opens_again(plaintext, frame):
    assert opened(sealed(plaintext, frame=frame)) == plaintext


@given(pieces=st.lists(st.binary(max_size=3 * FRAME), max_size=12))
def test_how_the_plaintext_arrives_does_not_show_in_the_file(pieces):
    in_pieces = b"".join(sealed_file.sealed(pieces, KEY, blob=BLOB, kind=KIND, frame_bytes=FRAME))

    assert in_pieces == sealed(b"".join(pieces))


@pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 1])
def test_the_file_has_one_frame_per_started_frame_of_plaintext(size):
    file = sealed(b"x" * size)

    assert len(file) == HEADER + size + 16 * max(1, -(-size // FRAME))


def test_the_layout_is_the_written_one():
    file = sealed(b"0123456789abcdef" + b"rest")
    header = b"DSARSEAL" + b"\x01" + b"\x00\x00\x00\x10" + BLOB.bytes + b"\x08" + b"mail-raw"
    cipher = AESGCM(KEY)

    assert file[:HEADER] == header
    first, second = frames_of(file)
    assert cipher.decrypt(b"\x00" * 11 + b"\x00", first, header) == b"0123456789abcdef"
    assert cipher.decrypt(b"\x00" * 10 + b"\x01" + b"\x01", second, header) == b"rest"


@given(plaintext=st.binary(max_size=4 * FRAME), data=st.data())
def test_one_changed_bit_anywhere_is_seen(plaintext, data):
    file = bytearray(sealed(plaintext))
    place = data.draw(st.integers(0, len(file) * 8 - 1))
    file[place // 8] ^= 1 << place % 8

    with pytest.raises(SealBroken):
        opened(bytes(file))


@given(plaintext=st.binary(max_size=4 * FRAME), data=st.data())
def test_a_file_cut_anywhere_is_seen(plaintext, data):
    file = sealed(plaintext)
    length = data.draw(st.integers(0, len(file) - 1))

    with pytest.raises(SealBroken):
        opened(file[:length])


@given(plaintext=st.binary(max_size=4 * FRAME), more=st.binary(min_size=1, max_size=3 * ON_DISK))
def test_anything_appended_is_seen(plaintext, more):
    with pytest.raises(SealBroken):
        opened(sealed(plaintext) + more)


@given(
    plaintext=st.binary(
        min_size=3 * FRAME,
        max_size=6 * FRAME,
    ).filter(lambda plain: len(plain) % FRAME == 0),
    data=st.data(),
)
def test_frames_in_any_other_order_are_seen(plaintext, data):
    file = sealed(plaintext)
    frames = frames_of(file)
    order = data.draw(st.permutations(range(len(frames))).filter(lambda drawn: drawn != sorted(drawn)))

    with pytest.raises(SealBroken):
        opened(file[:HEADER] + b"".join(frames[place] for place in order))


@given(place=st.integers(0, 3), change=st.sampled_from(["drop", "repeat"]))
def test_a_frame_left_out_or_repeated_is_seen(place, change):
    file = sealed(bytes(range(4 * FRAME)))
    frames = frames_of(file)
    frames[place : place + 1] = [] if change == "drop" else [frames[place]] * 2

    with pytest.raises(SealBroken):
        opened(file[:HEADER] + b"".join(frames))


@given(place=st.integers(0, 3))
def test_a_frame_of_another_file_under_the_same_key_is_seen(place):
    # Cannot happen with a key per file; the header in the associated data holds even then.
    one = sealed(bytes(range(4 * FRAME)))
    other = sealed(bytes(range(4 * FRAME)), blob=uuid.UUID(int=BLOB.int + 1))
    frames = frames_of(one)
    frames[place] = frames_of(other)[place]

    with pytest.raises(SealBroken):
        opened(one[:HEADER] + b"".join(frames))


@pytest.mark.parametrize(
    "asked",
    [{"key": bytes(32)}, {"blob": uuid.UUID(int=BLOB.int + 1)}, {"kind": "mail-part"}, {"kind": "mail-ra"}],
    ids=["another key", "another blob", "another kind", "a shorter kind"],
)
def test_a_file_opens_only_as_what_it_is(asked):
    with pytest.raises(SealBroken, match=r"restore it from a backup\.$"):
        opened(sealed(b"secret"), **asked)


def test_a_last_frame_that_is_empty_after_others_is_not_ours():
    # Only a forger with the key could write it: two spellings of one file would be a hiding place.
    header = sealed_file.header(BLOB, KIND, FRAME)
    cipher = AESGCM(KEY)
    forged = (
        header
        + cipher.encrypt(sealed_file.nonce(0, last=False), b"x" * FRAME, header)
        + cipher.encrypt(sealed_file.nonce(1, last=True), b"", header)
    )

    with pytest.raises(SealBroken):
        opened(forged)


@pytest.mark.parametrize("frame_bytes", [0, 1024 * 1024 + 1, 2**32 - 1])
def test_a_header_cannot_make_the_reader_ask_for_more_memory_than_a_frame(frame_bytes):
    header = bytearray(sealed_file.header(BLOB, KIND))
    header[9:13] = frame_bytes.to_bytes(4)
    source = io.BytesIO(bytes(header) + b"x" * 100)

    with pytest.raises(SealBroken):
        list(sealed_file.unsealed(source, KEY, blob=BLOB, kind=KIND))
    assert source.tell() == len(header)


def test_only_verified_frames_come_out_before_the_error():
    file = bytearray(sealed(b"A" * FRAME + b"B" * FRAME + b"C" * FRAME))
    file[HEADER + ON_DISK] ^= 1
    pieces = sealed_file.unsealed(io.BytesIO(bytes(file)), KEY, blob=BLOB, kind=KIND)

    assert next(pieces) == b"A" * FRAME
    with pytest.raises(SealBroken):
        next(pieces)


def test_a_future_version_is_named_as_such():
    file = bytearray(sealed(b"secret"))
    file[8] = 2

    with pytest.raises(SealBroken, match="unknown version: open it with the program that wrote it"):
        opened(bytes(file))


@given(noise=st.binary(max_size=200))
def test_noise_is_not_a_sealed_file(noise):
    with pytest.raises(SealBroken, match="is not a sealed file"):
        opened(noise)


def test_a_million_frames_have_a_million_nonces():
    nonces = {sealed_file.nonce(number, last=False) for number in range(1_000_000)}
    nonces.add(sealed_file.nonce(999_999, last=True))

    assert len(nonces) == 1_000_001
    assert {len(nonce) for nonce in nonces} == {12}


@pytest.mark.parametrize("kind", ["", "Mail", "mail raw", "é", "x" * 41, "../x", "mail\n"])
def test_a_kind_the_header_cannot_hold_is_refused(kind):
    with pytest.raises(ValueError, match="cannot be stored"):
        sealed_file.header(BLOB, kind)


class Drip(io.RawIOBase):
    """A network stream: hands out one to three bytes whatever is asked."""

    def __init__(self, content: bytes) -> None:
        self._inner = io.BytesIO(content)
        self._turn = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self._turn = self._turn % 3 + 1
        return self._inner.readinto(memoryview(buffer)[: self._turn])


def test_a_source_that_hands_out_less_than_asked_is_read_whole():
    plaintext = bytes(range(5 * FRAME))

    assert b"".join(sealed_file.unsealed(Drip(sealed(plaintext)), KEY, blob=BLOB, kind=KIND)) == plaintext


@given(plaintext=st.binary(max_size=5 * FRAME), sizes=st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_the_reader_reads_in_any_steps(plaintext, sizes):
    reader = io.BufferedReader(sealed_file.UnsealedReader(io.BytesIO(sealed(plaintext)), KEY, blob=BLOB, kind=KIND), 8)
    steps = [reader.read(size) for size in sizes]

    assert b"".join(steps) + reader.read() == plaintext


def test_closing_the_reader_closes_the_file_under_it():
    source = io.BytesIO(sealed(b"secret"))

    with io.BufferedReader(sealed_file.UnsealedReader(source, KEY, blob=BLOB, kind=KIND)) as reader:
        assert reader.read(3) == b"sec"
    assert source.closed


def test_what_passes_the_tally_is_counted_and_digested():
    tally = sealed_file.Tally()

    assert b"".join(tally.passing([b"ab", b"", b"c"])) == b"abc"
    assert (tally.size, tally.sha256) == (3, hashlib.sha256(b"abc").hexdigest())


@pytest.mark.parametrize(
    "source",
    [b"abc", bytearray(b"abc"), memoryview(b"abc"), io.BytesIO(b"abc"), [b"a", b"bc"], (piece for piece in [b"abc"])],
    ids=["bytes", "bytearray", "memoryview", "readable", "list", "generator"],
)
def test_every_source_becomes_pieces(source):
    assert b"".join(sealed_file.pieces_of(source)) == b"abc"
