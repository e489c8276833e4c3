"""Of many programs that open a file at once, exactly one writes; the others are told who."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.store import create_store, open_store

PROCESSES = 8
ROUNDS = 50 if os.environ.get("PARTNERDESK_SOAK") == "1" else 4

CHILD = """
import sys
from pathlib import Path
from partnerdesk.errors import PartnerDeskError
from partnerdesk.store import connection, open_store

if sys.argv[2:] == ["loose"]:
    connection._PRAGMAS = tuple(p for p in connection._PRAGMAS if "locking" not in p)
held = None
print("ready", flush=True)
for line in sys.stdin:
    if line == "open\\n":
        try:
            held = open_store(Path(sys.argv[1]))
            print("writer", flush=True)
        except PartnerDeskError as problem:
            print(problem.code, flush=True)
    else:
        if held is not None:
            with held.transaction("Write") as t:
                t.upsert("setting", {"id": "n", "value": held.head().seq})
            held.close()
        held = None
        print("closed", flush=True)
"""


class Crowd:
    """Processes that all do the same at once, as far as two processors allow."""

    def __init__(self, path: Path, *arguments: str) -> None:
        command = [sys.executable, "-c", CHILD, str(path), *arguments]
        self.members = [
            subprocess.Popen(command, stdin=-1, stdout=-1, text=True) for _each in range(PROCESSES)
        ]
        self.answers()

    def answers(self) -> list[str]:
        return [one.stdout.readline().strip() for one in self.members if one.stdout]

    def asked(self, what: str) -> list[str]:
        for one in self.members:
            assert one.stdin is not None
            one.stdin.write(f"{what}\n")
            one.stdin.flush()
        return self.answers()

    def leave(self) -> None:
        for one in self.members:
            one.kill()
            one.communicate()


@pytest.fixture
def crowd(path: Path, request: pytest.FixtureRequest) -> Iterator[Crowd]:
    create_store(path).close()
    made = Crowd(path, *getattr(request, "param", ()))
    yield made
    made.leave()


def test_exactly_one_of_eight_programs_writes(crowd: Crowd, path: Path) -> None:
    for _round in range(ROUNDS):
        said = crowd.asked("open")
        assert sorted(said) == ["already-open"] * (PROCESSES - 1) + ["writer"]
        assert set(crowd.asked("close")) == {"closed"}
    crowd.asked("open")
    crowd.leave()  # the writer is killed: the next one opens, and nobody has to be asked
    with open_store(path) as store:
        assert store.head().seq == ROUNDS
        assert store.check().ok


@pytest.mark.parametrize("crowd", [("loose",)], indirect=True)
def test_a_file_that_nobody_holds_would_have_several_writers(crowd: Crowd) -> None:
    """The control: were the file not held, the test above would notice."""
    said = [answer for _round in range(3) for answer in crowd.asked("open")]
    assert said.count("writer") > 3
