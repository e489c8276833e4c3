"""The printed charter: valid for archives and readers, complete, and the same bytes always."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from partnerdesk.charter.canonical import canonical
from partnerdesk.charter.compose import compose
from partnerdesk.charter.preview import page_count, page_rgb
from partnerdesk.charter.render import missing_glyphs, render
from partnerdesk.errors import EnvironmentProblem
from partnerdesk.model.charter import Charter, ClauseEntry, Seal
from partnerdesk.model.record import Record

ROOT = Path(__file__).parents[3]
WORDS = ("harbour", "maize", "seven", "lantern", "river", "mango", "bell", "thread")
SEAL = Seal("ab" * 32, "0123456789abcdef" * 4, WORDS, "ef" * 32)
MIXED = "يتفق الشركاء كل 12 شهراً مع (WaterAid). पारदर्शिता शर्तें। በግልጽነት፣ їжак а́"


@pytest.fixture(scope="module")
def charter(workshop_a: Record) -> Charter:
    return compose(workshop_a, charter_id="019a-lake")


@pytest.fixture(scope="module")
def sealed(charter: Charter) -> bytes:
    return render(charter, SEAL)


@pytest.fixture(scope="module")
def draft(charter: Charter) -> bytes:
    return render(charter, None)


@pytest.fixture(scope="module")
def opened(sealed: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(sealed))


def pages_text(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [document[at].get_textpage().get_text_bounded() for at in range(len(document))]
    document.close()
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def failures(pdf: bytes, profile: str, tmp_path: Path) -> str:
    file = tmp_path / "charter.pdf"
    file.write_bytes(pdf)
    said = str(validator.validate_pdf(str(file), profile=profile))
    return "" if "no failures in implemented checks" in said and " 0 failed" in said else said


def elements(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    below = [e for kid in listed if isinstance(kid, pikepdf.Dictionary) for e in elements(kid)]
    return ([node] if "/S" in node else []) + below


def in_another_script(charter: Charter) -> Charter:
    sections = tuple(
        replace(
            section,
            blocks=tuple(
                replace(b, text=MIXED) if isinstance(b, ClauseEntry) else b for b in section.blocks
            ),
        )
        for section in charter.sections
    )
    return replace(charter, language="ar", title=f"{charter.title} {MIXED}", sections=sections)


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_sealed_charter_is_valid(sealed: bytes, profile: str, tmp_path: Path) -> None:
    assert failures(sealed, profile, tmp_path) == ""


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_draft_is_valid(draft: bytes, profile: str, tmp_path: Path) -> None:
    assert failures(draft, profile, tmp_path) == ""


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_charter_in_four_scripts_from_right_to_left_is_valid(
    charter: Charter, profile: str, tmp_path: Path
) -> None:
    assert failures(render(in_another_script(charter), SEAL), profile, tmp_path) == ""


def test_the_same_charter_and_seal_give_the_same_bytes(charter: Charter, sealed: bytes) -> None:
    assert render(charter, SEAL) == sealed


def test_another_process_gives_the_same_bytes(
    charter: Charter, sealed: bytes, tmp_path: Path
) -> None:
    data, result = tmp_path / "charter.json", tmp_path / "charter.pdf"
    data.write_bytes(canonical(charter))
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from partnerdesk.charter.canonical import from_json\n"
        "from partnerdesk.charter.render import render\n"
        "from partnerdesk.model.charter import Seal\n"
        f"seal = {SEAL!r}\n"
        "made = render(from_json(Path(sys.argv[1]).read_bytes()), seal)\n"
        "Path(sys.argv[2]).write_bytes(made)\n"
    )
    command = [sys.executable, "-c", program, str(data), str(result)]
    subprocess.run(command, cwd=ROOT, check=True)
    assert result.read_bytes() == sealed


def test_importing_the_printer_loads_no_heavy_library() -> None:
    program = (
        "import sys, partnerdesk.charter.render, partnerdesk.charter.preview\n"
        "import partnerdesk.charter.typeset.outlines\n"
        "heavy = {'reportlab', 'uharfbuzz', 'fontTools', 'pypdfium2', 'PIL'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_every_clause_and_every_reservation_is_printed_word_for_word(
    charter: Charter, sealed: bytes
) -> None:
    printed = squeezed("".join(pages_text(sealed)))
    for clause in charter.clauses():
        assert squeezed(clause.number + clause.text) in printed
        for consent in clause.consents:
            assert squeezed(consent.reservation) in printed


def test_every_section_has_its_heading_and_its_line_in_the_contents(
    charter: Charter, opened: pikepdf.Pdf, sealed: bytes
) -> None:
    contents = squeezed(pages_text(sealed)[1])
    for section in (*charter.sections, *charter.annexes):
        assert squeezed(section.code + section.title) in contents
    roles = [str(element["/S"]) for element in elements(opened.Root.StructTreeRoot)]
    assert roles.count("/H1") == 1
    assert roles.count("/TOCI") == len(charter.sections) + len(charter.annexes) + 1


def test_every_page_says_title_version_place_in_the_whole_and_four_words(
    charter: Charter, sealed: bytes
) -> None:
    texts = pages_text(sealed)
    for at, text in enumerate(texts, 1):
        assert charter.title in text
        assert "Version 1" in text
        assert f"Page {at} of {len(texts)}" in text
        assert " ".join(WORDS[:4]) in text


def test_every_page_of_a_draft_says_so(draft: bytes) -> None:
    assert all("DRAFT" in text and "Draft" in text for text in pages_text(draft))
    assert not any(WORDS[0] in text for text in pages_text(draft))


def test_the_check_page_holds_the_words_and_a_code_that_can_be_scanned(sealed: bytes) -> None:
    last = page_count(sealed)
    text = pages_text(sealed)[-1]
    assert all(word in text for word in WORDS)
    width, height, pixels = page_rgb(sealed, last, 100)
    picture = Image.frombytes("RGBA", (width, height), pixels).convert("L")
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"PD1:{SEAL.fingerprint}"]


def test_the_charter_lies_inside_as_data(charter: Charter, opened: pikepdf.Pdf) -> None:
    assert opened.attachments["charter.json"].get_file().read_bytes() == canonical(charter)
    assert opened.Root.AF[0].AFRelationship == "/Data"


def test_each_signatory_has_a_tagged_field_and_the_last_one_closes_the_file(
    charter: Charter, opened: pikepdf.Pdf
) -> None:
    fields = list(opened.Root.AcroForm.Fields)
    names = [f"Signature{place.number}" for place in charter.signature_blocks()]
    assert [str(field.T) for field in fields] == names
    for at, field in enumerate(fields[:-1], 1):
        assert field.Lock.Action == "/Include"
        assert [str(name) for name in field.Lock.Fields] == names[:at]
    assert (str(fields[-1].Lock.Action), int(fields[-1].Lock.P)) == ("/All", 1)
    forms = [e for e in elements(opened.Root.StructTreeRoot) if e["/S"] == "/Form"]
    assert [form.K.Obj.T for form in forms] == [field.T for field in fields]


def test_a_draft_has_nothing_to_sign_in(draft: bytes) -> None:
    with pikepdf.open(io.BytesIO(draft)) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_each_field_is_large_enough_for_a_name_and_a_thumb(opened: pikepdf.Pdf) -> None:
    for field in opened.Root.AcroForm.Fields:
        left, bottom, right, top = (float(edge) for edge in field.Rect)
        assert right - left >= 220
        assert top - bottom >= 70
        assert "/N" in field.AP


def test_all_fonts_are_embedded_and_come_from_us(opened: pikepdf.Pdf) -> None:
    fonts = [font for sheet in opened.pages for font in sheet.Resources.Font.values()]
    assert fonts
    for font in fonts:
        assert str(font.BaseFont).split("+")[1].startswith("Noto")
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


def test_words_of_every_script_can_be_read_out_of_the_file(charter: Charter) -> None:
    printed = "".join(pages_text(render(in_another_script(charter), SEAL)))
    assert all(word in printed for word in ("їжак", "በግልጽነት", "पारदर्शिता"))


@pytest.mark.parametrize(
    ("page", "size"), [("", (595.28, 841.89)), ("A4", (595.28, 841.89)), ("Letter", (612, 792))]
)
def test_the_paper_is_the_one_asked_for(
    charter: Charter, page: str, size: tuple[float, float]
) -> None:
    with pikepdf.open(io.BytesIO(render(charter, SEAL, page=page))) as pdf:
        box = [float(edge) for edge in pdf.pages[0].MediaBox]
    assert box[2:] == pytest.approx(size, abs=0.1)


def test_large_print_takes_more_pages(charter: Charter, sealed: bytes, tmp_path: Path) -> None:
    large = render(charter, SEAL, scale=1.5)
    assert page_count(large) > page_count(sealed)
    assert failures(large, "3a", tmp_path) == ""


def test_a_charter_without_anything_still_prints(charter: Charter, tmp_path: Path) -> None:
    empty = replace(charter, purpose="", date="", place="", parties=(), sections=(), annexes=())
    assert failures(render(empty, SEAL), "ua1", tmp_path) == ""


def test_the_cover_is_one_page_for_eight_partners_and_for_large_print(charter: Charter) -> None:
    many = tuple(replace(charter.parties[0], id=f"p{at}", index=at) for at in range(8))
    title = "Lake Basin Water, Livelihoods, Health, Education and Resilience Partnership"
    for cover in (
        render(replace(charter, parties=many, title=title), SEAL),
        render(charter, SEAL, page="Letter", scale=1.5),
    ):
        assert "Fingerprint begins" in pages_text(cover)[0]
        assert "Contents" in pages_text(cover)[1]


def test_characters_that_no_font_covers_are_named(charter: Charter) -> None:
    assert missing_glyphs(charter) == ()
    assert missing_glyphs(replace(charter, title="Lake 湖 😀 湖")) == ("湖", "😀")


def test_pages_come_as_pictures(sealed: bytes) -> None:
    width, height, pixels = page_rgb(sealed, 1, 36)
    assert (width, height) == (298, 421)
    assert len(pixels) == width * height * 4


def test_a_page_that_is_not_there_and_a_file_that_is_none_are_refused(sealed: bytes) -> None:
    with pytest.raises(IndexError):
        page_rgb(sealed, 999, 36)
    with pytest.raises(EnvironmentProblem):
        page_count(b"no pdf")


def test_a_clause_of_30_000_characters_goes_on_over_pages_word_for_word(
    workshop_a: Record, draft: bytes
) -> None:
    words = " ".join(f"water{n}" for n in range(3_000))[:30_000]
    first, *others = workshop_a.clauses
    long = replace(workshop_a, clauses=(replace(first, text=words), *others))
    pdf = render(compose(long, charter_id="019a-lake"), None)
    assert page_count(pdf) > page_count(draft) + 5
    assert words.split()[-2] in squeezed("".join(pages_text(pdf)))
