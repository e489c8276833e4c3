"""What this program copies stays on the clipboard for half a minute, out of its history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

Owns = Callable[[QClipboard.Mode], bool]
SECONDS = 30
OURS = "application/x-partnerdesk"
HINTS = {
    OURS: b"1",
    "x-kde-passwordManagerHint": b"secret",
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "application/x-nspasteboard-concealed-type": b"1",
}
"""What tells clipboard histories, by their own formats, to leave it out."""


class Clip(QObject):
    """Watches the clipboard; only what this program put there is marked, and taken away again."""

    def __init__(self, parent: QObject, owns: Owns | None = None) -> None:
        """Begin to watch; `owns` stands for the system, which tells whose the content is."""
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._owns = owns or _owned
        self._clipboard.dataChanged.connect(self._on_changed)
        self.timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self.timer.timeout.connect(self.clear)

    def clear(self) -> None:
        """Take what is ours off the clipboard, and off the mouse's middle button."""
        self.timer.stop()
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            if self._owns(mode):
                self._clipboard.clear(mode)

    def _on_changed(self) -> None:
        """Mark what we copied, and wait; what others copied is theirs."""
        if not self._owns(QClipboard.Mode.Clipboard):
            self.timer.stop()
        elif not self._is_marked() and self._clipboard.text():
            self._clipboard.setMimeData(_marked(self._clipboard.text()))
            self.timer.start()

    def _is_marked(self) -> bool:
        data = self._clipboard.mimeData()
        return data is not None and data.hasFormat(OURS)


def _owned(mode: QClipboard.Mode) -> bool:
    clipboard = QGuiApplication.clipboard()
    if mode is QClipboard.Mode.Selection:
        return clipboard.supportsSelection() and clipboard.ownsSelection()
    return clipboard.ownsClipboard()


def _marked(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    for name, value in HINTS.items():
        data.setData(name, value)
    return data
