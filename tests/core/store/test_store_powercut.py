"""A power cut at any moment loses no edit that was acknowledged, and breaks no file."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from partnerdesk.errors import PartnerDeskError
from partnerdesk.store import create_store, open_store
from partnerdesk.store.cipher import key_of, raw_key

# A plain module beside this one: tests are no package.
sys.path.insert(0, str(Path(__file__).parent))
from powercut import disk_after, moments, record

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
CUTS = 2_000 if SOAK else 30
CONTROL = 2_000  # cuts at most: NORMAL breaks some 4 files in 100
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
    if number == 20:
        store.connection.execute("PRAGMA cache_size=10")  # so that changes reach the disk early
    key = f"p{draw.randrange(8)}"
    if draw.randrange(5) == 0:
        store.undo()
    else:
        with store.transaction("Edit") as t:
            t.upsert("partner", {"id": key, "mission": "m" * draw.randrange(20_000)})
    os.write(1, b"%d\\n" % store.head().seq)
"""

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")


def _harms(folder: Path, passphrase: str | None, *mode: str) -> Iterator[tuple[bool, bool, bool]]:
    """Yield of one power cut after another whether it lost an edit, broke or halved the file."""
    place = folder / "disk"
    place.mkdir()
    path = place / "garden.pdesk"
    create_store(path, passphrase=passphrase).close()
    before = {path.name: path.read_bytes()}
    key = key_of(passphrase)
    fast = raw_key(key, before[path.name][:16]).text if key else None
    events = record(PROGRAM, place, folder / "log", str(path), passphrase or "", *mode)
    draw = random.Random(7)
    for until, arriving in moments(events, draw):
        left, said = disk_after(events[:until], before, arriving, draw)
        shutil.rmtree(place)
        place.mkdir()
        for name, data in left.items():
            (place / name).write_bytes(data)
        hot = left.get(f"{path.name}-journal", b"")[:1] == b"\xd9"
        try:
            with open_store(path, passphrase=fast) as store:
                yield store.head().seq < said, not store.check().ok, hot
        except PartnerDeskError:
            yield False, True, hot


@pytest.mark.parametrize("passphrase", [None, WORDS], ids=["plain", "locked"])
def test_a_power_cut_loses_nothing_that_was_acknowledged(
    tmp_path: Path, passphrase: str | None
) -> None:
    cuts = list(islice(_harms(tmp_path, passphrase), CUTS))
    assert not any(lost or broken for lost, broken, _hot in cuts)
    assert sum(hot for *_harm, hot in cuts) > CUTS / 10, "nothing was being written at the cuts"


@pytest.mark.parametrize("mode", ["synchronous=NORMAL", "synchronous=OFF", "locking_mode=NORMAL"])
def test_a_less_careful_mode_loses_edits(tmp_path: Path, mode: str) -> None:
    """The control: were the disk asked for less, the test above would notice.

    NORMAL synchronises a journal once, its header with its records. A cut just before leaves a
    header that promises records of which a sector is still that of the edit before.
    """
    cuts = islice(_harms(tmp_path, None, mode), CONTROL)
    assert any(lost or broken for lost, broken, _hot in cuts)
