"""The organisation's choices, typed: stored as versioned rows, never read from the environment.

A case keeps the version it was opened under; a changed policy touches later cases only. Two groups
are about today and not about a case: retention and self-review, with the day to send by that leaves room for its wait,
follow the newest version (ADR 23).
"""

import dataclasses
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args, get_type_hints

from workflow.states import REQUIRED_LEVEL, IdentityLevel, Right


def _whole(default: int, least: int, most: int) -> Any:
    return field(default=default, metadata={"least": least, "most": most})


def _text(default: str, longest: int = 200, *, least: int = 1) -> Any:
    return field(default=default, metadata={"longest": longest, "least": least})


def _level(right: Right, *, least: IdentityLevel = IdentityLevel.L0) -> Any:
    return field(default=REQUIRED_LEVEL[right], metadata={"least": least})


@dataclass(frozen=True, slots=True)
class ClockPolicy:
    """How due dates are computed (domain §2.2). The defaults are the lawful ones."""

    rule: Literal["earliest", "month"] = "earliest"
    roll: Literal["none", "next_working"] = "none"
    mode: Literal["pause", "none", "restart"] = "pause"
    anchor: Literal["receipt", "chained"] = "receipt"
    max_ask_delay: int = _whole(3, 0, 10)
    closed_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelsPolicy:
    """The identity level each right needs (domain §1.6). Data is never disclosed or erased without one."""

    access: IdentityLevel = _level(Right.ACCESS, least=IdentityLevel.L1)
    rectification: IdentityLevel = _level(Right.RECTIFICATION, least=IdentityLevel.L1)
    erasure: IdentityLevel = _level(Right.ERASURE, least=IdentityLevel.L1)
    restriction: IdentityLevel = _level(Right.RESTRICTION)
    portability: IdentityLevel = _level(Right.PORTABILITY, least=IdentityLevel.L1)
    objection_dm: IdentityLevel = _level(Right.OBJECTION_DM)
    objection_general: IdentityLevel = _level(Right.OBJECTION_GENERAL)
    consent_withdrawal: IdentityLevel = _level(Right.CONSENT_WITHDRAWAL)
    automated_decision: IdentityLevel = _level(Right.AUTOMATED_DECISION)
    information: IdentityLevel = _level(Right.INFORMATION)
    complaint: IdentityLevel = _level(Right.COMPLAINT)

    def of(self, right: Right) -> IdentityLevel:
        level: IdentityLevel = getattr(self, right.value)
        return level


@dataclass(frozen=True, slots=True)
class FourEyesPolicy:
    """Which decisions another person than the author has to approve (domain §3, T16)."""

    refusal: bool = True
    partial: bool = True
    fee: bool = True
    disclosure: bool = True
    erasure: bool = True
    extension: bool = True
    other: bool = True  # every other decision outside the fast lane


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """How long the request files themselves are kept (domain §5)."""

    id_days: int = _whole(30, 0, 30)
    link_days: int = _whole(14, 1, 30)
    export_days: int = _whole(30, 1, 90)
    narrow_months: int = _whole(12, 1, 60)  # after so long only data protection officer and auditor see a closed case
    case_years: int = _whole(5, 1, 10)
    hold_years: int = _whole(1, 1, 10)  # after the end of a complaint or a court case
    oos_months: int = _whole(6, 1, 24)


@dataclass(frozen=True, slots=True)
class AuthorityPolicy:
    """The supervisory authority named in the 12(4) block of letters (domain §1.4)."""

    name_fr: str = _text("Autorité de protection des données")
    name_nl: str = _text("Gegevensbeschermingsautoriteit")
    name_de: str = _text("Belgische Datenschutzbehörde")
    name_en: str = _text("Belgian Data Protection Authority")
    address_fr: str = _text("rue de la Presse 35, 1000 Bruxelles")
    address_nl: str = _text("Drukpersstraat 35, 1000 Brussel")
    address_de: str = _text("Rue de la Presse 35, 1000 Brüssel")
    address_en: str = _text("rue de la Presse 35, 1000 Brussels")
    mail: str = _text("contact@apd-gba.be")
    phone: str = _text("+32 2 274 48 00")
    web_fr: str = _text("www.autoriteprotectiondonnees.be")
    web_nl: str = _text("www.gegevensbeschermingsautoriteit.be")
    web_de: str = _text("www.dataprotectionauthority.be")
    web_en: str = _text("www.dataprotectionauthority.be")


@dataclass(frozen=True, slots=True)
class Policy:
    """Every organisational choice of an installation."""

    clock: ClockPolicy = ClockPolicy()
    formalities: Literal["advisory", "strict"] = "advisory"
    rectification_proof: Literal["when_doubt", "always"] = "when_doubt"
    processor_d0: Literal["ours", "theirs"] = "ours"
    extension_enabled: bool = True
    sender_address: str = _text("", least=0)  # on letters that go by post, for those that come back
    ack_minutes: int = _whole(15, 1, 60)
    ack_per_sender_per_hour: int = _whole(10, 1, 1000)
    ack_per_domain_per_hour: int = _whole(600, 1, 10_000)
    ack_per_hour: int = _whole(2000, 1, 100_000)
    triage_days: int = _whole(1, 1, 3)
    fast_lane_days: int = _whole(1, 1, 5)
    restriction_days: int = _whole(1, 1, 5)
    identity_silence_days: int = _whole(30, 20, 60)
    scope_silence_days: int = _whole(14, 7, 30)
    complaint_days: int = _whole(30, 7, 60)
    quiet_days: int = _whole(30, 7, 120)
    closing_letter: bool = False
    notice_chase_days: tuple[int, ...] = (7, 14)
    reminder_days: tuple[int, ...] = (1, 3, 7, 14)
    manager_days: int = _whole(3, 1, 14)
    staff_mail_from: int = _whole(7, 0, 12)  # hours of a Brussels clock; at night mail to staff waits
    staff_mail_until: int = _whole(20, 13, 24)
    solo_review: bool = False
    levels: LevelsPolicy = LevelsPolicy()
    four_eyes: FourEyesPolicy = FourEyesPolicy()
    retention: RetentionPolicy = RetentionPolicy()
    authority: AuthorityPolicy = AuthorityPolicy()

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values, dates ISO: what a PolicyVersion row stores."""
        plain: dict[str, Any] = _plain(dataclasses.asdict(self))
        return plain

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Policy":
        """The inverse of :meth:`as_dict`; what an older version did not know has its default.

        Raises TypeError on an unknown setting, ValueError on a value that is none.
        """
        found: Policy = _typed(cls, values)
        return found


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice as a page shows it; ``path`` is its name, "retention.case_years".

    ``kind``: choice, flag, whole, wholes, dates or text; ``options`` are the codes of a choice.
    """

    path: str
    kind: str
    value: Any
    options: tuple[str, ...] = ()
    least: int = 0
    most: int = 0

    @property
    def group(self) -> str:
        return self.path.partition(".")[0] if "." in self.path else ""

    @property
    def told(self) -> str | int | bool:
        """The value in one plain spelling, as events and forms write it."""
        if isinstance(self.value, tuple):
            return ",".join(one.isoformat() if isinstance(one, date) else str(one) for one in self.value)
        if isinstance(self.value, bool | int):
            return self.value
        return str(self.value)


def settings_of(policy: Policy) -> tuple[Setting, ...]:
    """Every choice of the policy, in the order of the dataclasses."""
    return tuple(_settings(policy, ""))


def changed(before: Policy, after: Policy) -> tuple[tuple[Setting, Setting], ...]:
    """The choices that differ: each as it was and as it is."""
    return tuple(
        (old, new) for old, new in zip(settings_of(before), settings_of(after), strict=True) if old.value != new.value
    )


def with_value(policy: Policy, path: str, text: str) -> Policy:
    """The policy with one choice set to what a form says. Raises ValueError with the path when it is none."""
    setting = {one.path: one for one in settings_of(policy)}[path]
    try:
        value = _read(setting, text.strip())
    except ValueError:
        raise ValueError(path) from None
    group, _dot, name = path.rpartition(".")
    if not group:
        return dataclasses.replace(policy, **{name: value})
    inner = dataclasses.replace(getattr(policy, group), **{name: value})
    return dataclasses.replace(policy, **{group: inner})


def _settings(values: Any, prefix: str) -> list[Setting]:
    found: list[Setting] = []
    hints = get_type_hints(type(values))
    for one in dataclasses.fields(values):
        value, path = getattr(values, one.name), f"{prefix}{one.name}"
        if dataclasses.is_dataclass(value):
            found += _settings(value, f"{path}.")
        else:
            found.append(_setting(path, value, hints[one.name], one.metadata))
    return found


def _setting(path: str, value: Any, hint: Any, more: Any) -> Setting:
    if hint is bool:
        return Setting(path, "flag", value)
    if hint is int:
        return Setting(path, "whole", value, least=more["least"], most=more["most"])
    if hint is IdentityLevel:
        return Setting(path, "choice", value, tuple(one.value for one in IdentityLevel if one >= more["least"]))
    if hint is str:
        return Setting(path, "text", value, least=more["least"], most=more["longest"])
    if hint == tuple[date, ...]:
        return Setting(path, "dates", value)
    if hint == tuple[int, ...]:
        return Setting(path, "wholes", value, least=1, most=60)
    return Setting(path, "choice", value, get_args(hint))


def _read(setting: Setting, text: str) -> Any:
    match setting.kind:
        case "flag":
            return text in {"on", "true", "True", "1"}
        case "whole":
            return _within(int(text), setting)
        case "wholes":
            return tuple(sorted({_within(int(one), setting) for one in _pieces(text)}))
        case "dates":
            return tuple(sorted({date.fromisoformat(one) for one in _pieces(text)}))
        case "text":
            return _line(text, setting)
    if text not in setting.options:
        raise ValueError(text)
    return type(setting.value)(text)


def _pieces(text: str) -> list[str]:
    return [one.strip() for one in text.replace(";", ",").replace("\n", ",").split(",") if one.strip()]


def _within(value: int, setting: Setting) -> int:
    if not setting.least <= value <= setting.most:
        raise ValueError(value)
    return value


def _line(text: str, setting: Setting) -> str:
    if not setting.least <= len(text) <= setting.most or "\n" in text:
        raise ValueError(text)
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def _typed(kind: Any, values: dict[str, Any]) -> Any:
    hints = get_type_hints(kind)
    found: dict[str, Any] = {}
    for name, value in values.items():
        hint = hints.get(name)
        if dataclasses.is_dataclass(hint):
            found[name] = _typed(hint, value)
        elif hint == tuple[date, ...]:
            found[name] = tuple(date.fromisoformat(one) for one in value)
        elif hint == tuple[int, ...]:
            found[name] = tuple(value)
        elif hint is IdentityLevel:
            found[name] = IdentityLevel(value)
        else:
            found[name] = value
    return kind(**found)
