"""Erases words and texts from a file for good: rows, journal, and what merges keep."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import cast

from partnerdesk.errors import UserError
from partnerdesk.exchange.copies import (
    ERASURE,
    Source,
    alternatives_from,
    read,
    record_of,
    steps_from,
)
from partnerdesk.exchange.forgetting import left_of
from partnerdesk.exchange.laptop import laptop, name_laptop, second_folder
from partnerdesk.exchange.masking import TEXTS, Masking
from partnerdesk.exchange.recent import forget_recent, recent
from partnerdesk.exchange.wanted import Place, Wanted, is_common, parts_of, texts_in
from partnerdesk.flow.agree import agreements, clauses
from partnerdesk.flow.clock import now
from partnerdesk.flow.guides import guide_of
from partnerdesk.flow.versions import VersionState, versions
from partnerdesk.keeping import back_up_before, older_copies, renew_backups
from partnerdesk.language import _
from partnerdesk.model.ids import new_id
from partnerdesk.model.json import Json, Row
from partnerdesk.store import Change, Edit, Store, Transaction, open_store
from partnerdesk.store.check import DOCUMENT_COLUMNS, DOCUMENT_TABLE
from partnerdesk.store.problems import damaged


class What(Enum):
    """What was erased, as the record says it."""

    PERSON = "person"
    ALIAS = "alias"
    WORDS = "words"
    TEXT = "text"
    DRAFTS = "drafts"
    VERSIONS = "versions"
    RECEIVED = "received"

    @property
    def words(self) -> str:
        """What was erased, without saying whose."""
        return {
            What.PERSON: _("a person's name"),
            What.ALIAS: _("a name, for an alias"),
            What.WORDS: _("words"),
            What.TEXT: _("one text"),
            What.DRAFTS: _("drafts"),
            What.VERSIONS: _("charter versions"),
            What.RECEIVED: _("what another copy erased"),
        }[self]


@dataclass(frozen=True)
class Erasure:
    """One erasure as the file records it: when, by whom, what kind, and of how many edits."""

    at: str
    author: str
    what: What
    edits: int

    @property
    def words(self) -> str:
        """The erasure in a sentence."""
        said = _("Erased on {day}, by {author}: {what}.")
        author = self.author or _("no name given")
        return said.format(day=self.at[:10], author=author, what=self.what.words)


@dataclass(frozen=True)
class Order:
    """What to erase: words and texts, settings (such as drafts), frozen versions by their ids."""

    what: What
    wanted: tuple[Wanted, ...] = ()
    settings: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


def whole_entries(order: Order, entries: Iterable[Place]) -> Order:
    """Return the order to erase these entries too, with all that ever stood in them."""
    first, *rest = order.wanted
    whole = replace(first, wiped=first.wiped | frozenset(entries))
    return replace(order, what=What.TEXT, wanted=(whole, *rest))


def erasures(store: Store) -> tuple[Erasure, ...]:
    """Return what was erased from this file, oldest first; none in a file of the first format."""
    made = (
        change.after or {}
        for edit in store.edits()
        for change in edit.changes
        if change.table == ERASURE
    )
    return tuple(_erasure(row) for row in made)


def erase(store: Store, order: Order, by: str, *, origin: object = None) -> Edit:
    """Erase for good, as one edit that cannot be undone, and return it.

    What was erased is gone from all states that the record holds, from the documents that merges
    keep, and from the file's free space. Raises UserError "by" without a name, "alias" where what
    is to stand there holds the words, "nothing" where none are found, "structure" where a guide
    or a payload cannot do without them, "signing" for a version that is being signed;
    EnvironmentProblem "damaged" where the file does not check.
    """
    by = " ".join(by.split())
    if not by:
        raise UserError(_("Say who erases this. Nothing was erased."), code="by")
    for one in order.wanted:
        if any(each.found(text) for each in order.wanted for text in (one.put, by)):
            message = _(
                "The new name, or your own, holds words that are to be erased. "
                "Nothing was erased. Choose another."
            )
            raise UserError(message, code="alias")
    return _erased(store, order, by, origin)


def erase_received(store: Store, wanted: Sequence[Wanted], *, origin: object = None) -> Edit:
    """Erase here what another copy erased; raises as `erase` does."""
    return _erased(store, Order(What.RECEIVED, tuple(wanted)), "", origin)


def alias_of(name: str, taken: Collection[str] = ()) -> str:
    """Return the initials of a name, with a number where somebody else has the same."""
    words = [word for word in name.split() if word[0].isalnum()]
    letters = [w[0] for w in words if not w[0].islower()] or [w[0].upper() for w in words]
    plain = " ".join(f"{letter}." for letter in letters) or _("somebody")
    every = (plain, *(f"{plain} {number}" for number in range(2, 3 + len(taken))))
    return next(one for one in every if one not in taken)


def name_order(source: Source, name: str, alias: str = "") -> Order:
    """Return the order to erase a person's name, with an alias or with initials in its place.

    Raises UserError "stranger" where nobody here has this name.
    """
    names = names_now(source)
    if name not in names:
        message = _("Nobody in this partnership is called {name}. Nothing was erased.")
        raise UserError(message.format(name=name), code="stranger")
    others = [one for one in names if one != name]
    words = words_for(name, others, texts_told(source))
    return Order(
        What.ALIAS if alias else What.PERSON, (Wanted(words, alias or alias_of(name, others)),)
    )


def initials_order(source: Source) -> Order:
    """Return the order to put initials in place of everybody's name."""
    wanted: list[Wanted] = []
    names, told = names_now(source), list(texts_told(source))
    for name in names:
        alias = alias_of(name, [one.put for one in wanted])
        if name != alias:
            others = [one for one in names if one != name]
            wanted.append(Wanted(words_for(name, others, told), alias))
    return Order(What.ALIAS, tuple(wanted))


def words_for(name: str, others: Sequence[str], told: Iterable[str]) -> tuple[str, ...]:
    """Return a name and those parts of it that mean this person wherever they stand."""
    whole = Wanted((name,), "")
    texts = [whole.masked(text) for text in told]
    return (name, *(one for one in parts_of(name, others) if not is_common(one, texts)))


def texts_told(source: Source) -> Iterator[str]:
    """Yield every text that somebody wrote in a file that was read out, of all times."""
    for edit in source.edits():
        for change in edit.changes:
            for column in TEXTS.get(change.table, ()):
                yield from texts_in((change.after or {}).get(column))


def names_now(source: Source) -> tuple[str, ...]:
    """Return the names of the people who are in the file now, each once."""
    rows: dict[str, Row] = {}
    for change in (c for edit in source.edits() for c in edit.changes if c.table == "participant"):
        if change.after is None:
            rows.pop(change.key, None)
        else:
            rows[change.key] = {**rows.get(change.key, {}), **change.after}
    return tuple(dict.fromkeys(str(row["name"]) for row in rows.values()))


def _erased(store: Store, order: Order, by: str, origin: object) -> Edit:
    if not store.check().ok:
        raise damaged(store.path)
    settings = {("setting", key) for key in order.settings}
    wanted = (*order.wanted, *([Wanted((), "", wiped=frozenset(settings))] if settings else []))
    source = read(store)
    masking = Masking(wanted, _history(source))
    told: list[Edit] = []
    stop = store.listen(told.append)
    store.author = masking.text(store.author)
    try:
        with store.erasing(_("Erase for safety"), origin=origin) as t:
            masking.replace_documents(dict(_rewrite_records(store, source, masking)))
            edits = store.rewrite_edits(masking.change, masking.text)
            for key in order.settings:
                t.delete("setting", key)
            for version_id in order.versions:
                _drop_version(store, t, version_id)
            if not (edits or order.settings or order.versions):
                message = _("These words are nowhere in this file. Nothing was erased.")
                raise UserError(message, code="nothing")
            _note(store, t, order.what, wanted, by, edits)
            _check_readable(store)
    finally:
        stop()
    return told[-1]


def _history(source: Source) -> Iterator[Change]:
    """Yield every change that the file knows, those too that merges brought in."""
    for edit in source.edits():
        yield from edit.changes
    for digest in _records(source):
        for step in steps_from(source.documents[digest]):
            yield from step.changes


def _records(source: Source) -> list[str]:
    """Return the documents of all merges, also of those that were undone."""
    return [digest for digest in source.documents if digest not in source.charters]


def _rewrite_records(store: Store, source: Source, masking: Masking) -> Iterator[tuple[str, str]]:
    """Rewrite what merges keep; yield each document's old and new SHA-256."""
    for digest in _records(source):
        old = source.documents[digest]
        left = [left_of(step, masking) for step in steps_from(old)]
        gave_way: list[Json] = [masking.gave_way(row) for row in alternatives_from(old)]
        new = record_of(left, gave_way)
        if new != old:
            yield digest, store.put_document(new, "merge.json")
            store.drop_document(digest)


def _drop_version(store: Store, t: Transaction, version_id: str) -> None:
    """Take the text and the paper of a closed version out of the file; its place stays."""
    version = next(one for one in versions(store) if one.id == version_id)
    if version.state is VersionState.SIGNING:
        message = _(
            "Version {n} is being signed. Nothing was erased. Finish or stop its signing first."
        )
        raise UserError(message.format(n=version.number), code="signing")
    row = store.row(DOCUMENT_TABLE, version_id) or {}
    t.update(DOCUMENT_TABLE, version_id, **dict.fromkeys(DOCUMENT_COLUMNS, ""))
    for column in DOCUMENT_COLUMNS:
        store.drop_document(str(row[column]))
    for signature in store.rows("signature", version_id=version_id):
        store.drop_document(_scan_of(signature))


def _scan_of(signature: Row) -> str:
    """Return the SHA-256 of the picture of a paper that was signed, or ''."""
    try:
        note = json.loads(str(signature["note"]) or "{}")
    except ValueError:
        return ""
    return str(note.get("evidence", "")) if isinstance(note, dict) else ""


def _note(
    store: Store, t: Transaction, what: What, wanted: Iterable[Wanted], by: str, edits: Row
) -> None:
    """Write who erased what kind of thing when, and the digests of what is left."""
    rest = [one for one in wanted if one.words or one.wiped] or [Wanted((), "")]
    for place, one in enumerate(rest):
        t.insert(
            ERASURE,
            {
                "id": new_id(),
                "at": now(),
                "author": by,
                "kind": what.value,
                "put": one.put,
                "inside": int(one.inside),
                "wiped": sorted([table, key] for table, key in one.wiped),
                "edits": edits if place == 0 else {},
            },
        )


def _check_readable(store: Store) -> None:
    """Raise UserError where something that the program needs in these words is gone."""
    try:
        guide_of(store)
        clauses(store), agreements(store)
    except (UserError, ValueError, LookupError, TypeError, AttributeError) as error:
        message = _(
            "A guide or a table of this file needs these words to work. Nothing was erased. "
            "Choose longer or other words."
        )
        raise UserError(message, code="structure") from error


def _erasure(row: Row) -> Erasure:
    edits = cast(Mapping[str, Json], row.get("edits") or {})
    return Erasure(str(row["at"]), str(row["author"]), What(row["kind"]), len(edits))


def erase_file(
    path: Path, passphrase: str | None, order: Order, by: str, *, renew: bool
) -> tuple[Path, ...]:
    """Erase in a closed file, and return the older copies on this laptop that stay as they were.

    With `renew`, one new backup takes the place of all older copies; without it, one is made
    before, where the last lacks something. A second folder for backups that is not there, such as
    a stick, counts among what stays. Raises as `open_store`, `erase` and `back_up` do.
    """
    moment = datetime.now(UTC)
    with closing(open_store(path, passphrase=passphrase)) as store:
        second = second_folder(store.id)
        away = (second,) if second is not None and not second.is_dir() else ()
        second = None if away else second
        if not renew:
            back_up_before(store, moment)
        erase(store, order, by)
        _forget_here(path, order.wanted)
        left = (
            renew_backups(store, moment, second) if renew else older_copies(path, store.id, second)
        )
        return (*left, *away)


def _forget_here(path: Path, wanted: Sequence[Wanted]) -> None:
    """Let this laptop forget the words too: in its list of files, and as who works on it."""
    for one in recent():
        if one.path == str(path) and any(w.found(f"{one.title} {one.place}") for w in wanted):
            forget_recent(one.path)
    name = laptop().name
    for each in wanted:
        name = each.masked(name)
    if name != laptop().name:
        name_laptop(name)
