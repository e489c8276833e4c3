"""Tagged pages: content is marked or decoration, links and odd words are parts of the structure."""

from __future__ import annotations

import io
import subprocess
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import page as validator
import pikepdf
import pypdfium2
import pytest
import uharfbuzz as hb
from PIL import ImageCms
from reportlab.graphics.charts.spider import SpiderChart
from reportlab.graphics.shapes import Drawing

from partnerdesk.charter.typeset import fonts, objects, shape
from partnerdesk.charter.typeset.blocks import Figure
from partnerdesk.charter.typeset.canvas import REGULAR, TaggedCanvas
from partnerdesk.charter.typeset.colour_profile import srgb
from partnerdesk.charter.typeset.embed import EmbeddedFont
from partnerdesk.charter.typeset.marks import mark_operators, selvedge_operators
from partnerdesk.charter.typeset.metadata import About
from partnerdesk.charter.typeset.placed import Placed
from partnerdesk.charter.typeset.shape import MARK, Span

ABOUT = About("Title — назва", "en", datetime(2026, 11, 19, tzinfo=UTC), "Authors", "Subject")


def canvas() -> TaggedCanvas:
    return TaggedCanvas((300, 200), ABOUT)


def write(drawn: TaggedCanvas, role: str, spans: list[Span], y: float = 150) -> None:
    with drawn.mark(drawn.root.add(role)):
        drawn.show_line(shape.lines(spans, 100)[0][0], 20, y, 10, "23211E")


def finished(drawn: TaggedCanvas, tmp_path: Path) -> pikepdf.Pdf:
    """Return the file, opened, when both validators find nothing."""
    drawn.showPage()
    data = drawn.finish()
    file = tmp_path / "page.pdf"
    file.write_bytes(data)
    for profile in ("3a", "ua1"):
        said = str(validator.validate_pdf(str(file), profile=profile))
        assert "no failures in implemented checks" in said, said
    return pikepdf.open(io.BytesIO(data))


def test_a_link_is_an_element_with_its_area_and_its_words(tmp_path: Path) -> None:
    drawn = canvas()
    write(drawn, "H1", [Span("See "), Span("the page", link="https://example.org/x"), Span(".")])
    pdf = finished(drawn, tmp_path)
    annotation = pdf.pages[0].Annots[0]
    assert annotation.A.URI == "https://example.org/x"
    assert str(annotation.Contents) == "the page"
    paragraph = pdf.Root.StructTreeRoot.K[0].K[0]
    link = next(kid for kid in paragraph.K if kid.get("/S") == "/Link")
    assert [str(kid.Type) for kid in link.K] == ["/MCR", "/OBJR"]


def test_a_place_can_be_named_and_linked_to_from_an_earlier_page(tmp_path: Path) -> None:
    drawn = canvas()
    write(drawn, "H1", [Span("First")])
    drawn.link_area("#later", "Go there", (20, 20, 90, 40), drawn.root.add("Link"))
    drawn.showPage()
    drawn.destination("later", 180, (0, "Later"))
    write(drawn, "P", [Span("Second")])
    pdf = finished(drawn, tmp_path)
    assert pdf.pages[0].Annots[0].Dest[0].objgen == pdf.pages[1].objgen
    assert str(pdf.Root.Outlines.First.Title) == "Later"


def test_a_word_whose_glyphs_cannot_tell_it_says_it_itself(tmp_path: Path) -> None:
    drawn = canvas()
    write(drawn, "H1", [Span("वर्ष 12 e\u0344x \u0903 साझेदार")])
    pdf = finished(drawn, tmp_path)
    content = pdf.pages[0].Contents.read_bytes()
    assert b"/ActualText" in content
    depth = 0
    for word in content.split():
        depth += (word in (b"BDC", b"BMC")) - (word == b"EMC")
        assert depth in (0, 1)


def test_every_reader_finds_signs_and_spaces_where_they_belong(tmp_path: Path) -> None:
    lines = (
        "किसी पारदर्शिता की शर्तें अच्छे साझेदार में हैं।",
        "She has a year; его год в ґанку.",
        "በግልጽነት እንሠራለን።",
    )
    drawn = canvas()
    for at, line in enumerate(lines):
        write(drawn, "P" if at else "H1", [Span(line)], y=150 - 20 * at)
    finished(drawn, tmp_path)
    file = str(tmp_path / "page.pdf")
    commands = ["pdftotext", "-nopgbrk", file, "-"], ["mutool", "draw", "-q", "-F", "txt", file]
    document = pypdfium2.PdfDocument(file)
    found = [document[0].get_textpage().get_text_bounded()]
    document.close()
    found += [
        subprocess.run(one, capture_output=True, check=True).stdout.decode() for one in commands
    ]
    for text in found:
        assert [line.strip() for line in text.splitlines() if line.strip()] == list(lines)


def test_vowel_signs_stay_in_their_arabic_words(tmp_path: Path) -> None:
    words = "نوقّع يومًا قُدمًا اتُّفق"
    drawn = canvas()
    write(drawn, "H1", [Span(words)])
    finished(drawn, tmp_path)
    file = str(tmp_path / "page.pdf")
    ran = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True)
    document = pypdfium2.PdfDocument(file)
    found = [ran.stdout.decode(), document[0].get_textpage().get_text_bounded()]
    document.close()
    told = [unicodedata.normalize("NFC", shape.readable(text)) for text in found]
    assert [text.split() for text in told] == [unicodedata.normalize("NFC", words).split()] * 2


def test_one_glyph_says_different_texts_in_different_words() -> None:
    devanagari = fonts.faces()[2]
    font, glyph = EmbeddedFont(devanagari, "T1"), Placed(58)
    first, second = font.code(glyph, "श"), font.code(glyph, "्श")
    assert (first, font.code(glyph, "श"), font.code(glyph, "्श")) == (58, 58, second)
    assert second >= devanagari.blob.glyph_count
    assert font.glyphs[second] == glyph


@pytest.mark.parametrize("face", fonts.faces(), ids=lambda face: face.name)
def test_a_copy_of_a_glyph_stands_where_it_is_wanted(face: fonts.Face) -> None:
    letter = next(c for c in "aشकለ" if c in face.covered)
    glyph = face.font.get_nominal_glyph(ord(letter))
    font, copy = EmbeddedFont(face, "T1"), Placed(glyph, 110, -266)
    assert font.width(font.code(copy, letter)) == 0
    assert font.width(font.code(Placed(glyph), letter)) == face.width(glyph)
    program, numbers = font._subset()
    made = hb.Font(hb.Face(program))
    old, new = (made.get_glyph_extents(numbers[one]) for one in (Placed(glyph), copy))
    assert (new.x_bearing - old.x_bearing, new.y_bearing - old.y_bearing) == (110, -266)
    assert (new.width, new.height) == (old.width, old.height)
    advances = [made.get_glyph_h_advance(numbers[one]) for one in (Placed(glyph), copy)]
    assert advances == [round(face.width(glyph) * face.em), 0]


def test_marks_and_bands_of_eight_partners_differ() -> None:
    marks = {mark_operators(index, 0, 0, 20) for index in range(8)}
    bands = {selvedge_operators((index,), 0, 0, 100, 10) for index in range(8)}
    assert (len(marks), len(bands)) == (8, 8)


def test_a_mark_stands_in_the_line_like_a_letter(tmp_path: Path) -> None:
    drawn = canvas()
    write(drawn, "H1", [Span(MARK, mark=2), Span(" Kisumbe")])
    pdf = finished(drawn, tmp_path)
    shown = pdf.pages[0].Contents.read_bytes()
    assert mark_operators(2, 20.8, 150, 8.4).encode() in shown


def test_charts_of_other_hands_get_our_fonts(tmp_path: Path) -> None:
    chart = SpiderChart()
    chart.data, chart.labels = [[4, 3, 5]], ["Equity", "الشفافية", "पारदर्शिता"]
    chart.spokeLabels.fontName = REGULAR
    drawing = Drawing(150, 150)
    drawing.add(chart)
    drawn = canvas()
    write(drawn, "H1", [Span("Chart")], y=185)
    Figure(drawn.root.add("Figure", alt="Three values"), drawing).draw(drawn, 20, 170, 200)
    pdf = finished(drawn, tmp_path)
    assert {str(font.BaseFont)[8:12] for font in pdf.pages[0].Resources.Font.values()} == {"Noto"}


def test_content_cannot_be_marked_inside_other_content() -> None:
    drawn = canvas()
    with pytest.raises(AssertionError), drawn.artifact(), drawn.mark(drawn.root):
        pass


def test_the_colour_profile_is_one_that_programs_understand() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    assert ImageCms.getProfileDescription(profile).strip() == "sRGB IEC61966-2.1"
    assert profile.profile.version == pytest.approx(2.1)


def test_numbers_are_written_short() -> None:
    assert [objects.number(value) for value in (1.0, 0.125, -0.00001, 2.5)] == [
        "1",
        "0.125",
        "0",
        "2.5",
    ]


def test_conjuncts_are_traced_back_to_their_letters() -> None:
    devanagari = fonts.faces()[2]
    glyphs = devanagari.shape("क्ष", right_to_left=False)
    assert devanagari.derived[glyphs[0].id] == "क्ष"
    assert glyphs[0].id not in devanagari.nominal
