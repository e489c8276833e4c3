"""A damaged file gives back what can be read, in new files, and is not touched."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from partnerdesk.errors import EnvironmentProblem, UserError
from partnerdesk.keeping import Way, back_up, recover
from partnerdesk.store import Store, create_store, open_store

WORDS = "calm acorn in the garden"
EDITS = 150
PAGE = 4096


def _filled(path: Path, passphrase: str | None = None) -> Path:
    with create_store(path, passphrase=passphrase) as store:
        for number in range(EDITS):
            _edit(store, number)
        back_up(store, datetime(2026, 11, 24, tzinfo=UTC))
        _edit(store, EDITS)
    return path


def _edit(store: Store, number: int) -> None:
    with store.transaction("Write goal") as t:
        t.insert("item", {"id": f"i{number}", "text": f"goal {number} " * 20})


@pytest.fixture(scope="module", params=[None, WORDS], ids=["plain", "locked"])
def sound(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str | None]:
    folder = tmp_path_factory.mktemp("sound")
    return _filled(folder / "garden.pdesk", request.param), request.param


@pytest.fixture
def damaged(
    sound: tuple[Path, str | None], tmp_path: Path
) -> Callable[[Callable[[bytearray], None]], Path]:
    def make(harm: Callable[[bytearray], None]) -> Path:
        data = bytearray(sound[0].read_bytes())
        harm(data)
        path = tmp_path / "garden.pdesk"
        path.write_bytes(data)
        return path

    return make


def _torn(data: bytearray) -> None:
    del data[len(data) * 9 // 10 :]


def test_a_torn_file_gives_back_its_journal_to_the_tear(
    sound: tuple[Path, str | None], damaged: Callable[..., Path], tmp_path: Path
) -> None:
    path = damaged(_torn)
    before = path.read_bytes()
    with pytest.raises(EnvironmentProblem):
        open_store(path, passphrase=sound[1])
    found = {one.way: one for one in recover(path, tmp_path / "out", sound[1])}
    assert path.read_bytes() == before
    best = found.get(Way.JOURNAL) or found[Way.ROWS]
    assert best.rows > EDITS // 2
    for one in found.values():
        with open_store(one.path, passphrase=sound[1]) as store:
            assert store.check().problems == one.problems == ()
            _edit(store, EDITS + 1)
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == sorted(
        one.path.name for one in found.values()
    )


def test_damaged_pages_cost_little_more_than_what_stood_on_them(
    sound: tuple[Path, str | None], damaged: Callable[..., Path], tmp_path: Path
) -> None:
    """Over files with 2 damaged pages each, the most complete file keeps nearly all rows."""
    draw, kept = random.Random(7), []
    for number in range(12 if sound[1] is None else 4):

        def harm(data: bytearray) -> None:
            for _each in range(2):
                place = draw.randrange(47, len(data) // PAGE) * PAGE  # past the tables' roots
                data[place : place + PAGE] = bytes(PAGE)

        found = recover(damaged(harm), tmp_path / f"out{number}", sound[1])
        kept.append(max(one.rows for one in found))
    assert sum(kept) >= 0.95 * len(kept) * EDITS


def test_the_newest_sound_backup_is_brought_back(tmp_path: Path) -> None:
    path = _filled(tmp_path / "garden.pdesk")
    path.write_bytes(b"SQLite format 3\0" + bytes(9000))
    (only,) = recover(path, tmp_path / "out")
    assert (only.way, only.edits, only.rows, only.problems) == (Way.BACKUP, EDITS, EDITS, ())


def test_a_damaged_backup_is_passed_over_for_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "garden.pdesk"
    with create_store(path) as store:
        _edit(store, 0)
        back_up(store, datetime(2026, 11, 24, tzinfo=UTC))
        _edit(store, 1)
        newest = back_up(store, datetime(2026, 11, 25, tzinfo=UTC))
    newest.write_bytes(newest.read_bytes()[:-PAGE])
    path.write_bytes(b"nothing left")
    (only,) = recover(path, tmp_path / "out")
    assert (only.way, only.edits) == (Way.BACKUP, 1)


def test_rows_changed_behind_the_journal_do_not_hide_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "garden.pdesk"
    with create_store(path) as store:
        _edit(store, 0)
        store.connection.execute("UPDATE item SET text = 'forged'")
        digest = store.put_document(b"pdf", "charter.pdf")
        store.put_secret("k", b"key")
    (only,) = recover(path, tmp_path / "out")
    assert (only.way, only.problems) == (Way.JOURNAL, ())
    with open_store(only.path) as store:
        assert str(store.rows("item")[0]["text"]).startswith("goal 0")
        assert (store.document(digest), store.secret("k")) == (b"pdf", b"key")


@pytest.mark.parametrize("page", [bytes(PAGE), random.Random(1).randbytes(PAGE)])
def test_a_file_without_its_first_page_is_damaged_and_comes_back(
    tmp_path: Path, page: bytes
) -> None:
    path = tmp_path / "garden.pdesk"
    with create_store(path) as store:
        for number in range(EDITS):
            _edit(store, number)
    path.write_bytes(page + path.read_bytes()[PAGE:])
    with pytest.raises(EnvironmentProblem) as refused:
        open_store(path)
    assert refused.value.code == "damaged"
    found = {one.way: one for one in recover(path, tmp_path / "out")}
    assert (found[Way.JOURNAL].edits, found[Way.JOURNAL].problems) == (EDITS, ())


def test_nothing_comes_back_from_what_was_never_a_file_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "garden.pdesk"
    path.write_bytes(b"hello")
    assert recover(path, tmp_path / "out") == ()


def test_a_wrong_passphrase_and_a_taken_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "garden.pdesk"
    create_store(path, passphrase=WORDS).close()
    for out, passphrase, code in [
        (tmp_path / "out", "another passphrase", "wrong-passphrase"),
        (tmp_path / "out", None, "passphrase-needed"),
        (path, WORDS, "exists"),
    ]:
        with pytest.raises(UserError) as refused:
            recover(path, out, passphrase)
        assert refused.value.code == code
        assert not (tmp_path / "out").exists()
