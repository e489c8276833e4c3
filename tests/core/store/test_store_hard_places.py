"""Full disks, moved files, other writers, wrong clocks, long names: said in words, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlite

from partnerdesk.errors import EnvironmentProblem, UserError
from partnerdesk.store import Store, create_store, open_store
from partnerdesk.store.opening import LONGEST_NAME, LONGEST_PATH
from tests.offline.paths import path_of

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
SIZES = [int(3_000_000 * (n / 39) ** 3) for n in range(40)] if SOAK else [0, 40_000, 2_000_000]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

FULL_DISK = """
import json, os, sys
from pathlib import Path
import sqlcipher3.dbapi2 as sqlite
from partnerdesk.errors import EnvironmentProblem, Kept, PartnerDeskError
from partnerdesk.store import create_store, open_store
from partnerdesk.store.waiting import Waiting
from partnerdesk.store.watch import Watch

path, careless = Path("garden.pdesk"), sys.argv[2]
store, waiting = create_store(path), Waiting()
if careless == "unjournaled":
    store.connection.execute("PRAGMA journal_mode=OFF")
elif careless == "forgetful":
    Waiting._kept = lambda self, *_what: Kept(self.problem.message, code=self.problem.code)
elif careless == "without-reserve":
    Watch.free = lambda _watch: False
asked, said, found, on_reserve, codes, whole = [], [], set(), 0, set(), False

def write(number):
    with store.transaction("Write") as t:
        t.insert("note", {"id": number, "text": "n" * 6000})
        if careless == "early":
            said.append(number)
    said.append(number)

def here():
    return {row["id"] for row in store.rows("note")}

Path("ballast").touch()
free = os.statvfs(".").f_bavail * os.statvfs(".").f_frsize
with open("ballast", "wb") as ballast:
    ballast.write(bytes(free - int(sys.argv[1])))
try:
    while waiting.count < 3 and len(asked) < 3000 and len(asked) - len(set(said)) < 3:
        asked.append(str(len(asked)))
        try:
            waiting.run(lambda number=asked[-1]: write(number))
            on_reserve += store.low_on_space
        except Kept as kept:
            assert len(kept.message.split()) <= 35
            codes.add(kept.code)
    whole = here() == set(said) and store.check().ok
    store.close()
    Path("ballast").unlink()
    store = open_store(path)
    found = here()
    unkept = set(said) - found
    whole = whole and waiting.retry() and store.check().ok
    found = here()
    store.close()
except (PartnerDeskError, sqlite.Error) as problem:
    whole, unkept = False, set(said) - found
print(json.dumps({
    "unkept": len(unkept), "lost": len(set(asked) - found), "whole": whole,
    "on_reserve": on_reserve, "codes": sorted(codes), "left": sorted(os.listdir()),
}))
"""

MAKE = """
from pathlib import Path
from partnerdesk.store import create_store
with create_store(Path("garden.pdesk")) as store, store.transaction("Write") as t:
    t.insert("note", {"id": "n", "text": "Water"})
"""
READ_ONLY = """
import os
from pathlib import Path
from partnerdesk.errors import PartnerDeskError
from partnerdesk.store import open_store
try:
    open_store(Path("garden.pdesk"))
except PartnerDeskError as problem:
    print(problem.code)
with open_store(Path("garden.pdesk"), read_only=True) as store:
    print(store.read_only, store.row("note", "n")["text"])
print(*os.listdir())
"""
READ_ONLY_MOUNT = (
    'mount -t tmpfs -o size=24m tmpfs "$1" && cd "$1" && "$2" -c "$3" '
    '&& mount -o remount,ro "$1" && exec "$2" -c "$4"'
)
MOUNT = 'mount -t tmpfs -o size=24m tmpfs "$1" && cd "$1" && exec "$2" -c "$3" "$4" "$5"'


def _write(store: Store, key: str = "n") -> None:
    with store.transaction("Write") as t:
        t.upsert("note", {"id": key, "text": f"{store.head().count}"})


def _fail(store: Store) -> None:
    with store.transaction("Fails") as t:
        for number in range(300):
            t.insert("note", {"id": f"x{number}", "text": "n" * 3000})
        raise ValueError


def _code(act: Callable[[], object]) -> str:
    with pytest.raises((UserError, EnvironmentProblem)) as refused:
        act()
    assert len(refused.value.message.split()) <= 35
    return refused.value.code


def _can_mount() -> bool:
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    asked = ["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _filled(folder: Path, left: int, careless: str = "") -> dict[str, Any]:
    """Let a child write on a disk with so many bytes left, free some, and return what it found."""
    command = ["unshare", "-Urm", "sh", "-c", MOUNT, "sh"]
    around = {**os.environ, "PYTHONPATH": path_of(Path(__file__).parents[3])}
    done = subprocess.run(
        [*command, str(folder), sys.executable, FULL_DISK, str(left), careless],
        capture_output=True, text=True, check=False, env=around,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not _can_mount(), reason="needs a tmpfs of its own")
@pytest.mark.parametrize("left", SIZES)
def test_on_a_full_disk_no_edit_is_lost_and_the_reserve_keeps_the_last_ones(
    tmp_path: Path, left: int
) -> None:
    found = _filled(tmp_path, left)
    assert (found["unkept"], found["lost"], found["whole"]) == (0, 0, True)
    assert found["on_reserve"] > 100, "the reserve made no room"
    assert (found["codes"], found["left"]) == (["disk-full"], ["garden.pdesk"])


@pytest.mark.skipif(not _can_mount(), reason="needs a tmpfs of its own")
@pytest.mark.parametrize(
    ("careless", "harm"),
    [
        ("early", lambda found: found["unkept"] > 0),
        ("forgetful", lambda found: found["lost"] == 3),
        ("unjournaled", lambda found: not found["whole"]),
        ("without-reserve", lambda found: found["on_reserve"] == 0),
    ],
    ids=["acknowledged early", "not kept waiting", "no journal", "no reserve"],
)
def test_a_careless_way_through_a_full_disk_is_found(
    tmp_path: Path, careless: str, harm: Callable[[dict[str, Any]], bool]
) -> None:
    """The control: were one promise broken, the test above would notice, at the same size."""
    assert harm(_filled(tmp_path, SIZES[1], careless))


@pytest.mark.skipif(not _can_mount(), reason="needs a tmpfs of its own")
def test_on_a_read_only_medium_a_file_is_read_and_nothing_is_made_beside_it(
    tmp_path: Path,
) -> None:
    command = ["unshare", "-Urm", "sh", "-c", READ_ONLY_MOUNT, "sh"]
    root = str(Path(__file__).parents[3])
    done = subprocess.run(
        [*command, str(tmp_path), sys.executable, MAKE, READ_ONLY],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": root},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["read-only", "True", "Water", "garden.pdesk"]


def test_the_reserve_is_gone_when_the_file_is_closed(store: Store, path: Path) -> None:
    reserve = path.with_name(f".{path.name}.reserve")
    assert reserve.stat().st_size == 8 * 1024 * 1024
    assert not store.low_on_space
    store.close()
    assert not reserve.exists()


def test_a_file_moved_while_it_is_open_takes_no_more_changes(
    store: Store, path: Path, tmp_path: Path
) -> None:
    _write(store)
    elsewhere = tmp_path / "elsewhere.pdesk"
    path.rename(elsewhere)
    assert _code(lambda: _write(store)) == "moved"
    assert store.head().count == 1
    elsewhere.rename(path)
    _write(store, "m")
    assert store.check().ok


def test_a_file_replaced_while_it_is_open_is_not_written_over(
    store: Store, path: Path, tmp_path: Path
) -> None:
    _write(store)
    with create_store(tmp_path / "newer.pdesk") as other:
        _write(other)
    os.replace(tmp_path / "newer.pdesk", path)
    newer = path.read_bytes()
    assert _code(lambda: _write(store)) == "moved"
    assert path.read_bytes() == newer
    store.copy_to(tmp_path / "mine.pdesk")
    with open_store(tmp_path / "mine.pdesk") as mine:
        assert mine.head() == store.head()


def test_a_file_that_another_program_writes_into_is_not_written_over(
    store: Store, path: Path
) -> None:
    _write(store)
    with path.open("r+b") as file:
        file.seek(24)
        file.write(b"\xff\xff\xff\xff")
    assert _code(lambda: _write(store)) == "foreign"
    assert store.row("note", "n") is not None


def test_a_file_that_was_read_after_a_step_that_failed_still_takes_changes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a failed step left on the disk is taken back by the next read: that is our own doing."""
    store.connection.execute("PRAGMA cache_size=10")  # so that the step reaches the disk
    real, unread = store.connection, []

    class Failing:
        def execute(self, sql: str, *rest: object) -> object:
            if sql.startswith("ROLLBACK"):
                unread.append(sql)
                raise sqlite.OperationalError("disk I/O error")
            if unread and sql.startswith("SELECT 1"):
                raise sqlite.OperationalError("disk I/O error")
            return real.execute(sql, *rest)

        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

    monkeypatch.setattr(store, "_connection", Failing())
    with pytest.raises(sqlite.OperationalError):
        _fail(store)
    monkeypatch.setattr(store, "_connection", real)
    real.execute("ROLLBACK")
    _write(store)
    assert store.check().ok


def test_looking_at_the_file_from_outside_is_no_change(store: Store, path: Path) -> None:
    for number in range(5):
        _write(store, str(number))
        subprocess.run(["cp", str(path), f"{path}.copy"], check=True)
        os.utime(path)
    with pytest.raises(ValueError):
        _fail(store)
    _write(store)
    assert store.check().ok


def test_a_locked_file_takes_changes_after_one_that_was_rolled_back(path: Path) -> None:
    with create_store(path, passphrase="calm acorn in the garden") as store:
        _write(store)
        store.connection.execute("PRAGMA cache_size=10")  # so that the change reaches the disk
        with pytest.raises(ValueError):
            _fail(store)
        _write(store)
        assert store.head().count == 2
        assert store.check().ok


def test_a_clock_set_back_is_noticed_and_stops_nothing(path: Path) -> None:
    with create_store(path, clock=lambda: NOON) as store:
        assert not store.clock_behind
        _write(store)
        assert not store.clock_behind
    with open_store(path, clock=lambda: NOON - timedelta(days=9000)) as earlier:
        assert earlier.clock_behind
        _write(earlier, "later")
        assert [edit.seq for edit in earlier.edits()] == [1, 2]
        assert earlier.undo_title() == "Write"
        assert earlier.check().ok


@pytest.mark.parametrize(
    "name", ["合作伙伴关系" * 6, "شراكة" * 12, "साझेदारी" * 6, "сад" * 30, "a b'c\"#%?"]
)
def test_names_in_any_script_open_again(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    with create_store(folder / f"{name}.pdesk") as store:
        _write(store)
        store.copy_to(folder / "copy.pdesk")
    with open_store(folder / f"{name}.pdesk") as again:
        assert again.check().ok


def test_a_name_or_folder_that_is_too_long_is_refused_in_words(tmp_path: Path) -> None:
    assert _code(lambda: create_store(tmp_path / ("n" * 250))) == "long-name"
    assert _code(lambda: open_store(tmp_path / ("合" * 100))) == "long-name"
    deep = tmp_path
    while len(str(deep)) <= LONGEST_PATH:
        deep = deep / ("d" * 100)
    deep.mkdir(parents=True)
    assert _code(lambda: create_store(deep / "a.pdesk")) == "long-name"
    assert list(deep.iterdir()) == []


def test_the_longest_name_that_is_taken_works(tmp_path: Path) -> None:
    path = tmp_path / ("n" * (LONGEST_NAME - 6) + ".pdesk")
    with create_store(path) as store:
        _write(store)
        store.copy_to(path.with_name("c" * (LONGEST_NAME - 6) + ".pdesk"))
    with open_store(path) as again:
        assert again.check().ok


def test_a_page_that_went_bad_is_noticed_at_opening(path: Path) -> None:
    with create_store(path) as store:
        for number in range(50):
            _write(store, f"n{number}" * 50)
    data = bytearray(path.read_bytes())
    data[-4096:] = b"\xee" * 4096
    path.write_bytes(data)
    assert _code(lambda: open_store(path)) == "damaged"
    with open_store(path, read_only=True) as store:
        assert store.check().problems
