"""A whole session leaves nothing in clear: not beside the file, not in it, not in memory."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from partnerdesk.flow import setup
from partnerdesk.keeping import backups
from partnerdesk.store import open_store
from tests.journeys import canaries
from tests.offline.paths import path_of

ROOT = Path(__file__).parents[2]
SOAK = os.environ.get("PARTNERDESK_SOAK") == "1"
ALL = ["all"] if SOAK else []
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@dataclass
class Laptop:
    """Every folder that a session on one laptop may write to."""

    root: Path

    @property
    def files(self) -> Path:
        """Return where the partnership and its backups lie."""
        return self.root / "files"

    @property
    def out(self) -> Path:
        """Return where copies go that somebody asked for."""
        return self.root / "out"

    def around(self) -> dict[str, str]:
        """Make the folders and return the environment of a program."""
        places = {
            "HOME": "user",
            "XDG_CONFIG_HOME": "user/.config",
            "XDG_CACHE_HOME": "user/.cache",
            "XDG_DATA_HOME": "user/.local/share",
            "XDG_STATE_HOME": "user/.local/state",
            "XDG_RUNTIME_DIR": "user/run",
            "TMPDIR": "tmp",
            "SQLITE_TMPDIR": "tmp",
        }
        for name in (*places.values(), "files", "out"):
            (self.root / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = {k: v for k, v in os.environ.items() if k != "PARTNERDESK_HOME"}
        here = {name: str(self.root / folder) for name, folder in places.items()}
        return kept | here | {"PYTHONPATH": path_of(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}

    def left(self) -> list[str]:
        """Return what lies in clear anywhere but where somebody asked for it."""
        return canaries.leaks(one for one in self.root.iterdir() if one != self.out)


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path)


@pytest.fixture
def session(laptop: Laptop) -> Iterator[subprocess.Popen[str]]:
    """Return the program with everything open, before its lock."""
    script = str(ROOT / "tests" / "journeys" / "canary_session.py")
    command = [sys.executable, script, str(laptop.files), str(laptop.out), *ALL]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=laptop.around(), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        yield program
        program.kill()


@linux
def test_a_whole_session_leaves_nothing_in_clear(
    laptop: Laptop, session: subprocess.Popen[str]
) -> None:
    path = laptop.files / "file.pdesk"
    assert laptop.left() == []
    assert canaries.deleted(session.pid) == []
    for name in ("charter.pdf", "data.xlsx"):  # the search finds them where they are
        assert canaries.hits((laptop.out / name).read_bytes())
    knows_before = _memory(session.pid)
    assert session.stdin is not None
    assert session.stdout is not None
    session.stdin.write("\n")
    session.stdin.flush()
    child = psutil.Process(int(session.stdout.readline()))
    try:
        assert session.wait(60) == 0  # gone, and its memory with it
        assert laptop.left() == []
        assert canaries.deleted(child.pid) == []
        assert knows_before is None or knows_before
        assert not _memory(child.pid)
    finally:
        child.kill()
    assert len(backups(path, canaries.PASSPHRASE)) >= 1
    with open_store(path, passphrase=canaries.PASSPHRASE) as store:
        assert store.check().ok
    assert laptop.left() == []


def _memory(pid: int) -> set[str] | None:
    """Return the canaries in the memory of a process, or None where nobody may look into it."""
    try:
        return canaries.in_memory(pid)
    except PermissionError:
        return None


@linux
def test_a_passing_file_of_the_database_would_be_found(laptop: Laptop) -> None:
    """Where temporary tables may lie in files, the search finds them: in memory they do not."""
    laptop.around()
    path, found = laptop.files / "file.pdesk", {}
    with setup.new_partnership(path, "Lake", passphrase=canaries.PASSPHRASE) as store:
        for place in (2, 1):
            setup.change_partnership(store, purpose=f"{canaries.MARKER}{place} " * 3000)
            for pragma in (f"temp_store={place}", "temp.cache_size=10"):
                store.connection.execute(f"PRAGMA {pragma}")
            many = "change, (SELECT 1 UNION SELECT 2 UNION SELECT 3)"
            store.connection.execute(f"CREATE TEMP TABLE passing{place} AS SELECT * FROM {many}")
            found[place] = canaries.deleted(os.getpid())
            store.connection.execute(f"DROP TABLE temp.passing{place}")
    assert found[2] == []
    assert found[1]
    assert laptop.left() == []


def test_a_plain_file_would_be_found(laptop: Laptop) -> None:
    laptop.around()
    setup.new_partnership(laptop.files / "file.pdesk", f"Lake {canaries.MARKER}").close()
    assert any("file.pdesk" in one for one in laptop.left())


def test_every_spelling_is_found() -> None:
    for text in (f"  {canaries.MARKER}001 of the shore", f"a {canaries.ACCENTED} b"):
        for code in ("utf-8", "utf-16-le", "utf-16-be"):
            plain = text.encode(code)
            spelt = (plain, plain.hex().encode(), base64.b64encode(b"x" + plain + b"yy"))
            assert all(canaries.hits(one) for one in spelt)
            assert canaries.hits(b"noise" + zlib.compress(plain * 9))
    assert not canaries.hits(os.urandom(1_000_000))


ALLOWED = ("O_RDONLY", "ENOENT", "EACCES", "O_DIRECTORY")
WATCHED = "trace=openat,open,creat,rename,renameat,renameat2,mkdir,memfd_create"
STRACE = ("strace", "-f", "-qq", "-s", "300", "-e", WATCHED, "-o")
traced = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")


def _made(trace: Path) -> list[str]:
    """Return the calls that made a file or a folder, or opened one for writing."""
    calls = (line for line in trace.read_text().splitlines() if '"' in line)
    return [line for line in calls if not any(word in line for word in ALLOWED)]


def _elsewhere(trace: Path, laptop: Laptop) -> list[str]:
    """Return those of the calls that are about no place where a session may write."""
    own = (f'"{laptop.files}', f'"{laptop.out}', f'"{laptop.root}/user/', '"/dev/null"')
    return [line for line in _made(trace) if not any(place in line for place in own)]


@pytest.mark.soak
@traced
@pytest.mark.skipif(not SOAK, reason="the big runs, `make soak`")
def test_no_file_is_opened_for_writing_anywhere_else(laptop: Laptop) -> None:
    """The system's own list of opened files: no passing file, not even for a moment."""
    trace = laptop.root.parent / "trace.txt"
    script = str(ROOT / "tests" / "journeys" / "canary_session.py")
    command = [*STRACE, str(trace), sys.executable, script, str(laptop.files), str(laptop.out)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command, *ALL], env=laptop.around(), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL,
        text=True,
    ) as watcher:  # fmt: skip
        assert watcher.stdin is not None
        assert watcher.stdout is not None
        assert watcher.stdout.readline() == "ready\n"
        watcher.stdin.write("\n")
        watcher.stdin.flush()
        child = psutil.Process(int(watcher.stdout.readline()))
        before = child.parent()
        assert before is not None
        before.wait(120)
        child.kill()  # strace ends with the last that it watches
    assert _made(trace)
    assert _elsewhere(trace, laptop) == []
    assert laptop.left() == []


@traced
def test_a_passing_file_would_be_seen_although_it_is_gone(laptop: Laptop) -> None:
    """The control: one file for a moment, in the folder for such files, is in the list."""
    code = "import tempfile; tempfile.NamedTemporaryFile().close()"
    trace = laptop.root / "trace.txt"
    command = [*STRACE, str(trace), sys.executable, "-c", code]
    subprocess.run(command, env=laptop.around(), check=True)
    assert list((laptop.root / "tmp").iterdir()) == []
    assert any(f'"{laptop.root}/tmp/' in line for line in _elsewhere(trace, laptop))
