"""The look follows the tokens, the text size and the wish for less motion."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.theme import Look, Type

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


def test_none_is_not_used_up_by_setters(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("x")
    before = sys.getrefcount(None)
    for _ in range(500):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 100
