"""Who the message says it is from, and what speaks for or against it. Pure."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dsar.identity import domains
from dsar.identity.dkim_check import DkimResult, DkimVerdict
from dsar.identity.findings import Finding, FindingCode, Message, domain_of, within
from dsar.identity.results import failed, proven_by, results

_ADDRESS = re.compile(r"[\w.+'-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.IGNORECASE)
_SHORTEST_NAME = 4
_VALUE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class House:
    """What is ours: id of our mail server (or ""), hosts that write our Received lines, domain, name."""

    authserv_id: str
    receivers: Collection[str]
    domain: str
    name: str


def sender_findings(message: Message, house: House, signatures: Sequence[DkimResult]) -> list[Finding]:
    """Every finding about the sender, in the order in which they are shown.

    Level L1 of the ladder needs our own server's result or a signature we checked: the From line proves nothing.
    """
    if not message.senders:
        return [Finding(FindingCode.NO_SENDER)]
    address = message.senders[0].address
    found = _authentication(message, house, domain_of(address), signatures)
    proven = any(one.code is FindingCode.SENDER_PROVEN for one in found)
    if len(message.senders) > 1:
        others = ", ".join(other.address for other in message.senders[:10])
        found.append(_finding(FindingCode.SEVERAL_SENDERS, addresses=others))
    if within(domain_of(address), house.domain) and not proven:
        found.append(_finding(FindingCode.OWN_DOMAIN, domain=house.domain))
    return [*found, *_reply(message, address), *_names(message, house), *_look(domain_of(address), house)]


def _authentication(message: Message, house: House, domain: str, signatures: Sequence[DkimResult]) -> list[Finding]:
    read = results(message.headers, authserv_id=house.authserv_id, receivers=house.receivers)
    found = []
    how = proven_by(read.own, domain)
    checked = any(one.verdict is DkimVerdict.PASSED and within(domain, one.domain) for one in signatures)
    if how or checked:
        found.append(_finding(FindingCode.SENDER_PROVEN, domain=domain, how=how or "dkim"))
    else:
        found.append(_finding(FindingCode.SENDER_NOT_PROVEN, domain=domain))
    if bad := failed(read.own):
        found.append(_finding(FindingCode.FAILED_HERE, results=", ".join(bad)))
    if read.ignored:
        found.append(_finding(FindingCode.RESULTS_IGNORED, servers=", ".join(read.ignored[:5])))
    return found + [_dkim(one, domain) for one in signatures]


def _dkim(one: DkimResult, domain: str) -> Finding:
    codes = {
        DkimVerdict.PASSED: FindingCode.DKIM_VERIFIED if within(domain, one.domain) else FindingCode.DKIM_OTHER_DOMAIN,
        DkimVerdict.BROKEN: FindingCode.DKIM_BROKEN,
        DkimVerdict.NO_ANSWER: FindingCode.DKIM_NO_ANSWER,
        DkimVerdict.NOT_CHECKED: FindingCode.DKIM_NOT_CHECKED,
    }
    return _finding(codes[one.verdict], domain=one.domain)


def _reply(message: Message, address: str) -> list[Finding]:
    elsewhere = [other.address for other in message.reply_to if other.address != address]
    if not elsewhere:
        return []
    return [_finding(FindingCode.REPLY_ELSEWHERE, address=address, reply=", ".join(elsewhere[:5]))]


def _names(message: Message, house: House) -> list[Finding]:
    found = []
    for sender in message.senders[:10]:
        inside = _ADDRESS.search(unicodedata.normalize("NFKC", sender.name[:_VALUE_LIMIT]))
        if inside and _plain(inside.group()) != _plain(sender.address):
            found.append(_finding(FindingCode.NAME_SHOWS_ADDRESS, name=inside.group(), address=sender.address))
        if not within(domain_of(sender.address), house.domain) and _is_ours(sender.name, house):
            found.append(_finding(FindingCode.NAME_IS_OURS, name=sender.name, address=sender.address))
    return found


def _is_ours(name: str, house: House) -> bool:
    """The display name carries the controller's own name, by whatever letters."""
    first = house.name.split(" ")[0]
    own = domains.skeleton(first)
    return len(first) >= _SHORTEST_NAME and own in domains.skeleton(name[:_VALUE_LIMIT])


def _look(domain: str, house: House) -> list[Finding]:
    found = []
    shown = domains.shown(domain)
    if domains.mixed(shown):
        found.append(_finding(FindingCode.MIXED_LETTERS, domain=shown, written=domain))
    elif set(domains.scripts(shown)) - {"LATIN"} or shown != domain:
        found.append(_finding(FindingCode.FOREIGN_LETTERS, domain=shown, written=domain))
    like = domains.resembles(domain, (house.domain, *domains.KNOWN))
    if like or domains.borrows(domain, house.domain):
        found.append(_finding(FindingCode.LOOKALIKE_DOMAIN, domain=shown, like=like or house.domain))
    return found


def _plain(address: str) -> str:
    return re.sub(r"\s|\(at\)|\[at\]", lambda found: "@" if "at" in found.group() else "", address.lower())


def _finding(code: FindingCode, **values: str) -> Finding:
    return Finding(code, {name: value[:_VALUE_LIMIT] for name, value in values.items()})
