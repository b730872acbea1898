"""Authentication-Results of our own mail server, and of no other (RFC 8601). Pure.

A sender can write such a header too. It counts only under our own authserv-id, and only where our own server can
have put it: above the lowest Received line of our own servers, or above every Received line where none is known.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from dsar.identity.findings import within

HEADER = "authentication-results"
_LINES_LIMIT = 20
_RESULTS_LIMIT = 50
_METHOD = re.compile(r"([a-z0-9-]{1,30})(?:\s*/\s*\d+)?\s*=\s*([a-z]{1,20})(?![\w-])", re.IGNORECASE)
_PROPERTY = re.compile(r"([a-z0-9-]{1,20}\.[a-z0-9._-]{1,40})\s*=\s*(\"[^\"]{0,500}\"|[^\s;]{1,500})", re.IGNORECASE)
_HOST = re.compile(r"(?<![\w.\[:-])(?!from\b|helo=|ehlo=)([A-Za-z][\w-]*(?:\.[\w-]+)*)(?![\w.=])")
_BY = re.compile(r"\bby\s+([^\s;()]{1,253})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """One method's result; ``domain`` is what it speaks of, "" when it does not say."""

    method: str
    result: str
    domain: str


@dataclass(frozen=True, slots=True)
class Results:
    """``own``: results of our server; ``ignored``: the ids of the others, and ours where it cannot stand."""

    own: tuple[Result, ...]
    ignored: tuple[str, ...]


def results(headers: Sequence[tuple[str, str]], *, authserv_id: str, receivers: Collection[str]) -> Results:
    """Read the results of our own server. ``authserv_id``: its id, "" for none; ``receivers``: hosts of ours."""
    end = _end_of_ours(headers, receivers)
    own: list[Result] = []
    ignored: list[str] = []
    lines = [(place, value) for place, (name, value) in enumerate(headers) if name == HEADER]
    for place, value in lines[:_LINES_LIMIT]:
        identity, rest = _identity(value)
        if authserv_id and identity == authserv_id.lower() and place < end:
            own += _read(rest)
        elif identity and identity not in ignored:
            ignored.append(identity)
    return Results(tuple(own[:_RESULTS_LIMIT]), tuple(ignored))


def proven_by(own: Sequence[Result], domain: str) -> str:
    """Which method proves the domain of the From address: "dmarc", "dkim" or "spf", or "" for none.

    A domain counts as the same when it is that one or one above it: there is no list of public suffixes here.
    """
    for method in ("dmarc", "dkim", "spf"):
        for result in own:
            if result.method == method and result.result == "pass" and result.domain and within(domain, result.domain):
                return method
    return ""


def failed(own: Sequence[Result]) -> tuple[str, ...]:
    """Methods our server says failed, as it wrote them: ``spf=fail``."""
    bad = {"fail", "softfail", "permerror", "policy"}
    return tuple(dict.fromkeys(f"{one.method}={one.result}" for one in own if one.result in bad))


def _end_of_ours(headers: Sequence[tuple[str, str]], receivers: Collection[str]) -> int:
    """Below this place the sender may have written everything: the line of ours that took the mail from outside."""
    ours = {host.lower().rstrip(".") for host in receivers}
    for place, (name, value) in enumerate(headers):
        if name != "received":
            continue
        by = _BY.search(value)
        if by is None or by[1].lower().rstrip(".") not in ours:
            return 0  # whoever wrote it, nothing shows that our server did
        if not _came_from(value[: by.start()], ours):
            return place
    return 0


def _came_from(told: str, ours: Collection[str]) -> bool:
    """One of our hosts handed it to another: what it called itself and, in brackets, what its address is called."""
    hosts = [host.lower().rstrip(".") for host in _HOST.findall(told)]
    checked = [host.lower().rstrip(".") for host in _HOST.findall(told.partition("(")[2])]
    return bool(checked) and all(host in ours for host in hosts)


def _identity(value: str) -> tuple[str, str]:
    text = _without_comments(value[:10_000])
    head, _semicolon, rest = text.partition(";")
    words = head.strip().strip('"').split()
    return (words[0].strip('"').lower() if words else ""), rest


def _read(text: str) -> Iterator[Result]:
    for piece in text.split(";")[:_RESULTS_LIMIT]:
        found = _METHOD.match(piece.strip())
        if found is None:
            continue
        method = found[1].lower()
        properties = {name.lower(): value.strip('"').lower() for name, value in _PROPERTY.findall(piece)}
        yield Result(method, found[2].lower(), _domain(method, properties))


def _domain(method: str, properties: dict[str, str]) -> str:
    names = {"dmarc": ("header.from",), "dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom", "smtp.helo")}
    value = next((properties[name] for name in names.get(method, ()) if name in properties), "")
    return value.rpartition("@")[2].rstrip(".")


def _without_comments(value: str) -> str:
    depth, quoted, kept = 0, False, []
    for letter in value:
        if letter == '"' and not depth:
            quoted = not quoted
        if letter == "(" and not quoted:
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
        elif not depth:
            kept.append(letter)
    return "".join(kept)
