"""Letters through a provider's interface (django-anymail), against a stand-in that speaks its HTTP."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from notifications import services, tokens
from notifications.accounts import accounts
from tests import factories
from tests.fakes.mail_peer import serving
from tests.notifications.test_carrying import made
from tests.notifications.test_faults import strike, tried
from tests.services import free_port

pytestmark = pytest.mark.django_db


@dataclass
class Provider:
    """Postmark, as far as one letter needs it."""

    port: int = 0
    status: int = 200
    answer: dict[str, Any] = field(default_factory=lambda: {"ErrorCode": 0, "Message": "OK", "MessageID": "0a1b2c"})
    silent: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"api://postmark?server_token=very-secret&api_url=http://127.0.0.1:{self.port}/"


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    theirs = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            theirs.asked.append({"token": self.headers["X-Postmark-Server-Token"], **body})
            if theirs.silent:
                self.connection.close()
                return
            answer = {**theirs.answer, "To": body.get("To", ""), "SubmittedAt": "2027-03-01T09:00:00Z"}
            content = json.dumps(answer).encode()
            self.send_response(theirs.status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    theirs.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    settings.OUTGOING_IS_FOLDER = False
    settings.OUTGOING = accounts(theirs.url)
    yield theirs
    server.shutdown()
    server.server_close()


def test_a_letter_goes_through_the_provider_with_its_identity_and_its_proof(provider: Provider) -> None:
    letter = tried()

    assert (letter.state, letter.account) == ("sent", "postmark")
    assert services.reply_of(letter) == "accepted by postmark: 0a1b2c"
    (asked,) = provider.asked
    headers = {header["Name"]: header["Value"] for header in asked["Headers"]}
    assert asked["token"] == "very-secret"
    assert asked["To"] == "ada@example.org"
    assert asked["ReplyTo"] == tokens.reply_address(letter.case)
    assert headers["Message-ID"] == letter.message_id
    assert headers["Auto-Submitted"] == "auto-replied"
    assert tokens.portal_url(letter.case) in asked["TextBody"]


@pytest.mark.parametrize(
    ("status", "state", "why"),
    [
        (401, "failed", "sign_in"),
        (422, "failed", "sender_refused"),
        (429, "failed", "busy"),
        (500, "uncertain", "silent"),
        (503, "failed", "busy"),
    ],
)
def test_an_error_of_the_provider_keeps_the_letter(provider: Provider, status: int, state: str, why: str) -> None:
    provider.status, provider.answer = status, {"ErrorCode": 100, "Message": "no"}

    letter = tried()

    assert (letter.state, letter.why) == (state, why)
    assert services.reply_of(letter) == f"the provider answers {status}"


def test_a_provider_that_falls_silent_leaves_a_doubt(provider: Provider) -> None:
    provider.silent = True

    letter = tried()

    assert (letter.state, letter.why) == ("uncertain", "silent")


def test_a_provider_that_is_not_there_is_followed_by_the_mail_server(provider: Provider, settings: Any) -> None:
    with serving() as peer:
        gone = provider.url.replace(str(provider.port), str(free_port()))
        settings.OUTGOING = [*accounts(gone), peer.account]
        letter = tried()

    assert (letter.state, letter.account) == ("sent", peer.account.name)
    assert len(peer.accepted) == 1


def test_a_mail_server_that_is_down_is_followed_by_the_provider(provider: Provider, settings: Any) -> None:
    with serving(fault=strike("mail", "421 4.3.2 shutting down")) as peer:
        settings.OUTGOING = [peer.account, *settings.OUTGOING]
        assert tried().account == "postmark"


def test_an_unknown_provider_is_said(settings: Any) -> None:
    settings.OUTGOING_IS_FOLDER, settings.OUTGOING = False, accounts("api://pigeon?x=1")
    letter = made(factories.received())

    assert services.deliver(letter.pk) == "failed"

    letter.refresh_from_db()
    assert (letter.why, services.reply_of(letter)) == (
        "sender_refused",
        "the provider cannot be used: ModuleNotFoundError",
    )
