"""Rounds and what comes of them: responses, agreements, clauses and consents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from partnerdesk.model.guide import Attribution, Respondents
from partnerdesk.model.json import Json

Answer = Mapping[str, Json]
KEYS_NEEDED = 2
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


class Rule(Enum):
    """How much support a text needs before it is adopted; fixed before anyone is asked."""

    DEFAULT = "default"
    UNANIMITY = "unanimity"
    CONSENT = "consent"
    MAJORITY = "majority"


@dataclass(frozen=True)
class Manner:
    """How a consent round is asked, fixed when it opens and the same until it is revealed.

    `faces` asks with four faces in place of eight levels. `speakers` maps a partner to the
    participant who enters its level; `colleagues` asks the other people too, each in private.
    """

    rule: Rule = Rule.DEFAULT
    faces: bool = False
    speakers: Mapping[str, str] = field(default_factory=lambda: UNTRANSLATED)
    colleagues: bool = False

    def spoken_by(self, respondent: str, partner_id: str) -> bool:
        """Return whether an answer is the partner's own, and not that of a colleague."""
        return respondent in (partner_id, self.speakers.get(partner_id))


USUAL_MANNER = Manner()


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
    came from, or ''. `translations` holds the text in other languages, by their codes. `rule`
    is the one under which it was last asked; `keys` are the partners who wrote, confirmed or
    answered to its present words.
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
    rule: Rule = Rule.DEFAULT
    keys: tuple[str, ...] = ()

    @property
    def draft(self) -> bool:
        """Return whether fewer than two partners stand by its words, so that nobody is asked."""
        return len(self.keys) < KEYS_NEEDED


class Method(Enum):
    """How a signatory signs."""

    DRAWN = "drawn"
    TYPED = "typed"
    THUMBPRINT = "thumbprint"
    STAMP = "stamp"
    PAPER = "paper"
    """In wet ink: it stands on paper alone, and never in the file."""


class Standing(Enum):
    """What a signature stands for: the organisation, the person alone, or that they saw it."""

    ORGANISATION = "organisation"
    PERSONAL = "personal"
    WITNESS = "witness"


@dataclass(frozen=True)
class Signatory:
    """Who signs, how, in which language it was read, by whom, and who witnesses.

    `read_by` and `witness` are participant ids, or '' where nobody is named. `home_until` is
    the day by which somebody who takes the charter home signs. `board` names the body that
    must consent, by the day `board_due`; `ratified` says that it has. '' where not agreed.
    `signs_as` is what the signature stands for.
    """

    id: str
    participant_id: str
    method: Method
    read_in: str = ""
    read_by: str = ""
    witness: str = ""
    home_until: str = ""
    board: str = ""
    board_due: str = ""
    ratified: bool = False
    signs_as: Standing = Standing.ORGANISATION


@dataclass(frozen=True)
class Matter:
    """A question that stays open: who takes it on (a partner's id), by when, and if settled."""

    id: str
    text: str
    owner: str = ""
    date: str = ""
    settled: bool = False


@dataclass(frozen=True)
class RoundCount:
    """How a round went, without anybody's answer; `manner` is that of a consent round."""

    activity: str
    number: int
    state: RoundState
    received: int
    expected: int
    attribution: Attribution
    revealed_at: str = ""
    manner: Manner | None = None
