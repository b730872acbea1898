"""Reading files of records: forms, encodings, and sentences for what cannot be read."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsar.sources import encodings, json_text
from dsar.sources.base import BadRecords, RecordFile
from dsar.sources.records import json_of, read_through, records_of
from tests.dsar.exports.bundles import a_file


class Dribble(io.BytesIO):
    """Hands out a few bytes at a time, and cannot seek: the worst stream there is."""

    def read(self, size=-1):
        return super().read(3 if size < 0 else min(size, 3))

    def seekable(self):
        return False


def dribbling(name: str, content: bytes) -> RecordFile:
    return RecordFile(
        "by_hand", name, "csv" if name.endswith("csv") else "json", len(content), lambda: Dribble(content)
    )


def contents(file: RecordFile) -> dict[str, list]:
    reading = read_through(file)
    return {table: list(records_of(reading, table)) for table in reading.tables()}


def as_json(file: RecordFile) -> dict[str, list]:
    reading = read_through(file)
    return {table: json.loads(b"[" + b"".join(json_of(reading, table)) + b"]") for table in reading.tables()}


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ('[{"a": 1}, {"a": 2}]', {"a file": [{"a": 1}, {"a": 2}]}),
        ("[]", {"a file": []}),
        ('["x", 1, null, [2]]', {"a file": ["x", 1, None, [2]]}),
        ('{"t": [{"a": 1}], "u": []}', {"t": [{"a": 1}], "u": []}),
        ('{"t": [{"a": 1}], "t": [{"a": 2}]}', {"t": [{"a": 1}, {"a": 2}]}),
        ('{"t": [{"a": 1}], "u": 1}', {"a file": [{"t": [{"a": 1}], "u": 1}]}),
        ('{"t": [{"a": 1}, 2]}', {"a file": [{"t": [{"a": 1}, 2]}]}),
        ("{}", {"a file": [{}]}),
        ('{\n "a": 1\n}\n', {"a file": [{"a": 1}]}),
        ('{"a": 1}\n\n{"a": 2}\r\n', {"a file": [{"a": 1}, {"a": 2}]}),
        ('{"a": [{}]}\n{"a": 2}', {"a file": [{"a": [{}]}, {"a": 2}]}),
        ('{}\n{"a": 1}\n', {"a file": [{}, {"a": 1}]}),
        ('{"a": 1}\n{}\n{"a":\n 2}{"a": 3}', {"a file": [{"a": 1}, {}, {"a": 2}, {"a": 3}]}),
        ('{"a": 1}\n{"a": 2}, {"a": 3}\n'.replace(",", ""), {"a file": [{"a": 1}, {"a": 2}, {"a": 3}]}),
        ('{"a": 1} {"a":\n 2}{"a": 3}', {"a file": [{"a": 1}, {"a": 2}, {"a": 3}]}),
        (' \n\t[ {"a" : 1 } \n, {"b":2}\n ] \n', {"a file": [{"a": 1}, {"b": 2}]}),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_form_of_json_is_recognised_also_from_the_slowest_stream(text, tables, encoding):
    data = text.encode(encoding)

    assert as_json(a_file("folder/a file.json", data)) == tables
    assert as_json(dribbling("a file.json", data)) == tables
    assert read_through(dribbling("a file.json", data)).records == sum(map(len, tables.values()))


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("naam;stad\nZoë;Liège\n".encode(), "utf-8"),
        ("naam;stad\nZoë;Liège\n".encode("utf-8-sig"), "utf-8"),
        ("naam;stad\nZoë;Liège\n".encode("cp1252"), "cp1252"),
        ("naam;stad\nZoë;Liège\n".encode("utf-16"), "utf-16-le"),
        ("naam,stad\r\nZoë,Liège\r\n".encode(), "utf-8"),
        ("naam\tstad\rZoë\tLiège\r".encode(), "utf-8"),
        ("sep=;\nnaam;stad\nZoë;Liège\n".encode(), "utf-8"),
        ('"naam";"stad"\n\n"Zoë";"Liège"'.encode(), "utf-8"),
    ],
)
def test_encodings_and_delimiters_of_csv(data, encoding):
    for file in (a_file("k.csv", data), dribbling("k.csv", data)):
        assert contents(file) == {"k": [(("naam", "Zoë"), ("stad", "Liège"))]}
        assert read_through(file).survey.encoding == encoding


def test_quoted_line_breaks_and_delimiters_stay_in_their_cell():
    assert as_json(a_file("k.csv", 'a,b\n"x\r\ny,;\t","""q"""\n')) == {"k": [{"a": "x\r\ny,;\t", "b": '"q"'}]}


def test_ragged_rows_lose_nothing():
    file = a_file("k.csv", "a,b\n1\n1,2,3,4\n")

    assert as_json(file) == {"k": [{"a": "1"}, {"a": "1", "b": "2", "column_3": "3", "column_4": "4"}]}
    assert read_through(file).ragged_rows == 2


def test_columns_without_a_name_or_with_the_same_get_one_of_their_own():
    file = a_file("k.csv", "a,a,,a_2,column_3\n1,2,3,4,5\n")

    assert as_json(file) == {"k": [{"a": "1", "a_3": "2", "column_3_2": "3", "a_2": "4", "column_3": "5"}]}
    assert read_through(file).header.renamed == (("a", "a_3"), ("", "column_3_2"))


def test_a_header_alone_is_a_table_without_records():
    reading = read_through(a_file("k.csv", "a,b\n"))

    assert (reading.records, reading.tables()) == (0, {"k": 0})


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.json", b"", "a.json is empty. Attach a file with records, or record that nothing is held."),
        ("a.json", b"\xef\xbb\xbf", "a.json is empty. Attach a file with records, or record that nothing is held."),
        ("a.json", b" \n", "a.json holds no records: a JSON file begins with [ or {."),
        ("a.json", b'"text"', "a.json holds no records: a JSON file begins with [ or {."),
        ("a.json", b'[{"a": 1},\n {"a": }]', "a.json, line 2, column 8: this is not JSON."),
        ("a.json", b'[{"a": 1}', "a.json, line 1, column 10: “]” is missing."),
        ("a.json", b'[{"a": 1},]', "a.json, line 1, column 11: this is not JSON."),
        ("a.json", b'[{"a": "x\ny"}]', "a.json, line 1, column 10: this is not JSON."),
        ("a.json", b"[1] 2", "a.json, line 1, column 5: there is more text after the end of the records."),
        ("a.json", b'{"a": 1}\n2', "a.json, line 2, column 2: before this an object is expected."),
        ("a.json", b'[{"a": NaN}]', "a.json, line 1, column 2: NaN in here is not a JSON value."),
        ("a.json", b'[{"a": "\xe9"}]', "a.json: byte 9 does not fit the encoding (utf-8). Export the file as UTF-8."),
        ("a.json", b"[" * 100_000, "a.json, line 1, column 2: the values are nested too deeply."),
        ("a.csv", b"", "a.csv is empty. Attach a file with records, or record that nothing is held."),
        ("a.csv", b"\n\n", "a.csv has no header. The first row of a CSV file names its columns."),
        ("a.csv", b"a,b\n1,\0", "a.csv is not text (byte 7 is zero). Export it again as UTF-8."),
        (
            "a.csv",
            "a\né\n".encode() + b"\xe9\n",
            "a.csv: byte 6 does not fit the encoding (utf-8). Export the file as UTF-8.",
        ),
        ("a.csv", b"a\n\x81\xe9", "a.csv: byte 3 does not fit the encoding (cp1252). Export the file as UTF-8."),
        ("a.csv", b'a\n"x', "a.csv, line 2: the file ends inside a quoted cell; it may have been cut off."),
        (
            "a.csv",
            b'a,b\n"x"y,2\n',
            "a.csv, line 2: after a closing quotation mark only the delimiter may follow; "
            "double the quotation marks inside a cell.",
        ),
        (
            "a.csv",
            b"x" * 501 + b",b\n",
            "a.csv: the name of column 1 has more than 500 characters; shorten it.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place_and_the_cure(name, data, sentence):
    for file in (a_file(name, data), dribbling(name, data)):
        with pytest.raises(BadRecords) as caught:
            read_through(file)
        assert str(caught.value) == sentence


def test_a_record_of_unbounded_size_is_refused(monkeypatch):
    monkeypatch.setattr(json_text, "MAX_RECORD", 1000)
    monkeypatch.setattr(encodings, "CHUNK", 64)

    with pytest.raises(BadRecords, match=r"a.json, line 1, column 2: this record is larger than 0 MB"):
        read_through(a_file("a.json", json.dumps(["x" * 5000])))


def test_a_mistake_in_a_large_file_is_found_without_reading_on_to_the_end(monkeypatch):
    monkeypatch.setattr(encodings, "CHUNK", 64)
    text = json.dumps([{"a": number} for number in range(100)]).replace("50}", "50 51}")

    with pytest.raises(BadRecords, match=r"a.json, line 1, column 5"):
        read_through(a_file("a.json", text))


patient = settings(deadline=None)  # a busy machine is no fault of the code
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
records = st.lists(st.dictionaries(st.text(), values, max_size=3), max_size=5)


@patient
@given(st.dictionaries(st.text(), records, min_size=1, max_size=3), st.integers(4, 40), st.sampled_from([None, 1]))
def test_tables_are_read_alike_whatever_the_windows(tables, chunk, indent):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encodings, "CHUNK", chunk)

        assert as_json(a_file("a.json", json.dumps(tables, ensure_ascii=False, indent=indent))) == tables


@patient
@given(records.filter(len), st.integers(4, 40), st.sampled_from([None, 1]))
def test_objects_one_after_the_other_are_read_alike_whatever_the_windows(objects, chunk, indent):
    text = "\n".join(json.dumps(record, indent=indent) for record in [{"first": 1}, *objects])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encodings, "CHUNK", chunk)

        assert as_json(a_file("a.json", text)) == {"a": [{"first": 1}, *objects]}
        assert len(contents(a_file("a.json", text))["a"]) == len(objects) + 1


@patient
@given(st.binary(max_size=60), st.sampled_from(["a.json", "a.csv"]))
def test_any_bytes_are_read_or_refused_never_anything_else(data, name):
    try:
        reading = read_through(a_file(name, data))
    except BadRecords:
        return
    assert sum(len(list(records_of(reading, table))) for table in reading.tables()) == reading.records
