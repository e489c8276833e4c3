"""The people of a version as the window shows them: whose turn it is, and who has signed."""

from __future__ import annotations

from datetime import datetime

from partnerdesk import ceremony
from partnerdesk.charter.preview import page_count
from partnerdesk.flow import values
from partnerdesk.flow.ink import OnPaper, on_paper
from partnerdesk.flow.versions import Version, awaited_words
from partnerdesk.language import _
from partnerdesk.model.charter import SignatureBlock
from partnerdesk.model.names import badge_letters
from partnerdesk.model.round import Method
from partnerdesk.store import Store
from ui.views.charter_clauses import day_words
from ui.views.sign_done import Signer
from ui.views.sign_terms import terms_words
from ui.views.sign_turn import Turn

LAST = 10_000
"""A page beyond the end: the pages stop at the last one."""


def placed(pdf: bytes) -> tuple[int, int]:
    """Return how many pages there are, and on which the signatures begin."""
    return page_count(pdf), ceremony.section_pages(pdf).get("C20", LAST)


def this_moment() -> datetime:
    """Return this laptop's time with its zone."""
    return datetime.now().astimezone()


def turn_of(store: Store, version: Version, block: SignatureBlock) -> Turn:
    """Return the turn of the signatory of `block`."""
    index, face = badge_of(store, block)
    return Turn(
        version=version,
        block=block,
        names=tuple(b.name for b in ceremony.blocks_of(store, version.id)),
        done=len(version.signed),
        index=index,
        face=face,
        frozen_at=time_words(version.frozen_at),
        awaited=awaited_words(store, version),
        papers=papers_of(store, version),
        terms=terms_of(store, block),
    )


def signers_of(store: Store, version: Version) -> tuple[Signer, ...]:
    """Return who has signed a version, in the order of signing, and when."""
    when = {
        str(row["signatory_id"]): _when(str(row["method"]), str(row["signed_at"]))
        for row in store.rows("signature", version_id=version.id)
    }
    return tuple(
        (b.name, b.party_name, badge_of(store, b)[0], when[b.signatory])
        for b in ceremony.blocks_of(store, version.id)
        if b.signatory in when
    )


def terms_of(store: Store, block: SignatureBlock) -> tuple[str, ...]:
    """Return on what terms the signatory of `block` signs, in sentences."""
    named = next((s for s in values.signatories(store) if s.id == block.signatory), None)
    return tuple(terms_words(named, block.name)) if named else ()


def papers_of(store: Store, version: Version) -> tuple[tuple[OnPaper, tuple[str, ...]], ...]:
    """Return each paper of a version with the names of those who signed it."""
    names = {b.signatory: b.name for b in ceremony.blocks_of(store, version.id)}
    return tuple(
        (paper, tuple(names[one] for one in paper.signatories))
        for paper in on_paper(store, version.id)
    )


def _when(method: str, stamp: str) -> str:
    return _("on paper") if method == Method.PAPER.value else time_words(stamp)


def badge_of(store: Store, block: SignatureBlock) -> tuple[int, str]:
    """Return the index of a signatory's partner, and its face: a picture or initials."""
    index = next((p.index for p in values.partners(store) if p.id == block.party), 0)
    named = {s.id: s.participant_id for s in values.signatories(store)}
    people = {p.id: p for p in values.participants(store)}
    person = people.get(named.get(block.signatory, ""))
    return index, (person.picture if person else "") or badge_letters(block.name)


def time_words(stamp: str) -> str:
    """Return an ISO moment as the day and time of this laptop."""
    moment = datetime.fromisoformat(stamp).astimezone()
    return f"{day_words(moment.date().isoformat())}, {moment:%H:%M}"
