"""Destroy this file: what goes, what stays elsewhere, and its name typed before it happens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange.destroying import (
    Remains,
    before_lines,
    destroy,
    is_name_of,
    left_lines,
    remains_of,
)
from partnerdesk.language import _
from ui.views.apart import ApartView, part, stack
from ui.views.workplace import Workplace
from ui.widgets.fields import Field, TextField
from ui.widgets.text import Body, Lead


class DestroyView(ApartView):
    """Lists what will go and what will be left, and destroys the open file."""

    def __init__(self, work: Workplace, _key: str = "", parent: QWidget | None = None) -> None:
        """Ask for the name of the file."""
        super().__init__(work, _("Destroy this file"), parent)
        self.work = work
        self.name = Field(
            _("Type the name of the file: {name}").format(name=work.store.path.stem), TextField()
        )
        self.name.editor.textChanged.connect(lambda _text: self._offer())
        remains = remains_of(work.store)
        self.page.header("", _("Destroy this file"))
        self.put(
            Lead(
                _(
                    "The file is written over and taken away, with its backups. "
                    "Nobody can bring it back. Do it where keeping it is more dangerous."
                )
            ),
            part(_("Will be destroyed"), *map(Body, before_lines(remains)), gap=6),
            part(_("Stays, for you to look after"), *map(Body, left_lines(remains)), gap=6),
            stack(self.name),
            gap=24,
        )
        self._offer()
        self.setFocusProxy(self.name.editor)

    def go_on(self) -> None:
        """Ask once more, then destroy."""
        self.hall.messages.ask(
            self,
            _("Destroy {name}?").format(name=self.work.store.path.stem),
            _("The file and its backups go for good. Nobody can bring them back."),
            _("Destroy it for good"),
            _("Keep it"),
            self._destroy,
        )

    def _offer(self) -> None:
        fits = is_name_of(self.name.value(), self.work.store.path)
        note = "" if fits else _("Type the name of the file first.")
        if self.work.store.read_only:
            fits, note = False, _("This is a copy to read. The file is open elsewhere.")
        self.page.footer.set_primary(_("Destroy this file"), fits, note)

    def _destroy(self) -> None:
        """Close the file, destroy it on a worker, and tell at home what is left."""
        store, typed = self.work.store, self.name.value()
        path, passphrase = store.path, store.passphrase
        window, files, messages = self.window(), self.work.files, self.work.messages

        def done(left: Remains) -> None:
            files.close()  # so that home shows its list without the file
            messages.tell(window, _("Destroyed"), _left_words(left))

        def failed(error: BaseException) -> None:
            if not isinstance(error, PartnerDeskError):
                raise error
            files.close()
            messages.problem(window, error)

        files.close()
        self.work.tasks.run(
            _destroyed, path, passphrase, typed,
            done=done, failed=failed, owner=window, words=_("The file is being destroyed."),
            alone=True,
        )  # fmt: skip


def _destroyed(path: Path, passphrase: str | None, typed: str) -> Remains:
    return destroy(path, passphrase, typed)


def _left_words(left: Remains) -> str:
    lines = [_("The file is destroyed. What stays, for you to look after:"), *left_lines(left)]
    lines += [_("Could not be taken away: {name}").format(name=one.name) for one in left.files]
    return "\n".join(lines)
