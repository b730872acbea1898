"""The first reading on the development mails and on short cases of its own: floors a little below what it reaches."""

from email.message import EmailMessage

import pytest

from dsar.intake.parsing import parse
from dsar.intake.reading import Reading, read
from tests.bench.reading_report import DEVELOPMENT, measure
from tests.dsar.intake.reading_cases import CASES, Case
from tests.dsar.intake.reading_cases_more import MORE_CASES
from workflow.states import Right


def mail(text: str, subject: str = "", sender: str = "Someone <someone@example.org>", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "vieprivee@assistool.com"
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def reading(text: str, subject: str = "", sender: str = "Someone <someone@example.org>", **headers: str) -> Reading:
    return read(parse(mail(text, subject, sender, **headers)))


def case_mail(case: Case) -> bytes:
    """A case as the bytes of a mail; an answer carries the id of our letter."""
    headers = {"In_Reply_To": "<dsr-2026-0001.m01@assistool.com>"} if case.reply else {}
    return mail(case.text, case.subject, **headers)


@pytest.fixture(scope="module")
def report():
    return measure(DEVELOPMENT)


@pytest.mark.parametrize(
    ("field", "floor"),
    [
        ("language", 0.99),
        ("kind", 0.97),
        ("rights", 0.95),
        ("dated", 0.95),
        ("signed", 0.95),
        ("reasons_given", 0.88),
        ("identity_document", 0.98),
        ("representative", 0.98),
        ("acknowledge", 0.99),
    ],
)
def test_development_mails_are_read_as_labelled(report, field, floor):
    assert report.accuracy(field) >= floor, "\n".join(report.misses)


def test_rights_of_the_development_mails_reach_the_floor(report):
    assert report.mails == 100
    assert report.micro_f1 >= 0.96, "\n".join(report.misses)


def test_own_cases_are_many_and_of_all_languages():
    assert len(CASES) >= 60
    assert {
        language: sum(case.language == language for case in CASES) >= 15 for language in ("fr", "nl", "de", "en")
    } == {
        "fr": True,
        "nl": True,
        "de": True,
        "en": True,
    }


@pytest.mark.parametrize("cases", [CASES, MORE_CASES], ids=["plain", "hard"])
def test_own_cases_reach_the_floor(cases):
    hit = missed = wrong = right_kind = right_language = 0
    failures: list[str] = []
    for case in cases:
        found = read(parse(case_mail(case)))
        got, wanted = {right.value for right in found.rights}, set(case.rights.split())
        hit, missed, wrong = hit + len(got & wanted), missed + len(wanted - got), wrong + len(got - wanted)
        right_kind += found.kind == case.kind
        right_language += found.language == case.language
        if got != wanted or found.kind != case.kind:
            failures.append(f"{case.text[:80]!r}: {found.kind} {sorted(got)}, wanted {case.kind} {sorted(wanted)}")
    assert 2 * hit / (2 * hit + missed + wrong) >= 0.96, "\n".join(failures)
    assert right_kind / len(cases) >= 0.96, "\n".join(failures)
    assert right_language / len(cases) >= 0.99


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.kind == "request" and case.rights], ids=lambda c: c.text[:30]
)
def test_every_right_shows_its_words(case: Case):
    parsed = parse(mail(case.text, case.subject))

    found = read(parsed)

    assert {because.right for because in found.because} == {right.value for right in found.rights}
    for because in found.because:
        assert because.words
        if because.place == "body":
            assert " ".join(parsed.text[because.start : because.end].split()) == because.words


def test_rights_stand_in_the_order_of_the_catalogue():
    found = reading("J'exerce mes droits d'opposition, d'effacement et d'accès. Je refuse aussi vos newsletters.")

    order = list(Right)
    assert list(found.rights) == sorted(found.rights, key=order.index)
    assert Right.ACCESS in found.rights


# -- what is not the writer's ------------------------------------------------------------------------------------


QUOTED = {
    "french, indented": """
Le 3 mars 2026 à 10:00, Vie privée <v@assistool.com> a écrit :
> Vous demandez : effacement de vos données.
""",
    "french, Outlook": """
-----Message d'origine-----
De : Vie privée <v@assistool.com>
Envoyé : lundi
Objet : Re

Effacez toutes mes données.
""",
    "dutch, indented": """
Op di 3 mrt 2026 om 10:00 schreef Privacy <v@assistool.com>:
> Wis al mijn gegevens.
""",
    "german, indented": """
Am Di., 3. März 2026 um 10:00 Uhr schrieb Datenschutz <v@assistool.com>:
> Löschen Sie alle meine Daten.
""",
    "english, two lines": """
On Tue, 3 Mar 2026 at 10:00, Privacy <v@assistool.com>
wrote:
> Delete all my data.
""",
    "dutch, Outlook": """
________________________________
Van: Privacy <v@assistool.com>
Verzonden: dinsdag 3 maart 2026
Aan: ik
Onderwerp: x

Wis al mijn gegevens.
""",
}


@pytest.mark.parametrize("quoted", QUOTED.values(), ids=QUOTED.keys())
def test_quoted_mail_asks_nothing(quoted):
    found = reading(f"Bonjour, je souhaite une copie de mes données.\n\n{quoted}", "Accès")

    assert found.rights == (Right.ACCESS,)


def test_answers_between_quoted_lines_are_the_writers():
    found = reading(
        "> Is this about your account?\n\nyes\n\n> Anything else?\n\nAlso delete my old phone number please.\n",
        "Re: your request",
        In_Reply_To="<dsr-2026-0001.m01@assistool.com>",
    )

    assert (found.kind, found.rights) == ("reply", (Right.ERASURE,))


@pytest.mark.parametrize(
    "line",
    [
        "Nous avons reçu votre message publicitaire hier : effacez toutes mes données.",
        "Nous avons reçu votre message du 3 mars, mais vous avez oublié d'effacer nos données.",
        "Wij hebben uw bericht gelezen. Uw dossier is onvolledig: wis al mijn gegevens.",
        "Wir haben Ihre Nachricht erhalten, löschen Sie jetzt alle meine Daten.",
        "We received your message about the trial, now delete all my data.",
    ],
)
def test_who_begins_as_a_letter_of_ours_does_still_wrote_it(line):
    assert Right.ERASURE in reading(f"{line}\n\nJan Peeters", "").rights


@pytest.mark.parametrize(
    "letter",
    [
        "Nous avons reçu votre message le 3 mars 2026 à 10:00. Votre dossier porte le numéro DSR-2026-0001.",
        "Nous avons compris que vous demandez : effacement. Si ce n'est pas exact, répondez simplement.",
        "Wij begrijpen dat u het volgende vraagt: wissen van al mijn gegevens.",
        "Wir haben verstanden, dass Sie Folgendes möchten: Löschung Ihrer Daten.",
        "We understand that you are asking for: erasure of your data.",
    ],
)
def test_our_acknowledgement_pasted_without_a_mark_asks_nothing(letter):
    found = reading(f"Bonjour, je souhaite une copie de mes données.\n\n{letter}\n", "Accès")

    assert found.rights == (Right.ACCESS,)


@pytest.mark.parametrize(
    "footer",
    [
        "\n\nRGPD : vous disposez d'un droit d'accès et d'effacement. Contact : dpo@example.org",
        "\n\n--\nCe message est confidentiel. Si vous n'êtes pas le destinataire, supprimez-le.",
        "\n\nCONFIDENTIALITY: if you are not the intended recipient please delete this message and all data.",
        "\n\nHinweis zum Datenschutz: Sie haben das Recht auf Löschung und Auskunft.",
    ],
)
def test_notices_below_ask_nothing(footer):
    found = reading(f"Mijn nieuw adres is Dorpsstraat 5, 9000 Gent. Graag aanpassen.\n\nJan Peeters{footer}", "adres")

    assert found.rights == (Right.RECTIFICATION,)


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("Je ne demande pas la suppression de mes données, seulement une copie de mes données.", (Right.ACCESS,)),
        ("Ik vraag geen verwijdering, wel een kopie van mijn gegevens.", (Right.ACCESS,)),
        ("Ich möchte keine Löschung, sondern eine Kopie meiner Daten.", (Right.ACCESS,)),
        ("I don't want you to delete my data, I want a copy of my data.", (Right.ACCESS,)),
        ("Je m'oppose à l'effacement de mes données, j'en ai besoin au tribunal.", (Right.RESTRICTION,)),
        ("Vous n'avez toujours pas supprimé mes données, faites-le maintenant.", (Right.ERASURE,)),
    ],
)
def test_negation_turns_a_request_and_failure_does_not(text, rights):
    assert reading(text).rights == rights


def test_unticked_boxes_do_not_count():
    found = reading("Droits exercés :\n[x] accès\n[x] effacement\n[ ] portabilité\n[ ] opposition\n", "Demande")

    assert found.rights == (Right.ACCESS, Right.ERASURE)


def test_an_article_counts_only_when_nothing_else_is_said():
    only_cited = reading("Conformément à l'article 17 du RGPD, merci de faire le nécessaire.")
    content = reading("En vertu de l'article 17, merci de corriger mon prénom : Anaïs et non Anaës.")

    assert only_cited.rights == (Right.ERASURE,)
    assert content.rights == (Right.RECTIFICATION,)


def test_a_letter_attached_is_read_when_the_mail_says_nothing():
    message = EmailMessage()
    message["From"] = "Rita Claes <rita@example.org>"
    message["Subject"] = "brief"
    message.set_content("Zie bijlage.")
    message.add_attachment("Geachte,\n\nGelieve al mijn gegevens te wissen.\n\nRita Claes", filename="brief.txt")

    found = read(parse(message.as_bytes()))

    assert found.rights == (Right.ERASURE,)
    assert found.because[0].place == "attachment brief.txt"


# -- formalities and acknowledgement ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "dated"),
    [
        ("Fait à Namur, le 16 février 2026", True),
        ("Gent, 16/02/2026", True),
        ("Eupen, den 16. Februar 2026", True),
        ("16 February 2026", True),
        ("February 16, 2026", True),
        ("Opgemaakt te Brugge op 16.02.2026,", True),
        ("Aujourd'hui, le 16 février 2026, je vous écris.", True),
        ("Je suis né le 3 mars 1985.", False),
        ("Né le 03/03/1985", False),
        ("J'ai écrit le 2 janvier 2026 sans succès.", False),
        ("Facture 16/02/2026", False),
        ("31 Dezember 2030", False),
    ],
)
def test_the_date_of_writing_is_told_from_other_dates(line, dated):
    received = "from a by b; Tue, 17 Feb 2026 10:00:00 +0100"

    found = reading(f"Merci d'effacer mes données.\n\n{line}\nJean Petit", "Demande", Received=received)

    assert found.dated is dated


@pytest.mark.parametrize(
    ("ending", "sender", "signed"),
    [
        ("\n\nMvg,\nJan Peeters", "Jan Peeters <jan@example.org>", "typed"),
        ("\n\nlotte", "L. <lotte.d@example.org>", "typed"),
        (" Graag bevestiging. Tuur Maes", "Tuur Maes <t@example.org>", "typed"),
        ("\n\nLe service comptabilité", "Compta <compta@example.org>", "none"),
        ("", "0470@sms.example.org", "none"),
    ],
)
def test_a_name_at_the_end_is_a_typed_signature(ending, sender, signed):
    assert reading(f"Gelieve mijn gegevens te wissen.{ending}", "x", sender).signed == signed


@pytest.mark.parametrize(
    ("headers", "kind", "acknowledge"),
    [
        ({}, "request", True),
        ({"Auto_Submitted": "no"}, "request", True),
        ({"Auto_Submitted": "auto-replied"}, "auto_reply", False),
        ({"Precedence": "bulk"}, "request", False),
        ({"In_Reply_To": "<dsr-2026-0001.m01@assistool.com>"}, "reply", False),
        ({"List_Unsubscribe": "<mailto:x@example.org>"}, "request", False),
    ],
)
def test_robots_and_linked_mail_are_not_acknowledged(headers, kind, acknowledge):
    found = reading("Please delete my account and all my data.", "delete", **headers)

    assert (found.kind, found.acknowledge) == (kind, acknowledge)


@pytest.mark.parametrize("sender", ["noreply@portal.example", "someone@assistool.com", "x@mail.assistool.com"])
def test_machines_and_colleagues_are_not_acknowledged(sender):
    assert reading("Please delete my account and all my data.", "delete", sender).acknowledge is False


def test_another_domain_that_ends_like_ours_is_a_stranger():
    assert reading("Please delete my account.", "delete", "x@notassistool.com").acknowledge is True


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\x01\x02\xff" * 50, b"Subject: x", b"no mail at all", b"From: a@b\n\n" + b"\xff\xfe" * 400]
)
def test_whatever_comes_is_read_without_raising(raw):
    found = read(parse(raw))

    assert found.language in {"fr", "nl", "de", "en"}
    assert found.rights == ()


@pytest.mark.parametrize(
    ("text", "kind", "rights"),
    [
        ("La succession de mon père est close. Je souhaite recevoir une copie de mes données.", "request", ["access"]),
        ("Mijn moeder is overleden. Graag een kopie van mijn gegevens.", "request", ["access"]),
        ("Mein Vater ist verstorben. Bitte löschen Sie meine Daten.", "request", ["erasure"]),
        ("My late father set up the account. I want you to erase my personal data.", "request", ["erasure"]),
        ("Mein Vater ist verstorben. Bitte löschen Sie sein Konto.", "out_of_scope", []),
        ("Mon père est décédé. Je souhaite une copie de ses données.", "out_of_scope", []),
    ],
)
def test_a_death_in_passing_takes_nothing_from_the_living(text: str, kind: str, rights: list[str]) -> None:
    found = read(parse(mail(f"{text}\n\nAda", subject="Question")))

    assert (found.kind, [right.value for right in found.rights]) == (kind, rights)


def test_an_answer_says_what_it_asks_for_by_itself() -> None:
    text = "Bonjour,\n\nJe souhaite recevoir une copie de toutes mes données personnelles.\n\nAda"
    found = read(parse(mail(text, subject="Re: votre lettre", in_reply_to="<x@unknown.example>")))

    assert (found.kind, found.rights, found.rights_alone) == ("reply", (), (Right.ACCESS,))
    assert [item.right for item in found.telling] == ["access"]


def test_a_case_number_that_is_only_mentioned_makes_no_answer_of_a_request() -> None:
    found = read(parse(mail("Je souhaite une copie de mes données. Voir mon dossier DSR-2026-0001", subject="Demande")))

    assert found.rights == (Right.ACCESS,)
