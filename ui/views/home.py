"""Home: begin, open, check or practise, and go on with what was open on this laptop."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.recent import forget_recent, recent
from partnerdesk.language import ROOM, _
from partnerdesk.model.names import file_name, unused
from partnerdesk.places import is_portable, suggested_folder
from ui.actions import MENU_BUTTON
from ui.theme import Type, emf, sized, spaced
from ui.views.base import View
from ui.views.home_cards import RecentCard, Tile
from ui.views.home_pages import EmptyPage, NewPage, RecentPage
from ui.views.place import Go, Place
from ui.views.workplace import Hall
from ui.widgets.buttons import PlainButton
from ui.widgets.text import Lead, Words

if TYPE_CHECKING:
    from partnerdesk.exchange.portfolio import Listing

FILES, BUNDLES = ".pdesk", ".pdbundle"
CHARTERS = ".pdf"
WIDE, NARROW = 1200, 900
"""Below so many em-px margins are small; the two columns stand one above the other."""
START, START_COMPACT = 328, 290
LOW = 680
"""Below so many em-px of height a tile leaves its second line out, so that all of them show."""
RING = 6
"""Room at the sides for the focus ring of a tile."""
UNBOUND = 16777215


class HomeView(View):
    """The first page: what can be begun at its start, what was open at its end."""

    def __init__(self, hall: Hall, parent: QWidget | None = None) -> None:
        """Show the partnerships of before, or that there is none yet."""
        super().__init__(hall, parent)
        self.setAcceptDrops(True)
        self.setAccessibleName(_("Home"))
        self.start_tile = Tile(
            "plus", _("Start a partnership"), _("Two or more organisations, one file")
        )
        self.open_tile = Tile("folder", _("Open a file"), _("From this laptop or a stick"))
        self.check_tile = Tile("shield", _("Check a charter"), _("Is a copy genuine?"))
        self.folder_tile = Tile(
            "flag", _("A folder of partnerships"), _("Where each stands, what is due")
        )
        self.practice_tile = Tile("edit", _("Practise"), _("Invented people, nothing real"))
        self.menu_button = PlainButton(_("Menu"), "menu")
        self.menu_button.setObjectName(MENU_BUTTON)
        self._connect()
        self._page: QWidget | None = None
        self._sheet, self._start = QVBoxLayout(), QWidget()
        self._inner = _Scroll(self._sheet)
        self._lead = Lead(_("Good partnerships, said out loud and written down."), tone="text2")
        self._whole, self._tiles = QBoxLayout(QBoxLayout.Direction.LeftToRight), QGridLayout()
        self._build()
        self.show_recent()

    @property
    def page(self) -> QWidget | None:
        """Return what the sheet shows: an EmptyPage, a RecentPage or a NewPage."""
        return self._page

    def show_recent(self) -> None:
        """Show what was open here, or the empty state."""
        several = recent()
        if not several:
            self._show(EmptyPage(self.show_new, self._practise))
            return
        page = RecentPage(several)
        page.opened.connect(self._reopen)
        page.forgotten.connect(self._forget)
        page.sought.connect(self._choose_file)
        self._show(page)

    def show_new(self) -> None:
        """Ask what the new partnership is called."""
        page = NewPage()
        page.named.connect(self._choose_place)
        page.left.connect(self.show_recent)
        self._show(page)
        self._go_to(page)

    def show_folder(self) -> None:
        """List the partnerships of the folder that was chosen last, or ask for one."""
        from partnerdesk.exchange.laptop import laptop

        kept = laptop().folder
        if kept and Path(kept).is_dir():
            self._list_folder(Path(kept))
        else:
            self._choose_folder()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a partnership file, a bundle or a charter."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the partnership, show what the bundle brings, or check the charter."""
        path = _dropped(event)
        if path is None:
            return
        event.acceptProposedAction()
        if path.suffix.lower() in (FILES, BUNDLES):
            self.hall.files.open(path)
        else:
            self.hall.go(Place(Go.VERIFY, str(path)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the question for a name, or a folder, by Escape."""
        beside = not isinstance(self._page, EmptyPage | RecentPage)
        if event.key() == Qt.Key.Key_Escape and beside:
            self.show_recent()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the two columns side by side, or one above the other where there is no room."""
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        """Arrange anew for another text size."""
        self._arrange()

    def _connect(self) -> None:
        self.start_tile.clicked.connect(self.show_new)
        self.open_tile.clicked.connect(self._choose_file)
        self.folder_tile.clicked.connect(self.show_folder)
        self.check_tile.clicked.connect(lambda: self.hall.go(Place(Go.VERIFY)))
        self.practice_tile.clicked.connect(self._practise)
        self.menu_button.clicked.connect(lambda: self.hall.menu(self.menu_button))
        self.hall.tasks.busy.connect(self._on_busy)

    def _build(self) -> None:
        outside, self._outer = QVBoxLayout(self), _Scroll(self._whole)
        spaced(outside, 0)
        outside.addWidget(self._outer)
        self._whole.addWidget(self._start, 0)
        self._whole.addWidget(self._end_column(), 1)
        column = QVBoxLayout(self._start)
        spaced(column, 12, (0, RING))
        column.addWidget(Words("PartnerDesk", Type.TIMER))
        column.addWidget(self._lead)
        spaced(self._tiles, 12, (0, 14, 0, 8))
        column.addLayout(self._tiles)
        column.addStretch(1)
        column.addWidget(self.menu_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._arrange()
        for before, after in pairwise((*self._all_tiles(), self.menu_button)):
            self.setTabOrder(before, after)

    def _end_column(self) -> QFrame:
        sheet = QFrame()
        sheet.setProperty("kind", "sheet")
        column = QVBoxLayout(sheet)
        spaced(column, 0, (8, 8))
        column.addWidget(self._inner)
        spaced(self._sheet, 0, (24, 28))
        return sheet

    def _arrange(self) -> None:
        """Lay the columns and tiles out for the width there is."""
        narrow = self.width() < emf(NARROW)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._whole.setDirection(down if narrow else across)
        wide = self.width() > emf(WIDE)
        edges = (48 - RING, 44, 40, 28) if wide else (24, 20 - RING)
        spaced(self._whole, 40 if wide else 24, edges)
        width = (START if wide else START_COMPACT) + 2 * RING
        sized(self._start, 0 if narrow else width, 0)
        if narrow:
            self._start.setMinimumWidth(0)
            self._start.setMaximumWidth(UNBOUND)
        self._lead.setVisible(not narrow)
        self._inner.hold_all(narrow)
        for n, tile in enumerate(self._all_tiles()):
            self._tiles.addWidget(tile, n // 2 if narrow else n, n % 2 if narrow else 0)
            tile.set_brief(narrow or self.height() < emf(LOW))

    def _all_tiles(self) -> tuple[Tile, ...]:
        return (
            self.start_tile,
            self.open_tile,
            self.folder_tile,
            self.check_tile,
            self.practice_tile,
        )

    def _choose_folder(self) -> None:
        from partnerdesk.exchange.laptop import laptop

        kept = Path(laptop().folder)
        folder = kept if laptop().folder and kept.is_dir() else _documents()
        title = _("Choose a folder of partnerships")
        self.hall.messages.open_folder(self, title, folder, self._list_folder)

    def _list_folder(self, folder: Path) -> None:
        """Read the folder on a worker; no file in it is written to."""
        from partnerdesk.exchange.laptop import choose_folder
        from ui.views.home_folder import listed

        self.succeeds(choose_folder, folder)
        today = datetime.now().astimezone().date()
        self.hall.tasks.run(
            listed,
            folder,
            today,
            done=lambda found: self._show_list(folder, found, today),
            failed=self._on_failed,
            owner=self,
            words=_("The folder is being read."),
            stopped=self.show_recent,
        )

    def _show_list(self, folder: Path, found: tuple[Listing, ...], today: date) -> None:
        from ui.views.home_folder import FolderPage

        page = FolderPage(folder, found, today)
        page.opened.connect(self.hall.files.open)
        page.other.connect(self._choose_folder)
        page.left.connect(self.show_recent)
        self._show(page)
        self._go_to(page)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self.hall.messages.problem(self, error)

    def _show(self, page: QWidget) -> None:
        last, self._page = self._page, page
        if last is not None:
            self._sheet.removeWidget(last)
            last.hide()
            last.deleteLater()
        self._sheet.addWidget(page)
        self.setFocusProxy(page)
        QTimer.singleShot(0, self, self._arrange)

    def _go_to(self, page: QWidget) -> None:
        """Give a page the keyboard, and bring it into sight where it stands below the tiles."""
        page.setFocus()
        QTimer.singleShot(0, page, lambda: self._outer.show_start_of(page))

    def _choose_place(self, name: str) -> None:
        """Ask where the file goes; the name that is offered for a locked one tells nothing."""
        locked = isinstance(self._page, NewPage) and self._page.lock.isChecked()

        def make(path: Path) -> None:
            whole = path if path.suffix == FILES else path.with_name(path.name + FILES)
            if locked:
                self._ask_passphrase(whole, name)
            else:
                self.hall.files.new(whole, name)

        suggested = unused(_documents() / file_name(_("Partnership") if locked else name))
        title = _("Where to keep the partnership")
        self.hall.messages.save_file(self, title, suggested, _partnerships(), make)

    def _ask_passphrase(self, path: Path, name: str) -> None:
        from partnerdesk.store import suggest_passphrase

        self.hall.messages.type_passphrase(
            self,
            _("Set a passphrase"),
            _("Write it on paper and keep that apart: without it nobody can open the file again."),
            _("Make the locked file"),
            lambda typed: self.hall.files.new(path, name, typed),
            suggest_passphrase(ROOM.code),
        )

    def _choose_file(self) -> None:
        last = next(iter(recent()), None)
        folder = Path(last.path).parent if last else _documents()
        title = _("Open a partnership")
        kinds = _("Partnerships and bundles (*.pdesk *.pdbundle)")
        self.hall.messages.open_file(self, title, folder, kinds, self.hall.files.open)

    def _practise(self) -> None:
        self.practice_tile.set_about(_("Getting the practice copy ready"))
        self.hall.files.practice()

    def _reopen(self, card: RecentCard) -> None:
        path = Path(card.one.path)
        if path.is_file():
            self.hall.files.open(path)
        else:
            card.say_lost()

    def _forget(self, card: RecentCard) -> None:
        if self.succeeds(forget_recent, card.one.path):
            self.show_recent()

    def _on_busy(self, busy: bool) -> None:
        self.practice_tile.setEnabled(not busy)
        if not busy:
            self.practice_tile.set_about(_("Invented people, nothing real"))


class _Scroll(QScrollArea):
    """A plane that scrolls up and down, or is as high as what is in it."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setViewport(QWidget())  # one of our own: Qt's needs all its classes to be told apart
        self._inside, self._all = QWidget(), False
        self._inside.setLayout(layout)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for plane in (self._inside, self.viewport()):
            plane.setAutoFillBackground(False)

    def show_start_of(self, part: QWidget) -> None:
        """Scroll until `part` begins at the top, or as far as that goes."""
        self.verticalScrollBar().setValue(part.mapTo(self._inside, QPoint()).y())

    def hold_all(self, all_: bool) -> None:
        """Be as high as what is inside, so that something around this scrolls."""
        self._all = all_
        high = self._inside.heightForWidth(self.viewport().width()) if all_ else 0
        self.setMinimumHeight(max(high, self._inside.minimumSizeHint().height()) if all_ else 0)


def _documents() -> Path:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(place))
    return folder if folder.is_dir() and not is_portable() else suggested_folder()


def _partnerships() -> str:
    return _("Partnerships (*.pdesk)")


def _dropped(event: QDropEvent) -> Path | None:
    """Return the first dropped file that home can take, or None."""
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return next((path for path in paths if path.suffix.lower() in (FILES, BUNDLES, CHARTERS)), None)
