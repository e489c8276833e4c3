"""The order of Tab: region after region as a page is read, whatever was built first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def takes_tab(part: QWidget) -> bool:
    """Return whether Tab may stop at `part`: it shows, is on, and passes its focus to no other."""
    tabbed = part.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return tabbed and part.focusProxy() is None and part.isVisible() and part.isEnabled()


def stops(page: QWidget, regions: Sequence[QWidget]) -> list[QWidget]:
    """Return where Tab stops on `page`, once each: region after region, inside one as built."""
    parts = [part for part in _chain(page) if takes_tab(part)]
    found = (p for r in regions for p in parts if p is r or r.isAncestorOf(p))
    return list(dict.fromkeys(found))


def step_through(page: QWidget, regions: Sequence[QWidget], forward: bool) -> bool:
    """Move the focus to the next or the last stop, coming round; False where there is none."""
    order = stops(page, regions)
    if not order:
        return False
    here = page.window().focusWidget()
    at = next((n for n, part in enumerate(order) if part is here), None)
    step = 1 if forward else -1
    start = -1 if forward else 0
    then = order[((start if at is None else at) + step) % len(order)]
    reasons = Qt.FocusReason
    then.setFocus(reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
    return True


def _chain(page: QWidget) -> Iterator[QWidget]:
    """Yield what is inside `page` in the order in which Qt would tab."""
    part = page.nextInFocusChain()
    while part is not None and part is not page:
        if page.isAncestorOf(part):
            yield part
        part = part.nextInFocusChain()
