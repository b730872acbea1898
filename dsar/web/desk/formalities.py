"""The admissibility sheet: the policy's formalities (clause 7.7) beside what the law demands.

For information: a formality of the policy alone never rejects a request (domain §1.5).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dsar.history import labels
from dsar.web import words
from dsar.web.desk.actions import live_claims
from workflow.deadlines import brussels_date
from workflow.models import Case, Requirement
from workflow.states import FORMALITIES, Evidence, RequirementCode, RequirementState, Right

# Seen by a person, not yet judged by one.
_PROPOSED = frozenset({Evidence.PROPOSED.value, Evidence.ATTACHED.value})


@dataclass(frozen=True, slots=True)
class Verdict:
    """``style`` is ok, wait or off; ``why`` follows the words."""

    style: str
    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """``open``: an officer may still say that it is met."""

    code: str
    condition: str
    policy: Verdict
    law: Verdict
    open: bool


def sheet(case: Case) -> list[Line]:
    """One line a condition; nothing here moves the case. ``case`` comes with its requirements."""
    rows = {row.code: row for row in case.requirements.all() if row.claim_id is None}
    rights = {Right(claim.right) for claim in live_claims(case)}
    return [
        Line(
            code=code.value,
            condition=str(labels.CONDITIONS[code]),
            policy=_by_policy(code, rows.get(code.value)),
            law=_by_law(code, rows.get(code.value), rights),
            open=_is_open(code, rows.get(code.value)),
        )
        for code in labels.CONDITIONS
        if code is not RequirementCode.MANDATE_SHOWN or code.value in rows
    ]


def _by_policy(code: RequirementCode, row: Requirement | None) -> Verdict:
    if code is RequirementCode.RIGHT_STATED or code in FORMALITIES:
        return _found(row)
    return Verdict("off", _("Not foreseen"))


def _by_law(code: RequirementCode, row: Requirement | None, rights: set[Right]) -> Verdict:
    if code not in FORMALITIES:
        return _found(row)
    if code is RequirementCode.REASONS_GIVEN and Right.OBJECTION_GENERAL in rights:
        return _found(row)  # Art. 21(1): grounds relating to the particular situation
    return Verdict("off", _("Not demanded"), _NOT_DEMANDED[code]())


_NOT_DEMANDED = {
    RequirementCode.SENT_TO_MAILBOX: lambda: _("any usual way is valid"),
    RequirementCode.DATED: lambda: "",
    RequirementCode.SIGNED: lambda: _("no form is prescribed, Art. 12"),
    RequirementCode.REASONS_GIVEN: lambda: _("only an objection needs them, Art. 21(1)"),
    RequirementCode.IDENTITY_COPY: lambda: _("only in case of reasonable doubt, Art. 12(6)"),
}


def _found(row: Requirement | None) -> Verdict:
    if row is None:
        return Verdict("off", _("Not checked"), _("never a reason to refuse"))
    evidence = str(labels.EVIDENCE[row.evidence])
    if row.state == RequirementState.WAIVED.value:
        return Verdict("off", _("Waived"), _("on %(day)s, see the history") % {"day": _day(row)})
    if row.evidence == Evidence.NOT_NEEDED.value:
        return Verdict("off", _("Not demanded"), evidence)
    if row.evidence in _PROPOSED and row.code != RequirementCode.IDENTITY_COPY.value:
        return Verdict("wait", _("To be confirmed"), evidence)
    if row.state == RequirementState.MET.value:
        return Verdict("ok", _("Met"), _("%(evidence)s, on %(day)s") % {"evidence": evidence, "day": _day(row)})
    if row.code == RequirementCode.IDENTITY_ESTABLISHED.value:
        return Verdict("wait", _("Still to be verified"))
    # What the policy alone misses is noted and calls for nothing.
    return Verdict("off" if row.code in FORMALITIES else "wait", _("Missing"), evidence)


def _is_open(code: RequirementCode, row: Requirement | None) -> bool:
    by_hand = code in FORMALITIES or code is RequirementCode.MANDATE_SHOWN
    return by_hand and (row is None or row.state == RequirementState.MISSING.value)


def _day(row: Requirement) -> str:
    return words.short(brussels_date(row.as_of))
