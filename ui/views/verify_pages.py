"""Pictures of what changed: each page as it was signed, beside the page as it is now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.language import _
from partnerdesk.signing.rendering import PagePair
from ui.theme import emf, spaced
from ui.views.charter_pages import Paper
from ui.widgets.text import Body, Caption

NARROW = 420


class ChangedPages(QWidget):
    """At most six pages from the verifier's child, drawn there: nothing is parsed here."""

    def __init__(self, pairs: Sequence[PagePair], parent: QWidget | None = None) -> None:
        """Show `pairs`, in order."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        spaced(column, 16)
        compared = any(pair.before for pair in pairs)
        column.addWidget(Body(_("What changed") if compared else _("What is in it"), strong=True))
        if not compared:
            words = _("Pages of this file as it is now. They prove nothing by themselves.")
            column.addWidget(Caption(words))
        self._rows = [_PairRow(pair, compared) for pair in pairs]
        for row in self._rows:
            column.addWidget(row)


class _PairRow(QWidget):
    """One page twice, or once where nothing that was signed is left to show."""

    def __init__(self, pair: PagePair, compared: bool) -> None:
        super().__init__()
        number = _("Page {n}").format(n=pair.number)
        self.setAccessibleName(number)
        self._papers: list[Paper] = []
        self._row = QHBoxLayout(self)
        spaced(self._row, 16)
        if compared:
            gone, added = _("This page was not there."), _("This page is gone.")
            self._add(pair.before, _("{page}, as it was signed").format(page=number), gone)
            self._add(pair.after, _("{page}, as it is now").format(page=number), added)
        else:
            self._add(pair.after, number, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let each page keep its shape; below each other where it is narrow."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        narrow = self.width() < emf(NARROW)
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        across = 1 if narrow else self._row.count()
        width = (self.width() - (across - 1) * self._row.spacing()) // across
        for paper in self._papers:
            paper.setFixedHeight(round(width * paper.shape()))

    def _add(self, png: bytes, words: str, missing: str) -> None:
        part = QWidget()
        column = QVBoxLayout(part)
        spaced(column, 4)
        column.addWidget(Caption(words))
        if png:
            paper = Paper()
            paper.set_image(QImage.fromData(png))
            paper.setAccessibleName(words)
            self._papers.append(paper)
            column.addWidget(paper)
        else:
            column.addWidget(Body(missing))
        column.addStretch()
        self._row.addWidget(part, 1)
