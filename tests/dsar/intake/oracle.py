"""What another parser of mail (stalwart) says of the same files, as plain values to compare with ours."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dsar.intake.parsing import ParsedMessage
from dsar.intake.plaintext import from_html

MESSAGES = {"message/rfc822", "message/global"}


@dataclass(frozen=True)
class Said:
    """Addresses in order, each once; ``text`` as words; ``names`` of the mail's own attachments, "" without one."""

    subject: str
    sender: list[str]
    recipients: list[str]
    reply_to: list[str]
    text: str
    names: list[str]


def theirs(answer: Path) -> Said | None:
    """What the JSON beside a mail expects; None when it found no part at all."""
    expected = json.loads(answer.read_bytes())
    if not expected["parts"]:
        return None
    headers: dict[str, list[Any]] = {}
    for header in expected["parts"][0]["headers"]:
        name = header["name"] if isinstance(header["name"], str) else header["name"]["other"].lower()
        headers.setdefault(name, []).append(header["value"])
    subject = headers.get("subject", [None])[0]
    return Said(
        subject=subject["Text"].strip() if isinstance(subject, dict) and "Text" in subject else "",
        sender=_addresses(headers.get("from", [])),
        recipients=_addresses([headers.get("to", []), headers.get("cc", [])]),
        reply_to=_addresses(headers.get("reply_to", [])),
        text=_words("\n".join(_text(expected["parts"][number]["body"]) for number in expected["text_body"])),
        names=[_name(expected["parts"][number]) for number in expected["attachments"]],
    )


def ours(parsed: ParsedMessage, recipients: int) -> Said:
    """The same of our parser; of the recipients as many as the other names where ours come from more headers."""
    more = {name for name, _value in parsed.headers} & {"delivered-to", "resent-to", "resent-cc", "envelope-to"}
    to = [address.address for address in parsed.recipients]
    names, inside = [], ""
    for part in parsed.parts:
        if inside and part.path.startswith(inside):
            continue
        names.append(part.filename)
        inside = f"{part.path}." if part.content_type in MESSAGES else ""
    return Said(
        subject=parsed.subject,
        sender=[address.address for address in parsed.senders],
        recipients=to[:recipients] if more else to,
        reply_to=[address.address for address in parsed.reply_to],
        text=_words(parsed.text),
        names=names,
    )


def source(answer: Path) -> bytes:
    """The mail an answer is about; ``.crlf.json`` speaks of it with the line ends of SMTP."""
    raw = answer.with_name(answer.name.replace(".crlf", "")).with_suffix(".eml").read_bytes()
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") if ".crlf" in answer.name else raw


def _addresses(node: object) -> list[str]:
    return list(dict.fromkeys(_found(node)))


def _found(node: object) -> list[str]:
    if isinstance(node, list):
        return [address for one in node for address in _found(one)]
    if not isinstance(node, dict):
        return []
    own = [node["address"].lower()] if node.get("address") else []
    return own + [address for value in node.values() for address in _found(value)]


def _text(body: Any) -> str:
    return body["Text"] if "Text" in body else from_html(body["Html"]) if "Html" in body else ""


def _words(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _name(part: Any) -> str:
    found: dict[str, str] = {}
    for header in part["headers"]:
        if isinstance(header["value"], dict) and "ContentType" in header["value"]:
            for attribute in header["value"]["ContentType"]["attributes"] or []:
                found[f"{header['name']} {attribute['name']}"] = attribute["value"]
    return found.get("content_disposition filename") or found.get("content_type name") or ""
