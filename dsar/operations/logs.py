"""Logs a person can read, without personal data in them.

Configured by Django itself (``LOGGING_CONFIG`` in the settings), so that every process, whatever
starts it, writes the same way. Four nets keep people out of the lines: no access log at all,
request paths are replaced by their route, what a database tells of the row it refused is cut off,
and what looks like an address or a token is blanked.
"""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, TextIO

import psycopg
import structlog
from celery.signals import setup_logging
from django.db import Error as DatabaseError

ADDRESS = re.compile(r"\b(?!celery@)[^\s<>\"'()\[\],;:=]+@[^\s<>\"'()\[\],;:]+")
TOKEN = re.compile(r"(?<=/)[\w.=~-]{20,}")
# PostgreSQL's second line, "Failing row contains (…)", in the languages of its client library.
DETAIL = re.compile(r"\s*(?:\\n|\b)D[EÉ]TAILS?\s*:.*", re.DOTALL | re.IGNORECASE)
# `invalid input syntax for type uuid: "…"`: names of columns and constraints have no colon before them.
QUOTED_VALUE = re.compile(r': ".*')

# Libraries that would otherwise tell each step, or each address.
QUIET = {
    "mail.log": logging.CRITICAL,  # aiosmtpd prints every envelope and every line it could not read
    "asyncio": logging.WARNING,
    "botocore": logging.WARNING,
    "celery.app.trace": logging.WARNING,
    "celery.beat": logging.WARNING,
    "celery.worker.strategy": logging.WARNING,
    "fontTools": logging.WARNING,
    "kombu": logging.WARNING,
    "pikepdf": logging.WARNING,
    "urllib3": logging.WARNING,
    "weasyprint": logging.ERROR,
}


class _Stderr(logging.StreamHandler[TextIO]):
    """Writes to what stderr is at that moment: a test runner exchanges it under us."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _value: TextIO) -> None:
        return


class _RouteInsteadOfPath(logging.Filter):
    """``Not Found: /p/<a token>`` becomes ``Not Found: /p/<str:token>``."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        path = getattr(request, "path", "")
        text = record.getMessage()
        if path and text.endswith(path):
            match = getattr(request, "resolver_match", None)
            record.msg = text[: -len(path)] + (f"/{match.route}" if match else "an address unknown here")
            record.args = ()
        if record.name == "django.request" and record.levelno < logging.ERROR:
            record.exc_info = None  # a refusal was told to the person in a sentence; it is no fault of ours
        return True


def without_people(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut what a database tells of a row; blank what looks like an e-mail address or a token in a link.

    An exception was cut message by message when it was told: here its later half would be lost.
    """
    for name, value in event.items():
        if isinstance(value, BaseException):
            value = _message(value)
        if isinstance(value, str) and not name.startswith("_"):
            value = ADDRESS.sub("<address>", value)
            event[name] = value if name == "exception" else TOKEN.sub("<token>", DETAIL.sub("", value))
    return event


def told(
    exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
) -> str:
    """The traceback of an exception and of those that led to it, each without the values it met.

    Plain: no local variables, no source but the line itself.
    """
    return "" if exc_info[1] is None else "\n".join(_chain(exc_info[1], set()))


def _chain(error: BaseException, seen: set[int]) -> list[str]:
    seen.add(id(error))
    before, how = error.__cause__, "The exception above caused the next one:"
    if before is None and not error.__suppress_context__:
        before, how = error.__context__, "While the exception above was handled, the next one was raised:"
    lines = [] if before is None or id(before) in seen else [*_chain(before, seen), "", how, ""]
    if error.__traceback__ is not None:
        lines += ["Traceback (most recent call last):", "".join(traceback.format_tb(error.__traceback__)).rstrip()]
    lines.append(f"{type(error).__module__}.{type(error).__qualname__}: {_message(error)}".removeprefix("builtins."))
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            if id(part) not in seen:
                lines += ["", "One of them:", *_chain(part, seen)]
    return lines


def _message(error: BaseException) -> str:
    """What the exception says; of a database's error the first line, without the value it could not take."""
    try:
        text = str(error)
    except Exception:  # noqa: BLE001  an exception that cannot be printed must not cost us its traceback
        return "(it cannot be printed)"
    if isinstance(error, (DatabaseError, psycopg.Error)):
        return QUOTED_VALUE.sub(": <value>", text.partition("\n")[0])
    return DETAIL.sub("", text)


def configure(options: dict[str, str]) -> None:
    """``options["style"]``: ``console`` for people, ``json`` for a log collector (one object a line)."""
    json = options["style"] == "json"
    stamp = structlog.processors.TimeStamper(fmt="iso" if json else "%H:%M:%S", utc=json)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow=()),
        stamp,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    last = (
        structlog.processors.JSONRenderer()
        if json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
        )
    )
    handler = _Stderr()
    handler.addFilter(_RouteInsteadOfPath())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                # Our own: others print local variables or the refused row, and those are people's mails.
                structlog.processors.ExceptionRenderer(told),
                without_people,
                last,
            ],
        )
    )
    root = logging.getLogger()
    for old in [old for old in root.handlers if isinstance(old, _Stderr)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in ("django", "django.server"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)


@setup_logging.connect(weak=False)
def leave_logging_alone(**_: Any) -> None:
    """Celery asks who configures logging; being connected is the answer."""
