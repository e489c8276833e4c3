"""Sealed answers look alike, open only under their key, and prove what was said."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.errors import EnvironmentProblem, UserError
from partnerdesk.flow import seal

ANSWERS = st.none() | st.dictionaries(
    st.text(st.characters(codec="utf-8"), max_size=8), st.integers(-5, 100) | st.none(), max_size=6
)


@settings(max_examples=40)
@given(answer=ANSWERS)
def test_an_opened_answer_is_what_was_sealed_and_proves_it(answer: dict[str, int] | None) -> None:
    key = seal.new_key()
    sealed = seal.seal(key, "r", "p", answer, 1024)
    opened = seal.unseal(key, "r", "p", sealed.text, sealed.commitment)
    assert opened.answer == answer
    assert seal.proves("r", "p", opened.nonce, answer, sealed.commitment)


def test_a_pass_looks_like_an_answer_to_others() -> None:
    key = seal.new_key()
    passed = seal.seal(key, "r", "p", None, 2048)
    spoken = seal.seal(key, "r", "q", {"text": "x" * 900}, 2048)
    assert len(passed.text) == len(spoken.text)


def test_an_answer_cannot_be_moved_to_somebody_else() -> None:
    key = seal.new_key()
    sealed = seal.seal(key, "r", "p", {"a": 1}, 1024)
    with pytest.raises(EnvironmentProblem, match="altered"):
        seal.unseal(key, "r", "q", sealed.text, sealed.commitment)


@pytest.mark.parametrize("place", [0, 11, 12, 200, -1])
def test_one_changed_byte_is_noticed(place: int) -> None:
    key = seal.new_key()
    sealed = seal.seal(key, "r", "p", {"a": 1}, 1024)
    raw = bytearray(base64.b64decode(sealed.text))
    raw[place] ^= 1
    with pytest.raises(EnvironmentProblem, match="altered"):
        seal.unseal(key, "r", "p", base64.b64encode(raw).decode(), sealed.commitment)


def test_the_same_answer_twice_gives_two_commitments() -> None:
    key = seal.new_key()
    one, other = (seal.seal(key, "r", "p", {"a": 1}, 1024) for _ in range(2))
    assert one.commitment != other.commitment
    assert one.text != other.text


def test_a_round_under_a_pin_opens_with_it_alone() -> None:
    key = seal.new_key()
    kept = seal.wrap(key, "4711")
    assert key not in kept
    assert seal.unwrap(kept, "4711") == key
    with pytest.raises(UserError, match="PIN"):
        seal.unwrap(kept, "4712")
