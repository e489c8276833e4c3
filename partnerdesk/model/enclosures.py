"""What partners enclose with their charter: a repair plan, contracts, contacts and channels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RepairStep:
    """One step of a repair plan: what happens, which partner does it, by when, how it stands."""

    text: str
    owner: str = ""
    date: str = ""
    state: str = ""


@dataclass(frozen=True)
class LinkedContract:
    """A contract beside the charter; `between` are partner ids, `date` is ISO or ''.

    `contradicts` says openly where the contract and the charter do not agree, or is ''.
    """

    title: str
    between: tuple[str, ...] = ()
    about: str = ""
    date: str = ""
    contradicts: str = ""


@dataclass(frozen=True)
class Contact:
    """Whom to reach, for which partner (id or ''), and how."""

    name: str
    party: str = ""
    role: str = ""
    reach: str = ""


@dataclass(frozen=True)
class Channel:
    """One way to complain or to report harm: for what, how, and who answers in how many days.

    `days` is 0 where no time is promised; `outside` says that no partner runs the channel.
    """

    purpose: str
    reach: str
    answers: str = ""
    days: int = 0
    outside: bool = False


@dataclass(frozen=True)
class Enclosures:
    """All that is enclosed; a `sealed` repair plan is named in the charter and not printed."""

    repair_plan: tuple[RepairStep, ...] = ()
    sealed: bool = False
    budget_principle: str = ""
    contracts: tuple[LinkedContract, ...] = ()
    contacts: tuple[Contact, ...] = ()
    channels: tuple[Channel, ...] = ()


NOTHING = Enclosures()
