"""Bytes with something wrong: what bad disks, bad cables and bad people make of a file."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random

LONGEST = 5  # seconds of one processor that a file may take, whatever is in it
BLOCK = 4096
FRONT = 100  # bytes, in which half of the faults fall


@contextmanager
def soon(most: float = LONGEST) -> Iterator[None]:
    """Fail where a block takes too many seconds of one processor."""
    start = time.process_time()
    yield
    assert time.process_time() - start < most


def mutated(data: bytes, draw: Random, tokens: Sequence[bytes]) -> bytes:
    """Return `data` with one to four faults."""
    changed = bytearray(data)
    for _each in range(draw.choice((1, 1, 1, 2, 4))):
        if not changed:
            break
        place = draw.randrange(min(FRONT, len(changed)) if draw.randrange(2) else len(changed))
        draw.choice(FAULTS)(changed, place, draw, tokens)
    return bytes(changed)


def _flip(data: bytearray, place: int, draw: Random, _tokens: Sequence[bytes]) -> None:
    data[place] ^= 1 << draw.randrange(8)


def _overwrite(data: bytearray, place: int, draw: Random, _tokens: Sequence[bytes]) -> None:
    size = min(draw.choice((1, 2, 4, 30)), len(data) - place)
    filler = draw.choice((b"\0", b"\xff", draw.randbytes(1)))
    data[place : place + size] = draw.choice((filler * size, draw.randbytes(size)))


def _cut(data: bytearray, place: int, _draw: Random, _tokens: Sequence[bytes]) -> None:
    del data[place:]


def _drop(data: bytearray, place: int, draw: Random, _tokens: Sequence[bytes]) -> None:
    del data[place : place + draw.choice((1, 7, 512))]


def _repeat(data: bytearray, place: int, draw: Random, _tokens: Sequence[bytes]) -> None:
    size = draw.choice((1, 16, 512))
    data[place:place] = data[place : place + size] * draw.choice((1, 1, 40))


def _insert(data: bytearray, place: int, draw: Random, tokens: Sequence[bytes]) -> None:
    data[place:place] = draw.choice(tokens)


def _replace(data: bytearray, place: int, draw: Random, tokens: Sequence[bytes]) -> None:
    token = draw.choice(tokens)
    data[place : place + len(token)] = token


def _blank(data: bytearray, place: int, draw: Random, _tokens: Sequence[bytes]) -> None:
    start = place - place % BLOCK
    data[start : start + BLOCK] = draw.choice((bytes(BLOCK), draw.randbytes(BLOCK)))


def _swap(data: bytearray, place: int, draw: Random, _tokens: Sequence[bytes]) -> None:
    one = place - place % BLOCK
    other = draw.randrange(len(data)) // BLOCK * BLOCK
    first, second = data[one : one + BLOCK], data[other : other + BLOCK]
    if len(first) == len(second):
        data[one : one + BLOCK], data[other : other + BLOCK] = second, first


def _append(data: bytearray, _place: int, draw: Random, tokens: Sequence[bytes]) -> None:
    data += draw.choice((bytes(BLOCK), draw.randbytes(100), *tokens))


FAULTS = (
    _flip, _flip, _overwrite, _overwrite, _cut, _drop, _repeat, _insert, _replace, _blank, _swap,
    _append,
)  # fmt: skip
