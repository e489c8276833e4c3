"""What is erased is nowhere in the file, the chain holds, and no other copy brings it back."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
import sqlcipher3.dbapi2 as sqlite
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.errors import EnvironmentProblem, UserError
from partnerdesk.exchange.bundle import pack, unpack
from partnerdesk.exchange.copies import copy_of, read
from partnerdesk.exchange.erasing import Order, What, erase, erasures, whole_entries
from partnerdesk.exchange.findings import findings
from partnerdesk.exchange.merge import apply, plan
from partnerdesk.exchange.preview import lines_of
from partnerdesk.exchange.wanted import Wanted, parts_of
from partnerdesk.flow import agree, items, setup
from partnerdesk.flow.agree import Support
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.rounds import open_round, reveal_round, submit_answer, unproven
from partnerdesk.keeping import Way, back_up, recover
from partnerdesk.model.round import ClauseType
from partnerdesk.store import Store, create_store, open_store
from partnerdesk.store.opening import utc_now
from partnerdesk.store.rewriting import overwrite_journal
from tests.core.exchange.mergers import act, copied, everything, first, merged

GUIDE = built_in_guide()
NAME = "Zéphyrine Quartzberg"
AWAY = Order(What.PERSON, (Wanted((NAME, *parts_of(NAME)), "Z. Q."),))


def spellings(name: str) -> Iterator[bytes]:
    """Yield a name and its parts as bytes of every form in which a file may hold them."""
    for word in (name, *name.split()):
        for text in {word, word.lower(), word.upper(), json.dumps(word)[1:-1]}:
            for form in ("NFC", "NFD"):
                spelt = unicodedata.normalize(form, text)
                yield from (spelt.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


def hits(path: Path) -> int:
    data = path.read_bytes()
    return sum(data.count(one) for one in set(spellings(NAME)))


def fill(store: Store) -> None:
    """Let the name stand in as many places as a partnership has, some of them undone again."""
    store.author = NAME
    with store.transaction("Start", session=f"with {NAME}", turn=NAME.lower()) as t:
        t.insert("partnership", {"id": "partnership", "title": f"With {NAME}"})
        t.insert("session", {"id": "s", "facilitator": NAME.upper()})
    for partner in ("north", "south"):
        setup.add_partner(store, partner.title(), id=partner, mission=f"as {NAME} says")
        setup.add_participant(store, partner, f"{partner} one", id=f"{partner}-1")
    setup.add_participant(store, "north", NAME, id="z")
    setup.change_participant(store, "z", name=unicodedata.normalize("NFD", NAME))
    setup.change_participant(store, "z", role="deputy of quartzberg")
    store.undo()
    items.add_item(store, GUIDE, "goals", f"{NAME}’s well", {"indicator": NAME}, item_id="goal")
    said = f"Zephyrine\nQuartzberg keeps the key, and {NAME} counts."
    agree.propose_clause(store, "C9", ClauseType.RULE, said, clause_id="c")
    supports = {p: Support(2, f"not {NAME} alone") for p in ("north", "south")}
    agree.record_consents(store, "c", supports)
    id_ = open_round(store, GUIDE, "walking_away")
    for person in ("north-1", "south-1", "z"):
        answer = {"rows": [{"trigger": f"{NAME} leaves", "first_step": "talk"}]}
        submit_answer(store, GUIDE, id_, person, answer)
    reveal_round(store, GUIDE, id_)
    with store.transaction("Note") as t:
        t.insert("note", {"id": "n", "text": NAME.lower(), "author": NAME})
        t.insert("setting", {"id": "draft:repair", "value": {NAME: [NAME, {"who": NAME}]}})


@pytest.fixture
def passphrase() -> str | None:
    return None


@pytest.fixture
def store(passphrase: str | None, tmp_path: Path) -> Iterator[Store]:
    with create_store(tmp_path / "garden.pdesk", passphrase=passphrase) as made:
        fill(made)
        yield made


def in_clear(store: Store) -> Path:
    """Return a copy of the file's very pages, without a passphrase; free pages and all."""
    if not store.encrypted:
        return store.path
    out = store.path.with_suffix(".clear")
    out.unlink(missing_ok=True)
    store.connection.execute("ATTACH ? AS clear KEY ''", (str(out),))
    store.connection.execute("SELECT sqlcipher_export('clear')").fetchall()
    store.connection.execute("DETACH clear")
    return out


@pytest.mark.parametrize("passphrase", [None, "calm acorn in the garden"])
def test_a_name_that_is_erased_is_nowhere_in_the_file_or_in_later_backups(
    store: Store, passphrase: str | None
) -> None:
    assert hits(in_clear(store)) > 40
    edit = erase(store, AWAY, "Naliaka")
    report = store.check()
    assert (report.ok, report.erased) == (True, len(edit.changes[0].after["edits"]))  # type: ignore[index]
    backup = back_up(store, utc_now())
    with closing(open_store(backup, passphrase=passphrase, read_only=True)) as kept:
        assert kept.check().ok
        assert hits(in_clear(store)) == hits(in_clear(kept)) == 0
    assert store.row("participant", "z")["name"] == "Z. Q."  # type: ignore[index]
    assert hits(store.path.with_name("garden.pdesk-journal")) == 0


def test_the_record_says_when_by_whom_and_what_but_not_the_words(store: Store) -> None:
    erase(store, AWAY, "Naliaka")
    (one,) = erasures(store)
    assert (one.author, one.what) == ("Naliaka", What.PERSON)
    assert one.words.startswith("Erased on 20")
    assert "by Naliaka" in one.words


@pytest.mark.parametrize("careless", ["journal", "free space", "beside"])
def test_the_scan_finds_what_a_careless_erasure_leaves(
    store: Store, careless: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: each part of the work, left undone, is caught."""
    beside = store.path.with_name("garden.pdesk-journal")
    if careless == "journal":
        with store.transaction("Erase rows") as t:
            for table, key in (("participant", "z"), ("note", "n")):
                t.delete(table, key)
    else:
        monkeypatch.setattr(Store, "_compact", lambda _store: None)
        if careless == "free space":
            store.connection.execute("PRAGMA secure_delete=0")
        else:
            monkeypatch.setattr("partnerdesk.store.store.overwrite_journal", lambda _path: None)
        erase(store, AWAY, "Naliaka")
    assert hits(beside if careless == "beside" else store.path) > 0


def test_undo_stops_at_an_erasure_and_redo_ends_there(store: Store) -> None:
    store.undo()
    assert store.redo_title()
    erase(store, AWAY, "Naliaka")
    assert (store.undo_title(), store.redo_title()) == ("", "")
    setup.change_participant(store, "z", role="treasurer")
    store.undo()
    assert store.undo() is None
    assert store.check().ok


def test_what_was_agreed_stays_agreed_in_what_is_left_of_its_words(store: Store) -> None:
    erase(store, AWAY, "Naliaka")
    (clause,) = agree.clauses(store)
    assert clause.text == "Z. Q. keeps the key, and Z. Q. counts."
    assert [(one.level, one.stale) for one in clause.consents] == [(2, False), (2, False)]
    assert clause.consents[0].reservation == "not Z. Q. alone"
    assert unproven(store) == ()


def test_one_text_goes_with_all_that_it_ever_said(store: Store) -> None:
    agree.change_clause(store, "c", text="Only the treasurer knows")
    gone = Wanted((), "[erased]", wiped=frozenset({("clause", "c"), ("setting", "draft:repair")}))
    erase(store, Order(What.TEXT, (gone,)), "Naliaka")
    data = in_clear(store).read_bytes()
    assert b"treasurer knows" not in data
    assert b"keeps the key" not in data
    assert agree.clauses(store)[0].text == "[erased]"
    assert store.row("setting", "draft:repair") == {"id": "draft:repair", "value": {}}


def test_an_entry_goes_as_a_whole_with_its_copies_and_its_earlier_wordings(store: Store) -> None:
    agree.change_clause(store, "c", text="Only the treasurer knows")
    order = Order(What.WORDS, (Wanted(("treasurer knows",), "[erased]"),))
    found = findings(read(store), order.wanted)
    assert found.entries == (("clause", "c"),)
    erase(store, whole_entries(order, found.entries), "Naliaka")
    assert b"keeps the key" not in in_clear(store).read_bytes()
    assert agree.clauses(store)[0].text == "[erased]"
    (one,) = erasures(store)
    assert one.what is What.TEXT


def test_an_answer_that_is_erased_counts_as_passed(store: Store) -> None:
    (first, *_rest) = store.rows("response")
    gone = Wanted((), "…", wiped=frozenset({("response", str(first["id"]))}))
    erase(store, Order(What.TEXT, (gone,)), "Naliaka")
    row = store.row("response", str(first["id"])) or {}
    assert (row["value"], row["passed"], row["commitment"], row["nonce"]) == (None, 1, "", "")
    assert unproven(store) == ()
    assert store.check().ok


def test_drafts_expire_with_what_they_said(store: Store) -> None:
    erase(store, Order(What.DRAFTS, settings=("draft:repair",)), "Naliaka")
    assert store.row("setting", "draft:repair") is None
    drafts = [c for e in store.edits() for c in e.changes if c.key == "draft:repair"]
    assert all((c.before or {}).get("value", {}) == {} for c in drafts)
    assert store.check().ok


@pytest.mark.parametrize(
    ("order", "by", "code"),
    [
        (AWAY, " ", "by"),
        (Order(What.ALIAS, (Wanted((NAME,), f"Dr {NAME}"),)), "Naliaka", "alias"),
        (AWAY, "Quartzberg", "alias"),
        (Order(What.WORDS, (Wanted(("nowhere at all",), "…"),)), "Naliaka", "nothing"),
    ],
)
def test_what_cannot_be_erased_changes_nothing(
    store: Store, order: Order, by: str, code: str
) -> None:
    before = store.head()
    with pytest.raises(UserError) as refused:
        erase(store, order, by)
    assert refused.value.code == code
    assert store.head() == before


def test_a_second_erasure_takes_what_the_first_one_left(store: Store) -> None:
    erase(store, Order(What.WORDS, (Wanted(("keeps the key",), "…"),)), NAME)
    erase(store, AWAY, "Naliaka")
    assert hits(in_clear(store)) == 0
    assert store.check().ok
    assert [one.author for one in erasures(store)] == ["Z. Q.", "Naliaka"]


def test_a_file_with_an_erasure_is_rebuilt_from_its_journal(store: Store, tmp_path: Path) -> None:
    erase(store, AWAY, "Naliaka")
    head = store.head()
    store.close()
    found = {one.way: one for one in recover(store.path, tmp_path / "out")}
    assert (found[Way.JOURNAL].edits, found[Way.JOURNAL].problems) == (head.count, ())
    with open_store(found[Way.JOURNAL].path) as rebuilt:
        assert rebuilt.head() == head
        assert [one.author for one in erasures(rebuilt)] == ["Naliaka"]


def test_a_journal_that_a_failed_step_needs_is_left_alone(store: Store, tmp_path: Path) -> None:
    beside = tmp_path / "other.pdesk-journal"
    beside.write_bytes(bytes.fromhex("d9d505f920a163d7") + b"pages")
    overwrite_journal(beside)
    assert beside.read_bytes().endswith(b"pages")
    copy = tmp_path / "copy.pdesk"
    store.copy_to(copy)
    hot = copy.with_name("copy.pdesk-journal")
    with open_store(copy, read_only=True) as kept:
        hot.write_bytes(b"\0" * 8 + b"pages of another program")
        with pytest.raises(EnvironmentProblem):
            erase(kept, AWAY, "Naliaka")
        assert hot.read_bytes().endswith(b"program")


def test_a_disk_too_full_for_the_last_step_is_told_and_the_words_are_gone(store: Store) -> None:
    store._connection = _NoRoom(store.connection)  # type: ignore[assignment]
    with pytest.raises(EnvironmentProblem) as problem:
        erase(store, AWAY, "Naliaka")
    assert problem.value.code == "not-compacted"
    assert store.check().ok
    assert hits(store.path) == 0


class _NoRoom:
    """A connection on a disk that has no room to write the file anew."""

    def __init__(self, connection: sqlite.Connection) -> None:
        """Do as `connection` does, but for that."""
        self._connection = connection

    def execute(self, sql: str, *values: object) -> sqlite.Cursor:
        """Run a statement; in place of VACUUM, write what finds the disk full."""
        if sql == "VACUUM":
            self._connection.execute("PRAGMA max_page_count = 1")
            sql = "CREATE TABLE filler AS SELECT zeroblob(9999999)"
        return self._connection.execute(sql, *values)

    def __getattr__(self, name: str) -> object:
        """Return what the connection has."""
        return getattr(self._connection, name)


def test_tampering_with_an_erased_edit_is_found(store: Store) -> None:
    erase(store, AWAY, "Naliaka")
    store.connection.execute(
        "UPDATE change SET after = replace(after, 'Z. Q.', 'X. Y.') WHERE name = 'participant'"
    )
    assert any("not those that were made" in one for one in store.check().problems)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_after_an_erasure_at_any_point_the_journal_still_gives_the_rows(seed: int) -> None:
    random = Random(seed)
    with first() as store:
        for _each in range(random.randrange(1, 20)):
            act(store, random)
        words = tuple(random.sample(["water1", "maji2", "água0", "水", "north one", "Clean"], 3))
        with suppress(UserError):
            erase(store, Order(What.WORDS, (Wanted(words, "[erased]"),)), "me")
            assert store.undo() is None
        told = str([c for e in store.edits() for c in e.changes if c.table != "erasure"])
        assert not any(word in told for word in words)
        for _each in range(random.randrange(20)):
            act(store, random)
        assert store.check().problems == ()


def others() -> tuple[Store, Store]:
    """Return two laptops that know the name, both with words of their own since they parted."""
    ours = first("a")
    ours.author = NAME
    setup.add_participant(ours, "north", NAME, id="z")
    theirs = copied(ours, "b")
    items.add_item(ours, GUIDE, "goals", f"{NAME} here", item_id="here")
    items.add_item(theirs, GUIDE, "goals", f"{NAME} there", item_id="there")
    return ours, theirs


def told(store: Store) -> str:
    documents = store.connection.execute("SELECT data FROM document").fetchall()
    return str(list(store.edits())) + str(documents) + store.author


@pytest.mark.parametrize("way", ["plan", "bundle"])
def test_an_erasure_reaches_the_other_copy_and_what_only_that_one_said(way: str) -> None:
    ours, theirs = others()
    erase(theirs, AWAY, "Naliaka")
    sent = copy_of(theirs) if way == "plan" else unpack(pack(theirs), "b").copy
    made = plan(copy_of(ours), sent)
    assert any(NAME in line and "for good" in line for line in lines_of(made))
    apply(ours, made)
    assert NAME not in told(ours)
    assert ours.row("item", "here")["text"] == "Z. Q. here"  # type: ignore[index]
    assert ours.row("item", "there")["text"] == "Z. Q. there"  # type: ignore[index]
    assert ours.undo() is not None
    assert ours.undo() is None  # the merge is taken back, the erasure stays
    assert ours.check().ok
    ours.redo()
    merged(theirs, ours)
    assert everything(ours) == everything(theirs)
    assert plan(copy_of(ours), copy_of(theirs)).is_empty


def test_a_copy_that_still_has_the_words_brings_none_of_them_back() -> None:
    ours, theirs = others()
    erase(ours, AWAY, "Naliaka")
    made = merged(ours, theirs)
    assert (made.forgets, made.conflicts) == ((), ())
    assert NAME not in told(ours)
    assert ours.row("item", "there")["text"] == "Z. Q. there"  # type: ignore[index]
    assert ours.check().ok


def test_what_a_merge_brought_is_erased_too_and_a_third_copy_cannot_bring_it_back() -> None:
    ours, theirs = others()
    third = copied(theirs, "c")
    merged(ours, theirs)
    assert NAME in told(ours)
    erase(ours, AWAY, "Naliaka")
    assert NAME not in told(ours)
    merged(ours, third)
    merged(third, ours)
    assert NAME not in told(ours) + told(third)
    assert everything(ours) == everything(third)
    assert ours.check().ok
    assert third.check().ok


def test_an_entry_that_went_as_a_whole_goes_in_the_other_copy_too() -> None:
    ours, theirs = others()
    agree.change_clause(ours, "clause", text="We meet at the old mill.")
    gone = Wanted((), "…", wiped=frozenset({("clause", "clause")}))
    erase(theirs, Order(What.TEXT, (gone,)), "Naliaka")
    made = merged(ours, theirs)
    assert [one.wiped for one in made.forgets] == [gone.wiped]
    assert "old mill" not in told(ours)
    assert agree.clauses(ours)[0].text == "…"
    assert ours.check().ok
    merged(theirs, ours)
    assert everything(ours) == everything(theirs)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_however_three_copies_meet_no_name_comes_back(seed: int) -> None:
    random = Random(seed)
    ours, theirs = others()
    stores = [ours, theirs, copied(theirs, "c", 120)]
    for _each in range(random.randrange(12)):
        random.choice((_say, act))(random.choice(stores), random)
    erase(random.choice([one for one in stores if NAME in told(one)]), AWAY, "Naliaka")
    for _each in range(random.randrange(12)):
        one = random.choice(stores)
        random.choice((_say if NAME in told(one) else act, act))(one, random)
    for one, other in 3 * list(permutations(stores, 2)):
        merged(one, other)
    assert not any(NAME in told(one) for one in stores)
    assert all(one.check().ok for one in stores)
    assert everything(stores[0]) == everything(stores[1]) == everything(stores[2])


def _say(store: Store, random: Random) -> None:
    """Write a text of one's own that holds the name."""
    with suppress(UserError):
        text = random.choice((f"{NAME} here", f"by {NAME}.", f"{NAME} and {NAME}"))
        setup.change_partner(store, random.choice(("north", "south")), mission=text)


def test_nobody_rewrites_a_file_by_claiming_an_erasure() -> None:
    ours, theirs = others()
    with theirs.erasing("Erase for safety") as t:
        left = theirs.rewrite_edits(
            lambda c: type(c)(c.table, c.key, c.before, {**(c.after or {}), "position": 7})
            if c.key == "goal" else c
        )  # fmt: skip
        t.insert("erasure", {"id": "e", "put": "…", "edits": left})
    made = merged(ours, theirs)
    assert made.unmatched == 1
    assert ours.row("item", "goal")["position"] == 0  # type: ignore[index]


def test_a_part_of_a_partnership_travels_with_its_erasures() -> None:
    ours, theirs = others()
    erase(theirs, AWAY, "Naliaka")
    apply(ours, plan(copy_of(ours), unpack(pack(theirs, ["people"]), "b").copy))
    assert ours.row("participant", "z")["name"] == "Z. Q."  # type: ignore[index]


def test_a_bundle_whose_erased_edits_were_altered_is_refused() -> None:
    _ours, theirs = others()
    erase(theirs, AWAY, "Naliaka")
    theirs.connection.execute("UPDATE change SET after = replace(after, 'Z. Q.', 'X. Y.')")
    with pytest.raises(UserError) as refused:
        unpack(pack(theirs), "b")
    assert refused.value.code == "forged"


KILLED = """
import os, signal, sys
from pathlib import Path
from partnerdesk.exchange import erasing
from partnerdesk.store import Store, open_store
from tests.core.exchange.test_erasing import AWAY

def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

owner, name = {
    "rewritten": (erasing, "_note"),
    "written": (erasing, "_check_readable"),
    "committed": (Store, "_compact"),
    "compacted": (sys.modules["partnerdesk.store.store"], "overwrite_journal"),
}[sys.argv[2]]
setattr(owner, name, die)
erasing.erase(open_store(Path(sys.argv[1])), AWAY, "Naliaka")
"""


@pytest.mark.parametrize("moment", ["rewritten", "written", "committed", "compacted"])
def test_killed_in_the_middle_the_file_is_as_before_or_as_after(
    tmp_path: Path, moment: str
) -> None:
    path = tmp_path / "garden.pdesk"
    with create_store(path) as store:
        fill(store)
        head = store.head()
    done = subprocess.run([sys.executable, "-c", KILLED, path, moment])
    assert done.returncode == -signal.SIGKILL
    with open_store(path) as store:
        assert store.check().ok
        after = store.head().count == head.count + 1
        assert after or store.head() == head
    assert after == (moment in ("committed", "compacted")) == (hits(path) == 0)
