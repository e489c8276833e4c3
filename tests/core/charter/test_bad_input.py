"""What a charter is given and cannot take, or can although it is much: a sentence, or all of it."""

from __future__ import annotations

import io
import os
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from partnerdesk.ceremony import check_printable
from partnerdesk.charter.compose import compose
from partnerdesk.charter.plain import plain_text
from partnerdesk.charter.render import render
from partnerdesk.errors import InputErrors, UserError
from partnerdesk.model.charter import (
    Cell,
    Charter,
    ClauseEntry,
    Table,
    TableColumn,
    TableRow,
)
from partnerdesk.model.record import Record
from partnerdesk.signing.isolated import mark_isolated, scan_isolated
from partnerdesk.signing.pictures import picture, scan

Take = Callable[[bytes], object]
LONG = "We tell each other within seven days what has changed and why. "
END = "These are the last words."
MOUNT = 'mount -t tmpfs -o size=300k tmpfs "$1" && cd "$1" && exec "$2" -c "$3"'
FULL_DISK = """
import os
from pathlib import Path
from partnerdesk.errors import EnvironmentProblem
from partnerdesk.exchange.files import write_whole
path = Path("charter.pdf")
write_whole(path, b"old" * 30_000)
try:
    write_whole(path, os.urandom(2_000_000))
except EnvironmentProblem as problem:
    print(problem.message)
assert path.read_bytes() == b"old" * 30_000
assert os.listdir() == ["charter.pdf"]
write_whole(path, b"new")
print(path.read_text())
"""


@pytest.fixture(scope="module")
def charter(workshop_a: Record) -> Charter:
    """Return the charter of the recorded workshop."""
    return compose(workshop_a, charter_id="019a-lake")


def with_blocks(charter: Charter, code: str, *blocks: object) -> Charter:
    """Return the charter with these blocks alone in one section."""
    sections = tuple(
        replace(one, blocks=tuple(blocks)) if one.code == code else one  # type: ignore[arg-type]
        for one in charter.sections
    )
    return replace(charter, sections=sections)


def text_of(pdf: bytes) -> str:
    """Return all text of a PDF, each run of white space as one space."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [one.get_textpage().get_text_bounded() for one in document]
    document.close()
    return " ".join("\n".join(pages).split())


def test_a_name_in_a_script_without_a_font_is_told_before_anything_is_printed(
    charter: Charter,
) -> None:
    block = charter.signature_blocks()[0]
    strange = with_blocks(charter, "C20", replace(block, name="ᠮᠣᠩᠭᠣᠯ Bat"))
    with pytest.raises(InputErrors) as refused:
        check_printable(strange)
    assert "No font here has these characters" in refused.value.message
    assert "U+182E" in refused.value.message
    assert "ᠮ" in refused.value.problems
    assert render(strange, None).startswith(b"%PDF")  # the draft shows where they stand


def test_a_clause_of_thirty_thousand_letters_is_printed_whole(charter: Charter) -> None:
    one = next(b for s in charter.sections for b in s.blocks if isinstance(b, ClauseEntry))
    words = (LONG * 500)[:29_970] + END
    long = with_blocks(charter, "C9", replace(one, text=words, section="C9"))
    found = text_of(render(long, None))
    assert END in found
    assert found.count("within seven days what has") > 450
    assert END in plain_text(long)


def test_a_table_cell_longer_than_a_page_goes_on_over_the_next(charter: Charter) -> None:
    columns = (TableColumn("who", "Who"), TableColumn("what", "What"))
    rows = tuple(
        TableRow((Cell(who), Cell(what)))
        for who, what in (("North", LONG * 120 + END), ("South", "Short."))
    )
    table = Table("Who does what", columns, rows)
    found = text_of(render(with_blocks(charter, "C8", table), None))
    assert END in found
    assert found.index(END) < found.index("Short.")


def noise(size: tuple[int, int], kind: str) -> bytes:
    """Return a picture of noise, which no compression makes small."""
    out = io.BytesIO()
    Image.frombytes("RGB", size, os.urandom(3 * size[0] * size[1])).save(out, kind, quality=98)
    return out.getvalue()


def test_a_picture_of_five_megabytes_is_taken_in_at_the_size_it_prints() -> None:
    large = noise((1400, 1300), "PNG")
    assert len(large) > 5_000_000
    taken = picture(large)
    assert max(taken.width, taken.height) == 900
    kept, ending = scan(large)
    assert (ending, len(kept) < len(large)) == (".jpg", True)


@pytest.mark.parametrize("take", [mark_isolated, scan_isolated])
def test_a_picture_is_read_in_the_child_alone_and_comes_back_clean(take: Take) -> None:
    taken = take(noise((1200, 300), "JPEG"))
    with Image.open(io.BytesIO(taken[0] if isinstance(taken, tuple) else taken)) as image:
        assert max(image.size) == (900 if take is mark_isolated else 1200)
    for data in (b"junk", noise((200, 100), "PNG")[:5000], bytes(20_000_001)):
        with pytest.raises(UserError, match="PNG or JPEG of at most 20 megapixels"):
            take(data)


@pytest.mark.parametrize("take", [picture, scan])
def test_a_corrupt_picture_is_refused_in_a_sentence(take: object) -> None:
    whole = noise((200, 100), "PNG")
    bad = (whole[: len(whole) // 2], whole[:30], b"\x89PNG\r\n\x1a\n" + os.urandom(400), b"")
    for data in bad:
        with pytest.raises(UserError, match="PNG or JPEG of at most 20 megapixels"):
            take(data)  # type: ignore[operator]


def test_a_picture_that_says_it_is_huge_is_not_even_unpacked() -> None:
    small = noise((8, 8), "PNG")
    head = b"IHDR" + struct.pack(">II", 6_000, 5_000) + small[24:29]
    bomb = small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]
    with Image.open(io.BytesIO(bomb)) as image:
        assert image.size == (6_000, 5_000)
    with pytest.raises(UserError, match="20 megapixels"):
        picture(bomb)


def _can_mount() -> bool:
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    asked = ["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _can_mount(), reason="needs a tmpfs of its own")
def test_a_disk_that_is_full_in_the_middle_of_an_export_keeps_the_old_file(tmp_path: Path) -> None:
    command = ["unshare", "-Urm", "sh", "-c", MOUNT, "sh", str(tmp_path), sys.executable, FULL_DISK]
    around = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=around)
    assert done.returncode == 0, done.stderr
    told, after = done.stdout.splitlines()
    assert "charter.pdf could not be written: No space left on device" in told
    assert "The old file is intact." in told
    assert after == "new"
