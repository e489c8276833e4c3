"""The command line does the main job, and says in one sentence what it cannot do."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import resources
from partnerdesk.cli import main

SAMPLE = str(resources.path("samples/workshop-a.json"))


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the demo has done the whole job once."""
    out = tmp_path_factory.mktemp("job")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARTNERDESK_HOME", str(out / "home"))
        assert main(["demo", "--out", str(out)]) == 0
    return out


def pdf_of(job: Path) -> Path:
    return next(job.glob("*.pdf"))


def file_of(job: Path, tmp_path: Path) -> str:
    return str(shutil.copy(next(job.glob("*.pdesk")), tmp_path / "a.pdesk"))


def test_the_demo_ends_in_a_charter_that_this_laptop_knows(
    job: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PARTNERDESK_HOME", str(job / "home"))
    assert main(["verify", str(pdf_of(job))]) == 0
    assert "Unchanged since signing" in capsys.readouterr().out


def test_a_strange_laptop_cannot_tell_until_the_words_are_typed(
    job: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PARTNERDESK_HOME", str(tmp_path))
    assert main(["verify", str(pdf_of(job))]) == 2
    told = capsys.readouterr().out
    words = told.split("Fingerprint words: ")[1].splitlines()[0]
    assert main(["verify", str(pdf_of(job)), "--words", words]) == 0


def test_pdfsig_finds_every_signature_valid_and_the_document_closed(job: Path) -> None:
    told = subprocess.run(
        ["pdfsig", "-nocert", str(pdf_of(job))], capture_output=True, text=True, check=True
    ).stdout
    assert told.count("Signature is Valid") == 3
    assert told.count("Total document signed") == 1


def test_a_changed_charter_is_told(job: Path, tmp_path: Path) -> None:
    data = pdf_of(job).read_bytes()
    changed = tmp_path / "changed.pdf"
    place = data.index(b"/Title")
    changed.write_bytes(data[: place - 3] + b"!" + data[place - 2 :])
    assert main(["verify", str(changed)]) in (1, 2)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"hello", b"\0" * 100_000])
def test_what_is_no_charter_cannot_be_told(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    assert main(["verify", str(path)]) == 2
    assert "Cannot tell" in capsys.readouterr().out


def test_no_file_to_verify_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(tmp_path / "none.pdf")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_file_passes_its_check_and_gives_the_expected_results(
    job: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = file_of(job, tmp_path)
    assert main(["check", file]) == 0
    capsys.readouterr()
    assert main(["results", file, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    expected = json.loads(resources.path("samples/workshop-a.expected.json").read_text("utf-8"))
    assert found["clauses"] == expected["clauses"]


def test_export_gives_the_signed_charter_and_a_draft_when_asked(job: Path, tmp_path: Path) -> None:
    file = file_of(job, tmp_path)
    signed, draft = tmp_path / "s.pdf", tmp_path / "d.pdf"
    assert main(["export", file, "--pdf", str(signed)]) == 0
    assert signed.read_bytes() == pdf_of(job).read_bytes()
    assert main(["export", file, "--pdf", str(draft), "--draft", "--page", "Letter"]) == 0
    sizes = subprocess.run(["pdfinfo", str(draft)], capture_output=True, text=True, check=True)
    assert "612 x 792" in sizes.stdout


def test_new_makes_a_file_and_never_writes_over_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new.pdesk"
    assert main(["new", str(path), "--title", "Lake"]) == 0
    before = path.read_bytes()
    assert main(["new", str(path)]) == 3
    assert path.read_bytes() == before
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_refused_workshop_leaves_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = json.loads(Path(SAMPLE).read_text("utf-8"))
    value["participants"][0]["partner"] = "nobody"
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(value), "utf-8")
    out = tmp_path / "out.pdesk"
    assert main(["import-workshop", str(bad), str(out)]) == 3
    error = capsys.readouterr().err
    assert "participants[0].partner" in error
    assert len(error.strip().splitlines()) == 1
    assert not out.exists()


@pytest.mark.parametrize("command", ["check", "results"])
def test_a_folder_is_not_a_file(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(tmp_path)]) in (3, 4)
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_wrong_command_line_has_its_own_status(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["verify"])
    assert left.value.code == 64
    assert "Traceback" not in capsys.readouterr().err
