"""The DKIM signature of a letter (RFC 6376), where a key is set. Pure but for the settings."""

from datetime import datetime
from typing import Any

import dkim
from django.conf import settings

# Signed where present; From and Subject once more, so that nobody adds a second one.
_HEADERS = (b"from", b"from", b"subject", b"subject", b"to", b"date", b"message-id", b"in-reply-to", b"references")
_MORE = (b"reply-to", b"mime-version", b"content-type", b"content-transfer-encoding", b"auto-submitted")


class _Signer(dkim.DKIM):  # type: ignore[misc]
    """Dates the signature like the letter, so that every attempt carries the same bytes."""

    dated = b""

    def gen_header(self, fields: list[tuple[bytes, bytes]], *rest: Any, **more: Any) -> bytes:
        dated = [(name, self.dated if name == b"t" else value) for name, value in fields]
        signed: bytes = super().gen_header(dated, *rest, **more)
        return signed


def signed(mail: bytes, *, at: datetime) -> bytes:
    """The mail with its signature before it; as it is where no key is set. The same bytes for the same letter."""
    key, selector = settings.DKIM
    if not key:
        return mail
    signer = _Signer(mail)
    signer.dated = str(int(at.timestamp())).encode()
    present = {name.lower() for name, _value in signer.headers}
    wanted = [name for name in (*_HEADERS, *_MORE) if name in present]
    domain = settings.MAILBOX.rpartition("@")[2].encode()
    header: bytes = signer.sign(selector.encode(), domain, key, include_headers=wanted)
    return header + mail
