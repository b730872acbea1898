"""What holds for every mail whatever its bytes; each broken promise is an AssertionError with a name."""

import io
import time

from dsar.intake import frames
from dsar.intake.heads import FIELD
from dsar.intake.keys import content_key
from dsar.intake.parsing import ParsedMessage, parse
from dsar.intake.reading import Reading, read

SECONDS = 2.0
KINDS = {"request", "reply", "chaser", "complaint", "auto_reply", "bounce", "spam", "out_of_scope"}
TRACE = b"Received: from a by b.example; Mon, 2 Mar 2026 10:00:00 +0100\r\nX-Spam-Score: 1\r\n"


def keep(raw: bytes) -> None:
    """Parse and read a mail and check what was promised."""
    began = time.process_time()
    parsed = parse(raw)
    parsing = time.process_time() - began
    found = read(parsed)
    reading = time.process_time() - began - parsing
    assert parsing < SECONDS, f"parsing took {parsing:.1f} s"
    assert reading < SECONDS, f"reading took {reading:.1f} s"
    _is_whole(parsed)
    _is_said_of(parsed, found)
    out = io.BytesIO()
    frames.write(parsed, out)
    assert frames.read(out.getvalue()) == parsed, "a frame changes the message"
    if FIELD.match(raw) and not parsed.unreadable and not raw.startswith(b"From "):
        traced = TRACE + raw
        assert content_key(parse(traced), traced) == content_key(parsed, raw), "a trace header makes another message"


def _is_whole(parsed: ParsedMessage) -> None:
    assert parsed.unreadable not in {"parser_failed", "out_of_memory"}, parsed.defects
    parts = [text for part in parsed.parts for text in (part.text, part.filename, part.safe_name, part.content_id)]
    people = [one.name + one.address for one in (*parsed.senders, *parsed.reply_to, *parsed.recipients)]
    texts = [parsed.subject, parsed.text, parsed.html, *parsed.message_ids, *parts, *people]
    texts += [name + value for name, value in parsed.headers]
    whole = "".join(texts)
    assert "\0" not in whole, "a NUL is in the text"
    whole.encode()  # no lone surrogates: a database would refuse them
    names = [part.safe_name.lower() for part in parsed.parts]
    assert len(set(names)) == len(names), "two parts have one name"
    assert not any(set(name) & set('/\\\r\n"') or name.strip(". ") != name for name in names), "a name is not safe"
    assert len({part.path for part in parsed.parts}) == len(parsed.parts), "two parts have one place"
    assert all(one.at is None or one.at.tzinfo for one in parsed.received), "an instant has no zone"


def _is_said_of(parsed: ParsedMessage, found: Reading) -> None:
    assert found.kind in KINDS, found.kind
    assert found.language in {"fr", "nl", "de", "en"}, found.language
    assert not (found.acknowledge and parsed.sender is None), "nobody is acknowledged"
    assert not (found.acknowledge and found.kind in {"auto_reply", "bounce", "spam"}), "a robot is acknowledged"
    for because in found.because:
        inside = because.place != "body" or 0 <= because.start < because.end <= len(parsed.text)
        assert inside, "the words are not in the text"
    indexes = {part.index for part in parsed.parts}
    assert set(found.identity_parts) <= indexes, "an identity document that is no part"
