"""The first start, the staff and the policy: each change an event of the stream "install"."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

import rfc8785
from django.db import transaction
from django.utils import timezone

from workflow import events
from workflow.actors import INSTALLER, Actor
from workflow.guards import require
from workflow.models import Controller, Mailbox, PolicyVersion, Staff, StaffRole
from workflow.policy import Policy
from workflow.states import EventKind, Language, Role

STREAM = "install"


@dataclass(frozen=True, slots=True)
class FirstAccount:
    """Shown once on the first start and never stored in clear."""

    username: str
    password: str
    role: Role


FIRST_STAFF = (
    ("officer", Role.OFFICER),
    ("reviewer", Role.REVIEWER),
    ("manager", Role.MANAGER),
    ("auditor", Role.AUDITOR),
    ("administrator", Role.ADMIN),
)


def install(*, name: str, mailbox: str, aliases: list[str]) -> list[FirstAccount]:
    """Make the installation ready; safe to run at every start.

    Creates the controller, its mailboxes, policy version 1 and, when there is no staff yet,
    one account for each role with a random password. Returns those accounts, or nothing.
    """
    domain = mailbox.partition("@")[2]
    accounts: list[FirstAccount] = []
    with transaction.atomic():
        controller, created = Controller.objects.get_or_create(code="main", defaults={"name": name})
        if controller.name != name:
            controller.name = name
            controller.save(update_fields=["name"])
        for address in [mailbox, *aliases]:
            Mailbox.objects.get_or_create(address=address.lower(), defaults={"controller": controller})
        if created:
            events.record(STREAM, EventKind.INSTALLATION_CREATED, by=INSTALLER, at=timezone.now())
        if not PolicyVersion.objects.filter(controller=controller).exists():
            set_policy(Policy(), controller=controller, by=INSTALLER)
        if not Staff.objects.exists():
            for username, role in FIRST_STAFF:
                password = secrets.token_urlsafe(15)
                create_staff(
                    username=username,
                    name=username.capitalize(),
                    email=f"{username}@{domain}",
                    password=password,
                    roles=[role],
                    by=INSTALLER,
                )
                accounts.append(FirstAccount(username, password, role))
    return accounts


def create_staff(
    *,
    username: str,
    name: str,
    email: str,
    password: str,
    roles: list[Role],
    language: Language = Language.FR,
    by: Actor,
) -> Staff:
    """A new member of staff with a code of their own for the history."""
    require(by, Role.ADMIN)
    with transaction.atomic():
        last = Staff.objects.select_for_update().order_by("-id").values_list("id", flat=True).first() or 0
        staff = Staff(
            username=username, name=name, email=email.lower(), code=f"S-{last + 1:04d}", language=language.value
        )
        staff.set_password(password)
        staff.save()
        StaffRole.objects.bulk_create([StaffRole(staff=staff, role=role.value) for role in roles])
        events.record(
            STREAM,
            EventKind.STAFF_CREATED,
            by=by,
            at=timezone.now(),
            data={"staff": staff.code, "roles": "+".join(sorted(role.value for role in roles))},
        )
    return staff


def set_policy(policy: Policy, *, controller: Controller, by: Actor) -> PolicyVersion:
    """A new version; it counts for cases opened from now on, never for older ones.

    The event names every switch and the digest of the whole, so that a changed clock or a
    changed four-eyes rule leaves its evidence.
    """
    require(by, Role.MANAGER)
    values = policy.as_dict()
    digest = hashlib.sha256(rfc8785.dumps(values)).hexdigest()
    with transaction.atomic():
        now = timezone.now()
        earlier = PolicyVersion.objects.select_for_update().filter(controller=controller)
        last = earlier.order_by("-number").first()
        version = PolicyVersion.objects.create(
            controller=controller,
            number=last.number + 1 if last else 1,
            values=values,
            sha256=digest,
            created_at=now,
            created_by=by.code,
        )
        clock = values.pop("clock")
        closed_days = ",".join(clock.pop("closed_days"))
        switches = {**values, **clock, "closed_days": closed_days}
        events.record(
            STREAM,
            EventKind.POLICY_CHANGED,
            by=by,
            at=now,
            data={"controller": controller.code, "version": version.number, "sha256": digest, **switches},
        )
    return version


def begin_mailbox(mailbox_id: int, *, at: datetime, by: Actor) -> None:
    """From when on mail of a fetched mailbox is taken for new; ``at`` has a zone.

    What was received earlier waits for an officer. Counts for mail that is not yet taken in.
    """
    require(by, Role.ADMIN)
    with transaction.atomic():
        mailbox = Mailbox.objects.select_for_update().get(pk=mailbox_id)
        if mailbox.begins_at == at:
            return
        mailbox.begins_at = at
        mailbox.save(update_fields=["begins_at"])
        events.record(
            STREAM,
            EventKind.MAILBOX_BEGINS,
            by=by,
            at=timezone.now(),
            data={"mailbox": mailbox.pk, "begins_at": at},
        )
