"""One copy of a partnership as a value: all edits that it knows, each with its place in time."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.exchange.cells import left_over
from partnerdesk.exchange.wanted import Wanted
from partnerdesk.language import _
from partnerdesk.model.json import Json, Row
from partnerdesk.model.record import JournalHead
from partnerdesk.store import Change, Edit, Store, Undoing
from partnerdesk.store.check import DOCUMENT_COLUMNS, DOCUMENT_TABLE
from partnerdesk.store.edit import canonical, stored

MERGE = "merge:"
ERASURE = "erasure"
RECORD_FORMAT = "partnerdesk/merge/1"
LONGEST_LINE = 16 * 2**20
AT_ONCE = 2000

Stamp = tuple[str, int, str]
NOTHING: Stamp = ("", 0, "")


@dataclass(frozen=True)
class Step:
    """One edit that a copy knows; `stamp` is its time, a count within that time, and its id.

    The time is `at`, or a later one where the laptop's clock ran backwards, so that what a
    person changed later on one laptop always has the later stamp. `erased` says that the
    changes are no longer all that was made.
    """

    stamp: Stamp
    at: str
    author: str
    title: str
    changes: tuple[Change, ...]
    erased: bool = False

    @property
    def id(self) -> str:
        """Return the id of the edit."""
        return self.stamp[2]


@dataclass(frozen=True)
class Copy:
    """What one copy of a partnership knows: `steps` by their stamps, its own and those merged in.

    `latest` is the last stamp that the copy ever saw, also in what it took back. `erasures` are
    what was erased in it, without the words; `gone` are documents that were erased.
    """

    identity: Row
    head: JournalHead
    steps: tuple[Step, ...]
    latest: Stamp
    documents: Mapping[str, bytes] = field(default_factory=dict)
    erasures: tuple[Wanted, ...] = ()
    gone: frozenset[str] = frozenset()

    @cached_property
    def known(self) -> Mapping[str, Step]:
        """Return the steps by their ids."""
        return {step.id: step for step in self.steps}


@dataclass(frozen=True)
class Source:
    """What an open file holds, read out as values: a worker goes on with it, without the file.

    `written` are the edits as the journal stores them, `documents` all that they name, and
    `charters` those of them that a charter version refers to.
    """

    identity: Row
    head: JournalHead
    written: tuple[tuple[Row, list[Json]], ...]
    documents: Mapping[str, bytes]
    charters: tuple[str, ...]

    def edits(self) -> Iterator[Edit]:
        """Yield the edits, oldest first."""
        for row, changes in self.written:
            left = ("salt", "digest", "undoing")
            kept = {name: value for name, value in row.items() if name not in left}
            made = tuple(_change(*cast(list[str], one)) for one in changes)
            undoing = Undoing(row["undoing"])
            yield Edit(changes=made, undoing=undoing, **kept)  # type: ignore[arg-type]  # as stored


def _change(table: str, key: str, *images: str | None) -> Change:
    before, after_ = (None if text is None else cast(Row, json.loads(text)) for text in images)
    return Change(table, key, before, after_)


def reading(store: Store) -> Generator[int, None, Source]:
    """Read an open file out, and yield after each 2,000 edits how many there are so far.

    Raises EnvironmentProblem "damaged" as the store does, UserError "changed" where the file
    changed meanwhile.
    """
    written: list[tuple[Row, list[Json]]] = []
    named: set[str] = set()
    head, last = store.head(), 0
    while page := store.written_edits(last, AT_ONCE):
        written += page
        last = cast(int, page[-1][0]["seq"])
        named.update(digest for _row, changes in page for digest in _records_in(changes))
        yield len(written)
    charters = charter_documents(store)
    documents = {digest: store.document(digest) for digest in (*charters, *sorted(named))}
    if store.head() != head:
        raise _changed()
    return Source(store.identity, head, tuple(written), documents, charters)


def read(store: Store) -> Source:
    """Return an open file, read out at once."""
    found = reading(store)
    while True:
        try:
            next(found)
        except StopIteration as end:
            return cast(Source, end.value)


def copy_of(store: Store) -> Copy:
    """Return what an open file knows; raises EnvironmentProblem "damaged" as the store does."""
    return copy_in(read(store))


def copy_in(source: Source) -> Copy:
    """Return what a file that was read out knows."""
    documents = {digest: source.documents[digest] for digest in source.charters}
    record = source.documents.__getitem__
    return copy_from(source.identity, source.head, source.edits(), record, documents)


def nothing_of(identity: Row, head: JournalHead) -> Copy:
    """Return what a new file of this partnership knows."""
    return Copy(identity, head, (), NOTHING)


def _changed() -> UserError:
    message = _("The file changed meanwhile. Nothing was sent or merged. Try once more.")
    return UserError(message, code="changed")


def _records_in(changes: list[Json]) -> Iterator[str]:
    """Yield the documents that merges among these changes name."""
    for one in changes:
        table, key, _before, after_ = cast(list[str], one)
        if table == "setting" and key.startswith(MERGE) and after_ is not None:
            yield merge_document(Change(table, key, None, json.loads(after_)))


def charter_documents(store: Store) -> tuple[str, ...]:
    """Return the SHA-256 of each document that a charter version refers to, in order."""
    rows = store.rows(DOCUMENT_TABLE)
    found = {str(row[column]) for row in rows for column in DOCUMENT_COLUMNS if row[column]}
    return tuple(sorted(found))


def copy_from(
    identity: Row,
    head: JournalHead,
    edits: Iterable[Edit],
    document: Callable[[str], bytes],
    documents: Mapping[str, bytes] | None = None,
    left_out: Mapping[int, Stamp] | None = None,
) -> Copy:
    """Return the copy with this journal; `document` gives the record of each merge in it.

    `left_out` are the last stamps at edits whose changes are not known. Raises LookupError for
    a record that is not there, ValueError for one that cannot be read.
    """
    reading = _Reading(document, left_out or {})
    for edit in edits:
        reading.read(edit)
    steps = reading.steps()
    steps.update((i, replace(steps[i], erased=True)) for i in reading.erased & steps.keys())
    ordered = tuple(sorted(steps.values(), key=_stamp))
    erasures = tuple(dict.fromkeys(reading.erasures))
    return Copy(
        identity, head, ordered, reading.last, documents or {}, erasures, frozenset(reading.gone)
    )


class _Reading:
    """Reads a journal edit by edit: its own steps, the merges that stand, the last stamp."""

    def __init__(self, document: Callable[[str], bytes], left_out: Mapping[int, Stamp]) -> None:
        """Begin before the first edit."""
        self.own: list[Step] = []
        self.merged: dict[str, tuple[Step, ...]] = {}
        self.standing: set[str] = set()
        self.last = NOTHING
        self.erased: set[str] = set()
        self.erasures: list[Wanted] = []
        self.gone: set[str] = set()
        self._document = document
        self._left_out = left_out

    def read(self, edit: Edit) -> None:
        """Take in the next edit."""
        records = [change for change in edit.changes if is_merge_record(change)]
        if edit.seq in self._left_out:
            self.last = max(self.last, self._left_out[edit.seq])
        elif records:
            for change in records:
                self._read_record(change)
            if edit.reverses:
                self._read_rest(edit)
        else:
            self._add(edit, self._without_erasure(edit.changes))

    def steps(self) -> dict[str, Step]:
        """Return by their ids the steps that stand, the laptop's own and those merged in."""
        merged = {step.id: step for key in self.standing for step in self.merged[key]}
        return merged | {step.id: step for step in self.own}

    def _add(self, edit: Edit, changes: tuple[Change, ...]) -> None:
        self.last = after(self.last, edit.at, edit.id)
        self.own.append(Step(self.last, edit.at, edit.author, edit.title, changes))

    def _read_rest(self, edit: Edit) -> None:
        """Take in as a step what taking a merge back changed besides: the rest follows from it."""
        stand = (
            change for step in sorted(self.steps().values(), key=_stamp) for change in step.changes
        )
        rest = left_over(stand, (change for change in edit.changes if not is_merge_record(change)))
        if rest:
            self._add(edit, rest)

    def _without_erasure(self, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """Note what an edit erased; return what it changed besides, which other copies share.

        What was erased is noted in each copy for itself, and so are documents that were.
        """
        erasures = [change for change in changes if change.table == ERASURE]
        if not erasures:
            return changes
        for change in erasures:
            row = change.after or {}
            self.erased |= cast(Row, row["edits"]).keys()
            self.erasures.append(erasure_from(row))
        documents = [change for change in changes if change.table == DOCUMENT_TABLE]
        self.gone |= {str(v) for change in documents for v in (change.before or {}).values()}
        return tuple(change for change in changes if change not in (*erasures, *documents))

    def _read_record(self, change: Change) -> None:
        if change.after is None:
            self.standing.discard(change.key)
            return
        if change.key not in self.merged:
            self.merged[change.key] = steps_from(self._document(merge_document(change)))
        self.standing.add(change.key)
        self.last = max((self.last, *(step.stamp for step in self.merged[change.key])))


def last_stamps(
    edits: Iterable[Edit], document: Callable[[str], bytes]
) -> Iterator[tuple[Edit, Stamp]]:
    """Yield each edit with the last stamp that its laptop had seen then."""
    reading = _Reading(document, {})
    for edit in edits:
        reading.read(edit)
        yield edit, reading.last


def after(last: Stamp, at: str, id_: str) -> Stamp:
    """Return the stamp of an edit at `at` by somebody who has seen `last`: never an earlier one."""
    return (at, 0, id_) if at > last[0] else (last[0], last[1] + 1, id_)


def is_merge_record(change: Change) -> bool:
    """Return whether a change notes a merge, so that the edit's other changes follow from it."""
    return change.table == "setting" and change.key.startswith(MERGE)


def erasure_from(row: Row) -> Wanted:
    """Return what an erasure says of itself: what it put where, but never the words."""
    wiped = frozenset((str(t), str(k)) for t, k in cast(list[list[str]], row.get("wiped") or []))
    return Wanted((), str(row["put"]), bool(row.get("inside")), wiped)


def record_of(steps: Iterable[Step], alternatives: list[Json]) -> bytes:
    """Return the document that a merge keeps: each step that it brought in, and what gave way."""
    listed: list[Json] = [
        [
            *step.stamp, step.at, step.author, step.title, stored(step.changes),
            *([True] if step.erased else []),
        ]
        for step in steps
    ]  # fmt: skip
    lines: list[Json] = [{"format": RECORD_FORMAT}, *alternatives, *listed]
    return "".join(canonical(line) + "\n" for line in lines).encode()


def steps_from(record: bytes) -> tuple[Step, ...]:
    """Return the steps of a merge's document; raises ValueError where it is none."""
    try:
        return tuple(_step(*one) for one in _lines_of(record) if isinstance(one, list))
    except TypeError as error:
        raise ValueError("merge record") from error


def alternatives_from(record: bytes) -> list[Row]:
    """Return what gave way in a merge, as its document lists it; raises ValueError for none."""
    return [one for one in _lines_of(record) if isinstance(one, dict)]


def lines(chunks: Iterable[bytes]) -> Iterator[Json]:
    """Yield the JSON value of each line; raises ValueError for a line over 16 MB or no JSON."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        if len(rest) > LONGEST_LINE:
            raise ValueError("line")
        yield from map(_value, whole)
    if rest:
        raise ValueError("line")


def merge_document(change: Change) -> str:
    """Return the SHA-256 of the document that a merge's note names, or ''."""
    value = (change.after or {}).get("value")
    return str(value.get("document")) if isinstance(value, dict) else ""


def change_from(table: Json, key: Json, before: Json, after_: Json) -> Change:
    """Return a change as the journal stores it; raises ValueError where it is none."""
    if not (isinstance(table, str) and isinstance(key, str) and key):
        raise ValueError("change")
    change = Change(table, key, image_from(before), image_from(after_))
    if change.before is change.after is None or not _refers_by_text(change.after or {}):
        raise ValueError("change")
    return change


def _value(line: bytes) -> Json:
    try:
        return cast(Json, json.loads(line))
    except RecursionError as error:
        raise ValueError("line") from error


def _refers_by_text(row: Row) -> bool:
    return all(isinstance(v, str) for name, v in row.items() if name.endswith("_id"))


def image_from(text: Json) -> Row | None:
    """Return a row image from its stored text, which must be canonical; raises ValueError."""
    if text is None:
        return None
    image = json.loads(text) if isinstance(text, str) else None
    if not isinstance(image, dict) or canonical(image) != text:
        raise ValueError("row image")
    return image


def _lines_of(record: bytes) -> Iterator[Json]:
    """Yield the lines of a merge's document behind its first, which names the format."""
    found = lines([record])
    if next(found, None) != {"format": RECORD_FORMAT}:
        raise ValueError("merge record")
    return found


def _step(
    time: Json,
    count: Json,
    id_: Json,
    at: Json,
    author: Json,
    title: Json,
    changes: Json,
    erased: Json = False,
) -> Step:
    texts = (time, id_, at, author, title)
    if not all(isinstance(one, str) for one in texts) or type(count) is not int:
        raise ValueError("merge record")
    listed = cast(list[list[Json]], changes)
    stamp = (cast(str, time), count, cast(str, id_))
    made = tuple(change_from(*one) for one in listed)
    return Step(stamp, cast(str, at), cast(str, author), cast(str, title), made, erased is True)


def _stamp(step: Step) -> Stamp:
    return step.stamp
