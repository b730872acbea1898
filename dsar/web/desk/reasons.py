"""Why a letter waits or came back, in words; and how many could not leave, for the banner of every page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Why
from notifications.models import Notification

WORDS: dict[Why, str | Promise] = {
    Why.PACED: _("Many letters left just now, so this one waits its turn. It leaves by itself."),
    Why.UNREACHABLE: _("The mail server does not answer. The letter is tried again by itself."),
    Why.NOT_SECURE: _(
        "The connection to the mail server is not secure: its certificate does not hold, or it offers no encryption. "
        "Nothing was sent. Correct the server, or tls= and cafile= in OUTGOING_URL."
    ),
    Why.SIGN_IN: _("The mail server refuses the sign-in: renew the user or the password in OUTGOING_URL."),
    Why.SENDER_REFUSED: _(
        "The mail server does not accept letters from our address: allow it there to send for the mailbox."
    ),
    Why.BUSY: _("The mail server asks to come back later. The letter is tried again by itself."),
    Why.GREYLISTED: _(
        "The other side lets nobody in at the first try. The letter is tried again by itself, usually within minutes."
    ),
    Why.STORE_FULL: _("A disk is full, of the mail server or of this machine: make room. The letter is kept."),
    Why.SILENT: _(
        "The mail server fell silent while it took the letter. The same letter goes again; the person may get it twice."
    ),
    Why.FOLDER: _("The folder for letters cannot be written: look at its rights and at the disk."),
    Why.NOT_MADE: _("The letter cannot be put together: ask whoever looks after this system to look at its log."),
    Why.NEVER_MADE: _("No mail can be made of this letter. Print it, or reach the person another way."),
    Why.NOT_AN_ADDRESS: _("This is no address that mail can go to. Reach the person by post or telephone."),
    Why.NO_MAILBOX: _("The other side knows no such mailbox. Check the address, or reach the person another way."),
    Why.MAILBOX_FULL: _("The person’s mailbox is full. Try again in a few days, or reach them another way."),
    Why.REJECTED: _(
        "The other side rejects our mail as unwanted. Reach the person another way; tell an administrator."
    ),
    Why.TOO_LARGE: _("The other side finds the letter too large."),
    Why.ADDRESS_UNSUPPORTED: _(
        "Our mail server cannot write to an address with such letters. Reach the person another way."
    ),
    Why.REFUSED: _("The other side refuses the letter for good. Reach the person another way."),
    Why.DELAYED: _("It left, but the person’s mail server has not taken it yet; ours keeps trying."),
    Why.DELIVERED: _("The person’s mail server confirms that it arrived."),
    Why.BY_HAND: _("Somebody took it back; the history says who and why."),
    Why.OVERTAKEN: _("What it says was no longer true, so it did not leave."),
}


def of(code: str) -> str:
    """The sentence for a stored reason; "" for none."""
    return str(WORDS[Why(code)]) if code else ""


def of_letter(letter: Notification) -> str:
    """Why this letter is where it is, where there is something to say."""
    return of(letter.why)
