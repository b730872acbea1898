"""A file for a browser: saved, never shown."""

from typing import BinaryIO

from django.http import FileResponse


def as_file(stream: BinaryIO, name: str, size: int | None, kind: str = "application/octet-stream") -> FileResponse:
    """A download: never shown in the browser, never guessed at."""
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=kind)
    if size is not None:
        response.headers["Content-Length"] = str(size)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
