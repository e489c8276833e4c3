"""The ways to sign: draw, type, or a picture of a thumbprint or a stamp."""

from __future__ import annotations

import zlib
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from partnerdesk.charter.wording import method_words
from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.language import _
from partnerdesk.model.round import Method
from partnerdesk.places import suggested_folder
from partnerdesk.signing.isolated import mark_isolated
from partnerdesk.signing.marks import DrawnMark, Mark, PictureMark, TypedMark
from partnerdesk.signing.pictures import MOST_BYTES, Picture, picture
from ui.tasks import quietly
from ui.theme import Type, em, sized, spaced, typed
from ui.views.workplace import Hall
from ui.widgets.buttons import QuietButton
from ui.widgets.fields import Field, TextField
from ui.widgets.signature_pad import SignaturePad
from ui.widgets.text import Body, Caption
from ui.widgets.tiles import Tile, TileRow

METHODS = (Method.DRAWN, Method.TYPED, Method.THUMBPRINT, Method.STAMP)
ICONS = ("pen", "edit", "thumb", "doc")
PICTURES = (Method.THUMBPRINT, Method.STAMP)


class MarkChooser(QWidget):
    """Tiles for the four ways, and below them what the chosen one needs."""

    changed = Signal()

    def __init__(
        self, hall: Hall, name: str, method: Method, parent: QWidget | None = None
    ) -> None:
        """Start with `method` for the person called `name`; nothing is drawn or typed yet."""
        super().__init__(parent)
        words = (_("Draw"), _("Type"), _("Thumbprint"), _("Stamp"))
        faces = zip(words, ICONS, strict=True)
        tiles = [Tile(n, word, icon=icon) for n, (word, icon) in enumerate(faces)]
        self.tiles = TileRow(_("How {name} signs").format(name=name), tiles)
        self.pad = SignaturePad(_("{name} signs here").format(name=name))
        self.typed = _TypedName(name)
        self.pictures = {one: PicturePart(hall, one) for one in PICTURES}
        self._parts = (self.pad, self.typed, *self.pictures.values())
        column = QVBoxLayout(self)
        spaced(column, 12)
        self._planned = method
        self._other = Caption(tone="now_text")
        for part in (self.tiles, self._other, *self._parts):
            column.addWidget(part)
        self.tiles.chosen.connect(self._on_chosen)
        for signal in (self.pad.changed, self.typed.changed):
            signal.connect(self.changed)
        for picture_part in self.pictures.values():
            picture_part.changed.connect(self.changed)
        self.choose(method)

    @property
    def method(self) -> Method:
        """The way that is chosen."""
        return METHODS[self.tiles.value or 0]

    def choose(self, method: Method) -> None:
        """Show another way."""
        place = METHODS.index(method)
        self.tiles.choose(place)
        self._on_chosen(place)

    def mark(self) -> Mark | None:
        """Return the mark as it stands, or None while there is none."""
        if self.method is Method.DRAWN:
            return None if self.pad.empty else DrawnMark(self.pad.strokes)
        if self.method is Method.TYPED:
            return TypedMark(self.typed.value()) if self.typed.value() else None
        image = self.pictures[self.method].image
        return PictureMark(image) if image else None

    def _on_chosen(self, place: int) -> None:
        for n, part in enumerate(self._parts):
            part.setVisible(n == place)
        words = _("The page says: {method}. What is used now shows in the box above the name.")
        self._other.setText(words.format(method=method_words(self._planned)))
        self._other.setVisible(self.method is not self._planned)
        self.changed.emit()


class _TypedName(QWidget):
    """The name, typed by its owner; shown as it will stand on the page."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.field = Field(_("Type your name as you sign it"), TextField(limit=60))
        typed(self.field.editor, Type.LEAD)
        sized(self.field.editor, 0, 48)
        self.field.editor.textChanged.connect(lambda _text: self.changed.emit())
        column = QVBoxLayout(self)
        spaced(column, 6)
        column.addWidget(self.field)
        column.addWidget(Caption(_("In the record: {name}").format(name=name)))
        column.addStretch()

    def value(self) -> str:
        """Return what is typed."""
        return str(self.field.value())


class PicturePart(QFrame):
    """A picture from a file: checked and shrunk on a worker, then shown as it will stand."""

    changed = Signal()

    def __init__(self, hall: Hall, method: Method, parent: QWidget | None = None) -> None:
        """Ask for the picture of a thumbprint or of a stamp."""
        super().__init__(parent)
        self.setProperty("kind", "well")
        self._hall, self._method = hall, method
        self.image = b""
        self._shown = QLabel()
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setProperty("kind", "page")
        sized(self._shown, 84, 84)
        thumb = method is Method.THUMBPRINT
        self._title = Body(_("No thumbprint yet") if thumb else _("No stamp yet"))
        how = (
            _("Press it on white paper, take a picture, and choose the file.")
            if thumb
            else _("Stamp white paper, take a picture, and choose the file.")
        )
        self.button = QuietButton(_("Choose the picture"), "folder")
        self.button.clicked.connect(lambda _on=False: self._choose())
        row, words = QHBoxLayout(self), QVBoxLayout()
        spaced(row, 16, (12, 16))
        spaced(words, 2)
        words.addStretch()
        words.addWidget(self._title)
        words.addWidget(Caption(how))
        words.addStretch()
        row.addWidget(self._shown)
        row.addLayout(words, 1)
        row.addWidget(self.button)

    def take(self, path: Path) -> None:
        """Read a picture and show it, or tell why it cannot be used."""
        self._hall.tasks.run(
            _read,
            path,
            done=self._on_read,
            failed=self._on_failed,
            owner=self,
            words=_("The picture is being read."),
            stopped=quietly,
        )

    def _choose(self) -> None:
        self._hall.messages.open_file(
            self,
            _("Choose the picture"),
            suggested_folder(),
            _("Pictures (*.png *.jpg *.jpeg)"),
            self.take,
        )

    def _on_read(self, found: tuple[bytes, Picture]) -> None:
        self.image, taken = found
        kind = (
            QImage.Format.Format_Grayscale8 if taken.colours == 1 else QImage.Format.Format_RGB888
        )
        samples = zlib.decompress(taken.deflated)
        image = QImage(samples, taken.width, taken.height, taken.width * taken.colours, kind).copy()
        side = em(76)
        ratio = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        self._shown.setPixmap(QPixmap.fromImage(image.scaled(side, side, ratio, smooth)))
        thumb = self._method is Method.THUMBPRINT
        words = _("This thumbprint goes on the page") if thumb else _("This stamp goes on the page")
        self._title.setText(words)
        self._shown.setAccessibleName(words)
        self.button.set_words(_("Take it again"))
        self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, PartnerDeskError):
            raise error
        self._hall.messages.problem(self, error)


def _read(path: Path) -> tuple[bytes, Picture]:
    """Return a picture's bytes and its samples; raises UserError where it cannot be used."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as problem:
        words = _("The picture {name} cannot be read. Please check that it is there.")
        raise EnvironmentProblem(words.format(name=path.name), code="picture-read") from problem
    clean = mark_isolated(data)  # from here on it is a picture of ours
    return clean, picture(clean)
