"""Pictures of strangers: typed by their bytes, drawn anew elsewhere, or refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from dsar.intake.file_types import kind_of
from dsar.intake.pictures import redrawn
from dsar.sandbox.ask import SandboxFailed


def picture(form: str = "PNG", size: tuple[int, int] = (640, 400), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **more)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of 60,000 x 60,000 pixels in some hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!L", len(data)) + kind + data + struct.pack("!L", zlib.crc32(kind + data))

    head = struct.pack("!2L5B", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_picture_is_known_by_its_bytes_and_drawn_anew(form: str) -> None:
    data = picture(form)

    drawn = Image.open(io.BytesIO(redrawn(data)))

    assert kind_of(data) == f"image/{form.lower()}"
    assert (drawn.format, drawn.size) == ("JPEG", (640, 400))


def test_what_else_the_file_carries_does_not_survive() -> None:
    exif = Image.Exif()
    exif[0x010E] = "here I live"
    data = picture("JPEG", exif=exif) + b"<script>alert(1)</script>"

    drawn = redrawn(data)

    assert (b"here I live" in data, b"here I live" in drawn, b"script" in drawn) == (True, False, False)


def test_a_large_one_is_made_smaller() -> None:
    assert max(Image.open(io.BytesIO(redrawn(picture("JPEG", (4000, 3000))))).size) == 2000


@pytest.mark.parametrize(
    "data",
    [
        bomb(),
        picture()[:60],
        b"",
        b"GIF89a;alert(1)",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF",
    ],
    ids=["bomb", "cut", "empty", "script", "svg", "postscript"],
)
def test_what_is_no_picture_or_too_large_a_one_is_refused(data: bytes) -> None:
    with pytest.raises(SandboxFailed):
        redrawn(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"Bonjour,\n", ""),
        (b"\n%PDF-1.7\n", "application/pdf"),
        (b"PK\x03\x04" + b"\0" * 60, "application/zip"),
        (b"<html><script>", "text/html"),
        (b"", ""),
    ],
)
def test_other_files_are_named_by_their_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind
