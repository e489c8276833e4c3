"""The partnership file: rows, a journal of every change, undo, and the check of it all."""

from __future__ import annotations

from partnerdesk.store.check import CheckReport
from partnerdesk.store.edit import Change, Edit, Undoing
from partnerdesk.store.opening import create_store, open_copy, open_store
from partnerdesk.store.store import Store
from partnerdesk.store.transaction import Transaction

__all__ = [
    "Change",
    "CheckReport",
    "Edit",
    "Store",
    "Transaction",
    "Undoing",
    "create_store",
    "open_copy",
    "open_store",
]
