"""Cases lived through the services, on a held clock, for the history to be printed from."""

from collections.abc import Callable
from datetime import datetime

from notifications.kinds import Audience, Letter, NotificationState
from notifications.models import Notification
from tests import factories
from workflow import services
from workflow.actors import INSTALLER, INTAKE, POST_OFFICE
from workflow.models import Case, Controller, Staff
from workflow.states import (
    EventKind,
    Ground,
    IdentityMethod,
    Language,
    Means,
    Outcome,
    PauseKind,
    Right,
    Role,
)

PERSON = "Éléonore Vandewiele-Dubois"
ADDRESS = "eleonore.v@example.org"
FACTS = "Les 37 factures doivent être conservées dix ans (Code de droit économique, art. III.86)."
RAW = "a" * 64

Move = Callable[[str], None]


def install() -> Controller:
    """The controller with an officer, a reviewer and a policy."""
    services.install(name="Assistool SRL", mailbox="vieprivee@assistool.com", aliases=[])
    for username, name, role in (
        ("cdumont", "Claire Dumont", Role.OFFICER),
        ("kpeeters", "Koen Peeters", Role.REVIEWER),
    ):
        services.create_staff(
            username=username,
            name=name,
            email=f"{username}@assistool.com",
            password="correct horse battery staple",
            roles=[role],
            by=INSTALLER,
        )
    return Controller.objects.get()


def opened(move: Move) -> Case:
    """Received in the night of 1 to 2 March 2027 in Brussels; still the day before in UTC."""
    move("2027-03-01T09:00:00+00:00")
    controller = install()
    move("2027-03-01T23:42:18+00:00")
    case = services.open_case(
        controller=controller,
        received_at=datetime.fromisoformat("2027-03-01T23:42:17+00:00"),
        person_email=ADDRESS,
        person_name=PERSON,
        subject="Copie de mes données, puis effacement",
        language=Language.FR,
        proposed=[Right.ACCESS, Right.ERASURE],
        digest=RAW,
        by=INTAKE,
    )
    _letter(move, case, Letter.M01, "2027-03-01T23:42:21+00:00", "<ack.1@assistool.com>")
    return case


def suspended(move: Move) -> Case:
    """Proof of identity was asked and has not come yet: no due date."""
    case = opened(move)
    officer = Staff.objects.get(username="cdumont").actor()
    move("2027-03-02T07:52:40+00:00")
    services.confirm_claims(case.pk, rights=[Right.ACCESS, Right.ERASURE], by=officer)
    move("2027-03-03T08:14:02+00:00")
    services.ask_identity(case.pk, doubt="L’adresse d’expédition n’est pas celle du compte.", by=officer)
    _letter(move, case, Letter.M02, "2027-03-03T08:14:05+00:00", "<identity.1@assistool.com>")
    asked = datetime.fromisoformat("2027-03-03T08:14:05+00:00")
    services.begin_pause(case.pk, kind=PauseKind.IDENTITY, asked_at=asked, by=POST_OFFICE)
    return case


def processed(move: Move) -> Case:
    """Access granted, erasure granted in part, answered on 24 March 2027."""
    case = suspended(move)
    officer = Staff.objects.get(username="cdumont").actor()
    reviewer = Staff.objects.get(username="kpeeters").actor()
    move("2027-03-11T07:47:19+00:00")
    services.verify_identity(
        case.pk,
        method=IdentityMethod.LINK_KNOWN_CONTACT,
        note="Nom concordant avec le compte.",
        arrived_at=datetime.fromisoformat("2027-03-10T17:31:52+00:00"),
        by=officer,
    )
    move("2027-03-11T08:20:33+00:00")
    services.take(case.pk, by=officer)
    move("2027-03-15T10:00:00+00:00")
    for source, records in (("airtable", 41), ("intercom", 14212), ("stripe", 37)):
        services.record_collection(case.pk, source=source, records=records, digest="b" * 64, by=officer)
    services.record_nothing_held(case.pk, source="payconiq", how="Recherche sur nom, adresse, téléphone.", by=officer)
    move("2027-03-19T14:00:00+00:00")
    access, erasure = case.claims.get(right=Right.ACCESS.value), case.claims.get(right=Right.ERASURE.value)
    services.draft(access.pk, outcome=Outcome.GRANTED, **factories.SAID, by=officer)
    services.draft(erasure.pk, outcome=Outcome.PARTLY_GRANTED, ground=Ground.G_173B, facts=FACTS, by=officer)
    factories.submit(access.pk, by=officer)
    factories.submit(erasure.pk, by=officer)
    move("2027-03-22T09:00:00+00:00")
    services.approve(access.pk, version=1, by=reviewer)
    services.send_back(erasure.pk, comment="Citez aussi la durée.", by=reviewer)
    move("2027-03-22T11:00:00+00:00")
    services.draft(erasure.pk, outcome=Outcome.PARTLY_GRANTED, ground=Ground.G_173B, facts=FACTS, by=officer)
    factories.submit(erasure.pk, by=officer)
    move("2027-03-23T09:00:00+00:00")
    services.approve(erasure.pk, version=2, by=reviewer)
    for claim, letter, at, means, evidence in (
        (access, Letter.M07, "2027-03-24T14:31:40+00:00", Means.HANDED_OVER, "Reçu signé par la personne."),
        (erasure, Letter.M10, "2027-03-24T15:02:11+00:00", Means.EMAIL, ""),
    ):
        if claim == erasure:
            move("2027-03-24T14:50:00+00:00")
            factories.carry_out(claim.pk, by=officer)
        _letter(move, case, letter, at, f"<{letter.value}.1@assistool.com>")
        by = POST_OFFICE if means is Means.EMAIL else officer
        services.answer(claim.pk, at=datetime.fromisoformat(at), means=means, evidence=evidence, by=by)
    return case


def _letter(move: Move, case: Case, letter: Letter, at: str, message_id: str) -> None:
    move(at)
    moment = datetime.fromisoformat(at)
    Notification.objects.create(
        case=case,
        event_id=0,
        letter=letter.value,
        audience=Audience.PERSON.value,
        language="fr",
        recipient=ADDRESS,
        state=NotificationState.SENT.value,
        message_id=message_id,
        body=b"sealed",
        created_at=moment,
        finished_at=moment,
        sha256="c" * 64,
    )
    services.record_letter(
        case.pk,
        EventKind.LETTER_SENT,
        letter=letter.value,
        message_id=message_id,
        digest="c" * 64,
        language="fr",
        reply="250 2.0.0 Ok: queued as 4TqW1s0x",
        by=POST_OFFICE,
    )
