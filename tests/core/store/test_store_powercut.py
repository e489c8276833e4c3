"""A power cut at any moment loses no edit that was acknowledged, and breaks no file."""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path

import pytest

from partnerdesk.errors import PartnerDeskError
from partnerdesk.store import create_store, open_store

# A plain module beside this one: tests are no package.
sys.path.insert(0, str(Path(__file__).parent))
from powercut import disk_after, record

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
CUTS = 2_000 if SOAK else 30
CONTROL = 200 if SOAK else 60
WORDS = "calm acorn in the garden"

PROGRAM = """
import os, random, sys
from pathlib import Path
from partnerdesk.store import open_store

draw = random.Random(2026)
store = open_store(Path(sys.argv[1]), passphrase=sys.argv[2] or None)
if len(sys.argv) > 3:
    store.connection.execute("PRAGMA " + sys.argv[3])
for number in range(40):
    key = f"p{draw.randrange(8)}"
    if draw.randrange(5) == 0:
        store.undo()
    else:
        with store.transaction("Edit") as t:
            t.upsert("partner", {"id": key, "mission": "m" * draw.randrange(20_000)})
    os.write(1, b"%d\\n" % store.head().seq)
"""

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")


def _cuts(folder: Path, passphrase: str | None, cuts: int, *mode: str) -> tuple[int, int, int]:
    """Return how many of `cuts` power cuts lost an edit, broke the file, or left a hot journal."""
    place = folder / "disk"
    place.mkdir()
    path = place / "garden.pdesk"
    create_store(path, passphrase=passphrase).close()
    before = {path.name: path.read_bytes()}
    events = record(PROGRAM, place, folder / "log", str(path), passphrase or "", *mode)
    draw, lost, broken, hot = random.Random(7), 0, 0, 0
    for _number in range(cuts):
        left, said = disk_after(events[: draw.randint(1, len(events))], before, draw)
        shutil.rmtree(place)
        place.mkdir()
        for name, data in left.items():
            (place / name).write_bytes(data)
        hot += left.get(f"{path.name}-journal", b"")[:1] == b"\xd9"
        try:
            with open_store(path, passphrase=passphrase) as store:
                lost += store.head().seq < said
                broken += not store.check().ok
        except PartnerDeskError:
            broken += 1
    return lost, broken, hot


@pytest.mark.parametrize("passphrase", [None, WORDS], ids=["plain", "locked"])
def test_a_power_cut_loses_nothing_that_was_acknowledged(
    tmp_path: Path, passphrase: str | None
) -> None:
    lost, broken, hot = _cuts(tmp_path, passphrase, CUTS)
    assert (lost, broken) == (0, 0)
    assert hot > CUTS / 10, "the cuts came while nothing was being written"


@pytest.mark.parametrize("mode", ["synchronous=OFF", "locking_mode=NORMAL"])
def test_a_less_careful_mode_loses_edits(tmp_path: Path, mode: str) -> None:
    """The control: were the disk asked for less, the test above would notice.

    (synchronous=NORMAL breaks 1 file in 1,000 cuts: too rare to be a control.)
    """
    lost, broken, _hot = _cuts(tmp_path, None, CONTROL, mode)
    assert lost + broken > CONTROL / 20
