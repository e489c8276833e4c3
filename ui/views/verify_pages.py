"""Pictures of what changed: each page as it was signed, beside the page as it is now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from partnerdesk.language import _
from partnerdesk.signing.rendering import PagePair
from ui.theme import spaced
from ui.views.charter_pages import Paper
from ui.widgets.flow import Turning
from ui.widgets.text import Body, Caption

NARROW = 420
ABREAST = 3


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
        sheets = [_compared(pair) if compared else [_alone(pair)] for pair in pairs]
        for row in sheets if compared else _abreast(sheets):
            line = Turning(NARROW)
            for sheet in row:
                line.row.addWidget(sheet, 1)
            column.addWidget(line)


class _Picture(Paper):
    """A page as wide as there is room, in its own shape."""

    def __init__(self, png: bytes, words: str) -> None:
        super().__init__()
        self.set_image(QImage.fromData(png))
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that the page keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the page is at `width`."""
        return round(width * self.shape())


def _compared(pair: PagePair) -> list[QWidget]:
    """Return one page twice, or in words where it is new or gone."""
    page = _("Page {n}").format(n=pair.number)
    signed, now = _("{page}, as it was signed"), _("{page}, as it is now")
    return [
        _sheet(pair.before, signed.format(page=page), _("This page was not there.")),
        _sheet(pair.after, now.format(page=page), _("This page is gone.")),
    ]


def _alone(pair: PagePair) -> QWidget:
    """Return one page where nothing that was signed is left to show."""
    return _sheet(pair.after, _("Page {n}").format(n=pair.number), "")


def _abreast(sheets: Sequence[list[QWidget]]) -> list[list[QWidget]]:
    """Return the sheets in lines, the last filled up so that all are as wide."""
    every = [sheet for row in sheets for sheet in row]
    every += [QWidget() for _n in range(-len(every) % ABREAST)]
    return [every[n : n + ABREAST] for n in range(0, len(every), ABREAST)]


def _sheet(png: bytes, words: str, missing: str) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    spaced(column, 4)
    column.addWidget(Caption(words))
    column.addWidget(_Picture(png, words) if png else Body(missing))
    column.addStretch()
    return part
