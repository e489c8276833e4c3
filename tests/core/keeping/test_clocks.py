"""A clock that is wrong, set back or in another zone stops nothing and orders nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from partnerdesk.store import create_store, open_store

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
PRELOADS = sorted(Path("/usr/lib").glob("**/faketime/libfaketime.so.1"))
# The setting, the zone, and whether somebody should be told.
CLOCKS = (
    ("@1970-01-02 12:00:00", "UTC", True),
    ("-1h", "UTC", True),
    ("@2028-02-29 23:59:59", "Africa/Nairobi", False),
    ("@2038-01-19 03:14:08", "UTC", False),
    ("-1d", "America/St_Johns", True),
    ("+20y", "UTC", False),
    ("@2106-02-07 06:28:20", "UTC", False),
    ("+0", "Pacific/Kiritimati", False),
    ("+0", "Pacific/Niue", False),
    ("@2027-10-31 02:30:00", "Europe/Berlin", False),
    ("@2000-01-01 00:00:00", "Asia/Kathmandu", True),
    ("@2025-12-31 23:59:59", "Asia/Tehran", True),
)
USED = CLOCKS if SOAK else CLOCKS[:3:2]

CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from partnerdesk.keeping import back_up, back_up_if_due, backups
from partnerdesk.keeping.notices import notices
from partnerdesk.keeping.spot import spot_of
from partnerdesk.store import open_store

path = Path(sys.argv[1])
with open_store(path) as store:
    told = {one.code for one in notices(store, spot_of(path))}
    for number in range(5):
        with store.transaction("Write", author="ada") as t:
            t.upsert("note", {"id": "n", "text": str(number)})
    store.undo()
    back_up_if_due(store, datetime.now(UTC))
    back_up(store, datetime.now(UTC))
    assert [edit.seq for edit in store.edits()] == list(range(1, store.head().seq + 1))
    assert store.row("note", "n")["text"] == "3"
    assert store.check().problems == ()
    newest, *_older = backups(path)
    assert newest.edits == store.head().count
print("clock" in told)
"""


@pytest.mark.skipif(not PRELOADS, reason="needs libfaketime")
@pytest.mark.parametrize(("setting", "zone", "told"), USED)
def test_any_clock_is_worked_with_and_a_slow_one_is_told(
    tmp_path: Path, setting: str, zone: str, told: bool
) -> None:
    path = tmp_path / "lake.pdesk"
    with create_store(path) as store, store.transaction("Before") as t:
        t.insert("note", {"id": "before"})
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, check=False,
        env={
            **os.environ, "LD_PRELOAD": str(PRELOADS[0]), "FAKETIME": setting, "TZ": zone,
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(told)]
    with open_store(path) as again:
        assert again.check().problems == ()
        assert [edit.title for edit in again.edits()][:2] == ["Before", "Write"]
