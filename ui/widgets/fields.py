"""Fields that keep what is typed by themselves: after Enter, on leaving, or 400 ms of quiet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from partnerdesk.language import _
from ui.theme import Type, em, emf, roles, sized, spaced
from ui.widgets.icons import paint_icon
from ui.widgets.metrics import right_to_left
from ui.widgets.text import Words, repolish

QUIET_MS = 400


class Keeper(QObject):
    """Says when typing has come to rest; nothing is said twice for the same value."""

    rested = Signal()

    def __init__(self, editor: QWidget) -> None:
        """Watch `editor` for leaving and for Enter."""
        super().__init__(editor)
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.rested)
        editor.installEventFilter(self)

    def typed(self) -> None:
        """Start the quiet time over."""
        self._timer.start()

    def flush(self) -> None:
        """Say at once what is still waiting."""
        if self._timer.isActive():
            self._timer.stop()
            self.rested.emit()

    def waits(self) -> bool:
        """Return whether something typed is still to be said."""
        return self._timer.isActive()

    def drop(self) -> None:
        """Forget what is waiting."""
        self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Flush when the editor is left or hidden."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.flush()
        return False


class TextField(QLineEdit):
    """One line of text; `committed(str)` carries it without spaces around it."""

    committed = Signal(object)

    def __init__(self, value: str = "", *, limit: int = 0, parent: QWidget | None = None) -> None:
        """Show `value`; `limit` is the most characters that fit (0 = no limit)."""
        super().__init__(parent)
        self._kept: object = None
        self.keeper = Keeper(self)
        if limit:
            self.setMaxLength(limit)
        self.textEdited.connect(lambda _text: self.keeper.typed())
        self.returnPressed.connect(self.keeper.flush)
        self.keeper.rested.connect(self._commit)
        self.set_value(value)

    def value(self) -> Any:
        """Return the text without spaces around it."""
        return self.text().strip()

    def set_value(self, value: Any) -> None:
        """Show `value` without committing it; what is being typed is left alone."""
        if self.hasFocus() and self.keeper.waits():
            return
        self.keeper.drop()
        if self.text() != str(value):
            self.setText(str(value))
        self._kept = self.value()

    def flush(self) -> None:
        """Commit what is still waiting."""
        self.keeper.flush()

    def _commit(self) -> None:
        if self.value() != self._kept:
            self._kept = self.value()
            self.committed.emit(self._kept)


class NumberField(TextField):
    """A whole number within bounds; `committed(int)`, or None once it is emptied."""

    def __init__(
        self,
        value: int | None = None,
        *,
        least: int = 0,
        most: int = 9999,
        parent: QWidget | None = None,
    ) -> None:
        """Show `value`; arrows up and down change it by one."""
        self._least, self._most = least, most
        super().__init__("", parent=parent)
        self.setValidator(QIntValidator(least, most, self))
        sized(self, 96, 0)
        self.set_value(value)

    def value(self) -> Any:
        """Return the number, or None for an empty or unfinished one."""
        text = self.text().strip()
        number = int(text) if text.lstrip("-").isdigit() else None
        return number if number is not None and self._least <= number <= self._most else None

    def set_value(self, value: Any) -> None:
        """Show a number, or nothing for None, without committing it."""
        super().set_value("" if value is None else value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows change the number by one."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        number = self.value()
        start = self._least if number is None else number + step
        self.setText(str(min(self._most, max(self._least, start))))
        self.keeper.typed()


class DateField(TextField):
    """A day; `committed(str)` carries it as 2027-03-31, or '' once it is emptied."""

    def __init__(self, value: str = "", *, parent: QWidget | None = None) -> None:
        """Show the day `value` (ISO); arrows up and down change it by one day."""
        super().__init__("", parent=parent)
        self.setToolTip(_("For example {day}").format(day=_shown("2027-03-31")))
        sized(self, 200, 0)
        self.set_value(value)

    def value(self) -> Any:
        """Return the day as ISO text; '' when empty or not a day."""
        return read_day(self.text())

    def is_day(self) -> bool:
        """Return whether the text is a day or empty."""
        return not self.text().strip() or bool(self.value())

    def set_value(self, value: Any) -> None:
        """Show an ISO day in the words of the room without committing it."""
        super().set_value(_shown(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows change the day by one."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or not self.value():
            super().keyPressEvent(event)
            return
        day = QDate.fromString(self.value(), Qt.DateFormat.ISODate).addDays(step)
        self.setText(_shown(day.toString(Qt.DateFormat.ISODate)))
        self.keeper.typed()

    def _commit(self) -> None:
        if self.is_day():
            super()._commit()


def read_day(text: str) -> str:
    """Return the ISO day that `text` means: ISO, or the long or short form of the locale."""
    words = text.strip()
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        pass
    locale = QLocale()
    forms = ["d MMMM yyyy", "d MMM yyyy", "d.M.yyyy", "d/M/yyyy"]
    found = (locale.toDate(words, form) for form in [*forms, locale.dateFormat()])
    return next((day.toString(Qt.DateFormat.ISODate) for day in found if day.isValid()), "")


def _shown(value: str) -> str:
    day = QDate.fromString(value, Qt.DateFormat.ISODate)
    return QLocale().toString(day, "d MMMM yyyy") if day.isValid() else value


class LongTextField(QPlainTextEdit):
    """Text of several lines; Tab leaves it; `committed(str)` carries it."""

    committed = Signal(object)

    def __init__(self, value: str = "", *, lines: int = 3, parent: QWidget | None = None) -> None:
        """Show `value` in a field `lines` lines high."""
        super().__init__(parent)
        self._lines, self._kept = lines, ""
        self.keeper = Keeper(self)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()
        self.textChanged.connect(self.keeper.typed)
        self.keeper.rested.connect(self._commit)
        self.set_value(value)

    def restyle(self) -> None:
        """Be as high as the lines at the text size in use."""
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + em(18))

    def value(self) -> str:
        """Return the text without spaces around it."""
        return self.toPlainText().strip()

    def set_value(self, value: str) -> None:
        """Show `value` without committing it; what is being typed is left alone."""
        if self.hasFocus() and self.keeper.waits():
            return
        if self.toPlainText() != value:
            self.setPlainText(value)
        self.keeper.drop()
        self._kept = self.value()

    def flush(self) -> None:
        """Commit what is still waiting."""
        self.keeper.flush()

    def _commit(self) -> None:
        if self.value() != self._kept:
            self._kept = self.value()
            self.committed.emit(self._kept)


class ChoiceField(QComboBox):
    """One of several; `committed(key)` at once. `choices` are pairs of key and words."""

    committed = Signal(object)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]] = (),
        value: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Offer `choices`, and show the one whose key is `value`, or none."""
        super().__init__(parent)
        sized(self, 0, 36)
        self.set_choices(choices)
        self.set_value(value)
        self.activated.connect(lambda _index: self.committed.emit(self.value()))

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices; the value stays when it is among them."""
        kept = self.value()
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        self.set_value(kept)

    def value(self) -> str:
        """Return the key of the choice, or ''."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Show the choice whose key is `value`, or none, without committing it."""
        self.setCurrentIndex(self.findData(value))

    def showPopup(self) -> None:
        """Show the choices with all their words, where the screen has room."""
        view = self.view()
        room = self.screen().availableGeometry()
        wide = view.sizeHintForColumn(0) + em(24)
        view.setMinimumWidth(min(max(wide, self.width()), room.width()))
        super().showPopup()
        list_ = view.window()
        over = list_.geometry().right() - room.right()
        if over > 0 and list_ is not self.window():
            list_.move(list_.x() - over, list_.y())

    def wheelEvent(self, event: Any) -> None:
        """Let the page scroll: a wheel over a choice must not change it."""
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        """Return a width that lets narrow windows cut long words."""
        return QSize(em(96), em(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a field like the others, with an arrow at its end."""
        painter, look, rtl = QPainter(self), roles(), right_to_left(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wrong = self.property("wrong") == "true"
        pen = QPen(look.stop if wrong else look.edge, 2 if wrong else 1)
        if not self.isEnabled():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look.sheet if self.isEnabled() else look.sunk)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), emf(6), emf(6))
        pad, mark = em(10), em(16)
        arrow = QRectF(pad if rtl else self.width() - pad - mark, 0, mark, mark)
        arrow.moveTop((self.height() - mark) / 2)
        paint_icon(painter, "down", arrow, look.text2)
        words = self.rect().adjusted(pad, 0, -pad, 0)
        words = words.adjusted(mark + pad, 0, 0, 0) if rtl else words.adjusted(0, 0, -mark - pad, 0)
        painter.setPen(look.text if self.isEnabled() else look.text2)
        mode = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.currentText(), mode, words.width())
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, flags, shown)


class Field(QWidget):
    """An editor with its label above it and, when something is wrong, why below it."""

    committed = Signal(object)

    def __init__(
        self, label: str, editor: Any, *, help_: str = "", parent: QWidget | None = None
    ) -> None:
        """Put `label` above `editor`, which has value, set_value and committed."""
        super().__init__(parent)
        self.editor = editor
        self._help = help_
        self._label = Words(label, Type.CAPTION, tone="text2")
        self._below = Words(help_, Type.CAPTION, tone="text2")
        self._label.setBuddy(editor)
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(help_)
        column = QVBoxLayout(self)
        spaced(column, 4)
        for part in (self._label, editor, self._below):
            column.addWidget(part)
        self._below.setVisible(bool(help_))
        self.setFocusProxy(editor)
        editor.committed.connect(self.committed)

    def value(self) -> Any:
        """Return the value of the editor."""
        return self.editor.value()

    def set_value(self, value: Any) -> None:
        """Show `value` without committing it."""
        self.editor.set_value(value)

    def flush(self) -> None:
        """Commit what is still waiting."""
        if hasattr(self.editor, "flush"):
            self.editor.flush()

    def set_error(self, text: str) -> None:
        """Say in words what is wrong with the value, or nothing for ''."""
        self.editor.setProperty("wrong", "true" if text else "false")
        repolish(self.editor)
        self._below.setText(text or self._help)
        self._below.set_tone("stop" if text else "text2")
        self._below.setVisible(bool(text or self._help))
        self.editor.setAccessibleDescription(text or self._help)
        self.editor.update()

    def error(self) -> str:
        """Return the words of the error shown, or ''."""
        return self._below.text() if self.editor.property("wrong") == "true" else ""
