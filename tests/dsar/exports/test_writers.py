"""The portability export, from files of records to the bytes of a ZIP."""

import csv
import hashlib
import io
import json
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsar.exports import cells, writers
from dsar.exports.writers import Export
from dsar.sources.base import BadRecords
from tests.dsar.exports.bundles import ABOUT, a_file, exported, opened

CUSTOMERS_JSON = """{
  "customers": [
    {"id": 12345678901234567890, "name": "Zoë", "address": {"city": "Liège", "geo": {"lat": 50.60}},
     "tags": ["a", 1.10, 1E400], "note": "=1+1", "balance": -5}
  ],
  "orders": [{"order": 1, "total": 1.10, "phone": "+32 470 12 34 56"}, {"order": 2, "total": 1E400, "gift": true}]
}"""
ORDERS_JSON = '[{"order": 3, "total": 99999999999999999999.10, "comment": "-5"}]'
ORDERS_CSV = 'order;total;comment\r\n4;"12,50";=1+1\r\n5;-5;"two\r\nlines"\r\n'
NOTES_CSV = "who,text\nofficer,@SUM(A1)\n"
FOUR = (
    a_file("crm.json", CUSTOMERS_JSON),
    a_file("orders.json", ORDERS_JSON),
    a_file("orders.csv", ORDERS_CSV),
    a_file("notes.csv", NOTES_CSV),
)


def table(bundle: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(bundle.read(name).decode(), newline="")))


def manifest(bundle: zipfile.ZipFile) -> dict:
    return json.loads(bundle.read("manifest.json"))


def test_two_json_and_two_csv_files_become_one_zip_of_three_kinds_of_members():
    bundle = opened(*FOUR)

    assert bundle.namelist() == ["data.json", "customers.csv", "notes.csv", "orders.csv", "manifest.json"]
    assert bundle.testzip() is None


def test_json_keeps_the_exact_text_of_every_record():
    text = opened(*FOUR).read("data.json").decode()

    data = json.loads(text, parse_int=str, parse_float=str)
    assert data["customers"][0]["id"] == "12345678901234567890"
    assert data["customers"][0]["tags"] == ["a", "1.10", "1E400"]
    assert [order["total"] for order in data["orders"]] == ["1.10", "1E400", "12,50", "-5", "99999999999999999999.10"]
    assert '"address": {"city": "Liège", "geo": {"lat": 50.60}},\n     "tags": ["a", 1.10, 1E400]' in text


def test_overlapping_tables_are_one_table_and_every_row_says_its_source():
    rows = table(opened(*FOUR), "orders.csv")

    assert [(row["_source"], row["order"], row["total"]) for row in rows] == [
        ("by_hand:crm.json", "1", "1.10"),
        ("by_hand:crm.json", "2", "1E400"),
        ("by_hand:orders.csv", "4", "12,50"),
        ("by_hand:orders.csv", "5", "-5"),
        ("by_hand:orders.json", "3", "99999999999999999999.10"),
    ]
    assert list(rows[0]) == ["_source", "order", "total", "phone", "gift", "comment"]
    assert rows[1]["gift"] == "true"
    assert rows[3]["comment"] == "two\r\nlines"


def test_nested_objects_become_columns_and_lists_stay_json():
    [row] = table(opened(*FOUR), "customers.csv")

    assert row["address.city"] == "Liège"
    assert row["address.geo.lat"] == "50.60"
    assert row["tags"] == '["a",1.10,1E400]'
    assert row["id"] == "12345678901234567890"


def test_formulas_are_neutralised_numbers_are_not_and_each_change_is_listed():
    bundle = opened(*FOUR)

    assert table(bundle, "customers.csv")[0]["note"] == "'=1+1"
    assert table(bundle, "customers.csv")[0]["balance"] == "-5"
    assert manifest(bundle)["neutralised_cells"] == [
        {"file": "customers.csv", "row": 2, "column": "note", "original": "=1+1", "rule": "apostrophe"},
        {"file": "notes.csv", "row": 2, "column": "text", "original": "@SUM(A1)", "rule": "apostrophe"},
        {"file": "orders.csv", "row": 2, "column": "phone", "original": "+32 470 12 34 56", "rule": "apostrophe"},
        {"file": "orders.csv", "row": 4, "column": "comment", "original": "=1+1", "rule": "apostrophe"},
    ]


def test_more_changes_than_fit_in_memory_are_listed_all_the_same(monkeypatch):
    remembered = exported(*FOUR)
    monkeypatch.setattr(writers, "_MAX_KEPT", 250)

    assert exported(*FOUR) == remembered


def test_the_manifest_agrees_with_the_members_to_the_byte():
    bundle = opened(*FOUR)
    document = manifest(bundle)

    for member in document["members"]:
        content = bundle.read(member["name"])
        assert (member["size"], member["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        if "table" in member:
            assert member["records"] == len(table(bundle, member["name"]))
    assert [member["name"] for member in document["members"]] == bundle.namelist()[:-1]
    assert document["records"] == document["members"][0]["records"] == 7
    assert [(s["file"], s["sha256"], s["records"]) for s in document["sources"]] == [
        ("crm.json", hashlib.sha256(CUSTOMERS_JSON.encode()).hexdigest(), 3),
        ("notes.csv", hashlib.sha256(NOTES_CSV.encode()).hexdigest(), 1),
        ("orders.csv", hashlib.sha256(ORDERS_CSV.encode()).hexdigest(), 2),
        ("orders.json", hashlib.sha256(ORDERS_JSON.encode()).hexdigest(), 1),
    ]


def test_the_manifest_describes_case_period_schema_and_where_records_come_from():
    document = manifest(opened(*FOUR))

    assert (document["case"], document["language"]) == ("DSR-2027-0001", "fr")
    assert document["generated_at"] == "2027-03-01T09:30:00Z"
    assert document["period"] == {"since": None, "until": "2027-03-01"}
    orders = next(entry for entry in document["tables"] if entry["table"] == "orders")
    assert orders["fields"][2] == {"name": "total", "types": ["string", "number"], "path": ["total"]}
    assert orders["sources"] == [
        {"source": "by_hand:crm.json", "first_record": 1, "records": 2},
        {"source": "by_hand:orders.csv", "first_record": 3, "records": 2},
        {"source": "by_hand:orders.json", "first_record": 5, "records": 1},
    ]


def test_the_same_input_gives_the_same_bytes_in_any_order(time_machine):
    time_machine.move_to("2027-03-01T10:00+00:00")
    first = exported(*FOUR)
    time_machine.move_to("2031-01-01T10:00+00:00")

    assert exported(*reversed(FOUR)) == first


def test_two_files_of_one_name_are_told_apart():
    document = manifest(opened(a_file("a.json", '[{"x": 1}]'), a_file("a.json", '[{"x": 2}]')))

    assert [source["source"] for source in document["sources"]] == ["by_hand:a.json", "by_hand:a.json_2"]
    assert document["tables"][0]["records"] == 2


def test_duplicate_keys_stay_in_json_and_get_a_column_each():
    bundle = opened(a_file("a.json", '[{"x": 1, "x": 2}, {"x": 3}]'))

    assert b'{"x": 1, "x": 2}' in bundle.read("data.json")
    assert [(row["x"], row["x#2"]) for row in table(bundle, "a.csv")] == [("1", "2"), ("3", "")]
    assert manifest(bundle)["tables"][0]["records_with_duplicate_keys"] == 1


def test_a_field_called_source_is_not_overwritten():
    [row] = table(opened(a_file("a.json", '[{"_source": "mine"}]')), "a.csv")

    assert row == {"__source": "by_hand:a.json", "_source": "mine"}


def test_columns_of_one_spelling_are_kept_apart():
    [row] = table(opened(a_file("a.json", '[{"a.b": 1, "a": {"b": 2}}]')), "a.csv")

    assert row == {"_source": "by_hand:a.json", "a.b": "1", "a.b_2": "2"}


def test_objects_used_as_dictionaries_stay_json_text():
    days = json.dumps({f"day {number}": number for number in range(1_001)})

    [row] = table(opened(a_file("a.json", f'[{{"id": 1, "days": {days}}}]')), "a.csv")

    assert list(row) == ["_source", "id", "days"]
    assert len(json.loads(row["days"])) == 1_001


def test_half_a_character_is_written_as_its_escape():
    bundle = opened(a_file("a.json", '[{"x": "\\ud83d", "y": "=\\ud83d"}]'))

    assert json.loads(bundle.read("data.json"))["a"] == [{"x": "\ud83d", "y": "=\ud83d"}]
    assert table(bundle, "a.csv")[0]["x"] == "\\ud83d"
    assert manifest(bundle)["tables"][0]["unpaired_surrogates_escaped"] == 2
    assert manifest(bundle)["neutralised_cells"][0]["original"] == "=\ud83d"


def test_a_formula_as_header_or_table_name_does_no_harm():
    bundle = opened(a_file("=cmd.csv", "=A1,b\n1,2\n"), a_file("../CON.json", '{"../../etc/passwd": [{"a": 1}]}'))

    assert [name for name in bundle.namelist() if name.endswith(".csv")] == ["_.._etc_passwd.csv", "_cmd.csv"]
    assert bundle.read("_cmd.csv").startswith(b"_source,'=A1,b\r\n")
    assert manifest(bundle)["neutralised_cells"][0]["row"] == 1


def test_table_names_that_differ_in_case_get_files_of_their_own():
    bundle = opened(a_file("a.json", '{"Orders": [{"a": 1}], "orders": [{"a": 2}]}'))

    assert [name for name in bundle.namelist() if name.endswith(".csv")] == ["Orders.csv", "orders_2.csv"]


def test_without_files_there_is_nothing_to_export():
    with pytest.raises(BadRecords, match="Attach the person's data first"):
        Export([], ABOUT)


def test_the_first_byte_comes_only_after_every_file_was_read():
    chunks = Export([a_file("a.json", '[{"a": 1}]'), a_file("b.json", '[{"a": 1},')], ABOUT).chunks()

    with pytest.raises(BadRecords, match=re.escape("b.json, line 1, column 11")):
        next(chunks)


def test_many_tables_of_one_file_and_long_tables_come_out_whole():
    tables = {f"t{number}": [{"n": value} for value in range(number * 700)] for number in range(5)}

    bundle = opened(a_file("a.json", json.dumps(tables)))

    assert json.loads(bundle.read("data.json")) == tables
    assert [len(table(bundle, f"t{number}.csv")) for number in range(5)] == [0, 700, 1400, 2100, 2800]


patient = settings(deadline=None)  # a busy machine is no fault of the code
texts = st.text(st.one_of(st.sampled_from("='+-@\t\r\n\0＝＋－＠ 15.,e\"; "), st.characters(codec="utf-8")), max_size=8)
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), texts)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=6
)


@patient
@given(texts)
def test_a_neutralised_cell_is_never_dangerous_and_comes_back_exactly(text):
    written = cells.neutralised(text)

    assert re.match(cells.REVERSE, written) or written == text
    assert cells.restored(written) == text
    assert re.fullmatch(cells.NUMBER, written) or not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n\0]", written)


@patient
@given(st.lists(st.dictionaries(texts, values, max_size=4), max_size=4))
def test_any_json_comes_out_as_it_went_in(records):
    text = json.dumps(records)

    bundle = opened(a_file("a.json", text))

    assert json.loads(bundle.read("data.json")) == {"a": records}
    if records:
        assert text[1:-1].encode() in bundle.read("data.json")
    assert manifest(bundle)["records"] == len(records)


@patient
@given(st.lists(st.lists(texts, min_size=3, max_size=3).filter(any), max_size=5))
def test_any_csv_comes_back_by_the_documented_rule(rows):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    content = buffer.getvalue()
    if "\0" in content:
        with pytest.raises(BadRecords, match="is not text"):
            exported(a_file("a.csv", content))
        return

    bundle = opened(a_file("a.csv", content))

    assert json.loads(bundle.read("data.json"))["a"] == [dict(zip("abc", row, strict=True)) for row in rows]
    reverse = manifest(bundle)["csv"]["reverse"]
    restored = [
        [cell[1:] if re.match(reverse, cell) else cell for cell in list(row.values())[1:]]
        for row in table(bundle, "a.csv")
    ]
    assert restored == rows
