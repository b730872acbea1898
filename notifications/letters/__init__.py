"""From an event to letters: the register, the orders and the words they need."""

from collections.abc import Mapping

from notifications.letters import sending
from notifications.letters.addressing import address_of, goes_on_in, is_told_of, reached_on_paper
from notifications.letters.mailboxes import orders_of_mailbox
from notifications.letters.orders import (
    Order,
    acknowledgement,
    answer_as_it_stands,
    drafted_order,
    languages_of,
    may_acknowledge,
    orders_of,
    overtaken,
)
from notifications.letters.register import ANSWERS, CODE, REGISTER, STATUS_LINK, Entry, answer_for
from notifications.letters.sending import is_held, is_over
from notifications.letters.wording import Wording, in_force, standard_wording
from notifications.letters.words import newest_policy
from workflow.models import Event
from workflow.states import Language


def orders_of_installation(event: Event) -> list[Order]:
    """The letters an event of no case orders; often none."""
    return [*orders_of_mailbox(event), *sending.orders_of_sending(event)]


def wordings_of(order: Order) -> dict[Language, Wording]:
    """The text in force of its letter, in each language."""
    owner = order.case.controller if order.case else order.controller
    return {language: in_force(order.letter, language, owner) for language in Language}


def texts_of(order: Order, wordings: Mapping[Language, Wording]) -> dict[str, object]:
    """Which text a letter was made from, as its row keeps it; of one in two languages both."""
    first, *others = (wordings[language] for language in order.languages)
    kept: dict[str, object] = {"text_number": first.number, "text_sha256": first.sha256}
    if others:
        kept |= {"second_text_number": others[0].number, "second_text_sha256": others[0].sha256}
    return kept


__all__ = [
    "ANSWERS",
    "CODE",
    "REGISTER",
    "STATUS_LINK",
    "Entry",
    "Order",
    "Wording",
    "acknowledgement",
    "address_of",
    "answer_as_it_stands",
    "answer_for",
    "drafted_order",
    "goes_on_in",
    "in_force",
    "is_held",
    "is_over",
    "is_told_of",
    "languages_of",
    "may_acknowledge",
    "newest_policy",
    "orders_of",
    "orders_of_installation",
    "overtaken",
    "reached_on_paper",
    "standard_wording",
    "texts_of",
    "wordings_of",
]
