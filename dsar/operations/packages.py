"""Debian packages: installed by the command itself where it may, named in one line where not.

python -m dsar.operations.packages pdf        what drawing a PDF needs
python -m dsar.operations.packages ocr        what reads letters that are only a picture
python -m dsar.operations.packages services   what the tests of the scaled form need
"""

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

PDF = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
OCR = ("tesseract-ocr", "tesseract-ocr-fra", "tesseract-ocr-nld", "tesseract-ocr-deu", "tesseract-ocr-eng")
SERVICES = (*PDF, *OCR, "postgresql", "redis-server", "chromium", "dovecot-imapd", "dovecot-lmtpd")

_LIBRARIES = {
    "libpango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "libpangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
}


def can_draw_pdf() -> bool:
    """Do the libraries load that WeasyPrint needs?"""
    return all(any(_loads(name) for name in names) for names in _LIBRARIES.values())


def has_services() -> bool:
    postgresql = shutil.which("pg_ctl") or any(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    broker = shutil.which("redis-server") or shutil.which("valkey-server")
    mailboxes = shutil.which("dovecot") or Path("/usr/sbin/dovecot").exists()
    return bool(postgresql and chromium and broker and mailboxes) and can_draw_pdf() and can_read_pictures()


def can_read_pictures() -> bool:
    """Is Tesseract there with the packs of our languages, where Debian puts them?"""
    packs = {path.stem for path in Path("/usr/share/tesseract-ocr").glob("*/tessdata/*.traineddata")}
    return shutil.which("tesseract") is not None and {"fra", "nld", "deu", "eng"} <= packs


def may_install() -> bool:
    return os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def line(packages: Sequence[str]) -> str:
    """What a person types instead."""
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def install(packages: Sequence[str]) -> bool:
    """Install with apt-get, asking nothing; True when it worked. A fresh list of packages only if needed."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for step in (command, ["apt-get", "update", "-q"], command):
        done = subprocess.run(  # noqa: S603  the command is ours
            step, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        if step is command and done.returncode == 0:
            return True
    sys.stderr.write(done.stderr.decode(errors="replace"))
    return False


def main(what: str) -> int:
    there, packages, without = {
        "pdf": (can_draw_pdf, PDF, "Everything but PDF will work."),
        "ocr": (can_read_pictures, OCR, "Letters that are only a picture are marked as not readable here."),
        "services": (has_services, SERVICES, "Tests that need them will be skipped."),
    }[what]
    if there():
        return 0
    if may_install():
        print(f"Installing Debian packages: {' '.join(packages)}", flush=True)
        if install(packages):
            return 0
    print(f"Some system packages are missing. {without} To install them:\n    {line(packages)}", flush=True)
    return 0


def _loads(library: str) -> bool:
    with contextlib.suppress(OSError):
        return bool(ctypes.CDLL(library))
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
