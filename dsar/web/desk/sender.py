"""Findings about a sender in the words of the desk. They are shown, they decide nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsar.identity.findings import Finding, FindingCode, Tone, tone
from dsar.intake.inspecting import findings_of, looked_at, seen_now
from dsar.intake.models import InboundMessage, MessageState
from dsar.web import words
from workflow.models import Case

_SENTENCES = {
    FindingCode.SENDER_PROVEN: gettext_lazy(
        "The message does come from %(domain)s (%(how)s). Whether it is the address on file is for you to compare."
    ),
    FindingCode.SENDER_NOT_PROVEN: gettext_lazy(
        "Level L1 is not proven: nothing we trust confirms that the message comes from %(domain)s."
    ),
    FindingCode.FAILED_HERE: gettext_lazy("Our own mail server found it wrong: %(results)s."),
    FindingCode.RESULTS_IGNORED: gettext_lazy("What other servers wrote about it is not counted: %(servers)s."),
    FindingCode.DKIM_VERIFIED: gettext_lazy("The DKIM signature of %(domain)s is right."),
    FindingCode.DKIM_OTHER_DOMAIN: gettext_lazy("Signed (DKIM) by %(domain)s, another domain than the sender’s."),
    FindingCode.DKIM_BROKEN: gettext_lazy(
        "The DKIM signature of %(domain)s does not fit: changed on the way, or not signed there."
    ),
    FindingCode.DKIM_NO_ANSWER: gettext_lazy(
        "The DKIM signature of %(domain)s could not be checked: DNS did not answer."
    ),
    FindingCode.DKIM_NOT_CHECKED: gettext_lazy(
        "The DKIM signature of %(domain)s was not checked: DNS look-ups are switched off here."
    ),
    FindingCode.NO_SENDER: gettext_lazy("The message names no sender."),
    FindingCode.SEVERAL_SENDERS: gettext_lazy("The message names several senders: %(addresses)s."),
    FindingCode.OWN_DOMAIN: gettext_lazy(
        "It says that one of us sent it (%(domain)s), and nothing we trust confirms that. Anybody can write this. "
        "Before you believe what it passes on, ask that colleague and compare it with the original in their mailbox."
    ),
    FindingCode.REPLY_ELSEWHERE: gettext_lazy("An answer would go to %(reply)s, not to the sender %(address)s."),
    FindingCode.NAME_SHOWS_ADDRESS: gettext_lazy("The displayed name shows %(name)s, but the address is %(address)s."),
    FindingCode.NAME_IS_OURS: gettext_lazy("The displayed name “%(name)s” is ours, the address %(address)s is not."),
    FindingCode.LOOKALIKE_DOMAIN: gettext_lazy("The domain %(domain)s can be taken for %(like)s."),
    FindingCode.FOREIGN_LETTERS: gettext_lazy("The domain %(domain)s uses unusual letters (written %(written)s)."),
    FindingCode.MIXED_LETTERS: gettext_lazy(
        "The domain %(domain)s mixes letters of several alphabets (written %(written)s)."
    ),
    FindingCode.SIGNATURE_VALID: gettext_lazy(
        "Signed by %(name)s; the signature is whole and its issuer %(issuer)s is known. Certificate until %(until)s."
    ),
    FindingCode.SIGNATURE_REVOKED: gettext_lazy(
        "Signed by %(name)s, but the certificate was revoked on %(revoked)s: do not count on this signature."
    ),
    FindingCode.SIGNATURE_UNKNOWN_ISSUER: gettext_lazy(
        "Signed by %(name)s; the signature is whole, but its issuer %(issuer)s is not known here or the certificate "
        "was not in force. Certificate until %(until)s."
    ),
    FindingCode.SIGNATURE_CHANGED: gettext_lazy("Changed after it was signed; the signature names %(name)s."),
    FindingCode.SIGNATURE_OTHER_ADDRESS: gettext_lazy("Signed for %(emails)s, sent from %(address)s."),
    FindingCode.SIGNATURE_UNREADABLE: gettext_lazy("There is a signature that could not be read."),
    FindingCode.NOT_INSPECTED: gettext_lazy("Signatures could not be looked at: open the original."),
}
# In the few words a list has room for; what deserves no look has none.
_BRIEFLY = {
    FindingCode.FAILED_HERE: gettext_lazy("found wrong by our mail server"),
    FindingCode.DKIM_BROKEN: gettext_lazy("DKIM signature does not fit"),
    FindingCode.NO_SENDER: gettext_lazy("no sender named"),
    FindingCode.SEVERAL_SENDERS: gettext_lazy("several senders"),
    FindingCode.OWN_DOMAIN: gettext_lazy("says one of us sent it, unproven"),
    FindingCode.REPLY_ELSEWHERE: gettext_lazy("answer would go elsewhere"),
    FindingCode.NAME_SHOWS_ADDRESS: gettext_lazy("name shows another address"),
    FindingCode.NAME_IS_OURS: gettext_lazy("name is ours"),
    FindingCode.LOOKALIKE_DOMAIN: gettext_lazy("look-alike domain"),
    FindingCode.FOREIGN_LETTERS: gettext_lazy("unusual letters"),
    FindingCode.MIXED_LETTERS: gettext_lazy("mixed alphabets"),
    FindingCode.SIGNATURE_REVOKED: gettext_lazy("revoked certificate"),
    FindingCode.SIGNATURE_CHANGED: gettext_lazy("changed after signing"),
    FindingCode.SIGNATURE_OTHER_ADDRESS: gettext_lazy("signed for another address"),
}
_STYLES = {Tone.PROVEN: "ok", Tone.LOOK: "wait", Tone.KNOW: "off"}


@dataclass(frozen=True, slots=True)
class Shown:
    """``style`` is ok, wait (worth a look) or off; ``note`` follows the sentence."""

    style: str
    sentence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """One message and what was found; ``waits`` until somebody looked."""

    message: InboundMessage
    findings: list[Shown]
    waits: bool


def senders_of(messages: Iterable[InboundMessage], *, with_text: bool) -> list[Sender]:
    """What each message shows of its sender; nothing for those who may not read the mail."""
    rows = list(messages) if with_text else []
    found = findings_of(rows)
    return [
        Sender(row, [_shown(one) for one in found.get(row.pk, []) if _may_show(row, one)], row.pk not in found)
        for row in rows
    ]


def _may_show(message: InboundMessage, one: Finding) -> bool:
    """Who signed what in a message of several people is told in nobody's case: it may be another person."""
    return message.state != MessageState.DIVIDED.value or not one.code.value.startswith("signature_")


def sender_now(message: InboundMessage) -> Sender:
    """The same of a message in a tray, without a case: looked at while the page is made."""
    return Sender(message, [_shown(one) for one in seen_now(message)], waits=False)


def briefly(case: Case, bits: int | None) -> str:
    """What deserves a look about the sender, as long as identity is open; ``bits`` as ``to_look_at`` annotates."""
    if not case.is_open or case.verified_at is not None:
        return ""
    return ", ".join(str(_BRIEFLY[code]) for code in looked_at(bits))


def _shown(one: Finding) -> Shown:
    values = defaultdict(lambda: "…", one.values)
    for name, value in (("until", "valid_until"), ("revoked", "revoked_on")):
        if day := one.values.get(value):
            values[name] = words.long(date.fromisoformat(day))  # abbreviated, its stop would double the sentence's
    notes = [_in(one.values.get("place", "")), _revocation(one)]
    if one.values.get("number_digest"):
        notes.append(_("Its national register number is masked."))
    return Shown(_STYLES[tone(one.code)], str(_SENTENCES[one.code]) % values, " ".join(filter(None, notes)))


def _revocation(one: Finding) -> str:
    """What is known of revocation: an answer speaks of its own day, and nothing is looked up."""
    if one.code not in {FindingCode.SIGNATURE_VALID, FindingCode.SIGNATURE_UNKNOWN_ISSUER} or not one.values:
        return ""
    if day := one.values.get("not_revoked_on"):
        told = _("The signature brings an answer of the issuer: not revoked on %(day)s. Nothing later was checked.")
        return told % {"day": words.long(date.fromisoformat(day))}
    return _("Whether the certificate was revoked was not checked.")


def _in(place: str) -> str:
    if not place or place == "mail":
        return ""
    return _("Attachment %(number)s.") % {"number": place}
