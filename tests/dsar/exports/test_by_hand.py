"""Attaching a file: sealed, checked, recorded; or refused, and then nothing of it stays."""

import io
import json

import pytest

from dsar.sources import by_hand
from dsar.sources.base import BadRecords
from dsar.sources.models import AttachedFile
from dsar.vault import services as vault
from dsar.vault.models import Blob
from tests.dsar.exports.conftest import OFFICER
from workflow import queries
from workflow.actors import Actor
from workflow.guards import CannotDo, NotPermitted
from workflow.models import Collection, DataKey
from workflow.states import ActorKind, EventKind, Role


def stored_files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def last_event(case):
    return queries.history(case).last()


def test_an_attached_file_is_sealed_counted_and_in_the_history(case, attach, sealed_folder, time_machine):
    time_machine.move_to("2027-02-02T10:00+00:00", tick=False)
    content = '[{"name": "Ada Lovelace"}, {"name": "=1+1"}]'

    row = attach("crm.json", content)

    assert (row.source, row.name, row.format, row.records, row.size) == ("by_hand", "crm.json", "json", 2, len(content))
    assert row.blob.holder == case.uuid
    assert vault.read(row.blob) == content.encode()
    assert last_event(case).kind == EventKind.DATA_ATTACHED
    assert Collection.objects.get(case=case).records == 2
    assert by_hand.attached_to(case.pk) == [row]
    assert [b"Lovelace" in path.read_bytes() for path in stored_files(sealed_folder)] == [False]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("crm.json", b"", "crm.json is empty"),
        ("crm.json", b'[{"a": 1},', "crm.json, line 1, column 11: this is not JSON"),
        ("crm.csv", b'a,b\n"1', "crm.csv, line 2: the file ends inside a quoted cell"),
        ("crm.csv", b'[{"a": 1}]', "crm.csv holds JSON. Give it a name that ends in .json"),
        ("crm.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "crm.csv is really a file of kind pdf"),
        ("crm.csv", b"PK\x03\x04" + bytes(40), "crm.csv is really a file of kind docx"),
        ("crm.xlsx", b"PK\x03\x04", "“crm.xlsx”: attach a JSON or CSV file"),
        ("csv", b"a,b\n1,2\n", "“csv”: attach a JSON or CSV file"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_stays(case, attach, sealed_folder, name, content, sentence):
    before = last_event(case).seq

    with pytest.raises(BadRecords) as caught:
        attach(name, content)

    assert str(caught.value).startswith(sentence)
    assert (AttachedFile.objects.count(), Blob.objects.count(), DataKey.objects.count()) == (0, 0, 0)
    assert stored_files(sealed_folder) == []
    assert last_event(case).seq == before


def test_a_file_over_the_limit_is_refused_while_it_is_read(case, attach, sealed_folder, monkeypatch):
    monkeypatch.setattr(by_hand, "MAX_BYTES", 1024**2)

    with pytest.raises(BadRecords, match=r"crm\.csv is larger than 1 MB\. Divide it into several files\."):
        attach("crm.csv", b"a\n" + b"1\n" * 1024**2)

    assert (Blob.objects.count(), DataKey.objects.count(), stored_files(sealed_folder)) == (0, 0, [])


def test_an_upload_that_breaks_off_leaves_nothing(case, sealed_folder):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise OSError("connection lost")
            return super().read(4)

    with pytest.raises(OSError, match="connection lost"):
        by_hand.attach(case.pk, name="crm.csv", stream=Broken(b"a,b\n1,2\n"), by=OFFICER)

    assert (AttachedFile.objects.count(), DataKey.objects.count(), stored_files(sealed_folder)) == (0, 0, [])


def test_before_identity_is_verified_nothing_is_attached(unverified_case, sealed_folder):
    with pytest.raises(CannotDo, match="Verify identity before data is collected"):
        by_hand.attach(unverified_case.pk, name="crm.json", stream=io.BytesIO(b"[1]"), by=OFFICER)

    assert (Blob.objects.count(), DataKey.objects.count(), stored_files(sealed_folder)) == (0, 0, [])


def test_an_auditor_attaches_nothing(case):
    auditor = Actor(ActorKind.STAFF, "S-0004", frozenset({Role.AUDITOR}))

    with pytest.raises(NotPermitted):
        by_hand.attach(case.pk, name="crm.json", stream=io.BytesIO(b"[1]"), by=auditor)


def test_the_same_bytes_are_attached_once(attach):
    attach("crm.json", "[1]")

    with pytest.raises(CannotDo, match="attached to the case already"):
        attach("copy.json", "[1]")

    assert (AttachedFile.objects.count(), Collection.objects.get().records, Blob.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\ada\\crm.json", "crm.json"),
        ("../../etc/crm.json", "crm.json"),
        ("cr\u202em\x00\n.JSON", "crm.JSON"),
        ("x" * 300 + ".json", "x" * 195 + ".json"),
    ],
)
def test_of_a_file_name_only_the_name_itself_is_kept(attach, given, kept):
    assert attach(given, json.dumps([{"a": 1}])).name == kept
