"""One spelling for every way to write an address. Pure."""

import unicodedata


def spelled(address: str) -> str:
    """The address in small letters, its domain as DNS knows it; raises ValueError, a sentence, for none.

    Case never distinguishes two people in practice, and a list that misses Ada@ where ada@ objected protects nobody.
    """
    text = unicodedata.normalize("NFKC", address.strip()).casefold()
    local, at, domain = text.rpartition("@")
    if not local or not at or not domain or any(character.isspace() for character in text):
        raise ValueError("This is no address: write one like name@example.org on each line.")
    return f"{local}@{_ascii(domain.rstrip('.'))}"


def is_address(text: str) -> bool:
    """Whether ``spelled`` takes it for an address."""
    try:
        return bool(spelled(text))
    except ValueError:
        return False


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain  # no name DNS knows: it is compared as it is written
