"""The verifier's child process may fail in every way, and the answer is still a report."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from partnerdesk.errors import EnvironmentProblem, UserError
from partnerdesk.signing import isolated, words
from partnerdesk.signing.__main__ import main
from partnerdesk.signing.report import Known, Verdict
from partnerdesk.signing.verify import MOST_BYTES, MOST_PAGES, verify
from tests.core.signing.ceremony import codes, prepared

Charters = dict[tuple[int, int], bytes]
CHILD = isolated._START.replace("sys.exit(isolated.run_child())", "")


def test_the_child_says_what_the_verifier_says(charters: Charters, value: str) -> None:
    known = Known(frozenset({value}), words.words(value))
    for pdf in (charters[3, 3], charters[3, 3] + b"\n", b"junk"):
        assert isolated.verify_isolated(pdf, known) == verify(pdf, known)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"%PDF-1.7", "unreadable"), (b"GIF89a", "not-pdf")],
)
def test_what_is_no_charter_cannot_be_told(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "charter.pdf"
    file.write_bytes(content)
    report = isolated.verify_isolated(file, Known())
    assert [finding.code for finding in report.findings] == [code]
    assert report.verdict is Verdict.CANNOT_TELL


def test_a_huge_file_is_not_even_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "huge.pdf"
    with file.open("wb") as stream:
        stream.truncate(MOST_BYTES * 50)
    report = isolated.verify_isolated(file, Known())
    assert [finding.code for finding in report.findings] == ["large"]


def test_a_slow_reading_is_stopped(charters: Charters) -> None:
    report = isolated.verify_isolated(charters[1, 1], Known(), seconds=0.001)
    assert [finding.code for finding in report.findings] == ["slow"]
    assert report.verdict is Verdict.CANNOT_TELL


def test_a_crashed_child_is_told(charters: Charters, monkeypatch: pytest.MonkeyPatch) -> None:
    crash = [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]
    monkeypatch.setattr(isolated, "_command", lambda: crash)
    report = isolated.verify_isolated(charters[1, 1], Known())
    assert [finding.code for finding in report.findings] == ["crashed"]


def test_a_frozen_program_asks_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert isolated._command() == [sys.executable, isolated.CHILD_ARGUMENT]


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "open('written', 'w')",
        "bytes(513 << 20)",
        "while True: pass",
    ],
)
def test_the_child_has_no_network_programs_files_or_much_memory(
    attempt: str, tmp_path: Path
) -> None:
    home = str(Path(isolated.__file__).parents[2])
    code = f"{CHILD}isolated._CPU = 1; isolated._limit()\n{attempt}\nprint('done')"
    run = subprocess.run(
        [sys.executable, "-I", "-B", "-c", code, home],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert run.returncode != 0
    assert "done" not in run.stdout
    killed = run.returncode < 0
    assert killed or any(k in run.stderr for k in ("PermissionError", "OSError", "MemoryError"))


def test_a_missing_file_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="gone"):
        isolated.verify_isolated(tmp_path / "gone.pdf", Known())


def test_an_unknown_word_is_asked_again_before_any_reading(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Did you mean"):
        isolated.verify_isolated(tmp_path / "gone.pdf", Known(words=("xyzzy",) * 8))


def test_the_command_answers_in_words_and_in_its_exit_status(
    charters: Charters, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(charters[2, 2])
    bad.write_bytes(charters[2, 2] + b"\n")
    typed = ["--words", ", ".join(words.words(value))]
    assert main([str(good), *typed]) == 0
    assert capsys.readouterr().out.startswith("Unchanged since signing\n")
    assert main([str(bad), *typed]) == 1
    assert "Something was added" in capsys.readouterr().out
    assert main([str(good)]) == 2
    assert "Compare these eight words" in capsys.readouterr().out
    assert main([str(tmp_path / "gone.pdf")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_verifying_needs_no_qt_and_importing_needs_no_heavy_library() -> None:
    heavy = ("pyhanko", "cryptography", "PIL", "pypdfium2", "asn1crypto", "PySide6")
    code = (
        "import sys; import partnerdesk.signing.__main__, partnerdesk.signing.sign; "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    home = Path(isolated.__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=home
    )
    assert run.stdout.strip() == "[]"


def test_the_limits_are_those_that_are_promised() -> None:
    assert (isolated._MEMORY, isolated._CPU) == (512 << 20, 10)
    assert (MOST_BYTES, MOST_PAGES) == (20_000_000, 300)


def test_as_many_pages_as_may_be_fit_the_limits_and_one_more_is_refused() -> None:
    for more, code in ((MOST_PAGES, "unsigned"), (MOST_PAGES + 1, "pages")):
        with pikepdf.open(io.BytesIO(prepared(1))) as pdf:
            while len(pdf.pages) < more:
                pdf.add_blank_page()
            out = io.BytesIO()
            pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        assert codes(isolated.verify_isolated(out.getvalue(), Known())) == {code}


def test_the_verifier_alone_needs_no_qt_at_all(
    charters: Charters, value: str, tmp_path: Path
) -> None:
    """`python -m partnerdesk.signing FILE`, with every import of Qt refused, tells all."""
    file = tmp_path / "charter.pdf"
    file.write_bytes(charters[3, 3])
    blocked = (
        "import sys, runpy\n"
        "class Refuse:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('PySide6', 'shiboken6', 'ui'):\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
        "sys.argv[0] = 'partnerdesk.signing'\n"
        "runpy.run_module('partnerdesk.signing', run_name='__main__')\n"
    )
    command = [sys.executable, "-c", blocked, str(file), "--words", " ".join(words.words(value))]
    home = Path(isolated.__file__).parents[2]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=home)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("Unchanged since signing\n")
    assert "Amina Odhiambo" in run.stdout
    assert "according to the signer's computer" in run.stdout
