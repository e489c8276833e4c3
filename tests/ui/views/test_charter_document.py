"""The document: what partners choose beside the clauses, part by part, in the window."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from partnerdesk import ceremony
from partnerdesk.copies import Form
from partnerdesk.flow import choices, enclosures, ending, figures, translations
from partnerdesk.flow.agree import change_clause, clauses
from partnerdesk.flow.logos import logos
from partnerdesk.flow.record import record
from partnerdesk.flow.versions import Version, VersionState, close_version
from partnerdesk.model.closing import Closing, Ending
from tests.recording import RecordingMessages
from ui.views.charter import CharterView
from ui.views.charter_document import DocumentPage, offers
from ui.views.charter_sections import DOCUMENT
from ui.views.document_ending import EndingPart, ending_summary
from ui.views.document_state import read_document
from ui.views.document_versions import VersionPart
from ui.views.place import ENDING, Go, Place
from ui.views.sign import SignView
from ui.views.workplace import Workplace
from ui.widgets.fields import ChoiceField
from ui.widgets.runs import MarkedWords

Show = Callable[..., CharterView]
AT = datetime(2026, 11, 19, 14, 8, tzinfo=UTC)
PATIENCE = 30_000


@pytest.fixture
def work(workshop: Workplace) -> Workplace:
    return workshop


@pytest.fixture
def show(qtbot: QtBot, work: Workplace) -> Show:
    """Return what shows one part of the document."""

    def made(part: str = "", key: str = DOCUMENT) -> CharterView:
        view = CharterView(work, key)
        qtbot.addWidget(view)
        view.resize(1366, 768)
        with qtbot.waitExposed(view):
            view.show()
        if part:
            view.document().open_part(part)
        return view

    return made


def texts(view: QWidget) -> str:
    """Return all words that show."""
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisibleTo(view))


def named(view: QWidget, name: str) -> QWidget:
    """Return what shows and is called `name` by ear."""
    found = (w for w in view.findChildren(QWidget) if w.accessibleName() == name)
    return next(w for w in found if w.isVisibleTo(view))


def press(qtbot: QtBot, view: QWidget, name: str) -> None:
    """Press the button that shows and begins with `name`."""
    buttons = (b for b in view.findChildren(QAbstractButton) if b.isVisibleTo(view))
    words = (b for b in buttons if (b.accessibleName() or b.text()).startswith(name))
    qtbot.mouseClick(next(words), Qt.MouseButton.LeftButton)


def tick(view: QWidget, name: str) -> None:
    """Tick the box that begins with `name`."""
    boxes = (b for b in view.findChildren(QCheckBox) if b.isVisibleTo(view))
    next(b for b in boxes if (b.accessibleName() or b.text()).startswith(name)).click()


def pick(view: QWidget, name: str, key: str) -> None:
    """Choose `key` in the field called `name`."""
    field = named(view, name)
    assert isinstance(field, ChoiceField)
    field.setCurrentIndex(field.findData(key))
    field.activated.emit(field.currentIndex())


def sign_all(work: Workplace) -> str:
    """Freeze, sign and close a version."""
    version_id = ceremony.freeze(work.store, work.guide, AT)
    for block in ceremony.blocks_of(work.store, version_id):
        mark = ceremony.generated_mark(block)
        ceremony.sign_block(work.store, version_id, block, mark, AT)
    close_version(work.store, version_id)
    return version_id


def test_the_overview_says_what_is_chosen_and_leads_to_each_part_by_keyboard(
    qtbot: QtBot, work: Workplace, show: Show
) -> None:
    choices.choose_languages(work.store, ("en", "sw"), prevailing="sw")
    view = show(key="C9")
    qtbot.keyClick(view.rail.rows()[0], Qt.Key.Key_Space)
    page = view.document()
    assert view.section == DOCUMENT
    for words in ("A4, print: Usual", "English, Swahili; Swahili counts", "Nothing is enclosed"):
        assert words in texts(view)
    for name, offer in offers().items():
        button = named(view, offer.named)
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert page.name == name
        assert offer.title in texts(view)
        press(qtbot, view, "All of the document")
        assert page.name == ""
    assert view.document() is page


def test_an_annex_is_chosen_and_comes_back_by_undo(work: Workplace, show: Show) -> None:
    view = show("annexes")
    tick(view, "B  ")
    assert choices.options_of(work.store).annexes == ("B", "D", "F")
    work.store.undo()
    assert choices.options_of(work.store).annexes == ("D", "F")
    boxes = [b for b in view.findChildren(QCheckBox) if b.isVisibleTo(view)]
    assert not next(b for b in boxes if b.text().startswith("B  ")).isChecked()


def test_a_figure_waits_for_every_partner(work: Workplace, show: Show) -> None:
    view = show("annexes")
    assert "0 of 3 partners let it show. It is not printed." in texts(view)
    for partner in record(work.store, work.guide).partners:
        tick(view, f"{partner.name} lets this figure show: Who needs whom")
    assert "Every partner lets it show, so it is printed." in texts(view)
    assert [one.activity for one in figures.agreed_figures(work.store, work.guide)] == [
        "dependence"
    ]


def test_a_clause_is_translated_beside_its_original_in_its_own_direction(
    qtbot: QtBot, work: Workplace, show: Show
) -> None:
    view = show("languages")
    tick(view, "Arabic")
    pick(view, "Counts where they differ", "ar")
    options = choices.options_of(work.store)
    assert (options.languages, options.prevailing) == (("en", "ar"), "ar")
    assert "These headings await a reader who speaks the language: Arabic." in texts(view)
    one = next(c for c in clauses(work.store) if c.section == "C9")
    field = named(view, "Clause 9.1 in Arabic")
    assert isinstance(field, QPlainTextEdit)
    assert field.layoutDirection() == Qt.LayoutDirection.RightToLeft
    field.setPlainText("القرار للجميع")
    view.document().flush()
    assert translations.translation_of(work.store, one.id, "ar").words == "القرار للجميع"
    assert named(view, "Clause 9.1 in Arabic") is field  # who types is not disturbed
    change_clause(work.store, one.id, text="Other words")
    assert "The clause changed. Not used until you check." in texts(view)
    press(qtbot, view, "Clause 9: it says the same again")
    assert not translations.translation_of(work.store, one.id, "ar").stale


def test_an_entry_is_enclosed_changed_and_taken_out(
    qtbot: QtBot, work: Workplace, show: Show
) -> None:
    view = show("enclosures")
    press(qtbot, view, "Add a contact")
    press(qtbot, view, "Add a contact")
    form = view.findChildren(QPlainTextEdit)
    assert form  # the money principle is still there, beside the form
    qtbot.keyClicks(named(view, "Name"), "Rose")
    qtbot.keyClicks(named(view, "How to reach"), "+254 700")
    last = [b for b in view.findChildren(QAbstractButton) if b.text() == "Add a contact"][-1]
    qtbot.mouseClick(last, Qt.MouseButton.LeftButton)
    (contact,) = enclosures.enclosures_of(work.store).contacts
    assert (contact.name, contact.reach) == ("Rose", "+254 700")
    assert "Annex H prints this, and is not chosen yet." in texts(view)
    press(qtbot, view, "Take out: Rose")
    assert enclosures.enclosures_of(work.store).contacts == ()


def test_a_logo_is_taken_from_a_file_and_what_is_no_picture_is_told(
    qtbot: QtBot, work: Workplace, show: Show, messages: RecordingMessages, tmp_path: Path
) -> None:
    bad, good, made = tmp_path / "bad.png", tmp_path / "good.png", io.BytesIO()
    bad.write_bytes(b"\x89PNG nothing")
    Image.new("RGB", (900, 300), "teal").save(made, "PNG")
    good.write_bytes(made.getvalue())
    view = show("paper")
    pick(view, "Size of print", "160")
    assert choices.print_of(work.store) == 160
    messages.path = bad
    press(qtbot, view, "Choose a logo for")
    qtbot.waitUntil(lambda: bool(messages.told), timeout=PATIENCE)
    assert "PNG or JPEG" in messages.told[0]
    messages.path = good
    press(qtbot, view, "Choose a logo for")
    qtbot.waitUntil(lambda: bool(logos(work.store)), timeout=PATIENCE)
    assert len(logos(work.store)) == 1
    assert "What it shows" in texts(view)


def signed_then_changed(work: Workplace, show: Show) -> CharterView:
    """Sign a version, change one clause, and show the versions."""
    sign_all(work)
    one = next(c for c in clauses(work.store) if c.section == "C9")
    change_clause(work.store, one.id, text=one.text + " Always.")
    return show("versions")


def test_a_signed_version_is_compared_with_the_text_now(
    qtbot: QtBot, work: Workplace, show: Show
) -> None:
    view = signed_then_changed(work, show)
    assert "This one counts." in texts(view)
    press(qtbot, view, "Compare version 1 with the text now")
    part = view.document().part
    assert isinstance(part, VersionPart)
    qtbot.waitUntil(lambda: "What changed since version 1" in texts(view), timeout=PATIENCE)
    marked = [words for shown in part.findChildren(MarkedWords) for words in shown.marked()]
    assert any("Always." in words for words in marked)
    press(qtbot, view, "Show as pages what changed since version 1")
    qtbot.waitUntil(lambda: "page 1 of 4" in texts(view), timeout=PATIENCE)


def test_a_late_draft_does_not_hide_what_somebody_looks_at(
    qtbot: QtBot, work: Workplace, show: Show
) -> None:
    view = signed_then_changed(work, show)
    press(qtbot, view, "Compare version 1 with the text now")
    qtbot.waitUntil(lambda: "What changed since version 1" in texts(view), timeout=PATIENCE)
    draft = ceremony.draft(view.state.record)
    press(qtbot, view, "Show as pages what changed since version 1")
    view._on_draft(draft)
    qtbot.waitUntil(lambda: "page 1 of 4" in texts(view), timeout=PATIENCE)
    view._on_draft(draft)
    work.tasks.wait_for_done()
    qtbot.waitUntil(lambda: not work.tasks.is_busy(), timeout=PATIENCE)
    assert "page 1 of 4" in texts(view)
    view.choose("C9")
    where = f"page {draft.starts['C9']} of {draft.pages}"
    qtbot.waitUntil(lambda: where in texts(view), timeout=PATIENCE)


def test_the_ending_is_written_and_leads_to_its_signing(
    qtbot: QtBot, work: Workplace, show: Show, desk: object
) -> None:
    view = show("ending")
    press(qtbot, view, "Write a closing statement")
    pick(view, "How it ends", "handed_over")
    qtbot.keyClicks(named(view, "Who goes on with the work"), "The county")
    press(qtbot, view, "Add what somebody still owes")
    qtbot.keyClicks(named(view, "What, number 1"), "The pump goes back")
    view.document().flush()
    found = ending.closing_of(work.store, None)
    assert found is not None
    assert (found.ending, found.successor) == (Ending.HANDED_OVER, "The county")
    assert [one.text for one in found.obligations] == ["The pump goes back"]
    press(qtbot, view, "Freeze the statement and sign")
    assert desk.places[-1] == Place(Go.SIGN, ENDING)  # type: ignore[attr-defined]  # the test's own desk
    signing = SignView(work, ENDING)
    qtbot.addWidget(signing)
    assert "Who signs the closing statement, and in which order" in texts(signing)


def test_an_ending_that_all_have_signed_says_so(qtbot: QtBot, work: Workplace) -> None:
    ending.keep_closing(work.store, Closing(Ending.COMPLETED))
    state = read_document(work.store, work.guide, record(work.store, work.guide))
    assert state.ended is None
    signed = Version("v2", 2, VersionState.SIGNED, "", "", (), "", "2027-05-01", (), "")
    over = replace(state, versions=(signed,), ends=frozenset({"v2"}))
    assert ending_summary(over) == "Ended by version 2, signed by all"
    part = EndingPart(over)
    qtbot.addWidget(part)
    assert "All have signed the closing statement: it is version 2." in texts(part)


def test_names_that_are_left_are_shown_before_the_public_version_is_written(
    qtbot: QtBot, work: Workplace, show: Show, messages: RecordingMessages, tmp_path: Path
) -> None:
    one = clauses(work.store)[0]
    change_clause(work.store, one.id, text="Juma keeps the key of the pump.")
    messages.path = tmp_path / "public.pdf"
    view = show()
    view.export.chosen.emit(Form.PUBLIC)
    qtbot.waitUntil(messages.path.exists, timeout=PATIENCE)
    assert any("Juma" in asked for asked in messages.asked)
    assert messages.path.read_bytes().startswith(b"%PDF")


def test_a_page_of_the_document_stays_where_it_is_when_another_change_comes(
    work: Workplace, show: Show
) -> None:
    view = show("paper")
    choices.choose_annexes(work.store, ("A",))
    page = view.document()
    assert isinstance(page, DocumentPage)
    assert page.name == "paper"
