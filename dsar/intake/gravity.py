"""Mail that more than the officer must hear of: from an authority, a court or the police, or about a leak of data.

Beside the kind of a mail, never instead of it: each sign is the writer's own words (or the domain that showed it), so
that a person can judge it. Pure. A person who only mentions the police or a leak elsewhere gives no sign: what counts
is who writes (``authorities``) and what is reported (``leaks``).
"""

from dataclasses import dataclass

from dsar.intake import authorities, leaks
from dsar.intake.folding import fold
from dsar.intake.meaning import Meaning
from dsar.intake.parsing import ParsedMessage
from dsar.intake.quoting import OWN, SIGNATURE, sentences, sort_lines

__all__ = ["Gravity", "gravity", "leak"]

_READ = 20_000  # characters of the text that are looked at
_SENTENCES, _SENTENCE = 100, 400  # how many, how long
REPORTED = 0.45  # so likely, and the model is believed alone; set by hand before anything was measured
_A_REPORT = 4  # words at least: what the model makes of a name or a number alone means nothing
DENIED = 0.002  # less, and a rule that heard a report is not believed


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


def leak(parsed: ParsedMessage, meaning: Meaning | None) -> str:
    """The words that report a leak of data, "" without: by the rules, and by the sentence model where there is one.

    A report missed costs the 72 hours of Art. 33 GDPR, a false one an officer's click; so either may find it.
    """
    found = _leak(parsed)
    if meaning is None or meaning.leak is None:
        return found
    likely, sentence = meaning.leak
    if likely >= REPORTED and len(sentence.original.split()) >= _A_REPORT:
        return found or " ".join(sentence.original.split())[:_SENTENCE]
    return found if likely >= DENIED else ""


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
