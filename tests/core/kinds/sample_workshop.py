"""The recorded workshop as the answers and settings that the kinds work on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import resources
from partnerdesk.kinds.base import Setting
from partnerdesk.model.guide import Activity, Attribution, Item, Scale
from partnerdesk.model.partnership import Partner
from partnerdesk.model.round import Response

Answers = dict[str, Any]


@cache
def recorded(name: str = "workshop-a.json") -> Any:
    """Return one of the sample files as JSON."""
    return json.loads(resources.path(f"samples/{name}").read_text(encoding="utf-8"))


def expected() -> Any:
    """Return the figures that were computed independently."""
    return recorded("workshop-a.expected.json")


def partners() -> tuple[Partner, ...]:
    """Return the three partners of the workshop."""
    return tuple(
        Partner(p["id"], n, p["name"], p["short"]) for n, p in enumerate(recorded()["partners"])
    )


def sides() -> dict[str, str]:
    """Return each person's partner, and each partner itself for one-voice rounds."""
    people = {p["id"]: p["partner"] for p in recorded()["participants"]}
    return people | {p["id"]: p["id"] for p in recorded()["partners"]}


def round_of(activity: str) -> Any:
    """Return one recorded round."""
    return next(r for r in recorded()["rounds"] if r["activity"] == activity)


def setting(
    kind: str,
    items: tuple[str, ...],
    scale: Scale | None,
    options: Mapping[str, Any] | None = None,
    attribution: Attribution = Attribution.ORGANISATION,
) -> Setting:
    """Return a setting that asks the workshop's partners about `items`."""
    shown = tuple(Item(one, one.capitalize()) for one in items)
    activity = Activity(
        "asked", "ST1", "Asked", kind, "", 10, items=shown, scale=scale, options=options or {}
    )
    return Setting(activity, partners(), shown, attribution, {"asked": shown})


def responses(answers: Answers) -> tuple[Response, ...]:
    """Return one response for each person or partner, in file order."""
    return tuple(Response(who, sides()[who], answer) for who, answer in answers.items())


def nested(activity: str, *path: str, values: tuple[str, ...], by: str = "by") -> Answers:
    """Return the flat rows of a round as one nested answer for each respondent."""
    answers: Answers = {}
    for row in round_of(activity)["answers"]:
        place = answers.setdefault(row[by], {})
        for key in path:
            place = place.setdefault(row.get(key, key), {})
        place.update({value: row[value] for value in values})
    return answers


def mindset() -> tuple[Setting, tuple[Response, ...]]:
    """Return the slider round."""
    asked = tuple(expected()["mindset"])
    answers = nested("mindset", "item", values=("now", "wanted"))
    return setting("spectrum", asked, Scale(-2, 2)), responses(answers)


def values() -> tuple[Setting, tuple[Response, ...]]:
    """Return the round of value cards."""
    rows = round_of("values")["answers"]
    answers = {r["by"]: {"ranked": r["ranked"], "picked": r["picked"]} for r in rows}
    cards = dict.fromkeys(c for r in rows for c in (*r["ranked"], *r["picked"]))
    return setting("pick_rank", tuple(cards), None, {"rank": 5, "pick": 2}), responses(answers)


def ladder() -> tuple[Setting, tuple[Response, ...]]:
    """Return the round of the decision ladder."""
    answers: Answers = {}
    for row in round_of("decision_ladder")["answers"]:
        decision = answers.setdefault(row["by"], {}).setdefault(row["decision"], {})
        rungs = {"actual": row["actual"], "wanted": row["wanted"]}
        decision.setdefault("partners", {})[row["partner"]] = rungs
        decision.setdefault("content", {})[row["partner"]] = row["content"]
    asked = tuple(d["id"] for d in round_of("decision_ladder")["decisions"])
    return setting("ladder", asked, Scale(0, 4)), responses(answers)


def dependence() -> tuple[Setting, tuple[Response, ...]]:
    """Return the round on who needs whom."""
    asked = ("material_financial", "human", "intellectual", "legitimacy", "networks")
    options = {"about": "others", "figures": "dependence"}
    answers = nested("dependence", "on", "resource", values=("value",))
    return setting("grid", asked, Scale(0, 4), options), responses(answers)


def four_r() -> tuple[Setting, tuple[Response, ...]]:
    """Return the round on rights, responsibilities and returns."""
    asked = ("rights", "responsibilities", "returns")
    answers = {
        who: {about: {r: {"value": row[r]} for r in asked} for about, row in of.items()}
        for who, of in nested("four_r", "partner", values=asked).items()
    }
    options = {"about": "all", "figures": "four_r"}
    return setting("grid", asked, Scale(0, 5), options), responses(answers)


def goals() -> tuple[Setting, tuple[Response, ...]]:
    """Return the round of points over goals."""
    answers: Answers = {}
    for row in round_of("goals")["answers"]:
        answers.setdefault(row["by"], {"points": {}})["points"][row["goal"]] = row["points"]
    asked = tuple(goal["id"] for goal in round_of("goals")["goals"])
    return setting("allocation", asked, None, {"total": 100}), responses(answers)


def trust() -> tuple[Setting, tuple[Response, ...]]:
    """Return the round on trust."""
    asked = ("a1", "a2", "a3", "b1", "b2", "b3", "i1", "i2", "i3", "v1", "s1")
    options = {"about": "others", "figures": "trust"}
    answers = nested("trust", "about", "item", values=("value",))
    return setting("grid", asked, Scale(0, 4, no_basis=True), options), responses(answers)


def readiness() -> tuple[Setting, tuple[Response, ...]]:
    """Return the round on each organisation's readiness, one voice for each."""
    levels = ("maturity", "importance", "others_view")
    aspects = [{"id": one, "text": one, "type": "level"} for one in levels]
    aspects.append({"id": "evidence", "text": "evidence", "type": "yes_no"})
    answers = nested("readiness", "own", "item", values=(*levels, "evidence"), by="partner")
    asked = tuple(answers["ingo"]["own"])
    options = {"about": "own", "figures": "readiness", "aspects": aspects}
    return setting("grid", asked, Scale(0, 4), options), responses(answers)


ROUNDS = {
    "spectrum": mindset,
    "pick_rank": values,
    "ladder": ladder,
    "dependence": dependence,
    "four_r": four_r,
    "allocation": goals,
    "trust": trust,
    "readiness": readiness,
}
