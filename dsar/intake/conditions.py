"""What a mail shows of the policy's formalities (clause 7.7): the first lines of the admissibility sheet."""

from collections.abc import Collection, Mapping

from django.conf import settings

from dsar.intake.papers import papers
from dsar.intake.parsing import ParsedMessage
from dsar.intake.reading import Reading
from workflow.services import Condition
from workflow.states import Evidence, RequirementCode

_SIGNATURES = {"typed": Evidence.TYPED, "scanned": Evidence.SCANNED, "digital": Evidence.DIGITAL}


def conditions(
    parsed: ParsedMessage,
    reading: Reading,
    *,
    sent_to: Collection[str],
    recognised: Mapping[int, str] | None = None,
) -> tuple[Condition, ...]:
    """One condition a formality, met or missing, each with the code of what shows it.

    ``sent_to``: addresses of the envelope; those of the header are added. ``recognised``: see ``read``. What
    stands in a message that could not be read is missing for that reason and no other. A mandate is asked for
    only where somebody writes for another person, and is never taken as shown before an officer has seen it.
    """
    absent = Evidence.UNREADABLE if parsed.unreadable else Evidence.NOT_FOUND
    addresses = {*sent_to, *(recipient.address for recipient in parsed.recipients)}
    found = {
        RequirementCode.SENT_TO_MAILBOX: _mailbox({_plain(address) for address in addresses}),
        RequirementCode.DATED: Evidence.IN_TEXT if reading.dated else Evidence.MAIL_DATE if parsed.date else absent,
        RequirementCode.SIGNED: _SIGNATURES.get(reading.signed, absent),
        RequirementCode.REASONS_GIVEN: Evidence.IN_TEXT if reading.reasons_given else absent,
        RequirementCode.IDENTITY_COPY: Evidence.ATTACHED if reading.identity_document else absent,
    }
    lacking = {Evidence.NOT_FOUND, Evidence.UNREADABLE, Evidence.OTHER_ADDRESS}
    lines = [Condition(code, met=evidence not in lacking, evidence=evidence) for code, evidence in found.items()]
    if reading.representative:
        attached = any(paper.is_mandate for paper in papers(parsed, recognised))
        seen = Evidence.ATTACHED if attached else absent
        lines.append(Condition(RequirementCode.MANDATE_SHOWN, met=False, evidence=seen))
    return tuple(lines)


def _mailbox(addresses: set[str]) -> Evidence:
    if settings.MAILBOX in addresses:
        return Evidence.MAILBOX
    return Evidence.MAILBOX_ALIAS if addresses & set(settings.MAILBOX_ALIASES) else Evidence.OTHER_ADDRESS


def _plain(address: str) -> str:
    """Without a reply token: ``name+token@domain`` is the same mailbox."""
    local, _at, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
