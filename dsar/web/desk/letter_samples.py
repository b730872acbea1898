"""What the names of a letter stand for in a preview: an invented case, nobody's data."""

from datetime import date

from notifications import rendering
from notifications.kinds import Letter
from notifications.letters import REGISTER, STATUS_LINK, Order, Wording, words
from workflow.models import Controller
from workflow.policy import AuthorityPolicy
from workflow.states import Language, Right

_DAYS = {
    "date": date(2027, 3, 2),
    "today": date(2027, 3, 25),
    "due": date(2027, 4, 1),
    "old_due": date(2027, 4, 1),
    "new_due": date(2027, 6, 2),
    "until": date(2027, 4, 14),
    "reply_by": date(2027, 3, 16),
    "send_by": date(2027, 3, 31),
    "asked": date(2027, 3, 3),
    "day": date(2027, 4, 20),
    "pay_by": date(2027, 3, 16),
    "since_day": date(2027, 3, 2),
    "returned": date(2027, 3, 4),
}
_PLAIN = {
    "ref": "DSR-2027-0042",
    "into": "DSR-2027-0040",
    "time": "14:05",
    "since_time": "14:05",
    "officer": "C. Peeters",
    "action": "erased",
    "identifier": "K-4711",
    "company": "Neu SRL",
    "company_address": "data@neu.example",
    "file_format": "JSON",
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
_NUMBERS = {"kept_years": 5, "days_left": 3, "days_late": 2, "waiting": 4, "hours_left": 48}


def rendered(
    letter: Letter, language: Language, wording: Wording, owner: Controller, mailbox: str
) -> rendering.Content:
    """The letter with invented values; the person's link is shown as our placeholder."""
    values = {name: _value(name, language) for name in REGISTER[letter].variables}
    values |= {"controller": owner.name, "mailbox": mailbox, "right_code": Right.ACCESS.value}
    values |= {"rights_line": words.rights([Right.ACCESS], language)}
    order = Order(letter, None, "ada@example.org", language, values, controller=owner)
    return rendering.compose(order, {language: wording})


def _value(name: str, language: Language) -> object:
    if name in _DAYS:
        return words.day(_DAYS[name], language)
    if name == "amount":
        return words.euros(2500, language)
    if name in _NUMBERS:
        return _NUMBERS[name]
    if name in {"right", "rights"}:
        return words.rights([Right.ACCESS], language)
    if name == "options":
        return words.IDENTITY_OPTIONS[language]
    if name == "authority":
        block = AuthorityPolicy()
        return f"{getattr(block, f'address_{language.value}')}, {getattr(block, f'web_{language.value}')}"
    if name == "status_link":
        return STATUS_LINK
    return _PLAIN.get(name, f"‹{name}›")
