"""A screen to measure windows on: the one at hand, a virtual one, or none at all."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

SIZE = "1366x768x24"


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Give the environment of a program that shows a window, and end what was started for it."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        yield {}
    elif xvfb := shutil.which("Xvfb"):
        with _virtual(xvfb) as display:
            yield {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    else:
        yield {"QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def _virtual(xvfb: str) -> Iterator[str]:
    """Give the name of a display that Xvfb chose itself, so that it is free."""
    reader, writer = os.pipe()
    command = [xvfb, "-displayfd", str(writer), "-screen", "0", SIZE, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            yield f":{int(answer.readline())}"
    finally:
        server.terminate()
        server.wait()
