"""From the word lists of dsar.intake.lexicons to compiled patterns.

How a line is written there: accents and capitals do not matter, in German "ä" also matches "ae" and "a"; an
apostrophe matches a blank or nothing; "…" is a gap of up to 70 letters and "‥" one of up to 25, both ending before a
word, never longer than the sentence; <NAME> is a macro of the same file. A pattern begins at a word. Gaps and repeats
are bounded, so the time is proportional to the length of the text.

In RIGHTS a line is: what is found, how sure, pattern. How sure: S words of asking; L the same, but logging in uses them
too; N the name of a right, which must be asked for; C words that contest a datum; W a hint. (?P<v>...) marks the verb
that a negation would turn.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from dsar.intake.folding import Spelling, fold_plain
from dsar.intake.lexicons import asides, dutch, english, french, german, international, remarks

__all__ = ["LANGUAGES", "Lexicon", "Pattern", "everywhere", "lexicon"]

LANGUAGES = ("fr", "nl", "de", "en")
_MODULES: dict[str, ModuleType] = {"fr": french, "nl": dutch, "de": german, "en": english}
_LONG_GAP, _SHORT_GAP = 70, 25
_MACRO = re.compile(r"<([A-Z0-9]+)>")
_WORD_START = "(?<![a-z0-9])"
_UMLAUTS = {"ä": "ae?", "ö": "oe?", "ü": "ue?", "ß": "s{1,2}"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of RIGHTS, ready to search."""

    finds: str
    strength: str
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    language: str
    rights: tuple[Pattern, ...]
    gates: dict[str, re.Pattern[str]]
    cues: dict[str, re.Pattern[str]]
    macros: dict[str, re.Pattern[str]]
    loose: dict[str, re.Pattern[str]]
    stopwords: frozenset[str]
    nouns: dict[str, re.Pattern[str]]
    exercise: re.Pattern[str]
    spelling: Spelling


@cache
def lexicon(language: str) -> Lexicon:
    """The compiled words of "fr", "nl", "de" or "en"; KeyError for any other code."""
    module = _MODULES[language]
    macros: dict[str, str] = module.MACROS

    def line(source: str) -> str:
        return _translate(_expand(source, macros), german=language == "de")

    def block(source: str) -> str:
        return "|".join(line(row) for row in source.strip("\n").splitlines())

    rights = []
    for row in (*module.RIGHTS.strip().splitlines(), *international.RIGHTS.strip().splitlines()):
        finds, strength, source = row.split(" ", 2)
        rights.append(Pattern(finds, strength, re.compile(f"{_WORD_START}(?:{line(source)})")))
    gates = {}
    for name, source in (*module.GATES.items(), *asides.GATES[language].items(), *remarks.GATES[language].items()):
        form = {"neg_before": "{w}(?:{p}) ?$", "neg_after": "(?:{p})", "past": "{w}(?:{p}) ?$", "past_token": "(?:{p})"}
        gates[name] = re.compile(form.get(name, "{w}(?:{p})").format(w=_WORD_START, p=block(source)))
    cues = {name: re.compile(f"{_WORD_START}(?:{block(source)})") for name, source in module.CUES.items()}
    return Lexicon(
        language=language,
        rights=tuple(rights),
        gates=gates,
        cues=cues,
        macros={name: re.compile(f"{_WORD_START}(?:{line(source)})") for name, source in macros.items()},
        loose={name: re.compile(f"{_WORD_START}(?:{line(source)})") for name, source in module.LOOSE.items()},
        stopwords=frozenset(fold_plain(module.STOPWORDS).split()),
        nouns={name: re.compile(f"{_WORD_START}(?:{line(source)})(?![a-z])") for name, source in module.NOUNS.items()},
        exercise=re.compile(f"{_WORD_START}(?:{line(module.EXERCISE)})"),
        spelling=Spelling(module.VOCABULARY),
    )


def _expand(source: str, macros: dict[str, str]) -> str:
    while found := _MACRO.search(source):
        source = source.replace(found.group(), macros[found.group(1)])
    return source


def _translate(source: str, *, german: bool) -> str:
    if german:
        for letter, form in _UMLAUTS.items():
            source = source.replace(letter, form)
    source = source.replace("œ", "oe").replace("ß", "ss")
    source = "".join(c for c in unicodedata.normalize("NFD", source) if not unicodedata.combining(c))
    source = source.replace("'", " ?").replace(r"\w*", r"\w{0,20}").replace(r"\w+", r"\w{1,30}")
    return source.replace("…", _gap(_LONG_GAP)).replace("‥", _gap(_SHORT_GAP))


def _gap(length: int) -> str:
    return f"(?:(?![a-z0-9])|{_WORD_START})[^\\n]{{0,{length}}}?{_WORD_START}"


@cache
def everywhere(name: str) -> re.Pattern[str]:
    """The cue ``name`` in all four languages at once, for texts whose language is not known yet."""
    forms = []
    for language, module in _MODULES.items():
        for row in module.CUES[name].strip("\n").splitlines():
            forms.append(_translate(_expand(row, module.MACROS), german=language == "de"))
    return re.compile(f"{_WORD_START}(?:{'|'.join(forms)})")
