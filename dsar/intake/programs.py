"""Whether a program surely sent a mail: by its headers, its parts and the title mail programs give, not by its words.

Words alone make no person a program where they answer a letter of ours: who is on holiday writes so, and brings what
we asked for in the same lines. Pure.
"""

import re

from dsar.intake import automatic
from dsar.intake.automatic import header
from dsar.intake.folding import fold_plain
from dsar.intake.parsing import ParsedMessage
from dsar.intake.quoting import own_text, sort_lines

__all__ = ["is_a_report", "is_only_an_absence", "sign"]

_REPORTS = frozenset(
    {
        "message/disposition-notification",
        "message/delivery-status",
        "message/global-delivery-status",
        automatic.FEEDBACK,
    }
)
_DAEMON = re.compile(r"^(?:(?:mailer|mail)[-_.]?(?:daemon|delivery|system)|mdaemon|post[-_.]?master)(?:[-_+.\d]|$)")
_OWN = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-auto-reply")
_AN_ABSENCE = 90  # words


def sign(parsed: ParsedMessage) -> str:
    """What shows that a program sent it; "" where only its words might."""
    submitted = header(parsed, "auto-submitted").split(";")[0].strip()
    if submitted and submitted != "no":
        return f"Auto-Submitted: {submitted}"
    if any(header(parsed, name) not in {"", "no"} for name in _OWN):
        return "X-Autoreply"
    if parsed.return_path == "":
        return "Return-Path: <>"
    address = parsed.sender.address if parsed.sender else ""
    if automatic.is_no_reply(address):
        return "no-reply"
    if is_a_report(parsed):
        return "report"
    return parsed.subject[:60] if automatic.is_titled_by_a_program(parsed.subject) else ""


def is_a_report(parsed: ParsedMessage) -> bool:
    """A mail server tells what became of a letter: it did not arrive, or it was read."""
    local = (parsed.sender.address if parsed.sender else "").partition("@")[0].lower()
    return bool(_DAEMON.match(local) or header(parsed, "x-failed-recipients") or _REPORTS & _types(parsed))


def _types(parsed: ParsedMessage) -> set[str]:
    """Of the whole and of its own parts, and the kind of report it says to be."""
    said = header(parsed, "content-type")
    told = {name for name in _REPORTS if name.partition("/")[2] in said}
    return automatic.own_types(parsed) | told


def is_only_an_absence(parsed: ParsedMessage) -> bool:
    """Somebody's program tells that they are away, in few words; what else it demands makes it more than that."""
    if len(parsed.text.split()) > _AN_ABSENCE * 4:
        return False
    own = fold_plain(own_text(parsed.text, sort_lines(parsed.text)))
    return len(own.split()) <= _AN_ABSENCE and automatic.tells_of_absence(own)
