"""The verifier in a child process of its own, which may fail without harm to anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from partnerdesk.errors import EnvironmentProblem
from partnerdesk.language import _
from partnerdesk.signing import CHILD_ARGUMENT, words
from partnerdesk.signing.report import Finding, Known, Report, Verdict, from_json, to_json
from partnerdesk.signing.verify import MOST_BYTES, verify

_MEMORY = 1 << 30  # bytes of address space; three signatures on 300 pages need about half
_CPU = 10  # seconds
_WALL = 30.0  # seconds
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
    question = {"fingerprints": sorted(known.fingerprints), "words": list(known.words)}
    try:
        answer = subprocess.run(  # noqa: S603  # our own program, with fixed arguments
            _command(),
            input=json.dumps(question).encode() + b"\n" + pdf,
            capture_output=True,
            timeout=seconds,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _cannot("slow")
    try:
        return from_json(json.loads(answer.stdout))
    except (ValueError, KeyError, TypeError):
        return _cannot("crashed")


def run_child() -> int:
    """Answer the question on standard input with a report on standard output; return 0."""
    _limit()
    answer = _answer(sys.stdin.buffer)
    sys.stdout.write(json.dumps(to_json(answer)))
    sys.stdout.flush()
    return 0


def _answer(question: IO[bytes]) -> Report:
    asked = json.loads(question.readline())
    known = Known(frozenset(asked["fingerprints"]), tuple(asked["words"]))
    return verify(question.read(MOST_BYTES + 1), known)


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
    start = "import sys; sys.path.append(sys.argv[1]); from partnerdesk.signing import isolated"
    code = f"{start}; sys.exit(isolated.run_child())"
    return [sys.executable, "-I", "-B", "-c", code, home]


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
