"""The least that PySide6 can show: an empty main window."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QMainWindow

from bench.settling import watched


def main() -> int:
    """Show the window and return its exit status."""
    app = watched()
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
