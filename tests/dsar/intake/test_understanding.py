"""The sentence model: what it says, what it withstands, and how its word and the rules' make one proposal."""

import os
import signal
from collections.abc import Sequence

import numpy as np
import pytest

from dsar.intake import understanding_child
from dsar.intake.gravity import REPORTED
from dsar.intake.labels import LABELS, MAIL_LABELS, TUNED, NoModel, Understood, model_folder
from dsar.intake.meaning import LIKELY, PERHAPS, WITH_A_RULE
from dsar.intake.parsing import parse
from dsar.intake.reading import Reading, read
from dsar.intake.transformer import plain
from dsar.intake.understanding import Engine
from workflow.states import Right

try:
    FOLDER = model_folder()
    WHY = ""
except NoModel as missing:
    WHY = str(missing)

here = pytest.mark.skipif(bool(WHY), reason=f"no sentence model here: {WHY}")


class Told:
    """A model that was told what to say: sentences by a word in them, everything else asks nothing."""

    def __init__(self, **said: tuple[str, float]) -> None:
        self.said = said

    def understand(self, sentences: Sequence[str]) -> Understood:
        rows = tuple(self._of(sentence, LABELS) for sentence in sentences)
        return Understood(rows, self._of(" ".join(sentences), MAIL_LABELS))

    def _of(self, sentence: str, labels: tuple[str, ...]) -> tuple[float, ...]:
        row = dict.fromkeys(labels, 0.0)
        for word, (label, value) in self.said.items():
            if word in sentence:
                row[label] = value
        return tuple(row[label] for label in labels)


def reading(body: str, model: object = None, *, subject: str = "Bonjour", headers: str = "") -> Reading:
    raw = f"From: Lea <lea@example.net>\nSubject: {subject}\n{headers}\n{body}\n"
    return read(parse(raw.encode()), model=model)  # type: ignore[arg-type]


@here
@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("J'aimerais bien voir tout ce qui traîne sur moi dans vos tiroirs.", "access"),
        ("Haal me overal uit, ik wil dat er niets meer van mij overblijft.", "erasure"),
        ("Ich heiße seit der Hochzeit Keller, bitte tragen Sie das so ein.", "rectification"),
        ("Please stop sending me these special offers every week.", "objection_dm"),
    ],
)
def test_a_wish_without_any_legal_word_is_understood(sentence: str, label: str) -> None:
    (row,) = Engine(FOLDER).understand([sentence]).sentences

    assert LABELS[row.index(max(row))] == label
    assert max(row) > 0.8


@here
def test_a_sentence_is_understood_beside_the_others() -> None:
    engine = Engine(FOLDER)
    asked = "Merci de faire en sorte qu'il n'en reste rien."

    about_data = engine.understand(["Vous avez toute une fiche sur moi et mes enfants.", asked]).sentences[1]
    about_a_bill = engine.understand(["Ma facture de mars affiche un solde de 12 euros.", asked]).sentences[1]

    assert about_data[LABELS.index("erasure")] > about_a_bill[LABELS.index("erasure")]


@here
def test_a_mail_of_many_pages_is_read_in_pieces() -> None:
    sentences = [f"Ceci est la phrase numéro {number} d'une longue histoire de voisinage." for number in range(60)]
    sentences[40] = "Effacez tout ce que vous avez sur moi."

    understood = Engine(FOLDER).understand(sentences)

    likely = [row[LABELS.index("erasure")] for row in understood.sentences]
    assert likely.index(max(likely)) == 40
    assert len(understood.sentences) == 60


@here
@pytest.mark.parametrize(
    "text",
    ["\ufdfa" * 50_000, "\0a\0b", "e\u0301" * 9_000, "漢字" * 9_000, "\U0001f600" * 900, "x" * 10**6, "", "\ud800"],
)
def test_no_text_harms_the_engine(text: str) -> None:
    understood = Engine(FOLDER).understand([text, "Merci"])

    assert [len(row) for row in understood.sentences] == [len(LABELS)] * 2
    assert all(0 <= value <= 1 for row in (*understood.sentences, understood.whole) for value in row)


@here
def test_a_report_of_a_leak_is_heard_in_whatever_words_and_a_worry_is_none() -> None:
    engine = Engine(FOLDER)
    reports = [
        "Dans le sac de pharmacie que vous m'avez remis il y avait aussi les médicaments de M. Leroy.",
        "Mijn buurvrouw kreeg gisteren de brief met mijn loon, jullie hebben de enveloppen verwisseld.",
        "Auf der Seite kann ich die Bestellungen fremder Leute durchblättern.",
        "Your nurse discussed my results with my flatmate on the phone.",
    ]
    worries = [
        "Que feriez-vous si quelqu'un volait mes données ?",
        "Ik wil graag een kopie van mijn gegevens.",
        "Bitte schicken Sie mir die Rechnung noch einmal.",
        "Please stop calling me about offers.",
    ]

    heard = [engine.understand([sentence]).leaks[0] for sentence in (*reports, *worries)]

    assert [value >= REPORTED for value in heard] == [True] * 4 + [False] * 4


def test_the_engine_is_given_known_characters_only() -> None:
    assert plain("Je\u00a0veux\r\n tout\ufdfa  voir\0 – 5 €") == "Je veux tout voir – 5 €"
    assert len(plain("a" * 5_000)) == 400


@here
def test_a_tuned_file_of_another_model_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    other, broken = tmp_path / "other.npz", tmp_path / "broken.npz"
    with np.load(TUNED) as tensors:
        np.savez(other, **{**tensors, "labels": np.array(["axcess", *LABELS[1:]])})
    broken.write_bytes(TUNED.read_bytes()[:5_000])

    with pytest.raises(NoModel, match="other labels"):
        Engine(FOLDER, other)
    for path in (broken, tmp_path / "none.npz"):
        with pytest.raises(NoModel, match="cannot be loaded"):
            Engine(FOLDER, path)


@here
def test_a_killed_model_is_started_again_and_one_that_gives_up_leaves_the_rules() -> None:
    model = understanding_child.Understanding(FOLDER)
    first = model.understand(["Que savez-vous de moi ?"])
    for server in model._pool._idle:
        os.killpg(server._process.pid, signal.SIGKILL)

    assert model.understand(["Que savez-vous de moi ?"]) == first
    assert model.understand(["slow words " * 40] * 100_000) is None  # more than its CPU time allows


def test_without_a_model_the_rules_read_alone_and_say_so() -> None:
    alone, both = (
        reading("Effacez toutes mes données."),
        reading("Effacez toutes mes données.", Told(Effacez=("erasure", 0.99))),
    )

    assert (alone.rights, alone.weaker) == ((Right.ERASURE,), True)
    assert (both.rights, both.weaker) == ((Right.ERASURE,), False)


def test_a_model_that_gave_up_is_no_model() -> None:
    class Mute:
        def understand(self, _sentences: Sequence[str]) -> None:
            return None

    assert reading("Effacez toutes mes données.", Mute()).weaker


def test_what_only_the_model_understood_shows_its_whole_sentence() -> None:
    found = reading("Bonjour,\n\nVidez vos tiroirs de moi. Merci.\n\nLea", Told(tiroirs=("erasure", 0.99)))

    assert found.rights == (Right.ERASURE,)
    assert [(item.right, item.words) for item in found.because] == [("erasure", "Videz vos tiroirs de moi.")]


def test_between_sure_and_not_at_all_a_right_is_marked_unsure() -> None:
    likely = (LIKELY + PERHAPS) / 2

    assert reading("Bonjour, videz donc vos tiroirs. Merci.", Told(tiroirs=("erasure", likely))).unsure == (
        Right.ERASURE,
    )


def test_a_rule_that_the_model_contradicts_is_only_a_maybe() -> None:
    body = "Effacez toutes mes données."

    assert reading(body, Told()).rights == ()
    assert reading(body, Told()).unsure == (Right.ERASURE,)
    assert reading(body, Told(Effacez=("erasure", LIKELY - WITH_A_RULE))).rights == (Right.ERASURE,)


def test_a_reminder_and_a_complaint_are_understood_without_their_words() -> None:
    chased = reading("Voilà six semaines que la boîte aux lettres reste vide.", Told(boîte=("chaser", 0.99)))
    angry = reading("Ma voisine connaît mon dossier par cœur.", Told(voisine=("complaint", 0.99)))

    assert (chased.kind, angry.kind) == ("chaser", "complaint")
    assert angry.rights == (Right.COMPLAINT,)


def test_a_reply_adds_a_right_only_when_the_model_is_quite_sure() -> None:
    headers = "In-Reply-To: <dsr-2026-0001.m01@assistool.com>\n"

    def rights(value: float) -> tuple[Right, ...]:
        return reading("Voici. Videz donc tous les tiroirs.", Told(tiroirs=("erasure", value)), headers=headers).rights

    assert (rights(LIKELY - 0.01), rights(LIKELY + 0.01)) == ((), (Right.ERASURE,))
