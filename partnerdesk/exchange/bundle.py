"""A bundle: one file that carries a partnership's journal to another laptop, to be merged there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from partnerdesk import pace
from partnerdesk.errors import InputErrors, UserError
from partnerdesk.exchange import archive, envelope
from partnerdesk.exchange.copies import (
    ERASURE,
    Copy,
    Source,
    Stamp,
    change_from,
    copy_from,
    is_merge_record,
    last_stamps,
    lines,
    merge_document,
    read,
)
from partnerdesk.exchange.merge import MergePlan, forged, plan
from partnerdesk.exchange.strictjson import parse, read_bounded
from partnerdesk.language import _
from partnerdesk.model.json import Json, Row
from partnerdesk.model.record import JournalHead
from partnerdesk.store import Change, Edit, Store, Undoing
from partnerdesk.store.chain import remains_in
from partnerdesk.store.edit import FORMAT as FILE_FORMAT
from partnerdesk.store.edit import (
    canonical,
    changes_digest,
    edit_hash,
    first_prev,
    image_text,
    left_digest,
)

FORMAT = "partnerdesk/bundle/1"
MANIFEST, JOURNAL, DOCUMENTS = "manifest.json", "journal.jsonl", "documents/"
LONGEST_MANIFEST = 2**20
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00")

SECTIONS: dict[str, frozenset[str]] = {
    "people": frozenset({"partner", "participant"}),
    "workshop": frozenset({"partnership", "session", "note", "guide_text"}),
    "lists": frozenset({"item"}),
    "answers": frozenset({"round", "response", "setting", "sealed_key"}),
    "agreements": frozenset({"agreement", "consent", "clause"}),
    "charter": frozenset({"signatory", "charter_version", "signature", "sealed_key"}),
}

HEADER = ("seq", "id", "at", "author", "session", "turn", "title", "undoing", "reverses")
CHAIN = ("salt", "digest", "prev", "hash")


@dataclass(frozen=True)
class Bundle:
    """A bundle that was read whole: which file it is of, what it carries, and its sections."""

    copy: Copy
    sections: tuple[str, ...]

    @property
    def head(self) -> JournalHead:
        """Return the last edit of the journal that it carries."""
        return self.copy.head


def pack(store: Store, sections: Collection[str] = tuple(SECTIONS)) -> bytes:
    """Return the bundle of an open file: its journal and documents, never a secret.

    With fewer sections, an edit that touches any other goes along without its changes, so that
    the chain still holds. Raises UserError "size" where it would be over 50 MB, "sections" for
    none that there is.
    """
    return pack_source(read(store), sections)


def pack_source(
    source: Source, sections: Collection[str] = tuple(SECTIONS), passphrase: str | None = None
) -> bytes:
    """Return the bundle of a file that was read out, in an envelope where a passphrase is given.

    Raises UserError as `pack` does, or "weak-passphrase".
    """
    if not sections or not set(sections) <= set(SECTIONS):
        raise UserError(_("Choose at least one part of the partnership to send."), code="sections")
    chosen = tuple(name for name in SECTIONS if name in sections)
    records: set[str] = set()
    journal = "".join(_journal(source, chosen, records)).encode()
    contents = {JOURNAL: journal}
    charters = source.charters if "charter" in chosen else ()
    for digest in sorted({*charters, *records}):
        contents[DOCUMENTS + digest] = source.documents[digest]
    try:
        made = archive.packed({MANIFEST: _manifest(source, chosen, contents), **contents})
    except archive.Refused as error:
        message = _("The bundle would be too large. Nothing was written. Send fewer parts of it.")
        raise UserError(message, code="size") from error
    return made if passphrase is None else envelope.seal(made, passphrase)


def read_bundle(path: Path, passphrase: str | None = None) -> Bundle:
    """Return the bundle in a file; raises UserError as `unpack` does, or "size" over 50 MB."""
    most = archive.MOST_PACKED + envelope.OVERHEAD
    return unpack(read_bounded(path, most), path.name, passphrase)


def unpack(data: bytes, name: str, passphrase: str | None = None) -> Bundle:
    """Return the bundle in `data`, every hash recomputed; nothing is written anywhere.

    Raises UserError "truncated", "forged" or, for what is no bundle at all, "not-a-bundle"; for
    a locked one "passphrase-needed" or "wrong-passphrase".
    """
    try:
        if envelope.is_sealed(data):
            data = envelope.opened(data, passphrase)
        members = archive.members(data)
        manifest = _manifest_of(data, members)
        return _bundle(manifest, data, members)
    except (archive.Truncated, envelope.Cut) as error:
        raise _truncated(name) from error
    except envelope.Broken as error:
        raise _damaged(name) from error
    except archive.Refused as error:
        raise _refused(name) from error
    except (
        InputErrors,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise forged() from error


_NOT_AS_MADE = (
    InputErrors, ValueError, LookupError, TypeError, AttributeError, RecursionError,
)  # fmt: skip  # what reading a bundle that somebody altered may raise


def received(ours: Copy, bundle: Bundle) -> MergePlan:
    """Return what merging a bundle would do.

    Raises UserError "foreign" and "forged" as `plan` does, "replayed" where this file knows all
    of the bundle already.
    """
    made = plan(ours, bundle.copy)
    if made.is_empty and not made.held:
        message = _(
            "This file knows all of this bundle already: it was merged before, or is older. "
            "Nothing was changed."
        )
        raise UserError(message, code="replayed")
    return made


def _manifest(source: Source, sections: tuple[str, ...], contents: dict[str, bytes]) -> bytes:
    head = source.head
    value: Row = {
        "format": FORMAT,
        "identity": source.identity,
        "journal": {"first": 1, "last": head.seq, "count": head.count, "head": head.hash},
        "sections": list(sections),
        "members": {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in contents.items()
        },
    }
    return canonical(value).encode()


def _journal(source: Source, sections: tuple[str, ...], records: set[str]) -> Iterator[str]:
    """Yield the lines of the journal; what merges in it recorded is added to `records`."""
    tables = frozenset().union(*(SECTIONS[name] for name in sections))
    whole = len(sections) == len(SECTIONS)
    stamped = last_stamps(source.edits(), source.documents.__getitem__)
    for (row, changes), (edit, last) in zip(source.written, stamped, strict=True):
        pace.tell(edit.seq / max(1, source.head.seq))
        goes = (
            whole
            or any(change.table == ERASURE for change in edit.changes)  # others hang on it
            or all(c.table in tables and not is_merge_record(c) for c in edit.changes)
        )
        header = [row[name] for name in (*HEADER, *CHAIN)]
        if not goes:
            header[len(HEADER)] = ""  # without the salt, nobody can guess what is left out
            yield canonical([*header, list(last)]) + "\n"
            continue
        records.update(merge_document(c) for c in edit.changes if is_merge_record(c) and c.after)
        yield canonical([*header, len(changes)]) + "\n"
        yield from (canonical(change) + "\n" for change in changes)


def _manifest_of(data: bytes, members: dict[str, archive.Member]) -> Row:
    """Return the manifest; raises ValueError where members are not those that it names."""
    member = members.get(MANIFEST)
    if member is None or member.size > LONGEST_MANIFEST:
        raise archive.Refused("manifest")
    manifest = cast(Row, parse(archive.content(data, member), MANIFEST))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise archive.Refused("format")
    named = cast(dict[str, Row], manifest["members"])
    if {MANIFEST, *named} != set(members) or JOURNAL not in named:
        raise ValueError("members")
    for name, facts in named.items():
        found = {"size": members[name].size, "sha256": archive.digest(data, members[name])}
        if facts != found:
            raise ValueError("digest")
    return manifest


def _bundle(manifest: Row, data: bytes, members: dict[str, archive.Member]) -> Bundle:
    identity = _identity(cast(Row, manifest["identity"]))
    sections = tuple(str(one) for one in cast(list[Json], manifest["sections"]))
    if not set(sections) <= set(SECTIONS):
        raise ValueError("sections")
    left_out: dict[int, Stamp] = {}
    altered: dict[str, tuple[int, str]] = {}
    journal = lines(archive.chunks(data, members[JOURNAL]))
    edits = list(_edits(journal, first_prev(identity), left_out, altered))
    _check_erased(edits, left_out, altered)
    last = edits[-1] if edits else None
    head = JournalHead(last.seq, last.hash, len(edits)) if last else _no_head(identity)
    said: Json = {"first": 1, "last": head.seq, "count": head.count, "head": head.hash}
    if manifest["journal"] != said:
        raise archive.Truncated("journal")
    documents = dict(_documents(data, members))
    copy = copy_from(identity, head, edits, documents.__getitem__, documents, left_out)
    return Bundle(copy, sections)


def _no_head(identity: Row) -> JournalHead:
    return JournalHead(0, first_prev(identity), 0)


def _identity(row: Row) -> Row:
    texts = all(isinstance(value, str) for value in row.values())
    if set(row) != {"id", "format", "made_at"} or row["format"] != FILE_FORMAT or not texts:
        raise ValueError("identity")
    return row


def _documents(data: bytes, members: dict[str, archive.Member]) -> Iterator[tuple[str, bytes]]:
    """Yield the documents by their SHA-256, which their names must be; the manifest was checked."""
    for name, member in members.items():
        if name not in (MANIFEST, JOURNAL):
            content = archive.content(data, member)
            digest = hashlib.sha256(content).hexdigest()
            if name != DOCUMENTS + digest:
                raise ValueError("document")
            yield digest, content


def _check_erased(
    edits: list[Edit], left_out: Mapping[int, Stamp], altered: Mapping[str, tuple[int, str]]
) -> None:
    """Raise ValueError where an edit is neither as it was made nor as an erasure left it."""
    listed = (
        (edit.seq, image_text(change.after))
        for edit in edits
        for change in edit.changes
        if change.table == ERASURE
    )
    remains = remains_in(listed)
    there = {edit.id for edit in edits if edit.seq not in left_out}
    known = {id_: seq for id_, (seq, digest) in altered.items() if digest}
    if known.keys() != remains.keys() & there or not altered.keys() <= remains.keys():
        raise ValueError("changes")
    for id_, (seq, digest) in altered.items():
        by, left = remains[id_]
        if by <= seq or digest not in ("", left):
            raise ValueError("changes")


def _edits(
    found: Iterator[Json],
    prev: str,
    left_out: dict[int, Stamp],
    altered: dict[str, tuple[int, str]],
) -> Iterator[Edit]:
    """Yield the edits, each chained to the one before; those without changes go to `left_out`.

    Those that are not as they were made go to `altered`, with the digest of what they are, or
    '' where their changes are not known either.
    """
    for number, line in enumerate(found, 1):
        pace.tell(0.0)
        *values, tail = cast(list[Json], line)
        row: Row = dict(zip((*HEADER, *CHAIN), values, strict=True))
        changes: list[Json] = []
        header: Row = {**{name: row[name] for name in ("prev", *HEADER)}, "changes": row["digest"]}
        if isinstance(tail, list):
            left_out[number] = _stamp(tail)
            if not row["digest"]:
                altered[str(row["id"])] = (number, "")  # its heading lost words
        else:
            changes = [next(found) for _n in range(_count(tail))]
            salt = str(row["salt"])
            if changes_digest(salt, changes) != row["digest"]:
                altered[str(row["id"])] = (number, left_digest(salt, changes, header))
        edit = _edit(row, tuple(change_from(*cast(list[Json], one)) for one in changes))
        hashed = not row["digest"] or edit_hash(header) == edit.hash
        if edit.seq != number or edit.prev != prev or not hashed:
            raise ValueError("chain")
        prev = edit.hash
        yield edit


def _edit(row: Row, changes: tuple[Change, ...]) -> Edit:
    texts = {name: value for name, value in row.items() if name != "seq"}
    if not all(isinstance(one, str) for one in texts.values()) or type(row["seq"]) is not int:
        raise ValueError("edit")
    if not MOMENT.fullmatch(str(row["at"])):
        raise ValueError("moment")
    kept = {name: str(row[name]) for name in (*HEADER, "prev", "hash")}
    kept.pop("seq")
    undoing = Undoing(kept.pop("undoing"))
    return Edit(seq=row["seq"], undoing=undoing, changes=changes, **kept)


def _count(value: Json) -> int:
    if type(value) is not int or not 0 <= value <= 10**6:
        raise ValueError("count")
    return value


def _stamp(value: list[Json]) -> Stamp:
    time, count, id_ = value
    if not isinstance(time, str) or not isinstance(id_, str):
        raise ValueError("stamp")
    return time, _count(count), id_


def _truncated(name: str) -> UserError:
    message = _("{name} is not whole: its end is missing. Nothing was changed. Copy it again.")
    return UserError(message.format(name=name), code="truncated")


def _damaged(name: str) -> UserError:
    message = _("{name} was damaged on its way. Nothing was read into your file. Copy it again.")
    return UserError(message.format(name=name), code="damaged-bundle")


def _refused(name: str) -> UserError:
    message = _(
        "{name} is no bundle that PartnerDesk made. Nothing was read into your file. "
        "Ask the sender."
    )
    return UserError(message.format(name=name), code="not-a-bundle")
