"""The command line carries a partnership between laptops and its data out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from partnerdesk.cli import main
from partnerdesk.flow import setup, values
from partnerdesk.keeping import backups
from partnerdesk.store import open_store


@pytest.fixture
def laptops(tmp_path: Path) -> tuple[str, str]:
    """Return two copies of one file, the second with a purpose and a partner more."""
    ours, theirs = tmp_path / "ours.pdesk", tmp_path / "theirs.pdesk"
    with setup.new_partnership(ours, "Lake") as store:
        setup.add_partner(store, "North", id="north")
    shutil.copy(ours, theirs)
    with open_store(theirs) as store:
        store.author = "Amina"
        setup.change_partnership(store, purpose="Fish")
        setup.add_partner(store, "South", id="south")
    with open_store(ours) as store:
        setup.change_partnership(store, purpose="Water")
    return str(ours), str(theirs)


def test_a_bundle_is_previewed_then_merged_once(
    laptops: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = laptops
    bundle = str(tmp_path / "b.pdbundle")
    assert main(["bundle", theirs, bundle]) == 0
    before = Path(ours).read_bytes()
    assert main(["merge", ours, bundle, "--preview"]) == 0
    told = capsys.readouterr().out
    assert "Both changed partnership.purpose" in told
    assert "Fish (Amina" in told
    assert Path(ours).read_bytes() == before
    assert main(["merge", ours, bundle]) == 0
    with open_store(Path(ours)) as store:
        assert {p.id for p in values.partners(store)} == {"north", "south"}
    assert main(["merge", ours, bundle]) == 3
    assert "already" in capsys.readouterr().err


def test_a_part_of_the_partnership_can_be_sent(laptops: tuple[str, str], tmp_path: Path) -> None:
    ours, theirs = laptops
    bundle = str(tmp_path / "b.pdbundle")
    assert main(["bundle", theirs, bundle, "--part", "people"]) == 0
    assert main(["merge", ours, bundle]) == 0
    with open_store(Path(ours)) as store:
        assert values.partnership(store).purpose == "Water"
    assert main(["bundle", theirs, bundle, "--part", "secrets"]) == 3


def test_a_locked_bundle_asks_for_its_passphrase_and_becomes_a_file(
    laptops: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle, new = str(tmp_path / "b.pdbundle"), tmp_path / "new.pdesk"
    typed = iter(
        ("calm acorn in the garden", "another garden in the sun", *["calm acorn in the garden"] * 3)
    )
    monkeypatch.setattr("partnerdesk.commands._typed", lambda _question: next(typed))
    assert main(["bundle", laptops[1], bundle, "--lock"]) == 0
    assert b"Fish" not in Path(bundle).read_bytes()
    assert main(["unbundle", bundle, str(new)]) == 3
    assert not new.exists()
    assert main(["unbundle", bundle, str(new)]) == 0
    with open_store(new, passphrase="calm acorn in the garden") as store:
        assert values.partnership(store).purpose == "Fish"
    assert main(["merge", laptops[0], bundle]) == 0


def test_a_merge_leaves_a_backup_of_before(laptops: tuple[str, str], tmp_path: Path) -> None:
    bundle = str(tmp_path / "b.pdbundle")
    assert main(["bundle", laptops[1], bundle]) == 0
    assert main(["merge", laptops[0], bundle, "--preview"]) == 0
    assert backups(Path(laptops[0])) == ()
    assert main(["merge", laptops[0], bundle]) == 0
    (made,) = backups(Path(laptops[0]))
    assert made.edits < open_store(Path(laptops[0]), read_only=True).head().count


def test_what_is_no_bundle_is_refused_in_one_sentence(
    laptops: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path(laptops[0]).read_bytes()
    for content in (b"", b"hello", Path(laptops[1]).read_bytes()):
        (tmp_path / "x").write_bytes(content)
        assert main(["merge", laptops[0], str(tmp_path / "x")]) == 3
        assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert Path(laptops[0]).read_bytes() == before


@pytest.mark.parametrize(("form", "start"), [("json", b"{"), ("csv", b"PK"), ("xlsx", b"PK")])
def test_data_goes_out_in_each_form(
    laptops: tuple[str, str], tmp_path: Path, form: str, start: bytes
) -> None:
    out = tmp_path / f"data.{form}"
    assert main(["data", laptops[0], f"--{form}", str(out)]) == 0
    assert out.read_bytes().startswith(start)


def test_the_portfolio_has_one_line_for_each_file(
    laptops: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.pdesk").write_bytes(b"hello")
    assert main(["portfolio", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ours.pdesk: Lake; being worked on; ")
    assert lines[2] == "other.pdesk: not made by PartnerDesk"
    assert len(lines) == 3
    assert main(["portfolio", laptops[0]]) == 4
