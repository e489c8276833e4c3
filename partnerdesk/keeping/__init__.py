"""Keeps a partnership through bad days: backups, and what can be saved from a damaged file."""

from __future__ import annotations

from partnerdesk.keeping.backups import (
    Backup,
    Begun,
    Made,
    back_up,
    back_up_before,
    back_up_if_due,
    back_up_second,
    backups,
    begin_backup,
    begin_backup_before,
    begin_backup_if_due,
    finish_backup,
    later_edits,
    protect_backups,
    restore,
)
from partnerdesk.keeping.policy import due, kept
from partnerdesk.keeping.recovery import Recovered, Way, recover
from partnerdesk.keeping.traces import older_copies, renew_backups

__all__ = [
    "Backup",
    "Begun",
    "Made",
    "Recovered",
    "Way",
    "back_up",
    "back_up_before",
    "back_up_if_due",
    "back_up_second",
    "backups",
    "begin_backup",
    "begin_backup_before",
    "begin_backup_if_due",
    "due",
    "finish_backup",
    "kept",
    "later_edits",
    "older_copies",
    "protect_backups",
    "recover",
    "renew_backups",
    "restore",
]
