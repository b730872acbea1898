"""The data protection officer records an opinion; whoever decides otherwise says why (domain §3, Art. 38(3))."""

import uuid

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, is_a_sentence, require, says_something
from workflow.models import Case, Claim, Opinion
from workflow.permissions import Act
from workflow.services._moving import moving, sealed, tell, unsealed
from workflow.states import Advice, EventKind


def give_opinion(case_id: int, *, advice: Advice, text: str, claim: uuid.UUID | None = None, by: Actor) -> None:
    """On the case, or on one right; a later one on the same takes its place. It decides nothing."""
    require(by, Act.GIVE_OPINION)
    if not says_something(text):
        raise CannotDo(_("Write your opinion and its reasons."))
    with moving(case_id, by=by) as (case, now):
        about = _claim(case, claim)
        row = Opinion(case=case, claim=about, advice=advice.value, given_by=by.code, given_at=now)
        row.text = sealed(case, text, what=f"opinion:{row.uuid}")
        row.save()
        tell(
            case,
            EventKind.OPINION_RECORDED,
            by=by,
            at=now,
            claim=about,
            data={"advice": advice.value},
            payload={"text": text.strip()},
        )


def depart_from_opinion(case_id: int, *, opinion: uuid.UUID, reason: str, by: Actor) -> None:
    """A manager decides otherwise than the data protection officer advises, with the reason."""
    require(by, Act.DECIDE_EXCEPTION)
    if not is_a_sentence(reason, least=2):
        raise CannotDo(_("Say why the opinion is not followed: the reason stays in the history."))
    with moving(case_id, by=by) as (case, now):
        row = (
            Opinion.objects.select_for_update(of=("self",))
            .filter(case=case, uuid=opinion)
            .select_related("claim")
            .first()
        )
        if row is None or not _stands(case, row):
            raise CannotDo(_("This objection was taken back or set aside already: the history says how."))
        row.departed_by, row.departed_at = by.code, now
        row.departure = sealed(case, reason, what=f"departure:{row.uuid}")
        row.save()
        tell(case, EventKind.OPINION_DEPARTED, by=by, at=now, claim=row.claim, payload={"text": reason.strip()})


def objections(case: Case, claim: Claim) -> list[str | Promise]:
    """Why this decision cannot be approved yet: an opinion against it, on the right or on the whole case."""
    standing = [_latest(case, about) for about in (claim, None)]
    if not any(row is not None and _stands(case, row) for row in standing):
        return []
    return [
        _(
            "The data protection officer objects: change the draft until the opinion agrees, "
            "or have a manager say why it is not followed."
        )
    ]


def opinion_stands(opinion: Opinion) -> bool:
    """An objection that is the last word on its subject, and that nobody departed from."""
    return _stands(opinion.case, opinion)


def text_of_opinion(opinion: Opinion) -> str:
    """In clear. Raises KeyGone when the case was shredded."""
    return unsealed(opinion.case, opinion.text, what=f"opinion:{opinion.uuid}")


def reason_of_departure(opinion: Opinion) -> str:
    """Why it is not followed, in clear; "" where nobody departed. Raises KeyGone when the case was shredded."""
    return unsealed(opinion.case, opinion.departure, what=f"departure:{opinion.uuid}")


def _latest(case: Case, claim: Claim | None) -> Opinion | None:
    return case.opinions.filter(claim=claim).order_by("-id").first()


def _stands(case: Case, row: Opinion) -> bool:
    last = _latest(case, row.claim)
    return row.advice == Advice.OBJECTS.value and row.departed_at is None and last == row


def _claim(case: Case, claim: uuid.UUID | None) -> Claim | None:
    if claim is None:
        return None
    found: Claim | None = Claim.objects.filter(case=case, uuid=claim).first()
    if found is None:
        raise CannotDo(_("This right is not part of the case: choose one of its rights."))
    return found
