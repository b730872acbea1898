"""Makes an installation ready: databases, cache, static files, translations, first accounts.

Safe to run at every start. The scaled form runs it once before its processes (``manage.py install``).
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.exceptions import MigrationSchemaMissing

from dsar import env
from dsar.operations import translations
from dsar.vault.models import Blob
from workflow.models import HolderKey
from workflow.sealing import SealBroken
from workflow.services import FirstAccount, install


class CannotInstall(Exception):
    """The installation cannot be made ready; the text is the cure."""


def prepare(say: Callable[[str], None]) -> list[FirstAccount]:
    """Bring everything to this version; the first accounts when they were just created.

    Raises CannotInstall with one sentence when a database or a folder cannot be used.
    """
    _folder()
    translations.compile_all()
    for alias, variable in (("default", env.DATABASE_URL), ("keys", env.KEYS_DATABASE_URL)):
        try:
            connections[alias].ensure_connection()
        except DatabaseError as error:
            raise CannotInstall(_unreachable(alias, variable, error)) from error
    say("Bringing the databases up to date…")
    try:
        for alias in ("keys", "default"):
            call_command("migrate", database=alias, interactive=False, verbosity=0)
    except (DatabaseError, MigrationSchemaMissing) as error:
        raise CannotInstall(
            f"The tables could not be brought up to date ({type(error).__name__}): another start may be doing it. "
            "Try again in a minute; if it stays, look at the rights of the database's user."
        ) from error
    check_keys()
    call_command("createcachetable", verbosity=0)
    _collect_static()
    accounts = install(name=settings.CONTROLLER_NAME, mailbox=settings.MAILBOX, aliases=list(settings.MAILBOX_ALIASES))
    connections.close_all()  # the processes to come open their own
    return accounts


def accounts_box(accounts: list[FirstAccount], url: str) -> str:
    """The passwords, in a frame that is not missed; they are shown this once."""
    rows = [
        "First accounts. These passwords are shown once and stored nowhere in clear:",
        "",
        *(f"  {account.username:<15}{account.password}" for account in accounts),
        "",
        f"Sign in at {url} and keep them in a password manager.",
    ]
    width = max(map(len, rows))
    body = "\n".join(f"│ {row:<{width}} │" for row in rows)
    return f"┌{'─' * (width + 2)}┐\n{body}\n└{'─' * (width + 2)}┘"


def _folder() -> None:
    try:
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotInstall(
            f"The folder {settings.DATA_DIR} cannot be made ({error.strerror}): correct DATA_DIR or its rights."
        ) from error
    if not os.access(settings.DATA_DIR, os.W_OK | os.X_OK):
        raise CannotInstall(f"The folder {settings.DATA_DIR} cannot be written to: correct DATA_DIR or its rights.")


def check_keys() -> None:
    """MASTER_KEY and the key store are those of this store. Raises CannotInstall."""
    try:
        HolderKey.objects.check_master_key()
    except SealBroken as error:
        raise CannotInstall(
            "MASTER_KEY does not open the files of this store: put the key back that was in .env when it was begun."
        ) from error
    if Blob.objects.filter(destroyed_at=None).exists() and not HolderKey.objects.exists():
        raise CannotInstall(
            "The key store is empty but there are sealed files: correct KEYS_DATABASE_URL, or restore the key store."
        )


def _collect_static() -> None:
    """Only when a file changed: compressing them takes longer than everything else of a start."""
    found = [
        f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}"
        for finder in get_finders()
        for path, storage in finder.list([])
    ]
    now = hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.is_file() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)


def _unreachable(alias: str, variable: str, error: DatabaseError) -> str:
    name = "The database" if alias == "default" else "The key store"
    first_line = str(error).strip().splitlines()[0]
    cure = f"start it, or correct {variable}" if env.text(variable) else "correct DATA_DIR or the rights of its files"
    return f"{name} cannot be opened ({first_line}): {cure}."
