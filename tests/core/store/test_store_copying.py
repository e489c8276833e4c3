"""Copies are complete and checked before they take their name."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from partnerdesk import pace
from partnerdesk.errors import EnvironmentProblem, UserError
from partnerdesk.store import Store, create_store, finish_copy, open_copy, open_store
from partnerdesk.store import copying as copying_module
from partnerdesk.store.chain import SLICE

WORDS = "calm acorn in the garden"
KILLED = """
import os, sys
from pathlib import Path
from partnerdesk.store import open_store

store = open_store(Path("garden.pdesk"))
store.begin_copy(Path("copy.pdesk"))
os._exit(7)
"""


def _add(store: Store, key: str) -> None:
    with store.transaction("Add partner") as t:
        t.insert("partner", {"id": key})


def _names(folder: Path) -> set[str]:
    """Return the names in a folder, without what an open file keeps at hand."""
    at_hand = ("-journal", ".reserve")
    return {one.name for one in folder.iterdir() if not one.name.endswith(at_hand)}


def test_a_copy_is_the_same_file(store: Store, tmp_path: Path) -> None:
    _add(store, "p")
    digest = store.put_document(b"pdf", "charter.pdf")
    store.put_secret("k", b"key")
    target = tmp_path / "copy.pdesk"
    store.copy_to(target)
    with open_store(target) as copy:
        assert (copy.id, copy.head()) == (store.id, store.head())
        assert (copy.document(digest), copy.secret("k")) == (b"pdf", b"key")
        assert copy.undo_title() == "Add partner"
        assert copy.check().ok
    assert _names(tmp_path) == {"copy.pdesk", store.path.name}


def test_a_copy_replaces_an_older_one(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.pdesk"
    for key in ("p", "q"):
        _add(store, key)
        store.copy_to(target)
    with open_store(target) as copy:
        assert len(copy.rows("partner")) == 2


def test_a_file_is_not_copied_over_itself(store: Store) -> None:
    with pytest.raises(UserError) as refused:
        store.copy_to(store.path)
    assert refused.value.code == "exists"


def test_a_copy_replaces_no_folder_and_no_file_that_is_open(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        store.copy_to(tmp_path)
    assert refused.value.code == "folder"
    target = tmp_path / "open.pdesk"
    with create_store(target) as other:
        with pytest.raises(EnvironmentProblem) as open_there:
            store.copy_to(target)
        assert open_there.value.code == "already-open"
        assert other.check().ok


def test_a_full_disk_leaves_no_half_copy(store: Store, tmp_path: Path) -> None:
    """A limit on the size of files stands for a disk that runs out of room."""
    store.put_document(bytes(400_000), "large")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(EnvironmentProblem) as full:
            store.copy_to(tmp_path / "copy.pdesk")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert full.value.code in ("disk-full", "disk")
    assert _names(tmp_path) == {store.path.name}
    assert store.check().ok


def test_a_file_that_does_not_check_leaves_the_older_copy(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.pdesk"
    target.write_text("older")
    _add(store, "p")
    store._connection.execute("UPDATE partner SET name = 'forged'")
    with pytest.raises(EnvironmentProblem) as refused:
        store.copy_to(target)
    assert refused.value.code == "damaged"
    assert target.read_text() == "older"
    assert _names(tmp_path) == {"copy.pdesk", store.path.name}


def test_a_folder_that_is_gone_is_said_to_be_so(store: Store, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        store.copy_to(tmp_path / "pulled out" / "copy.pdesk")
    assert refused.value.code == "read-only"


def test_a_copy_that_is_begun_holds_what_the_file_held_then(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.pdesk"
    _add(store, "p")
    part, head = store.begin_copy(target), store.head()
    _add(store, "q")
    assert not target.exists()
    store.close()
    finish_copy(part)
    with open_store(target) as copy:
        assert copy.head() == head
        assert copy.row("partner", "q") is None
    assert _names(tmp_path) == {"copy.pdesk", store.path.name}


def test_a_copy_with_another_journal_than_the_file_had_is_refused(
    store: Store, tmp_path: Path
) -> None:
    target = tmp_path / "copy.pdesk"
    target.write_text("older")
    before = store.begin_copy(target)
    _add(store, "p")
    part = store.begin_copy(target)
    os.replace(before.path, part.path)
    with pytest.raises(EnvironmentProblem) as refused:
        finish_copy(part)
    assert refused.value.code == "damaged"
    assert "copy.pdesk" in refused.value.message
    assert target.read_text() == "older"
    assert _names(tmp_path) == {"copy.pdesk", store.path.name}


def test_two_copies_to_one_place_do_not_disturb_each_other(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.pdesk"
    first = store.begin_copy(target)
    _add(store, "p")
    second = store.begin_copy(target)
    finish_copy(second)
    finish_copy(first)
    with open_store(target) as copy:
        assert copy.head() == first.head


def test_what_a_killed_program_left_of_a_copy_goes_with_the_next(
    store: Store, tmp_path: Path
) -> None:
    store.close()
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, check=False)
    assert killed.returncode == 7
    (left,) = tmp_path.glob(".copy.pdesk.*.part")
    assert left.stat().st_size == store.path.stat().st_size
    assert not (tmp_path / "copy.pdesk").exists()
    with open_store(store.path) as again:
        again.copy_to(tmp_path / "copy.pdesk")
    assert not list(tmp_path.glob(".copy.pdesk.*"))


def test_a_copy_that_is_stopped_leaves_the_older_one(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.pdesk"
    target.write_text("older")
    told: list[float] = []

    def stop(share: float) -> None:
        told.append(share)
        if share > 0:
            raise pace.Stopped

    part = store.begin_copy(target)
    with pytest.raises(pace.Stopped), pace.heard(stop):
        finish_copy(part)
    assert told[0] == 0.0
    assert target.read_text() == "older"
    assert _names(tmp_path) == {"copy.pdesk", store.path.name}


def test_a_copy_tells_how_far_it_is(store: Store, tmp_path: Path) -> None:
    for number in range(SLICE + 20):
        _add(store, f"p{number}")
    told: list[float] = []
    with pace.heard(told.append):
        store.copy_to(tmp_path / "copy.pdesk")
    assert told == sorted(told)
    assert told[-1] > 0.5


def test_nothing_is_copied_in_the_middle_of_a_change(store: Store, tmp_path: Path) -> None:
    with store.transaction("Add partner") as t:
        t.insert("partner", {"id": "p"})
        with pytest.raises(RuntimeError):
            store.begin_copy(tmp_path / "copy.pdesk")
    assert _names(tmp_path) == {store.path.name}


def test_a_locked_file_is_copied_under_its_key_also_where_it_is_only_read(tmp_path: Path) -> None:
    path, first, second = (tmp_path / f"{name}.pdesk" for name in ("lake", "first", "second"))
    with create_store(path, passphrase=WORDS) as store:
        _add(store, "Canary")
        store.copy_to(first)
    with open_copy(path, passphrase=WORDS) as read:
        read.copy_to(second)
    for copied in (first, second):
        assert b"Canary" not in copied.read_bytes()
        with open_store(copied, passphrase=WORDS) as copy:
            assert copy.row("partner", "Canary") is not None


@contextmanager
def _failing(monkeypatch: pytest.MonkeyPatch, number: int) -> Iterator[None]:
    """Let the disk fail with an error of the system once the copy is written."""

    def sync(_path: Path) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(copying_module, "sync", sync)
        yield


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk-full"), (errno.EROFS, "read-only"), (errno.EIO, "disk")],
)
def test_a_disk_that_fails_behind_a_copy_is_told_and_leaves_the_older_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    target = tmp_path / "copy.pdesk"
    target.write_text("older")
    with _failing(monkeypatch, number), pytest.raises(EnvironmentProblem) as failed:
        store.copy_to(target)
    assert failed.value.code == code
    assert target.read_text() == "older"
    assert _names(tmp_path) == {"copy.pdesk", store.path.name}
