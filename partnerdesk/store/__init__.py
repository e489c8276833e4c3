"""The partnership file: rows, a journal of every change, undo, and the check of it all."""

from __future__ import annotations

from partnerdesk.store.check import CheckReport
from partnerdesk.store.copying import Part, finish_copy
from partnerdesk.store.edit import Change, Edit, Undoing
from partnerdesk.store.opening import create_store, is_locked, open_copy, open_store
from partnerdesk.store.passphrase import check_passphrase, suggest_passphrase
from partnerdesk.store.rekeying import change_passphrase
from partnerdesk.store.store import Store
from partnerdesk.store.transaction import Transaction

__all__ = [
    "Change",
    "CheckReport",
    "Edit",
    "Part",
    "Store",
    "Transaction",
    "Undoing",
    "change_passphrase",
    "check_passphrase",
    "create_store",
    "finish_copy",
    "is_locked",
    "open_copy",
    "open_store",
    "suggest_passphrase",
]
