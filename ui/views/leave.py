"""Close the session: what is still open, what this laptop should forget, backup, lock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from partnerdesk.exchange.erasing import Order, What
from partnerdesk.flow import values
from partnerdesk.flow.leaving import Leaving, leaving
from partnerdesk.language import _, ngettext
from ui.theme import spaced
from ui.views.apart import ApartView, part, stack
from ui.views.erase import INITIALS, carry_out
from ui.views.place import Go, Place
from ui.views.workplace import Workplace
from ui.widgets.buttons import QuietButton
from ui.widgets.flow import Flow
from ui.widgets.icons import IconMark
from ui.widgets.text import Body, Caption, Lead

MOST = 3


class LeaveView(ApartView):
    """Goes through what a group looks at before it parts; nothing here is a must."""

    def __init__(self, work: Workplace, _key: str = "", parent: QWidget | None = None) -> None:
        """Read where the session stands."""
        super().__init__(work, _("Close the session"), parent)
        self.work = work
        self.now: Leaving = leaving(work.store, work.guide)
        self.forget_drafts = QuietButton(_("Forget the drafts"))
        self.use_initials = QuietButton(_("Use initials only"))
        self.copy = QuietButton(_("Save a copy"))
        self.paper = QuietButton(_("Session record"))
        self.second = QuietButton(_("Keep a backup on a stick"))
        self.take_along = QuietButton(_("Take it to another laptop"))
        self.lock = QuietButton(_("Lock"))
        self._connect()
        self.page.header("", _("Close the session"))
        self.page.footer.set_primary(_("Close this partnership"))
        self.page.footer.set_note(_("A backup is made when it closes."))
        self.put(
            Lead(_("Go through this together before you part.")),
            part(_("Is anything still open?"), self._open_points(), gap=8),
            part(_("What should this laptop forget?"), *self._forgetting(), gap=8),
            part(_("Who may have a copy?"), *self._copies(), gap=8),
            part(_("Is it safe?"), _row(self.second, self.lock), gap=8),
            gap=24,
        )
        self.setFocusProxy(self.page.footer.primary)

    def go_on(self) -> None:
        """Close the file, which backs it up."""
        self.hall.files.close()

    def _connect(self) -> None:
        self.forget_drafts.clicked.connect(lambda _on=False: self._ask_drafts())
        self.use_initials.clicked.connect(lambda _on=False: self.hall.go(Place(Go.ERASE, INITIALS)))
        self.copy.clicked.connect(lambda _on=False: self.hall.files.save_copy())
        for button, go in (
            (self.take_along, Go.TAKE),
            (self.paper, Go.PAPER),
            (self.second, Go.BACKUPS),
        ):
            button.clicked.connect(lambda _on=False, go=go: self.hall.go(Place(go)))
        self.lock.clicked.connect(lambda _on=False: self.hall.files.lock())

    def _open_points(self) -> QWidget:
        now = self.now
        return _Points(
            (
                (_sealed_words(now.sealed), not now.sealed, now.sealed),
                (_matter_words(now.matters), not now.matters, now.matters),
                (_loose_words(now.loose), not now.loose, now.loose),
            )
        )

    def _forgetting(self) -> list[QWidget]:
        """Return what can be forgotten, each with its button, or words that nothing is left."""
        now, read_only = self.now, self.work.store.read_only
        drafts = ngettext(
            "{n} agreement was begun and not recorded. Its words are kept until it is.",
            "{n} agreements were begun and not recorded. Their words are kept until they are.",
            len(now.drafts),
        ).format(n=len(now.drafts))
        names = ngettext(
            "{n} person stands here by full name.",
            "{n} people stand here by full name.",
            len(now.names),
        ).format(n=len(now.names))
        self.forget_drafts.setEnabled(not read_only)
        self.use_initials.setEnabled(not read_only)
        found: list[QWidget] = []
        if now.drafts:
            found += [Body(drafts), _row(self.forget_drafts)]
        if now.names:
            found += [Body(names), _row(self.use_initials)]
        if not found:
            found.append(Body(_("No drafts and no full names are left here.")))
        words = _("How long people talked is not kept. Any other words: Menu, Erase for safety.")
        return [*found, Caption(words)]

    def _copies(self) -> list[QWidget]:
        words = _("Agree aloud who takes a copy home, and where it is kept.")
        return [Body(words), _row(self.copy, self.take_along, self.paper)]

    def _ask_drafts(self) -> None:
        by = next((s.facilitator for s in reversed(values.sessions(self.work.store))), "")
        order = Order(What.DRAFTS, settings=self.now.drafts)
        self.hall.messages.ask(
            self,
            _("Forget the drafts?"),
            _(
                "What was written there leaves this file and its record. Nobody can undo this, "
                "nor the steps before it. A new backup takes the place of the older ones."
            ),
            _("Forget the drafts"),
            _("Keep them"),
            lambda: carry_out(self.work, self, order, by or _("the facilitator"), renew=True),
        )


class _Points(QWidget):
    """A list of points, each done or open, with the first few things that are open."""

    def __init__(self, points: Sequence[tuple[str, bool, Sequence[str]]]) -> None:
        """Show (words, whether it is done, what is open) line by line."""
        super().__init__()
        grid = QGridLayout(self)
        spaced(grid, 8)
        grid.setColumnStretch(1, 1)
        for row, (words, done, names) in enumerate(points):
            mark = IconMark("check" if done else "warn", 20, "good" if done else "now_text")
            more = [Caption(f"“{one}”") for one in names[:MOST]]
            if len(names) > MOST:
                more.append(Caption(_("and {n} more").format(n=len(names) - MOST)))
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(mark, row, 0, top)
            grid.addWidget(stack(Body(words), *more, gap=2), row, 1)


def _sealed_words(sealed: Sequence[str]) -> str:
    if not sealed:
        return _("Every round is revealed.")
    return ngettext(
        "{n} round is still sealed.", "{n} rounds are still sealed.", len(sealed)
    ).format(n=len(sealed))


def _matter_words(matters: Sequence[str]) -> str:
    if not matters:
        return _("No question is left open.")
    return ngettext(
        "{n} question is left open, with an owner and a date.",
        "{n} questions are left open, each with an owner and a date.",
        len(matters),
    ).format(n=len(matters))


def _loose_words(loose: Sequence[str]) -> str:
    if not loose:
        return _("Every promise has an owner and a date.")
    return ngettext(
        "{n} promise lacks an owner or a date.",
        "{n} promises lack an owner or a date.",
        len(loose),
    ).format(n=len(loose))


def _row(*buttons: QPushButton) -> QWidget:
    """Return buttons side by side, below each other where it is narrow."""
    row = QWidget()
    line = Flow(row)
    for button in buttons:
        line.addWidget(button)
    return row
