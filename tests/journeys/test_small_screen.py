"""Every place at 200 % on 1024 x 600: no word is cut, nothing lies beside the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from tests.journeys.places import PLACES, Table, put_away, show, shown_inside
from ui.theme import Look, apply_theme
from ui.views.base import View
from ui.widgets.text import OneLine

WIDTH, HEIGHT = 1024, 600
SLACK = 2


@pytest.fixture
def table(qapp: QApplication, tmp_path: Path) -> Iterator[Table]:
    """Return a table, with all written twice as large."""
    apply_theme(qapp, Look.LIGHT, 200)
    own = tmp_path / "place"
    own.mkdir()
    made = Table(own)
    yield made
    made.clear()
    apply_theme(qapp, Look.LIGHT, 100)


@pytest.mark.parametrize("name", list(PLACES))
def test_no_words_are_cut_at_twice_the_size_on_a_small_screen(name: str, table: Table) -> None:
    view = PLACES[name](table)
    show(view, WIDTH, HEIGHT)
    words = [part for part in shown_inside(view) if isinstance(part, QLabel | QAbstractButton)]
    cut = [said(part) for part in words if too_small(part) or beside(part, view)]
    size = (view.width(), view.height())
    put_away(view)
    assert cut == []
    assert size == (WIDTH, HEIGHT)


def said(part: QWidget) -> str:
    text = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
    return f"{type(part).__name__} {text or part.accessibleName()!r} {part.size().toTuple()}"


def too_small(part: QWidget) -> bool:
    """Return whether its words need more room than it has; one line may be cut with a tooltip."""
    if isinstance(part, OneLine):
        return False
    if isinstance(part, QLabel) and part.wordWrap():
        return part.height() + SLACK < part.heightForWidth(part.width())
    if isinstance(part, QLabel):
        return bool(part.text()) and part.width() + SLACK < part.sizeHint().width()
    if not part.text():  # an icon alone
        return False
    hint = part.minimumSizeHint()
    return part.width() + SLACK < hint.width() or part.height() + SLACK < hint.height()


def beside(part: QWidget, view: View) -> bool:
    """Return whether a part of it lies where no scrolling up and down brings it into sight."""
    place = part.mapTo(view, QPoint())
    return place.x() < -SLACK or place.x() + part.width() > view.width() + SLACK
