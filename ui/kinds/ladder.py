"""The decision ladder in private, one decision a page; revealed as cells of rungs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.kinds.base import Setting
from partnerdesk.language import _
from partnerdesk.model.guide import Item, Scale
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Partner
from ui.kinds.base import AnswerForm, Twin, merged
from ui.kinds.ladder_results import results
from ui.kinds.page import GAP, NAME_WIDE, NARROW, Asked, Named, Section, steps
from ui.theme import Type, em, spaced
from ui.widgets.text import Words
from ui.widgets.tiles import StepPicture, Tile, TileRow

CONTENT = ("yes", "no", "pass")

Rows = dict[str, TileRow]


def form(setting: Setting, own: str, parent: QWidget | None = None) -> AnswerForm:
    """Return the private form: for each decision the rungs today, the rungs wanted, the view."""
    return AnswerForm([_Decision(setting, own, item) for item in setting.items], merged, parent)


class _Decision(Asked):
    """One decision: how each partner takes part, how it should, and who is content."""

    def __init__(self, setting: Setting, own: str, item: Item) -> None:
        super().__init__(item.text)
        self._item, self._setting, self._own = item.id, setting, own
        today, wanted, content = _questions()
        self._actual = self._ask(today, self._rungs, heads=True)
        self._wanted = self._ask(wanted, self._rungs, heads=True)
        self._content = self._ask(content, _views)
        self.end()

    def done(self) -> bool:
        """Return whether every partner has two rungs and a view."""
        asked = (self._actual, self._wanted, self._content)
        return all(row.value is not None for rows in asked for row in rows.values())

    def answer(self) -> dict[str, Json]:
        """Return {decision: {"partners": {id: rungs}, "content": {id: word}}}."""
        rungs: dict[str, Json] = {
            partner: {"actual": row.value, "wanted": self._wanted[partner].value}
            for partner, row in self._actual.items()
        }
        content = {partner: _view(row.value) for partner, row in self._content.items()}
        return {self._item: {"partners": rungs, "content": content}}

    def _ask(self, question: str, tiles: Callable[[str], TileRow], *, heads: bool = False) -> Rows:
        rows = {one.id: self._row(question, tiles, one) for one in self._setting.partners}
        shown: list[QWidget] = [
            Named(one.name, rows[one.id], note=self._note(one), partner=one)
            for one in self._setting.partners
        ]
        above = [_Heads(self._setting.scale)] if heads else []
        self.add(Section(question, [*above, *shown]))
        return rows

    def _row(self, question: str, tiles: Callable[[str], TileRow], partner: Partner) -> TileRow:
        row = tiles(f"{question} {partner.name}")
        row.chosen.connect(self.changed)
        return row

    def _rungs(self, name: str) -> TileRow:
        return TileRow(name, steps(self._setting.scale, bare=True), gap=GAP)

    def _note(self, partner: Partner) -> str:
        return _("your organisation") if partner.id == self._own else ""


class _Heads(QWidget):
    """The steps in pictures and words, over the tiles that stand for them."""

    def __init__(self, scale: Scale) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        spaced(self._row, GAP)
        rungs = scale.high - scale.low
        self._pictures = [StepPicture(place, rungs) for place in range(rungs + 1)]
        for picture, tile in zip(self._pictures, steps(scale), strict=True):
            picture.hide()
            self._row.addWidget(_head(tile, picture), 1)

    def restyle(self) -> None:
        """Fit the heads to the text size in use."""
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room that the names take beside the tiles, and pictures out if need be."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        before = 0 if self.width() < em(NARROW) else em(NAME_WIDE) + em(GAP)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        needed = sum(one.minimumWidth() + em(GAP) for one in self._pictures)
        for picture in self._pictures:
            picture.setVisible(self.width() - before >= needed)
        self._row.setContentsMargins(*((0, 0, before, 0) if rtl else (before, 0, 0, 0)))


def _head(tile: Tile, picture: StepPicture) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    spaced(column, 8)
    column.addStretch(1)
    column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
    words = Words(tile.words, Type.BODY_BOLD)
    words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    column.addWidget(words)
    return made


def _views(name: str) -> TileRow:
    said = (_("Content"), _("Not content"), _("I leave this out"))
    return TileRow(name, [Tile(place, words) for place, words in enumerate(said)], gap=GAP)


def _view(chosen: int | None) -> Json:
    return None if chosen is None else CONTENT[chosen]


def _questions() -> tuple[str, str, str]:
    return (
        _("Today, how does each partner take part in this?"),
        _("How would you like each partner to take part?"),
        _("Are you content with each partner's part today?"),
    )


TWIN = Twin(form, results)
