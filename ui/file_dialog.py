"""Our own window for choosing and naming files: it leaves no history on the laptop.

The system's own would note each file in lists that outlive the program.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths, QStorageInfo, QUrl
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QSplitter, QWidget

STICKS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
WIDTH, HEIGHT, SIDE = 760, 480, 160
_QT = "QtProject"


def file_dialog(
    parent: QWidget, title: str, folder: Path, filter_: str, *, saving: bool = False
) -> QFileDialog:
    """Return a window on `folder`, or on the file that it names; sticks are at its side.

    It chooses a file that is there, or names one with `saving`.
    """
    _keep_no_history()
    dialog = QFileDialog(parent, title, str(folder), filter_)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    modes, kinds = QFileDialog.AcceptMode, QFileDialog.FileMode
    dialog.setAcceptMode(modes.AcceptSave if saving else modes.AcceptOpen)
    dialog.setFileMode(kinds.AnyFile if saving else kinds.ExistingFile)
    dialog.setHistory([])
    dialog.setSidebarUrls([QUrl.fromLocalFile(place) for place in _places()])
    if folder.suffix:
        dialog.setDirectory(str(folder.parent))
        dialog.selectFile(folder.name)
        dialog.setDefaultSuffix(folder.suffix.lstrip("."))
    for box in dialog.findChildren(QDialogButtonBox):
        for button in box.buttons():
            accepts = box.buttonRole(button) is QDialogButtonBox.ButtonRole.AcceptRole
            button.setProperty("kind", "primary" if accepts else "quiet")
            button.setMinimumSize(button.fontMetrics().height() * 5, _high(button))
            button.style().unpolish(button)
            button.style().polish(button)
    for splitter in dialog.findChildren(QSplitter):
        splitter.setSizes([SIDE, WIDTH - SIDE])
    room = parent.screen().availableSize()
    dialog.resize(min(WIDTH, room.width()), min(HEIGHT, room.height()))
    dialog.finished.connect(lambda _code: _forget())
    return dialog


def _keep_no_history() -> None:
    """Send what Qt would write of its own to nowhere, where it lies in files."""
    native, user = QSettings.Format.NativeFormat, QSettings.Scope.UserScope
    QSettings.setPath(native, user, os.devnull)


def _forget() -> None:
    """Take out what Qt wrote of its own, where no file but a registry holds it."""
    if sys.platform in ("win32", "darwin"):
        QSettings(QSettings.Scope.UserScope, _QT).remove("FileDialog")


def _places() -> list[str]:
    """Return home, the documents, the desktop, and each stick."""
    known = QStandardPaths.StandardLocation
    wanted = (known.HomeLocation, known.DocumentsLocation, known.DesktopLocation)
    own = [QStandardPaths.writableLocation(place) for place in wanted]
    volumes = [one.rootPath() for one in QStorageInfo.mountedVolumes() if one.isReady()]
    found = [*own, *(root for root in volumes if root.startswith(STICKS) or root[1:2] == ":")]
    return [place for place in dict.fromkeys(found) if Path(place).is_dir()]


def _high(button: QWidget) -> int:
    return round(button.fontMetrics().height() * 1.8)
