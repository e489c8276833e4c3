"""Every command that has a key, by name: one place for keys, so that none is given twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from partnerdesk.language import _

KEYS = {
    "give": "F6",
    "reveal": "F8",
    "room": "F9",
    "blank": "B",
    "lock": "F12",
    "undo": "Ctrl+Z",
    "redo": "Ctrl+Shift+Z",
    "parking": "Ctrl+Shift+P",
    "next": "Ctrl+Return",
    "back": "Alt+Left",
    "menu": "F10",
    "help": "F1",
    "print": "Ctrl+P",
    "bigger": "Ctrl++",
    "smaller": "Ctrl+-",
    "full_screen": "F11",
    "stop": "Ctrl+.",
}
"""The key of each named command, in Qt's portable spelling."""
MENU_BUTTON = "menu"
"""The object name of the button that opens the main menu, by which a window finds it."""


@dataclass(frozen=True)
class KeyHint:
    """A key as people see it, with what it does in one or two words."""

    key: str
    words: str


def words_of(name: str) -> str:
    """Return what the command called `name` does, in the language of the room."""
    return {
        "give": _("Give the laptop"),
        "reveal": _("Reveal"),
        "room": _("Room screen"),
        "blank": _("Blank the room"),
        "lock": _("Lock"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "parking": _("Parking lot"),
        "next": _("Next step"),
        "back": _("Back"),
        "menu": _("Menu"),
        "help": _("Help"),
        "print": _("Print"),
        "bigger": _("Larger text"),
        "smaller": _("Smaller text"),
        "full_screen": _("Full screen"),
        "stop": _("Stop what is under way"),
    }[name]


def key_of(name: str) -> str:
    """Return the key of the command called `name` as this system writes it; '' for none."""
    return QKeySequence(KEYS.get(name, "")).toString(QKeySequence.SequenceFormat.NativeText)


def hint(name: str, words: str = "") -> KeyHint:
    """Return the key cap of a command for the footer, with its usual words or with `words`."""
    return KeyHint(key_of(name), words or words_of(name))


class Actions(QObject):
    """The named commands of one window; the key works wherever in `window` the focus is."""

    def __init__(self, window: QWidget) -> None:
        """Give keys to `window`."""
        super().__init__(window)
        self._window = window
        self._known: dict[str, QAction] = {}

    def add(self, name: str, on_triggered: Callable[[], object], words: str = "") -> QAction:
        """Return the action called `name`, made with its key; a second call replaces the first."""
        self.remove(name)
        action = QAction(words or words_of(name), self)
        action.setShortcut(QKeySequence(KEYS.get(name, "")))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: on_triggered())
        self._window.addAction(action)
        self._known[name] = action
        return action

    def get(self, name: str) -> QAction:
        """Return the action called `name`; raises KeyError when it was not added."""
        return self._known[name]

    def enable(self, name: str, enabled: bool) -> None:
        """Allow or stop a command; one that was not added stays away."""
        if name in self._known:
            self._known[name].setEnabled(enabled)

    def remove(self, name: str) -> None:
        """Take the command and its key away."""
        action = self._known.pop(name, None)
        if action is not None:
            self._window.removeAction(action)
            action.deleteLater()
