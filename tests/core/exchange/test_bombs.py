"""No archive of the corpus costs more than a second and 100 MB, and each ends in one sentence."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import pytest

from partnerdesk.errors import UserError
from partnerdesk.exchange.bundle import unpack
from tests.core.exchange.bombs import MB, bombs, paths

CORPUS = [*bombs(), *paths()]


def test_the_corpus_has_sixty_bombs_and_forty_paths() -> None:
    assert (len(list(bombs())), len(list(paths()))) == (60, 40)


@pytest.mark.parametrize(("name", "make"), CORPUS, ids=[name for name, _make in CORPUS])
def test_it_is_refused_at_once_and_costs_little(name: str, make: Callable[[], bytes]) -> None:
    data = make()
    start = time.process_time()
    with pytest.raises(UserError) as refused:
        unpack(data, "gift.pdbundle")
    assert time.process_time() - start < 1
    assert 5 <= len(refused.value.message.split()) <= 35
    reached = name.startswith("parse-") and "manifest" not in name
    assert not reached or refused.value.code == "forged"
    tracemalloc.start()
    with pytest.raises(UserError):
        unpack(data, "gift.pdbundle")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100 * MB
