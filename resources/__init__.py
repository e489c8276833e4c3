"""Read-only files that ship with the program, and the one way to find them."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def path(name: str) -> Path:
    """Return where the shipped file or folder `name` lies, such as ``guide/standard.toml``."""
    return _HERE / name
