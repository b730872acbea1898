"""Third-party test mail beside the repository, when it is there: nothing raises, and another parser agrees."""

import json
from pathlib import Path

import pytest

from dsar.intake.parsing import content_key, parse

CORPORA = Path(__file__).parents[4] / "shared" / "corpora"
ORACLE = CORPORA / "stalwart" / "resources" / "eml"

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="The third-party mail of ../shared/corpora is not on this machine."
)


@pytest.mark.parametrize("folder", ["sisimai", "stalwart", "mime4j"])
def test_every_file_is_taken(folder):
    files = [path for path in sorted((CORPORA / folder).rglob("*")) if path.is_file()]

    failed = []
    for path in files:
        raw = path.read_bytes()
        parsed = parse(raw)
        if parsed.unreadable == "parser_failed" or len(content_key(parsed, raw)) != 64:
            failed.append(path.name)

    assert len(files) > 100
    assert failed == []


def expected(node: object) -> list[str]:
    """All addresses in a header of the oracle, in order."""
    if isinstance(node, list):
        return [address for one in node for address in expected(one)]
    if not isinstance(node, dict):
        return []
    own = [node["address"].lower()] if node.get("address") else []
    return own + [address for value in node.values() for address in expected(value)]


def test_subject_and_sender_agree_with_another_parser():
    compared = 0
    subjects, senders = [], []
    for answer in sorted(ORACLE.rglob("*.json")):
        source = answer.with_suffix(".eml")
        parts = json.loads(answer.read_bytes())["parts"]
        if not source.is_file() or not parts:
            continue
        parsed = parse(source.read_bytes())
        headers = parts[0]["headers"]
        values = {one["name"]: one["value"] for one in reversed(headers) if isinstance(one["name"], str)}
        subject, sender = values.get("subject"), values.get("from")
        compared += 1
        # Where the other parser gave up on a letter, ours may know better.
        if isinstance(subject, dict) and "\ufffd" not in subject["Text"] and parsed.subject != subject["Text"].strip():
            subjects.append(source.name)
        theirs = list(dict.fromkeys(expected(sender)))
        if theirs and [address.address for address in parsed.senders] != theirs:
            senders.append(source.name)

    assert compared > 80
    assert (subjects, senders) == ([], [])
