"""A canvas whose every stroke is tagged or an artifact, and whose file is PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from partnerdesk.charter.typeset import fields, glyphs, metadata, objects, shape
from partnerdesk.charter.typeset.embed import EmbeddedFont
from partnerdesk.charter.typeset.fields import SignatureField
from partnerdesk.charter.typeset.fonts import Face, faces
from partnerdesk.charter.typeset.metadata import About, Attachment
from partnerdesk.charter.typeset.objects import Name, array, dictionary, number, text
from partnerdesk.charter.typeset.shape import Line, Span
from partnerdesk.charter.typeset.structure import Annotated, Element, Marked, TreeWriter

REGULAR, BOLD = "PartnerDesk", "PartnerDesk-Bold"


class GraphicsFont:
    """Lets ReportLab's own charts measure text as it is shaped here."""

    _dynamicFont = True  # noqa: N815  # ReportLab asks: then it writes no font of its own
    _multiByte = False  # noqa: N815  # ReportLab asks for this name

    def __init__(self, name: str, bold: bool) -> None:
        self.fontName = name
        self.bold = bold
        self.face = SimpleNamespace(name=name, builtIn=False)
        self.ascent, self.descent = (edge * 1000 for edge in faces(bold)[0].extents)

    def stringWidth(self, words: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """Return the width of `words` in points."""
        shaped, _base = shape.runs(shape.plain(words, self.bold))
        return sum(run.width for run in shaped) * size


@dataclass(frozen=True)
class _Open:
    """The marked content that is open: its element, or none for an artifact."""

    element: Element | None
    at: int


class TaggedCanvas(Canvas):  # type: ignore[misc]  # ReportLab carries no types
    """Draws text of any bundled script; content lies in `mark(element)` or in `artifact()`."""

    def __init__(
        self, size: tuple[float, float], about: About, attachments: Sequence[Attachment] = ()
    ) -> None:
        for name, bold in ((REGULAR, False), (BOLD, True)):
            pdfmetrics.registerFont(GraphicsFont(name, bold))
        self.output = io.BytesIO()
        super().__init__(
            self.output,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=about.language,
            initialFontName=REGULAR,
        )
        self.root = Element("Document")
        self.signature_fields: list[SignatureField] = []
        self._about, self._attachments = about, attachments
        self._embedded: dict[Face, EmbeddedFont] = {}
        self._open: _Open | None = None
        self._marks = 0
        self._page = 0
        self._describe()

    @property
    def page_index(self) -> int:
        """The page that is being drawn, counted from 0."""
        return self._page

    @contextmanager
    def mark(self, element: Element) -> Iterator[None]:
        """Draw content that belongs to `element`."""
        self._begin(element)
        yield
        self._end()

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """Draw what is no part of the text: rules, grounds, headers and footers."""
        assert self._open is None, "content is open already"
        self._code.append(f"/Artifact <</Type /{kind}>> BDC")
        self._open = _Open(None, len(self._code))
        yield
        self._end()

    def show_line(self, line: Line, x: float, y: float, size: float, ink: str) -> None:
        """Show one line with its baseline beginning at (x, y); links become Link elements.

        The parts of a line in two directions are painted from left to right, and the structure
        lists them in the order in which they are read.
        """
        pieces = glyphs.pieces(line, x, y, size, ink, self._font)
        owner = self._open.element if self._open else None
        if owner is None or pieces == sorted(pieces, key=_start):
            for piece in pieces:
                self._show(piece, y, size)
            return
        self._end()
        first = len(owner.kids)
        kids: list[tuple[int, Element | Marked | Annotated]] = []
        for piece in pieces:
            self._begin(owner)
            self._show(piece, y, size)
            self._end()
            kids += [(piece.start, kid) for kid in owner.kids[first + len(kids) :]]
        owner.kids[first:] = [kid for _at, kid in sorted(kids, key=lambda one: one[0])]
        self._begin(owner)

    def paint(self, operators: str) -> None:
        """Add path operators as they are."""
        self._code.append(operators)

    def picture(self, name: str, image: Any, box: Sequence[float]) -> None:
        """Show an image object at (left, foot, width, height); the same name is written once."""
        key = self._doc.getXObjectName(name)
        if key not in self._doc.idToObject:
            self._doc.Reference(image, key)
        left, foot, wide, high = (number(edge) for edge in box)
        self._code.append(f"q {wide} 0 0 {high} {left} {foot} cm /{key} Do Q")
        self._formsinuse.append(name)

    def link_area(self, target: str, words: str, box: Sequence[float], element: Element) -> None:
        """Make `box` a link of `element` to a page's name (``#name``) or to an address."""
        annotation = dictionary(
            Type=Name("Annot"),
            Subtype=Name("Link"),
            Rect=array(number(edge) for edge in box),
            F=4,
            Border=array([0, 0, 0]),
            Contents=text(words),
        )
        if target.startswith("#"):
            annotation["Dest"] = self._bookmarkReference(target[1:])
        else:
            annotation["A"] = dictionary(S=Name("URI"), URI=objects.ascii_text(target))
        element.kids.append(Annotated(self._page, annotation))
        self._addAnnotation(annotation)

    def destination(self, name: str, top: float, outline: tuple[int, str] | None = None) -> None:
        """Name this place; `outline` adds it to the reader's outline as (level from 0, title)."""
        self.bookmarkPage(name, fit="XYZ", left=0, top=top)
        if outline:
            self.addOutlineEntry(outline[1], name, outline[0], closed=False)

    def waiting_field(self, field: SignatureField) -> None:
        """Prepare a signature field; the order of the calls is the order of signing."""
        self.signature_fields.append(field)

    def finish(self) -> bytes:
        """Return the whole file."""
        self._write_fields()
        self._write_fonts()
        self._write_catalog()
        super().save()
        return self.output.getvalue()

    # --- what ReportLab's drawings call ----------------------------------------------------

    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:  # noqa: N802
        """Choose a bundled font, whatever is asked: a file may not lean on a font outside it."""
        known = psfontname if psfontname in (REGULAR, BOLD) else REGULAR
        super().setFont(BOLD if "Bold" in psfontname else known, size, leading)

    def drawString(self, x: float, y: float, text: str, *_args: Any, **_keys: Any) -> None:  # noqa: N802
        """Draw `text` shaped, in the colour that is set for filling."""
        shaped, _base = shape.runs([Span(text, self._fontname == BOLD)])
        ink = self._fillColorObj.hexval()[2:] if self._fillColorObj else "000000"
        self.show_line(shape.visual_order(shaped), x, y, self._fontsize, ink)

    def showPage(self) -> None:  # noqa: N802
        """End the page and tie it to the structure tree."""
        assert self._open is None, "content is still open"
        super().showPage()
        page = self._doc.Pages.pages[self._page]
        page.__class__ = objects.Page
        page.StructParents, page.Tabs = self._page, Name("S")
        self._page += 1
        self._marks = 0

    # --- inside --------------------------------------------------------------------------

    def _describe(self) -> None:
        about, info = self._about, self._doc.info
        info.title, info.author, info.subject = about.title, about.author, about.subject
        info.creator, info.keywords = about.creator, about.keywords
        info.producer = "PartnerDesk on ReportLab"
        stamp = self._doc._timeStamp
        stamp.YMDhms, stamp.dhh, stamp.dmm = about.made.timetuple()[:6], 0, 0

    def _font(self, face: Face) -> EmbeddedFont:
        if face not in self._embedded:
            self._embedded[face] = EmbeddedFont(face, f"T{len(self._embedded) + 1}")
        return self._embedded[face]

    def _begin(self, element: Element, tag: str = "", extra: str = "") -> None:
        assert self._open is None, "content is open already"
        self._code.append(f"/{tag or element.role} <</MCID {self._marks}{extra}>> BDC")
        self._open = _Open(element, len(self._code))

    def _end(self) -> None:
        assert self._open is not None, "nothing is open"
        element, at = self._open.element, self._open.at
        self._open = None
        if len(self._code) == at:
            self._code.pop()
            return
        self._code.append("EMC")
        if element is not None:
            element.kids.append(Marked(self._page, self._marks))
            self._marks += 1

    def _show(self, piece: glyphs.Piece, y: float, size: float) -> None:
        """Add one piece to the content that is open."""
        if piece.link:
            self._linked(piece, y, size)
        elif piece.actual:
            self._with_actual_text(piece)
        elif piece.operators:
            self._code.append(piece.operators)

    def _with_actual_text(self, piece: glyphs.Piece) -> None:
        """Show a word whose glyphs cannot tell its text, in a sequence of its own: not nested."""
        around = self._open
        extra = f" /ActualText <FEFF{piece.actual.encode('utf-16-be').hex().upper()}>"
        if around is None or around.element is None:
            self._code += [piece.operators]
            return
        self._end()
        self._begin(around.element, "Span", extra)
        self._code.append(piece.operators)
        self._end()
        self._begin(around.element)

    def _linked(self, piece: glyphs.Piece, y: float, size: float) -> None:
        around = self._open
        assert around is not None, "a link needs an element around it"
        assert around.element is not None, "an artifact cannot be a link"
        self._end()
        element = around.element.add("Link")
        with self.mark(element):
            self._code.append(piece.operators)
        box = (piece.left, y - size * 0.25, piece.right, y + size * 0.9)
        self.link_area(piece.link, piece.words, box, element)
        self._begin(around.element)

    def _write_fields(self) -> None:
        document, pages = self._doc, self._doc.Pages.pages
        references = []
        digital = [at for at, field in enumerate(self.signature_fields) if not field.on_paper]
        for at, field in enumerate(self.signature_fields):
            names = [one.name for one in self.signature_fields[: at + 1]]
            locked = fields.lock(names, last=at in digital[-1:])
            page = pages[field.page]
            made = fields.widget(document, field, page, locked)
            field.element.kids.append(Annotated(field.page, made))
            reference = document.Reference(made)
            page.Annots = [*(page.Annots or []), reference]
            references.append(reference)
        if references:
            document.Catalog.AcroForm = dictionary(Fields=array(references), SigFlags=0)

    def _write_fonts(self) -> None:
        for font in self._embedded.values():
            self._doc.idToObject["BasicFonts"].dict[font.name] = font.write(self._doc)

    def _write_catalog(self) -> None:
        document, catalog = self._doc, self._doc.Catalog
        catalog.__class__ = objects.Catalog
        catalog.StructTreeRoot = TreeWriter(document, document.Pages.pages).write(self.root)
        catalog.MarkInfo = dictionary(Marked="true")
        catalog.ViewerPreferences = dictionary(DisplayDocTitle="true")
        catalog.OutputIntents = metadata.output_intents(document)
        catalog.Metadata = metadata.xmp_stream(self._about, document.info.producer)
        catalog.AF = None
        if self._attachments:
            self._attach()

    def _attach(self) -> None:
        made = self._about.made
        files = [metadata.file_specification(self._doc, one, made) for one in self._attachments]
        names = [objects.ascii_text(one.name) for one in self._attachments]
        listed = [part for pair in zip(names, files, strict=True) for part in pair]
        catalog = self._doc.Catalog
        catalog.Names = dictionary(EmbeddedFiles=dictionary(Names=array(listed)))
        catalog.AF = array(files)


def _start(piece: glyphs.Piece) -> int:
    """Return where a piece begins to be read."""
    return piece.start
