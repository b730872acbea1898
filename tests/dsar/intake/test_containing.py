"""What holds an identity document, or what went to another case, is no way around either."""

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dsar.intake import documents, judging, moving
from dsar.intake.models import Inspection, MessagePart
from dsar.vault import services as vault
from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.dsar.intake.test_identity_scans import photograph
from workflow import queries, services
from workflow.actors import RETENTION
from workflow.guards import CannotDo
from workflow.models import Case
from workflow.sealing import KeyGone
from workflow.states import EventKind, IdentityMethod, Right

pytestmark = pytest.mark.usefixtures("installed")
WHY = "Cela vient d’une autre personne."
POLICY = "Police 99887766 de Piet"


def letter(text: str, *, message_id: str, subject: str = "Mes données") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Ada <ada@example.org>", "vieprivee@assistool.com", subject
    message["Message-ID"] = message_id
    message.set_content(text + "\n")
    return message


def attached(inner: EmailMessage) -> EmailMessage:
    outer = letter(
        "Je souhaite une copie de mes données. Mon message d’hier est joint.", message_id="<outer@example.org>"
    )
    outer.add_attachment(inner)
    return outer


def with_a_card() -> EmailMessage:
    inner = letter("Voici un scan de ma carte d’identité.", message_id="<inner@example.org>")
    inner.add_attachment(photograph(), maintype="image", subtype="jpeg", filename="carte identite.jpg")
    return inner


def with_a_policy() -> EmailMessage:
    inner = letter(f"Je suis Piet. {POLICY}", message_id="<inner@example.org>")
    inner.add_attachment(POLICY.encode(), maintype="text", subtype="plain", filename="police.txt")
    return inner


def arrived(message: EmailMessage) -> tuple[Case, dict[str, MessagePart]]:
    """The case, and its parts by their place in the mail."""
    taken = take_in(bytes(message))
    assert taken.case is not None
    Inspection.objects.update_or_create(message=taken, defaults={"done_at": timezone.now()})
    services.confirm_claims(taken.case.pk, rights=[Right.ACCESS], by=factories.actor("officer"))
    return factories.again(taken.case), {part.path: part for part in taken.parts.all()}


def another_case() -> Case:
    message = take_in(mail(sender="piet@example.org", message_id="<piet@example.org>", subject="Piet"))
    assert message.case is not None
    return message.case


def get(username: str, address: str) -> Any:
    client = Client()
    client.force_login(factories.staff(username))
    return client.get(address)


def verified(case: Case) -> None:
    services.verify_identity(
        case.pk,
        method=IdentityMethod.LINK_KNOWN_CONTACT,
        note="A code to the account of 2024.",
        by=factories.actor("officer"),
    )


def is_gone(part: MessagePart) -> bool:
    try:
        vault.read(part.blob)
    except KeyGone:
        return True
    return False


def marked() -> dict[str, bool]:
    return dict(MessagePart.objects.values_list("path", "identity_document"))


def opened(username: str, case: Case, part: MessagePart) -> int:
    """The answer at the door of an ordinary attachment."""
    response = get(username, f"/cases/{case.uuid}/parts/{part.uuid}/")
    if response.streaming:
        b"".join(response.streaming_content)  # which closes the file, and not the database as close() would
    return int(response.status_code)


def judge(part: MessagePart, *, shows_one: bool) -> None:
    judging.judge(part.pk, shows_one=shows_one, reason=WHY, by=factories.actor("officer"))


# -- an identity document inside ------------------------------------------------------------------------


def test_the_mail_around_a_card_is_shut_like_the_card_and_goes_with_it(installed: Path) -> None:
    case, parts = arrived(attached(with_a_card()))
    doors = [opened("reviewer", case, part) for part in parts.values()]

    verified(case)
    documents.sweep(timezone.now(), by=RETENTION)

    assert doors == [403, 403]
    assert {path: is_gone(part) for path, part in parts.items()} == {"2": True, "2.2": True}
    told = queries.history(case).filter(kind=EventKind.DOCUMENT_DESTROYED.value)
    assert told.count() == 2


def test_a_card_an_officer_found_shuts_what_is_around_it_and_one_that_is_none_opens_it(installed: Path) -> None:
    _case, parts = arrived(attached(with_a_policy()))

    judge(parts["2.2"], shows_one=True)
    shut = marked()
    with pytest.raises(CannotDo):
        judge(parts["2"], shows_one=False)
    judge(parts["2.2"], shows_one=False)

    assert (shut, marked()) == ({"2": True, "2.2": True}, {"2": False, "2.2": False})


def test_what_an_officer_called_no_document_is_shut_when_a_card_is_found_in_it(installed: Path) -> None:
    _case, parts = arrived(attached(with_a_policy()))
    judge(parts["2"], shows_one=True)
    judge(parts["2"], shows_one=False)

    judge(parts["2.2"], shows_one=True)

    assert MessagePart.objects.get(path="2").identity_document


def test_a_card_in_another_case_takes_what_holds_it_along(installed: Path) -> None:
    case, parts = arrived(attached(with_a_card()))
    other = another_case()
    moving.move_part(parts["2.2"].pk, to=other, reason=WHY, by=factories.actor("officer"))
    services.confirm_claims(other.pk, rights=[Right.ACCESS], by=factories.actor("officer"))
    verified(other)

    documents.sweep(timezone.now(), by=RETENTION)

    assert {path: is_gone(part) for path, part in parts.items()} == {"2": True, "2.2": True}
    told = [queries.history(one).filter(kind=EventKind.DOCUMENT_DESTROYED.value).count() for one in (case, other)]
    assert told == [1, 1]


# -- something that was moved ---------------------------------------------------------------------------------


def test_what_holds_a_moved_attachment_is_given_out_and_shown_no_more(installed: Path) -> None:
    case, parts = arrived(attached(with_a_policy()))
    page, door = f"/cases/{case.uuid}/", f"/cases/{case.uuid}/parts/{parts['2'].uuid}/"
    shown = "99887766" in get("officer", page).content.decode()

    moving.move_part(parts["2.2"].pk, to=another_case(), reason=WHY, by=factories.actor("officer"))

    assert shown
    refused = get("officer", door)
    assert (refused.status_code, "99887766" in refused.content.decode()) == (409, False)
    assert "99887766" not in get("officer", page).content.decode()


def test_an_attachment_takes_along_what_it_holds(installed: Path) -> None:
    case, parts = arrived(attached(with_a_policy()))
    other = another_case()

    moving.move_part(parts["2"].pk, to=other, reason=WHY, by=factories.actor("officer"))

    codes = [opened("officer", one, part) for one in (case, other) for part in parts.values()]
    assert codes == [404, 404, 200, 200]
    assert "99887766" in get("officer", f"/cases/{other.uuid}/").content.decode()
    assert queries.history(case).filter(kind=EventKind.MESSAGE_REMOVED.value).count() == 2
