"""A real browser on a real server, with cases at each milestone."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext

from dsar.intake import services as intake
from notifications import services as post_office
from tests import factories
from workflow import services
from workflow.models import Case
from workflow.states import BreachSign, ContactKind, ContactOrigin, Ground, Outcome, Right

Open = Callable[..., BrowserContext]


@pytest.fixture
def opened(chromium: Browser, live_server: Any) -> Iterator[Open]:
    """A window in which a member of staff ("" for nobody) is signed in."""
    contexts: list[BrowserContext] = []

    def window(username: str = "", *, width: int = 1440, dark: bool = False) -> BrowserContext:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale="fr-BE",
            service_workers="block",
        )
        contexts.append(context)
        if username:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": _session(username), "url": live_server.url}]
            )
        return context

    yield window
    for context in contexts:
        context.close()


def _session(username: str) -> str:
    person = factories.staff(username)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


MAIL = b"""From: =?utf-8?q?L=C3=A9a_Dubrulle?= <lea.dubrulle@proxi.example>
To: vieprivee@assistool.com
Subject: =?utf-8?q?Acc=C3=A8s_=C3=A0_mes_donn=C3=A9es_puis_suppression_de_mon_compte?=
Message-ID: <browser-1@proxi.example>
Date: Mon, 01 Feb 2027 10:00:00 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Bonjour,

Cliente depuis 2023, je voudrais recevoir une copie de toutes les donn\xc3\xa9es que vous avez sur moi.
Ensuite, merci de supprimer mon compte et toutes mes donn\xc3\xa9es.

L\xc3\xa9a Dubrulle

Le 18 janv. 2027, Assistool a \xc3\xa9crit :
> D\xc3\xa9couvrez nos nouveaut\xc3\xa9s.
> Bonne lecture.
"""


# A reminder from another address of hers: to be linked, with a case proposed.
CHASER = b"""From: =?utf-8?q?L=C3=A9a_Dubrulle?= <lea.private@proxi.example>
To: vieprivee@assistool.com
Subject: Rappel
Message-ID: <browser-2@proxi.example>
Date: Mon, 08 Feb 2027 10:00:00 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Je n'ai toujours pas re\xc3\xa7u de r\xc3\xa9ponse \xc3\xa0 ma demande d'acc\xc3\xa8s. Le mois est \xc3\xa9coul\xc3\xa9.

L\xc3\xa9a Dubrulle
"""

PASSED_ON = b"""From: Carla <carla@assistool.com>
To: vieprivee@assistool.com
Subject: TR: Mes donnees
Message-ID: <browser-3@assistool.com>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Pour vous.

De : Bob Martin <bob@example.org>
Date : lundi 1 mars 2027 10:00
Objet : Mes donnees

Je voudrais une copie de toutes mes donnees personnelles.
"""


@pytest.fixture
def cases(transactional_db: None) -> dict[str, Case]:
    """A queue with something in every group, and one case with much on its page."""
    now = timezone.now()
    factories.installation()
    received = now - timedelta(days=6)
    message = intake.accept(MAIL, source="smtp", received_at=received, envelope_to=["vieprivee@assistool.com"])
    intake.process(message.pk)
    mailed = Case.objects.get(person_email="lea.dubrulle@proxi.example")
    for days, name, email, subject in (
        (40, "Nils Vandevelde", "nils@example.org", "Verwijderen van mijn account en alle gegevens"),
        (
            28,
            "Marie-Ange Delcourt-Vanderstraeten",
            "marie-ange@example.org",
            "Copie de toutes les données me concernant",
        ),
        (2, "Jürgen Hoffmann", "juergen@example.org", "Auskunft und Export meiner Rechnungsdaten"),
    ):
        factories.confirmed(
            (Right.ACCESS, Right.CONSENT_WITHDRAWAL),
            received_at=now - timedelta(days=days),
            person_name=name,
            person_email=email,
            subject=subject,
        )
    officer = factories.actor("officer")
    working = factories.in_progress(
        (Right.ACCESS, Right.ERASURE, Right.OBJECTION_DM),
        received_at=now - timedelta(days=12),
        person_email="ines@example.org",
        person_name="Inès Ben Salah",
    )
    claim = factories.claim(working, Right.ERASURE)
    facts = "Vos factures de 2021 à 2026 sont conservées jusqu’au 31 décembre 2036."
    services.draft(claim.pk, outcome=Outcome.REFUSED, ground=Ground.G_173B, facts=facts, by=officer)
    factories.submit(claim.pk, by=officer)
    doubted = factories.confirmed(received_at=now - timedelta(days=1), person_email="olivier@example.org")
    services.ask_identity(doubted.pk, doubt="L’adresse d’envoi n’est pas celle du compte.", by=officer)
    on_file = services.record_contact(
        doubted.pk,
        kind=ContactKind.EMAIL,
        value="olivier.dubois@example.net",
        origin=ContactOrigin.CONTRACT,
        known_since=date(2021, 5, 4),
        by=officer,
    )
    services.announce_contact(doubted.pk, kind=ContactKind.PHONE, value="+32 470 00 00 00", by=officer)
    services.send_code(doubted.pk, contact=on_file, by=officer)
    chased = intake.accept(CHASER, source="smtp", received_at=now, envelope_to=["vieprivee@assistool.com"])
    intake.process(chased.pk)
    denied = b"Authentication-Results: mx.assistool.com; spf=fail\n" + PASSED_ON.replace(b"browser-3", b"browser-5")
    forged = intake.accept(denied.replace(b"Bob", b"Eve"), source="smtp", received_at=now)
    intake.process(forged.pk)
    forged.refresh_from_db()
    handed = intake.accept(PASSED_ON, source="smtp", received_at=now, envelope_to=["vieprivee@assistool.com"])
    intake.process(handed.pk)
    passed = Case.objects.get(person_email="", passed_on__doubtful=False)
    alarmed = Case.objects.get(person_email="lea.private@proxi.example")
    late = MAIL.replace(b"browser-1@", b"browser-4@").replace(b"lea.dubrulle@", b"seen.late@")
    seen_late = intake.accept(late, source="smtp", received_at=now - timedelta(days=9))
    intake.process(seen_late.pk)
    services.propose_breach(alarmed.pk, sign=BreachSign.REPORTED_BY_MAIL, by=officer)
    services.recognise_authority(alarmed.pk, by=officer)
    post_office.sweep_pending()
    post_office.deliver_due()
    return {
        "mailed": mailed,
        "working": factories.again(working),
        "doubted": factories.again(doubted),
        "alarmed": alarmed,
        "passed": passed,
        "forged": forged.case,
        "seen_late": Case.objects.get(person_email="seen.late@proxi.example"),
    }
