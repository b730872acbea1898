"""What only looks like an envelope of S/MIME is none, whatever its bytes; nothing of it raises."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dsar.intake import cms
from dsar.intake.file_types import kind_of

LENGTHS = st.sampled_from([b"\x00", b"\x02", b"\x05", b"\x80", b"\x81\x04", b"\x84\xff\xff\xff\xff"])


@given(st.lists(st.tuples(st.sampled_from([b"\x30", b"\x06", b"\xa0", b"\x04", b"\x24"]), LENGTHS), max_size=8))
@example([(b"\x30", b"\x00")])
@example([(b"\x30", b"\x80")])
def test_no_order_of_elements_raises(elements):
    data = b"".join(tag + length for tag, length in elements)

    assert (cms.kind(data), cms.enclosed(data)) == (b"", None)


@given(st.binary(max_size=200))
def test_no_bytes_raise(tail):
    assert isinstance(kind_of(b"\x30" + tail), str)


@pytest.mark.parametrize("data", [b"", b"0", b"0\x00", b"0\x02\x06\x00", b"0\x03\x06\x01\x00", b"0 euros"])
def test_what_begins_like_an_envelope_is_none(data):
    assert not cms.is_encrypted(data)
    assert kind_of(data) == ""
