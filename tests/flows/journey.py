"""One person's way with us, told act by act: their mails in, our letters out through a real mail server, days held."""

import io
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from time_machine import Traveller

from dsar.exports import services as exports
from dsar.sources import by_hand
from notifications import services as post_office
from tests import factories
from tests.dsar.intake.post import mail, take_in
from tests.factories import actor
from tests.flows.peer import Letter, Peer
from workflow import events, services
from workflow.models import Case, Claim, Event
from workflow.states import Ground, IdentityMethod, Means, Outcome, Right

BRUSSELS = ZoneInfo("Europe/Brussels")
FACTS = "Art. 15 : finalités, destinataires et durées figurent dans la réponse jointe."


@dataclass
class Journey:
    """``theirs`` is the mail server of the person; ``clock`` stands still until :meth:`on` moves it."""

    clock: Traveller
    theirs: Peer
    person: str = "ada@example.org"
    case: Case | None = None
    read: int = field(default=0, init=False)
    mails: int = field(default=0, init=False)

    # -- the person ----------------------------------------------------------------------------------

    def on(self, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """So late it is now, in Brussels, 2027."""
        self.clock.move_to(datetime(2027, month, day, hour, minute, tzinfo=BRUSSELS), tick=False)

    def at(self) -> datetime:
        return datetime.now(BRUSSELS)

    def writes(self, text: str, *, subject: str = "Ma demande", **more: Any) -> Case:
        """A mail of the person: to the case it answers, or a new one."""
        self.mails += 1
        message = take_in(
            mail(text, sender=self.person, subject=subject, message_id=f"<{self.mails}@example.org>", **more)
        )
        assert message.case is not None, message.state
        self.case = message.case
        return message.case

    def replies(self, text: str) -> Case:
        """To our last letter, in its thread, with a mail program that quotes nothing."""
        last = self.letters()[-1].message
        subject = "Re: " + " ".join(str(last["Subject"]).split())
        return self.writes(text, subject=subject, extra=[f"In-Reply-To: {last['Message-ID']}"])

    def letters(self) -> list[Letter]:
        return self.theirs.to(self.person)

    def receives(self) -> dict[str, str]:
        """The new letters that arrived, by code ("M07"): subject and text on one line."""
        for _again in range(3):  # a letter that left may set another going
            post_office.sweep_pending()
            post_office.deliver_due()
        new, self.read = self.letters()[self.read :], len(self.letters())
        return {code_of(letter): text_of(letter) for letter in new}

    # -- the office ----------------------------------------------------------------------------------

    def confirms(self, *rights: Right) -> None:
        services.confirm_claims(self.pk, rights=rights, by=actor("officer"))

    def verifies(self, method: IdentityMethod = IdentityMethod.LINK_KNOWN_CONTACT, **more: Any) -> None:
        values = {"note": "Le lien est parti à l’adresse du contrat de 2021.", **more}
        services.verify_identity(self.pk, method=method, by=actor("officer"), **values)

    def takes(self) -> None:
        services.take(self.pk, by=actor("officer"))

    def attaches(self, name: str, tables: dict[str, Any]) -> None:
        stream = io.BytesIO(json.dumps(tables).encode())
        by_hand.attach(self.pk, name=name, stream=stream, by=actor("officer"))

    def exports(self) -> None:
        bundle = exports.request_bundle(self.pk, by=actor("officer"))
        exports.build(bundle.pk)

    def drafts(
        self,
        right: Right,
        outcome: Outcome = Outcome.GRANTED,
        ground: Ground | None = None,
        facts: str = FACTS,
        **more: Any,
    ) -> None:
        claim = self.claim(right)
        services.draft(claim.pk, outcome=outcome, ground=ground, facts=facts, by=actor("officer"), **more)
        factories.submit(claim.pk, by=actor("officer"))

    def approves(self, right: Right, by: str = "reviewer") -> None:
        claim = self.claim(right)
        services.approve(claim.pk, version=claim.version, by=actor(by))

    def carries_out(self, right: Right) -> None:
        """Done where the data are, and looked at again; the person reads what was approved."""
        factories.carry_out(self.claim(right).pk)

    def posts(self, right: Right, evidence: str = "Recommandé RR123BE") -> None:
        """The data leave by registered post: a letter does not hand them over."""
        services.answer(self.claim(right).pk, at=self.at(), means=Means.POSTED, evidence=evidence, by=actor("officer"))

    # -- how it stands ---------------------------------------------------------------------------------

    @property
    def pk(self) -> int:
        assert self.case is not None
        return int(self.case.pk)

    def now(self) -> Case:
        return Case.objects.select_related("policy_version", "controller").get(pk=self.pk)

    def claim(self, right: Right) -> Claim:
        return Claim.objects.exclude(state="withdrawn").get(case=self.pk, right=right.value)

    @property
    def due(self) -> date | None:
        return self.now().case_due

    def told(self) -> list[str]:
        """The kinds of its events, in their order."""
        return list(Event.objects.filter(stream=self.now().stream).order_by("seq").values_list("kind", flat=True))

    def ends(self, state: str) -> None:
        """It stands there, its history is whole and every date follows from it."""
        case = self.now()
        assert case.state == state
        assert events.verify(case.stream).intact
        assert services.differences(case) == []


def code_of(letter: Letter) -> str:
    """From the Message-ID, which names the letter: <dsr-2027-0001.m07.access.…@…>."""
    return str(letter.message["Message-ID"]).split(".")[1].split("@")[0].upper()


def text_of(letter: Letter) -> str:
    body = letter.message.get_body(("plain",))
    assert body is not None
    subject = " ".join(str(letter.message["Subject"]).split())
    return " ".join(f"{subject}\n{body.get_content()}".split())
