"""The desk: opens and closes partnership files, and decides which view shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication

import resources
from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.known import home
from partnerdesk.exchange.recent import Recent, remember_recent
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.settings import Settings, keep_settings, settings
from partnerdesk.exchange.strictjson import read_bounded
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import values
from partnerdesk.flow.guides import add_guide, built_in_guide, guide_of
from partnerdesk.flow.progress import current_activity
from partnerdesk.flow.rounds import turns
from partnerdesk.flow.setup import can_start, file_name, new_partnership, unused
from partnerdesk.flow.versions import open_version
from partnerdesk.language import _
from partnerdesk.model.guide import Guide
from partnerdesk.store import Edit, Store, open_copy, open_store
from ui.mainwindow import MainWindow
from ui.messages import Messages
from ui.signals import StoreSignals
from ui.tasks import Tasks
from ui.theme import Look, apply_theme
from ui.views.agree import AgreeView
from ui.views.charter import CharterView
from ui.views.home import HomeView
from ui.views.place import Go, Place
from ui.views.prepare import PrepareView
from ui.views.reveal import RevealView
from ui.views.session import SessionView
from ui.views.sign import SignView
from ui.views.turn import TurnView
from ui.views.verify import VerifyView
from ui.views.view import RecordView, View
from ui.views.workplace import Hall, Workplace

SAMPLE = "samples/workshop-a.json"
MOST_GUIDE = 1_000_000
SIZES = (80, 90, 100, 115, 130, 150, 175, 200, 225, 250)
VIEWS: Mapping[Go, type[RecordView]] = {
    Go.PREPARE: PrepareView,
    Go.SESSION: SessionView,
    Go.TURN: TurnView,
    Go.REVEAL: RevealView,
    Go.AGREE: AgreeView,
    Go.CHARTER: CharterView,
    Go.SIGN: SignView,
}


class Desk(QObject):
    """Owns the open file and the window; views come and go."""

    def __init__(self, app: QApplication, messages: Messages | None = None) -> None:
        super().__init__()
        self._app = app
        self.tasks = Tasks(self)
        self.messages = messages or Messages()
        self.window = MainWindow()
        self._hall = Hall(self.tasks, self.messages, self, self.go, self.window.pop_menu)
        self._work: Workplace | None = None
        self._undo = self._action(_("Undo"), self.undo, QKeySequence.StandardKey.Undo)
        self._redo = self._action(_("Redo"), self.redo, "Ctrl+Shift+Z")
        self._settings = settings()
        self._apply(self._settings)
        self.window.set_actions(self._actions())
        self.window.left.connect(self._on_left)

    @property
    def store(self) -> Store | None:
        """Return the open store, or None at home."""
        return self._work.store if self._work else None

    @property
    def guide(self) -> Guide:
        """Return the guide of the open partnership, or the standard one at home."""
        return self._work.guide if self._work else built_in_guide()

    def go(self, place: Place) -> None:
        """Show another place; without an open file only home and verify can be shown."""
        if place.go is Go.VERIFY:
            view: View = VerifyView(self._hall_or_work(), place.key)
        elif self._work is None or place.go is Go.HOME:
            self._shut()
            view = HomeView(self._hall)
        else:
            view = VIEWS[place.go](self._work, place.key)
        self.window.show_view(view, self._title())
        self._name_undo()

    def open(self, path: Path) -> None:
        """Open a partnership file and go to where its work stands; a problem is told."""
        try:
            self._take(open_store(path))
        except PartnerDeskError as problem:
            if problem.code == "already-open":
                self._offer_copy(path, problem)
            else:
                self.messages.problem(self.window, problem)

    def new(self, path: Path, title: str) -> None:
        """Make a partnership file and go to Prepare."""
        self._try(lambda: self._take(new_partnership(path, title)))

    def practice(self) -> None:
        """Open a fresh practice copy of the recorded workshop."""

        def made() -> Path:
            guide = built_in_guide()
            workshop = read_workshop(resources.path(SAMPLE), guide)
            folder = home() / "practice"
            folder.mkdir(parents=True, exist_ok=True)
            path = unused(folder / file_name(workshop.partnership.title))
            replay(workshop, guide, path, practice=True).close()
            return path

        self.tasks.run(made, done=self.open, failed=self._on_failed, owner=self)

    def close(self) -> None:
        """Close the file and go home."""
        self.go(Place(Go.HOME))

    def undo(self) -> None:
        """Take back the last step that can be taken back."""
        if self._work:
            self._try(self._work.store.undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        if self._work:
            self._try(self._work.store.redo)

    def start_place(self, store: Store, guide: Guide) -> Place:
        """Return where the work stands, so that a power cut loses nobody's place."""
        version = open_version(store)
        if version is not None:
            return Place(Go.SIGN, version.id)
        for round_ in values.rounds(store):
            if round_.holder and any(t.respondent == round_.holder for t in turns(store, round_)):
                return Place(Go.TURN, f"{round_.id}/{round_.holder}")
        if not values.rounds(store) and not can_start(store):
            return Place(Go.PREPARE)
        current = current_activity(store, guide)
        return Place(Go.SESSION, current.activity.id) if current else Place(Go.CHARTER)

    def _take(self, store: Store) -> None:
        """Make `store` the open file and show where its work stands."""
        try:
            guide = guide_of(store)
            place = self.start_place(store, guide)
        except PartnerDeskError:
            store.close()
            raise
        self._shut()
        signals = StoreSignals(store)
        signals.setParent(self)
        signals.changed.connect(self._on_changed)
        hall = self._hall
        self._work = Workplace(
            hall.tasks, hall.messages, hall.files, hall.go, hall.menu, store, guide, signals
        )
        self._remember()
        self.go(place)

    def _offer_copy(self, path: Path, problem: PartnerDeskError) -> None:
        self.messages.ask(
            self.window,
            _("This file is open elsewhere"),
            problem.message,
            _("Open a copy to read"),
            _("Leave it"),
            lambda: self._try(lambda: self._take(open_copy(path))),
        )

    def _shut(self) -> None:
        if self._work is None:
            return
        view = self.window.view
        if view is not None:
            view.closing()
        work, self._work = self._work, None
        work.signals.close()
        work.store.close()

    def _remember(self) -> None:
        """Put the file on the recent list; a full disk must not keep anyone from working."""
        store = self.store
        if store is None or store.path is None or store.read_only or self._work is None:
            return
        current = current_activity(store, self._work.guide)
        stage = self._work.guide.stage_of(current.activity.id) if current else None
        about = values.partnership(store)
        session = next(reversed(values.sessions(store)), None)
        one = Recent(
            path=str(store.path),
            title=about.title,
            partners=len(values.partners(store)),
            stage=stage.short if stage else _("Charter"),
            place=session.place if session else "",
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            practice=about.practice,
        )
        self._try(lambda: remember_recent(one))

    def _hall_or_work(self) -> Hall:
        return self._work or self._hall

    def _title(self) -> str:
        return values.partnership(self._work.store).title if self._work else ""

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except PartnerDeskError as problem:
            self.messages.problem(self.window, problem)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self.messages.problem(self.window, error)

    def _on_changed(self, _edit: Edit) -> None:
        self._name_undo()

    def _on_left(self) -> None:
        self._remember()
        self.tasks.wait_for_done()
        self._shut()

    def _name_undo(self) -> None:
        store = self.store
        back = store.undo_title() if store else ""
        again = store.redo_title() if store else ""
        view = self.window.view
        free = view is None or not view.private
        self._undo.setText(_("Undo: {step}").format(step=back) if back and free else _("Undo"))
        self._redo.setText(_("Redo: {step}").format(step=again) if again and free else _("Redo"))
        self._undo.setEnabled(bool(back) and free)
        self._redo.setEnabled(bool(again) and free)

    def _actions(self) -> list[QAction | None]:
        return [
            self._undo,
            self._redo,
            None,
            self._place(_("Prepare"), Go.PREPARE),
            self._place(_("Session"), Go.SESSION),
            self._place(_("Charter"), Go.CHARTER),
            self._place(_("Check a charter"), Go.VERIFY),
            None,
            self._action(_("Save a copy…"), self._save_copy),
            self._action(_("Add a guide…"), self._choose_guide),
            self._action(_("Check this file"), self._check),
            None,
            self._action(_("Larger text"), lambda: self._resize(1), "Ctrl+="),
            self._action(_("Smaller text"), lambda: self._resize(-1), "Ctrl+-"),
            self._action(_("Usual text size"), lambda: self._resize(0), "Ctrl+0"),
            self._look(_("Light"), Look.LIGHT),
            self._look(_("Dark"), Look.DARK),
            self._look(_("High contrast"), Look.CONTRAST),
            None,
            self._action(_("Close this partnership"), self.close, "Ctrl+W"),
            self._action(_("Leave PartnerDesk"), self.window.close, "Ctrl+Q"),
        ]

    def _place(self, words: str, go: Go) -> QAction:
        return self._action(words, lambda: self._visit(go))

    def _visit(self, go: Go) -> None:
        if go is Go.VERIFY or (self._work and not (self.window.view and self.window.view.private)):
            self.go(Place(go))

    def _look(self, words: str, look: Look) -> QAction:
        return self._action(words, lambda: self._restyle(replace(self._settings, look=look.value)))

    def _resize(self, step: int) -> None:
        nearest = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - self._settings.percent))
        place = SIZES.index(100) if step == 0 else min(len(SIZES) - 1, max(0, nearest + step))
        self._restyle(replace(self._settings, percent=SIZES[place]))

    def _restyle(self, chosen: Settings) -> None:
        self._apply(chosen)
        self._try(lambda: keep_settings(chosen))

    def _apply(self, chosen: Settings) -> None:
        self._settings = chosen
        look = next((one for one in Look if one.value == chosen.look), Look.LIGHT)
        apply_theme(self._app, look, chosen.percent, calm=chosen.calm)

    def _save_copy(self) -> None:
        store = self.store
        if store is None:
            return
        suggested = Path.home() / file_name(self._title())
        self.messages.save_file(
            self.window,
            _("Save a copy"),
            suggested,
            _("Partnerships (*.pdesk)"),
            lambda path: self._try(lambda: store.copy_to(path)),
        )

    def _choose_guide(self) -> None:
        if self._work is not None:
            kinds = _("Guides (*.toml)")
            self.messages.open_file(
                self.window, _("Add a guide"), Path.home(), kinds, self.add_guide
            )

    def add_guide(self, path: Path) -> None:
        """Add an organisation's own guide to the open partnership and show what it offers."""
        work = self._work
        if work is None:
            return

        def add() -> None:
            written = read_bounded(path, MOST_GUIDE).decode("utf-8")
            guide = add_guide(work.store, path.name, written)
            self._work = replace(work, guide=guide)
            self.go(Place(Go.SESSION))

        try:
            self._try(add)
        except UnicodeDecodeError:
            words = _("{name} is not UTF-8 text, so nothing was added. Save it as UTF-8.")
            self.messages.tell(self.window, _("Add a guide"), words.format(name=path.name))

    def _check(self) -> None:
        store = self.store
        if store is None:
            return
        report = store.check()
        if report.ok:
            words = _("All is well. {count} changes are on record, and the chain is whole.")
            self.messages.tell(self.window, _("File check"), words.format(count=report.edits))
        else:
            self.messages.tell(self.window, _("File check"), "\n".join(report.problems[:8]))

    def _action(
        self,
        words: str,
        act: Callable[[], object],
        keys: QKeySequence.StandardKey | str | None = None,
    ) -> QAction:
        action = QAction(words, self.window)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: act())
        return action
