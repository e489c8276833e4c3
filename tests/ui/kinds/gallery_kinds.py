"""Paints every form and every result of the sample workshop as pictures, to look at.

`.venv/bin/python tests/ui/kinds/gallery_kinds.py FOLDER [--kind KIND] [--percent 200] [--rtl]
[--dark] [--working]` writes a PNG of the first pages of each form and of each revealed round, at
1366x768 and at 1024x600; what scrolls inside is painted whole in a further picture.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "*.warning=false"
sys.path.insert(0, str(Path(__file__).parents[3]))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

import resources
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import rounds, values
from partnerdesk.flow.agree import clauses
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.kinds import KINDS
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.summary import Summary
from partnerdesk.model.guide import Item
from partnerdesk.model.json import Json
from partnerdesk.model.round import Clause, Response
from ui.kinds import TWINS
from ui.theme import Look, apply_theme, spaced

SIZES = ((1366, 768), (1024, 600))
AROUND = {1366: (76, 250), 1024: (44, 210)}
"""What the frame of a turn takes off the width and the height."""
SIDES = {1366: 560, 1024: 108}
"""What rail, side and padding take off the width of a revealed round."""


def main() -> None:
    """Write the pictures."""
    asked = _arguments()
    app = QApplication([])
    app.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if asked.rtl else Qt.LayoutDirection.LeftToRight
    )
    apply_theme(app, Look.DARK if asked.dark else Look.LIGHT, asked.percent)
    asked.folder.mkdir(parents=True, exist_ok=True)
    for setting, summary in _revealed(asked.folder / "sample.pdesk"):
        if not asked.kind or asked.kind in (setting.activity.kind, setting.activity.id):
            _paint_form(asked.folder, setting)
            _paint_results(asked.folder, setting, summary, working=asked.working)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Paint the forms and results.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", default="")
    parser.add_argument("--percent", type=int, default=100)
    for flag in ("--rtl", "--dark", "--working"):
        parser.add_argument(flag, action="store_true")
    return parser.parse_args()


def _revealed(path: Path) -> Iterator[tuple[Setting, Summary]]:
    """Yield each activity that asks something, as the sample partnership answered it."""
    path.unlink(missing_ok=True)
    guide = built_in_guide()
    workshop = read_workshop(resources.path("samples/workshop-a.json"), guide)
    store = replay(workshop, guide, path)
    for activity in guide.activities():
        setting = rounds.setting_of(store, guide, activity, activity.attribution)
        last = values.latest_round(store, activity.id)
        if activity.kind == "consent":
            yield _consents(setting, clauses(store))
        elif last:
            yield setting, rounds.summary(store, guide, last)
        else:
            yield setting, KINDS[activity.kind].summarise(setting, _said(setting))
    store.close()


def _consents(setting: Setting, given: Sequence[Clause]) -> tuple[Setting, Summary]:
    """Return the clauses of the sample as if each partner had just answered."""
    items = tuple(Item(c.id, c.text, details={"affects": [*c.affects]}) for c in given)
    asked = replace(setting, items=items)
    answers: dict[str, dict[str, Json]] = {p.id: {} for p in setting.partners}
    for clause in given:
        for one in clause.consents:
            told: Json = {"level": one.level, "reservation": one.reservation}
            answers[one.partner_id][clause.id] = told
    responses = [Response(who, who, answer) for who, answer in answers.items()]
    return asked, KINDS["consent"].summarise(asked, responses)


def _said(setting: Setting) -> list[Response]:
    """Return words for the questions that the sample leaves out, so that quotes can be seen."""
    if setting.activity.kind != "text":
        return []
    said: dict[str, Json] = {item.id: f"Words about {item.text.lower()}" for item in setting.items}
    return [Response(p.id, p.id, said) for p in setting.partners for _twice in range(2)]


def _paint_form(folder: Path, setting: Setting) -> None:
    for width, height in SIZES:
        form = TWINS[setting.activity.kind].form(setting, setting.partners[0].id, None)
        if not form.page_count():
            continue
        off = AROUND[width]
        shown = _sheet(form, width - off[0], height - off[1], scroll=False)
        form.show_page(0)
        _grab(shown, folder / f"{setting.activity.id}-form-{width}.png")
        area = form.findChild(QScrollArea)
        if area and area.verticalScrollBar().maximum():
            shown.resize(shown.width(), shown.height() + area.verticalScrollBar().maximum())
            _grab(shown, folder / f"{setting.activity.id}-form-{width}-whole.png")
        shown.deleteLater()


def _paint_results(folder: Path, setting: Setting, summary: Summary, *, working: bool) -> None:
    for width, _height in SIZES:
        made = TWINS[setting.activity.kind].results(setting, summary, None)
        shown = _sheet(made, width - SIDES[width], 400, scroll=True)
        for button in made.findChildren(QPushButton)[:1] if working else ():
            button.click()
        QApplication.processEvents()
        shown.resize(shown.width(), min(6000, made.heightForWidth(made.width()) + 60))
        _grab(shown, folder / f"{setting.activity.id}-results-{width}.png")
        shown.deleteLater()


def _sheet(inner: QWidget, width: int, height: int, *, scroll: bool) -> QFrame:
    sheet = QFrame()
    sheet.setProperty("kind", "sheet")
    column = QVBoxLayout(sheet)
    spaced(column, 0, (20, 28))
    if scroll:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        column.addWidget(area)
    else:
        column.addWidget(inner)
    sheet.resize(width, height)
    sheet.show()
    return sheet


def _grab(shown: QWidget, path: Path) -> None:
    for _again in range(4):
        QApplication.processEvents()
    shown.grab().save(str(path))


if __name__ == "__main__":
    main()
