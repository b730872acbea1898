"""The Belgian national register number: found, checked, hidden. Pure.

Private use of it is prohibited (act of 8 August 1983, art. 8 and 13): nobody here needs it to answer a request.
"""

import hashlib
import hmac
import re

# Eleven digits, with or without the usual dots: 85.07.30-033.28.
_WRITTEN = re.compile(r"(?<!\d)\d{2}([. /-]?)\d{2}\1\d{2}[. /-]?\d{3}[. /-]?\d{2}(?!\d)")
# On the second line of a card's machine-readable zone, between the nationality and the last check digit.
_ON_CARD = re.compile(r"(?<=[A-Z]{3})\d{11}(?=\d(?!\d))")
_DIGIT = re.compile(r"\d")
HIDDEN = "•"


def is_valid(number: str) -> bool:
    """Eleven digits with a possible date (also of a bis number) and the right control number."""
    digits = "".join(_DIGIT.findall(number))
    if len(digits) != 11:
        return False
    month, day, control = int(digits[2:4]) % 20, int(digits[4:6]), int(digits[9:])
    if month > 12 or int(digits[2:4]) >= 53 or day > 31:
        return False
    return control in {97 - int(digits[:9]) % 97, 97 - int("2" + digits[:9]) % 97}


def masked(text: str) -> str:
    """The text with the digits of every valid number hidden; every other letter stays in its place."""
    for pattern in (_ON_CARD, _WRITTEN):
        text = pattern.sub(lambda found: _hide(found.group()) if is_valid(found.group()) else found.group(), text)
    return text


def _hide(number: str) -> str:
    return _DIGIT.sub(HIDDEN, number)


def digest(number: str, *, key: bytes) -> str:
    """What recognises the same number again without telling it: HMAC-SHA-256 under a key of ours, hexadecimal."""
    digits = "".join(_DIGIT.findall(number))
    return hmac.new(key, b"national register number 1\x00" + digits.encode(), hashlib.sha256).hexdigest()
