"""A parsed mail as bytes between two processes, and back; what comes back is checked, never unpickled.

magic (8 bytes) | length of the JSON (8 bytes, big-endian) | JSON: the message, each part with its size | part data
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import IO, Any

from dsar.intake.enclosures import MailHead
from dsar.intake.measures import Inside, Picture, Sheet
from dsar.intake.parsing import Address, ParsedMessage, Part, Received

_MAGIC = b"DSARMAIL"


class BadFrame(Exception):
    """The bytes are no frame, or not a whole one."""


def write(message: ParsedMessage, out: IO[bytes]) -> None:
    """Write a message as one frame."""
    parts = [{**_shallow(part), "data": None} for part in message.parts]
    head = json.dumps({**_shallow(message), "parts": parts}, ensure_ascii=False, default=_plain).encode()
    out.write(_MAGIC + len(head).to_bytes(8, "big"))
    out.write(head)
    for part in message.parts:
        out.write(part.data)
    out.flush()


def _shallow(thing: Part | ParsedMessage) -> dict[str, Any]:
    return {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}


def _plain(thing: object) -> object:
    if isinstance(thing, datetime):
        return thing.isoformat()
    if isinstance(thing, Address | Inside | MailHead | Picture | Received | Sheet):
        return {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}
    raise TypeError(f"A {type(thing).__name__} has no place in a frame: give it one in dsar/intake/frames.py.")


def read(answer: bytes) -> ParsedMessage:
    """The message of a frame, every field checked: what took over the parser may have written it. Raises BadFrame."""
    try:
        if answer[:8] != _MAGIC:
            raise BadFrame("The answer does not begin like a frame.")
        start = 16 + int.from_bytes(answer[8:16], "big")
        head = json.loads(answer[16:start])
        parts: list[Part] = []
        for entry in head.pop("parts"):
            data = answer[start : start + entry["size"]]
            start += entry["size"]
            if hashlib.sha256(data).hexdigest() != entry["sha256"]:
                raise BadFrame("A part is not what its digest says.")
            parts.append(Part(**_fields(Part, {**entry, "data": data})))
        if start != len(answer):
            raise BadFrame("The frame is longer than its parts.")
        return ParsedMessage(**_fields(ParsedMessage, {**head, "parts": tuple(parts)}))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadFrame("The frame cannot be read.") from error


def sheet_from(values: Any) -> Sheet:
    """A sheet as another process wrote it, every field checked. Raises BadFrame."""
    try:
        return Sheet(**_fields(Sheet, values))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadFrame("The sheet cannot be read.") from error


def _fields(made: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a dataclass, each read as the type that its field declares."""
    return {field.name: _READERS[field.type](values[field.name]) for field in dataclasses.fields(made)}


def _exactly(kind: type) -> Any:
    def read(value: object) -> object:
        if type(value) is not kind:
            raise TypeError(f"The frame holds a {type(value).__name__} where a {kind.__name__} belongs.")
        return value

    return read


def _perhaps(read: Any) -> Any:
    return lambda value: None if value is None else read(value)


def _each(read: Any) -> Any:
    return lambda values: tuple(read(value) for value in values)


def _made(kind: type) -> Any:
    return lambda values: kind(**_fields(kind, values))


def _pair(values: Any) -> tuple[str, str]:
    name, value = values
    return _exactly(str)(name), _exactly(str)(value)


_READERS: dict[Any, Any] = {
    str: _exactly(str),
    int: _exactly(int),
    bool: _exactly(bool),
    bytes: _exactly(bytes),
    str | None: _perhaps(_exactly(str)),
    datetime | None: _perhaps(datetime.fromisoformat),
    Address | None: _perhaps(_made(Address)),
    MailHead | None: _perhaps(lambda values: _made(MailHead)(values)),
    Sheet | None: _perhaps(lambda values: _made(Sheet)(values)),
    tuple[str, ...]: _each(_exactly(str)),
    tuple[tuple[str, str], ...]: _each(_pair),
    tuple[Address, ...]: _each(_made(Address)),
    tuple[Received, ...]: _each(_made(Received)),
    tuple[Inside, ...]: _each(_made(Inside)),
    tuple[Picture, ...]: _each(_made(Picture)),
    tuple[Part, ...]: tuple,  # read before, with their data
}
