"""With little memory left a command ends in one sentence, and nothing is half done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from partnerdesk.exchange.bundle import pack
from partnerdesk.statuses import DONE, SURROUNDINGS
from partnerdesk.store import Store, create_store, open_store

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
STEPS = 50 if SOAK else 4
MB = 2**20
CHILD = """
import resource, sys
from partnerdesk import cli, commands
from partnerdesk.exchange import arrival, bundle, merge
from partnerdesk.store import schema, opening, check
import sqlite_utils

size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (size + int(sys.argv[1]),) * 2)
sys.exit(cli.main(sys.argv[2:]))
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on memory")


def _fill(store: Store, count: int) -> None:
    for number in range(count):
        with store.transaction("Write") as t:
            t.insert("note", {"id": f"n{number}", "text": "n" * 50_000})


def _run(room: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CHILD, str(room), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Path]:
    """Return a file, and a bundle with 2 MB more of the same partnership."""
    folder = tmp_path_factory.mktemp("pair")
    path, bundle = folder / "lake.pdesk", folder / "lake.pdbundle"
    with create_store(path) as store, store.transaction("Start") as t:
        t.insert("partnership", {"id": "partnership", "title": "Lake"})
    before = path.read_bytes()
    with open_store(path) as store:
        _fill(store, 40)
        bundle.write_bytes(pack(store))
    return before, bundle


def test_a_merge_with_little_memory_is_whole_or_not_at_all(
    pair: tuple[bytes, Path], tmp_path: Path
) -> None:
    statuses = set()
    for step in range(STEPS):
        path = tmp_path / "lake.pdesk"
        path.write_bytes(pair[0])
        room = 96 * MB * (step + 1) ** 2 // STEPS**2
        done = _run(room, "merge", str(path), str(pair[1]))
        statuses.add(done.returncode)
        assert done.returncode in (DONE, SURROUNDINGS), done.stderr
        assert "Traceback" not in done.stderr
        if done.returncode:
            assert "too little free memory" in done.stderr
        with open_store(path) as store:
            assert store.check().problems == ()
            assert len(store.rows("note")) == (0 if done.returncode else 40)
        assert {one.name for one in tmp_path.iterdir()} <= {"lake.pdesk", "lake.backups"}
        assert not list(tmp_path.rglob("*.part"))
        path.unlink()
    assert statuses == {DONE, SURROUNDINGS}
