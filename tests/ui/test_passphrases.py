"""The window changes and removes a passphrase, keeps it on paper, and says when it locks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from partnerdesk.exchange.recent import recent
from partnerdesk.exchange.settings import settings
from partnerdesk.flow import setup
from partnerdesk.store import change_passphrase, is_locked
from tests.recording import RecordingMessages
from ui.desk import Desk
from ui.views.home import HomeView
from ui.views.home_pages import NewPage
from ui.views.print_dialog import PrintDialog

WORDS = "calm acorn in the garden"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a locked partnership, made once: a key takes its time."""
    made = tmp_path_factory.mktemp("locked") / "lake.pdesk"
    setup.new_partnership(made, "Lake").close()
    change_passphrase(made, None, WORDS)
    return made


@pytest.fixture
def path(locked: Path, tmp_path: Path) -> Path:
    """Return the path of a locked partnership."""
    return Path(shutil.copy(locked, tmp_path))


def test_a_passphrase_is_removed_once_it_is_typed_and_meant(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    desk.open(path, WORDS)
    gate.typed, gate.yes = [WORDS], False
    desk.remove_passphrase()
    assert "[Remove the passphrase | Keep it locked]" in gate.asked[-1]
    assert desk.store is not None
    assert desk.store.encrypted
    gate.typed, gate.yes = [WORDS], True
    desk.remove_passphrase()
    qtbot.waitUntil(lambda: desk.store is not None and not desk.store.encrypted)
    desk.close()
    assert not is_locked(path)


@pytest.mark.parametrize("act", ["set_passphrase", "remove_passphrase"])
def test_a_wrong_passphrase_changes_nothing_and_leaves_the_file_open(
    desk: Desk, gate: RecordingMessages, path: Path, act: str
) -> None:
    desk.open(path, WORDS)
    gate.typed = ["not the passphrase"]
    getattr(desk, act)()
    assert "not the passphrase of this file" in gate.told[-1]
    assert desk.store is not None
    assert desk.store.fits(WORDS)


def test_a_plain_file_has_no_passphrase_to_remove(
    desk: Desk, gate: RecordingMessages, tmp_path: Path
) -> None:
    desk.new(tmp_path / "plain.pdesk", "Plain")
    desk.remove_passphrase()
    assert "has no passphrase" in gate.told[-1]


def test_a_new_passphrase_leads_to_a_sheet_that_is_printed_from_memory(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.open(path, WORDS)
    gate.typed, gate.place = [WORDS, "one two three four five six"], 1
    before = set(tmp_path.rglob("*.pdf"))
    desk.set_passphrase()
    qtbot.waitUntil(lambda: desk.window.findChild(PrintDialog) is not None, timeout=30_000)
    assert any("[Make a recovery sheet | Not now]" in asked for asked in gate.asked)
    assert set(tmp_path.rglob("*.pdf")) == before
    dialog = desk.window.findChild(PrintDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: not desk.tasks.is_busy(), timeout=30_000)
    dialog.reject()


def test_a_sheet_with_lines_is_saved_where_it_is_wished_and_holds_no_word(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.open(path, WORDS)
    gate.place, gate.path = 2, tmp_path / "Sheet.pdf"
    desk.recovery_sheet()
    qtbot.waitUntil(lambda: gate.path is not None and gate.path.exists(), timeout=30_000)
    assert gate.path.read_bytes().startswith(b"%PDF")


def test_a_locked_file_is_on_no_list_unless_it_is_wished(
    desk: Desk, gate: RecordingMessages, path: Path
) -> None:
    desk.open(path, WORDS)
    desk.close()
    assert recent() == ()
    desk.open(path, WORDS)
    gate.place = 0
    desk.choose_lock()
    (one,) = recent()
    assert (one.path, one.title, one.partners, one.stage) == (str(path), "lake", 0, "")
    gate.yes = False
    desk.choose_lock()
    assert recent() == ()


def test_a_file_that_gets_a_passphrase_leaves_the_list(
    desk: Desk, gate: RecordingMessages, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.new(tmp_path / "plain.pdesk", "Plain")
    assert [one.title for one in recent()] == ["Plain"]
    gate.typed = [WORDS]
    desk.set_passphrase()
    qtbot.waitUntil(lambda: desk.store is not None and desk.store.encrypted)
    assert recent() == ()


def test_the_wait_before_the_lock_is_chosen_and_kept(
    desk: Desk, gate: RecordingMessages, path: Path
) -> None:
    desk.open(path, WORDS)
    assert desk.idle is not None
    assert desk.idle.minutes == 5
    gate.place = 5
    desk.choose_lock()
    assert "After 5 minutes\nAfter 2 minutes" in gate.asked[-2]  # what is kept comes first
    assert desk.idle.minutes == 0
    assert settings().lock_minutes == 0


def test_a_new_file_can_be_locked_from_its_first_byte(
    desk: Desk, gate: RecordingMessages, qtbot: QtBot, tmp_path: Path
) -> None:
    view = desk.window.view
    assert isinstance(view, HomeView)
    view.show_new()
    page = view.page
    assert isinstance(page, NewPage)
    qtbot.keyClicks(page.name, "Nafula and friends")
    page.lock.click()
    gate.path, gate.typed, gate.yes = tmp_path / "Partnership", [WORDS], False
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    assert desk.store is not None
    assert desk.store.path == tmp_path / "Partnership.pdesk"
    assert desk.store.fits(WORDS)
    assert "[Make a recovery sheet | Not now]" in gate.asked[-1]
    qtbot.waitUntil(lambda: not desk.tasks.is_busy(), timeout=40_000)  # the backup of opening
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert not [one for one in files if b"Nafula" in one.read_bytes()]
