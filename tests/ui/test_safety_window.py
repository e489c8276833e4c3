"""The window erases a name, puts an alias in its place, closes a session, destroys a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from partnerdesk.exchange.erasing import What, erasures
from partnerdesk.exchange.recent import recent
from partnerdesk.flow import setup, values
from partnerdesk.flow.drafts import Draft, keep_draft
from partnerdesk.keeping import backups
from partnerdesk.store import change_passphrase, open_store
from tests.recording import RecordingMessages
from ui.desk import Desk
from ui.views.destroy import DestroyView
from ui.views.erase import INITIALS, EraseView
from ui.views.home import HomeView
from ui.views.leave import LeaveView
from ui.views.place import Go, Place
from ui.views.prepare import PrepareView
from ui.widgets.text import Words

NAME = "Zéphyrine Quartzberg"


@pytest.fixture
def path(tmp_path: Path, desk: Desk) -> Path:
    """Return the file that is open: two people, one of whom a text names, and a draft."""
    desk.new(tmp_path / "lake.pdesk", "Lake")
    store = desk.store
    assert store is not None
    setup.add_partner(store, "North", id="north", mission="as zephyrine quartzberg says")
    setup.add_participant(store, "north", NAME, id="z")
    setup.add_participant(store, "north", "Omar Diallo", id="o")
    setup.change_session(store, values.sessions(store)[0].id, facilitator="Naliaka")
    keep_draft(store, "repair", Draft({"forum": "elders"}))
    return tmp_path / "lake.pdesk"


def _settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.tasks.is_busy(), timeout=20_000)
    QApplication.processEvents()


def _found(desk: Desk, qtbot: QtBot, key: str) -> EraseView:
    """Return the page that shows where the words stand."""
    desk.go(Place(Go.ERASE, key))
    view = desk.window.view
    assert isinstance(view, EraseView)
    view.go_on()
    qtbot.waitUntil(lambda: view.found is not None, timeout=20_000)
    return view


def _reopened(desk: Desk, qtbot: QtBot, gate: RecordingMessages) -> None:
    qtbot.waitUntil(lambda: bool(gate.told), timeout=20_000)
    assert desk.store is not None


def test_a_name_is_seen_everywhere_then_erased_with_its_backups(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    desk.close()
    desk.open(path)
    view = _found(desk, qtbot, "z")
    assert view.found is not None
    assert view.found.rows == {"participant": 1, "partner": 1}
    shown = [one.text() for one in view.findChildren(Words) if one.isVisibleTo(view)]
    assert not any("as zephyrine" in text for text in shown)
    assert any("1 partner" in text for text in shown)
    view.go_on()
    assert "[Erase it for good | Keep it]" in gate.asked[-1]
    _reopened(desk, qtbot, gate)
    assert "It is gone" in gate.told[0]
    store = desk.store
    assert store is not None
    assert [p.name for p in values.participants(store)] == ["Z. Q.", "Omar Diallo"]
    (one,) = erasures(store)
    assert (one.author, one.what) == ("Naliaka", What.PERSON)
    gate.told.clear()
    desk.check()
    qtbot.waitUntil(lambda: bool(gate.told), timeout=20_000)
    assert "by Naliaka: a person's name." in gate.told[0]
    desk.close()
    (backup,) = backups(path)
    for file in (path, backup.path):
        assert b"uartzberg" not in file.read_bytes()


def test_nothing_is_erased_where_somebody_keeps_it(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    view = _found(desk, qtbot, "z")
    gate.yes = False
    view.go_on()
    view.go_back()
    assert view.asked.isVisibleTo(view)
    assert desk.store is not None
    assert erasures(desk.store) == ()


def test_an_alias_is_asked_for_from_the_badge_and_a_wrong_one_is_told(
    desk: Desk, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda _menu, _at: None)
    desk.go(Place(Go.PREPARE))
    prepare = desk.window.view
    assert isinstance(prepare, PrepareView)
    row = prepare.parts[0].rows[0]
    row.picture.offer()
    row.picture.menu().actions()[-1].trigger()
    view = desk.window.view
    assert isinstance(view, EraseView)
    assert view.what.value() == "z"
    assert view.words.value() == f"{NAME}, Zéphyrine, Quartzberg"
    for value, wrong in (("Dr Quartzberg", "very words"), (" ", "Write what")):
        view.put_there.set_value(value)
        view.go_on()
        assert wrong in view.put_there.error()
    view.put_there.set_value("Rose")
    view.words.set_value("nowhere in it")
    view.go_on()
    qtbot.waitUntil(lambda: bool(view.words.error()), timeout=20_000)
    assert "nowhere in this file" in view.words.error()


def test_a_session_is_closed_drafts_forgotten_and_everybody_by_initials(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    desk.visit(Go.LEAVE)
    view = desk.window.view
    assert isinstance(view, LeaveView)
    assert (view.now.sealed, view.now.drafts) == ((), ("draft:repair",))
    view.forget_drafts.click()
    _reopened(desk, qtbot, gate)
    assert desk.store is not None
    assert desk.store.row("setting", "draft:repair") is None
    gate.told.clear()
    _found(desk, qtbot, INITIALS).go_on()
    _reopened(desk, qtbot, gate)
    assert [p.name for p in values.participants(desk.store)] == ["Z. Q.", "O. D."]
    desk.visit(Go.LEAVE)
    again = desk.window.view
    assert isinstance(again, LeaveView)
    assert (again.now.drafts, again.now.names) == ((), ())
    again.second.click()
    assert desk.place.go is Go.BACKUPS
    desk.visit(Go.LEAVE)
    again = desk.window.view
    assert isinstance(again, LeaveView)
    gate.path = path.with_name("copy.pdesk")
    again.copy.click()
    qtbot.waitUntil(lambda: again.page.toast.text() == "Written: copy.pdesk", timeout=20_000)
    with open_store(gate.path, read_only=True) as copy:
        assert copy.check().ok
    again.go_on()
    assert desk.store is None


def test_a_file_is_destroyed_once_its_name_is_typed(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    desk.close()
    desk.open(path)
    desk.visit(Go.DESTROY)
    view = desk.window.view
    assert isinstance(view, DestroyView)
    assert not view.page.footer.primary.isEnabled()
    view.name.set_value("lake")
    assert view.page.footer.primary.isEnabled()
    gate.yes = False
    view.go_on()
    assert path.exists()
    gate.yes = True
    view.go_on()
    qtbot.waitUntil(lambda: bool(gate.told), timeout=20_000)
    assert "flash disks" in gate.told[0]
    assert isinstance(desk.window.view, HomeView)
    assert recent() == ()
    assert not [one for one in path.parent.rglob("*") if "lake" in one.name]


def test_the_menu_keeps_what_is_for_safety_together(desk: Desk, path: Path) -> None:
    menus = [m for m in desk.window.findChildren(QMenu) if m.title() == "Safety"]
    words = [action.text() for action in menus[0].actions()]
    assert words[-2:] == ["Erase for safety…", "Destroy this file…"]
    erase = next(a for a in desk.window.findChildren(QAction) if a.text() == "Erase for safety…")
    erase.trigger()
    assert isinstance(desk.window.view, EraseView)


def test_a_locked_file_is_opened_again_after_an_erasure(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    desk.close()
    words = "calm acorn in the garden"
    change_passphrase(path, None, words)
    desk.open(path, words)
    _found(desk, qtbot, "z").go_on()
    _reopened(desk, qtbot, gate)
    store = desk.store
    assert store is not None
    assert store.encrypted
    assert values.participants(store)[0].name == "Z. Q."
    assert len(backups(path, words)) == 1
