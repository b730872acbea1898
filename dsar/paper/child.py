"""The drawing process: one frame in on stdin, one frame out on stdout, then the end.

Everything it needs is imported before the door is shut; from then on the interpreter itself refuses
sockets, processes, reading outside the libraries and writing outside the private folder. That holds
against a mistake in a template or a drawing library, not against machine code.
"""

import gc
import io
import mimetypes
import os
import sys
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

from dsar.paper.finish import finish
from dsar.sandbox import door, frames


class OnlyInline(URLFetcher):
    """Fetches what the document itself carries, ``data:`` addresses, and nothing else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url[:5].lower() == "data:":
            raise ValueError("Only data: addresses are allowed in a document.")
        return super().fetch(url, headers)


def shut_the_door(private: Path) -> None:
    """From here on: no socket, no process, no file but the libraries' and those in ``private``."""
    door.shut(private=private, libraries=[Path(weasyprint.__file__).parent.parent])


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
    door.limit(header["seconds"], header["memory_mb"])
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
