"""A sender that a list, a form or a forwarder wrote over: who seems to stand behind it. Pure.

Lists put their own address into From so that mail servers accept what they hand on; the writer then stands in another
header, or in Reply-To. Nothing proves those, so an officer confirms whom we write to; the list is written to never.
"""

import re
from collections.abc import Iterator

from dsar.intake.addresses import Address, addresses, normal
from dsar.intake.automatic import is_no_reply
from dsar.intake.forwarded import Inner
from dsar.intake.parsing import ParsedMessage

__all__ = ["behind"]

_ORIGINAL = ("x-original-from", "original-from", "x-mailman-original-from", "author", "x-original-sender")
# Written by Gmail over the address somebody wanted to send as: their account is theirs, too.
_ALIAS = "x-google-original-from"
_LISTS = ("list-post", "x-beenthere", "mailing-list", "x-mailing-list", "list-owner")
_VIA = re.compile(r"^[\s'\"“‘]*(.{1,120}?)[\s'\"”’]*\s(?:via|über|ueber)\s+\S.{0,200}$", re.IGNORECASE | re.DOTALL)
_FOR = re.compile(
    r"(?:per conto di|on behalf of|de la part de|au nom de|namens|im auftrag von)\s*:?\s*[<(\"']?"
    r"([^\s<>()\"',;@]{1,64}@[^\s<>()\"',;@]{1,200})",
    re.IGNORECASE,
)
_POSTS = re.compile(r"[^\s<>:;,]+@[^\s<>:;,?]+")
# SRS: the sender's domain and name behind a hash and a day, in the address of whoever forwarded it.
_SRS = re.compile(r"^srs0[=+-][^=@]{1,20}=[^=@]{1,6}=([^=@]{1,190})=([^@]{1,128})@.+$", re.IGNORECASE)
_SRS_TWICE = re.compile(r"^srs1[=+-][^=@]{1,20}=[^=@]{1,190}==?[^=@]{1,20}=[^=@]{1,6}=([^=@]{1,190})=([^@]{1,128})@.+$")


def behind(parsed: ParsedMessage) -> Inner | None:
    """The writer behind a sender that was written over, "" for an address nobody names; None for a plain sender."""
    sender = parsed.sender
    if sender is None or len(parsed.senders) > 1:
        return None
    if (forwarded := _unwrapped(sender.address)) is not None:
        return Inner(sender.name, forwarded, None, parsed.message_id)
    # Certified mail (PEC) and some services write whom they send for into the name.
    for_whom = [address for found in _FOR.findall(sender.name) if (address := normal(found)) and "@" in address]
    if for_whom and for_whom[0] != sender.address:
        return Inner("", for_whom[0], None, parsed.message_id)
    via = _VIA.match(sender.name)
    own = _is_the_lists(parsed, sender.address)
    name = via[1].strip() if via else ""
    for address in _originals(parsed, sure=bool(via) or own):
        if address.address != sender.address:
            return Inner(address.name or name, address.address, None, parsed.message_id)
    answers = [one for one in parsed.reply_to if not _is_the_lists(parsed, one.address)]
    unread = is_no_reply(sender.address)  # a form of a website: who filled it in stands where answers go
    if (via or own or unread) and len(answers) == 1 and answers[0].address != sender.address:
        return Inner(answers[0].name or name, answers[0].address, None, parsed.message_id)
    return Inner(name, "", None, parsed.message_id) if own else None


def _originals(parsed: ParsedMessage, *, sure: bool) -> Iterator[Address]:
    """What the headers that keep a written-over sender name, each where it names one address alone."""
    for wanted in (*_ORIGINAL, *([_ALIAS] if sure else [])):
        value = next((value for name, value in parsed.headers if name == wanted), "")
        found = addresses([value[:2000]]) if value else ()
        if len(found) == 1 and "@" in found[0].address:
            yield found[0]


def _is_the_lists(parsed: ParsedMessage, address: str) -> bool:
    """The address to which everybody posts."""
    named = (found for name, value in parsed.headers if name in _LISTS for found in _POSTS.findall(value))
    return bool(address) and any(normal(found) == address for found in named)


def _unwrapped(address: str) -> str | None:
    found = _SRS.match(address) or _SRS_TWICE.match(address)
    return normal(f"{found[2]}@{found[1]}") or None if found else None
