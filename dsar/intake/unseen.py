"""What a page says but does not show: by its style sheet, or in the colour of the paper. Pure; bounded.

Only what is certain counts, since a wish that is shown must be read: selectors of one element, class or name, and no
rule of a page that another rule turns round for some screens.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

__all__ = ["Conceals", "by_colour", "conceals", "own_colour"]

_LOOKED_AT = 100_000
_RULES = 2000
_SHEET, _SHEET_ENDS = re.compile(r"<style\b[^>]{0,500}>", re.IGNORECASE), re.compile(r"</style", re.IGNORECASE)
_COMMENT = re.compile(r"/\*[^*]{0,2000}(?:\*(?!/)[^*]{0,2000}){0,50}\*/|<!--|-->")
_BRACE = re.compile(r"[{}]")
_SIMPLE = re.compile(r"^([a-z][a-z0-9]{0,20})?(?:([.#])([\w-]{1,100}))?$", re.IGNORECASE)
_OFF = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:\.0+)?\s*(?:[a-z%]{1,4}\s*)?"
    r"(?:!important\s*)?(?=;|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:!important\s*)?(?=;|$))",
    re.IGNORECASE,
)
_ON = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*(?!none)|visibility\s*:\s*visible|font-size\s*:\s*0?\.?[1-9])", re.IGNORECASE
)
_CLASS = re.compile(r"\bclass\s*=\s*(?:\"([^\"]{0,500})\"|'([^']{0,500})'|([^\s>\"']{1,200}))", re.IGNORECASE)
_NAME = re.compile(r"\sid\s*=\s*[\"']?([\w-]{1,100})", re.IGNORECASE)
_COLOUR = re.compile(
    r"(?:[;\"'\s]color\s*[:=]\s*[\"']?)\s*(#[0-9a-f]{3,6}\b|rgb\([^)]{5,30}\)|[a-z]{3,20}\b)", re.IGNORECASE
)
_WHITE = re.compile(r"#f{3}(?:f{3})?|white|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)", re.IGNORECASE)
_GROUND = re.compile(r"background|bgcolor", re.IGNORECASE)

Conceals = Callable[[str, str], bool]


def conceals(source: str) -> Conceals | None:
    """Whether an element, by its name and the text of its attributes, is one that the page's style sheet does not show.

    None where it shows all.
    """
    off: dict[tuple[str, str], None] = {}
    conditional: set[str] = set()
    for selectors, said, always in islice(_rules(_COMMENT.sub(" ", _sheets(source[:_LOOKED_AT]))), _RULES):
        for selector in map(_selector, selectors.split(",")):
            if not always:
                conditional.update(re.findall(r"[.#][\w-]{1,100}", selectors))
            elif selector is not None and _OFF.search(said):
                off[selector] = None
            elif selector is not None and _ON.search(said):
                off.pop(selector, None)
    hidden = {(name, mark) for name, mark in off if mark not in conditional}
    return (lambda name, attributes: _is_among(hidden, name, attributes)) if hidden else None


def _sheets(source: str) -> str:
    found, position = [], 0
    while begins := _SHEET.search(source, position):
        ends = _SHEET_ENDS.search(source, begins.end())
        if ends is None:
            break
        found.append(source[begins.end() : ends.start()])
        position = ends.end()
    return "\n".join(found)


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Selectors, what they say, and whether that holds on every screen."""
    above: list[str] = []
    begins = 0
    for brace in _BRACE.finditer(sheet):
        between = sheet[begins : brace.start()]
        begins = brace.end()
        if brace[0] == "{":
            above.append(between.rpartition(";")[2].strip()[:500])
        elif above:
            selectors = above.pop()
            if not selectors.startswith("@"):
                yield selectors, between[:2000], not any(one.startswith("@") for one in above)


def _selector(written: str) -> tuple[str, str] | None:
    """The element ("" for any) and ".class", "#name" or "" of a selector of one element; None of any other."""
    found = _SIMPLE.match(written.strip())
    if found is None or not written.strip() or (found[1] or "").lower() in {"html", "body"}:
        return None
    return (found[1] or "").lower(), f"{found[2]}{found[3]}" if found[2] else ""


def _is_among(hidden: set[tuple[str, str]], name: str, attributes: str) -> bool:
    marks = {""}
    if found := _CLASS.search(attributes):
        marks |= {f".{one}" for one in (found[1] or found[2] or found[3] or "").split()}
    if named := _NAME.search(f" {attributes}"):
        marks.add(f"#{named[1]}")
    return any((name, mark) in hidden or (mark and ("", mark) in hidden) for mark in marks)


def by_colour(source: str) -> bool:
    """Whether white letters are surely not seen: nowhere does the page say another ground than paper."""
    return _GROUND.search(source) is None


def own_colour(attributes: str) -> str:
    """What colour an element gives its letters: "white", "other", or "" for none of its own."""
    found = _COLOUR.search(f" {attributes}")
    return "" if found is None else "white" if _WHITE.fullmatch(found[1]) else "other"
