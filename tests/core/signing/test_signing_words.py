"""The fingerprint words can be read aloud, typed back, and mean exactly one value."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.errors import UserError
from partnerdesk.signing import words

HEX = st.binary(min_size=32, max_size=32).map(bytes.hex)


def test_the_list_has_1024_plain_words_told_apart_by_four_letters() -> None:
    listed = words.word_list()
    assert len(listed) == len({word[:4] for word in listed}) == 1024
    assert list(listed) == sorted(listed)
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in listed)


def test_the_list_never_changes_because_charters_on_paper_rely_on_it() -> None:
    listed = "\n".join(words.word_list()) + "\n"
    digest = hashlib.sha256(listed.encode()).hexdigest()
    assert digest == "80f70aac6a45db6d26c0ca8a1638529c008fa190b1727395dc6ceb8474f86539"


def test_the_fingerprint_binds_the_text_and_the_authority() -> None:
    text = hashlib.sha256(b"charter").hexdigest()
    expected = hashlib.sha256(bytes.fromhex(text) + hashlib.sha256(b"cert").digest()).hexdigest()
    assert words.fingerprint(text, b"cert") == expected
    assert words.fingerprint(text, b"other") != expected


def test_a_digest_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        words.fingerprint("ab", b"")


@settings(max_examples=50)
@given(HEX)
def test_words_read_back_as_the_first_80_bits(value: str) -> None:
    assert words.read(", ".join(words.words(value)).upper()) == value[:20]
    assert words.read("\n".join(words.short(value))) == value[:10]
    assert words.read(" ".join(word[:4] for word in words.words(value))) == value[:20]


def test_an_unknown_word_is_named_with_the_nearest_one() -> None:
    listed = list(words.word_list()[:8])
    listed[3] = "gardenn"
    with pytest.raises(UserError, match=r"“gardenn” is not in the list\. Did you mean “garden”"):
        words.read(" ".join(listed))


def test_seven_words_are_not_enough() -> None:
    with pytest.raises(UserError, match="you typed 7"):
        words.read(" ".join(words.word_list()[:7]))
