"""Copies are complete and checked before they take their name."""

from __future__ import annotations

import resource
import signal
from pathlib import Path

import pytest

from partnerdesk.errors import EnvironmentProblem, UserError
from partnerdesk.store import Store, create_store, open_store


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
