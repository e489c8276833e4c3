"""The check of a whole file: chain, rows, documents, vault, schema and pages."""

from __future__ import annotations

from dataclasses import dataclass

import sqlcipher3.dbapi2 as sqlite

from partnerdesk.model.record import JournalHead


@dataclass(frozen=True)
class CheckReport:
    """What a check found: `problems` is empty when all is as it was written."""

    ok: bool
    problems: tuple[str, ...]
    edits: int
    head: JournalHead


def check(connection: sqlite.Connection) -> CheckReport:
    raise NotImplementedError
