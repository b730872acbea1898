"""HTML of a mail as plain text that reads the same: lines, lists, tables, quotations as "> ".

A scanner of its own, because the standard library's takes quadratic time on some broken markup and mail is full of
it. This is for reading and searching; what an officer sees as HTML is cleaned elsewhere.
"""

import html
import re

from dsar.intake import unseen

HTML_LIMIT = 1_500_000
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_QUOTE_OR_END = re.compile(r"[\"'>]")
_QUOTED_LIMIT = 8192
_TAG_LOOKED_AT = 2000
_OPENING = re.compile(r"<(?=[a-zA-Z/!?])")
_DATA = re.compile(r"data:[^\"'>\s]{1000,}")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_DROPPED = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "title", "template")}
# What a browser does not show: nobody reads it, so nobody wrote it to us.
_HIDDEN = re.compile(
    r"\sstyle\s*=\s*[\"']?[^\"'>]{0,500}?(?:display\s*:\s*none|visibility\s*:\s*hidden)|\shidden(?=[\s=>/])",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\sstyle\s*=\s*[\"']?[^\"'>]{0,500}?font-size\s*:\s*(\d{0,4}(?:\.\d{1,4})?)", re.IGNORECASE)
_VOID = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"}
_BREAKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "dl", "hr"}
_LINES = {"br", "div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "address", "center", "form"}
_QUOTES_LIMIT = 10
_BROKEN_QUOTES_LIMIT = 100  # then quotes in tags are no longer looked at: each failure costs a look ahead


class _Page:
    """Lines of text as they grow; blanks collapse, quoted lines carry their depth."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[str] = []
        self.quotes = 0
        self.verbatim = 0

    def say(self, text: str) -> None:
        if self.verbatim:
            first, *rest = text.split("\n")
            self.pieces.append(first)
            for line in rest:
                self.end()
                self.pieces.append(line)
            return
        words = _SPACE.sub(" ", text)
        if not self.pieces or self.pieces[-1].endswith((" ", "\t")):
            words = words.lstrip()
        if words:
            self.pieces.append(words)

    def end(self, *, blank: bool = False) -> None:
        """Finish the line; an empty one leaves a blank line if one is wanted and none stands there."""
        line = "".join(self.pieces).rstrip()
        self.pieces.clear()
        if line or self.verbatim:
            self.lines.append("> " * self.quotes + line)
        if blank and self.lines and self.lines[-1]:
            self.lines.append("")

    def text(self) -> str:
        self.end()
        return _BLANK_LINES.sub("\n\n", "\n".join(self.lines)).strip("\n")


def from_html(source: str) -> str:
    """The text of an HTML document or fragment, of its first 1.5 million characters, pictures written into it
    not counted; takes time in proportion.
    """
    source = _DATA.sub("", source)[:HTML_LIMIT]
    # A page that shows nothing at all was understood wrongly: then its words count as they stand.
    return _Reader(source).read() or _Reader(source, by_sheet=False).read()


class _Reader:
    def __init__(self, source: str, *, by_sheet: bool = True) -> None:
        self.source = source
        self.conceals = unseen.conceals(source) if by_sheet else None
        self.by_colour = by_sheet and unseen.by_colour(source)
        self.page = _Page()
        self.unclosed: set[str] = set()
        self.broken_quotes = 0
        self.hidden = ""  # the name of the element that is not shown, while inside it
        self.depth = 0
        self.by_size = False
        self.in_white = False

    def read(self) -> str:
        position, size = 0, len(self.source)
        while position < size:
            found = _OPENING.search(self.source, position)
            opening = found.start() if found else size
            if opening > position:
                self._say(self.source[position:opening])
            position = self._markup(opening) if opening < size else size
        return self.page.text()

    def _markup(self, opening: int) -> int:
        """Deal with what begins at "<"; returns where the text goes on."""
        source = self.source
        if source.startswith("<!--", opening):
            return self._behind("-->", opening + 4)  # as a browser does: an open comment hides the rest
        tag = _TAG.match(source, opening)
        if tag is None:
            if source.startswith(("<!", "<?"), opening):
                return self._behind(">", opening)
            self._say("<")
            return opening + 1
        end = self._tag_end(tag.end())
        if end < 0:
            self._say(source[opening:])
            return len(source)
        name = tag.group(1).lower()
        closing = source[opening + 1] == "/"
        if name in _DROPPED and not closing and name not in self.unclosed:
            if close := _DROPPED[name].search(source, end):
                return self._behind(">", close.start())
            self.unclosed.add(name)
        self._hide(name, source[tag.end() : min(end, tag.end() + _TAG_LOOKED_AT)], closing=closing)
        self._lay_out(name, closing=closing)
        return end

    def _say(self, text: str) -> None:
        if not self.hidden:
            self.page.say(_unescape(text))

    def _hide(self, name: str, attributes: str, *, closing: bool) -> None:
        """Note where an element that is not shown begins and ends; a letter size of its own shows what had none."""
        if self.hidden:
            if name == self.hidden:
                self.depth += -1 if closing else 1
            left = self.depth <= 0 or (self.hidden == "p" and not closing and name in _BREAKS | _LINES - {"br"})
            shown = self.in_white and unseen.own_colour(attributes) == "other"
            if left or shown or (self.by_size and (size := _SIZE.search(attributes)) and float(size[1] or 0)):
                self.hidden = ""
        if not self.hidden and not closing and name not in _VOID:
            size = _SIZE.search(attributes)
            self.by_size = bool(size and size[1] and not float(size[1]))
            self.in_white = self.by_colour and unseen.own_colour(attributes) == "white"
            concealed = self.conceals is not None and self.conceals(name, attributes)
            if self.by_size or self.in_white or concealed or _HIDDEN.search(attributes):
                self.hidden, self.depth = name, 1

    def _behind(self, mark: str, position: int) -> int:
        found = self.source.find(mark, position)
        return found + len(mark) if found >= 0 else len(self.source)

    def _tag_end(self, start: int) -> int:
        """Just behind the ">" of a tag, quotes respected while they close soon; -1 if there is none."""
        position = start
        while self.broken_quotes < _BROKEN_QUOTES_LIMIT and (found := _QUOTE_OR_END.search(self.source, position)):
            if found.group() == ">":
                return found.end()
            close = self.source.find(found.group(), found.end(), found.end() + _QUOTED_LIMIT)
            if close < 0:
                break
            position = close + 1
        self.broken_quotes += 1
        return self.source.find(">", start) + 1 or -1

    def _lay_out(self, name: str, *, closing: bool) -> None:
        page = self.page
        if name == "blockquote":
            page.end(blank=True)
            page.quotes = max(0, page.quotes - 1) if closing else min(_QUOTES_LIMIT, page.quotes + 1)
        elif name == "pre":
            page.end(blank=True)
            page.verbatim = 0 if closing else 1
        elif name in _BREAKS:
            page.end(blank=True)
        elif name == "br":
            if page.pieces:
                page.end()
            else:
                page.lines.append("")
        elif name in _LINES:
            page.end()
            if name == "li" and not closing:
                page.pieces.append("- ")
        elif name in {"td", "th"} and closing and page.pieces:
            page.pieces.append("\t")


def _unescape(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:  # a character reference of thousands of digits
        return text
