"""The document: an overview of what the partners chose for it, and one part at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from partnerdesk.language import _
from partnerdesk.model.options import ANNEXES
from ui.theme import spaced
from ui.views.document_annexes import AnnexPart, annexes_summary
from ui.views.document_enclosures import EnclosurePart, enclosures_summary
from ui.views.document_ending import EndingPart, ending_summary
from ui.views.document_languages import LanguagePart, languages_summary
from ui.views.document_paper import PaperPart, paper_summary
from ui.views.document_part import Part, listed, pressed, row_of, titled
from ui.views.document_state import DocumentState
from ui.views.document_versions import VersionPart, versions_summary
from ui.widgets.buttons import PlainButton
from ui.widgets.text import Caption


@dataclass(frozen=True)
class Offer:
    """One part: its title, the line that the overview says about it, what builds and opens it."""

    title: str
    summary: Callable[[DocumentState], str]
    part: type[Part]
    verb: str

    @property
    def named(self) -> str:
        """Return what the button that opens the part is called by ear."""
        return f"{self.verb}: {self.title}"


def offers() -> dict[str, Offer]:
    """Return the parts of the document in the order of the overview."""
    change = _("Change")
    return {
        "annexes": Offer(_("Annexes and figures"), annexes_summary, AnnexPart, change),
        "enclosures": Offer(_("Enclosures"), enclosures_summary, EnclosurePart, change),
        "languages": Offer(_("Languages"), languages_summary, LanguagePart, change),
        "paper": Offer(_("Paper and logos"), paper_summary, PaperPart, change),
        "versions": Offer(_("What changed"), versions_summary, VersionPart, _("Compare")),
        "ending": Offer(_("The ending"), ending_summary, EndingPart, _("Write")),
    }


def pages_of(part: str) -> tuple[str, ...]:
    """Return the sections that a part is about; the first one that is printed is shown."""
    known = {"annexes": ANNEXES, "enclosures": ("E", "G", "H"), "languages": ("C20",)}
    return known.get(part, ())


class DocumentPage(QWidget):
    """Shows the overview, or the part `open_part` chose; its signals are those of the parts.

    `opened(name)` says which part shows, '' for the overview.
    """

    asked = Signal(object)
    kept = Signal(object)
    wished = Signal(str)
    opened = Signal(str)

    def __init__(self, state: DocumentState, parent: QWidget | None = None) -> None:
        """Show the overview of `state`."""
        super().__init__(parent)
        self.state, self.name = state, ""
        self.part: Part | None = None
        self._column = QVBoxLayout(self)
        spaced(self._column, 12)
        self._shown = self._overview()
        self._column.addWidget(self._shown)

    def show_state(self, state: DocumentState) -> None:
        """Show another state; what had the focus has it again."""
        self.state = state
        focus = self.window().focusWidget()
        name = focus.accessibleName() if focus is not None and self.isAncestorOf(focus) else ""
        place = _cursor(focus)
        self._put()
        again = (w for w in self.findChildren(QWidget) if name and w.accessibleName() == name)
        found = next((w for w in again if w.focusPolicy() != Qt.FocusPolicy.NoFocus), None)
        if found is not None:
            found.setFocus()
            _set_cursor(found, place)

    def open_part(self, name: str) -> None:
        """Show one part, or the overview for ''."""
        self.flush()
        before, self.name = self.name, name
        self._put()
        self.opened.emit(name)
        focus = self.findChild(PlainButton)
        if not name:
            about = offers()[before].named if before else ""
            named = (b for b in self.findChildren(PlainButton) if b.accessibleName() == about)
            focus = next(named, focus)
        if focus is not None:
            focus.setFocus(Qt.FocusReason.TabFocusReason)

    def title(self) -> str:
        """Return the title of what shows."""
        return offers()[self.name].title if self.name else _("The document")

    def flush(self) -> None:
        """Keep what is still being typed."""
        if self.part is not None:
            self.part.flush()

    def start_typing(self) -> None:
        """Put the focus where one begins."""
        first = self.findChild(PlainButton)
        if first is not None:
            first.setFocus()

    def _put(self) -> None:
        old, self._shown = self._shown, self._opened() if self.name else self._overview()
        self._column.replaceWidget(old, self._shown)
        self._shown.show()
        old.hide()
        old.deleteLater()

    def _overview(self) -> QWidget:
        self.part = None
        made = QWidget()
        column = QVBoxLayout(made)
        spaced(column, 12)
        column.addWidget(Caption(_("What goes in beside the clauses, and how it prints.")))
        rows = []
        for name, offer in offers().items():
            row = QWidget()
            change = pressed(
                PlainButton(offer.verb),
                partial(self.open_part, name),
                offer.named,
            )
            line = row_of(titled(offer.title, offer.summary(self.state)), change)
            row.setLayout(line)
            line.setContentsMargins(0, 4, 0, 4)
            rows.append(row)
        listed(column, [*rows])
        column.addStretch()
        return made

    def _opened(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        spaced(column, 12)
        back = pressed(PlainButton(_("All of the document"), "left"), lambda: self.open_part(""))
        column.addLayout(row_of(back, QWidget(), stretch=1))
        part = self.part = offers()[self.name].part(self.state)
        part.asked.connect(self.asked)
        part.kept.connect(self.kept)
        part.wished.connect(self.wished)
        column.addWidget(part)
        return made


def _cursor(widget: QWidget | None) -> int:
    if isinstance(widget, QPlainTextEdit):
        return widget.textCursor().position()
    return widget.cursorPosition() if isinstance(widget, QLineEdit) else 0


def _set_cursor(widget: QWidget, place: int) -> None:
    if isinstance(widget, QLineEdit):
        widget.setCursorPosition(place)
    elif isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        cursor.setPosition(min(place, len(widget.toPlainText())))
        widget.setTextCursor(cursor)
