"""What reads files from elsewhere, in a child process that may fail without harm to anything."""

from __future__ import annotations

import base64
import json
import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from partnerdesk import pace
from partnerdesk.errors import EnvironmentProblem
from partnerdesk.language import _
from partnerdesk.model.json import Json, Row
from partnerdesk.signing import CHILD_ARGUMENT, pictures, ranges, rendering, words
from partnerdesk.signing.rendering import PagePair
from partnerdesk.signing.report import (
    ON_PAPER,
    Finding,
    Known,
    PaperNote,
    Report,
    Verdict,
    from_json,
    to_json,
)
from partnerdesk.signing.verify import MOST_BYTES, verify

_MEMORY = 512 << 20  # bytes of address space; three signatures on 300 pages need a fifth of it
_CPU = 10  # seconds
_WALL = 30.0  # seconds
_LOOK = 0.1  # seconds between two looks at whether somebody stopped it
_MOST_PIXELS = 2000  # of either side of a picture
_MOST_PICTURE = 8_000_000  # bytes
_LATER = ("appended", "later", "fields", "drawn", "uncertified", "awaited", *ON_PAPER)
_OTHER = ("clock", "order", "own-dates", "unknown", "other-words", "four-words")
_NAMES = ("hidden-marks", "mixed-letters", "other-name")
_SHOWN = frozenset((*_LATER, *_OTHER, *_NAMES))
"""Findings after which the earlier part of the file is still what somebody signed."""
_START = """
import sys
sys.path.insert(0, sys.argv[1])  # our own packages come from here, also beside an installed one
import partnerdesk, resources
sys.path.append(sys.path.pop(0))  # and all others from where they always do
from partnerdesk.signing import isolated
sys.exit(isolated.run_child())
"""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_FORBIDDEN = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.sendto",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
)


def verify_isolated(file: Path | bytes, known: Known, *, seconds: float = _WALL) -> Report:
    """Return `verify`'s report on `file`, read in a child process with little memory and time.

    Whatever the child meets, crashes and delays included, the answer is a report. Raises
    UserError for an unknown word, and EnvironmentProblem when `file` cannot be read at all.
    """
    if known.words:
        words.read(" ".join(known.words))
    pdf = _content(file)
    if not pdf or len(pdf) > MOST_BYTES:
        return _cannot("large" if pdf else "empty")
    fingerprints: list[Json] = [*sorted(known.fingerprints)]
    paper: list[Json] = [[one.charter, one.field, one.kept_by] for one in known.paper]
    question: Row = {"fingerprints": fingerprints, "words": [*known.words], "paper": paper}
    try:
        return from_json(json.loads(_asked(question, pdf, seconds)))
    except subprocess.TimeoutExpired:
        return _cannot("slow")
    except (ValueError, KeyError, TypeError):
        return _cannot("crashed")


def pages_isolated(pdf: bytes, report: Report, *, seconds: float = _WALL) -> tuple[PagePair, ...]:
    """Return pictures of at most six pages of `pdf`, about which the child gave `report`.

    They are the pages that changed, each as it was signed and as it is now; else the first
    pages as they are now. They are drawn in a child process too; () where that fails.
    """
    if not pdf or len(pdf) > MOST_BYTES:
        return ()
    compare = bool(report.signers) and {one.code for one in report.findings} <= _SHOWN
    try:
        answer = json.loads(_asked({"pages": True, "compare": compare}, pdf, seconds))
        pairs = tuple(
            PagePair(int(number), base64.b64decode(before), base64.b64decode(after))
            for number, before, after in answer
        )
    except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        return ()
    pictures = [picture for pair in pairs for picture in (pair.before, pair.after) if picture]
    sound = len(pairs) <= rendering.MOST_PICTURES and all(map(_sound, pictures))
    return pairs if sound else ()


def logo_isolated(data: bytes, *, seconds: float = _WALL) -> bytes:
    """Return a partner's logo as it is kept, read in a child process.

    Raises UserError for what is no PNG or JPEG, is damaged, or declares over 20 megapixels.
    """
    return _drawn("logo", data, _sound, seconds)


def mark_isolated(data: bytes, *, seconds: float = _WALL) -> bytes:
    """Return a stamp or thumbprint as a PNG, read in a child process; raises as above."""
    return _drawn("mark", data, _sound, seconds)


def scan_isolated(data: bytes, *, seconds: float = _WALL) -> tuple[bytes, str]:
    """Return what `pictures.scan` does, a picture read in a child process; raises as above."""
    if data.startswith(b"%PDF-") and len(data) <= pictures.MOST_BYTES:
        return pictures.scan(data)  # which does not look into it
    return _drawn("scan", data, _is_jpeg, seconds), ".jpg"


def _drawn(what: str, data: bytes, sound: Callable[[bytes], bool], seconds: float) -> bytes:
    """Return a picture that the child made of a foreign one."""
    try:
        if len(data) > pictures.MOST_BYTES:
            raise pictures.refused()
        made = base64.b64decode(json.loads(_asked({"draw": what}, data, seconds)))
    except (subprocess.TimeoutExpired, ValueError, TypeError) as problem:
        raise pictures.refused() from problem
    if not sound(made):
        raise pictures.refused()
    return made


def _asked(question: Row, pdf: bytes, seconds: float) -> bytes:
    """Return what a new child answers to `question` about `pdf`; a stop ends the child too."""
    end = time.monotonic() + seconds
    with subprocess.Popen(  # noqa: S603  # our own program, with fixed arguments
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        given, child.stdin = child.stdin, None  # `communicate` would not go on with it
        asked = json.dumps(question).encode() + b"\n" + pdf
        threading.Thread(target=_give, args=(given, asked), daemon=True).start()
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    return child.communicate(timeout=_LOOK)[0]
                pace.tell(0.0)
                if time.monotonic() > end:
                    raise subprocess.TimeoutExpired(child.args, seconds)
        finally:
            child.kill()


def _give(given: IO[bytes] | None, asked: bytes) -> None:
    """Hand the whole question over; a child that ends early wants no more of it."""
    with suppress(OSError):
        if given is not None:
            with given:
                given.write(asked)


def _sound(picture: bytes) -> bool:
    """Tell whether the child's answer is a PNG of modest size: the child read a hostile file."""
    if len(picture) > _MOST_PICTURE or picture[:8] != b"\x89PNG\r\n\x1a\n":
        return False
    return picture[12:16] == b"IHDR" and all(
        0 < side <= _MOST_PIXELS for side in struct.unpack(">II", picture[16:24])
    )


def _is_jpeg(picture: bytes) -> bool:
    """Tell whether the child's answer begins and ends as a JPEG, and is no larger than a scan."""
    return len(picture) <= pictures.MOST_BYTES and (
        picture.startswith(b"\xff\xd8\xff") and picture.endswith(b"\xff\xd9")
    )


def run_child() -> int:
    """Answer the question on standard input with a report on standard output; return 0."""
    _limit()
    asked = json.loads(sys.stdin.buffer.readline())
    pdf = sys.stdin.buffer.read(MOST_BYTES + 1)
    sys.stdout.write(json.dumps(_answer(asked, pdf)))
    sys.stdout.flush()
    return 0


def _answer(asked: Row, data: bytes) -> object:
    if "draw" in asked:
        return base64.b64encode(_DRAWERS[str(asked["draw"])](data)).decode()
    return _pages(data, bool(asked["compare"])) if "pages" in asked else _report(data, asked)


_DRAWERS: dict[str, Callable[[bytes], bytes]] = {
    "logo": pictures.logo,
    "mark": pictures.mark,
    "scan": lambda data: pictures.scan(data)[0],
}


def _report(pdf: bytes, asked: Row) -> Row:
    fingerprints, typed = cast(list[str], asked["fingerprints"]), cast(list[str], asked["words"])
    paper = tuple(PaperNote(*note) for note in cast(list[list[str]], asked["paper"]))
    return to_json(verify(pdf, Known(frozenset(fingerprints), tuple(typed), paper)))


def _pages(pdf: bytes, compare: bool) -> list[list[int | str]]:
    earlier = ranges.signed_revision(pdf) if compare else b""
    return [
        [pair.number, *(base64.b64encode(one).decode() for one in (pair.before, pair.after))]
        for pair in rendering.page_pairs(earlier, pdf)
    ]


def _content(file: Path | bytes) -> bytes:
    if isinstance(file, bytes):
        return file
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as problem:
        raise EnvironmentProblem(
            _("The file {name} cannot be read. Please check that it is there.").format(
                name=file.name
            ),
            code="verify-read",
        ) from problem


def _cannot(code: str) -> Report:
    return Report((Finding("R1", code, Verdict.CANNOT_TELL),))


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_ARGUMENT]
    home = str(Path(__file__).parents[2])
    return [sys.executable, "-I", "-B", "-c", _START, home]


def _limit() -> None:
    """Take away what reading a PDF never needs: memory, time, core dumps, network, programs."""
    sys.addaudithook(_audit)
    try:
        import resource
    except ImportError:  # Windows has no such limits; the wall clock and the hook remain
        return
    limits = {
        resource.RLIMIT_AS: _MEMORY,
        resource.RLIMIT_CPU: _CPU,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    for which, most in limits.items():
        _soft, hard = resource.getrlimit(which)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (bound, bound))


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and bool(int(arguments[2]) & _WRITING)
    if writes or event in _FORBIDDEN:
        raise PermissionError(f"{event} is not for the verifier")
