"""A wish passed on for somebody near: "Lucy just wants the mails to stop", "for my wife: no more ads". Pure.

The nearer a second person is, the less is said of them: a first name alone, "she", a heading. So somebody has to be
brought in first ("my wife Lucy and I", "Lucy, my flatmate"); then a third-person wish for what we do with data counts,
unless it comes back to the writer ("my husband wants me to delete my account"). See ``besides``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dsar.intake.beside_words import ERASE, FIRST, KEPT, KIN, MY, NO_WISH, OF_DATA

__all__ = ["Passed", "passed_on"]

# All but the names sees a sentence in lower case with straight apostrophes.
_SOMEBODY = rf"\b{MY} (?:\w+ )?{KIN}(?![\w-])"
_NEAR = re.compile(_SOMEBODY)
_NAME = r"[A-ZÀ-Ý][\w'’-]+(?: (?:(?:van|von|de|den|der|du|la|le|ter) ){0,2}[A-ZÀ-Ý][\w'’-]+){0,2}"
_AFTER_KIN = re.compile(rf"(?:,? )({_NAME})")
_BEFORE_KIN = re.compile(rf"(?<![\w'’-])({_NAME}),? ?$")
_ASIDE = r"(?: ?\([^()]{0,80}\))?,?"
_BARELY = (
    r"(?: (?:just|only|also|really|simply|too|both|now|though|juste|seulement|aussi|simplement|également|plutôt|quant"
    r"|à|elle|lui|gewoon|enkel|alleen|ook|liever|graag|nur|auch|einfach|lediglich|gern|lieber|ne|even|hingegen|dagegen"
    r"|daarentegen|par|contre|on|the|other|hand),?){0,4}"
)
_WISH = (
    r" ?(?:(?:would|'d) (?:\w+ ){0,2}?(?:like|love|prefer|rather)|(?:no longer )?wants?|(?:does not|doesn't) want|asks"
    r"|wishes|requests|objects|n'aimerait|veut|voudrait|aimerait|souhaite(?:rait)?|préfère(?:rait)?|demande|refuse"
    r"|wil|wenst|vraagt|zou (?:\w+ ){0,2}?(?:graag|willen)|had (?:\w+ )?graag|möchte|will|hätte (?:\w+ )?gern\w*"
    r"|würde (?:\w+ )?gern\w*|bittet|wünscht|verlangt|widerspricht)(?![\w])"
)
_SAYS = (
    r" (?:says?|said|dit|me dit|m'a dit|a dit|zegt|zei|sagt|sagte|meint|thinks)(?:,| that| que| qu'| dat| dass)?,? ?"
    r"(?:she|he|elle|il|zij|ze|hij|sie|er)(?='|\b)"
)
_WANTED = re.compile(_WISH)
_LEADS = r"(?:^\W*|[.!?,;:–] ?|\b(?:et|en|und|and|mais|maar|aber|but|while|whereas|terwijl|während|tandis que) )"
_PRONOUN = r"(?:elle|il|lui|zij|ze|hij|sie|er|she|he)"
_HEADING = re.compile(rf"^\W*(?:et |en |und |and )?(?:pour|voor|für|for) {_SOMEBODY}[^:!?]{{0,90}}:(?P<what>.+)")
_THING = re.compile(
    r"\b(?:publicit\w+|pubs?|prospectus|courriers?|recevoir|reçoive|disparai\w+|arrêt\w+|cess\w+|démarch\w+|liste"
    r"|reclame\w*|mails?|post|weg|stop\w*|ontvangen|krijgen|lijst|bestand|werbe\w*|werbung|bekommen|erhalten|aufhör\w*"
    r"|verteiler|ruhe|gone|off|list|e-?mails?|mailings?|ads|advertis\w+|contact\w*|phone|closed|opted? out|texts?|sms"
    r"|calls?|fermé|sluiten|dicht|schließen)(?!\w)"
)
_WRITERS = re.compile(r"\b(?:me to|que je|que j'|dat ik|dass ich|that i|why i|warum ich|waarom ik|pourquoi je)(?!\w)")

_NOTHING = frozenset({"rien", "niets", "nichts", "nothing"})  # who wants to receive nothing any more does wish


@dataclass(frozen=True, slots=True)
class Passed:
    """The sentence that passes on a wish, and what those near the writer are called."""

    words: str
    names: tuple[str, ...]


def passed_on(said: Sequence[tuple[str, str]]) -> Passed | None:
    """A wish of somebody near; ``said``: each sentence as it was written, and in lower case with each letter in place.

    Never raises; time is bounded by the length and number of the sentences.
    """
    names: dict[str, None] = {}
    near = False
    for sentence, plain in said:
        for match in _NEAR.finditer(plain):
            near = True
            names |= dict.fromkeys(_called(sentence, match))
        words = _heading(plain) or (near and _wishes(plain, names))
        if words:
            return Passed(sentence, tuple(names))
    return None


def _called(sentence: str, match: re.Match[str]) -> list[str]:
    """The name beside the word for a relative: “my wife Lucy Barnes”, “Lucy, my flatmate”."""
    after = _AFTER_KIN.match(sentence, match.end())
    before = _BEFORE_KIN.search(sentence[: match.start()])
    return [" ".join(found[1].split()) for found in (after, before) if found]


def _heading(plain: str) -> bool:
    found = _HEADING.match(plain)
    return found is not None and _of_theirs(found["what"])


def _wishes(plain: str, names: dict[str, None]) -> bool:
    first = "|".join(re.escape(name.split()[0].lower()) for name in names)
    called = rf"|(?<![\w'-])(?:{first})(?: [\w'-]+){{0,2}}?" if first else ""
    who = rf"(?:{_SOMEBODY}(?: [\w'-]+){{0,3}}?|{_LEADS}{_PRONOUN}\b{called}){_ASIDE}(?: {_SOMEBODY},?)?"
    for match in re.finditer(rf"{who}{_BARELY}(?:(?P<says>{_SAYS})|{_WISH})(?P<what>.*)", plain):
        if (not match["says"] or _WANTED.search(match["what"])) and _of_theirs(match["what"]):
            return True
    return False


def _of_theirs(what: str) -> bool:
    """It asks for something we do with data, and not for the writer's."""
    asks = OF_DATA.search(what) or _THING.search(what) or re.search(rf"\b{ERASE}(?!\w)", what)
    if not asks or _WRITERS.search(what) or FIRST.search(what) or KEPT.search(what):
        return False
    return not any(found.group() not in _NOTHING for found in NO_WISH.finditer(what))
