"""Files of every format open for ever, and docs/format.md says how to read them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from partnerdesk.errors import EnvironmentProblem
from partnerdesk.store import create_store, open_store, schema
from partnerdesk.store.connection import in_memory, migrate

if TYPE_CHECKING:
    from sqlite_utils import Database

ROOT = Path(__file__).parents[3]
HEAD = "29fc52e794554e9795608a6cf606c689be8e8f69347f4fa057dffa1c9a803c03"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return shutil.copy(ROOT / "tests" / "files" / "m001.pdesk", tmp_path / "old.pdesk")


def test_a_file_of_the_first_format_opens_with_all_that_was_in_it(old: Path) -> None:
    with open_store(old) as store:
        assert store.check().problems == ()
        assert (store.head().seq, store.head().hash) == (10, HEAD)
        assert [row["name"] for row in store.rows("partner", "position")] == [
            "Awra Amba",
            "Hôpital de l’Est",
        ]
        assert store.rows("item")[0]["details"] == {
            "authors": ["p1", "p2"], "type": "shared", "sustain": None, "share": 0.5,
        }  # fmt: skip
        assert (store.secret("k1"), store.secret("k2")) == (b"kept", None)
        assert store.document(str(store.rows("charter_version")[0]["unsigned_id"])) == b"%PDF-1.7"
        assert store.undo_title() == "Add note"


def test_the_documented_check_says_what_ours_says(old: Path) -> None:
    done = _documented_check(old)
    assert done.stdout == f"in order: 10 edits, the last {HEAD}\n", done.stderr


def test_the_documented_check_finds_a_forgery(old: Path) -> None:
    data = old.read_bytes()
    old.write_bytes(data.replace(b"until spring", b"until summer", 1))
    assert _documented_check(old).returncode != 0


def _documented_check(path: Path) -> subprocess.CompletedProcess[str]:
    text = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    return subprocess.run(
        [sys.executable, "-I", "-c", code, str(path)], capture_output=True, text=True
    )


def test_the_documented_columns_are_those_of_the_tables() -> None:
    connection = in_memory()
    migrate(connection)
    made = {
        table: [c for (c,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        if table not in schema.INTERNAL
    }
    connection.close()
    text = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| `(\w+)` \|.*?\| (.*) \|$", text, re.MULTILINE)
    told = {
        table: ["id", *re.findall(r"(\w+)[*?]*(?:,|$)", re.sub(r" \([^)]*\)", "", columns))]
        for table, columns in lines
        if table in made
    }
    assert told == made


def m002_paint_partners(db: Database) -> None:
    db.execute("ALTER TABLE partner ADD COLUMN paint TEXT NOT NULL DEFAULT 'blue'")


@pytest.fixture
def _newer_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, m002_paint_partners))


@pytest.mark.usefixtures("_newer_program")
def test_an_older_file_is_copied_then_brought_up_to_date(old: Path) -> None:
    before = old.read_bytes()
    with open_store(old) as store:
        assert store.row("partner", "p1") == {
            "id": "p1", "position": 0, "name": "Awra Amba", "short": "AA", "type": "", "role": "",
            "country": "", "mission": "", "paint": "blue",
        }  # fmt: skip
        with store.transaction("Paint") as t:
            t.update("partner", "p1", paint="red")
        assert store.check().problems == ()
    with open_store(old.with_name("old.v1.pdesk"), read_only=True) as kept:
        assert kept.head().hash == HEAD
        assert kept.check().problems == ()
    assert len(before) == old.with_name("old.v1.pdesk").stat().st_size


@pytest.mark.usefixtures("_newer_program")
def test_an_older_file_that_is_only_read_stays_as_it_is(old: Path) -> None:
    before = old.read_bytes()
    with open_store(old, read_only=True) as store:
        assert store.check().problems == ()
    assert old.read_bytes() == before


def test_a_file_of_the_newer_program_is_refused_by_this_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        later.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, m002_paint_partners))
        create_store(path).close()
    number = len(schema.MIGRATIONS)
    before = _folder(path)
    for read_only in (False, True):
        with pytest.raises(EnvironmentProblem) as refused:
            open_store(path, read_only=read_only)
        assert refused.value.code == "newer"
        assert f"format is {number + 1}" in refused.value.message
        assert f"up to {number}." in refused.value.message
    assert _folder(path) == before


def _folder(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}
