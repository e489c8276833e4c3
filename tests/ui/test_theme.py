"""The look follows the tokens, the text size and the wish for less motion."""

from __future__ import annotations

import sys

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui import theme
from ui.theme import Look, Type
from ui.theme_ring import Ring

pytestmark = pytest.mark.usefixtures("plain_theme")


@pytest.mark.parametrize("look", list(Look))
def test_the_palette_shows_the_look(qapp: QApplication, look: Look) -> None:
    used = theme.apply_theme(qapp, look)
    assert qapp.palette().color(QPalette.ColorRole.Window) == used.roles.ground
    assert qapp.palette().color(QPalette.ColorRole.Base) == used.roles.sheet
    assert len(used.roles.partners) == len(used.roles.cover_partners) == 8


@pytest.mark.parametrize(
    ("asked", "given"), [(10, 80), (80, 80), (125, 125), (250, 250), (999, 250)]
)
def test_text_size_stays_between_80_and_250_percent(
    qapp: QApplication, asked: int, given: int
) -> None:
    assert theme.apply_theme(qapp, Look.LIGHT, asked).percent == given
    assert theme.em(100) == given


def test_the_shipped_font_is_used(qapp: QApplication) -> None:
    assert QFontInfo(theme.font(Type.BODY)).family() == "Noto Sans"
    assert QFontInfo(theme.font(Type.H1)).bold()


def test_what_is_open_grows_with_the_text_size(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout, label = QHBoxLayout(window), QLabel("text")
    layout.addWidget(label)
    theme.spaced(layout, 12, (24, 28))
    theme.typed(label, Type.H1)
    theme.sized(label, height=40)
    window.show()
    theme.apply_theme(qapp, Look.LIGHT, 200)
    assert layout.spacing() == 24
    assert layout.contentsMargins().left() == 56
    assert label.font().pointSizeF() == pytest.approx(40)
    assert label.height() == 80


def test_less_motion_takes_no_time(qapp: QApplication) -> None:
    theme.apply_theme(qapp, Look.LIGHT)
    assert theme.motion(200) == 200
    theme.apply_theme(qapp, Look.LIGHT, calm=True)
    assert theme.motion(200) == 0


def _ratio(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2.2."""

    def light(colour: QColor) -> float:
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        r, g, b = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", list(Look))
def test_words_and_marks_can_be_told_from_every_plane(qapp: QApplication, look: Look) -> None:
    r = theme.apply_theme(qapp, look).roles
    planes = (r.ground, r.sheet, r.sunk)
    assert min(_ratio(c, p) for c in (r.text, r.text2, r.ink) for p in planes) >= 4.5
    assert min(_ratio(c, p) for c in (r.edge, r.focus) for p in planes) >= 3
    pairs = [(r.on_ink, r.ink), (r.on_now, r.now), (r.now_text, r.now_soft), (r.good, r.good_soft)]
    pairs += [(r.stop, r.stop_soft), (r.on_cover, r.cover), (r.on_cover2, r.cover)]
    assert min(_ratio(*pair) for pair in pairs) >= 4.5
    marked = (r.sheet, r.ink_soft, r.now_soft)
    assert min(_ratio(c, p) for c in r.partners for p in marked) >= 3
    assert min(_ratio(c, r.cover) for c in r.cover_partners) >= 3


def test_the_ring_goes_round_what_has_the_focus(qtbot: QtBot) -> None:
    for _again in range(2):  # the ring outlives the window that it was in
        window = QWidget()
        column = QVBoxLayout(window)
        button, area = QPushButton("Go"), QScrollArea()
        column.addWidget(button)
        column.addWidget(area)
        window.show()
        window.activateWindow()
        button.setFocus()
        qtbot.waitUntil(button.hasFocus)
        rings = [f for f in window.findChildren(Ring) if f.isVisible()]
        assert [ring.widget() for ring in rings] == [button]
        area.setFocus()
        assert not any(f.isVisible() for f in window.findChildren(Ring))
        button.setFocus()
        shiboken6.delete(window)


def test_a_ring_lets_go_of_a_widget_that_is_gone(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = QWidget(window)
    field, button = QLineEdit(box), QPushButton(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    ring = next(one for one in window.findChildren(Ring) if one.widget() is field)
    button.setFocus()  # the first ring is to be deleted, and lives until then
    shiboken6.delete(field)
    box.hide()
    assert not ring.isVisible()


def test_margins_are_mirrored_from_right_to_left(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    layout = QHBoxLayout(window)
    theme.spaced(layout, 0, (1, 2, 3, 4))
    edges = layout.contentsMargins()
    assert (edges.right(), edges.top(), edges.left(), edges.bottom()) == (1, 2, 3, 4)


@pytest.mark.parametrize("script", ["Arab", "Deva", "Ethi", "Xxxx"])
def test_other_scripts_load_on_demand(qapp: QApplication, script: str) -> None:
    theme.load_fonts(script)
    assert (len(theme.font(Type.BODY).families()) > 1) or script == "Xxxx"


def test_none_is_not_used_up_by_setters(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("x")
    before = sys.getrefcount(None)
    for _ in range(500):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 100


@pytest.mark.parametrize(
    ("word", "family"),
    [
        ("سلام", "Noto Naskh Arabic"),
        ("नमस्ते", "Noto Sans Devanagari"),
        ("ሰላም", "Noto Sans Ethiopic"),
    ],
)
def test_a_name_in_another_script_brings_its_font(qapp: object, word: str, family: str) -> None:
    theme.load_fallbacks(word)
    assert family in QFontDatabase.families()
