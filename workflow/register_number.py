"""The Belgian national register number: found, checked, hidden. Pure.

Private use of it is prohibited (act of 8 August 1983, art. 8 and 13): nobody here needs it to answer a request.
"""

import hashlib
import hmac
import re

# Eleven digits, however they are set apart: 85.07.30-033.28, 85 07 30 – 033 28, and in HTML with entities and tags; the
# year in full, and broken over the end of a line, quoted or not. A telephone number begins with its plus.
_APART = (
    r"(?:[ \t.,:;/|_()·\u00a0\u2000-\u2015\u202f\u2212-]|=?\r?\n(?:> ?){0,3}"
    r"|&(?:nbsp|ensp|emsp|thinsp|ndash|mdash|#\d{1,4}|#x[0-9a-fA-F]{1,4});)"
)
_GAP = rf"(?:{_APART}|<[^<>]{{0,200}}>){{0,4}}"
_WRITTEN = re.compile(rf"(?<![\d+])(?:1{_GAP}9{_GAP}|2{_GAP}0{_GAP})?\d(?:{_GAP}\d){{10}}(?!\d)")
_BETWEEN = re.compile(r"&[^;]{1,8};|<[^<>]*>")
# On the second line of a card's machine-readable zone, between the nationality and the last check digit.
_ON_CARD = re.compile(r"(?<=[A-Z]{3})\d{11}(?=\d(?!\d))")
# The same as a machine reads it off a picture: letters for digits, blanks around the dots.
_SIGN = "[0-9OoIl|SBZ]"
_MISREAD = re.compile(
    rf"(?<![0-9A-Za-z]){_SIGN}{{2}}[ .,:/-]{{0,2}}{_SIGN}{{2}}[ .,:/-]{{0,2}}{_SIGN}{{2}}[ .,:/-]{{0,3}}"
    rf"{_SIGN}{{3}}[ .,:/-]{{0,2}}{_SIGN}{{2}}(?![0-9A-Za-z])"
)
_DIGITS_ENOUGH = 8
_DIGIT = re.compile(r"\d")
_EITHER = re.compile(rf"{_BETWEEN.pattern}|\d")
HIDDEN = "•"


def is_valid(number: str) -> bool:
    """Eleven digits, or with a year in full: a possible date (also of a bis number), the right control number."""
    digits = _digits(number)
    if len(digits) == 13:
        return digits[:2] in {"19", "20"} and _agrees(digits[2:], {"19": "", "20": "2"}[digits[:2]])
    return len(digits) == 11 and (_agrees(digits, "") or _agrees(digits, "2"))


def _agrees(digits: str, century: str) -> bool:
    """The control number is that of a birth before 2000 ("") or since ("2")."""
    month, day, control = int(digits[2:4]) % 20, int(digits[4:6]), int(digits[9:])
    if month > 12 or int(digits[2:4]) >= 53 or day > 31:
        return False
    return control == 97 - int(century + digits[:9]) % 97


def masked(text: str) -> str:
    """The text with the digits of every valid number hidden; every other letter stays in its place."""
    return _hidden(text, HIDDEN)


def masked_bytes(data: bytes) -> bytes:
    """The same of a text as it was sent, in any spelling that keeps digits as they are; as long as before."""
    return _hidden(data.decode("latin-1"), "*").encode("latin-1")


def _hidden(text: str, sign: str) -> str:
    for pattern in (_ON_CARD, _WRITTEN):
        pieces, start, at = [], 0, 0
        while found := pattern.search(text, at):
            if is_valid(found.group()):
                pieces += [text[start : found.start()], _hide(found.group(), sign)]
                start = at = found.end()
            else:
                at = found.start() + 1  # the number may begin in the middle of what stands before it
        text = "".join([*pieces, text[start:]])
    return text


def masked_where_misread(text: str) -> str:
    """The same for text read off a picture: every number of that shape, since a misread digit breaks the control."""
    return _MISREAD.sub(
        lambda found: (
            re.sub(_SIGN, HIDDEN, found.group())
            if len(_DIGIT.findall(found.group())) >= _DIGITS_ENOUGH
            else found.group()
        ),
        masked(text),
    )


def _hide(number: str, sign: str) -> str:
    return _EITHER.sub(lambda found: found.group() if len(found.group()) > 1 else sign, number)


def _digits(number: str) -> str:
    return "".join(_DIGIT.findall(_BETWEEN.sub(" ", number)))


def digest(number: str, *, key: bytes) -> str:
    """What recognises the same number again without telling it: HMAC-SHA-256 under a key of ours, hexadecimal."""
    digits = _digits(number)
    return hmac.new(key, b"national register number 1\x00" + digits.encode(), hashlib.sha256).hexdigest()
