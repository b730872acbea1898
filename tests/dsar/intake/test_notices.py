"""What a mail server or a filter writes without any header that says so, told from what a person writes of the same."""

import pytest

from dsar.intake.parsing import parse
from dsar.intake.reading import Reading, read
from tests.dsar.intake.post import mail

BOUNCES = [
    ("boîte pleine", "boîte pleine"),
    ("mailbox full", "mailbox full"),
    ("user unknown", "user unknown"),
    ("Erreur", "Utilisateur inconnu : jean@example.org"),
    ("Votre message", "Votre message pour jean@example.org : la boîte de réception du destinataire est pleine."),
    ("Postvak vol", "Het postvak van jan@example.org is vol. Uw bericht werd niet afgeleverd."),
    ("Fout", "Onbekende gebruiker"),
    ("Zustellung", "Postfach voll"),
    ("Fehler", "Der Empfänger max@example.org ist unbekannt."),
    ("Error", "550 quota exceeded for user@example.org"),
]
DIGESTS = [
    ("Quarantine report", "You have 3 messages held in quarantine. Release | Block"),
    ("3 messages held in quarantine", "3 messages held in quarantine\nFrom: x@y.example Subject: hello, please read"),
    ("Digest de quarantaine", "Vous avez 5 messages en quarantaine."),
    ("Quarantaine-overzicht", "3 berichten staan in quarantaine"),
    ("Quarantänebericht", "4 Nachrichten in Quarantäne"),
]
PEOPLE = [
    ("ma boîte", "ma boîte mail est pleine, renvoyez-moi mes données"),
    ("boîte pleine", "Bonjour, la boîte était pleine, pouvez-vous renvoyer votre réponse ?"),
    ("mailbox full", "my mailbox was full, so nothing reached me"),
    ("mailbox", "my mailbox is full, delete my account"),
    ("Re: votre réponse", "boîte pleine hier, videz-la et renvoyez svp"),
    ("inconnu", "Je suis un utilisateur inconnu de vos services, qu'avez-vous sur moi ?"),
    ("postvak vol", "mijn postvak zat vol, stuur het nog eens"),
    ("Postfach", "Mein Postfach war voll, bitte senden Sie mir die Auskunft noch einmal."),
    ("user unknown", "Why does your site say user unknown? Delete the account."),
    ("quarantine", "Your answer landed in quarantine, please send it again."),
    ("quarantaine", "J'ai trouvé 3 messages de chez vous en quarantaine"),
    ("Quarantäne", "Ich war drei Wochen in Quarantäne und will wissen, was Sie über mich haben."),
    ("courrier", "Le courrier recommandé n'a pas pu être remis à ma mère"),
]


def read_as(subject: str, text: str, sender: str = "ada@example.org") -> Reading:
    return read(parse(mail(text, subject=subject, sender=sender)))


@pytest.mark.parametrize(("subject", "text"), BOUNCES)
def test_a_letter_that_came_back_in_few_words_is_a_bounce(subject: str, text: str) -> None:
    found = read_as(subject, text)

    assert (found.kind, found.acknowledge) == ("bounce", False)


@pytest.mark.parametrize(("subject", "text"), DIGESTS)
def test_a_digest_of_a_quarantine_is_a_program_s(subject: str, text: str) -> None:
    found = read_as(subject, text)

    assert (found.kind, found.acknowledge) == ("auto_reply", False)


def test_a_filter_s_digest_stays_one_whatever_the_lines_it_lists_ask() -> None:
    listed = "2 messages in quarantine\n\nJe veux une copie de mes données\nDelete my account please"

    assert read_as("Quarantine", listed, "quarantine@filter.example").kind == "auto_reply"


@pytest.mark.parametrize(("subject", "text"), PEOPLE)
def test_a_person_who_writes_of_a_full_mailbox_or_a_quarantine_is_one(subject: str, text: str) -> None:
    found = read_as(subject, text)

    assert found.kind not in {"bounce", "auto_reply", "spam"}
    assert found.acknowledge
