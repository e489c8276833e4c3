"""A backup is whole, checked and under the file's passphrase; restoring makes a copy."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from partnerdesk import pace
from partnerdesk.errors import EnvironmentProblem, UserError
from partnerdesk.keeping import (
    back_up,
    back_up_before,
    back_up_if_due,
    back_up_second,
    backups,
    begin_backup,
    begin_backup_before,
    begin_backup_if_due,
    finish_backup,
    later_edits,
    older_copies,
    protect_backups,
    restore,
)
from partnerdesk.keeping.backups import folder_of
from partnerdesk.keeping.policy import RECENT
from partnerdesk.store import Store, change_passphrase, create_store, open_store

WORDS = "calm acorn in the garden"
KILLED = """
import os
from datetime import UTC, datetime
from pathlib import Path
from partnerdesk.keeping import begin_backup
from partnerdesk.store import open_store

store = open_store(Path("garden.pdesk"))
begin_backup(store, datetime(2026, 11, 24, 11, tzinfo=UTC))
os._exit(7)
"""


def _edit(store: Store, text: str = "More") -> None:
    with store.transaction("Write") as t:
        t.upsert("note", {"id": "n", "text": text})


def test_a_backup_says_what_it_holds_and_what_came_later(
    store: Store, path: Path, noon: datetime
) -> None:
    made = back_up(store, noon)
    assert made.parent == path.with_name("garden.backups")
    _edit(store)
    _edit(store, "Even more")
    (one,) = backups(path)
    assert (one.at, one.path, one.sessions, one.answers, one.edits) == (noon, made, 1, 1, 1)
    assert later_edits(store, one) == 2


def test_a_backup_of_another_file_of_that_name_is_not_counted_as_earlier(
    store: Store, path: Path, noon: datetime, tmp_path: Path
) -> None:
    back_up(store, noon)
    store.close()
    path.rename(tmp_path / "moved.pdesk")
    with create_store(path) as other:
        _edit(other)
        back_up(other, noon + timedelta(hours=1))
        found = [later_edits(other, one) for one in backups(path)]
    assert sorted(found, key=str) == [0, None]


def test_backups_are_made_when_due_alone(store: Store, noon: datetime) -> None:
    assert back_up_if_due(store, noon) is not None
    assert back_up_if_due(store, noon + timedelta(days=1)) is None
    _edit(store)
    assert back_up_if_due(store, noon + timedelta(minutes=1)) is None
    assert back_up_if_due(store, noon + timedelta(minutes=31)) is not None
    _edit(store, "Other")
    assert back_up_if_due(store, noon - timedelta(days=400)) is not None


def test_older_backups_are_thinned_in_the_order_of_the_journal(
    store: Store, path: Path, noon: datetime
) -> None:
    for number in range(RECENT + 4):
        _edit(store, str(number))
        back_up(store, noon - timedelta(minutes=number))
    found = backups(path)
    assert [one.edits for one in found][:RECENT] == [11, 10, 9, 8, 7, 6]
    assert len(found) == RECENT + 1


def test_a_second_folder_gets_the_same(
    store: Store, path: Path, noon: datetime, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = back_up(store, noon, stick)
    assert (stick / made.parent.name / made.name).is_file()


def test_a_second_folder_that_is_gone_leaves_the_first_backup(
    store: Store, path: Path, noon: datetime, tmp_path: Path
) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        back_up(store, noon, tmp_path / "pulled out")
    assert refused.value.code == "backup"
    assert len(refused.value.message.split()) <= 35
    assert len(backups(path)) == 1


def test_a_file_that_does_not_check_gets_no_backup_and_loses_none(
    store: Store, path: Path, noon: datetime
) -> None:
    for number in range(RECENT):
        _edit(store, str(number))
        back_up(store, noon)
    store.connection.execute("UPDATE partner SET name = 'forged'")
    with pytest.raises(EnvironmentProblem):
        back_up(store, noon)
    assert len(backups(path)) == RECENT


def test_a_restored_copy_is_the_file_as_it_was(
    store: Store, path: Path, noon: datetime, tmp_path: Path
) -> None:
    head = store.head()
    made = back_up(store, noon)
    _edit(store)
    out = tmp_path / "restored.pdesk"
    restore(made, out)
    with open_store(out) as again:
        assert (again.head(), again.id, again.check().problems) == (head, store.id, ())
    with pytest.raises(UserError) as refused:
        restore(made, out)
    assert refused.value.code == "exists"


def test_a_locked_file_has_locked_backups(path: Path, noon: datetime) -> None:
    with create_store(path, passphrase=WORDS) as locked:
        _edit(locked, "Canary")
        made = back_up(locked, noon)
    assert b"Canary" not in made.read_bytes()
    assert backups(path) == ()
    assert backups(path, WORDS)[0].edits == 1


def test_a_new_passphrase_reaches_the_backups_too(store: Store, path: Path, noon: datetime) -> None:
    back_up(store, noon)
    store.close()
    change_passphrase(path, None, WORDS)
    assert protect_backups(path, None, WORDS) == ()
    assert backups(path) == ()
    assert len(backups(path, WORDS)) == 1
    assert protect_backups(path, None, WORDS) == (backups(path, WORDS)[0].path,)


def test_what_is_not_named_as_a_backup_is_left_alone(
    store: Store, path: Path, noon: datetime
) -> None:
    folder_of(path).mkdir()
    note = folder_of(path) / "read me.txt"
    note.write_text("mine")
    for number in range(RECENT + 2):
        _edit(store, str(number))
        back_up(store, noon)
    assert note.read_text() == "mine"


def test_a_second_folder_gets_what_is_due_there_and_waits_while_it_is_away(
    store: Store, path: Path, noon: datetime, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    away = back_up_second(store, noon, stick)
    assert away is not None
    assert away.code == "second"
    assert 5 <= len(away.message.split()) <= 35
    stick.mkdir()
    assert back_up_second(store, noon, stick) is None
    assert back_up_second(store, noon + timedelta(hours=1), stick) is None
    assert len(backups(stick / path.name)) == 1  # nothing new since
    _edit(store)
    assert back_up_second(store, noon + timedelta(minutes=10), stick) is None
    assert len(backups(stick / path.name)) == 1  # too early
    assert back_up_second(store, noon + timedelta(hours=2), stick) is None
    assert len(backups(stick / path.name)) == 2
    assert backups(path) == ()


def test_a_second_folder_that_takes_nothing_is_told(
    store: Store, noon: datetime, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / folder_of(store.path).name).write_text("in the way")
    problem = back_up_second(store, noon, tmp_path / "stick")
    assert problem is not None
    assert problem.code == "backup"


def test_before_something_large_a_backup_is_made_unless_the_last_one_holds_all(
    store: Store, path: Path, noon: datetime
) -> None:
    first = back_up_before(store, noon)
    assert first is not None
    assert back_up_before(store, noon + timedelta(seconds=1)) is None
    _edit(store)
    assert back_up_before(store, noon + timedelta(seconds=2)) is not None
    assert len(backups(path)) == 2


def test_backups_of_another_file_of_that_name_keep_their_passphrase(
    store: Store, path: Path, noon: datetime, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    (tmp_path / "elsewhere").mkdir()
    stick.mkdir()
    with create_store(tmp_path / "elsewhere" / path.name) as other:
        _edit(other)
        back_up_second(other, noon, stick)
    back_up_second(store, noon, stick)
    assert protect_backups(stick / path.name, None, WORDS, store.id) == ()
    assert len(backups(stick / path.name)) == 1
    assert len(backups(stick / path.name, WORDS)) == 1


def test_a_backup_is_finished_on_another_thread_after_the_file_was_closed(
    store: Store, path: Path, noon: datetime, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    begun = begin_backup_if_due(store, noon, stick)
    assert begun is not None
    assert backups(path) == ()
    store.close()
    worker = Thread(target=finish_backup, args=(begun,))
    worker.start()
    worker.join()
    assert [one.edits for one in backups(path)] == [1]
    assert [one.edits for one in backups(stick / path.name)] == [1]
    assert not list(tmp_path.rglob("*.part"))


def test_a_backup_that_was_killed_in_the_middle_is_none_and_goes_with_the_next(
    store: Store, path: Path, noon: datetime, tmp_path: Path
) -> None:
    store.close()
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, check=False)
    assert killed.returncode == 7
    (left,) = folder_of(path).iterdir()
    assert left.name.endswith(".part")
    assert backups(path) == ()
    with open_store(path) as again:
        assert older_copies(path, again.id) == (left,)
        made = back_up(again, noon)
    assert list(folder_of(path).iterdir()) == [made]


def test_a_backup_that_is_stopped_leaves_the_others_and_nothing_of_itself(
    store: Store, path: Path, noon: datetime
) -> None:
    made = back_up(store, noon)
    _edit(store)
    begun = begin_backup(store, noon + timedelta(hours=1))

    def stop(_share: float) -> None:
        raise pace.Stopped

    with pytest.raises(pace.Stopped), pace.heard(stop):
        finish_backup(begun)
    assert list(folder_of(path).iterdir()) == [made]


def test_what_is_for_the_second_folder_alone_leaves_nothing_beside_the_file(
    store: Store, path: Path, noon: datetime, tmp_path: Path
) -> None:
    stick, made = tmp_path / "stick", back_up(store, noon)
    stick.mkdir()
    _edit(store)
    soon = noon + timedelta(minutes=1)
    assert begin_backup_if_due(store, soon) is None
    begun = begin_backup_if_due(store, soon, stick)
    assert begun is not None
    assert finish_backup(begun).path is None
    assert [one.edits for one in backups(stick / path.name)] == [2]
    assert list(folder_of(path).iterdir()) == [made]


def test_a_stick_that_is_away_keeps_no_backup_from_being_made_here(
    store: Store, path: Path, noon: datetime, tmp_path: Path
) -> None:
    made = finish_backup(begin_backup(store, noon, tmp_path / "stick"))
    assert made.away is not None
    assert made.away.code == "second"
    assert [one.path for one in backups(path)] == [made.path]
    assert begin_backup_before(store, noon) is None
