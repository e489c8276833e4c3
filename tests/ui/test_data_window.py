"""The window writes a partnership's data out, and takes people in from a list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from partnerdesk.flow import setup, values
from partnerdesk.keeping import backups
from partnerdesk.store import Store, change_passphrase
from tests.recording import RecordingMessages
from ui.desk import Desk
from ui.views.contacts import ContactsView
from ui.views.data_out import DataView
from ui.views.place import Go, Place
from ui.views.prepare import PrepareView

PEOPLE = "Name,Organisation,Role\nAmina Diallo,North,Chair\nBaraka Ali,Clinic,Nurse\n,North,\n"


@pytest.fixture
def store(tmp_path: Path, desk: Desk) -> Store:
    """Return an open file with two partners."""
    desk.new(tmp_path / "lake.pdesk", "Lake")
    assert desk.store is not None
    setup.add_partner(desk.store, "North", id="north")
    setup.add_partner(desk.store, "South", id="south")
    return desk.store


def _data(desk: Desk) -> DataView:
    desk.visit(Go.DATA)
    view = desk.window.view
    assert isinstance(view, DataView)
    return view


def test_data_goes_out_in_the_form_that_is_chosen(
    desk: Desk, gate: RecordingMessages, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    for place, (ending, start) in enumerate(((".xlsx", b"PK"), (".zip", b"PK"), (".json", b"{"))):
        view, out = _data(desk), tmp_path / f"out{ending}"
        view.form.faces[place].click()
        gate.path = tmp_path / "out"
        QTest.mouseClick(view.page.footer.primary, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda view=view: not view.is_waiting, timeout=40_000)
        assert out.read_bytes().startswith(start)
    tables = json.loads((tmp_path / "out.json").read_bytes())["tables"]
    assert [row["name"] for row in tables["partners"]] == ["North", "South"]
    assert len(gate.asked) == 3  # nobody was asked more than for the place


def test_a_folder_that_sends_on_is_asked_about_first(
    desk: Desk, gate: RecordingMessages, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    gate.path, gate.yes = folder / "out.xlsx", False
    view = _data(desk)
    view.go_on()
    assert "Dropbox" in gate.asked[-1]
    assert list(folder.iterdir()) == []
    gate.yes = True
    view.go_on()
    qtbot.waitUntil(lambda: (folder / "out.xlsx").exists(), timeout=40_000)


def test_tables_of_a_locked_file_are_asked_about_first(
    desk: Desk, gate: RecordingMessages, store: Store, tmp_path: Path
) -> None:
    path, words = store.path, "calm acorn in the garden"
    desk.close()
    change_passphrase(path, None, words)
    desk.open(path, words)
    gate.path, gate.yes = tmp_path / "out.json", False
    _data(desk).go_on()
    assert "what leaves here is not" in gate.asked[-1]
    assert not (tmp_path / "out.json").exists()


def _contacts(desk: Desk, qtbot: QtBot) -> ContactsView:
    view = desk.window.view
    assert isinstance(view, ContactsView)
    qtbot.waitUntil(lambda: view.preview is not None, timeout=40_000)
    return view


def test_people_come_in_by_their_initials_as_one_step(
    desk: Desk, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    desk.go(Place(Go.CONTACTS, str(path)))
    view = _contacts(desk, qtbot)
    assert view.page.footer.primary.text() == "Add 1 person"
    assert "Line 4" in view._left_out.text()
    assert list(view.partners) == ["Clinic"]
    view.partners["Clinic"].editor.set_value("south")
    view.partners["Clinic"].editor.committed.emit("south")
    assert view.page.footer.primary.text() == "Add 2 people"
    before = store.head().count
    QTest.mouseClick(view.page.footer.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(desk.window.view, PrepareView), timeout=40_000)
    assert [(p.name, p.partner_id, p.role) for p in values.participants(store)] == [
        ("A. D.", "north", "Chair"),
        ("B. A.", "south", "Nurse"),
    ]
    assert store.head().count == before + 1
    assert backups(store.path)[0].edits == before
    desk.undo()
    assert values.participants(store) == ()


def test_another_column_can_give_the_name(
    desk: Desk, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    desk.go(Place(Go.CONTACTS, str(path)))
    view = _contacts(desk, qtbot)
    view.initials.click()
    assert "Amina Diallo" in view._who.text()
    view.columns["name"].editor.set_value("2")
    view.columns["name"].editor.committed.emit("2")
    qtbot.waitUntil(lambda: "Chair" in view._who.text(), timeout=40_000)


def test_a_list_is_dropped_on_prepare_and_what_is_none_is_refused(
    desk: Desk, gate: RecordingMessages, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.go(Place(Go.PREPARE))
    path = tmp_path / "people.vcf"
    path.write_text("hello")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    view = desk.window.view
    assert isinstance(view, PrepareView)
    view.dropEvent(event)
    assert isinstance(desk.window.view, ContactsView)
    qtbot.waitUntil(lambda: bool(gate.told), timeout=40_000)
    assert "holds no contacts" in gate.told[0]
