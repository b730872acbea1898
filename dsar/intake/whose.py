"""Whether a message is about another person than a case: a lawyer's next client, a platform's next customer."""

import re
from itertools import chain

from dsar.intake import introducing, quoting
from dsar.intake.about import is_one_of
from dsar.intake.folding import fold_plain
from dsar.intake.parsing import ParsedMessage
from dsar.intake.reading import Reading
from dsar.intake.suggestions import people_of
from workflow.models import Case
from workflow.states import RequirementCode

__all__ = ["asks_for_somebody_else", "comes_from_somebody_else", "is_signed_otherwise", "speaks_for_themselves"]


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


def speaks_for_themselves(parsed: ParsedMessage, reading: Reading, case: Case) -> bool:
    """Who answers from another's mailbox, says so, and asks for data of their own, be it by the right of the case."""
    own = quoting.own_text(parsed.text, quoting.sort_lines(parsed.text))
    if not reading.rights_alone or not introducing.asks_for_own(own):
        return False
    known = _named_in(case)
    introduced = [name for name in introducing.introduced(own) if not is_one_of(name, known)]
    if introducing.of_the_family(own) and (introduced or not introducing.introduced(own)):
        return True
    signed = is_signed_otherwise(reading, case)
    return signed and (introducing.the_same_too(own) or is_one_of(reading.person_name, introduced))


def is_signed_otherwise(reading: Reading, case: Case) -> bool:
    """With another first name than that of the case's person; a shortened one is theirs."""
    signed, known = (re.findall(r"\w+", fold_plain(name)) for name in (reading.person_name, case.person_name))
    if not signed or not known:
        return False
    shortened = signed[0].startswith(known[0][:1]) and 1 in (len(signed[0]), len(known[0]))
    return not shortened and signed[0] not in known and known[0] not in signed


def _named_in(case: Case) -> tuple[str, ...]:
    return tuple(name for one in chain([case], case.absorbed.all()) if (name := one.person_name.strip()))
