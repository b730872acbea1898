"""DKIM: what leaves is signed where a key is set, verifies with somebody else's eyes, and breaks when changed."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from django.utils import timezone

from dsar import env
from notifications import services
from tests import factories
from tests.fakes.mail_peer import CUT, MailPeer, serving
from tests.notifications.test_carrying import made

pytestmark = pytest.mark.django_db
PEM, PKCS8, PLAIN = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def peer(settings: Any, tmp_path: Path, key: rsa.RSAPrivateKey, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailPeer]:
    (tmp_path / "dkim.pem").write_bytes(key.private_bytes(PEM, PKCS8, PLAIN))
    monkeypatch.setenv("DKIM_KEY", str(tmp_path / "dkim.pem"))
    settings.OUTGOING_IS_FOLDER = False
    settings.DKIM = (env.signing_key(env.DKIM_KEY), "dsar")
    with serving() as one:
        settings.OUTGOING = [one.account]
        yield one


def verifies(raw: bytes, key: rsa.RSAPrivateKey) -> bool:
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    records = {b"dsar._domainkey.assistool.com.": b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)}
    return bool(dkim.verify(raw, dnsfunc=lambda name, timeout=5: records.get(name)))


def test_a_letter_leaves_signed_for_the_domain_of_the_mailbox(peer: MailPeer, key: rsa.RSAPrivateKey) -> None:
    letter = made(factories.received())

    services.deliver(letter.pk)

    (arrived,) = peer.accepted
    assert verifies(arrived.raw, key)
    for change in ((b"Subject: ", b"Subject: x"), (b"\r\n\r\n", b"\r\n\r\nx"), (b"To: ada@", b"To: eve@")):
        assert change[0] in arrived.raw
        assert not verifies(arrived.raw.replace(*change, 1), key)
    added = arrived.raw.replace(b"\r\nFrom: ", b"\r\nFrom: Eve <eve@example.org>\r\nFrom: ", 1)
    assert not verifies(added, key), "nobody adds a second sender"


def test_every_attempt_carries_the_same_signature(peer: MailPeer, time_machine: Any) -> None:
    letter = made(factories.received())
    peer.fault = lambda step, _address: CUT if step == "done" else ""
    services.deliver(letter.pk)
    peer.fault = lambda _step, _address: ""
    time_machine.move_to(timezone.now() + timedelta(minutes=10))
    services.deliver_due()

    first, second = peer.accepted
    assert first.raw == second.raw
    assert first.raw.startswith(b"DKIM-Signature: ")


@pytest.mark.parametrize("wrong", ["missing", "short", "curve", "text"])
def test_a_key_that_cannot_sign_is_said_at_the_start(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key.pem"
    keys = {
        "short": lambda: rsa.generate_private_key(public_exponent=65537, key_size=1024),
        "curve": ed25519.Ed25519PrivateKey.generate,
    }
    if wrong in keys:
        path.write_bytes(keys[wrong]().private_bytes(PEM, PKCS8, PLAIN))
    elif wrong == "text":
        path.write_text("not a key")
    monkeypatch.setenv("DKIM_KEY", str(path))

    with pytest.raises(env.WrongSetting, match="DKIM_KEY"):
        env.signing_key(env.DKIM_KEY)
