"""The cover and the contents: what this is, whose it is, and where to find each part."""

from __future__ import annotations

from dataclasses import dataclass

from partnerdesk.charter.logo import samples
from partnerdesk.charter.pages_look import COVER, FACT, FACT_TERM, LEAD, Pages, apart, together
from partnerdesk.charter.pages_words import day_words, kind_words, status_words
from partnerdesk.charter.typeset import shape
from partnerdesk.charter.typeset.blocks import (
    INK,
    LINE,
    TEXT,
    TEXT2,
    Art,
    Block,
    Columns,
    Gap,
    NewPage,
    Stack,
    Style,
    Text,
)
from partnerdesk.charter.typeset.canvas import TaggedCanvas
from partnerdesk.charter.typeset.marks import selvedge_operators
from partnerdesk.charter.typeset.objects import colour, number
from partnerdesk.charter.typeset.picture import PictureBlock
from partnerdesk.charter.typeset.shape import MARK, Span, isolate, plain
from partnerdesk.charter.typeset.structure import Element
from partnerdesk.charter.wording import language_words
from partnerdesk.language import _
from partnerdesk.model.charter import Charter, PartyEntry

_BAND = 16.0
_LARGEST = 1.2  # the cover is large print already
_FEW_PARTIES, _SHORT_TITLE = 4, 60
_LONG_COVER = Style(25, 31, bold=True, after=12)
_PARTY = Style(13, 19, bold=True)
_ABOUT = Style(10, 15, ink=TEXT2)
_LOGO = (96.0, 36.0)
_ENTRY = Style(10.5, 19.5)
_KIND = Style(11, 16, bold=True, ink=INK, after=10)
_TITLE = Style(22, 30, bold=True, ink=INK, after=14, keep=True)


def add_cover(pages: Pages, height: float) -> None:
    """Add the first page, `height` points high: title, parties, place, date, status."""
    printed, pages.scale = pages.scale, min(pages.scale, _LARGEST)
    upper, lower = _upper(pages), _lower(pages)
    pages.scale = printed
    pages.add(*upper, _Push(lower, height, upper), lower, NewPage())


def _upper(pages: Pages) -> list[Block]:
    charter = pages.charter
    many = len(charter.parties) > _FEW_PARTIES or pages.scale > 1
    short = len(charter.title) <= _SHORT_TITLE and pages.scale <= 1
    style = COVER if short else _LONG_COVER
    blocks: list[Block] = [
        _band(pages),
        Gap(36 if many else 64),
        pages.text(pages.words(lambda: kind_words(charter)), _KIND),
        pages.text(charter.title, style, "H1"),
    ]
    if charter.purpose:
        blocks.append(pages.text(charter.purpose, LEAD))
    blocks += [
        Gap(14 if many else 26),
        pages.text(pages.words(lambda: _("Between")), _ABOUT),
        Gap(4),
    ]
    parties = [_party(pages, party) for party in charter.parties]
    return blocks + (_in_pairs(pages, parties) if many else parties)


def _in_pairs(pages: Pages, parties: list[Block]) -> list[Block]:
    """Return many parties in two columns, in reading order from row to row."""
    pairs = (parties[at : at + 2] for at in range(0, len(parties), 2))
    return [
        Columns([(0.5, one) for one in (*pair, Gap(0))[:2]], right=pages.right, after=10)
        for pair in pairs
    ]


def _band(pages: Pages) -> Art:
    indexes = tuple(party.index for party in pages.charter.parties)
    return Art(
        _BAND, lambda x, top, width: selvedge_operators(indexes, x, top - _BAND, width, _BAND)
    )


def _party(pages: Pages, party: PartyEntry) -> Block:
    about = ", ".join(isolate(words) for words in (party.type, party.country, party.role) if words)
    mark = (Span(MARK, mark=party.index),)
    name = pages.text(party.name, _PARTY, label=mark, indent=20)
    lines = [name, pages.text(about, _ABOUT, indent=20)] if about else [name]
    if not party.logo:
        return Stack(lines, after=10)
    logo = pages.parent.add("Figure", alt=party.logo_words)
    picture = PictureBlock(logo, samples(bytes.fromhex(party.logo)), _LOGO, right=not pages.right)
    return Columns([(1.0, Stack(lines)), (_LOGO[0], picture)], right=pages.right, after=10)


def _lower(pages: Pages) -> Block:
    """Return the facts at the foot of the cover."""
    each = zip(*pages.in_each(lambda _at: _facts(pages)), strict=True)
    facts = [tuple(zip(*fact, strict=True)) for fact in each]
    rows = [_fact(pages, together(term), apart(words)) for term, words in facts if any(words)]
    return Stack([_hairline(), *rows, Gap(10), _band(pages)])


def _hairline() -> Art:
    def paint(x: float, top: float, width: float) -> str:
        y = number(top - 0.5)
        return f"q {colour(LINE)} RG 0.7 w {number(x)} {y} m {number(x + width)} {y} l S Q"

    return Art(14.0, paint)


def _facts(pages: Pages) -> list[tuple[str, str]]:
    charter, seal = pages.charter, pages.seal
    found = seal.words if seal else charter.full_words
    words = " ".join(found[:4]) or _("given when the text is frozen for signing")
    beginning = _("Full charter's fingerprint") if charter.public else _("Fingerprint begins")
    return [
        (_("Place"), charter.place),
        (_("Date"), day_words(charter.date)),
        (_("Version"), str(charter.version)),
        (_("Status"), status_words(charter, seal, pages.superseded_by)),
        (beginning, words),
        (_("Languages"), _languages(charter)),
    ]


def _languages(charter: Charter) -> str:
    """Return the languages and which one prevails, or '' where there is one alone."""
    names = ", ".join(language_words(code) for code in charter.languages)
    if len(charter.languages) == 1:
        return ""
    if not charter.prevailing:
        return _("{names}; all are equal").format(names=names)
    template = _("{names}; {language} prevails")
    return template.format(names=names, language=language_words(charter.prevailing))


def _fact(pages: Pages, term: str, words: str) -> Block:
    with pages.inside("P"):
        left = pages.text(term, FACT_TERM, "Span")
        right = pages.text(words, FACT, "Span")
    return Columns([(118.0 * pages.scale, left), (1.0, right)], right=pages.right)


@dataclass
class _Push(Block):
    """Empty room that sends what follows to the foot of the page."""

    below: Block
    page: float
    above: list[Block]

    def height(self, width: float) -> float:
        """Return what is left between the parts above and the part below."""
        over = [*self.above]
        used = Stack(over).height(width) + over[-1].after + self.below.height(width)
        return max(self.page - used - 2.0, 8.0)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw nothing."""


def contents(pages: Pages) -> list[Block]:
    """Return the contents page; page numbers come when the pages are known."""
    title = pages.text(pages.words(lambda: _("Contents")), _TITLE, "H2", anchor="contents")
    with pages.inside("TOC"):
        lines = [_entry(pages, *entry) for entry in pages.entries]
    return [title, *lines, NewPage()]


def _entry(pages: Pages, anchor: str, code: str, title: str) -> Block:
    with pages.inside("TOCI"), pages.inside("Reference"), pages.inside("Link") as link:
        pass
    text = pages.text_in(link, plain(title), _ENTRY, label=plain(code, bold=True), indent=36)
    return _TocLine(text, anchor, pages.numbers, link)


@dataclass
class _TocLine(Block):
    """One line of the contents, with the page number at the end side."""

    text: Text
    anchor_of: str
    numbers: dict[str, int]
    link: Element

    def height(self, width: float) -> float:
        """Return the height of the title, which leaves room for the number."""
        return self.text.height(width - 40)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw title and number, and make both a link."""
        shift = 40.0 if self.text.right else 0.0
        self.text.draw(canvas, x + shift, top, width - 40)
        page = str(self.numbers[self.anchor_of])
        line = shape.lines(plain(page), 100)[0][0]
        size = self.text.style.size
        left = x if self.text.right else x + width - line.width * size
        y = top - (self.text.style.leading + size * 0.714) / 2
        with canvas.mark(self.link):
            canvas.show_line(line, left, y, size, TEXT)
        bottom = top - self.height(width)
        words = _("Go to page {page}").format(page=page)
        canvas.link_area(f"#{self.anchor_of}", words, (x, bottom, x + width, top), self.link)
        with canvas.artifact():
            canvas.paint(
                f"q {colour(LINE)} RG 0.5 w {number(x)} {number(bottom)} m "
                f"{number(x + width)} {number(bottom)} l S Q"
            )
