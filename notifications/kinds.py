"""Names of the post office: letters, audiences and the life of a mail. Standard library only."""

from enum import StrEnum


class NotificationState(StrEnum):
    """The life of a mail (design §4.9)."""

    DRAFTED = "drafted"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    WRITTEN = "written"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    UNDELIVERABLE = "undeliverable"
    CANCELLED = "cancelled"


class Audience(StrEnum):
    PERSON = "person"
    STAFF = "staff"
    CONTACT = "contact"  # one that was on file before: not told what the person is told
    COMPANY = "company"  # another one, neither the person nor one of us


class Letter(StrEnum):
    """Codes of the letters (domain §6)."""

    M01 = "M01"
    M02 = "M02"
    M03 = "M03"
    M05 = "M05"
    M06 = "M06"
    M07 = "M07"
    M08 = "M08"
    M09 = "M09"
    M10 = "M10"
    M11 = "M11"
    M12 = "M12"
    M15 = "M15"
    M16 = "M16"
    M17 = "M17"
    M18 = "M18"
    M18C = "M18C"
    M19 = "M19"
    M12B = "M12b"
    M20 = "M20"
    M21 = "M21"
    M22 = "M22"
    M24 = "M24"
    M25 = "M25"
    M27 = "M27"
    M28 = "M28"
    A01 = "A01"
    A02 = "A02"
    A03 = "A03"
    A07 = "A07"
    A07B = "A07B"  # of no case: a mailbox cannot be read, counted or cleared
    A08 = "A08"
    A09 = "A09"
    A10 = "A10"
    A11 = "A11"
