"""From an empty laptop to a signed charter that verifies, by hands and eyes alone."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from partnerdesk.cli import main
from partnerdesk.flow import values
from partnerdesk.flow.agree import clauses
from partnerdesk.flow.progress import current_activity
from partnerdesk.flow.rounds import unproven
from partnerdesk.flow.versions import VersionState, versions
from partnerdesk.store import open_store
from ui.views.agree import AgreeView
from ui.views.charter import CharterView
from ui.views.home import HomeView
from ui.views.prepare import PrepareView
from ui.views.session import SessionView
from ui.views.sign import SignView
from ui.views.verify import VerifyView
from ui.widgets.signature_pad import SignaturePad

if TYPE_CHECKING:
    from conftest import Walker

CREWS = {
    "Northbridge": [("Marit", "Can"), ("Samuel", "Must")],
    "Network": [("Akinyi", "Can"), ("Peter", "Obs"), ("Grace", "Must")],
    "Kisumbe": [("Rose", "Can"), ("Juma", "Obs")],
}
RUN = ("mindset", "values", "decision_ladder", "walking_away", "clause_consent")
PATIENCE = 60_000


def prepare(walker: Walker) -> None:
    """Enter three partners and seven people by keyboard alone, then the session."""
    view = walker.view
    assert isinstance(view, PrepareView)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for partner, crew in CREWS.items():
        walker.qtbot.keyClick(view, Qt.Key.Key_N, both)
        walker.type_on(partner, "", "NGO", "member", "KE", "To work")
        for number, (person, say) in enumerate(crew):
            walker.type_on(person, "Chair", say, "")
            if number < len(crew) - 1:
                walker.type_on("")
    walker.type(view.about.fields["purpose"].editor, "Safe water for all")
    walker.type(view.session.fields["place"].editor, "Kisumbe")
    walker.type(view.session.fields["facilitator"].editor, "Naliaka")


def run_activity(walker: Walker, activity_id: str) -> None:
    """Take one activity from its first words to its agreement."""
    if activity_id == "decision_ladder":
        walker.list_items("Who is hired", "Which villages are covered")
    if activity_id == "walking_away":
        walker.press("Write it together at once")
    else:
        walker.primary()
        walker.collect(passing=0 if activity_id == "clause_consent" else 1)
        walker.primary()
        walker.talk()
    view = walker.view
    assert isinstance(view, AgreeView)
    if activity_id == "clause_consent":
        assert walker.primary() == "Go to the charter"
    else:
        walker.agree()
        assert walker.primary() == "Go on"


def sign_all(walker: Walker, ways: dict[str, str]) -> None:
    """Let each signatory tick, make a mark and sign, in the order of the page."""
    view = walker.view
    assert isinstance(view, SignView)
    for number in range(len(ways)):
        walker.qtbot.waitUntil(lambda: view.steps.private is not None, timeout=PATIENCE)
        walker.press("I sign freely")
        assert walker.primary() == "Go on"
        QApplication.processEvents()  # lay the pad out before it is drawn on
        assert view.turn is not None
        assert view.turn.turn.done == number
        for box in view.turn.boxes:
            box.box.setChecked(True)
        name = view.turn.turn.block.name
        walker.press(ways[name])
        if ways[name] == "Draw":
            draw(walker, view.turn.marks.pad)
        else:
            walker.type(view.turn.marks.typed.field.editor, name)
        assert walker.primary() == f"Sign as {name}"


def draw(walker: Walker, pad: SignaturePad) -> None:
    """Draw one stroke with the mouse."""
    surface = pad.childAt(pad.rect().center()) or pad
    walker.qtbot.mousePress(surface, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    for x in range(24, 120, 8):
        walker.qtbot.mouseMove(surface, QPoint(x, 30 + x % 24))
    walker.qtbot.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=QPoint(120, 40))


def words_of(walker: Walker) -> str:
    return "\n".join(label.text() for label in walker.view.findChildren(QLabel))


def test_from_an_empty_laptop_to_a_signed_charter_that_verifies(
    walker: Walker, file: Path, tmp_path: Path
) -> None:
    assert isinstance(walker.view, HomeView)
    walker.messages.path = file
    walker.press("Start a partnership")
    walker.type_on("Lake Basin")
    prepare(walker)
    walker.primary()
    guide = walker.desk.guide
    assert guide is not None
    while (now := current_activity(walker.store, guide)) is not None:
        assert isinstance(walker.view, SessionView), walker.view
        if now.activity.id in RUN:
            run_activity(walker, now.activity.id)
            if now.activity.id == "clause_consent":
                break
        else:
            walker.put_off("No time today")
    assert walker.messages.told == []
    assert len(clauses(walker.store)) >= 1
    assert unproven(walker.store) == ()

    assert isinstance(walker.view, CharterView)
    assert walker.primary().startswith("Freeze version 1")
    view = walker.view
    assert isinstance(view, SignView)
    walker.press("Name one person for each partner")
    assert len(values.signatories(walker.store)) == 3
    walker.primary()
    sign_all(walker, {"Rose": "Type", "Akinyi": "Draw", "Marit": "Draw"})
    walker.qtbot.waitUntil(lambda: "Close the signing" in walker.seen(), timeout=PATIENCE)
    assert walker.primary() == "Close the signing"
    version = versions(walker.store)[0]
    assert version.state is VersionState.SIGNED
    assert {row["state"] for row in walker.store.rows("sealed_key")} == {"destroyed"}

    charter = tmp_path / "charter.pdf"
    walker.messages.path = charter
    assert walker.primary() == "Export the PDF"
    walker.qtbot.waitUntil(charter.exists, timeout=PATIENCE)
    walker.press("Check the file")
    assert isinstance(walker.view, VerifyView)
    walker.qtbot.waitUntil(lambda: "Unchanged since signing" in words_of(walker), timeout=PATIENCE)
    told = subprocess.run(["pdfsig", "-nocert", str(charter)], capture_output=True, text=True)
    assert told.stdout.count("Signature is Valid") == 3
    assert told.stdout.count("Total document signed") == 1
    assert main(["verify", str(charter)]) == 0
    walker.desk.window.close()
    QApplication.processEvents()
    with open_store(file) as store:
        assert store.check().problems == ()
