"""The annexes E, G and H: what the partners enclose with the charter."""

from __future__ import annotations

from collections.abc import Iterator

from partnerdesk.charter.pages_words import day_words
from partnerdesk.charter.sections import agreed_blocks
from partnerdesk.charter.source import Source
from partnerdesk.charter.wording import days_words
from partnerdesk.language import _
from partnerdesk.model.charter import (
    Block,
    Cell,
    Heading,
    Notice,
    Paragraph,
    Table,
    TableColumn,
    TableRow,
)
from partnerdesk.model.enclosures import Channel, Contact, LinkedContract, RepairStep

PLAN = "plan."


def repair_plan(source: Source) -> Iterator[Block]:
    """Yield the agreed way of repair, as in C13, and a plan that is under way (annex E)."""
    yield from agreed_blocks(source, "C13")
    plan = source.enclosures.repair_plan
    if plan and source.enclosures.sealed:
        yield Notice(_("There is a repair plan. It is sealed, so it is not printed here."))
    elif plan:
        yield _plan(source, plan)


def _plan(source: Source, plan: tuple[RepairStep, ...]) -> Table:
    columns = (
        TableColumn(f"{PLAN}step", _("Step"), 5),
        TableColumn(f"{PLAN}owner", _("Who"), 2),
        TableColumn(f"{PLAN}date", _("By when"), 2),
        TableColumn(f"{PLAN}state", _("How it stands"), 2),
    )
    return Table(_("Repair plan"), columns, tuple(_step(source, one) for one in plan))


def _step(source: Source, step: RepairStep) -> TableRow:
    owner = source.name(step.owner) if step.owner else _("not yet named")
    date = Cell(day_words(step.date) or _("no date yet"), step.date)
    cells = (Cell(step.text), Cell(owner, step.owner), date, Cell(step.state))
    return TableRow(cells, _party(source, step.owner))


def contracts(source: Source) -> Iterator[Block]:
    """Yield the principle for money and every contract beside the charter (annex G)."""
    enclosed = source.enclosures
    if enclosed.budget_principle:
        yield Heading(_("How we treat money"))
        yield Paragraph(enclosed.budget_principle)
    columns = (
        TableColumn("contract", _("Contract"), 3),
        TableColumn("between", _("Between"), 3),
        TableColumn("about", _("About"), 3),
        TableColumn("date", _("Date"), 2),
        TableColumn("contradicts", _("Where they differ"), 4),
    )
    if enclosed.contracts:
        rows = tuple(_contract(source, one) for one in enclosed.contracts)
        yield Table(_("Contracts beside this charter"), columns, rows)


def _contract(source: Source, one: LinkedContract) -> TableRow:
    return TableRow(
        (
            Cell(one.title),
            Cell(source.names(one.between), ",".join(one.between)),
            Cell(one.about),
            Cell(day_words(one.date), one.date),
            Cell(one.contradicts or _("nowhere that we know of")),
        )
    )


def contacts(source: Source) -> Iterator[Block]:
    """Yield whom to reach at each partner, and where anyone can complain (annex H)."""
    enclosed = source.enclosures
    if enclosed.contacts:
        yield _contact_table(source, enclosed.contacts)
    if enclosed.channels:
        yield Paragraph(_("Anyone may use these. Nobody is punished for a report in good faith."))
        yield _channel_table(enclosed.channels)


def _contact_table(source: Source, found: tuple[Contact, ...]) -> Table:
    columns = (
        TableColumn("name", _("Name"), 3),
        TableColumn("role", _("Role"), 3),
        TableColumn("partner", _("Partner"), 2),
        TableColumn("reach", _("How to reach"), 4),
    )
    rows = (
        TableRow(
            (
                Cell(one.name),
                Cell(one.role),
                Cell(source.name(one.party) if one.party else "", one.party),
                Cell(one.reach),
            ),
            _party(source, one.party),
        )
        for one in found
    )
    return Table(_("Whom to reach"), columns, tuple(rows))


def _channel_table(found: tuple[Channel, ...]) -> Table:
    columns = (
        TableColumn("purpose", _("For"), 3),
        TableColumn("reach", _("How to reach"), 4),
        TableColumn("answers", _("Who answers"), 3),
        TableColumn("days", _("Within"), 2),
        TableColumn("outside", _("Outside"), 2),
    )
    rows = (
        TableRow(
            (
                Cell(one.purpose),
                Cell(one.reach),
                Cell(one.answers),
                Cell(days_words(one.days) if one.days else _("no time promised"), one.days),
                Cell(_("outside the partners") if one.outside else "", int(one.outside)),
            )
        )
        for one in found
    )
    return Table(_("Where to complain or report harm"), columns, tuple(rows))


def _party(source: Source, partner_id: str) -> str:
    """Return the id where it is a partner's, so that the row gets the partner's mark."""
    return partner_id if source.record.partner(partner_id) else ""
