"""Everything that leaves on the command line: PDF, Word file, poster and text, one or several."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import docx
import pypdfium2
import pytest

import resources
from partnerdesk.cli import main
from partnerdesk.flow.agree import change_clause, clauses
from partnerdesk.flow.ending import keep_closing
from partnerdesk.model.closing import Closing, Ending
from partnerdesk.store import open_store

SAMPLE = str(resources.path("samples/workshop-a.json"))
CLAUSE = "All minutes are in Swahili first and English second, within five days."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a replayed workshop, and the same with a signed charter."""
    out = tmp_path_factory.mktemp("exports")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARTNERDESK_HOME", str(out / "home"))
        assert main(["import-workshop", SAMPLE, str(out / "open.pdesk")]) == 0
        assert main(["demo", "--out", str(out / "done")]) == 0
    shutil.copy(next((out / "done").glob("*.pdesk")), out / "signed.pdesk")
    return out


def words_of(path: Path) -> str:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    return "\n".join(p.text for p in document.paragraphs)


def pages(path: Path) -> list[tuple[float, float]]:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return [page.get_size() for page in document]
    finally:
        document.close()


def test_all_forms_at_once(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf, word, wall, text = (tmp_path / name for name in ("c.pdf", "c.docx", "p.pdf", "c.txt"))
    asked = ["--pdf", pdf, "--docx", word, "--poster", wall, "--text", text]
    assert main(["export", str(folder / "signed.pdesk"), *map(str, asked)]) == 0
    assert capsys.readouterr().out.split() == [str(one) for one in (pdf, word, wall, text)]
    assert pdf.read_bytes() == next((folder / "done").glob("*.pdf")).read_bytes()
    assert CLAUSE in words_of(word)
    assert len(pages(wall)) == 1
    told = text.read_text("utf-8")
    assert CLAUSE in told
    assert "Not signed. The signed charter is the PDF." in told
    assert "Fingerprint words: " in told


def test_a_draft_is_told_in_every_form(folder: Path, tmp_path: Path) -> None:
    word, text = tmp_path / "d.docx", tmp_path / "d.txt"
    asked = ["--docx", str(word), "--text", str(text), "--draft"]
    assert main(["export", str(folder / "signed.pdesk"), *asked]) == 0
    assert "Draft, not for signing" in words_of(word)
    assert "Draft of version 2" in text.read_text("utf-8")
    assert "Fingerprint words" not in text.read_text("utf-8")


def test_large_print_takes_more_pages_of_the_draft(folder: Path, tmp_path: Path) -> None:
    usual, large = tmp_path / "u.pdf", tmp_path / "l.pdf"
    file = str(folder / "open.pdesk")
    assert main(["export", file, "--pdf", str(usual)]) == 0
    assert main(["export", file, "--pdf", str(large), "--large"]) == 0
    assert len(pages(large)) > len(pages(usual))


def test_what_is_signed_keeps_its_print_and_nothing_is_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word, pdf = tmp_path / "l.docx", tmp_path / "l.pdf"
    asked = ["--docx", str(word), "--pdf", str(pdf), "--large"]
    assert main(["export", str(folder / "signed.pdesk"), *asked]) == 3
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a3_is_for_the_wall_alone(folder: Path, tmp_path: Path) -> None:
    wall, draft = tmp_path / "w.pdf", tmp_path / "d.pdf"
    asked = ["--poster", str(wall), "--pdf", str(draft), "--page", "A3"]
    assert main(["export", str(folder / "open.pdesk"), *asked]) == 0
    assert pages(wall) == [pytest.approx((841.89, 1190.55), abs=0.1)]
    assert pages(draft)[0] == pytest.approx((595.28, 841.89), abs=0.1)


def test_the_same_file_gives_the_same_copies(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        asked = ["--docx", f"{tmp_path}/{name}.docx", "--poster", f"{tmp_path}/{name}.pdf"]
        assert main(["export", str(folder / "signed.pdesk"), *asked]) == 0
    for ending in ("docx", "pdf"):
        first, second = (tmp_path / f"{name}.{ending}" for name in ("a", "b"))
        assert first.read_bytes() == second.read_bytes()


def test_to_ask_for_nothing_is_a_wrong_command(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["export", str(folder / "open.pdesk")])
    assert left.value.code == 64
    assert "--docx" in capsys.readouterr().err


def test_a_character_without_a_font_stops_what_is_printed_but_not_the_word_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from contextlib import closing

    from partnerdesk.flow.setup import new_partnership

    file = str(tmp_path / "odd.pdesk")
    with closing(new_partnership(Path(file), "Lake 湖")):
        pass
    assert main(["export", file, "--poster", str(tmp_path / "p.pdf")]) == 3
    assert "U+6E56" in capsys.readouterr().err
    assert main(["export", file, "--docx", str(tmp_path / "w.docx")]) == 0
    assert "Lake 湖" in words_of(tmp_path / "w.docx")


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        pages_ = [page.get_textpage().get_text_bounded() for page in document]
        return " ".join(" ".join(pages_).split())
    finally:
        document.close()


def test_the_public_version_names_nobody_and_tells_what_is_left(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = tmp_path / "public.pdf"
    assert main(["export", str(folder / "signed.pdesk"), "--public", str(public)]) == 0
    assert "Rose Anyango" not in text_of(public)
    assert "Full charter" in text_of(public)
    assert capsys.readouterr().err == ""


def test_what_changed_since_a_version_is_written_by_itself(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = shutil.copy(folder / "signed.pdesk", tmp_path / "changed.pdesk")
    with open_store(Path(changed)) as store:
        change_clause(store, clauses(store)[0].id, text="Water is for everybody.")
    out = tmp_path / "changes.pdf"
    assert main(["export", str(changed), "--compare", "1", "--pdf", str(out)]) == 0
    assert "What changed since version" in text_of(out)
    assert "Water is for everybody." in text_of(out)
    again = tmp_path / "first.pdf"
    assert main(["export", str(changed), "--version", "1", "--pdf", str(again)]) == 0
    assert again.read_bytes() == next((folder / "done").glob("*.pdf")).read_bytes()
    assert main(["export", str(changed), "--compare", "7", "--pdf", str(out)]) == 3
    assert "no version 7" in capsys.readouterr().err


def test_a_closing_statement_is_written_once_it_is_begun(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "end.pdf"
    signed = shutil.copy(folder / "signed.pdesk", tmp_path / "ending.pdesk")
    assert main(["export", str(signed), "--closing", "--pdf", str(out)]) == 3
    assert "No closing statement is begun" in capsys.readouterr().err
    with open_store(Path(signed)) as store:
        keep_closing(store, Closing(Ending.HANDED_OVER, "2027-05-01", successor="The county"))
    assert main(["export", str(signed), "--closing", "--pdf", str(out)]) == 0
    assert "The county" in text_of(out)
