"""A charter on one page for the wall: who, what for, how we decide, what never, what is next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from partnerdesk.charter.languages import Tongues, in_language, tongue_of
from partnerdesk.charter.pages_document import watermark
from partnerdesk.charter.pages_look import Pages
from partnerdesk.charter.pages_words import is_draft, kind_words, mark_words, version_words
from partnerdesk.charter.poster_words import LONGEST, Item, Part, decides_words, parts_of
from partnerdesk.charter.typeset import flow
from partnerdesk.charter.typeset.blocks import (
    INK,
    LINE,
    NOW,
    TEXT2,
    Art,
    Block,
    Columns,
    Gap,
    Stack,
    Style,
)
from partnerdesk.charter.typeset.canvas import TaggedCanvas
from partnerdesk.charter.typeset.flow import Frame
from partnerdesk.charter.typeset.marks import selvedge_operators
from partnerdesk.charter.typeset.metadata import About
from partnerdesk.charter.typeset.objects import colour, number
from partnerdesk.charter.typeset.shape import MARK, Span, plain
from partnerdesk.language import TONGUES, _, speaking
from partnerdesk.model.charter import Charter, Seal

SIZES = {"A4": (595.276, 841.89), "Letter": (612.0, 792.0), "A3": (841.89, 1190.551)}
_MARGIN = 44.0
_MOST, _MOST_PARTIES = 12, 8
_LONGEST_TITLE, _LONGEST_NAME = 120, 60

_KIND = Style(10, 14, bold=True, ink=INK, after=4)
_TITLE = Style(26, 31, bold=True, after=8)
_PURPOSE = Style(14, 20, ink=TEXT2, after=6)
_PARTY = Style(11, 15, bold=True)
_HEAD = Style(15, 20, bold=True, ink=INK, after=6)
_ITEM = Style(10.5, 14.5, after=6)
_REST = Style(9, 12.5, ink=TEXT2, after=2)


def poster(
    charter: Charter,
    seal: Seal | None,
    *,
    page: str = "",
    language: str = "",
    tongues: Tongues = TONGUES,
) -> bytes:
    """Return the charter as one page, PDF/A-3a and PDF/UA-1; the same arguments, the same bytes.

    `page` is "A4", "Letter" or "A3", and the charter's own where it is ''; `language` is one of
    the charter's, the leading one where it is ''. What has no room is left out as whole items,
    and counted in words. No person is named, only partners.
    """
    seal = None if charter.public else seal
    alone = in_language(charter, language or charter.language)
    with speaking(tongue_of(tongues, alone.language)):
        return _poster(alone, seal, page or charter.page)


def _poster(charter: Charter, seal: Seal | None, page: str) -> bytes:
    size = SIZES.get(page, SIZES["A4"])
    pages, blocks, frame = _fitting(charter, seal, size)
    canvas = TaggedCanvas(size, _about(charter))
    canvas.root = pages.root

    def under(drawn: TaggedCanvas, _index: int, _count: int) -> None:
        if is_draft(charter, seal):
            watermark(drawn, size, _("DRAFT"))

    placed = flow.paginate([Stack(blocks)], frame)
    flow.draw(placed, canvas, frame, under, lambda _canvas, _index, _count: None)
    return canvas.finish()


def _fitting(
    charter: Charter, seal: Seal | None, size: tuple[float, float]
) -> tuple[Pages, list[Block], Frame]:
    """Return the largest print with the most items that stays on the page."""
    paper = size[0] / SIZES["A4"][0]
    margin = _MARGIN * paper
    frame = Frame(margin, margin, size[0] - 2 * margin, size[1] - 2 * margin)
    parts = parts_of(charter)
    for scale, most in _attempts():
        pages = Pages(charter, seal, paper * scale)
        upper, lower = _blocks(pages, parts, most)
        spare = frame.height - Stack([*upper, *lower]).height(frame.width)
        if spare >= 1.0:
            break
    return pages, [*upper, Gap(spare - 1.0), *lower], frame


def _attempts() -> Iterator[tuple[float, int]]:
    """Yield sizes of print and numbers of items, the best first: the last fits any charter."""
    yield from ((scale, _MOST) for scale in (1.3, 1.15, 1.0, 0.9))
    yield from ((0.9, most) for most in range(_MOST - 1, 0, -1))
    yield from ((scale, 0) for scale in (0.9, 0.7, 0.5))


def _about(charter: Charter) -> About:
    try:
        made = datetime.fromisoformat(charter.date).replace(tzinfo=UTC)
    except ValueError:
        made = datetime(2000, 1, 1, tzinfo=UTC)
    return About(
        title=_("Poster: {title}").format(title=charter.title or kind_words(charter)),
        language=charter.language,
        made=made,
        author=", ".join(party.name for party in charter.parties) or "PartnerDesk",
        subject=version_words(charter),
        keywords=_("partnership charter"),
    )


def _blocks(pages: Pages, parts: tuple[Part, ...], most: int) -> tuple[list[Block], list[Block]]:
    """Return what stands at the top of the page, and what stands at its foot."""
    goals, decisions, red_lines, dates = (part.cut(most) for part in parts)
    room = Gap(10 * pages.scale)
    upper = [*_head(pages), room, *_parties(pages, _MOST_PARTIES if most else 1), room]
    left = [*_part(pages, goals, INK), *_part(pages, decisions, INK, decides_words())]
    right = [*_part(pages, red_lines, NOW), *_part(pages, dates, INK)]
    sides = [(0.5, Stack(left)), (0.5, Stack(right))]
    columns = Columns(sides, gutter=28 * pages.scale, right=pages.right)
    return [*upper, columns], _foot(pages)


def _head(pages: Pages) -> Iterator[Block]:
    charter = pages.charter
    yield _band(pages)
    yield Gap(14 * pages.scale)
    yield pages.text(kind_words(charter), _KIND)
    yield pages.text(_short(charter.title, _LONGEST_TITLE), _TITLE, "H1")
    if charter.purpose and len(charter.purpose) <= 2 * LONGEST:
        yield pages.text(charter.purpose, _PURPOSE)
    elif charter.purpose:
        yield pages.text(_("Our shared purpose is in the charter, section C3."), _REST)


def _parties(pages: Pages, most: int) -> Iterator[Block]:
    """Yield the partners in pairs, each with its mark, and how many more there are."""
    shown = pages.charter.parties[:most]
    names: list[Block] = [
        pages.text(
            _short(party.name, _LONGEST_NAME),
            _PARTY,
            label=(Span(MARK, mark=party.index),),
            indent=18,
        )
        for party in shown
    ]
    for at in range(0, len(names), 2):
        pair = [(0.5, one) for one in (*names[at : at + 2], Gap(0))[:2]]
        yield Columns(pair, right=pages.right, after=4 * pages.scale)
    left = len(pages.charter.parties) - len(shown)
    if left:
        yield pages.text(_("and {n} more in the charter").format(n=left), _REST)


def _part(pages: Pages, part: Part, ink: str, note: str = "") -> list[Block]:
    blocks: list[Block] = [_rule(pages, ink), pages.text(part.title, _HEAD, "H2")]
    if part.items:
        with pages.inside("L"):
            blocks += [_item(pages, item) for item in part.items]
    marked = any(span.mark >= 0 for item in part.items for span in item)
    rest = (part.rest, note if marked else "")
    blocks += [pages.text(words, _REST) for words in rest if words]
    return [*blocks, Gap(12 * pages.scale)]


def _item(pages: Pages, item: Item) -> Block:
    with pages.inside("LI") as entry:
        label, body = entry.add("Lbl"), entry.add("LBody")
    keys = {"label": plain("–"), "indent": 13.0, "label_element": label}
    return pages.text_in(body, item, _ITEM, **keys)


def _foot(pages: Pages) -> list[Block]:
    charter = pages.charter
    words = _("A summary of version {version}. The charter itself counts, with all that it says.")
    lines = [words.format(version=charter.version), _standing(pages)]
    told = (pages.text(line, _REST) for line in lines)
    return [_rule(pages, LINE), *told, Gap(6 * pages.scale), _band(pages)]


def _standing(pages: Pages) -> str:
    charter, seal = pages.charter, pages.seal
    if is_draft(charter, seal):
        return _("Draft: nobody has signed this text.")
    return _("Fingerprint begins: {words}").format(words=mark_words(charter, seal))


def _band(pages: Pages) -> Art:
    high = 12.0 * pages.scale
    indexes = tuple(party.index for party in pages.charter.parties[:_MOST_PARTIES])
    return Art(high, lambda x, top, width: selvedge_operators(indexes, x, top - high, width, high))


def _rule(pages: Pages, ink: str) -> Art:
    """Return a line above a part, with a little room below it."""
    thick = 1.6 * pages.scale if ink != LINE else 0.7

    def paint(x: float, top: float, width: float) -> str:
        y = number(top - thick)
        ends = f"{number(x)} {y} m {number(x + width)} {y} l"
        return f"q {colour(ink)} RG {number(thick)} w {ends} S Q"

    return Art(8.0 * pages.scale, paint)


def _short(words: str, longest: int) -> str:
    """Return a name whole, or its beginning where it would fill the page."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
