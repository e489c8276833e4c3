"""The charter of the recorded workshop, and of records with awkward or missing parts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

from partnerdesk.charter.canonical import canonical, digest, from_json
from partnerdesk.charter.compose import compose
from partnerdesk.charter.plain import plain_text
from partnerdesk.model.charter import (
    Charter,
    CharterStatus,
    ClauseEntry,
    ClauseFate,
    Definitions,
    LadderChart,
    Notice,
    Paragraph,
    Section,
    Table,
)
from partnerdesk.model.guide import Guide
from partnerdesk.model.partnership import Partnership
from partnerdesk.model.record import JournalHead, Record
from partnerdesk.model.round import Basis, ClauseState, Consent

EMPTY = Record(
    Partnership("Empty"), (), (), (), Guide("g", "G", "en", ()), {}, (), (), (), (),
    JournalHead(0, "", 0),
)  # fmt: skip


@pytest.fixture(scope="session")
def charter(workshop_a: Record) -> Charter:
    """Return the charter of the recorded workshop."""
    return compose(workshop_a, charter_id="x")


def part(charter: Charter, code: str) -> Section:
    """Return a section that must be there."""
    found = charter.section(code)
    assert found is not None
    return found


def tables(charter: Charter, code: str) -> tuple[Table, ...]:
    """Return the tables of a section."""
    return tuple(b for b in part(charter, code).blocks if isinstance(b, Table))


def texts(value: object) -> Iterator[str]:
    """Yield every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def test_every_section_stands_in_order(charter: Charter) -> None:
    assert [s.code for s in charter.sections] == [f"C{n}" for n in range(1, 21)]
    assert [s.code for s in charter.annexes] == ["D", "F"]
    assert all(section.blocks for section in charter.sections)


@pytest.mark.parametrize(
    ("clause", "number", "fate"),
    [
        ("c1", "C3.1", ClauseFate.ADOPTED),
        ("c2", "C5.1", ClauseFate.WITH_RESERVATIONS),
        ("c3", "C9.1", ClauseFate.ADOPTED),
        ("c4", "C10.1", ClauseFate.WITH_RESERVATIONS),
        ("c5", "C12.1", ClauseFate.WITH_RESERVATIONS),
        ("c6", "C13.1", ClauseFate.ADOPTED),
        ("c7", "C17.1", ClauseFate.ADOPTED),
        ("c8", "C19.1", ClauseFate.BLOCKED),
    ],
)
def test_each_clause_stands_once_where_its_fate_puts_it(
    charter: Charter, clause: str, number: str, fate: ClauseFate
) -> None:
    found = [one for one in charter.clauses() if one.id == clause]
    assert [(one.number, one.state) for one in found] == [(number, fate)]


def test_a_blocked_clause_is_only_in_c19_with_its_objection_word_for_word(
    charter: Charter, workshop_a: Record
) -> None:
    blocked = workshop_a.clauses[-1].text
    homes = [s.code for s in charter.sections + charter.annexes if blocked in set(texts(s))]
    assert homes == ["C19"]
    assert "Not without asking." in set(texts(part(charter, "C19")))


def test_c19_holds_every_reservation_with_its_partner_and_level(charter: Charter) -> None:
    rows = tables(charter, "C19")[0].rows
    found = [(r.cells[0].text, r.party, r.cells[2].value, r.cells[3].text) for r in rows]
    assert found == [
        ("C5.1", "ingo", 3, "Our auditors must agree to the threshold."),
        ("C10.1", "ingo", 6, "We wanted five percent."),
        ("C12.1", "lngo", 3, "Five days is short at harvest."),
    ]


def test_an_empty_section_says_so_and_is_an_open_matter(charter: Charter) -> None:
    assert part(charter, "C8").blocks == (Notice("Nothing has been agreed here yet.", open=True),)
    open_matters = tables(charter, "C19")[-1].rows
    assert [r.cells[0].value for r in open_matters] == ["C2", "C3", "C6", "C8", "C11", "C14",
                                                        "C15", "C18"]  # fmt: skip


def test_the_ladder_shows_agreed_totals_today_and_wanted(charter: Charter) -> None:
    (chart,) = (b for b in part(charter, "C5").blocks if isinstance(b, LadderChart))
    assert [(b.party, b.today, b.wanted) for b in chart.bars] == [
        ("ingo", 19, 15),
        ("lngo", 7, 15),
        ("cbo", 2, 10),
    ]
    assert chart.top == 20
    assert "19 today, 15 wanted" in chart.description


def test_a_ladder_without_consent_is_not_printed_and_power_is_said_to_be_unmapped(
    workshop_a: Record,
) -> None:
    agreements = tuple(
        replace(a, basis=Basis.CONSENT) if a.activity == "decision_ladder" else a
        for a in workshop_a.agreements
    )
    charter = compose(replace(workshop_a, agreements=agreements))
    blocks = part(charter, "C5").blocks
    assert not any(isinstance(b, LadderChart | Table) for b in blocks)
    assert blocks[0] == Notice(
        "Power was not mapped on 18 November 2026, because no decision ladder was agreed.",
        open=True,
    )
    assert "decision_ladder" in set(texts(part(charter, "C19")))


def test_an_activity_that_was_put_off_is_open_with_its_reason(workshop_a: Record) -> None:
    kept = tuple(a for a in workshop_a.agreements if a.activity != "decision_ladder")
    put_off = {"decision_ladder": "the elders were not there."}
    charter = compose(replace(workshop_a, agreements=kept, postponed=put_off))
    said = "Power was not mapped on 18 November 2026, because the elders were not there."
    assert part(charter, "C5").blocks[0] == Notice(said, open=True)
    assert "This was put off: the elders were not there." in set(texts(part(charter, "C19")))


def test_an_objection_to_an_agreement_keeps_it_out_and_stands_in_c19(workshop_a: Record) -> None:
    levels = (Consent("ingo", 1), Consent("lngo", 1), Consent("cbo", 8, "Too long."))
    objected = replace(workshop_a.agreements[-1], basis=Basis.CONSENT, consents=levels)
    record = replace(workshop_a, agreements=workshop_a.agreements[:-1], open_agreements=(objected,))
    charter = compose(record)
    assert not tables(charter, "C17")
    assert "Too long." in set(texts(part(charter, "C19")))
    assert any(r.cells[0].value == "walking_away" for r in tables(charter, "C19")[-1].rows)


def test_letters_are_spelled_out_and_kept_beside(charter: Charter) -> None:
    table = tables(charter, "C9")[0]
    assert [c.id for c in table.columns][1:4] == ["roles.ingo", "roles.lngo", "roles.cbo"]
    cells = table.rows[4].cells
    assert [(c.text, c.value) for c in cells[1:4]] == [
        ("Is consulted before", "C"),
        ("Decides", "D"),
        ("Is consulted before", "C"),
    ]
    assert (cells[5].text, cells[5].value) == ("7 days", 7)


def test_a_goal_whose_local_decision_nobody_checked_says_unchecked(charter: Charter) -> None:
    goals = [b for b in part(charter, "C6").blocks if isinstance(b, Definitions)]
    assert [goal.entries[-1].text == "unchecked" for goal in goals] == [False, False, True]


def test_goals_without_consent_are_not_printed_as_agreed(workshop_a: Record) -> None:
    charter = compose(replace(workshop_a, agreements=()))
    assert not any(isinstance(b, Definitions) for b in part(charter, "C6").blocks)


def test_the_repair_protocol_names_its_languages(charter: Charter) -> None:
    (protocol,) = (b for b in part(charter, "C13").blocks if isinstance(b, Definitions))
    assert protocol.entries[-1].text == "Swahili, English"


def test_signatures_keep_the_agreed_order_and_reading_aloud_is_attested(charter: Charter) -> None:
    places = charter.signature_blocks()
    assert [(p.number, p.party, p.method.value) for p in places] == [
        (1, "cbo", "thumbprint"),
        (2, "lngo", "drawn"),
        (3, "ingo", "drawn"),
    ]
    spoken = [b.text for b in part(charter, "C20").blocks if isinstance(b, Paragraph)]
    assert any("Juma Onyango" in t and "Rose Anyango" in t and "Swahili" in t for t in spoken)


def test_the_process_record_fixes_the_head_of_the_journal(charter: Charter) -> None:
    assert charter.journal == JournalHead(812, "ab" * 32, 812)
    assert "ab" * 32 in set(texts(part(charter, "F")))


def test_private_answers_never_enter(charter: Charter) -> None:
    data = canonical(charter).decode()
    assert "maturity" not in data
    assert "reciprocity" not in data


def test_the_same_record_gives_the_same_bytes_and_reads_back(
    charter: Charter, workshop_a: Record
) -> None:
    again = compose(workshop_a, charter_id="x")
    assert digest(again) == digest(charter)
    assert from_json(canonical(charter)) == charter


def test_a_changed_word_changes_the_digest(charter: Charter, workshop_a: Record) -> None:
    changed = replace(workshop_a.clauses[0], text=workshop_a.clauses[0].text + " ")
    other = compose(replace(workshop_a, clauses=(changed, *workshop_a.clauses[1:])))
    assert digest(other) != digest(charter)


def test_the_signed_text_says_what_was_not_agreed_in_the_past(workshop_a: Record) -> None:
    signed = compose(workshop_a, status=CharterStatus.SIGNED, version=3)
    assert (signed.version, signed.status) == (3, CharterStatus.SIGNED)
    assert part(signed, "C8").blocks == (Notice("Nothing was agreed here.", open=True),)


def test_a_record_without_anything_still_makes_a_charter() -> None:
    charter = compose(EMPTY)
    assert len(charter.sections) == 20
    assert from_json(canonical(charter)) == charter
    assert "No partner stated a reservation." in set(texts(part(charter, "C19")))


def test_a_clause_taken_back_is_not_printed(workshop_a: Record) -> None:
    back = replace(workshop_a.clauses[0], state=ClauseState.WITHDRAWN)
    charter = compose(replace(workshop_a, clauses=(back, *workshop_a.clauses[1:])))
    assert back.text not in set(texts(charter))
    assert len(charter.clauses()) == 7


def test_a_clause_changed_after_its_answers_is_pending_in_c19(workshop_a: Record) -> None:
    first = workshop_a.clauses[0]
    stale = replace(first, consents=tuple(replace(c, stale=True) for c in first.consents))
    charter = compose(replace(workshop_a, clauses=(stale,)))
    (entry,) = charter.clauses()
    assert (entry.number, entry.state) == ("C19.1", ClauseFate.PENDING)
    assert all("earlier words" in consent.words for consent in entry.consents)


def test_an_agreed_row_that_became_a_clause_is_not_printed_twice(workshop_a: Record) -> None:
    words = "We will see Honesty when We share bad news within three days, before anyone asks."
    told = replace(workshop_a.clauses[0], section="C4", text=words, origin="values")
    charter = compose(replace(workshop_a, clauses=(told,)))
    shown = [t for t in texts(part(charter, "C4")) if "bad news within three days" in t]
    assert shown == [words]
    assert len(tables(charter, "C4")[0].rows) == 2


def test_a_partner_without_signatory_is_an_open_matter(workshop_a: Record) -> None:
    charter = compose(replace(workshop_a, signatories=workshop_a.signatories[:2]))
    assert "No signatory is named for Northbridge Relief." in set(texts(part(charter, "C19")))


def test_a_reservation_on_an_agreement_is_kept_word_for_word(workshop_a: Record) -> None:
    levels = (Consent("ingo", 3, "Only until May."), Consent("lngo", 1), Consent("cbo", 1))
    first = replace(workshop_a.agreements[0], basis=Basis.CONSENT, consents=levels)
    charter = compose(replace(workshop_a, agreements=(first, *workshop_a.agreements[1:])))
    rows = tables(charter, "C19")[0].rows
    assert any(r.cells[0].text == "Values" and r.cells[3].text == "Only until May." for r in rows)


AWKWARD = (
    "<b>bold</b> & <script>alert(1)</script>",
    "{partner} {0} %s %(name)s",
    "\u0645\u064a\u0627\u0647 \u0646\u0638\u064a\u0641\u0629 (water)",
    "\u05e9\u05dc\u05d5\u05dd",
    "x" * 20_000,
    "line\none\ttwo \u200f",
    "a \U0001f4a7 drop",
    "",
    " ",
)


@pytest.mark.parametrize("words", AWKWARD, ids=range(len(AWKWARD)))
def test_awkward_words_stay_exactly_as_written(workshop_a: Record, words: str) -> None:
    clause = replace(workshop_a.clauses[0], text=words)
    consents = (replace(workshop_a.clauses[7].consents[2], reservation=words),)
    blocked = replace(workshop_a.clauses[7], consents=consents)
    partner = replace(workshop_a.partners[0], name=words, mission=words)
    record = replace(
        workshop_a,
        partnership=replace(workshop_a.partnership, title=words, purpose=words),
        partners=(partner, *workshop_a.partners[1:]),
        clauses=(clause, *workshop_a.clauses[1:7], blocked),
    )
    charter = from_json(canonical(compose(record)))
    assert (charter.title, charter.purpose, charter.parties[0].mission) == (words,) * 3
    assert charter.clauses()[0].text == words
    assert charter.clauses()[-1].consents[2].reservation == words


def test_words_in_two_spellings_are_kept_in_nfc(workshop_a: Record) -> None:
    partnership = replace(workshop_a.partnership, title="Cafe\u0301")
    charter = compose(replace(workshop_a, partnership=partnership))
    assert charter.title == unicodedata.normalize("NFC", "Cafe\u0301")


def test_the_plain_text_leaves_nothing_out(charter: Charter) -> None:
    text = plain_text(charter)
    assert text.startswith("Lake Basin Water and Livelihoods Partnership\n")
    for clause in charter.clauses():
        assert clause.number in text
        assert clause.text in text
    for words in ("Not without asking.", "Nobody photographs children at the taps.", "15 wanted"):
        assert words in text
    assert all(isinstance(clause, ClauseEntry) for clause in charter.clauses())


def test_the_plain_text_of_nothing_still_has_its_title() -> None:
    assert plain_text(compose(EMPTY)).startswith("Empty\n")
