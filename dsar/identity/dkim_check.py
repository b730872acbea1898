"""The DKIM signatures of a mail, checked by ourselves (RFC 6376). Pure: key records come in as an argument.

Reading a stranger's mail happens in a process of its own (``inspector``), the look-ups in ``dns``: this module is
between the two.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import dkim

_SIGNATURE = re.compile(rb"^dkim-signature[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(rb"(?:^|;)\s*([ds])\s*=\s*([A-Za-z0-9._-]{1,253})\s*(?=;|$)")
HEAD_LIMIT = 1024 * 1024
SIGNATURES_LIMIT = 3


class DkimVerdict(StrEnum):
    PASSED = "passed"
    BROKEN = "broken"
    NO_ANSWER = "no_answer"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class DkimResult:
    """One signature: who signs, and what came of it."""

    domain: str
    verdict: DkimVerdict


def key_names(raw: bytes) -> list[tuple[str, str]]:
    """(domain, name of the key record) of the first signatures of a mail; "" for one that names none."""
    head = re.split(rb"\r?\n\r?\n", raw[:HEAD_LIMIT], maxsplit=1)[0]
    found = []
    for field in list(_SIGNATURE.finditer(head))[:SIGNATURES_LIMIT]:
        tags = {name: value.decode("ascii").lower() for name, value in _TAG.findall(re.sub(rb"\s+", b"", field[1]))}
        domain, selector = tags.get(b"d", ""), tags.get(b"s", "")
        found.append((domain, f"{selector}._domainkey.{domain}" if domain and selector else ""))
    return found


def check(raw: bytes, records: Mapping[str, str | None] | None) -> list[DkimResult]:
    """The result of each signature. ``records``: TXT record by name, None where nobody answered; None without DNS."""
    found = []
    for number, (domain, name) in enumerate(key_names(raw)):
        if records is None:
            verdict = DkimVerdict.NOT_CHECKED
        elif records.get(name) is None:
            verdict = DkimVerdict.NO_ANSWER if name else DkimVerdict.BROKEN
        else:
            verdict = DkimVerdict.PASSED if _passes(raw, number, records) else DkimVerdict.BROKEN
        found.append(DkimResult(domain, verdict))
    return found


def _passes(raw: bytes, number: int, records: Mapping[str, str | None]) -> bool:
    def record(name: bytes | str, timeout: int = 0) -> bytes | None:
        asked = name.decode("ascii") if isinstance(name, bytes) else name
        text = records.get(asked.rstrip(".").lower())
        return text.encode() if text else None

    try:
        return bool(dkim.DKIM(raw).verify(idx=number, dnsfunc=record))
    except (dkim.DKIMException, ValueError, KeyError, IndexError, AttributeError):
        return False  # malformed in one of the library's many ways: it does not verify
