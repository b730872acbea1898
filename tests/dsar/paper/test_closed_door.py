"""The drawing process holds nothing and reaches nothing, whatever the document asks for."""

import io
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pypdf
import pytest

from dsar.paper import render
from tests.dsar.paper.test_render import ABOUT, CSS, drawn

pytestmark = pytest.mark.skipif(not render.available(), reason=f"PDF cannot be drawn here: {render.why_unavailable()}")

SECRET = "the-canary-sings-at-dawn"


@pytest.fixture
def visits() -> Iterator[tuple[str, list[str]]]:
    """A server on the loopback and the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_hostile_document_reaches_neither_network_nor_files(visits: tuple[str, list[str]], tmp_path: Path):
    address, asked = visits
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    picture = f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{address}/in-svg'/></svg>"
    html = f"""<html lang="fr"><head><title>t</title>
<link rel="stylesheet" href="{address}/style.css"><link rel="attachment" href="file://{secret}" title="x">
<style>@import url("{address}/import.css"); @import url("file://{secret}");
@font-face {{ font-family: far; src: url("{address}/font.woff") }}
body {{ background: url("{address}/background.png"); font-family: far }}</style></head>
<body><img src="{address}/img.png"><img src="file://{secret}"><img src="{picture}">
<object data="{address}/object"></object><embed src="file:///etc/passwd"><iframe src="{address}/frame"></iframe>
<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/svg.png"/><use href="{address}/use.svg#a"/></svg>
<a rel="attachment" href="file://{secret}">text</a></body></html>"""

    pdf = drawn(html, attachments=[], css=CSS + f'@import url("{address}/late.css");')

    assert asked == []
    assert "text" in first_page(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert list(document.attachments) == []
        assert not [o for o in document.objects if isinstance(o, pikepdf.Stream) and SECRET.encode() in _bytes(o)]


def first_page(pdf: bytes) -> str:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def _bytes(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def test_the_child_gets_an_empty_environment_and_a_private_folder(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MASTER_KEY", SECRET)
    monkeypatch.setenv("DATABASE_URL", SECRET)
    monkeypatch.setattr(render, "CHILD", "tests.dsar.paper.children.tells")

    seen = json.loads(render.render_pdf("", css="", metadata=ABOUT))

    assert set(seen["environment"]) == {"FONTCONFIG_FILE", "TMPDIR", "PYTHONHASHSEED", "SOURCE_DATE_EPOCH"}
    assert SECRET not in str(seen)
    assert seen["private"] == ["fonts.conf"]
    assert [number for number in seen["files"] if number > 3] == []  # 3 is the listing itself
    assert seen["django"] is False
    assert not Path(seen["environment"]["TMPDIR"]).exists()


ACTS = {
    "socket": "import socket; socket.socket()",
    "name": "import socket; socket.getaddrinfo('localhost', 80)",
    "process": "import subprocess, sys; subprocess.run([sys.executable, '-V'])",
    "shell": "import os; os.system('true')",
    "fork": "import os; os.fork()",
    "read": "open('/etc/passwd').read()",
    "read_settings": "open('pyproject.toml').read()",
    "read_link": "open(private / 'link').read()",
    "write": "open('/tmp/dsar-paper-was-here', 'w')",
    "write_low": "import os; os.open('/tmp/dsar-paper-was-here', os.O_WRONLY | os.O_CREAT)",
    "append_library": "open(weasyprint.__file__, 'a')",
    "delete": "import os; os.remove('/tmp/dsar-paper-was-never-here')",
    "move_out": "import os; os.rename(private / 'mine', '/tmp/dsar-paper-was-here')",
    "link_in": "import os; os.link('/etc/passwd', private / 'passwd')",
    "library": "import ctypes; ctypes.CDLL('libc.so.6')",
}


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each act behind the shut door, all in one process."""
    private = tmp_path_factory.mktemp("private")
    (private / "link").symlink_to("/etc/passwd")
    program = f"""
import json, pathlib, weasyprint
from dsar.paper import child
private = pathlib.Path({str(private)!r})
import socket, subprocess, ctypes
(private / "mine").write_text("before")
child.shut_the_door(private)
found = {{}}
for name, act in {ACTS!r}.items():
    try:
        exec(act)
        found[name] = "done"
    except BaseException as error:
        found[name] = type(error).__name__
(private / "mine").write_text("after")
found["own folder"] = (private / "mine").read_text()
print(json.dumps(found))
"""
    done = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True, cwd=render.ROOT)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("act", ACTS)
def test_behind_the_door_the_interpreter_refuses(act: str, refusals: dict[str, str]):
    assert refusals[act] == "PermissionError"


def test_behind_the_door_its_own_folder_stays_usable(refusals: dict[str, str]):
    assert refusals["own folder"] == "after"
