"""Who is in the partnership and where they meet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Authority(Enum):
    """What a participant may do in the name of the partner."""

    BINDS = "binds"
    SUBJECT = "subject"
    OBSERVES = "observes"


@dataclass(frozen=True)
class Partnership:
    """What the partnership is for, and how its charter is written."""

    title: str
    purpose: str = ""
    language: str = "en"
    page: str = "A4"
    why_now: str = ""
    bid_date: str = ""
    practice: bool = False


@dataclass(frozen=True)
class Partner:
    """One organisation; `index` is its place in file order, which gives colour and shape."""

    id: str
    index: int
    name: str
    short: str
    type: str = ""
    role: str = ""
    country: str = ""
    mission: str = ""


@dataclass(frozen=True)
class Participant:
    """One person, belonging to one partner."""

    id: str
    partner_id: str
    name: str
    role: str = ""
    authority: Authority = Authority.OBSERVES
    language: str = "en"
    picture: str = ""
    present: bool = True


@dataclass(frozen=True)
class Session:
    """One workshop: where and when it is held, who facilitates, how decisions are closed."""

    id: str
    title: str
    place: str = ""
    date: str = ""
    facilitator: str = ""
    decision_rule: str = "consent"
