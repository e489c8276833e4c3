"""One whole session on a file full of canaries, as a program of its own; see test_plaintext.py.

Says "ready" with everything open, waits for a line, locks, and says which process took over.
Usage: canary_session.py FOLDER OUT [all]
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from partnerdesk import ceremony, faults, shield
from partnerdesk.copies import Form, copy_of, version_original
from partnerdesk.exchange.dataout import WRITERS, data_of
from partnerdesk.exchange.files import write_whole
from partnerdesk.exchange.known import remember
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import rounds, values
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.versions import versions
from partnerdesk.keeping import back_up
from tests.holding import hold
from tests.journeys.canaries import MARKER, PASSPHRASE, workshop
from ui import locking
from ui.app import application
from ui.desk import Desk
from ui.kinds.private import PrivateText
from ui.locking import Locked
from ui.messages import Messages
from ui.views.place import Go, Place
from ui.views.turn import TurnView
from ui.widgets.fields import TextField

ALL = "all" in sys.argv
AT = datetime(2026, 11, 28, 14, 8, tzinfo=UTC)


def work(path: Path, out: Path, passphrase: str) -> None:
    """Hold the recorded workshop, sign its charter, back up, and write copies into `out`."""
    guide = built_in_guide()
    workshop(out / "workshop.json")
    told = read_workshop(out / "workshop.json", guide)
    with replay(told, guide, path, passphrase=passphrase) as store:
        version_id = ceremony.freeze(store, guide, AT)
        remember(versions(store)[-1].fingerprint)
        for block in ceremony.blocks_of(store, version_id)[: None if ALL else 1]:
            ceremony.sign_block(store, version_id, block, ceremony.generated_mark(block), AT)
        back_up(store, AT)
        original = version_original(store, versions(store)[-1])
        for form in Form if ALL else (Form.PDF,):
            write_whole(out / f"charter.{form.value}", copy_of(original, form))
        for name in WRITERS if ALL else ("xlsx",):
            write_whole(out / f"data.{name}", WRITERS[name](data_of(store)))


def sit_down(desk: Desk, path: Path, passphrase: str) -> None:
    """Open the file in the window, type in the open and in private, copy, choose files, fail."""
    desk.window.show()
    desk.open(path, passphrase)
    store, guide = desk.store, desk.guide
    assert store is not None
    assert guide is not None
    desk.go(Place(Go.PREPARE))
    field = next(f for f in desk.window.findChildren(TextField) if f.isVisible())
    QTest.keyClicks(field, f" {MARKER}200")
    round_id = rounds.open_round(store, guide, "terms")
    first = rounds.turns(store, values.round_of(store, round_id))[0]
    desk.go(Place(Go.TURN, f"{round_id}/{first.respondent}"))
    view = desk.window.view
    assert isinstance(view, TurnView)
    assert view.cover is not None
    hold(view.cover.key)
    QApplication.processEvents()
    QTest.keyClicks(view.findChildren(PrivateText)[0], f"{MARKER}201")
    view.take_back()
    desk.go(Place(Go.CHARTER))
    QGuiApplication.clipboard().setText(f"{MARKER}202")
    out = path.parent / f"{MARKER}203.pdf"
    Messages().save_file(desk.window, "Save", out, "PDF (*.pdf)", lambda _path: None)
    QTimer.singleShot(0, fail)
    for _round in range(5):
        QApplication.processEvents()


def fail() -> None:
    """Be a fault of ours, with a canary in its message."""
    raise ValueError(f"{MARKER}204")


def note(state: Locked) -> object:
    """Start the new process as the program does, and say its number."""
    child = started(state)
    sys.stdout.write(f"{child.pid}\n")
    sys.stdout.flush()
    return child


started = locking.start_again

if __name__ == "__main__":
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    passphrase = PASSPHRASE
    shield.forbid_dumps()
    faults.watch()
    work(folder / "file.pdesk", out, passphrase)
    locking.start_again = note  # type: ignore[assignment]  # it gives back what it is given
    program = application()
    desk = Desk(program)
    sit_down(desk, folder / "file.pdesk", passphrase)
    desk.tasks.wait_for_done()  # a backup that is half made is about to have another name
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    QTimer.singleShot(0, desk.lock)
    sys.exit(program.exec())
