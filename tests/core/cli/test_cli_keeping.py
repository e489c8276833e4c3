"""Backups, passphrases, recovery and evidence from the command line."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import resources
from partnerdesk.cli import main
from partnerdesk.store import create_store, is_locked, open_store
from partnerdesk.store.chain import HASHED
from partnerdesk.store.connection import connect
from partnerdesk.store.edit import edit_hash, first_prev

WORDS = "calm acorn in the garden"


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the demo has done the whole job once."""
    out = tmp_path_factory.mktemp("job")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARTNERDESK_HOME", str(out / "home"))
        assert main(["demo", "--out", str(out)]) == 0
    return out


@pytest.fixture
def file(job: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(next(job.glob("*.pdesk")), tmp_path / "a.pdesk"))


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a call that puts lines on standard input."""
    return lambda *lines: monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))


def test_a_backup_is_made_listed_and_restored(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(file)]) == 0
    assert main(["backups", str(file)]) == 0
    assert "1 sessions" in capsys.readouterr().out
    out = tmp_path / "restored.pdesk"
    assert main(["restore", str(file), "1", str(out)]) == 0
    assert main(["check", str(out)]) == 0
    assert main(["restore", str(file), "2", str(tmp_path / "none")]) == 3
    assert main(["restore", str(file), "1", str(out)]) == 3


def test_a_passphrase_is_set_asked_for_and_removed(
    file: Path, typing: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(file)]) == 0
    typing(WORDS)
    assert main(["passphrase", str(file)]) == 0
    assert is_locked(file)
    typing("not the passphrase")
    assert main(["check", str(file)]) == 3
    typing(WORDS)
    assert main(["backups", str(file)]) == 0
    typing(WORDS, "short")
    assert main(["passphrase", str(file)]) == 3
    typing(WORDS)
    assert main(["passphrase", str(file), "--remove"]) == 0
    assert main(["check", str(file)]) == 0
    assert WORDS not in "".join(capsys.readouterr())


def test_a_damaged_file_is_recovered_into_a_folder(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(file.read_bytes()[:-8192])
    assert main(["recover", str(file), str(tmp_path / "out")]) == 0
    assert "journal-a.pdesk" in capsys.readouterr().out
    assert main(["recover", str(file), str(tmp_path / "out")]) == 3


def test_nothing_to_recover_is_said_by_the_status(tmp_path: Path) -> None:
    (tmp_path / "a.pdesk").write_text("hello")
    assert main(["recover", str(tmp_path / "a.pdesk"), str(tmp_path / "out")]) == 1


def test_a_charter_is_known_to_the_file_it_came_from(
    job: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = next(job.glob("*.pdf"))
    with open_store(file) as store, store.transaction("Later") as t:
        t.insert("note", {"id": "later"})
    assert main(["check", str(file), "--against", str(pdf)]) == 0
    assert "the file that the charter came from" in capsys.readouterr().out


def test_another_file_and_a_changed_charter_are_no_evidence(
    job: Path, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = next(job.glob("*.pdf"))
    create_store(tmp_path / "other.pdesk").close()
    assert main(["check", str(tmp_path / "other.pdesk"), "--against", str(pdf)]) == 1
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(pdf.read_bytes() + b"\n% appended\n")
    assert main(["check", str(file), "--against", str(changed)]) == 1
    (tmp_path / "no.pdf").write_text("hello")
    assert main(["check", str(file), "--against", str(tmp_path / "no.pdf")]) == 2
    capsys.readouterr()


def _rewrite(path: Path) -> None:
    """Change who made the first edit, and make every hash after it anew: a forger who knows how."""
    connection = connect(path, "rw")
    row = connection.execute("SELECT id, format, made_at FROM identity").fetchone()
    prev = first_prev(dict(zip(("id", "format", "made_at"), row, strict=True)))
    connection.execute("UPDATE edit SET author = 'somebody else' WHERE seq = 1")
    names = [name for name in HASHED if name != "prev"]
    for kept in connection.execute(f"SELECT digest, {', '.join(names)} FROM edit").fetchall():
        named = dict(zip(names, kept[1:], strict=True))
        hash_ = edit_hash({**named, "prev": prev, "changes": kept[0]})
        sql = "UPDATE edit SET prev = ?, hash = ? WHERE seq = ?"
        connection.execute(sql, (prev, hash_, named["seq"]))
        prev = hash_
    connection.close()


def test_a_journal_rewritten_as_a_whole_is_caught_by_the_charter_alone(
    job: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _rewrite(file)
    assert main(["check", str(file)]) == 0
    pdf = next(job.glob("*.pdf"))
    assert main(["check", str(file), "--against", str(pdf)]) == 1
    assert "changed behind its journal" in capsys.readouterr().out


def test_a_copy_from_before_the_charter_is_not_taken_for_its_file(
    job: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = resources.path("samples/workshop-a.json")
    early = tmp_path / "early.pdesk"
    assert main(["import-workshop", str(sample), str(early)]) == 0
    assert main(["check", str(early), "--against", str(next(job.glob("*.pdf")))]) == 1
    assert "did not come from this file" in capsys.readouterr().out


def test_a_charter_that_came_by_a_bundle_points_to_the_file_it_was_frozen_on(
    job: Path, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, new = str(tmp_path / "b.pdbundle"), str(tmp_path / "new.pdesk")
    assert main(["bundle", str(file), bundle]) == 0
    assert main(["unbundle", bundle, new]) == 0
    assert main(["check", new, "--against", str(next(job.glob("*.pdf")))]) == 1
    assert "got it from another laptop" in capsys.readouterr().out
