"""The recorded workshop as a record, built by hand so that no store or guide file is needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.model.guide import (
    Activity,
    Attribution,
    Column,
    ColumnType,
    Guide,
    Item,
    Part,
    Scale,
    Stage,
)
from partnerdesk.model.partnership import Authority, Participant, Partner, Partnership, Session
from partnerdesk.model.record import JournalHead, Record
from partnerdesk.model.round import (
    Agreement,
    Basis,
    Clause,
    ClauseType,
    Consent,
    Method,
    RoundCount,
    RoundState,
    Signatory,
)

SAMPLE = Path(__file__).parents[3] / "resources" / "samples" / "workshop-a.json"
RUNGS = ("not informed", "informed", "consulted before", "co-decides", "decides")


def columns(**types: ColumnType) -> tuple[Column, ...]:
    """Return a column for each name, headed by the name itself."""
    return tuple(
        Column(name, name.replace("_", " ").capitalize(), type=kind) for name, kind in types.items()
    )


TEXT, PARTNER, DAYS = ColumnType.TEXT, ColumnType.PARTNER, ColumnType.DAYS
ITEM, LEVEL, ROLES = ColumnType.ITEM, ColumnType.LEVEL, ColumnType.ROLES

BEHAVIOURS = Part(
    "behaviours",
    "How we see our values",
    columns(value=ITEM, seen_when=TEXT, broken_when=TEXT, owner=PARTNER),
    "C4",
    clause="commitment",
    sentence="We will see {value} when {seen_when}",
)
RED_LINES = Part("red_lines", "Red lines", columns(partner=PARTNER, text=TEXT), "C4")
LEVELS = Part(
    "levels",
    "Decision ladder",
    columns(decision=ITEM, partner=PARTNER, actual=LEVEL, wanted=LEVEL),
    "C5",
    grid=("decision", "partner"),
)
STATEMENTS = Part("statements", "What we say about power", columns(text=TEXT), "C5")
CONTRIBUTIONS = Part(
    "contributions",
    "Who brings what",
    columns(partner=PARTNER, type=TEXT, text=TEXT, conditions=TEXT, lasts=TEXT),
    "C7",
)
RIGHTS = Part(
    "rights",
    "Decision rights",
    columns(decision=ITEM, roles=ROLES, rule=TEXT, deadline_days=DAYS, default=TEXT),
    "C9",
)
PROTOCOL = Part(
    "protocol",
    "When trust is hurt",
    columns(
        who_can_call=TEXT,
        first_contact_days=DAYS,
        listener=TEXT,
        forum=TEXT,
        helper=TEXT,
        languages=TEXT,
    ),
    "C13",
    single=True,
)
STEPS = Part("steps", "Steps", columns(stage=TEXT, days=DAYS, text=TEXT), "C13")
TRIGGERS = Part(
    "triggers",
    "When we may walk away",
    columns(trigger=TEXT, who_may_call=TEXT, first_step=TEXT, wait_days=DAYS, if_not_resolved=TEXT),
    "C17",
)
VALUES = (Item("honesty", "Honesty"), Item("keeping_promises", "Keeping promises"))


def activity(name: str, title: str, kind: str, *parts: Part, **more: Any) -> Activity:
    """Return an activity of five minutes with these parts."""
    return Activity(name, "ST", title, kind, "purpose", 5, parts=parts, **more)


GUIDE = Guide(
    "test",
    "Guide",
    "en",
    (
        Stage(
            "ST",
            "Workshop",
            "W",
            "",
            (
                activity("values", "Values", "pick_rank", BEHAVIOURS, RED_LINES, items=VALUES),
                activity(
                    "decision_ladder",
                    "Decision ladder",
                    "ladder",
                    LEVELS,
                    STATEMENTS,
                    item_list="decisions",
                    scale=Scale(0, 4, RUNGS),
                ),
                activity("contributions", "Contributions", "plan", CONTRIBUTIONS),
                activity(
                    "decision_rights", "Decision rights", "plan", RIGHTS, item_list="decisions"
                ),
                activity("repair", "Trust repair", "plan", PROTOCOL, STEPS),
                activity("walking_away", "Walking away", "plan", TRIGGERS),
            ),
        ),
    ),
)


def payloads(rounds: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return each activity's payload, as the built-in guide names its parts."""
    values, ladder, repair = rounds["values"], rounds["decision_ladder"], rounds["repair"]["agreed"]
    return {
        "values": {"behaviours": values["agreed"], "red_lines": values["red_lines"]},
        "decision_ladder": {
            "levels": ladder["agreed"],
            "statements": [{"text": text} for text in ladder["statements"]],
        },
        "contributions": {"contributions": rounds["goals"]["contributions"]},
        "decision_rights": {"rights": rounds["decision_rights"]["agreed"]},
        "repair": {
            "protocol": {k: v for k, v in repair.items() if k != "steps"},
            "steps": repair["steps"],
        },
        "walking_away": {"triggers": rounds["walking_away"]["agreed"]},
    }


def consent(data: Mapping[str, Any]) -> Consent:
    """Return one recorded level of support."""
    return Consent(data["partner"], data["level"], data.get("reservation", ""))


def clause(data: Mapping[str, Any]) -> Clause:
    """Return one recorded clause."""
    return Clause(
        data["id"],
        data["section"],
        ClauseType(data["type"]),
        data["text"],
        tuple(data["affects"]),
        data.get("owner", ""),
        data.get("date", ""),
        consents=tuple(consent(one) for one in data["consents"]),
    )


def goal(data: Mapping[str, Any]) -> Item:
    """Return one goal with its details."""
    details = {k: v for k, v in data.items() if k not in ("id", "text")}
    return Item(data["id"], data["text"], details=details)


def participant(data: Mapping[str, Any]) -> Participant:
    """Return one recorded participant."""
    authority = Authority(data["authority"])
    return Participant(
        data["id"], data["partner"], data["name"], data["role"], authority, data["language"]
    )


def signatory(number: int, data: Mapping[str, Any]) -> Signatory:
    """Return one recorded signatory."""
    return Signatory(
        f"s{number}",
        data["participant"],
        Method(data["method"]),
        data["read_in"],
        data.get("read_by", ""),
        data.get("witness", ""),
    )


@pytest.fixture(scope="session")
def workshop_a() -> Record:
    """Return the recorded workshop with three partners, eight clauses and three signatories."""
    data = json.loads(SAMPLE.read_text(encoding="utf-8"))
    rounds = {one["activity"]: one for one in data["rounds"]}
    decisions = rounds["decision_ladder"]["decisions"]
    return Record(
        partnership=Partnership(**data["partnership"]),
        partners=tuple(Partner(index=i, **one) for i, one in enumerate(data["partners"])),
        participants=tuple(participant(one) for one in data["participants"]),
        sessions=(Session("s", **data["session"]),),
        guide=GUIDE,
        items={
            "decisions": tuple(Item(one["id"], one["text"]) for one in decisions),
            "goals": tuple(goal(one) for one in rounds["goals"]["goals"]),
        },
        agreements=tuple(
            Agreement(f"a-{name}", name, payload, Basis.IMPORTED)
            for name, payload in payloads(rounds).items()
        ),
        clauses=tuple(clause(one) for one in data["clauses"]),
        signatories=tuple(signatory(n, one) for n, one in enumerate(data["signatories"])),
        rounds=(
            RoundCount("values", 1, RoundState.DONE, 6, 7, Attribution.POOLED, "2026-11-18T10:00Z"),
        ),
        journal=JournalHead(812, "ab" * 32, 812),
    )
