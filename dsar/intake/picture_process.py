"""The process that decodes one picture of a stranger and draws it anew: pixels only, nothing of the file survives."""

import io
from typing import Any

from PIL import Image, ImageOps

from dsar.sandbox.ask import Answer, serve

_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 2000


def draw(asked: dict[str, Any], blobs: list[bytes]) -> Answer:
    """The first frame as JPEG, upright, at most 2,000 pixels long. Raises on what is no picture, or too large a one."""
    with Image.open(io.BytesIO(blobs[0]), formats=_FORMATS) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            raise ValueError("too many pixels")
        picture.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))  # a large JPEG is decoded smaller
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=85)
    return {}, [out.getvalue()]


if __name__ == "__main__":
    Image.init()  # every decoder is loaded before the door is shut
    serve(draw)
