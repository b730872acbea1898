"""From an event to letters: the register, the orders and the words they need."""

from notifications.letters.mailboxes import orders_of_installation
from notifications.letters.orders import Order, acknowledgement, address_of, may_acknowledge, orders_of, overtaken
from notifications.letters.register import ANSWERS, CODE, REGISTER, STATUS_LINK, Entry, answer_for

__all__ = [
    "ANSWERS",
    "CODE",
    "REGISTER",
    "STATUS_LINK",
    "Entry",
    "Order",
    "acknowledgement",
    "address_of",
    "answer_for",
    "may_acknowledge",
    "orders_of",
    "orders_of_installation",
    "overtaken",
]
