"""The organisation changes what a letter says: a new version each time, and an event."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Letter
from notifications.letters import wording
from notifications.models import LetterText
from workflow import services as law
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.models import Controller
from workflow.permissions import Act
from workflow.states import Language


def change_text(
    letter: Letter, language: Language, *, subject: str, body: str, base: int, controller: Controller, by: Actor
) -> LetterText:
    """The organisation's text of a letter from now on; letters already made keep theirs.

    ``base`` is the version the editor began with, 0 for the standard text. Raises CannotDo when the text lacks what
    the letter has to say, holds code, or somebody else changed it meanwhile.
    """
    subject, body = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    wording.check(letter, language, subject, body)
    return _new(letter, language, subject, body, base, controller, by)


def back_to_standard(letter: Letter, language: Language, *, base: int, controller: Controller, by: Actor) -> LetterText:
    """From now on the text of the files again, as a version of its own."""
    return _new(letter, language, "", "", base, controller, by)


def _new(
    letter: Letter, language: Language, subject: str, body: str, base: int, controller: Controller, by: Actor
) -> LetterText:
    require(by, Act.SET_POLICY)
    with transaction.atomic():
        Controller.objects.select_for_update().get(pk=controller.pk)
        last = wording.latest(letter, language, controller)
        if base != (last.number if last else 0):
            raise CannotDo(_("Somebody else changed this text after you opened the page. Look at theirs first."))
        if (subject, body) == ((last.subject, last.body) if last else ("", "")):
            raise CannotDo(_("Nothing was changed."))
        row = LetterText.objects.create(
            controller=controller,
            letter=letter.value,
            language=language.value,
            number=base + 1,
            subject=subject,
            body=body,
            created_at=timezone.now(),
            created_by=by.code,
        )
        law.record_letter_text(
            controller,
            letter=letter.value,
            language=language.value,
            number=row.number,
            digest=wording.in_force(letter, language, controller).sha256,
            standard=row.is_standard,
            by=by,
        )
    return row
