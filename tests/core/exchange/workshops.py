"""Workshops that a stranger might bring: any size, any script, passes, gaps and awkward words."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from partnerdesk.flow.guides import built_in_guide
from partnerdesk.model.guide import Activity

GUIDE = built_in_guide()
AWKWARD = (
    "<b>bold & 'quoted'</b>",
    "الماء للجميع",
    "पानी सबके लिए",
    "=HYPERLINK(1)",
    "\u202eright to left\u202c",
    "e\u0301 and é",
    "%s {name} \\n",
    "a\u200db",
    "line\nbreak\ttab",
    "bell \x07 here",
    "🌍" * 3,
)
WORDS = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30),
).filter(lambda one: any(c.isalnum() for c in one))
ALONE = ("mindset", "values", "dependence", "four_r", "trust", "readiness", "ground_rules", "terms")
TEXTS = ("terms", "mission_mirror", "reflection")


def _spread(draw: st.DrawFn, total: int, parts: int) -> list[int]:
    cuts = sorted(draw(st.lists(st.integers(0, total), min_size=parts - 1, max_size=parts - 1)))
    return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]


def _rows(draw: st.DrawFn, activity: Activity, who: str, own: str, world: Any) -> list[Any]:
    """Return one person's rows of one activity, whole as its kind asks for them."""
    partners, lists = world["partners"], world["lists"]
    others = [p for p in partners if p != own]
    items = [item.id for item in activity.items] + lists.get(activity.item_list, [])
    if activity.id == "mindset":
        step = st.integers(-2, 2)
        return [{"by": who, "item": i, "now": draw(step), "wanted": draw(step)} for i in items]
    if activity.kind == "pick_rank":
        cards = draw(st.permutations(items))
        rank, pick = int(str(activity.options["rank"])), int(str(activity.options["pick"]))
        return [{"by": who, "ranked": cards[:rank], "picked": cards[rank : rank + pick]}]
    if activity.kind == "ladder":
        rung = st.integers(0, 4)
        return [
            {"by": who, "decision": i, "partner": p, "actual": draw(rung), "wanted": draw(rung)}
            for i in items
            for p in partners
        ]
    if activity.id == "dependence":
        value = st.integers(0, 4)
        return [
            {"by": who, "from": own, "on": p, "resource": i, "value": draw(value)}
            for p in others
            for i in items
        ]
    if activity.id == "four_r":
        value = st.integers(0, 5)
        return [{"by": who, "partner": p, **{i: draw(value) for i in items}} for p in partners]
    if activity.id == "trust":
        rated = st.none() | st.integers(0, 4)
        return [
            {"by": who, "about": p, "item": i, "value": draw(rated)} for p in others for i in items
        ]
    if activity.id == "readiness":
        level = st.integers(0, 4)
        names = ("maturity", "importance", "others_view")
        return [
            {"partner": own, "item": i, "evidence": draw(st.booleans())}
            | {n: draw(level) for n in names}
            for i in items
        ]
    if activity.kind == "allocation":
        points = _spread(draw, 100, len(items))
        return [{"by": who, "goal": i, "points": n} for i, n in zip(items, points, strict=True)]
    return [{"by": who, "item": items[0], "text": draw(WORDS)}]


@st.composite
def workshops(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a workshop of two to eight partners that can be imported."""
    partners = [f"o{n}" for n in range(draw(st.integers(2, 8)))]
    sides = {f"p{n}": draw(st.sampled_from(partners)) for n in range(draw(st.integers(0, 5)))}
    lists = {
        name: [f"{name[0]}{n}" for n in range(draw(st.integers(1, 3)))]
        for name in ("decisions", "goals")
    }
    world = {"partners": partners, "lists": lists}
    chosen = draw(st.lists(st.sampled_from(_activities()), max_size=4, unique=True))
    return {
        "format": "partnerdesk-workshop/1",
        "partnership": {
            "title": draw(WORDS),
            "purpose": draw(WORDS),
            "language": draw(st.sampled_from(("en", "ar", "sw"))),
            "page": draw(st.sampled_from(("A4", "Letter"))),
        },
        "partners": [{"id": p, "name": draw(WORDS), "short": draw(WORDS)} for p in partners],
        "participants": [
            {"id": p, "partner": side, "name": draw(WORDS), "authority": "binds"}
            for p, side in sides.items()
        ],
        "session": {"place": draw(WORDS), "facilitator": draw(WORDS)},
        "rounds": [_round(draw, name, sides, world) for name in chosen],
        "clauses": [_clause(draw, n, partners) for n in range(draw(st.integers(0, 3)))],
        "signatories": [{"participant": p, "method": "typed"} for p in sides],
    }


def _activities() -> tuple[str, ...]:
    return (*ALONE, "decision_ladder", "goals")


def _round(draw: st.DrawFn, name: str, sides: dict[str, str], world: Any) -> dict[str, Any]:
    """Draw one round: some people answer, some are silent, and perhaps nobody does."""
    activity = GUIDE.activity(name)
    assert activity is not None
    alone = activity.respondents.value == "partners"
    voices = {p: p for p in world["partners"]} if alone else sides
    heard = [who for who in voices if draw(st.booleans())]
    rows = [_rows(draw, activity, who, voices[who], world) for who in heard]
    own = [{"id": i, "text": draw(WORDS)} for i in world["lists"].get(activity.item_list, [])]
    listed = {activity.item_list: own} if activity.item_list else {}
    return {"activity": name, **listed, "answers": [row for one in rows for row in one]}


def _clause(draw: st.DrawFn, number: int, partners: list[str]) -> dict[str, Any]:
    levels = {p: draw(st.integers(1, 8)) for p in partners if draw(st.booleans())}
    return {
        "id": f"c{number}",
        "section": draw(st.sampled_from(("C3", "C9", "C17"))),
        "type": draw(st.sampled_from(("statement", "rule", "red_line"))),
        "text": draw(WORDS),
        "affects": draw(st.lists(st.sampled_from(partners), max_size=2, unique=True)),
        "origin": draw(st.sampled_from(("", "values", "nowhere"))),
        "consents": [
            {"partner": p, "level": n, "reservation": draw(WORDS)} for p, n in levels.items()
        ],
    }
