"""How complete the charter is: 42 points for the ring and the list, never a grade."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from partnerdesk.charter.clauses import ADOPTED, fate_of
from partnerdesk.charter.sections import goals_stand
from partnerdesk.charter.source import Source, section_of
from partnerdesk.charter.tables import is_ladder
from partnerdesk.language import _
from partnerdesk.model.guide import Item
from partnerdesk.model.json import Row
from partnerdesk.model.partnership import Authority
from partnerdesk.model.record import Record
from partnerdesk.model.round import Clause, ClauseType


class PointState(Enum):
    """How much of a point is in the charter."""

    MISSING = "missing"
    PARTLY = "partly"
    COMPLETE = "complete"
    NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True)
class Mark:
    """What the partners say of a point themselves, with the reason where it is not relevant."""

    state: PointState
    reason: str = ""


@dataclass(frozen=True)
class Point:
    """One point: its group for the ring, its section, its words, and how it stands."""

    id: str
    group: str
    section: str
    words: str
    state: PointState
    reason: str = ""


@dataclass(frozen=True)
class Completeness:
    """All points in order; `count` and `share` speak of those that are relevant."""

    points: tuple[Point, ...]

    def count(self, state: PointState) -> int:
        """Return how many points are in this state."""
        return sum(point.state is state for point in self.points)

    def of_section(self, code: str) -> tuple[Point, ...]:
        """Return the points of one section."""
        return tuple(point for point in self.points if point.section == code)

    @property
    def share(self) -> float:
        """Return the complete share of the relevant points, 0 to 1; a half counts for partly."""
        relevant = len(self.points) - self.count(PointState.NOT_RELEVANT)
        done = self.count(PointState.COMPLETE) + self.count(PointState.PARTLY) / 2
        return done / relevant if relevant else 1.0


Judge = Callable[[Source], PointState]


def completeness(record: Record, marks: Mapping[str, Mark] | None = None) -> Completeness:
    """Return the 42 points of charter.md as the record stands now.

    A point with data of its own is judged by that data. A point that only clauses can cover
    is complete when its section has an adopted clause or table and no other such point; where
    several share a section it is partly covered, because only people can say which one a text
    is about. `marks`, by point id, is what the partners said; it goes before the judgement.
    """
    source = Source(record)
    given = marks or {}
    words = point_words()
    return Completeness(
        tuple(
            Point(one, group, section, words[one], mark.state, mark.reason)
            for one, group, section, judge in POINTS
            for mark in (given.get(one) or Mark(judge(source)),)
        )
    )


def _share(done: int, all_of_them: int) -> PointState:
    """Return complete when all are done, missing when none is."""
    if not done or not all_of_them:
        return PointState.MISSING
    return PointState.COMPLETE if done >= all_of_them else PointState.PARTLY


def _each(hits: Iterable[object]) -> PointState:
    found = [bool(hit) for hit in hits]
    return _share(sum(found), len(found))


def _whether(hit: object) -> PointState:
    return PointState.COMPLETE if hit else PointState.MISSING


def _clauses(source: Source, section: str) -> tuple[Clause, ...]:
    """Return the adopted clauses of a section."""
    found = (clause for clause in source.clauses if clause.section == section)
    return tuple(clause for clause in found if fate_of(source, clause) in ADOPTED)


def _covered(section: str) -> Judge:
    """Return the judge of a point that an adopted text of this section covers alone."""
    return lambda source: _whether(_texts(source, section))


def _perhaps(section: str) -> Judge:
    """Return the judge of a point that shares its section with others: partly at best."""
    return lambda source: PointState.PARTLY if _texts(source, section) else PointState.MISSING


def _texts(source: Source, section: str) -> bool:
    """Return whether a section has an adopted clause, or a table of a guide not judged here."""
    tables = (a for a in source.agreed() if a.part.id not in JUDGED)
    own = any(section_of(a.activity, a.part) == section for a in tables)
    return own or bool(_clauses(source, section))


def _part(source: Source, part_id: str) -> tuple[Row, ...]:
    """Return the agreed rows of the part called `part_id`, in whichever activity has it."""
    return tuple(row for a in source.agreed() if a.part.id == part_id for row in a.rows)


def _descriptions(source: Source) -> PointState:
    return _each(p.name and p.mission for p in source.record.partners)


def _representatives(source: Source) -> PointState:
    people = {p.partner_id for p in source.record.participants}
    return _each(p.id in people for p in source.record.partners)


def _authority(source: Source) -> PointState:
    """Judge that every partner has somebody who may sign, if only subject to a board."""
    speaking = {
        p.partner_id for p in source.record.participants if p.authority is not Authority.OBSERVES
    }
    return _each(p.id in speaking for p in source.record.partners)


def _disclosure(source: Source) -> PointState:
    return _each(p.role for p in source.record.partners)


def _context(source: Source) -> PointState:
    about = source.record.partnership
    return _share(bool(about.why_now) + bool(_clauses(source, "C3")), 2)


def _purpose(source: Source) -> PointState:
    return _whether(source.record.partnership.purpose)


def _values(source: Source) -> PointState:
    rows = _part(source, "behaviours")
    return _each(row.get("seen_when") and row.get("owner") for row in rows)


def _goals(source: Source) -> tuple[Item, ...]:
    """Return the goals that are agreed."""
    return source.record.items.get("goals", ()) if goals_stand(source) else ()


def _own_goals(source: Source) -> PointState:
    """Judge that each partner has a goal of its own among the goals."""
    own = [g.details.get("authors") for g in _goals(source) if g.details.get("type") == "own"]
    authors = {one for some in own if isinstance(some, list) for one in some}
    return _each(partner.id in authors for partner in source.record.partners)


def _statements(source: Source) -> PointState:
    spoken = any(c.type is ClauseType.STATEMENT for c in _clauses(source, "C5"))
    return _whether(_part(source, "statements") or spoken)


def _ladder(source: Source) -> tuple[Row, ...]:
    return tuple(row for a in source.agreed() if is_ladder(a.part) for row in a.rows)


def _mapped(source: Source) -> PointState:
    """Judge that every decision was mapped for every partner."""
    decisions = source.record.items.get("decisions", ())
    pairs = {(str(row.get("decision")), str(row.get("partner"))) for row in _ladder(source)}
    return _each((d.id, p) in pairs for d in decisions for p in source.partner_ids)


def _rebalancing(source: Source) -> PointState:
    """Judge that two commitments on power have an owner and a date."""
    found = (c for c in _clauses(source, "C5") if c.type is ClauseType.COMMITMENT)
    return _share(sum(bool(c.owner and c.date) for c in found), 2)


def _starting_line(source: Source) -> PointState:
    return _each(row.get("actual") is not None for row in _ladder(source))


def _goal_list(source: Source) -> PointState:
    return _whether(_goals(source))


def _goal_fields(*names: str) -> Judge:
    """Return the judge that every agreed goal has all these details."""
    return lambda source: _each(
        all(goal.details.get(name) for name in names) for goal in _goals(source)
    )


def _contributions(source: Source) -> PointState:
    bringing = {str(row.get("partner")) for row in _part(source, "contributions")}
    return _each(partner in bringing for partner in source.partner_ids)


def _rights(source: Source) -> PointState:
    """Judge that every agreed decision has letters, a rule and what happens by default."""
    wanted = ("roles", "rule", "default")
    return _each(all(row.get(one) for one in wanted) for row in _part(source, "rights"))


def _repair(source: Source) -> PointState:
    return _share(bool(_part(source, "protocol")) + bool(_part(source, "steps")), 2)


def _forum(source: Source) -> PointState:
    return _whether(any(row.get("forum") for row in _part(source, "protocol")))


def _amend(source: Source) -> PointState:
    """Judge complete: the standing procedure is printed in every charter."""
    return PointState.COMPLETE


def _walking_away(source: Source) -> PointState:
    wanted = ("trigger", "who_may_call", "first_step", "if_not_resolved")
    return _each(all(row.get(one) for one in wanted) for row in _part(source, "triggers"))


JUDGED = frozenset(
    {
        "behaviours", "red_lines", "habits", "levels", "statements", "contributions", "rights",
        "protocol", "steps", "triggers",
    }
)  # fmt: skip

POINTS: tuple[tuple[str, str, str, Judge], ...] = (
    ("descriptions", "who", "C1", _descriptions),
    ("representatives", "who", "C1", _representatives),
    ("authority", "who", "C1", _authority),
    ("voices", "who", "C1", _covered("C1")),
    ("disclosure", "who", "C1", _disclosure),
    ("context", "why", "C3", _context),
    ("alone", "why", "C3", _perhaps("C3")),
    ("purpose", "why", "C3", _purpose),
    ("values", "why", "C4", _values),
    ("own_goals", "why", "C6", _own_goals),
    ("statements", "power", "C5", _statements),
    ("mapped", "power", "C5", _mapped),
    ("rebalancing", "power", "C5", _rebalancing),
    ("starting_line", "power", "C5", _starting_line),
    ("goals", "what", "C6", _goal_list),
    ("indicators", "what", "C6", _goal_fields("result_indicator", "relationship_indicator")),
    ("contributions", "what", "C7", _contributions),
    ("returns", "what", "C7", _covered("C7")),
    ("sustain", "what", "C6", _goal_fields("sustain")),
    ("roles", "what", "C8", _perhaps("C8")),
    ("decision_table", "how", "C9", _rights),
    ("quorum", "how", "C9", _perhaps("C9")),
    ("information", "how", "C12", _perhaps("C12")),
    ("language", "how", "C12", _perhaps("C12")),
    ("money", "how", "C10", _perhaps("C10")),
    ("risk", "how", "C10", _perhaps("C10")),
    ("learning", "how", "C14", _covered("C14")),
    ("staffing", "how", "C8", _perhaps("C8")),
    ("safeguarding", "protect", "C11", _perhaps("C11")),
    ("data", "protect", "C11", _perhaps("C11")),
    ("conflict", "protect", "C11", _perhaps("C11")),
    ("local_law", "protect", "C11", _goal_fields("local_decision")),
    ("early_warning", "trust", "C13", _perhaps("C13")),
    ("repair", "trust", "C13", _repair),
    ("forum", "trust", "C13", _forum),
    ("dates", "review", "C15", _perhaps("C15")),
    ("accountability", "review", "C15", _perhaps("C15")),
    ("measures", "review", "C15", _perhaps("C15")),
    ("amend", "change", "C16", _amend),
    ("joining", "change", "C16", _covered("C16")),
    ("walking_away", "change", "C17", _walking_away),
    ("obligations", "change", "C17", _perhaps("C17")),
)


def point_words() -> Mapping[str, str]:
    """Return the words of each point, in the chosen language."""
    return {
        "descriptions": _("Each partner is described, with its mission"),
        "representatives": _("Each partner has named people"),
        "authority": _("It is said who may bind each partner"),
        "voices": _("Voices that are not represented are named"),
        "disclosure": _("The role of each partner is open, the convenor's too"),
        "context": _("The need and why we start now"),
        "alone": _("What none of us could do alone"),
        "purpose": _("The purpose that we share"),
        "values": _("Values, each with a behaviour and an owner"),
        "own_goals": _("What each partner wants for itself"),
        "statements": _("Who holds which power is said aloud"),
        "mapped": _("Each decision is mapped for each partner"),
        "rebalancing": _("Two commitments that move power, with owner and date"),
        "starting_line": _("Where power stands today"),
        "goals": _("Goals"),
        "indicators": _("Each goal has a sign of result and one of relationship"),
        "contributions": _("What each partner brings"),
        "returns": _("What each partner gains, and who is credited"),
        "sustain": _("Who keeps each goal going"),
        "roles": _("Who does what"),
        "decision_table": _("Who decides what, by which rule"),
        "quorum": _("Who must be there to decide"),
        "information": _("Who is told what, and when"),
        "language": _("The languages of meetings and minutes"),
        "money": _("The principle for money"),
        "risk": _("Who carries which risk"),
        "learning": _("What we want to learn"),
        "staffing": _("What happens when people change"),
        "safeguarding": _("People are kept safe"),
        "data": _("Data and stories are protected"),
        "conflict": _("Conflicts of interest are handled"),
        "local_law": _("Local law and local decisions are respected"),
        "early_warning": _("How we warn one another early"),
        "repair": _("The way back when trust is hurt"),
        "forum": _("The harmed partner chooses where to talk"),
        "dates": _("Dates of the reviews"),
        "accountability": _("Each partner answers to the others"),
        "measures": _("What the reviews look at"),
        "amend": _("How the charter is changed"),
        "joining": _("How partners join and leave"),
        "walking_away": _("When we may walk away"),
        "obligations": _("What we still owe after leaving"),
    }
