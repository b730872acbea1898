"""The PDFs and letters of a mail, opened by a process with limits: none can take a worker or another mail with it.

The reading of a mail then finds what they say in its parts and opens nothing itself. One that took too much time or
memory, or was refused because it would, makes the mail unreadable: a person looks at the original.
"""

import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import structlog

from dsar.intake.child import CODES, Gone, Limits, Pool
from dsar.intake.frames import BadFrame, sheet_from
from dsar.intake.measures import Sheet
from dsar.intake.papers import PAPERS_LIMIT
from dsar.intake.parsing import ParsedMessage
from dsar.intake.sheet_process import pack, sheet_of

__all__ = ["LIMITS", "opened"]

log = structlog.get_logger(__name__)

LIMITS = Limits(cpu=2, memory_mb=256, wall=30)
# The mail itself was read: these are no reason to doubt what it says (``keys``).
_BECAUSE = "attachment_"
_PROGRAM = str(Path(__file__).with_name("sheet_process.py"))


def opened(parsed: ParsedMessage, *, limits: Limits = LIMITS) -> ParsedMessage:
    """The same mail with what its PDFs and letters say; ``unreadable`` when one of them went over the limits.

    Never raises on any content; OSError when no process can be started.
    """
    wanted = [part for part in parsed.parts if sheet_of(part)]
    if not wanted:
        return parsed
    asked = wanted[:PAPERS_LIMIT]
    try:
        code, answer, _cost = _pool.ask(pack(asked), limits)
        why = _BECAUSE + CODES.get(code, "parser_failed") if code else ""
    except TimeoutError:
        answer, why = b"", f"{_BECAUSE}timeout"
    except Gone:
        answer, why = b"", f"{_BECAUSE}parser_failed"
    try:
        sheets = [sheet_from(json.loads(line)) for line in answer.split(b"\n")[:-1]]
    except (ValueError, BadFrame):
        sheets, why = [], f"{_BECAUSE}parser_failed"
    if not why and (len(wanted) > PAPERS_LIMIT or any(sheet.refused for sheet in sheets)):
        why = f"{_BECAUSE}refused"
    if why:
        log.warning("an attachment took more than it may; a person has to look at the mail", why=why)
    told = {part.index: sheet for part, sheet in zip(asked, sheets, strict=False)}
    told = {part.index: told.get(part.index, Sheet()) for part in wanted}
    parts = tuple(replace(part, sheet=told.get(part.index)) for part in parsed.parts)
    return replace(parsed, parts=parts, unreadable=parsed.unreadable or why)


def _readers() -> list[str]:
    """The folder that pikepdf is in."""
    found = find_spec("pikepdf")
    return [str(Path(found.origin).parents[1])] if found and found.origin else []


_pool = Pool(_PROGRAM, _readers)
