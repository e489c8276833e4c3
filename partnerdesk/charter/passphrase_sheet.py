"""The recovery sheet: one page that keeps a passphrase on paper, and says how it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from partnerdesk.charter.pages_look import RIGHT_TO_LEFT, SIZES
from partnerdesk.charter.typeset import flow
from partnerdesk.charter.typeset.blocks import (
    INK,
    LINE,
    TEXT2,
    Art,
    Block,
    Columns,
    Gap,
    Stack,
    Style,
    Text,
)
from partnerdesk.charter.typeset.canvas import TaggedCanvas
from partnerdesk.charter.typeset.flow import Frame
from partnerdesk.charter.typeset.metadata import About
from partnerdesk.charter.typeset.objects import colour, number
from partnerdesk.charter.typeset.shape import plain
from partnerdesk.charter.typeset.structure import Element
from partnerdesk.language import ROOM, _

BOXES = 6
MOST_BOXES = 12
_MARGIN = 66.0

_TITLE = Style(26, 32, bold=True, after=6)
_LEAD = Style(12, 17.5, ink=TEXT2, after=8)
_HEAD = Style(14, 19, bold=True, ink=INK, before=22, after=8, keep=True)
_WORD = Style(16, 30, bold=True)
_BODY = Style(11.5, 17, after=6)


def passphrase_sheet(passphrase: str, file: str, made: datetime, page: str = "A4") -> bytes:
    """Return the sheet as a PDF; '' leaves lines for the passphrase or the file's name by hand.

    Nothing on it names the partnership, and its title is neutral.
    """
    size = SIZES.get(page, SIZES["A4"])
    root = Element("Document")
    about = About(title=_("Sheet"), language=ROOM.code, made=made, author="PartnerDesk")
    canvas = TaggedCanvas(size, about)
    canvas.root = root
    frame = Frame(_MARGIN, _MARGIN, size[0] - 2 * _MARGIN, size[1] - 2 * _MARGIN)
    placed = flow.paginate(list(_blocks(root, passphrase, file, made)), frame)
    flow.draw(placed, canvas, frame, _nothing, _nothing)
    return canvas.finish()


def _blocks(root: Element, passphrase: str, file: str, made: datetime) -> Iterator[Block]:
    yield _text(root, _("Recovery sheet"), _TITLE, "H1")
    lead = _("Keep this sheet as you keep a key: apart from the laptop, where few people come.")
    yield _text(root, lead, _LEAD)
    yield _text(root, _("It opens this file"), _HEAD, "H2")
    yield _filled(root, file)
    yield _text(root, _("The passphrase"), _HEAD, "H2")
    yield from _passphrase(root, passphrase)
    yield _text(root, _("How it is used"), _HEAD, "H2")
    for place, line in enumerate(_how(), 1):
        yield _text(root, line, _BODY, label=f"{place}.")
    yield _text(root, _("Who has this sheet"), _HEAD, "H2")
    yield _asked(root, _("Written on"), f"{made:%Y-%m-%d}" if passphrase else "")
    yield _asked(root, _("Kept by"), "")
    yield _asked(root, _("Kept where"), "")


def _how() -> tuple[str, ...]:
    return (
        _("Open the file in PartnerDesk and type the words, with one space between them."),
        _("Spelling counts, and so do capital letters."),
        _("Nobody can open the file without the passphrase, not even those who made PartnerDesk."),
        _(
            "If others may have read this sheet: set another passphrase, then burn the sheet. "
            "Copies made before still open with the old one."
        ),
        _("Without PartnerDesk, any program for SQLCipher 4 opens the file."),
    )


def _passphrase(root: Element, passphrase: str) -> Iterator[Block]:
    """Yield a numbered place for each word, in pairs; another passphrase stands in one line."""
    words: Sequence[str] = passphrase.split() or ("",) * BOXES
    if passphrase and not 1 < len(words) <= MOST_BOXES:
        yield _filled(root, passphrase)
        return
    cells: list[Block] = [_cell(root, place, word) for place, word in enumerate(words, 1)]
    for at in range(0, len(cells), 2):
        pair = [(0.5, one) for one in (*cells[at : at + 2], Gap(0))[:2]]
        yield Columns(pair, gutter=28, right=_right(), after=8)


def _cell(root: Element, place: int, word: str) -> Block:
    text = _text(root, word or "\u00a0", _WORD, label=str(place))
    return Stack([text, _line()])


def _filled(root: Element, words: str) -> Block:
    """Return a line with words on it, or an empty one to write on."""
    return Stack([_text(root, words or "\u00a0", _WORD), _line()])


def _asked(root: Element, question: str, answer: str) -> Block:
    asked = _text(root, question, _BODY)
    given = Stack([_text(root, answer or "\u00a0", _BODY), _line()])
    return Columns([(110.0, asked), (1.0, given)], gutter=10, right=_right(), after=6)


def _text(root: Element, words: str, style: Style, tag: str = "P", label: str = "") -> Text:
    return Text(
        root.add(tag),
        plain(words, bold=style.bold),
        style,
        right=_right(),
        language=ROOM.code,
        indent=24.0 if label else 0.0,
        label=plain(label) if label else (),
    )


def _line() -> Art:
    def paint(x: float, top: float, width: float) -> str:
        y = number(top - 1)
        ends = f"{number(x)} {y} m {number(x + width)} {y} l"
        return f"q {colour(LINE)} RG 1 w {ends} S Q"

    return Art(4.0, paint)


def _right() -> bool:
    return ROOM.code in RIGHT_TO_LEFT


def _nothing(_canvas: TaggedCanvas, _index: int, _count: int) -> None:
    """Draw nothing above or below the text."""
