from dsar.exports.models import ExportBundle
from dsar.intake.models import InboundMessage, MessagePart
from dsar.sources.models import AttachedFile
from dsar.vault.models import Blob

__all__ = ["AttachedFile", "Blob", "ExportBundle", "InboundMessage", "MessagePart"]
