"""The pipe between the two processes, and the characters that can be drawn."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsar.paper.characters import BOX, FONTS, drawable
from dsar.sandbox import frames


@given(st.dictionaries(st.sampled_from("abc"), st.text()), st.lists(st.binary()))
def test_a_frame_is_read_back_as_it_was_packed(header: dict[str, str], blobs: list[bytes]):
    assert frames.unpack(io.BytesIO(frames.pack(header, *blobs))) == (header, blobs)


@pytest.mark.parametrize(
    "data",
    [b"", b"\0\0", b"\0\0\0\5{}", b"\0\0\0\2[]", b"\0\0\0\2{}", b"\0\0\0\4nope", frames.pack({}, b"long")[:-1]],
)
def test_a_cut_or_foreign_frame_is_an_error(data: bytes):
    with pytest.raises(frames.BrokenFrame):
        frames.unpack(io.BytesIO(data))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Éléonore œuvre 12 €", "Éléonore œuvre 12 €"),
        ("Łukasz Ångström, ĳs, Ελένη, Жанна", "Łukasz Ångström, ĳs, Ελένη, Жанна"),
        ("e\u0301te\u0301", "été"),
        ("山田 \U0001f600", f"{BOX}{BOX} {BOX}"),
        ("a\u202eb\u200bc\x00d\x07", "abcd"),
        ("line\nnext", "line\nnext"),
    ],
)
def test_what_the_font_lacks_is_boxed_and_what_controls_is_dropped(text: str, shown: str):
    assert drawable(text) == shown


@pytest.mark.parametrize("name", ["OFL-Inter.txt", "OFL-JetBrainsMono.txt"])
def test_each_font_carries_its_licence(name: str):
    text = (FONTS / name).read_text()
    assert "SIL OPEN FONT LICENSE" in text
    assert text.startswith("Copyright")
