"""An address as it stands in an envelope and in a header. Pure."""

import unicodedata


def on_the_wire(address: str) -> str:
    """The address with its domain in ASCII (IDNA); "" for one that no server could take.

    Nor for one with an encoded word (RFC 2047): a mail program decodes it, and writes to somebody else.
    What stands before the @ may keep other letters than ASCII: a server must then know SMTPUTF8 (RFC 6531).
    """
    local, at, domain = address.rpartition("@")
    if not at or not local or "@" in local or "=?" in address or any(_breaks(char) for char in address):
        return ""
    try:
        host = domain.encode("idna").decode("ascii") if domain else ""
    except UnicodeError:  # an empty or overlong part
        return ""
    return f"{local}@{host}" if host and len(local.encode()) <= 64 else ""


def _breaks(char: str) -> bool:
    """Would it end the line, hide, or stand for nothing?"""
    return char.isspace() or char in "<>,;" or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Cn", "Co"}
