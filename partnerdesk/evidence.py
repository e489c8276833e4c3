"""Whether a partnership file is the one that a signed charter came from, unchanged until then."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from partnerdesk.exchange.copies import is_merge_record
from partnerdesk.flow.versions import charter_json, versions
from partnerdesk.language import _, ngettext
from partnerdesk.signing.isolated import verify_isolated
from partnerdesk.signing.report import Known, Report, Verdict
from partnerdesk.signing.words import fingerprint
from partnerdesk.store import Store


class Bond(Enum):
    """How a file and a charter belong together."""

    WHOLE = "whole"
    CHANGED_FILE = "changed-file"
    CHANGED_CHARTER = "changed-charter"
    ARRIVED = "arrived"
    OTHER = "other"
    CANNOT_TELL = "cannot-tell"

    @property
    def words(self) -> str:
        """The finding as a sentence or two."""
        return {
            Bond.WHOLE: _(
                "This is the file that the charter came from. "
                "Its first {edits} changes are as they were then."
            ),
            Bond.CHANGED_FILE: _(
                "The charter came from this file, but the file was changed behind its journal. "
                "Rely on the charter, and take a backup or a partner's copy."
            ),
            Bond.CHANGED_CHARTER: _(
                "The charter was changed after signing. Nothing can be told by it."
            ),
            Bond.ARRIVED: _(
                "This file holds the charter, but got it from another laptop. "
                "Check it against the file on which it was frozen."
            ),
            Bond.OTHER: _(
                "The charter did not come from this file, or from a later copy of it than this."
            ),
            Bond.CANNOT_TELL: _("This charter cannot be read well enough to tell."),
        }[self]


@dataclass(frozen=True)
class Evidence:
    """What was found; `edits` is how many changes the charter vouches for, or 0.

    `erased` is how many changes of the file can prove no more what they were.
    """

    bond: Bond
    edits: int = 0
    erased: int = 0

    @property
    def words(self) -> str:
        """The finding as a sentence or two, or three."""
        said = self.bond.words.format(edits=self.edits)
        if self.bond is not Bond.WHOLE or not self.erased:
            return said
        rest = ngettext(
            "In {n} change, words were erased since.",
            "In {n} changes, words were erased since.",
            self.erased,
        )
        return f"{said} {rest.format(n=self.erased)}"


def against(store: Store, pdf: Path) -> Evidence:
    """Return whether the file holds the text of a signed charter, and the journal it names.

    The chain is followed as: signatures hold over the PDF; its fingerprint is that of the text
    and the authority kept here; that text names a number and a hash; the edit with this number
    has this hash; and every hash before it is recomputed.
    """
    kept = anchors(store)
    return weighed(store, kept, verify_isolated(pdf, Known(frozenset(kept))))


def anchors(store: Store) -> dict[str, str]:
    """Return the fingerprint of each version that the file holds, with the version's id."""
    return {_fingerprint(store, version.id): version.id for version in versions(store)}


def weighed(store: Store, kept: dict[str, str], report: Report) -> Evidence:
    """Return the finding for a charter that was verified against `anchors`."""
    if report.fingerprint in kept:
        if report.verdict is not Verdict.UNCHANGED:
            return Evidence(_unsure(report))
        return _anchored(store, kept[report.fingerprint])
    return Evidence(Bond.OTHER if report.fingerprint else _unsure(report))


def _unsure(report: Report) -> Bond:
    changed = report.verdict is Verdict.CHANGED
    return Bond.CHANGED_CHARTER if changed else Bond.CANNOT_TELL


def _fingerprint(store: Store, version_id: str) -> str:
    """Return the fingerprint made anew from the kept text and the kept authority.

    Where the text was erased for safety, its digest is still there.
    """
    row = store.row("charter_version", version_id) or {}
    digest = str(row["charter_digest"])
    if row["charter_id"]:
        digest = hashlib.sha256(charter_json(store, version_id)).hexdigest()
    return fingerprint(digest, bytes.fromhex(str(row["certificate"])))


def _anchored(store: Store, version_id: str) -> Evidence:
    """Return whether the journal leads through the point that a charter's text names."""
    seq, hash_ = _named(store, version_id)
    edit = next(store.edits(seq - 1), None) if seq else None
    there = edit is not None and edit.hash == hash_
    report = store.check()
    if not report.ok:
        return Evidence(Bond.CHANGED_FILE)
    if not there and _arrived(store, version_id):
        return Evidence(Bond.ARRIVED)
    if not there and seq:
        return Evidence(Bond.CHANGED_FILE)
    return Evidence(Bond.WHOLE, seq, report.erased)


def _named(store: Store, version_id: str) -> tuple[int, str]:
    """Return the number and the hash of the edit at which a version was frozen."""
    row = store.row("charter_version", version_id) or {}
    if not row["charter_id"]:  # its text was erased; the row is in the chain
        return int(str(row["journal_count"])), str(row["journal_head"])
    named = json.loads(charter_json(store, version_id))["journal"]
    return int(named["count"]), str(named["hash"])


def _arrived(store: Store, version_id: str) -> bool:
    """Return whether a merge brought the version into this file."""
    first = next(iter(store.history("charter_version", version_id)), None)
    return first is not None and any(is_merge_record(change) for change in first.changes)
