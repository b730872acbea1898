"""Values and keys that are sealed open only whole, in their place and with their key."""

import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from workflow import sealing
from workflow.sealing import SealBroken

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
FIRST_RELEASE_VALUE = "007015ad067aa737ad255422db2ad84df5a36455589ea45509bf32eac0f55762b1c7"


@given(plaintext=st.binary(max_size=300), aad=st.binary(max_size=50))
def test_a_sealed_value_opens_again(plaintext, aad):
    sealed = sealing.seal(KEY, plaintext, aad=aad)

    assert sealing.unseal(KEY, sealed, aad=aad) == plaintext
    assert len(sealed) == 1 + 12 + len(plaintext) + 16


@given(plaintext=st.binary(max_size=60), data=st.data())
def test_one_changed_bit_anywhere_is_seen(plaintext, data):
    sealed = bytearray(sealing.seal(KEY, plaintext, aad=b"note:1"))
    place = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[place // 8] ^= 1 << place % 8

    with pytest.raises(SealBroken):
        sealing.unseal(KEY, bytes(sealed), aad=b"note:1")


@given(length=st.integers(0, 40))
def test_a_cut_value_is_seen(length):
    sealed = sealing.seal(KEY, b"twelve bytes", aad=b"note:1")

    with pytest.raises(SealBroken):
        sealing.unseal(KEY, sealed[:length], aad=b"note:1")


@pytest.mark.parametrize(
    ("key", "aad"),
    [(OTHER_KEY, b"note:1"), (KEY, b"note:2"), (KEY, b""), (KEY, b"note:1 ")],
    ids=["another key", "another note", "no place", "a longer place"],
)
def test_a_value_opens_only_with_its_key_and_in_its_place(key, aad):
    sealed = sealing.seal(KEY, b"secret", aad=b"note:1")

    with pytest.raises(SealBroken, match=r"altered or belongs elsewhere: restore it from a backup\.$"):
        sealing.unseal(key, sealed, aad=aad)


def test_the_same_value_never_looks_the_same():
    sealed = {sealing.seal(KEY, b"same", aad=b"") for _ in range(2000)}

    assert len({one[1:13] for one in sealed}) == 2000


def test_the_algorithm_is_aes_256_gcm_with_the_label_and_place_as_associated_data():
    # Opened here with the primitive itself, so that a silent change of the format cannot pass.
    sealed = sealing.seal(KEY, b"secret", aad=b"note:1")

    assert sealed[0] == 1
    assert AESGCM(KEY).decrypt(sealed[1:13], sealed[13:], b"dsar value 1\x00note:1") == b"secret"


def test_a_value_sealed_by_the_first_release_still_opens():
    sealed = bytes.fromhex("01000102030405060708090a0b" + FIRST_RELEASE_VALUE)

    assert sealing.unseal(KEY, sealed, aad=b"note:1") == "Größe, déjà vu".encode()


def test_keys_are_fresh_and_long():
    keys = {sealing.new_key() for _ in range(100)}

    assert len(keys) == 100
    assert {len(key) for key in keys} == {32}


def test_a_wrapped_key_opens_with_any_of_the_master_keys():
    key = sealing.new_key()
    wrapped = sealing.wrap(KEY, key, b"holder:1")

    assert sealing.unwrap([KEY], wrapped, b"holder:1") == key
    assert sealing.unwrap([OTHER_KEY, KEY], wrapped, b"holder:1") == key


def test_a_wrapped_key_names_its_master_key_and_does_not_contain_it():
    key = sealing.new_key()
    wrapped = sealing.wrap(KEY, key, b"holder:1")

    assert sealing.wrapped_under(wrapped) == hashlib.sha256(KEY).digest()[:8] == sealing.key_id(KEY)
    assert key not in wrapped
    assert KEY not in wrapped


def test_a_key_of_an_absent_master_key_says_what_to_do():
    wrapped = sealing.wrap(KEY, sealing.new_key(), b"holder:1")

    with pytest.raises(SealBroken, match=f"{sealing.key_id(KEY).hex()}.*put the earlier one into OLD_MASTER_KEYS"):
        sealing.unwrap([OTHER_KEY], wrapped, b"holder:1")


@given(place=st.integers(0, (1 + 8 + 12 + 32 + 16) * 8 - 1))
def test_one_changed_bit_in_a_wrapped_key_is_seen(place):
    wrapped = bytearray(sealing.wrap(KEY, OTHER_KEY, b"holder:1"))
    wrapped[place // 8] ^= 1 << place % 8

    with pytest.raises(SealBroken):
        sealing.unwrap([KEY], bytes(wrapped), b"holder:1")


@given(length=st.integers(0, 68))
def test_a_cut_wrapped_key_is_seen(length):
    with pytest.raises(SealBroken):
        sealing.unwrap([KEY], sealing.wrap(KEY, OTHER_KEY, b"holder:1")[:length], b"holder:1")


def test_a_wrapped_key_of_one_holder_does_not_pass_for_another():
    wrapped = sealing.wrap(KEY, sealing.new_key(), b"holder:1")

    with pytest.raises(SealBroken):
        sealing.unwrap([KEY], wrapped, b"holder:2")


def test_a_wrapped_key_cannot_be_opened_as_a_value():
    wrapped = sealing.wrap(KEY, OTHER_KEY, b"holder:1")
    as_value = wrapped[:1] + wrapped[9:]

    with pytest.raises(SealBroken):
        sealing.unseal(KEY, as_value, aad=b"holder:1")
