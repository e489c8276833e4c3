"""Reads files from strangers in a process of its own, and says what each cost; see test_bombs.py.

Each line in is a kind and a path, each line out what came of it as JSON: the code and the words of
the refusal, seconds of processor, MB of memory above what the idle process had, whatever took them,
and what was written or made anywhere. "careless" lifts the bounds, and unpacks what comes.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import cryptography.hazmat.primitives.ciphers.aead
import cryptography.hazmat.primitives.kdf.scrypt  # noqa: F401  # loaded before memory is measured
import PIL.JpegImagePlugin
import PIL.PngImagePlugin  # noqa: F401

from partnerdesk.errors import PartnerDeskError
from partnerdesk.exchange import archive, bundle, envelope
from partnerdesk.exchange.contacts import read_contacts
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.guide import read_guide
from partnerdesk.kinds import KINDS
from partnerdesk.signing import pictures
from tests.core.exchange.bombs import WORDS

GUIDE = built_in_guide()
READ: dict[str, Callable[[Path], object]] = {
    "bundle": bundle.read_bundle,
    "sealed": lambda path: bundle.read_bundle(path, WORDS),
    "picture": lambda path: pictures.picture(path.read_bytes()),
    "scan": lambda path: pictures.scan(path.read_bytes()),
    "guide": lambda path: read_guide(path, kinds=KINDS.keys()),
    "workshop": lambda path: read_workshop(path, GUIDE),
    "contacts": read_contacts,
}
MADE = {"os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
written: list[str] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event in MADE or (event == "open" and (arguments[2] or 0) & WRITING):
        written.append(f"{event} {arguments[0]}")


def highest() -> int:
    """Return how much memory this process had at most since it was forked, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def answer(kind: str, path: Path) -> dict[str, Any]:
    """Read one file, and return what was said of it and what it cost."""
    written.clear()
    start, refused = time.process_time(), PartnerDeskError("Nothing is wrong with it.")
    try:
        READ[kind](path)
    except PartnerDeskError as problem:
        refused = problem
    seconds = time.process_time() - start
    return {
        "code": refused.code, "words": len(refused.message.split()), "seconds": seconds,
        "refused": refused.message != "Nothing is wrong with it.", "written": list(written),
    }  # fmt: skip


def be_careless() -> None:
    """Break the promises: no bounds on what is unpacked or derived, and all of it to the disk."""
    for module, name in (
        (archive, "MOST_RATIO"), (archive, "MOST_BYTES"), (bundle, "LONGEST_MANIFEST"),
        (pictures, "MOST_PIXELS"),
    ):  # fmt: skip
        setattr(module, name, 2**40)
    mock.patch.object(envelope.Cost, "bounded", True).start()
    members = archive.members

    def extracted(data: bytes) -> dict[str, archive.Member]:
        with zipfile.ZipFile(io.BytesIO(data)) as one:
            small = [info for info in one.infolist() if info.file_size < 2**20]
            one.extractall("extracted", small)
        return members(data)

    archive.members = extracted


def answer_in_a_fork(kind: str, path: Path) -> None:
    """Let a fork read one file: each begins with the same memory, and leaves none to the next."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    idle = highest()
    told = answer(kind, path)
    told["megabytes"] = (highest() - idle) / 1024
    os.write(1, f"{json.dumps(told)}\n".encode())
    os._exit(0)


if __name__ == "__main__":
    if "careless" in sys.argv:
        be_careless()
    sys.addaudithook(_audit)
    for line in sys.stdin:
        kind, _space, place = line.rstrip("\n").partition(" ")
        answer_in_a_fork(kind, Path(place))
