"""What the policy's point 7.7 speaks of: is the request dated, signed, explained, on behalf of another? Pure.

None of it is a condition of the law: the findings are shown to the officer, a missing one never stops a case.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dsar.intake.folding import fold_plain
from dsar.intake.lexicon import Lexicon, everywhere
from workflow.states import Right

__all__ = ["gives_reasons", "is_a_name", "is_dated", "is_for_another", "typed_name"]

_MONTHS = (
    ("janvier", "januari", "januar", "january", "janner", "janv", "jan"),
    ("fevrier", "februari", "februar", "february", "fevr", "fev", "feb"),
    ("mars", "maart", "marz", "maerz", "march", "mrt", "mar"),
    ("avril", "april", "avr", "apr"),
    ("mai", "mei", "may"),
    ("juin", "juni", "june", "jun"),
    ("juillet", "juli", "july", "juil", "jul"),
    ("aout", "augustus", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "oktober", "october", "okt", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dezember", "dec", "dez"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = "(?:" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\b\.?"
_DATE = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:er|st|nd|rd|th|e)?\.? (?:of )?(?P<m>{_MONTH}),?(?: (?P<y>\d{{4}}|\d{{2}}))?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})"
    r"|(?P<d3>\d{1,2})[ .] ?(?P<m3>\d{1,2})[ .] ?(?P<y3>\d{4}|\d{2})"
    r"|(?P<y4>\d{4})[ .](?P<m4>\d{1,2})[ .](?P<d4>\d{1,2}))(?!\d)"
)
_PLAIN_YEAR = re.compile(rf"\b(?:im|in|en) {_MONTH} \d{{4}}")
_LABEL = re.compile(r"^(?:date|datum)\b(?!.*(?:naissance|geboorte|geburt|birth)).{0,30}:")
_WEEKDAY = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag"
    r"|zondag"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday)\b"
)
_BETWEEN = frozenset(
    [
        "le",
        "la",
        "les",
        "den",
        "the",
        "am",
        "op",
        "on",
        "this",
        "ce",
        "a",
        "te",
        "zu",
        "in",
        "at",
        "de",
        "des",
        "du",
        "der",
        "lez",
        "sur",
        "aan",
        "sous",
        "im",
        "den",
        "en",
        "les",
        "sint",
        "st",
        "saint",
        "haag",
        "d",
        "l",
    ]
)
_WRITTEN = frozenset(
    [
        "fait",
        "ecrit",
        "redige",
        "etabli",
        "signe",
        "dresse",
        "gedaan",
        "opgemaakt",
        "geschreven",
        "getekend",
        "opgesteld",
        "done",
        "written",
        "signed",
        "dated",
        "made",
        "geschehen",
        "ausgestellt",
        "geschrieben",
        "gezeichnet",
        "erstellt",
        "unterzeichnet",
    ]
)
_NO_PLACE = re.compile(
    r"\b(?:facture|factuur|rechnung|invoice|ref\w*|dossier|ne|nee|geboren|born|geb|order|contrat|contract|version"
    r"|depuis|since|seit|sinds)\b"
)
_EARLIEST, _LATEST = timedelta(days=200), timedelta(days=3)
_PARENTHESES = re.compile(r"\([^)]{0,80}\)")
_TITLE = re.compile(
    r"\b(?:dr|prof|ing|ir|me|mr|mrs|ms|mme|mlle|m|frau|herr|pfr|ra|rain|dipl|lic|madame|monsieur|mevrouw|dhr)\b\.?"
)
_NOT_A_NAME = re.compile(
    r"\b(?:team|service|services|equipe|department|departement|dienst|abteilung|gmbh|srl|bv|nv|sa|sprl|ag|helpdesk"
    r"|support|comptabilite"
    r"|administration|system|server|mailer|daemon|direction|secretariaat|secretariat|newsletter|tablet|iphone"
    r"|android|samsung|facturatie"
    r"|bonjour|hallo|hello|dear|beste|geachte|sehr|geehrte|madame|monsieur|goedemiddag|guten|hi|hey|dag|salut"
    r"|subject|objet|betreff|onderwerp"
    r"|ps|please|stop|gdpr|rgpd|dsgvo|avg|demande|request|verzoek|antrag|urgent|important|rue|straat|strasse|street"
    r"|avenue|laan|weg|tel|gsm)\b"
)
_GENERIC_LOCAL = frozenset(
    [
        "info",
        "contact",
        "mail",
        "email",
        "support",
        "admin",
        "noreply",
        "reply",
        "office",
        "kanzlei",
        "compta",
        "achats",
        "helpdesk",
        "scan",
        "service",
        "team",
        "hello",
        "privacy",
        "vieprivee",
        "facturen",
        "newsletter",
        "postmaster",
        "mailer",
        "daemon",
        "editor",
        "recouvrement",
        "sms",
        "new",
        "pro",
        "home",
        "the",
        "van",
        "von",
        "der",
        "den",
    ]
)
_NAME_WORD = re.compile(r"^(?:[A-ZÀ-ÝŁŚŽČ][\w'’.-]*|de|van|von|der|den|du|di|el|al|la|le|ní|ten|ter|'t|da|dos|d')$")


def is_dated(lines: Sequence[str], received_at: datetime | None, words: Lexicon) -> bool:
    """True when the date of writing stands in the text: a line of place and date, a label, "today, 3 May".

    Other dates do not count: birth dates, dates told of, dates far from the receipt (``received_at``, aware, or None).
    """
    return any(_dates_line(line, received_at, words) for line in lines)


def _dates_line(line: str, received_at: datetime | None, words: Lexicon) -> bool:
    chunk = _last_words(re.split(r"\s{3,}|\t", line.strip()[-300:])[-1])
    folded = fold_plain(chunk)
    found = list(_DATE.finditer(folded))
    if not found:
        return False
    last = found[-1]
    near = _near(last, received_at)
    if near is False:
        return False
    today = words.cues["today"].search(folded)
    if today and near and 0 <= last.start() - today.end() <= 14:
        return True
    if len(folded) > 110:
        return False
    left, right = folded[: last.start()], folded[last.end() :]
    if near and _LABEL.match(left) and len(right.strip(" .,;)")) < 25:
        return True
    if right.strip(" .,;:)(") or _NO_PLACE.search(left):
        return False
    return _is_place(left, chunk, words, sure=near is True)


_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý])")


def _last_words(line: str) -> str:
    """Of a line that ends with a farewell, name and date, those; else the line."""
    last = _ENDS.split(line)[-1]
    farewell = everywhere("farewell").match(fold_plain(last).strip())
    return last[farewell.end() :] if farewell else line


def _is_place(left: str, original: str, words: Lexicon, *, sure: bool) -> bool:
    """Only a place, a name, "done at" or a weekday before the date; without a year a place is needed."""
    left = _WEEKDAY.sub(" ", _PLAIN_YEAR.sub(" ", left))
    rest = re.sub(r"[.,;:()\"]", " ", left).split()
    written = bool(_WRITTEN & set(rest))
    names = [word for word in rest if word not in _BETWEEN | _WRITTEN]
    if not names:
        return sure or written
    if len(names) > 5 or any(char.isdigit() for word in names for char in word):
        return False
    capitals = {fold_plain(word) for word in re.split(r"[\s,;:.()'’-]+", original) if word[:1].isupper()}
    return all(word in capitals and word not in words.stopwords for word in names) and (sure or "," in left or written)


def _near(found: re.Match[str], received_at: datetime | None) -> bool | None:
    """True if the date lies shortly before receipt, False if it cannot be, None if it names no year."""
    parts = found.groupdict()
    day = next(int(value) for key in ("d", "d2", "d3", "d4") if (value := parts[key]))
    month_name = parts["m"] or parts["m2"]
    month = _MONTH_NUMBER[month_name.rstrip(".")] if month_name else int(parts["m3"] or parts["m4"])
    year_text = parts["y"] or parts["y2"] or parts["y3"] or parts["y4"]
    if year_text is None:
        return None
    year = int(year_text) + (2000 if len(year_text) == 2 else 0)
    try:
        written = date(year, month, day)
    except ValueError:
        try:
            written = date(year, day, month)  # month first, as some write
        except ValueError:
            return False
    if received_at is None:
        return True
    return received_at.date() - _EARLIEST <= written <= received_at.date() + _LATEST


def typed_name(lines: Sequence[str], sender_name: str, sender_address: str) -> str:
    """The name at the end of the text as it stands there (``lines``: the writer's own, blank ones too); "" for none."""
    tokens = _tokens(sender_name, sender_address)
    filled = [index for index, line in enumerate(lines) if line.strip()]
    names: list[str] = []
    for index in filled[-7:]:
        line = lines[index].strip()
        after_blank = (
            index == 0 or index == filled[-1] or not lines[index - 1].strip() or _is_farewell(lines[index - 1])
        )
        if index == filled[-1] and len(line) > 60:
            line, after_blank = re.split(r"[.!?]\s+", line.rstrip(". "))[-1], True
        if _is_name(line, tokens, after_blank=after_blank and (len(filled) > 1 or bool(tokens))):
            names.append(_bare_name(line, tokens))
    last = re.split(r"[.!?,]\s+", lines[filled[-1]].strip())[-1] if filled else ""
    if last and _is_name(last, tokens, after_blank=False):
        names.append(_bare_name(last, tokens))
    of_the_sender = [name for name in names if tokens & set(re.split(r"[\s.-]+", fold_plain(name)))]
    return max(of_the_sender, key=len) if of_the_sender else names[-1] if names else ""


def _bare_name(line: str, tokens: frozenset[str]) -> str:
    """Without a farewell before it, a title or a function behind it."""
    line = _PARENTHESES.sub(" ", line).split(" - ")[0].split(" – ")[0].strip(" ,.!-–")
    pieces = [piece.strip() for piece in re.split(r"[,;!]\s*|\.\s{2,}", line) if piece.strip()]
    named = [piece for piece in pieces if tokens & set(re.split(r"[\s.-]+", fold_plain(piece)))]
    chosen = (named or [piece for piece in pieces if not _is_farewell(piece)] or pieces)[0]
    words = chosen.split()
    while len(words) > 1 and (
        (not words[0][0].isupper() and not _NAME_WORD.match(words[0]))
        or fold_plain(words[0]).strip(".") in _FAREWELL_BITS
        or _TITLE.fullmatch(fold_plain(words[0]))
    ):
        words = words[1:]
    return " ".join(words)[:200]


def _tokens(sender_name: str, sender_address: str) -> frozenset[str]:
    words = re.split(r"[\s.,_'\"()-]+", fold_plain(sender_name)) + re.split(
        r"[._+\d-]+", fold_plain(sender_address.partition("@")[0].replace("_", ".").replace("-", "."))
    )
    return frozenset(word for word in words if len(word) >= 3 and word not in _GENERIC_LOCAL)


def _is_farewell(line: str) -> bool:
    folded = fold_plain(line)
    found = everywhere("farewell").search(folded)
    return bool(found) and len(folded) < 90


def _is_name(line: str, tokens: frozenset[str], *, after_blank: bool) -> bool:
    line = _PARENTHESES.sub(" ", line)
    line = line.split(" - ")[0].split(" – ")[0].strip(" ,.!-–")
    if "," in line and not tokens & set(re.split(r"[\s,.]+", fold_plain(line.split(",", 1)[1]))):
        line = line.split(",", 1)[0] if not _is_farewell(line.split(",", 1)[0]) else line  # "Jane Doe, head of sales"
    if not line or len(line) > 70 or "@" in line or line.endswith((":", "?")):
        return False
    folded = fold_plain(line)
    bare = _TITLE.sub(" ", everywhere("farewell").sub(" ", folded))
    words = [word for word in re.split(r"[\s.,!;]+", bare) if word]
    if not words or (len(words) > 6 and not tokens & set(words)):
        return False
    if tokens & set(words) and len(words) <= 6 and not _NOT_A_NAME.search(bare):
        return True
    if not after_blank or _NOT_A_NAME.search(bare) or any(char.isdigit() for char in line) or len(words) > 4:
        return False
    originals = [
        word for word in re.split(r"[\s,]+", line) if word and fold_plain(word).strip(".") not in _FAREWELL_BITS
    ]
    if line.isupper() or (len(originals) == 1 and originals[0].isupper()):
        return False
    return bool(words) and bool(originals) and all(_NAME_WORD.match(word) for word in originals) and len(words[0]) > 1


_FAREWELL_BITS = frozenset(
    [
        "mvg",
        "mfg",
        "cdlt",
        "groetjes",
        "groeten",
        "merci",
        "thanks",
        "regards",
        "lg",
        "vg",
        "cheers",
        "gruss",
        "grusse",
        "cordialement",
        "bav",
    ]
)


def is_a_name(words: str) -> bool:
    """Whether capitalised words can be a person's name, and are no title, firm, street or greeting."""
    folded = fold_plain(words)
    return not _NOT_A_NAME.search(folded) and all(_NAME_WORD.match(word) or word.islower() for word in words.split())


def gives_reasons(texts: Sequence[str], kind: str, rights: Sequence[Right], words: Lexicon) -> bool:
    """Whether the writer says why; a contested datum, an objection or a complaint is its own reason."""
    if kind in {"chaser", "complaint"}:
        return True
    if kind not in {"request", "reply"}:
        return False
    telling = {Right.RECTIFICATION, Right.RESTRICTION, Right.OBJECTION_GENERAL, Right.AUTOMATED_DECISION}
    if kind == "request" and telling & set(rights):
        return True
    return any(words.cues["reason"].search(text) for text in texts)


def is_for_another(texts: Sequence[str], words: Lexicon) -> bool:
    """Whether the mail is written for somebody else: by a lawyer, a parent, a portal."""
    return any(words.cues["representative"].search(text) for text in texts)
