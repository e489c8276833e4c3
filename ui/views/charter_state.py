"""What the charter view shows, as values: sections, clauses, questions, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from partnerdesk.charter.clauses import ADOPTED, adopted, entry_of
from partnerdesk.charter.completeness import Completeness, Point, completeness
from partnerdesk.charter.fairness import fairness_notes
from partnerdesk.charter.source import Source, section_of
from partnerdesk.flow.agree import clauses
from partnerdesk.flow.consents import clauses_to_ask
from partnerdesk.flow.record import record
from partnerdesk.flow.versions import Version, VersionState, versions
from partnerdesk.language import _, ngettext
from partnerdesk.model.charter import ClauseEntry
from partnerdesk.model.guide import Guide
from partnerdesk.model.record import Record
from partnerdesk.model.round import Clause, ClauseState
from partnerdesk.store import Store
from ui.views.charter_sections import OPEN, Covered, covered

SECTIONS = tuple(f"C{number}" for number in range(1, 21))
CONSENT = "clause_consent"


class Next(Enum):
    """What comes next for the charter."""

    SIGNING = "signing"
    ASK = "ask"
    EXPORT = "export"
    FREEZE = "freeze"


@dataclass(frozen=True)
class Shown:
    """One clause as shown: its entry, its title, the questions about it."""

    entry: ClauseEntry
    title: str
    questions: tuple[str, ...] = ()
    taken_back: bool = False
    keys: tuple[str, ...] | None = None


@dataclass(frozen=True)
class CharterState:
    """Everything the view tells, read at one moment."""

    record: Record
    complete: Completeness
    sections: tuple[Covered, ...]
    every: tuple[Clause, ...]
    questions: Mapping[str, tuple[str, ...]]
    waiting: int
    versions: tuple[Version, ...]

    @property
    def indices(self) -> dict[str, int]:
        """Return the index of colour and shape of each partner's id."""
        return {partner.id: partner.index for partner in self.record.partners}

    @property
    def signed(self) -> Version | None:
        """Return the last version that all have signed and that is still in the file, or None."""
        done = (v for v in reversed(self.versions) if v.state is VersionState.SIGNED)
        return next((v for v in done if not v.erased), None)

    @property
    def signing(self) -> Version | None:
        """Return the version that is being signed, or None."""
        return next((v for v in self.versions if v.state is VersionState.SIGNING), None)

    def clause(self, clause_id: str) -> Clause:
        """Return a clause by its id."""
        return next(one for one in self.every if one.id == clause_id)

    def missing(self, code: str) -> tuple[Point, ...]:
        """Return the points of a section that are still to go."""
        return tuple(p for p in self.complete.of_section(code) if p.state in OPEN)

    def clauses(self, code: str) -> tuple[Shown, ...]:
        """Return the clauses of a section: offered ones first, those taken back last."""
        source = Source(self.record)
        numbers = {entry.id: entry.number for entry in adopted(source, code)}
        inside = [clause for clause in self.every if clause.section == code]
        offered = [c for c in inside if c.state is ClauseState.PROPOSED]
        back = [c for c in inside if c.state is ClauseState.WITHDRAWN]
        return (
            *(self._shown(source, clause, numbers.get(clause.id, "")) for clause in offered),
            *(Shown(entry_of(source, c), _("Clause taken back"), (), True) for c in back),
        )

    def tables(self, code: str) -> tuple[tuple[str, str], ...]:
        """Return (activity id, title) of what was agreed as a table in this section."""
        source = Source(self.record)
        found = (a for a in source.agreed() if section_of(a.activity, a.part) == code)
        return tuple(dict.fromkeys((a.activity.id, _(a.activity.title)) for a in found))

    def next_step(self, changed: bool) -> Next:
        """Return what comes next; `changed` is whether the text differs from the signed one."""
        if self.signing:
            return Next.SIGNING
        if self.waiting and self.record.guide.activity(CONSENT):
            return Next.ASK
        return Next.EXPORT if self.signed and not changed else Next.FREEZE

    def next_words(self, step: Next) -> str:
        """Return the words of the one button for the next step."""
        if step is Next.ASK:
            words = ngettext(
                "Ask each partner about {n} clause",
                "Ask each partner about {n} clauses",
                self.waiting,
            )
            return words.format(n=self.waiting)
        words = {
            Next.SIGNING: _("Go on signing version {n}"),
            Next.EXPORT: _("Export the signed charter"),
            Next.FREEZE: _("Freeze version {n} and sign"),
        }[step]
        number = self.signing.number if self.signing else self.record.version
        return words.format(n=number)

    def _shown(self, source: Source, clause: Clause, number: str) -> Shown:
        entry = entry_of(source, clause)
        title = (
            _("Clause {number}").format(number=number.removeprefix("C"))
            if entry.state in ADOPTED
            else _("Not in the text yet")
        )
        keys = clause.keys if clause.draft else None
        return Shown(entry, title, self.questions.get(clause.id, ()), keys=keys)


def read_state(store: Store, guide: Guide) -> CharterState:
    """Return how the charter stands now."""
    now = record(store, guide)
    complete = completeness(now)
    source = Source(now)
    return CharterState(
        record=now,
        complete=complete,
        sections=tuple(covered(c, complete, _written(source, c)) for c in SECTIONS),
        every=clauses(store),
        questions=_questions(now),
        waiting=len(clauses_to_ask(store)),
        versions=versions(store),
    )


def _written(source: Source, code: str) -> bool:
    """Return whether a section without points has something to say."""
    if code == "C19":
        return True
    if code == "C20":
        return bool(source.record.signatories)
    tables = (section_of(a.activity, a.part) == code for a in source.agreed())
    return bool(adopted(source, code)) or any(tables)


def _questions(now: Record) -> dict[str, tuple[str, ...]]:
    """Return the fairness questions by clause, '' for those about the whole."""
    found: dict[str, tuple[str, ...]] = {}
    for note in fairness_notes(now):
        found[note.clause] = (*found.get(note.clause, ()), note.words)
    return found
