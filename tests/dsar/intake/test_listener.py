"""The listener over real sockets, with real clients; what is stored is looked at byte by byte."""

import asyncio
import contextlib
import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dsar.intake.listener import Listener

OURS = "vieprivee@example.org"
ALIAS = "mailvieprivee@example.org"
MAIL = b"From: ada@example.com\r\nTo: vieprivee@example.org\r\nSubject: Acc\xc3\xa8s\r\n\r\nBonjour,\r\n.\r\n..fin\r\n"
MEGABYTE = 1024 * 1024


@dataclass
class Store:
    """What ``accept`` received; ``fail_with`` makes it refuse, as a full disk would."""

    mails: list[dict[str, Any]] = field(default_factory=list)
    fail_with: Exception | None = None

    def __call__(self, raw: bytes, **about: Any) -> None:
        if self.fail_with:
            raise self.fail_with
        self.mails.append({"raw": raw, **about})


@contextlib.contextmanager
def listening(accept: Callable[..., object], **options: Any) -> Iterator[int]:
    """A listener in a thread of its own; the port it took."""
    loop = asyncio.new_event_loop()
    listener = Listener(accept, mailbox=OURS, aliases=[ALIAS], **{"max_bytes": 50 * MEGABYTE, **options})
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield asyncio.run_coroutine_threadsafe(listener.start("127.0.0.1", 0), loop).result(5)
    finally:
        asyncio.run_coroutine_threadsafe(listener.stop(), loop).result(5)
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.01), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def client(store: Store) -> Iterator[smtplib.SMTP]:
    with listening(store) as port, smtplib.SMTP("127.0.0.1", port, timeout=10) as connection:
        yield connection


def test_a_mail_is_stored_as_the_bytes_that_were_sent(client: smtplib.SMTP, store: Store) -> None:
    before = datetime.now(UTC)

    client.sendmail("ada@example.com", [OURS], MAIL)

    [mail] = store.mails
    assert mail["raw"] == MAIL
    assert (mail["source"], mail["mailbox"]) == ("smtp", OURS)
    assert (mail["envelope_from"], mail["envelope_to"]) == ("ada@example.com", (OURS,))
    assert before <= mail["received_at"] <= before + timedelta(seconds=10)
    assert mail["received_at"].utcoffset() == timedelta(0)


@pytest.mark.parametrize("address", [OURS, OURS.upper(), ALIAS, "vieprivee+abc.def@example.org"])
def test_our_addresses_are_accepted(client: smtplib.SMTP, store: Store, address: str) -> None:
    client.sendmail("ada@example.com", [address], MAIL)

    assert store.mails[0]["envelope_to"] == (address,)


@pytest.mark.parametrize("address", ["info@example.org", "vieprivee@example.com", "vieprivee", "a%b@example.org"])
def test_other_addresses_are_refused_with_a_sentence(client: smtplib.SMTP, store: Store, address: str) -> None:
    client.ehlo()
    client.mail("ada@example.com")

    code, text = client.rcpt(address)

    assert (code, text) == (550, b"5.1.1 There is no such mailbox here, and this server passes no mail on.")
    assert store.mails == []


def test_one_mail_to_the_mailbox_and_to_strangers_is_stored_once_for_the_mailbox(
    client: smtplib.SMTP, store: Store
) -> None:
    refused = client.sendmail("ada@example.com", ["info@example.org", OURS, ALIAS], MAIL)

    assert list(refused) == ["info@example.org"]
    assert [mail["envelope_to"] for mail in store.mails] == [(OURS, ALIAS)]


def test_the_null_sender_of_a_bounce_is_accepted(client: smtplib.SMTP, store: Store) -> None:
    client.sendmail("", [OURS], MAIL)

    assert store.mails[0]["envelope_from"] == ""


def test_a_line_of_100_kb_is_kept_whole(client: smtplib.SMTP, store: Store) -> None:
    mail = b"Subject: long\r\n\r\n" + b"x" * 100_000 + b"\r\nend\r\n"

    client.sendmail("ada@example.com", [OURS], mail)

    assert store.mails[0]["raw"] == mail


def test_lines_around_the_size_of_one_read_are_kept_whole(store: Store) -> None:
    """Every length from just below to just above the reader's limit, raw, with dots at the seams."""
    lines = [b"." * length for length in range(64 * 1024 - 4, 64 * 1024 + 5)]
    body = b"Subject: seams\r\n\r\n" + b"".join(line + b"\r\n" for line in lines)
    with listening(store) as port, smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        client.sendmail("ada@example.com", [OURS], body)

    assert store.mails[0]["raw"] == body


def test_a_second_mail_on_the_same_connection_is_a_second_mail(client: smtplib.SMTP, store: Store) -> None:
    client.sendmail("ada@example.com", [OURS], MAIL)
    client.sendmail("bea@example.com", [ALIAS], MAIL + b"again\r\n")

    assert [mail["envelope_from"] for mail in store.mails] == ["ada@example.com", "bea@example.com"]
    assert [mail["raw"] for mail in store.mails] == [MAIL, MAIL + b"again\r\n"]


def test_the_size_is_announced(client: smtplib.SMTP) -> None:
    client.ehlo()

    assert client.esmtp_features["size"] == str(50 * MEGABYTE)
    assert client.has_extn("8bitmime")
    assert client.has_extn("smtputf8")
    assert not client.has_extn("auth")


def test_a_mail_announced_too_large_is_refused_with_a_sentence(client: smtplib.SMTP) -> None:
    client.ehlo()

    code, text = client.mail("ada@example.com", [f"SIZE={60 * MEGABYTE}"])

    assert code == 552
    assert text == b"5.3.4 This mail is larger than 50 MB: please send it in parts or without attachments."


def test_a_mail_that_grows_too_large_is_refused_and_the_next_one_is_stored(store: Store) -> None:
    with listening(store, max_bytes=MEGABYTE) as port, smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        client.ehlo()
        client.mail("ada@example.com")
        client.rcpt(OURS)
        code, text = client.data(MAIL + (b"y" * 998 + b"\r\n") * 1100)

        assert (code, text[:38]) == (552, b"5.3.4 This mail is larger than 1 MB: p")
        assert store.mails == []

        client.sendmail("ada@example.com", [OURS], MAIL)
        assert [mail["raw"] for mail in store.mails] == [MAIL]


def test_a_mail_of_exactly_the_largest_size_is_stored(store: Store) -> None:
    mail = b"Subject: x\r\n\r\n" + b"z" * (MEGABYTE - 16) + b"\r\n"
    with listening(store, max_bytes=MEGABYTE) as port, smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        client.sendmail("ada@example.com", [OURS], mail)

    assert store.mails[0]["raw"] == mail
    assert len(mail) == MEGABYTE


def test_when_storing_fails_the_sender_is_asked_to_try_again_and_sees_no_traceback(
    client: smtplib.SMTP, store: Store
) -> None:
    store.fail_with = OSError("disk full at /var/secret")
    client.ehlo()
    client.mail("ada@example.com")
    client.rcpt(OURS)

    code, text = client.data(MAIL)
    store.fail_with = None
    client.sendmail("ada@example.com", [OURS], MAIL)

    assert code == 451
    assert text == b"4.3.0 Your mail could not be stored just now. Nothing is lost: please send it again later."
    assert len(store.mails) == 1


def test_the_answer_comes_only_after_the_commit(store: Store) -> None:
    committed = threading.Event()

    def slowly(raw: bytes, **about: Any) -> None:
        committed.wait(0.3)
        committed.set()

    with listening(slowly) as port, smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        client.sendmail("ada@example.com", [OURS], MAIL)

    assert committed.is_set()


def test_a_sender_who_hangs_up_during_the_commit_undoes_nothing(store: Store) -> None:
    begun, done = threading.Event(), threading.Event()

    def slowly(raw: bytes, **about: Any) -> None:
        begun.set()
        done.wait(0.2)
        store(raw, **about)
        done.set()

    with listening(slowly) as port:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as raw_socket:
            raw_socket.sendall(
                b"EHLO a\r\nMAIL FROM:<ada@example.com>\r\nRCPT TO:<vieprivee@example.org>\r\nDATA\r\nhi\r\n.\r\n"
            )
            assert begun.wait(5)
        assert done.wait(5)

    assert [mail["raw"] for mail in store.mails] == [b"hi\r\n"]


def test_a_half_sent_mail_is_not_stored(store: Store) -> None:
    with listening(store) as port, socket.create_connection(("127.0.0.1", port), timeout=5) as raw_socket:
        raw_socket.sendall(
            b"EHLO a\r\nMAIL FROM:<ada@example.com>\r\nRCPT TO:<vieprivee@example.org>\r\nDATA\r\nhalf a mail\r\n"
        )
        raw_socket.shutdown(socket.SHUT_WR)
        while raw_socket.recv(4096):
            pass

    assert store.mails == []


def test_a_lone_dot_after_bare_line_feeds_does_not_end_a_mail(store: Store) -> None:
    """Otherwise one mail could smuggle in a second one under another sender's name."""
    smuggled = b"one\n.\nMAIL FROM:<eve@example.com>\r\n"
    with listening(store) as port, smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
        client.ehlo()
        client.mail("ada@example.com")
        client.rcpt(OURS)
        client.docmd("DATA")
        client.send(smuggled + b".\r\n")
        assert client.getreply()[0] == 250

    assert [mail["raw"] for mail in store.mails] == [smuggled]


def test_nobody_signs_in_and_nobody_is_looked_up(client: smtplib.SMTP) -> None:
    client.ehlo()

    assert client.docmd("AUTH", "PLAIN AGFkYQBzZWNyZXQ=")[0] == 502
    assert client.docmd("EXPN", "staff")[0] == 502
    assert client.docmd("VRFY", OURS)[0] == 252


@pytest.mark.parametrize(
    "line",
    [b"DATA", b"MAIL", b"RCPT TO:<a@b>", b"\xff\xfe", b"MAIL FROM:<\xff@x> FOO=1", b"NONSENSE", b"A" * 200_000, b""],
)
def test_nonsense_is_answered_with_an_error_and_the_session_goes_on(
    client: smtplib.SMTP, store: Store, line: bytes
) -> None:
    client.ehlo()
    client.send(line + b"\r\n")
    assert 400 <= client.getreply()[0] <= 599

    client.sendmail("ada@example.com", [OURS], MAIL)

    assert len(store.mails) == 1


def test_bytes_no_database_takes_are_replaced_in_an_address(client: smtplib.SMTP, store: Store) -> None:
    client.ehlo()
    client.send(b"MAIL FROM:<ad\xe9@example.com> SMTPUTF8\r\n")
    client.getreply()
    client.rcpt(OURS)
    client.data(MAIL)

    assert store.mails[0]["envelope_from"] == "ad\ufffd@example.com"


def test_too_many_connections_are_asked_to_come_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dsar.intake.listener.MAX_CONNECTIONS", 1)
    with listening(store) as port, smtplib.SMTP("127.0.0.1", port, timeout=5) as first:
        first.ehlo()
        with pytest.raises(smtplib.SMTPConnectError) as refusal:
            smtplib.SMTP("127.0.0.1", port, timeout=5)
        first.sendmail("ada@example.com", [OURS], MAIL)

    assert refusal.value.smtp_code == 421
    assert len(store.mails) == 1


def test_lmtp_answers_for_each_recipient(store: Store) -> None:
    with listening(store, protocol="lmtp") as port, smtplib.LMTP("127.0.0.1", port, timeout=5) as client:
        client.ehlo()
        client.mail("ada@example.com")
        client.rcpt(OURS)
        client.rcpt(ALIAS)
        client.docmd("DATA")
        client.send(b"Subject: x\r\n\r\n.\r\n")
        answers = [client.getreply()[0], client.getreply()[0]]

    assert answers == [250, 250]
    assert [(mail["source"], mail["envelope_to"]) for mail in store.mails] == [("lmtp", (OURS, ALIAS))]


def test_lmtp_knows_no_ehlo(store: Store) -> None:
    with listening(store, protocol="lmtp") as port, smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
        assert client.ehlo()[0] == 500
        assert client.helo("a")[0] == 500
