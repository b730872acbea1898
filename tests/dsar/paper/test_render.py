"""What comes out of the drawing process: the structure of the file, and the sentence when there is none."""

import dataclasses
import io
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdf
import pytest

from dsar.paper import render
from dsar.paper.render import Attachment, Metadata, PaperFailed, PaperUnavailable, render_pdf

pytestmark = pytest.mark.skipif(not render.available(), reason=f"PDF cannot be drawn here: {render.why_unavailable()}")

CREATED = datetime(2027, 3, 24, 15, 2, 11, tzinfo=UTC)
ABOUT = Metadata(title="Historique", author="Assistool SRL", lang="fr", created=CREATED)
CSS = """@page { @top-left { content: "DSR-2027-0001"; font: 8pt Inter } }
body { font: 10pt Inter } code { font-family: "JetBrains Mono" }"""
DATA = Attachment("donnees.json", '{"é": 1}'.encode(), "application/json", "Données", "Data")
NOTE = Attachment("recette.txt", b"lire", "text/plain", "Recette", "Supplement")
HTML = """<!doctype html><html lang="fr"><title>t</title><body><h1>Dossier</h1>
<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><title>Frise</title><rect width="9" height="9"/></svg>
<table><thead><tr><th>Colonne</th></tr></thead><tbody><tr><td>cellule <code>abc</code></td></tr></tbody></table>
<table><tbody><tr><th scope="row">Ligne</th><td>cellule</td></tr></tbody></table></body></html>"""


def drawn(html: str = HTML, **changes: object) -> bytes:
    wanted = {"css": CSS, "attachments": [DATA, NOTE], "metadata": ABOUT, **changes}
    return render_pdf(html, **wanted)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return drawn()


def test_the_file_is_tagged_and_declares_pdf_a_3u_and_pdf_ua_1(pdf: bytes):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        metadata = document.open_metadata()
        assert root.MarkInfo.Marked is True
        assert str(root.Lang) == "fr"
        assert root.ViewerPreferences.DisplayDocTitle is True
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "U")
        assert metadata["pdfuaid:part"] == "1"
        assert root.Metadata.read_bytes().count(b"<rdf:RDF") == 1
        assert str(document.docinfo.Title) == "Historique"
        assert str(document.docinfo.CreationDate).startswith("D:20270324150211")


def test_the_structure_has_headings_scopes_alternatives_and_an_identifier_tree(pdf: bytes):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        elements = [
            o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"
        ]
        kinds = [str(e.S) for e in elements]
        scopes = sorted(str(e.A.Scope) for e in elements if e.S == "/TH")
        assert kinds.count("/H1") == 1
        assert kinds.count("/Table") == 2
        assert scopes == ["/Column", "/Row"]
        assert [str(e.Alt) for e in elements if e.S == "/Figure"] == ["Frise"]
        assert "/IDTree" in document.Root.StructTreeRoot


def test_running_heads_are_artifacts_and_not_content(pdf: bytes):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        marks = [
            (str(operands[0]), dict(operands[1]))
            for operands, operator in pikepdf.parse_content_stream(document.pages[0])
            if str(operator) == "BDC"
        ]
        assert [mark for mark in marks if mark[0] == "/Artifact" and mark[1].get("/Type") == "/Pagination"]
        assert "null" not in [tag for tag, _ in marks]


def test_each_file_is_attached_once_with_its_relationship_type_and_exact_bytes(pdf: bytes):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [
            (str(spec.UF), str(spec.AFRelationship), str(spec.EF.F.Subtype), spec.EF.F.read_bytes())
            for spec in document.Root.AF
        ]
    assert found == [
        ("donnees.json", "/Data", "/application/json", DATA.data),
        ("recette.txt", "/Supplement", "/text/plain", NOTE.data),
    ]


def test_only_the_vendored_fonts_are_used_and_all_are_embedded(pdf: bytes):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        descriptors = [
            o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        names = {str(d.FontName).split("+")[1] for d in descriptors}
        assert {name.split("-")[0] for name in names} == {"Inter", "JetBrains"}
        assert all("/FontFile2" in d or "/FontFile3" in d for d in descriptors)


def test_qpdf_finds_nothing_to_say(pdf: bytes, tmp_path: Path):
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is not installed: the syntax of the file is checked by pikepdf and pypdf alone.")
    target = tmp_path / "a.pdf"
    target.write_bytes(pdf)
    done = subprocess.run([qpdf, "--check", target], capture_output=True, text=True)
    assert (done.returncode, "No syntax or stream encoding errors found" in done.stdout) == (0, True)


def test_same_arguments_give_the_same_bytes_and_other_ones_do_not(pdf: bytes):
    assert drawn() == pdf
    assert drawn(metadata=dataclasses.replace(ABOUT, title="Autre")) != pdf


def test_a_document_that_takes_too_long_is_killed(monkeypatch: pytest.MonkeyPatch):
    started: list[subprocess.Popen[bytes]] = []

    class Recorded(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, **options)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(render.subprocess, "Popen", Recorded)
    rows = "<tr><td>mot</td><td>mot</td></tr>" * 20_000
    begun = time.monotonic()

    with pytest.raises(PaperFailed, match="not drawn within 2 s"):
        drawn(f"<html lang=fr><body><table>{rows}</table>", seconds=2)

    assert [process.poll() is not None for process in started] == [True]
    assert time.monotonic() - begun < 30


def test_a_document_that_takes_too_much_memory_is_refused_in_a_sentence():
    rows = "<tr><td>mot</td><td>mot</td></tr>" * 20_000
    with pytest.raises(PaperFailed, match=r"drawn|drawing"):
        drawn(f"<html lang=fr><body><table>{rows}</table>", memory_mb=300)


def test_a_child_that_dies_becomes_a_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(render, "CHILD", "tests.dsar.paper.children.dies")
    with pytest.raises(PaperFailed, match="ended by signal 9"):
        drawn()


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(render, "_LIBRARIES", (("libpango-not-here.so.0",),))
    assert render.available() is False
    with pytest.raises(PaperUnavailable, match=r"libpango-1\.0-0 libpangoft2-1\.0-0 libharfbuzz-subset0"):
        drawn()


def test_the_text_can_be_read_back(pdf: bytes):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert "cellule abc" in reader.pages[0].extract_text()
