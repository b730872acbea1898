"""The HTML of a mail as a page behind bars: its shape and its own pictures; nothing runs, fetches or leads away."""

import base64
import re
from collections.abc import Iterable, Mapping
from html import unescape
from urllib.parse import unquote

import nh3
from django.utils.html import escape
from django.utils.translation import gettext as _

from dsar.identity.register_number import masked
from dsar.intake import scanning
from dsar.intake.file_types import PICTURES
from dsar.intake.models import InboundMessage, MessagePart, ScanVerdict
from dsar.intake.parsing import ParsedMessage, Part
from dsar.intake.pictures import all_redrawn
from dsar.vault import services as vault
from workflow.guards import CannotDo
from workflow.sealing import KeyGone

# Nothing runs, nothing is fetched, no address is followed: only the shape of the text stays.
_TAGS = {
    *("p", "br", "div", "span", "b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "h1", "h2", "h3", "h4"),
    *("ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "hr", "table", "thead", "tbody", "tfoot"),
    *("tr", "td", "th", "caption", "img"),
}
_CELLS = {"colspan", "rowspan"}
_ATTRIBUTES = {"td": _CELLS, "th": _CELLS, "img": {"src"}}
_IMAGE = re.compile(r"<img(?: src=\"cid:([^\"]{0,500})\")?[^>]*>")
# Pictures go into the page itself: a frame behind bars has no right to ask for them.
BARS = "sandbox; default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
_MANY, _LARGEST, _LONGEST_SIDE = 20, 8 * 1024 * 1024, 1000


def page(message: InboundMessage, parsed: ParsedMessage) -> str:
    """The formatted text of a message, with the pictures that came with it; "" without one."""
    body = nh3.clean(parsed.html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"cid"})
    body = masked(body)  # before pictures are put in: their letters are no text
    named = dict.fromkeys(_content_id(found) for found in _IMAGE.findall(body) if found)
    pictures = _pictures(message, parsed, list(named)[:_MANY])
    return _IMAGE.sub(lambda found: _shown(found[1], pictures), body)


def _shown(name: str | None, pictures: Mapping[str, bytes]) -> str:
    if name is None:
        return ""  # from outside: it is not fetched, and says nothing
    said = _("picture not shown")
    drawn = pictures.get(_content_id(name), b"")
    if not drawn:
        return f"<em>[{escape(said)}]</em>"
    return f'<img alt="" src="data:image/jpeg;base64,{base64.b64encode(drawn).decode("ascii")}">'


def _content_id(written: str) -> str:
    return unquote(unescape(written))


def _pictures(message: InboundMessage, parsed: ParsedMessage, names: Iterable[str]) -> dict[str, bytes]:
    """The pictures of these content ids as JPEG; without those that are seen only through a door of their own."""
    by_id = {part.content_id: part for part in parsed.parts if part.content_id}
    rows = {row.sha256: row for row in message.parts.select_related("blob", "scan")}
    found = {}
    for name in names:
        part = by_id.get(name)
        row = rows.get(part.sha256) if part is not None else None
        if part is not None and row is not None and _may_be_shown(message, row, part):
            found[name] = part.data
    return dict(zip(found, all_redrawn(list(found.values()), longest=_LONGEST_SIDE), strict=True))


def _may_be_shown(message: InboundMessage, row: MessagePart, part: Part) -> bool:
    if row.identity_document or row.blob.destroyed_at is not None or row.moved_to_id not in {None, message.case_id}:
        return False
    scan = getattr(row, "scan", None)
    infected = scan is not None and scan.verdict == ScanVerdict.FOUND.value
    return row.found_type in PICTURES and part.size <= _LARGEST and not infected and _is_clean(row)


def _is_clean(row: MessagePart) -> bool:
    try:
        with vault.open_blob(row.blob) as stream:
            scanning.require_clean(stream)
    except (CannotDo, KeyGone):
        return False
    return True
