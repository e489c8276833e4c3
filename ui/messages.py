"""The one gate for problems, questions and file names: nothing here blocks the caller."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from partnerdesk.errors import InputErrors, PartnerDeskError
from partnerdesk.language import _

Then = Callable[[], object]
WithPath = Callable[[Path], object]
WithText = Callable[[str], object]
WithPlace = Callable[[int], object]
_CLEAR, _HIDDEN = QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password


class Messages:
    """What a view may ask or tell a person; each call returns at once."""

    def problem(self, parent: QWidget, error: PartnerDeskError) -> None:
        """Open a box with the sentence, and every reason below it."""
        box = _box(parent, _("This did not go through"), error.message)
        box.setIcon(QtWidgets.QMessageBox.Icon.Warning)
        if isinstance(error, InputErrors):
            box.setInformativeText("\n".join(error.problems[:8]))
        _look(box.addButton(_("Close"), QtWidgets.QMessageBox.ButtonRole.RejectRole), "quiet")
        box.open()

    def tell(self, parent: QWidget, title: str, text: str) -> None:
        """Open a box with words that need no answer."""
        box = _box(parent, title, text)
        _look(box.addButton(_("Close"), QtWidgets.QMessageBox.ButtonRole.RejectRole), "quiet")
        box.open()

    def ask(
        self,
        parent: QWidget,
        title: str,
        text: str,
        yes_verb: str,
        no_verb: str,
        on_yes: Then,
        on_no: Then | None = None,
    ) -> None:
        """Open a box with the two verbs as buttons; Escape means `no_verb`."""
        box = _box(parent, title, text)
        yes = box.addButton(yes_verb, QtWidgets.QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(no_verb, QtWidgets.QMessageBox.ButtonRole.RejectRole)
        for button, kind in ((yes, "primary"), (no, "quiet")):
            _look(button, kind)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        box.finished.connect(lambda _code: _answer(box.clickedButton() is yes, on_yes, on_no))
        box.open()

    def type_passphrase(
        self,
        parent: QWidget,
        title: str,
        text: str,
        verb: str,
        on_typed: WithText,
        suggestion: str = "",
    ) -> None:
        """Open a box for a passphrase: hidden, or in clear with a suggestion to take or change."""
        field_ = QLineEdit(suggestion)
        field_.setAccessibleName(title)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        field_.setInputMethodHints(hints)
        shown = QtWidgets.QCheckBox(_("Show the text"))
        shown.toggled.connect(lambda on: field_.setEchoMode(_CLEAR if on else _HIDDEN))
        field_.setEchoMode(_HIDDEN)
        shown.setChecked(bool(suggestion))
        box = _box(parent, title, text)
        _with_parts(box, (field_, shown), verb, lambda: on_typed(field_.text())).open()
        field_.setFocus()

    def choose(
        self,
        parent: QWidget,
        title: str,
        text: str,
        lines: tuple[str, ...],
        verb: str,
        on_place: WithPlace,
    ) -> None:
        """Open a box with a list, of which one line is chosen."""
        box, listed = _box(parent, title, text), QtWidgets.QListWidget()
        listed.setAccessibleName(title)
        listed.addItems(lines)
        listed.setCurrentRow(0)
        _with_parts(box, (listed,), verb, lambda: on_place(listed.currentRow())).open()
        listed.setFocus()

    def open_file(
        self, parent: QWidget, title: str, folder: Path, filter_: str, on_path: WithPath
    ) -> None:
        """Open a window for choosing a file."""
        _dialog(parent, title, folder, filter_, on_path, saving=False).open()

    def open_folder(self, parent: QWidget, title: str, folder: Path, on_path: WithPath) -> None:
        """Open a window for choosing a folder."""
        dialog = _dialog(parent, title, folder, "", on_path, saving=False)
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.Directory)
        dialog.setOption(QtWidgets.QFileDialog.Option.ShowDirsOnly)
        dialog.open()

    def save_file(
        self, parent: QWidget, title: str, folder: Path, filter_: str, on_path: WithPath
    ) -> None:
        """Open a window for naming a file."""
        _dialog(parent, title, folder, filter_, on_path, saving=True).open()


def _with_parts(
    box: QtWidgets.QMessageBox, parts: tuple[QWidget, ...], verb: str, then: Then
) -> QtWidgets.QMessageBox:
    """Put parts between the words of a box and its two buttons; Enter means `verb`."""
    yes = box.addButton(verb, QtWidgets.QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(_("Cancel"), QtWidgets.QMessageBox.ButtonRole.RejectRole)
    for button, kind in ((yes, "primary"), (no, "quiet")):
        _look(button, kind)
    box.setDefaultButton(yes)
    box.setEscapeButton(no)
    grid, buttons = box.layout(), box.findChild(QtWidgets.QDialogButtonBox)
    assert isinstance(grid, QtWidgets.QGridLayout)
    assert buttons is not None
    grid.removeWidget(buttons)
    for part in (*parts, buttons):
        grid.addWidget(part, grid.rowCount(), 0, 1, grid.columnCount())
    box.finished.connect(lambda _code: _answer(box.clickedButton() is yes, then, None))
    return box


def _look(button: QtWidgets.QPushButton, kind: str) -> None:
    """Give a button of a box the look of its kind: the box has polished it already."""
    button.setProperty("kind", kind)
    letter = button.fontMetrics().height()
    button.setMinimumHeight(round(letter * 1.9))
    button.setMinimumWidth(button.fontMetrics().horizontalAdvance(button.text()) + 2 * letter)
    button.style().unpolish(button)
    button.style().polish(button)


def _answer(yes: bool, on_yes: Then, on_no: Then | None) -> None:
    if yes:
        on_yes()
    elif on_no is not None:
        on_no()


def _box(parent: QWidget, title: str, text: str) -> QtWidgets.QMessageBox:
    box = QtWidgets.QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(text)
    return box


def _dialog(
    parent: QWidget, title: str, folder: Path, filter_: str, on_path: WithPath, *, saving: bool
) -> QtWidgets.QFileDialog:
    from ui.file_dialog import file_dialog

    dialog = file_dialog(parent, title, folder, filter_, saving=saving)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: on_path(Path(name)))
    return dialog
