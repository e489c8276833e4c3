"""Notes our own faults without a value in them: what kind, and where in the program, nothing else.

A name or an answer may stand in a message, an argument or a path. So of an error only its class,
its code and the lines it passed through are kept, in a ring of at most 1 MB on this laptop.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from partnerdesk import __version__
from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.language import _
from partnerdesk.places import home

LOG, OLDER = "faults.log", "faults.1.log"
HALF = 500_000
"""Bytes at which the log moves to `OLDER`, whose own lines go: both are under 1 MB."""
MOST_FRAMES = 30


def watch(told: Callable[[], object] = lambda: None) -> None:
    """Note every error that nothing catches, and every logged one.

    `told` is called after each that ends what the person just did.
    """

    def on_main(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
        _uncaught(error)
        if not isinstance(error, KeyboardInterrupt):
            told()

    sys.excepthook = on_main
    sys.unraisablehook = lambda hooked: _uncaught(hooked.exc_value)
    threading.excepthook = lambda hooked: _uncaught(hooked.exc_value)
    root = logging.getLogger()
    if not any(isinstance(one, _Values) for one in root.handlers):
        root.addHandler(_Values())
    logging.raiseExceptions = False


def described(error: BaseException) -> str:
    """Return an error without its message: classes, codes, and module, function and line."""
    return " < ".join(_one(one) for one in _chain(error))


def memory_short() -> EnvironmentProblem:
    """Return the report of a laptop that has too little memory left for a piece of work."""
    message = _(
        "This laptop has too little free memory for this. Nothing was changed. "
        "Close other programs, then try again."
    )
    return EnvironmentProblem(message, code="memory")


def log_path() -> Path:
    """Return where faults are noted."""
    return home() / LOG


class _Values(logging.Handler):
    """Notes records from ERROR up by their place in the program; texts and arguments stay out."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        place = f"{record.module}:{record.funcName}:{record.lineno}"
        _note(place, described(error) if error else "")


def _uncaught(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, KeyboardInterrupt):
        _note("uncaught", described(error))


def _one(error: BaseException) -> str:
    code = error.code if isinstance(error, PartnerDeskError) else ""
    if isinstance(error, OSError):
        code = str(error.errno or "")
    frames = list(_frames(error.__traceback__))[-MOST_FRAMES:]
    return " ".join(part for part in (type(error).__qualname__, code, *frames) if part)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        frame = trace.tb_frame
        module = str(frame.f_globals.get("__name__", "?"))
        yield f"{module}:{frame.f_code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next


def _note(kind: str, what: str) -> None:
    """Write one line to the log and to stderr; a log that cannot be written keeps nobody."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    line = f"{at} {__version__} {kind} {what}\n"
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(line)
    with suppress(OSError):
        path = log_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > HALF:
            path.replace(path.with_name(OLDER))
        with path.open("a", encoding="utf-8") as file:
            file.write(line[:HALF])
