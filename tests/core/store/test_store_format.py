"""Files of every format open for ever, and docs/format.md says how to read them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlcipher3.dbapi2 as sqlite

from partnerdesk.errors import EnvironmentProblem
from partnerdesk.store import Change, create_store, open_store, schema
from partnerdesk.store.connection import connect, export, in_memory, migrate

if TYPE_CHECKING:
    from sqlite_utils import Database

WORDS = "calm acorn in the garden"
ROOT = Path(__file__).parents[3]
FILES = ROOT / "tests" / "files"
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


def test_the_documented_check_follows_an_erasure_and_finds_what_was_forged_in_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "erased.pdesk"
    with create_store(path) as store:
        with store.transaction("Add note", author="Ada") as t:
            t.insert("note", {"id": "n", "text": "Ada was here"})
        with store.erasing("Erase") as t:
            edits = store.rewrite_edits(_without_ada, lambda text: text.replace("Ada", "A."))
            t.insert("erasure", {"id": "e", "put": "A.", "edits": edits})
        head = store.head().hash
    done = _documented_check(path)
    said = f"in order: 2 edits, the last {head}\nof these 1 were erased in part\n"
    assert done.stdout == said, done.stderr
    path.write_bytes(path.read_bytes().replace(b"A. was here", b"B. was here"))
    assert _documented_check(path).returncode != 0


def _without_ada(change: Change) -> Change:
    after = {**(change.after or {}), "text": "A. was here"}
    return Change(change.table, change.key, change.before, after)


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


def _locked(plain: Path, path: Path) -> Path:
    """Return the same file under a passphrase."""
    connection = connect(plain, "ro")
    connection.execute("ATTACH ? AS target KEY ?", (str(path), WORDS))
    export(connection, "main", "target")
    connection.execute("DETACH target")
    connection.close()
    return path


@pytest.mark.parametrize("number", range(1, len(schema.MIGRATIONS)))
@pytest.mark.parametrize("passphrase", [None, WORDS], ids=["plain", "locked"])
def test_every_earlier_format_has_a_file_that_opens_with_all_it_had(
    tmp_path: Path, number: int, passphrase: str | None
) -> None:
    kept, path = FILES / f"m{number:03}.pdesk", tmp_path / "old.pdesk"
    if passphrase:
        _locked(kept, path)
    else:
        shutil.copy(kept, path)
    with open_store(path, passphrase=passphrase, read_only=True) as reader:
        head, people = reader.head(), reader.rows("partner")
        assert reader.check().problems == ()
    before = path.read_bytes()
    with open_store(path, passphrase=passphrase) as store:
        assert store.connection.execute("PRAGMA user_version").fetchone()[0] > number
        assert (store.head(), len(store.rows("partner"))) == (head, len(people))
        assert store.check().problems == ()
    with open_store(
        tmp_path / f"old.v{number}.pdesk", passphrase=passphrase, read_only=True
    ) as was:
        assert was.head() == head
    assert sorted(one.name for one in tmp_path.iterdir()) == ["old.pdesk", f"old.v{number}.pdesk"]
    assert path.read_bytes() != before


def m002_break(db: Database) -> None:
    db.execute("DELETE FROM note")
    raise sqlite.OperationalError("disk I/O error")


def m002_forget(db: Database) -> None:
    db.execute("DELETE FROM note")


@pytest.mark.parametrize("migration", [m002_break, m002_forget])
def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch, migration: Callable[[Database], None]
) -> None:
    """It fails in the middle, or ends in a file that does not check."""
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, migration))
    before = old.read_bytes()
    with pytest.raises((EnvironmentProblem, sqlite.Error)):
        open_store(old)
    assert old.read_bytes() == before
    assert sorted(_folder(old)) == ["old.pdesk", "old.v1.pdesk"]


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
