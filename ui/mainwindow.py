"""The one window: a stack that shows one view at a time, and the menu above it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from ui.actions import KEYS, MENU_BUTTON
from ui.views.base import View

PROGRAM = "PartnerDesk"
DROPPED = (".pdesk", ".pdbundle")
FIELDS = (QLineEdit, QPlainTextEdit, QComboBox)


class MainWindow(QMainWindow):
    """Holds the view of the place where the person is."""

    left = Signal()
    """Emitted once when the window closes, after the view has committed what was typed."""

    dropped = Signal(object)
    """A partnership or a bundle was dropped on the window: its path."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.setWindowTitle(PROGRAM)
        self.setMinimumSize(QSize(640, 480))
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before the window closes; whoever says no closes it later, or not."""
        self._stack = QStackedWidget(self)
        self.setCentralWidget(self._stack)
        self._covered: QWidget | None = None
        self._off: list[QAction] = []
        self._menu = QMenu(self)
        opening = QAction(self)
        opening.setShortcut(QKeySequence(KEYS["menu"]))
        opening.triggered.connect(lambda _checked=False: self.open_menu())
        self.addAction(opening)

    @property
    def view(self) -> View | None:
        """Return the view that shows, or None before the first."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, View) else None

    def show_view(self, view: View, title: str) -> None:
        """Show `view` in place of the last one, which commits what was typed and goes."""
        if self._covered is not None:
            self.uncover("")
        last = self.view
        if last is not None:
            last.closing()
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        self.setWindowTitle(PROGRAM if view.private or not title else f"{title} - {PROGRAM}")
        if last is not None:
            self._stack.removeWidget(last)
            last.setParent(None)
            last.deleteLater()
        first_of_use(view).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def covered(self) -> QWidget | None:
        """Return the view under a cover, or None where nothing covers."""
        return self._covered

    def cover(self, cover: View) -> None:
        """Show `cover` over the view, which stays as it is; no command works meanwhile."""
        under, self._covered = self._stack.currentWidget(), None
        self._stack.addWidget(cover)
        self._stack.setCurrentWidget(cover)
        self._covered = under
        self.setWindowTitle(PROGRAM)
        self._off = [action for action in self.actions() if action.isEnabled()]
        for action in self._off:
            action.setEnabled(False)
        first_of_use(cover).setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self, title: str) -> None:
        """Take the cover away and show the view under it again."""
        cover, under, self._covered = self._stack.currentWidget(), self._covered, None
        for action in self._off:
            action.setEnabled(True)
        self._off = []
        if under is None or cover is None:
            return
        self._stack.setCurrentWidget(under)
        self._stack.removeWidget(cover)
        cover.setParent(None)
        cover.deleteLater()
        private = isinstance(under, View) and under.private
        self.setWindowTitle(PROGRAM if private or not title else f"{title} - {PROGRAM}")
        first_of_use(under).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_actions(self, groups: Sequence[Sequence[QAction]]) -> None:
        """Offer these actions by key and in the menu, with a line between groups."""
        for group in groups:
            if not self._menu.isEmpty():
                self._menu.addSeparator()
            self._menu.addActions(list(group))
            self.addActions(list(group))

    def pop_menu(self, button: QWidget) -> None:
        """Open the main menu under `button`, or above it where the screen ends."""
        self._menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def open_menu(self) -> None:
        """Open the main menu by key, on its first command; a private turn has none."""
        button = self.view.findChild(QWidget, MENU_BUTTON) if self.view else None
        if button is not None and button.isVisible():
            self.pop_menu(button)
            can = (a for a in self._menu.actions() if a.isEnabled() and not a.isSeparator())
            self._menu.setActiveAction(next(can))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one partnership or bundle, but not into a private turn."""
        if self._taken(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dropped."""
        path = self._taken(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Wait for Alt to be let go again, alone: that opens the menu."""
        if event.key() == Qt.Key.Key_Alt and not event.isAutoRepeat():
            _app().installEventFilter(self)
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the menu when Alt is let go; anything else pressed meanwhile meant something else.

        Only installed while Alt is down: nothing else passes through here.
        """
        if event.type() in _MEANT_ELSE and not _is_alt(event):
            _app().removeEventFilter(self)
        elif event.type() == QEvent.Type.KeyRelease and _is_alt(event):
            _app().removeEventFilter(self)
            self.open_menu()
            return True
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        view = self.view
        if view is not None:
            view.closing()
        if not self.may_close():
            event.ignore()
            return
        self.left.emit()
        event.accept()

    def _taken(self, event: QDropEvent) -> Path | None:
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        path = Path(urls[0].toLocalFile()) if len(urls) == 1 else None
        private = self.view is not None and self.view.private
        fits = path is not None and path.suffix.lower() in DROPPED
        return path if fits and not private else None


_MEANT_ELSE = (
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.ApplicationDeactivate,
    QEvent.Type.WindowDeactivate,
)


def first_of_use(view: QWidget) -> QWidget:
    """Return what the keyboard is for in `view`: what it names itself, a field, or the next step.

    Where there is nothing of these, the first thing that takes keys but the menu's button, or
    the view itself.
    """
    named = view
    while (proxy := named.focusProxy()) is not None:
        named = proxy
    if named is not view and _takes_keys(named, view):
        return named
    parts = [part for part in _chain(view) if _takes_keys(part, view)]
    primary = (part for part in parts if part.property("kind") == "primary")
    fields = (part for part in parts if isinstance(part, FIELDS))
    return next(fields, None) or next(primary, None) or next(iter(parts), view)


def _chain(view: QWidget) -> Iterator[QWidget]:
    """Yield what is inside `view` in the order of Tab."""
    part = view.nextInFocusChain()
    while part is not None and part is not view:
        if view.isAncestorOf(part):
            yield part
        part = part.nextInFocusChain()


def _takes_keys(part: QWidget, view: QWidget) -> bool:
    tabbed = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.objectName() != MENU_BUTTON
    return bool(tabbed) and part.isEnabledTo(view) and part.isVisibleTo(view)


def _app() -> QCoreApplication:
    app = QCoreApplication.instance()
    assert app is not None
    return app


def _is_alt(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt
