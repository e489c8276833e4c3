"""A disk that fails now and then, or for good, loses no edit that was acknowledged."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from partnerdesk.store import create_store, open_store

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
WORDS = "calm acorn in the garden"
PRELOADS = sorted(Path("/usr/lib").glob("**/fiu/fiu_*_preload.so"))
KINDS = (
    ("posix/io/rw/pwrite", errno.EIO, 0.02),
    ("posix/io/rw/pwrite", errno.ENOSPC, 0.02),
    ("posix/io/sync/*", errno.EIO, 0.1),
    ("posix/io/file/ftruncate", errno.EIO, 0.5),
)
ALL = " ".join(f"posix/io/{one}" for one in ("rw/pwrite", "rw/pread", "rw/read", "sync/fsync"))
RUNS = 40 if SOAK else 4

CHILD = """
import ctypes, os, random, sys
from pathlib import Path
from partnerdesk.errors import EnvironmentProblem
from partnerdesk.store import open_store

draw = random.Random(int(sys.argv[2]))
store = open_store(Path(sys.argv[1]), passphrase=sys.argv[3] or None)
fiu = ctypes.CDLL("libfiu.so.0")
codes = set()

def fail(name, number, chance):
    fiu.fiu_enable_random(
        name.encode(), 1, ctypes.c_void_p(number), 0, ctypes.c_float(chance)
    )

def edit(number, early):
    with store.transaction("Edit") as t:
        t.upsert("partner", {"id": f"p{draw.randrange(8)}", "mission": f"{number}" * 4000})
        t.upsert("setting", {"id": "n", "value": number})
        if early:
            os.write(1, b"%d\\n" % (store.head().seq + 1))

def answers(number):
    try:
        edit(number, sys.argv[7:] == ["early"])
    except EnvironmentProblem as problem:
        assert len(problem.message.split()) <= 35
        codes.add(problem.code)
        return False
    return True

for name in sys.argv[4].split():
    fail(name, int(sys.argv[5]), float(sys.argv[6]))
for number in range(25):
    tries = 0
    while not answers(number):
        tries += 1
        if tries == 100:
            os.write(2, " ".join(codes).encode())
            os._exit(9)
    os.write(1, b"%d\\n" % store.head().seq)
os.write(2, " ".join(codes).encode())
"""

pytestmark = pytest.mark.skipif(len(PRELOADS) < 2, reason="needs libfiu")


def _edited(path: Path, seed: int, passphrase: str | None, *kind: object) -> tuple[int, set[str]]:
    """Let a child edit on a disk that fails; return its last number, and what it was told."""
    asked = [str(path), str(seed), passphrase or "", *map(str, kind)]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *asked], capture_output=True, text=True, check=False,
        env={**os.environ, "LD_PRELOAD": " ".join(map(str, reversed(PRELOADS)))},
    )  # fmt: skip
    assert done.returncode in (0, 9), done.stderr
    assert "Traceback" not in done.stderr
    return int(done.stdout.split()[-1] if done.stdout else 0), set(done.stderr.split())


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_failing_disk_loses_nothing_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    path, passphrase = tmp_path / "garden.pdesk", WORDS if seed % 8 in (1, 6) else None
    create_store(path, passphrase=passphrase).close()
    said, told = _edited(path, seed, passphrase, *KINDS[seed % 4])
    assert said >= 25  # more where the disk failed behind a commit: that edit was made twice
    assert told <= {"disk", "disk-full"}
    assert told or KINDS[seed % 4][0].endswith("ftruncate"), "nothing failed"
    with open_store(path, passphrase=passphrase) as store:
        assert store.head().seq == said
        assert store.check().problems == ()


@pytest.mark.parametrize("seed", range(20 if SOAK else 1))
def test_a_stick_pulled_out_keeps_all_up_to_the_last_acknowledged_edit(
    tmp_path: Path, seed: int
) -> None:
    """From some moment on nothing is read or written any more, and the program is told so."""
    path = tmp_path / "garden.pdesk"
    create_store(path).close()
    first, _told = _edited(path, seed, None, KINDS[0][0], errno.EIO, 0)
    said, told = _edited(path, seed, None, ALL, errno.EIO, 1)
    assert (said, told) == (0, {"disk"})
    with open_store(path) as store:
        assert store.head().seq == first
        assert store.check().problems == ()


def test_an_edit_acknowledged_before_a_failing_commit_is_lost(tmp_path: Path) -> None:
    """The control: were edits acknowledged too early, the tests above would notice."""
    path = tmp_path / "garden.pdesk"
    create_store(path).close()
    said, _told = _edited(path, 1, None, "posix/io/sync/*", errno.EIO, 1, "early")
    with open_store(path) as store:
        assert store.head().seq < said
