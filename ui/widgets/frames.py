"""The frame of a page: top, rail, sheet, side and footer, and how they give way when narrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from partnerdesk.language import _
from ui.theme import Type, em, emf, line, sized, spaced, typed
from ui.widgets.banner import Banner
from ui.widgets.buttons import QuietButton
from ui.widgets.footer import KEYS_COMPACT, Footer
from ui.widgets.metrics import right_to_left
from ui.widgets.tabbing import step_through
from ui.widgets.text import Caption, Title
from ui.widgets.thread import StageRail, StepThread
from ui.widgets.timer import Timer
from ui.widgets.toast import Toast
from ui.widgets.topbar import Marked, TopBar

__all__ = ["Columns", "Footer", "Scaffold", "Side", "TopBar"]

COMPACT, STACKED = 1200, 900
"""Below so many em-px of width the frame is compact, and columns stand on each other."""
SIDE = 280


class Side(QWidget):
    """What accompanies the work: the timer, what the room sees, what to ask first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.timer: Timer | None = None
        self.column = QVBoxLayout(self)
        spaced(self.column, 22, (24, 4, 20, 4))
        self.column.addStretch()
        sized(self, SIDE, 0)

    def set_timer(self, timer: Timer) -> None:
        """Put the timer at the top; in a narrow window it moves to the header by itself."""
        self.timer = timer
        self.column.insertWidget(0, timer)

    def add(self, part: QWidget, caption: str = "") -> None:
        """Add a part below the others, with a caption above it."""
        if caption:
            part = _captioned(caption, part)
        self.column.insertWidget(self.column.count() - 1, part)

    def add_line(self) -> None:
        """Add a hairline below the others."""
        self.column.insertWidget(self.column.count() - 1, line())


class Header(QWidget):
    """Where one is: a caption, the title, and at the end a note, the timer, or "..."."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without words."""
        super().__init__(parent)
        self._caption, self._title = Caption(), Title()
        self._note: Marked | None = None
        words = QVBoxLayout()
        spaced(words, 0)
        words.addWidget(self._caption)
        words.addWidget(self._title)
        self.more = QuietButton("", "dots")
        self.more.setAccessibleName(_("More"))
        self.more.setToolTip(_("More"))
        self.more.setCheckable(True)
        self.more.hide()
        self.end = QHBoxLayout()
        spaced(self.end, 20)
        self._grid = QGridLayout(self)
        spaced(self._grid, 12)
        self._grid.addLayout(words, 0, 0)
        self._grid.addLayout(self.end, 0, 1)
        self._grid.addWidget(self.more, 0, 2, Qt.AlignmentFlag.AlignVCenter)
        self._grid.setColumnStretch(0, 1)
        self._narrow = False

    def set_words(self, caption: str, title: str) -> None:
        """Show `caption` above `title`."""
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        self._title.setText(title)

    def set_note(self, text: str, icon: str) -> None:
        """Show a note with an icon at the end, or nothing for ''."""
        if self._note is not None:
            self._note.hide()
            self._note.deleteLater()
        self._note = Marked(icon)
        self.end.addWidget(self._note, 0, Qt.AlignmentFlag.AlignBottom)
        self._note.set_words(text)

    def set_compact(self, compact: bool) -> None:
        """Write the title smaller where there is less room."""
        typed(self._title, Type.H1_COMPACT if compact else Type.H1)

    def set_narrow(self, narrow: bool) -> None:
        """Put what stands at the end into a row under the title."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._grid.removeItem(self.end)
        if narrow:
            self._grid.addLayout(self.end, 1, 0, 1, 3, Qt.AlignmentFlag.AlignLeading)
        else:
            self._grid.addLayout(self.end, 0, 1)

    def show_note(self, shown: bool) -> None:
        """Leave the note out where the timer needs its room."""
        if self._note is not None:
            self._note.setVisible(shown and bool(self._note.words()))


class Scaffold(QWidget):
    """One page: put content into `sheet`, and words into `top`, `footer` and `header`."""

    def __init__(
        self,
        rail: StageRail | None = None,
        side: Side | None = None,
        *,
        top: bool = True,
        footer: bool = True,
        big: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Lay the page out; `big` is for the footer of a private turn."""
        super().__init__(parent)
        self.rail, self.side = rail, side
        self.top, self.footer = TopBar(), Footer(big=big)
        self._compact: bool | None = None
        self._banner: Banner | None = None
        self._notices: list[Banner] = []
        self._unsaved = ""
        self._why: Banner | None = None
        self._steps: StepThread | None = None
        self.heading = Header()
        self.heading.hide()
        self.heading.more.toggled.connect(self._show_panel)
        self._build_sheet()
        self._build_grid(top, footer)
        self._panel = _panel(self)
        self.toast = Toast(self)
        self._arrange()

    def header(self, caption: str, title: str, note: str = "", icon: str = "people") -> None:
        """Show where one is: `caption` above `title`, and `note` with an icon at the end."""
        self.heading.set_words(caption, title)
        self.heading.set_note(note, icon)
        self.heading.show()
        self._arrange_header(bool(self._compact))

    def set_steps(self, names: Sequence[str], at: int) -> None:
        """Show the steps of this page below the header."""
        if self._steps is not None:
            self._steps.hide()
            self._steps.deleteLater()
        self._steps = StepThread(names, at)
        self._inner.insertWidget(self._inner.indexOf(self.heading) + 1, self._steps)

    def set_banner(self, banner: Banner | None) -> None:
        """Show one banner at the top of the sheet, or none."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = banner
        if banner is not None:
            self._inner.insertWidget(len(self._notices), banner)

    def set_unsaved(self, text: str) -> None:
        """Say what is not saved: in the top bar, and on the sheet where the bar is too narrow."""
        self._unsaved = text
        brief = self.width() / emf(1) < STACKED
        self.top.set_unsaved(text, brief=brief)
        if self._why is not None:
            self._why.hide()
            self._why.deleteLater()
            self._why = None
        if brief and text:
            self._why = Banner(text, "stop")
            self._inner.insertWidget(0, self._why)

    def set_notices(self, banners: list[Banner]) -> None:
        """Show what to know of the file, above all else on the sheet; new words are announced."""
        before = {one.text() for one in self._notices}
        for old in self._notices:
            old.hide()
            old.deleteLater()
        self._notices = banners
        for place, banner in enumerate(banners):
            self._inner.insertWidget(place, banner)
            if banner.text() not in before:
                event = QAccessibleEvent(banner, QAccessible.Event.Alert)
                QAccessible.updateAccessibility(event)

    def notices(self) -> tuple[Banner, ...]:
        """Return the banners with what to know of the file."""
        return tuple(self._notices)

    def say(self, text: str, on_undo: Callable[[], object] | None = None) -> None:
        """Say what was done, with a way to take it back, above the footer."""
        self.toast.say(text, on_undo)

    def is_compact(self) -> bool:
        """Return whether the window is too narrow for rail and side."""
        return bool(self._compact)

    def scroll_to(self, part: QWidget) -> None:
        """Bring a part of the sheet into sight."""
        self._scroll.ensureWidgetVisible(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way when it gets narrow."""
        super().resizeEvent(event)
        self._arrange()
        self._place_panel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the panel on Escape."""
        if event.key() == Qt.Key.Key_Escape and self._panel.isVisible():
            self.heading.more.setChecked(False)
            self.heading.more.setFocus()
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        """Arrange again: another text size makes a window narrower or wider."""
        self._arrange()
        self._place_panel()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on as the page is read: the sheet, the side, the footer, the rail, then the top."""
        regions = (self._plane, self._panel, self.side, self.footer, self.rail, self.top)
        return step_through(self, [one for one in regions if one is not None], forward)

    def _build_sheet(self) -> None:
        self._plane = QFrame()
        self._plane.setProperty("kind", "sheet")
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self._inner = QVBoxLayout(inside)
        self.sheet = QVBoxLayout()
        spaced(self.sheet, 16)
        self._inner.addWidget(self.heading)
        self._inner.addLayout(self.sheet, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(self._plane)
        spaced(column, 0, (4, 4))
        column.addWidget(self._scroll)

    def _build_grid(self, top: bool, footer: bool) -> None:
        self._grid = QGridLayout(self)
        spaced(self._grid, 0)
        self._grid.addWidget(self.top, 0, 0, 1, 3)
        self._grid.addWidget(self._plane, 1, 1)
        self._grid.addWidget(self.footer, 2, 0, 1, 3)
        self.top.setVisible(top)
        self.footer.setVisible(footer)
        if self.rail is not None:
            self._grid.addWidget(self.rail, 1, 0)
        if self.side is not None:
            self._grid.addWidget(self.side, 1, 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(1, 1)

    def _arrange(self) -> None:
        wide = self.width() / emf(1)
        compact = wide < COMPACT
        pad = (16, 18) if compact else (20, 24)
        spaced(self._inner, 14 if compact else 18, pad)
        self._edges(compact)
        self.footer.set_room_for_keys(0 if wide < STACKED else KEYS_COMPACT if compact else 99)
        self.footer.set_narrow(wide < STACKED)
        self.heading.set_narrow(wide < STACKED)
        if self._unsaved:
            self.set_unsaved(self._unsaved)
        self.top.set_compact(compact)
        self.footer.set_compact(compact)
        if compact == self._compact:
            return
        self._compact = compact
        if self.rail is not None:
            self.rail.set_compact(compact)
        self._move_side(compact)
        self._arrange_header(compact)

    def _edges(self, compact: bool) -> None:
        self._grid.setColumnMinimumWidth(0, 0 if self.rail else em(20))
        beside = self.side is not None and not compact
        self._grid.setColumnMinimumWidth(2, 0 if beside else em(14 if compact else 20))

    def _move_side(self, compact: bool) -> None:
        if self.side is None:
            return
        self.heading.more.setVisible(compact)
        self.heading.more.setChecked(False)
        layout = self._panel.layout()
        if compact and layout is not None:
            layout.addWidget(self.side)
        else:
            self._grid.addWidget(self.side, 1, 2)
        self.side.show()

    def _arrange_header(self, compact: bool) -> None:
        timer = self.side.timer if self.side is not None else None
        self.heading.set_compact(compact)
        self.heading.show_note(not (compact and timer is not None))
        if timer is None or self.side is None:
            return
        timer.set_compact(compact)
        if compact:
            self.heading.end.addWidget(timer, 0, Qt.AlignmentFlag.AlignVCenter)
        else:
            self.side.column.insertWidget(0, timer)

    def _show_panel(self, shown: bool) -> None:
        self._panel.setVisible(shown)
        self._panel.raise_()
        self._place_panel()
        if shown:
            self._panel.setFocus()

    def _place_panel(self) -> None:
        width = min(em(SIDE + 24), self.width() - em(40))
        top = self.top.height() + em(76)
        high = min(self._panel.sizeHint().height(), self.height() - top - self.footer.height())
        left = em(20) if right_to_left(self) else self.width() - width - em(20)
        self._panel.setGeometry(QRect(left, top, width, max(high, em(80))))


class Columns(QWidget):
    """Parts side by side that stand on each other in a window below 900 em-px."""

    def __init__(
        self,
        *parts: QWidget,
        shares: Sequence[int] = (),
        gap: float = 36,
        parent: QWidget | None = None,
    ) -> None:
        """Put `parts` beside each other; `shares` say how the width is split."""
        super().__init__(parent)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        spaced(self._row, gap)
        for n, part in enumerate(parts):
            self._row.addWidget(part, shares[n] if shares else 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def stacked(self) -> bool:
        """Return whether the parts stand on each other."""
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack when the window is narrow."""
        super().resizeEvent(event)
        self._turn()

    def showEvent(self, event: QEvent) -> None:
        """Stack before the first paint."""
        self._turn()

    def _turn(self) -> None:
        narrow = self.window().width() / emf(1) < STACKED
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)


def _captioned(caption: str, part: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    spaced(column, 6)
    column.addWidget(Caption(caption))
    column.addWidget(part)
    return box


def _panel(parent: QWidget) -> QFrame:
    made = QFrame(parent)
    made.setProperty("kind", "card")
    made.setAccessibleName(_("More"))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setProperty("ownRing", True)
    column = QVBoxLayout(made)
    spaced(column, 0, (12, 0))
    made.hide()
    return made
