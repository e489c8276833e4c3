"""One copy of a partnership as a value: all edits that it knows, each with its place in time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from partnerdesk.model.json import Json, Row
from partnerdesk.model.record import JournalHead
from partnerdesk.store import Change, Edit, Store
from partnerdesk.store.check import DOCUMENT_COLUMNS, DOCUMENT_TABLE
from partnerdesk.store.edit import canonical, stored

MERGE = "merge:"
RECORD_FORMAT = "partnerdesk/merge/1"

Stamp = tuple[str, int, str]
NOTHING: Stamp = ("", 0, "")


@dataclass(frozen=True)
class Step:
    """One edit that a copy knows; `stamp` is its time, a count within that time, and its id.

    The time is `at`, or a later one where the laptop's clock ran backwards, so that what a
    person changed later on one laptop always has the later stamp.
    """

    stamp: Stamp
    at: str
    author: str
    title: str
    changes: tuple[Change, ...]

    @property
    def id(self) -> str:
        """Return the id of the edit."""
        return self.stamp[2]


@dataclass(frozen=True)
class Copy:
    """What one copy of a partnership knows: `steps` by their stamps, its own and those merged in.

    `latest` is the last stamp that the copy ever saw, also in what it took back.
    """

    identity: Row
    head: JournalHead
    steps: tuple[Step, ...]
    latest: Stamp
    documents: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def known(self) -> Mapping[str, Step]:
        """Return the steps by their ids."""
        return {step.id: step for step in self.steps}


def copy_of(store: Store) -> Copy:
    """Return what an open file knows; raises EnvironmentProblem "damaged" as the store does."""
    documents = {digest: store.document(digest) for digest in charter_documents(store)}
    edits = store.edits()
    return copy_from(store.identity, store.head(), edits, store.document, documents)


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
) -> Copy:
    """Return the copy with this journal; `document` gives the record of each merge in it.

    Raises LookupError for a record that is not there, ValueError for one that cannot be read.
    """
    own: list[Step] = []
    merged: dict[str, tuple[Step, ...]] = {}
    standing: set[str] = set()
    last = NOTHING
    for edit in edits:
        records = [c for c in edit.changes if is_merge_record(c)]
        for change in records:
            if change.after is not None and change.key not in merged:
                merged[change.key] = steps_from(document(_digest(change.after)))
            (standing.discard if change.after is None else standing.add)(change.key)
            last = max((last, *(step.stamp for step in merged.get(change.key, ()))))
        if not records:
            last = after(last, edit.at, edit.id)
            own.append(Step(last, edit.at, edit.author, edit.title, edit.changes))
    steps = {step.id: step for key in standing for step in merged[key]}
    steps.update((step.id, step) for step in own)
    ordered = sorted(steps.values(), key=_stamp)
    return Copy(identity, head, tuple(ordered), last, documents or {})


def after(last: Stamp, at: str, id_: str) -> Stamp:
    """Return the stamp of an edit at `at` by somebody who has seen `last`: never an earlier one."""
    return (at, 0, id_) if at > last[0] else (last[0], last[1] + 1, id_)


def is_merge_record(change: Change) -> bool:
    """Return whether a change notes a merge, so that the edit's other changes follow from it."""
    return change.table == "setting" and change.key.startswith(MERGE)


def record_of(steps: Iterable[Step], alternatives: list[Json]) -> bytes:
    """Return the document that a merge keeps: each step that it brought in, and what gave way."""
    listed: list[Json] = [
        [*step.stamp, step.at, step.author, step.title, stored(step.changes)] for step in steps
    ]
    record: Row = {"format": RECORD_FORMAT, "alternatives": alternatives, "steps": listed}
    return canonical(record).encode()


def steps_from(record: bytes) -> tuple[Step, ...]:
    """Return the steps of a merge's document; raises ValueError where it is none."""
    listed = cast(list[list[Json]], _read(record)["steps"])
    try:
        return tuple(_step(*one) for one in listed)
    except TypeError as error:
        raise ValueError("merge record") from error


def alternatives_from(record: bytes) -> list[Row]:
    """Return what gave way in a merge, as its document lists it; raises ValueError for none."""
    return cast(list[Row], _read(record)["alternatives"])


def change_from(table: Json, key: Json, before: Json, after_: Json) -> Change:
    """Return a change as the journal stores it; raises ValueError where it is none."""
    if not (isinstance(table, str) and isinstance(key, str) and key):
        raise ValueError("change")
    change = Change(table, key, image_from(before), image_from(after_))
    if change.before is change.after is None:
        raise ValueError("change")
    return change


def image_from(text: Json) -> Row | None:
    """Return a row image from its stored text, which must be canonical; raises ValueError."""
    if text is None:
        return None
    image = json.loads(text) if isinstance(text, str) else None
    if not isinstance(image, dict) or canonical(image) != text:
        raise ValueError("row image")
    return image


def _read(record: bytes) -> Row:
    value = json.loads(record)
    lists = (value.get("steps"), value.get("alternatives")) if isinstance(value, dict) else ()
    if not lists or value.get("format") != RECORD_FORMAT:
        raise ValueError("merge record")
    if not all(isinstance(one, list) and all(map(_is_container, one)) for one in lists):
        raise ValueError("merge record")
    return cast(Row, value)


def _is_container(value: Json) -> bool:
    return isinstance(value, list | dict)


def _step(
    time: Json, count: Json, id_: Json, at: Json, author: Json, title: Json, changes: Json
) -> Step:
    texts = (time, id_, at, author, title)
    if not all(isinstance(one, str) for one in texts) or type(count) is not int:
        raise ValueError("merge record")
    listed = cast(list[list[Json]], changes)
    stamp = (cast(str, time), count, cast(str, id_))
    made = tuple(change_from(*one) for one in listed)
    return Step(stamp, cast(str, at), cast(str, author), cast(str, title), made)


def _digest(image: Row) -> str:
    value = image.get("value")
    return str(value.get("document")) if isinstance(value, dict) else ""


def _stamp(step: Step) -> Stamp:
    return step.stamp
