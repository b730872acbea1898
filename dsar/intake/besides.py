"""Who else asks in a mail, however loosely it is said: "my mother wants you to delete her, I only want a copy". Pure.

``naming`` knows the forms of words by which a mail can be divided; here it is enough that a second person seems to ask,
so that an officer divides it before anything is acknowledged. Relatives who are only told of are none: a wish has to be
theirs, for data of their own, or the writer's for theirs beside a wish of the writer's own.
"""

import re
from dataclasses import dataclass, field

from dsar.intake.beside_words import (
    ACTED_ON,
    AFTER,
    ANYBODY,
    BOTH,
    CLIENTS,
    COUNTED,
    DENIED,
    DOTTED,
    FIRST,
    GENITIVE,
    INVERTED,
    JOINED,
    KEPT,
    MANY,
    NAMED_WISH,
    NAMES_WISH,
    NO_PERSON,
    NO_WISH,
    NUMBER,
    OF_DATA,
    OF_THEM,
    OWN_DETAIL,
    OWN_WISH,
    PAIRED,
    PEOPLE,
    POSSESSED,
    PRONOUN,
    REQUEST,
    SAID,
    SAME,
    THEIR_WISH,
    THIRD,
    THIRD_SURELY,
)
from dsar.intake.folding import fold_plain
from dsar.intake.formalities import is_a_name
from dsar.intake.households import passed_on
from dsar.intake.naming import signatures
from dsar.intake.quoting import OWN, SIGNATURE, sentences, sort_lines

__all__ = ["Besides", "besides"]

_LOOKED_AT = 20_000
_MOST = 300
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Besides:
    """Several people ask. ``names``: of the others, where they are named; ``words``: the sentence that shows it."""

    names: tuple[str, ...]
    words: str


@dataclass(slots=True)
class _Heard:
    """What was found so far: the writer's own wish, and those of others by what they are called."""

    own: str = ""
    others: dict[tuple[str, str], str] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    both: str = ""
    told_of: bool = False  # somebody was spoken of, so "elle veut …" has somebody to be

    def other(self, called: tuple[str, str], words: str) -> None:
        self.others.setdefault(called, words)


def besides(
    text: str, *, sender_name: str = "", subject: str = "", kinds: tuple[str, ...] = (OWN, SIGNATURE)
) -> Besides | None:
    """Whether somebody asks in this mail beside its writer, or several do through its writer; None where one does.

    Never raises; the time is bounded.
    """
    text = text[:_LOOKED_AT]
    said = [text[one.start : one.end] for one in sentences(text, sort_lines(text), kinds)][:_MOST]
    heard = _Heard()
    own = _own_words(text, sender_name)
    for sentence in [subject, *said]:
        _listen(" ".join(sentence[:_LONGEST].split()), own, heard)
    _by_numbers("\n".join(one for one in said if re.search(r"\d", one)), heard)
    _by_saying(said, heard)
    _by_passing_on(said, heard)
    words = heard.both or next(iter(heard.others.values()), "")
    several = heard.both or (heard.own and heard.others) or _are_two(heard)
    return Besides(tuple(heard.names), words) if several else None


def _plain(sentence: str) -> str:
    """In lower case, the dot of a title blanked, each letter in its place."""
    return DOTTED.sub(r"\1 ", sentence.lower().replace("’", "'").replace("`", "'"))


def _own_words(text: str, sender_name: str) -> set[str]:
    """What the writer is called: a wish of theirs in the third person is their own."""
    names = [sender_name] if not JOINED.search(sender_name) else []
    signed = signatures(text)
    return set(fold_plain(" ".join([*names, *signed[:1]] if len(signed) < 2 else names)).split())


def _are_two(heard: _Heard) -> bool:
    """Two people speak through the writer: two relatives, or two names."""
    kin = {called for called, _name in heard.others if called}
    named = {name.split()[0] for _called, name in heard.others if name}
    return MANY in kin or len(kin) > 1 or len(named) > 1


def _listen(sentence: str, own: set[str], heard: _Heard) -> None:
    plain = _plain(sentence)
    _their_wish(sentence, plain, heard)
    _named_wish(sentence, own, heard)
    _for_them(plain, heard)
    _together(sentence, plain, heard)
    _own_wish(plain, heard)
    if ANYBODY.search(plain):
        heard.told_of = True


def _wants(wish: str, what: str, *, surely: bool = False) -> bool:
    """Words behind “wants” that ask for something of the wisher's own."""
    if NO_WISH.search(what) or KEPT.search(f"{wish} {what}"):
        return False
    third = THIRD_SURELY if surely else THIRD
    if not OF_DATA.search(what):
        return False
    return bool(third.search(what)) or (not surely and not FIRST.search(what))


def _their_wish(sentence: str, plain: str, heard: _Heard) -> None:
    for match in THEIR_WISH.finditer(plain):
        if _denied_between(match["between"]) or not _wants(match["wish"], match["what"]):
            continue
        name = AFTER.match(sentence[match.end("kin") if match["kin"] else match.end("many") :])
        called = " ".join(name[1].split()) if name and is_a_name(name[1]) else ""
        heard.other(_called(match, called), sentence)
        if called:
            heard.names[called] = None


def _called(match: re.Match[str], name: str = "") -> tuple[str, str]:
    """What somebody is to the writer, without the ending, and their name where it follows."""
    if match["many"]:
        return MANY, ""
    return re.sub(r"(?:e?s|n)$", "", match["kin"]), name


def _denied_between(words: str) -> bool:
    """“My wife, who told me that you …, ” or “my wife says I want”: another's verb stands between."""
    return bool(
        re.search(
            r"\b(?:qui|die|der|who|that|dat|dass|que|says?|told|dit|zegt|sagt|je|ik|ich|i|me|m'|mij|mir|mich)(?!\w)",
            words,
        )
    )


def _named_wish(sentence: str, own: set[str], heard: _Heard) -> None:
    for match in NAMED_WISH.finditer(sentence.replace("’", "'")):
        name = " ".join(match[1].split())
        words = set(fold_plain(name).split())
        if words & NO_PERSON or words <= own or not is_a_name(name):
            continue
        if _wants("", _plain(match[2]), surely=True) and not FIRST.search(_plain(match[2])):
            heard.other(("", name), sentence)
            heard.names[name] = None
    pair = NAMES_WISH.search(sentence)
    if pair and OF_DATA.search(_plain(pair[3])) and not {*fold_plain(f"{pair[1]} {pair[2]}").split()} & NO_PERSON:
        heard.names |= dict.fromkeys((" ".join(pair[1].split()), " ".join(pair[2].split())))
        heard.other((MANY, ""), sentence)
    told = PRONOUN.match(_plain(sentence))
    if told and heard.told_of and not heard.others and _wants(told["wish"], told["what"], surely=True):
        heard.other(("", ""), sentence)


def _for_them(plain: str, heard: _Heard) -> None:
    """The writer asks for another: “erase what you have on my son”, “and my husband's”, “the same for my wife”."""
    for form in (OF_THEM, GENITIVE, POSSESSED, ACTED_ON, SAME):
        for match in form.finditer(plain):
            if DENIED.search(plain) or not (form is SAME or REQUEST.search(plain)):
                continue
            if not CLIENTS.fullmatch(match["kin"] or match["many"]):  # a trader's own data name customers
                heard.other(_called(match), plain)


def _together(sentence: str, plain: str, heard: _Heard) -> None:
    """“For me and my wife”, “my husband and I would like”, “this is about two people”."""
    if COUNTED.search(plain):
        heard.both = heard.both or sentence
    if PAIRED.search(plain) and REQUEST.search(plain) and OF_DATA.search(plain) and not DENIED.search(plain):
        heard.both = heard.both or sentence
    for form in (BOTH, INVERTED):
        match = form.search(plain)
        if match and OF_DATA.search(match["what"]) and not re.search(r"\b(?:merci\w*|thank|danke\w*|bedank\w*)", plain):
            heard.both = heard.both or sentence
    people = PEOPLE.search(plain)
    if people and OF_DATA.search(people["what"]) and not FIRST.search(people["what"]):
        heard.both = heard.both or sentence


def _own_wish(plain: str, heard: _Heard) -> None:
    if heard.own or not (OWN_WISH.search(plain) or OWN_DETAIL.search(plain)):
        return
    asks = REQUEST.search(plain) or re.match(
        r"\W*(?:bei mir|für mich|pour moi|quant à moi|voor mij|wat mij betreft|for me|as for me)\b", plain
    )
    if asks and not re.search(
        r"\b(?:pas concerné|niet betrokken|nicht betroffen|not concerned|ne demande rien|vraag ik niets|nothing for)",
        plain,
    ):
        heard.own = plain


def _by_numbers(text: str, heard: _Heard) -> None:
    """Two names with two customer numbers."""
    found = {" ".join(name.split()): re.sub(r"\D", "", number) for name, number in NUMBER.findall(text)}
    found = {name: number for name, number in found.items() if is_a_name(name)}
    if len(found) > 1 and len(set(found.values())) > 1:
        heard.names |= dict.fromkeys(found)
        heard.both = heard.both or ", ".join(found)


def _by_passing_on(said: list[str], heard: _Heard) -> None:
    """“Lucy just wants the mails to stop”, of a Lucy who is the writer's wife, beside a wish of the writer's own."""
    if not heard.own or heard.others or heard.both:
        return
    flat = [" ".join(one[:_LONGEST].split()) for one in said]
    found = passed_on([(one, _plain(one)) for one in flat])
    if found:
        heard.other(("", ""), found.words)
        heard.names |= dict.fromkeys(name for name in found.names if is_a_name(name))


def _by_saying(said: list[str], heard: _Heard) -> None:
    """“Moi, Julien, … Moi, Camille, …”: two say “I”."""
    found = list(dict.fromkeys(" ".join(match[1].split()) for one in said for match in SAID.finditer(one)))
    found = [name for name in found if is_a_name(name) and not set(fold_plain(name).split()) & NO_PERSON]
    first = {fold_plain(name).split()[0] for name in found}
    if len(first) > 1:
        heard.names |= dict.fromkeys(found)
        heard.both = heard.both or ", ".join(found)
