"""Annex F: how the charter was made, in sessions, people, rounds and counts; nobody's answer."""

from __future__ import annotations

from collections.abc import Iterator

from partnerdesk.charter.clauses import ADOPTED, entry_of
from partnerdesk.charter.pages_words import day_words
from partnerdesk.charter.source import Source
from partnerdesk.charter.wording import attribution_words, listed, round_words, rule_words, said
from partnerdesk.language import _
from partnerdesk.model.charter import (
    Block,
    Cell,
    Definition,
    Definitions,
    Paragraph,
    Table,
    TableColumn,
    TableRow,
)
from partnerdesk.model.partnership import Participant, Session
from partnerdesk.model.round import Manner, RoundCount

DAY = len("2026-11-18")


def process(source: Source) -> tuple[Block, ...]:
    """Return annex F: sessions, people, rounds, counts, and the head of the journal."""
    return (
        Paragraph(_("This says how the charter was made. It holds nobody's private answers.")),
        *(session_facts(session) for session in source.record.sessions),
        people(source),
        _rounds(source),
        *_rules(source),
        _counts(source),
        journal(source),
    )


def session_facts(session: Session) -> Definitions:
    """Return where and when a session was, who facilitated, how decisions were closed."""
    facts = (
        (_("Place"), session.place),
        (_("Date"), day_words(session.date)),
        (_("Facilitator"), session.facilitator),
        (_("How decisions are closed"), session.decision_rule),
    )
    return Definitions(session.title, tuple(Definition(t, w) for t, w in facts if w))


def people(source: Source) -> Table:
    """Return who took part, partner by partner, and who was there."""
    columns = (
        TableColumn("name", _("Name"), 3),
        TableColumn("role", _("Role"), 3),
        TableColumn("partner", _("Partner"), 3),
        TableColumn("present", _("Was there"), 1),
    )
    rows = tuple(_person(source, person) for person in source.record.participants)
    return Table(_("Who took part"), columns, rows)


def _person(source: Source, person: Participant) -> TableRow:
    cells = (
        Cell(person.name, person.id),
        Cell(person.role),
        Cell(source.name(person.partner_id), person.partner_id),
        Cell(_("yes") if person.present else _("no"), int(person.present)),
    )
    return TableRow(cells, person.partner_id)


def _rounds(source: Source) -> Table:
    columns = (
        TableColumn("activity", _("Activity"), 3),
        TableColumn("round", _("Round"), 1),
        TableColumn("answers", _("Answers"), 1),
        TableColumn("shown", _("How answers were shown"), 4),
        TableColumn("state", _("Where it stands"), 2),
        TableColumn("revealed", _("Opened at"), 2),
    )
    return Table(_("Rounds"), columns, tuple(_round(source, one) for one in source.record.rounds))


def _round(source: Source, one: RoundCount) -> TableRow:
    answers = said(_("{received} of {expected}"), received=one.received, expected=one.expected)
    return TableRow(
        (
            Cell(source.title(one.activity), one.activity),
            Cell(str(one.number), one.number),
            Cell(answers, one.received),
            Cell(attribution_words(one.attribution), one.attribution.value),
            Cell(round_words(one.state), one.state.value),
            Cell(day_words(one.revealed_at[:DAY]), one.revealed_at),
        )
    )


def _rules(source: Source) -> Iterator[Table]:
    """Yield how each consent round was asked: its rule, levels or faces, and who spoke."""
    columns = (
        TableColumn("activity", _("Activity"), 2),
        TableColumn("round", _("Round"), 1),
        TableColumn("rule", _("Rule, fixed before asking"), 4),
        TableColumn("asked", _("How it was asked"), 2),
        TableColumn("speakers", _("Who spoke for the partners"), 3),
    )
    rows = tuple(
        _rule(source, one, one.manner) for one in source.record.rounds if one.manner is not None
    )
    if rows:
        yield Table(_("Rules of the consent rounds"), columns, rows)


def _rule(source: Source, one: RoundCount, manner: Manner) -> TableRow:
    named = (manner.speakers.get(partner, "") for partner in source.partner_ids)
    speakers = tuple(source.person(person) for person in named if person)
    return TableRow(
        (
            Cell(source.title(one.activity), one.activity),
            Cell(str(one.number), one.number),
            Cell(rule_words(manner.rule), manner.rule.value),
            Cell(_("four faces") if manner.faces else _("eight levels")),
            Cell(listed(speakers)),
        )
    )


def _counts(source: Source) -> Definitions:
    offered = tuple(entry_of(source, clause) for clause in source.clauses)
    adopted = sum(entry.state in ADOPTED for entry in offered)
    facts = (
        (_("Rounds held"), len(source.record.rounds)),
        (_("Clauses adopted"), adopted),
        (_("Clauses not adopted"), len(offered) - adopted),
    )
    return Definitions(_("Counts"), tuple(Definition(t, str(n), n) for t, n in facts))


def journal(source: Source) -> Definitions:
    """Return the head and the count of the journal, which paper fixes."""
    head = source.record.journal
    facts = (
        Definition(_("Entries"), str(head.count), head.count),
        Definition(_("Last entry"), str(head.seq), head.seq),
        Definition(_("Hash of the last entry"), head.hash),
    )
    return Definitions(_("Journal"), facts)
