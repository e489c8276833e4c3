"""The one window: a stack that shows one view at a time, and the menu above it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget

from ui.views.base import View

PROGRAM = "PartnerDesk"


class MainWindow(QMainWindow):
    """Holds the view of the place where the person is."""

    left = Signal()
    """Emitted once when the window closes, after the view has committed what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(PROGRAM)
        self.setMinimumSize(QSize(640, 480))
        self._stack = QStackedWidget(self)
        self.setCentralWidget(self._stack)
        self._menu = QMenu(self)

    @property
    def view(self) -> View | None:
        """Return the view that shows, or None before the first."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, View) else None

    def show_view(self, view: View, title: str) -> None:
        """Show `view` in place of the last one, which commits what was typed and goes."""
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
        view.setFocus()

    def set_actions(self, actions: list[QAction | None]) -> None:
        """Offer these actions by key and in the menu; None is a line between groups."""
        for action in actions:
            if action is None:
                self._menu.addSeparator()
            else:
                self._menu.addAction(action)
                self.addAction(action)

    def pop_menu(self, button: QWidget) -> None:
        """Open the main menu under `button`."""
        self._menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def closeEvent(self, event: QCloseEvent) -> None:
        view = self.view
        if view is not None:
            view.closing()
        self.left.emit()
        event.accept()
