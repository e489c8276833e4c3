"""Tests of the partners' choices: kept, undone, and alike in draft, frozen text and export."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

import resources
from partnerdesk import ceremony
from partnerdesk.charter.canonical import from_json
from partnerdesk.errors import UserError
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import choices, enclosures, ending, figures, logos, translations
from partnerdesk.flow.agree import change_clause, clauses
from partnerdesk.flow.enclosures import Enclosed
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.record import record
from partnerdesk.flow.versions import (
    charter_json,
    charter_pdf,
    close_version,
    freeze_version,
    is_closing,
    last_signed,
    open_version,
    superseded_by,
    versions,
)
from partnerdesk.model.bars import BarChart
from partnerdesk.model.charter import Charter, ClauseEntry, Section
from partnerdesk.model.closing import Closing, Ending, Obligation
from partnerdesk.model.guide import Guide
from partnerdesk.model.json import Row
from partnerdesk.signing.isolated import logo_isolated
from partnerdesk.signing.pictures import logo
from partnerdesk.signing.report import Known, Verdict
from partnerdesk.signing.verify import verify
from partnerdesk.store import Store, open_store

AT = datetime(2026, 11, 19, 14, 8, tzinfo=UTC)
PARTNERS = ("ingo", "lngo", "cbo")
ROSE: Row = {"party": "cbo", "reach": "+254 700 000"}


@pytest.fixture(scope="module")
def guide() -> Guide:
    return built_in_guide()


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory, guide: Guide) -> Path:
    path = tmp_path_factory.mktemp("workshop") / "a.pdesk"
    replay(read_workshop(resources.path("samples/workshop-a.json"), guide), guide, path).close()
    return path


@pytest.fixture
def store(workshop: Path, tmp_path: Path) -> Iterator[Store]:
    with opened_copy(workshop, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def signed_workshop(workshop: Path, tmp_path_factory: pytest.TempPathFactory, guide: Guide) -> Path:
    with opened_copy(workshop, tmp_path_factory.mktemp("signed")) as store:
        assert sign_all(store, guide).changes == ()
        return store.path


@pytest.fixture
def signed(signed_workshop: Path, tmp_path: Path) -> Iterator[Store]:
    with opened_copy(signed_workshop, tmp_path) as opened:
        yield opened


def opened_copy(path: Path, folder: Path) -> Store:
    copy = folder / "a.pdesk"
    copy.write_bytes(path.read_bytes())
    return open_store(copy)


def sign_all(store: Store, guide: Guide) -> Charter:
    """Freeze, sign by all and close; return the frozen charter."""
    version_id = ceremony.freeze(store, guide, AT)
    for block in ceremony.blocks_of(store, version_id):
        ceremony.sign_block(store, version_id, block, ceremony.generated_mark(block), AT)
    close_version(store, version_id)
    return from_json(charter_json(store, version_id))


def picture(kind: str = "PNG", size: tuple[int, int] = (600, 200)) -> bytes:
    made = io.BytesIO()
    Image.effect_mandelbrot(size, (-2.0, -1.2, 1.0, 1.2), 60).convert("RGB").save(made, kind)
    return made.getvalue()


# --- kept, undone, refused ------------------------------------------------------------------


def test_without_choices_the_charter_is_the_usual_one(store: Store) -> None:
    assert choices.options_of(store) == record(store, built_in_guide()).options
    assert choices.options_of(store).annexes == ("D", "F")
    assert choices.options_of(store).languages == ()


def test_a_choice_is_kept_and_undone(store: Store) -> None:
    choices.choose_annexes(store, ("H", "A"))
    choices.choose_languages(store, ("en", "sw"), prevailing="sw", parallel=False)
    choices.choose_print(store, 160)
    choices.choose_law(store, words="This binds nobody in court.", read_aloud=False)
    options = choices.options_of(store)
    assert options.annexes == ("A", "H")
    assert (options.languages, options.prevailing) == (("en", "sw"), "sw")
    assert (options.parallel, options.large_print, options.read_aloud) == (False, 1.6, False)
    assert options.legal_nature == "This binds nobody in court."
    titles = []
    while store.undo_title().startswith(("Choose", "Change words")):
        titles.append(store.undo_title())
        store.undo()
    assert len(titles) == 4
    assert choices.options_of(store).annexes == ("D", "F")
    assert choices.options_of(store).large_print == 1.0


def test_the_same_choice_again_writes_nothing(store: Store) -> None:
    choices.choose_annexes(store, ("A", "D"))
    head = store.head()
    choices.choose_annexes(store, ("D", "A"))
    assert store.head() == head


def test_choices_that_no_charter_has_are_refused(store: Store) -> None:
    head = store.head()
    for wrong in (
        lambda: choices.choose_annexes(store, ("Z",)),
        lambda: choices.choose_languages(store, ("en", "en")),
        lambda: choices.choose_languages(store, ("en", "fr", "sw", "ar", "hi")),
        lambda: choices.choose_languages(store, ("en",), prevailing="sw"),
        lambda: choices.choose_print(store, 50),
        lambda: enclosures.add_entry(store, Enclosed.CONTACTS, "  "),
        lambda: enclosures.add_entry(store, Enclosed.REPAIR, "Talk", {"owner": "nobody"}),
        lambda: enclosures.add_entry(store, Enclosed.REPAIR, "Talk", {"date": "tomorrow"}),
        lambda: enclosures.add_entry(store, Enclosed.CHANNELS, "Harm", {"days": -1}),
    ):
        with pytest.raises(UserError):
            wrong()
    assert store.head() == head


def test_enclosures_are_kept_entry_by_entry(store: Store) -> None:
    step = enclosures.add_entry(store, Enclosed.REPAIR, "Talk", {"owner": "cbo"})
    enclosures.add_entry(store, Enclosed.CONTRACTS, "Grant 7", {"between": ["ingo", "lngo"]})
    enclosures.add_entry(store, Enclosed.CONTACTS, "Rose", ROSE)
    enclosures.add_entry(store, Enclosed.CHANNELS, "Harm", {"reach": "0800", "days": 5})
    enclosures.set_money(store, "Costs are shared as work is shared.")
    enclosures.change_entry(store, step, words="Talk first", details={"state": "begun"})
    found = enclosures.enclosures_of(store)
    assert (found.repair_plan[0].text, found.repair_plan[0].state) == ("Talk first", "begun")
    assert found.contracts[0].between == ("ingo", "lngo")
    assert (found.contacts[0].name, found.channels[0].days) == ("Rose", 5)
    assert found.budget_principle.startswith("Costs")
    enclosures.remove_entry(store, step)
    assert enclosures.enclosures_of(store).repair_plan == ()
    store.undo()
    assert enclosures.enclosures_of(store).repair_plan[0].text == "Talk first"


# --- figures: every partner's agreement -----------------------------------------------------


def bars(charter: Charter) -> list[BarChart]:
    return [b for s in charter.sections for b in s.blocks if isinstance(b, BarChart)]


def test_a_figure_is_printed_only_once_every_partner_lets_it_show(
    store: Store, guide: Guide
) -> None:
    states = {one.activity.id: one for one in figures.figures(store, guide)}
    assert set(states) == {"dependence", "four_r", "trust"}
    digest = states["trust"].digest
    for partner in PARTNERS[:2]:
        figures.let_show(store, guide, "trust", partner, True, digest)
    assert record(store, guide).figures == ()
    assert bars(ceremony.draft_of(record(store, guide))) == []
    figures.let_show(store, guide, "trust", "cbo", True, digest)
    assert [one.activity for one in record(store, guide).figures] == ["trust"]
    assert len(bars(ceremony.draft_of(record(store, guide)))) == 1
    figures.let_show(store, guide, "trust", "ingo", False, digest)
    assert bars(ceremony.draft_of(record(store, guide))) == []


def test_consent_to_a_figure_is_stale_once_its_numbers_change(store: Store, guide: Guide) -> None:
    (state,) = (one for one in figures.figures(store, guide) if one.activity.id == "four_r")
    for partner in PARTNERS:
        figures.let_show(store, guide, "four_r", partner, True, state.digest)
    assert record(store, guide).figures != ()
    row = next(
        one
        for one in store.rows("response", round_id=_round_id(store, "four_r"))
        if one["value"] is not None
    )
    with store.transaction("Change an answer behind its back") as t:
        t.update("response", str(row["id"]), value=None)
    (now,) = (one for one in figures.figures(store, guide) if one.activity.id == "four_r")
    assert now.digest != state.digest
    assert (now.agreed, set(now.stale)) == ((), set(PARTNERS))
    assert record(store, guide).figures == ()
    with pytest.raises(UserError):
        figures.let_show(store, guide, "four_r", "cbo", True, state.digest)


def _round_id(store: Store, activity: str) -> str:
    return str(store.rows("round", activity=activity)[-1]["id"])


def test_a_new_partner_has_not_agreed_to_a_figure(store: Store, guide: Guide) -> None:
    from partnerdesk.flow.setup import add_partner

    (state,) = (one for one in figures.figures(store, guide) if one.activity.id == "trust")
    for partner in PARTNERS:
        figures.let_show(store, guide, "trust", partner, True, state.digest)
    add_partner(store, "A fourth")
    assert record(store, guide).figures == ()


# --- translations -----------------------------------------------------------------------------


def test_a_translation_belongs_to_the_words_it_translates(store: Store, guide: Guide) -> None:
    one = next(c for c in clauses(store) if c.consents)
    choices.choose_languages(store, ("en", "ar"))
    translations.translate_clause(store, one.id, "ar", "الماء للجميع")
    entry = _entry(ceremony.draft_of(record(store, guide)), one.id)
    assert entry.text_in("ar") == "الماء للجميع"
    change_clause(store, one.id, text="Other words")
    assert translations.translation_of(store, one.id, "ar").stale
    entry = _entry(ceremony.draft_of(record(store, guide)), one.id)
    assert entry.text_in("ar") == "Other words"
    translations.translate_clause(store, one.id, "ar", "")
    assert translations.translation_of(store, one.id, "ar").words == ""


def _entry(charter: Charter, clause_id: str) -> ClauseEntry:
    return next(one for one in charter.clauses() if one.id == clause_id)


# --- draft, frozen text and export are one ----------------------------------------------------


def _choose_much(store: Store) -> None:
    choices.choose_annexes(store, tuple("ABCDEFGH"))
    choices.choose_languages(store, ("en", "sw"), prevailing="en")
    enclosures.add_entry(store, Enclosed.CONTACTS, "Rose", ROSE)
    enclosures.set_money(store, "Costs are shared as work is shared.")
    logos.set_logo(store, "cbo", logo(picture()))


def test_the_frozen_text_has_what_the_draft_shows(store: Store, guide: Guide) -> None:
    _choose_much(store)
    now = record(store, guide)
    draft = ceremony.draft_of(now)
    frozen = from_json(ceremony.frozen_of(now, AT).charter_json)
    assert [one.code for one in draft.annexes] == [one.code for one in frozen.annexes]
    assert {"B", "F", "G", "H"} <= {one.code for one in frozen.annexes}
    assert frozen.languages == ("en", "sw")
    assert frozen.parties == draft.parties
    assert frozen.parties[2].logo
    assert frozen.parties[2].logo_words == f"Logo of {frozen.parties[2].name}"
    assert ceremony.says_the_same(now, frozen)
    assert ceremony.draft_pdf(now) == ceremony.draft_pdf(now)


def test_an_amended_version_says_what_changed_since_the_signed_one(
    signed: Store, guide: Guide
) -> None:
    assert not ceremony.draft(record(signed, guide)).changed
    one = next(c for c in clauses(signed) if c.consents)
    change_clause(signed, one.id, text="Water is for everybody.")
    assert ceremony.draft(record(signed, guide)).changed
    second = sign_all(signed, guide)
    (changes,) = second.changes
    assert changes.title == "What changed since version 1"
    assert one.id in _changed(changes)
    old, new = versions(signed)
    assert (superseded_by(signed, old), superseded_by(signed, new)) == (2, 0)
    last = last_signed(signed)
    assert last is not None
    assert last.number == 2


def _changed(section: Section) -> set[str]:
    return {str(getattr(block, "id", "")) for block in section.blocks}


def test_choices_after_signing_make_the_text_another_one(signed: Store, guide: Guide) -> None:
    frozen = from_json(charter_json(signed, versions(signed)[0].id))
    choices.choose_print(signed, 150)
    assert ceremony.says_the_same(record(signed, guide), frozen)
    choices.choose_annexes(signed, ("B", "D", "F"))
    assert not ceremony.says_the_same(record(signed, guide), frozen)


# --- logos and bad pictures ---------------------------------------------------------------------


def test_a_large_logo_becomes_a_small_one_without_metadata() -> None:
    for data in (picture("PNG", (2400, 1600)), picture("JPEG", (3000, 1000))):
        made = logo_isolated(data)
        assert made == logo(data)
        with Image.open(io.BytesIO(made)) as small:
            assert max(small.size) <= 400
            assert small.info == {}
        assert len(made) <= 48 * 1024


def test_pictures_that_are_none_are_refused_in_words() -> None:
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    good = picture()
    for data in (b"", b"GIF89a" + b"\0" * 99, good[: len(good) // 2], bomb.getvalue()):
        with pytest.raises(UserError, match="PNG or JPEG"):
            logo_isolated(data)


def test_a_logo_is_described_and_taken_off(store: Store) -> None:
    logos.set_logo(store, "cbo", logo(picture()))
    logos.describe_logo(store, "cbo", "Three fish in a ring")
    logos.set_logo(store, "cbo", logo(picture(size=(300, 300))))
    assert logos.logos(store)["cbo"].words == "Three fish in a ring"
    with pytest.raises(UserError):
        logos.describe_logo(store, "cbo", " ")
    with pytest.raises(UserError):
        logos.set_logo(store, "cbo", b"\x89PNG" + b"x" * 60_000)
    logos.remove_logo(store, "cbo")
    assert logos.logos(store) == {}


# --- the ending ---------------------------------------------------------------------------------


def test_a_closing_statement_is_kept_and_names_what_it_ends(signed: Store) -> None:
    assert ending.closing_of(signed, None) is None
    owed = Obligation("Give back the pump", "ingo", "Kisumbe", "2027-06-01")
    written = Closing(Ending.HANDED_OVER, "2027-05-01", successor="The county", obligations=(owed,))
    ending.keep_closing(signed, written)
    found = ending.closing_of(signed, last_signed(signed))
    assert found is not None
    assert (found.version, found.obligations, found.successor) == (1, (owed,), "The county")
    assert found.words == versions(signed)[0].words
    with pytest.raises(UserError):
        ending.keep_closing(signed, Closing(Ending.ONE_LEAVES, leaver="nobody"))
    ending.drop_closing(signed)
    assert ending.closing_of(signed, None) is None
    assert open_version(signed) is None


def test_a_closing_statement_is_signed_as_a_version_and_the_charter_stays_the_last(
    signed: Store, guide: Guide
) -> None:
    ending.keep_closing(signed, Closing(Ending.COMPLETED, "2027-05-01", told=("The village",)))
    written = ending.closing_of(signed, last_signed(signed))
    assert written is not None
    now = record(signed, guide)
    version_id = freeze_version(signed, ceremony.frozen_closing_of(now, AT, written))
    for block in ceremony.blocks_of(signed, version_id):
        ceremony.sign_block(signed, version_id, block, ceremony.generated_mark(block), AT)
    close_version(signed, version_id)
    assert is_closing(signed, version_id)
    last = last_signed(signed)
    assert last is not None
    assert last.number == 1
    known = Known(frozenset({versions(signed)[-1].fingerprint}))
    report = verify(charter_pdf(signed, version_id), known)
    assert report.verdict is Verdict.UNCHANGED
    assert ceremony.closing_draft(now, written).pdf.startswith(b"%PDF")
