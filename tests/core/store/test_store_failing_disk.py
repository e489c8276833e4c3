"""A disk that fails now and then, or for good, loses no edit that was acknowledged."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite

from partnerdesk.errors import PartnerDeskError
from partnerdesk.store import create_store, open_store

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
WORDS = "calm acorn in the garden"
PRELOADS = sorted(Path("/usr/lib").glob("**/fiu/fiu_*_preload.so"))
UNREAD = ("posix/io/rw/pread", errno.EIO, 0.05)
KINDS = (
    ("posix/io/rw/pwrite", errno.EIO, 0.02),
    ("posix/io/rw/pwrite", errno.ENOSPC, 0.02),
    ("posix/io/sync/*", errno.EIO, 0.1),
    UNREAD,
)
CALLS = ("rw/pwrite", "rw/pread", "rw/read", "sync/fsync", "rw/ftruncate", "dir/unlink")
PULLED = (" ".join(f"posix/io/{call}" for call in CALLS), errno.EIO, 0)
RUNS = 40 if SOAK else 4
PULLS = range(20) if SOAK else (0, 1, 17)  # the last just behind a commit of a locked file
EDITS = 25
Trying = Callable[[Path, int, str], "Tried"]

CHILD = """
import ctypes, os, random, sys
from itertools import count
from pathlib import Path
from partnerdesk.errors import EnvironmentProblem
from partnerdesk.store import open_store

path, seed, passphrase, names, number, chance, pulled, edits, careless = sys.argv[1:]
draw, pulled, codes = random.Random(int(seed)), int(pulled), set()
store = open_store(Path(path), passphrase=passphrase or None)
store.connection.execute("PRAGMA cache_size=10")  # so that changes reach the disk early
if careless == "unjournaled":
    store.connection.execute("PRAGMA journal_mode=OFF")
fiu, calls = ctypes.CDLL("libfiu.so.0"), count()
asked = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_void_p] * 4)(lambda *_call: next(calls) >= pulled)

def edit(number, say):
    with store.transaction("Edit") as t:
        t.upsert("partner", {"id": f"p{draw.randrange(8)}", "mission": f"{number}" * 4000})
        t.upsert("setting", {"id": f"n{number}", "value": number})
        if careless == "early":
            say(number, store.head().seq + 1)
    if careless != "early":
        say(number, store.head().seq)

def say(*numbers):
    os.write(1, b"%d %d\\n" % numbers)

def answers(number):
    try:
        edit(number, say)
    except EnvironmentProblem as problem:
        assert len(problem.message.split()) <= 35
        codes.add(problem.code)
        return careless == "early"  # what was acknowledged is not tried again
    return True

def leave(status):
    os.write(2, " ".join(codes).encode())
    os._exit(status)

for name in names.split():
    what = name.encode(), 1, ctypes.c_void_p(int(number)), 0
    if pulled:
        fiu.fiu_enable_external(*what, asked)
    else:
        fiu.fiu_enable_random(*what, ctypes.c_float(float(chance)))
for one in range(int(edits)):
    for _again in range(100):
        if answers(one):
            break
    else:
        leave(9)
leave(0)
"""

pytestmark = pytest.mark.skipif(len(PRELOADS) < 2, reason="needs libfiu")


class Tried:
    """A file in which a child edited on a disk that fails: what it said, and what is there."""

    def __init__(
        self, path: Path, seed: int, passphrase: str | None, *kind: object, careless: str = ""
    ) -> None:
        """Make the file, let the child edit, and look."""
        create_store(path, passphrase=passphrase).close()
        asked = [str(path), str(seed), passphrase or "", *map(str, kind), careless]
        done = subprocess.run(
            [sys.executable, "-c", CHILD, *asked], capture_output=True, text=True, check=False,
            env={**os.environ, "LD_PRELOAD": " ".join(map(str, reversed(PRELOADS)))},
        )  # fmt: skip
        self.ended, self.told = done.returncode, set(done.stderr.split())
        lines = [line.split() for line in done.stdout.splitlines()]
        self.said = {int(number) for number, _seq in lines}
        self.seq = int(lines[-1][1]) if lines else 0
        self.head, self.there, self.whole = 0, set[int](), False
        assert careless or (done.returncode in (0, 9) and "Traceback" not in done.stderr)
        self._look(path, passphrase)

    @property
    def lost(self) -> set[int]:
        """Return the edits that were acknowledged and are not there."""
        return self.said - self.there

    def _look(self, path: Path, passphrase: str | None) -> None:
        try:
            with open_store(path, passphrase=passphrase) as store:
                self.head = store.head().seq
                self.there = {int(str(row["value"])) for row in store.rows("setting")}
                self.whole = store.check().problems == ()
        except (PartnerDeskError, sqlite.Error):
            self.whole = False


def _failing(folder: Path, seed: int, careless: str = "") -> Tried:
    """Return what comes of edits on a disk of which some calls fail by chance."""
    passphrase = WORDS if seed % 8 in (1, 6) else None
    path = folder / f"{seed}.pdesk"
    return Tried(path, seed, passphrase, *KINDS[seed % 4], 0, EDITS, careless=careless)


def _pulled(folder: Path, seed: int, careless: str = "") -> Tried:
    """Return what comes of edits on a stick that is pulled out at one of the calls to it."""
    passphrase = WORDS if seed % 4 == 1 else None
    path, moment = folder / f"{seed}.pdesk", 150 + 37 * seed
    return Tried(path, seed, passphrase, *PULLED, moment, 200, careless=careless)


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_failing_disk_loses_nothing_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    tried = _failing(tmp_path, seed)
    unread = {"damaged"} if KINDS[seed % 4] is UNREAD else set()
    assert tried.told, "nothing failed"
    assert tried.told <= {"disk", "disk-full", *unread}
    assert (tried.ended, tried.said) == (0, set(range(EDITS)))
    assert (tried.lost, tried.whole, tried.head) == (set(), True, tried.seq)


@pytest.mark.parametrize("seed", PULLS)
def test_a_stick_pulled_out_keeps_all_up_to_the_last_acknowledged_edit(
    tmp_path: Path, seed: int
) -> None:
    """From one call on nothing is read or written any more, and the program is told so."""
    tried = _pulled(tmp_path, seed)
    assert (tried.ended, tried.told) == (9, {"disk"})
    assert tried.said
    assert (tried.lost, tried.whole) == (set(), True)
    assert len(tried.there - tried.said) <= 1  # the one that was being made


@pytest.mark.parametrize("tries", [_failing, _pulled])
@pytest.mark.parametrize("careless", ["early", "unjournaled"])
def test_a_careless_way_to_write_is_found(tmp_path: Path, tries: Trying, careless: str) -> None:
    """The control: edits acknowledged too early, or without a journal, fail the tests above."""
    found = (tries(tmp_path, seed, careless) for seed in range(4))
    assert any(one.lost if careless == "early" else not one.whole for one in found)
