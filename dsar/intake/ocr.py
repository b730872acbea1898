"""Words off pictures: by Tesseract, where it is installed with the pack of the language, as a program kept on a leash.

It is looked for once, when a process first needs it, and asked which languages it has.
"""

import shutil
from dataclasses import dataclass
from functools import cache

import structlog

from dsar.sandbox.ask import SandboxFailed, ask
from dsar.sandbox.program import run

log = structlog.get_logger(__name__)

# Our languages as its packs are called.
PACKS = {"fr": "fra", "nl": "nld", "de": "deu", "en": "eng"}
PAGES_LIMIT = 4
_PAGES = "dsar.intake.page_process"
_SECONDS = 40  # of CPU for one page
_MEMORY_MB = 1024
_WORD_LETTERS, _WORDS_ENOUGH, _LETTERS_SHARE = 3, 6, 0.6


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program and its packs, as it names them."""

    program: str
    packs: frozenset[str]

    def read(self, page: bytes, language: str) -> str:
        """The words of one page of pixels (PGM), ours of ``language`` first. Raises SandboxFailed."""
        order = [PACKS[language], *(pack for code, pack in PACKS.items() if code != language and pack in self.packs)]
        layout = "1" if "osd" in self.packs else "3"  # with "osd" it also turns a page that lies on its side
        command = [self.program, "stdin", "stdout", "-l", "+".join(order), "--psm", layout]
        return run(command, page, seconds=_SECONDS, memory_mb=_MEMORY_MB).decode("utf-8", "replace")


@cache
def tesseract() -> Tesseract | None:
    """The one of this machine; None, said once, where it is not installed or does not answer."""
    program = shutil.which("tesseract")
    if program is None:
        log.info("letters that are only a picture are not read here: tesseract is not installed")
        return None
    try:
        listed = run([program, "--list-langs"], seconds=10, memory_mb=_MEMORY_MB).decode("utf-8", "replace")
    except SandboxFailed as error:
        log.warning("letters that are only a picture are not read here: tesseract does not answer", why=str(error))
        return None
    # After a heading, one pack a line.
    return Tesseract(program, frozenset(line.strip() for line in listed.splitlines()[1:] if line.strip()))


def languages() -> frozenset[str]:
    """Our languages that can be read off pictures here."""
    found = tesseract()
    return frozenset(code for code, pack in PACKS.items() if found is not None and pack in found.packs)


def words_of(data: bytes, language: str) -> str:
    """What is read in the first pictures of a file, noise as well. Raises SandboxFailed when nothing came of it.

    ``language`` is one of ``languages()``.
    """
    reader = tesseract()
    if reader is None:
        raise SandboxFailed("There is no tesseract.")
    _answer, pages = ask(_PAGES, {"most": PAGES_LIMIT}, data, seconds=20, memory_mb=_MEMORY_MB)
    read, failed = [], None
    for page in pages:
        try:
            read.append(reader.read(page, language))
        except SandboxFailed as error:
            failed = error
    if failed is not None and not read:
        raise failed
    return "\n\n".join(page.strip() for page in read if page.strip())


def is_text(read: str) -> bool:
    """Not the noise that a photograph gives."""
    signs = [sign for sign in read if not sign.isspace()]
    words = [word for word in read.split() if sum(map(str.isalpha, word)) >= _WORD_LETTERS]
    return len(words) >= _WORDS_ENOUGH and sum(map(str.isalpha, signs)) >= _LETTERS_SHARE * len(signs)
