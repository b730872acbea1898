"""Headers of mailing lists, and whose list it was: our own group's or somebody else's.

A shared mailbox is often a group (Google Groups, Exchange, Mailman), which marks every mail it hands on as a list's;
so a list of ours says nothing about the mail. Through a list of others, or a gateway that marks all its mail so, a
request may come as well: then it is one, only no machine answers it. Pure.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from dsar.intake.folding import fold_plain
from dsar.intake.parsing import ParsedMessage

__all__ = ["NO_LIST", "Listing", "listing"]

_MARKS = ("list-id", "list-post", "list-subscribe", "mailing-list", "x-mailing-list", "x-mlserver", "x-ml-name")
_NAMES = ("list-id", "x-beenthere", "mailing-list", "x-mailing-list", "list-post")  # where a list gives its own name
_FURTHER = ("list-unsubscribe", "list-subscribe", "list-owner", "list-archive", "list-help")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,8}[a-z]{2,24}\b")
_GROUP_OF = re.compile(r"groups\.google\.com/a/([a-z0-9.-]{3,253})/")
# What only a newsletter's last lines say; the footer of a group speaks of the group.
_NEWSLETTER = re.compile(
    r"(?<![\w+.@])(?:unsubscribe|manage (?:your )?preferences|view (?:this|in)(?: \w+){0,3} browser|vous desabonner"
    r"|desabonnez vous"
    r"|se desabonner|se desinscrire|uitschrijven|afmelden|schrijf u uit|voorkeuren beheren|abmelden|abbestellen"
    r"|im browser (?:ansehen|anzeigen))\b(?!@)(?:(?!\bgr(?:oup|oep|upp)).){0,120}https? ?:"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """Which marks of a list a mail carries that count.

    ``listed``: it came through a list that is not ours. ``sign``: the header that forbids an answer, "" without one.
    """

    listed: bool
    sign: str


NO_LIST = Listing(listed=False, sign="")


def listing(parsed: ParsedMessage, own_domains: Collection[str]) -> Listing:
    """The list a mail came through. Nothing of what our own group put there counts, unless it hands on a newsletter."""
    found = {name: value.strip().lower() for name, value in reversed(parsed.headers) if value.strip()}
    listed = any(name in found for name in _MARKS)
    sign = "Precedence: list" if found.get("precedence") == "list" else ""
    sign = sign or ("List-Unsubscribe" if "list-unsubscribe" in found else "")
    if not (listed or sign):
        return NO_LIST
    named = _hosts(found, _NAMES)
    hosts = named or _hosts(found, _FURTHER)
    ours = any(_is_below(host, own_domains) for host in hosts)
    if ours and not _NEWSLETTER.search(fold_plain(parsed.text[-3000:])):
        return NO_LIST
    return Listing(listed, sign)


def _hosts(found: dict[str, str], names: Collection[str]) -> list[str]:
    """Every host that these headers name; of a list's title ("Privacy news <news.example>") only what it encloses."""
    hosts: list[str] = []
    for name in names:
        value = found.get(name, "")[:2000]
        hosts += [group.rstrip(".") for group in _GROUP_OF.findall(value)]
        enclosed = re.findall(r"<([^<>]{1,500})>", value)
        hosts += [host for text in enclosed or [value] for host in _HOST.findall(text.rpartition("@")[2])]
    return [host for host in hosts if host not in {"groups.google.com", "googlegroups.com"}]


def _is_below(host: str, domains: Collection[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
