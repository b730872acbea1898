"""The process that takes the pictures of pages out of a stranger's file, as bare grey pixels for OCR.

Only pixels leave it (PGM): the program that reads them never sees a byte of the file.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import Image, ImageOps

from dsar.sandbox.ask import Answer, serve

_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 3600  # an A4 page at 300 dots an inch
_SHORTEST_SIDE = 300
_ON_A_PAGE = 4


def pages(asked: dict[str, Any], blobs: list[bytes]) -> Answer:
    """The first ``most`` pictures of the file as PGM; what cannot be drawn is left out."""
    data, most = blobs[0], int(asked["most"])
    found = _of_pdf(data) if b"%PDF" in data[:1024] else _of_picture(data)
    drawn: list[bytes] = []
    for picture in found:
        if min(picture.size) >= _SHORTEST_SIDE:
            drawn.append(_grey(picture))
        if len(drawn) == most:
            break
    return {}, drawn


def _of_picture(data: bytes) -> Iterator[Image.Image]:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        frames = min(getattr(picture, "n_frames", 1), 10)
        for number in range(frames):  # a fax in TIFF has a page a frame
            picture.seek(number)
            if picture.width * picture.height <= _MOST_PIXELS:
                yield ImageOps.exif_transpose(picture)


def _of_pdf(data: bytes) -> Iterator[Image.Image]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            turned = -int(page.obj.get("/Rotate", 0))
            for shape in list(page.get_images().values())[:_ON_A_PAGE]:
                if int(shape.get("/Width", 0)) * int(shape.get("/Height", 0)) <= _MOST_PIXELS:
                    yield from _drawn(shape, turned)


def _drawn(shape: Any, turned: int) -> Iterator[Image.Image]:
    try:
        yield pikepdf.PdfImage(shape).as_pil_image().rotate(turned, expand=True)
    except Exception:  # noqa: BLE001  a stranger's file: a picture the library cannot decode is left out
        return


def _grey(picture: Image.Image) -> bytes:
    grey = picture.convert("RGBA")
    paper = Image.new("RGB", grey.size, "white")
    paper.paste(grey, mask=grey.getchannel("A"))
    paper.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    out = io.BytesIO()
    paper.convert("L").save(out, "PPM")
    return out.getvalue()


if __name__ == "__main__":
    Image.init()  # every decoder is loaded before the door is shut
    serve(pages)
