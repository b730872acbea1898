"""Findings about a sender in the words of the desk. They are shown, they decide nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dsar.identity.findings import Finding, FindingCode, Tone, tone
from dsar.intake.inspecting import findings_of
from dsar.intake.models import InboundMessage
from dsar.web import words

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
        "It says it comes from our own domain %(domain)s, which nothing we trust confirms."
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
    FindingCode.SIGNATURE_UNKNOWN_ISSUER: gettext_lazy(
        "Signed by %(name)s; the signature is whole, but its issuer %(issuer)s is not known here or the certificate "
        "was not in force. Certificate until %(until)s."
    ),
    FindingCode.SIGNATURE_CHANGED: gettext_lazy("Changed after it was signed; the signature names %(name)s."),
    FindingCode.SIGNATURE_OTHER_ADDRESS: gettext_lazy("Signed for %(emails)s, sent from %(address)s."),
    FindingCode.SIGNATURE_UNREADABLE: gettext_lazy("There is a signature that could not be read."),
    FindingCode.NOT_INSPECTED: gettext_lazy("Signatures could not be looked at: open the original."),
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
    return [Sender(row, [_shown(one) for one in found.get(row.pk, [])], row.pk not in found) for row in rows]


def _shown(one: Finding) -> Shown:
    values = defaultdict(lambda: "…", one.values)
    if until := one.values.get("valid_until"):
        values["until"] = words.day(date.fromisoformat(until))
    note = _in(one.values.get("place", ""))
    if one.values.get("number_digest"):
        note = f"{note} {_('Its national register number is masked.')}".strip()
    return Shown(_STYLES[tone(one.code)], str(_SENTENCES[one.code]) % values, note)


def _in(place: str) -> str:
    if not place or place == "mail":
        return ""
    return _("Attachment %(number)s.") % {"number": place}
