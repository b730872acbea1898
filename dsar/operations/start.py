"""The one-command form: everything of an installation as one supervised set of processes."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from django.conf import settings

from dsar import env
from dsar.intake.mailbox.accounts import Account, Tls
from dsar.intake.mailbox.accounts import accounts as configured
from dsar.operations import broker, packages
from dsar.operations.install import accounts_box, prepare
from dsar.operations.programs import CannotStart, Lock, addresses, answers, check_settings, programs
from dsar.operations.supervisor import Console, Program, Supervisor

READY_SECONDS = 60
DEMO_MARK = "demo-store"

After = Callable[[Supervisor], Awaitable[None]]


def start(*, demo: bool = False, after: After | None = None, console: Console | None = None) -> None:
    """Run until stopped. ``after`` runs once web and mail answer.

    Raises CannotStart, CannotInstall or NoBroker, each one sentence with the cure, before
    anything has been started.
    """
    console = console or Console()
    data_dir: Path = settings.DATA_DIR
    workers = env.integer(env.WORKERS, 1, 64)
    _make(data_dir)
    lock = Lock(data_dir)
    lock.take()
    try:
        mailboxes()
        check_settings()
        mark_store(data_dir, demo=demo)
        if settings.BROKER_URL:
            broker.check_answers(settings.BROKER_URL)
        own_broker = None if settings.BROKER_URL else _prepare_broker(data_dir, console)
        accounts = prepare(console.say)
        if accounts:
            console.say(accounts_box(accounts, public_url()))
        everything = [*([own_broker.program] if own_broker else []), *programs(data_dir, workers)]
        asyncio.run(_run(console, lock, everything, own_broker, after))
    finally:
        lock.release()


def mailboxes() -> list[Account]:
    """Those to fetch from. Raises CannotStart: said now, not by a process that ends again and again."""
    try:
        return configured(settings.IMAP_URLS, mailbox=settings.MAILBOX)
    except env.WrongSetting as wrong:
        raise CannotStart(str(wrong)) from None


def mark_store(data_dir: Path, *, demo: bool) -> None:
    """Invented cases and real ones never share a store. Raises CannotStart when they would."""
    mark = data_dir / DEMO_MARK
    has_store = any((data_dir / name).exists() for name in ("dsar.sqlite3", "sealed"))
    if demo:
        elsewhere = [
            name
            for name in (env.DATABASE_URL, env.KEYS_DATABASE_URL, env.STORAGE_URL, env.OUTGOING_URL, env.IMAP_URLS)
            if env.text(name)
        ]
        if elsewhere:
            raise CannotStart(
                f"The demo keeps to a folder of its own: unset {' and '.join(elsewhere)}, or use `make run`."
            )
        if has_store and not mark.exists():
            raise CannotStart(
                f"The folder {data_dir} holds real cases, so the demo does not touch it: "
                "choose another with DATA_DIR, for example DATA_DIR=var/demo."
            )
        mark.touch()
    elif mark.exists():
        raise CannotStart(
            f"The folder {data_dir} holds the invented cases of the demo: use `make demo`, or another DATA_DIR."
        )


def _make(data_dir: Path) -> None:
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data_dir / "run.lock").touch()
    except OSError as error:
        raise CannotStart(
            f"The folder {data_dir} cannot be written to ({error.strerror}): correct DATA_DIR or its rights."
        ) from None


def _prepare_broker(data_dir: Path, console: Console) -> broker.Broker:
    own = broker.prepare(data_dir)
    own.end_leftover()
    if not own.check_file():
        console.say("The broker could not read its old file and begins with an empty one: the sweeps ring again.")
    return own


async def _run(
    console: Console, lock: Lock, everything: list[Program], own_broker: broker.Broker | None, after: After | None
) -> None:
    supervisor = Supervisor(
        console,
        warden_lock=lock.warden_path,
        folder=env.ROOT,
        environment={
            "PUBLIC_URL": public_url(),
            "LC_ALL": "C.UTF-8",
            **({"BROKER_URL": own_broker.url} if own_broker else {}),
        },
    )

    async def ready(supervisor: Supervisor) -> None:
        if await _all_answer():
            console.say(_summary())
            if after is not None:
                await after(supervisor)
        else:
            console.say(f"Not everything answers after {READY_SECONDS} s: the lines above say why. Ctrl-C stops.")

    await supervisor.run(everything, ready=ready)
    if own_broker is not None:
        own_broker.socket.unlink(missing_ok=True)
        if own_broker.socket.parent != own_broker.folder:
            own_broker.socket.parent.rmdir()
    console.say("Everything has stopped. All data is kept.")


async def _all_answer() -> bool:
    for _ in range(READY_SECONDS * 5):
        if all(answers(host, port) for host, port, _, _ in addresses()):
            return True
        await asyncio.sleep(0.2)
    return False


def public_url() -> str:
    """PUBLIC_URL; when it was left alone, it follows the port of the web server."""
    standard = env.VARIABLES[env.PUBLIC_URL].default
    chosen = str(settings.PUBLIC_URL)
    return chosen if chosen != standard else f"http://localhost:{env.integer(env.WEB_PORT, 1, 65535)}"


def _summary() -> str:
    smtp = f"{env.text(env.SMTP_HOST)}:{env.integer(env.SMTP_PORT, 1, 65535)}"
    lines = [
        f"Ready.  Web:     {public_url()}",
        f"        Mail:    {env.text(env.SMTP_PROTOCOL).upper()} on {smtp}, for {settings.MAILBOX}",
    ]
    for account in mailboxes():
        how = "without encryption, on this machine" if account.tls is Tls.NONE else f"TLS {account.tls.value}"
        lines.append(f"        Fetch:   {account.host}:{account.port} ({how}), for {account.address}")
    if settings.OUTGOING_IS_FOLDER:
        lines.append(f"        Letters: {settings.OUTBOX_DIR}/*.eml (nothing leaves this machine)")
    else:
        lines.append("        Letters: sent through the mail server of OUTGOING_URL")
    if not packages.can_draw_pdf():
        lines.append(f"        PDF:     not yet; first: {packages.line(packages.PDF)}")
    return "\n" + "\n".join(lines) + "\n        Stop:    Ctrl-C\n"
