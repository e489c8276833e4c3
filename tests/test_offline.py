"""No test reaches a network, nor does a Python that it starts: the guard itself is tried here."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TRIES = """
import socket
try:
    socket.socket({family}).{act}
except PermissionError:
    print("refused")
"""


@pytest.fixture
def noted(tried: Path) -> Iterator[Path]:
    """Return what was tried, and forget it: here it is meant."""
    yield tried
    os.truncate(tried, 0)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_connection_is_refused_and_noted(family: socket.AddressFamily, noted: Path) -> None:
    place = ("::1" if family is socket.AF_INET6 else "127.0.0.1", 9)
    with socket.socket(family) as one, pytest.raises(PermissionError):
        one.connect(place)
    with socket.socket(family, socket.SOCK_DGRAM) as one, pytest.raises(PermissionError):
        one.sendto(b"x", place)
    with socket.socket(family) as one, pytest.raises(PermissionError):
        one.bind(("", 0))
    assert noted.read_text().split() == ["socket.connect", "socket.sendto", "socket.bind"]


def test_a_name_is_not_looked_up(noted: Path) -> None:
    with pytest.raises(PermissionError):
        socket.getaddrinfo("localhost", 80)
    assert noted.read_text() == "socket.getaddrinfo\n"


def test_a_child_has_no_network_either(noted: Path) -> None:
    code = TRIES.format(family="socket.AF_INET", act="connect(('127.0.0.1', 9))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"
    assert noted.read_text() == "socket.connect\n"


def test_without_the_guard_the_child_would_try(noted: Path) -> None:
    code = TRIES.format(family="socket.AF_INET", act="bind(('127.0.0.1', 0))")
    command = [sys.executable, "-I", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == ""
    assert noted.read_text() == ""


def test_what_stays_on_the_laptop_is_not_stopped() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(b"x")
        assert theirs.recv(1) == b"x"
