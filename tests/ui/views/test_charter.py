"""The charter view: sections, clauses, questions, the next step, and what gets exported."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from partnerdesk import ceremony
from partnerdesk.copies import Form
from partnerdesk.flow.agree import clauses
from partnerdesk.flow.consents import clauses_to_ask
from partnerdesk.flow.values import matters
from partnerdesk.flow.versions import charter_pdf, close_version
from partnerdesk.model.charter import ClauseFate
from partnerdesk.model.round import ClauseState
from tests.recording import RecordingMessages
from ui.theme import Look, apply_theme
from ui.views.charter import CharterView
from ui.views.charter_clauses import FATES, ClauseCard, fate_chip_words
from ui.views.charter_matters import MatterForm
from ui.views.charter_sections import SectionRow
from ui.views.place import Go, Place
from ui.views.workplace import Workplace
from ui.widgets.fields import ChoiceField

Show = Callable[..., CharterView]
AT = datetime(2026, 11, 19, 14, 8, tzinfo=UTC)


@pytest.fixture
def work(workshop: Workplace) -> Workplace:
    return workshop


@pytest.fixture
def show(qtbot: QtBot, work: Workplace) -> Show:
    """Return what shows the view on a section."""

    def made(section: str = "C9", width: int = 1366, height: int = 768) -> CharterView:
        view = CharterView(work, section)
        qtbot.addWidget(view)
        view.resize(width, height)
        with qtbot.waitExposed(view):
            view.show()
        return view

    return made


def texts(view: CharterView) -> str:
    """Return all words that show."""
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisibleTo(view))


def press(qtbot: QtBot, view: CharterView, name: str) -> None:
    """Press the visible button that is called `name`."""
    found = [b for b in view.findChildren(QAbstractButton) if b.accessibleName() == name]
    shown = [b for b in found if b.isVisibleTo(view)]
    qtbot.mouseClick(shown[0], Qt.MouseButton.LeftButton)


def drawn(qtbot: QtBot, view: CharterView) -> None:
    """Wait until the draft is rendered."""
    qtbot.waitUntil(lambda: "As it prints" in texts(view), timeout=20_000)


def sign_all(work: Workplace) -> str:
    """Freeze, sign and close a version."""
    version_id = ceremony.freeze(work.store, work.guide, AT)
    for block in ceremony.blocks_of(work.store, version_id):
        mark = ceremony.generated_mark(block)
        ceremony.sign_block(work.store, version_id, block, mark, AT)
    close_version(work.store, version_id)
    return version_id


def test_the_draft_is_drawn_at_the_page_of_the_section(qtbot: QtBot, show: Show) -> None:
    view = show("C9")
    drawn(qtbot, view)
    assert view._draft is not None
    assert view.pages.page() == view._draft.starts["C9"]
    press(qtbot, view, "Page before")
    assert view.pages.page() == view._draft.starts["C9"] - 1


def test_every_section_is_listed_and_arrows_move_between_them(qtbot: QtBot, show: Show) -> None:
    view = show("C9")
    rows = view.rail.rows()
    assert [row.section.code for row in rows] == [
        "document",
        *(f"C{n}" for n in range(1, 21)),
    ]
    rows[9].setFocus()
    qtbot.keyClick(rows[9], Qt.Key.Key_Down)
    assert view.section == "C10"
    assert "Northbridge shares its overhead" in texts(view)


def test_a_clause_tells_its_state_in_words_and_every_level(show: Show) -> None:
    words = texts(show("C9"))
    assert "Clause 9.1" in words
    assert "Adopted by all" in words
    assert "endorses it, with a small point" in words


def test_a_reservation_is_quoted_as_said(show: Show) -> None:
    words = texts(show("C10"))
    assert "Adopted with reservations" in words
    assert "“We wanted five percent.”" in words


def test_a_new_clause_is_proposed_in_its_section(qtbot: QtBot, show: Show, work: Workplace) -> None:
    view = show("C9")
    press(qtbot, view, "Write a clause here")
    editor = view.findChild(QPlainTextEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "The Committee meets in Kisumbe.")
    press(qtbot, view, "Propose this clause")
    made = clauses(work.store)[-1]
    assert (made.section, made.text) == ("C9", "The Committee meets in Kisumbe.")
    assert "Nobody is named who does this. Who does?" in texts(view)
    assert "Draft" in texts(view)
    assert made.draft


def test_a_draft_is_asked_about_once_a_second_partner_confirms_it(
    qtbot: QtBot, show: Show, work: Workplace
) -> None:
    view = show("C9")
    press(qtbot, view, "Write a clause here")
    editor = view.findChild(QPlainTextEdit)
    writer = next(
        c for c in view.findChildren(ChoiceField) if c.accessibleName().startswith("Whose people")
    )
    assert editor is not None
    qtbot.keyClicks(editor, "The Committee meets in Kisumbe.")
    names = {p.id: p.short for p in view.state.record.partners}
    first, second, *_others = names
    writer.setCurrentIndex(writer.findData(first))
    press(qtbot, view, "Propose this clause")
    assert clauses(work.store)[-1].keys == (first,)
    assert clauses_to_ask(work.store) == []
    assert f"{names[first]} stands by these words." in texts(view)
    buttons = [b.accessibleName() for b in view.findChildren(QAbstractButton) if b.isVisible()]
    assert not any(one.startswith(f"Confirm for {names[first]}") for one in buttons)
    press(qtbot, view, f"Confirm for {names[second]}: Not in the text yet")
    assert clauses(work.store)[-1].keys == (first, second)
    assert "Waits for levels" in texts(view)
    assert view.scaffold.footer.primary.text() == "Ask each partner about 1 clause"


def test_an_empty_clause_is_not_proposed(qtbot: QtBot, show: Show, work: Workplace) -> None:
    view = show("C9")
    before = len(clauses(work.store))
    press(qtbot, view, "Write a clause here")
    press(qtbot, view, "Propose this clause")
    assert len(clauses(work.store)) == before
    assert "Write the words of the clause first." in texts(view)


def test_changing_a_clause_says_that_levels_become_stale_and_asks_again(
    qtbot: QtBot, show: Show, work: Workplace, desk: object
) -> None:
    view = show("C9")
    assert view.scaffold.footer.primary.text() == "Freeze version 1 and sign"
    press(qtbot, view, "Change the words: Clause 9.1")
    assert "After a change they are asked again." in texts(view)
    editor = view.findChild(QPlainTextEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "First, ")
    press(qtbot, view, "Keep these words")
    assert clauses_to_ask(work.store) == []
    for partner in view.state.record.partners[:2]:
        press(qtbot, view, f"Confirm for {partner.short}: Not in the text yet")
    assert len(clauses_to_ask(work.store)) == 1
    assert "to earlier words" in texts(view)
    assert view.scaffold.footer.primary.text() == "Ask each partner about 1 clause"
    view.scaffold.footer.primary.click()
    assert desk.places[-1] == Place(Go.SESSION, "clause_consent")  # type: ignore[attr-defined]  # the fake desk


def test_a_withdrawn_clause_stays_and_can_be_offered_again(
    qtbot: QtBot, show: Show, work: Workplace
) -> None:
    view = show("C9")
    press(qtbot, view, "Withdraw: Clause 9.1")
    one = next(c for c in clauses(work.store) if c.section == "C9")
    assert one.state is ClauseState.WITHDRAWN
    assert "Withdrawn" in texts(view)
    press(qtbot, view, "Offer it again: Clause taken back")
    one = next(c for c in clauses(work.store) if c.section == "C9")
    assert one.state is ClauseState.PROPOSED


def test_what_is_typed_is_kept_when_the_view_is_left(
    qtbot: QtBot, show: Show, work: Workplace
) -> None:
    view = show("C12")
    press(qtbot, view, "Write a clause here")
    editor = view.findChild(QPlainTextEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "Calls are on Tuesdays.")
    view.closing()
    assert clauses(work.store)[-1].text == "Calls are on Tuesdays."


def test_a_character_without_a_font_is_told_before_the_export(
    qtbot: QtBot, show: Show, work: Workplace, messages: RecordingMessages, tmp_path: Path
) -> None:
    view = show("C9")
    form = view.write()
    form._text.editor.setPlainText("Water \u3042")
    press(qtbot, view, "Propose this clause")
    qtbot.waitUntil(lambda: "\u3042 (U+3042)" in texts(view), timeout=20_000)
    messages.path = tmp_path / "draft.pdf"
    view.export.chosen.emit(Form.PDF)
    qtbot.waitUntil(lambda: bool(messages.told), timeout=20_000)
    assert "\u3042" in messages.told[-1]
    assert not messages.path.exists()


def test_a_signed_charter_shows_its_state_and_is_exported(
    qtbot: QtBot, show: Show, work: Workplace, messages: RecordingMessages, tmp_path: Path
) -> None:
    version_id = sign_all(work)
    view = show("C9")
    drawn(qtbot, view)
    assert "Version 1 is signed by 3 people." in texts(view)
    assert view.scaffold.footer.primary.text() == "Export the signed charter"
    messages.path = tmp_path / "charter.pdf"
    view.scaffold.footer.primary.click()
    qtbot.waitUntil(messages.path.exists, timeout=20_000)
    assert messages.path.read_bytes() == charter_pdf(work.store, version_id)
    told = subprocess.run(["pdfsig", messages.path], capture_output=True, text=True, check=False)
    assert told.stdout.count("Signature is Valid.") == 3


def test_after_a_signed_version_a_change_leads_to_the_next_one(
    qtbot: QtBot, show: Show, work: Workplace, desk: object
) -> None:
    sign_all(work)
    view = show("C9")
    press(qtbot, view, "Withdraw: Clause 9.1")
    qtbot.waitUntil(
        lambda: view.scaffold.footer.primary.text() == "Freeze version 2 and sign", timeout=20_000
    )
    assert "The text has changed since then." in texts(view)
    view.scaffold.footer.primary.click()
    assert desk.places[-1] == Place(Go.SIGN, "")  # type: ignore[attr-defined]  # the fake desk


@pytest.mark.parametrize(("width", "height", "percent"), [(1024, 600, 100), (1366, 768, 200)])
def test_everything_has_a_name_and_nothing_is_wider_than_the_window(
    show: Show, qapp: QApplication, plain_theme: None, width: int, height: int, percent: int
) -> None:
    apply_theme(qapp, Look.LIGHT, percent)
    view = show("C9", width, height)
    assert view.minimumSizeHint().width() <= width
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, ClauseCard, SectionRow)
    for one in [w for kind in kinds for w in view.findChildren(kind) if w.isVisibleTo(view)]:
        named = QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
        assert named, one


def test_every_fate_of_a_clause_has_words_and_a_plane() -> None:
    assert set(FATES) == set(ClauseFate)
    assert all(fate_chip_words(fate) for fate in ClauseFate)


def test_a_question_is_noted_with_owner_and_date_and_settled_later(
    qtbot: QtBot, show: Show, work: Workplace
) -> None:
    view = show("C19")
    press(qtbot, view, "Note a question")
    form = view.findChild(MatterForm)
    assert form is not None
    qtbot.keyClicks(form.words.editor, "Who keeps the boat?")
    press(qtbot, view, "Keep this question")
    assert form.owner.error() == "Choose who takes it on."
    assert matters(work.store) == ()
    partner = view.state.record.partners[1]
    form.owner.set_value(partner.id)
    qtbot.keyClicks(form.date.editor, "2027-01-31")
    press(qtbot, view, "Keep this question")
    assert [(m.text, m.owner, m.date) for m in matters(work.store)] == [
        ("Who keeps the boat?", partner.id, "2027-01-31")
    ]
    assert f"{partner.short} takes it on, by 31 January 2027" in texts(view)
    press(qtbot, view, "Settled: Who keeps the boat?")
    assert matters(work.store)[0].settled
    assert "No question is noted." in texts(view)


def test_a_question_that_is_typed_is_kept_when_another_section_shows(
    qtbot: QtBot, show: Show, work: Workplace
) -> None:
    view = show("C19")
    form = view.note_question()
    qtbot.keyClicks(form.words.editor, "Who keeps the boat?")
    form.owner.set_value(view.state.record.partners[0].id)
    qtbot.keyClicks(form.date.editor, "2027-01-31")
    view.choose("C9")
    assert [m.text for m in matters(work.store)] == ["Who keeps the boat?"]
    assert view.section == "C9"
