from dsar.exports.models import ExportBundle
from dsar.intake.mailbox.models import MailAccount, MailAlarm, MailFolder, ServerCopy
from dsar.intake.models import (
    InboundMessage,
    Inspection,
    MessagePart,
    OutsideMail,
    PartScan,
    PassedOn,
    Recognition,
    SenderFinding,
    SeveralPeople,
    Share,
    Suggestion,
)
from dsar.lists.models import SuppressedAddress
from dsar.sources.models import AttachedFile
from dsar.vault.models import Blob, Destruction

__all__ = [
    "AttachedFile",
    "Blob",
    "Destruction",
    "ExportBundle",
    "InboundMessage",
    "Inspection",
    "MailAccount",
    "MailAlarm",
    "MailFolder",
    "MessagePart",
    "OutsideMail",
    "PartScan",
    "PassedOn",
    "Recognition",
    "SenderFinding",
    "ServerCopy",
    "SeveralPeople",
    "Share",
    "Suggestion",
    "SuppressedAddress",
]
