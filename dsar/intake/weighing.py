"""From ways of asking, sentence by sentence, to the rights a whole mail uses. Pure rules, each with its reason.

A new value means rectification, a purpose means objection, "keep but do not use" means restriction, bare "send me my
data" means access and portability; content beats the article cited.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dsar.intake.lexicon import LANGUAGES
from dsar.intake.rights import Heard, Hit, find, left_of
from workflow.states import Right

__all__ = ["Weighed", "other_languages", "weigh"]

_ARTICLE = re.compile(
    r"\bart(?:icles?|ikel|ikelen|s)?\.? ?(?:n ?)?(\d{1,2})\b(?:[ .,(]{0,3}(?:lid|abs\w{0,6}|§"
    r"|par\w{0,10})?[ .(]{0,3}(\d)\b)?"
)
_POINT = re.compile(r"\b(?:point|punt|clause|ziffer|punkt|section|artikel|article) 7[.,](\d{1,2})\b")
_ARTICLES: dict[str, str] = {
    "13": "information", "14": "information", "15": "access", "16": "rectification", "17": "erasure",
    "18": "restriction", "20": "portability", "21": "objection", "22": "automated_decision",
}  # fmt: skip
_POINTS: dict[str, str] = {
    "1": "access", "2": "rectification", "3": "consent_withdrawal", "4": "objection_dm", "5": "erasure",
    "6": "restriction", "9": "complaint", "10": "portability",
}  # fmt: skip
_SOLID = re.compile(
    r"\b(?:donnees?|compte|profil|data|account|gegevens|persoonsgegevens|daten|\w{0,8}konto|profiel|everything"
    r"|alles|tout"
    r"|informations?|\w{0,10}daten)\b"
)
_SHORT_LINE = 8  # words: a line so short is a heading or an item of a list


@dataclass(frozen=True, slots=True)
class Weighed:
    """The rights proposed and those that a person should think of, each with what spoke for it."""

    rights: dict[Right, list[Hit]]
    unsure: dict[Right, list[Hit]]


def weigh(heard: Sequence[Heard], *, subject_counts: bool = True) -> Weighed:
    """From sentences to rights. ``subject_counts``: false for a reply, whose subject is the old one."""
    hits = [hit for item in heard for hit in find(item) if subject_counts or item.place != "subject"]
    sure = [hit for hit in hits if _counts(hit)]
    sure = _only_asked_names(sure)
    sure = _without_login(sure, heard)
    sure = _by_sentence(sure)
    sure = _over_the_mail(sure, heard)
    rights = _collect(sure)
    weak = [hit for hit in hits if hit.strength == "W"]
    if not rights:
        rights = _collect(_hints_alone(weak, heard)) or _collect(_articles(heard))
    unsure = {right: found for right, found in _collect(weak).items() if right not in rights}
    return Weighed(rights, unsure)


def _counts(hit: Hit) -> bool:
    if hit.strength in "SCL":
        return True
    if hit.strength == "N":
        return hit.heard.asked or hit.heard.place == "subject" or len(hit.heard.text.split()) <= _SHORT_LINE
    return False


_TAUGHT = re.compile(
    r"\b(?:conferen\w+|congres\w*|webinar\w*|blog|tagung|seminar\w*|workshop\w*|lezing|expose|podcast"
    r"|invit\w+ (?:you|vous)|uitnodig\w*|einlad\w*|(?:article|artikel) (?:on|about|sur|over|uber))\b"
)


def _only_asked_names(hits: list[Hit]) -> list[Hit]:
    """Names of rights: three in one sentence are a lesson, and a subject line yields to what the body asks."""
    names: dict[int, set[str]] = {}
    for hit in hits:
        if hit.strength == "N":
            names.setdefault(hit.heard.number, set()).add(hit.finds)
    asked_in_body = {hit.finds for hit in hits if hit.heard.place != "subject"}
    kept = []
    for hit in hits:
        if hit.strength == "N":
            if _TAUGHT.search(hit.heard.text) and not hit.heard.exercised:
                continue
            if len(names[hit.heard.number]) >= 3 and not hit.heard.exercised:
                continue
            if hit.heard.place == "subject" and asked_in_body and not _akin(hit.finds, asked_in_body):
                continue
        kept.append(hit)
    return kept


def _akin(finds: str, others: set[str]) -> bool:
    return finds in others or (finds == "objection" and bool({"objection_dm", "objection_general", "nouse"} & others))


def _without_login(hits: list[Hit], heard: Sequence[Heard]) -> list[Hit]:
    if not any(item.lexicon.gates["login"].search(item.text) for item in heard):
        return hits
    firm = any(hit.finds == "access" and hit.strength == "S" for hit in hits)
    return hits if firm else [hit for hit in hits if hit.strength != "L"]


def _by_sentence(hits: list[Hit]) -> list[Hit]:
    """Where one sentence was understood in two ways, the more telling one stays."""
    found: dict[int, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.heard.number, []).append(hit)
    kept: list[Hit] = []
    for group in found.values():
        names = {hit.finds for hit in group}
        for hit in group:
            if hit.finds in {"nouse", "objection_general"} and names & {"restriction", "objection_dm"}:
                continue
            if (
                hit.finds == "restriction"
                and "objection_dm" in names
                and not hit.heard.lexicon.macros["UNTIL"].search(hit.heard.text)
            ):
                continue
            if hit.finds == "nouse" and "erasure" in names:
                continue
            if hit.finds == "objection" and names & {"restriction", "automated_decision"}:
                continue
            if hit.finds == "erasure" and _is_list_only(hit, group):
                continue
            if hit.finds in {"access", "bare"} and "erasure" in names and _is_object_of_erasure(hit):
                continue
            if hit.finds == "objection_dm" and any(
                other.finds == "consent_withdrawal" and other.start == hit.start for other in group
            ):
                continue  # "I withdraw my consent to the newsletter" says it once
            kept.append(hit)
    return kept


def _is_list_only(hit: Hit, group: list[Hit]) -> bool:
    """ "Take my address off the newsletter" is no erasure."""
    overlapping = any(
        other.finds == "objection_dm" and other.start <= max(hit.verb, hit.start) < other.end for other in group
    )
    return overlapping and not _SOLID.search(hit.matched)


def _is_object_of_erasure(hit: Hit) -> bool:
    """In "delete everything you have on me" nobody asks to see it."""
    text, words = hit.heard.text, hit.heard.lexicon
    left = left_of(text, hit.start, words)
    right = text[hit.end : hit.end + 40]
    if breaker := words.gates["breakers"].search(right):
        right = right[: breaker.start()]
    verbs = (words.macros["ERASEV"], words.loose["GONE"])
    inside = any(verb.match(hit.matched) for verb in verbs)
    return inside or any(verb.search(part) for verb in verbs for part in (left, right))


def _over_the_mail(hits: list[Hit], heard: Sequence[Heard]) -> list[Hit]:
    everything = " ".join(item.text for item in heard)
    names = {hit.finds for hit in hits}
    firm_change = any(hit.finds == "rectification" and hit.strength == "S" for hit in hits)
    kept: list[Hit] = []
    for hit in hits:
        if hit.finds == "bare":
            if not names & {"access", "portability"}:
                kept += [replace(hit, finds="access"), replace(hit, finds="portability")]
        elif hit.finds in {"objection", "nouse"}:
            kept.append(replace(hit, finds=_objection(hit, heard, everything)))
        elif hit.finds == "erasure" and _off_the_list(hit, heard):
            kept.append(replace(hit, finds="objection_dm"))
        elif not _outweighed(hit, names, everything, firm_change=firm_change):
            kept.append(hit)
    return kept


_TAKEN_OFF = re.compile(r"(?:enlev|retir|otez|remov|take|haal|neem|schrap|nehm|streich)\w*")


def _off_the_list(hit: Hit, heard: Sequence[Heard]) -> bool:
    """ "Enough advertising. Take off my number": only the number, only for the advertising."""
    if not _TAKEN_OFF.match(hit.matched) or _SOLID.search(hit.matched):
        return False
    market = hit.heard.lexicon.macros["MKT"]
    return any(market.search(item.text) for item in heard if abs(item.number - hit.heard.number) <= 1)


def _outweighed(hit: Hit, names: set[str], everything: str, *, firm_change: bool) -> bool:
    """Whether the rest of the mail explains the words in another way."""
    words = hit.heard.lexicon
    if hit.finds == "erasure":  # "remove the old number" beside a new one
        return "rectification" in names and bool(words.gates["old"].search(hit.heard.text))
    if hit.finds == "rectification":  # contested, but to be frozen and not changed
        return hit.strength == "C" and "restriction" in names and not firm_change
    if hit.finds == "automated_decision":
        return not words.macros["MACHINE"].search(everything) and not _DECIDED.search(everything)
    return False


_DECIDED = re.compile(
    r"\b(?:decision|beslissing|besluit|entscheidung|entschied|refus\w{0,5}|geweiger\w{0,3}|weiger\w{0,5}|abgelehnt"
    r"|ablehnung"
    r"|reject\w{0,4}|denied|suspend\w{0,5}|bloqu\w{0,4}|gesperrt|geblokkeerd|blocked|declin\w{0,4})\b"
)


def _objection(hit: Hit, heard: Sequence[Heard], everything: str) -> str:
    """Against advertising, or for a reason of one's own: by the sentence, then its neighbours, then the mail."""
    gates, market = hit.heard.lexicon.gates, hit.heard.lexicon.macros["MKT"]
    if market.search(hit.heard.text):
        return "objection_dm"
    if gates["purpose"].search(hit.heard.text):
        return "objection_general"
    near = " ".join(item.text for item in heard if 0 < abs(item.number - hit.heard.number) <= 1)
    if market.search(near):
        return "objection_dm"
    if market.search(everything):
        return "objection_dm"
    return "objection_general"


def _hints_alone(weak: list[Hit], heard: Sequence[Heard]) -> list[Hit]:
    """With nothing better: a move or a new number is a change to make, "do not delete" asks to keep."""
    digits = any(char.isdigit() for item in heard for char in item.text)
    return [
        hit
        for hit in weak
        if (hit.finds == "rectification" and digits and not hit.heard.lexicon.gates["about"].search(hit.heard.text))
        or (hit.finds == "restriction" and not hit.heard.lexicon.gates["about"].search(hit.heard.text))
    ]


def _articles(heard: Sequence[Heard]) -> list[Hit]:
    """Only an article or a point of the policy is cited: that is a request when something is asked."""
    found: list[Hit] = []
    for item in heard:
        if not (item.asked or item.place == "subject") or item.lexicon.gates["cited"].search(item.text):
            continue
        for match in _ARTICLE.finditer(item.text):
            finds = _ARTICLES.get(match.group(1))
            if finds == "objection":
                marketing = match.group(2) in {"2", "3"} or item.lexicon.macros["MKT"].search(item.text)
                finds = "objection_dm" if marketing else "objection_general"
            if finds:
                found.append(Hit(finds, "A", item, match.start(), match.end()))
        for match in _POINT.finditer(item.text):
            if (finds := _POINTS.get(match.group(1))) is not None:
                found.append(Hit(finds, "A", item, match.start(), match.end()))
    return found


def _collect(hits: Iterable[Hit]) -> dict[Right, list[Hit]]:
    grouped: dict[str, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.finds, []).append(hit)
    return {right: grouped[right.value] for right in Right if right.value in grouped}


def other_languages(totals: dict[str, float], language: str) -> list[str]:
    """Languages that a mail in ``language`` also seems to be written in, from its scores."""
    return [code for code in LANGUAGES if code != language and totals[code] >= max(4.0, totals[language] * 0.35)]
