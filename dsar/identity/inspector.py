"""The process that opens what a stranger signed: one mail and its PDF files in, what they show out.

Key records of DKIM come in with the question: nothing is looked up here, and nothing could be.
"""

import asyncio
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dsar.identity import dkim_check
from dsar.identity.signatures import Validator
from dsar.sandbox.ask import Answer, serve

_LOOP = asyncio.new_event_loop()  # it opens a socket for itself, so before the door is shut


def inspect(asked: dict[str, Any], blobs: list[bytes]) -> Answer:
    """``asked``: records (see ``dkim_check.check``), at (ISO), roots (how many), pdfs (the number of each part).

    ``blobs``: the mail, the root certificates (DER), the PDF files.
    """
    raw, roots, pdfs = blobs[0], blobs[1 : 1 + asked["roots"]], blobs[1 + asked["roots"] :]
    validator = Validator(roots, at=datetime.fromisoformat(asked["at"]), loop=_LOOP)
    signatures = validator.mail(raw)
    for number, data in zip(asked["pdfs"], pdfs, strict=True):
        signatures += validator.pdf(data, str(number))
    results = dkim_check.check(raw, asked["records"])
    return {"dkim": [asdict(one) for one in results], "signatures": [asdict(one) for one in signatures]}, []


if __name__ == "__main__":
    serve(inspect)
