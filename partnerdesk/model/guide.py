"""A guide is data: stages, their activities, and what each activity asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from partnerdesk.model.json import Json

EMPTY: Mapping[str, Json] = MappingProxyType({})


class Respondents(Enum):
    """Who answers privately: every person, or one voice for each partner."""

    PEOPLE = "people"
    PARTNERS = "partners"


class Attribution(Enum):
    """How answers are shown after the reveal; declared before anyone answers."""

    ORGANISATION = "organisation"
    POOLED = "pooled"
    FACILITATOR = "facilitator"


class ColumnType(Enum):
    """What one column of an agreed table holds."""

    TEXT = "text"
    LONG = "long"
    DAYS = "days"
    DATE = "date"
    CHOICE = "choice"
    PARTNER = "partner"
    ITEM = "item"
    ROLES = "roles"
    LEVEL = "level"


@dataclass(frozen=True)
class Item:
    """One thing asked about: a slider pair, a value card, a decision, a goal, a question.

    `low` and `high` name the two ends where the item is a scale of its own; `details` are
    further fields, such as a goal's indicators.
    """

    id: str
    text: str
    low: str = ""
    high: str = ""
    details: Mapping[str, Json] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True)
class Scale:
    """The whole numbers an answer may take, `low` to `high`, with a word for each step."""

    low: int
    high: int
    words: tuple[str, ...] = ()
    no_basis: bool = False


@dataclass(frozen=True)
class Column:
    """One column of an agreed table, or one aspect of a rating grid.

    `choices` are (key, words) pairs. `items` names the activity or list that an ITEM column
    points to.
    """

    id: str
    text: str
    type: ColumnType = ColumnType.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    items: str = ""
    required: bool = True


@dataclass(frozen=True)
class Part:
    """One table of an agreement, such as behaviours, red lines or repair steps.

    A `single` part is one row, shown as a form. `section` is where the charter prints it.
    `grid` names two columns whose every pair has one row (decisions x partners).
    `clause` is the type of clause that each row suggests, worded by `sentence` over its columns;
    it is empty where the table itself goes into the charter.
    """

    id: str
    text: str
    columns: tuple[Column, ...]
    section: str = ""
    single: bool = False
    grid: tuple[str, str] | None = None
    clause: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Step:
    """One facilitation step: what to do, what to say aloud, and for about how many minutes."""

    text: str
    say: str = ""
    minutes: int = 0


@dataclass(frozen=True)
class Activity:
    """One activity: purpose, time, script, what is asked, how it is shown, where it ends up.

    `kind` names the code that asks and sums up; `options` are that kind's own settings.
    `item_list` names a list of the partnership's own items (decisions, goals) that is asked
    about besides the items of the guide. `prompts` are questions to ask in the discussion.
    `replaces` says that an organisation's guide means to take the place of the activity that
    has the same id.
    """

    id: str
    stage: str
    title: str
    kind: str
    purpose: str
    minutes: int
    question: str = ""
    steps: tuple[Step, ...] = ()
    prompts: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    item_list: str = ""
    scale: Scale | None = None
    respondents: Respondents = Respondents.PEOPLE
    attribution: Attribution = Attribution.ORGANISATION
    parts: tuple[Part, ...] = ()
    sections: tuple[str, ...] = ()
    options: Mapping[str, Json] = field(default_factory=lambda: EMPTY)
    replaces: bool = False


@dataclass(frozen=True)
class Stage:
    """One stage of the workshop, ST0 to ST9, with its activities in order."""

    id: str
    title: str
    short: str
    purpose: str
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class ItemList:
    """A list that the partnership writes itself before an activity asks about it.

    `fields` are the further fields of each item, such as a goal's indicators.
    """

    id: str
    text: str
    prompt: str
    suggestions: tuple[str, ...] = ()
    fields: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Guide:
    """The stages in order, and the lists that a partnership fills."""

    id: str
    title: str
    language: str
    stages: tuple[Stage, ...]
    lists: tuple[ItemList, ...] = ()

    def activities(self) -> tuple[Activity, ...]:
        """Return every activity in the order of the stages."""
        return tuple(activity for stage in self.stages for activity in stage.activities)

    def activity(self, activity_id: str) -> Activity | None:
        """Return the activity called `activity_id`, or None."""
        return next((a for a in self.activities() if a.id == activity_id), None)

    def stage_of(self, activity_id: str) -> Stage | None:
        """Return the stage that holds `activity_id`, or None."""
        return next(
            (s for s in self.stages if any(a.id == activity_id for a in s.activities)), None
        )

    def item_list(self, list_id: str) -> ItemList | None:
        """Return the list called `list_id`, or None."""
        return next((one for one in self.lists if one.id == list_id), None)
