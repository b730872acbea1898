"""Two people in one mail, however little is said of the second: an officer divides it before anybody is written to."""

import pytest

from dsar.intake import persons
from dsar.intake.models import SeveralPeople
from notifications.models import Thread
from tests.dsar.intake.post import mail, take_in

TWO = [
    (
        "Anna Berg",
        "Dear all,\n\nMy husband Karl and I would both like to see what you have. Karl also wants his "
        "account closed (karl@example.org).\n\nAnna Berg",
    ),
    (
        "Marc Petit",
        "Bonjour,\n\nPour moi : copie de mes données. Pour mon épouse Claire Petit (claire@example.be) : "
        "plus de publicité.\n\nMarc Petit",
    ),
    (
        "Luc Smet",
        "Beste, graag mijn gegevens inkijken. Mijn broer Wim (wim@example.be) wil geen mails meer krijgen "
        "van jullie.\n\nLuc Smet",
    ),
    (
        "Uli Kurz",
        "Guten Tag, ich hätte gern eine Kopie meiner Daten. Meine Schwester Eva Kurz möchte, dass Sie ihr "
        "Konto löschen (eva.kurz@example.de).\n\nUli Kurz",
    ),
    (
        "Pete Barnes",
        "Hi, I'd like to see what you keep on me. Lucy, my flatmate, says she'd like her account gone "
        "(lucy@example.org).\nPete Barnes",
    ),
    (
        "Peter Barnes",
        "Hello,\n\nMy wife Lucy Barnes and I both use your service. I'd like to see what you keep on me. "
        "Lucy wants the marketing mails to stop.\n\nPeter Barnes",
    ),
    (
        "Peter Barnes",
        "Hello,\n\nMy wife and I both use your service. I'd like to see what you keep on me. She just wants "
        "the marketing mails to stop (hers is lucy.barnes@example.org).\n\nPeter Barnes",
    ),
    (
        "Léa Roy",
        "Bonjour, ma collègue Nathalie et moi avons reçu votre pub. Moi, je m'en fiche, mais elle ne veut "
        "plus rien recevoir (nathalie@example.be). Et moi j'aimerais une copie de mes données.\nLéa Roy",
    ),
    (
        "Peter Barnes",
        "Hi,\n\nMy wife Lucy Barnes and I both use your service. I'd like to see what you keep on me. Lucy "
        "just wants the marketing mails to stop (hers is lucy.barnes@example.org).\n\nThanks\nPeter Barnes",
    ),
    (
        "Jean Lambert",
        "Bonjour,\n\nJ'aimerais savoir ce que vous gardez sur moi. Sophie, ma compagne, dit qu'elle "
        "voudrait que son compte disparaisse (sophie.m@example.be).\n\nJean Lambert",
    ),
    (
        "Jean Lambert",
        "Bonjour, supprimez mon compte svp. Mon fils Théo voudrait juste ne plus recevoir vos mails.\nJean Lambert",
    ),
    (
        "Nora Diallo",
        "Pour moi : effacement. Pour ma sœur Awa : une copie de ses données.\nNora Diallo",
    ),
    (
        "Nora Diallo",
        "Bonjour, mon mari et moi sommes clients. Je demande une copie de mes données. Lui ne veut plus de "
        "vos publicités.\nNora Diallo",
    ),
    (
        "An Claes",
        "Dag,\n\nVoor mij: graag een kopie van mijn gegevens. Voor mijn man Bert Maes (bert@example.be): "
        "geen reclame meer.\n\nAn Claes",
    ),
    (
        "An Claes",
        "Beste, ik wil graag weten wat jullie van mij bewaren. Joris, mijn huisgenoot, zegt dat hij zijn "
        "account weg wil (joris@example.be).\nAn Claes",
    ),
    (
        "An Claes",
        "Hallo, mijn vrouw Els en ik zijn allebei klant. Ik wil graag inzage in mijn gegevens. Els wil "
        "gewoon geen mails meer.\nAn Claes",
    ),
    (
        "An Claes",
        "Hallo, mijn vrouw en ik zijn allebei klant. Ik wil graag inzage in mijn gegevens. Zij wil enkel "
        "dat de reclame stopt (haar adres: els@example.be).\nAn Claes",
    ),
    (
        "Uwe Lang",
        "Guten Tag,\n\nfür mich: Auskunft über meine Daten. Für meine Frau Ines Lang (ines@example.de): "
        "keine Werbung mehr.\n\nUwe Lang",
    ),
    (
        "Uwe Lang",
        "Hallo, ich möchte wissen, was Sie über mich speichern. Tobias, mein Mitbewohner, sagt, er möchte "
        "sein Konto löschen lassen (tobias@example.de).\nUwe Lang",
    ),
    (
        "Uwe Lang",
        "Meine Frau Ines und ich sind beide Kunden. Ich bitte um eine Kopie meiner Daten. Ines möchte nur, "
        "dass die Werbemails aufhören.\nUwe Lang",
    ),
    (
        "Uwe Lang",
        "Meine Kollegin Petra und ich bekommen Ihre Werbung. Ich hätte gern eine Kopie meiner Daten, sie "
        "will nichts mehr bekommen (petra@example.de).\nUwe Lang",
    ),
    (
        "Sam Wood",
        "For me: a copy of my data. For my mother, Ruth Wood (ruth@example.org): no more advertising please.\nSam Wood",
    ),
    (
        "Sam Wood",
        "Please send me everything you hold on me. My brother Tom would just like to be taken off your list.\nSam Wood",
    ),
    (
        "Sam Wood",
        "I'd like my account deleted. My colleague Priya (priya@example.org) doesn't want any more emails "
        "either.\nSam Wood",
    ),
    (
        "Sam Wood",
        "Could you delete my data? And my partner says he wants his phone number removed as well: 0470 11 "
        "22 33.\nSam Wood",
    ),
]
ONE = [
    (
        "Jean Lambert",
        "Bonjour, ma femme m'a dit que vous vendez des données. Je veux une copie des miennes.\nJean Lambert",
    ),
    (
        "Jean Lambert",
        "Bonjour, mon mari veut que je supprime mon compte. Effacez mes données.\nJean Lambert",
    ),
    (
        "An Claes",
        "Mijn man zegt dat ik recht heb op een kopie van mijn gegevens. Graag dus een kopie "
        "(an.claes@example.be).\nAn Claes",
    ),
    (
        "Sam Wood",
        "My wife handles my mail, reply to her at ruth@example.org. Please send me a copy of my data.\nSam Wood",
    ),
    (
        "Uwe Lang",
        "Meine Frau will wissen, warum ich so viel Werbung bekomme. Bitte löschen Sie meine Daten.\nUwe Lang",
    ),
    (
        "Sam Wood",
        "Your agent Lucy said she would delete my account. She wants me to confirm by mail: please delete "
        "my account.\nSam Wood",
    ),
    (
        "Nora Diallo",
        "Votre collègue Marc m'a dit qu'il voulait mon adresse. Pour moi c'est non : effacez mes données.\nNora Diallo",
    ),
    (
        "An Claes",
        "Voor mij mag alles weg: wis mijn gegevens. Voor mijn administratie heb ik een bevestiging nodig.\nAn Claes",
    ),
    (
        "Sam Wood",
        "I write for my mother Ruth Wood, who cannot use a computer. She wants a copy of her data.\nSam Wood",
    ),
    (
        "Uwe Lang",
        "Ich schreibe für meine Mutter. Sie möchte, dass Sie ihr Konto löschen. Vollmacht anbei.\nUwe Lang",
    ),
    (
        "Jean Lambert",
        "Mon ex-femme a donné mon adresse. Elle veut me nuire. Je demande l'effacement de mes données.\nJean Lambert",
    ),
    (
        "Sam Wood",
        "Tom from your shop says he wants my new address. It is 12 High Street. My old one please delete.\nSam Wood",
    ),
    (
        "An Claes",
        "Graag een kopie van mijn gegevens. Mijn dochter Lotte heeft mij hiermee geholpen "
        "(lotte@example.be).\nAn Claes",
    ),
    (
        "Marc Petit",
        "Pour moi : copie de mes données. Pour mon dossier : une confirmation par courrier.\nMarc Petit",
    ),
    (
        "Sam Wood",
        "Please stop the ads. My husband wants a quiet evening.\nSam Wood",
    ),
]


@pytest.mark.parametrize(("writer", "text"), TWO)
def test_somebody_near_who_asks_too_is_seen(writer: str, text: str) -> None:
    found = persons.find(text, sender_name=writer)

    assert found is not None
    assert found.people


@pytest.mark.parametrize(("writer", "text"), ONE)
def test_somebody_near_who_is_only_told_of_asks_nothing(writer: str, text: str) -> None:
    assert persons.find(text, sender_name=writer) is None


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("writer", "text"), TWO[:9:2])
def test_no_acknowledgement_leaves_before_an_officer_divided_it(writer: str, text: str) -> None:
    message = take_in(mail(text, subject="Two things").replace(b"From: Ada <", f"From: {writer} <".encode()))

    assert SeveralPeople.objects.filter(message=message, settled_at=None).exists()
    assert Thread.objects.get(case=message.case).several is True
