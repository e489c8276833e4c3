"""One transaction: the only way to write rows, which notes each change as it is made."""

from __future__ import annotations

from collections.abc import Mapping

from partnerdesk.model.json import Row
from partnerdesk.store.edit import Change, Undoing, canonical
from partnerdesk.store.rows import Rows


class Transaction:
    """Writes rows and collects the changes of one edit; raises once the transaction is over."""

    def __init__(self, rows: Rows, undoing: Undoing) -> None:
        """Write through `rows`."""
        self.undoing = undoing
        self._rows = rows
        self._changes: list[Change] = []
        self._open = True

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return what was changed so far, in order."""
        return tuple(self._changes)

    def insert(self, table: str, row: Mapping[str, object]) -> str:
        """Write a new row, with defaults for what it leaves out, and return its id.

        Raises ValueError for an unknown column, a wrong type or an id that is there already.
        """
        whole = self._rows.table(table).whole(row)
        key = str(whole["id"])
        if not key or self._rows.row(table, key) is not None:
            raise ValueError(f"table {table} cannot take another row {key!r}")
        self._write(Change(table, key, None, whole))
        return key

    def update(self, table: str, key: str, **changed: object) -> None:
        """Write some columns of a row; what is the same already is no change.

        Raises LookupError where there is no such row, ValueError for a wrong column or type.
        """
        before = self._existing(table, key)
        after = self._rows.table(table).checked(changed)
        if after.get("id", key) != key:
            raise ValueError("an id never changes")
        columns = [c for c in after if canonical(after[c]) != canonical(before[c])]
        if columns:
            old, new = {c: before[c] for c in columns}, {c: after[c] for c in columns}
            self._write(Change(table, key, old, new))

    def delete(self, table: str, key: str) -> None:
        """Remove a row; raises LookupError where there is none."""
        self._write(Change(table, key, self._existing(table, key), None))

    def upsert(self, table: str, row: Mapping[str, object]) -> str:
        """Update the named columns of the row with this id, or insert it; return its id."""
        key = str(row["id"])
        if self._rows.row(table, key) is None:
            return self.insert(table, row)
        self.update(table, key, **row)
        return key

    def apply(self, change: Change) -> bool:
        """Make a change of the past again; return False where the row is not as it was then."""
        if not self._fits(change):
            return False
        self._write(change)
        return True

    def close(self) -> None:
        """Take no more changes."""
        self._open = False

    def _existing(self, table: str, key: str) -> Row:
        row = self._rows.row(table, key)
        if row is None:
            raise LookupError(f"table {table} has no row {key!r}")
        return row

    def _fits(self, change: Change) -> bool:
        now = self._rows.row(change.table, change.key)
        if change.before is None or now is None:
            return change.before is now
        return all(canonical(now[c]) == canonical(v) for c, v in change.before.items())

    def _write(self, change: Change) -> None:
        if not self._open:
            raise RuntimeError("rows are written inside a transaction only")
        if change.after is None:
            self._rows.delete(change.table, change.key)
        elif change.before is None:
            self._rows.insert(change.table, change.after)
        else:
            self._rows.update(change.table, change.key, change.after)
        self._changes.append(change)
