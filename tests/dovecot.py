"""A real IMAP and LMTP server for tests: Dovecot 2.3 in a folder of its own, with TLS and OAuth2.

Its token server is here too: it gives access tokens for refresh tokens and for client credentials, and
tells Dovecot which of them hold (RFC 7662).
"""

import contextlib
import datetime
import getpass
import grp
import http.server
import imaplib
import json
import os
import secrets
import shutil
import smtplib
import subprocess
import tempfile
import threading
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.services import Missing, _wait_for_port, free_port

NO_DOVECOT = "Dovecot 2.3 is not installed here: `make test-services` installs it."
PASSWORD = "s3cret"
_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
auth_username_format = %Ln
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
mail_fsync = never
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {folder}/passwd
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home/%u allow_all_users=yes
}}
mail_plugins = acl
plugin {{
  acl = vfile
}}
namespace inbox {{
  inbox = yes
  mailbox Junk {{
    auto = create
    special_use = \\Junk
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
  unix_listener stats-writer {{
    mode = 0600
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service auth {{
  unix_listener auth-userdb {{
    mode = 0600
  }}
}}
protocol imap {{
  mail_max_userip_connections = 100
}}
"""
_OAUTH2 = """
introspection_mode = post
introspection_url = http://127.0.0.1:{port}/introspect
username_attribute = username
active_attribute = active
active_value = true
"""


@dataclass
class TokenServer:
    """``refresh`` holds the refresh tokens that are good for a user; each use gives a new one, the old stays."""

    port: int = 0
    client: tuple[str, str] = ("client-id", "client-secret")
    refresh: dict[str, str] = field(default_factory=dict)
    access: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    expires_in: int = 3600
    rotates: bool = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        if path == "/introspect":
            user = self.access.get(form.get("token", ""))
            return 200, {"active": user is not None, "username": user or ""}
        self.asked.append(form)
        if (form.get("client_id"), form.get("client_secret")) != self.client:
            return 401, {"error": "invalid_client"}
        user = "vieprivee"
        if form.get("grant_type") == "refresh_token":
            known = self.refresh.get(form.get("refresh_token", ""))
            if known is None:
                return 400, {"error": "invalid_grant", "error_description": "AADSTS700082: expired"}
            user = known
        token = secrets.token_urlsafe(24)
        self.access[token] = user
        given: dict[str, object] = {"access_token": token, "token_type": "Bearer", "expires_in": self.expires_in}
        if self.rotates and form.get("grant_type") == "refresh_token":
            fresh = secrets.token_urlsafe(24)
            self.refresh[fresh] = user
            given["refresh_token"] = fresh
        return 200, given


@contextlib.contextmanager
def token_server() -> Iterator[TokenServer]:
    tokens = TokenServer()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            form = {name: values[0] for name, values in urllib.parse.parse_qs(body).items()}
            status, told = tokens.answer(self.path, form)
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        tokens.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield tokens
        finally:
            server.shutdown()
            thread.join(5)


@dataclass
class Dovecot:
    """Where it listens. Every user that is named in ``users`` has the one password."""

    folder: Path
    imap: int
    imaps: int
    lmtp: int
    tokens: TokenServer

    @property
    def cafile(self) -> str:
        return str(self.folder / "ca.pem")

    def url(self, user: str, *, port: int = 0, tls: str = "none", **parameters: str) -> str:
        """As IMAP_URLS wants it."""
        query = urllib.parse.urlencode({"tls": tls, **parameters})
        return f"imap://{user}:{PASSWORD}@localhost:{port or (self.imaps if tls == 'implicit' else self.imap)}?{query}"

    @contextlib.contextmanager
    def client(self, user: str) -> Iterator[imaplib.IMAP4]:
        """Another mail program: what a colleague or a phone does to the mailbox."""
        client = imaplib.IMAP4("127.0.0.1", self.imap, timeout=30)
        try:
            client.login(user, PASSWORD)
            yield client
        finally:
            with contextlib.suppress(imaplib.IMAP4.error, OSError):
                client.logout()

    def append(self, user: str, raw: bytes, *, folder: str = "INBOX", at: datetime.datetime | None = None) -> None:
        with self.client(user) as client:
            append(client, raw, folder=folder, at=at)

    def deliver(self, user: str, raw: bytes, *, sender: str = "ada@example.org") -> None:
        with smtplib.LMTP("127.0.0.1", self.lmtp) as client:
            client.sendmail(sender, [f"{user}@assistool.com"], raw)

    def renumber(self, user: str, folder: str) -> bool:
        """Give the folder a new UIDVALIDITY, as a server does that lost or rebuilt its index."""
        command = ["doveadm", "-c", str(self.folder / "dovecot.conf"), "mailbox", "update", "-u", user]
        fresh = secrets.randbelow(10**8) + 10**9
        done = subprocess.run([*command, "--uid-validity", str(fresh), folder], capture_output=True, check=False)
        return done.returncode == 0

    def allow(self, user: str, folder: str, rights: str) -> None:
        """What its owner may do in the folder, in words of ``doveadm acl``; an administrator's doing."""
        command = ["doveadm", "-c", str(self.folder / "dovecot.conf"), "acl", "set", "-u", user, folder, "owner"]
        subprocess.run([*command, *rights.split()], capture_output=True, check=True)

    def uids(self, user: str, folder: str = "INBOX", criteria: str = "ALL") -> list[int]:
        with self.client(user) as client:
            status, _ = client.select(f'"{folder}"', readonly=True)
            return [int(uid) for uid in client.uid("SEARCH", criteria)[1][0].split()] if status == "OK" else []


def append(client: imaplib.IMAP4, raw: bytes, *, folder: str = "INBOX", at: datetime.datetime | None = None) -> None:
    instant = at or datetime.datetime.now(datetime.UTC)
    status, told = client.append(f'"{folder}"', None, imaplib.Time2Internaldate(instant), raw)
    assert status == "OK", told


@contextlib.contextmanager
def dovecot() -> Iterator[Dovecot]:
    """Running, with empty mailboxes. Raises Missing. Nothing of it outlives the block."""
    program = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else None)
    if program is None or not subprocess.run([program, "--version"], capture_output=True).stdout.startswith(b"2.3"):
        raise Missing(NO_DOVECOT)
    user, group = getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
    folder = Path(tempfile.mkdtemp(prefix="dsar-imap-"))
    if os.geteuid() == 0:  # its processes refuse root; this user came with the package
        user = group = "dovecot"
        folder.chmod(0o755)
        for name in ("mail", "home"):
            (folder / name).mkdir()
            shutil.chown(folder / name, user, group)
    imap, imaps, lmtp = free_port(), free_port(), free_port()
    with token_server() as tokens:
        _certificates(folder)
        names = [f"{name}{number}" for name in ("box", "vieprivee") for number in ("", *range(100))]
        (folder / "passwd").write_text("".join(f"{name}:{{PLAIN}}{PASSWORD}::::::\n" for name in names))
        (folder / "oauth2.conf").write_text(_OAUTH2.format(port=tokens.port))
        configuration = folder / "dovecot.conf"
        configuration.write_text(
            _CONFIGURATION.format(folder=folder, user=user, group=group, imap=imap, imaps=imaps, lmtp=lmtp)
        )
        with (folder / "start.log").open("wb") as log:
            server = subprocess.Popen([program, "-F", "-c", str(configuration)], stdout=log, stderr=log)
        try:
            for port in (imap, imaps, lmtp):
                _wait_for_port(port)
            yield Dovecot(folder, imap, imaps, lmtp, tokens)
        finally:
            server.terminate()
            server.wait(20)
            shutil.rmtree(folder, ignore_errors=True)


def _certificates(folder: Path) -> None:
    """An authority of our own and a server certificate for localhost."""
    now = datetime.datetime.now(datetime.UTC)
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])

    def certificate(subject: str, of: ec.EllipticCurvePrivateKey, *, authoritative: bool) -> x509.Certificate:
        names = [x509.DNSName("localhost")]
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
            .issuer_name(issuer)
            .public_key(of.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=2))
            .add_extension(x509.BasicConstraints(ca=authoritative, path_length=None), critical=True)
        )
        if not authoritative:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(authority, hashes.SHA256())

    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(certificate("Test authority", authority, authoritative=True).public_bytes(pem))
    (folder / "server.pem").write_bytes(certificate("localhost", key, authoritative=False).public_bytes(pem))
    (folder / "server.key").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
