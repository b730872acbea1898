"""What forbids to divide a mail of several people without a person: words that may be another one's. Pure.

The reading gives each sentence to somebody; here it is asked whether that is certain. A sentence is certain when it
names one person and speaks of no other, stands in the writer's own words and speaks of nobody else, or is plainly
everybody's. All else waits for an officer: a mail that waits costs a minute, a number in the wrong case is a breach.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dsar.intake import naming
from dsar.intake.folding import fold_plain
from dsar.intake.naming import Found

__all__ = ["GENITIVE", "PARTICLES", "Told", "doubtful", "of_one", "of_two", "subject_is_common"]

# What a language puts behind a name to say “of”: “Jörgs”, “Anna's”, “Hans’”.
GENITIVE = r"(?:['’][sS]|['’](?!\w)|[sS])?"
PARTICLES = frozenset(
    ["de", "van", "von", "der", "den", "du", "di", "del", "della", "el", "al", "la", "le", "les", "ten", "ter", "zu",
     "da", "dos", "ben", "bint", "het"]
)  # fmt: skip
_HE = re.compile(
    r"\b(?:[Hh]ij|[Hh]em|[Ee]r|[Ii]hm|[Ii]hn|[Ss]ein(?:e[nmrs]?)?|[Hh]e|[Hh]is|[Hh]im|[Hh]imself)\b"
    r"|\b[Ii]l(?! (?:y a|faut|s['’]agit))\b|\b[Ll]ui\b"
    r"|(?i:\b(?:mari|époux|compagnon|frère|père|fils|man|echtgenoot|broer|vader|zoon|mann(?:es)?|ehemann|bruders?|vaters?"
    r"|sohn(?:es)?|husband|brother|father)\b)"
)
_SHE = re.compile(
    r"\b(?:[Hh]aar|[Zz]e|[Zz]ij|sie|ihr(?:e[nmrs]?)?|[Ss]he|[Hh]ers?|[Hh]erself|[Ee]lle)\b|^\W*(?:Sie|Ihr(?:e[nmrs]?)?)\b"
    r"|(?i:\b(?:femme|épouse|compagne|s(?:œ|oe)ur|mère|fille|vrouw|echtgenote|zus|zuster|moeder|dochter|ehefrau"
    r"|schwester|mutter|tochter|wife|sister|mother|daughter)\b)|\b[Mm]eine[rn]? Frau\b"
)
# “Zijn” is “his” and “are”: the second only after these words.
_ZIJN = r"(?<!\b[Ww]ij )(?<!\b[Ww]e )(?<!gegevens )(?<!\bte )(?<!\ber )\b[Zz]ijn(?= \w)"
_OF_SOMEBODY = re.compile(
    r"\b(?:[Ii]l(?! (?:y a|faut|s['’]agit))|[Ee]lle|[Ll]ui|[Ss](?:on|a|es)(?= \w)|[Hh]ij|[Hh]aar|[Hh]em|[Zz]e|[Zz]ij"
    r"|[Ee]r|sie|ihr(?:e[nmrs]?)?|[Ii]hm|[Ii]hn|[Ss]ein(?:e[nmrs]?)?|[Hh]e|[Ss]he|[Hh]is|[Hh]ers?|[Hh]im|[Hh]imself"
    rf"|[Hh]erself)\b|^\W*Ihr(?:e[nmrs]?)?\b|{_ZIJN}"
)
# Words that set one person beside another: “seine … , meine …”, “le sien”, “the latter”, “respectively”.
_CONTRAST = re.compile(
    r"(?i:\bl['’](?:une?\b(?! et l['’]autre)|autre\b|aînée?\b)|\bune? (?:de|d['’]entre) nous\b"
    r"|\b(?:les?|la) (?:mien|sien)(?:ne)?s?\b|\bcel(?:ui|le)(?:-|\s+d)|\bceux de\b|\brespectivement\b"
    r"|\bce dernier\b|\bcette dernière\b|\bl(?:e cadet|a cadette|e premier|a première|e second|a seconde)\b"
    r"|\bde (?:een|ander|eerste|tweede|oudste|jongste)\b|\b[eé][eé]n van (?:ons|hen|beiden)\b"
    r"|\b(?:eerst|laatst)genoemde"
    r"|\b(?:het|de) (?:mijne|zijne|hare)\b|\bd(?:ie|at) van (?:mij|hem|haar)\b|\brespectievelijk\b|\bresp\.|\bdiens\b"
    r"|\bd(?:er|ie|as) eine\b|\bd(?:er|ie|as|en|em) (?:andere|ältere|jüngere|erste|zweite)[nr]?\b"
    r"|\beine[rs]? von (?:uns|ihnen|beiden)\b|\berstere|\bletztere|\bbzw\b|\bbeziehungsweise\b|\bjeweils\b|\bdessen\b"
    r"|\b(?:mein|sein|ihr)(?:e[rs]?|s)?\s*(?:[,;.!:)\d]|$|(?:ist|lautet|war|hat|steht|dagegen|hingegen|aber|nicht|auch)\b)"
    r"|\bmine\b|\bhers\b|\bhis\s*(?:[,;.!:)\d]|$|(?:is|was|has)\b)|\b(?:one|each) of (?:us|them)\b(?= (?:is|was|has))"
    r"|\bthe (?:other|former|latter|first|second|older|elder|younger) ?(?:one|of|is|was|has|wants|,|\.)"
    r"|\brespectively\b)"
)
# “Son” is a child in English and “his” in French.
_SON = r"\b(?:my|his|her|their|our|the|\w+[’']s)[ ]+(?:\w+[ ]+)?son\b"
_CLOSE = (
    r"\b(?:gatt(?:e|in|en)|freund(?:in|es)?|verlobte[rn]?|kind(?:es)?(?! (?:regards|of|wishes|attention))|enfant|child"
    r"|kid|baby|ex|petite? amie?|copain|copine|amie?|girlfriend|boyfriend|hubby|cousine?|neveu|nièce|nephew"
    r"|niece|neef|oncle|uncle|oom|onkel|tante|aunt|wederhelft|moitié|lief(?:ste)?|schatz)\b"
)
_KIN = re.compile(rf"(?i:\b(?!son\b){naming.KIN}\b|{_SON}|{_CLOSE})")
_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\.")
_THANKS = re.compile(
    r"\W*(?:un grand )?(?:merci(?: d['’ ]avance| beaucoup)?|(?:alvast|hartelijk )?\s?(?:be)?dankt?(?: u| je)?(?: wel)?"
    r"(?: bij voorbaat)?|(?:vielen |besten |herzlichen )?danke?(?: im voraus)?|(?:many )?thank(?:s| you)"
    r"(?: in advance| very much)?)\W*", re.IGNORECASE
)  # fmt: skip
_SAYS_OF = re.compile(r"(?i)\b(?:est|était|a|is|was|heeft|had|ist|war|hat|has)\b")
_JOINS = frozenset(
    ["et", "en", "und", "and", "famille", "familie", "family", "m", "mme", "mr", "mrs", "ms", "dr", "herr", "frau",
     "monsieur", "madame", "dhr", "mevr"]
)  # fmt: skip
# A sentence that ends in a short number is not cut there (“3. Mai”, “Nr. 5. Ihre …”).
_GLUED = re.compile(r"(?<=\w[ ]\d[.!?])\s+(?=[^\W\d_])|(?<=\d\d[.!?])\s+(?=[^\W\d_])")
_LAST = 3
_SHORT = 6


@dataclass(frozen=True, slots=True)
class Told:
    """One passage: its words, whose it was found to be (0: everybody's), and where it stands.

    ``item``: in a list, under that person. ``opens``: its first words begin a paragraph. ``said``: what of it names
    all of them. ``footer``: appended by a machine.
    """

    words: str
    whose: int
    item: bool = False
    opens: bool = False
    said: str = ""
    footer: bool = False


def of_one(words: str) -> bool:
    """A third person is spoken of: “seine”, “elle”, “zijn”."""
    return _OF_SOMEBODY.search(words) is not None


def of_two(words: str) -> bool:
    """One sentence sets one person beside another, or the writer beside a third person."""
    alone = naming.FIRST_PERSON.search(naming.RELATION.sub(" ", naming.AND_ME.sub(" ", words)))
    return bool(_CONTRAST.search(words)) or bool(alone and of_one(words))


def doubtful(told: Sequence[Told], found: Found) -> bool:
    """True when it is not certain of some passage that it is whose it was given to."""
    marks = [_loose(name, found.names) for name in found.names]
    before: Told | None = None
    told = [piece for one in told for piece in _pieces(one)]
    for n, one in enumerate(told):
        signs = n >= len(told) - _LAST and len(one.words.split()) <= _SHORT and one.words[-1] not in ".!?:;"
        if not one.footer and (_CONTRAST.search(one.words) or _doubted(one, before, found, marks, signs=signs)):
            return True
        before = one
    return False


def _pieces(one: Told) -> list[Told]:
    """A passage of one person, cut where two sentences may have stayed together."""
    words = [piece for piece in _GLUED.split(one.words) if piece.strip()] if one.whose and not one.item else []
    return [replace(one, words=piece, opens=one.opens and not n) for n, piece in enumerate(words)] or [one]


def subject_is_common(subject: str, names: Sequence[str]) -> bool:
    """The subject line goes to each of them: it may name all of them or nobody, and tell of no one."""
    bare = _bare(subject, names)
    folded = fold_plain(subject)
    named = sum(_loose(name, names).search(folded) is not None for name in names)
    if of_two(bare) or of_one(bare) or _KIN.search(bare):
        return False
    return named in (0, len(names)) and not any(_loose(name, names).search(fold_plain(bare)) for name in names)


def _doubted(one: Told, before: Told | None, found: Found, marks: Sequence[re.Pattern[str]], *, signs: bool) -> bool:
    if not signs and _last_name_alone(one.words, found.names):
        return True
    if one.whose:
        return _anothers(one, before, found, marks)
    return _not_common(one, found, marks, signs=signs)


def _anothers(one: Told, before: Told | None, found: Found, marks: Sequence[re.Pattern[str]]) -> bool:
    """Of a passage given to one person: may it be about another, too?"""
    folded = fold_plain(one.words)
    if any(mark.search(folded) for number, mark in enumerate(marks, 1) if number != one.whose):
        return True
    if _HE.search(one.words) and _SHE.search(one.words):
        return True
    own = [word for number, word in found.relations if number == one.whose and word.search(one.words)]
    bare = _bare(one.words, found.names)
    for word in own:
        bare = word.sub(" ", bare)
    if _KIN.search(bare) or _initialled(bare, one.whose, found.names):
        return True
    if naming.FIRST_PERSON.search(naming.RELATION.sub(" ", one.words)):
        return found.writer is None or one.whose != found.writer + 1 or of_one(one.words)
    if one.item or own or marks[one.whose - 1].search(folded):
        return False
    return not _THANKS.fullmatch(one.words) and not _goes_on(one, before)


def _initialled(bare: str, whose: int, names: Sequence[str]) -> bool:
    """“K. hat die Nummer …”: a letter that may stand for another of them."""
    others = {word[0] for number, name in enumerate(names, 1) if number != whose for word in name.split()}
    return any(letter in others for letter in _INITIAL.findall(bare))


def _goes_on(one: Told, before: Told | None) -> bool:
    """“Mon mari veut … Il …”: the sentence before it in the paragraph is of the same person, of the same sex."""
    if before is None or one.opens or before.whose != one.whose:
        return False
    return _sex(one.words) == _sex(before.words) in ("he", "she")


def _sex(words: str) -> str:
    he, she = _HE.search(words), _SHE.search(words)
    return "" if bool(he) == bool(she) else "he" if he else "she"


def _not_common(one: Told, found: Found, marks: Sequence[re.Pattern[str]], *, signs: bool) -> bool:
    """Of a passage given to everybody: is it not plainly so?"""
    if one.said:
        return _introduces_more(one, found, marks)
    folded = fold_plain(one.words)
    named = sum(mark.search(folded) is not None for mark in marks)
    if named:
        return named < len(marks) or bool(set(fold_plain(_bare(one.words, found.names)).split()) - _JOINS)
    if _KIN.search(_bare(one.words, found.names)) or of_one(one.words):
        return True
    if naming.FIRST_PERSON.search(naming.RELATION.sub(" ", naming.AND_ME.sub(" ", one.words))):
        return found.together
    greets = naming.GREETING.match(one.words) and not _SAYS_OF.search(one.words)
    return not (greets or signs or naming.PLURAL.search(one.words) or _THANKS.fullmatch(one.words))


def _introduces_more(one: Told, found: Found, marks: Sequence[re.Pattern[str]]) -> bool:
    """The sentence that names them all says something of one of them besides."""
    rest = one.words.replace(one.said, " ", 1)
    if found.writer is not None:
        rest = re.sub(r"\s+".join(map(re.escape, found.names[found.writer].split())), " ", rest, count=1)
    alone = naming.FIRST_PERSON.search(rest) is not None
    speaks = found.sign == "undersigned" or naming.AND_ME.search(one.said) is not None
    if re.match(r"\W*(?i:ik|je|ich|moi|I)[\s,]*$", one.words.partition(one.said)[0]):
        speaks = False
    folded = fold_plain(rest)
    return (alone and speaks) or any(mark.search(folded) for mark in marks) or bool(_KIN.search(rest))


def _bare(words: str, names: Sequence[str]) -> str:
    """The words without the whole names, their titles and what a bracket says of them."""
    for name in names:
        whole = r"\s+".join(map(re.escape, name.split()))
        words = re.sub(rf"{naming.TITLE}{whole}{GENITIVE}{naming.MORE}", " ", words)
    return words


def _last_name_alone(words: str, names: Sequence[str]) -> bool:
    """A name that several of them bear, alone: which of them is meant?"""
    each = [set(fold_plain(name).split()) - PARTICLES for name in names]
    shared = {word for n, one in enumerate(each) for other in each[n + 1 :] for word in one & other}
    said = re.sub(r"\bfamil(?:le|ie|y) \w+", " ", fold_plain(_bare(words, names)))
    return bool(shared & {form for word in said.split() for form in (word, word.removesuffix("s"))})


def _loose(name: str, names: Sequence[str]) -> re.Pattern[str]:
    """Every word that may mean this person and none of the others, however it is spelled; over folded text."""
    others = {word for other in names if other != name for word in fold_plain(other).split()}
    words = [word for word in fold_plain(name).split() if len(word) >= 2 and word not in others | PARTICLES]
    spelled = "|".join(map(re.escape, words)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{spelled})(?:e?s)?(?!\w)")
