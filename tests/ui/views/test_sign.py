"""The signing view: order, freezing, one signature after another, closing and proving."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from partnerdesk.errors import UserError
from partnerdesk.exchange.known import known_here
from partnerdesk.flow import values
from partnerdesk.flow.agree import clauses, withdraw_clause
from partnerdesk.flow.signatories import remove_signatory
from partnerdesk.flow.versions import VersionState, authority_of, charter_pdf, versions
from partnerdesk.model.round import Method
from tests.recording import RecordingMessages
from ui.theme import Look, apply_theme
from ui.views.place import Go, Place
from ui.views.sign import SignView
from ui.views.sign_turn import SignTurn
from ui.views.workplace import Workplace

Show = Callable[..., SignView]


@pytest.fixture
def show(qtbot: QtBot, workshop: Workplace) -> Iterator[Show]:
    """Return what shows the view; it closes as the desk would close it."""
    views: list[SignView] = []

    def made(key: str = "", width: int = 1366, height: int = 768) -> SignView:
        view = SignView(workshop, key)
        views.append(view)
        qtbot.addWidget(view)
        view.resize(width, height)
        with qtbot.waitExposed(view):
            view.show()
        return view

    yield made
    for view in views:
        view.closing()


def texts(view: SignView) -> str:
    """Return all words that show."""
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisibleTo(view))


def press(qtbot: QtBot, view: SignView, name: str) -> None:
    """Press the visible button that is called `name`."""
    found = [b for b in view.findChildren(QAbstractButton) if b.accessibleName() == name]
    qtbot.mouseClick(next(b for b in found if b.isVisibleTo(view)), Qt.MouseButton.LeftButton)


def names(work: Workplace) -> list[str]:
    """Return the signatories' names in order."""
    people = {p.id: p.name for p in values.participants(work.store)}
    return [people[s.participant_id] for s in values.signatories(work.store)]


def frozen(qtbot: QtBot, view: SignView) -> SignTurn:
    """Freeze, and return the first turn."""
    view.scaffold.footer.primary.click()
    qtbot.waitUntil(lambda: view.steps.private is not None, timeout=20_000)
    return freely(view)


def freely(view: SignView) -> SignTurn:
    """Say in private that the one whose turn it is signs freely."""
    assert view.steps.private is not None
    view.steps.private.answers.faces[0].click()
    view.scaffold.footer.primary.click()
    assert view.turn is not None
    return view.turn


def tick(turn: SignTurn) -> None:
    """Confirm everything."""
    for box in turn.boxes:
        box.box.setChecked(True)


def draw(qtbot: QtBot, turn: SignTurn) -> None:
    """Draw a line on the pad."""
    turn.marks.choose(Method.DRAWN)
    field = turn.marks.pad._field
    qtbot.mousePress(field, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    for x in (60, 100, 140):
        qtbot.mouseMove(field, QPoint(x, 30 + x % 40))
    qtbot.mouseRelease(field, Qt.MouseButton.LeftButton, pos=QPoint(150, 60))


def sign(qtbot: QtBot, view: SignView) -> None:
    """Draw and sign as whoever is next."""
    turn = view.turn or freely(view)
    tick(turn)
    draw(qtbot, turn)
    before = signed(view.work)
    view.scaffold.footer.primary.click()
    qtbot.waitUntil(lambda: signed(view.work) == before + 1, timeout=20_000)


def signed(work: Workplace) -> int:
    """Return how many have signed the last version."""
    return len(versions(work.store)[-1].signed)


def test_alt_and_arrows_move_a_signatory(qtbot: QtBot, show: Show, workshop: Workplace) -> None:
    view = show()
    first, second, third = names(workshop)
    editor = view.order.cards[0].fields["read_in"].editor
    editor.setFocus()
    qtbot.keyClick(view.order.cards[0], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(workshop) == [second, first, third]
    press(qtbot, view, f"{third} signs earlier")
    assert names(workshop) == [second, third, first]


def test_a_choice_of_method_is_kept_at_once(show: Show, workshop: Workplace) -> None:
    view = show()
    field = view.order.cards[1].fields["method"].editor
    field.setCurrentIndex(field.findData("stamp"))
    field.activated.emit(field.currentIndex())
    assert values.signatories(workshop.store)[1].method is Method.STAMP


def test_whoever_is_removed_can_be_suggested_again(
    qtbot: QtBot, show: Show, workshop: Workplace
) -> None:
    view = show()
    gone = names(workshop)[0]
    press(qtbot, view, f"{gone} does not sign")
    assert gone not in names(workshop)
    assert "Nobody signs for Kisumbe Water Users' Committee yet." in texts(view)
    press(qtbot, view, "Name one person for each partner")
    assert len(names(workshop)) == 3


def test_without_signatories_nothing_is_frozen(show: Show, workshop: Workplace) -> None:
    for one in values.signatories(workshop.store):
        remove_signatory(workshop.store, one.id)
    view = show()
    assert not view.scaffold.footer.primary.isEnabled()
    assert view.scaffold.footer.note() == "Name who signs first."


def test_freezing_asks_once_and_this_laptop_remembers_the_ceremony(
    qtbot: QtBot, show: Show, workshop: Workplace, messages: RecordingMessages
) -> None:
    frozen(qtbot, show())
    assert len(messages.asked) == 1
    assert messages.asked[0].startswith("Freeze version 1?")
    assert versions(workshop.store)[0].fingerprint in known_here()


def test_whoever_keeps_editing_freezes_nothing(
    show: Show, workshop: Workplace, messages: RecordingMessages
) -> None:
    messages.yes = False
    show().scaffold.footer.primary.click()
    assert not versions(workshop.store)


def test_a_change_while_freezing_freezes_nothing(
    qtbot: QtBot, show: Show, workshop: Workplace, messages: RecordingMessages
) -> None:
    view = show()
    view.scaffold.footer.primary.click()
    withdraw_clause(workshop.store, clauses(workshop.store)[0].id)
    qtbot.waitUntil(lambda: bool(messages.told), timeout=20_000)
    assert "nothing was frozen" in messages.told[0]
    assert not versions(workshop.store)


def test_nobody_signs_before_all_is_ticked_and_a_mark_is_made(qtbot: QtBot, show: Show) -> None:
    view = show()
    turn = frozen(qtbot, view)
    footer = view.scaffold.footer
    assert (footer.primary.isEnabled(), footer.note()) == (False, "Tick what is true first.")
    tick(turn)
    assert footer.note() == "Draw, type or choose the mark first."
    draw(qtbot, turn)
    assert footer.primary.isEnabled()
    assert footer.primary.text() == "Sign as Rose Anyango"


def test_the_charter_itself_is_what_is_confirmed(qtbot: QtBot, show: Show) -> None:
    turn = frozen(qtbot, show())
    assert [box.box.text() for box in turn.boxes] == [
        "The charter was read to me in Swahili",
        "A witness I chose is with me",
        "This is the text we agreed, and I sign freely",
    ]


def test_nothing_of_the_former_mark_remains_for_the_next(qtbot: QtBot, show: Show) -> None:
    view = show()
    frozen(qtbot, view)
    sign(qtbot, view)
    turn = freely(view)
    assert turn.turn.block.name == "Akinyi Were"
    assert turn.marks.pad.empty
    assert not any(box.ticked() for box in turn.boxes)
    assert "2 of 3 signatures awaited" in texts(view)


def test_all_sign_close_export_and_the_file_proves_itself(
    qtbot: QtBot,
    show: Show,
    workshop: Workplace,
    messages: RecordingMessages,
    desk: object,
    tmp_path: Path,
) -> None:
    view = show()
    frozen(qtbot, view)
    for _turn in range(3):
        sign(qtbot, view)
    assert view.scaffold.footer.primary.text() == "Close the signing"
    view.scaffold.footer.primary.click()
    version = versions(workshop.store)[0]
    assert version.state is VersionState.SIGNED
    with pytest.raises(UserError):
        authority_of(workshop.store, version.id)
    assert "Its key is destroyed" in texts(view)
    assert all(word in texts(view) for word in version.words)
    qtbot.waitUntil(lambda: "Unchanged since signing" in texts(view), timeout=30_000)
    messages.path = tmp_path / "charter.pdf"
    view.scaffold.footer.primary.click()
    qtbot.waitUntil(view.check.isVisible, timeout=20_000)
    assert messages.path.read_bytes() == charter_pdf(workshop.store, version.id)
    told = subprocess.run(["pdfsig", messages.path], capture_output=True, text=True, check=False)
    assert told.stdout.count("Signature is Valid.") == 3
    view.check.click()
    assert desk.places[-1] == Place(Go.VERIFY, str(messages.path))  # type: ignore[attr-defined]  # the fake desk


def test_an_interrupted_signing_goes_on_where_it_stood(
    qtbot: QtBot, show: Show, workshop: Workplace
) -> None:
    view = show()
    frozen(qtbot, view)
    sign(qtbot, view)
    again = show(versions(workshop.store)[0].id)
    assert freely(again).turn.block.name == "Akinyi Were"


def test_a_typed_name_signs(qtbot: QtBot, show: Show, workshop: Workplace) -> None:
    view = show()
    turn = frozen(qtbot, view)
    tick(turn)
    turn.marks.choose(Method.TYPED)
    assert "The page says: thumbprint." in texts(view)
    qtbot.keyClicks(turn.marks.typed.field.editor, "Rose Anyango")
    view.scaffold.footer.primary.click()
    qtbot.waitUntil(lambda: signed(workshop) == 1, timeout=20_000)
    assert workshop.store.rows("signature")[0]["method"] == "typed"


def test_a_thumbprint_from_a_file_signs(
    qtbot: QtBot, show: Show, workshop: Workplace, messages: RecordingMessages, tmp_path: Path
) -> None:
    view = show()
    turn = frozen(qtbot, view)
    tick(turn)
    messages.path = tmp_path / "thumb.png"
    Image.new("L", (80, 100), 40).save(messages.path)
    press(qtbot, view, "Choose the picture")
    qtbot.waitUntil(lambda: "This thumbprint goes on the page" in texts(view), timeout=10_000)
    view.scaffold.footer.primary.click()
    qtbot.waitUntil(lambda: signed(workshop) == 1, timeout=20_000)
    assert workshop.store.rows("signature")[0]["method"] == "thumbprint"


def test_a_file_that_is_no_picture_is_refused_in_words(
    qtbot: QtBot, show: Show, messages: RecordingMessages, tmp_path: Path
) -> None:
    view = show()
    turn = frozen(qtbot, view)
    tick(turn)
    messages.path = tmp_path / "thumb.png"
    messages.path.write_bytes(b"no picture")
    press(qtbot, view, "Choose the picture")
    qtbot.waitUntil(lambda: bool(messages.told), timeout=10_000)
    assert "This picture cannot be used" in messages.told[0]
    assert turn.mark() is None


def test_stopping_asks_and_destroys_the_key(
    qtbot: QtBot, show: Show, workshop: Workplace, messages: RecordingMessages
) -> None:
    view = show()
    frozen(qtbot, view)
    press(qtbot, view, "Stop signing this version")
    assert messages.asked[-1].startswith("Stop signing version 1?")
    assert versions(workshop.store)[0].state is VersionState.ABANDONED
    assert "The signing of version 1 was stopped" in texts(view)
    assert view.scaffold.footer.primary.text() == "Back to the charter"


@pytest.mark.parametrize(("width", "height", "percent"), [(1024, 600, 100), (1366, 768, 200)])
def test_everything_has_a_name_and_nothing_is_wider_than_the_window(
    qtbot: QtBot,
    show: Show,
    qapp: QApplication,
    plain_theme: None,
    width: int,
    height: int,
    percent: int,
) -> None:
    apply_theme(qapp, Look.LIGHT, percent)
    view = show("", width, height)
    frozen(qtbot, view)
    for shown in (view, show("", width, height)):
        assert shown.minimumSizeHint().width() <= width
        kinds = (QAbstractButton, QLineEdit, QComboBox)
        for one in [w for kind in kinds for w in shown.findChildren(kind) if w.isVisibleTo(shown)]:
            named = QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
            assert named, one
