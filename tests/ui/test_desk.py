"""The desk: what is remembered, what is opened twice, where the keyboard is, and the menu."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.exchange.recent import recent
from partnerdesk.flow import setup
from tests.recording import RecordingMessages
from ui.actions import MENU_BUTTON
from ui.desk import Desk
from ui.views.home import HomeView
from ui.views.place import Go, Place
from ui.views.prepare import PrepareView
from ui.views.verify import VerifyView


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    """Return a desk at home, its window in front."""
    made = Desk(qapp, RecordingMessages())
    made.go(Place(Go.HOME))
    made.window.show()
    made.window.activateWindow()
    qtbot.waitActive(made.window)
    yield made
    made.window.close()
    made.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def menu_of(desk: Desk) -> QMenu:
    """Return the main menu."""
    found = desk.window.findChild(QMenu)
    assert isinstance(found, QMenu)
    return found


def test_home_shows_a_new_partnership_as_it_was_left(desk: Desk, tmp_path: Path) -> None:
    desk.new(tmp_path / "lake.pdesk", "Lake")
    assert desk.store is not None
    assert recent()[0].partners == 0
    setup.add_partner(desk.store, "North")
    desk.close()
    assert recent()[0].partners == 1
    assert isinstance(desk.window.view, HomeView)


def test_a_file_that_is_open_here_is_shown_and_not_opened_again(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "lake.pdesk"
    desk.new(path, "Lake")
    store = desk.store
    desk.go(Place(Go.VERIFY))
    assert isinstance(desk.window.view, VerifyView)
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    desk.open(tmp_path / "link" / "lake.pdesk")
    assert desk.store is store
    assert isinstance(desk.window.view, PrepareView)
    assert isinstance(desk.messages, RecordingMessages)
    assert (desk.messages.told, desk.messages.asked) == ([], [])


def test_after_each_change_of_view_the_keyboard_is_where_it_is_of_use(
    desk: Desk, tmp_path: Path
) -> None:
    for go in (Go.HOME, Go.VERIFY):
        desk.go(Place(go))
        assert useful(desk), go
    desk.new(tmp_path / "lake.pdesk", "Lake")
    for go in (Go.PREPARE, Go.SESSION, Go.REVEAL, Go.AGREE, Go.CHARTER, Go.SIGN, Go.VERIFY):
        desk.go(Place(go, "mindset" if go in (Go.SESSION, Go.REVEAL, Go.AGREE) else ""))
        assert useful(desk), go
        assert QApplication.activeWindow() is desk.window


def useful(desk: Desk) -> bool:
    """Return whether the focus is inside the view, and not on the menu's button."""
    focus = QApplication.focusWidget()
    view = desk.window.view
    assert view is not None
    return (
        isinstance(focus, QWidget)
        and view.isAncestorOf(focus)
        and focus.objectName() != MENU_BUTTON
        and focus.isVisible()
    )


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_F10, Qt.Key.Key_Alt])
def test_f10_and_alt_alone_open_the_menu(desk: Desk, qtbot: QtBot, key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    qtbot.keyClick(focus, key)
    menu = menu_of(desk)
    assert menu.isVisible()
    assert menu.activeAction() is not None
    menu.close()


def test_alt_with_another_key_does_not_open_the_menu(desk: Desk, qtbot: QtBot) -> None:
    focus = QApplication.focusWidget()
    qtbot.keyPress(focus, Qt.Key.Key_Alt)
    qtbot.keyClick(focus, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyRelease(focus, Qt.Key.Key_Alt)
    assert not menu_of(desk).isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_alt_opens_the_menu_from_a_field(desk: Desk, qtbot: QtBot) -> None:
    view = desk.window.view
    assert isinstance(view, HomeView)
    view.show_new()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_Alt)
    assert menu_of(desk).isVisible()
    menu_of(desk).close()


def test_undo_in_the_menu_names_the_last_step(desk: Desk, tmp_path: Path) -> None:
    desk.new(tmp_path / "lake.pdesk", "Lake")
    assert desk.store is not None
    undo = menu_of(desk).actions()[0]
    setup.add_partner(desk.store, "North")
    assert undo.text().startswith("Undo: ")
    undo.trigger()
    assert desk.store.rows("partner") == []
    desk.close()
    assert (undo.text(), undo.isEnabled()) == ("Undo", False)


def test_a_fault_of_ours_is_told(desk: Desk, qtbot: QtBot) -> None:
    gate = desk.messages
    assert isinstance(gate, RecordingMessages)
    desk.fault()
    qtbot.waitUntil(lambda: bool(gate.told))
    assert "What was saved before is safe" in gate.told[-1]
