"""The places of the rooms below that never hold an identity document, each with the reason."""

from dsar.identity import erasers
from dsar.intake import documents, originals

__all__ = ["documents", "originals"]  # loading it registers what intake destroys

erasers.register(
    "dsar.AttachedFile",
    "dsar.ExportBundle",
    why="data that was exported from the sources; what came with a mail is never among them",
)
erasers.register(
    "notifications.Notification",
    "notifications.Thread",
    "outbox/",
    why="letters of ours: they quote no mail and carry no attachment",
)
erasers.register(
    "workflow.Breach",
    "workflow.Case",
    "workflow.Claim",
    "workflow.Event",
    "workflow.EventPayload",
    "workflow.IdentityCheck",
    "workflow.SourceRequest",
    "workflow.Opinion",
    "workflow.Reexamination",
    why="what staff wrote and what happened; a note of a check says what was compared, never what stood there",
)
erasers.register(
    "workflow.HolderKey",
    "workflow.DataKey",
    why="keys only; that of a destroyed file is deleted, and the log of the key store started anew",
)
erasers.register(
    "workflow.PolicyVersion",
    "workflow.Staff",
    "notifications.LetterText",
    "sessions.Session",
    "mfa.Authenticator",
    why="about staff and settings",
)
erasers.register("dsar.MailAccount", "dsar.Destruction", why="where mail is fetched, and orders to destroy: no content")
erasers.register("broker/", why="tasks carry numbers of rows")
erasers.register("static/", "media/", why="our own files; nothing of a person is written there")
