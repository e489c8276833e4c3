"""Which words an erasure finds, how a person's name is taken apart, and what is left of copies."""

from __future__ import annotations

import pytest

from partnerdesk.exchange.wanted import Wanted, is_common, learnt, parts_of


@pytest.mark.parametrize(
    ("word", "text", "left"),
    [
        ("Ana", "Ana, ANA and ana’s analysis by Diana", "X, X and X’s analysis by Diana"),
        ("José", "Jose and JOSE\u0301 and josé_2", "X and X and X_2"),
        ("Amina Hassan", "Amina\n Hassan; Amina, Hassan", "X; Amina, Hassan"),
        ("أمينة", "قالت وأمينة لأمينة", "قالت وX لX"),
        ("阿米娜", "我和阿米娜去", "我和X去"),
        ("Straße 7", "STRASSE 7 and Straße 70", "X and Straße 70"),
        ("ზაირა", "ზაირა მოვიდა", "X მოვიდა"),
        ("a.b", "a.b aXb", "X aXb"),
    ],
)
def test_a_word_is_found_in_every_spelling_of_it(word: str, text: str, left: str) -> None:
    one = Wanted((word,), "X")
    assert one.masked(text) == left
    assert one.found(text)
    assert not one.found(left) or word == "Amina Hassan"


def test_longer_words_are_looked_into_only_when_asked() -> None:
    assert not Wanted(("Ana",), "X").found("Diana")
    assert Wanted(("Ana",), "X", inside=True).masked("Diana") == "DiX"


def test_a_name_is_taken_apart_into_what_means_this_person() -> None:
    assert parts_of("Marit de Wolff", ["Jan Wolff"]) == ("Marit",)
    assert parts_of("Zahra") == ()
    assert is_common("Were", ["They were late."])
    assert not is_common("Were", ["Akinyi Were wereda"])


@pytest.mark.parametrize(
    ("before", "left", "found"),
    [
        ("Amina met Omar", "A. met Omar", ["Amina"]),
        ("with Amina", "with A.", ["Amina"]),
        ("Amina and amina.", "A. and A..", ["Amina", "amina"]),
        ("something else", "A. met", []),
        ("same", "same", []),
    ],
)
def test_what_was_erased_is_learnt_from_a_copy_that_has_it(
    before: str, left: str, found: list[str]
) -> None:
    assert [word for word, _put in learnt(before, left, ["A."])] == found
