"""Where words stand in a file: counted by kind, so that nobody's private text shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from partnerdesk import pace
from partnerdesk.exchange.copies import Source, Step, steps_from
from partnerdesk.exchange.masking import TEXTS, identifiers
from partnerdesk.exchange.wanted import Place, Wanted, texts_in
from partnerdesk.language import _, ngettext
from partnerdesk.model.json import Row
from partnerdesk.store import Change, Edit
from partnerdesk.store.check import DOCUMENT_TABLE
from partnerdesk.store.rewriting import HEADINGS

NAMED = frozenset({"partner", "participant", "session", "note"})
"""The tables whose texts are never the program's own names."""
ENTRIES = frozenset({"response", "note", "item", "clause", "consent"})
"""The tables whose rows are one piece of text each, which can be erased as a whole."""


@dataclass(frozen=True)
class Findings:
    """Where words stand: rows now by table, earlier states, and what an erasure cannot reach.

    `longer` counts rows where they are but a part of a longer word. `versions` are the frozen
    charter versions that hold them, as (id, number); `sealed` counts answers that nobody can
    read yet, `ids` entries that bear them in their id, and `entries` are the rows that are one
    piece of text, as (table, id).
    """

    rows: Mapping[str, int]
    earlier: int = 0
    merged: int = 0
    longer: int = 0
    versions: tuple[tuple[str, int], ...] = ()
    sealed: int = 0
    ids: int = 0
    entries: tuple[Place, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether an erasure of these words would change nothing."""
        return not (self.rows or self.earlier or self.merged)


def findings(source: Source, wanted: Sequence[Wanted]) -> Findings:
    """Return where the words of `wanted` stand in a file that was read out."""
    looking = _Looking(wanted)
    for place, edit in enumerate(source.edits()):
        pace.tell(place / max(1, source.head.count))
        looking.read(edit)
    charters = {
        str(row["charter_id"]): (key, int(str(row["number"])))
        for (table, key), row in looking.rows.items()
        if table == DOCUMENT_TABLE and row.get("charter_id")
    }
    holding = [one for digest, one in charters.items() if looking.is_in(_text(source, digest))]
    records = (d for d in source.documents if d not in source.charters)
    steps = (step for d in records for step in _steps(source, d))
    merged = sum(looking.is_in(step.author) or looking.is_on(step.changes) for step in steps)
    return replace(looking.found(), merged=merged, versions=tuple(sorted(holding)))


class _Looking:
    """Looks through edits, oldest first, and keeps the rows that they leave."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        """Look for these words."""
        self.rows: dict[tuple[str, str], Row] = {}
        self._wanted = tuple(wanted)
        self._within = tuple(replace(one, inside=True) for one in wanted)
        self._earlier = 0
        self._spared = identifiers()

    def read(self, edit: Edit) -> None:
        """Take in the next edit."""
        heading = any(self.is_in(getattr(edit, name)) for name in HEADINGS)
        self._earlier += heading or self.is_on(edit.changes)
        for change in edit.changes:
            place = (change.table, change.key)
            if change.after is None:
                self.rows.pop(place, None)
            else:
                self.rows[place] = {**self.rows.get(place, {}), **change.after}

    def is_in(self, text: str) -> bool:
        """Return whether the words stand in a text."""
        return any(one.found(text) for one in self._wanted)

    def is_on(self, changes: Sequence[Change]) -> bool:
        """Return whether the words stand in what somebody wrote in these changes."""
        images = ((c.table, image) for c in changes for image in (c.before, c.after) if image)
        return any(self._holds(table, image, self._wanted) for table, image in images)

    def found(self) -> Findings:
        """Return what was found."""
        now: Counter[str] = Counter()
        entries: list[Place] = []
        longer = sealed = ids = 0
        for (table, key), row in self.rows.items():
            ids += self.is_in(key)
            sealed += table == "response" and bool(row.get("sealed"))
            if self._holds(table, row, self._wanted):
                now[table] += 1
                entries += [(table, key)] if table in ENTRIES else []
            elif self._holds(table, row, self._within):
                longer += 1
        return Findings(dict(now), self._earlier, 0, longer, (), sealed, ids, tuple(entries))

    def _holds(self, table: str, row: Row, wanted: tuple[Wanted, ...]) -> bool:
        texts = (t for column in TEXTS.get(table, ()) for t in texts_in(row.get(column)))
        written = (text for text in texts if text not in self._spared or table in NAMED)
        return any(one.found(text) for text in written for one in wanted)


def lines_of(found: Findings) -> Iterator[str]:
    """Yield in words where they stand now and earlier, without a word of it."""
    for table, count in found.rows.items():
        yield _table_words(table, count)
    if found.earlier:
        yield ngettext(
            "{n} step of the record, as it was then",
            "{n} steps of the record, as they were then",
            found.earlier,
        ).format(n=found.earlier)
    if found.merged:
        yield ngettext(
            "{n} step that came from another laptop",
            "{n} steps that came from another laptop",
            found.merged,
        ).format(n=found.merged)


def left_lines(found: Findings, dropped: Collection[str] = ()) -> Iterator[str]:
    """Yield in words what stays: `dropped` are the ids of versions that are erased as a whole."""
    numbers = [number for id_, number in found.versions if id_ not in dropped]
    for number in numbers:
        yield _("Version {n} of the charter: it stays as it was frozen.").format(n=number)
    if found.longer:
        yield ngettext(
            "{n} place where it is part of a longer word.",
            "{n} places where it is part of a longer word.",
            found.longer,
        ).format(n=found.longer)
    if found.sealed:
        yield ngettext(
            "{n} sealed answer: nobody can look into it before the reveal.",
            "{n} sealed answers: nobody can look into them before the reveal.",
            found.sealed,
        ).format(n=found.sealed)
    if found.ids:
        yield ngettext(
            "{n} entry whose id holds it: the id stays.",
            "{n} entries whose ids hold it: the ids stay.",
            found.ids,
        ).format(n=found.ids)
    yield _("Copies, bundles, exports and paper that left this laptop.")


def _table_words(table: str, count: int) -> str:
    words = {
        "partnership": ngettext("the partnership itself", "the partnership itself", count),
        "partner": ngettext("{n} partner", "{n} partners", count),
        "participant": ngettext("{n} person", "{n} people", count),
        "session": ngettext("{n} session", "{n} sessions", count),
        "guide_text": ngettext("{n} guide", "{n} guides", count),
        "item": ngettext("{n} entry of a list", "{n} entries of lists", count),
        "response": ngettext("{n} answer", "{n} answers", count),
        "agreement": ngettext("{n} agreement", "{n} agreements", count),
        "clause": ngettext("{n} clause", "{n} clauses", count),
        "consent": ngettext("{n} reservation", "{n} reservations", count),
        "signatory": ngettext("{n} signatory", "{n} signatories", count),
        "signature": ngettext("{n} signature on paper", "{n} signatures on paper", count),
        "note": ngettext("{n} note", "{n} notes", count),
        "setting": ngettext("{n} draft or setting", "{n} drafts or settings", count),
        "erasure": ngettext("{n} note of an erasure", "{n} notes of erasures", count),
    }
    return words[table].format(n=count)


def _text(source: Source, digest: str) -> str:
    return source.documents[digest].decode("utf-8", "replace")


def _steps(source: Source, digest: str) -> tuple[Step, ...]:
    return steps_from(source.documents[digest])
