"""The one message each way between the desk and the drawing process, over a pipe.

A frame is a JSON header and a list of byte strings: 4 bytes header length, the header, the blobs.
The header holds the length of each blob under ``sizes``. Standard library only: the child
imports this before anything else.
"""

import json
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")


class BrokenFrame(Exception):
    """The pipe ended early or carried something else."""


def pack(header: dict[str, Any], *blobs: bytes) -> bytes:
    """One frame as bytes."""
    head = json.dumps({**header, "sizes": [len(blob) for blob in blobs]}, sort_keys=True).encode()
    return b"".join((_LENGTH.pack(len(head)), head, *blobs))


def unpack(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    """The header and the blobs of the frame at the start of ``stream``. Raises BrokenFrame."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    try:
        header = json.loads(_exactly(stream, length))
        sizes = [int(size) for size in header.pop("sizes")]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenFrame("The header of the frame is not the JSON object expected.") from error
    return header, [_exactly(stream, size) for size in sizes]


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise BrokenFrame(f"The pipe ended after {len(data)} of {size} bytes.")
    return data
