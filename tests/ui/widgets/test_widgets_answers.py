"""Points, cards, cover, pages and signature: by keys alone, and silent when filled."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.holding import finish, hold, let_go
from ui.theme import Look, apply_theme
from ui.widgets.cover import Cover, HandOver
from ui.widgets.flow import Flow, Turning
from ui.widgets.hold_key import StillDown
from ui.widgets.points import Number, Points, Share
from ui.widgets.ring import TickRing
from ui.widgets.signature_pad import SignaturePad

pytestmark = pytest.mark.usefixtures("plain_theme")
SAYS = HandOver(
    "Rose Anyango",
    2,
    "fish",
    "Give the keyboard to",
    "Rose: hold Space for one second",
    partners=(0, 1, 2),
    ways=(("paper", "On paper"), ("later", "Later")),
)


def _shown(widget: QWidget, qtbot: QtBot, width: int = 900, height: int = 600) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)


@pytest.fixture
def points(qtbot: QtBot) -> Points:
    made = Points("Weights", [Share("a", "Trust", 0), Share("b", "Say", 1), Share("c", "Money")])
    _shown(made, qtbot)
    return made


def test_points_tell_what_is_left(points: Points) -> None:
    words = [label.text() for label in points.findChildren(QLabel)]
    assert "100 points left" in words
    points.choose({"a": 60, "b": 39})
    assert points.remainder == 1
    points.choose({"a": 60, "b": 40})
    assert points.complete
    points.choose({"a": 60, "b": 50})
    assert points.remainder == -10


def test_points_move_by_steppers_and_arrows(points: Points, qtbot: QtBot) -> None:
    more = next(b for b in points.findChildren(QPushButton) if b.accessibleName() == "More for Say")
    number = points.findChildren(Number)[0]
    with qtbot.waitSignals([points.changed, points.changed]):
        more.click()
        qtbot.keyClick(number, Qt.Key.Key_Up)
    assert points.values == {"a": 5, "b": 5, "c": 0}


def test_points_never_fall_below_nothing(points: Points, qtbot: QtBot) -> None:
    number = points.findChildren(Number)[0]
    with qtbot.assertNotEmitted(points.changed):
        qtbot.keyClick(number, Qt.Key.Key_Down)
    assert points.values["a"] == 0


def test_points_can_be_typed(points: Points, qtbot: QtBot) -> None:
    number = points.findChildren(Number)[0]
    number.selectAll()
    qtbot.keyClicks(number, "35")
    assert points.values["a"] == 35


def _button(within: QWidget, name: str) -> QPushButton:
    found = [b for b in within.findChildren(QPushButton) if b.accessibleName() == name]
    return found[-1]


@pytest.fixture
def cover(qtbot: QtBot) -> Cover:
    made = Cover(SAYS)
    _shown(made, qtbot, 1024, 600)
    return made


def test_holding_space_for_a_second_opens_the_cover(cover: Cover, qtbot: QtBot) -> None:
    with qtbot.waitSignal(cover.opened):
        hold(cover.key)
    assert cover.key.part == 0


def test_letting_go_too_soon_keeps_the_cover(cover: Cover, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(cover.opened):
        QTest.keyPress(cover.key, Qt.Key.Key_Space)
        cover.key.animation.setCurrentTime(900)
        assert cover.key.part == pytest.approx(0.9)
        QTest.keyRelease(cover.key, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: cover.key.part == 0)
    assert cover.key.animation.state() is QAbstractAnimation.State.Stopped


def test_a_keyboard_that_repeats_without_saying_so_holds_all_the_same(
    cover: Cover, qtbot: QtBot
) -> None:
    QTest.keyPress(cover.key, Qt.Key.Key_Space)
    cover.key.animation.setCurrentTime(660)
    for _n in range(3):
        QTest.keyRelease(cover.key, Qt.Key.Key_Space)
        QTest.keyPress(cover.key, Qt.Key.Key_Space)
        assert cover.key.part >= 0.66
    with qtbot.waitSignal(cover.opened):
        finish(cover.key)
    let_go()


def test_a_key_that_is_still_held_presses_nothing_on_the_next_page(
    cover: Cover, qapp: QApplication, qtbot: QtBot
) -> None:
    button = QPushButton("Reveal the answers")
    qtbot.addWidget(button)
    button.show()
    QTest.keyPress(cover.key, Qt.Key.Key_Space)
    finish(cover.key)
    with qtbot.assertNotEmitted(button.clicked):
        for _n in range(3):  # as a keyboard repeats where nobody says that it does
            QTest.keyClick(button, Qt.Key.Key_Space)
        QTest.keyRelease(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not qapp.findChildren(StillDown))
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)


def test_enter_starts_the_second_without_holding(cover: Cover, qtbot: QtBot) -> None:
    QTest.keyClick(cover.key, Qt.Key.Key_Return)
    with qtbot.waitSignal(cover.opened):
        finish(cover.key)


def test_a_way_out_is_told_by_its_key(cover: Cover, qtbot: QtBot) -> None:
    with qtbot.waitSignal(cover.chosen) as told:
        _button(cover, "Later").click()
    assert told.args == ["later"]


@pytest.mark.parametrize(("percent", "width", "height"), [(100, 1024, 600), (200, 1024, 600)])
def test_no_word_of_the_cover_is_cut(
    qapp: QApplication, qtbot: QtBot, percent: int, width: int, height: int
) -> None:
    apply_theme(qapp, Look.LIGHT, percent)
    stack, made = QStackedWidget(), Cover(SAYS)
    stack.addWidget(made)
    _shown(stack, qtbot, width, height)
    words = [w for w in made.findChildren(QLabel) if w.text()]
    qtbot.waitUntil(lambda: not any(_cut(w) for w in words if w.isVisible()))
    assert {SAYS.name, SAYS.hold} <= {w.text() for w in words if w.isVisible()}


def _cut(label: QLabel) -> bool:
    return label.height() < label.heightForWidth(label.width()) - 1


def test_a_signature_keeps_its_shape_and_can_be_taken_back(qtbot: QtBot) -> None:
    pad = SignaturePad("Signature of Rose Anyango")
    _shown(pad, qtbot)
    field = next(
        w for w in pad.findChildren(QWidget) if w.accessibleName() == "Signature of Rose Anyango"
    )
    with qtbot.waitSignal(pad.changed):
        QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
        QTest.mouseMove(field, QPoint(60, 40))
        QTest.mouseRelease(field, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    (stroke,) = pad.strokes
    high = field.height()
    assert stroke[0] == pytest.approx((10 / high, 10 / high), abs=1e-3)
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert pad.empty
    pad.show_strokes([[(0.1, 0.2)]])
    assert pad.strokes == (((0.1, 0.2),),)


def test_the_ring_says_how_much_is_covered(qtbot: QtBot) -> None:
    ring = TickRing([True, False, True])
    qtbot.addWidget(ring)
    assert ring.accessibleName() == "2 of 3 points covered"


def test_parts_run_on_to_the_next_line(qtbot: QtBot) -> None:
    host = QWidget()
    flow = Flow(host, 10)
    for _n in range(4):
        part = QWidget()
        part.setFixedSize(100, 20)
        flow.addWidget(part)
    qtbot.addWidget(host)
    assert flow.heightForWidth(430) == 20
    assert flow.heightForWidth(320) == 50
    host.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    host.resize(320, 60)
    host.show()
    first = flow.itemAt(0)
    assert first is not None
    assert first.geometry().right() == 319
    assert flow.itemAt(9) is None


def test_a_row_turns_where_it_is_narrow(qtbot: QtBot) -> None:
    row = Turning(500)
    row.row.addWidget(QLabel("one"))
    row.row.addWidget(QLabel("two"))
    _shown(row, qtbot, 600, 100)
    assert not row.stacked
    row.resize(400, 100)
    assert row.stacked


def test_everything_that_takes_the_focus_has_a_name(points: Points, cover: Cover) -> None:
    for root in (points, cover, SignaturePad("Sign")):
        for widget in root.findChildren(QWidget):
            if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                seen = QAccessible.queryAccessibleInterface(widget)
                assert seen.text(QAccessible.Text.Name), widget
