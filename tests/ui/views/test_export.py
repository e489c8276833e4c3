"""The ways out of the window: the export menu, the clipboard, and print from memory."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import docx
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from partnerdesk import ceremony
from partnerdesk.copies import Form
from partnerdesk.flow.versions import charter_pdf, close_version, versions
from tests.recording import RecordingMessages
from ui.theme import Look, apply_theme
from ui.views.charter import CharterView
from ui.views.export import ExportButton
from ui.views.print_dialog import PrintDialog
from ui.views.print_job import Sides, paper_of
from ui.views.sign import SignView
from ui.views.workplace import Workplace

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CLAUSE = "All minutes are in Swahili first and English second, within five days."
Show = Callable[[], CharterView]


class Paper(QPrinter):
    """Prints into a PDF, which has no sides to choose: it notes which ones were asked for."""

    asked: QPrinter.DuplexMode | None = None

    def setDuplex(self, duplex: QPrinter.DuplexMode) -> None:
        self.asked = duplex


@pytest.fixture
def show(qtbot: QtBot, workshop: Workplace) -> Iterator[Show]:
    """Return what opens the charter view with its draft drawn; dialogs and work end with it."""
    made: list[CharterView] = []

    def opened() -> CharterView:
        view = CharterView(workshop)
        qtbot.addWidget(view)
        view.resize(1366, 768)
        view.show()
        qtbot.waitUntil(lambda: view._draft is not None, timeout=20_000)
        made.append(view)
        return view

    yield opened
    for view in made:
        view.closing()
        workshop.tasks.wait_for_done()


def choose(button: ExportButton, words: str) -> None:
    """Press an entry of the menu by its words."""
    entry = next(a for a in button.actions_offered() if a.text().split("\t")[0] == words)
    entry.trigger()


def sign_all(work: Workplace) -> str:
    version_id = ceremony.freeze(work.store, work.guide, NOW)
    for block in ceremony.blocks_of(work.store, version_id):
        mark = ceremony.generated_mark(block)
        ceremony.sign_block(work.store, version_id, block, mark, NOW)
    close_version(work.store, version_id)
    return version_id


def dialog_of(qtbot: QtBot, view: CharterView | SignView) -> PrintDialog:
    qtbot.waitUntil(lambda: view.findChild(PrintDialog) is not None, timeout=20_000)
    found = view.findChild(PrintDialog)
    assert found is not None
    return found


def pages(path: Path) -> list[tuple[float, float]]:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return [page.get_size() for page in document]
    finally:
        document.close()


@pytest.fixture
def printing(
    qtbot: QtBot, show: Show, tmp_path: Path, workshop: Workplace
) -> tuple[PrintDialog, list[Paper], Path]:
    """Return the dialog on the draft, the printers it made, and the paper they print on."""
    view, out, made = show(), tmp_path / "paper.pdf", list[Paper]()

    def printer(_name: str) -> QPrinter:
        one = Paper(QPrinter.PrinterMode.ScreenResolution)
        one.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        one.setOutputFileName(str(out))
        made.append(one)
        return one

    assert view._draft is not None
    dialog = PrintDialog(view, workshop, view._draft.pdf, lambda: ["Office"], printer)
    dialog.open()
    return dialog, made, out


def test_the_menu_names_every_way_out(show: Show) -> None:
    view = show()
    words = [a.text().split("\t")[0] for a in view.export.actions_offered()]
    assert words == [
        "PDF",
        "PDF for everybody, without people's names",
        "Word file",
        "Poster, one page",
        "Plain text",
        "Word file in large print",
        "Copy as plain text",
        "Print",
    ]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_pressing_the_button_opens_the_menu(qtbot: QtBot, show: Show) -> None:
    view = show()
    view.export.setFocus()
    qtbot.keyClick(view.export, Qt.Key.Key_Space)
    assert view.export._menu.isVisible()
    view.export._menu.close()


@pytest.mark.parametrize(
    ("words", "name", "begins"),
    [
        ("PDF", "c.pdf", b"%PDF"),
        ("Word file", "c.docx", b"PK"),
        ("Poster, one page", "p.pdf", b"%PDF"),
        ("Plain text", "c.txt", b"Lake Basin"),
    ],
)
def test_each_form_is_written_where_it_is_asked_for(
    qtbot: QtBot,
    show: Show,
    messages: RecordingMessages,
    tmp_path: Path,
    words: str,
    name: str,
    begins: bytes,
) -> None:
    view = show()
    messages.path = tmp_path / name
    choose(view.export, words)
    qtbot.waitUntil(messages.path.exists, timeout=20_000)
    assert messages.path.read_bytes().startswith(begins)
    assert messages.told == []


def test_the_word_file_of_a_draft_holds_its_clauses_and_says_draft(
    qtbot: QtBot, show: Show, messages: RecordingMessages, tmp_path: Path
) -> None:
    view = show()
    messages.path = tmp_path / "c.docx"
    view.export.chosen.emit(Form.WORD)
    qtbot.waitUntil(messages.path.exists, timeout=20_000)
    document = docx.Document(io.BytesIO(messages.path.read_bytes()))
    told = "\n".join(p.text for p in document.paragraphs)
    assert CLAUSE in told
    assert "Draft, not for signing" in told


def test_a_signed_charter_leaves_as_the_very_file_that_was_signed(
    qtbot: QtBot, show: Show, workshop: Workplace, messages: RecordingMessages, tmp_path: Path
) -> None:
    version_id = sign_all(workshop)
    view = show()
    messages.path = tmp_path / "c.pdf"
    choose(view.export, "PDF")
    qtbot.waitUntil(messages.path.exists, timeout=20_000)
    assert messages.path.read_bytes() == charter_pdf(workshop.store, version_id)


def test_the_text_goes_to_the_clipboard(qtbot: QtBot, show: Show) -> None:
    view = show()
    QGuiApplication.clipboard().clear()
    choose(view.export, "Copy as plain text")
    qtbot.waitUntil(lambda: CLAUSE in QGuiApplication.clipboard().text(), timeout=20_000)
    assert "Not signed." in QGuiApplication.clipboard().text()


def test_work_that_is_stopped_writes_no_file(
    qtbot: QtBot, show: Show, messages: RecordingMessages, tmp_path: Path, workshop: Workplace
) -> None:
    view = show()
    messages.path = tmp_path / "c.docx"
    messages.path.write_bytes(b"the old file")
    choose(view.export, "Word file")
    assert view.outlet._task is not None
    assert view.outlet._task.words == "The file is being made: Word file"
    view.outlet._task.stop()
    workshop.tasks.wait_for_done()
    qtbot.waitUntil(lambda: not workshop.tasks.is_busy(), timeout=20_000)
    assert messages.path.read_bytes() == b"the old file"
    assert view.scaffold.toast.text() == "Stopped. Nothing was written."


def test_a_file_that_cannot_be_written_is_told(
    qtbot: QtBot, show: Show, messages: RecordingMessages, tmp_path: Path
) -> None:
    view = show()
    messages.path = tmp_path / "nowhere" / "c.txt"
    choose(view.export, "Plain text")
    qtbot.waitUntil(lambda: bool(messages.told), timeout=20_000)
    assert "could not be written" in messages.told[0]


def test_the_finished_signing_offers_every_way_out(
    qtbot: QtBot, workshop: Workplace, messages: RecordingMessages, tmp_path: Path
) -> None:
    version_id = sign_all(workshop)
    view = SignView(workshop, version_id)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    assert view.export.isVisible()
    messages.path = tmp_path / "p.pdf"
    choose(view.export, "Poster, one page")
    qtbot.waitUntil(messages.path.exists, timeout=20_000)
    assert len(pages(messages.path)) == 1
    view.closing()
    workshop.tasks.wait_for_done()
    qtbot.waitUntil(lambda: not workshop.tasks.is_busy(), timeout=20_000)


def test_before_the_last_signature_there_is_no_way_out(qtbot: QtBot, workshop: Workplace) -> None:
    view = SignView(workshop)
    qtbot.addWidget(view)
    view.show()
    assert not view.export.isVisible()
    assert not view.outlet.actions.get("print").isEnabled()
    assert not versions(workshop.store)
    view.closing()


def test_control_p_offers_the_pages_as_they_print(qtbot: QtBot, show: Show) -> None:
    view = show()
    assert view.outlet.actions.get("print").shortcut().toString() == "Ctrl+P"
    view.outlet.actions.get("print").trigger()
    dialog = dialog_of(qtbot, view)
    qtbot.waitUntil(lambda: not dialog.pages._paper._image.isNull(), timeout=20_000)
    assert dialog.isVisible()
    dialog.reject()


def test_a_range_of_pages_is_printed_in_copies_under_a_title_that_tells_nothing(
    qtbot: QtBot, printing: tuple[PrintDialog, list[Paper], Path]
) -> None:
    dialog, printers, out = printing
    dialog.first.set_value(2)
    dialog.last.set_value(4)
    dialog.copies.set_value(2)
    with qtbot.waitSignal(dialog.accepted, timeout=30_000):
        dialog.print.click()
    assert printers[0].docName() == "Document"
    count = len(pages(out))
    assert count * (2 if printers[0].supportsMultipleCopies() else 1) == 6
    assert pages(out)[0] == pytest.approx((595, 842), abs=1)
    assert b"Lake Basin" not in out.read_bytes()


def test_grey_prints_no_colour_and_both_sides_are_asked_for(
    qtbot: QtBot, printing: tuple[PrintDialog, list[Paper], Path]
) -> None:
    dialog, printers, out = printing
    dialog.last.set_value(1)
    dialog.grey.click()
    dialog.sides.set_value(Sides.LONG.value)
    paper = dialog.pages._paper
    qtbot.waitUntil(lambda: paper._image.isGrayscale() and not paper._image.isNull())
    with qtbot.waitSignal(dialog.accepted, timeout=30_000):
        dialog.print.click()
    assert printers[0].colorMode() is QPrinter.ColorMode.GrayScale
    assert printers[0].asked is QPrinter.DuplexMode.DuplexLongSide
    document = pypdfium2.PdfDocument(out.read_bytes())
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    red, green, blue = (band.tobytes() for band in picture.split())
    assert red == green == blue


def test_numbers_that_make_no_sense_print_nothing_and_say_why(
    printing: tuple[PrintDialog, list[Paper], Path],
) -> None:
    dialog, printers, _out = printing
    dialog.first.set_value(5)
    dialog.last.set_value(2)
    assert not dialog.print.isEnabled()
    assert "Pages go from 1 to" in dialog._note.text()
    dialog.start()
    assert printers == []
    dialog.last.set_value(5)
    assert dialog.print.isEnabled()
    assert dialog._note.text() == "1 sheet of paper"


def test_a_print_that_is_stopped_goes_no_further(
    qtbot: QtBot, printing: tuple[PrintDialog, list[Paper], Path], workshop: Workplace
) -> None:
    dialog, _printers, out = printing
    dialog.print.click()
    assert dialog.job is not None
    assert dialog.job._whole is not None
    assert dialog.job._whole.words == "The pages go to the printer."
    dialog.job._whole.stop()
    assert dialog.job is None
    assert dialog.print.isEnabled()
    workshop.tasks.wait_for_done()
    qtbot.waitUntil(lambda: not workshop.tasks.is_busy(), timeout=20_000)
    assert not out.exists()


def test_a_printer_that_does_not_answer_is_told(
    qtbot: QtBot,
    show: Show,
    workshop: Workplace,
    messages: RecordingMessages,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ui.views.print_job.QPainter.begin", lambda *_given: False)
    view = show()
    assert view._draft is not None
    dialog = PrintDialog(
        view, workshop, view._draft.pdf, lambda: ["Office"], lambda _name: QPrinter()
    )
    dialog.open()
    dialog.print.click()
    qtbot.waitUntil(lambda: bool(messages.told), timeout=20_000)
    assert "printer does not answer" in messages.told[0]
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.parametrize("percent", [100, 200])
def test_everything_in_the_dialog_has_a_name_and_fits_a_small_screen(
    qapp: QApplication, show: Show, workshop: Workplace, percent: int
) -> None:
    view = show()
    assert view._draft is not None
    apply_theme(qapp, Look.LIGHT, percent)
    dialog = PrintDialog(view, workshop, view._draft.pdf, lambda: ["Office"])
    dialog.open()
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    parts = [w for kind in kinds for w in dialog.findChildren(kind) if w.isVisibleTo(dialog)]
    assert len(parts) == 11
    for one in parts:
        assert QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name), one
    least = dialog.minimumSizeHint()
    assert (least.width() <= 1024, least.height() <= 600) == (True, True)
    dialog.reject()
    apply_theme(qapp, Look.LIGHT)


def test_without_a_printer_it_says_what_to_do(show: Show, workshop: Workplace) -> None:
    view = show()
    assert view._draft is not None
    dialog = PrintDialog(view, workshop, view._draft.pdf, list)
    dialog.open()
    assert not dialog.print.isEnabled()
    assert "Export the PDF" in dialog._note.text()
    dialog.reject()


def test_a_letter_page_is_printed_on_letter() -> None:
    sizes = QPageSize.PageSizeId
    assert paper_of(QImage(1700, 2200, QImage.Format.Format_RGB32).size()).id() is sizes.Letter
    assert paper_of(QImage(2100, 2970, QImage.Format.Format_RGB32).size()).id() is sizes.A4
