"""Tries one forbidden thing and tells what came of it."""

import os
import socket
import time
from pathlib import Path
from typing import Any

from dsar.sandbox.ask import Answer, serve

_ROOT = Path(__file__).resolve().parents[4]


def tries(asked: dict[str, Any], blobs: list[bytes]) -> Answer:
    match asked["what"]:
        case "read":
            return {"read": Path(asked["path"]).read_text()}, []
        case "write":
            (_ROOT / "left-behind").write_text("x")
        case "connect":
            socket.create_connection(("127.0.0.1", 9))
        case "spawn":
            os.system("true")
        case "memory":
            bytearray(8 * 1024**3)
        case "spin":
            while True:
                time.monotonic()
        case "tell":
            return {"environment": dict(os.environ)}, [blobs[0][::-1]]
    return {}, []


if __name__ == "__main__":
    serve(tries)
