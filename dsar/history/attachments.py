"""The files inside the PDF: the case as data, its events verbatim, and how to check them without us."""

import dataclasses
import json
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dsar.history.record import CaseHistory, EventLine
from dsar.paper.render import Attachment

DATA_NAME = "donnees.json"
RECIPE_NAME = "verification.txt"
SCHEMA = "dsr-case-history/1"


def data(history: CaseHistory) -> bytes:
    """The whole history as JSON (UTF-8, sorted keys, instants in UTC); equal histories, equal bytes."""
    values = dataclasses.asdict(history)
    values["schema"] = SCHEMA
    values["events"] = [_event(event) for event in history.events]
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True, default=_plain).encode() + b"\n"


def _event(event: EventLine) -> dict[str, Any]:
    """``body`` is the hashed text character for character; the payload stands beside it with its salt."""
    told = {"body": event.body, "hash": event.hash, "content": event.content}
    return {**told, "salt": event.salt, "payload": event.payload} if event.content == "shown" else told


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the data of a case history.")


PROGRAM = """\
import hashlib, json, sys

case = json.load(open(sys.argv[1], encoding="utf-8"))
stream = case["integrity"]["stream"]
previous = hashlib.sha256(f"dsar-event-v1:{stream}".encode()).hexdigest()
for number, event in enumerate(case["events"], 1):
    body = event["body"].encode()
    told = json.loads(body)
    found = hashlib.sha256(b"\\0" + body).hexdigest()
    if found != event["hash"] or told["prev"] != previous:
        sys.exit(f"BROKEN at event {number}")
    if told["seq"] != number or told["stream"] != stream:
        sys.exit(f"BROKEN at event {number}")
    if "payload" in event:
        salted = bytes.fromhex(event["salt"]) + event["payload"].encode()
        if hashlib.sha256(salted).hexdigest() != told["payload"]:
            sys.exit(f"BROKEN text at event {number}")
    previous = found
print(len(case["events"]), "events, head", previous)
"""


def recipe() -> bytes:
    """Plain text in the active language: how to extract, recompute and compare, with the program."""
    paragraphs = [
        _("Checking this case history without a connection and without access to our database"),
        _("1. Take out the attached files and compare the SHA-256 with the one printed on the last page.")
        + "\n     pdfdetach -saveall -o files history.pdf\n     sha256sum files/" + DATA_NAME,
        _("2. Save the program below as verify.py (Python 3, nothing to install) and run it.")
        + f"\n     python3 verify.py files/{DATA_NAME}",
        _("3. Compare its number of events and its head with the last page, the foot of every page and the QR code.")
        + "\n     dsr-head:v1:<reference>:<events>:<head>",
        _("How an event is hashed, for those who prefer to write their own program:")
        + "\n     hash    = SHA-256( 00 || body )              body: RFC 8785 JSON, UTF-8"
        + "\n     prev    = hash of the event before; of the first: SHA-256( \"dsar-event-v1:\" || stream )"
        + "\n     payload = SHA-256( salt || text )            text withheld or erased: the commitment stays",
        _("The chain covers the events. The other fields of the file sum up the case and follow from them."),
        _("A chain proves that nothing was changed in the middle. That nothing was cut off at the end, or the whole "
          "rewritten, is proven by comparing the head with an earlier copy of this document."),
        "-" * 70,
    ]  # fmt: skip
    return ("\n\n".join(paragraphs) + "\n\n" + PROGRAM).encode()


def of(history: CaseHistory) -> list[Attachment]:
    """Both files, described in the active language."""
    return [
        Attachment(DATA_NAME, data(history), "application/json", _("The case as structured data"), "Data"),
        Attachment(RECIPE_NAME, recipe(), "text/plain", _("How to check this history offline"), "Supplement"),
    ]
