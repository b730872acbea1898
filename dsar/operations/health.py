"""Is a process doing its work? For the health checks of the containers and for ``manage.py health``.

A worker that answers a ping may still take no work (it happens after a lost broker connection), so
worker and clock are believed only by what they leave in the database: each finished task and each
ring of the clock writes the time into the cache table, at most every ten seconds.
"""

import http.client
import smtplib
import time
from typing import Any

from celery.signals import beat_init, before_task_publish, task_postrun
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from dsar import env
from workflow import rule_triggers, triggers

FRESH_SECONDS = 120
WRITE_EVERY_SECONDS = 10
KEEP_SECONDS = 24 * 3600
_HISTORY_OPEN = (
    "The triggers that keep the history append-only are missing: "
    "run `python manage.py migrate`, which puts them back, and find out who took them away."
)
_RULES_OPEN = (
    "The triggers that hold the rules of a case in the database are missing: "
    "run `python manage.py migrate`, which puts them back, and find out who took them away."
)

_last_written: dict[str, float] = {}


def check(what: str) -> str:
    """An empty text when ``what`` (web, mail, fetch, worker, beat, database) is well, else one sentence."""
    checks = {"web": _web, "mail": _mail, "fetch": _fetch, "worker": _worker, "beat": _beat, "database": _database}
    return checks[what]()


def _web() -> str:
    connection = http.client.HTTPConnection(_reachable(env.WEB_HOST), env.integer(env.WEB_PORT, 1, 65535), timeout=5)
    try:
        host = env.words(env.ALLOWED_HOSTS)[0].lstrip(".*") or "localhost"
        connection.request("GET", "/accounts/login/", headers={"Host": host, "X-Forwarded-Proto": "https"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return f"The web server does not answer ({type(error).__name__})."
    finally:
        connection.close()
    return "" if status < 400 else f"The web server answers with {status}."


def _mail() -> str:
    client = smtplib.LMTP if env.text(env.SMTP_PROTOCOL) == "lmtp" else smtplib.SMTP
    try:
        with client(_reachable(env.SMTP_HOST), env.integer(env.SMTP_PORT, 1, 65535), timeout=5) as connection:
            code, _ = connection.noop()
    except (OSError, smtplib.SMTPException) as error:
        return f"The mail listener does not answer ({type(error).__name__})."
    return "" if code == 250 else f"The mail listener answers with {code}."


def _fetch() -> str:
    """The process, not the mailbox: what cannot be read there is an alarm for staff, not a reason to restart."""
    return _recent("fetch", "No mailbox was looked into")


def _worker() -> str:
    return _recent("worker", "No worker has finished a task")


def _beat() -> str:
    return _recent("beat", "The clock has not rung")


def _database() -> str:
    try:
        for alias in connections:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
        kept = triggers.present(connections[DEFAULT_DB_ALIAS])
        ruled = not rule_triggers.missing(connections[DEFAULT_DB_ALIAS])
    except DatabaseError as error:
        return f"A database does not answer ({type(error).__name__})."
    if not kept:
        return _HISTORY_OPEN
    return "" if ruled else _RULES_OPEN


def _recent(who: str, sentence: str) -> str:
    try:
        seen = cache.get(f"alive:{who}")
    except DatabaseError as error:
        return f"The database does not answer ({type(error).__name__})."
    if seen is None:
        return f"{sentence} yet."
    age = time.time() - seen
    return "" if age <= FRESH_SECONDS else f"{sentence} for {age:.0f} seconds."


def _reachable(variable: str) -> str:
    host = env.text(variable)
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not bound


def alive(who: str) -> None:
    """A sign of life of one of our processes, kept in the cache table."""
    now = time.time()
    if now - _last_written.get(who, 0) >= WRITE_EVERY_SECONDS:
        _last_written[who] = now
        cache.set(f"alive:{who}", now, KEEP_SECONDS)


def _worked(**_: Any) -> None:
    alive("worker")


def _rang(**_: Any) -> None:
    alive("beat")


def _clock_started(**_: Any) -> None:
    before_task_publish.connect(_rang, weak=False)


def leave_signs_of_life() -> None:
    """Called when the apps are ready: worker and clock begin to write when they work."""
    task_postrun.connect(_worked, weak=False)
    beat_init.connect(_clock_started, weak=False)
