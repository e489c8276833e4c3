"""The window takes a partnership to another laptop, and brings in what was done there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from partnerdesk.exchange.bundle import pack, pack_source
from partnerdesk.exchange.conflicts import Side
from partnerdesk.exchange.copies import read
from partnerdesk.exchange.erasing import Order, What, erase
from partnerdesk.exchange.laptop import laptop
from partnerdesk.exchange.wanted import Wanted
from partnerdesk.flow import rounds, setup, values
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.keeping import backups
from partnerdesk.store import Store, is_locked, open_store
from tests.recording import RecordingMessages
from ui.desk import Desk
from ui.views.bring import BringView
from ui.views.place import Go, Place
from ui.views.take import TakeView

WORDS = "calm acorn in the garden"


@pytest.fixture
def ours(tmp_path: Path, desk: Desk) -> Store:
    """Return the open file of this laptop; beside it lies a copy of another one."""
    desk.new(tmp_path / "ours.pdesk", "Lake")
    store = desk.store
    assert store is not None
    setup.add_partner(store, "North", id="north")
    store.copy_to(tmp_path / "theirs.pdesk")
    store.author = "Amina"
    setup.change_partnership(store, purpose="Water")
    return store


@pytest.fixture
def bundle(tmp_path: Path, ours: Store) -> Path:
    """Return a bundle of the other laptop, with a partner more and another purpose."""
    with open_store(tmp_path / "theirs.pdesk") as theirs:
        theirs.author = "Otieno"
        setup.change_partnership(theirs, purpose="Fish")
        setup.add_partner(theirs, "South", id="south")
        (tmp_path / "lake.pdbundle").write_bytes(pack(theirs))
    return tmp_path / "lake.pdbundle"


def _bring(desk: Desk, qtbot: QtBot, path: Path) -> BringView:
    """Show what a bundle brings and wait until it shows."""
    desk.go(Place(Go.BRING, str(path)))
    view = desk.window.view
    assert isinstance(view, BringView)
    qtbot.waitUntil(lambda: view.prospect is not None, timeout=40_000)
    return view


def _drop(desk: Desk, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    desk.window.dropEvent(event)
    return event.isAccepted()


def test_a_locked_bundle_is_written_and_the_name_is_kept(
    desk: Desk, gate: RecordingMessages, ours: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.visit(Go.TAKE)
    view = desk.window.view
    assert isinstance(view, TakeView)
    assert not view.lock.isChecked()
    view.lock.click()
    view.name.set_value("Amina Wako")
    view.passphrase.set_value("short")
    view.go_on()
    assert "too short" in view.passphrase.error()
    view.passphrase.set_value(WORDS)
    gate.path = tmp_path / "out"
    QTest.mouseClick(view.page.footer.primary, Qt.MouseButton.LeftButton)
    made = tmp_path / "out.pdbundle"
    qtbot.waitUntil(lambda: not view.is_waiting and made.exists(), timeout=40_000)
    assert made.read_bytes().startswith(b"PDSEALED")
    assert laptop().name == "Amina Wako"
    assert ours.author == "Amina Wako"


def test_a_bundle_in_clear_is_asked_about_where_it_would_be_sent_on(
    desk: Desk, gate: RecordingMessages, ours: Store, tmp_path: Path
) -> None:
    (tmp_path / "Dropbox").mkdir()
    desk.visit(Go.TAKE)
    view = desk.window.view
    assert isinstance(view, TakeView)
    gate.path, gate.yes = tmp_path / "Dropbox" / "out.pdbundle", False
    view.go_on()
    assert "Dropbox" in gate.asked[-1]
    assert not view.is_waiting
    view.lock.click()
    view.go_on()
    assert view.is_waiting


def test_at_least_one_part_goes_along(desk: Desk, ours: Store) -> None:
    desk.visit(Go.TAKE)
    view = desk.window.view
    assert isinstance(view, TakeView)
    for box in view.parts.values():
        box.click()
    assert not view.page.footer.primary.isEnabled()
    assert view.page.footer.note() == "Choose at least one part."


def test_both_edits_stand_side_by_side_and_the_chosen_one_stays(
    desk: Desk, ours: Store, bundle: Path, qtbot: QtBot
) -> None:
    desk.window.show()
    view = _bring(desk, qtbot, bundle)
    assert view.choices is not None
    (card,) = view.choices.cards
    names = [face.accessibleName() for face in card.row.faces]
    assert "Water (Amina" in names[0]
    assert "Fish (Otieno" in names[1]
    assert card.side is Side.THEIRS
    face = card.row.faces[1]
    face.setFocus()
    QTest.keyClick(face, Qt.Key.Key_Left)
    assert card.side is Side.OURS
    assert values.partnership(ours).purpose == "Water"
    before = ours.head()
    view.go_on()
    qtbot.waitUntil(lambda: ours.head() != before, timeout=40_000)
    assert values.partnership(ours).purpose == "Water"
    assert [p.id for p in values.partners(ours)] == ["north", "south"]
    (backup,) = [one for one in backups(ours.path) if one.head == before]
    assert backup.edits == before.count
    qtbot.waitUntil(lambda: not view.is_waiting, timeout=40_000)
    view.undo()
    assert [p.id for p in values.partners(ours)] == ["north"]
    assert ours.check().ok


def test_what_the_other_laptop_erased_is_erased_here_with_the_file_closed_meanwhile(
    desk: Desk, gate: RecordingMessages, ours: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    setup.change_partnership(ours, purpose="Zephyrine Quartzberg wants water")
    ours.copy_to(tmp_path / "theirs.pdesk")
    with open_store(tmp_path / "theirs.pdesk") as theirs:
        order = Order(What.WORDS, (Wanted(("Zephyrine Quartzberg",), "Z. Q."),))
        erase(theirs, order, "Otieno")
        setup.add_partner(theirs, "South", id="south")
        (tmp_path / "lake.pdbundle").write_bytes(pack(theirs))
    view = _bring(desk, qtbot, tmp_path / "lake.pdbundle")
    before = ours.head()
    view.go_on()
    qtbot.waitUntil(lambda: bool(gate.told), timeout=40_000)
    assert "2 edits came in." in gate.told[0]
    store = desk.store
    assert store is not None
    assert store is not ours
    assert values.partnership(store).purpose == "Z. Q. wants water"
    assert [edit.author for edit in store.edits()][-1] == "Amina"
    assert [p.id for p in values.partners(store)] == ["north", "south"]
    assert [one for one in backups(store.path) if one.head == before]
    assert store.check().ok
    desk.undo()
    assert [p.id for p in values.partners(store)] == ["north"]
    assert values.partnership(store).purpose == "Z. Q. wants water"


def test_what_cannot_come_in_with_an_erasure_leaves_the_file_open_as_it_was(
    desk: Desk, gate: RecordingMessages, ours: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    setup.change_partnership(ours, purpose="Zephyrine Quartzberg wants water")
    ours.copy_to(tmp_path / "theirs.pdesk")
    with open_store(tmp_path / "theirs.pdesk") as theirs:
        erase(theirs, Order(What.WORDS, (Wanted(("Zephyrine",), "Z."),)), "Otieno")
        (tmp_path / "lake.pdbundle").write_bytes(pack(theirs))
    view = _bring(desk, qtbot, tmp_path / "lake.pdbundle")
    setup.change_partnership(ours, purpose="Zephyrine wants fish")
    view.go_on()
    qtbot.waitUntil(lambda: bool(gate.told), timeout=40_000)
    assert "The file changed meanwhile" in gate.told[0]
    assert desk.store is not None
    assert values.partnership(desk.store).purpose == "Zephyrine wants fish"


def test_what_brings_nothing_or_is_not_ours_is_refused_in_a_sentence(
    desk: Desk, gate: RecordingMessages, ours: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other.pdbundle"
    with setup.new_partnership(tmp_path / "other.pdesk", "Other") as store:
        other.write_bytes(pack(store))
    replayed, cut, forged = (tmp_path / f"{name}.pdbundle" for name in ("old", "cut", "forged"))
    whole = pack(ours)
    replayed.write_bytes(whole)
    cut.write_bytes(whole[:-40])
    touched = bytearray(whole)
    touched[len(whole) // 2] ^= 1
    forged.write_bytes(touched)
    before = ours.head()
    for path, words in (
        (other, "another partnership"),
        (replayed, "knows all of this bundle already"),
        (cut, "its end is missing"),
        (forged, "bundle"),
    ):
        told = len(gate.told)
        desk.open(path)
        qtbot.waitUntil(lambda told=told: len(gate.told) > told, timeout=40_000)
        assert words in gate.told[-1]
    assert ours.head() == before


def test_a_sealed_round_stays_sealed(desk: Desk, ours: Store, bundle: Path, qtbot: QtBot) -> None:
    guide = built_in_guide()
    for partner in ("north", setup.add_partner(ours, "East", id="east")):
        setup.add_participant(ours, partner, "Ann", id=f"ann-{partner}")
    round_id = rounds.open_round(ours, guide, "mindset")
    rounds.submit_answer(ours, guide, round_id, "ann-north", None)
    view = _bring(desk, qtbot, bundle)
    before = ours.head()
    view.go_on()
    qtbot.waitUntil(lambda: ours.head() != before, timeout=40_000)
    assert [row["nonce"] for row in ours.rows("response")] == [""]


def test_a_locked_bundle_asks_and_becomes_a_locked_file_at_home(
    desk: Desk, gate: RecordingMessages, ours: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    locked = tmp_path / "sent.pdbundle"
    locked.write_bytes(pack_source(read(ours), passphrase=WORDS))
    desk.close()
    (tmp_path / "ours.pdesk").unlink()
    gate.typed = ["something else entirely", WORDS]
    gate.path = tmp_path / "new"
    assert _drop(desk, locked)
    view = desk.window.view
    assert isinstance(view, BringView)
    qtbot.waitUntil(
        lambda: view.page.footer.primary.text() == "Choose where to keep it", timeout=40_000
    )
    assert "does not open the bundle" in gate.asked[-1]
    gate.typed = [WORDS]
    view.go_on()
    qtbot.waitUntil(lambda: desk.store is not None, timeout=40_000)
    assert desk.store is not None
    assert values.partnership(desk.store).purpose == "Water"
    desk.close()
    assert is_locked(tmp_path / "new.pdesk")


def test_a_bundle_at_home_finds_the_file_that_is_here(
    desk: Desk, ours: Store, bundle: Path, qtbot: QtBot
) -> None:
    desk.close()
    desk.open(bundle)
    view = desk.window.view
    assert isinstance(view, BringView)
    wanted = "Open it and bring this in"
    qtbot.waitUntil(lambda: view.page.footer.primary.text() == wanted, timeout=40_000)
    view.go_on()
    assert desk.store is not None
    now = desk.window.view
    assert isinstance(now, BringView)
    qtbot.waitUntil(lambda: now.prospect is not None, timeout=40_000)


def test_a_private_turn_takes_no_drop(desk: Desk, ours: Store, bundle: Path) -> None:
    assert desk.window.view is not None
    desk.window.view.private = True  # type: ignore[misc]  # one view alone
    assert not _drop(desk, bundle)
    assert not isinstance(desk.window.view, BringView)


def test_what_is_shared_has_a_menu_of_its_own(desk: Desk) -> None:
    menus = [one for one in desk.window.findChildren(QMenu) if one.title() == "Share"]
    (share,) = menus
    assert [one.isEnabled() for one in share.actions()] == [False, True, False, False, False]
    assert [one.text() for one in share.actions()][:2] == [
        "Take to another laptop…",
        "Bring in from another laptop…",
    ]
    assert all(isinstance(one, QAction) for one in share.actions())


def test_work_on_the_open_file_stops_when_it_is_stopped(
    desk: Desk, gate: RecordingMessages, ours: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.visit(Go.TAKE)
    view = desk.window.view
    assert isinstance(view, TakeView)
    gate.path = tmp_path / "out.pdbundle"
    view.go_on()
    assert view.is_waiting
    (task,) = (one for one in desk.tasks._under_way if one.owner is view and one.can_stop)
    task.stop()
    assert not view.is_waiting
    QApplication.processEvents()
    desk.tasks.wait_for_done()
    QApplication.processEvents()
    assert not (tmp_path / "out.pdbundle").exists()
    assert view.page.toast.text() == "Stopped. Nothing was written."
