"""From the words of a mail server to one reason a person understands (RFC 5321, 3463). Pure."""

import re
from enum import StrEnum

from notifications.kinds import Why

# What a server says when the fault is ours: not signed in, commands out of order, unknown commands.
OUR_FAULT = frozenset({500, 501, 502, 503, 504, 530, 534, 535, 538})
# The whole server is in difficulty, not this one letter: another account may carry it.
_OF_THE_SERVER = frozenset({421, 452})
# Subjects of an enhanced status (RFC 3463) that speak of one recipient: address, mailbox, and a protocol limit of it.
_OF_ONE = frozenset({"1", "2", "5"})
_OF_A_DISK = re.compile(r"\b(system storage|disk|spool|server (is )?(full|out of))", re.IGNORECASE)
_OF_A_QUOTA = re.compile(r"\b(quota|(mail)?box (is )?full|full mailbox)", re.IGNORECASE)
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


class Step(StrEnum):
    """Where in the dialogue a server said no: before anybody was named, of the recipient, of the bytes."""

    BEFORE = "before"
    RECIPIENT = "recipient"
    BYTES = "bytes"


def final(code: int, text: str = "", step: Step = Step.BEFORE) -> bool:
    """Does the server refuse for ever? Not where the fault is ours: that is repaired, and the letter goes again."""
    return 500 <= code < 600 and not _is_our_fault(code, text, step)


def of_the_server(code: int, text: str, step: Step) -> bool:
    """Is it this server that cannot, whatever the letter? Of what it says of one recipient others know nothing."""
    if _is_our_fault(code, text, step):
        return True
    subject = _subject(text)
    if code not in _OF_THE_SERVER or (step is not Step.BEFORE and subject in _OF_ONE):
        return False
    if step is Step.RECIPIENT and code == 452 and not subject:
        return _OF_A_DISK.search(text) is not None
    return True


def why(code: int, text: str, step: Step = Step.BEFORE) -> Why:
    """The reason behind a reply other than 250."""
    if _is_our_fault(code, text, step):
        return Why.SIGN_IN if code in {530, 534, 535, 538} else Why.SENDER_REFUSED
    if not final(code, text, step):
        return _why_later(code, text, step)
    return of_status(text) or (Why.NO_MAILBOX if code in {501, 550, 551, 553} else Why.REFUSED)


def _why_later(code: int, text: str, step: Step) -> Why:
    if code in {450, 451} and "grey" in text.lower():
        return Why.GREYLISTED
    if step is not Step.BEFORE and (of_status(text) is Why.MAILBOX_FULL or _OF_A_QUOTA.search(text)):
        return Why.MAILBOX_FULL
    return Why.STORE_FULL if code == 452 and of_the_server(code, text, step) else Why.BUSY


def _is_our_fault(code: int, text: str, step: Step) -> bool:
    """Not signed in, or spoken wrongly; but an address this server cannot read is the recipient's."""
    of_the_address = step is Step.RECIPIENT and (code == 501 or _subject(text) == "1")
    return code in OUR_FAULT and not of_the_address


def _subject(text: str) -> str:
    found = _ENHANCED.search(text)
    return found[2] if found else ""


def of_status(text: str) -> Why | None:
    """The reason named by an enhanced status such as 5.1.1; None without one that says more than "refused"."""
    found = _ENHANCED.search(text)
    if found is None:
        return None
    known = _BY_SUBJECT.get((found[2], found[3]))
    if known is not None:
        return known
    return Why.REJECTED if found[2] == "7" else Why.REFUSED
