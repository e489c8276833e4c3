"""What one signatory goes through: a private question, then a signature, paper, or a pause."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk import ceremony
from partnerdesk.flow.pin import waits_under_pin
from partnerdesk.flow.versions import Version, charter_pdf
from partnerdesk.language import _
from partnerdesk.model.charter import SignatureBlock
from partnerdesk.model.round import Method
from ui.theme import spaced
from ui.views.sign_paper import PaperForm
from ui.views.sign_people import turn_of
from ui.views.sign_private import Paused, PrivateQuestion
from ui.views.sign_turn import SignTurn
from ui.views.workplace import Workplace


class SignSteps(QWidget):
    """Shows one part at a time; `changed` says that words and buttons may differ now."""

    changed = Signal()
    stopping = Signal()
    locking = Signal()
    scan_wanted = Signal(object)

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        """Start with nobody's turn."""
        super().__init__(parent)
        self._work = work
        self._version: Version | None = None
        self._block: SignatureBlock | None = None
        self._part: QWidget | None = None
        self._column = QVBoxLayout(self)
        spaced(self._column, 0)

    @property
    def turn(self) -> SignTurn | None:
        """The part with the signature, once its signatory has said that they sign freely."""
        return self._part if isinstance(self._part, SignTurn) else None

    @property
    def private(self) -> PrivateQuestion | None:
        """The private question while it shows."""
        return self._part if isinstance(self._part, PrivateQuestion) else None

    @property
    def paper(self) -> PaperForm | None:
        """The form for signatures on paper while it shows."""
        return self._part if isinstance(self._part, PaperForm) else None

    @property
    def paused(self) -> bool:
        """Whether the signing is paused; nothing tells why."""
        return self._part is not None and not (self.turn or self.private or self.paper)

    def show_block(self, version: Version, block: SignatureBlock) -> None:
        """Ask the signatory of `block` first; what already shows for them stays."""
        self._version = version
        if self._part is None or block != self._block:
            self._block = block
            self._ask()

    def clear(self) -> None:
        """Forget whose turn it was, with all that they drew, typed or chose."""
        if self._part is not None:
            self._column.removeWidget(self._part)
            self._part.hide()
            self._part.deleteLater()
        self._part = None

    def pause(self) -> None:
        """Show the pause: the same one for every reason, with the way to another day."""
        locked = self._version is not None and waits_under_pin(self._work.store, self._version.id)
        part = Paused(may_lock=not locked)
        part.locking.connect(self.locking)
        self._put(part)

    def primary(self) -> tuple[str, str]:
        """Return the words of the main button, and why it cannot be pressed, or ''."""
        if self.private:
            return _("Go on"), self.private.why_not()
        if self.paper:
            return _("Record as signed on paper"), self.paper.why_not()
        if self.turn:
            name = self.turn.turn.block.name
            return _("Sign as {name}").format(name=name), self.turn.why_not()
        return _("Go on with the signing"), ""

    def go_on(self) -> None:
        """Leave the pause, or the private question by its answer."""
        if self.private and not self.private.take():
            self.pause()
        elif self.private and self._block and self._block.method is Method.PAPER:
            self._take_paper()
        elif self.private:
            self._sign()
        else:
            self._ask()

    def _ask(self) -> None:
        if self._block is not None:
            question = PrivateQuestion(self._block.name, self)
            question.changed.connect(self.changed)
            self._put(question)

    def _sign(self) -> None:
        if self._version is None or self._block is None:
            return
        turn = SignTurn(self._work, turn_of(self._work.store, self._version, self._block), self)
        turn.changed.connect(self.changed)
        turn.stopping.connect(self.stopping)
        turn.on_paper.connect(self._take_paper)
        turn.papers.wanted.connect(self.scan_wanted)
        self._put(turn)

    def _take_paper(self) -> None:
        version, store = self._version, self._work.store
        if version is None:
            return
        awaited = ceremony.awaited_blocks(store, version)
        form = PaperForm(self._work, awaited, charter_pdf(store, version.id), self)
        form.changed.connect(self.changed)
        form.leaving.connect(self._ask)
        self._put(form)

    def _put(self, part: QWidget) -> None:
        self.clear()
        self._part = part
        self._column.addWidget(part)
        part.show()
        self.setFocusProxy(part)
        self.changed.emit()
