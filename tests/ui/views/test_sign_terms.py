"""Before freezing, each signatory signs today or takes it home, and a board consents by a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from partnerdesk.flow import setup, signatories, values
from partnerdesk.model.partnership import Authority
from partnerdesk.model.round import Method, Standing
from ui.views.charter_clauses import day_words
from ui.views.sign_order import SignerList, Signers
from ui.views.workplace import Workplace
from ui.widgets.fields import ChoiceField


def shown(work: Workplace, qtbot: QtBot) -> SignerList:
    """Return the list of signers, wired to the record as the signing view does it."""
    signers = SignerList()
    qtbot.addWidget(signers)
    store = work.store

    def show() -> None:
        people = values.participants(store)
        signers.show_signers(Signers(values.partners(store), people, values.signatories(store)))

    def change(command: object) -> None:
        command(store, origin=signers)  # type: ignore[operator]  # a command on the store
        show()

    signers.asked.connect(change)
    show()
    signers.resize(1100, 700)
    with qtbot.waitExposed(signers):
        signers.show()
    return signers


def words(signers: SignerList) -> str:
    QApplication.processEvents()
    labels = signers.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(signers))


def test_who_takes_it_home_has_seven_days_and_may_sign_today_after_all(
    begun: Workplace, qtbot: QtBot
) -> None:
    signatories.add_signatory(begun.store, "ann", Method.TYPED)
    signers = shown(begun, qtbot)
    choice = signers.cards[0].terms.fields["when"].editor
    assert isinstance(choice, ChoiceField)
    assert choice.currentText() == "Today"
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    until = (datetime.now().astimezone().date() + timedelta(days=7)).isoformat()
    assert values.signatories(begun.store)[0].home_until == until
    assert f"Ann takes it home and signs by {day_words(until)}." in words(signers)
    qtbot.keyClick(signers.cards[0].terms.fields["when"].editor, Qt.Key.Key_Up)
    assert values.signatories(begun.store)[0].home_until == ""


def test_only_who_must_ask_a_board_is_asked_about_it(begun: Workplace, qtbot: QtBot) -> None:
    signatories.add_signatory(begun.store, "ann", Method.TYPED)
    signers = shown(begun, qtbot)
    assert set(signers.cards[0].terms.fields) == {"when", "signs_as"}
    assert signers.cards[0].terms.ratified is None


def test_whoever_signs_as_a_witness_signs_for_no_partner(begun: Workplace, qtbot: QtBot) -> None:
    signatories.add_signatory(begun.store, "ann", Method.DRAWN)
    signers = shown(begun, qtbot)
    assert "Nobody signs for North yet." not in words(signers)
    editor = signers.cards[0].terms.fields["signs_as"].editor
    qtbot.keyClick(editor, Qt.Key.Key_End)
    assert "Ann signs as a witness, not a party." in words(signers)
    assert "Nobody signs for North yet." in words(signers)
    assert values.signatories(begun.store)[0].signs_as is Standing.WITNESS


def test_a_board_is_named_with_its_day_and_then_has_consented(
    begun: Workplace, qtbot: QtBot
) -> None:
    setup.change_participant(begun.store, "cleo", authority=Authority.SUBJECT)
    signatories.add_signatory(begun.store, "cleo", Method.TYPED)
    signers = shown(begun, qtbot)
    terms = signers.cards[0].terms
    assert terms.ratified is not None
    assert not terms.ratified.isEnabled()
    board = terms.fields["board"].editor
    board.setFocus()
    qtbot.keyClicks(board, "The elders")
    qtbot.keyClick(board, Qt.Key.Key_Return)
    assert values.signatories(begun.store)[0].board == "The elders"
    due = signers.cards[0].terms.fields["board_due"].editor
    qtbot.keyClicks(due, "2027-01-31")
    qtbot.keyClick(due, Qt.Key.Key_Return)
    assert "The elders is asked to consent by 31 January 2027." in words(signers)
    box = signers.cards[0].terms.ratified
    assert box is not None
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(12, box.height() // 2))
    assert values.signatories(begun.store)[0].ratified
    assert "The elders has consented." in words(signers)


def test_typing_goes_on_where_it_was_after_a_rest(begun: Workplace, qtbot: QtBot) -> None:
    setup.change_participant(begun.store, "cleo", authority=Authority.SUBJECT)
    signatories.add_signatory(begun.store, "cleo", Method.TYPED)
    signers = shown(begun, qtbot)
    board = signers.cards[0].terms.fields["board"].editor
    board.setFocus()
    qtbot.keyClicks(board, "The")
    board.flush()
    focus = signers.window().focusWidget()
    assert isinstance(focus, QLineEdit)
    assert focus is signers.cards[0].terms.fields["board"].editor
    qtbot.keyClicks(focus, " elders")
    assert focus.text() == "The elders"
