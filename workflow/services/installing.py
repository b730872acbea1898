"""The first start, the staff and the policy: each change an event of the stream "install"."""

import hashlib
import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import rfc8785
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow import events
from workflow.actors import INSTALLER, Actor
from workflow.departures import new_grave
from workflow.guards import CannotDo, require, says_something
from workflow.models import Controller, Mailbox, PolicyVersion, Staff, StaffRole, groups
from workflow.permissions import ALONE, Act
from workflow.policy import Policy, changed, settings_of
from workflow.services import clock
from workflow.states import EventKind, Language, Role

STREAM = "install"
# Holds the key of what the installation itself has to seal: reasons of settings, of accounts.
OFFICE = uuid.UUID("6f666669-6365-4000-8000-000000000001")


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
    require(by, Act.MANAGE_STAFF)
    check_roles(roles)
    with transaction.atomic():
        last = Staff.objects.select_for_update().order_by("-id").values_list("id", flat=True).first() or 0
        staff = Staff(
            username=username, name=name, email=email.lower(), code=f"S-{last + 1:04d}", language=language.value
        )
        staff.set_password(password)
        staff.save()
        StaffRole.objects.bulk_create([StaffRole(staff=staff, role=role.value) for role in roles])
        groups.join(staff)
        events.record(
            STREAM,
            EventKind.STAFF_CREATED,
            by=by,
            at=timezone.now(),
            data={"staff": staff.code, "roles": "+".join(sorted(role.value for role in roles))},
        )
    return staff


def check_roles(roles: Collection[Role]) -> None:
    """Raises CannotDo where these roles cannot be one person's: who watches takes no part (Art. 38(6))."""
    if not roles:
        raise CannotDo(_("Choose at least one role."))
    if len(set(roles)) > 1 and not ALONE.isdisjoint(roles):
        raise CannotDo(_("A data protection officer or an auditor holds no other role: they watch what others decide."))


def set_policy(
    policy: Policy, *, controller: Controller, reason: str = "", base: int | None = None, by: Actor
) -> PolicyVersion:
    """A new version; it counts for cases opened from now on, never for older ones.

    Two things are about the office of today: how long files are kept, and whether it is one person's. That one
    changes who may approve in open cases too, and the day to send by; no date of the law moves (ADR 22).

    ``base`` is the version that was on the screen; ``reason`` is needed where a choice newly departs
    from the law, and is sealed. The event names every switch, what changed and the digest of the
    whole, so that a changed clock or a changed four-eyes rule leaves its evidence.
    """
    require(by, Act.SET_POLICY)
    values = policy.as_dict()
    digest = hashlib.sha256(rfc8785.dumps(values)).hexdigest()
    with transaction.atomic():
        now = timezone.now()
        earlier = PolicyVersion.objects.select_for_update().filter(controller=controller)
        last = earlier.order_by("-number").first()
        before = last.policy if last else policy
        if base is not None and last is not None and base != last.number:
            raise CannotDo(_("Somebody else changed the settings after you opened the page. Look at them first."))
        if last is not None and policy == before:
            raise CannotDo(_("Nothing was changed."))
        if new_grave(before, policy) and not says_something(reason):
            raise CannotDo(_("This choice departs from the law: say why you make it all the same."))
        version = PolicyVersion.objects.create(
            controller=controller,
            number=last.number + 1 if last else 1,
            values=values,
            sha256=digest,
            created_at=now,
            created_by=by.code,
        )
        events.record(
            STREAM,
            EventKind.POLICY_CHANGED,
            by=by,
            at=now,
            data={
                "controller": controller.code,
                "version": version.number,
                "sha256": digest,
                "changed": ",".join(new.path for _old, new in changed(before, policy)),
                **_switches(policy),
            },
            payload={"text": reason.strip()} if reason.strip() else None,
            holder=OFFICE,
        )
        if policy.solo_review is not before.solo_review:
            clock.wind_all(controller)
    return version


def _switches(policy: Policy) -> dict[str, events.Value]:
    """Codes and numbers only: of a text the digest stands for it. The clock's own have no prefix since version 1."""
    return {one.path.removeprefix("clock."): one.told for one in settings_of(policy) if one.kind != "text"}


def begin_mailbox(mailbox_id: int, *, at: datetime, account: str = "", beside: bool = False, by: Actor) -> None:
    """From when on mail of a fetched mailbox is taken for new; ``at`` has a zone.

    What was received earlier waits for an officer. Counts for mail that is not yet taken in. ``account``: the number
    of the one it is said of; one that is fetched ``beside`` another has a start of its own, and the address keeps its.
    """
    require(by, Act.SET_MAILBOX)
    with transaction.atomic():
        mailbox = Mailbox.objects.select_for_update().get(pk=mailbox_id)
        if not account and mailbox.begins_at == at:
            return
        if not beside:
            mailbox.begins_at = at
            mailbox.save(update_fields=["begins_at"])
        events.record(
            STREAM,
            EventKind.MAILBOX_BEGINS,
            by=by,
            at=timezone.now(),
            data={"mailbox": mailbox.pk, "begins_at": at, **({"account": account} if account else {})},
        )


def record_letter_text(
    controller: Controller, *, letter: str, language: str, number: int, digest: str, standard: bool, by: Actor
) -> None:
    """The organisation changed what a letter says; ``digest`` is the SHA-256 of the template now in force."""
    require(by, Act.SET_POLICY)
    with transaction.atomic():
        events.record(
            STREAM,
            EventKind.LETTER_TEXT_CHANGED,
            by=by,
            at=timezone.now(),
            data={
                "controller": controller.code,
                "letter": letter,
                "language": language,
                "number": number,
                "sha256": digest,
                "standard": standard,
            },
        )
