"""Pictures of every part in every look: `gallery.py FOLDER [percent ...]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[3]))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Look, Type, apply_theme, line, load_fonts, spaced
from ui.widgets.bars import Bar, Bars, LadderCell
from ui.widgets.cover import Cover, HandOver
from ui.widgets.dots import Dot, DotTrack, Legend, Track
from ui.widgets.flow import Turning
from ui.widgets.marks import PartnerMark
from ui.widgets.points import Points, Share
from ui.widgets.pole_slider import PoleSlider
from ui.widgets.ring import Completeness
from ui.widgets.signature_pad import SignaturePad
from ui.widgets.support import Support, SupportChoice, SupportTable
from ui.widgets.text import Body, Caption, Title, Words
from ui.widgets.tiles import StepPicture, Tile, TileRow, rating

LADDER = ("Not told", "Told afterwards", "Asked before", "Decides with others", "Decides alone")
PARTNERS = ((2, "Kisumbe WUC"), (1, "LBFN"), (0, "Northbridge"))
LEVELS = (
    "Endorses",
    "Endorses, with a small point",
    "Agrees, with reservations",
    "Abstains",
    "Stands aside",
    "Disagrees, goes with the others",
    "Disagrees, will not carry it out",
    "Blocks",
)
FULL = Track(
    -2,
    2,
    (*(Dot(-2, 0), Dot(-1, 0), Dot(0, 1), Dot(0, 1)), *(Dot(1, 1), Dot(1, 2), Dot(2, 2))),
    apart=frozenset({-2.0, 2.0}),
    middle=0,
    wanted=0,
)
MOVING = Track(-2, 2, tuple(Dot(n % 3 - 1, n % 3) for n in range(9)), middle=-1, wanted=1)
POOLED = Track(-2, 2, tuple(Dot(n % 4 - 2) for n in range(11)), middle=0, wanted=2)
EIGHT = Track(-2, 2, tuple(Dot((n % 2) * 2 - 1, n) for n in range(8)))


def tiles() -> QWidget:
    """Return the private ladder page with column heads, and the ways to sign."""
    page, grid = _sheet("How the budget is split and changed")
    rows = QGridLayout()
    spaced(rows, 12)
    for column, (n, words) in enumerate(enumerate(LADDER), 1):
        rows.addWidget(StepPicture(n), 0, column, Qt.AlignmentFlag.AlignHCenter)
        head = Words(words, Type.BODY_BOLD)
        head.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(head, 1, column)
        rows.setColumnStretch(column, 1)
    for line_, (index, name) in enumerate(PARTNERS, 2):
        row = TileRow(name, rating(LADDER, bare=True))
        row.choose(line_ - 1)
        rows.addWidget(Body(name, strong=True), line_, 0)
        rows.addWidget(row, line_, 1, 1, 5)
        rows.addWidget(PartnerMark(index, 24), line_, 6)
    grid.addLayout(rows)
    rated = TileRow(
        "Rated", rating(("Never", "Seldom", "Half", "Mostly", "Always")), no_basis="I cannot say"
    )
    rated.choose(3)
    grid.addWidget(rated)
    ways = [("Draw", "pen"), ("Type", "edit"), ("Thumbprint", "thumb"), ("Stamp", "doc")]
    signing = TileRow("Ways to sign", [Tile(n, w, icon=i) for n, (w, i) in enumerate(ways)])
    signing.choose(2)
    grid.addWidget(signing)
    return page


def sliders() -> QWidget:
    """Return the slider, points and cards."""
    page, column = _sheet("Sliders, points")
    slider = PoleSlider(
        "Rules", "comply and report", "keep realigning", now_words="Today", wanted_words="Wanted"
    )
    slider.choose(-1)
    column.addWidget(slider)
    column.addWidget(line())
    points = Points("Points", [Share(n, n, i) for i, n in PARTNERS])
    points.choose({"LBFN": 35, "Northbridge": 45})
    column.addWidget(points)
    return page


def results() -> QWidget:
    """Return dot tracks, bars, ladder cells and stands."""
    page, column = _sheet("Where we stand today")
    column.addWidget(Legend(PARTNERS, arrow=True, ring=True))
    for track, size in ((FULL, 16), (MOVING, 16), (POOLED, 12), (EIGHT, 12)):
        column.addWidget(DotTrack("Proof of success", track, size=size))
        column.addWidget(line())
    turning = Turning(900, 34)
    charts = turning.row
    needs = [Bar("needs Kisumbe WUC", 2.1, 0), Bar("needs Northbridge", 1.1, 2)]
    charts.addWidget(Bars("Need", needs, 4), 1)
    burden = [Bar(w, v, 1) for w, v in (("Rights", 2.6), ("Carries", 3.1), ("Gets back", 1.4))]
    charts.addWidget(Bars("Burden", burden, 5, thick=10, marks=False), 1)
    for index, today, wanted in ((2, 1, 2), (1, 0, 3), (0, 4, 3)):
        charts.addWidget(LadderCell("Cell", index, today, wanted))
    column.addWidget(turning)
    column.addWidget(_stands())
    return page


def choices() -> QWidget:
    """Return the private choice of a level."""
    page, column = _sheet("Can you live with this text?")
    choice = SupportChoice("How far", LEVELS)
    choice.choose(2)
    column.addWidget(choice)
    return page


def pages() -> QWidget:
    """Return ring and signature."""
    page, column = _sheet("Covered, signed")
    covered = [n % 4 != 3 for n in range(42)]
    column.addWidget(Completeness(covered, "of 42 points", "covered. A list to finish."))
    row = QHBoxLayout()
    spaced(row, 20)
    pad = SignaturePad("Signature of Rose Anyango")
    pad.show_strokes([[(0.3 + n / 20, 0.6 - (n % 5) / 12) for n in range(20)]])
    row.addWidget(pad, 2)
    column.addLayout(row, 1)
    return page


def cover() -> QWidget:
    """Return the hand-over cover, its key half filled."""
    made = Cover(
        HandOver(
            "Rose Anyango",
            2,
            "fish",
            "Give the keyboard to",
            "Rose: hold Space for one second",
            second="Mpe Rose Anyango kompyuta",
            second_hold="Shikilia Space kwa sekunde moja",
            partners=(0, 1, 2),
            notes=(("screen", "The room screen is blank"), ("lock", "Answers so far are sealed")),
            ways=(("paper", "On paper"), ("later", "Later")),
        )
    )
    made.key._on_part(0.4)
    return made


PAGES: dict[str, Callable[[], QWidget]] = {
    "tiles": tiles,
    "sliders": sliders,
    "results": results,
    "choices": choices,
    "pages": pages,
    "cover": cover,
}


def _stands() -> SupportTable:
    stands = [
        Support("Kisumbe WUC", 2, 2, LEVELS[1], note="touched by it"),
        Support("Northbridge", 0, 6, LEVELS[5], reservation="We wanted five percent."),
    ]
    return SupportTable("How each stands", ("support", "step aside", "disagree", "block"), stands)


def _sheet(title: str) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    outer, sheet, area = QVBoxLayout(page), QFrame(), QScrollArea()
    spaced(outer, 0, (20,))
    sheet.setProperty("kind", "sheet")
    area.setWidgetResizable(True)
    area.setWidget(sheet)
    outer.addWidget(area)
    column = QVBoxLayout(sheet)
    spaced(column, 16, (24, 28))
    column.addWidget(Caption("Power, 1 of 3"))
    column.addWidget(Title(title))
    return page, column


def main() -> None:
    """Save each page in each look, at each size, and the light one from right to left."""
    folder = Path(sys.argv[1])
    app = QApplication([])
    for percent in [int(p) for p in sys.argv[2:]] or [100, 200]:
        for look in Look:
            apply_theme(app, look, percent)
            for name, build in PAGES.items():
                _shoot(build(), folder / f"{name}-{look.value}-{percent}.png")
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    load_fonts("Arab")
    apply_theme(app, Look.LIGHT)
    for name, build in PAGES.items():
        _shoot(build(), folder / f"{name}-rtl.png")


def _shoot(window: QWidget, file: Path) -> None:
    stack = QStackedWidget()
    stack.addWidget(window)
    stack.resize(1366, 768)
    stack.show()
    QApplication.processEvents()
    QApplication.processEvents()
    stack.grab().save(str(file))
    stack.resize(1024, 600)
    QApplication.processEvents()
    stack.grab().save(str(file.with_stem(f"{file.stem}-1024")))
    stack.close()


if __name__ == "__main__":
    main()
