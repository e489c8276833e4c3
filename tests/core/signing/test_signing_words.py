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


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_each_list_has_1024_plain_words_told_apart_by_four_letters(language: str) -> None:
    listed = words.word_list(language)
    assert len(listed) == len({word[:4] for word in listed}) == 1024
    assert list(listed) == sorted(listed)
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in listed)


@pytest.mark.parametrize(
    ("language", "digest"),
    [
        ("en", "80f70aac6a45db6d26c0ca8a1638529c008fa190b1727395dc6ceb8474f86539"),
        ("fr", "9d809093ebb8d52adef85a1039424dfb715e3ed2827ddec5716da000a3e2ba1b"),
        ("es", "786dfd2962e546650a89e28bba8aece97045f8e9cbc0fcdf940a8f9ac6f78727"),
        ("pt", "bc6398714f5f69044d1af9fc625dfd16ba169b580ef42e2a090c84566f02a8b0"),
    ],
)
def test_a_list_never_changes_because_charters_on_paper_rely_on_it(
    language: str, digest: str
) -> None:
    listed = "\n".join(words.word_list(language)) + "\n"
    assert hashlib.sha256(listed.encode()).hexdigest() == digest


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


def test_a_language_without_a_list_has_english_words() -> None:
    assert words.word_list("sw") == words.word_list("../en") == words.word_list()


@settings(max_examples=50)
@given(HEX, st.sampled_from(words.LANGUAGES))
def test_the_words_of_every_language_read_back(value: str, language: str) -> None:
    eight = words.words(value, language)
    assert value[:20] in words.readings(" ".join(eight))
    assert value[:20] in words.readings(" ".join(word[:4] for word in eight))
    assert value[:10] in words.readings(" ".join(words.short(value, language)))


def test_words_that_two_languages_share_are_read_in_both() -> None:
    both = sorted(set(words.word_list("en")) & set(words.word_list("fr")))[:8]
    found = words.readings(" ".join(both))
    assert len(found) == len(set(found)) == 2


def test_accents_added_by_habit_do_not_matter() -> None:
    typed = ["école" if word == "ecole" else word for word in words.word_list("fr")[:8]]
    typed[0] = typed[0].upper()
    typed[1] = typed[1].replace("a", "à").replace("e", "é")
    assert words.readings(" ".join(typed)) == words.readings(" ".join(words.word_list("fr")[:8]))


def test_a_wrong_word_is_sought_in_the_language_of_the_others() -> None:
    typed = [*words.word_list("fr")[-7:], "zigzague"]
    with pytest.raises(UserError, match="Did you mean “zigzag”"):
        words.readings(" ".join(typed))
