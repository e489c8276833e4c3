"""Where one activity stands, as a value: what the session page shows and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from partnerdesk.flow import progress as flow
from partnerdesk.flow import values
from partnerdesk.flow.progress import ActivityProgress, StageProgress
from partnerdesk.flow.rounds import CONSENT_KIND, Turn, asked_items, turns
from partnerdesk.language import _, ngettext
from partnerdesk.model.guide import Activity, Attribution, Guide, Item, Respondents, Stage
from partnerdesk.model.round import Round, RoundState, Rule
from partnerdesk.store import Store

PLAN_KIND = "plan"


class Next(Enum):
    """The one next step of a session page."""

    OPEN = "open"
    TOGETHER = "together"
    GIVE = "give"
    REVEAL = "reveal"
    RESULTS = "results"
    AGREE = "agree"
    ON = "on"


@dataclass(frozen=True)
class Standing:
    """One activity as it stands: its place in the stage, its round, who is asked, who is next.

    `turns` are who is asked now, or who would be; `away` are people who are not in the room;
    `again` says that another consent round comes next, about clauses that wait for it.
    """

    stage: Stage
    activity: Activity
    number: int
    done: bool
    postponed: str
    round: Round | None
    items: tuple[Item, ...]
    turns: tuple[Turn, ...]
    away: tuple[Turn, ...]
    next_turn: Turn | None
    again: bool = False

    @property
    def collecting(self) -> bool:
        """Return whether answers are being received."""
        return self.round is not None and self.round.state is RoundState.COLLECTING

    @property
    def received(self) -> int:
        """Return how many answers are in."""
        return sum(turn.received for turn in self.turns)

    @property
    def step(self) -> int:
        """Return the step on the thread; 5 once all five are done."""
        return len(flow.Step) if self.done else flow.step_of(self.round).value

    @property
    def attribution(self) -> Attribution:
        """Return how the answers will be shown: as the round says, or as the guide asks."""
        return self.round.attribution if self.round else self.activity.attribution

    @property
    def why_not(self) -> str:
        """Return why no round can be opened yet, or ''."""
        if (self.round is None or self.again) and not self.items:
            if self.activity.item_list:
                return _("Write the list first")
            if self.activity.kind == CONSENT_KIND:
                return _("There is no clause to ask about yet")
        return ""

    @property
    def writes_list(self) -> bool:
        """Return whether the people write what will be asked about."""
        return bool(self.activity.item_list) and self.round is None and not self.done

    @property
    def next(self) -> Next:
        """Return what comes next."""
        if self.again:
            return Next.OPEN
        if self.done or self.postponed:
            return Next.ON
        if self.round is None:
            return Next.TOGETHER if not can_ask(self.activity) else Next.OPEN
        if self.collecting:
            return Next.GIVE if self.next_turn else Next.REVEAL
        return Next.AGREE if self.round.state is RoundState.AGREEING else Next.RESULTS


def standing(
    store: Store,
    guide: Guide,
    key: str,
    chosen: str = "",
    *,
    rule: Rule | None = None,
    again: bool = False,
) -> Standing:
    """Return how the activity `key` stands, or the current one; `chosen` is asked for next.

    `rule` is the one chosen for the next consent round; `again` asks for one although none
    is due.
    """
    stages = flow.progress(store, guide)
    stage, one = _found(stages, key) or _current(stages)
    round_ = one.round
    items = asked_items(store, one.activity, rule)
    again = _asks_again(one.activity, round_, again or bool(items))
    people = turns(store, _to_open(one.activity) if again or not round_ else round_)
    waiting = [turn for turn in people if not turn.received]
    preferred = (turn for turn in waiting if turn.respondent == chosen)
    return Standing(
        stage=stage.stage,
        activity=one.activity,
        number=1 + stage.activities.index(one),
        done=one.place is flow.Place.DONE,
        postponed=one.postponed,
        round=round_,
        items=items,
        turns=people,
        away=_away(store, people, one.activity),
        next_turn=next(preferred, waiting[0] if waiting else None),
        again=again,
    )


def _asks_again(activity: Activity, round_: Round | None, wanted: bool) -> bool:
    """Return whether a consent round that is over is followed by another one."""
    asks = activity.kind == CONSENT_KIND and round_ is not None
    return asks and wanted and round_ is not None and round_.state is RoundState.DONE


def can_ask(activity: Activity) -> bool:
    """Return whether people answer this activity alone before they write together."""
    return activity.kind != PLAN_KIND or "propose" in activity.options


def seconds_since(moment: str) -> float:
    """Return the seconds since a moment of the record, or 0 for none."""
    if not moment:
        return 0.0
    return (datetime.now(UTC) - datetime.fromisoformat(moment)).total_seconds()


def shown_words(attribution: Attribution) -> str:
    """Return how answers will be shown after the reveal."""
    return {
        Attribution.ORGANISATION: _("Will be shown by organisation"),
        Attribution.POOLED: _("Will be shown mixed, without organisations"),
        Attribution.FACILITATOR: _("Will be shown to the facilitator alone"),
    }[attribution]


def asked_words(activity: Activity) -> str:
    """Return who answers."""
    if activity.respondents is Respondents.PARTNERS:
        return _("One answer for each partner")
    return _("Each person answers alone")


def next_words(now: Standing) -> str:
    """Return the words of the one next step of an activity that is not over."""
    name = now.next_turn.name if now.next_turn else ""
    return {
        Next.OPEN: _("Open this round"),
        Next.TOGETHER: _("Write it together"),
        Next.GIVE: _("Give the laptop to {name}").format(name=name),
        Next.REVEAL: _("Reveal the answers"),
        Next.RESULTS: _("Look at the answers"),
        Next.AGREE: _("Write the agreement"),
    }[now.next]


def note_words(now: Standing) -> str:
    """Return what to know before the next step, or ''."""
    if now.next is Next.GIVE:
        return _reveal_words(len(now.turns))
    if now.next is not Next.OPEN:
        return ""
    return f"{asked_words(now.activity)}. {shown_words(now.attribution)}."


def script_step(now: Standing) -> int:
    """Return the line of the script that fits: the first, the opening, or the one after."""
    if now.round is None:
        return 0
    at = opening_step(now.activity)
    return at if now.collecting else min(at + 1, max(0, len(now.activity.steps) - 1))


def _reveal_words(count: int) -> str:
    words = ngettext(
        "Reveal opens when the answer is in", "Reveal opens when all {count} are in", count
    )
    return words.format(count=count)


def opening_step(activity: Activity) -> int:
    """Return the index of the step of the script that opens the round, or 0."""
    opens = _("Open the round")
    steps = enumerate(activity.steps)
    return next((n for n, step in steps if step.text.startswith(opens)), 0)


def _found(
    stages: Sequence[StageProgress], key: str
) -> tuple[StageProgress, ActivityProgress] | None:
    every = ((stage, one) for stage in stages for one in stage.activities)
    return next(((s, one) for s, one in every if one.activity.id == key), None)


def _current(stages: Sequence[StageProgress]) -> tuple[StageProgress, ActivityProgress]:
    every = [(stage, one) for stage in stages for one in stage.activities]
    return next(((s, a) for s, a in every if a.place is flow.Place.NOW), every[-1])


def _to_open(activity: Activity) -> Round:
    """Return the round as it would be opened, to ask who would be in it."""
    return Round(
        id="",
        activity=activity.id,
        number=0,
        state=RoundState.COLLECTING,
        attribution=activity.attribution,
        respondents=activity.respondents,
    )


def _away(store: Store, people: Sequence[Turn], activity: Activity) -> tuple[Turn, ...]:
    if activity.respondents is Respondents.PARTNERS:
        return ()
    asked = {turn.respondent for turn in people}
    return tuple(
        Turn(p.id, p.partner_id, p.name, p.language, p.picture)
        for p in values.participants(store)
        if p.id not in asked
    )
