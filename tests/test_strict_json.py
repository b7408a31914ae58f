"""JSON from a stranger is plain, bounded and quick to refuse, or it is not read."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glimmer.strict_json import read_json

PLAIN_TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"))
NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | PLAIN_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN_TEXT, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_what_python_writes_is_read_as_it_was(value: object) -> None:
    for ascii_only in (True, False):
        assert read_json(json.dumps(value, ensure_ascii=ascii_only).encode(), depth=100, values=10_000) == value


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | st.text("[]{},:\"\\u0dNaINfinty 1e-.'", max_size=40).map(str.encode))
def test_whatever_comes_is_read_or_refused_in_words(text: bytes) -> None:
    try:
        read_json(text, depth=5, values=50)
    except ValueError as error:
        assert str(error)


@pytest.mark.parametrize("brackets", ["[[[]]]", '{"a": {"b": {}}}', '[{"a": []}]'])
def test_nesting_is_counted_to_the_level(brackets: str) -> None:
    read_json(brackets.encode(), depth=3, values=9)
    with pytest.raises(ValueError, match="more than 2 deep"):
        read_json(brackets.encode(), depth=2, values=9)


def test_brackets_and_commas_in_a_text_count_for_nothing() -> None:
    text = b'{"a": "[[[{{{,,,\\"[,"}'
    assert read_json(text, depth=1, values=3) == {"a": '[[[{{{,,,"[,'}


@pytest.mark.parametrize("unit", [b'"', b'\\"', b"[", b"[],", b'{"a":', b"\\", b'"\\', b",", b"1"])
def test_a_hostile_megabyte_is_refused_without_a_wait(unit: bytes) -> None:
    started = time.process_time()
    with pytest.raises(ValueError):
        read_json(unit * (1_000_000 // len(unit)), depth=8, values=1000)
    assert time.process_time() - started < 2  # a scan that goes back would take hours
