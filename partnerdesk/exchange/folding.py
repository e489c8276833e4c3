"""Folds the rows of a recorded workshop into answers and agreements, kind by kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from partnerdesk.kinds.base import Setting
from partnerdesk.model.guide import Activity
from partnerdesk.model.json import Json, Row

Fold = Callable[[Setting, Row, Row], bool]


def fold_of(activity: Activity) -> Fold | None:
    """Return how this activity's rows fold into one answer; each fold says False for a repeat."""
    if activity.kind == "grid":
        return _GRIDS.get(str(activity.options.get("figures", "")), _fold_rating)
    return _FOLDS.get(activity.kind)


def _put(answer: Row, path: tuple[Json, ...], value: Json) -> bool:
    """Put `value` at a path of nested objects; return False where something is there already."""
    inside = answer
    for step in path[:-1]:
        inside = cast(Row, inside.setdefault(str(step), {}))
    if str(path[-1]) in inside:
        return False
    inside[str(path[-1])] = value
    return True


def _fold_spectrum(_setting: Setting, answer: Row, row: Row) -> bool:
    return _put(answer, (row.get("item"),), {k: row[k] for k in ("now", "wanted") if k in row})


def _fold_picks(_setting: Setting, answer: Row, row: Row) -> bool:
    if answer:
        return False
    answer.update({"ranked": row.get("ranked", []), "picked": row.get("picked", [])})
    return True


def _fold_ladder(_setting: Setting, answer: Row, row: Row) -> bool:
    decision, partner = row.get("decision"), row.get("partner")
    rungs: Row = {k: row[k] for k in ("actual", "wanted") if k in row}
    _put(answer, (decision, "content", partner), row.get("content", "pass"))
    return _put(answer, (decision, "partners", partner), rungs)


def _fold_rating(_setting: Setting, answer: Row, row: Row) -> bool:
    about = row.get("about", row.get("on", row.get("partner", "own")))
    item = row.get("item", row.get("resource"))
    return _put(answer, (about, item), {"value": row.get("value")})


def _fold_shares(setting: Setting, answer: Row, row: Row) -> bool:
    items = [item.id for item in setting.items]
    cells = [
        _put(answer, (row.get("partner"), i), {"value": row.get(i)}) for i in items if i in row
    ]
    return all(cells)


def _fold_readiness(_setting: Setting, answer: Row, row: Row) -> bool:
    rest = {k: v for k, v in row.items() if k not in ("by", "partner", "item")}
    return _put(answer, ("own", row.get("item")), rest)


def _fold_points(_setting: Setting, answer: Row, row: Row) -> bool:
    return _put(answer, ("points", row.get("goal", row.get("item"))), row.get("points"))


def _fold_text(_setting: Setting, answer: Row, row: Row) -> bool:
    return _put(answer, (row.get("item"),), row.get("text"))


def _fold_plan(_setting: Setting, answer: Row, row: Row) -> bool:
    rows = cast(list[Json], answer.setdefault("rows", []))
    rows.append({k: v for k, v in row.items() if k != "by"})
    return True


_FOLDS: dict[str, Fold] = {
    "spectrum": _fold_spectrum,
    "pick_rank": _fold_picks,
    "ladder": _fold_ladder,
    "allocation": _fold_points,
    "text": _fold_text,
    "plan": _fold_plan,
}
_GRIDS: dict[str, Fold] = {"four_r": _fold_shares, "readiness": _fold_readiness}


def payloads_of(activity: Activity, row: Row) -> dict[str, Row]:
    """Return what a round agreed, by activity, in the shape of its parts."""
    parts = [part.id for part in activity.parts]
    agreed = row.get("agreed")
    payload: Row = {}
    if isinstance(agreed, list) and parts:
        payload[parts[0]] = agreed
    elif isinstance(agreed, dict):
        payload = _split(activity, agreed)
    for part in parts:
        if part in row:
            payload[part] = _worded(row[part])
    payloads = {activity.id: payload} if payload else {}
    if "contributions" in row and "contributions" not in parts:
        payloads["contributions"] = {"contributions": row["contributions"]}
    return payloads


def _split(activity: Activity, agreed: Row) -> Row:
    """Return one agreed object as its single part and the tables that it holds."""
    tables = {p.id for p in activity.parts if not p.single}
    single = next((p.id for p in activity.parts if p.single), "")
    payload: Row = {key: value for key, value in agreed.items() if key in tables}
    rest = {key: value for key, value in agreed.items() if key not in tables}
    return {**payload, single: rest} if single and rest else payload


def _worded(rows: Json) -> Json:
    """Return rows that were written as plain texts as rows with a text column."""
    if not isinstance(rows, list):
        return rows
    return [{"text": one} if isinstance(one, str) else one for one in rows]
