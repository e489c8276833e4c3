"""A portable program writes beside itself and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from partnerdesk.places import KEPT, MARKER
from tests.offline.paths import path_of

ROOT = Path(__file__).parents[2]
PACKAGES = ("partnerdesk", "ui", "resources")

RUN = """
import sys
from pathlib import Path
from partnerdesk import faults, places, shield
places.stay_beside(), shield.forbid_dumps(), faults.watch()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog
from partnerdesk.exchange.known import remember
from ui.app import application
from ui.desk import Desk
from ui.messages import Messages

def fail():
    raise ValueError

program = application()
desk = Desk(program)
desk.window.show()
desk.practice()

def work():
    if desk.store is None:
        return
    timer.stop()
    desk.resize(1)
    remember("0" * 64)
    QTimer.singleShot(0, fail)
    Messages().open_file(desk.window, "Open", places.suggested_folder(), "All (*)", print)
    desk.window.findChild(QFileDialog).reject()
    desk.lock()
    QTimer.singleShot(200, desk.window.close)

timer = QTimer(interval=50)
timer.timeout.connect(work)
timer.start()
status = program.exec()
del desk
sys.exit(status)
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return the folder of a program of its own."""
    folder = tmp_path / "stick"
    folder.mkdir()
    for name in PACKAGES:
        (folder / name).symlink_to(ROOT / name)
    return folder


def _run(program: Path, user: Path) -> set[str]:
    """Do a whole run, and return what lies in the person's own folders afterwards."""
    places = {
        "HOME": user,
        "XDG_CONFIG_HOME": user / ".config",
        "XDG_CACHE_HOME": user / ".cache",
        "XDG_DATA_HOME": user / ".local" / "share",
        "XDG_STATE_HOME": user / ".local" / "state",
        "TMPDIR": user / "tmp",
    }
    for folder in places.values():
        folder.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name != "PARTNERDESK_HOME"}
    around = kept | {name: str(folder) for name, folder in places.items()}
    around |= {"PYTHONPATH": path_of(program), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", RUN]
    done = subprocess.run(command, env=around, cwd=program, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return {str(one.relative_to(user)) for one in user.rglob("*") if one.is_file()}


def test_a_portable_program_writes_nothing_elsewhere(program: Path, tmp_path: Path) -> None:
    (program / MARKER).touch()
    assert _run(program, tmp_path / "user") == set()
    kept = {one.name for one in (program / KEPT).iterdir()}
    assert {"practice", "settings.json", "recent.json", "known-charters.txt"} <= kept
    assert "faults.log" in kept
    assert {one.name for one in program.iterdir()} == {*PACKAGES, MARKER, KEPT}


def test_without_its_marker_it_writes_to_the_persons_folders(program: Path, tmp_path: Path) -> None:
    written = _run(program, tmp_path / "user")
    own = {"settings.json", "recent.json", "known-charters.txt", "faults.log"}
    assert {f".local/share/partnerdesk/{name}" for name in own} <= written
    assert {one.name for one in program.iterdir()} == set(PACKAGES)
