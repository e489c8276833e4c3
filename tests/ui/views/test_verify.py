"""The check of a charter: one of three words with its reasons, with and without an open file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from partnerdesk import ceremony
from partnerdesk.exchange.known import remember
from partnerdesk.flow.versions import charter_pdf, versions
from partnerdesk.signing.report import Verdict
from tests.recording import RecordingMessages
from ui.theme import Look, apply_theme
from ui.views.place import Go, Place
from ui.views.verify import VerifyView, drawable
from ui.views.workplace import Hall, Workplace

Check = Callable[..., VerifyView]
AT = datetime(2026, 11, 19, 14, 8, tzinfo=UTC)


@pytest.fixture
def hall(workshop: Workplace) -> Hall:
    """Return a hall without an open partnership."""
    work = workshop
    return Hall(work.tasks, work.messages, work.files, work.go, work.menu)


@pytest.fixture
def charter(workshop: Workplace, tmp_path: Path) -> Path:
    """Return the path of a charter with one of three signatures."""
    version_id = ceremony.freeze(workshop.store, workshop.guide, AT)
    block = ceremony.blocks_of(workshop.store, version_id)[0]
    mark = ceremony.generated_mark(block)
    ceremony.sign_block(workshop.store, version_id, block, mark, AT)
    path = tmp_path / "Lake Basin.pdf"
    path.write_bytes(charter_pdf(workshop.store, version_id))
    return path


@pytest.fixture
def check(qtbot: QtBot, hall: Hall) -> Iterator[Check]:
    """Return what shows the view on a file and waits for its answer."""

    def made(path: Path, work: Hall = hall, width: int = 1366, height: int = 768) -> VerifyView:
        view = VerifyView(work, str(path))
        qtbot.addWidget(view)
        view.resize(width, height)
        with qtbot.waitExposed(view):
            view.show()
        qtbot.waitUntil(lambda: view.report is not None, timeout=40_000)
        return view

    yield made
    hall.tasks.wait_for_done()


def texts(view: VerifyView) -> str:
    """Return all words that show."""
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisibleTo(view))


def verdict(view: VerifyView) -> Verdict:
    """Return the answer that shows."""
    assert view.report is not None
    return view.report.verdict


def test_an_unknown_ceremony_cannot_be_told_until_the_words_from_paper_are_typed(
    qtbot: QtBot, check: Check, charter: Path, workshop: Workplace
) -> None:
    view = check(charter)
    assert verdict(view) is Verdict.CANNOT_TELL
    assert "a ceremony that this laptop does not know" in texts(view)
    assert view.result is not None
    qtbot.keyClicks(view.result.typed.editor, "harbour")
    view.result.compare.click()
    assert view.result.typed.error()
    view.result.typed.editor.setText(" ".join(versions(workshop.store)[0].words))
    view.result.compare.click()
    qtbot.waitUntil(
        lambda: view.report is not None and view.report.verdict is Verdict.UNCHANGED,
        timeout=40_000,
    )
    assert "The words from paper fit." in texts(view)


def test_a_known_charter_is_unchanged_and_tells_who_when_and_who_is_awaited(
    check: Check, charter: Path, workshop: Workplace
) -> None:
    remember(versions(workshop.store)[0].fingerprint)
    view = check(charter)
    assert verdict(view) is Verdict.UNCHANGED
    words = texts(view)
    assert "Rose Anyango" in words
    assert "19 November 2026, 14:08" in words
    assert "Still awaited in this copy" in words
    assert "This laptop knows this charter." in words


def test_the_open_partnership_knows_its_own_ceremonies(
    check: Check, charter: Path, workshop: Workplace
) -> None:
    assert verdict(check(charter, workshop)) is Verdict.UNCHANGED


def test_a_changed_file_is_told_and_its_pages_are_not_drawn_here(
    check: Check, charter: Path
) -> None:
    charter.write_bytes(charter.read_bytes() + b"\n% more\n")
    view = check(charter)
    assert verdict(view) is Verdict.CHANGED
    assert "Something was added to the file" in texts(view)
    assert view.report is not None
    assert not drawable(view.report)
    assert not view.pages.isVisibleTo(view)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (b"PK no pdf", "The file is not a PDF."),
        (b"%PDF-1.7\n" + b"0" * 20_000_001, "The file is larger than 20 MB."),
    ],
    ids=["empty", "other", "huge"],
)
def test_what_is_no_charter_cannot_be_told_and_says_why(
    check: Check, tmp_path: Path, data: bytes, reason: str
) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    view = check(path)
    assert verdict(view) is Verdict.CANNOT_TELL
    assert reason in texts(view)


def test_a_truncated_charter_is_never_called_unchanged(check: Check, charter: Path) -> None:
    charter.write_bytes(charter.read_bytes()[:-300])
    assert verdict(check(charter)) is not Verdict.UNCHANGED


def test_a_file_that_is_gone_is_told(
    qtbot: QtBot, hall: Hall, messages: RecordingMessages, tmp_path: Path
) -> None:
    view = VerifyView(hall, str(tmp_path / "gone.pdf"))
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: bool(messages.told), timeout=10_000)
    assert "gone.pdf cannot be read" in messages.told[0]


def test_a_dropped_file_is_checked(qtbot: QtBot, hall: Hall, tmp_path: Path) -> None:
    path = tmp_path / "dropped.pdf"
    path.write_bytes(b"")
    view = VerifyView(hall)
    qtbot.addWidget(view)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    view.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, none))
    qtbot.waitUntil(lambda: view.report is not None, timeout=20_000)
    assert "The file is empty." in texts(view)


def test_the_result_is_saved_as_text(
    check: Check, messages: RecordingMessages, tmp_path: Path
) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(b"")
    view = check(path)
    messages.path = tmp_path / "result.txt"
    view.save.click()
    assert messages.path.read_text("utf-8").startswith("file.pdf\n\nCannot tell")


def test_back_leads_home_or_to_the_charter(
    qtbot: QtBot, hall: Hall, workshop: Workplace, desk: object
) -> None:
    for around, place in ((hall, Go.HOME), (workshop, Go.CHARTER)):
        view = VerifyView(around)
        qtbot.addWidget(view)
        view.scaffold.footer.back.click()
        assert desk.places[-1] == Place(place)  # type: ignore[attr-defined]  # the fake desk


@pytest.mark.parametrize(("width", "height", "percent"), [(1024, 600, 100), (1366, 768, 200)])
def test_everything_has_a_name_and_nothing_is_wider_than_the_window(
    check: Check,
    charter: Path,
    qapp: QApplication,
    plain_theme: None,
    width: int,
    height: int,
    percent: int,
) -> None:
    apply_theme(qapp, Look.LIGHT, percent)
    view = check(charter, width=width, height=height)
    assert view.minimumSizeHint().width() <= width
    kinds = (QAbstractButton, QLineEdit)
    for one in [w for kind in kinds for w in view.findChildren(kind) if w.isVisibleTo(view)]:
        assert QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name), one
