"""What changed can be seen: pages as they were signed beside pages as they are now."""

from __future__ import annotations

import io
import sys

import pytest
from PIL import Image, ImageChops

from partnerdesk.signing import isolated, ranges
from partnerdesk.signing.isolated import pages_isolated
from partnerdesk.signing.rendering import MOST_PICTURES, page_pairs
from partnerdesk.signing.report import Known, Report
from partnerdesk.signing.verify import verify
from tests.core.signing.attacks import ATTACKS, annotation, increment, replace_page
from tests.core.signing.ceremony import prepared

Charters = dict[tuple[int, int], bytes]


def picture(png: bytes) -> Image.Image:
    """Return the picture in `png`."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_a_replaced_page_shows_beside_the_one_that_was_signed(
    charters: Charters, known: Known
) -> None:
    pdf = increment(replace_page)(charters[3, 3])
    (pair,) = pages_isolated(pdf, verify(pdf, known))
    assert pair.number == 1
    before, after = picture(pair.before), picture(pair.after)
    assert before.size == after.size
    assert ImageChops.difference(before, after).getbbox() is not None
    frames = before.getcolors(1 << 20) or []
    assert any(colour == (190, 60, 20) for _count, colour in frames)


def test_an_annotation_shows_on_its_page(charters: Charters, known: Known) -> None:
    pdf = increment(annotation("/Square"))(charters[1, 1])
    pairs = pages_isolated(pdf, verify(pdf, known))
    assert pairs[0].number == 1
    assert all(pair.after for pair in pairs)


def test_a_file_edited_in_place_shows_its_pages_alone(charters: Charters, known: Known) -> None:
    pdf = ATTACKS["name edited"](charters[3, 3])
    pairs = pages_isolated(pdf, verify(pdf, known))
    assert [pair.number for pair in pairs] == [1, 2]
    assert all(pair.after and not pair.before for pair in pairs)


def test_a_foreign_file_shows_its_pages(known: Known) -> None:
    pdf = prepared(1)
    pairs = pages_isolated(pdf, verify(pdf, known))
    assert [pair.number for pair in pairs] == [1, 2]


def test_a_page_that_is_gone_has_no_picture_now() -> None:
    import pikepdf

    long, short = prepared(1), io.BytesIO()
    with pikepdf.open(io.BytesIO(long)) as pdf:
        pdf.pages.remove(p=2)
        pdf.save(short)
    (pair,) = page_pairs(long, short.getvalue())
    assert (pair.number, pair.after) == (2, b"")
    assert pair.before


def test_at_most_six_pages_are_drawn() -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _page in range(30):
            pdf.add_blank_page(page_size=(9000, 9000))
        pdf.save(out)
    pairs = page_pairs(b"", out.getvalue())
    assert len(pairs) == MOST_PICTURES
    assert max(picture(pairs[0].after).size) <= 1100


@pytest.mark.parametrize("pdf", [b"", b"junk", b"%PDF-1.7\n" + b"0" * 500])
def test_what_cannot_be_drawn_shows_nothing(pdf: bytes) -> None:
    assert pages_isolated(pdf, Report(())) == ()


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "[[1, 2]]",
        '[[1, "", "bm8gcGljdHVyZQ=="]]',
        '[[1, "", "iVBORw0KGgoAAAANSUhEUgD/AAAA/wAACAIAAAA="]]',
        "[" + ", ".join(['[1, "", ""]'] * 7) + "]",
    ],
)
def test_a_child_that_was_taken_over_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    command = [sys.executable, "-c", f"import sys; sys.stdout.write({answer!r})"]
    monkeypatch.setattr(isolated, "_command", lambda: command)
    assert pages_isolated(b"%PDF-1.7", Report(())) == ()


def test_a_slow_drawing_is_stopped(charters: Charters) -> None:
    assert pages_isolated(charters[1, 1], Report(()), seconds=0.001) == ()


def test_the_signed_revision_ends_where_a_signature_does(charters: Charters) -> None:
    pdf = charters[3, 3]
    ends = [span.end for span in ranges.spans(pdf)]
    assert ranges.signed_revision(pdf) == pdf[: ends[0]]
    assert ranges.signed_revision(pdf + b"\n") == pdf
    assert ranges.signed_revision(charters[1, 1]) == b""
    assert ranges.signed_revision(b"/ByteRange null") == b""
