"""The window says in one sentence where a file lies badly, and offers what can be done."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.errors import EnvironmentProblem
from partnerdesk.flow import setup, values
from partnerdesk.keeping import spot
from partnerdesk.keeping.away import away
from partnerdesk.store import Undoing, open_store, opening, problems
from partnerdesk.store.watch import Watch
from tests.recording import RecordingMessages
from ui.desk import Desk
from ui.standing import working_folder
from ui.views.place import Go, Place
from ui.views.prepare import PrepareView
from ui.widgets.frames import Scaffold

Refuse = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def desk(desk: Desk) -> Iterator[Desk]:
    """Return the desk; whatever still waits to be saved, its window may close afterwards."""
    yield desk
    desk.window.may_close = lambda: True


@pytest.fixture
def path(tmp_path: Path, desk: Desk) -> Path:
    """Return the path of a partnership that is open on the desk."""
    (tmp_path / "stick").mkdir()
    desk.new(tmp_path / "stick" / "lake.pdesk", "Lake")
    return tmp_path / "stick" / "lake.pdesk"


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """Return what lets the disk refuse every change, for one reason, for a while."""

    @contextmanager
    def refusing(code: str) -> Iterator[None]:
        made = {"disk-full": problems.disk_full, "disk": problems.disk, "moved": problems.moved}

        @contextmanager
        def guarding(self: Watch, _connection: object) -> Iterator[None]:
            raise made[code](self._path)
            yield

        with monkeypatch.context() as patched:
            patched.setattr(Watch, "guarding", guarding)
            yield

    return refusing


def _page(desk: Desk) -> Scaffold:
    view = desk.window.view
    assert view is not None
    page = view.findChild(Scaffold)
    assert page is not None
    return page


def _notices(desk: Desk) -> list[str]:
    return [banner.text() for banner in _page(desk).notices()]


def _press(desk: Desk, words: str) -> None:
    (banner,) = [one for one in _page(desk).notices() if words in one.text()]
    assert banner.button is not None
    banner.button.click()


def _type_purpose(desk: Desk, qtbot: QtBot, text: str) -> None:
    view = desk.window.view
    assert isinstance(view, PrepareView)
    assert view._save_about("purpose", text) == ""


def _settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.tasks.is_busy(), timeout=20_000)
    QApplication.processEvents()


def _purpose(desk: Desk) -> str:
    assert desk.store is not None
    return values.partnership(desk.store).purpose


def test_a_change_that_the_full_disk_does_not_take_waits_and_is_saved_by_one_button(
    desk: Desk, gate: RecordingMessages, path: Path, refuse: Refuse, qtbot: QtBot
) -> None:
    with refuse("disk-full"):
        _type_purpose(desk, qtbot, "Fish")
        _type_purpose(desk, qtbot, "Clean water")
        top = _page(desk).top
        assert top.unsaved() == "Not saved: disk is full, 1 change waiting"
        assert not top.save_button.isHidden()
        top.save_button.click()
        assert top.unsaved()
        desk.go(Place(Go.PREPARE))
        assert _page(desk).top.unsaved() == top.unsaved()
    _page(desk).top.save_button.click()
    assert _page(desk).top.unsaved() == ""
    assert _page(desk).top.save_button.isHidden()
    assert _page(desk).top.saved().startswith("Saved ")
    assert _purpose(desk) == "Clean water"
    assert gate.told == []


@pytest.mark.parametrize(("code", "words"), [("disk", "the disk is away"), ("moved", "was moved")])
def test_each_reason_has_its_words_and_the_next_change_takes_the_waiting_ones_along(
    desk: Desk, path: Path, refuse: Refuse, qtbot: QtBot, code: str, words: str
) -> None:
    with refuse(code):
        _type_purpose(desk, qtbot, "Fish")
        view = desk.window.view
        assert view is not None
        assert not view.succeeds(setup.add_partner, desk.store, "North")
        assert words in _page(desk).top.unsaved()
        assert "2 changes waiting" in _page(desk).top.unsaved()
    assert view.succeeds(setup.add_partner, desk.store, "South")
    assert _page(desk).top.unsaved() == ""
    assert desk.store is not None
    assert [one.name for one in values.partners(desk.store)] == ["North", "South"]


def test_a_stick_that_comes_back_goes_on_where_it_was(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot
) -> None:
    """What is in it again is another file to the system; its last edit says that it is ours."""
    drawer = path.parent.with_name("drawer")
    path.parent.rename(drawer)
    _type_purpose(desk, qtbot, "Fish")
    assert "the disk is away, 1 change waiting" in _page(desk).top.unsaved()
    _page(desk).top.save_button.click()
    assert _page(desk).top.unsaved()
    shutil.copytree(drawer, path.parent)
    _page(desk).top.save_button.click()
    assert _page(desk).top.unsaved() == ""
    assert _purpose(desk) == "Fish"
    setup.change_partnership(desk.store, purpose="More fish")
    assert desk.store is not None
    assert desk.store.check().problems == ()
    desk.close()
    with open_store(path) as again:
        assert values.partnership(again).purpose == "More fish"
    assert gate.told == []


def test_a_stick_that_comes_back_changed_is_not_written_over(
    desk: Desk, path: Path, qtbot: QtBot
) -> None:
    drawer = path.parent.with_name("drawer")
    path.parent.rename(drawer)
    _type_purpose(desk, qtbot, "Fish")
    shutil.copytree(drawer, path.parent)
    with open_store(path) as other:
        setup.change_partnership(other, purpose="Theirs")
    before = path.read_bytes()
    _page(desk).top.save_button.click()
    assert "changed elsewhere" in _page(desk).top.unsaved()
    assert path.read_bytes() == before


def test_leaving_with_unsaved_changes_asks_first(
    desk: Desk, gate: RecordingMessages, path: Path, refuse: Refuse, qtbot: QtBot
) -> None:
    with refuse("disk-full"):
        _type_purpose(desk, qtbot, "Fish")
        gate.yes = False
        desk.close()
        assert desk.store is not None
        assert not desk.window.close()
        assert "Not all is saved" in gate.asked[-1]
        gate.yes = True
        desk.close()
        assert desk.store is None


def test_a_reveal_or_signature_never_happens_by_itself_later(
    desk: Desk, path: Path, refuse: Refuse
) -> None:
    store = desk.store
    assert store is not None
    kinds = ((Undoing.BARRIER, False), (Undoing.QUIET, False), (Undoing.UNDOABLE, True))
    for undoing, again in kinds:
        with (
            refuse("disk-full"),
            pytest.raises(EnvironmentProblem) as refused,
            store.transaction("Reveal", undoing=undoing) as t,
        ):
            t.upsert("setting", {"id": "x", "value": 1})
        assert refused.value.again is again


def test_a_read_only_medium_opens_to_read_and_offers_a_copy(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.close()
    monkeypatch.setattr(opening, "_writable", lambda one: path.parent not in one.parents)
    desk.open(path)
    assert gate.told == []
    assert desk.store is not None
    assert desk.store.read_only
    assert "can only be read" in _notices(desk)[0]
    desk.go(Place(Go.PREPARE))
    assert "can only be read" in _notices(desk)[0]
    _press(desk, "can only be read")
    qtbot.waitUntil(lambda: desk.store is not None and not desk.store.read_only, timeout=20_000)
    assert desk.store is not None
    assert desk.store.path.parent == working_folder()


def _on_stick(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let the folder of `path` be a stick, and all else this laptop's disk."""
    real = spot.spot_of
    mounts = f"1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 8:2 / {path.parent} rw - vfat /dev/sdb rw\n"
    monkeypatch.setattr("ui.standing.spot_of", lambda one: real(one, mounts))


def test_a_file_on_a_stick_is_worked_on_here_and_put_back_at_the_end(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.close()
    _on_stick(monkeypatch, path)
    desk.open(path)
    _press(desk, "Sticks like this")
    qtbot.waitUntil(lambda: desk.store is not None, timeout=20_000)
    assert desk.store is not None
    copy = desk.store.path
    assert copy.parent == working_folder()
    assert f"goes back to {path.parent}" in _notices(desk)[0]
    setup.change_partnership(desk.store, purpose="Fish")
    desk.close()
    qtbot.waitUntil(lambda: not copy.exists(), timeout=20_000)
    with open_store(path) as back:
        assert values.partnership(back).purpose == "Fish"
    assert gate.told == []


def test_where_partnerdesk_itself_is_on_the_stick_no_copy_is_offered(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    desk.close()
    _on_stick(monkeypatch, path)
    monkeypatch.setenv("PARTNERDESK_HOME", str(path.parent / "partnerdesk-data"))
    desk.open(path)
    assert _notices(desk) == []


def test_a_stick_that_is_away_at_the_end_keeps_the_work_here_and_it_is_found_again(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.close()
    _on_stick(monkeypatch, path)
    desk.open(path)
    _press(desk, "Sticks like this")
    qtbot.waitUntil(lambda: desk.store is not None, timeout=20_000)
    assert desk.store is not None
    copy = desk.store.path
    setup.change_partnership(desk.store, purpose="Fish")
    elsewhere = path.parent.with_name("drawer")
    path.parent.rename(elsewhere)
    desk.close()
    qtbot.waitUntil(lambda: bool(gate.told), timeout=20_000)
    assert "Your work stays on this laptop" in gate.told[-1]
    assert away(copy) is not None
    elsewhere.rename(path.parent)
    desk.open(path)
    assert "There is a working copy" in gate.asked[-1]
    assert _purpose(desk) == "Fish"
    _press(desk, "working copy")
    qtbot.waitUntil(lambda: desk.store is not None, timeout=20_000)
    assert desk.store is not None
    assert desk.store.path == path
    assert _purpose(desk) == "Fish"


def test_a_file_changed_where_it_came_from_is_not_written_over(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.close()
    _on_stick(monkeypatch, path)
    desk.open(path)
    _press(desk, "Sticks like this")
    qtbot.waitUntil(lambda: desk.store is not None, timeout=20_000)
    assert desk.store is not None
    setup.change_partnership(desk.store, purpose="Mine")
    with open_store(path) as other:
        setup.change_partnership(other, purpose="Theirs")
    before, copy = path.read_bytes(), desk.store.path
    desk.close()
    qtbot.waitUntil(lambda: bool(gate.told), timeout=20_000)
    assert "was changed where it came from" in gate.told[-1]
    assert path.read_bytes() == before
    assert copy.exists()


def test_a_program_that_was_stopped_is_told_in_one_quiet_line_that_goes_by_itself(
    desk: Desk, path: Path
) -> None:
    desk.close()
    reserve = path.with_name(f".{path.name}.reserve")
    reserve.write_bytes(b"")
    stopped = datetime(2026, 11, 28, 10, 41, tzinfo=UTC)
    os.utime(reserve, (stopped.timestamp(), stopped.timestamp()))
    desk.open(path)
    (words,) = _notices(desk)
    assert words.startswith(f"PartnerDesk closed unexpectedly at {stopped.astimezone():%H:%M}.")
    assert "Nothing was lost: the last change is from " in words
    desk.go(Place(Go.SESSION))
    assert _notices(desk) == []
    desk.close()
    desk.open(path)
    assert _notices(desk) == []


def test_a_clock_behind_and_a_full_disk_are_told_and_stop_nothing(
    desk: Desk, gate: RecordingMessages, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.close()
    monkeypatch.setattr(spot, "ENOUGH_BYTES", 2**62)
    with open_store(path, clock=lambda: datetime.now(UTC) + timedelta(days=30)) as ahead:
        setup.change_partnership(ahead, purpose="Later")
    desk.open(path)
    low, clock = _notices(desk)
    assert "nearly full" in low
    assert "clock of this laptop" in clock
    _press(desk, "clock of this laptop")
    assert len(_notices(desk)) == 1
    gate.path = copy = path.with_name("copy.pdesk")
    _press(desk, "nearly full")
    qtbot.waitUntil(copy.exists, timeout=20_000)


def test_banners_have_a_name_and_take_the_keyboard(desk: Desk, path: Path) -> None:
    desk.close()
    path.with_name(f".{path.name}.reserve").write_bytes(b"")
    desk.open(path)
    (banner,) = _page(desk).notices()
    assert banner.accessibleName() == banner.text()
    assert banner.button is not None
    assert banner.button.focusPolicy() & Qt.FocusPolicy.TabFocus
