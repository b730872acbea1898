"""When no way of asking is recognised: words of a right that stand near each other, in one sentence or two.

Weaker than dsar.intake.rights and only asked when that found nothing in a mail that a person wrote. One right at most,
the most telling first; the officer sees the words and decides.
"""

import re
from collections.abc import Sequence

from dsar.intake.rights import Heard, Hit
from workflow.states import Right

__all__ = ["nearby"]

# In the order of trust: what is found first counts. Each needs a word of every set within two sentences.
_SETS: tuple[tuple[Right, tuple[str, ...]], ...] = (
    (Right.CONSENT_WITHDRAWAL, ("CONSENT", "WITHDRAW", "SELF")),
    (Right.AUTOMATED_DECISION, ("MACHINE", "JUDGED", "SELF")),
    (Right.PORTABILITY, ("TAKE", "THEIRS", "SELF")),
    (Right.RESTRICTION, ("USE", "STOP", "DISPUTE")),
    (Right.RESTRICTION, ("USE", "STOP", "KEEP")),
    (Right.OBJECTION_DM, ("SELLING", "STOP")),
    (Right.ERASURE, ("ERASEV", "ALL")),
    (Right.ERASURE, ("GONE", "ALL")),
    (Right.RECTIFICATION, ("RECTV", "WHO")),
    (Right.RECTIFICATION, ("WRONG", "WHO", "SELF")),
    (Right.ACCESS, ("GIVE", "RECORDS", "SELF")),
)
_SAID_PLAINLY = {Right.CONSENT_WITHDRAWAL, Right.RESTRICTION}  # declared, not asked for
_OUTSIDE = {Right.RECTIFICATION, Right.ACCESS, Right.ERASURE, Right.OBJECTION_DM}


def nearby(heard: Sequence[Heard]) -> list[Hit]:
    """The right that the words near each other speak of, as hits; empty if none does or the mail is off topic."""
    if not heard or any(item.lexicon.gates["login"].search(item.text) for item in heard):
        return []
    elsewhere = any(item.lexicon.cues["offtopic"].search(item.text) for item in heard)
    for right, names in _SETS:
        if elsewhere and right in _OUTSIDE:
            continue
        for index, item in enumerate(heard):
            if hit := _together(item, heard[index + 1] if index + 1 < len(heard) else None, right, names):
                return [hit]
    return []


def _together(item: Heard, following: Heard | None, right: Right, names: tuple[str, ...]) -> Hit | None:
    """A hit on the first set in ``item`` if all sets are met in it and the sentence that follows."""
    gates = item.lexicon.gates
    if item.ticked is False or item.asides or any(gates[name].search(item.text) for name in ("cited", "about")):
        return None
    if item.lexicon.cues["thanks"].search(item.text):
        return None
    sets = [item.lexicon.loose.get(name) or item.lexicon.macros[name] for name in names]
    text = f"{item.text} {following.text}" if following else item.text
    asks = item.asked or "!" in text or (following is not None and following.asked) or item.place == "subject"
    if not (asks or right in _SAID_PLAINLY) or not all(words.search(text) for words in sets):
        return None
    first = next((match for words in sets if (match := words.search(item.text))), None)
    return Hit(right.value, "W", item, first.start(), first.end()) if first and not _refused(item, first) else None


def _refused(item: Heard, match: re.Match[str]) -> bool:
    """True when the words are negated or tell of something done already."""
    left = item.text[max(0, match.start() - 60) : match.start()]
    gates = item.lexicon.gates
    finished = gates["past_token"].fullmatch(match.group())
    done = finished and (item.place == "subject" or gates["past"].search(left))
    return bool(gates["neg_before"].search(left) or done)
