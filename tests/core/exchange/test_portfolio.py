"""A folder of partnerships is shown without writing to any, and without what is not ours to see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import resources
from partnerdesk.errors import EnvironmentProblem
from partnerdesk.exchange.portfolio import (
    Listing,
    Promise,
    State,
    by_due,
    next_review,
    portfolio,
    told,
)
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow import agree, setup
from partnerdesk.flow.agree import Support
from partnerdesk.model.round import ClauseType
from partnerdesk.store import Store, create_store, open_store
from partnerdesk.store.opening import JOURNAL_MAGIC
from tests.core.exchange.mergers import GUIDE

TODAY = date(2027, 2, 15)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sample") / "a.pdesk"
    workshop = read_workshop(resources.path("samples/workshop-a.json"), GUIDE)
    replay(workshop, GUIDE, path).close()
    return path.read_bytes()


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Store]:
    with setup.new_partnership(tmp_path / "lake.pdesk", "Lake") as store:
        for partner in ("north", "south"):
            setup.add_partner(store, partner.title(), id=partner)
        yield store


def only(folder: Path) -> Listing:
    (one,) = portfolio(folder, TODAY)
    return one


def promised(store: Store, section: str, day: str, level: int = 1) -> None:
    kind = ClauseType.COMMITMENT
    clause = agree.propose_clause(store, section, kind, f"By {day}", owner="north", date=day)
    said = {partner: Support(level, "") for partner in ("north", "south")}
    agree.record_consents(store, clause, said)


def test_a_partnership_is_listed_with_title_stage_partners_and_what_is_overdue(
    sample: bytes, tmp_path: Path
) -> None:
    (tmp_path / "a.pdesk").write_bytes(sample)
    one = only(tmp_path)
    assert one.title
    assert len(one.partners) == 3
    assert one.state is State.WORKING
    assert all(promise.date < TODAY.isoformat() for promise in one.overdue)
    assert list(one.overdue) == sorted(one.overdue, key=lambda p: (p.date, p.text))
    assert one.title in told(one)


def test_reviews_and_overdue_promises_come_from_adopted_clauses(lake: Store) -> None:
    promised(lake, "C15", "2027-06-30")
    promised(lake, "C15", "2027-03-31")
    promised(lake, "C10", "2027-02-14")
    promised(lake, "C10", "2027-02-15")
    promised(lake, "C10", "2027-01-01", level=8)
    folder = lake.path.parent
    lake.close()
    one = only(folder)
    assert one.reviews == ("2027-03-31", "2027-06-30")
    assert [promise.date for promise in one.overdue] == ["2027-02-14"]
    assert "overdue: 1" in told(one)
    assert one.stage == GUIDE.stages[0].title


def test_a_practice_file_says_so(tmp_path: Path) -> None:
    setup.new_partnership(tmp_path / "a.pdesk", "Try", practice=True).close()
    assert only(tmp_path).state is State.PRACTICE


def test_what_cannot_be_shown_shows_only_that_it_is_there(sample: bytes, tmp_path: Path) -> None:
    newer = bytearray(sample)
    newer[60:64] = (999).to_bytes(4, "big")
    contents = {
        "broken": sample[:4096] + b"\xa5" * (len(sample) - 4096),
        "cut": sample[: len(sample) // 2],
        "empty": b"",
        "foreign": b"PK\3\4 something else",
        "newer": bytes(newer),
    }
    for name, data in contents.items():
        (tmp_path / f"{name}.pdesk").write_bytes(data)
    with create_store(tmp_path / "locked.pdesk", passphrase="correct horse battery staple x"):
        pass
    found = {one.path.stem: one for one in portfolio(tmp_path, TODAY)}
    assert {name: one.state for name, one in found.items()} == {
        "broken": State.UNREADABLE,
        "cut": State.UNREADABLE,
        "empty": State.FOREIGN,
        "foreign": State.FOREIGN,
        "locked": State.LOCKED,
        "newer": State.NEWER,
    }
    for one in found.values():
        assert one == Listing(one.path, one.state)
        assert told(one).startswith(one.path.name)


def test_a_file_that_is_open_here_shows_only_that(lake: Store) -> None:
    assert only(lake.path.parent) == Listing(lake.path, State.IN_USE)


def test_nothing_in_the_folder_changes(sample: bytes, tmp_path: Path) -> None:
    for name in ("a.pdesk", "b.pdesk", "B.PDESK", "notes.txt"):
        (tmp_path / name).write_bytes(sample)
    (tmp_path / "folder.pdesk").mkdir()
    half = tmp_path / "b.pdesk-journal"
    half.write_bytes(JOURNAL_MAGIC + bytes(504))
    before = {p.name: (p.stat().st_mtime_ns, p.stat().st_size) for p in tmp_path.iterdir()}
    found = portfolio(tmp_path, TODAY)
    assert [one.path.name for one in found] == ["B.PDESK", "a.pdesk", "b.pdesk"]
    assert found[2].state is State.UNREADABLE
    after = {p.name: (p.stat().st_mtime_ns, p.stat().st_size) for p in tmp_path.iterdir()}
    assert after == before
    with open_store(tmp_path / "a.pdesk") as store:
        assert store.check().ok


def test_what_is_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="no folder"):
        portfolio(tmp_path / "nowhere", TODAY)


def _one(name: str, *, late: str = "", reviews: tuple[str, ...] = ()) -> Listing:
    overdue = (Promise(late, "x"),) if late else ()
    return Listing(Path(name), State.WORKING, name, reviews=reviews, overdue=overdue)


def test_what_is_due_first_comes_first() -> None:
    wanted = (
        _one("oldest promise", late="2026-01-31", reviews=("2030-01-01",)),
        _one("review passed", reviews=("2026-05-01",)),
        _one("newer promise", late="2026-12-31"),
        _one("review in spring", reviews=("2026-03-01", "2027-03-01")),
        _one("review in autumn", reviews=("2027-09-01",)),
        _one("a nothing"),
        _one("b nothing"),
        Listing(Path("a.pdesk"), State.LOCKED),
    )
    assert by_due(reversed(wanted), TODAY) == wanted
    assert next_review(wanted[3], TODAY) == "2027-03-01"
    assert next_review(wanted[1], TODAY) == "2026-05-01"
    assert next_review(wanted[5], TODAY) == ""
