"""A walker who uses the real window as a person does: sees what is visible, presses, types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk.flow.rounds import received
from partnerdesk.store import Store
from tests.holding import hold
from tests.recording import RecordingMessages
from ui.desk import Desk
from ui.kinds.base import Page
from ui.kinds.cards import Cards
from ui.kinds.private import PrivateText
from ui.views.agree import AgreeView
from ui.views.agree_cells import TextCell
from ui.views.agree_tables import GridEditor, PartEditor
from ui.views.base import View
from ui.views.place import Go, Place
from ui.views.reveal import RevealView
from ui.views.session import SessionView
from ui.views.session_after import PutOff
from ui.views.turn import TurnView
from ui.widgets.fields import ChoiceField, LongTextField, NumberField
from ui.widgets.footer import Footer
from ui.widgets.radio import RadioRow

PATIENCE = 30_000  # milliseconds until a worker must have come back


class Walker:
    """One person before the window; every method does what hands and eyes do."""

    def __init__(self, qtbot: QtBot, desk: Desk, messages: RecordingMessages) -> None:
        self.qtbot, self.desk, self.messages = qtbot, desk, messages

    @property
    def view(self) -> View:
        """Return the view that shows."""
        shown = self.desk.window.view
        assert shown is not None
        return shown

    @property
    def store(self) -> Store:
        """Return the open store."""
        assert self.desk.store is not None
        return self.desk.store

    def named(self, words: str) -> list[QAbstractButton]:
        """Return the visible buttons whose words or name begin with `words`."""
        return [
            b
            for b in self.buttons()
            if b.text().startswith(words) or b.accessibleName().startswith(words)
        ]

    def button(self, words: str) -> QAbstractButton:
        """Return the first visible button whose words or name begin with `words`."""
        found = self.named(words)
        seen = [b.text() or b.accessibleName() for b in self.buttons()]
        assert found, f"no button {words!r} among {seen}; told: {self.messages.told}"
        return found[0]

    def buttons(self) -> list[QAbstractButton]:
        """Return the buttons that show."""
        return [b for b in self.view.findChildren(QAbstractButton) if b.isVisible()]

    def seen(self) -> list[str]:
        """Return the words on the buttons that show."""
        return [button.text() for button in self.buttons()]

    def press(self, words: str) -> None:
        """Press the visible button called `words`, once it is there: work may be under way."""
        self.qtbot.waitUntil(lambda: bool(self.named(words)), timeout=PATIENCE)
        button = self.button(words)
        self.qtbot.waitUntil(button.isEnabled, timeout=PATIENCE)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def primary(self) -> str:
        """Press the one primary button and return its words."""
        footer = self.view.findChild(Footer)
        assert isinstance(footer, Footer)
        button = footer.primary
        self.qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled(), timeout=PATIENCE)
        words = str(button.text())
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        return words

    def type(self, editor: QWidget, words: str) -> None:
        """Type over what an editor holds."""
        editor.setFocus()
        if isinstance(editor, QPlainTextEdit) or hasattr(editor, "selectAll"):
            editor.selectAll()
        self.qtbot.keyClicks(editor, words)
        self.qtbot.keyClick(editor, Qt.Key.Key_Tab)

    def type_on(self, *words: str) -> None:
        """Type into whatever has the focus, each followed by Enter."""
        for one in words:
            focus = QApplication.focusWidget()
            assert focus is not None
            if one:
                self.qtbot.keyClicks(focus, one)
            self.qtbot.keyClick(focus, Qt.Key.Key_Return)

    def open_cover(self) -> None:
        """Hold Space until the second is over and the cover opens."""
        view = self.view
        assert isinstance(view, TurnView)
        cover = view.cover
        assert cover is not None
        hold(cover.key)
        QApplication.processEvents()

    def answer(self) -> None:
        """Fill every page of the private form and say that it is done."""
        view = self.view
        assert isinstance(view, TurnView)
        page = view.turn_page
        assert page is not None
        for _number in range(page.form.page_count()):
            QApplication.processEvents()
            fill(self.qtbot, next(p for p in page.form.findChildren(Page) if p.isVisible()))
            self.qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)

    def collect(self, passing: int = 0) -> None:
        """Take everybody through their turns; the last `passing` people pass."""
        self.primary()
        view = self.view
        assert isinstance(view, TurnView)
        waiting = self.waiting()
        while waiting:
            self.open_cover()
            if waiting <= passing:
                self.press("I pass")
            else:
                self.answer()
            waiting = self.waiting()
        self.open_cover()

    def put_off(self, reason: str) -> None:
        """Put the activity that shows off, for a reason."""
        self.press("Put this off")
        view = self.view
        assert isinstance(view, SessionView)
        form = view.findChild(PutOff)
        assert form is not None
        self.qtbot.keyClicks(form.reason, reason)
        self.qtbot.keyClick(form.reason, Qt.Key.Key_Return)

    def list_items(self, *words: str) -> None:
        """Write the list that the activity asks about."""
        view = self.view
        assert isinstance(view, SessionView)
        for one in words:
            assert view.items is not None
            self.qtbot.keyClicks(view.items.entry, one)
            self.qtbot.keyClick(view.items.entry, Qt.Key.Key_Return)

    def talk(self) -> None:
        """Go from the revealed answers through the talk to the agreement."""
        assert isinstance(self.view, RevealView)
        self.primary()
        self.primary()

    def agree(self) -> None:
        """Fill every table that must not be empty, let everybody support it, record it."""
        view = self.view
        assert isinstance(view, AgreeView)
        for editor in view.findChildren(GridEditor):
            for choice in editor.findChildren(ChoiceField):
                self.qtbot.keyClick(choice, Qt.Key.Key_Down)
        first = next(iter(view.findChildren(PartEditor)), None)
        if first is not None and not view.findChildren(GridEditor):
            self.write_row(first)
        for level in view.levels.findChildren(ChoiceField):
            self.qtbot.keyClick(level, Qt.Key.Key_Down)
        assert self.primary() == "Record this agreement", view.page.footer.note()

    def write_row(self, editor: PartEditor) -> None:
        """Write one row of a table, a word into every field."""
        if not editor.part.single:
            self.press(f"Add a row: {editor.part.text}")
        for number in editor.findChildren(NumberField):
            self.qtbot.keyClicks(number, "7")
        for choice in editor.findChildren(ChoiceField):
            self.qtbot.keyClick(choice, Qt.Key.Key_Down)
        for line in [*editor.findChildren(TextCell), *editor.findChildren(LongTextField)]:
            self.type(line, f"Our {line.accessibleName()}".replace(",", ""))

    def waiting(self) -> int:
        """Return how many have not answered the round of the turn that shows."""
        view = self.view
        assert isinstance(view, TurnView)
        have, asked = received(self.store, view.round)
        return asked - have

    def go(self, go: Go, key: str = "") -> None:
        """Go to a place, as the rail or the menu does."""
        self.desk.go(Place(go, key))


def fill(qtbot: QtBot, page: Page) -> None:
    """Answer one page with the mouse: the second way of each row, the first cards, some words."""
    for row in page.findChildren(RadioRow):
        if row.isVisibleTo(page):
            qtbot.mouseClick(row.faces[1], Qt.MouseButton.LeftButton)
    for cards in page.findChildren(Cards):
        for card in cards.findChildren(QAbstractButton):
            if card.isVisibleTo(page) and card.isEnabled() and not cards.complete:
                qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    for number in page.findChildren(QSpinBox)[:1]:
        number.setFocus()
        number.selectAll()
        qtbot.keyClicks(number, "100")
    for text in page.findChildren(PrivateText):
        if text.isVisibleTo(page):
            qtbot.keyClicks(text, "Words of ours")
    for choice in page.findChildren(ChoiceField):
        qtbot.keyClick(choice, Qt.Key.Key_Down)


@pytest.fixture
def walker(qtbot: QtBot, qapp: QApplication) -> Iterator[Walker]:
    """Return a walker before the window on its home page."""
    messages = RecordingMessages()
    desk = Desk(qapp, messages)
    desk.window.resize(1366, 768)
    desk.go(Place(Go.HOME))
    desk.window.show()
    desk.window.activateWindow()
    qtbot.waitExposed(desk.window)
    yield Walker(qtbot, desk, messages)
    desk.window.close()
    desk.window.deleteLater()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the walker keeps the partnership."""
    return tmp_path / "lake.pdesk"
