"""Work beside pages: narrow and wide again, both look as they did before."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ui.tasks import Tasks
from ui.views.charter_pages import Pages, Paper, Split


def test_what_was_stacked_looks_as_before_once_it_is_wide_again(qtbot: QtBot) -> None:
    work, pages = QWidget(), Pages(Tasks())
    split = Split(work, pages)
    qtbot.addWidget(split)
    split.show()
    seen = []
    for width in (1366, 700, 1366):
        split.resize(width, 500)
        split.restyle()
        seen.append((split._stacked, work.autoFillBackground(), pages.minimumHeight()))
    assert seen[0] == seen[2]
    assert seen[1] == (True, False, 460)
    assert seen[0][:2] == (False, False)


@pytest.mark.parametrize("height", range(400, 420))
def test_the_whole_page_shows_at_every_height(qtbot: QtBot, height: int) -> None:
    pages = Pages(Tasks())
    qtbot.addWidget(pages)
    pages.resize(700, height)
    pages.show()
    paper = pages.findChildren(Paper)[0]
    area = pages.findChildren(QScrollArea)[0]
    assert 0 < paper.height() <= area.viewport().height()
