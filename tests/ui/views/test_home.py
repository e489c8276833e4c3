"""Home: begin, open, check, practise, go on, forget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from partnerdesk.exchange.portfolio import Listing, Promise, State
from partnerdesk.exchange.recent import Recent, recent, remember_recent
from partnerdesk.flow import setup
from partnerdesk.store import create_store
from tests.recording import RecordingMessages
from ui.tasks import Tasks
from ui.theme import Look, apply_theme
from ui.views.home import HomeView
from ui.views.home_cards import about, when
from ui.views.home_folder import FolderPage, due_lines
from ui.views.home_pages import EmptyPage, NewPage, RecentPage
from ui.views.place import Go, Place
from ui.views.workplace import Hall
from ui.widgets.buttons import PrimaryButton

TITLE = "Lake Basin Water and Livelihoods Partnership"


@dataclass
class RecordingFiles:
    """The desk's files for tests: writes down what is asked of it."""

    opened: list[Path] = field(default_factory=list)
    made: list[tuple[Path, str]] = field(default_factory=list)
    practised: int = 0

    def open(self, path: Path) -> None:
        self.opened.append(path)

    def new(self, path: Path, title: str) -> None:
        self.made.append((path, title))

    def practice(self) -> None:
        self.practised += 1

    def close(self) -> None:
        raise AssertionError("nothing is open at home")


@dataclass
class Around:
    """What home is given in a test, and where it went."""

    files: RecordingFiles
    messages: RecordingMessages
    went: list[Place]
    tasks: Tasks

    def show(self, qtbot: QtBot, width: int = 1366, height: int = 768) -> HomeView:
        view = HomeView(
            Hall(self.tasks, self.messages, self.files, self.went.append, lambda _button: None)
        )
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show()
        QApplication.processEvents()
        return view


@pytest.fixture(autouse=True)
def _gone() -> Iterator[None]:
    """Let each test's window go before the next, so that no look is given to it again."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def around(qapp: QApplication) -> Around:
    return Around(RecordingFiles(), RecordingMessages(), [], Tasks())


def keep(path: Path, title: str = TITLE, **other: object) -> Recent:
    one = Recent(str(path), title, 3, "Power", "Kisumbe", "2026-11-18T09:00:00+00:00", **other)  # type: ignore[arg-type]  # the keywords vary by test
    remember_recent(one)
    return one


def primaries(view: HomeView) -> list[PrimaryButton]:
    return [one for one in view.findChildren(PrimaryButton) if one.isVisible()]


def texts(view: HomeView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def test_a_laptop_without_partnerships_shows_the_empty_state(qtbot: QtBot, around: Around) -> None:
    view = around.show(qtbot)
    assert isinstance(view.page, EmptyPage)
    assert "No partnership here yet" in texts(view)
    assert [one.text() for one in primaries(view)] == ["Start a partnership"]


def test_a_new_partnership_is_named_by_keyboard_and_then_placed(
    qtbot: QtBot, around: Around, tmp_path: Path
) -> None:
    around.messages.path = tmp_path / "basin"
    view = around.show(qtbot)
    qtbot.mouseClick(view.start_tile, Qt.MouseButton.LeftButton)
    page = view.page
    assert isinstance(page, NewPage)
    qtbot.keyClicks(page.name, "Basin")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    assert around.files.made == [(tmp_path / "basin.pdesk", "Basin")]
    assert around.messages.asked == ["Where to keep the partnership"]


def test_a_partnership_without_a_name_is_not_placed(qtbot: QtBot, around: Around) -> None:
    view = around.show(qtbot)
    view.show_new()
    page = view.page
    assert isinstance(page, NewPage)
    qtbot.keyClicks(page.name, "   ")
    qtbot.mouseClick(page.next_button, Qt.MouseButton.LeftButton)
    assert page.field.error() == "Type a name first."
    assert not around.messages.asked


def test_escape_leaves_the_question_for_a_name(qtbot: QtBot, around: Around) -> None:
    view = around.show(qtbot)
    view.show_new()
    assert isinstance(view.page, NewPage)
    qtbot.keyClick(view.page.name, Qt.Key.Key_Escape)
    assert isinstance(view.page, EmptyPage)


def test_open_asks_for_a_file_and_opens_it(qtbot: QtBot, around: Around, tmp_path: Path) -> None:
    around.messages.path = tmp_path / "a.pdesk"
    view = around.show(qtbot)
    qtbot.mouseClick(view.open_tile, Qt.MouseButton.LeftButton)
    assert around.files.opened == [tmp_path / "a.pdesk"]


def test_check_and_practise_go_their_ways(qtbot: QtBot, around: Around) -> None:
    view = around.show(qtbot)
    view.check_tile.setFocus()
    qtbot.keyClick(view.check_tile, Qt.Key.Key_Space)
    qtbot.mouseClick(view.practice_tile, Qt.MouseButton.LeftButton)
    assert around.went == [Place(Go.VERIFY)]
    assert around.files.practised == 1


def test_tab_goes_through_the_tiles_to_the_menu(qtbot: QtBot, around: Around) -> None:
    view = around.show(qtbot)
    view.activateWindow()
    view.start_tile.setFocus()
    tiles = (view.open_tile, view.folder_tile, view.check_tile, view.practice_tile)
    for after in (*tiles, view.menu_button):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is after


def test_practise_waits_while_work_is_under_way(qtbot: QtBot, around: Around) -> None:
    view = around.show(qtbot)
    around.tasks.busy.emit(True)
    assert not view.practice_tile.isEnabled()
    around.tasks.busy.emit(False)
    assert view.practice_tile.isEnabled()


def test_going_on_opens_the_last_partnership(qtbot: QtBot, around: Around, tmp_path: Path) -> None:
    path = tmp_path / "a.pdesk"
    path.write_bytes(b"")
    keep(path)
    view = around.show(qtbot)
    assert "Power" in texts(view)
    assert "3 partners · Kisumbe" in texts(view)
    (button,) = primaries(view)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert around.files.opened == [path]


def test_a_missing_file_says_so_instead_of_opening(
    qtbot: QtBot, around: Around, tmp_path: Path
) -> None:
    keep(tmp_path / "gone.pdesk")
    view = around.show(qtbot)
    assert isinstance(view.page, RecentPage)
    (card,) = view.page.cards
    qtbot.mouseClick(card.open_button, Qt.MouseButton.LeftButton)
    assert not around.files.opened
    assert "gone.pdesk is not where it was." in texts(view)
    around.messages.path = tmp_path / "found.pdesk"
    qtbot.mouseClick(card.find_button, Qt.MouseButton.LeftButton)
    assert around.files.opened == [tmp_path / "found.pdesk"]


def test_forget_takes_one_off_the_list_and_keeps_the_file(
    qtbot: QtBot, around: Around, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.pdesk").write_bytes(b"")
        keep(tmp_path / f"{name}.pdesk", name)
    view = around.show(qtbot)
    assert isinstance(view.page, RecentPage)
    qtbot.mouseClick(view.page.cards[0].forget_button, Qt.MouseButton.LeftButton)
    assert [one.title for one in recent()] == ["a"]
    assert len(view.page.cards) == 1
    assert (tmp_path / "b.pdesk").exists()


def test_practice_is_said_in_words() -> None:
    assert about(Recent("x", "t", 2, practice=True)).startswith("Practice copy")


def test_a_time_that_is_none_shows_nothing() -> None:
    assert when("yesterday") == ""
    assert when("2020-03-01T12:00:00+00:00") == "1 March 2020"


@pytest.mark.parametrize("name", ["a.pdesk", "a.PDF", "a.txt"])
def test_a_dropped_file_opens_or_is_checked(
    qtbot: QtBot, around: Around, tmp_path: Path, name: str
) -> None:
    view, path = around.show(qtbot), tmp_path / name
    taken = drop(view, path)
    assert taken is (name != "a.txt")
    assert around.files.opened == ([path] if name == "a.pdesk" else [])
    assert around.went == ([Place(Go.VERIFY, str(path))] if name == "a.PDF" else [])


def drop(view: HomeView, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), how, data, button, keys.NoModifier)
    enter.ignore()
    view.dragEnterEvent(enter)
    view.dropEvent(QDropEvent(QPointF(9, 9), how, data, button, keys.NoModifier))
    return enter.isAccepted()


@pytest.mark.parametrize(("width", "height", "percent"), [(1024, 600, 100), (1366, 768, 200)])
def test_nothing_is_cut_at_the_start_edge_or_the_end(
    qtbot: QtBot,
    around: Around,
    tmp_path: Path,
    plain_theme: None,
    width: int,
    height: int,
    percent: int,
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, Look.LIGHT, percent)
    keep(tmp_path / "a.pdesk")
    view = around.show(qtbot, width, height)
    for button in view.findChildren(QAbstractButton):
        if button.isVisible():
            left = button.mapTo(view, button.rect().topLeft()).x()
            assert 0 <= left <= width - button.width(), button.accessibleName()


def test_a_question_below_the_tiles_comes_into_sight(
    qtbot: QtBot, qapp: QApplication, around: Around, plain_theme: None
) -> None:
    apply_theme(qapp, Look.LIGHT, 200)
    view = around.show(qtbot, 1024, 600)
    assert not view.start_tile.visibleRegion().isEmpty()
    view.show_new()
    page = view.page
    assert isinstance(page, NewPage)
    qtbot.waitUntil(lambda: page.name.visibleRegion().boundingRect() == page.name.rect())


def test_every_control_has_a_name(qtbot: QtBot, around: Around, tmp_path: Path) -> None:
    keep(tmp_path / "a.pdesk")
    view = around.show(qtbot)
    for button in view.findChildren(QAbstractButton):
        told = QAccessible.queryAccessibleInterface(button)
        assert told is None or told.text(QAccessible.Text.Name), button


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a fresh partnership, a locked one, and what is none."""
    made = tmp_path / "Partnerships"
    made.mkdir()
    setup.new_partnership(made / "lake.pdesk", "Lake").close()
    create_store(made / "garden.pdesk", passphrase="calm acorn in the garden").close()
    (made / "notes.pdesk").write_text("hello")
    return made


def test_a_folder_shows_what_can_be_shown_and_writes_nothing(
    qtbot: QtBot, around: Around, folder: Path
) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    view = around.show(qtbot)
    around.messages.path = folder
    view.folder_tile.click()
    qtbot.waitUntil(lambda: isinstance(view.page, FolderPage), timeout=20_000)
    page = view.page
    assert isinstance(page, FolderPage)
    lake, garden, notes = page.cards
    assert lake.words()[0] == "Lake"
    assert garden.words() == ["garden.pdesk", "locked with a passphrase"]
    assert notes.words() == ["notes.pdesk", "not made by PartnerDesk"]
    assert not notes.open_button.isVisibleTo(view)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    garden.open_button.click()
    assert around.files.opened == [folder / "garden.pdesk"]


def test_the_folder_is_remembered_and_left_by_escape(
    qtbot: QtBot, around: Around, folder: Path
) -> None:
    around.messages.path = folder
    view = around.show(qtbot)
    view.folder_tile.click()
    qtbot.waitUntil(lambda: isinstance(view.page, FolderPage), timeout=20_000)
    again = around.show(qtbot)
    asked = len(around.messages.asked)
    again.folder_tile.click()
    qtbot.waitUntil(lambda: isinstance(again.page, FolderPage), timeout=20_000)
    assert len(around.messages.asked) == asked
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert isinstance(again.page, EmptyPage)


def test_overdue_promises_and_reviews_are_said_in_words() -> None:
    late = tuple(Promise(f"2026-0{n}-01", f"Promise {n}") for n in (1, 2, 3, 4))
    one = Listing(
        Path("a.pdesk"), State.SIGNED, "Lake", overdue=late, reviews=("2026-02-01", "2031-05-04")
    )
    assert [words for words, _tone in due_lines(one, date(2027, 1, 1))] == [
        "Overdue since 1 January 2026: Promise 1",
        "Overdue since 1 February 2026: Promise 2",
        "2 more promises are overdue",
        "Next review: 4 May 2031",
    ]
    past = Listing(Path("a.pdesk"), State.SIGNED, "Lake", reviews=("2026-02-01",))
    assert due_lines(past, date(2027, 1, 1)) == [("The review was due on 1 February 2026", "stop")]
