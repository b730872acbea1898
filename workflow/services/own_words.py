"""Paragraphs a person adds to a letter before it goes; everything else in the letter stays as it is.

Those of an answer are part of its draft: the second person approves them with it, and a change is a new draft. Those of
any other letter are written just before the act that orders it, in one transaction with it, and belong to the first
letter that act orders. Typed by a person in the languages of the letter; nothing is translated by a machine.
"""

import json
import unicodedata
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from workflow import events
from workflow.actors import Actor
from workflow.guards import CannotDo, require
from workflow.models import Case, Claim, Event
from workflow.permissions import Act
from workflow.services._moving import moving, sealed, tell, unsealed
from workflow.states import EventKind, Language

LONGEST = 3000
Words = Mapping[Language, str]

# Letters to the person that an act orders, and the event with which they begin: from then on others read them.
_BEGUN_BY: dict[str, tuple[EventKind, ...]] = {
    "M02": (EventKind.IDENTITY_ASKED,),
    "M03": (EventKind.CLARIFICATION_ASKED,),
    "M05": (EventKind.EXTENSION_ASKED,),
    "M06F": (EventKind.FEE_ASKED,),
    "M12b": (EventKind.LIFTING_ANNOUNCED,),
    "M14": (EventKind.DATA_TRANSFERRED,),
    "M15": (EventKind.CASE_OUT_OF_SCOPE,),
    "M17": (EventKind.CASE_WITHDRAWN, EventKind.CLAIM_WITHDRAWN),
    "M18": (EventKind.CASE_FORWARDED,),
    "M20": (EventKind.DELAY_APOLOGISED,),
    "M22": (EventKind.MANDATE_ASKED,),
    "M23": (EventKind.POST_WRITTEN,),
    "M24": (EventKind.REEXAMINATION_DECIDED,),
}
_KEY = "own_"  # of an event's payload, before the language


def write_own_words(case_id: int, *, letter: str, words: Words, by: Actor) -> None:
    """What the next letter of this code says besides its text; call it in one transaction with the act that orders it.

    It belongs to the first letter begun after it, so nothing is added to one that others read already. Raises CannotDo
    on a letter that takes none, and where a language of the letter is missing.
    """
    require(by, Act.REEXAMINE if letter == "M24" else Act.WORK_ON_CASE)
    if letter not in _BEGUN_BY:
        raise CannotDo(_("This letter takes no paragraphs of your own."))
    with moving(case_id, by=by) as (case, now):
        said = checked(case, words)
        if not said:
            raise CannotDo(_("Write the paragraph first."))
        data: dict[str, events.Value] = {"letter": letter, "own_words": True}
        tell(case, EventKind.OWN_WORDS_WRITTEN, by=by, at=now, data=data, payload=payload_of(said))


def own_words_in(case: Case, letter: str, *, up_to: int | None = None, claim: str = "") -> dict[Language, str]:
    """What was written for the letter begun last, of this right where one is given; by language, often nothing.

    ``up_to``: the number of the event that orders the letter. What was written later belongs to a later letter.
    """
    kinds = [kind.value for kind in _BEGUN_BY.get(letter, ())]
    rows = Event.objects.filter(stream=case.stream, **({} if up_to is None else {"seq__lte": up_to})).order_by("-seq")
    begun = rows.filter(kind__in=kinds)
    first = next((one for one in begun if not claim or events.fields(one)["claim"] == claim), None)
    if first is None:
        return {}
    written = rows.filter(kind=EventKind.OWN_WORDS_WRITTEN.value, seq__lt=first.seq)
    told = next((one for one in written if events.fields(one)["data"]["letter"] == letter), None)
    if told is None or begun.filter(seq__gt=told.seq, seq__lt=first.seq).exists():
        return {}  # nothing, or what an earlier letter of this code has said
    found = events.payload_of(told) or {}
    return {one: str(found[_KEY + one.value]) for one in Language if _KEY + one.value in found}


def own_words_of(claim: Claim) -> dict[Language, str]:
    """The paragraphs of the drafted answer, by language. Raises KeyGone when the case was shredded."""
    found = json.loads(unsealed(claim.case, claim.own_words, what=_place(claim)) or "{}")
    return {Language(language): str(text) for language, text in found.items()}


def sealed_words(case: Case, claim: Claim, said: Words) -> bytes | None:
    """For the claim's row; None for none."""
    return sealed(case, json.dumps(said, ensure_ascii=False) if said else "", what=_place(claim))


def payload_of(said: Words) -> dict[str, str]:
    """For the sealed part of an event."""
    return {_KEY + language.value: text for language, text in said.items()}


def checked(case: Case, words: Words) -> dict[Language, str]:
    """Cleaned, in the order of the letter; nothing at all, or a text in each of its languages. Raises CannotDo."""
    cleaned = {language: _plain(text) for language, text in words.items()}
    said = {language: cleaned.get(language, "") for language in Language if language in _languages(case)}
    if not any(cleaned.values()):
        return {}
    if not all(said.values()):
        raise CannotDo(_("Type your paragraph in each language of the letter: nothing is translated by a machine."))
    if max(map(len, said.values())) > LONGEST:
        raise CannotDo(_("Your paragraphs are too long: 3,000 characters at most."))
    return said


def _languages(case: Case) -> set[str]:
    return {case.language, case.second_language}


def _plain(text: str) -> str:
    """Without what a screen does not show: control, direction and joining characters, and our own marks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = ["".join(char for char in line if unicodedata.category(char)[0] != "C") for line in lines]
    return "\n".join(line.replace("⟦", "[").replace("⟧", "]").rstrip() for line in shown).strip()


def _place(claim: Claim) -> str:
    return f"own_words:{claim.uuid}"
