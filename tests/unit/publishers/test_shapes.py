"""Whatever a platform sends is read without a crash, and what was read can be kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishers.facebook.usage import BUSINESS, minutes_to_wait
from publishers.shapes import LARGEST, read_object, whole_number

SIGNS = st.text(st.characters(exclude_categories=()))  # halves of signs too
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | SIGNS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SIGNS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(SIGNS, VALUES, max_size=4))
def test_an_object_can_be_written_into_a_book_or_is_none(found: dict[str, Any]) -> None:
    read = read_object(json.dumps(found))
    if read is not None:
        words = json.dumps(read, ensure_ascii=False, allow_nan=False)
        words.encode()
        assert "\\u0000" not in words


@settings(max_examples=150, deadline=None)
@given(st.binary() | SIGNS)
def test_any_bytes_are_read(words: bytes | str) -> None:
    assert isinstance(read_object(words), dict | None)
    assert 0 <= minutes_to_wait({BUSINESS: str(words)}) <= 24 * 60


@pytest.mark.parametrize(
    "value",
    [
        "NaN",
        "-Infinity",
        "1e999",
        str(LARGEST),
        pytest.param("9" * 5000, id="long"),
        pytest.param("[" * 10**5, id="deep"),
    ],
)
def test_monsters_are_no_objects(value: str) -> None:
    assert read_object(f'{{"a": {value}}}') is None


def test_what_is_sound_comes_through_whole() -> None:
    sound = {"id": "1", "n": -(LARGEST - 1), "x": 0.5, "lời": ["Thước phim 🎬", None, True], "sâu": {"a": [{}]}}
    assert read_object(json.dumps(sound)) == sound
    assert read_object(json.dumps(sound, ensure_ascii=False).encode()) == sound


@pytest.mark.parametrize("words", ["", "-1", "+1", "1.0", "²", "٣", " 1", "9" * 19, "0x1"])
def test_what_is_no_whole_number_is_none(words: str) -> None:
    assert whole_number(words) is None


def test_a_whole_number_is_read() -> None:
    assert [whole_number(words) for words in ("0", "007", "9" * 18)] == [0, 7, 10**18 - 1]
