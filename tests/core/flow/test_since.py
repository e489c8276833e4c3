"""What was done since a moment is told by the titles of its edits."""

from __future__ import annotations

from partnerdesk.flow import setup
from partnerdesk.flow.since import since_each, since_words
from tests.core.exchange.mergers import first


def test_each_moment_counts_what_came_after_it() -> None:
    store = first()
    start = store.head().seq
    setup.add_partner(store, "West")
    setup.add_partner(store, "East")
    middle = store.head().seq
    setup.change_partnership(store, purpose="Water")
    found = since_each(store, (start, middle, store.head().seq))
    assert [found[seq].total() for seq in (start, middle, store.head().seq)] == [3, 1, 0]
    assert since_words(found[start]).startswith("3 changes since: Add partner (2), ")
    assert since_words(found[middle]).startswith("1 change since: ")
    assert since_words(found[store.head().seq]) == "Nothing was changed since"


def test_a_moment_that_the_journal_has_not_reached_counts_nothing() -> None:
    assert since_each(first(), (10_000,))[10_000].total() == 0
    assert dict(since_each(first(), ())) == {}
