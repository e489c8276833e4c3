"""One open partnership file: rows, transactions, undo, documents and secrets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

from partnerdesk import RELEASED
from partnerdesk.errors import EnvironmentProblem, PartnerDeskError
from partnerdesk.language import _
from partnerdesk.model.json import Json, Row
from partnerdesk.model.record import JournalHead
from partnerdesk.store import problems
from partnerdesk.store.check import is_needed
from partnerdesk.store.cipher import Key
from partnerdesk.store.copying import Part, finish_copy, sync, vacuumed, written
from partnerdesk.store.edit import Change, Edit, Undoing
from partnerdesk.store.journal import Entry, Journal
from partnerdesk.store.open_file import OpenFile
from partnerdesk.store.rewriting import Rewriting, overwrite_journal, rewrite
from partnerdesk.store.rows import Rows
from partnerdesk.store.transaction import Transaction
from partnerdesk.store.undo import Standing, chosen, redoable, undoable
from partnerdesk.store.watch import Watch

BUILT = datetime.fromisoformat(f"{RELEASED}T00:00+00:00")
Clock = Callable[[], datetime]
NewId = Callable[[], str]
Listener = Callable[[Edit], None]


class Store(OpenFile):
    """A partnership file that this process holds; made by `open_store` or `create_store`.

    Every method may raise EnvironmentProblem: "disk-full", "disk", "read-only" or "damaged".
    """

    def __init__(
        self,
        connection: sqlite.Connection,
        path: Path,
        *,
        read_only: bool,
        clock: Clock,
        new_id: NewId,
        key: Key | None = None,
        watch: Watch | None = None,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        """Take over a connection that holds the file; `on_close` lets go of it."""
        super().__init__(
            connection, path, read_only=read_only, key=key, watch=watch, on_close=on_close
        )
        self.author = ""
        self._clock = clock
        self._new_id = new_id
        self._rows = Rows(connection)
        self._journal = Journal(connection, self._identity)
        self.tip = "" if read_only else self._journal.tip()
        """The hash of the last edit that this program knows to be in the file."""
        self._transaction: Transaction | None = None
        self._listeners: list[Listener] = []

    def take_over(self, other: Store) -> None:
        """Go on with what `other` holds: the same file, opened anew after its medium was away."""
        old, watch = self._connection, self._watch
        self._connection, self._rows, self._journal = other._connection, other._rows, other._journal
        self._watch, self._on_close = other._watch, other._on_close
        with suppress(sqlite.Error):
            old.close()
        if watch is not None:
            watch.let_go()

    @property
    def clock_behind(self) -> bool:
        """Return whether the clock is before the last edit, or before this program was made.

        It stops nothing: the order of edits is theirs.
        """
        with self._reading():
            last = self._journal.last_at()
        try:
            now = self._clock()
            return now < BUILT or (bool(last) and now < datetime.fromisoformat(last))
        except (TypeError, ValueError):  # a time that nobody can read orders nothing
            return False

    def row(self, table: str, key: str) -> Row | None:
        """Return the row with this id, JSON columns decoded, or None."""
        with self._reading():
            return self._rows.row(table, key)

    def rows(self, table: str, order: str = "id", **equals: object) -> list[Row]:
        """Return the rows whose columns equal the given values, in the order of one column."""
        with self._reading():
            return self._rows.rows(table, order, equals)

    @contextmanager
    def transaction(
        self,
        title: str,
        *,
        author: str | None = None,
        session: str = "",
        turn: str = "",
        undoing: Undoing = Undoing.UNDOABLE,
        origin: object | None = None,
    ) -> Iterator[Transaction]:
        """Write rows and one edit together, or nothing at all; `title` names it to a person.

        After the commit the listeners get the edit. Nothing written leaves no edit. Raises
        RuntimeError inside another transaction, UserError "in-use" where other rows refer to
        one that was removed.
        """
        edit: Edit | None = None
        last = undoing
        try:
            with self._committing(undoing) as t:
                yield t
                last = t.undoing
                if t.changes:
                    edit = self._record(t, title, author, session, turn, origin)
        except EnvironmentProblem as problem:
            if edit is None or not self._stands(edit):
                problem.again = last is Undoing.UNDOABLE and problem.code in problems.PASSING
                raise
        if edit is not None:
            self._tell(edit)

    @contextmanager
    def erasing(self, title: str, *, origin: object | None = None) -> Iterator[Transaction]:
        """Give a transaction in which `rewrite_edits` may erase; it cannot be undone.

        Afterwards neither the file's free space nor what SQLite kept beside it holds what was
        erased. Raises EnvironmentProblem "not-compacted" where it was erased, but the disk had
        no room for that last step.
        """
        with self.transaction(title, undoing=Undoing.BARRIER, origin=origin) as t:
            yield t
        try:
            self._compact()
        finally:
            overwrite_journal(self.path.with_name(f"{self.path.name}-journal"))

    def rewrite_edits(self, rewriting: Rewriting, masking: Callable[[str], str] = str) -> Row:
        """Rewrite all changes of the journal, and the rows they leave; return what is left.

        `masking` gives what is left of a text in the heading of an edit, such as its author. The
        result maps the id of each edit that lost something to the digest of the rest: a row of
        `erasure` must hold it in its `edits`. Only in a transaction of `erasing`.
        """
        assert self._transaction is not None
        return dict(rewrite(self._connection, self._rows, rewriting, masking))

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each edit after its commit; the returned call ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def undo_title(self, author: str | None = None) -> str:
        """Return the title of what `undo` would take back, or ''."""
        return _title(self._next_undo(author)[0])

    def redo_title(self, author: str | None = None) -> str:
        """Return the title of what `redo` would make again, or ''."""
        return _title(self._next_redo(author)[0])

    def undo(self, author: str | None = None, *, origin: object | None = None) -> Edit | None:
        """Take back the last undoable edit, of `author` or of anyone; None when there is none.

        Raises UserError "changed-since" where somebody changed the same columns later.
        """
        one, free = self._next_undo(author)
        if one is None:
            return None
        made = self._journal.changes(one.base.seq)
        back = tuple(change.reversed() for change in reversed(made))
        return self._replay(one.base.title, one.base.id, back, free, author, origin)

    def redo(self, author: str | None = None, *, origin: object | None = None) -> Edit | None:
        """Make again what was last undone, of `author` or of anyone; None when there is none.

        Raises UserError "changed-since" as undo does.
        """
        one, free = self._next_redo(author)
        if one is None:
            return None
        made = self._journal.changes(one.base.seq)
        return self._replay(one.base.title, one.latest.id, made, free, author, origin)

    def history(self, table: str, key: str) -> list[Edit]:
        """Return the edits that touched one row, oldest first."""
        with self._reading():
            return self._journal.history(table, key)

    def edits(self, since: int = 0) -> Iterator[Edit]:
        """Yield the edits after number `since`, oldest first."""
        with self._reading():
            yield from self._journal.edits(since)

    def written_edits(self, since: int, length: int) -> list[tuple[Row, list[Json]]]:
        """Return up to `length` edits after number `since` as stored: row, and changes as texts."""
        with self._reading():
            return self._journal.written(since, length)

    def head(self) -> JournalHead:
        """Return the last edit's number and hash, and how many there are."""
        with self._reading():
            return self._journal.head()

    def put_document(self, data: bytes, name: str) -> str:
        """Keep bytes under their SHA-256 and return it in hex; the first name stays."""
        digest = hashlib.sha256(data).hexdigest()
        sql = "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        with self._unjournaled():
            self._connection.execute(sql, (digest, name, data))
        return digest

    def drop_document(self, digest: str) -> None:
        """Forget a document that no row refers to any more; one that a row needs stays.

        To be called in the transaction that takes away the last reference.
        """
        if not is_needed(self._rows, digest):
            with self._unjournaled():
                self._connection.execute("DELETE FROM document WHERE id = ?", (digest,))

    def document(self, digest: str) -> bytes:
        """Return the bytes with this SHA-256.

        Raises LookupError where there are none, EnvironmentProblem "damaged" where they changed.
        """
        data = self._blob("SELECT data FROM document WHERE id = ?", digest)
        if data is None:
            raise LookupError(f"no document {digest}")
        if hashlib.sha256(data).hexdigest() != digest:
            raise problems.damaged(self.path)
        return data

    def put_secret(self, id_: str, data: bytes, purpose: str = "") -> None:
        """Keep secret bytes outside the journal, which notes their SHA-256 alone."""
        digest = hashlib.sha256(data).hexdigest()
        row = {"id": id_, "purpose": purpose, "digest": digest, "state": "kept"}
        with self._joined(_("Keep key"), Undoing.QUIET) as t:
            t.upsert("sealed_key", row)
            self._connection.execute("INSERT OR REPLACE INTO vault VALUES (?, ?)", (id_, data))

    def secret(self, id_: str) -> bytes | None:
        """Return secret bytes, or None once they are destroyed or where there were none."""
        return self._blob("SELECT data FROM vault WHERE id = ?", id_)

    def destroy_secret(self, id_: str) -> None:
        """Overwrite and forget secret bytes; the transaction it is in cannot be undone."""
        with self._joined(_("Destroy key"), Undoing.BARRIER) as t:
            t.undoing = Undoing.BARRIER
            t.update("sealed_key", id_, state="destroyed")
            self._connection.execute("DELETE FROM vault WHERE id = ?", (id_,))

    def copy_to(self, path: Path) -> None:
        """Write a complete, checked copy to `path`, replacing a file there only when it is done.

        Raises EnvironmentProblem for a full disk or where the copy does not check.
        """
        finish_copy(self.begin_copy(path))

    def begin_copy(self, path: Path) -> Part:
        """Write what the file holds now beside `path`; `finish_copy` does the rest on any thread.

        Raises EnvironmentProblem for a full disk, RuntimeError inside a transaction.
        """
        head = self.head()  # a read first: it takes back what a failed step left on the disk
        if self._connection.in_transaction:
            raise RuntimeError("a transaction is open")
        if self._watch is None:
            return vacuumed(self._connection, self.path, path, head, self._key)
        return written(self._watch.blocks(), self.path, path, head, self._key)

    @contextmanager
    def _committing(self, undoing: Undoing) -> Iterator[Transaction]:
        """Commit what the block writes through the transaction, or roll all of it back."""
        if self._transaction is not None:
            raise RuntimeError("a transaction is open already")
        if self.read_only:
            raise problems.read_only(self.path)
        guard = self._watch.guarding(self._connection) if self._watch else nullcontext()
        with guard, problems.told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            t = self._transaction = Transaction(self._rows, undoing)
            try:
                yield t
                self._connection.execute("COMMIT")
            finally:
                t.close()
                self._transaction = None
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _stands(self, edit: Edit) -> bool:
        """Return whether an edit is kept after all: the disk failed in the step behind it."""
        with suppress(PartnerDeskError, OSError):
            if self.head().hash == edit.hash:
                sync(self.path.with_name(self.path.name + "-journal"))
                return True
        return False

    def _compact(self) -> None:
        """Write the file anew without its free space."""
        guard = self._watch.guarding(self._connection) if self._watch else nullcontext()
        try:
            with guard, problems.told(self.path):
                self._connection.execute("VACUUM")
        except EnvironmentProblem as problem:
            raise problems.not_compacted(self.path) from problem

    @contextmanager
    def _joined(self, title: str, undoing: Undoing) -> Iterator[Transaction]:
        """Give the open transaction, or one of its own."""
        if self._transaction is not None:
            yield self._transaction
        else:
            with self.transaction(title, undoing=undoing) as t:
                yield t

    @contextmanager
    def _unjournaled(self) -> Iterator[None]:
        if self._transaction is not None:
            yield
        else:
            with self._committing(Undoing.QUIET):
                yield

    def _next_undo(self, author: str | None) -> tuple[Standing | None, bool]:
        with self._reading():
            return chosen(self._journal, undoable(self._journal), author)

    def _next_redo(self, author: str | None) -> tuple[Standing | None, bool]:
        with self._reading():
            return chosen(self._journal, redoable(self._journal), author)

    def _replay(
        self,
        title: str,
        reverses: str,
        changes: tuple[Change, ...],
        free: bool,
        author: str | None,
        origin: object | None,
    ) -> Edit:
        with self._committing(Undoing.UNDOABLE) as t:
            if not (free and all(t.apply(change) for change in changes)):
                raise problems.changed_since(title)
            edit = self._record(t, title, author, "", "", origin, reverses)
        self._tell(edit)
        return edit

    def _record(
        self,
        t: Transaction,
        title: str,
        author: str | None,
        session: str,
        turn: str,
        origin: object | None,
        reverses: str = "",
    ) -> Edit:
        """Write the edit of a transaction into the journal."""
        entry = Entry(
            id=self._new_id(),
            at=self._clock().isoformat(timespec="milliseconds"),
            author=self.author if author is None else author,
            session=session,
            turn=turn,
            title=title,
            undoing=t.undoing,
            reverses=reverses,
            changes=t.changes,
            origin=origin,
        )
        return self._journal.append(entry)

    def _tell(self, edit: Edit) -> None:
        self.tip = edit.hash
        for listener in tuple(self._listeners):
            listener(edit)

    def _blob(self, sql: str, key: str) -> bytes | None:
        with self._reading():
            found = self._connection.execute(sql, (key,)).fetchone()
        return None if found is None else bytes(found[0])


def _title(standing: Standing | None) -> str:
    return standing.base.title if standing else ""
