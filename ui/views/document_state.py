"""What the partners chose for the document, as values: each part, and a sentence about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from partnerdesk.charter.annexes import annexes
from partnerdesk.charter.clauses import ADOPTED, adopted, entry_of
from partnerdesk.charter.sections import BODY
from partnerdesk.charter.source import Source
from partnerdesk.flow.agree import clauses
from partnerdesk.flow.enclosures import Enclosed, Entry, entries_of
from partnerdesk.flow.ending import closing_of
from partnerdesk.flow.figures import FigureState, figures
from partnerdesk.flow.translations import Translated, translation_of
from partnerdesk.flow.versions import Version, VersionState, is_closing, last_signed, versions
from partnerdesk.model.closing import Closing
from partnerdesk.model.guide import Guide
from partnerdesk.model.options import ANNEXES
from partnerdesk.model.record import Record
from partnerdesk.model.round import Clause, ClauseState
from partnerdesk.store import Store


@dataclass(frozen=True)
class DocumentState:
    """Everything that the parts of the document show, read at one moment.

    `filled` are the annexes that have something to say. `clauses` are those on offer, and
    `numbers` what the adopted ones are called. `translated` holds each of them in each further
    language. `ends` are the versions that are no charter, but a closing statement.
    """

    record: Record
    filled: frozenset[str]
    figures: tuple[FigureState, ...]
    entries: Mapping[Enclosed, tuple[Entry, ...]]
    clauses: tuple[Clause, ...]
    numbers: Mapping[str, str]
    translated: Mapping[tuple[str, str], Translated]
    versions: tuple[Version, ...]
    ends: frozenset[str]
    signed: Version | None
    closing: Closing | None

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of the charter, the leading one first."""
        return self.record.options.languages or (self.record.partnership.language,)

    @property
    def further(self) -> tuple[str, ...]:
        """Return the languages that clauses have to be translated into."""
        own = self.record.partnership.language
        return tuple(code for code in self.languages if code != own)

    @property
    def ended(self) -> Version | None:
        """Return the closing statement that all have signed after the last charter, or None."""
        last = self.signed.number if self.signed else 0
        later = (v for v in reversed(self.versions) if v.number > last and v.id in self.ends)
        return next((v for v in later if v.state is VersionState.SIGNED), None)

    def untranslated(self, language: str) -> int:
        """Return how many clauses on offer have no translation of their present words."""
        found = (self.translated[clause.id, language] for clause in self.clauses)
        return sum(not one.words or one.stale for one in found)


def read_document(store: Store, guide: Guide, record: Record) -> DocumentState:
    """Return how the document stands now."""
    ended, every = last_signed(store), versions(store)
    offered = tuple(c for c in clauses(store) if c.state is ClauseState.PROPOSED)
    own = record.partnership.language
    further = [code for code in record.options.languages if code != own]
    return DocumentState(
        record=record,
        filled=_filled(record),
        figures=figures(store, guide),
        entries={of: entries_of(store, of) for of in Enclosed},
        clauses=offered,
        numbers=_numbers(record),
        translated={
            (c.id, code): translation_of(store, c.id, code) for c in offered for code in further
        },
        versions=every,
        ends=frozenset(one.id for one in every if not one.erased and is_closing(store, one.id)),
        signed=ended,
        closing=closing_of(store, ended),
    )


def _filled(record: Record) -> frozenset[str]:
    """Return the annexes that would have something to say, chosen or not."""
    source = Source(record, options=replace(record.options, annexes=ANNEXES))
    source = replace(source, enclosures=record.enclosures)
    printed = tuple(entry for code in BODY for entry in adopted(source, code))
    return frozenset(one.code for one in annexes(source, printed))


def _numbers(record: Record) -> Mapping[str, str]:
    source = Source(record)
    found = {e.id: e.number for code in BODY for e in adopted(source, code)}
    entries = (entry_of(source, clause) for clause in record.clauses)
    return {e.id: found[e.id] for e in entries if e.state in ADOPTED and e.id in found}
