"""Reads a recorded workshop, `partnerdesk-workshop/1`, and checks it before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TypeVar

from partnerdesk.errors import InputErrors
from partnerdesk.exchange.folding import fold_of, payloads_of
from partnerdesk.exchange.strictjson import parse, read_bounded
from partnerdesk.flow.agree import SECTIONS
from partnerdesk.flow.guides import kind_of
from partnerdesk.flow.setup import MOST_PARTNERS, PAGES
from partnerdesk.flow.written import LONGEST_NAME, printable
from partnerdesk.kinds.base import Setting
from partnerdesk.kinds.checks import wrong
from partnerdesk.kinds.tables import check_payload
from partnerdesk.language import _
from partnerdesk.model.guide import Activity, Guide, Item, Respondents
from partnerdesk.model.json import Json, Row
from partnerdesk.model.partnership import Authority, Participant, Partner, Partnership, Session
from partnerdesk.model.round import Clause, ClauseType, Consent, Method, Signatory

FORMAT = "partnerdesk-workshop/1"
E = TypeVar("E", bound=Enum)


@dataclass(frozen=True)
class RecordedRound:
    """One round of the file: its own items, each respondent's answer, what was agreed.

    `agreed` maps an activity to its payload: a goals round also holds the contributions.
    """

    activity: str
    items: tuple[Item, ...]
    answers: Mapping[str, Row]
    agreed: Mapping[str, Row]


@dataclass(frozen=True)
class Workshop:
    """A recorded workshop that was checked whole and can be replayed."""

    partnership: Partnership
    partners: tuple[Partner, ...]
    participants: tuple[Participant, ...]
    session: Session
    rounds: tuple[RecordedRound, ...]
    clauses: tuple[Clause, ...]
    signatories: tuple[Signatory, ...]


def read_workshop(path: Path, guide: Guide) -> Workshop:
    """Return the workshop in a file.

    Raises UserError or EnvironmentProblem where the file cannot be read, and InputErrors with
    every fault, each with its place, where its content is not right.
    """
    return workshop_of(parse(read_bounded(path), path.name), guide, path.name)


def workshop_of(value: Json, guide: Guide, name: str) -> Workshop:
    """Return the workshop in a JSON value; raises InputErrors with every fault and its place."""
    reader = _Reader(guide)
    workshop = reader.workshop(printable(value))
    if reader.problems or workshop is None:
        faults = tuple(reader.problems)
        message = _("{name} was refused whole; nothing was changed. First fault: {fault}")
        raise InputErrors(message.format(name=name, fault=faults[0]), faults, code="workshop")
    return workshop


class _Reader:
    """Walks the file once and gathers every fault with its place."""

    def __init__(self, guide: Guide) -> None:
        self.problems: list[str] = []
        self._guide = guide
        self._partners: tuple[Partner, ...] = ()
        self._people: tuple[Participant, ...] = ()
        self._lists: dict[str, tuple[Item, ...]] = {}

    def workshop(self, value: Json) -> Workshop | None:
        """Return the workshop, or None where its frame is broken."""
        top = self._object(value, "$")
        if top.get("format") != FORMAT:
            said = top.get("format")
            self._fault("format", _('"{said}" is not "{right}"').format(said=said, right=FORMAT))
            return None
        partnership = self._partnership(self._object(top.get("partnership"), "partnership"))
        self._partners = self._read_partners(top)
        self._people = self._read_people(top)
        session = self._session(self._object(top.get("session") or {}, "session"))
        rounds = tuple(self._round(row, at) for row, at in self._rows(top, "rounds"))
        clauses = tuple(self._clause(row, at) for row, at in self._rows(top, "clauses"))
        signatories = tuple(self._signatory(r, at) for r, at in self._rows(top, "signatories"))
        self._unique("clauses", [c.id for c in clauses])
        self._unique("signatories", [s.participant_id for s in signatories])
        self._unique("rounds", [r.activity for r in rounds])
        return Workshop(
            partnership, self._partners, self._people, session, rounds, clauses, signatories
        )

    def _partnership(self, row: Row) -> Partnership:
        at = "partnership"
        page = self._text(row, "page", at) or "A4"
        if page not in PAGES:
            self._fault(f"{at}.page", _('"{page}" is not A4 or Letter').format(page=page))
        return Partnership(
            title=self._name(row, "title", at),
            purpose=self._text(row, "purpose", at),
            language=self._text(row, "language", at) or "en",
            page=page,
            why_now=self._text(row, "why_now", at),
            bid_date=self._date(row, "bid_date", at),
        )

    def _read_partners(self, top: Row) -> tuple[Partner, ...]:
        rows = self._rows(top, "partners")
        partners = tuple(
            Partner(
                id=self._needed(row, "id", at),
                index=index,
                name=self._name(row, "name", at),
                short=self._text(row, "short", at) or self._text(row, "name", at),
                type=self._text(row, "type", at),
                role=self._text(row, "role", at),
                country=self._text(row, "country", at),
                mission=self._text(row, "mission", at),
            )
            for index, (row, at) in enumerate(rows)
        )
        self._unique("partners", [p.id for p in partners])
        if not 2 <= len(partners) <= MOST_PARTNERS:
            self._fault("partners", _("there must be two to eight partners"))
        return partners

    def _read_people(self, top: Row) -> tuple[Participant, ...]:
        people = tuple(
            Participant(
                id=self._needed(row, "id", at),
                partner_id=self._partner(row, "partner", at),
                name=self._name(row, "name", at),
                role=self._text(row, "role", at),
                authority=self._choice(row, "authority", at, Authority, Authority.OBSERVES),
                language=self._text(row, "language", at) or "en",
            )
            for row, at in self._rows(top, "participants")
        )
        self._unique("participants", [p.id for p in people])
        taken = {p.id for p in self._partners} & {p.id for p in people}
        for one in sorted(taken):
            self._fault("participants", _('the id "{id}" is a partner\'s').format(id=one))
        return people

    def _session(self, row: Row) -> Session:
        at = "session"
        return Session(
            id="",
            title=self._text(row, "title", at) or _("Partnership design workshop"),
            place=self._text(row, "place", at),
            date=self._date(row, "date", at),
            facilitator=self._text(row, "facilitator", at),
            decision_rule=self._text(row, "decision_rule", at) or "consent",
        )

    def _round(self, row: Row, at: str) -> RecordedRound:
        name = self._needed(row, "activity", at)
        activity = self._guide.activity(name)
        if activity is None:
            self._fault(f"{at}.activity", _('the guide has no activity "{name}"').format(name=name))
            return RecordedRound(name, (), {}, {})
        own = self._items(activity, row, at)
        setting = self._setting(activity)
        answers = self._answers(setting, row, at)
        agreed = self._agreed(activity, row, at)
        return RecordedRound(name, own, answers, agreed)

    def _items(self, activity: Activity, row: Row, at: str) -> tuple[Item, ...]:
        """Return the list that comes with a round, such as its decisions or goals."""
        key = activity.item_list
        if not key or key not in row:
            return ()
        items = tuple(
            Item(
                id=self._needed(one, "id", place),
                text=self._needed(one, "text", place),
                details={k: v for k, v in one.items() if k not in ("id", "text")},
            )
            for one, place in self._rows(row, key, at)
        )
        guided = [item.id for item in activity.items]
        others = [i.id for name, listed in self._lists.items() if name != key for i in listed]
        self._unique(f"{at}.{key}", [*guided, *others, *(item.id for item in items)])
        self._lists[key] = items
        return items

    def _setting(self, activity: Activity) -> Setting:
        listed = {one.id: self._lists.get(one.id, ()) for one in self._guide.lists}
        own = listed.get(activity.item_list, ())
        return Setting(
            activity=activity,
            partners=self._partners,
            items=activity.items + own,
            attribution=activity.attribution,
            items_of={**{a.id: a.items for a in self._guide.activities()}, **listed},
        )

    def _answers(self, setting: Setting, row: Row, at: str) -> dict[str, Row]:
        """Return each respondent's whole answer, folded from the rows and checked by its kind."""
        activity = setting.activity
        answers: dict[str, Row] = {}
        fold = fold_of(activity)
        for one, place in self._rows(row, "answers", at):
            who = self._respondent(activity, one, place)
            if not who:
                continue
            if one.get("from", self._side(who)) != self._side(who):
                self._fault(place, _('"from" is not the partner of {who}').format(who=who))
            if fold is None:
                self._fault(place, _("this activity takes no answers"))
            elif not fold(setting, answers.setdefault(who, {}), one):
                self._fault(place, _("{who} answers the same question twice").format(who=who))
        for who, answer in answers.items():
            for fault in wrong(kind_of(activity).check_answer(setting, self._side(who), answer)):
                self._fault(f"{at}.answers", f"{who}: {fault}")
        return answers

    def _respondent(self, activity: Activity, row: Row, at: str) -> str:
        if activity.respondents is Respondents.PARTNERS and "by" not in row:
            return self._partner(row, "partner", at)
        who = self._needed(row, "by", at)
        person = next((p for p in self._people if p.id == who), None)
        if who and person is None:
            self._fault(f"{at}.by", _('there is no participant "{who}"').format(who=who))
            return ""
        if activity.respondents is Respondents.PARTNERS and person:
            return person.partner_id
        return who

    def _side(self, who: str) -> str:
        return next((p.partner_id for p in self._people if p.id == who), who)

    def _agreed(self, activity: Activity, row: Row, at: str) -> dict[str, Row]:
        payloads = payloads_of(activity, row)
        for name, payload in payloads.items():
            target = self._guide.activity(name)
            if target is None:
                self._fault(at, _('the guide has no activity "{name}"').format(name=name))
                continue
            for fault in check_payload(target, payload, self._setting(target)):
                self._fault(f"{at}.{'agreed' if name == activity.id else name}", fault)
        return payloads

    def _clause(self, row: Row, at: str) -> Clause:
        section = self._needed(row, "section", at)
        if section and section not in SECTIONS:
            self._fault(f"{at}.section", _('"{s}" is not C1 to C20').format(s=section))
        consents = tuple(self._consent(r, place) for r, place in self._rows(row, "consents", at))
        self._unique(f"{at}.consents", [c.partner_id for c in consents])
        return Clause(
            id=self._needed(row, "id", at),
            section=section,
            type=self._choice(row, "type", at, ClauseType, ClauseType.STATEMENT),
            text=self._needed(row, "text", at),
            affects=self._affects(row, at),
            owner=self._partner(row, "owner", at) if row.get("owner") else "",
            date=self._date(row, "date", at),
            origin=self._text(row, "origin", at),
            consents=consents,
        )

    def _affects(self, row: Row, at: str) -> tuple[str, ...]:
        listed = row.get("affects") or []
        if not isinstance(listed, list):
            self._fault(f"{at}.affects", _("this must be a list of partners"))
            return ()
        return tuple(self._partner({"affects": one}, "affects", at) for one in listed)

    def _consent(self, row: Row, at: str) -> Consent:
        level = row.get("level")
        if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= 8:
            self._fault(f"{at}.level", _("{level} is not a level from 1 to 8").format(level=level))
            level = 8
        return Consent(
            partner_id=self._partner(row, "partner", at),
            level=level,
            reservation=self._text(row, "reservation", at),
        )

    def _signatory(self, row: Row, at: str) -> Signatory:
        who = self._needed(row, "participant", at)
        if who and all(p.id != who for p in self._people):
            self._fault(f"{at}.participant", _('there is no participant "{who}"').format(who=who))
        return Signatory(
            id="",
            participant_id=who,
            method=self._choice(row, "method", at, Method, Method.DRAWN),
            read_in=self._text(row, "read_in", at),
            read_by=self._text(row, "read_by", at),
            witness=self._text(row, "witness", at),
        )

    def _rows(self, row: Row, key: str, at: str = "") -> list[tuple[Row, str]]:
        """Return the objects of the list `key`, each with its place."""
        place = f"{at}.{key}".lstrip(".")
        listed = row.get(key)
        if listed is None:
            return []
        if not isinstance(listed, list):
            self._fault(place, _("this must be a list"))
            return []
        rows = [(one, f"{place}[{index}]") for index, one in enumerate(listed)]
        return [(self._object(one, where), where) for one, where in rows]

    def _object(self, value: Json, at: str) -> Row:
        if isinstance(value, dict):
            return value
        self._fault(at, _("this must be an object with named fields"))
        return {}

    def _text(self, row: Row, key: str, at: str) -> str:
        value = row.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._fault(f"{at}.{key}", _("this must be text"))
            return ""
        return value.strip()

    def _needed(self, row: Row, key: str, at: str) -> str:
        before = len(self.problems)
        value = self._text(row, key, at)
        if not value and len(self.problems) == before:
            self._fault(f"{at}.{key}", _("this is missing"))
        return value

    def _name(self, row: Row, key: str, at: str) -> str:
        value = " ".join(self._needed(row, key, at).split())
        if len(value) > LONGEST_NAME:
            message = _("a name has at most {n} characters").format(n=LONGEST_NAME)
            self._fault(f"{at}.{key}", message)
        return value

    def _date(self, row: Row, key: str, at: str) -> str:
        value = self._text(row, key, at)
        try:
            return value and date.fromisoformat(value).isoformat()
        except ValueError:
            self._fault(f"{at}.{key}", _('"{value}" is not a date').format(value=value))
            return ""

    def _partner(self, row: Row, key: str, at: str) -> str:
        value = self._needed(row, key, at)
        if value and all(p.id != value for p in self._partners):
            self._fault(f"{at}.{key}", _('there is no partner "{id}"').format(id=value))
        return value

    def _choice(self, row: Row, key: str, at: str, words: type[E], default: E) -> E:
        value = row.get(key, default.value)
        for one in words:
            if one.value == value:
                return one
        known = ", ".join(str(one.value) for one in words)
        message = _('"{value}" is not one of: {known}').format(value=value, known=known)
        self._fault(f"{at}.{key}", message)
        return default

    def _unique(self, at: str, ids: list[str]) -> None:
        for one in sorted({i for i in ids if i and ids.count(i) > 1}):
            self._fault(at, _('"{id}" stands there twice').format(id=one))

    def _fault(self, at: str, reason: str) -> None:
        self.problems.append(f"{at}: {reason}")
