"""Compiles the translations (.po to .mo) with Babel, so that no system tool is needed."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Each .po whose .mo is missing or older; returns the files written.

    Written aside and renamed: several processes may start at once.
    """
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name)
        aside = target.with_suffix(f".{os.getpid()}.tmp")
        with aside.open("wb") as file:
            write_mo(file, catalog)
        aside.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    compile_all()
