"""What messages show of their senders, in the lists, in the trays, and beside an attachment that was moved."""

import pytest
from django.utils import timezone, translation

from dsar.identity.findings import Finding, FindingCode, Tone, tone
from dsar.intake import inspecting, moving, tasks
from dsar.intake.models import InboundMessage, MessagePart
from dsar.web.desk import sender as words
from dsar.web.desk.sender import briefly
from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.dsar.web.conftest import As
from tests.dsar.web.test_files import pictured
from workflow.models import Case

ELSEWHERE = "Reply-To: eve@example.net"


def opened(**more: object) -> Case:
    factories.installation()
    message = take_in(mail(extra=[ELSEWHERE], **more))  # type: ignore[arg-type]
    inspecting.inspect(message.pk)
    assert message.case is not None
    return message.case


def test_the_queue_says_what_of_a_sender_deserves_a_look(as_: As) -> None:
    opened()

    page = as_("officer").get("/").content.decode()

    assert "Expéditeur\u00a0: réponse qui irait ailleurs" in page
    assert "Expéditeur\u00a0:" not in as_("auditor").get("/").content.decode()


def test_nothing_is_said_once_identity_is_verified_or_when_nothing_deserves_it(as_: As) -> None:
    case = opened()
    take_in(mail("Voir plus haut", message_id="<3@example.org>", extra=[ELSEWHERE, "In-Reply-To: <one@example.org>"]))
    quiet = take_in(mail("Bonjour, mes données svp. Bob", sender="bob@example.org", message_id="<2@example.org>"))
    tasks.inspect()
    bits = dict(Case.objects.annotate(bits=inspecting.to_look_at()).values_list("pk", "bits"))
    verified = Case.objects.get(pk=case.pk)
    verified.verified_at = timezone.now()

    assert inspecting.looked_at(bits[case.pk]) == [FindingCode.REPLY_ELSEWHERE]
    assert (briefly(verified, bits[case.pk]), briefly(quiet.case, bits[quiet.case_id])) == ("", "")


def test_every_finding_that_deserves_a_look_has_its_few_words() -> None:
    assert set(words._BRIEFLY) == {code for code in FindingCode if tone(code) is Tone.LOOK}


def test_a_filed_message_shows_its_sender_when_it_is_looked_at(as_: As) -> None:
    factories.installation()
    message = take_in(mail(extra=["Auto-Submitted: auto-replied", ELSEWHERE], subject="Absence du bureau"))

    page = as_("officer").get(f"/messages/{message.uuid}/").content.decode()

    assert message.state == "filed"
    assert "eve@example.net" in page
    assert not inspecting.findings_of([message])


def test_a_message_from_before_we_began_shows_it_too(as_: As) -> None:
    factories.installation()
    message = take_in(mail(extra=["Auto-Submitted: auto-replied", ELSEWHERE], subject="Absence du bureau"))
    InboundMessage.objects.filter(pk=message.pk).update(state="before")

    assert "eve@example.net" in as_("officer").get(f"/messages/before/{message.uuid}/").content.decode()


@pytest.mark.parametrize("identity", [False, True])
def test_an_attachment_moved_from_another_case_is_shown_like_its_own(as_: As, identity: bool) -> None:
    part = pictured()
    MessagePart.objects.filter(pk=part.pk).update(identity_document=identity)
    other = factories.received(person_email="bob@example.org")
    moving.move_part(part.pk, to=other, reason="Pas le bon dossier", by=factories.actor("officer"))
    officer, place = as_("officer"), f"/cases/{other.uuid}/parts/{part.uuid}"

    page = officer.get(f"/cases/{other.uuid}/").content.decode()
    refused = officer.post(f"{place}/identity/", {"view": "1", "reason": ""}) if identity else None
    if identity:
        shown = officer.post(f"{place}/identity/", {"view": "1", "reason": "comparer"})
    else:
        shown = officer.get(f"{place}/picture/")

    assert (f'{place}/identity/"' in page, f'{place}/picture/"' in page) == (identity, not identity)
    assert refused is None or refused.status_code == 409
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"valid_until": "2029-07-20"}, "pas été vérifiée"),
        ({"valid_until": "2029-07-20", "not_revoked_on": "2027-01-29"}, "29\u00a0janvier\u00a02027"),
    ],
)
def test_a_signature_says_what_is_known_of_revocation(values: dict[str, str], said: str) -> None:
    finding = Finding(FindingCode.SIGNATURE_VALID, {"name": "Ada", "issuer": "Citizen CA", "place": "mail", **values})

    assert said in shown_in_french(finding)


def test_a_revoked_certificate_is_said_with_its_day() -> None:
    finding = Finding(FindingCode.SIGNATURE_REVOKED, {"name": "Ada", "revoked_on": "2027-01-28", "place": "mail"})

    assert "28\u00a0janvier\u00a02027" in shown_in_french(finding)
    assert "pas été vérifiée" not in shown_in_french(finding)


def shown_in_french(finding: Finding) -> str:
    with translation.override("fr"):
        shown = words._shown(finding)
        return f"{shown.sentence} {shown.note}"
