"""Answers with its environment, its folder and its open files, as the kernel sees them."""

import json
import os
import sys
from pathlib import Path

from dsar.sandbox import frames

frames.unpack(sys.stdin.buffer)
environment = dict(entry.split("=", 1) for entry in Path("/proc/self/environ").read_text().split("\0") if entry)
seen = {
    "environment": environment,
    "private": os.listdir(environment["TMPDIR"]),
    "files": sorted(int(name) for name in os.listdir("/proc/self/fd")),
    "django": "django" in sys.modules,
}
sys.stdout.buffer.write(frames.pack({"ok": True}, json.dumps(seen).encode()))
