"""One person in Prepare: who it is, what the person may decide, and the picture on the badge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from partnerdesk.language import _
from partnerdesk.model.json import Json
from partnerdesk.model.names import badge_letters
from partnerdesk.model.partnership import Authority, Participant
from ui.theme import Type, emf, roles, sized, spaced, typed
from ui.views.prepare_fields import Keys, flush, languages
from ui.widgets.buttons import PlainButton
from ui.widgets.check import CheckBox
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.icons import PICTURES, icon
from ui.widgets.marks import paint_badge
from ui.widgets.text import Caption, Words

SaveOf = Callable[["PersonRow", str, Json], str]
"""Keeps one value of a person; returns what is wrong in words, or ''."""

SIZE, NARROW = 32, 640
SHARES = {"name": 27, "role": 31, "authority": 28, "language": 18, "present": 0}


def authority_choices() -> list[tuple[str, str]]:
    """Return what a person may do in the name of the partner, most first."""
    return [
        (Authority.BINDS.value, _("Can bind")),
        (Authority.SUBJECT.value, _("Must ask first")),
        (Authority.OBSERVES.value, _("Observes")),
    ]


def picture_words(picture: str) -> str:
    """Return what a picture shows."""
    words = {
        "boat": _("Boat"),
        "tree": _("Tree"),
        "sun": _("Sun"),
        "hoe": _("Hoe"),
        "pot": _("Pot"),
        "fish": _("Fish"),
        "drop": _("Drop"),
    }
    return words.get(picture, _("Initials"))


class PictureButton(QAbstractButton):
    """The badge of a person; pressing it offers the pictures, and an alias."""

    chosen = Signal(str)
    alias_wanted = Signal()

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        """Stand for a person of the partner at `index`."""
        super().__init__(parent)
        self._index, self._name, self.picture = index, "", ""
        self._menu = QMenu(self)
        self.setToolTip(_("Choose a picture or an alias"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        sized(self, SIZE + 4, SIZE + 4)
        self.clicked.connect(self.offer)
        self.show_person("", "")

    def show_person(self, name: str, picture: str) -> None:
        """Show the picture, or the initials of `name`."""
        self._name, self.picture = name, picture
        words = _("Picture of {name}: {picture}")
        self.setAccessibleName(words.format(name=name, picture=picture_words(picture)))
        self.update()

    def offer(self) -> None:
        """Open the menu of pictures, with an alias for the name at its end."""
        self._menu.clear()
        for picture in ("", *PICTURES):
            face = icon(f"person-{picture}", roles()) if picture else icon("people", roles())
            action = self._menu.addAction(face, picture_words(picture))
            action.triggered.connect(lambda _on=False, one=picture: self.chosen.emit(one))
        self._menu.addSeparator()
        alias = self._menu.addAction(icon("eyeoff", roles()), _("Use an alias…"))
        alias.setEnabled(bool(self._name))
        alias.triggered.connect(lambda _on=False: self.alias_wanted.emit())
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def menu(self) -> QMenu:
        """Return the menu that `offer` fills."""
        return self._menu

    def sizeHint(self) -> QSize:
        """Return the size of the badge."""
        return self.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the badge."""
        face = self.picture or badge_letters(self._name) or "?"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_badge(painter, self.rect().toRectF(), self, self._index, face, SIZE)


class Tick(CheckBox):
    """A check box without words of its own; all of its area can be pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Be as high as the fields beside it."""
        super().__init__(parent)
        sized(self, 36, 36)

    def hitButton(self, pos: QPoint) -> bool:
        """Return whether a press at `pos` is for the box."""
        return self.rect().contains(pos)


class PersonRow(QWidget):
    """The fields of one person in a row; without a name it is not in the record yet."""

    removed = Signal(object)
    finished = Signal(object)
    alias_wanted = Signal(str)

    def __init__(self, index: int, save: SaveOf, *, first: bool, language: str = "en") -> None:
        """Show a person of the partner at `index` who is not in the record; captions if `first`."""
        super().__init__()
        self.key = ""
        self._save, self._first, self._narrow = save, first, False
        self.name, self.role = TextField(limit=80), TextField(limit=80)
        self.authority = ChoiceField(authority_choices(), Authority.OBSERVES.value)
        self.language = ChoiceField(languages(language), language)
        self.present = Tick()
        self.present.setChecked(True)
        typed(self.present, Type.BODY)
        self.picture = PictureButton(index)
        self.remove = PlainButton("", "x")
        self._error = Words("", Type.CAPTION, tone="stop")
        self._error.hide()
        self._captions = {column: Caption(words) for column, words in _labels().items()}
        self._grid, column_ = QGridLayout(), QVBoxLayout(self)
        spaced(self._grid, 8)
        spaced(column_, 4)
        column_.addLayout(self._grid)
        column_.addWidget(self._error)
        self._connect()
        self._name_parts()
        self._lay()

    def editors(self) -> dict[str, Any]:
        """Return the editors by column, in the order of Enter."""
        return {
            "name": self.name,
            "role": self.role,
            "authority": self.authority,
            "language": self.language,
            "present": self.present,
        }

    def stops(self) -> list[QWidget]:
        """Return what Tab stops at, in order: typing first, then the picture and "Remove"."""
        return [*self.editors().values(), self.picture, self.remove]

    def show_person(self, person: Participant) -> None:
        """Show what the record holds; what is being typed is left alone."""
        self.key = person.id
        self.name.set_value(person.name)
        self.role.set_value(person.role)
        self.authority.set_value(person.authority.value)
        self.language.set_choices(languages(person.language))
        self.language.set_value(person.language)
        self.present.setChecked(person.present)
        self.picture.show_person(person.name, person.picture)
        for field in (self.name, self.role):
            if not field.hasFocus():
                field.setCursorPosition(0)
        self.set_error("")
        self._name_parts()

    def draft(self) -> dict[str, Json]:
        """Return what is chosen besides the name, for a person who enters the record."""
        return {
            "role": self.role.value(),
            "authority": self.authority.value(),
            "language": self.language.value(),
            "present": int(self.present.isChecked()),
            "picture": self.picture.picture,
        }

    def set_error(self, text: str) -> None:
        """Say below the row what is wrong, or nothing."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.name.setProperty("wrong", "true" if text else "false")
        self.name.style().unpolish(self.name)
        self.name.style().polish(self.name)
        self.name.setAccessibleDescription(text)

    def error(self) -> str:
        """Return what is said to be wrong, or ''."""
        return self._error.text()

    def set_first(self, first: bool) -> None:
        """Show captions above the fields of the first row."""
        if first != self._first:
            self._first = first
            self._lay()

    def flush(self) -> None:
        """Keep what is still being typed."""
        for editor in (self.name, self.role):
            flush(editor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take two rows where there is no room for one."""
        super().resizeEvent(event)
        self.restyle()

    def restyle(self) -> None:
        """Lay the fields out for the width there is."""
        narrow = self.width() < emf(NARROW)
        self._keep_aligned()
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay()

    def _connect(self) -> None:
        for column in ("name", "role", "authority", "language"):
            editor = self.editors()[column]
            editor.committed.connect(lambda value, c=column: self._keep(c, value))
        self.present.clicked.connect(lambda on: self._keep("present", int(on)))
        self.picture.chosen.connect(self._choose_picture)
        self.picture.alias_wanted.connect(lambda: self.alias_wanted.emit(self.key))
        self.remove.clicked.connect(lambda: self.removed.emit(self))
        self._keys = Keys(self, list(self.editors().values()), lambda: self.finished.emit(self))

    def _keep(self, column: str, value: Json) -> None:
        self.set_error(self._save(self, column, value))
        self.picture.show_person(self.name.value(), self.picture.picture)
        self._name_parts()

    def _choose_picture(self, picture: str) -> None:
        self.picture.show_person(self.name.value(), picture)
        self._keep("picture", picture)

    def _name_parts(self) -> None:
        """Name every control with the person it is about."""
        name = self.name.value() or _("new person")
        for column, words in _labels().items():
            self.editors()[column].setAccessibleName(f"{words}, {name}")
        self.remove.setAccessibleName(_("Remove {name}").format(name=name))
        self.remove.setToolTip(_("Remove {name}").format(name=name))

    def _lay(self) -> None:
        places = _NARROW_PLACES if self._narrow else _WIDE_PLACES
        middle = Qt.AlignmentFlag.AlignVCenter
        for n in range(7):
            self._grid.setColumnStretch(n, 0)
        self._keep_aligned()
        for column, editor in self.editors().items():
            row, at = places[column]
            self._grid.addWidget(self._captions[column], row - 1, at)
            self._grid.addWidget(editor, row, at)
            self._captions[column].setVisible(self._first or self._narrow)
            self._grid.setColumnStretch(at, 30 if self._narrow else SHARES[column])
        self._grid.addWidget(self.picture, 1, 0, middle)
        start = Qt.AlignmentFlag.AlignLeading
        self._grid.addWidget(self.remove, *places["remove"], middle | start)

    def _keep_aligned(self) -> None:
        """Give the tick the room of its caption, so that all rows stand below the captions."""
        room = self._captions["present"].sizeHint().width()
        self._grid.setColumnMinimumWidth(_WIDE_PLACES["present"][1], 0 if self._narrow else room)


_WIDE_PLACES = {
    "name": (1, 1),
    "role": (1, 2),
    "authority": (1, 3),
    "language": (1, 4),
    "present": (1, 5),
    "remove": (1, 6),
}
_NARROW_PLACES = {
    "name": (1, 1),
    "role": (1, 2),
    "authority": (3, 1),
    "language": (3, 2),
    "present": (3, 3),
    "remove": (1, 3),
}


def _labels() -> dict[str, str]:
    return {
        "name": _("Name"),
        "role": _("Role"),
        "authority": _("Say in decisions"),
        "language": _("Language"),
        "present": _("Here today"),
    }


def empty_first(rows: Sequence[PersonRow]) -> PersonRow | None:
    """Return the row that still waits for a name, or None."""
    return next((row for row in rows if not row.key and not row.name.value()), None)
