"""Whether a message is about another person than a case: a lawyer's next client, a platform's next customer."""

from itertools import chain

from dsar.intake.about import is_one_of
from dsar.intake.parsing import ParsedMessage
from dsar.intake.reading import Reading
from dsar.intake.suggestions import people_of
from workflow.models import Case
from workflow.states import RequirementCode

__all__ = ["asks_for_somebody_else", "comes_from_somebody_else"]


def asks_for_somebody_else(reading: Reading, case: Case) -> bool:
    """In the thread of a case, its writer speaks for a person of whom the case has not been so far.

    Where somebody is represented whom nobody has named yet, the name is an answer.
    """
    told = people_of(case)
    known = (*told, *_named_in(case))
    if reading.several is not None:
        return not any(is_one_of(person.name, known) for person in reading.several.people)
    acted_for = bool(told) or case.requirements.filter(code=RequirementCode.MANDATE_SHOWN.value, claim=None).exists()
    represented = reading.about.represented
    if not represented:
        labelled = reading.about.labelled if told else ()
        if labelled:
            return not any(is_one_of(name, known) for name in labelled)
        return reading.representative and bool(reading.rights_alone) and not acted_for
    if (acted_for and not told) or not (reading.representative or any(" " in name for name in known)):
        return False
    return not all(is_one_of(name, known) for name in represented)


def comes_from_somebody_else(parsed: ParsedMessage, reading: Reading, case: Case) -> bool:
    """From the address of a case, but in another person's name: what a platform passes on, or a lawyer writes."""
    told, own = people_of(case), _named_in(case)
    if names := reading.about.represented or reading.about.labelled:
        return not any(is_one_of(name, (*told, *own)) for name in names)
    shown = parsed.sender.name.strip() if parsed.sender else ""
    return " " in shown and any(" " in name for name in own) and not is_one_of(shown, own)


def _named_in(case: Case) -> tuple[str, ...]:
    return tuple(name for one in chain([case], case.absorbed.all()) if (name := one.person_name.strip()))
