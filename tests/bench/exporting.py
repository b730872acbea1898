"""One export in a process of its own: ``python -m tests.bench.exporting WAY FILE``; prints figures as JSON.

WAY is ``ours``; ``peer``: orjson and csv straight to the same ZIP, digests and sealing; ``raw``: orjson
and csv alone, nothing packed. Input is JSON Lines (or CSV for ``ours``).
"""

import csv
import hashlib
import io
import json
import os
import re
import sys
import time
import uuid
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import orjson

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from dsar.exports.writers import About, Export
from dsar.sources.base import RecordFile
from dsar.vault.format import sealed

ABOUT = About("DSR-2027-0001", "Assistool SRL", "fr", None, date(2027, 3, 1), datetime(2027, 3, 1, tzinfo=UTC))
BATCH = 1_000


def ours(path: Path) -> Iterator[bytes]:
    form = "csv" if path.suffix == ".csv" else "json"
    file = RecordFile("by_hand", path.name, form, path.stat().st_size, lambda: path.open("rb"))
    return Export([file], ABOUT).chunks()


def json_blocks(path: Path) -> Iterator[bytes]:
    yield b'{"records":['
    with path.open("rb") as lines:
        comma = b""
        for line in lines:
            yield comma + orjson.dumps(orjson.loads(line))
            comma = b",\n"
    yield b"]}"


def csv_blocks(path: Path) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    with path.open("rb") as lines:
        for number, line in enumerate(lines):
            record = orjson.loads(line)
            if not number:
                writer.writerow(record)
            writer.writerow(record.values())
            if number % BATCH == BATCH - 1:
                yield buffer.getvalue().encode()
                buffer.seek(0)
                buffer.truncate()
    yield buffer.getvalue().encode()


class Sink:
    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass


def peer(path: Path) -> Iterator[bytes]:
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, blocks in (("data.json", json_blocks(path)), ("records.csv", csv_blocks(path))):
            digest = hashlib.sha256()
            waiting: list[bytes] = []
            with archive.open(name, "w", force_zip64=True) as member:
                for block in blocks:
                    waiting.append(block)
                    if len(waiting) == BATCH or name.endswith(".csv"):
                        data = b"".join(waiting)
                        waiting.clear()
                        digest.update(data)
                        member.write(data)
                        yield b"".join(sink.pieces)
                        sink.pieces.clear()
                data = b"".join(waiting)
                digest.update(data)
                member.write(data)
    yield b"".join(sink.pieces)


def raw(path: Path) -> Iterator[bytes]:
    yield from json_blocks(path)
    yield from csv_blocks(path)


def peak() -> int:
    """Most memory this process ever held, in bytes (ru_maxrss would count the parent's before exec)."""
    [kilobytes] = re.findall(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
    return int(kilobytes) * 1024


def main(way: str, path: Path) -> None:
    began, wall = time.process_time(), time.monotonic()
    produced = {"ours": ours, "peer": peer, "raw": raw}[way](path)
    if way != "raw":
        produced = sealed(produced, bytes(32), blob=uuid.UUID(int=1), kind="export")
    size = sum(map(len, produced))
    print(
        json.dumps(
            {
                "cpu": time.process_time() - began,
                "wall": time.monotonic() - wall,
                "size": size,
                "peak": peak(),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
