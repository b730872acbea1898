"""Whose turn it is: what one right waits for until another is answered, in this case or another of the person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow import guards
from workflow.models import Claim


def order_blockers(claim: Claim) -> list[str | Promise]:
    """Erasure comes last: what is gone can no longer be handed over, nor kept (T17, domain §3.1)."""
    found: list[str | Promise] = []
    if guards.copies_come_first(claim):
        found.append(_("Answer access and portability first: erased data can no longer be handed over."))
    if guards.freeze_comes_first(claim):
        found.append(_("Decide restriction and objection first: they say whether the data has to be kept."))
    other = guards.waits_elsewhere(claim)
    if other is not None:
        found.append(
            _(
                "Another open case of this person, %(reference)s, asks for a copy of the data or to keep them: "
                "answer that first."
            )
            % {"reference": other.reference}
        )
    if guards.is_unread_over(claim):
        found.append(_("Read the new message first."))
    if guards.data_are_frozen(claim):
        found.append(
            _("The data of this case are frozen: they are only kept until the person is warned and the freeze is over.")
        )
    if guards.restriction_stands(claim):
        found.append(
            _("A restriction was granted here, so the data are only kept: record that the person wants them erased.")
        )
    return found
