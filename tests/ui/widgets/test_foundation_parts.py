"""The small parts keep what they promise to hands, eyes and ears."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.theme import roles
from ui.widgets.banner import Banner
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.empty import EmptyState
from ui.widgets.fields import (
    ChoiceField,
    DateField,
    Field,
    LongTextField,
    NumberField,
    TextField,
    read_day,
)
from ui.widgets.frames import Columns, Scaffold, Side
from ui.widgets.marks import Badge, Knot, PartnerMark, shape, weave
from ui.widgets.selvedge import Selvedge
from ui.widgets.text import Body, SayThis
from ui.widgets.thread import Activity, Stage, StageRail, StepThread, TurnDots
from ui.widgets.timer import Timer, clock_digits, time_words


@given(st.integers(0, 40), st.floats(4, 300))
@settings(max_examples=30, deadline=None)
def test_a_shape_stays_in_its_box(index: int, side: float) -> None:
    box = QRectF(3, 5, side, side)
    assert box.contains(shape(index, box).boundingRect())


def test_eight_partners_have_eight_shapes_and_eight_weaves(qapp: object) -> None:
    box = QRectF(0, 0, 20, 20)
    assert len({str(shape(n, box).toFillPolygon().toPolygon()) for n in range(8)}) == 8
    images = [weave(n, roles(), 12).texture().toImage() for n in range(8)]
    assert all(a != b for a, b in pairwise(images))


@given(st.integers(1, 12))
@settings(max_examples=12, deadline=None)
def test_every_partner_has_an_equal_share_of_the_selvedge(qapp: object, count: int) -> None:
    band = Selvedge(range(count), width=300)
    widths = [round(share.width(), 6) for share in band.shares()]
    assert len(widths) == count
    assert len(set(widths)) == 1
    assert max(share.right() for share in band.shares()) == pytest.approx(band.width())


def test_what_is_painted_has_a_name(qtbot: QtBot) -> None:
    badge, mark, dots = Badge(2, "fish", name="Rose"), PartnerMark(2), TurnDots(4, 7)
    steps = StepThread(["Collect", "Reveal"], 1)
    for widget in (badge, mark, dots, steps):
        qtbot.addWidget(widget)
    names = [widget.accessibleName() for widget in (badge, mark, dots, steps)]
    assert names == ["Rose", "triangle", "4 of 7 received", "Collect, done; Reveal, now"]


def test_words_are_never_marked_up(qtbot: QtBot) -> None:
    said = SayThis(["<b>Hello</b>"])
    qtbot.addWidget(said)
    assert all(x.textFormat() == Qt.TextFormat.PlainText for x in said.findChildren(QLabel))
    assert said.findChildren(QLabel)[-1].text() == "“<b>Hello</b>”"


def test_a_button_gives_its_words_all_the_room_they_need(qtbot: QtBot) -> None:
    button = PrimaryButton("Give the laptop to Rose Anyango")
    qtbot.addWidget(button)
    words = button.fontMetrics().horizontalAdvance(button.text())
    assert button.minimumSizeHint().width() >= words + 44
    assert button.accessibleName() == button.text()


def test_typing_is_committed_after_enter_leaving_and_quiet(qtbot: QtBot) -> None:
    field = Field("Name", TextField())
    qtbot.addWidget(field)
    got: list[object] = []
    field.committed.connect(got.append)
    qtbot.keyClicks(field.editor, "LBFN ")
    assert got == []
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert got == ["LBFN"]
    qtbot.keyClicks(field.editor, "x")
    qtbot.waitUntil(lambda: got == ["LBFN", "LBFN x"], timeout=2000)
    qtbot.keyClick(field.editor, Qt.Key.Key_Backspace)
    field.flush()
    assert got[2:] == ["LBFN"]


def test_the_same_value_is_committed_once_and_setting_is_silent(qtbot: QtBot) -> None:
    field = LongTextField("one")
    qtbot.addWidget(field)
    got: list[object] = []
    field.committed.connect(got.append)
    field.set_value("two")
    field.flush()
    assert got == []
    qtbot.keyClicks(field, "x")
    field.flush()
    field.flush()
    assert len(got) == 1


def test_a_number_stays_within_its_bounds(qtbot: QtBot) -> None:
    field = NumberField(6, least=1, most=7)
    qtbot.addWidget(field)
    for _n in range(4):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == 7
    field.set_value(None)
    assert field.value() is None


def test_a_day_is_read_in_words_and_figures(qtbot: QtBot) -> None:
    assert read_day("2027-03-31") == read_day("31 March 2027") == read_day("31.3.2027")
    assert read_day("31 Smarch") == ""
    field = DateField("2027-03-31")
    qtbot.addWidget(field)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == "2027-04-01"
    field.setText("soon")
    assert not field.is_day()


def test_a_choice_commits_its_key_and_keeps_it_among_new_choices(qtbot: QtBot) -> None:
    field = ChoiceField([("en", "English"), ("sw", "Kiswahili")], "en")
    qtbot.addWidget(field)
    got: list[object] = []
    field.committed.connect(got.append)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert got == ["sw"]
    field.set_choices([("sw", "Swahili"), ("ar", "Arabic")])
    assert field.value() == "sw"
    assert got == ["sw"]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_choices_of_a_narrow_field_show_all_their_words(qtbot: QtBot) -> None:
    field = ChoiceField([("7", "7  We disagree, and will not carry it out"), ("8", "8  No")], "8")
    qtbot.addWidget(field)
    field.setFixedWidth(100)
    field.show()
    field.showPopup()
    assert field.view().width() >= field.view().sizeHintForColumn(0) > field.width()
    field.hidePopup()


def test_an_error_stands_below_and_is_read_aloud(qtbot: QtBot) -> None:
    field = Field("Name", TextField(), help_="As on the stamp")
    qtbot.addWidget(field)
    field.set_error("A name is needed.")
    assert field.error() == "A name is needed."
    assert field.editor.accessibleDescription() == "A name is needed."
    field.set_error("")
    assert field.error() == ""
    assert field.editor.accessibleDescription() == "As on the stamp"


def test_the_timer_counts_down_says_it_once_and_goes_on(qtbot: QtBot) -> None:
    now = [100.0]
    timer = Timer(1, clock=lambda: now[0])
    qtbot.addWidget(timer)
    ended: list[bool] = []
    timer.finished.connect(lambda: ended.append(True))
    timer.start()
    now[0] += 61
    timer.tick()
    timer.tick()
    assert ended == [True]
    assert timer.left() == -1
    timer.add(5)
    assert timer.left() == 299
    timer.pause()
    now[0] += 50
    assert timer.left() == 299


@pytest.mark.parametrize(
    ("left", "words"), [(1000, "Enough time"), (200, "3 min left"), (0, "Time is up")]
)
def test_the_time_is_said_in_words(left: float, words: str) -> None:
    assert time_words(left, 1200) == words


def test_digits_count_on_after_the_end() -> None:
    assert [clock_digits(s) for s in (760, 0, -65)] == ["12:40", "0:00", "+1:05"]


def _rail() -> StageRail:
    acts = (Activity("ladder", "Decision ladder", Knot.NOW),)
    return StageRail(
        [Stage("st1", "Mindsets", Knot.DONE), Stage("st3", "Power", Knot.NOW, "11:20", acts)]
    )


def test_the_rail_is_walked_and_chosen_by_keys(qtbot: QtBot) -> None:
    rail = _rail()
    qtbot.addWidget(rail)
    got: list[str] = []
    rail.stage_chosen.connect(got.append)
    rail.activity_chosen.connect(got.append)
    rail.show()
    with qtbot.waitActive(rail):
        rail.activateWindow()
    rail.rows()[1].setFocus()
    qtbot.keyClick(rail.rows()[1], Qt.Key.Key_Space)
    qtbot.keyClick(rail.rows()[1], Qt.Key.Key_Down)
    qtbot.keyClick(rail.rows()[2], Qt.Key.Key_Space)
    assert got == ["st3", "ladder"]
    assert rail.rows()[0].accessibleName() == "Mindsets, done"


def _page() -> Scaffold:
    side = Side()
    side.set_timer(Timer(20))
    side.add(Body("Ask first"), "Only you see")
    page = Scaffold(_rail(), side)
    page.header("Power, 1 of 3", "Decision ladder", "By organisation")
    return page


def test_a_narrow_window_gives_the_sheet_the_room_of_rail_and_side(qtbot: QtBot) -> None:
    page = _page()
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    assert not page.is_compact()
    page.resize(1024, 600)
    assert page.is_compact()
    assert page.rail is not None
    assert page.rail.width() == 64
    assert page.side is not None
    assert page.side.timer is not None
    assert page.heading.isAncestorOf(page.side.timer)
    assert not page.side.isVisible()
    qtbot.mouseClick(page.heading.more, Qt.MouseButton.LeftButton)
    assert page.side.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.side.isVisible()
    page.resize(1366, 768)
    assert page.side.isVisible()
    assert page.side.isAncestorOf(page.side.timer)


def test_the_next_step_says_why_it_is_off(qtbot: QtBot) -> None:
    page = _page()
    qtbot.addWidget(page)
    page.footer.set_primary("Reveal", False, "Three turns are missing")
    assert page.footer.note() == "Three turns are missing"
    assert page.footer.primary.accessibleDescription() == "Three turns are missing"
    assert not page.footer.primary.isEnabled()


def test_columns_stand_on_each_other_in_a_narrow_window(qtbot: QtBot) -> None:
    columns = Columns(Body("one"), Body("two"))
    qtbot.addWidget(columns)
    columns.resize(1000, 300)
    columns.show()
    assert not columns.stacked()
    columns.resize(800, 300)
    assert columns.stacked()


def test_what_was_done_can_be_taken_back_once(qtbot: QtBot) -> None:
    page = _page()
    qtbot.addWidget(page)
    page.show()
    got: list[str] = []
    page.say("The clause was removed.", lambda: got.append("undo"))
    qtbot.mouseClick(page.toast.undo, Qt.MouseButton.LeftButton)
    page.toast.undo.click()
    assert got == ["undo"]
    assert not page.toast.isVisible()


def test_a_banner_and_an_empty_state_say_their_sentence(qtbot: QtBot) -> None:
    banner, empty = (
        Banner("No copy yet.", button="Copy"),
        EmptyState("people", "Nobody yet.", QuietButton("Add")),
    )
    for widget in (banner, empty):
        qtbot.addWidget(widget)
    assert banner.button is not None
    with qtbot.waitSignal(banner.clicked):
        banner.button.click()
    assert [banner.accessibleName(), empty.accessibleName()] == ["No copy yet.", "Nobody yet."]
