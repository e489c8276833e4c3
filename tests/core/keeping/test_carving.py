"""Nearly all rows on pages that are whole come back, however few pages lead to them."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

import resources
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.keeping import recover, recovery
from partnerdesk.keeping.carving import tables_of
from partnerdesk.keeping.pages import records_in
from partnerdesk.keeping.recovery import TABLES
from partnerdesk.store import change_passphrase, open_store
from partnerdesk.store.cipher import Key, key_of, raw_key
from partnerdesk.store.connection import connect
from tests.core.keeping.pages import PAGE, pages_of_rows

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
FILES = 200 if SOAK else 6
LOCKED_FILES = 20 if SOAK else 1
WORDS = "calm acorn in the garden"
RECORD = tuple(table for table in TABLES if table != "sealed_key")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a whole workshop."""
    path, guide = tmp_path_factory.mktemp("sound") / "lake.pdesk", built_in_guide()
    replay(read_workshop(resources.path("samples/workshop-a.json"), guide), guide, path).close()
    return path


@pytest.fixture(scope="module")
def locked(workshop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("locked") / "lake.pdesk"
    path.write_bytes(workshop.read_bytes())
    change_passphrase(path, None, WORDS)
    return path


def _fast(path: Path) -> Key:
    key = key_of(WORDS)
    assert key is not None
    return raw_key(key, path.read_bytes()[:16])


@pytest.mark.parametrize("which", ["workshop", "locked"])
def test_the_pages_of_a_sound_file_hold_just_the_rows_of_its_tables(
    which: str, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(which)
    key = _fast(path) if which == "locked" else None
    carved = tables_of(records_in(path, key))
    with closing(connect(path, "ro", key)) as connection:
        for table, rows in carved.items():
            kept = connection.execute(f"SELECT * FROM {table}").fetchall()
            assert sorted(rows, key=repr) == sorted(kept, key=repr), table


def test_records_that_are_none_are_passed_over(tmp_path: Path) -> None:
    draw, path = Random(2026), tmp_path / "noise"
    pages = [bytes([draw.choice((2, 10, 13))]) + draw.randbytes(PAGE - 1) for _page in range(200)]
    path.write_bytes(b"".join(pages))
    assert not any(tables_of(records_in(path, None)).values())


def _damaged(data: bytes, draw: Random, first: int) -> tuple[bytes, set[int]]:
    """Return the file with 1 to 5 % of its pages overwritten, and which those are."""
    changed, hit = bytearray(data), set()
    for _each in range(round(len(data) // PAGE * draw.uniform(0.01, 0.05))):
        page = draw.randrange(first, len(data) // PAGE)
        hit.add(page + 1)
        changed[page * PAGE : (page + 1) * PAGE] = draw.choice((bytes(PAGE), draw.randbytes(PAGE)))
    return bytes(changed), hit


def _shares(path: Path, rows: Path, folder: Path, files: int, passphrase: str | None) -> float:
    """Return the share of the rows on whole pages that come back, over so many damaged files."""
    draw, data, back, whole = Random(7), path.read_bytes(), 0, 0
    places = pages_of_rows(rows, RECORD)
    for number in range(files):
        harmed, hit = _damaged(data, draw, 0 if passphrase is None else 1)
        one = folder / f"{number}.pdesk"
        one.write_bytes(harmed)
        found = recover(one, folder / f"out{number}", passphrase)
        assert one.read_bytes() == harmed
        best = max((_count(each.path, passphrase) for each in found), default=0)
        intact = (
            sum(not pages & hit for _table, pages in places) if passphrase is None else len(places)
        )
        back, whole = back + min(best, intact), whole + intact
    return back / whole


def _count(path: Path, passphrase: str | None) -> int:
    with open_store(path, passphrase=passphrase, read_only=True) as store:
        return sum(len(store.rows(table)) for table in RECORD)


def test_of_the_rows_on_whole_pages_nearly_all_come_back(workshop: Path, tmp_path: Path) -> None:
    assert _shares(workshop, workshop, tmp_path, FILES, None) >= 0.95


def test_of_a_locked_file_too(workshop: Path, locked: Path, tmp_path: Path) -> None:
    """Its first page holds the salt of its key: without that page only a backup helps."""
    assert _shares(locked, workshop, tmp_path, LOCKED_FILES, WORDS) >= 0.9


def test_tables_alone_give_back_less(
    workshop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: were only the tables read that are still found, the tests above would fail."""
    monkeypatch.setattr(recovery, "tables_of", lambda _records: {name: [] for name in NAMES})
    monkeypatch.setattr(recovery, "_left", lambda _changes: {})
    assert _shares(workshop, workshop, tmp_path, 6, None) < 0.95


NAMES = (*TABLES, "identity", "edit", "change", "document", "vault")
