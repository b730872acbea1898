"""After a withdrawal of consent: does another basis allow us to keep the data, or do we erase it? (T18)"""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from workflow.actors import Actor
from workflow.guards import CannotDo, require, says_something
from workflow.models import Case
from workflow.permissions import Act
from workflow.services._moving import deciding, in_open_case, sealed, tell
from workflow.services.cases import add_right, finish
from workflow.states import AfterConsent, ClaimState, EventKind, Outcome, Right


def follow_consent(claim_id: int, *, answer: AfterConsent, basis: str = "", by: Actor) -> None:
    """The question every withdrawal of consent ends with; until it is answered the case does not end.

    OTHER_BASIS names the purpose and the basis that remain; ERASE adds the right to erasure to the case.
    """
    require(by, Act.WORK_ON_CASE)
    if answer is AfterConsent.OTHER_BASIS and not says_something(basis):
        raise CannotDo(_("Name the data, the purpose and the other legal basis that still allows to keep it."))
    with deciding(claim_id, by=by) as (case, claim, now):
        in_open_case(case)
        if claim.right != Right.CONSENT_WITHDRAWAL.value or claim.state == ClaimState.WITHDRAWN.value:
            raise CannotDo(
                _("Whether data may be kept on another basis is asked only once a withdrawal of consent is answered.")
            )
        if claim.follow_up:
            raise CannotDo(_("This question is answered already: the history says how."))
        if answer is AfterConsent.ERASE and _erasure_was_refused(case):
            raise CannotDo(
                _(
                    "Erasure was refused in this case, so nothing would be erased: reopen that decision first, or name "
                    "the data, the purpose and the other legal basis that remain."
                )
            )
        claim.follow_up = answer.value
        claim.follow_up_basis = sealed(case, basis, what=f"basis:{claim.uuid}")
        claim.save()
        tell(
            case,
            EventKind.CONSENT_FOLLOWED,
            by=by,
            at=now,
            claim=claim,
            data={"after_consent": answer.value},
            payload={"text": basis.strip()} if basis.strip() else None,
        )
        if answer is AfterConsent.ERASE:
            add_right(case, Right.ERASURE, by=by, at=now)
        last = case.claims.aggregate(last=Max("answered_at"))["last"]
        finish(case, by=by, at=now, answered_at=last)


def _erasure_was_refused(case: Case) -> bool:
    answered = case.claims.filter(right=Right.ERASURE.value, state=ClaimState.ANSWERED.value)
    return answered.filter(outcome=Outcome.REFUSED.value).exists()
