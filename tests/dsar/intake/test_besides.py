"""Who else asks in a mail: it is enough that a second person seems to, so that an officer divides it first."""

import time

import pytest

from dsar.intake import persons
from dsar.intake.besides import besides

# By whom, and what they write: no rule can divide these.
SENT = [
    ("Famille Noël",
     "Bonjour,\n\nMoi, Julien Noël, je voudrais une copie de tout ce que vous savez de moi.\n\nMoi, "
     "Camille Noël, je veux que vous supprimiez tout ce qui me concerne.\n\nJulien Noël\nCamille Noël"),
    ("Mieke",
     "Dag,\nIk wil graag weten wat jullie over mij hebben. Mijn moeder, Rita Maes, wil dat jullie haar "
     "volledig schrappen.\nMieke Smets"),
    ("Liz and Tom",
     "Hello,\nTom would like a copy of what you have on him. I (Liz) would like you to delete "
     "mine.\nLiz Carter & Tom Carter"),
    ("Paul",
     "Bonjour,\nEffacez ce que vous avez sur mon fils Théo (8 ans). Quant à moi, je veux juste une "
     "copie de mes informations.\nPaul Gérard"),
    ("Luc Hardy",
     "Bonjour,\nJe souhaite savoir ce que vous avez sur moi. Ma femme Nathalie Hardy vous demande "
     "d'effacer son compte.\nLuc Hardy"),
    ("Tom Field",
     "Hello,\nI'd like my records deleted. My sister, Amy Field, wants to see what you have about "
     "her.\nTom Field"),
    ("Jens Roth",
     "Guten Tag,\nbitte löschen Sie alles über mich. Meine Mutter Helga Roth möchte dagegen eine Kopie "
     "ihrer Daten.\nJens Roth"),
    ("Paul Day",
     "Hello,\nThe following people want their details removed: Ann Lee, Bob Ray and Cy Poe. They all "
     "signed up at your booth.\nPaul Day"),
    ("Nora Lind",
     "Guten Tag,\nes geht um zwei Personen: um mich (Nora Lind, Kundennummer 111222) und um meinen "
     "Vater (Otto Lind, Kundennummer 333444). Bei mir: bitte Auskunft. Bei ihm: bitte alles "
     "löschen.\nNora Lind"),
]  # fmt: skip
TWO = [
    ("fr", "Bonjour,\nJe voudrais une copie de mes données. Mon frère Marc demande l'effacement de son "
     "compte.\nLuc Petit"),
    ("fr", "Bonjour, je souhaite recevoir tout ce que vous avez sur moi. Idem pour ma compagne.\nLuc Petit"),
    ("fr", "Supprimez mon compte ainsi que celui de ma mère, s'il vous plaît.\nAnne Roy"),
    ("fr", "Bonjour, mon mari et moi souhaitons l'accès à nos données.\nAnne Roy"),
    ("fr", "Merci d'effacer mes données. Ma collègue Inès, elle, voudrait savoir ce que vous avez sur elle."),
    ("fr", "Moi, Paul, je veux une copie de mes données. Moi, Claire, je veux que tout soit effacé."),
    ("fr", "Il s'agit de deux personnes : moi-même et mon père. Accès pour moi, suppression pour lui."),
    ("fr", "Veuillez supprimer les données de mes enfants, ils ne sont plus membres."),
    ("fr", "Je vous prie de me communiquer les informations sur moi et ma femme."),
    ("fr", "Je m'appelle Zoé Lam et je voudrais corriger mon dossier. Mon fils de 16 ans veut qu'on efface "
     "ses photos."),
    ("fr", "Madame, Alain Petit (n° client 11122) demande l'accès. Brigitte Grand (n° client 33344) demande "
     "l'effacement."),
    ("fr", "Ma cliente Mme Roux demande une copie de son dossier. Mon client M. Sauvage exige l'effacement "
     "du sien."),
    ("nl", "Graag een kopie van mijn gegevens. Mijn zus Els wil dat haar account verwijderd wordt.\nJan Claes"),
    ("nl", "Mijn man en ik vragen inzage.\nAn Claes"),
    ("nl", "Dag, wis alles wat jullie over mij hebben. Hetzelfde geldt voor mijn vrouw.\nJan Claes"),
    ("nl", "Ik wil mijn gegevens inkijken en die van mijn vader laten wissen."),
    ("nl", "Mijn collega Tom zou graag zien wat u over hem bewaart. Ik wil zelf ook graag een kopie van "
     "mijn dossier."),
    ("nl", "Het gaat om twee personen: mijzelf en mijn moeder. Graag inzage."),
    ("nl", "Ik, Piet, wil een kopie van mijn gegevens. Ik, Mia, wil niet meer gebeld worden."),
    ("nl", "Gelieve mij en mijn vrouw uit jullie bestand te schrappen. Graag een kopie van de gegevens van "
     "mij en mijn vrouw."),
    ("nl", "Verwijder mijn account en ook mijn dochter haar account."),
    ("nl", "Onze klanten wensen dat u hun gegevens wist."),
    ("nl", "Jan Claes (klantnummer 12345) vraagt inzage; An Maes, klantnummer 67890, wil gewist worden."),
    ("nl", "Ik wil graag al mijn gegevens. Lotte wil dat alles over haar weg gaat: schrap haar gegevens."),
    ("de", "Ich möchte Auskunft über meine Daten. Mein Bruder Max will, dass Sie seine Daten löschen.\nEva "
     "Klein"),
    ("de", "Meine Frau und ich bitten um Auskunft über unsere Daten."),
    ("de", "Bitte löschen Sie mein Konto und das meines Mannes."),
    ("de", "Bitte schicken Sie mir alles, was Sie über mich haben. Das Gleiche gilt für meine Tochter."),
    ("de", "Ich brauche eine Kopie meiner Daten. Meine Kollegin Frau Huber wünscht die Löschung ihres "
     "Profils."),
    ("de", "Wir sind zwei Nutzer. Ich, Karl, möchte Auskunft. Ich, Rosa, möchte gelöscht werden."),
    ("de", "Mein Nachbar ist auch bei Ihnen Kunde. Er möchte seine Daten löschen lassen. Ich möchte nur "
     "meine Daten sehen."),
    ("de", "Bitte löschen Sie die Daten meiner Mutter und schicken Sie mir eine Kopie meiner Daten."),
    ("de", "Die folgenden Mitglieder möchten gelöscht werden: Ute Roth, Kai Lenz."),
    ("de", "Es geht um zwei Personen, meinen Sohn und mich: bitte Auskunft."),
    ("de", "Antrag für mich und meine Frau: bitte Auskunft über alle Daten."),
    ("de", "Meine Mandantin Frau Roth beantragt Auskunft zu ihren Daten. Mein Mandant Herr Lenz verlangt "
     "Löschung seiner Daten."),
    ("en", "Please send me my data. My brother Joe wants his account deleted.\nAmy Cole"),
    ("en", "My wife and I would like access to our information."),
    ("en", "Delete my account and my husband's as well, please."),
    ("en", "Please erase everything you hold on me. Same goes for my flatmate."),
    ("en", "I want a copy of my records. My colleague Priya would like you to correct her address."),
    ("en", "I, Tom, want a copy of my data. I, Amy, want to be deleted."),
    ("en", "This is about two people: me and my mother. Access for me, deletion for her."),
    ("en", "Could you send what you have on me and my daughter?"),
    ("en", "My friend is a customer too. She would like her details removed. I'd just like to see my data."),
    ("en", "Jane Doe (customer number 55512) wants access. John Roe, customer no. 77713, wants erasure."),
    ("en", "Please remove my parents from your list, and delete the data of my parents."),
    ("en", "My client Ms Wu requests a copy of her file. My other client, Mr Ray, wants his file erased."),
]  # fmt: skip
# A relative, a colleague, a client is only told of, or is the one person whom it is all about.
ONE = [
    ("fr", "Je voudrais une copie de mes données. Le compte de mon mari n'est pas concerné.\nAnne Roy"),
    ("fr", "Ma femme m'a parlé de vous. Effacez mes données s'il vous plaît."),
    ("fr", "Comme je l'ai dit à votre collègue Anne, je veux l'accès à mes données."),
    ("fr", "Je demande l'accès aux données de ma mère Jeanne Dubois, que je représente."),
    ("fr", "Supprimez mon compte. Ma femme veut que je ferme tous mes comptes."),
    ("fr", "Ma sœur a demandé ses données l'an dernier et vous avez répondu. Je veux maintenant les miennes."),
    ("fr", "Supprimez mes données, pas celles de mon fils."),
    ("fr", "Effacez mon compte. Mon mari souhaite garder son compte."),
    ("fr", "Mon mari veut aussi ses données, mais il vous écrira lui-même. Moi je voudrais mes données."),
    ("fr", "Vous avez envoyé mes données à ma voisine. Je veux savoir pourquoi et une copie de mes données."),
    ("fr", "Mon avocat vous demande de répondre. Je veux une copie de mon dossier."),
    ("fr", "Bonjour, nous avons deux enfants et nous aimons votre magasin. Effacez mes données."),
    ("fr", "Je voudrais une copie de mes échanges avec ma conseillère. Mon adresse : rue de la Mère 3."),
    ("nl", "Graag inzage in mijn gegevens. Het account van mijn vrouw hoeft niet gewist te worden."),
    ("nl", "Mijn vrouw vertelde me over jullie. Wis mijn gegevens."),
    ("nl", "Zoals ik aan uw collega An zei, wil ik een kopie van mijn gegevens."),
    ("nl", "Wissen jullie alles van mijn dochter Lotte (7)? Voor mijzelf vraag ik niets."),
    ("nl", "Namens mijn moeder Rita Maes vraag ik een kopie van haar gegevens."),
    ("nl", "Wis mijn account. Mijn man wil dat ik alles opzeg."),
    ("nl", "Mijn broer heeft vorig jaar zijn gegevens gevraagd. Nu wil ik mijn gegevens."),
    ("nl", "Verwijder alleen mijn account, niet dat van mijn zoon."),
    ("nl", "Mijn dochter wil haar account houden. Wis alleen mijn gegevens."),
    ("nl", "Mijn man zal zelf schrijven. Ik wil een kopie van mijn dossier."),
    ("nl", "Jullie hebben mijn gegevens aan mijn ex-man gegeven. Stuur mij een overzicht van mijn gegevens."),
    ("nl", "Mijn man en ik zijn verhuisd. Pas mijn adres aan in mijn gegevens."),
    ("nl", "Ik schrijf met de computer van mijn zoon. Graag een kopie van mijn gegevens."),
    ("de", "Bitte löschen Sie meine Daten. Das Konto meines Mannes soll nicht gelöscht werden."),
    ("de", "Meine Frau hat mir von Ihnen erzählt. Bitte Auskunft über meine Daten."),
    ("de", "Wie ich Ihrer Kollegin Anna sagte, möchte ich eine Kopie meiner Daten."),
    ("de", "Ich bitte um Auskunft über die Daten meines Vaters, den ich vertrete."),
    ("de", "Mein Mann möchte, dass ich mein Konto lösche. Bitte löschen Sie meine Daten."),
    ("de", "Meine Schwester hat letztes Jahr Auskunft über ihre Daten bekommen. Ich möchte das auch für "
     "meine Daten."),
    ("de", "Meine Tochter möchte ihr Konto behalten. Löschen Sie nur meine Daten."),
    ("de", "Mein Sohn will seine Daten auch, schreibt Ihnen aber selbst. Ich möchte eine Kopie meiner Daten."),
    ("de", "Sie haben meine Daten an meinen Nachbarn geschickt. Ich verlange Auskunft über meine Daten."),
    ("de", "Meine Frau und ich sind umgezogen. Bitte ändern Sie meine Daten."),
    ("de", "Das Handy meiner Mutter nutze ich mit. Bitte löschen Sie meine Nummer und alle Daten zu mir."),
    ("en", "I'd like a copy of my data. My husband's account is not concerned."),
    ("en", "My wife told me about you. Please delete my data."),
    ("en", "As I told your colleague An, I want a copy of my data."),
    ("en", "I am writing on behalf of my mother. Please send a copy of her data."),
    ("en", "My husband wants me to close my account. Please delete my data."),
    ("en", "My sister asked for her data last year. Now I want mine."),
    ("en", "Delete my data but leave my son's account alone."),
    ("en", "My daughter wants to keep her account. Please erase only my data."),
    ("en", "My flatmate wants his data too but will write himself. Please send me my data."),
    ("en", "You sent my data to my neighbour. I want a copy of my data and an explanation."),
    ("en", "My wife and I moved house. Please correct my address in my records."),
    ("en", "Google wants my data too. Please erase all data about me."),
    ("en", "Please remove my details. Tom from your team asks for my passport, which I refuse."),
    ("en", "I was told by my friend Amy that you keep records. Please send me all records on me."),
]  # fmt: skip


@pytest.mark.parametrize(("sender", "text"), SENT, ids=[row[0] for row in SENT])
def test_a_mail_no_rule_can_divide_is_left_to_an_officer(sender: str, text: str) -> None:
    several = persons.find(text, sender_name=sender)

    assert several is not None
    assert not several.sure
    assert {passage.whose for passage in several.passages} == {persons.EVERYBODY}


@pytest.mark.parametrize("text", [text for _language, text in TWO])
def test_a_second_person_who_asks_is_heard(text: str) -> None:
    assert besides(text) is not None


@pytest.mark.parametrize("text", [text for _language, text in ONE])
def test_people_who_are_told_of_hold_nothing_back(text: str) -> None:
    assert persons.find(text) is None


def test_who_is_named_is_proposed_beside_the_writer() -> None:
    several = persons.find(SENT[1][1], sender_name="Mieke Smets")

    assert several is not None
    assert [(person.name, person.standing.value) for person in several.people] == [
        ("Mieke Smets", "writes"),
        ("Rita Maes", "represented"),
    ]


def test_a_wish_of_the_writers_in_the_third_person_is_their_own() -> None:
    text = "Jan Peeters veut une copie de ses données. Merci de m'envoyer mes données vite.\n\nJan Peeters"

    assert besides(text, sender_name="Jan Peeters") is None


def test_the_subject_counts_too() -> None:
    text = "Bitte löschen Sie alle Daten."

    assert besides(text, subject="Antrag für uns beide") is not None
    assert besides(text, subject="Antrag") is None


@pytest.mark.parametrize("piece", ["mon fils veut ", "Jan wants ", "A" * 50 + " ", "Ik, Jan, ", "A1 "])
def test_time_is_bounded_whatever_comes(piece: str) -> None:
    begun = time.process_time()

    besides((piece * 20_000)[:49_000])

    assert time.process_time() - begun < 2
