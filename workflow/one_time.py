"""One-time codes a person can read out: made from a secret and an identifier, so that none of them is stored.

A letter that has to leave again after a crash says the same code; what a row keeps is a keyed digest of it.
"""

import hmac
import re
import uuid

from django.conf import settings
from django.utils.crypto import salted_hmac

_GROUPS = 3
# Nothing that two eyes read as two things, and no vowel: no group is a word.
_LETTERS, _DIGITS = "BCDFGHJKMNPQRTVWXZ", "23456789"
_GROUP = len(_LETTERS) ** 2 * len(_DIGITS)
_ONE = f"[{_LETTERS}][{_DIGITS}][{_LETTERS}]"
_WRITTEN = re.compile(rf"(?<![A-Z0-9]){_ONE}(?:[ -]?{_ONE}){{{_GROUPS - 1}}}(?![A-Z0-9])", re.IGNORECASE)


def digest_of_new(identifier: uuid.UUID) -> str:
    """What a row keeps of the code of this identifier."""
    return _digest(identifier, _derived(identifier, settings.SECRET_KEY), settings.SECRET_KEY)


def spelled(identifier: uuid.UUID, digest: str) -> str:
    """The code in groups, like K7M-P4X-R2T; empty when SECRET_KEY was replaced without a fallback."""
    for secret in _secrets():
        code = _derived(identifier, secret)
        if hmac.compare_digest(digest, _digest(identifier, code, secret)):
            return "-".join(code[start : start + 3] for start in range(0, len(code), 3))
    return ""


def is_code(identifier: uuid.UUID, digest: str, text: str) -> bool:
    """Is this what was sent? In constant time; every secret is tried whatever an earlier one said."""
    code = "".join(letter for letter in text.upper()[:100] if letter.isalnum())
    matches = [hmac.compare_digest(digest, _digest(identifier, code, secret)) for secret in _secrets()]
    return any(matches)


def code_within(text: str) -> str:
    """The first thing in a text that is spelled like a code; empty when there is none."""
    found = _WRITTEN.search(text)
    return found.group() if found else ""


def _secrets() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _derived(identifier: uuid.UUID, secret: str) -> str:
    raw = salted_hmac("workflow.codes:code", identifier.bytes, secret=secret, algorithm="sha256").digest()
    number, groups = int.from_bytes(raw), []
    for _group in range(_GROUPS):
        number, rest = divmod(number, _GROUP)
        rest, last = divmod(rest, len(_LETTERS))
        digit, first = divmod(rest, len(_LETTERS))
        groups.append(_LETTERS[first] + _DIGITS[digit] + _LETTERS[last])
    return "".join(groups)


def _digest(identifier: uuid.UUID, code: str, secret: str) -> str:
    bound = identifier.bytes + code.encode()
    return salted_hmac("workflow.codes:digest", bound, secret=secret, algorithm="sha256").hexdigest()
