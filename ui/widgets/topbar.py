"""The top of the window: menu, selvedge and title at the start; room, saved and lock at the end."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.language import _
from ui.actions import MENU_BUTTON, key_of
from ui.theme import Type, sized, spaced
from ui.widgets.buttons import BackButton, KeyCap, QuietButton
from ui.widgets.icons import IconMark
from ui.widgets.selvedge import Selvedge
from ui.widgets.text import OneLine, Words

HIGH, HIGH_COMPACT = 52, 44


class Marked(QWidget):
    """A caption with its icon before it; away while it has no words."""

    def __init__(self, icon: str, *, tone: str = "text2", parent: QWidget | None = None) -> None:
        """Stand with the icon called `icon`."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        spaced(row, 7)
        self._words = Words("", Type.CAPTION, tone=tone, wrap=False, digits=True)
        row.addWidget(IconMark(icon, 18, tone or "text"))
        row.addWidget(self._words)
        self.hide()

    def set_words(self, text: str) -> None:
        """Show `text`, or nothing for ''."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def words(self) -> str:
        """Return the words shown."""
        return self._words.text()


class TopBar(QWidget):
    """The top bar; `menu_clicked` and `lock_clicked` say what was pressed."""

    menu_clicked = Signal()
    lock_clicked = Signal()
    save_clicked = Signal()
    """Save now what waits for its disk."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        """Show `title`; selvedge, room, saved and lock come with their setters."""
        super().__init__(parent)
        self.menu_button = BackButton("", "menu")
        self.menu_button.setAccessibleName(_("Menu"))
        self.menu_button.setToolTip(_("Menu"))
        self.menu_button.setObjectName(MENU_BUTTON)
        self.menu_button.clicked.connect(self.menu_clicked)
        self._selvedge = Selvedge((), height=10, width=54)
        self._selvedge.hide()
        self._title = OneLine(title, Type.BODY_BOLD)
        self._room = Marked("screen", tone="")
        self._saved = Marked("check")
        self._unsaved = Marked("warn", tone="stop")
        self.save_button = QuietButton(_("Save now"))
        self.save_button.clicked.connect(self.save_clicked)
        self.save_button.hide()
        self._lock = BackButton(_("Lock"), "lock")
        self._lock.setObjectName("lock")
        self._lock.clicked.connect(self.lock_clicked)
        self._key = KeyCap(key_of("lock"))
        self._lockable, self._compact = False, False
        self._row = QHBoxLayout(self)
        spaced(self._row, 14, (10, 0, 20, 0))
        for part in (self.menu_button, self._selvedge, self._title):
            self._row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.setStretchFactor(self._title, 1)
        for end in (
            self._room,
            self._saved,
            self._unsaved,
            self.save_button,
            self._lock,
            self._key,
        ):
            self._row.addWidget(end, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_compact(False)

    def set_title(self, title: str) -> None:
        """Show the title of the partnership."""
        self._title.setText(title)

    def set_partners(self, indices: Iterable[int]) -> None:
        """Show the selvedge of the partners at `indices`."""
        shown = tuple(indices)
        self._selvedge.set_partners(shown)
        self._selvedge.setVisible(bool(shown))

    def set_room(self, text: str) -> None:
        """Say what the room sees, or nothing for ''."""
        self._room.set_words(text)

    def set_saved(self, text: str) -> None:
        """Say when the last change was saved, or nothing for ''."""
        self._saved.set_words(text)

    def set_unsaved(self, text: str, *, brief: bool = False) -> None:
        """Say what is not saved, with the button that saves it; nothing for ''.

        `brief` says only that it is not, where there is no room for why.
        """
        new = bool(text) and text != self._unsaved.accessibleName()
        self._unsaved.set_words(_("Not saved") if brief and text else text)
        self._unsaved.setAccessibleName(text)
        self.save_button.setVisible(bool(text))
        self._saved.setVisible(bool(self._saved.words()) and not text)
        if new:
            event = QAccessibleEvent(self._unsaved, QAccessible.Event.Alert)
            QAccessible.updateAccessibility(event)

    def unsaved(self) -> str:
        """Return what is not saved, in the words that are read aloud."""
        return self._unsaved.accessibleName()

    def saved(self) -> str:
        """Return the words of the saved text."""
        return self._saved.words()

    def show_lock(self, shown: bool) -> None:
        """Offer the lock, with its key where there is room."""
        self._lockable = shown
        self._lock.setVisible(shown)
        self._key.setVisible(shown and not self._compact)

    def set_compact(self, compact: bool) -> None:
        """Be 44 em-px high instead of 52, with the icon of the lock alone."""
        self._compact = compact
        self._lock.set_brief(compact)
        self.show_lock(self._lockable)
        sized(self, 0, HIGH_COMPACT if compact else HIGH)
