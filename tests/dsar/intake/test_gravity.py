"""Letters of authorities and reports of a leak: marked by who writes and what is said, not by who is mentioned."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from dsar.intake import parsing, understanding_child
from dsar.intake.gravity import gravity, leak
from dsar.intake.labels import LABELS, MAIL_LABELS, Understood
from dsar.intake.reading import read
from notifications import services as post_office
from notifications.models import Notification
from tests import factories
from tests.dsar.intake.post import mail, take_in
from workflow import events, queries, services
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Case
from workflow.states import EventKind, Right

AUTHORITIES = [
    ("litige@apd-gba.be", "Nous avons reçu une plainte de Madame X. Merci de répondre pour le 15 mars."),
    ("someone@zone.police.belgium.eu", "Bonjour, voir annexe."),
    ("jean@example.org", "En vertu de l'article 46bis du Code d'instruction criminelle, nous vous requérons."),
    ("p@example.org", "Nous avons été saisis d'une plainte contre votre société."),
    (
        "greffe@example.org",
        "Tribunal de première instance\nGreffe du tribunal\n\nVeuillez nous transmettre le dossier.",
    ),
    ("x@example.org", "Pro Justitia\n\nVeuillez communiquer les données de cet abonné."),
    ("y@example.org", "Wij vorderen de mededeling van de gegevens van deze klant."),
    ("z@example.org", "Geschillenkamer\nDossier DOS-2026-01234\n\nGelieve te antwoorden."),
    ("k@example.org", "Auskunftsersuchen gemäß § 95 StPO zu einem Nutzerkonto."),
    ("q@example.org", "Bei uns ist eine Beschwerde eingegangen. In dem Ermittlungsverfahren bitten wir um Daten."),
    ("r@example.org", "Our office has received a complaint about your company."),
    ("s@example.org", "This is a court order requiring disclosure of the account."),
]
ORDINARY = [
    "Si vous ne répondez pas, je porterai plainte à l'Autorité de protection des données.",
    "J'ai déposé plainte à la police et mon avocat a prévenu le procureur du Roi.",
    "Mijn klacht bij de Gegevensbeschermingsautoriteit heeft nummer DOS-2026-01234.",
    "Ich habe mich bei der Datenschutzbehörde beschwert und die Polizei informiert.",
    "I will complain to the Information Commissioner and go to court.",
    "Je travaille à la police fédérale et je voudrais une copie de mes données.\n\nJean Dupont\nInspecteur principal",
    "Bonjour, je souhaite accéder à mes données.\n\nMarc Parquet",
]
LEAKS = [
    "J'ai reçu par erreur la facture d'un autre client.",
    "Il y a une fuite de données chez vous.",
    "Mes données ont été envoyées à une autre personne.",
    "Ik kreeg vandaag het dossier van iemand anders.",
    "Er is een datalek bij jullie.",
    "Ich habe heute die Daten eines anderen Kunden erhalten.",
    "Bei Ihnen gibt es ein Datenleck.",
    "I can see another customer's invoices in my account.",
    "My details were sent to the wrong person.",
    "your password reset page shows me other people's orders",
    "When I log in I see the address of somebody else.",
    "You sent me a spreadsheet with names and phone numbers of all your customers.",
    "I got the letters and invoices of another client in my envelope.",
    "Quand je me connecte, je vois les commandes d'autres clients.",
    "Vous m'avez envoyé un fichier avec les noms et adresses de vos clients.",
    "Votre site m'affiche l'adresse et le numéro d'une autre personne.",
    "ik kreeg vanmorgen een bestand met namen en adressen van jullie klanten",
    "Als ik inlog, zie ik de bestellingen van andere mensen.",
    "In mijn account staan facturen van iemand anders, die ik gewoon kan bekijken.",
    "Nach dem Anmelden sehe ich die Bestellungen anderer Kunden.",
    "Ich habe eine Datei mit Namen und Adressen Ihrer Kunden bekommen.",
    "Mir wird die Rechnung einer anderen Person angezeigt.",
]


def said(text: str, sender: str = "ada@example.org") -> Any:
    return gravity(parsing.parse(mail(text, sender=sender, subject="Message")))


@pytest.mark.parametrize(("sender", "text"), AUTHORITIES)
def test_a_letter_of_an_authority_is_recognised_by_its_own_words(sender: str, text: str) -> None:
    assert said(text, sender).authority


@pytest.mark.parametrize("text", ORDINARY)
def test_who_only_mentions_an_authority_is_an_ordinary_person(text: str) -> None:
    assert said(text).authority == ""


@pytest.mark.parametrize("sender", ["a@apd-gba.be.evil.example", "a@xapd-gba.be", "police.be@example.org"])
def test_a_domain_that_only_looks_like_an_authoritys_is_none(sender: str) -> None:
    assert said("Bonjour.", sender).authority == ""


@pytest.mark.parametrize("text", LEAKS)
def test_a_report_of_a_leak_is_recognised(text: str) -> None:
    assert said(text).leak


@pytest.mark.parametrize(
    "text",
    [
        "Je voudrais recevoir une copie de mes données.",
        "Avez-vous transmis mes données à des tiers ?",
        "Hebt u mijn gegevens aan anderen doorgegeven?",
        "Haben Sie meine Daten an andere weitergegeben?",
        "Please tell me with whom my data was shared.",
        "Can other customers see my orders?",
        "I received your letter and would like to see my own file.",
        "Did you send my details to other people?",
        "Avez-vous envoyé mes données à d'autres personnes ?",
        "Je vois que vous vendez les données de vos clients et je m'y oppose.",
        "J'ai reçu votre facture, elle comporte une erreur dans mon adresse.",
        "Ik zie dat jullie gegevens van andere klanten verkopen.",
        "Hebt u mijn gegevens naar anderen gestuurd?",
        "Ik kreeg een brief van u met mijn naam en adres.",
        "Haben Sie meine Daten an andere Personen geschickt?",
        "Ich sehe, dass Sie Daten anderer Kunden verkaufen.",
        "Ich habe Ihre Rechnung mit meiner Adresse erhalten.",
        "Merci.\n\n> Une fuite de données a eu lieu chez nous.",
    ],
)
def test_a_question_about_recipients_or_a_quotation_reports_nothing(text: str) -> None:
    assert said(text).leak == ""


# -- what follows -------------------------------------------------------------------------------------


class Hears:
    """A model that finds every sentence with a word in it so likely to report a leak."""

    def __init__(self, word: str, likely: float) -> None:
        self.word, self.likely = word, likely

    def understand(self, sentences: Sequence[str]) -> Understood:
        rows = tuple((0.0,) * len(LABELS) for _ in sentences)
        leaks = tuple(self.likely if self.word in sentence else 0.0 for sentence in sentences)
        return Understood(rows, (0.0,) * len(MAIL_LABELS), leaks)


def heard(text: str, model: Hears | None) -> str:
    return read(parsing.parse(mail(text, sender="ada@example.org", subject="Message")), model=model).leak


def test_a_leak_is_what_the_model_hears_or_a_rule_that_the_model_does_not_firmly_deny() -> None:
    unseen = "Bonjour.\n\nLe sachet contenait l'ordonnance de quelqu'un."

    assert heard(unseen, Hears("sachet", 0.9)) == "Le sachet contenait l'ordonnance de quelqu'un."
    assert heard(unseen, Hears("sachet", 0.3)) == heard(unseen, None) == ""
    assert heard(LEAKS[0], Hears("facture", 0.1)) == heard(LEAKS[0], None) != ""
    assert heard(LEAKS[0], Hears("facture", 0.0)) == ""


def test_a_report_in_words_only_the_model_knows_proposes_a_breach(installed: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(understanding_child, "model", lambda: Hears("sachet", 0.9))

    case = take_in(mail("Le sachet contenait l'ordonnance de quelqu'un.")).case

    assert case is not None
    told = queries.history(case).get(kind=EventKind.BREACH_PROPOSED.value)
    assert events.payload_of(told) == {"text": "Le sachet contenait l'ordonnance de quelqu'un."}


@pytest.fixture
def letter(installed: Any) -> Case:
    raw = mail(AUTHORITIES[0][1], sender=AUTHORITIES[0][0], subject="Votre dossier")
    message = take_in(raw, at=datetime(2027, 3, 1, 9, tzinfo=UTC))
    post_office.sweep_pending()
    assert message.case is not None
    return message.case


def letters_of(case: Case) -> list[str]:
    return list(Notification.objects.filter(case=case).order_by("id").values_list("letter", flat=True))


def test_an_authority_is_never_acknowledged_and_manager_and_officer_are_told(letter: Case) -> None:
    post_office.sweep_held()

    assert factories.again(letter).authority
    assert set(letters_of(letter)) == {"A08"}
    kinds = [event.kind for event in queries.history(letter)]
    assert EventKind.ACKNOWLEDGEMENT_WITHHELD in kinds
    alarm = Notification.objects.filter(case=letter, letter="A08").first()
    assert alarm is not None
    assert "apd-gba" not in post_office.content_of(alarm).text


def test_not_even_confirming_its_rights_acknowledges_it(letter: Case) -> None:
    services.confirm_claims(letter.pk, rights=[Right.INFORMATION], by=factories.actor("officer"))
    post_office.sweep_pending()

    assert "M01" not in letters_of(letter)


def test_its_date_is_set_by_hand_and_leads_the_queue(letter: Case, time_machine: Any) -> None:
    time_machine.move_to("2027-03-01T10:00:00+00:00")
    officer = factories.actor("officer")

    services.record_call_back(letter.pk, text="Appelé le 02 274 48 00, dossier confirmé.", by=officer)
    services.set_authority_due(letter.pk, due=datetime(2027, 3, 1, tzinfo=UTC).date(), by=officer)

    again = factories.again(letter)
    assert (str(again.authority_due), again.next_due) == ("2027-03-01", again.authority_due)
    with pytest.raises(CannotDo):
        services.set_authority_due(letter.pk, due=datetime(2027, 2, 1, tzinfo=UTC).date(), by=officer)
    with pytest.raises(NotPermitted):
        services.set_authority_due(letter.pk, due=again.never_paused_due, by=factories.actor("auditor"))


def test_denied_with_a_reason_it_is_acknowledged_like_any_other(letter: Case) -> None:
    officer = factories.actor("officer")

    with pytest.raises(CannotDo):
        services.deny_authority(letter.pk, reason="", by=officer)
    services.deny_authority(letter.pk, reason="Le numéro du registre ne connaît pas ce dossier.", by=officer)
    post_office.sweep_pending()

    assert letters_of(letter).count("M01") == 1
    with pytest.raises(CannotDo):
        services.record_call_back(letter.pk, text="?", by=officer)


def test_a_report_of_a_leak_is_acknowledged_and_proposes_a_breach_with_its_words(installed: Any) -> None:
    case = take_in(mail(LEAKS[0] + "\n\nJe voudrais une copie de mes données.\n\nAda")).case
    assert case is not None
    post_office.sweep_pending()

    assert factories.again(case).possible_breach
    told = queries.history(case).get(kind=EventKind.BREACH_PROPOSED.value)
    data = events.fields(told)["data"]
    assert (data["sign"], sorted(data)) == ("reported_by_mail", ["aware_at", "notify_by", "sign"])
    assert datetime.fromisoformat(data["aware_at"]) == case.received_at
    assert events.payload_of(told) == {"text": "reçu par erreur la facture d'un autre"}
    assert "M01" in letters_of(case)


def test_what_the_model_makes_of_a_word_alone_is_no_report() -> None:
    words = type("Words", (), {"original": "zanzibar-needle"})()
    heard = type("Heard", (), {"leak": (0.99, words)})()
    parsed = parsing.parse(b"From: a@example.org\nSubject: x\n\nBonjour, une copie de mes donnees. zanzibar-needle\n")

    assert leak(parsed, heard) == ""  # type: ignore[arg-type]


COMPLAINED_THERE = [
    "Dear Sirs, the Information Commissioner's Office has received a complaint from Mr A. Bell about your "
    "response to his subject access request. Please let us have your comments within 14 days.\n\nCase "
    "officer J. Hill",
    "Madame, Monsieur,\n\nL'Autorité de protection des données a été saisie d'une plainte de M. Bell "
    "concernant votre réponse à sa demande d'accès. Vous êtes invités à communiquer vos observations dans "
    "les quinze jours.\n\nJ. Colin",
    "La CNIL a reçu une réclamation de Mme Petit à l'encontre de votre société. Merci de nous communiquer "
    "les éléments utiles pour le 3 mars.",
    "Geachte,\n\nDe Gegevensbeschermingsautoriteit heeft een klacht ontvangen van de heer Bell over uw "
    "antwoord. Gelieve ons uw opmerkingen te bezorgen binnen veertien dagen.",
    "Die Datenschutzbehörde hat eine Beschwerde von Herrn Bell gegen Ihr Unternehmen erhalten. Wir bitten "
    "um Stellungnahme bis zum 3. März.",
    "The Data Protection Commission has received a complaint from Ms Daly about your company. You are "
    "requested to respond within 21 days.",
]
ONLY_SAID = [
    "I read that the Information Commissioner's Office has received a complaint about your company. Please "
    "provide me with my data.",
    "J'ai écrit à l'Autorité de protection des données, qui a reçu ma plainte contre votre société. Merci "
    "de me communiquer mes données.",
    "De Gegevensbeschermingsautoriteit heeft een klacht ontvangen over uw bedrijf, las ik. Gelieve mijn "
    "gegevens te wissen.",
    "Die Datenschutzbehörde hat meine Beschwerde gegen Ihr Unternehmen erhalten. Ich bitte um Auskunft über "
    "meine Daten.",
    "If you do not answer, the Information Commissioner's Office will receive a complaint about your "
    "conduct. Please provide the file on me.",
    "Our client Mr Bell: the Data Protection Commission has received a complaint about your company. Please "
    "provide his data.",
]


@pytest.mark.parametrize("text", COMPLAINED_THERE)
def test_an_authority_that_asks_for_comments_is_known_without_its_address(text: str) -> None:
    assert said(text).authority


@pytest.mark.parametrize("text", ONLY_SAID)
def test_who_tells_of_a_complaint_elsewhere_and_asks_for_their_own_is_a_person(text: str) -> None:
    assert said(text).authority == ""
