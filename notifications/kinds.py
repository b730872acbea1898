"""Names of the post office: letters, audiences and the life of a mail. Standard library only."""

from enum import StrEnum


class NotificationState(StrEnum):
    """The life of a mail (design §4.9)."""

    DRAFTED = "drafted"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    WRITTEN = "written"
    POSTED = "posted"  # on paper, or handed over: somebody recorded the day and the proof
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    UNDELIVERABLE = "undeliverable"
    CANCELLED = "cancelled"


class Audience(StrEnum):
    PERSON = "person"
    STAFF = "staff"
    CONTACT = "contact"  # one that was on file before: not told what the person is told
    RECIPIENT = "recipient"  # who has or had the person's data for us: a processor, a colleague
    COMPANY = "company"  # another one, neither the person nor one of us


class Channel(StrEnum):
    """How a member of staff wants to hear of what is theirs; the desk shows it in any case."""

    MAIL = "mail"  # at once, or in the morning
    DIGEST = "digest"  # one mail a day
    DESK = "desk"  # no mail but the alarms


class Letter(StrEnum):
    """Codes of the letters (domain §6)."""

    M01 = "M01"
    M02 = "M02"
    M03 = "M03"
    M04 = "M04"
    M05 = "M05"
    M06 = "M06"
    M06F = "M06F"  # a fee instead of a refusal
    M07 = "M07"
    M08 = "M08"
    M09 = "M09"
    M10 = "M10"
    M11 = "M11"
    M12 = "M12"  # a restriction
    M12P = "M12P"  # portability
    M12O = "M12O"  # an objection that is not about marketing
    M12A = "M12A"  # a decision made by a machine
    M13 = "M13"
    M14 = "M14"
    M14C = "M14C"  # to the provider that gets the data
    M15 = "M15"
    M16 = "M16"
    M16O = "M16O"  # to another address than that of the case that goes on
    M17 = "M17"
    M18 = "M18"
    M18C = "M18C"
    M19 = "M19"
    M12B = "M12b"
    M20 = "M20"
    M21 = "M21"
    M22 = "M22"
    M23 = "M23"
    M24 = "M24"
    M25 = "M25"
    M26 = "M26"
    M27 = "M27"
    M27D = "M27D"  # a code to download the data
    M28 = "M28"
    A00 = "A00"  # of no case: the test mail somebody asked for
    M29 = "M29"
    M29D = "M29D"  # the data were downloaded, or may be for longer
    M30 = "M30"
    A01 = "A01"
    A02 = "A02"
    A03 = "A03"
    A04 = "A04"
    A05 = "A05"
    A06 = "A06"
    A06D = "A06D"  # of no case: what one day brought, for who wants one mail a day
    A07 = "A07"
    A07B = "A07B"  # of no case: a mailbox cannot be read, counted or cleared
    A07C = "A07C"  # of no case: no letter can leave
    A08 = "A08"
    A09 = "A09"
    A10 = "A10"
    A11 = "A11"
    A12 = "A12"  # a recipient of the data has not confirmed (Art. 19)
    A13 = "A13"  # nobody downloaded the data of an answer


# About the house, not about a case.
OF_THE_HOUSE = (Letter.A00, Letter.A06, Letter.A06D, Letter.A07B, Letter.A07C)


class Why(StrEnum):
    """Why a letter has not left, came back, or what was heard of it since. Words for a reader: the desk's."""

    # it waits
    PACED = "paced"
    UNREACHABLE = "unreachable"
    NOT_SECURE = "not_secure"
    SIGN_IN = "sign_in"
    SENDER_REFUSED = "sender_refused"
    BUSY = "busy"
    GREYLISTED = "greylisted"
    STORE_FULL = "store_full"
    SILENT = "silent"
    FOLDER = "folder"
    NOT_MADE = "not_made"
    # it never arrives
    NEVER_MADE = "never_made"
    NOT_AN_ADDRESS = "not_an_address"
    NO_MAILBOX = "no_mailbox"
    MAILBOX_FULL = "mailbox_full"
    REJECTED = "rejected"
    TOO_LARGE = "too_large"
    ADDRESS_UNSUPPORTED = "address_unsupported"
    REFUSED = "refused"
    # what reports told, and what people did
    DELAYED = "delayed"
    DELIVERED = "delivered"
    BY_HAND = "by_hand"
    OVERTAKEN = "overtaken"
