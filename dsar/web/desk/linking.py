"""Where a message may belong, in words: what an officer decides on before anything is merged."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dsar.intake.models import InboundMessage, SuggestedBy, Suggestion
from dsar.intake.suggestions import MOST, living, lying
from workflow import events, queries
from workflow.actors import Actor
from workflow.models import Case
from workflow.states import EventKind


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another case that may be meant; ``one_address``: both come from one sender, so no reason has to be written."""

    case: Case
    reasons: list[str]
    one_address: bool

    @property
    def form(self) -> str:
        return f"merge:{self.case.reference}"


def proposals(case: Case, *, to: Actor) -> list[Proposal]:
    """Each candidate ``to`` sees, once, the best reason first; none once the case is over or its rights confirmed."""
    if not case.is_open or (case.confirmed_at is not None and not case.to_be_linked):
        return []
    rows = Suggestion.objects.filter(case=case).select_related("candidate__merged_into")
    found: dict[int, tuple[Case, list[str]]] = {}
    for row in sorted(rows, key=lambda row: _STRONGEST.index(row.why)):
        candidate = living(row.candidate)
        if candidate.pk != case.pk and queries.sees(to, candidate):
            found.setdefault(candidate.pk, (candidate, []))[1].append(_reason(row.why))
    return [
        Proposal(candidate, reasons, bool(case.person_email) and case.person_email == candidate.person_email)
        for candidate, reasons in found.values()
    ]


_STRONGEST = [why.value for why in SuggestedBy]


def _reason(why: str) -> str:
    return {
        SuggestedBy.TOKEN.value: _("it was sent to the reply address of this case"),
        SuggestedBy.MESSAGE_ID.value: _("it answers a message of this case"),
        SuggestedBy.REFERENCE.value: _("it names the reference of this case"),
        SuggestedBy.DAMAGED_TOKEN.value: _("its reply address names this case, but was changed on the way"),
        SuggestedBy.ADDRESS.value: _("same address, and the case is still open"),
        SuggestedBy.NAME.value: _("same name, from another address"),
        SuggestedBy.SAME_TEXT.value: _("a message of this case says the same, word for word"),
    }[why]


def in_trays(case: Case) -> list[InboundMessage]:
    """Messages of the same sender that lie in a tray; asked only where the case looks like a follow-up."""
    if not (case.is_open and case.to_be_linked and case.person_email):
        return []
    return list(lying(case.controller).filter(sender=case.person_email).order_by("-received_at")[:MOST])


@dataclass(frozen=True, slots=True)
class Note:
    """A note of a case that was merged into this one; its event stays in that case's history."""

    case: Case
    at: datetime
    by: str
    text: str


def absorbed_notes(case: Case) -> list[Note]:
    """The notes of every case merged into this one, and into those, the oldest first; without erased ones."""
    found: list[Note] = []
    for merged in case.absorbed.all():
        for event in queries.history(merged).filter(kind=EventKind.NOTE_ADDED.value):
            text = (events.payload_of(event) or {}).get("text", "")
            if text:
                found.append(Note(merged, event.utc, event.actor, text))
        found += absorbed_notes(merged)
    return sorted(found, key=lambda note: note.at)
