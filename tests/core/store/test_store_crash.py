"""A program killed at any moment loses no edit that it had acknowledged."""

from __future__ import annotations

import os
import random
import selectors
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest

from partnerdesk.errors import PartnerDeskError, UserError
from partnerdesk.store import create_store, open_store, opening

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
KILLS = 5_000 if SOAK else 180
KILLS_PER_FILE = 30
LOCKED_KILLS = 200 if SOAK else 20
PASSPHRASE = "calm acorn in the garden"
LONGEST = 0.03  # seconds from the first acknowledgement to the kill

CHILD = """
import random, sys
from pathlib import Path
from partnerdesk.store import open_store

draw = random.Random(int(sys.argv[2]))
careless = sys.argv[4]
store = open_store(Path(sys.argv[1]), passphrase=sys.argv[3] or None)
store.connection.execute("PRAGMA cache_size=10")  # so that changes reach the disk early
if careless == "unjournaled":
    store.connection.execute("PRAGMA journal_mode=OFF")
while True:
    key = f"p{draw.randrange(8)}"
    what = draw.randrange(5)
    if what == 0 and store.undo() is not None:
        edit = store.head().seq
    else:
        with store.transaction("Edit") as t:
            if what == 1 and store.row("partner", key):
                t.delete("partner", key)
            else:
                t.upsert("partner", {"id": key, "mission": "m" * draw.randrange(20_000)})
            t.upsert("setting", {"id": "s", "value": draw.random()})
            if careless == "early":
                print(store.head().seq + 1, flush=True)
                sys.stdin.read()
        edit = store.head().seq
    print(edit, flush=True)
"""


def _killed(
    path: Path, seed: int, after: float, passphrase: str | None = None, careless: str = ""
) -> int:
    """Let a child edit for a while, kill it, and return the last edit that it acknowledged."""
    command = [sys.executable, "-c", CHILD, str(path), str(seed), passphrase or "", careless]
    with subprocess.Popen(command, stdin=-1, stdout=-1, bufsize=0) as child:
        assert child.stdout is not None
        said = child.stdout.readline() + _read_for(child.stdout, after)
        child.kill()
        said += child.stdout.read()
    whole = said[: said.rindex(b"\n")].split()
    return int(whole[-1])


def _read_for(pipe: IO[bytes], seconds: float) -> bytes:
    """Return what a pipe says within some time."""
    said, end = b"", time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while (left := end - time.monotonic()) > 0:
            if selector.select(left):
                said += os.read(pipe.fileno(), 4096)
    return said


def test_no_acknowledged_edit_is_lost(tmp_path: Path) -> None:
    draw = random.Random(2026)
    hot = 0
    for number in range(KILLS):
        path = tmp_path / f"{number // KILLS_PER_FILE}.pdesk"
        if not path.exists():
            create_store(path).close()
        acknowledged = _killed(path, number, draw.uniform(0, LONGEST))
        hot += opening._is_hot(path)
        with open_store(path) as store:
            assert store.head().seq >= acknowledged
            assert store.check().problems == ()
    assert hot > KILLS / 10, "the kills came while nothing was being written"


def test_no_acknowledged_edit_is_lost_from_a_locked_file(tmp_path: Path) -> None:
    """A wrong passphrase in between harms nothing, even where a change is half made."""
    draw = random.Random(2027)
    path = tmp_path / "locked.pdesk"
    create_store(path, passphrase=PASSPHRASE).close()
    for number in range(LOCKED_KILLS):
        acknowledged = _killed(path, number, draw.uniform(0, LONGEST), PASSPHRASE)
        with pytest.raises(UserError):
            open_store(path, passphrase="another passphrase")
        with open_store(path, passphrase=PASSPHRASE) as store:
            assert store.head().seq >= acknowledged
            assert store.check().problems == ()


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "locked"])
def test_an_edit_acknowledged_before_its_commit_is_lost(
    tmp_path: Path, passphrase: str | None
) -> None:
    """The control: were edits acknowledged too early, the tests above would notice."""
    path = tmp_path / "control.pdesk"
    create_store(path, passphrase=passphrase).close()
    acknowledged = _killed(path, 1, 0, passphrase, "early")
    with open_store(path, passphrase=passphrase) as store:
        assert store.head().seq < acknowledged


def test_a_file_written_without_a_journal_is_broken(tmp_path: Path) -> None:
    """The control: were the file not kept whole, the tests above would notice."""
    draw = random.Random(2026)

    def breaks(number: int) -> bool:
        path = tmp_path / f"{number}.pdesk"
        create_store(path).close()
        acknowledged = _killed(path, number, draw.uniform(0, LONGEST), None, "unjournaled")
        try:
            with open_store(path) as store:
                return store.head().seq < acknowledged or store.check().problems != ()
        except PartnerDeskError:
            return True

    assert any(breaks(number) for number in range(KILLS))


def test_a_file_left_halfway_is_repaired_before_it_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / "left.pdesk"
    create_store(path).close()
    acknowledged, seed = 0, 0
    while not opening._is_hot(path):
        acknowledged, seed = _killed(path, seed, LONGEST * (seed % 7) / 7), seed + 1
    with open_store(path, read_only=True) as store:
        assert store.head().seq >= acknowledged
        assert store.check().ok
