"""A case split in two as a whole: the law opens the second case, which is written to as the first one, and the person
is told of it.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.letters import words
from notifications.models import Thread
from workflow import services
from workflow.actors import Actor
from workflow.models import Case
from workflow.states import Language, Right


def halve(case_id: int, *, rights: Sequence[Right], why: str, seen: int | None = None, by: Actor) -> Case:
    """The chosen rights in a case of their own; a letter with its number tells the person which case answers what.

    Messages stay where they are and are shown in both. Raises CannotDo with a sentence when the law forbids it.
    """
    with transaction.atomic():
        part = services.split(case_id, rights=rights, why=why, seen=seen, by=by)
        case = Case.objects.get(pk=case_id)
        thread = Thread.objects.filter(case=case).first()
        if thread is not None:
            Thread.objects.create(
                case=part,
                address=thread.address,
                in_reply_to=thread.in_reply_to,
                references=thread.references,
                acknowledge=False,
                number=thread.number,
                people=thread.people,
            )
        services.write_reply(part.pk, text=letter(case, part), by=by)
    return part


def letter(case: Case, part: Case) -> str:
    """What the person reads, in each language they are written to in."""
    written = [Language(code) for code in (case.language, case.second_language) if code]
    return "\n\n".join(_told(case, part, language) for language in written)


def _told(case: Case, part: Case, language: Language) -> str:
    with translation.override(language.value):
        return _(
            "We answer your request in two parts. This part, %(part)s, is about: %(goes)s. The rest keeps the number "
            "%(case)s and is about: %(stays)s. Both parts count from the day your request reached us; no date "
            "changes, and you need do nothing."
        ) % {
            "part": part.reference,
            "goes": words.rights(set(services.rights_of(part)), language),
            "case": case.reference,
            "stays": words.rights(set(services.rights_of(case)), language),
        }
