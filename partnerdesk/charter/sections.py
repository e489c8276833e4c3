"""The sections C1 to C18: what leads each one, what was agreed, and its adopted clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from partnerdesk.charter.clauses import adopted
from partnerdesk.charter.figures import figures_of
from partnerdesk.charter.pages_words import day_words
from partnerdesk.charter.source import Source, section_of
from partnerdesk.charter.tables import blocks_of, is_ladder
from partnerdesk.charter.wording import authority_words, said, section_title, why_now_words
from partnerdesk.language import _
from partnerdesk.model.charter import (
    Block,
    CharterStatus,
    Definition,
    Definitions,
    Heading,
    Notice,
    Paragraph,
    PartyEntry,
    Representative,
    Section,
)
from partnerdesk.model.guide import Item
from partnerdesk.model.json import Json
from partnerdesk.model.partnership import Participant, Partner

Lead = Callable[[Source], Iterator[Block]]
BODY = tuple(f"C{number}" for number in range(1, 19))
BIDS = ("bid", "both")
LADDER = "decision_ladder"


def body(source: Source) -> tuple[Section, ...]:
    """Return the sections C1 to C18 in order."""
    return tuple(section(source, code) for code in BODY)


def section(source: Source, code: str) -> Section:
    """Return one section: its lead, the agreed tables, its clauses, or that there is nothing."""
    lead = LEADS.get(code, _no_lead)
    agreed = (*agreed_blocks(source, code), *figures_of(source, code))
    blocks = (*lead(source), *agreed, *adopted(source, code))
    if not any(not isinstance(block, Notice) for block in blocks):
        blocks = (*blocks, nothing(source))
    return Section(code, section_title(code), blocks)


def agreed_blocks(source: Source, code: str) -> tuple[Block, ...]:
    """Return the blocks of every agreed table that this section prints."""
    return tuple(
        block
        for agreed in source.agreed()
        if section_of(agreed.activity, agreed.part) == code
        for block in blocks_of(source, agreed)
    )


def nothing(source: Source) -> Notice:
    """Return the plain statement of an empty section, which is an open matter."""
    draft = source.status is CharterStatus.DRAFT
    words = _("Nothing has been agreed here yet.") if draft else _("Nothing was agreed here.")
    return Notice(words, open=True)


def parties(source: Source) -> tuple[PartyEntry, ...]:
    """Return every partner with the people who speak for it."""
    return tuple(_party(source, partner) for partner in source.record.partners)


def _party(source: Source, partner: Partner) -> PartyEntry:
    people = (p for p in source.record.participants if p.partner_id == partner.id)
    logo = source.record.logos.get(partner.id)
    return PartyEntry(
        partner.id,
        partner.index,
        partner.name,
        partner.short,
        partner.type,
        partner.role,
        partner.country,
        partner.mission,
        tuple(_representative(person) for person in people),
        logo=logo.png.hex() if logo else "",
        logo_words=logo.words if logo else "",
    )


def _representative(person: Participant) -> Representative:
    words = authority_words(person.authority)
    return Representative(
        person.id, person.name, person.role, person.authority, words, person.language
    )


def _no_lead(source: Source) -> Iterator[Block]:
    """Yield nothing: most sections begin with what was agreed."""
    return iter(())


def who(source: Source) -> Iterator[Block]:
    """Yield each partner's description, mission and representatives (C1)."""
    for party in parties(source):
        facts = (
            (_("Short name"), party.short),
            (_("Kind of organisation"), party.type),
            (_("Role"), party.role),
            (_("Country"), party.country),
            (_("Mission, in its own words"), party.mission),
        )
        told = tuple(Definition(term, text) for term, text in facts if text)
        yield Definitions(party.name, told + tuple(_speaks(r) for r in party.representatives))
        if not party.representatives:
            words = said(_("Nobody is named who speaks for {partner}."), partner=party.name)
            yield Notice(words, open=True)


def _speaks(person: Representative) -> Definition:
    """Return one representative with role and authority."""
    template = _("{name}, {role}: {authority}") if person.role else _("{name}: {authority}")
    words = said(template, name=person.name, role=person.role, authority=person.authority_words)
    return Definition(_("Speaks for it"), words, person.authority.value)


def _why(source: Source) -> Iterator[Block]:
    """Yield the purpose, how the partnership began, and what a bid leaves open (C3)."""
    about = source.record.partnership
    if about.purpose:
        yield Heading(_("Our shared purpose"))
        yield Paragraph(about.purpose)
    if about.why_now:
        yield Heading(_("Why now"))
        yield Paragraph(why_now_words(about.why_now))
    if about.bid_date:
        closes = _("The call for proposals closes on {date}.")
        yield Paragraph(said(closes, date=day_words(about.bid_date)))
    if about.why_now in BIDS or about.bid_date:
        yield Notice(_("If the bid is not won, what remains? The partners answer this."), open=True)


def _power(source: Source) -> Iterator[Block]:
    """Yield a plain statement where power was not mapped (C5)."""
    if any(is_ladder(agreed.part) for agreed in source.agreed()):
        return
    reason = source.record.postponed.get(LADDER) or _("no decision ladder was agreed.")
    date = source.session.date
    template = _("Power was not mapped, because {reason}")
    if date:
        template = _("Power was not mapped on {date}, because {reason}")
    yield Notice(said(template, date=day_words(date), reason=reason), open=True)


def _goals(source: Source) -> Iterator[Block]:
    """Yield each goal with its kind, authors, indicators and sustain plan (C6)."""
    goals = source.record.items.get("goals", ())
    if goals and not goals_stand(source):
        yield Notice(_("Goals are written, but not every partner consents yet."), open=True)
        return
    for goal in goals:
        yield Definitions(goal.text, tuple(_goal_facts(source, goal)))
        if not _text(goal.details.get("local_decision")):
            words = said(_("No local decision was checked for this goal: {goal}"), goal=goal.text)
            yield Notice(words, open=True)


def goals_stand(source: Source) -> bool:
    """Return whether the goals are agreed, by themselves or with who contributes what."""
    found = source.latest_of("goals") or source.latest_of("contributions")
    return found is not None and source.stands(found)


def _goal_facts(source: Source, goal: Item) -> Iterator[Definition]:
    """Yield what is known of one goal; a local decision nobody looked at is "unchecked"."""
    kind = _text(goal.details.get("type"))
    authors = goal.details.get("authors")
    ids = tuple(_text(one) for one in authors) if isinstance(authors, list) else ()
    local = _text(goal.details.get("local_decision"))
    facts = (
        Definition(_("Kind of goal"), goal_kind(kind), kind),
        Definition(_("Whose idea"), source.names(ids), ",".join(ids)),
        Definition(_("We see the result by"), _text(goal.details.get("result_indicator"))),
        Definition(
            _("We see the relationship by"), _text(goal.details.get("relationship_indicator"))
        ),
        Definition(_("Who keeps it going"), _text(goal.details.get("sustain"))),
    )
    yield from (fact for fact in facts if fact.text)
    yield Definition(_("Local decision respected"), local or _("unchecked"), local)


def goal_kind(kind: str) -> str:
    """Return the words of a kind of goal, or the kind itself where it is none of ours."""
    words = {
        "programme": _("Shared programme goal"),
        "partnering": _("Partnering goal"),
        "own": _("One partner's own goal"),
    }
    return words.get(kind, kind)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _change(source: Source) -> Iterator[Block]:
    """Yield the standing procedure for a change of the charter (C16)."""
    yield Paragraph(
        _(
            "Any partner may propose a change, in writing, in a language that all partners use. "
            "Each partner then states its level of support, as it did for this charter. "
            "The change counts when a new version carries every partner's signature."
        )
    )


LEADS: Mapping[str, Lead] = {
    "C1": who,
    "C3": _why,
    "C5": _power,
    "C6": _goals,
    "C16": _change,
}
