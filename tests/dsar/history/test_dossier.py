"""The case history as PDF, printed from cases lived through the services."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdf
import pytest
import time_machine as clock
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import translation

from dsar.history import attachments, dossier, timeline
from dsar.history.record import FULL, PSEUDONYMISED
from dsar.paper import render
from tests import factories
from tests.dsar.history import stories
from workflow import events, services, triggers
from workflow.actors import POST_OFFICE
from workflow.models import Case, Event, HolderKey, Staff
from workflow.policy import Policy
from workflow.states import Compared, ExtensionReason, IdentityMethod, Right, SelfCheck

pytestmark = pytest.mark.django_db
draws = pytest.mark.skipif(not render.available(), reason=f"PDF cannot be drawn here: {render.why_unavailable()}")

Move = Callable[[str], None]
PRIVATE = (stories.PERSON, stories.ADDRESS, "Claire Dumont", "Koen Peeters", "factures", "queued as", "effacement")


@pytest.fixture
def move(time_machine: clock.TimeMachineFixture) -> Move:
    return lambda instant: time_machine.move_to(instant, tick=False)


def history(case: Case, variant=FULL, language: str = "en"):
    return timeline.case_history(case, variant=variant, language=language)


def words(case: Case, variant=FULL, language: str = "en") -> str:
    """The page's HTML, without drawing it."""
    with translation.override(language):
        return dossier.page(history(case, variant, language), language)[0]


def read(pdf: bytes) -> tuple[str, dict[str, bytes]]:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return " ".join(text.split()), {name: files[0] for name, files in reader.attachments.items()}


def tamper(event: Event, **values: object) -> None:
    """What only somebody with the database in hands can do."""
    triggers.remove(connection)
    Event.objects.filter(pk=event.pk).update(**values)
    triggers.install(connection)


def recompute(data: bytes, folder: Path) -> str:
    """Run the program of the attached recipe on the attached data, as an auditor would."""
    program = attachments.recipe().decode().split("-" * 70)[1]
    (folder / "verify.py").write_text(program)
    (folder / "donnees.json").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-I", folder / "verify.py", folder / "donnees.json"], capture_output=True, text=True
    )
    return (done.stdout + done.stderr).strip()


@draws
def test_a_processed_case_is_printed_with_its_data_and_a_recipe_that_works(move: Move, tmp_path: Path):
    case = stories.processed(move)

    made = dossier.dossier(case, language="en")

    text, files = read(made.pdf)
    head = Event.objects.filter(stream=case.stream).latest("seq").hash
    assert (made.head, made.intact, made.name) == (head, True, f"{case.reference}-full-{head[:12]}.pdf")
    assert f"Case {case.reference}" in text
    assert "Answered on 24 March 2027, 16 days before the limit of 9 April 2027" in text
    assert "Day 15 of 30, pauses not counted" in text
    assert "Access: granted; erasure: partly granted" in text
    assert "2 March 2027 at 00:42:17 +01:00 (Brussels time), that is 1 March 2027 at 23:42:17 UTC" in text
    assert stories.FACTS.replace("'", "’") in text
    assert sorted(files) == ["donnees.json", "verification.txt"]
    assert files["donnees.json"] == attachments.data(history(case))
    count = Event.objects.filter(stream=case.stream).count()
    assert recompute(files["donnees.json"], tmp_path) == f"{count} events, head {head}"


@draws
def test_the_same_rows_give_the_same_bytes_later_too(move: Move):
    case = stories.opened(move)
    first = dossier.dossier(case, language="nl")
    move("2029-01-01T00:00:00+00:00")
    assert dossier.dossier(case, language="nl") == first


@draws
def test_the_pseudonymised_variant_names_nobody_and_has_the_same_head(move: Move, tmp_path: Path):
    case = stories.processed(move)

    made = dossier.dossier(case, variant=PSEUDONYMISED, language="en")

    text, files = read(made.pdf)
    with pikepdf.open(io.BytesIO(made.pdf)) as document:
        about = f"{document.docinfo} {document.Root.Metadata.read_bytes().decode()}"
    for private in PRIVATE:
        assert private not in text + about + files["donnees.json"].decode()
    assert made.head == history(case).integrity.head
    acted = Event.objects.filter(stream=case.stream, actor__startswith="S-").values_list("actor", flat=True)
    assert acted
    assert all(code in text for code in set(acted))
    assert made.head in recompute(files["donnees.json"], tmp_path)


def test_every_private_word_stands_in_the_full_variant(move: Move):
    """Else the test above could not fail."""
    case = stories.processed(move)
    data = attachments.data(history(case)).decode()
    assert [private for private in PRIVATE if private not in data] == []


def test_the_attached_recipe_finds_a_changed_body_and_a_changed_text(move: Move, tmp_path: Path):
    data = attachments.data(history(stories.processed(move)))
    assert recompute(data.replace(rb'"partly_granted\"', rb'"granted\"', 1), tmp_path).startswith("BROKEN at event")
    case = json.loads(data)
    told = next(event for event in case["events"] if "factures" in event.get("payload", ""))
    told["payload"] = told["payload"].replace("factures", "lettres")
    assert recompute(json.dumps(case).encode(), tmp_path).startswith("BROKEN text at event")


@draws
def test_a_changed_event_is_printed_as_broken_with_its_number(move: Move):
    case = stories.opened(move)
    event = Event.objects.get(stream=case.stream, seq=2)
    tamper(event, body=bytes(event.body).replace(b"M01", b"M02"))

    made = dossier.dossier(case, language="en")

    text, _files = read(made.pdf)
    assert made.intact is False
    assert "✗ Broken" in text
    assert "The chain is broken at event 2: its content was changed." in text


def test_bytes_that_are_no_longer_json_are_broken_and_still_printed(move: Move):
    case = stories.opened(move)
    tamper(Event.objects.get(stream=case.stream, seq=1), body=b"\xff\x00nothing")
    shown = words(case)
    assert "The chain of evidence does not hold at event 1" in shown
    assert "Request received" in shown


def test_an_open_case_says_that_it_is_running_and_a_suspended_one_that_it_is_paused(move: Move):
    running = words(stories.opened(move))
    assert "○ Running" in running
    assert "To be answered by 2\u00a0April\u00a02027 at the latest" in running
    assert "○ Open" in running
    assert "Proposed, to be confirmed" in running


def test_a_suspended_case_has_no_due_date_and_shows_the_one_it_would_have(move: Move):
    paused = words(stories.suspended(move))
    assert "○ Paused" in paused
    assert "no date while the question to the person is open" in paused
    assert "without it, the limit is 2\u00a0April\u00a02027" in paused


def test_a_case_past_its_date_is_overdue(move: Move):
    case = stories.opened(move)
    move("2027-04-05T08:00:00+00:00")
    services.add_note(case.pk, text="Retard constaté.", by=Staff.objects.get(username="cdumont").actor())
    assert "✗ Overdue" in words(case)
    assert "Not answered; the limit of 2\u00a0April\u00a02027 has passed" in words(case)


def test_a_shredded_case_keeps_its_chain_and_says_that_its_texts_are_gone(move: Move):
    case = stories.suspended(move)
    before = history(case).integrity
    HolderKey.objects.shred(case.uuid)

    after = history(case)

    assert after.integrity == before
    assert {event.content for event in after.events} == {"none", "erased"}
    assert "Text erased; its hash is unchanged." in words(case)


@draws
def test_characters_the_font_lacks_are_boxed_on_paper_and_kept_in_the_data(move: Move):
    case = stories.opened(move)
    Case.objects.filter(pk=case.pk).update(person_name="山田 \U0001f600\u202e Zoé")
    text, files = read(dossier.dossier(case, language="en").pdf)
    assert "□□ □ Zoé" in text
    assert "□ stands for a character this document cannot draw" in text
    assert json.loads(files["donnees.json"])["person"]["name"] == "山田 \U0001f600\u202e Zoé"


def test_markup_in_what_people_wrote_is_text(move: Move):
    case = stories.opened(move)
    officer = Staff.objects.get(username="cdumont").actor()
    services.add_note(case.pk, text='<img src="http://127.0.0.1:1/x"><script>1</script> {{ h }} {% now %}', by=officer)
    shown = words(case)
    assert "&lt;img src=&quot;http://127.0.0.1:1/x&quot;&gt;&lt;script&gt;1&lt;/script&gt; {{ h }} {% now %}" in shown


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
@pytest.mark.parametrize("story", [stories.opened, stories.suspended, stories.processed])
def test_every_story_is_told_in_every_language_without_a_hole(story: Callable[[Move], Case], language: str, move: Move):
    shown = words(story(move), language=language)
    assert f'<html lang="{language}">' in shown
    for hole in ("%(", "None", "{{", "{%", "Traceback", "<lambda", "datetime"):
        assert hole not in shown


def test_a_reading_that_is_overtaken_by_a_writer_is_taken_again(move: Move, monkeypatch: pytest.MonkeyPatch):
    case = stories.opened(move)
    officer = Staff.objects.get(username="cdumont").actor()
    real, writes = timeline._read, iter(["one note", "another note"])

    def overtaken(*args):
        found = real(*args)
        for text in writes:
            services.add_note(case.pk, text=text, by=officer)
            break
        return found

    monkeypatch.setattr(timeline, "_read", overtaken)
    assert history(case).integrity.count == Event.objects.filter(stream=case.stream).count()


def test_a_case_that_never_stands_still_is_refused_in_a_sentence(move: Move, monkeypatch: pytest.MonkeyPatch):
    case = stories.opened(move)
    ends = iter(range(100))
    monkeypatch.setattr(timeline, "_end_of", lambda _case: next(ends))
    with pytest.raises(timeline.CaseKeepsChanging, match="try again"):
        history(case)


def test_the_head_is_the_one_the_chain_ends_with(move: Move):
    case = stories.processed(move)
    verdict = events.verify(case.stream)
    shown = history(case).integrity
    assert (shown.count, shown.head, shown.intact) == (verdict.count, verdict.head, True)


@draws
def test_the_command_writes_the_file_and_says_the_head(move: Move, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    case = stories.opened(move)
    target = tmp_path / "history.pdf"
    call_command("print_history", case.reference.lower(), "-o", str(target), "--language", "de")
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert history(case).integrity.head in capsys.readouterr().out


def test_the_command_refuses_in_sentences(move: Move, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(CommandError, match="There is no case DSR-2099-0001"):
        call_command("print_history", "DSR-2099-0001")
    case = stories.opened(move)
    monkeypatch.setattr(render, "_LIBRARIES", (("libpango-not-here.so.0",),))
    with pytest.raises(CommandError, match="apt-get install"):
        call_command("print_history", case.reference, "-o", str(tmp_path / "a.pdf"))


@draws
def test_the_command_prints_a_restricted_case_only_for_who_may_see_it(move: Move, tmp_path: Path):
    case = stories.opened(move)
    named = [factories.staff("officer")]
    services.restrict_access(case.pk, named=named, reason="A colleague.", by=factories.actor("manager"))
    target = tmp_path / "history.pdf"
    for more in ([], ["--by", "auditor"]):
        with pytest.raises(CommandError, match="There is no case"):
            call_command("print_history", case.reference, "-o", str(target), *more)
    with pytest.raises(CommandError, match="reviewer may not print"):
        call_command("print_history", case.reference, "-o", str(target), "--by", "reviewer")
    call_command("print_history", case.reference, "-o", str(target), "--by", "officer")
    assert target.exists()
    looked = Event.objects.get(stream=f"access:{case.uuid}")
    assert (looked.kind, looked.actor) == ("history_downloaded", "S-0001")


def test_what_only_its_author_saw_is_flagged_wherever_the_file_is_read(move: Move):
    move("2027-03-02T09:00+00:00")
    owner, me = factories.installation(), factories.actor("manager")
    services.set_policy(Policy(solo_review=True), controller=owner, by=me)
    case = factories.confirmed((Right.RECTIFICATION,), received_at=factories.utc(2027, 3, 2, 8))
    looked = {
        "method": IdentityMethod.DOCUMENT_SEEN,
        "compared": [Compared.NAME],
        "note": "Identity card, shown at the counter.",
    }
    services.verify_identity(case.pk, **looked, high_risk="A new bank account.", by=me)
    services.take(case.pk, by=me)
    why = {"reason": ExtensionReason.COMPLEXITY, "why": "Old files.", "done": "The new ones."}
    services.ask_extension(case.pk, months=1, **why, by=me)
    move("2027-03-03T09:00+00:00")
    services.approve_extension(case.pk, checked=list(SelfCheck), by=me)
    services.announce_extension(case.pk, at=factories.utc(2027, 3, 3, 9), by=POST_OFFICE)

    told = words(case)
    client = Client()
    client.force_login(factories.staff("manager"))
    page = client.get(f"/cases/{case.uuid}/").content.decode()

    assert "none: office of one person" in told
    assert "read again by the author" in told
    assert page.count('<span class="flag">sans seconde personne') == 2
