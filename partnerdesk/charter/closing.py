"""The two last sections: what stays open and dissent, word for word; then the signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerdesk.charter.clauses import not_adopted, reserve_table, reserves
from partnerdesk.charter.pages_words import day_words
from partnerdesk.charter.source import Source
from partnerdesk.charter.wording import (
    authority_words,
    language_words,
    listed,
    method_words,
    said,
    section_title,
    standing_words,
)
from partnerdesk.language import _
from partnerdesk.model.charter import (
    Block,
    Cell,
    ClauseEntry,
    Heading,
    Notice,
    Paragraph,
    Section,
    SignatureBlock,
    Table,
    TableColumn,
    TableRow,
)
from partnerdesk.model.partnership import Authority
from partnerdesk.model.round import Signatory, Standing


def reservations(source: Source, others: Iterable[Section]) -> Section:
    """Return C19: every reservation, every clause not adopted, and every open matter."""
    sections = tuple(others)
    blocks = (
        *_reserved(source, sections),
        *_refused(source),
        *_open_matters(source, sections),
        *_matters(source),
    )
    return Section("C19", section_title("C19"), blocks)


def _reserved(source: Source, sections: Iterable[Section]) -> Iterator[Block]:
    printed = tuple(b for s in sections for b in s.blocks if isinstance(b, ClauseEntry))
    found = reserves(source, printed)
    if found:
        yield reserve_table(found)
    else:
        yield Notice(_("No partner stated a reservation."))


def _refused(source: Source) -> Iterator[Block]:
    clauses = not_adopted(source)
    if clauses:
        yield Heading(_("Not adopted"))
        yield Paragraph(_("These texts were offered and are not part of what we agreed."))
        yield from clauses


def _open_matters(source: Source, sections: Iterable[Section]) -> Iterator[Block]:
    """Yield the table of open matters, or that there are none."""
    named = (
        TableRow((Cell(f"{s.code} {s.title}", s.code), Cell(b.text)))
        for s in sections
        for b in s.blocks
        if isinstance(b, Notice) and b.open
    )
    rows = (*named, *_waiting_agreements(source), *_postponed(source))
    columns = (TableColumn("section", _("Where"), 1), TableColumn("matter", _("Open matter"), 3))
    yield Table(_("Open matters"), columns, rows) if rows else Notice(_("No matter is open."))


def _waiting_agreements(source: Source) -> Iterator[TableRow]:
    """Yield a row for each agreement that is written but does not stand."""
    for agreement in source.latest():
        if not source.stands(agreement):
            title = source.title(agreement.activity)
            words = _("This is written, but not every partner consents, so it is not printed.")
            yield TableRow((Cell(title, agreement.activity), Cell(words)))
        elif source.record.guide.activity(agreement.activity) is None:
            words = _("This was agreed, but its activity is no longer in the guide.")
            yield TableRow((Cell(agreement.activity, agreement.activity), Cell(words)))


def _postponed(source: Source) -> Iterator[TableRow]:
    """Yield a row for each activity that was put off, with the reason as given."""
    for activity, reason in source.record.postponed.items():
        words = said(_("This was put off: {reason}"), reason=reason)
        yield TableRow((Cell(source.title(activity), activity), Cell(words)))


def _matters(source: Source) -> Iterator[Block]:
    """Yield the questions that somebody takes on, each with its date."""
    columns = (
        TableColumn("matter", _("Open question"), 4),
        TableColumn("owner", _("Who takes it on"), 2),
        TableColumn("date", _("By when"), 2),
    )
    rows = tuple(
        TableRow(
            (
                Cell(one.text, one.id),
                Cell(source.name(one.owner), one.owner),
                Cell(day_words(one.date), one.date),
            ),
            one.owner,
        )
        for one in source.record.matters
        if not one.settled
    )
    if rows:
        yield Table(_("Questions that stay open"), columns, rows)


def signing(source: Source) -> Section:
    """Return C20: free consent, legal nature, reading aloud, and where each one signs."""
    blocks = (
        Paragraph(
            _(
                "We sign freely. Nobody was pressed, and each of us could say no. "
                "Each of us read this charter, or heard it read, in a language of our choice."
            )
        ),
        Heading(_("What this charter is in law")),
        Paragraph(source.options.legal_nature or _legal_nature()),
        *languages(source),
        *read_aloud(source),
        *_process_witness(source),
        *_terms(source),
        Heading(_("Signatures")),
        *signature_blocks(source),
        *missing(source),
    )
    return Section("C20", section_title("C20"), blocks)


def _legal_nature() -> str:
    """Return the usual words on what the charter is in law."""
    return _(
        "This charter says what we intend and how we will treat one another. "
        "It makes no debt, no employment and no agency between us. "
        "Contracts of their own govern money and deliverables. "
        "Where such a contract contradicts this charter, we will say so openly."
    )


def languages(source: Source) -> Iterator[Block]:
    """Yield in which languages the charter is, and which one counts where they differ."""
    codes, prevailing = source.options.languages, source.options.prevailing
    if len(codes) > 1:
        names = listed(tuple(language_words(code) for code in codes))
        template = _("This charter is in these languages: {names}. All of them are equal.")
        if prevailing:
            template = _(
                "This charter is in these languages: {names}. "
                "Where they differ, the text in {language} prevails."
            )
        yield Heading(_("Languages"))
        yield Paragraph(said(template, names=names, language=language_words(prevailing)))


def signature_blocks(source: Source) -> tuple[SignatureBlock, ...]:
    """Return the places to sign, in the agreed order."""
    return tuple(_place(source, n, s) for n, s in enumerate(source.record.signatories, 1))


def _place(source: Source, number: int, signatory: Signatory) -> SignatureBlock:
    person = source.record.participant(signatory.participant_id)
    partner = source.record.partner(person.partner_id) if person else None
    authority = person.authority if person else Authority.OBSERVES
    return SignatureBlock(
        number=number,
        signatory=signatory.id,
        party=partner.id if partner else "",
        party_name=partner.name if partner else "",
        name=person.name if person else "",
        role=person.role if person else "",
        authority=authority,
        authority_words=authority_words(authority),
        method=signatory.method,
        method_words=method_words(signatory.method),
        read_in=signatory.read_in,
        read_in_words=language_words(signatory.read_in) if signatory.read_in else "",
        read_by=source.person(signatory.read_by),
        witness=source.person(signatory.witness),
        signs_as=signatory.signs_as,
        signs_as_words=standing_words(signatory.signs_as),
    )


def read_aloud(source: Source) -> Iterator[Block]:
    """Yield for each signatory in which language the charter was read, by and before whom."""
    for place in signature_blocks(source):
        if source.options.read_aloud and place.read_in:
            yield Paragraph(_attestation(place), place.party)


def _attestation(place: SignatureBlock) -> str:
    if not place.read_by:
        return said(_("{name} read this charter in {language}."), **_readers(place))
    if not place.witness:
        template = _("{reader} read this charter aloud to {name} in {language}.")
        return said(template, **_readers(place))
    template = _("{reader} read this charter aloud to {name} in {language}; {witness} was witness.")
    return said(template, **_readers(place))


def _readers(place: SignatureBlock) -> dict[str, str]:
    return {
        "name": place.name,
        "reader": place.read_by,
        "language": place.read_in_words,
        "witness": place.witness,
    }


def _process_witness(source: Source) -> Iterator[Block]:
    facilitator = source.session.facilitator
    if facilitator:
        template = _("{name} led the workshop and is witness to how it went, not a party.")
        yield Paragraph(said(template, name=facilitator))


def _terms(source: Source) -> Iterator[Paragraph]:
    """Yield who takes the charter home before signing, and which board must consent by when."""
    for place, signatory in zip(signature_blocks(source), source.record.signatories, strict=True):
        if signatory.home_until:
            words = _("{name} takes this charter home before signing, and signs by {date}.")
            by = day_words(signatory.home_until)
            yield Paragraph(said(words, name=place.name, date=by), place.party)
        if signatory.board:
            yield Paragraph(_ratification(place, signatory), place.party)


def _ratification(place: SignatureBlock, signatory: Signatory) -> str:
    if signatory.ratified:
        template = _("{board} of {partner} has consented to this charter.")
    elif signatory.board_due:
        template = _("{board} of {partner} is asked to consent to this charter by {date}.")
    else:
        template = _("{board} of {partner} is asked to consent to this charter.")
    names = {"board": signatory.board, "partner": place.party_name}
    return said(template, **names, date=day_words(signatory.board_due))


def missing(source: Source) -> Iterator[Notice]:
    """Yield who still has to be named, and whose signature waits for a board."""
    places = signature_blocks(source)
    signing_parties = {p.party for p in places if p.signs_as is Standing.ORGANISATION}
    for partner in source.record.partners:
        if partner.id not in signing_parties:
            words = _("No signatory is named for {partner}.")
            yield Notice(said(words, partner=partner.name), open=True)
    for place, signatory in zip(places, source.record.signatories, strict=True):
        if place.authority is Authority.SUBJECT and not signatory.ratified:
            words = _("{name} signs subject to the consent of the board of {partner}.")
            yield Notice(said(words, name=place.name, partner=place.party_name), open=True)
