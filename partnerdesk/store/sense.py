"""Tells a damaged file from a fault of ours, where rows make no sense to what reads them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from partnerdesk.errors import PartnerDeskError
from partnerdesk.store import problems
from partnerdesk.store.store import Store


@contextmanager
def making_sense(store: Store) -> Iterator[None]:
    """Read with care: an error that nobody foresaw is told as damage where the check finds some."""
    try:
        yield
    except PartnerDeskError:
        raise
    except Exception as error:
        if store.check().ok:
            raise
        raise problems.damaged(store.path) from error
