"""Signing with the organisation's own certificate: a file and a passphrase, forgotten at once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.language import _
from partnerdesk.places import suggested_folder
from partnerdesk.signing.own import MOST_BYTES, OwnCertificate, certificate_from_p12
from ui.tasks import quietly
from ui.theme import spaced
from ui.views.charter_clauses import day_words
from ui.views.workplace import Hall
from ui.widgets.buttons import PlainButton, QuietButton
from ui.widgets.fields import Field, TextField
from ui.widgets.text import Body, Caption


class OwnPart(QFrame):
    """Offers the organisation's own certificate; `own` is None while a one-time key signs."""

    changed = Signal()

    def __init__(self, hall: Hall, parent: QWidget | None = None) -> None:
        """Start with one button and no certificate."""
        super().__init__(parent)
        self._hall = hall
        self._data = b""
        self.own: OwnCertificate | None = None
        self.choose = PlainButton(_("Sign with our organisation's certificate"), "lock")
        self.choose.clicked.connect(lambda _on=False: self._choose())
        self.passphrase = Field(_("Passphrase of the certificate"), TextField(limit=500))
        self.passphrase.editor.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.passphrase.editor.setInputMethodHints(hints | Qt.InputMethodHint.ImhHiddenText)
        self.passphrase.editor.returnPressed.connect(self._open)
        self.open = QuietButton(_("Open the certificate"))
        self.open.clicked.connect(lambda _on=False: self._open())
        self._well = QFrame()
        self._well.setProperty("kind", "well")
        self._found = QWidget()
        self._title, self._about = Body(strong=True), Caption()
        self._build()
        self._show()

    def take(self, path: Path) -> None:
        """Read the file of a certificate, and ask for its passphrase."""
        self._hall.tasks.run(_read, path, done=self._on_read, failed=self._on_failed, owner=self)

    def drop(self) -> None:
        """Forget certificate and passphrase, and sign with a one-time key again."""
        self._data, self.own = b"", None
        self.passphrase.editor.clear()
        self.passphrase.set_error("")
        self._show()
        self.changed.emit()

    def why_not(self) -> str:
        """Return what is still to be done, or ''."""
        waits = bool(self._data) and self.own is None
        return _("Open the certificate, or sign without it.") if waits else ""

    def _build(self) -> None:
        column = QVBoxLayout(self)
        spaced(column, 8)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._well)
        column.addWidget(self._found)
        inside = QVBoxLayout(self._well)
        spaced(inside, 8, (12, 16))
        inside.addWidget(self.passphrase)
        inside.addWidget(Caption(_("The passphrase is used once, and kept nowhere.")))
        row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(self.open)
        row.addWidget(self._without())
        row.addStretch()
        inside.addLayout(row)
        found = QHBoxLayout(self._found)
        spaced(found, 12)
        words = QVBoxLayout()
        spaced(words, 2)
        words.addWidget(self._title)
        words.addWidget(self._about)
        found.addLayout(words, 1)
        found.addWidget(self._without())

    def _without(self) -> PlainButton:
        button = PlainButton(_("Sign without it"))
        button.clicked.connect(lambda _on=False: self.drop())
        return button

    def _show(self) -> None:
        self.choose.setVisible(not self._data and self.own is None)
        self._well.setVisible(bool(self._data) and self.own is None)
        self._found.setVisible(self.own is not None)

    def _choose(self) -> None:
        kinds = _("Certificates (*.p12 *.pfx)")
        title = _("Choose the certificate")
        self._hall.messages.open_file(self, title, suggested_folder(), kinds, self.take)

    def _open(self) -> None:
        typed = self.passphrase.editor.text()
        self.passphrase.editor.clear()
        at = datetime.now().astimezone()
        self._hall.tasks.run(
            certificate_from_p12,
            self._data,
            typed,
            at,
            done=self._on_opened,
            failed=self._on_refused,
            owner=self,
            words=_("The certificate is being opened."),
            stopped=quietly,
        )

    def _on_read(self, data: bytes) -> None:
        self._data = data
        self._show()
        self.passphrase.editor.setFocus()
        self.changed.emit()

    def _on_opened(self, own: OwnCertificate) -> None:
        self.own, self._data = own, b""
        self.passphrase.set_error("")
        words = _("Signs with the certificate of {organisation}")
        self._title.setText(words.format(organisation=own.subject))
        about = _("Issued by {issuer}, valid until {day}. Check that this is you.")
        day = day_words(own.ends.date().isoformat())
        self._about.setText(about.format(issuer=own.issuer, day=day))
        self._show()
        self.changed.emit()

    def _on_refused(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self.passphrase.set_error(error.message)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self._hall.messages.problem(self, error)


def _read(path: Path) -> bytes:
    """Return the file, one byte more than a certificate may have at most."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as problem:
        words = _("The certificate {name} cannot be read. Please check that it is there.")
        raise EnvironmentProblem(words.format(name=path.name), code="p12-read") from problem
