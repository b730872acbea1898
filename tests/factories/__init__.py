"""Ready objects for tests: an installation, its people and cases at each milestone.

Everything is made through the services, so that a test never starts from a state the
product could not reach.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from workflow import events, services
from workflow.actors import INSTALLER, INTAKE, POST_OFFICE, Actor
from workflow.checklists import carried_out, checklist
from workflow.models import Case, Claim, Controller, Event, PolicyVersion, Staff
from workflow.states import EventKind, ExecutionProof, IdentityLevel, IdentityMethod, Means, Outcome, Right, Role

# What a decision that grants says, to its reader and to the person.
SAID = {"facts": "Effacé du fichier clients."}


def installation() -> Controller:
    """Controller, mailbox, policy and the five first accounts; the same one when called again."""
    services.install(name="Assistool SRL", mailbox="vieprivee@assistool.com", aliases=["mailvieprivee@assistool.com"])
    return Controller.objects.get(code="main")


def with_levels(**levels: IdentityLevel) -> None:
    """From now on cases need these identity levels."""
    controller = installation()
    policy = PolicyVersion.objects.filter(controller=controller).latest("number").policy
    changed = replace(policy, levels=replace(policy.levels, **levels))
    services.set_policy(changed, controller=controller, reason="For a test.", by=actor("manager"))


def staff(username: str) -> Staff:
    """One of the first accounts: officer, reviewer, manager, auditor, administrator."""
    installation()
    return Staff.objects.get(username=username)


def colleague(username: str, *roles: Role) -> Staff:
    """An account beside the first ones; the same one when called again."""
    installation()
    known = Staff.objects.filter(username=username).first()
    return known or services.create_staff(
        username=username,
        name=username.capitalize(),
        email=f"{username}@assistool.com",
        password="long enough to be one",
        roles=list(roles),
        by=INSTALLER,
    )


def actor(username: str) -> Actor:
    return staff(username).actor()


def received(rights: tuple[Right, ...] = (Right.ACCESS,), **values: Any) -> Case:
    """A case as intake opens it."""
    values = {
        "received_at": timezone.now() - timedelta(hours=2),
        "person_email": "ada@example.org",
        "person_name": "Ada Lovelace",
        "subject": "Mes données",
        **values,
    }
    return services.open_case(controller=installation(), proposed=rights, by=INTAKE, **values)


def confirmed(rights: tuple[Right, ...] = (Right.ACCESS,), **values: Any) -> Case:
    case = received(rights, **values)
    services.confirm_claims(case.pk, rights=rights, by=actor("officer"))
    return again(case)


def verified(rights: tuple[Right, ...] = (Right.ACCESS,), **values: Any) -> Case:
    case = confirmed(rights, **values)
    if case.identity_needed:
        services.verify_identity(
            case.pk,
            method=IdentityMethod.LINK_KNOWN_CONTACT,
            note="A code to the account of 2024.",
            by=actor("officer"),
        )
    return again(case)


def in_progress(rights: tuple[Right, ...] = (Right.ACCESS,), **values: Any) -> Case:
    case = verified(rights, **values)
    services.take(case.pk, by=actor("officer"))
    return again(case)


def answered(right: Right = Right.ACCESS, **values: Any) -> Case:
    """One right, searched for in vain, and the person told so by post."""
    case = in_progress((right,), **values)
    services.record_nothing_held(case.pk, source="by_hand", how="by name and address", by=actor("officer"))
    row = claim(case, right)
    services.draft(row.pk, outcome=Outcome.NOTHING_HELD, by=actor("officer"))
    submit(row.pk, by=actor("officer"))
    services.approve(row.pk, version=1, by=actor("reviewer"))
    services.answer(row.pk, at=timezone.now(), means=Means.POSTED, evidence="RE 1", by=actor("officer"))
    return again(case)


def submit(claim_id: int, *, by: Actor, **more: Any) -> None:
    """As an officer does who confirms every line of the checklist."""
    row = Claim.objects.get(pk=claim_id)
    lines = checklist(Right(row.right), Outcome(row.outcome), row.ground) if row.outcome else ()
    services.submit(claim_id, checked=lines, by=by, **more)


def carry_out(claim_id: int, *, by: Actor | None = None, **more: Any) -> bool:
    """As an officer does who has done what was approved and looked again where the data were."""
    words = {"where": "CRM", "seen": "Searched again: nothing is found."}
    lines = carried_out(Right(Claim.objects.get(pk=claim_id).right))
    values = {"at": timezone.now(), "proof": ExecutionProof.LOOKED_UP, "checked": lines, **words, **more}
    return services.record_execution(claim_id, by=by or actor("officer"), **values)


def reminders_leave(case: Case) -> None:
    """Every reminder whose day came is taken by the person's mail server now."""
    rung = Event.objects.filter(stream=case.stream, kind=EventKind.MILESTONE_REACHED.value).order_by("seq")
    for event in rung:
        if events.fields(event)["data"]["milestone"].startswith("M21"):
            services.reminder_left(event.pk, at=timezone.now(), by=POST_OFFICE)


def again(case: Case) -> Case:
    """The case as the database has it now."""
    return Case.objects.get(pk=case.pk)


def claim(case: Case, right: Right = Right.ACCESS) -> Claim:
    return case.claims.get(right=right.value)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]
