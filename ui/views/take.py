"""Take a partnership to another laptop: one file, whole or in part, locked or in clear."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.bundle import SECTIONS, pack_source
from partnerdesk.exchange.copies import Source, reading
from partnerdesk.exchange.files import write_whole
from partnerdesk.exchange.laptop import LONGEST_NAME, laptop, name_laptop
from partnerdesk.exchange.leaving import warning
from partnerdesk.flow import values
from partnerdesk.language import ROOM, _
from partnerdesk.model.names import file_name, unused
from partnerdesk.places import suggested_folder
from partnerdesk.store import check_passphrase, suggest_passphrase
from ui.views.apart import ApartView, part, stack
from ui.views.workplace import Workplace
from ui.widgets.banner import Banner
from ui.widgets.check import CheckBox
from ui.widgets.fields import Field, TextField
from ui.widgets.flow import Turning
from ui.widgets.text import Body, Caption, Lead

ENDING = ".pdbundle"


class TakeView(ApartView):
    """Asks what goes along and under which passphrase, then writes one bundle."""

    def __init__(self, work: Workplace, _key: str = "", parent: QWidget | None = None) -> None:
        """Offer all parts, locked where the file is."""
        super().__init__(work, _("Take to another laptop"), parent)
        self.work = work
        self.parts = {name: _check(words) for name, words in section_words().items()}
        self.lock = _check(_("Lock it with a passphrase"))
        self.lock.setChecked(work.store.encrypted)
        self.passphrase = Field(
            _("Passphrase of this bundle"),
            _secret(suggest_passphrase(ROOM.code)),
            help_=_("Write it down. Tell it on another way than the stick goes."),
        )
        self.name = Field(
            _("Who works on this laptop?"),
            TextField(laptop().name or _facilitator(work), limit=LONGEST_NAME),
            help_=_("The name stands beside your changes when both come together."),
        )
        self._partly = Caption(
            _("Some parts alone can only be brought into a file that the other laptop has."),
            tone="now_text",
        )
        self._build()
        self._show()

    def go_on(self) -> None:
        """Ask where the bundle goes, read the file out, and write it on a worker."""
        try:
            if self.lock.isChecked():
                check_passphrase(self.passphrase.value())
            name_laptop(self.name.value())
        except PartnerDeskError as problem:
            self.passphrase.set_error(problem.message)
            self.passphrase.editor.setFocus()
            return
        self.passphrase.set_error("")
        self.work.store.author = self.name.value()
        title = values.partnership(self.work.store).title
        path = unused((suggested_folder() / file_name(title)).with_suffix(ENDING))
        kinds = _("Bundles (*.pdbundle)")
        self.hall.messages.save_file(self, _("Where to put the bundle"), path, kinds, self._check)

    def _build(self) -> None:
        self.page.header("", _("Take to another laptop"))
        self.page.footer.set_primary(_("Choose where to put it"))
        lead = Lead(
            _(
                "One file takes this partnership along, on a stick. Both laptops go on working. "
                "When a bundle comes back, both come together, and nothing of either is lost."
            )
        )
        never = Body(
            _("Keys never leave this laptop. Sealed answers go along sealed, and stay so."),
            tone="text2",
        )
        for one in (*self.parts.values(), self.lock):
            one.toggled.connect(lambda _on=False: self._show())
        self.put(
            lead,
            part(_("What goes along"), _in_two(list(self.parts.values())), self._partly, never),
            part(_("Who may open it"), self.lock, self.passphrase, gap=8),
            stack(self.name),
        )
        self.setFocusProxy(self.page.footer.primary)

    def _show(self) -> None:
        chosen = self._chosen()
        self._partly.setVisible(0 < len(chosen) < len(SECTIONS))
        self.passphrase.setVisible(self.lock.isChecked())
        why = "" if chosen else _("Choose at least one part.")
        self.page.footer.set_primary(_("Choose where to put it"), bool(chosen), why)

    def _chosen(self) -> tuple[str, ...]:
        return tuple(name for name, box in self.parts.items() if box.isChecked())

    def _check(self, path: Path) -> None:
        """Ask first where a bundle in clear would be sent on, or its file is locked."""
        whole = path if path.suffix == ENDING else path.with_name(path.name + ENDING)
        locked = self.lock.isChecked()
        words = "" if locked else warning(whole, locked=self.work.store.encrypted)
        if not words:
            self._read(whole)
            return
        self.hall.messages.ask(
            self,
            _("Write the bundle in clear?"),
            words,
            _("Write it there"),
            _("Leave it"),
            lambda: self._read(whole),
        )

    def _read(self, whole: Path) -> None:
        chosen = self._chosen()
        own = self.passphrase.value() if self.lock.isChecked() else None
        self.run_here(
            reading(self.work.store),
            words=_("The file is being read."),
            done=lambda source: self._write(whole, source, chosen, own),
        )

    def _write(self, path: Path, source: Source, chosen: tuple[str, ...], own: str | None) -> None:
        self.run(
            _written, path, source, chosen, own,
            words=_("The bundle is being written."),
            done=lambda _none: self._tell(path, locked=own is not None),
        )  # fmt: skip

    def _tell(self, path: Path, *, locked: bool) -> None:
        words = _("Written: {file}. Bring it to the other laptop and drop it on its window.")
        if locked:
            words = _("Written and locked: {file}. The other side needs its passphrase to open it.")
        self.page.set_banner(Banner(words.format(file=path.name), "good"))
        self.page.footer.set_back(_("Go on with the work"))
        self.page.footer.back.setFocus()


def section_words() -> Mapping[str, str]:
    """Return what each part of a bundle is called, in the order of a workshop."""
    return {
        "people": _("Partners and people"),
        "workshop": _("What it is for, sessions, notes"),
        "lists": _("Lists that you wrote"),
        "answers": _("Rounds and their answers"),
        "agreements": _("Agreements, clauses, consents"),
        "charter": _("Charter versions, signatures"),
    }


def _written(path: Path, source: Source, chosen: tuple[str, ...], own: str | None) -> None:
    write_whole(path, pack_source(source, chosen, own))


def _facilitator(work: Workplace) -> str:
    return next((one.facilitator for one in values.sessions(work.store)), "")


def _check(words: str) -> CheckBox:
    box = CheckBox(words)
    box.setAccessibleName(words)
    box.setChecked(True)
    return box


def _secret(suggestion: str) -> TextField:
    field = TextField(suggestion)
    hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    field.setInputMethodHints(hints)
    return field


def _in_two(boxes: list[CheckBox]) -> QWidget:
    """Return the boxes in two columns, each down, or in one where it is narrow."""
    whole, half = Turning(640, gap=12), (len(boxes) + 1) // 2
    for column in (boxes[:half], boxes[half:]):
        whole.row.addWidget(stack(*column), 1)
    return whole
