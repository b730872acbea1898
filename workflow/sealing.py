"""Seals small values and wraps keys; the keys come in as arguments and are never kept.

Standard library and ``cryptography`` only. AES-256-GCM (NIST SP 800-38D) with a random
96-bit nonce: at most 2**32 values under one key, far above what one case can hold. The
first byte of everything sealed is its version, so that another algorithm can follow.
"""

import hashlib
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
KEY_ID_BYTES = 8
VERSION = 1

_HEAD = bytes([VERSION])
# A holder's key both seals values and wraps data keys: the label keeps one from passing as the other.
_VALUE = b"dsar value 1\x00"
_WRAPPED_KEY = b"dsar wrapped key 1\x00"


class SealBroken(Exception):
    """What is sealed was altered, cut, belongs elsewhere, or the key is the wrong one."""


class KeyGone(Exception):
    """The key was shredded (or never made): what it sealed can no longer be read by anyone."""


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return secrets.token_bytes(KEY_BYTES)


def key_id(key: bytes) -> bytes:
    """Names a key without telling it: the first 8 bytes of its SHA-256."""
    return hashlib.sha256(key).digest()[:KEY_ID_BYTES]


def seal(key: bytes, plaintext: bytes, *, aad: bytes) -> bytes:
    """Version byte, nonce, ciphertext and tag; ``aad`` says where the value belongs and must be given again."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return _HEAD + nonce + AESGCM(key).encrypt(nonce, plaintext, _VALUE + aad)


def unseal(key: bytes, sealed: bytes, *, aad: bytes) -> bytes:
    """The plaintext; raises SealBroken for a wrong key, another place (``aad``) or one altered byte."""
    if sealed[:1] != _HEAD:
        raise SealBroken(
            "This value is not sealed in a version this program knows: open it with the version that wrote it."
        )
    return _open(
        key, sealed[1:], _VALUE + aad, "This sealed value was altered or belongs elsewhere: restore it from a backup."
    )


def wrap(kek: bytes, dek: bytes, aad: bytes) -> bytes:
    """The key ``dek`` sealed under ``kek``: version byte, id of ``kek``, nonce, ciphertext and tag."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    identity = key_id(kek)
    return _HEAD + identity + nonce + AESGCM(kek).encrypt(nonce, dek, _WRAPPED_KEY + identity + aad)


def wrapped_under(wrapped: bytes) -> bytes:
    """The id of the key that ``wrapped`` needs, as ``key_id`` gives it."""
    return wrapped[1 : 1 + KEY_ID_BYTES]


def unwrap(keks: Sequence[bytes], wrapped: bytes, aad: bytes) -> bytes:
    """The key inside ``wrapped``, opened with the one of ``keks`` it names.

    Raises SealBroken when none of them is the one, or when the wrapping was altered or
    belongs to another holder or blob (``aad``).
    """
    if wrapped[:1] != _HEAD:
        raise SealBroken(
            "This key is not wrapped in a version this program knows: open it with the version that wrote it."
        )
    identity = wrapped_under(wrapped)
    kek = next((candidate for candidate in keks if key_id(candidate) == identity), None)
    if kek is None:
        raise SealBroken(
            f"The key {identity.hex()} that wraps this one is not at hand: "
            "if the master key was changed, put the earlier one into OLD_MASTER_KEYS."
        )
    return _open(
        kek,
        wrapped[1 + KEY_ID_BYTES :],
        _WRAPPED_KEY + identity + aad,
        "This wrapped key was altered or belongs elsewhere: restore the key store from its backup.",
    )


def _open(key: bytes, sealed: bytes, aad: bytes, cure: str) -> bytes:
    if len(sealed) < NONCE_BYTES + TAG_BYTES:
        raise SealBroken(cure)
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad)
    except InvalidTag:
        raise SealBroken(cure) from None
