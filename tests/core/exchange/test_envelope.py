"""An envelope opens with its passphrase alone, and tells a wrong one from damage."""

from __future__ import annotations

import hashlib
import hmac
import time
import tracemalloc
from collections.abc import Callable
from functools import cache

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerdesk.errors import UserError
from partnerdesk.exchange.bundle import pack, pack_source, unpack
from partnerdesk.exchange.copies import read
from partnerdesk.exchange.envelope import OVERHEAD, USUAL, Broken, Cost, Cut, opened, seal
from tests.core.exchange.mergers import first

WORDS = "calm acorn in the garden"
CHEAP = Cost(log_n=14, p=1)
MB = 2**20
HEAD = 48


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal(b"Clean water" * 20, WORDS, CHEAP)


def told(act: Callable[[], object]) -> str:
    """Return the code of the refusal that `act` ends in."""
    with pytest.raises(UserError) as refused:
        act()
    assert 5 <= len(refused.value.message.split()) <= 35
    return refused.value.code


def with_digest(data: bytes) -> bytes:
    """Return an altered envelope whose digest was made to fit, as a forger would."""
    front, body = data[: HEAD + 32], data[HEAD + 64 :]
    return front + hashlib.sha256(front + body).digest() + body


def test_what_is_sealed_comes_out_again(sealed: bytes) -> None:
    assert opened(sealed, WORDS) == b"Clean water" * 20
    assert opened(sealed, "  calm  acorn in the garden ") == b"Clean water" * 20
    assert len(sealed) == 220 + OVERHEAD


def test_nothing_of_it_can_be_read(sealed: bytes) -> None:
    assert b"water" not in sealed
    assert seal(b"x", WORDS, CHEAP) != seal(b"x", WORDS, CHEAP)


def test_an_envelope_keeps_its_form() -> None:
    """A file of today opens in ten years: scrypt and ChaCha20-Poly1305, as docs/bundle.md says."""
    kept = bytes.fromhex(
        "50445345414c4544010e0801" + "00" * 15 + "01" + "00" * 11 + "02" + "0000000000000002"
    )
    made = hashlib.scrypt(WORDS.encode(), salt=kept[12:28], n=2**14, r=8, p=1, dklen=64)
    front = kept + hmac.digest(made[32:], kept, "sha256")
    body = ChaCha20Poly1305(made[:32]).encrypt(kept[28:40], b"hi", front)
    whole = front + hashlib.sha256(front + body).digest() + body
    assert opened(whole, WORDS) == b"hi"


def test_a_wrong_passphrase_is_told_apart_from_damage(sealed: bytes) -> None:
    assert told(lambda: opened(sealed, None)) == "passphrase-needed"
    assert told(lambda: opened(sealed, "calm acorn in the gardem")) == "wrong-passphrase"
    for place in (HEAD + 3, HEAD + 40, HEAD + 70, len(sealed) - 1):
        touched = bytearray(sealed)
        touched[place] ^= 1
        with pytest.raises(Broken):
            opened(bytes(touched), WORDS)


def test_what_was_altered_with_care_is_refused(sealed: bytes) -> None:
    touched = bytearray(sealed)
    touched[-1] ^= 1
    with pytest.raises(Broken, match="tag"):
        opened(with_digest(bytes(touched)), WORDS)
    salted = bytearray(sealed)
    salted[12] ^= 1
    assert told(lambda: opened(with_digest(bytes(salted)), WORDS)) == "wrong-passphrase"


@pytest.mark.parametrize("length", [0, 7, 8, 20, HEAD, HEAD + 64, 200])
def test_one_that_was_cut_is_told_as_cut(sealed: bytes, length: int) -> None:
    with pytest.raises((Cut, Broken)) as found:
        opened(sealed[:length], WORDS)
    assert found.type is (Broken if length < 8 else Cut)


COSTS = [(log_n, r, p) for log_n in (0, 13, 17, 40, 63, 255) for r in (8, 255) for p in (1, 255)]
COSTS += [(16, 0, 1), (16, 9, 1), (16, 8, 0), (16, 8, 5)]


@pytest.mark.parametrize("cost", COSTS)
def test_a_cost_out_of_bounds_is_refused_before_anything_is_derived(
    sealed: bytes, cost: tuple[int, int, int]
) -> None:
    bomb = with_digest(sealed[:9] + bytes(cost) + sealed[12:])
    start = time.process_time()
    tracemalloc.start()
    assert told(lambda: unpack(bomb, "gift.pdbundle", WORDS)) == "damaged-bundle"
    assert tracemalloc.get_traced_memory()[1] < MB
    tracemalloc.stop()
    assert time.process_time() - start < 0.1


def test_the_usual_cost_is_within_bounds() -> None:
    assert USUAL.bounded
    assert 128 * 8 * 2**USUAL.log_n == 64 * MB


@given(st.binary(max_size=400), st.booleans())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_garbage_in_an_envelope_is_refused_in_one_sentence(data: bytes, fits: bool) -> None:
    junk = b"PDSEALED\x01\x0e\x08\x01" + data
    whole = with_digest(junk) if fits and len(junk) > HEAD + 64 else junk
    code = told(lambda: unpack(whole, "gift.pdbundle", None))
    assert code in ("truncated", "damaged-bundle", "passphrase-needed")


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_one_changed_byte_of_a_locked_bundle_is_refused(data: st.DataObject) -> None:
    whole = bytearray(_locked())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    assert told(lambda: unpack(bytes(whole), "x", WORDS)) in (
        "truncated",
        "damaged-bundle",
        "not-a-bundle",
    )


@cache
def _locked() -> bytes:
    return seal(pack(first()), WORDS, CHEAP)


def test_a_locked_bundle_is_the_bundle_once_it_is_opened() -> None:
    store = first()
    locked = pack_source(read(store), passphrase=WORDS)
    assert unpack(locked, "x", WORDS) == unpack(pack(store), "x")
    assert b"north" not in locked
    assert told(lambda: unpack(locked, "x")) == "passphrase-needed"
    assert told(lambda: pack_source(read(store), passphrase="short")) == "weak-passphrase"
