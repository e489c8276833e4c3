"""The record's changes as a Qt signal, so that views connect instead of listening."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from partnerdesk.store import Store


class StoreSignals(QObject):
    """Emits `changed(Edit)` after each commit of one open store, on the thread that committed."""

    changed = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        """Listen to `store` until `close`."""
        super().__init__(parent)
        self._unlisten = store.listen(self.changed.emit)

    def close(self) -> None:
        """Stop listening; call before the store closes."""
        self._unlisten()
