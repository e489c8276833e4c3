"""Data out: a partnership as tables, for a spreadsheet or a program; never beyond the reveal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from partnerdesk.exchange.dataout import WRITERS, Data, data_of
from partnerdesk.exchange.files import write_whole
from partnerdesk.exchange.leaving import open_words, warning
from partnerdesk.flow import values
from partnerdesk.language import _
from partnerdesk.model.names import file_name, unused
from partnerdesk.places import suggested_folder
from ui.views.apart import ApartView, part
from ui.views.workplace import Workplace
from ui.widgets.banner import Banner
from ui.widgets.text import Body, Lead
from ui.widgets.tiles import Tile, TileRow


@dataclass(frozen=True)
class Form:
    """One form of the tables: the writer's name, the file's ending, and its words."""

    name: str
    ending: str
    words: str
    icon: str


def forms() -> tuple[Form, ...]:
    """Return the forms that are offered, the most asked for first."""
    return (
        Form("xlsx", ".xlsx", _("Workbook, for a spreadsheet"), "doc"),
        Form("csv", ".zip", _("CSV, one file a table, in a ZIP"), "folder"),
        Form("json", ".json", _("JSON, for a program"), "calc"),
    )


class DataView(ApartView):
    """Says what the tables hold and what they do not, then writes them."""

    def __init__(self, work: Workplace, _key: str = "", parent: QWidget | None = None) -> None:
        """Offer the three forms; the workbook is chosen."""
        super().__init__(work, _("Data out"), parent)
        self.work = work
        tiles = [Tile(n, one.words, icon=one.icon) for n, one in enumerate(forms())]
        self.form = TileRow(_("Form of the tables"), tiles)
        self.form.choose(0)
        self.page.header("", _("Data out"))
        self.page.footer.set_primary(_("Choose where to put it"))
        self.put(
            Lead(_("All of this partnership as tables, to count and to draw with elsewhere.")),
            self.form,
            part(_("What is in it"), Body(_in_it())),
            part(_("What is not"), Body(_not_in_it())),
        )
        if work.store.encrypted:
            self.page.set_banner(Banner(open_words()))
        self.setFocusProxy(self.page.footer.primary)

    def go_on(self) -> None:
        """Ask where the tables go."""
        form = forms()[self.form.value or 0]
        title = values.partnership(self.work.store).title
        name = Path(file_name(title)).stem
        path = unused(suggested_folder() / f"{name}-data{form.ending}")
        kinds = f"{form.words} (*{form.ending})"
        self.hall.messages.save_file(
            self, _("Where to put the data"), path, kinds, lambda to: self._check(to, form)
        )

    def _check(self, path: Path, form: Form) -> None:
        """Ask first where the folder sends on what is put there, or the file is locked."""
        whole = path if path.suffix == form.ending else path.with_name(path.name + form.ending)
        words = warning(whole, locked=self.work.store.encrypted)
        if not words:
            self._make(whole, form)
            return
        self.hall.messages.ask(
            self,
            _("Write the data in clear?"),
            words,
            _("Write it there"),
            _("Leave it"),
            lambda: self._make(whole, form),
        )

    def _make(self, path: Path, form: Form) -> None:
        data = self.attempt(data_of, self.work.store)
        if data is not None:
            self.run(
                _written, path, data, form.name,
                words=_("The data is being written."), done=lambda _none: self._tell(path),
            )  # fmt: skip

    def _tell(self, path: Path) -> None:
        words = _("Written: {file}. Handle it as you handle a list of names.")
        self.page.set_banner(Banner(words.format(file=path.name), "good"))
        self.page.footer.set_back(_("Go on with the work"))
        self.page.footer.back.setFocus()


def _written(path: Path, data: Data, name: str) -> None:
    write_whole(path, WRITERS[name](data))


def _in_it() -> str:
    return _(
        "Partners and people by name, sessions, lists, agreements, clauses, consents, who signs, "
        "charter versions. Of each revealed round what the reveal showed, and its figures. "
        "The last entry of the journal, to compare with paper."
    )


def _not_in_it() -> str:
    return _(
        "Nothing beyond the reveal: no sealed answer, no pass by name, not who said what. "
        "No drafts, no keys, no history. Nothing can be read back from it: "
        "to carry a partnership, take a bundle."
    )
