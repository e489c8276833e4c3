"""Merges two copies of one partnership: what comes in, what combines, and what somebody chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from partnerdesk.errors import UserError
from partnerdesk.exchange.cells import Place
from partnerdesk.exchange.combine import difference, fold, settled
from partnerdesk.exchange.conflicts import Conflict, Said, Side, conflicts_of, written
from partnerdesk.exchange.copies import (
    AT_ONCE,
    MERGE,
    Copy,
    Step,
    after,
    alternatives_from,
    charter_documents,
    copy_of,
    record_of,
)
from partnerdesk.exchange.erasing import erase_received
from partnerdesk.exchange.forgetting import reconciled, same_edit, without_gone
from partnerdesk.exchange.held import held_back
from partnerdesk.exchange.wanted import Wanted
from partnerdesk.flow import values
from partnerdesk.flow.agree import agreements, clauses
from partnerdesk.flow.choices import options_of
from partnerdesk.flow.enclosures import enclosures_of
from partnerdesk.flow.ending import closing_of
from partnerdesk.flow.logos import logos
from partnerdesk.flow.versions import signatories_of, versions
from partnerdesk.keeping import back_up_before
from partnerdesk.language import _
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Json, Row
from partnerdesk.model.record import JournalHead
from partnerdesk.store import Change, Edit, Store, Transaction, Undoing, open_store
from partnerdesk.store.check import DOCUMENT_COLUMNS, DOCUMENT_TABLE

Choices = Mapping[str, Side]
NO_CHOICES: Choices = {}
Progress = Callable[[int, int], object]
SIGNING_COLUMNS = {"state", "signed_id", "closed_at"}


@dataclass(frozen=True)
class MergePlan:
    """What a merge would do; nothing is written before `apply`.

    `steps` come in; `held` wait on the other laptop, because what they belong to is sealed or
    being signed. `added`, `changed` and `removed` are rows; `combined` are rows that both sides
    edited, in different columns. `conflicts` need a look; each has a default. `forgets` is what
    the other copy erased and this file still has: it is erased here too. `unmatched` counts
    edits of which it erased more than this file can tell.
    """

    ours: Copy
    theirs: Copy
    steps: tuple[Step, ...]
    held: tuple[Step, ...]
    conflicts: tuple[Conflict, ...]
    changes: tuple[Change, ...]
    combined: tuple[Place, ...]
    documents: Mapping[str, bytes] = field(default_factory=dict)
    forgets: tuple[Wanted, ...] = ()
    unmatched: int = 0

    @property
    def is_empty(self) -> bool:
        """Return whether this file knows all of it already."""
        return not (self.steps or self.forgets)

    @cached_property
    def added(self) -> tuple[Place, ...]:
        """Return the rows that come in, as (table, id)."""
        return tuple((c.table, c.key) for c in self.changes if c.before is None)

    @cached_property
    def changed(self) -> tuple[Place, ...]:
        """Return the rows that get other values."""
        return tuple((c.table, c.key) for c in self.changes if not c.is_whole)

    @cached_property
    def removed(self) -> tuple[Place, ...]:
        """Return the rows that the other copy took out and nobody here touched later."""
        return tuple((c.table, c.key) for c in self.changes if c.after is None)


def plan(ours: Copy, theirs: Copy) -> MergePlan:
    """Return what merging `theirs` into `ours` would do.

    Raises UserError "foreign" for another partnership, "forged" where both know an edit by the
    same id but not with the same content.
    """
    if ours.identity != theirs.identity:
        raise _foreign()
    agreed = reconciled(ours, theirs)
    ours, theirs = agreed.ours, agreed.theirs
    if not all(same_edit(ours.known.get(step.id, step), step) for step in theirs.steps):
        raise forged()
    new = [step for step in theirs.steps if step.id not in ours.known]
    own = [step for step in ours.steps if step.id not in theirs.known]
    held = held_back(ours, theirs, own, new)
    steps = tuple(step for step in new if step.id not in held)
    before, cells = fold(ours.steps), fold(_in_order(ours.steps, steps))
    changes = without_gone(
        difference(settled(before), settled(cells)), theirs.gone - theirs.documents.keys()
    )
    if not all(_continues(ours, theirs, one) for one in changes if one.table == DOCUMENT_TABLE):
        raise forged()
    conflicts = tuple(conflicts_of(cells, own, steps))
    return MergePlan(
        ours=ours,
        theirs=theirs,
        steps=steps,
        held=tuple(step for step in new if step.id in held),
        conflicts=conflicts,
        changes=changes,
        combined=_combined(own, steps, conflicts),
        documents=_needed(changes, theirs.documents),
        forgets=agreed.wanted,
        unmatched=agreed.unmatched,
    )


@dataclass(frozen=True)
class Prepared:
    """A merge with its choices made, ready to be written; `record` is what it keeps of them."""

    plan: MergePlan
    id: str
    changes: tuple[Change, ...]
    record: bytes


def prepare(plan: MergePlan, choices: Choices = NO_CHOICES, author: str = "") -> Prepared:
    """Return what carrying out a plan writes, as values; `author` is who makes the choices.

    `choices` maps the id of a conflict to the side to keep; the other side stays in the record.
    """
    id_ = new_id()
    chosen = _choice(author, plan, choices, id_)
    changes, steps = plan.changes, plan.steps
    if chosen is not None:
        steps = (*steps, chosen)
        both = settled(fold(_in_order(plan.ours.steps, steps)))
        changes = difference(settled(fold(plan.ours.steps)), both)
    record = record_of(steps, [_alternative(one, choices) for one in plan.conflicts])
    return Prepared(plan, id_, changes, record)


def carry_out(
    store: Store,
    prepared: Prepared,
    *,
    progress: Progress = lambda done, total: None,
    undoing: Undoing = Undoing.UNDOABLE,
    origin: object = None,
) -> Edit:
    """Carry out a merge as one edit that can be undone, and return it.

    What the other copy erased is erased here before, as an edit that cannot be undone.
    Raises UserError "changed" where the file changed since the plan was made, "incomplete" where
    the bundle lacks a document, "forged" where a value is one that PartnerDesk never writes.
    """
    plan = prepared.plan
    if store.head() != plan.ours.head:
        message = _("The file changed meanwhile. Nothing was merged. Look at the preview again.")
        raise UserError(message, code="changed")
    if plan.forgets:
        erased = erase_received(store, plan.forgets, origin=origin)
        if not plan.steps:
            return erased
    told: list[Edit] = []
    stop = store.listen(told.append)
    try:
        with store.transaction(_("Merge another copy"), undoing=undoing, origin=origin) as t:
            _write(store, t, prepared.changes, plan.documents, progress)
            row: Row = {"id": MERGE + prepared.id, "value": _summary(store, prepared)}
            t.insert("setting", row)
            _check_readable(store)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise forged() from error
    finally:
        stop()
    return told[-1]


def carry_out_in(path: Path, passphrase: str | None, prepared: Prepared, author: str) -> None:
    """Carry out a merge in a closed file, after a backup where the last one lacks something.

    `author` is who brings it in. Raises as `open_store`, `back_up_before` and `carry_out` do.
    """
    with closing(open_store(path, passphrase=passphrase)) as store:
        store.author = author
        back_up_before(store, datetime.now(UTC))
        carry_out(store, prepared)


def apply(
    store: Store, plan: MergePlan, choices: Choices = NO_CHOICES, *, origin: object = None
) -> Edit | None:
    """Prepare a merge and carry it out, and return its edit; None where nothing is new."""
    if plan.is_empty:
        return None
    return carry_out(store, prepare(plan, choices, store.author), origin=origin)


@dataclass(frozen=True)
class Alternative:
    """What gave way to another edit in a merge, and stays in the record."""

    table: str
    key: str
    column: str
    kept: Said
    other: Said


def alternatives(store: Store) -> tuple[Alternative, ...]:
    """Return what gave way in all merges that stand, oldest merge first."""
    merges = [row for row in store.rows("setting") if str(row["id"]).startswith(MERGE)]
    records = (store.document(_document(row)) for row in merges)
    return tuple(_alternative_from(one) for record in records for one in alternatives_from(record))


def merged_edits(store: Store) -> frozenset[str]:
    """Return the ids of all edits that merges brought into this file."""
    own = {edit.id for edit in store.edits()}
    return frozenset(copy_of(store).known) - own


def forged() -> UserError:
    """Return the refusal of what no PartnerDesk wrote."""
    message = _(
        "This bundle was altered on its way: its record does not fit together. "
        "Nothing was merged. Ask for it again."
    )
    return UserError(message, code="forged")


def _foreign() -> UserError:
    message = _(
        "This bundle belongs to another partnership. Nothing was merged. Open that partnership."
    )
    return UserError(message, code="foreign")


def _in_order(one: Iterable[Step], other: Iterable[Step]) -> list[Step]:
    return sorted((*one, *other), key=lambda step: step.stamp)


def _combined(
    own: Iterable[Step], new: Iterable[Step], conflicts: tuple[Conflict, ...]
) -> tuple[Place, ...]:
    fought = {(one.table, one.key) for one in conflicts}
    both = written(own).keys() & written(new).keys()
    return tuple(sorted(both - fought))


def _needed(changes: tuple[Change, ...], documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return those of the other copy's documents that its charter versions refer to."""
    wanted = {
        str(change.after[column])
        for change in changes
        if change.table == DOCUMENT_TABLE and change.after
        for column in DOCUMENT_COLUMNS
        if change.after.get(column)
    }
    return {digest: data for digest, data in documents.items() if digest in wanted}


def _continues(ours: Copy, theirs: Copy, change: Change) -> bool:
    """Return whether a version that this file has only gets further signatures, or its end."""
    if change.before is None:
        return True
    old, new = (str((image or {}).get("signed_id", "")) for image in (change.before, change.after))
    begun, signed = ours.documents.get(old, b""), theirs.documents.get(new, b"")
    return set(change.after or {"id"}) <= SIGNING_COLUMNS and signed.startswith(begun)


def _choice(author: str, plan: MergePlan, choices: Choices, id_: str) -> Step | None:
    """Return the edit that the choices against the default make, later than all they chose from."""
    against = [c for c in plan.conflicts if choices.get(c.id, c.kept) is not c.kept]
    if not against:
        return None
    last = max(plan.ours.latest, plan.theirs.latest)
    stamp = after(last, last[0], id_)
    made = tuple(_chosen(conflict, choices[conflict.id]) for conflict in against)
    return Step(stamp, last[0], author, _("Merge another copy"), made)


def _chosen(conflict: Conflict, side: Side) -> Change:
    """Return the change that lets one side of a conflict stand."""
    winner, value = conflict.said(conflict.kept).value, conflict.said(side).value
    if conflict.other_key:
        key = conflict.key if side is Side.OURS else conflict.other_key
        return Change(conflict.table, key, {}, {"id": key})
    if conflict.column:
        columns = {conflict.column: winner}, {conflict.column: value}
        return Change(conflict.table, conflict.key, *columns)
    row = value if isinstance(value, dict) else None
    return Change(conflict.table, conflict.key, {}, row)


def _write(
    store: Store,
    t: Transaction,
    changes: tuple[Change, ...],
    documents: Mapping[str, bytes],
    progress: Progress,
) -> None:
    for data in documents.values():
        store.put_document(data, "merged")
    for number, change in enumerate(changes):
        if not number % AT_ONCE:
            progress(number, len(changes))
        if change.after is None:
            t.delete(change.table, change.key)
        elif change.before is None:
            t.insert(change.table, {**change.after, "id": change.key})
        else:
            t.update(change.table, change.key, **change.after)


def _check_readable(store: Store) -> None:
    """Read what came in as values; raises ValueError for words that PartnerDesk never writes."""
    values.partners(store), values.participants(store), values.sessions(store)
    values.rounds(store), values.signatories(store), clauses(store), agreements(store)
    options_of(store), enclosures_of(store), logos(store), closing_of(store, None)
    for digest in charter_documents(store):
        store.document(digest)
    for version in versions(store):
        signatories_of(store, version.id)


def _summary(store: Store, prepared: Prepared) -> Row:
    head: JournalHead = prepared.plan.theirs.head
    return {
        "document": store.put_document(prepared.record, "merge.json"),
        "edits": len(prepared.plan.steps),
        "head": {"seq": head.seq, "hash": head.hash, "count": head.count},
    }


def _alternative(conflict: Conflict, choices: Choices) -> Json:
    kept = choices.get(conflict.id, conflict.kept)
    other = Side.THEIRS if kept is Side.OURS else Side.OURS
    place: Row = {"table": conflict.table, "key": conflict.key, "column": conflict.column}
    return {**place, "kept": _listed(conflict.said(kept)), "other": _listed(conflict.said(other))}


def _listed(said: Said) -> Row:
    names = ("value", "author", "at", "title", "edit")
    return {name: getattr(said, name) for name in names}


def _alternative_from(row: Row) -> Alternative:
    kept, other = Said(**row["kept"]), Said(**row["other"])  # type: ignore[arg-type]  # as _listed writes
    return Alternative(str(row["table"]), str(row["key"]), str(row["column"]), kept, other)


def _document(row: Row) -> str:
    value = row["value"]
    return str(value["document"]) if isinstance(value, dict) else ""
