"""A private turn keeps its words to itself: sealed, or gone, and never on the next one's screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from partnerdesk.flow import setup, values
from partnerdesk.flow.rounds import begin_turn, open_round, responses, reveal_round, turns
from partnerdesk.language import spoken_code
from tests.holding import hold
from tests.recording import RecordingMessages
from ui.views.place import Go, Place
from ui.views.turn import TurnView
from ui.views.turn_guard import CopyGuard
from ui.views.workplace import Workplace
from ui.widgets.cover import CoverButton, HoldKey

ASKED = "terms"
CANARY = "zebra on the roof"


@pytest.fixture
def round_id(begun: Workplace) -> str:
    """Return a round on words that collects the answers of Ann, Ben and Cleo."""
    return open_round(begun.store, begun.guide, ASKED)


@pytest.fixture
def view(begun: Workplace, round_id: str, qtbot: QtBot) -> TurnView:
    """Return the window as it stands when the laptop goes to Ann."""
    return shown(begun, qtbot, round_id, "ann")


def shown(
    work: Workplace, qtbot: QtBot, round_id: str, who: str, size: tuple[int, int] = (1366, 768)
) -> TurnView:
    made = TurnView(work, f"{round_id}/{who}")
    qtbot.addWidget(made)
    made.resize(*size)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def uncover(view: TurnView) -> None:
    """Hold Space on the cover until the second is over."""
    assert view.cover is not None
    key = view.cover.findChild(HoldKey)
    assert isinstance(key, HoldKey)
    hold(key)


def press(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def write(qtbot: QtBot, view: TurnView, words: str) -> None:
    """Type into the page that shows."""
    assert view.turn_page is not None
    box = next(b for b in view.turn_page.findChildren(QPlainTextEdit) if b.isVisible())
    qtbot.keyClicks(box, words)


def finish(qtbot: QtBot, view: TurnView) -> None:
    """Go through the pages to the end."""
    page = view.turn_page
    assert page is not None
    for _page in range(page.form.page_count()):
        press(qtbot, page.next)


def spoken(one: QAccessibleInterface | None) -> list[str]:
    if one is None:
        return []
    kinds = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
    own = [one.text(kind) for kind in kinds]
    return own + [text for n in range(one.childCount()) for text in spoken(one.child(n))]


def everything(view: TurnView) -> str:
    """Return every word that the window shows, says or holds."""
    texts = [str(w.property("text") or "") for w in view.findChildren(QWidget)]
    typed = [box.toPlainText() for box in view.findChildren(QPlainTextEdit)]
    heard = spoken(QAccessible.queryAccessibleInterface(view))
    return " ".join(" ".join([*texts, *typed, *heard, view.windowTitle()]).split())


def ways(view: TurnView) -> dict[str, QWidget]:
    assert view.cover is not None
    return {b.text(): b for b in view.cover.findChildren(CoverButton)}


def test_the_cover_names_nobody_but_the_next_one(view: TurnView, begun: Workplace) -> None:
    words = everything(view)
    assert "Give the keyboard to" in words
    assert "Ann" in words
    assert not any(name in words for name in ("Ben", "Cleo", "Lake", "Three big words"))
    assert view.private
    assert values.round_of(begun.store, view.round.id).holder == "ann"


def test_the_cover_opens_only_when_space_is_held(view: TurnView, qtbot: QtBot) -> None:
    assert view.cover is not None
    key = view.cover.findChild(HoldKey)
    assert isinstance(key, HoldKey)
    qtbot.keyPress(key, Qt.Key.Key_Space)
    qtbot.keyRelease(key, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: key.animation.state() is key.animation.State.Stopped)
    assert view.turn_page is None
    uncover(view)
    assert view.turn_page is not None
    assert view.cover is None


def test_what_one_wrote_is_nowhere_when_the_next_cover_shows(
    view: TurnView, begun: Workplace, qtbot: QtBot
) -> None:
    uncover(view)
    write(qtbot, view, CANARY)
    assert CANARY in everything(view)
    finish(qtbot, view)
    words = everything(view)
    assert CANARY not in words
    assert "Ann" not in words
    assert "Ben" in words
    asked = turns(begun.store, values.round_of(begun.store, view.round.id))
    assert [turn.received for turn in asked] == [True, False, False]
    assert values.round_of(begun.store, view.round.id).holder == "ben"


def test_the_last_one_gives_the_laptop_back(
    view: TurnView, begun: Workplace, qtbot: QtBot, desk: object
) -> None:
    for _person in range(3):
        uncover(view)
        write(qtbot, view, CANARY)
        finish(qtbot, view)
    assert "Give the laptop back to" in everything(view)
    assert desk.places == []
    uncover(view)
    assert desk.places == [Place(Go.SESSION, ASKED)]
    reveal_round(begun.store, begun.guide, view.round.id)
    opened = responses(begun.store, values.round_of(begun.store, view.round.id))
    said = [list((one.answer or {}).values()) for one in opened]
    assert said == [[CANARY]] * 3


def test_a_pass_asks_nothing_and_looks_like_an_answer(
    begun: Workplace, round_id: str, qtbot: QtBot, messages: RecordingMessages
) -> None:
    view = shown(begun, qtbot, round_id, "ann")
    uncover(view)
    write(qtbot, view, CANARY)
    finish(qtbot, view)
    after_answer = everything(view)
    uncover(view)
    assert view.turn_page is not None
    press(qtbot, view.turn_page.pass_button)
    after_pass = everything(view)
    assert after_pass == after_answer.replace("Ben, circle", "Cleo, square").replace("Ben", "Cleo")
    assert (messages.asked, messages.told) == ([], [])
    sealed = [len(str(row["sealed"])) for row in begun.store.rows("response")]
    assert len(sealed) == 2
    assert len(set(sealed)) == 1


def test_escape_on_the_cover_takes_the_laptop_back_at_once(
    view: TurnView, begun: Workplace, qtbot: QtBot, desk: object, messages: RecordingMessages
) -> None:
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Escape)
    assert messages.asked == []
    assert desk.places == [Place(Go.SESSION, ASKED)]
    assert values.round_of(begun.store, view.round.id).holder == ""


@pytest.mark.parametrize("yes", [True, False])
def test_escape_in_the_form_asks_and_keeps_nothing(
    view: TurnView,
    begun: Workplace,
    qtbot: QtBot,
    desk: object,
    messages: RecordingMessages,
    yes: bool,
) -> None:
    messages.yes = yes
    uncover(view)
    write(qtbot, view, CANARY)
    box = next(b for b in view.findChildren(QPlainTextEdit) if b.isVisible())
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert len(messages.asked) == 1
    assert begun.store.rows("response") == []
    assert values.round_of(begun.store, view.round.id).holder == ("" if yes else "ann")
    assert desk.places == ([Place(Go.SESSION, ASKED)] if yes else [])
    assert (view.turn_page is None) == yes
    assert (CANARY in everything(view)) != yes


def test_after_a_power_cut_the_same_cover_stands_there(
    begun: Workplace, round_id: str, qtbot: QtBot
) -> None:
    begin_turn(begun.store, round_id, "ben")
    holder = values.round_of(begun.store, round_id).holder
    view = shown(begun, qtbot, round_id, holder)
    assert view.turn_page is None
    assert "Ben" in everything(view)


def test_later_asks_the_next_one_and_comes_round_again(
    view: TurnView, begun: Workplace, qtbot: QtBot
) -> None:
    for name in ("Ben", "Cleo", "Ann"):
        press(qtbot, ways(view)["Later"])
        assert name in everything(view)
    assert begun.store.rows("response") == []


def test_a_round_that_is_no_longer_open_asks_nobody(
    begun: Workplace, round_id: str, qtbot: QtBot
) -> None:
    first = shown(begun, qtbot, round_id, "ann")
    uncover(first)
    assert first.turn_page is not None
    press(qtbot, first.turn_page.pass_button)
    reveal_round(begun.store, begun.guide, round_id, incomplete=True)
    view = shown(begun, qtbot, round_id, "ben")
    assert "Give the laptop back to" in everything(view)


def test_pages_go_forward_and_back_and_keep_what_is_typed(view: TurnView, qtbot: QtBot) -> None:
    uncover(view)
    page = view.turn_page
    assert page is not None
    assert not page.back.isVisible()
    write(qtbot, view, CANARY)
    press(qtbot, page.next)
    assert "Page 2 of 3" in everything(view)
    assert page.back.isVisible()
    press(qtbot, page.back)
    box = next(b for b in page.findChildren(QPlainTextEdit) if b.isVisible())
    assert box.toPlainText() == CANARY
    assert page.pass_button.isVisible()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_private_words_cannot_be_copied(view: TurnView, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("before")
    uncover(view)
    write(qtbot, view, CANARY)
    box = next(b for b in view.findChildren(QPlainTextEdit) if b.isVisible())
    box.selectAll()
    for key in (Qt.Key.Key_C, Qt.Key.Key_X):
        qtbot.keyClick(box, key, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "before"
    assert box.toPlainText() == CANARY


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_usual_line_edit_is_guarded_as_soon_as_it_has_the_keyboard(qtbot: QtBot) -> None:
    form = QWidget()
    qtbot.addWidget(form)
    line = QLineEdit(form)
    guard = CopyGuard(form, form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    line.setFocus()
    qtbot.keyClicks(line, CANARY)
    QApplication.clipboard().setText("before")
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "before"
    assert guard.parent() is form
    assert line.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_every_control_of_a_turn_has_a_name(
    begun: Workplace, round_id: str, qtbot: QtBot, size: tuple[int, int]
) -> None:
    view = shown(begun, qtbot, round_id, "ann", size)
    covered = view.findChildren(QAbstractButton)
    assert covered
    uncover(view)
    controls = [*view.findChildren(QAbstractButton), *view.findChildren(QPlainTextEdit)]
    assert [c for c in controls if c.isVisible() and not c.accessibleName()] == []


def arabic(work: Workplace) -> None:
    """Let Ann speak Arabic."""
    setup.change_participant(work.store, "ann", language="ar")


def test_a_turn_speaks_the_persons_language_and_the_room_its_own(
    begun: Workplace, round_id: str, qtbot: QtBot
) -> None:
    arabic(begun)
    view = shown(begun, qtbot, round_id, "ann")
    assert view.cover is not None
    shows = [label.text() for label in view.cover.findChildren(QLabel)]
    assert {"Give the keyboard to", "أعط لوحة المفاتيح إلى Ann"} <= set(shows)
    uncover(view)
    page = view.turn_page
    assert page is not None
    assert page.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert (page.pass_button.text(), page.next.text()) == ("أتجاوز دوري", "التالي")
    assert any("الشراكة" in label.text() for label in page.findChildren(QLabel))
    press(qtbot, page.next)
    press(qtbot, page.next)
    assert page.next.text() == "انتهيت"
    press(qtbot, page.pass_button)
    assert view.cover is not None
    assert view.cover.accessibleName() == "Give the keyboard to Ben"
    assert spoken_code() == "en"


def test_a_turn_that_is_left_or_covered_leaves_no_language_behind(
    begun: Workplace, round_id: str, qtbot: QtBot
) -> None:
    arabic(begun)
    view = shown(begun, qtbot, round_id, "ann")
    uncover(view)
    assert spoken_code() == "ar"
    assert view.cover_up()
    assert spoken_code() == "en"
    uncover(view)
    assert spoken_code() == "ar"
    view.hide()
    assert spoken_code() == "en"
