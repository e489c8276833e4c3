"""The whole document: cover, contents, sections, annexes, check page, footers."""

from __future__ import annotations

from datetime import UTC, datetime

from partnerdesk.charter.canonical import canonical
from partnerdesk.charter.languages import Tongues, tongue_of
from partnerdesk.charter.pages_body import add_section
from partnerdesk.charter.pages_cover import add_cover, contents
from partnerdesk.charter.pages_look import MARGIN, SIZES, Pages
from partnerdesk.charter.pages_signing import add_verification
from partnerdesk.charter.pages_words import (
    is_draft,
    kind_words,
    mark_words,
    page_words,
    status_words,
    version_words,
)
from partnerdesk.charter.typeset import flow, shape
from partnerdesk.charter.typeset.blocks import LINE, TEXT2, Block
from partnerdesk.charter.typeset.canvas import TaggedCanvas
from partnerdesk.charter.typeset.metadata import About, Attachment
from partnerdesk.charter.typeset.objects import colour, number
from partnerdesk.charter.typeset.shape import plain
from partnerdesk.language import TONGUES, _, speaking
from partnerdesk.model.charter import Charter, Seal

SIGNING = frozenset({"C20", "S6"})
FOOT, FOOT_LINE, _FOOT_SIZE = 44.0, 11.0, 8.0
_WATERMARK, _WATERMARK_SIZE, _WATERMARK_LENGTH = "EFECE6", 120.0, 760.0


def document(
    charter: Charter,
    seal: Seal | None,
    page: str,
    scale: float,
    superseded_by: int = 0,
    tongues: Tongues = TONGUES,
) -> bytes:
    """Return the finished PDF on paper of this size."""
    seal = None if charter.public else seal
    spoken = tuple(tongue_of(tongues, code) for code in charter.languages)
    with speaking(spoken[0]):
        return _document(Pages(charter, seal, scale, superseded_by, spoken), page)


def _document(pages: Pages, page: str) -> bytes:
    charter, seal = pages.charter, pages.seal
    size = SIZES.get(page, SIZES["A4"])
    frame = pages.frame(size)
    placed = flow.paginate(_blocks(pages, frame.height), frame)
    pages.numbers.update(flow.anchors(placed))
    canvas = TaggedCanvas(size, _about(pages), [_data(charter)])
    canvas.root = pages.root

    def under(drawn: TaggedCanvas, _index: int, _count: int) -> None:
        if pages.superseded_by:
            watermark(drawn, size, _("SUPERSEDED"))
        elif is_draft(charter, seal):
            watermark(drawn, size, _("DRAFT"))

    def over(drawn: TaggedCanvas, index: int, count: int) -> None:
        _footer(drawn, pages, size[0], index + 1, count)

    flow.draw(placed, canvas, frame, under, over)
    return canvas.finish()


def _blocks(pages: Pages, height: float) -> list[Block]:
    """Return all blocks; the contents stand before the rest and are set after it."""
    add_cover(pages, height)
    cover, pages.blocks = pages.blocks, []
    listed = pages.root.add("Sect")
    _add_changes(pages)
    others = pages.charter.others
    for at, section in enumerate(pages.charter.sections):
        every = (section, *(other.sections[at] for other in others))
        add_section(pages, every, on_new_page=at == 0 or section.code in SIGNING)
    for at, annex in enumerate(pages.charter.annexes):
        add_section(pages, (annex, *(other.annexes[at] for other in others)), on_new_page=at == 0)
    add_verification(pages)
    with pages.under(listed):
        return [*cover, *contents(pages), *pages.blocks]


def _add_changes(pages: Pages) -> None:
    """Add what changed, in one language after the other: they need not have changed alike."""
    each = (pages.charter.changes, *(other.changes for other in pages.charter.others))
    for at, sections in enumerate(each):
        with pages.alone(at):
            for section in sections:
                add_section(pages, (section,), on_new_page=True)


def _about(pages: Pages) -> About:
    charter = pages.charter
    names = ", ".join(party.name for party in charter.parties)
    subject = f"{version_words(charter)}. {status_words(charter, pages.seal, pages.superseded_by)}"
    return About(
        title=charter.title or kind_words(charter),
        language=charter.language,
        made=_day(charter.date),
        author=names or "PartnerDesk",
        subject=subject,
        keywords=_("partnership charter"),
    )


def _day(day: str) -> datetime:
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)


def _data(charter: Charter) -> Attachment:
    words = _("The same charter as data")
    return Attachment("charter.json", "application/json", canonical(charter), words)


def _footer(canvas: TaggedCanvas, pages: Pages, width: float, page: int, count: int) -> None:
    """Print title and page number, and below them version and the first four words."""
    charter, seal = pages.charter, pages.seal
    words = mark_words(charter, seal)
    room = width - 2 * MARGIN
    near, far = (1.0, 0.0) if pages.right else (0.0, 1.0)
    with canvas.artifact("Pagination"):
        foot_rule(canvas, room)
        line_at(canvas, charter.title, FOOT, (room - 90, near), pages.right)
        line_at(canvas, page_words(page, count), FOOT, (room, far), pages.right)
        line_at(canvas, version_words(charter), FOOT - FOOT_LINE, (room, near), pages.right)
        line_at(canvas, words, FOOT - FOOT_LINE, (room, far), pages.right)


def foot_rule(canvas: TaggedCanvas, room: float) -> None:
    """Draw the hairline above the footer."""
    canvas.paint(
        f"q {colour(LINE)} RG 0.6 w {number(MARGIN)} {number(FOOT + 15)} m "
        f"{number(MARGIN + room)} {number(FOOT + 15)} l S Q"
    )


def line_at(
    canvas: TaggedCanvas, words: str, y: float, place: tuple[float, float], right: bool
) -> None:
    """Print one line, cut where it is longer than its room, at a share of the page's width."""
    room, share = place
    lines = shape.lines(plain(words), room / _FOOT_SIZE)[0]
    spare = room - lines[0].width * _FOOT_SIZE
    shift = 90.0 if right and room < canvas._pagesize[0] - 2 * MARGIN else 0.0
    canvas.show_line(lines[0], MARGIN + shift + spare * share, y, _FOOT_SIZE, TEXT2)


def watermark(canvas: TaggedCanvas, size: tuple[float, float], words: str) -> None:
    """Print large pale words across the page, smaller where they are long."""
    line = shape.lines(plain(words, bold=True), 1000)[0][0]
    type_size = min(_WATERMARK_SIZE, _WATERMARK_LENGTH / line.width)
    with canvas.artifact("Background"):
        canvas.saveState()
        canvas.translate(size[0] / 2, size[1] / 2)
        canvas.rotate(52)
        half = line.width * type_size / 2
        canvas.show_line(line, -half, -type_size * 0.36, type_size, _WATERMARK)
        canvas.restoreState()
