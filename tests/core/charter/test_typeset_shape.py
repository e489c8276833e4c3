"""From text to lines: nothing is lost, nothing is wider than the page."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.charter.typeset import fonts, shape
from partnerdesk.charter.typeset.outlines import outlines

ARABIC = "يتفق الشركاء على مراجعة هذا الميثاق كل 12 شهراً مع منظمة (WaterAid) في المكتب."
HINDI = "साझेदार संगठन पारदर्शिता और समानता पर सहमत हैं।"
AMHARIC = "አጋር ድርጅቶች በግልጽነት፣ በእኩልነት ተስማምተዋል።"
UKRAINIAN = "Партнери домовилися про прозорість; їжак, ґанок."
WORDS = ["water", "شركاء", "समानता", "ግልጽነት", "їжак", "(12)", "«так»", "a-b/c", "e\u0301"]


def shown(line: shape.Line) -> str:
    return "".join(run.text for run in sorted(line.runs, key=lambda run: run.start))


@pytest.mark.parametrize("text", [ARABIC, HINDI, AMHARIC, UKRAINIAN])
def test_the_bundled_fonts_cover_the_four_scripts(text: str) -> None:
    assert fonts.missing(text) == ()


def test_characters_without_a_font_are_named_once_in_order() -> None:
    assert fonts.missing("你 and 😀 and 你, ZWJ \u200d, a control \x07") == ("你", "😀")


def test_a_character_without_a_font_shows_as_the_replacement() -> None:
    lines, _base = shape.lines(shape.plain("a你b"), 50)
    assert shown(lines[0]) == "a\ufffdb"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), st.floats(4, 40))
def test_lines_hold_every_word_in_order_and_fit(words: list[str], width: float) -> None:
    lines, _base = shape.lines(shape.plain(" ".join(words)), width)
    letters = "".join(shown(line) for line in lines).replace(" ", "")
    assert letters == "".join(words)
    assert all(line.width <= width + 1e-6 for line in lines)


def test_a_word_wider_than_the_line_is_cut() -> None:
    lines, _base = shape.lines(shape.plain("0123456789abcdef" * 8), 20)
    assert len(lines) > 1
    assert "".join(shown(line) for line in lines) == "0123456789abcdef" * 8
    assert all(line.width <= 20 for line in lines)


def test_a_word_of_thirty_thousand_letters_is_not_shaped_again_for_each_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    word = "".join(chr(97 + at * at % 26) for at in range(30_000))
    shaped: list[int] = []
    shape_once = fonts.Face._shaped

    def watched(face: fonts.Face, text: str, *more: Any) -> tuple[fonts.Glyph, ...]:
        shaped.append(len(text))
        return shape_once(face, text, *more)

    monkeypatch.setattr(fonts.Face, "_shaped", watched)
    lines, _base = shape.lines(shape.plain(word), 40)
    assert "".join(shown(line) for line in lines) == word
    assert all(line.width <= 40 for line in lines)
    assert sum(shaped) < 10 * len(word)


def test_a_line_feed_begins_a_new_line_and_an_empty_text_has_one() -> None:
    assert [shown(line) for line in shape.lines(shape.plain("a\n\nb"), 9)[0]] == ["a", "", "b"]
    assert len(shape.lines(shape.plain(""), 9)[0]) == 1


def test_a_no_break_space_holds_two_words_together() -> None:
    lines, _base = shape.lines(shape.plain("aaaa bbbb\u00a0cccc"), 6)
    assert [shown(line) for line in lines] == ["aaaa", "bbbb\u00a0cccc"]


def test_right_to_left_words_stand_in_reading_order_from_the_right() -> None:
    lines, base = shape.lines(shape.plain("شركاء مياه"), 50)
    assert base == 1
    assert [run.text for run in lines[0].runs] == ["مياه", " ", "شركاء"]


def test_isolated_names_keep_their_marks_at_their_own_end() -> None:
    lines, _base = shape.lines(shape.plain(f"الشريك {shape.isolate('Надія (ГО)')} يوافق"), 99)
    latin = [run.text for run in lines[0].runs if not run.right_to_left and not run.space]
    assert latin == ["Надія", "(ГО)"]


def test_the_longest_word_is_what_a_column_needs() -> None:
    words = shape.longest_word(shape.plain("a bb cccc bb"))
    assert words == pytest.approx(shape.runs_width(shape.plain("cccc")))


@pytest.mark.parametrize("text", ["Rose Anyango", ARABIC, HINDI, AMHARIC, UKRAINIAN])
def test_outlines_have_ink_and_the_width_of_the_line(text: str) -> None:
    operators, width = outlines(text, 10)
    assert operators.endswith("\nf")
    assert {row.split()[-1] for row in operators.splitlines()} <= set("mlchf")
    assert width == pytest.approx(shape.runs_width(shape.plain(text)) * 10)


def test_outlines_of_nothing_draw_nothing() -> None:
    assert outlines("", 10) == ("", 0.0)
    assert outlines("  ", 10)[0] == ""


def test_outlines_grow_with_the_size() -> None:
    assert outlines("Rose", 20)[1] == pytest.approx(2 * outlines("Rose", 10)[1])
