"""The drawing process: one frame in on stdin, one frame out on stdout, then the end.

Everything it needs is imported before the door is shut; from then on the interpreter itself refuses
sockets, processes, reading outside the libraries and writing outside the private folder. That holds
against a mistake in a template or a drawing library, not against machine code.
"""

import gc
import io
import mimetypes
import os
import resource
import sys
import sysconfig
import tempfile
import traceback
import warnings
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import weasyprint  # noqa: TID251  this room prints
from weasyprint.text.ffi import ffi, fontconfig  # noqa: TID251  this room prints
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: TID251  this room prints

from dsar.paper import frames
from dsar.paper.finish import finish

_REFUSED = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.putenv",
    "os.kill", "pty.", "ctypes.", "ftplib.", "http.client.", "smtplib.", "webbrowser.", "sqlite3.",
)  # fmt: skip
# Acts that change files, and how many of their arguments are paths.
_CHANGES = {
    "os.remove": 1, "os.mkdir": 1, "os.rmdir": 1, "os.truncate": 1, "os.chmod": 1, "os.chown": 1, "os.utime": 1,
    "os.rename": 2, "os.link": 2, "os.symlink": 2,
}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class OnlyInline(URLFetcher):
    """Fetches what the document itself carries, ``data:`` addresses, and nothing else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url[:5].lower() == "data:":
            raise ValueError("Only data: addresses are allowed in a document.")
        return super().fetch(url, headers)


def limit(seconds: int, memory_mb: int) -> None:
    """Hard limits of the kernel: time, memory, open files, size of a file, no core dump."""
    memory = memory_mb * 1024 * 1024
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_FSIZE, 64 * 1024 * 1024),
        (resource.RLIMIT_CORE, 0),
    ):
        _, ceiling = resource.getrlimit(what)
        most = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(what, (most, most))


def shut_the_door(private: Path) -> None:
    """From here on: no socket, no process, no file but the libraries' and those in ``private``."""
    code = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    code |= {str(Path(weasyprint.__file__).parent.parent), str(Path(__file__).parent)}
    writable = (os.path.realpath(private),)
    readable = (*writable, *map(os.path.realpath, code))
    sys.addaudithook(partial(_watch, readable, writable))


def _watch(readable: tuple[str, ...], writable: tuple[str, ...], event: str, args: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"The drawing process may not do {event}.")
    if event == "open" and not isinstance(args[0], int):
        path, mode, flags = args
        writes = bool(set(mode or "") & set("wax+")) or bool((flags or 0) & _WRITING)
        if not _inside(path, writable if writes else readable):
            raise PermissionError(
                f"The drawing process may not {'write' if writes else 'read'} outside its own folder."
            )
    elif event in _CHANGES and not all(_inside(path, writable) for path in args[: _CHANGES[event]]):
        raise PermissionError("The drawing process may not change files outside its own folder.")


def _inside(path: str | bytes | os.PathLike[str], roots: tuple[str, ...]) -> bool:
    real = os.path.realpath(os.fsdecode(path))
    return any(real == root or real.startswith(root + os.sep) for root in roots)


def check_fonts(families: list[str]) -> None:
    """Raises RuntimeError when a family is missing: a silent substitute would change the layout."""
    configuration = ffi.gc(fontconfig.FcInitLoadConfigAndFonts(), fontconfig.FcConfigDestroy)
    found = fontconfig.FcConfigGetFonts(configuration, fontconfig.FcSetSystem)
    names = set()
    for i in range(found.nfont):
        value = ffi.new("FcChar8 **")
        if fontconfig.FcPatternGetString(found.fonts[i], b"family", 0, value) == 0:
            names.add(ffi.string(value[0]).decode())
    if missing := sorted(set(families) - names):
        raise RuntimeError(f"fonts missing: {', '.join(missing)}")


def draw(header: dict[str, Any], blobs: list[bytes]) -> bytes:
    """The PDF of one request (see :func:`dsar.paper.render.render_pdf`)."""
    html, css, *files = blobs
    about = header["metadata"]
    fetcher = OnlyInline()
    moment = datetime.fromisoformat(about["created"])
    document = weasyprint.HTML(string=html.decode(), url_fetcher=fetcher).render(
        stylesheets=[weasyprint.CSS(string=css.decode(), url_fetcher=fetcher)], pdf_tags=True
    )
    meta = document.metadata
    meta.title, meta.authors, meta.lang = about["title"], [about["author"]], about["lang"]
    meta.description = about["description"] or None
    meta.created = meta.modified = about["created"]
    meta.attachments = [
        weasyprint.Attachment(
            file_obj=io.BytesIO(data),
            name=file["name"],
            description=file["description"],
            relationship=file["relationship"],
            created=moment,
            modified=moment,
        )
        for file, data in zip(header["attachments"], files, strict=True)
    ]
    mimes = {file["name"]: file["mime"] for file in header["attachments"]}
    return document.write_pdf(
        finisher=partial(finish, mimes=mimes),
        pdf_variant="pdf/a-3u",
        pdf_tags=True,
        pdf_identifier=header["identifier"].encode(),
    )


def main() -> None:
    """Read the frame, shut the door, draw, answer."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints stays out of the answer
    gc.disable()  # one document and the end: collecting would only cost time
    warnings.simplefilter("ignore")
    header, blobs = frames.unpack(sys.stdin.buffer)
    limit(header["seconds"], header["memory_mb"])
    mimetypes.init([])  # the host's table of types must not decide what goes into the file
    shut_the_door(Path(tempfile.gettempdir()))
    try:
        check_fonts(header["families"])
        reply = frames.pack({"ok": True}, draw(header, blobs))
    except Exception as error:  # noqa: BLE001  becomes the answer; only the kind and the place, never the content
        place = traceback.extract_tb(error.__traceback__)[-1]
        reply = frames.pack(
            {"ok": False, "error": f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"}
        )
    with answer:
        answer.write(reply)


if __name__ == "__main__":
    main()
