"""The real window, killed at any moment while a person types, loses no edit that it kept."""

from __future__ import annotations

import os
import random
import selectors
import subprocess
import sys
import time
from pathlib import Path

from partnerdesk.flow import setup
from partnerdesk.store import open_store
from tests.offline.paths import path_of

SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
KILLS = 200 if SOAK else 20
LONGEST = 0.25  # seconds from the first acknowledgement to the kill
PATIENCE = 60.0  # seconds until the window must have kept its first edit

CHILD = """
import os, random, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from partnerdesk.store import Edit, Store
from ui.app import application
from ui.desk import Desk
from tests.recording import RecordingMessages
from ui.views.place import Go, Place
from ui.widgets.fields import TextField

draw = random.Random(int(sys.argv[2]))
app = application()
desk = Desk(app, RecordingMessages())
desk.window.resize(1024, 600)
desk.window.show()
desk.open(Path(sys.argv[1]))
desk.go(Place(Go.PREPARE))

def tell(edit):
    os.write(1, b"%d\\n" % edit.seq)

desk.store.listen(tell)
if sys.argv[3:] == ["early"]:
    record = Store._record
    def early(*what):
        tell(record(*what))
        sys.stdin.read()  # and stand still before the commit
    Store._record = early
while True:
    fields = [f for f in desk.window.findChildren(TextField) if type(f) is TextField]
    field = draw.choice([f for f in fields if f.isVisible() and f.isEnabled()])
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "word " * draw.randrange(1, 4) + str(draw.random()))
    QTest.keyClick(field, Qt.Key.Key_Return)
    if draw.randrange(4) == 0:
        desk.undo()
    app.processEvents()
"""


def _last_kept(path: Path, seed: int, after: float, home: Path, *careless: str) -> int:
    """Let the window edit for a while, kill it, and return the last edit that it kept."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PARTNERDESK_HOME": str(home),
        "PYTHONPATH": path_of(Path(__file__).parents[2]),
    }
    command = [sys.executable, "-c", CHILD, str(path), str(seed), *careless]
    with subprocess.Popen(
        command, stdin=-1, stdout=-1, stderr=subprocess.DEVNULL, env=environment, bufsize=0
    ) as child:
        assert child.stdout is not None
        said = b""
        end = time.monotonic() + PATIENCE
        with selectors.DefaultSelector() as selector:
            selector.register(child.stdout, selectors.EVENT_READ)
            while (left := end - time.monotonic()) > 0:
                if not selector.select(left):
                    continue
                more = os.read(child.stdout.fileno(), 4096)
                if not more:
                    break
                if not said:
                    end = time.monotonic() + after
                said += more
        child.kill()
        said += child.stdout.read()
    assert b"\n" in said, "the window kept no edit at all"
    return int(said[: said.rindex(b"\n")].split()[-1])


def _partnership(folder: Path) -> Path:
    path = folder / "lake.pdesk"
    store = setup.new_partnership(path, "Lake")
    for name in ("North", "South"):
        partner = setup.add_partner(store, name)
        setup.add_participant(store, partner, f"{name} person")
    store.close()
    return path


def test_no_edit_that_the_window_kept_is_lost(tmp_path: Path, home: Path) -> None:
    path = _partnership(tmp_path)
    draw = random.Random(2026)
    for seed in range(KILLS):
        kept = _last_kept(path, seed, draw.uniform(0, LONGEST), home)
        with open_store(path) as reopened:
            assert reopened.head().seq >= kept
            assert reopened.check().problems == ()


def test_an_edit_that_the_window_tells_before_its_commit_is_lost(
    tmp_path: Path, home: Path
) -> None:
    """The control: did the window say too early that an edit is kept, the test above would fail."""
    path = _partnership(tmp_path)
    kept = _last_kept(path, 1, 0, home, "early")
    with open_store(path) as reopened:
        assert reopened.head().seq < kept
