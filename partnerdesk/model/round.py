"""Rounds and what comes of them: responses, agreements, clauses and consents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from partnerdesk.model.guide import Attribution, Respondents
from partnerdesk.model.json import Json

Answer = Mapping[str, Json]
UNTRANSLATED: Mapping[str, str] = MappingProxyType({})


class RoundState(Enum):
    """Where a round stands in the one movement."""

    COLLECTING = "collecting"
    REVEALED = "revealed"
    DISCUSSING = "discussing"
    AGREEING = "agreeing"
    DONE = "done"


class Entry(Enum):
    """How an answer came in."""

    TURN = "turn"
    PAPER = "paper"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Round:
    """One time that an activity is asked; `holder` is whose private turn is open, or ''."""

    id: str
    activity: str
    number: int
    state: RoundState
    attribution: Attribution
    respondents: Respondents
    holder: str = ""
    opened_at: str = ""
    revealed_at: str = ""


@dataclass(frozen=True)
class Response:
    """One opened answer. `answer` is None for a pass; `partner_id` says whose side it is."""

    respondent: str
    partner_id: str
    answer: Answer | None


class Basis(Enum):
    """What an agreement rests on: each partner's recorded level, or a workshop file's word."""

    CONSENT = "consent"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Consent:
    """One partner's level of support, 1 endorses to 8 blocks, with its reservation as said.

    `stale` is true when the text was changed after this answer was given.
    """

    partner_id: str
    level: int
    reservation: str = ""
    stale: bool = False


@dataclass(frozen=True)
class Agreement:
    """What an activity ended in: `payload` maps a part's id to its rows (or its single row).

    The built-in guide's payloads, with the keys of the recorded workshop:
    values: behaviours [{value, seen_when, broken_when, owner}], red_lines [{partner, text}];
    decision_ladder: levels [{decision, partner, actual, wanted}], statements [{text}];
    contributions: contributions [{partner, type, text, conditions, lasts}];
    decision_rights: rights [{decision, roles {partner: letter}, rule, deadline_days, default}];
    repair: protocol {who_can_call, first_contact_days, listener, forum, helper, languages},
    steps [{stage, days, text}];
    walking_away: triggers [{trigger, who_may_call, first_step, wait_days, if_not_resolved}].
    Goals are items of the list "goals" (details: type, authors [partner ids],
    result_indicator, relationship_indicator, sustain, local_decision), decisions are items of
    the list "decisions".
    """

    id: str
    activity: str
    payload: Mapping[str, Json]
    basis: Basis = Basis.CONSENT
    recorded_at: str = ""
    consents: tuple[Consent, ...] = ()


class ClauseType(Enum):
    """What a clause does."""

    STATEMENT = "statement"
    COMMITMENT = "commitment"
    RIGHT = "right"
    RULE = "rule"
    RED_LINE = "red_line"
    PROCESS = "process"


class ClauseState(Enum):
    """Whether a clause is offered for consent or taken back."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Clause:
    """One text of the charter: its section, whom it touches, its origin, how each stands.

    `owner` is the partner that carries it out; `origin` is the id of the activity that it
    came from, or ''. `translations` holds the text in other languages, by their codes.
    """

    id: str
    section: str
    type: ClauseType
    text: str
    affects: tuple[str, ...] = ()
    owner: str = ""
    date: str = ""
    origin: str = ""
    state: ClauseState = ClauseState.PROPOSED
    consents: tuple[Consent, ...] = ()
    translations: Mapping[str, str] = field(default_factory=lambda: UNTRANSLATED)


class Method(Enum):
    """How a signatory signs."""

    DRAWN = "drawn"
    TYPED = "typed"
    THUMBPRINT = "thumbprint"
    STAMP = "stamp"


@dataclass(frozen=True)
class Signatory:
    """Who signs, how, in which language it was read, by whom, and who witnesses.

    `read_by` and `witness` are participant ids, or '' where nobody is named.
    """

    id: str
    participant_id: str
    method: Method
    read_in: str = ""
    read_by: str = ""
    witness: str = ""


@dataclass(frozen=True)
class RoundCount:
    """How a round went, without anybody's answer: for the process record."""

    activity: str
    number: int
    state: RoundState
    received: int
    expected: int
    attribution: Attribution
    revealed_at: str = ""
