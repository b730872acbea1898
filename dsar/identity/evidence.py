"""All that one message shows of its sender: what ``sender`` reads, and what a process of its own finds signed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dsar.identity import dkim_check, register_number
from dsar.identity.dkim_check import DkimResult, DkimVerdict
from dsar.identity.findings import Finding, FindingCode, Message
from dsar.identity.sender import House, sender_findings
from dsar.sandbox.ask import SandboxFailed, ask

Resolver = Callable[[Iterable[str]], Mapping[str, str | None]]
_INSPECTOR = "dsar.identity.inspector"
_PDFS_LIMIT = 10
_CODES = {
    "valid": FindingCode.SIGNATURE_VALID,
    "revoked": FindingCode.SIGNATURE_REVOKED,
    "unknown_issuer": FindingCode.SIGNATURE_UNKNOWN_ISSUER,
    "changed": FindingCode.SIGNATURE_CHANGED,
    "unreadable": FindingCode.SIGNATURE_UNREADABLE,
}
_SIGNED = (b"pkcs7", b"dkim-signature")


@dataclass(frozen=True, slots=True)
class Means:
    """With what to look. ``resolver``: None where no network may be asked; ``roots``: DER of trusted certificates;
    ``key``: under which register numbers are digested."""

    house: House
    roots: Sequence[bytes]
    key: bytes
    resolver: Resolver | None = None


def evidence(
    message: Message, raw: bytes, pdfs: Mapping[int, bytes], *, received_at: datetime, means: Means
) -> list[Finding]:
    """The findings of one mail. ``pdfs``: its PDF files by number of the part.

    Signatures are looked at in a process of its own; when that gives up, a finding says so. Raises what a resolver
    raises, nothing on any content.
    """
    head = raw[: dkim_check.HEAD_LIMIT].lower()
    signed_pdfs = [(number, data) for number, data in pdfs.items() if b"/ByteRange" in data][:_PDFS_LIMIT]
    if not signed_pdfs and not any(sign in head for sign in _SIGNED):
        return sender_findings(message, means.house, ())
    names = [name for _domain, name in dkim_check.key_names(raw)]
    records = dict(means.resolver(names)) if means.resolver else None
    asked = {
        "records": records,
        "at": received_at.isoformat(),
        "roots": len(means.roots),
        "pdfs": [number for number, _data in signed_pdfs],
    }
    try:
        answer, _blobs = ask(_INSPECTOR, asked, raw, *means.roots, *(data for _number, data in signed_pdfs))
    except SandboxFailed:
        return [*sender_findings(message, means.house, ()), Finding(FindingCode.NOT_INSPECTED)]
    results = [DkimResult(one["domain"], DkimVerdict(one["verdict"])) for one in answer["dkim"]]
    signatures = [found for one in answer["signatures"] for found in _signature(one, message, means.key)]
    return [*sender_findings(message, means.house, results), *signatures]


def _signature(one: Mapping[str, object], message: Message, key: bytes) -> list[Finding]:
    """Name, authority and validity stay; the number of an eID becomes a digest and goes no further."""
    number, emails = str(one["number"]), one["emails"]
    told = ("place", "name", "issuer", "valid_from", "valid_until", "not_revoked_on", "revoked_on")
    values = {name: str(one[name]) for name in told}
    values = {name: register_number.masked(value) for name, value in values.items()}
    if number:
        values["number_digest"] = register_number.digest(number, key=key)
    found = [Finding(_CODES[str(one["verdict"])], values)]
    addresses = {sender.address for sender in message.senders}
    if isinstance(emails, list) and emails and one["place"] == "mail" and addresses.isdisjoint(emails):
        written = {"emails": ", ".join(map(str, emails)), "address": ", ".join(sorted(addresses))}
        found.append(Finding(FindingCode.SIGNATURE_OTHER_ADDRESS, written))
    return found
