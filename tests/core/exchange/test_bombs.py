"""No file of the corpus costs more than a second and 100 MB, and each ends in one sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.exchange import refuser
from tests.core.exchange.bombs import bombs, others, paths
from tests.offline.paths import path_of

ROOT = Path(__file__).parents[3]
BUNDLES = [("bundle", *one) for one in (*bombs(), *paths())]
CORPUS = [*BUNDLES, *others()]
MOST_MEGABYTES = 100
EXPANDED = (
    ("bundle", "zeros-manifest-199"),
    ("sealed", "cost-17-8-8"),
    ("picture", "png-6000-5000"),
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks, and measures in kB")


class Refuser:
    """The child that reads the files, so that all of its memory is known, not Python's alone."""

    def __init__(self, folder: Path, *options: str) -> None:
        """Start it in a folder of its own."""
        self.folder = folder
        self._child = subprocess.Popen(
            [sys.executable, refuser.__file__, *options], stdin=-1, stdout=-1, text=True,
            cwd=folder, env={**os.environ, "PYTHONPATH": path_of(ROOT)},
        )  # fmt: skip

    def read(self, kind: str, data: bytes) -> dict[str, Any]:
        """Return what the child said of a file, and what that cost."""
        path = self.folder / "gift"
        path.write_bytes(data)
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(f"{kind} {path}\n")
        self._child.stdin.flush()
        found: dict[str, Any] = json.loads(self._child.stdout.readline())
        path.unlink()
        return found

    def leave(self) -> None:
        """End the child."""
        self._child.communicate()


@pytest.fixture(scope="module")
def careful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refuser]:
    made = Refuser(tmp_path_factory.mktemp("careful"))
    yield made
    made.leave()


@pytest.fixture(scope="module")
def careless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refuser]:
    made = Refuser(tmp_path_factory.mktemp("careless"), "careless")
    yield made
    made.leave()


def test_the_corpus_has_sixty_bombs_and_forty_paths() -> None:
    assert (len(list(bombs())), len(list(paths()))) == (60, 40)


@pytest.mark.parametrize(
    ("kind", "name", "make"), CORPUS, ids=[f"{kind}-{name}" for kind, name, _make in CORPUS]
)
def test_it_is_refused_at_once_and_costs_little(
    careful: Refuser, kind: str, name: str, make: Callable[[], bytes]
) -> None:
    told = careful.read(kind, make())
    assert told["refused"]
    assert told["seconds"] < 1
    assert told["megabytes"] < MOST_MEGABYTES
    assert 5 <= told["words"] <= 35
    assert told["written"] == []
    reached = name.startswith("parse-") and "manifest" not in name
    assert not reached or told["code"] == "forged"
    assert list(careful.folder.iterdir()) == []


@pytest.mark.parametrize(("kind", "name"), EXPANDED)
def test_a_file_that_is_really_expanded_costs_too_much(
    careless: Refuser, kind: str, name: str
) -> None:
    """The control: without its bound, each would cost too much, in zlib, OpenSSL or Pillow."""
    (make,) = (make for *what, make in CORPUS if tuple(what) == (kind, name))
    assert careless.read(kind, make())["megabytes"] > MOST_MEGABYTES


def test_a_file_that_is_unpacked_to_the_disk_is_noticed(careless: Refuser) -> None:
    """The control: were members written where they say, the test above would notice."""
    make = dict(paths())["name-'../a'"]
    assert any("extracted" in one for one in careless.read("bundle", make())["written"])
