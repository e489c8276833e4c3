"""The check of a charter shows what changed in pictures, and takes a dropped file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from partnerdesk import ceremony
from partnerdesk.flow.versions import charter_pdf
from partnerdesk.signing.report import Verdict
from tests.core.signing.attacks import increment, replace_page
from ui.views.charter_pages import Paper
from ui.views.verify import VerifyView
from ui.views.verify_pages import ChangedPages
from ui.views.workplace import Workplace

AT = datetime(2026, 11, 19, 14, 8, tzinfo=UTC)
Check = Callable[[str], VerifyView]


@pytest.fixture
def check(qtbot: QtBot, workshop: Workplace) -> Iterator[Check]:
    """Return what shows the view on the file at a path."""

    def made(path: str) -> VerifyView:
        view = VerifyView(workshop, path)
        qtbot.addWidget(view)
        view.resize(1366, 768)
        with qtbot.waitExposed(view):
            view.show()
        return view

    yield made
    workshop.tasks.wait_for_done()


@pytest.fixture
def signed(workshop: Workplace) -> bytes:
    """Return a charter with one of three signatures."""
    version_id = ceremony.freeze(workshop.store, workshop.guide, AT)
    block = ceremony.blocks_of(workshop.store, version_id)[0]
    ceremony.sign_block(workshop.store, version_id, block, ceremony.generated_mark(block), AT)
    return charter_pdf(workshop.store, version_id)


def texts(view: VerifyView) -> str:
    """Return all words that show."""
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisibleTo(view))


def pictures(qtbot: QtBot, view: VerifyView) -> list[str]:
    """Wait until the pictures show, and return their names."""

    def shown() -> list[Paper]:
        return [
            one
            for pages in view.findChildren(ChangedPages)
            for one in pages.findChildren(Paper)
            if one.isVisible() and one.height() > 50
        ]

    qtbot.waitUntil(lambda: bool(shown()), timeout=40_000)
    return [one.accessibleName() for one in shown()]


def test_a_changed_page_stands_beside_what_was_signed(
    qtbot: QtBot, check: Check, signed: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "changed.pdf"
    path.write_bytes(increment(replace_page)(signed))
    view = check(str(path))
    names = pictures(qtbot, view)
    assert names == ["Page 1, as it was signed", "Page 1, as it is now"]
    assert view.report is not None
    assert view.report.verdict is Verdict.CHANGED
    assert "What changed" in texts(view)
    assert "Do not rely on this file." in texts(view)


def test_a_foreign_file_is_shown_as_it_is(qtbot: QtBot, check: Check, workshop: Workplace) -> None:
    path = workshop.store.path.with_name("draft.pdf")
    now = ceremony.record(workshop.store, workshop.guide)
    path.write_bytes(ceremony.draft_pdf(now))
    view = check(str(path))
    names = pictures(qtbot, view)
    assert names == [f"Page {n + 1}" for n in range(6)]
    assert "They prove nothing by themselves." in texts(view)


def test_a_file_dropped_anywhere_on_the_page_is_checked(
    qtbot: QtBot, check: Check, tmp_path: Path
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"no charter")
    view = check("")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(view.rect().center(), copy, data, left, none)
    QApplication.sendEvent(view, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(view.rect().center()), copy, data, left, none)
    QApplication.sendEvent(view, drop)
    assert drop.isAccepted()
    qtbot.waitUntil(lambda: view.report is not None, timeout=40_000)
    assert "The file is not a PDF." in texts(view)
