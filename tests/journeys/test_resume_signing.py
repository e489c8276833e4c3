"""A signing that is cut off between two signatures goes on days later: key, PIN and terms."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtWidgets import QLabel

import resources
from partnerdesk import ceremony
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import pin, terms
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.versions import VersionState, charter_pdf, versions
from partnerdesk.model.round import Method
from partnerdesk.signing.verify import verify
from tests.journeys.conftest import PATIENCE, Walker
from ui.views.home_cards import RecentCard
from ui.views.place import Go
from ui.views.sign import SignView

PIN = "harbour lamp 7"
CHILD = """
import sys, time
from pathlib import Path
from PySide6.QtTest import QTest
from partnerdesk.flow import pin
from partnerdesk.flow.versions import open_version
from partnerdesk.model.round import Method
from ui.app import application
from ui.desk import Desk
from tests.recording import RecordingMessages
from ui.views.place import Go, Place

def until(done):
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        app.processEvents()
        time.sleep(0.01)

app = application()
messages = RecordingMessages()
desk = Desk(app, messages)
desk.window.resize(1024, 600)
desk.window.show()
desk.open(Path(sys.argv[1]))
desk.go(Place(Go.SIGN))
view = desk.window.view
view.scaffold.footer.primary.click()
until(lambda: view.steps.private is not None)
view.steps.private.answers.faces[0].click()
view.scaffold.footer.primary.click()
turn = view.turn
for box in turn.boxes:
    box.box.setChecked(True)
turn.marks.choose(Method.TYPED)
QTest.keyClicks(turn.marks.typed.field.editor, "Rose Anyango")
view.scaffold.footer.primary.click()
until(lambda: len(open_version(desk.store).signed) == 1)
view.scaffold.footer.back.click()
messages.typed = [sys.argv[2]]
view.steps._part.lock.click()
until(lambda: pin.waits_under_pin(desk.store, open_version(desk.store).id))
print("locked", flush=True)
time.sleep(600)
"""


def shown(walker: Walker) -> str:
    """Return all words that show."""
    return "\n".join(one.text() for one in walker.view.findChildren(QLabel) if one.isVisible())


def begun(path: Path, home: Path) -> None:
    """Let a window freeze the charter, take one signature, lock the rest, and die."""
    guide = built_in_guide()
    told = read_workshop(resources.path("samples/workshop-a.json"), guide)
    with replay(told, guide, path) as store:
        second = str(store.rows("signatory", "position")[1]["id"])
        terms.take_home(store, second, date(2026, 11, 19))
        terms.set_terms(store, second, board="The Council of Elders", board_due="2026-11-24")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PARTNERDESK_HOME": str(home),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    command = [sys.executable, "-c", CHILD, str(path), PIN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as child:
        assert child.stdout is not None
        said = child.stdout.readline()
        child.kill()
    assert said == b"locked\n"


def sign(walker: Walker, name: str) -> None:
    """Sign as whoever is next: freely, with everything confirmed and a typed name."""
    view = walker.view
    assert isinstance(view, SignView)
    walker.qtbot.waitUntil(lambda: view.steps.private is not None, timeout=PATIENCE)
    assert view.steps.private is not None
    view.steps.private.answers.faces[0].click()
    walker.primary()
    turn = view.turn
    assert turn is not None
    for box in turn.boxes:
        box.box.setChecked(True)
    turn.marks.choose(Method.TYPED)
    walker.qtbot.keyClicks(turn.marks.typed.field.editor, name)
    before = len(versions(walker.store)[0].signed)
    walker.primary()
    walker.qtbot.waitUntil(
        lambda: len(versions(walker.store)[0].signed) == before + 1, timeout=PATIENCE
    )


def test_the_window_dies_between_two_signatures_and_the_signing_goes_on(
    walker: Walker, tmp_path: Path, home: Path
) -> None:
    path = tmp_path / "lake.pdesk"
    begun(path, home)
    walker.desk.open(path)
    walker.go(Go.HOME)
    card = walker.view.findChild(RecentCard)
    assert card is not None
    assert "2 of 3 signatures awaited" in shown(walker)
    walker.press("Go on")
    walker.go(Go.CHARTER)
    assert "2 of 3 signatures awaited" in shown(walker)
    walker.primary()
    said = shown(walker)
    assert "2 of 3 signatures awaited. The signing waits under its PIN." in said
    assert "The Council of Elders" in said
    assert "26 November 2026" in said
    version = versions(walker.store)[0]
    assert pin.waits_under_pin(walker.store, version.id)
    walker.messages.typed = [PIN]
    walker.primary()
    sign(walker, "Akinyi Were")
    sign(walker, "Marit de Wolff")
    assert walker.primary() == "Close the signing"
    version = versions(walker.store)[0]
    assert version.state is VersionState.SIGNED
    assert pin.kept_key(walker.store, version.id) == b""
    report = verify(charter_pdf(walker.store, version.id), ceremony.known_of(walker.store))
    assert (report.verdict.status, len(report.signers)) == (0, 3)
    assert walker.store.check().ok
    assert datetime.now(UTC) > datetime.fromisoformat(version.closed_at)
