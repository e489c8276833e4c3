"""Bring in what another laptop did: a preview in plain words, the choices, then one step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.arrival import same_partnership, settle_in, title_in
from partnerdesk.exchange.bundle import Bundle, read_bundle
from partnerdesk.exchange.conflicts import Side
from partnerdesk.exchange.copies import Source, copy_in, nothing_of, reading
from partnerdesk.exchange.merge import Prepared, carry_out, carry_out_in, plan, prepare
from partnerdesk.exchange.preview import Coming, coming, names_in
from partnerdesk.exchange.recent import recent
from partnerdesk.language import _, ngettext
from partnerdesk.model.names import file_name, unused
from partnerdesk.places import suggested_folder
from ui.tasks import LASTS_MS
from ui.theme import spaced
from ui.views.apart import LOCKED, ApartView, on_closed, part, stack
from ui.views.bring_parts import Choices, ComingList, Prospect, prospect
from ui.views.place import Go, Place
from ui.views.workplace import Hall, Workplace
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.empty import EmptyState
from ui.widgets.text import Body, Caption, Lead
from ui.widgets.waiting import WaitingBar

BUNDLES = (".pdbundle",)
MANY, SLOW = 3, 2000
PAINT_MS = 50


class BringView(ApartView):
    """Reads a bundle, says what it brings, and brings it in, or makes a new file of it."""

    takes = BUNDLES

    def __init__(self, hall: Hall, key: str = "", parent: QWidget | None = None) -> None:
        """Read the bundle at the path `key` at once, or ask for one."""
        super().__init__(hall, _("Bring in from another laptop"), parent)
        self.path = Path()
        self.prospect: Prospect | None = None
        self.choices: Choices | None = None
        self._bundle: Bundle | None = None
        self._passphrase: str | None = None
        self._known: Path | None = None
        self._edit = 0
        self.undo_button = QuietButton(_("Undo all of it"), "undo")
        self.undo_button.clicked.connect(lambda _on=False: self.undo())
        self._ask()
        if key:
            self.take(Path(key))

    def take(self, path: Path) -> None:
        """Read the bundle at `path`; nothing is written before somebody has seen what it brings."""
        self.path, self._passphrase = path, None
        self._read()

    def go_on(self) -> None:
        """Do what the page is at: choose a bundle, bring it in, make a file, or go on."""
        if self._edit:
            self.go_back()
        elif self._bundle is None:
            self._choose()
        elif isinstance(self.hall, Workplace):
            self._prepare()
        elif self._known is not None:
            self._open_known(self._known)
        else:
            self._choose_place()

    def undo(self) -> None:
        """Take back what was brought in, all of it as one step."""
        hall = self.hall
        if isinstance(hall, Workplace) and self.succeeds(hall.store.undo):
            words = _("All of it was taken back. The file is as it was before.")
            self.page.header(_("From {name}").format(name=self.path.name), _("Taken back"))
            self.put_alone(EmptyState("undo", words))
            self.page.footer.set_note("")
            self.page.footer.primary.setFocus()

    # --- reading --------------------------------------------------------------------------

    def _ask(self) -> None:
        words = _("Drop a bundle from the other laptop here, or choose it.")
        self.page.header("", _("Bring in from another laptop"))
        self.put_alone(EmptyState("folder", words))
        self.page.footer.set_primary(_("Choose a bundle"))
        self.page.footer.set_note(_("You see what it brings before anything is written."))
        self.setFocusProxy(self.page.footer.primary)

    def _choose(self) -> None:
        kinds = _("Bundles (*.pdbundle)")
        folder = self.path.parent if self.path.name else suggested_folder()
        self.hall.messages.open_file(self, _("Choose a bundle"), folder, kinds, self.take)

    def _read(self) -> None:
        self.run(
            read_bundle, self.path, self._passphrase,
            words=_("The bundle is being read and checked."),
            done=self._on_bundle, failed=self._on_refused,
        )  # fmt: skip

    def _on_refused(self, problem: PartnerDeskError) -> None:
        if problem.code not in LOCKED:
            self.hall.messages.problem(self, problem)
            return
        self.hall.messages.type_passphrase(
            self, _("This bundle is locked"), problem.message, _("Open the bundle"), self._unlock
        )

    def _unlock(self, typed: str) -> None:
        self._passphrase = typed
        self._read()

    def _on_bundle(self, bundle: Bundle) -> None:
        self._bundle = bundle
        if isinstance(self.hall, Workplace):
            self._compare()
        else:
            paths = [Path(one.path) for one in recent()]
            words = _("Looking for a file of this partnership here.")
            self.run(_arriving, bundle, paths, words=words, done=self._show_new)

    # --- bringing into the open file ---------------------------------------------------------

    def _compare(self) -> None:
        """Read the open file out and plan the merge on a worker."""
        hall = self.hall
        assert isinstance(hall, Workplace)
        words = _("The file is being read.")
        self.run_here(reading(hall.store), words=words, done=self._plan)

    def _plan(self, source: Source) -> None:
        self.run(
            _planned, source, self._bundle,
            words=_("Both are being compared."), done=self._show, failed=self._on_useless,
        )  # fmt: skip

    def _on_useless(self, problem: PartnerDeskError) -> None:
        """Go back to asking: this bundle brings nothing into this file."""
        self._bundle = None
        self._ask()
        self.hall.messages.problem(self, problem)

    def _show(self, found: Prospect) -> None:
        self.prospect, self.choices = found, None
        self.page.header(_("From {name}").format(name=self.path.name), _("What comes in"))
        first: list[QWidget] = [Lead(found.summary[0]), *(Body(one) for one in found.summary[1:])]
        if found.parts:
            first.append(ComingList(found.parts))
        parts = [stack(*first, gap=14)]
        if found.choices:
            parts.append(self._choosing(found))
        self.put(*parts)
        self.page.footer.set_back(_("Leave it out"))
        self._offer(found)

    def _offer(self, found: Prospect) -> None:
        hall = self.hall
        read_only = isinstance(hall, Workplace) and hall.store.read_only
        note = _("One step, which Undo takes back. A backup is made first.")
        if found.plan.forgets:
            note = _("What is erased stays erased; Undo takes back the rest.")
        if read_only:
            note = _("This is a copy to read. Nothing can be brought into it.")
        elif found.plan.is_empty:
            note = _("Nothing can come in yet: all of it waits on the other laptop.")
        can = not read_only and not found.plan.is_empty
        self.page.footer.set_primary(_("Bring it in"), can, note)
        self.page.footer.set_note(note)
        self.page.footer.primary.setFocus()

    def _choosing(self, found: Prospect) -> QWidget:
        count = len(found.choices)
        words = ngettext(
            "{n} thing was changed on both laptops. Choose what stays; the other is on record.",
            "{n} things were changed on both laptops. Choose what stays; the others are on record.",
            count,
        ).format(n=count)
        self.choices = Choices(found.choices)
        parts: list[QWidget] = [Body(words)]
        if count > MANY:
            parts.append(self._all_buttons())
        parts.append(self.choices)
        if self.choices.left:
            parts += self._further()
        return part(_("Changed on both"), *parts)

    def _all_buttons(self) -> QWidget:
        row, line = QWidget(), QHBoxLayout()
        row.setLayout(line)
        spaced(line, 8)
        for words, side in (
            (_("Keep this laptop's"), Side.OURS),
            (_("Keep the other laptop's"), Side.THEIRS),
        ):
            button = QuietButton(words)
            button.clicked.connect(lambda _on=False, side=side: self._keep_all(side))
            line.addWidget(button)
        line.addStretch(1)
        return row

    def _keep_all(self, side: Side) -> None:
        if self.choices is not None:
            self.choices.keep_all(side)

    def _further(self) -> list[QWidget]:
        more, rest = PlainButton(_("Show more")), Caption("")

        def show() -> None:
            assert self.choices is not None
            words = _("{n} more do not show. Of them the later edit stays.")
            rest.setText(words.format(n=self.choices.left))
            rest.setVisible(bool(self.choices.left))
            more.setVisible(bool(self.choices.left))

        def on_more() -> None:
            assert self.choices is not None
            self.choices.show_more()
            show()

        more.clicked.connect(lambda _on=False: on_more())
        show()
        return [rest, more]

    def _prepare(self) -> None:
        hall, found = self.hall, self.prospect
        if isinstance(hall, Workplace) and found is not None:
            choices = self.choices.made() if self.choices else {}
            self.run(
                prepare, found.plan, choices, hall.store.author,
                words=_("It is being made ready."), done=self._carry_out,
            )  # fmt: skip

    def _carry_out(self, prepared: Prepared) -> None:
        """Bring it in after a backup; where it erases, which takes long, with the file closed."""
        hall = self.hall
        assert isinstance(hall, Workplace)
        if not prepared.plan.forgets:
            self.backed_up(hall.store, lambda: self._begin_writing(prepared, hall))
            return
        messages, window, words = hall.messages, self.window(), _done_words(prepared)
        on_closed(
            hall, self, carry_out_in, prepared, hall.store.author,
            words=_("It is being brought in."),
            done=lambda _none: messages.tell(window, _("It is in"), words),
        )  # fmt: skip

    def _begin_writing(self, prepared: Prepared, hall: Workplace) -> None:
        if len(prepared.changes) < SLOW:
            self._write(prepared, hall)
            return
        words = _("It is being brought in.")
        self._task = self.hall.tasks.follow(words, self._on_stopped, self)
        QTimer.singleShot(LASTS_MS + PAINT_MS, self, lambda: self._write(prepared, hall))

    def _write(self, prepared: Prepared, hall: Workplace) -> None:
        """Write all of it as one edit."""
        if len(prepared.changes) >= SLOW and self._task is None:
            return
        try:
            edit = carry_out(hall.store, prepared, progress=self._on_progress, origin=self)
        except PartnerDeskError as problem:
            self._failed(problem, None)
            return
        self._ended(lambda _none: self._show_done(edit.seq, prepared), None)

    def _on_progress(self, done: int, total: int) -> None:
        """Paint how far it is; no event runs meanwhile, for a transaction is open."""
        if self._task is not None:
            self._task.advance(done / total)
            for bar in self.window().findChildren(WaitingBar):
                bar.repaint()

    def _show_done(self, seq: int, prepared: Prepared) -> None:
        self._edit = seq
        self.page.header(_("From {name}").format(name=self.path.name), _("It is in"))
        back = QuietButton(_("Write it a bundle"), "right", icon_after=True)
        back.clicked.connect(lambda _on=False: self.hall.go(Place(Go.TAKE)))
        self.put_alone(EmptyState("check", _done_words(prepared), self.undo_button, back))
        self.page.footer.set_back(None)
        self.page.footer.set_primary(_("Go on with the work"))
        self.page.footer.set_note(_("A backup from before is kept."))
        self.page.footer.primary.setFocus()

    # --- where no file is open --------------------------------------------------------------

    def _show_new(self, found: tuple[Path | None, tuple[Coming, ...]]) -> None:
        bundle, (known, parts) = self._bundle, found
        assert bundle is not None
        self._known = known
        title = title_in(bundle) or self.path.stem
        self.page.header(_("From {name}").format(name=self.path.name), title)
        if known is not None:
            words = _("{file} on this laptop is of this partnership. Open it to bring this in.")
            self.put(Lead(words.format(file=known.name)), gap=16)
            self.page.footer.set_primary(_("Open it and bring this in"))
            self.page.footer.set_note("")
        else:
            self.put(*self._new_words(), part(_("What is in it"), ComingList(parts)), gap=16)
            self.page.footer.set_primary(_("Choose where to keep it"))
            self.page.footer.set_note(_("Nothing is written before you have chosen."))
        self.page.footer.primary.setFocus()

    def _new_words(self) -> list[QWidget]:
        parts: list[QWidget] = [
            Lead(_("No file of this partnership is known here. It becomes a new one.")),
            Body(_("Is it here all the same? Then go back, open it, and bring this in there.")),
        ]
        if self._passphrase is not None:
            parts.append(Body(_("The new file gets the same passphrase as the bundle.")))
        sealed = _("Rounds that are still sealed wait on the other laptop until they are revealed.")
        return [*parts, Body(sealed, tone="text2")]

    def _open_known(self, path: Path) -> None:
        bundle, files, go = str(self.path), self.hall.files, self.hall.go
        files.open(path)
        go(Place(Go.BRING, bundle))

    def _choose_place(self) -> None:
        assert self._bundle is not None
        title = title_in(self._bundle) or self.path.stem
        path = unused(suggested_folder() / file_name(title))
        kinds = _("Partnerships (*.pdesk)")
        words = _("Where to keep the partnership")
        self.hall.messages.save_file(self, words, path, kinds, self._make)

    def _make(self, path: Path) -> None:
        whole = path if path.suffix == ".pdesk" else path.with_name(path.name + ".pdesk")
        own = self._passphrase
        self.run(
            _settled, whole, self._bundle, own,
            words=_("The file is being made."),
            done=lambda made: self.hall.files.open(made, own),
        )  # fmt: skip


def _done_words(prepared: Prepared) -> str:
    count = len(prepared.plan.steps)
    words = ngettext("{n} edit came in.", "{n} edits came in.", count).format(n=count)
    more = _("Give the other laptop a bundle too, so that both are alike again.")
    return f"{words} {more}"


def _planned(source: Source, bundle: Bundle) -> Prospect:
    return prospect(copy_in(source), bundle)


def _arriving(bundle: Bundle, paths: list[Path]) -> tuple[Path | None, tuple[Coming, ...]]:
    """Return the file here that is of the same partnership, and what a new one would hold."""
    start = nothing_of(bundle.copy.identity, bundle.head)
    found = plan(start, bundle.copy)
    return same_partnership(bundle, paths), coming(found, names_in(found))


def _settled(path: Path, bundle: Bundle, passphrase: str | None) -> Path:
    settle_in(path, bundle, passphrase).close()
    return path
