"""Mail that more than the officer must hear of: from an authority, a court or the police, or about a leak of data.

Beside the kind of a mail, never instead of it: each sign is the writer's own words (or the domain that showed it), so
that a person can judge it. Pure. A person who only mentions the police or a leak elsewhere gives no sign: what counts
is who writes (``authorities``) and what is reported (``leaks``).
"""

from dataclasses import dataclass

from dsar.intake import authorities, leaks
from dsar.intake.folding import fold
from dsar.intake.parsing import ParsedMessage
from dsar.intake.quoting import OWN, SIGNATURE, sentences, sort_lines

__all__ = ["Gravity", "gravity"]

_READ = 20_000  # characters of the text that are looked at
_SENTENCES, _SENTENCE = 100, 400  # how many, how long


@dataclass(frozen=True, slots=True)
class Gravity:
    """The words or the domain that showed it, "" without a sign."""

    authority: str = ""
    leak: str = ""


def gravity(parsed: ParsedMessage) -> Gravity:
    """What the writer's own lines say; quoted and forwarded mail does not count. Never raises."""
    text = parsed.text[:_READ]
    lines = [text[line.start : line.end].strip() for line in sort_lines(text) if line.kind in {OWN, SIGNATURE}]
    sender = parsed.sender
    authority = authorities.signs(_name(parsed), sender.address, parsed.subject, lines) if sender else ""
    return Gravity(authority, _leak(parsed))


def _name(parsed: ParsedMessage) -> str:
    """The sender's name as it was written: a comma in it, without quotes, makes two addresses of one office."""
    written = next((value for key, value in parsed.headers if key == "from"), "")
    return written.partition("<")[0].strip(' "') or (parsed.sender.name if parsed.sender else "")


def _leak(parsed: ParsedMessage) -> str:
    text = parsed.text[:_READ]
    told = [parsed.subject, *(sentence.text for sentence in sentences(text, sort_lines(text), (OWN, SIGNATURE)))]
    folded = [fold(sentence[:_SENTENCE]) for sentence in told[:_SENTENCES]]
    found = leaks.report([sentence.text for sentence in folded])
    if found is None:
        return ""
    number, first, last = found
    start, end = folded[number].span(first, last)
    return " ".join(told[number][start:end].split())
