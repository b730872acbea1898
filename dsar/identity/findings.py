"""What a message shows of its sender, as codes with values; sentences are made when read. Pure.

A finding says what was seen. It decides nothing: identity is verified by an officer (domain §1.6), and nothing here
holds up, files or refuses a message.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class FindingCode(StrEnum):
    """Stored and shown in this order: what speaks about the sender's domain, the name, the signatures, the rest."""

    SENDER_PROVEN = "sender_proven"
    SENDER_NOT_PROVEN = "sender_not_proven"
    FAILED_HERE = "failed_here"
    RESULTS_IGNORED = "results_ignored"
    DKIM_VERIFIED = "dkim_verified"
    DKIM_OTHER_DOMAIN = "dkim_other_domain"
    DKIM_BROKEN = "dkim_broken"
    DKIM_NO_ANSWER = "dkim_no_answer"
    DKIM_NOT_CHECKED = "dkim_not_checked"
    NO_SENDER = "no_sender"
    SEVERAL_SENDERS = "several_senders"
    OWN_DOMAIN = "own_domain"
    REPLY_ELSEWHERE = "reply_elsewhere"
    NAME_SHOWS_ADDRESS = "name_shows_address"
    NAME_IS_OURS = "name_is_ours"
    LOOKALIKE_DOMAIN = "lookalike_domain"
    FOREIGN_LETTERS = "foreign_letters"
    MIXED_LETTERS = "mixed_letters"
    SIGNATURE_VALID = "signature_valid"
    SIGNATURE_REVOKED = "signature_revoked"
    SIGNATURE_UNKNOWN_ISSUER = "signature_unknown_issuer"
    SIGNATURE_CHANGED = "signature_changed"
    SIGNATURE_OTHER_ADDRESS = "signature_other_address"
    SIGNATURE_UNREADABLE = "signature_unreadable"
    NOT_INSPECTED = "not_inspected"


class Tone(StrEnum):
    """How a finding is shown: something proven, something to look at, something to know."""

    PROVEN = "proven"
    LOOK = "look"
    KNOW = "know"


_PROVEN = {FindingCode.SENDER_PROVEN, FindingCode.DKIM_VERIFIED, FindingCode.SIGNATURE_VALID}
_KNOW = {
    FindingCode.SENDER_NOT_PROVEN,
    FindingCode.RESULTS_IGNORED,
    FindingCode.DKIM_OTHER_DOMAIN,
    FindingCode.DKIM_NO_ANSWER,
    FindingCode.DKIM_NOT_CHECKED,
    FindingCode.SIGNATURE_UNKNOWN_ISSUER,
    FindingCode.SIGNATURE_UNREADABLE,
    FindingCode.NOT_INSPECTED,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """``values`` go into the sentence; they may hold names and addresses, so they are sealed where stored."""

    code: FindingCode
    values: Mapping[str, str] = field(default_factory=dict)


def tone(code: FindingCode) -> Tone:
    """How a finding is shown; whatever is neither proof nor mere knowledge deserves a look."""
    return Tone.PROVEN if code in _PROVEN else Tone.KNOW if code in _KNOW else Tone.LOOK


class Address(Protocol):
    """A mailbox with the name that stands before it, decoded; the address in lower case, its domain in ASCII."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...


class Message(Protocol):
    """What of a parsed mail these rooms look at."""

    @property
    def senders(self) -> Sequence[Address]: ...
    @property
    def reply_to(self) -> Sequence[Address]: ...
    @property
    def headers(self) -> Sequence[tuple[str, str]]: ...


def domain_of(address: str) -> str:
    """The domain of an address in lower case, without a closing dot."""
    return address.rpartition("@")[2].lower().rstrip(".")


def within(domain: str, parent: str) -> bool:
    """The domain is that one or lies below it; a parent is never a top-level domain."""
    return domain == parent or ("." in parent and domain.endswith(f".{parent}"))
