"""Invented requests in four languages, each from a person of its own."""

import random

from tests.installation import MAILBOX

REQUESTS = {
    "fr": ("Accès à mes données", "Bonjour,\n\nJe souhaite recevoir une copie de toutes mes données personnelles."),
    "nl": ("Inzage", "Beste,\n\nIk wil graag een kopie van al mijn persoonsgegevens ontvangen."),
    "de": ("Löschung", "Guten Tag,\n\nbitte löschen Sie alle meine personenbezogenen Daten."),
    "en": ("My data", "Hello,\n\nPlease send me a copy of all personal data you hold about me."),
}


def written_by(number: int, seed: int) -> tuple[str, bytes]:
    """The address of person ``number`` and the bytes of their mail: the same for the same seed."""
    own = random.Random(f"{seed}-{number}")
    sender = f"person{number:04d}@post{number % 10}.example"  # spread: acknowledgements to one domain are capped
    subject, text = REQUESTS[own.choice(sorted(REQUESTS))]
    attachment = own.randbytes(own.choice([0, 2_000, 60_000])).hex()
    lines = [
        f"From: Person {number} <{sender}>",
        f"To: {MAILBOX}",
        f"Subject: {subject}",
        f"Message-ID: <{own.getrandbits(64):x}.{number}@mail.example.org>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="limit"',
        "",
        "--limit",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        *text.splitlines(),
        "",
        f"Person {number}",
        *(["--limit", "Content-Type: application/octet-stream", "", *_lines(attachment)] if attachment else []),
        "--limit--",
        "",
    ]
    return sender, "\r\n".join(lines).encode()


def _lines(text: str) -> list[str]:
    return [text[start : start + 76] for start in range(0, len(text), 76)]
