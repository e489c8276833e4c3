"""The charter's type and grid, and the builder that sets words in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, TypeVar

from partnerdesk.charter.typeset.beside import Beside
from partnerdesk.charter.typeset.blocks import INK, NOW, TEXT2, Block, Style, Text
from partnerdesk.charter.typeset.flow import Frame
from partnerdesk.charter.typeset.grid import Grid, GridRow
from partnerdesk.charter.typeset.objects import Name, text
from partnerdesk.charter.typeset.shape import MARK, Span, isolate, plain
from partnerdesk.charter.typeset.structure import Element
from partnerdesk.language import Tongue, speaking
from partnerdesk.model.charter import Charter, Seal

T = TypeVar("T")
Spans = str | Sequence[Span]
_RTL = frozenset({"R", "AL"})

SIZES = {"A4": (595.276, 841.89), "Letter": (612.0, 792.0)}
RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur", "ps", "ckb", "sd", "yi"))
MARGIN, TOP, BOTTOM = 66.0, 62.0, 76.0
GUTTER = 46.0
_JOINING, _FARTHEST = 3, 8
_ONE_LINE = 24
_ISOLATES = frozenset("\u2066\u2067\u2068\u2069")

COVER = Style(33, 40, bold=True, after=14)
LEAD = Style(13, 19.5, ink=TEXT2, after=10)
SECTION = Style(18, 24, bold=True, ink=INK, before=30, after=8, keep=True)
CHAPTER = Style(22, 30, bold=True, ink=INK, after=12, keep=True)
HEADING = Style(11.5, 16, bold=True, before=14, after=4, keep=True)
BODY = Style(10.5, 16, after=6)
CLAUSE = Style(10.5, 16, before=10, after=2, keep=True)
META = Style(8.5, 12.5, ink=TEXT2, after=2)
QUOTE = Style(10, 15, before=3, after=3)
TERM = Style(10, 15, after=3)
NOTE = Style(10, 15, ink=TEXT2, after=6)
CELL = Style(9, 12.5)
CELL_HEAD = Style(8.5, 12, bold=True)
FACT = Style(10.5, 15.5)
FACT_TERM = Style(9, 15.5, ink=TEXT2)


@dataclass
class Pages:
    """Collects the blocks of one charter and the structure that they fill.

    `superseded_by` is the number of the version that took its place, or 0. `tongues` are the
    charter's languages where it has several, the leading one first.
    """

    charter: Charter
    seal: Seal | None
    scale: float = 1.0
    superseded_by: int = 0
    tongues: tuple[Tongue, ...] = ()
    root: Element = field(default_factory=lambda: Element("Document"))
    blocks: list[Block] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    entries: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin at the root of the structure."""
        self._at = [self.root]

    @property
    def right(self) -> bool:
        """Whether the charter's language reads from right to left."""
        return _reads_right(self.charter.language)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the languages that are printed now."""
        return tuple(one.code for one in self.tongues) or (self.charter.language,)

    def in_each(self, make: Callable[[int], T]) -> list[T]:
        """Return what `make` gives for each language's place, with that language spoken."""
        if not self.tongues:
            return [make(0)]
        made = []
        for at, tongue in enumerate(self.tongues):
            with speaking(tongue):
                made.append(make(at))
        return made

    def words(self, make: Callable[[], str]) -> str:
        """Return words of the frame in every language, on one line."""
        return together(self.in_each(lambda _at: make()))

    @contextmanager
    def alone(self, at: int) -> Iterator[None]:
        """Print what is added in between in one language only."""
        every, self.tongues = self.tongues, self.tongues[at : at + 1]
        with speaking(self.tongues[0]) if self.tongues else nullcontext():
            yield
        self.tongues = every

    @property
    def parent(self) -> Element:
        """The structure element that new parts belong to."""
        return self._at[-1]

    @contextmanager
    def inside(self, role: str, **keys: Any) -> Iterator[Element]:
        """Put what is added in between into a new element."""
        with self.under(self.parent.add(role, **keys)) as element:
            yield element

    @contextmanager
    def under(self, element: Element) -> Iterator[Element]:
        """Put what is added in between into an element that is there already."""
        self._at.append(element)
        yield element
        self._at.pop()

    def add(self, *blocks: Block) -> None:
        """Add blocks that have their elements already."""
        self.blocks.extend(blocks)

    def text(self, spans: str | Sequence[Span], style: Style, role: str = "P", **keys: Any) -> Text:
        """Return a paragraph under the current element; it is not in the flow yet."""
        styled = plain(spans, style.bold) if isinstance(spans, str) else spans
        return self.text_in(self.parent.add(role), styled, style, **keys)

    def text_in(self, element: Element, spans: Sequence[Span], style: Style, **keys: Any) -> Text:
        """Return a paragraph of an element that is there already."""
        style = style.scaled(self.scale)
        for distance in ("indent", "label_indent"):
            keys[distance] = keys.get(distance, 0.0) * self.scale
        language = self.charter.language
        return Text(element, spans, style, right=self.right, language=language, **keys)

    def write(
        self, spans: str | Sequence[Span], style: Style, role: str = "P", **keys: Any
    ) -> None:
        """Add a paragraph to the flow."""
        self.add(self.text(spans, style, role, **keys))

    def tell(self, texts: Sequence[Spans], style: Style, role: str = "P", **keys: Any) -> None:
        """Add one text in every language: once where all are alike, else beside or below.

        A label stands at the first one alone.
        """
        spans = [plain(one, style.bold) if isinstance(one, str) else one for one in texts]
        found: dict[str, tuple[str, Sequence[Span]]] = {}
        for code, one in zip(self.codes, spans, strict=True):
            found.setdefault(_read(one), (code, one))
        first, *others = found.values()
        if not others:
            self.write(first[1], style, role, **keys)
            return
        beside = len(others) == 1 and self.charter.parallel
        more = {"indent": 0.0 if beside else keys.get("indent", 0.0), "rule": keys.get("rule", "")}
        made = [self._told(*first, style, role, **keys)]
        made += [self._told(*one, style, role, **more) for one in others]
        self.add(*([Beside(made, made[0].indent, right=self.right)] if beside else made))

    def _told(self, code: str, spans: Sequence[Span], style: Style, role: str, **keys: Any) -> Text:
        """Return a paragraph in one of several languages."""
        text = self.text_in(self.parent.add(role, language=code), spans, style, **keys)
        text.right, text.language = _reads_right(code), code
        return text

    def body(self, words: str, style: Style = BODY) -> None:
        """Add running text in the text column."""
        self.write(words, style, indent=GUTTER)

    def quote(self, spans: Sequence[Span]) -> None:
        """Add someone's own words, with a marigold rule at the side."""
        self.write(spans, QUOTE, "BlockQuote", indent=GUTTER + 12, rule=NOW)

    def heading(self, words: str) -> None:
        """Add a heading inside a section."""
        self.write(words, HEADING, "H3", indent=GUTTER)

    def chapter(self, code: str, title: str, style: Style = SECTION) -> None:
        """Add a section's title, with its code in the margin, its bookmark and its entry."""
        anchor = f"s{len(self.entries) + 1}"
        self.entries.append((anchor, code, title))
        self.write(
            title,
            style,
            "H2",
            label=plain(code, bold=True),
            indent=GUTTER if code else 0.0,
            anchor=anchor,
            outline=(0, f"{code} {title}".strip()),
        )

    def grid(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Sequence[Span]]],
        summary: str,
        indent: float = 0.0,
    ) -> None:
        """Add a table: column headings, and spans for each cell.

        A first cell that says the same as the one above it reaches down instead.
        """
        with self.inside("Table", owner="Table", attributes=_summary(summary)):
            top = self._row([plain(words, bold=True) for words in head], CELL_HEAD, "TH")
            cells: list[GridRow] = []
            covered = 0
            for at, row in enumerate(rows):
                reach = 1 if at < covered else _reach(rows, at)
                cells.append(self._row(row, CELL, "TD", reach, repeats=at < covered))
                covered = max(covered, at + reach)
        self.add(Grid(top, cells, self.right, indent * self.scale, parent=self.parent))

    def _row(
        self,
        cells: Sequence[Sequence[Span]],
        style: Style,
        role: str,
        reach: int = 1,
        repeats: bool = False,
    ) -> GridRow:
        with self.inside("TR") as element:
            texts: list[Text | None] = [None] if repeats else []
            for at, spans in enumerate(cells[len(texts) :], len(texts)):
                with self.inside(role, owner="Table", attributes=_cell_is(role, at, reach)):
                    texts.append(self._cell(spans, style))
        return GridRow(tuple(texts), element)

    def _cell(self, spans: Sequence[Span], style: Style) -> Text:
        """Return a cell's paragraph; an empty cell has none."""
        if any(span.text for span in spans):
            return self.text(spans, style)
        return self.text_in(self.parent, spans, style)

    def party_name(self, party_id: str, short: bool = False) -> tuple[Span, ...]:
        """Return a party's mark and name, or nothing where the id is unknown."""
        party = self.charter.party(party_id)
        if party is None:
            return ()
        return (Span(MARK, mark=party.index), Span(f" {party.short if short else party.name}"))

    def frame(self, size: tuple[float, float]) -> Frame:
        """Return the room for text on a page of this size."""
        return Frame(MARGIN, BOTTOM, size[0] - 2 * MARGIN, size[1] - TOP - BOTTOM)


def together(texts: Sequence[str], apart: str = " / ") -> str:
    """Return texts that say the same in several languages as one, each different one once."""
    found: dict[str, str] = {}
    for words in filter(None, texts):
        found.setdefault(_bare(words), words)
    mixed = len(found) > 1 and any(unicodedata.bidirectional(c) in _RTL for c in "".join(found))
    return apart.join(isolate(one) if mixed else one for one in found.values())


def apart(texts: Sequence[str]) -> str:
    """Return texts as one: short ones on one line, long ones on lines of their own."""
    return together(texts, "\n" if any(len(one) > _ONE_LINE for one in texts) else " / ")


def _bare(text: str) -> str:
    """Return a text without the marks that only keep directions apart."""
    return "".join(char for char in text if char not in _ISOLATES)


def _reads_right(code: str) -> bool:
    return code.split("-")[0] in RIGHT_TO_LEFT


def _read(spans: Sequence[Span]) -> str:
    return _bare("".join(span.text for span in spans))


def _reach(rows: Sequence[Sequence[Sequence[Span]]], at: int) -> int:
    """Return how many rows the first cell of row `at` stands for."""
    first = rows[at][0]
    same = takewhile(lambda row: len(row) > _JOINING and row[0] == first, rows[at:])
    return min(max(len(list(same)), 1), _FARTHEST)


def _cell_is(role: str, column: int, reach: int) -> dict[str, Any]:
    if role == "TH":
        return {"Scope": Name("Column")}
    return {"RowSpan": reach} if reach > 1 and column == 0 else {}


def _summary(words: str) -> dict[str, Any]:
    return {"Summary": text(words)} if words else {}
