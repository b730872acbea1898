"""A name under which an attachment may be saved, whatever its sender called it."""

import re
import unicodedata

_BYTES_LIMIT = 150
_FORBIDDEN = re.compile(r'[<>:"|?*%;]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}")
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/json": ".json",
    "application/pkcs7-mime": ".p7m",
    "application/pkcs7-signature": ".p7s",
    "application/pgp-signature": ".asc",
    "application/ms-tnef": ".dat",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/tiff": ".tif",
    "message/rfc822": ".eml",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/csv": ".csv",
    "text/calendar": ".ics",
    "text/rfc822-headers": ".txt",
}


def safe(filename: str, content_type: str, path: str, taken: set[str]) -> str:
    """A file name without folders, control or direction characters, at most 150 bytes, not in ``taken``; adds itself.

    ``taken`` holds names in lower case. An attachment without a usable name gets one from its place and its type.
    """
    last = re.split(r"[/\\]", filename)[-1]
    # Cc, Cf, Co, Cs, Cn: line ends, bidirectional overrides that turn "fdp.exe" round, private and broken letters.
    visible = "".join(letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] != "C")
    name = _FORBIDDEN.sub("_", " ".join(visible.split())).strip(". ")
    if not name:
        name = f"part-{path}{_EXTENSIONS.get(content_type, '.bin')}"
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, extension = _halves(name)
    candidate, number = _cut(stem, extension) + extension, 2
    while candidate.lower() in taken:
        mark = f" ({number}){extension}"
        candidate, number = _cut(stem, mark) + mark, number + 1
    taken.add(candidate.lower())
    return candidate


def _halves(name: str) -> tuple[str, str]:
    stem, dot, extension = name.rpartition(".")
    return (stem, dot + extension) if stem and _EXTENSION.fullmatch(dot + extension) else (name, "")


def _cut(stem: str, tail: str) -> str:
    room = _BYTES_LIMIT - len(tail.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") or "_"
