"""The connection: encrypted as configured or not at all, signed in by password or by token."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.conf import settings as project

from dsar.intake.mailbox import taking
from dsar.intake.mailbox.accounts import Account, accounts
from dsar.intake.mailbox.client import connect
from dsar.intake.mailbox.models import MailAccount
from dsar.intake.mailbox.oauth import Tokens
from dsar.intake.mailbox.port import MailboxTrouble, Trouble
from tests.dovecot import PASSWORD, Dovecot

pytestmark = pytest.mark.usefixtures("installed")


def one(url: str) -> Account:
    [account] = accounts([url], mailbox=project.MAILBOX)
    return account


def sign_in(account: Account) -> int:
    server = connect(account, lambda: account.secret)
    try:
        return server.open("INBOX").uidnext
    finally:
        server.close()


@pytest.mark.parametrize("tls", ["implicit", "starttls", "none"])
def test_the_three_ways_to_connect(dovecot: Dovecot, tls: str) -> None:
    assert sign_in(one(dovecot.url("box90", tls=tls, cafile=dovecot.cafile))) >= 1


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_a_certificate_nobody_vouches_for_is_refused(dovecot: Dovecot, tls: str) -> None:
    with pytest.raises(MailboxTrouble) as told:
        sign_in(one(dovecot.url("box90", tls=tls)))

    assert told.value.trouble is Trouble.NOT_SECURE


def test_a_certificate_for_another_name_is_refused(dovecot: Dovecot) -> None:
    url = dovecot.url("box90", tls="implicit", cafile=dovecot.cafile).replace("@localhost:", "@127.0.0.1:")

    with pytest.raises(MailboxTrouble) as told:
        sign_in(one(url))

    assert told.value.trouble is Trouble.NOT_SECURE


@pytest.fixture
def stripping(dovecot: Dovecot) -> Iterator[tuple[int, list[bytes]]]:
    """Somebody in the middle who takes STARTTLS out of what the server offers, and listens."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def carry() -> None:
            near, _ = listening.accept()
            with near, socket.create_connection(("127.0.0.1", dovecot.imap)) as far:

                def back() -> None:
                    with suppress(OSError):  # they hang up on each other
                        while data := far.recv(65536):
                            near.sendall(data.replace(b" STARTTLS", b""))

                returning = threading.Thread(target=back)
                returning.start()
                with suppress(OSError):
                    while data := near.recv(65536):
                        heard.append(data)
                        far.sendall(data)
                far.shutdown(socket.SHUT_RDWR)
                returning.join(10)

        carrying = threading.Thread(target=carry)
        carrying.start()
        yield listening.getsockname()[1], heard
        carrying.join(20)


def test_starttls_that_is_not_offered_ends_the_connection_before_the_password(
    dovecot: Dovecot, stripping: tuple[int, list[bytes]]
) -> None:
    port, heard = stripping

    with pytest.raises(MailboxTrouble) as told:
        sign_in(one(dovecot.url("box90", port=port, tls="starttls", cafile=dovecot.cafile)))

    assert told.value.trouble is Trouble.NOT_SECURE
    assert PASSWORD.encode() not in b"".join(heard)


def test_a_wrong_password_is_told_without_the_password(dovecot: Dovecot) -> None:
    account = one(dovecot.url("box90").replace(PASSWORD, "wrong-word"))

    with pytest.raises(MailboxTrouble) as told:
        sign_in(account)

    assert told.value.trouble is Trouble.REFUSED
    assert "wrong-word" not in repr(told.value)


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(MailboxTrouble) as told:
        sign_in(one(f"imap://a:b@127.0.0.1:{port}?tls=none"))

    assert told.value.trouble is Trouble.UNREACHABLE


# -- tokens ------------------------------------------------------------------------------------


@pytest.fixture
def application(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """What the environment says of our registration with the provider."""
    tokens = dovecot.tokens
    tokens.refresh, tokens.access, tokens.asked, tokens.expires_in = {"first": "vieprivee"}, {}, [], 3600
    monkeypatch.setenv("OAUTH_CLIENT_ID", tokens.client[0])
    monkeypatch.setenv("OAUTH_CLIENT_SECRET", tokens.client[1])
    return dovecot


def with_token(server: Dovecot, secret: str) -> Account:
    url = f"imap://vieprivee:{secret}@127.0.0.1:{server.imap}?tls=none&auth=oauth2&token_url={server.tokens.url}"
    account = one(url)
    taking.account_row(account)
    return account


def enter(account: Account, tokens: Tokens) -> None:
    connect(account, lambda: tokens.of(account)).close()


def test_a_refresh_token_opens_the_mailbox_and_its_successor_is_kept_sealed(application: Dovecot) -> None:
    account = with_token(application, "first")
    enter(account, Tokens())
    newest = next(token for token in application.tokens.refresh if token != "first")
    del application.tokens.refresh["first"]  # the provider lets the first one die

    enter(account, Tokens())  # another process, with nothing but the tables

    row = MailAccount.objects.get(name=account.name)
    assert [form["refresh_token"] for form in application.tokens.asked] == ["first", newest]
    assert row.refresh_token is not None
    assert newest.encode() not in bytes(row.refresh_token)


def test_a_newly_configured_refresh_token_wins_over_the_kept_one(application: Dovecot) -> None:
    enter(with_token(application, "first"), Tokens())
    application.tokens.refresh = {"second": "vieprivee"}

    enter(with_token(application, "second"), Tokens())

    assert application.tokens.asked[-1]["refresh_token"] == "second"


def test_an_application_signs_in_by_itself(application: Dovecot) -> None:
    enter(with_token(application, ""), Tokens())

    assert [form["grant_type"] for form in application.tokens.asked] == ["client_credentials"]


def test_a_token_is_used_until_shortly_before_its_end(application: Dovecot) -> None:
    account, tokens = with_token(application, "first"), Tokens()

    enter(account, tokens)
    enter(account, tokens)
    assert len(application.tokens.asked) == 1
    application.tokens.expires_in = 200
    tokens.forget(account)
    enter(account, tokens)
    enter(account, tokens)

    assert len(application.tokens.asked) == 3


def test_a_token_that_is_refused_is_a_refused_sign_in(application: Dovecot) -> None:
    account = with_token(application, "first")

    with pytest.raises(MailboxTrouble) as told:
        connect(account, lambda: "not-a-token")

    assert told.value.trouble is Trouble.REFUSED


def test_a_dead_refresh_token_is_told_by_its_code_only(application: Dovecot) -> None:
    account = with_token(application, "dead")

    with pytest.raises(MailboxTrouble) as told:
        enter(account, Tokens())

    assert str(told.value) == "token: invalid_grant"
