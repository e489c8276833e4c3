"""Paints the frame and its parts as pictures, to lay beside the design.

`.venv/bin/python tests/ui/widgets/gallery_foundation.py FOLDER` writes one PNG for each look.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "*.warning=false"
sys.path.insert(0, str(Path(__file__).parents[3]))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.actions import hint
from ui.theme import Look, Type, apply_theme, line, spaced
from ui.widgets.banner import Banner
from ui.widgets.buttons import PlainButton, PrimaryButton, QuietButton
from ui.widgets.empty import EmptyState
from ui.widgets.fields import ChoiceField, DateField, Field, LongTextField, NumberField, TextField
from ui.widgets.frames import Columns, Scaffold, Side
from ui.widgets.marks import Badge, Knot, PartnerMark
from ui.widgets.selvedge import Selvedge
from ui.widgets.text import Body, Caption, Heading, SayThis, Words
from ui.widgets.thread import Activity, Stage, StageRail, StepThread, TurnDots
from ui.widgets.timer import Timer

PEOPLE = (
    ("Juma Onyango", "Kisumbe WUC", 2, "drop", "done"),
    ("Grace Atieno", "LBFN", 1, "pot", "done"),
    ("Peter Odhiambo", "LBFN", 1, "hoe", "done"),
    ("Samuel Otieno", "Northbridge", 0, "tree", "done"),
    ("Rose Anyango", "Kisumbe WUC", 2, "fish", "now"),
    ("Akinyi Were", "LBFN", 1, "sun", ""),
    ("Marit de Wolff", "Northbridge", 0, "MW", ""),
)
STAGES = ["Ground rules", "Mindsets", "Values", "Power", "Goals", "Deciding", "Trust", "Readiness"]
STEPS = ("Collect", "Reveal", "Discuss", "Agree", "Charter")


def rail() -> StageRail:
    """Return the rail of the sample workshop at Power."""
    acts = (
        Activity("1", "Decision ladder", Knot.NOW),
        Activity("2", "Who needs whom"),
        Activity("3", "Say and burden"),
    )
    states = [Knot.DONE] * 3 + [Knot.NOW] + [Knot.NEXT] * 4
    return StageRail(
        [
            Stage(str(n), name, states[n], f"{9 + n:02}:20", acts if n == 3 else ())
            for n, name in enumerate(STAGES)
        ]
    )


def person(name: str, partner: str, index: int, face: str, state: str) -> QWidget:
    """Return one row of the people whose turn it is."""
    row = QFrame()
    row.setProperty("kind", "row-now" if state == "now" else "")
    across, names = QHBoxLayout(row), QVBoxLayout()
    spaced(across, 12, (3, 10))
    spaced(names, 0)
    names.addWidget(Body(name, strong=state == "now"))
    names.addWidget(Caption(partner))
    across.addWidget(Badge(index, face, 32, name=name))
    across.addLayout(names, 1)
    across.addWidget(Words({"done": "Turn done", "now": "Next"}.get(state, "Waiting"), wrap=False))
    return row


def page() -> Scaffold:
    """Return a page like the session's while answers are collected."""
    side = Side()
    timer = Timer(20)
    timer.set_minutes(20, 760)
    side.set_timer(timer)
    side.add(Body("Ask Rose before her turn if she wants Juma to read aloud."), "Only you see")
    made = Scaffold(rail(), side)
    made.top.set_title("Lake Basin Water and Livelihoods Partnership")
    made.top.set_partners((0, 1, 2))
    made.top.set_room("Room sees: the question")
    made.top.set_saved("Saved 11:42:07")
    made.top.show_lock(True)
    made.header("Power, 1 of 3", "Decision ladder", "Will be shown by organisation")
    made.set_steps(STEPS, 0)
    made.sheet.addWidget(Columns(_left(), _right(), shares=(4, 3)))
    made.sheet.addStretch()
    made.footer.set_back("Back")
    made.footer.set_keys([hint(name) for name in ("give", "reveal", "room", "blank")])
    made.footer.set_primary("Give the laptop to Rose Anyango", True, "Reveal opens when all are in")
    return made


def _left() -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    spaced(column, 12)
    column.addWidget(
        SayThis(
            [
                "We look at five decisions. For each one, say how each partner is involved today, "
                "and how you would like it to be.",
                "Nobody sees your answers until all seven are in.",
            ]
        )
    )
    column.addWidget(Caption("The five decisions"))
    for text in ("What the agreement between us says", "Which villages are covered"):
        column.addWidget(line())
        column.addWidget(Body(text))
    column.addStretch()
    return box


def _right() -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    spaced(column, 4)
    column.addWidget(Heading("4 of 7 received"))
    column.addWidget(TurnDots(4, 7))
    for each in PEOPLE:
        column.addWidget(person(*each))
    column.addStretch()
    return box


def parts() -> Scaffold:
    """Return a page with each small part on it."""
    made = Scaffold()
    made.top.set_title("Parts")
    made.set_banner(Banner("There is no copy on a stick yet.", "note", "Copy to a stick"))
    made.header("Foundation", "Every part")
    wrong = Field("Starts on", DateField("2027-03-31"))
    wrong.set_error("The charter cannot start before it is signed.")
    fields = _column(
        Field("Name of the partner", TextField("Kisumbe WUC")),
        Field("Language", ChoiceField([("en", "English"), ("sw", "Kiswahili")], "sw")),
        wrong,
        Field("How many people", NumberField(7)),
        Field("Mission", LongTextField("Water for all eleven villages."), help_="In their words"),
    )
    off = PrimaryButton("Reveal")
    off.setEnabled(False)
    buttons = _column(
        PrimaryButton("Record this agreement"),
        off,
        QuietButton("Back to the talk", "left"),
        PlainButton("Change the text", "edit"),
        _row(*(PartnerMark(n, 20) for n in range(8))),
        _row(*(Badge(n, face, 48) for n, face in enumerate(("boat", "RA", "fish")))),
        *(Selvedge((n,), height=12) for n in range(8)),
        StepThread(STAGES[:5], 2, names_below=True),
        _chip("note"),
    )
    made.sheet.addWidget(Columns(fields, buttons))
    made.sheet.addWidget(EmptyState("people", "Nobody is here yet.", QuietButton("Add a person")))
    made.footer.set_primary("Go on", False, "Three names are missing")
    return made


def _chip(kind: str) -> QWidget:
    frame = QFrame()
    frame.setProperty("kind", kind)
    column = QVBoxLayout(frame)
    spaced(column, 0, (12, 14))
    column.addWidget(Words("With one reservation", Type.BODY_BOLD, tone="now_text"))
    return frame


def _column(*widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    spaced(column, 12)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch()
    return box


def _row(*widgets: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    spaced(row, 12)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return box


def save(name: str, made: QWidget, width: int, height: int) -> None:
    """Write `made` as a picture."""
    made.resize(width, height)
    made.show()
    QApplication.processEvents()
    QApplication.processEvents()
    if isinstance(made, Scaffold):
        made.say("The clause was removed.", lambda: None)
    QApplication.processEvents()
    made.grab().save(str(FOLDER / f"{name}.png"))
    made.close()


def main() -> None:
    """Write all pictures."""
    app = QApplication([])
    for look in Look:
        apply_theme(app, look, 100)
        save(f"page-{look.value}", page(), 1366, 768)
        save(f"parts-{look.value}", parts(), 1366, 1100)
    apply_theme(app, Look.LIGHT, 100)
    save("page-1024", page(), 1024, 600)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    save("page-rtl", page(), 1366, 768)
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    apply_theme(app, Look.LIGHT, 200)
    save("page-200", page(), 1366, 768)
    opened = page()
    opened.heading.more.setChecked(True)
    apply_theme(app, Look.LIGHT, 100)
    save("page-back-at-100", opened, 1024, 600)


if __name__ == "__main__":
    FOLDER = Path(sys.argv[1])
    FOLDER.mkdir(parents=True, exist_ok=True)
    main()
