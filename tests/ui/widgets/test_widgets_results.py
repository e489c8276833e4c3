"""Dots, bars, cells and stands: all answers show, in words too, from both sides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Look, apply_theme, roles
from ui.widgets.bars import Bar, BarLine, Bars, LadderCell
from ui.widgets.dots import Dot, DotTrack, Legend, Track, track_words
from ui.widgets.ring import TickRing
from ui.widgets.support import Support, SupportChoice, SupportScale, SupportTable

pytestmark = pytest.mark.usefixtures("plain_theme")
TRACK = Track(-2, 2, (Dot(-2, 0), Dot(-2, 1), Dot(2, 2)), frozenset({2.0}), 0, 1)


def _shot(widget: QWidget, width: int, height: int) -> QImage:
    widget.resize(width, height)
    return widget.grab().toImage()


def _has(image: QImage, colour: str) -> bool:
    return any(
        image.pixelColor(x, y).name() == colour
        for x in range(image.width())
        for y in range(image.height())
    )


def test_a_track_says_its_answers_in_words() -> None:
    assert track_words(TRACK) == "2 answers at -2; 1 answer at 2"


def test_each_partner_shows_in_its_own_colour(qtbot: QtBot) -> None:
    track = DotTrack("Rules", TRACK)
    qtbot.addWidget(track)
    image = _shot(track, 400, 60)
    assert all(_has(image, roles().partner(index).name()) for index in (0, 1, 2))
    assert not _has(image, roles().partner(3).name())


def test_pooled_answers_show_no_partner(qtbot: QtBot) -> None:
    track = DotTrack("Rules", Track(0, 4, tuple(Dot(n) for n in range(5))))
    qtbot.addWidget(track)
    image = _shot(track, 400, 60)
    assert _has(image, roles().text2.name())
    assert not any(_has(image, colour.name()) for colour in roles().partners)


def test_a_track_is_mirrored_from_right_to_left(qtbot: QtBot) -> None:
    there = DotTrack("Rules", Track(-2, 2, (Dot(2, 1),)))
    back = DotTrack("Rules", Track(-2, 2, (Dot(-2, 1),)))
    for track in (there, back):
        qtbot.addWidget(track)
    back.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert _shot(there, 400, 40) == _shot(back, 400, 40)


def test_dots_go_to_their_places_at_once_with_less_motion(qapp: QApplication, qtbot: QtBot) -> None:
    track = DotTrack("Rules", TRACK)
    qtbot.addWidget(track)
    still = _shot(track, 400, 60)
    apply_theme(qapp, Look.LIGHT, calm=True)
    track.reveal()
    assert _shot(track, 400, 60) == still


def test_many_dots_at_one_stop_stay_inside_their_part(qtbot: QtBot) -> None:
    track = DotTrack("Rules", Track(-2, 2, tuple(Dot(0, n % 8) for n in range(40))))
    qtbot.addWidget(track)
    image = _shot(track, 400, 40)
    left = image.copy(0, 0, 120, 40)
    assert not any(_has(left, colour.name()) for colour in roles().partners)


def test_a_legend_names_partners_in_the_order_given(qtbot: QtBot) -> None:
    legend = Legend([(2, "Kisumbe WUC"), (0, "Northbridge")], arrow=True, ring=True)
    qtbot.addWidget(legend)
    words = [label.text() for label in legend.findChildren(QLabel) if label.text()]
    assert words == ["Kisumbe WUC", "Northbridge", "now, wanted", "stands apart"]


def test_a_bar_is_as_long_as_its_value(qtbot: QtBot) -> None:
    half = BarLine(Bar("needs LBFN", 2, 0), 4)
    qtbot.addWidget(half)
    image, colour = _shot(half, 200, 14), roles().partner(0).name()
    assert image.pixelColor(90, 7).name() == colour
    assert image.pixelColor(110, 7).name() != colour
    assert half.accessibleName() == "needs LBFN: 2.0"


def test_bars_show_their_numbers(qtbot: QtBot) -> None:
    bars = Bars("Need", [Bar("a", 2.12, 0), Bar("b", 3, 1, number="3 of 4")], 4)
    qtbot.addWidget(bars)
    words = [label.text() for label in bars.findChildren(QLabel) if label.text()]
    assert words == ["a", "2.1", "b", "3 of 4"]


def test_a_ladder_cell_says_today_and_wanted(qtbot: QtBot) -> None:
    cell = LadderCell("Budget, Northbridge", 0, 3, None)
    qtbot.addWidget(cell)
    assert cell.accessibleDescription() == "today 3, wanted not known"


def test_empty_rungs_are_never_as_bright_as_full_ones(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, Look.CONTRAST)
    cell = LadderCell("Budget", 0, 0, 0)
    qtbot.addWidget(cell)
    assert not _has(_shot(cell, 47, 36), "#ffffff")


def test_a_reservation_is_quoted_word_for_word(qtbot: QtBot) -> None:
    rows = [Support("Northbridge", 0, 6, "Disagrees", reservation="We wanted five percent.")]
    table = SupportTable("How each stands", ("support", "aside", "disagree", "block"), rows)
    qtbot.addWidget(table)
    words = [label.text() for label in table.findChildren(QLabel)]
    assert "“We wanted five percent.”" in words
    assert "6" in words


def test_a_stand_not_taken_yet_shows_no_mark(qtbot: QtBot) -> None:
    scale = SupportScale(0, None)
    qtbot.addWidget(scale)
    assert not _has(_shot(scale, 352, 40), roles().partner(0).name())


def test_a_level_is_chosen_by_its_digit(qtbot: QtBot) -> None:
    choice = SupportChoice("How far", [f"Level {n}" for n in range(1, 9)])
    qtbot.addWidget(choice)
    choice.show()
    qtbot.keyClick(choice.faces[0], Qt.Key.Key_8)
    assert choice.value == 8


@pytest.mark.parametrize(
    "build",
    [
        lambda: DotTrack("Rules", TRACK),
        lambda: BarLine(Bar("needs LBFN", 2, 0), 4),
        lambda: LadderCell("Budget", 0, 1, 2),
        lambda: SupportScale(0, 2, "Endorses"),
        lambda: TickRing([True, False]),
    ],
)
def test_what_is_painted_is_read_out_as_text(qtbot: QtBot, build: Callable[[], QWidget]) -> None:
    painted = build()
    qtbot.addWidget(painted)
    seen = QAccessible.queryAccessibleInterface(painted)
    assert seen.role() is QAccessible.Role.StaticText
    assert seen.text(QAccessible.Text.Name)
