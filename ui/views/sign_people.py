"""The people of a version as the window shows them: whose turn it is, and who has signed."""

from __future__ import annotations

from datetime import datetime

from partnerdesk import ceremony
from partnerdesk.charter.preview import page_count
from partnerdesk.flow import values
from partnerdesk.flow.versions import Version
from partnerdesk.language import _
from partnerdesk.model.charter import SignatureBlock
from partnerdesk.store import Store
from ui.views.charter_clauses import day_words
from ui.views.sign_done import Signer
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


def _when(method: str, stamp: str) -> str:
    on_paper = method == ceremony.PAPER
    return _("on paper") if on_paper else time_words(stamp)


def badge_of(store: Store, block: SignatureBlock) -> tuple[int, str]:
    """Return the index of a signatory's partner, and its face: a picture or initials."""
    index = next((p.index for p in values.partners(store) if p.id == block.party), 0)
    named = {s.id: s.participant_id for s in values.signatories(store)}
    people = {p.id: p for p in values.participants(store)}
    person = people.get(named.get(block.signatory, ""))
    initials = "".join(word[0] for word in block.name.split()[:2])
    return index, (person.picture if person else "") or initials


def time_words(stamp: str) -> str:
    """Return an ISO moment as the day and time of this laptop."""
    moment = datetime.fromisoformat(stamp).astimezone()
    return f"{day_words(moment.date().isoformat())}, {moment:%H:%M}"
