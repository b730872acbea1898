"""Third-party test mail beside the repository, when it is there: nothing raises, and another parser agrees."""

from dataclasses import fields

import pytest

from dsar.intake.keys import content_key
from dsar.intake.parsing import parse
from tests.corpora import CORPORA, files, needs_corpora
from tests.dsar.intake import oracle

pytestmark = needs_corpora
ANSWERS = CORPORA / "stalwart" / "resources" / "eml"

# Where the two differ: file without line ends and suffix, field -> why ours is the one to have.
LOCAL = "A name without a domain is an address of the sender's own host; the other has none for it."
BACKSLASH = "A path of Windows is no escape: the original name is kept as data, the safe one is its last part."
NESTED = "The boundaries contradict each other. The other hides the text in an attachment without a name."
KEPT = "The boundaries contradict each other. Ours gives all the text and loses none of it, boundary lines included."
BETTER = {
    ("legacy/035", "names"): BACKSLASH,
    ("legacy/039", "names"): BACKSLASH,
    ("malformed/001", "text"): KEPT,
    ("malformed/001", "names"): NESTED,
    ("malformed/002", "text"): NESTED,
    ("malformed/002", "names"): NESTED,
    ("malformed/003", "text"): NESTED,
    ("malformed/003", "names"): NESTED,
    ("malformed/004", "text"): KEPT,
    ("malformed/004", "names"): NESTED,
    ("malformed/005", "text"): "The boundary ends in two hyphens. Ours gives all behind it, flagged.",
    ("malformed/006", "text"): NESTED,
    ("malformed/006", "names"): NESTED,
    ("malformed/007", "names"): "An empty multipart is no attachment.",
    ("malformed/008", "text"): "Both texts are the writer's; the other attaches the second without a name.",
    ("malformed/008", "names"): "The same two texts.",
    ("malformed/009", "text"): "All three texts are the writer's; the other gives the first.",
    ("malformed/009", "names"): "The same three texts.",
    ("malformed/011", "text"): "All three texts are the writer's; the other gives the first.",
    ("malformed/011", "names"): "The same three texts.",
    ("malformed/012", "names"): "Three messages are attached; the other finds two.",
    ("malformed/016", "text"): KEPT,
    ("malformed/016", "names"): "The fourth text is in the body of ours.",
    ("malformed/017", "names"): "A forgotten semicolon hides the picture and its name from the other.",
    ("malformed/019", "text"): "Fragments of several mails. Ours finds the text of one; the other none.",
    ("malformed/019", "names"): "The other texts are kept as parts; the other parser drops them.",
    ("malformed/020", "text"): "Two types in one part. Ours reads the HTML as HTML; the other shows the source.",
    ("malformed/021", "text"): "Two types in one part. Ours reads the HTML as HTML; the other shows the source.",
    ("rfc/001", "sender"): LOCAL,
    ("rfc/001", "recipients"): LOCAL,
    ("rfc/004", "sender"): LOCAL,
    ("rfc/004", "recipients"): LOCAL,
    ("thirdparty/000", "text"): "Two plain texts in an alternative: one is the body, the other a part.",
    ("thirdparty/000", "names"): "The second text.",
    ("thirdparty/001", "text"): "Three plain texts in an alternative: one is the body, the others are parts.",
    ("thirdparty/001", "names"): "The second and third text.",
    ("thirdparty/002", "text"): "The last part is no base64. Ours shows what came of it, the other a mark.",
    ("thirdparty/002", "names"): "The part without text is no attachment.",
    ("thirdparty/005", "text"): "The line of the last boundary is not at its beginning: the other takes it away.",
    ("thirdparty/015", "names"): "Three messages are attached. What is broken in the first hides the rest there.",
}  # fmt: skip


@pytest.mark.parametrize("folder", ["sisimai", "stalwart", "mime4j"])
def test_every_file_is_taken(folder):
    failed = []
    for path in files(folder):
        raw = path.read_bytes()
        parsed = parse(raw)
        if parsed.unreadable == "parser_failed" or len(content_key(parsed, raw)) != 64:
            failed.append(path.name)

    assert len(files(folder)) > 300
    assert failed == []


def test_another_parser_finds_the_same_or_ours_is_better():
    answers = sorted(ANSWERS.rglob("*.json"))
    differences = {}
    for answer in answers:
        expected = oracle.theirs(answer)
        parsed = parse(oracle.source(answer))
        if expected is None:
            continue
        found = oracle.ours(parsed, len(expected.recipients))
        for field in fields(oracle.Said):
            wanted, got = getattr(expected, field.name), getattr(found, field.name)
            if wanted != got and not _gave_up(wanted, got) and not _named_by_subject(wanted, got):
                name = str(answer.relative_to(ANSWERS)).split(".")[0]
                differences[name, field.name] = (wanted, got)

    assert len(answers) == 214
    assert [(*place, *both) for place, both in differences.items() if place not in BETTER] == []
    assert sorted(BETTER) == sorted(differences), "a reason is written down for what does not differ any more"


def _gave_up(wanted, got):
    """It has no letter where bytes are in no declared charset; ours reads them as what they most likely are."""
    return "\ufffd" in str(wanted) and "\ufffd" not in str(got)


def _named_by_subject(wanted, got):
    """An attached message without a file name is called after its subject."""
    if not isinstance(wanted, list) or len(wanted) != len(got):
        return False
    return all(one == other or (not one and other.endswith(".eml")) for one, other in zip(wanted, got, strict=True))
