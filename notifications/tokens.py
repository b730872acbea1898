"""Tokens that lead back to a case: in reply addresses, bounce addresses, Message-IDs and portal links.

A token is ``base32(version ‖ id ‖ more ‖ MAC)`` in lower case without padding: letters and digits
2-7 survive every mail system. The id is the case's UUID in links, and its short number in mail
addresses, where 64 characters must do. The MAC is HMAC-SHA256 under a key derived from SECRET_KEY for one
purpose and over the case's UUID, cut to 96 bits for mail and 160 bits for the portal, so that a
token made for one purpose, case or installation is worth nothing for another.

Tokens carry no date. Those of a case hold as long as the case can be found, unless a possible breach revoked them
(the generation of its links is part of the MAC; a bounce address only tells of a letter and holds on): the status
link of an acknowledgement must still open years later, until retention erases the case. After a change of
SECRET_KEY those of a key in SECRET_KEY_FALLBACKS still hold.
"""

import base64
import binascii
import hashlib
import hmac
import re
import uuid
from enum import StrEnum

from django.conf import settings
from django.utils.crypto import salted_hmac

from notifications.models import Notification
from workflow.models import Case


class Purpose(StrEnum):
    REPLY = "reply"
    BOUNCE = "bounce"
    PORTAL = "portal"
    MESSAGE = "message"


_VERSION = b"\x01"
_ID_BYTES = 6
_UUID_BYTES = 16
_SALT_BYTES = 4  # tells two letters of one case apart
_MAC_BYTES = {Purpose.REPLY: 12, Purpose.BOUNCE: 12, Purpose.MESSAGE: 12, Purpose.PORTAL: 20}
_LONGEST = 200
_HEAD_CHARACTERS = 16  # of a token: whole groups of base32 that hold version and id

_REPLY = re.compile(r"\+r\.([a-z2-7]+)@")
# A retyped address may have lost its dot, or hold characters a token never has.
_REPLY_TO_US = re.compile(r"\+r[._-]?([^@\s<>]{1,80})@")
_BOUNCE = re.compile(r"\+b\.([a-z2-7]+)@")
_MESSAGE = re.compile(r"<?(dsr-[0-9a-z.-]+)\.([a-z2-7]+)@")


# -- addresses and links ---------------------------------------------------------------------


def reply_address(case: Case) -> str:
    """Where the person's answer goes: our mailbox with a token that names the case."""
    return _tagged(f"r.{_mint(Purpose.REPLY, case.pk, _bound(case))}")


def bounce_address(letter: Notification) -> str:
    """The envelope sender of one letter: what comes back there says that it did not arrive."""
    return _tagged(f"b.{_mint(Purpose.BOUNCE, letter.pk, letter.uuid.bytes)}")


def message_id(case: Case, name: str, identity: str) -> str:
    """The Message-ID of a letter, with its brackets: the same for the same case, name and identity.

    ``name`` is seen ("m01", "m07.access"), ``identity`` only enters the digest: what makes this
    letter another one than the next (event, recipient).
    """
    visible = f"{case.reference}.{name}".lower().replace("_", "-")
    salt = hashlib.sha256(f"{visible}\n{identity}".encode()).digest()[:_SALT_BYTES]
    token = _mint(Purpose.MESSAGE, case.pk, _bound(case) + visible.encode(), salt)
    return f"<{visible}.{token}@{_domain()}>"


def message_id_of_no_case(name: str, identity: str) -> str:
    """The Message-ID of a letter about the installation: leads back to no case, and cannot be foretold."""
    digest = salted_hmac("notifications.tokens:no-case", f"{name}\n{identity}", algorithm="sha256").hexdigest()
    return f"<{name}.{digest[:32]}@{_domain()}>"


def portal_token(case: Case) -> str:
    """What opens the person's page; it does not expire while the case exists."""
    return _spell(Purpose.PORTAL, case.uuid.bytes, _generation(case.link_generation))


def portal_url(case: Case) -> str:
    """The person's page, with the token in its path."""
    return f"{settings.PUBLIC_URL}/p/{portal_token(case)}/"


# -- the way back -----------------------------------------------------------------------------


def case_of_reply(text: str) -> int | None:
    """The case a reply address or one of our Message-IDs belongs to; None for everything else."""
    text = text[:_LONGEST].lower()
    if found := _REPLY.search(text):
        return _case(Purpose.REPLY, found[1], b"", 0)
    if found := _MESSAGE.match(text):
        return _case(Purpose.MESSAGE, found[2], found[1].encode(), _SALT_BYTES)
    return None


def looks_like_reply(address: str) -> bool:
    """Whether somebody wrote to what looks like a reply address of ours, genuine or not."""
    return _REPLY_TO_US.search(address[:_LONGEST].lower()) is not None


def case_meant_by(address: str) -> int | None:
    """The case a damaged reply address seems to name: for an officer to look at, it proves nothing."""
    found = _REPLY_TO_US.search(address[:_LONGEST].lower())
    if found is None or case_of_reply(address) is not None:
        return None
    head = found[1][:_HEAD_CHARACTERS]
    raw = _raw_head(head) if len(head) == _HEAD_CHARACTERS else b""
    return _number(raw) if raw[:1] == _VERSION else None


def letter_of_bounce(address: str) -> int | None:
    """The letter whose envelope sender this is; None for everything else."""
    found = _BOUNCE.search(address[:_LONGEST].lower())
    raw = _raw(found[1]) if found else b""
    pk = _number(raw)
    bound = Notification.objects.filter(pk=pk).values_list("uuid", flat=True).first()
    return pk if bound and _holds(Purpose.BOUNCE, raw, bound.bytes, 1 + _ID_BYTES) else None


def case_of_bounce(address: str) -> int | None:
    """The case whose letter came back to this address. Mail to such an address is never a request."""
    letter = letter_of_bounce(address)
    return Notification.objects.values_list("case_id", flat=True).get(pk=letter) if letter else None


def case_of_portal(token: str) -> int | None:
    """The case a portal link opens; None when the token is not ours, whatever the reason."""
    raw = _raw(token[:_LONGEST])
    head = raw[: 1 + _UUID_BYTES]
    if len(head) <= _UUID_BYTES:
        return None
    found = _reachable(uuid=uuid.UUID(bytes=head[1:]))
    holds = found and _holds(Purpose.PORTAL, raw, _generation(found.link_generation), len(head))
    return found.pk if found and holds else None


# -- minting and checking ------------------------------------------------------------------------


def _mint(purpose: Purpose, pk: int, bound: bytes, more: bytes = b"") -> str:
    return _spell(purpose, pk.to_bytes(_ID_BYTES) + more, bound)


def _spell(purpose: Purpose, named: bytes, bound: bytes) -> str:
    head = _VERSION + named
    mac = _mac(purpose, head, bound, settings.SECRET_KEY)
    return base64.b32encode(head + mac).decode().rstrip("=").lower()


def _mac(purpose: Purpose, head: bytes, bound: bytes, secret: str) -> bytes:
    salt = f"notifications.tokens:{purpose.value}"
    return salted_hmac(salt, head + bound, secret=secret, algorithm="sha256").digest()[: _MAC_BYTES[purpose]]


def _raw(token: str) -> bytes:
    """The bytes of a token; empty for what is not spelled exactly as it was minted."""
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except (binascii.Error, ValueError):
        return b""
    # The last character has spare bits: of several spellings of the same bytes only ours counts.
    spelled = base64.b32encode(raw).decode().rstrip("=").lower()
    return raw if spelled == token else b""


def _raw_head(head: str) -> bytes:
    try:
        return base64.b32decode(head.upper())
    except (binascii.Error, ValueError):
        return b""


def _case(purpose: Purpose, token: str, bound: bytes, more: int) -> int | None:
    raw = _raw(token[:_LONGEST])
    pk = _number(raw)
    case = _reachable(pk=pk)
    holds = case and _holds(purpose, raw, _bound(case) + bound, 1 + _ID_BYTES + more)
    return pk if holds else None


def _reachable(**wanted: object) -> Case | None:
    """The case a token may lead to; of one that was made nameless nobody is left to reach."""
    found: Case | None = Case.objects.filter(anonymised_at=None, **wanted).only("uuid", "link_generation").first()
    return found


def _bound(case: Case) -> bytes:
    """What the MAC of a token in mail is bound to: this case, and its links as they were last revoked."""
    return case.uuid.bytes + _generation(case.link_generation)


def _generation(number: int) -> bytes:
    """Nothing for links that were never revoked, so that every token minted before still holds."""
    return number.to_bytes(2) if number else b""


def _number(raw: bytes) -> int:
    return int.from_bytes(raw[1 : 1 + _ID_BYTES])


def _holds(purpose: Purpose, raw: bytes, bound: bytes, head: int) -> bool:
    """The version is ours and the MAC is that of the current key or of one still honoured."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    matches = [hmac.compare_digest(raw[head:], _mac(purpose, raw[:head], bound, secret)) for secret in secrets]
    return raw[:1] == _VERSION and any(matches)


def _tagged(tag: str) -> str:
    local = settings.MAILBOX.partition("@")[0]
    return f"{local}+{tag}@{_domain()}"


def _domain() -> str:
    return str(settings.MAILBOX.partition("@")[2])
