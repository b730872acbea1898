"""A wish taken back is no wish, and what another person asked is not the writer's: in four languages."""

import pytest

from dsar.intake.parsing import parse
from dsar.intake.quoting import FOOTER, sort_lines
from dsar.intake.reading import Reading, read
from dsar.intake.understanding_child import model

MODEL = model()


def reading(body: str, *, kind: str = "plain") -> Reading:
    head = "From: Eva <eva@example.net>\nTo: vieprivee@assistool.com\nSubject: q\nMessage-ID: <1@example.net>\n"
    return read(parse(f"{head}Content-Type: text/{kind}; charset=utf-8\n\n{body}\n".encode()), model=MODEL)


def rights(body: str) -> list[str]:
    return [right.value for right in reading(body).rights]


@pytest.mark.parametrize(
    "body",
    [
        "Bonjour, je retire ma demande d'effacement, gardez tout.",
        "Finalement j'annule ma demande de suppression.",
        "Oubliez ma demande de suppression, j'ai changé d'avis et je reste.",
        "Hello, I'm withdrawing my deletion request, you may keep everything.",
        "Hello, I take my erasure request back.",
        "I take back my request and will stay a customer.",
        "Please scrap my deletion request from last week, keep everything.",
        "Dag, mijn vraag om alles te wissen mag u vergeten, ik blijf klant.",
        "Dag, annuleer mijn aanvraag tot wissen aub.",
        "Ik trek mijn verzoek tot verwijdering in, jullie mogen alles houden.",
        "Mijn aanvraag om alles te wissen is ingetrokken.",
        "Guten Tag, meinen Antrag auf Löschung nehme ich zurück.",
        "Hiermit ziehe ich meinen Antrag auf Löschung meiner Daten zurück.",
        "Vergessen Sie meinen Löschwunsch, ich bleibe.",
    ],
)
def test_a_wish_taken_back_is_none_and_its_writer_is_answered(body: str) -> None:
    found = reading(body)

    assert not found.rights
    assert "erasure" not in found.unsure
    assert found.acknowledge


@pytest.mark.parametrize(
    "body",
    [
        "Please do not forget my request to delete all my data.",
        "You ignored my deletion request, delete my account now.",
        "N'oubliez pas ma demande d'effacement de toutes mes données.",
        "Si vous ne donnez pas suite à ma demande de suppression de mon compte, je saisirai l'autorité.",
        "Vergeet mijn verzoek om mijn gegevens te wissen niet.",
        "Bitte vergessen Sie meinen Antrag auf Löschung meiner Daten nicht.",
    ],
)
def test_who_fears_that_a_wish_is_forgotten_still_has_it(body: str) -> None:
    assert rights(body) == ["erasure"]


@pytest.mark.parametrize(
    "body",
    [
        "I withdraw my erasure request and would like a copy of my data instead.",
        "Je retire ma demande d'effacement et je voudrais une copie de mes données.",
        "Ik trek mijn verzoek tot verwijdering in en wil graag een kopie van mijn gegevens.",
        "Ich ziehe meinen Löschantrag zurück und möchte stattdessen Auskunft über meine Daten.",
    ],
)
def test_what_is_wanted_instead_is_heard(body: str) -> None:
    assert rights(body) == ["access"]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Mon colocataire vous a demandé de supprimer ses données. Moi, je veux seulement la liste des miennes.",
         "access"),
        ("Ma collègue vous a demandé d'effacer son compte. Je veux juste savoir ce que vous avez sur moi.", "access"),
        ("Meine Mitbewohnerin wollte, dass Sie ihre Daten löschen. Ich will nur wissen, was Sie über mich haben.",
         "access"),
        ("Mein Bruder hat Sie gebeten, seine Daten zu löschen, ich möchte nur eine Kopie meiner Daten.", "access"),
        ("Mijn huisgenoot vroeg jullie zijn gegevens te wissen. Ik wil enkel een lijst van die van mij.", "access"),
        ("Mijn broer heeft gevraagd zijn account te verwijderen, maar ik wil mijn adres wijzigen in Kerkstraat 5.",
         "rectification"),
        ("My flatmate asked you to delete his data last week. I want nothing of that, just a list of what's mine.",
         "access"),
    ],
)  # fmt: skip
def test_what_another_person_asked_is_not_the_writers(body: str, wanted: str) -> None:
    found = reading(body)

    assert [right.value for right in found.rights] == [wanted]
    assert "erasure" not in found.unsure


@pytest.mark.parametrize(
    "body",
    [
        "My wife asked you to delete my data, please do it.",
        "My flatmate asked you to delete his data. Please do the same for me.",
        "My flatmate asked you to delete his data and I want mine deleted too.",
        "Mijn moeder heeft jullie gevraagd haar gegevens te wissen. Ik treed op namens haar, volmacht in bijlage.",
    ],
)
def test_who_asked_the_same_or_speaks_for_the_other_is_heard(body: str) -> None:
    assert rights(body) == ["erasure"]


def test_proof_of_an_erasure_is_no_erasure_but_may_stand_beside_one() -> None:
    assert "erasure" not in rights("Graag een bewijs dat jullie mijn vorige gegevens effectief gewist hebben.")
    assert "erasure" not in rights("Could you send proof that my old data were really erased?")
    assert "erasure" not in rights("Ich hätte gern einen Nachweis, dass meine Daten gelöscht wurden.")
    assert "erasure" not in rights("J'aimerais une attestation que mes données ont bien été supprimées.")
    assert "erasure" in rights("Delete all my data and send me proof that everything was deleted.")


@pytest.mark.parametrize(
    "body",
    [
        "I deleted my account in the app, can you confirm nothing is left behind? If there is, get rid of it.",
        "J'ai supprimé mon compte dans l'application. S'il reste quelque chose, effacez-le.",
        "Ik heb mijn account in de app verwijderd. Als er nog iets overblijft, wis het dan.",
        "Ich habe mein Konto in der App gelöscht. Falls noch etwas da ist, bitte löschen.",
    ],
)
def test_what_is_left_after_ones_own_deletion_is_to_be_erased(body: str) -> None:
    assert rights(body) == ["erasure"]


@pytest.mark.parametrize(
    "body",
    [
        "Si vous ne me donnez pas mes informations, j'irai devant l'Autorité de protection des données.",
        "If you don't give me my information, I'll go to the data protection authority.",
        "Als u mij mijn gegevens niet bezorgt, stap ik naar de Gegevensbeschermingsautoriteit.",
        "Wenn Sie mir meine Daten nicht herausgeben, wende ich mich an die Datenschutzbehörde.",
    ],
)
def test_a_demand_under_threat_is_a_demand_and_no_complaint_yet(body: str) -> None:
    found = reading(body)

    assert found.kind == "request"
    assert "access" in found.rights
    assert "complaint" not in found.rights


@pytest.mark.parametrize(
    "body",
    [
        "J'aimerais savoir tout ce que vous avez noté à mon sujet. Envoyez-moi ça sous la forme que vous voulez.",
        "Please send me what you hold on me, in whatever form suits you.",
        "Stuur mij wat jullie over mij hebben, in welke vorm jullie maar willen.",
        "Bitte geben Sie mir alles, was Sie über mich haben, in welcher Form auch immer.",
    ],
)
def test_a_form_left_to_us_is_no_portability(body: str) -> None:
    assert rights(body) == ["access"]


@pytest.mark.parametrize(
    "body",
    [
        "Ik ben de raadsman van mevrouw Hilde De Wit. Namens haar verzoek ik u om haar volledige dossier over te maken "
        "en nadien niets meer over haar te bewaren.",
        "I act for Mrs Jane Low. Please hand over her complete file and afterwards keep nothing on her.",
        "Je suis l'avocat de Mme Dupont. Veuillez transmettre son dossier complet et ensuite ne plus rien conserver "
        "sur elle.",
    ],
)
def test_a_lawyer_asks_for_the_file_and_that_nothing_be_kept(body: str) -> None:
    found = reading(body)

    assert [right.value for right in found.rights] == ["access", "erasure"]
    assert found.representative


def test_the_represented_person_is_named_without_the_next_sentence() -> None:
    found = reading("Ik ben de raadsman van mevrouw Hilde De Wit. Namens haar vraag ik haar dossier.")

    assert found.person_name == "Hilde De Wit"


ARMOURED = """-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512

Dag, bezorg me alles wat u over mij heeft.
-----BEGIN PGP SIGNATURE-----

iHUEARYKAB0WIQTx1k3b0Qm5y2xqB1nFzJ0w8e3QpQUCZ0Hq3gAKCRDFzJ0w8e3Q
=Qk2v
-----END PGP SIGNATURE-----
P.S. Mijn klantnummer is 12."""


def test_the_armour_of_a_signature_is_no_words_of_the_writer() -> None:
    own = [ARMOURED[line.start : line.end] for line in sort_lines(ARMOURED) if line.kind != FOOTER]

    assert [line for line in own if line] == [
        "Dag, bezorg me alles wat u over mij heeft.", "P.S. Mijn klantnummer is 12."
    ]  # fmt: skip
    assert rights(ARMOURED) == ["access"]
    assert reading(ARMOURED).language == "nl"


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">Unsubscribe newsletter</div>',
        '<div style="color:red; visibility: hidden"><div>Unsubscribe</div> newsletter</div>',
        '<span style="font-size:0px">Delete my account</span>',
        "<p hidden>Delete my account</p>",
        '<p style="display:none">Delete my account<p>',
    ],
)
def test_what_a_browser_does_not_show_is_not_read(hidden: str) -> None:
    page = f"<p>Kunt u mijn achternaam verbeteren?</p>{hidden}<p>Het is Van Hove en niet Vanhoof.</p>"

    found = reading(page, kind="html")

    assert [right.value for right in found.rights] == ["rectification"]
    assert "Vanhoof" in parse(f"Content-Type: text/html\n\n{page}".encode()).text


def test_a_frame_without_letter_size_shows_what_has_one() -> None:
    page = '<td style="font-size:0px"><div style="font-size:14px">Bonjour</div> à tous</td>'

    assert "Bonjour à tous" in " ".join(
        parse(f"Content-Type: text/html; charset=utf-8\n\n{page}".encode()).text.split()
    )


TAKEN_BACK = [
    "Je souhaite me désister de ma demande, tout est réglé.",
    "Retrait de ma demande d'accès : je n'en ai plus besoin.",
    "Finalement, inutile de traiter ma demande, j'ai retrouvé les informations.",
    "Je ne souhaite plus donner suite à ma demande d'effacement.",
    "Ik wil mijn verzoek graag intrekken.",
    "Laat mijn vraag tot inzage maar zitten, ik heb alles gevonden.",
    "Ik zie af van mijn verzoek.",
    "Hiermit nehme ich meinen Antrag zurück.",
    "Rücknahme meines Antrags auf Auskunft",
    "Bitte betrachten Sie meine Anfrage als gegenstandslos.",
    "I take my request back, sorry for the trouble.",
    "Kindly consider my request withdrawn.",
    "I no longer wish to pursue my erasure request.",
]


@pytest.mark.parametrize("body", TAKEN_BACK)
def test_who_takes_a_request_back_goes_on_with_it_and_asks_nothing(body: str) -> None:
    found = reading(body)

    assert (found.takes_back, found.kind, found.rights) == (body, "reply", ())


@pytest.mark.parametrize(
    "body",
    [
        "Je retire mon consentement à la newsletter.",
        "Pourquoi avez-vous annulé ma demande ?",
        "Annulez mon abonnement.",
        "Ik trek mijn toestemming in.",
        "Ik laat mijn verzoek niet rusten.",
        "Bitte stornieren Sie meine Bestellung 4711.",
        "I will not withdraw my request.",
        "Do not forget my request please.",
        "I withdraw my consent and want to be deleted.",
    ],
)
def test_who_keeps_a_request_or_takes_something_else_back_takes_none_back(body: str) -> None:
    assert reading(body).takes_back == ""
