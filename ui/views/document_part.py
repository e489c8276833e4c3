"""What the parts of the document share: they show a state, and ask for commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.theme import line, spaced
from ui.views.document_state import DocumentState
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.fields import Field
from ui.widgets.flow import Flow
from ui.widgets.frames import Columns
from ui.widgets.text import Body, Caption

Command = Callable[..., object]
"""A command that still needs the store and `origin`."""


class Part(QWidget):
    """One part of the document, built anew for each state.

    `asked(Command)` changes what shows, so that the part is built again. `kept(Command)` keeps
    what was typed, and leaves the part as it is. `wished(name)` asks for something else.
    """

    asked = Signal(object)
    kept = Signal(object)
    wished = Signal(str)

    def __init__(self, state: DocumentState, parent: QWidget | None = None) -> None:
        """Show `state`."""
        super().__init__(parent)
        self.state = state
        self.column = QVBoxLayout(self)
        spaced(self.column, 14)
        self.build()
        self.column.addStretch()

    def build(self) -> None:
        """Put the part together; subclasses say how."""
        raise NotImplementedError

    def flush(self) -> None:
        """Keep what is still being typed."""
        for field in self.findChildren(Field):
            field.flush()

    def keeps(self, field: Field, command: Callable[[Any], Command]) -> Field:
        """Keep what is typed into `field` by the command that belongs to its value."""
        field.committed.connect(lambda value: self.kept.emit(command(value)))
        return field

    def asks(self, field: Field, command: Callable[[Any], Command]) -> Field:
        """Carry out the command that belongs to what is chosen in `field`."""
        field.committed.connect(lambda value: self.asked.emit(command(value)))
        return field

    def say(self, words: str, tone: str = "text2") -> None:
        """Add a line about what stands here."""
        self.column.addWidget(Caption(words, tone=tone))


def row_of(*parts: QWidget, gap: float = 10, stretch: int = 0) -> QHBoxLayout:
    """Return parts beside each other; the one at `stretch` takes the room that is left."""
    row = QHBoxLayout()
    spaced(row, gap)
    for at, part in enumerate(parts):
        row.addWidget(part, 1 if at == stretch else 0)
    return row


def flowing(*parts: QWidget, gap: float = 10) -> QWidget:
    """Return parts one after the other, on as many lines as a narrow window asks for."""
    made = QWidget()
    flow = Flow(made, gap)
    for part in parts:
        flow.addWidget(part)
    return made


def led(words: QWidget, *buttons: QWidget) -> QWidget:
    """Return words with their buttons at the end, or below them in a narrow window."""
    made = Columns(words, flowing(*buttons), shares=(1, 0), gap=10)
    layout = made.layout()
    if layout is not None:
        layout.setContentsMargins(0, 4, 0, 4)
    return made


def paired(fields: Sequence[QWidget]) -> QWidget:
    """Return fields two by two, or under one another in a narrow window."""
    made = QWidget()
    column = QVBoxLayout(made)
    spaced(column, 12)
    for at in range(0, len(fields), 2):
        pair = fields[at : at + 2]
        column.addWidget(Columns(*pair, *([QWidget()] if len(pair) == 1 else []), gap=12))
    return made


def at_start(part: QWidget) -> QHBoxLayout:
    """Return a row with `part` at its start."""
    row = QHBoxLayout()
    row.addWidget(part)
    row.addStretch()
    return row


def listed(column: QVBoxLayout, rows: list[QLayout | QWidget]) -> None:
    """Add rows with hairlines between and around them."""
    inside = QVBoxLayout()
    spaced(inside, 8)
    for row in rows:
        inside.addWidget(line())
        if isinstance(row, QLayout):
            inside.addLayout(row)
        else:
            inside.addWidget(row)
    inside.addWidget(line())
    column.addLayout(inside)


def titled(title: str, about: str) -> QWidget:
    """Return a title in bold over a line about it."""
    made = QWidget()
    column = QVBoxLayout(made)
    spaced(column, 2)
    column.addWidget(Body(title, strong=True))
    if about:
        column.addWidget(Caption(about))
    return made


def pressed(button: PlainButton | QuietButton, act: Callable[[], object], name: str = "") -> Any:
    """Return the button, which does `act` when it is pressed, and is called `name` by ear."""
    button.clicked.connect(lambda _on=False: act())
    if name:
        button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
