"""How far long work is, and the one place where it may be stopped: between two of its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[float], object]
"""Hears which share of the work is done, from 0 to 1; it raises Stopped to end the work."""
_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


class Stopped(Exception):
    """A person stopped the work: nothing of it may remain, and nobody is told of a problem."""


def tell(share: float) -> None:
    """Say that `share` of the work is done; raises Stopped where nobody wants the rest."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(share)


@contextmanager
def heard(listener: Listener) -> Iterator[None]:
    """Let `listener` hear all that is told inside, on this thread alone."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)
