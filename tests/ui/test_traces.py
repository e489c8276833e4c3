"""What the window leaves on a laptop: nothing on the clipboard, no history of its dialogs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.offline.paths import path_of
from ui.clipboard import HINTS, OURS, Clip
from ui.messages import Messages

ROOT = Path(__file__).parents[2]
CANARY = "Nafula of the north shore"


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    found = QGuiApplication.clipboard()
    found.clear()
    yield found
    found.clear()


@pytest.fixture
def theirs() -> list[str]:
    """Return what another program copied; while there is something, we own nothing."""
    return []


@pytest.fixture
def clip(qapp: QApplication, theirs: list[str]) -> Iterator[Clip]:
    made = Clip(qapp, lambda mode: mode is QClipboard.Mode.Clipboard and not theirs)
    yield made
    made.deleteLater()
    qapp.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)


def _copy(qtbot: QtBot) -> None:
    line = QLineEdit(CANARY)
    qtbot.addWidget(line)
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def test_what_is_copied_is_kept_out_of_histories_and_goes_after_half_a_minute(
    clipboard: QClipboard, clip: Clip, qtbot: QtBot
) -> None:
    _copy(qtbot)
    assert clipboard.text() == CANARY
    assert all(clipboard.mimeData().hasFormat(name) for name in HINTS)
    assert clip.timer.isActive()
    assert clip.timer.interval() == 30_000
    clip.timer.timeout.emit()
    assert clipboard.text() == ""


def test_what_another_program_copied_stays(
    clipboard: QClipboard, clip: Clip, theirs: list[str], qtbot: QtBot
) -> None:
    _copy(qtbot)
    theirs.append("of somebody else")
    clipboard.setText(theirs[0])
    assert not clip.timer.isActive()
    clip.clear()
    assert clipboard.text() == theirs[0]
    assert not clipboard.mimeData().hasFormat(OURS)


DIALOG = """
import sys
from pathlib import Path
from ui import app, file_dialog
from ui.messages import Messages
if sys.argv[2] == "leaky":
    file_dialog._keep_no_history = lambda: None
program = app.application()
window = app.Desk(program).window
window.show()
got = []
Messages().open_file(window, "Open", Path(sys.argv[1]), "Partnerships (*.pdesk)", got.append)
dialog = window.findChild(file_dialog.QFileDialog)
dialog.selectFile("lake.pdesk")
dialog.fileSelected.emit(str(Path(sys.argv[1], "lake.pdesk")))
dialog.accept()
dialog.close()
dialog.deleteLater()
for _ in range(20):
    program.processEvents()
del dialog
program.sendPostedEvents(None, 52)
assert got
"""


@pytest.mark.parametrize("how", ["quiet", "leaky"])
def test_the_window_for_files_leaves_no_history(tmp_path: Path, how: str) -> None:
    documents, user = tmp_path / "documents", tmp_path / "user"
    documents.mkdir()
    user.mkdir()
    (documents / "lake.pdesk").touch()
    around = {**os.environ, "HOME": str(user), "PYTHONPATH": path_of(ROOT)}
    around |= {"XDG_CONFIG_HOME": str(user), "PARTNERDESK_HOME": str(user / "own")}
    command = [sys.executable, "-c", DIALOG, str(documents), how]
    done = subprocess.run(command, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    left = [one for one in user.rglob("*") if "documents" in _text(one)]
    assert bool(left) == (how == "leaky"), left


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def test_the_window_for_files_is_ours_and_its_buttons_show(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    Messages().save_file(window, "Save", tmp_path / "lake.pdesk", "Partnerships (*.pdesk)", print)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    assert {button.property("kind") for button in box.buttons()} == {"primary", "quiet"}
    dialog.reject()
