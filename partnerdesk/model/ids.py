"""Time-ordered identities (UUID version 7, RFC 9562), rising within one process."""

from __future__ import annotations

import os
import threading
import time
import uuid

_LOCK = threading.Lock()
_RANDOM_BITS = 74
_last = 0


def new_id() -> str:
    """Return a fresh UUIDv7 as text; later calls of this process sort after earlier ones."""
    global _last
    with _LOCK:
        fresh = (time.time_ns() // 1_000_000) << _RANDOM_BITS | _random()
        _last = fresh if fresh > _last else _last + 1 + _random() % 2**32
        return str(uuid.UUID(int=_as_version_7(_last)))


def _random() -> int:
    return int.from_bytes(os.urandom(10), "big") >> (80 - _RANDOM_BITS)


def _as_version_7(value: int) -> int:
    """Return 48 bits of milliseconds and 74 random bits, with version and variant between."""
    time_part, high, low = value >> 74, value >> 62 & 0xFFF, value & (1 << 62) - 1
    return time_part << 80 | 7 << 76 | high << 64 | 2 << 62 | low
