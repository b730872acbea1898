"""The process that decodes pictures of a stranger and draws them anew: pixels only, nothing of the files survives."""

import io
from typing import Any

from PIL import Image, ImageOps

from dsar.sandbox.ask import Answer, serve

_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
_MOST_PIXELS = 60_000_000


def draw(asked: dict[str, Any], blobs: list[bytes]) -> Answer:
    """The first frame of each as JPEG, upright, at most ``longest`` pixels long; no bytes where it cannot be drawn."""
    return {}, [_drawn(data, asked["longest"]) for data in blobs]


def _drawn(data: bytes, longest: int) -> bytes:
    try:
        return _jpeg(data, longest)
    except Exception:  # noqa: BLE001  a stranger's file: what the library raises on it means "no picture"
        return b""


def _jpeg(data: bytes, longest: int) -> bytes:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            raise ValueError("too many pixels")
        picture.draft("RGB", (longest, longest))  # a large JPEG is decoded smaller
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((longest, longest))
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=85)
    return out.getvalue()


if __name__ == "__main__":
    Image.init()  # every decoder is loaded before the door is shut
    serve(draw)
