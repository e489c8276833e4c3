"""Simulates power cuts: records what a program asks of the disk, and makes the disks it may leave.

What was synchronised is there. Of what was not, each 512-byte sector is there or not, as chance
has it, in no order. Names come and go in order, and are sure once their folder is synchronised.

Half of the cuts come at any moment. The other half come when a disk is weakest: just before a
synchronisation, when nearly all sectors have arrived and a few have not.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

SECTOR = 512
NEARLY_ALL = 0.97
CALLS = "openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,close"
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Event:
    """One call: its kind, the file it is about, and its bytes or its number."""

    kind: str
    name: str
    data: bytes = b""
    place: int = 0


@dataclass
class _File:
    """A file on the disk: what is sure, and what is on its way."""

    sure: bytes = b""
    coming: list[Event] = field(default_factory=list)


def record(program: str, folder: Path, log: Path, *arguments: str) -> list[Event]:
    """Run a Python program and return what it asked of the disk in `folder`, and said."""
    command = ["strace", "-f", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o", str(log)]
    subprocess.run(
        [*command, sys.executable, "-c", program, *arguments], check=True, capture_output=True
    )
    with log.open() as lines:
        return list(_events(lines, folder))


def _events(lines: Iterator[str], folder: Path) -> Iterator[Event]:
    names: dict[str, str] = {"1": "out"}
    for line in lines:
        found = _LINE.match(line)
        if not found or found[3].startswith("-"):
            continue
        call, arguments, result = found.groups()
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]
        first = arguments.partition(",")[0]
        if call == "openat":
            names.pop(result, None)
            path = Path(texts[0].decode())
            if path == folder or path.parent == folder:
                names[result] = "" if path == folder else path.name
                if "O_CREAT" in arguments:
                    yield Event("create", path.name)
        elif call in ("unlink", "unlinkat") and Path(texts[0].decode()).parent == folder:
            yield Event("unlink", Path(texts[0].decode()).name)
        elif first in names:
            yield from _on_file(call, names[first], arguments, texts)
            if call == "close":
                names.pop(first)


def _on_file(call: str, name: str, arguments: str, texts: list[bytes]) -> Iterator[Event]:
    last = arguments.rpartition(",")[2].strip()
    if call == "write" and name == "out":
        yield Event("said", name, texts[0])
    elif call == "pwrite64":
        yield Event("write", name, texts[0], int(last))
    elif call == "ftruncate":
        yield Event("truncate", name, place=int(last))
    elif call in ("fsync", "fdatasync"):
        yield Event("sync", name)
    elif call == "write":
        raise NotImplementedError("the place of a plain write is not known")


def moments(events: list[Event], draw: random.Random) -> Iterator[tuple[int, float]]:
    """Yield moments of a cut: how many events come before it, and what share of sectors arrives."""
    weakest = [place for place, event in enumerate(events) if event.kind == "sync"]
    for number in count():
        if number % 2 and weakest:
            yield draw.choice(weakest), NEARLY_ALL
        else:
            yield draw.randint(1, len(events)), draw.random()


def disk_after(
    events: list[Event], before: dict[str, bytes], arriving: float, draw: random.Random
) -> tuple[dict[str, bytes], int]:
    """Return the files that a cut after `events` may leave, and the last number said before it.

    `arriving` is the share of sectors on their way that arrive.
    """
    names = {name: _File(data) for name, data in before.items()}
    sure, moves, said = dict(names), [], b""
    for event in events:
        if event.kind == "said":
            said += event.data
        elif event.kind == "create":
            if event.name not in names:
                names[event.name] = _File()
                moves.append((event.name, names[event.name]))
        elif event.kind == "unlink":
            names.pop(event.name, None)
            moves.append((event.name, None))
        elif event.kind == "sync" and event.name == "":
            _move(sure, moves)
            moves = []
        elif event.kind == "sync":
            file = names[event.name]
            file.sure, file.coming = _written(file, lambda: True), []
        else:
            names[event.name].coming.append(event)
    _move(sure, moves[: draw.randint(0, len(moves))])
    left = {name: _written(file, lambda: draw.random() < arriving) for name, file in sure.items()}
    return left, int(said[: said.rfind(b"\n") + 1].split()[-1]) if b"\n" in said else 0


def _move(sure: dict[str, _File], moves: list[tuple[str, _File | None]]) -> None:
    for name, file in moves:
        if file is None:
            sure.pop(name, None)
        else:
            sure[name] = file


def _written(file: _File, arrives: object) -> bytes:
    assert callable(arrives)
    data = bytearray(file.sure)
    for event in file.coming:
        if event.kind == "truncate":
            if arrives():
                data = data[: event.place].ljust(event.place, b"\0")
            continue
        for start in range(0, len(event.data), SECTOR):
            part, place = event.data[start : start + SECTOR], event.place + start
            if arrives():
                data = data.ljust(place, b"\0")
                data[place : place + len(part)] = part
    return bytes(data)
