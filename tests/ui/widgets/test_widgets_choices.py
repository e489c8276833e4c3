"""Tiles and sliders: nothing is chosen at first, and every choice can be made by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetricsF
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Look, apply_theme, em
from ui.widgets.pole_slider import PoleSlider
from ui.widgets.tiles import NO_BASIS, SIDE, Face, StepPicture, TileRow, rating

pytestmark = pytest.mark.usefixtures("plain_theme")
WORDS = ("Not told", "Told afterwards", "Asked before", "Decides with others", "Decides alone")


@pytest.fixture
def row(qtbot: QtBot) -> TileRow:
    made = TileRow("Northbridge", rating(WORDS), no_basis="I cannot say")
    qtbot.addWidget(made)
    made.resize(900, 100)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.faces[0].setFocus()
    return made


@pytest.mark.parametrize("percent", [100, 150])
def test_no_word_of_a_tile_is_cut_on_a_small_screen(
    qtbot: QtBot, qapp: QApplication, percent: int
) -> None:
    apply_theme(qapp, Look.LIGHT, percent)
    words = ("Never", "Seldom", "Sometimes", "Often", "Always")
    row = TileRow("They do what they said", rating(words), no_basis="I cannot judge")
    qtbot.addWidget(row)
    row.resize(890, 200)
    row.show()
    for face, word in zip(row.faces, words, strict=False):
        assert isinstance(face, Face)
        widest = QFontMetricsF(face.words_font(face.width(), bold=True)).horizontalAdvance(word)
        assert widest <= face.width() - em(2 * SIDE), word


def test_no_tile_is_chosen_at_first(row: TileRow) -> None:
    assert row.value is None


@pytest.mark.parametrize("digit", range(5))
def test_a_digit_chooses_its_tile(row: TileRow, qtbot: QtBot, digit: int) -> None:
    with qtbot.waitSignal(row.chosen) as told:
        qtbot.keyClick(row.faces[0], Qt.Key(Qt.Key.Key_0 + digit))
    assert told.args == [digit]
    assert row.value == digit


def test_arrows_move_the_choice(row: TileRow, qtbot: QtBot) -> None:
    row.choose(2)
    row.faces[2].setFocus()
    qtbot.keyClick(row.faces[2], Qt.Key.Key_Right)
    assert row.value == 3


def test_arrows_are_mirrored_from_right_to_left(
    row: TileRow, qtbot: QtBot, qapp: QApplication
) -> None:
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    row.layout().activate()
    row.choose(2)
    row.faces[2].setFocus()
    qtbot.keyClick(row.faces[2], Qt.Key.Key_Left)
    assert row.value == 3


def test_home_and_end_choose_the_first_and_the_last(row: TileRow, qtbot: QtBot) -> None:
    qtbot.keyClick(row.faces[0], Qt.Key.Key_End)
    assert row.value == NO_BASIS
    qtbot.keyClick(row.faces[5], Qt.Key.Key_Home)
    assert row.value == 0


def test_a_row_is_one_tab_stop(row: TileRow) -> None:
    row.choose(3)
    tabbed = [f.value for f in row.faces if f.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert tabbed == [3]


def test_showing_an_answer_tells_nobody(row: TileRow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(row.chosen):
        row.choose(4)
        row.choose(None)
    assert row.value is None


def test_an_unknown_value_is_refused(row: TileRow) -> None:
    with pytest.raises(KeyError):
        row.choose(9)


def test_a_tile_is_a_radio_button_with_its_words(row: TileRow) -> None:
    seen = QAccessible.queryAccessibleInterface(row.faces[1])
    assert seen.role() is QAccessible.Role.RadioButton
    assert seen.text(QAccessible.Text.Name) == "1, Told afterwards"


def test_tiles_go_one_a_line_where_they_would_be_cramped(row: TileRow, qtbot: QtBot) -> None:
    tops = {f.y() for f in row.faces}
    row.resize(300, 600)
    assert len(tops) == 1
    qtbot.waitUntil(lambda: len({f.y() for f in row.faces}) == 6)


def test_words_are_never_cut_at_200_percent(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, Look.LIGHT, 200)
    row = TileRow("Northbridge", rating(WORDS))
    qtbot.addWidget(row)
    row.resize(900, 200)
    row.show()
    assert all(f.height() >= f.height_for(f.width()) for f in row.faces)


@pytest.fixture
def slider(qtbot: QtBot) -> PoleSlider:
    made = PoleSlider(
        "Rules", "comply and report", "keep realigning", now_words="Today", wanted_words="Wanted"
    )
    qtbot.addWidget(made)
    made.resize(700, 180)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_slider_is_hollow_until_touched(slider: PoleSlider) -> None:
    assert (slider.now, slider.wanted) == (None, None)


def test_both_ends_can_be_chosen(slider: PoleSlider, qtbot: QtBot) -> None:
    now, wanted = slider.tracks
    with qtbot.waitSignals([slider.changed, slider.changed]):
        qtbot.mouseClick(now.faces[0], Qt.MouseButton.LeftButton)
        qtbot.keyClick(wanted.faces[2], Qt.Key.Key_5)
    assert (slider.now, slider.wanted) == (-2, 2)


def test_stops_are_named_after_the_ends(slider: PoleSlider) -> None:
    names = [face.accessibleName() for face in slider.tracks[0].faces]
    assert names[0] == "Fully: comply and report"
    assert names[2] == "In between"


def test_painted_parts_paint_in_every_look(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    tiles = TileRow("Row", rating(WORDS))
    tiles.choose(1)
    for widget in (tiles, PoleSlider("Rules", "one", "other"), StepPicture(2)):
        column.addWidget(widget)
    shots = []
    for look in Look:
        apply_theme(qapp, look)
        shots.append(window.grab().toImage())
    assert shots[0] != shots[1] != shots[2]
