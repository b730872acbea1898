"""Where a choice of the policy departs from the law, from guidance or from our own promise (domain §1.5).

Codes only; the sentences stand on the settings page. A grave one is shown as a red legal warning
and is stored only together with a reason.
"""

from dataclasses import dataclass

from workflow.policy import Policy
from workflow.states import FAST_LANE, IdentityLevel, Right

_NO_PROOF = frozenset({*FAST_LANE, Right.INFORMATION, Right.COMPLAINT})
_DEFAULT = Policy()
_ERASED_AFTER = 30  # days a package that was handed over may stay


@dataclass(frozen=True, slots=True)
class Departure:
    """``path`` is the setting, ``code`` the sentence; not grave means: lawful, but say why you do it."""

    path: str
    code: str
    grave: bool = True


def departures(policy: Policy) -> tuple[Departure, ...]:
    """Every departure of this policy, in the order of the page."""
    clock, kept = policy.clock, policy.retention
    found = [
        (clock.rule == "month", Departure("clock.rule", "promise", grave=False)),
        (clock.roll == "next_working", Departure("clock.roll", "promise_rolls", grave=False)),
        (clock.mode == "restart", Departure("clock.mode", "restart")),
        (clock.anchor == "chained", Departure("clock.anchor", "chained")),
        (clock.max_ask_delay > _DEFAULT.clock.max_ask_delay, Departure("clock.max_ask_delay", "asked_late")),
        (policy.formalities == "strict", Departure("formalities", "strict")),
        (policy.rectification_proof == "always", Departure("rectification_proof", "proof_always")),
        (policy.fast_lane_days > _DEFAULT.fast_lane_days, Departure("fast_lane_days", "slow_lane", grave=False)),
        (policy.complaint_days > _DEFAULT.complaint_days, Departure("complaint_days", "slow_complaint", grave=False)),
        (policy.solo_review, Departure("solo_review", "solo", grave=False)),
        (kept.case_years > _DEFAULT.retention.case_years, Departure("retention.case_years", "kept_long")),
        (kept.oos_months > _DEFAULT.retention.oos_months, Departure("retention.oos_months", "kept_long")),
        (kept.export_days > _ERASED_AFTER, Departure("retention.export_days", "package_long")),
        (
            kept.link_days > kept.export_days,
            Departure("retention.link_days", "link_outlives_file", grave=False),
        ),
    ]
    return tuple([one for departs, one in found if departs] + _levels(policy) + _four_eyes(policy))


def new_grave(before: Policy, after: Policy) -> tuple[Departure, ...]:
    """The grave departures the change brings, or makes anew with another value."""
    return tuple(
        one
        for one in departures(after)
        if one.grave and (one not in departures(before) or _value(before, one.path) != _value(after, one.path))
    )


def _levels(policy: Policy) -> list[Departure]:
    found = []
    for right in Right:
        level, usual = policy.levels.of(right), _DEFAULT.levels.of(right)
        path = f"levels.{right.value}"
        if level > usual:
            code = "proof_for_free_right" if right in _NO_PROOF else "level_too_high"
            found.append(Departure(path, "document_always" if level is IdentityLevel.L4 else code))
        elif level < usual:
            found.append(Departure(path, "level_too_low"))
    return found


def _four_eyes(policy: Policy) -> list[Departure]:
    eyes = policy.four_eyes
    names = ("refusal", "partial", "fee", "disclosure", "erasure", "extension", "other")
    return [Departure(f"four_eyes.{name}", "one_pair", grave=False) for name in names if not getattr(eyes, name)]


def _value(policy: Policy, path: str) -> object:
    value: object = policy
    for name in path.split("."):
        value = getattr(value, name)
    return value
