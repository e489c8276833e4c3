"""Backups, passphrases, recovery and evidence from the command line."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import resources
from partnerdesk.cli import main
from partnerdesk.errors import UserError
from partnerdesk.exchange.erasing import Order, What, erase
from partnerdesk.exchange.laptop import choose_second, laptop
from partnerdesk.exchange.recent import Recent, recent, remember_recent
from partnerdesk.flow.versions import charter_pdf, versions
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


def test_a_name_is_erased_and_the_charter_still_belongs_to_the_file(
    file: Path, job: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    charter = str(next(job.glob("*.pdf")))
    person = ["erase", str(file), "--person", "Marit de Wolff"]
    assert main([*person, "--preview"]) == 0
    shown = capsys.readouterr().out
    assert "1 person\n" in shown
    assert "Version 1 of the charter" in shown
    assert main(person) == 3  # nobody says who erases
    assert main([*person, "--by", "Naliaka"]) == 0
    assert "This copy still holds the words" in capsys.readouterr().out
    assert main(["check", str(file), "--against", charter]) == 0
    told = capsys.readouterr().out
    assert "by Naliaka: a person's name." in told
    assert "words were erased since" in told
    assert main(["erase", str(file), "--person", "Nobody Here", "--by", "Naliaka"]) == 3


def test_a_version_that_was_erased_leaves_what_proves_the_signed_pdf(file: Path, job: Path) -> None:
    with open_store(file) as store:
        (version,) = versions(store)
        order = Order(What.VERSIONS, versions=(version.id,))
        erase(store, order, "Naliaka")
        assert versions(store)[0].erased
        assert store.check().ok
        with pytest.raises(UserError) as refused:
            charter_pdf(store, version.id)
        assert refused.value.code == "erased"
    data = file.read_bytes()
    assert b"%PDF" not in data
    assert b"Marit de Wolff" in data  # her row; only the documents were asked for
    assert main(["check", str(file), "--against", str(next(job.glob("*.pdf")))]) == 0


def test_backups_are_renewed_so_that_no_copy_holds_the_words(file: Path) -> None:
    assert main(["backup", str(file)]) == 0
    (older,) = file.with_name("a.backups").iterdir()
    words = ["--words", "Naliaka Simiyu", "--alias", "N.", "--by", "Rose", "--renew-backups"]
    assert main(["erase", str(file), *words]) == 0
    (newer,) = file.with_name("a.backups").iterdir()
    assert newer != older
    assert not older.exists()
    with open_store(newer, read_only=True) as kept:
        assert kept.check().ok
        assert kept.rows("session")[0]["facilitator"] == "N."


def test_a_file_is_destroyed_with_its_backups_once_its_name_is_typed(
    file: Path, tmp_path: Path, typing: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    remember_recent(Recent(str(file), "Lake"))
    stick = tmp_path / "stick"
    stick.mkdir()
    with open_store(file, read_only=True) as store:
        choose_second(store.id, stick)
    assert main(["backup", str(file), "--second", str(stick)]) == 0
    precious = file.with_name("precious.pdesk")
    shutil.copy(file, precious)
    decoy = file.with_name("a.backups") / "00000001-20260101T000000Z-0.pdesk"
    decoy.symlink_to(precious)
    (file.with_name("a.backups") / "notes.txt").write_text("mine")
    before = precious.read_bytes()
    typing("b")
    assert main(["destroy", str(file)]) == 3
    assert file.exists()
    typing("a")
    assert main(["destroy", str(file)]) == 0
    told = capsys.readouterr().out
    assert "The charter: 1 version" in told
    assert "flash disks" in told
    left = {one.name for one in file.parent.rglob("*") if one.parent.name != "home"}
    assert left >= {"precious.pdesk", "notes.txt"}
    assert not {one for one in left if one.startswith("a.p")}
    assert precious.read_bytes() == before
    assert (recent(), laptop().seconds, list(stick.iterdir())) == ((), {}, [])
    assert main(["check", str(precious)]) == 0


def test_destroying_writes_over_what_it_takes_away(
    file: Path, typing: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["backup", str(file)]) == 0
    last: dict[str, bytes] = {}
    replace = os.replace

    def seen(source: Path, target: Path) -> None:
        last[Path(source).name] = Path(source).read_bytes()
        replace(source, target)

    monkeypatch.setattr("partnerdesk.keeping.traces.os.replace", seen)
    typing("a")
    assert main(["destroy", str(file)]) == 0
    assert "a.pdesk" in last
    assert len(last) >= 2
    assert not any(any(data) for data in last.values())
