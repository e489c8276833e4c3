"""Of many programs that open a file at once, exactly one writes; the others are told who."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite

from partnerdesk.store import create_store, open_store

PROCESSES = 8
ROUNDS = 50 if os.environ.get("PARTNERDESK_SOAK") == "1" else 4

CHILD = """
import sys
from pathlib import Path
from partnerdesk.errors import PartnerDeskError
from partnerdesk.store import connection, open_store, opening

if sys.argv[2:] == ["loose"]:
    connection._PRAGMAS = tuple(p for p in connection._PRAGMAS if "locking" not in p)
    opening._lock = lambda _connection: None
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

WAITER = """
import sys
from pathlib import Path
from partnerdesk.store import connection, opening

connection._PLAIN["timeout"] = 60
waiting = connection.connect(Path(sys.argv[1]), "rw")
waiting.execute("PRAGMA user_version").fetchone()
print("read", flush=True)
opening._lock(waiting)
print("held", flush=True)
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


def test_who_waits_for_a_file_keeps_nobody_else_from_it(path: Path) -> None:
    """Else of many that open at once, each would wait for the others, and none would write."""
    create_store(path).close()
    with closing(sqlite.connect(str(path), isolation_level=None, timeout=5)) as first:
        first.execute("BEGIN IMMEDIATE")
        first.execute("UPDATE identity SET id = id")
        command = [sys.executable, "-c", WAITER, str(path)]
        with subprocess.Popen(command, stdout=-1, text=True) as waiter:
            assert waiter.stdout is not None
            assert waiter.stdout.readline() == "read\n"
            first.execute("COMMIT")
            first.close()
            assert waiter.stdout.readline() == "held\n"
