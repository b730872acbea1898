"""From the words of a mail server to one reason a person understands (RFC 5321, 3463). Pure."""

import re

from notifications.kinds import Why

# What a server says when the fault is ours: not signed in, commands out of order, unknown commands.
OUR_FAULT = frozenset({500, 501, 502, 503, 504, 530, 534, 535, 538})
# The whole server is in difficulty, not this one letter: another account may carry it.
_OF_THE_SERVER = frozenset({421, 452})
_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_BY_SUBJECT = {
    ("1", "1"): Why.NO_MAILBOX,
    ("1", "2"): Why.NO_MAILBOX,
    ("1", "3"): Why.NO_MAILBOX,
    ("1", "6"): Why.NO_MAILBOX,
    ("1", "10"): Why.NO_MAILBOX,
    ("2", "1"): Why.NO_MAILBOX,
    ("2", "2"): Why.MAILBOX_FULL,
    ("2", "3"): Why.TOO_LARGE,
    ("3", "4"): Why.TOO_LARGE,
    ("6", "7"): Why.ADDRESS_UNSUPPORTED,
}


def final(code: int) -> bool:
    """Does the server refuse for ever? Not where the fault is ours: that is repaired, and the letter goes again."""
    return 500 <= code < 600 and code not in OUR_FAULT


def of_the_server(code: int) -> bool:
    """Is it this server that cannot, whatever the letter?"""
    return code in OUR_FAULT or code in _OF_THE_SERVER


def why(code: int, text: str) -> Why:
    """The reason behind a reply other than 250."""
    if code in OUR_FAULT:
        return Why.SIGN_IN if code in {530, 534, 535, 538} else Why.SENDER_REFUSED
    if code == 452:
        return Why.STORE_FULL
    if not final(code):
        return Why.GREYLISTED if code in {450, 451} and "grey" in text.lower() else Why.BUSY
    return of_status(text) or (Why.NO_MAILBOX if code in {550, 551, 553} else Why.REFUSED)


def of_status(text: str) -> Why | None:
    """The reason named by an enhanced status such as 5.1.1; None without one that says more than "refused"."""
    found = _ENHANCED.search(text)
    if found is None:
        return None
    known = _BY_SUBJECT.get((found[2], found[3]))
    if known is not None:
        return known
    return Why.REJECTED if found[2] == "7" else Why.REFUSED
