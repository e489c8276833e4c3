"""Takes hold of an open file again whose medium was away for a while."""

from __future__ import annotations

from partnerdesk.store import problems
from partnerdesk.store.opening import open_store
from partnerdesk.store.store import Store


def regain(store: Store) -> None:
    """Go on with the file at its path where the one that was opened is gone; else do nothing.

    Raises as `open_store` does while nothing is there, and EnvironmentProblem "foreign" where
    what is there is not the file as this program left it.
    """
    if store.is_there:
        return
    other = open_store(store.path, passphrase=store.passphrase)
    if (other.id, other.tip) != (store.id, store.tip):
        other.close()
        raise problems.foreign(store.path)
    store.take_over(other)
