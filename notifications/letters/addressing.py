"""Where the person of a case is written to, and whether two cases are written to at one address."""

import re

from django.conf import settings

from notifications.models import Thread
from workflow.models import Case, Mailbox
from workflow.states import Channel

# One plain mailbox (RFC 5321 dot-string): nothing that a mail program could read as two, or as another one.
# Letters of every script: a domain goes out in ASCII (IDNA), a name where the server can (SMTPUTF8).
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_DOMAIN = r"[^\W_](?:[\w.-]*[^\W_])?"
_ADDRESS = re.compile(rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_DOMAIN}")
# An encoded word (RFC 2047) is made of an atom's characters, and mail programs decode it where they should not: what
# comes out may be another address, or a line of its own in the head.
_ENCODED = "=?"


def is_address(text: str) -> bool:
    """Whether mail could go there, by its form."""
    return _ADDRESS.fullmatch(text) is not None and _ENCODED not in text


def address_of(case: Case) -> str:
    """Where the person is written to; empty when mail cannot or must not go there.

    Never to a mailbox of ours: two machines would thank each other for ever.
    """
    address = _known(case)
    if not is_address(address):
        return ""
    local, _at, domain = address.lower().rpartition("@")
    plain = f"{local.partition('+')[0]}@{domain}"
    ours = {settings.MAILBOX, *settings.MAILBOX_ALIASES}
    return "" if plain in ours or Mailbox.objects.filter(address=plain).exists() else address


def reached_on_paper(case: Case) -> bool:
    """No mail can go to the person, so every letter is made to be printed.

    Not before it is known who asks: of a mail that a colleague passed on the writer is still to be named.
    """
    address = _known(case)
    came_in_person = case.channel in {Channel.POST.value, Channel.PHONE.value, Channel.COUNTER.value}
    return not is_address(address) and bool(address or came_in_person)


def _known(case: Case) -> str:
    thread = Thread.objects.filter(case=case).first()
    return (thread.address if thread else "") or case.person_email


def goes_on_in(case: Case) -> Case:
    """The case itself, or the last of those it was merged into."""
    seen = {case.pk}
    while case.merged_into is not None and case.merged_into.pk not in seen:
        case = case.merged_into
        seen.add(case.pk)
    return case


def is_told_of(case: Case, other: Case) -> bool:
    """Whether whoever is written to in ``case`` gets the letters of ``other``, too: the address is the same.

    That an officer took two addresses for one person's proves it to nobody but the officer, so nothing of one case
    reaches the address of the other (reliability-security.md A11, A13).
    """
    address = address_of(case)
    return case.pk == other.pk or (address != "" and _same(address, address_of(other)))


def _same(one: str, other: str) -> bool:
    """To the letter, but for capitals of ASCII: every other likeness may be two mailboxes."""
    return one == other or (one.isascii() and one.lower() == other.lower())
