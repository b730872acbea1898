from workflow.models.absence import Absence
from workflow.models.breach import Breach
from workflow.models.case import Case
from workflow.models.claim import Claim
from workflow.models.clock import Extension, Milestone, Pause
from workflow.models.collection import Collection
from workflow.models.contact import ContactCode, KnownContact, NewContact
from workflow.models.controller import Controller, Mailbox, ReferenceCounter
from workflow.models.event import Event, EventPayload, Pending, Stream
from workflow.models.execution import Execution
from workflow.models.fee import Fee
from workflow.models.identity import IdentityCheck
from workflow.models.key import DataKey, HolderKey
from workflow.models.lease import Leased
from workflow.models.notice import RecipientNotice
from workflow.models.opinion import Opinion
from workflow.models.policy_version import PolicyVersion
from workflow.models.reexamination import Reexamination
from workflow.models.release import Release, ReleaseCode
from workflow.models.requirement import Requirement
from workflow.models.sight import NamedStaff, OwnCase
from workflow.models.source_request import SourceRequest
from workflow.models.staff import Staff, StaffRole

__all__ = [
    "Absence",
    "Breach",
    "Case",
    "Claim",
    "Collection",
    "ContactCode",
    "Controller",
    "DataKey",
    "Event",
    "EventPayload",
    "Execution",
    "Extension",
    "Fee",
    "HolderKey",
    "IdentityCheck",
    "KnownContact",
    "Leased",
    "Mailbox",
    "Milestone",
    "NamedStaff",
    "NewContact",
    "Opinion",
    "OwnCase",
    "Pause",
    "Pending",
    "PolicyVersion",
    "RecipientNotice",
    "Reexamination",
    "ReferenceCounter",
    "Release",
    "ReleaseCode",
    "Requirement",
    "SourceRequest",
    "Staff",
    "StaffRole",
    "Stream",
]
