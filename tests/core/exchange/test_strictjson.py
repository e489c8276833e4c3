"""JSON from strangers is bounded in size and depth, and says where it is broken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.errors import InputErrors
from partnerdesk.exchange.strictjson import DEEPEST, parse

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(value=VALUES, ascii_=st.booleans(), mark=st.booleans())
def test_what_json_writes_is_read_back(value: object, ascii_: bool, mark: bool) -> None:
    data = json.dumps(value, ensure_ascii=ascii_).encode("utf-8-sig" if mark else "utf-8")
    assert parse(data, "x.json") == value


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a": [1, "\\u0000"]}', "a[1] holds a broken character"),
        (b'{"a": {"b": "\\ud800"}}', "a.b holds a broken character"),
        (b'{"a": {"\\ud800": 1}}', "a holds a broken character"),
        (b'{"value": 1e999}', "1e999 is not a number"),
        (b'{"value": -Infinity}', "-Infinity is not a number"),
        (b'{"a": 1, "a": 2}', '"a" stands twice'),
        (b"[" * 600 + b"]" * 600, "nested too deeply"),
        (b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2), "nested too deeply"),
        (b'\n\n  {"a" 1}', "line 3"),
    ],
)
def test_a_fault_is_told_with_its_place(data: bytes, reason: str) -> None:
    with pytest.raises(InputErrors) as refused:
        parse(data, "x.json")
    assert any(reason in problem for problem in refused.value.problems)


def test_the_deepest_value_that_is_read() -> None:
    assert parse(b"[" * DEEPEST + b"]" * DEEPEST, "x.json")
