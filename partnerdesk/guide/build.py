"""Stages, activities and lists made from the tables of a guide file."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from string import Formatter

from partnerdesk.guide.table import Table
from partnerdesk.language import _
from partnerdesk.model.guide import (
    Activity,
    Attribution,
    Column,
    ColumnType,
    Item,
    ItemList,
    Part,
    Respondents,
    Scale,
    Stage,
    Step,
)
from partnerdesk.model.round import ClauseType

STAGES = tuple(f"ST{number}" for number in range(10))
SECTIONS = (*(f"C{number}" for number in range(1, 21)), *"ABCDEFGH")
CLAUSES = tuple(kind.value for kind in ClauseType)
LONGEST_MINUTES = 480

CheckActivity = Callable[[Activity], list[str]]


@dataclass(frozen=True)
class Piece:
    """What one file says of a guide: perhaps its head, and any stages and lists."""

    id: str
    title: str
    language: str
    stages: tuple[Stage, ...]
    lists: tuple[ItemList, ...]


@dataclass(frozen=True)
class Builder:
    """Builds values from tables, knowing the kinds of input and how each checks an activity."""

    kinds: Collection[str]
    check_activity: CheckActivity | None = None

    def piece(self, table: Table) -> Piece:
        """Return what a whole file says."""
        piece = Piece(
            id=table.id() if "id" in table.values else table.text("id"),
            title=table.text("title"),
            language=table.text("language") or "en",
            stages=table.tables("stages", self.stage),
            lists=table.tables("lists", item_list),
        )
        table.close()
        return piece

    def stage(self, table: Table) -> Stage:
        """Return a stage; an organisation's guide may name it without a title of its own."""
        stage_id = table.word_of("id", STAGES, needed=True)
        return Stage(
            id=stage_id,
            title=table.text("title"),
            short=table.text("short"),
            purpose=table.text("purpose"),
            activities=table.tables("activities", lambda one: self.activity(one, stage_id)),
        )

    def activity(self, table: Table, stage_id: str) -> Activity:
        """Return an activity; its kind checks it too, where nothing else is wrong with it."""
        before = len(table.problems)
        activity = Activity(
            id=table.id(),
            stage=stage_id,
            title=table.text("title", needed=True),
            kind=table.word_of("kind", self.kinds, needed=True),
            purpose=table.text("purpose", needed=True),
            minutes=table.number("minutes", 1, LONGEST_MINUTES),
            question=table.text("question"),
            steps=table.tables("steps", step),
            prompts=table.texts("prompts"),
            items=table.tables("items", item),
            item_list=table.text("item_list"),
            scale=table.table("scale", scale),
            respondents=table.one_of("respondents", Respondents, Respondents.PEOPLE),
            attribution=table.one_of("attribution", Attribution, Attribution.ORGANISATION),
            parts=table.tables("parts", part),
            sections=tuple(_section(table, "sections", one) for one in table.texts("sections")),
            options=table.json("options"),
            replaces=table.truth("replaces", usual=False),
        )
        table.unique("items", (one.id for one in activity.items))
        table.unique("parts", (one.id for one in activity.parts))
        if self.check_activity and len(table.problems) == before:
            for sentence in self.check_activity(activity):
                table.note(sentence)
        return activity


def step(table: Table) -> Step:
    """Return one facilitation step."""
    return Step(
        text=table.text("text", needed=True),
        say=table.text("say"),
        minutes=table.number("minutes", 0, LONGEST_MINUTES, usual=0),
    )


def item(table: Table) -> Item:
    """Return one thing that is asked about, with both ends or none."""
    one = Item(
        id=table.id(),
        text=table.text("text", needed=True),
        low=table.text("low"),
        high=table.text("high"),
        details=table.json("details"),
    )
    if bool(one.low) != bool(one.high):
        table.note(_("Name both ends of the scale, low and high, or none."))
    return one


def scale(table: Table) -> Scale:
    """Return a scale whose lower end lies below its upper end, with a word for each step."""
    made = Scale(
        low=table.number("low", -10, 10),
        high=table.number("high", -10, 10),
        words=table.texts("words"),
        no_basis=table.truth("no_basis", usual=False),
    )
    if {"low", "high"} <= table.values.keys() and made.low >= made.high:
        table.note(_("The scale's low end must lie below its high end."))
    elif made.words and len(made.words) != made.high - made.low + 1:
        words = _("The scale has {steps} steps but {count} words.")
        table.note(words.format(steps=made.high - made.low + 1, count=len(made.words)), "words")
    return made


def column(table: Table) -> Column:
    """Return one column; a choice names its choices, an item column the list it points to."""
    made = Column(
        id=table.id(),
        text=table.text("text", needed=True),
        type=table.one_of("type", ColumnType, ColumnType.TEXT),
        choices=table.pairs("choices"),
        items=table.text("items"),
        required=table.truth("required", usual=True),
    )
    table.unique("choices", (key for key, _words in made.choices))
    if made.type is ColumnType.CHOICE and not made.choices:
        table.note(_("A column of type choice needs its choices."))
    if made.type is ColumnType.ITEM and not made.items:
        table.note(_("A column of type item says in items where its items come from."))
    return made


def part(table: Table) -> Part:
    """Return one table of an agreement, with a sentence that uses only its own columns."""
    grid = table.texts("grid")
    made = Part(
        id=table.id(),
        text=table.text("text", needed=True),
        columns=table.tables("columns", column, needed=True),
        section=_section(table, "section", table.text("section")),
        single=table.truth("single", usual=False),
        grid=(grid[0], grid[1]) if len(grid) == 2 else None,
        clause=table.word_of("clause", CLAUSES),
        sentence=table.text("sentence"),
    )
    names = [one.id for one in made.columns]
    table.unique("columns", names)
    if grid and (len(set(grid)) != 2 or not set(grid) <= set(names) or made.single):
        table.note(_("A grid names two columns of a table with many rows."), "grid")
    if bool(made.clause) != bool(made.sentence):
        table.note(_("A clause needs its sentence, and a sentence needs its type of clause."))
    _check_sentence(table, made.sentence, names)
    return made


def item_list(table: Table) -> ItemList:
    """Return a list that the partnership fills itself."""
    made = ItemList(
        id=table.id(),
        text=table.text("text", needed=True),
        prompt=table.text("prompt", needed=True),
        suggestions=table.texts("suggestions"),
        fields=table.tables("fields", column),
    )
    table.unique("fields", (one.id for one in made.fields))
    return made


def _section(table: Table, key: str, name: str) -> str:
    if name and name not in SECTIONS:
        words = _("{name} is no section. Sections are C1 to C20, annexes A to H.")
        table.note(words.format(name=name[:40]), key)
    return name


def _check_sentence(table: Table, sentence: str, columns: list[str]) -> None:
    """Note every {name} in a sentence that is not simply the id of a column."""
    try:
        fields = [found[1:] for found in Formatter().parse(sentence) if found[1] is not None]
    except ValueError:
        table.note(_("A { or } stands alone. Write {column} with the id of a column."), "sentence")
        return
    for name, spec, conversion in fields:
        if name not in columns or spec or conversion:
            words = _("{name} in the sentence is not a column of this table.")
            table.note(words.format(name=f"{{{name}}}"[:40]), "sentence")
