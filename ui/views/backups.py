"""The backups of a file: when they were made, what differs, how it was then; a copy to go back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from partnerdesk.charter.preview import page_count
from partnerdesk.copies import Form, copy_of, draft_original
from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.laptop import choose_second, second_folder
from partnerdesk.flow.guides import guide_of
from partnerdesk.flow.record import record
from partnerdesk.flow.since import since_each, since_words
from partnerdesk.keeping import (
    Backup,
    Begun,
    backups,
    begin_backup,
    begin_backup_if_due,
    finish_backup,
    later_edits,
    restore,
)
from partnerdesk.language import _, ngettext
from partnerdesk.model.names import unused
from partnerdesk.places import suggested_folder
from partnerdesk.store import Store, open_store
from ui.theme import spaced
from ui.views.apart import ApartView, part, stack
from ui.views.bring_parts import SideFace
from ui.views.charter_pages import Pages, Split
from ui.views.workplace import Workplace
from ui.widgets.banner import Banner
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.flow import Flow
from ui.widgets.radio import RadioRow
from ui.widgets.text import Body, Caption

ONE_A_LINE = 1_000_000


@dataclass(frozen=True)
class Kept:
    """One backup, and whether it lies in the second folder alone."""

    backup: Backup
    second: bool = False


def kept_of(path: Path, second: Path | None, passphrase: str | None) -> tuple[Kept, ...]:
    """Return the backups beside a file, and those that a second folder alone has, newest first."""
    here = backups(path, passphrase)
    heads = {one.head for one in here}
    there = backups(second / path.name, passphrase) if second else ()
    both = [Kept(one) for one in here] + [Kept(one, True) for one in there if one.head not in heads]
    return tuple(sorted(both, key=lambda one: one.backup.at, reverse=True))


class BackupsView(ApartView):
    """Lists the backups beside the charter as it then stood; one can be opened as a copy."""

    def __init__(self, work: Workplace, _key: str = "", parent: QWidget | None = None) -> None:
        """Read the backups at once, on a worker."""
        super().__init__(work, _("Backups"), parent)
        self.work = work
        self.kept: tuple[Kept, ...] = ()
        self.row: RadioRow | None = None
        self._making = False
        self.pages = Pages(work.tasks)
        self.now_button = QuietButton(_("Make a backup now"), "plus")
        self.now_button.clicked.connect(lambda _on=False: self.make_now())
        self.now_button.setEnabled(not work.store.read_only)
        self.page.footer.add(self.now_button)
        self.page.header("", _("Go back to a backup"))
        self._read()

    @property
    def chosen(self) -> Backup | None:
        """Return the backup that is chosen."""
        place = self.row.value if self.row else None
        return self.kept[place].backup if place is not None else None

    def go_on(self) -> None:
        """Write a copy of the chosen backup beside the file, and open it."""
        one, path = self.chosen, self.work.store.path
        if one is None:
            return
        out = unused(path.with_name(f"{path.stem}-{one.at:%Y-%m-%d}{path.suffix}"))
        passphrase = self.work.store.passphrase
        self.run(
            restore, one.path, out, passphrase,
            words=_("The backup is being copied."),
            done=lambda _none: self.hall.files.open(out, passphrase),
        )  # fmt: skip

    @property
    def is_waiting(self) -> bool:
        """Return whether a backup is being made, or other work of this page is under way."""
        return self._making or super().is_waiting

    def make_now(self) -> None:
        """Make a backup now, here and in the second folder."""
        second, words = second_folder(self.work.store.id), _("A backup was made and checked.")
        self._make(begin_backup, second, words)

    def _make(
        self, begin: Callable[[Store, datetime, Path | None], Begun | None], second: Path | None,
        words: str,
    ) -> None:  # fmt: skip
        """Begin a backup and finish it on a worker, whatever page shows then."""
        try:
            begun = begin(self.work.store, datetime.now(UTC), second)
        except PartnerDeskError as problem:
            self.hall.messages.problem(self, problem)
            begun = None
        if begun is None:
            self._read()
            return
        self._let_make(False)
        window = self.window()
        self.work.tasks.run(
            finish_backup, begun,
            done=lambda made: self._made(words, made.away),
            failed=lambda error: self._on_not_made(window, error), owner=window,
            words=_("A backup is being made."), stopped=self._made,
        )  # fmt: skip

    def _made(self, words: str = "", away: PartnerDeskError | None = None) -> None:
        """Say what came of a backup, where this page still shows."""
        if not isValid(self):
            return
        self._let_make(True)
        if words or away is not None:
            said, kind = (words, "good") if away is None else (away.message, "note")
            self.page.set_banner(Banner(said, kind))
        self._read()

    def _on_not_made(self, window: QWidget, error: BaseException) -> None:
        self._made()
        if not isinstance(error, PartnerDeskError):
            raise error
        self.hall.messages.problem(window, error)

    def _let_make(self, now: bool) -> None:
        self._making = not now
        self.now_button.setEnabled(now)

    def choose_second(self) -> None:
        """Ask for a second folder, such as one on a stick."""
        self.hall.messages.open_folder(
            self, _("A folder for second backups"), suggested_folder(), self._set_second
        )

    def _set_second(self, folder: Path | None) -> None:
        store = self.work.store
        if not self.succeeds(choose_second, store.id, folder):
            return
        if folder is not None and not store.read_only:
            self._make(begin_backup_if_due, folder, "")
        else:
            self._read()

    def _read(self) -> None:
        store = self.work.store
        self.run(
            kept_of, store.path, second_folder(store.id), store.passphrase,
            words=_("The backups are being read."), done=self._show,
        )  # fmt: skip

    def _show(self, kept: tuple[Kept, ...]) -> None:
        self.kept, self.row = kept, None
        words = _("The file stays as it is. You look at how it was, and can open a copy of that.")
        if not kept:
            words = _("There is no backup of this file yet. One is made by itself when you close.")
        parts: list[QWidget] = [Body(words, tone="text2")]
        if kept:
            self.row = RadioRow(_("Backups, the newest first"), self._faces(), narrowest=ONE_A_LINE)
            self.row.chosen.connect(lambda _value: self._preview())
            self.row.choose(0)
            parts.append(self.row)
        left, column = QWidget(), QVBoxLayout()
        left.setLayout(column)
        spaced(column, 0)
        column.addWidget(stack(*parts, self._second_part(), gap=20))
        column.addStretch(1)
        self.pages = Pages(self.work.tasks)
        if kept:
            self.put_alone(Split(left, self.pages, shares=(3, 2)))
        else:
            self.put_alone(left)
        self.page.footer.set_primary(_("Open a copy of it") if kept else "")
        self.setFocusProxy(self.page.footer.primary if kept else self.now_button)
        (self.page.footer.primary if kept else self.now_button).setFocus()
        self._preview()

    def _faces(self) -> list[SideFace]:
        store = self.work.store
        heads = [one.backup.head.seq for one in self.kept]
        after = since_each(store, heads)
        faces = []
        for n, one in enumerate(self.kept):
            known = later_edits(store, one.backup) is not None
            since = since_words(after[one.backup.head.seq]) if known else _("Not from this file")
            by = _("{since} · in the second folder").format(since=since) if one.second else since
            faces.append(SideFace(n, _moment(one.backup.at), _holds(one.backup), by, later=False))
        return faces

    def _second_part(self) -> QWidget:
        """Return what is said about the second folder, with the ways to change it."""
        folder = second_folder(self.work.store.id)
        choose = PlainButton(_("Choose another folder") if folder else _("Choose a folder"))
        choose.clicked.connect(lambda _on=False: self.choose_second())
        ways = QWidget()
        line = Flow(ways, 8)
        line.addWidget(choose)
        if folder:
            stop = PlainButton(_("Stop using it"))
            stop.clicked.connect(lambda _on=False: self._set_second(None))
            line.addWidget(stop)
        return part(_("A second place, such as a stick"), *self._second_words(folder), ways, gap=8)

    def _second_words(self, folder: Path | None) -> Sequence[QWidget]:
        if folder is None:
            return [Body(_("None is chosen. All backups lie beside the file, on one disk."))]
        said: list[QWidget] = [Body(str(folder))]
        if not folder.is_dir():
            words = _("It is not there now. Each backup tries it again.")
            said.append(Caption(words, tone="now_text"))
        if not self.work.store.encrypted:
            words = _("Backups there can be read by anybody: the file has no passphrase.")
            said.append(Caption(words))
        return said

    def _preview(self) -> None:
        """Draw the charter as it stood in the chosen backup, which is only read."""
        one = self.chosen
        if one is not None:
            self.run(
                _as_it_stood, one.path, self.work.store.passphrase,
                words=_("The backup is being opened to read."),
                done=lambda pdf: self._draw(one, pdf), failed=self._no_preview,
            )  # fmt: skip

    def _draw(self, one: Backup, pdf: bytes) -> None:
        if one is self.chosen:
            self.pages.set_pdf(pdf, page_count(pdf), 1)

    def _no_preview(self, problem: PartnerDeskError) -> None:
        self.page.set_banner(Banner(problem.message))


def _as_it_stood(path: Path, passphrase: str | None) -> bytes:
    """Return the draft of the charter that a backup gives, as PDF."""
    with closing(open_store(path, passphrase=passphrase, read_only=True)) as store:
        found = record(store, guide_of(store))
    return copy_of(draft_original(found), Form.PDF)


def _moment(at: datetime) -> str:
    here = at.astimezone()
    day = QLocale().toString(QDate(here.year, here.month, here.day), "d MMMM yyyy")
    return f"{day}, {here:%H:%M}"


def _holds(backup: Backup) -> str:
    """Return in words what a backup holds."""
    counts = (
        ngettext("{n} session", "{n} sessions", backup.sessions).format(n=backup.sessions),
        ngettext("{n} answer", "{n} answers", backup.answers).format(n=backup.answers),
        ngettext("{n} change in all", "{n} changes in all", backup.edits).format(n=backup.edits),
    )
    return ", ".join(counts)
