"""The window fits its screen, whatever that is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from ui import app as start


@pytest.mark.parametrize(
    ("screen", "size", "whole"),
    [
        ((1024, 600), (1024, 600), True),
        ((1366, 768), (1366, 768), True),
        ((1600, 800), (1366, 768), True),  # its frame would not fit above it
        ((1920, 1080), (1366, 768), False),
    ],
)
def test_a_small_screen_is_filled_and_a_large_one_is_not(
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    screen: tuple[int, int],
    size: tuple[int, int],
    whole: bool,
) -> None:
    monkeypatch.setattr(start, "_free", lambda _app: QSize(*screen))
    assert start.fitting(qapp) == QSize(*size)
    assert start.fills(qapp) is whole
