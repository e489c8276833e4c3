"""Where a file lies is told from what the system lists and what folders are called."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from partnerdesk.errors import EnvironmentProblem, Kept, UserError
from partnerdesk.keeping import spot
from partnerdesk.keeping.away import away, copy_of_origin, forget, put_back, work_here
from partnerdesk.keeping.notices import Notice, Offer, notices
from partnerdesk.keeping.spot import Medium, Spot, spot_of
from partnerdesk.store import Store, create_store, open_store, problems
from partnerdesk.store.waiting import Waiting

WORDS = "calm acorn in the garden"
MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
36 22 0:44 / /mnt/office rw - nfs4 server:/office rw
37 22 0:45 / /mnt/office/near rw - ext4 /dev/sdc1 rw
38 22 8:17 / /media/ada/STICK\040ONE rw - vfat /dev/sdb1 rw
39 22 8:18 / /media/ada/big rw - exfat /dev/sdd1 rw
40 22 0:50 / /home/ada/far rw - fuse.sshfs host:/ rw
a line that says nothing
"""


@pytest.mark.parametrize(
    ("path", "medium"),
    [
        ("/home/ada/lake.pdesk", Medium.DISK),
        ("/mnt/office/lake.pdesk", Medium.NETWORK),
        ("/mnt/officer/lake.pdesk", Medium.DISK),
        ("/mnt/office/near/lake.pdesk", Medium.DISK),
        ("/media/ada/STICK ONE/a/lake.pdesk", Medium.FAT),
        ("/media/ada/big/lake.pdesk", Medium.FAT),
        ("/home/ada/far/lake.pdesk", Medium.NETWORK),
    ],
)
def test_the_medium_is_that_of_the_nearest_mount(path: str, medium: Medium) -> None:
    assert spot_of(Path(path), MOUNTS) == Spot(medium)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Water Aid)", "Dropbox"),
        ("OneDrive - Water Aid", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-ada@example.org", "Google Drive"),
        ("iCloud Drive", "iCloud"),
        ("Boxes", ""),
        ("Dropboxing", ""),
    ],
)
def test_a_cloud_folder_is_known_by_its_name(folder: str, name: str) -> None:
    found = spot_of(Path("/home/ada") / folder / "work" / "lake.pdesk", MOUNTS)
    assert (found.medium, found.name) == (Medium.CLOUD if name else Medium.DISK, name)


def test_a_cloud_folder_is_known_by_what_its_program_leaves(tmp_path: Path) -> None:
    (tmp_path / "shared" / "in").mkdir(parents=True)
    (tmp_path / "shared" / ".stfolder").mkdir()
    found = spot_of(tmp_path / "shared" / "in" / "lake.pdesk", MOUNTS)
    assert (found.medium, found.name) == (Medium.CLOUD, "Syncthing")


def test_what_a_program_keeps_of_itself_at_home_makes_no_cloud_folder(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()  # its settings; the folder that it watches has .dropbox.cache
    assert spot_of(tmp_path / "lake.pdesk", MOUNTS).medium is Medium.DISK
    (tmp_path / ".dropbox.cache").mkdir()
    assert spot_of(tmp_path / "lake.pdesk", MOUNTS).name == "Dropbox"


def test_room_is_three_times_the_file_and_fifty_megabytes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert spot_of(store.path).roomy
    monkeypatch.setattr(spot, "ENOUGH_BYTES", 2**62)
    assert not spot_of(store.path).roomy


def _told(store: Store, where: Spot, away_from: str = "") -> list[tuple[str, Offer]]:
    found = notices(store, where, away_from=away_from)
    for one in found:
        assert len(one.words.split()) <= 35
        assert isinstance(one, Notice)
    return [(one.code, one.offer) for one in found]


def test_each_place_has_its_sentence_and_its_offer(store: Store, path: Path) -> None:
    disk = Spot(Medium.DISK)
    assert _told(store, disk) == []
    for medium in (Medium.NETWORK, Medium.CLOUD, Medium.FAT):
        assert _told(store, Spot(medium, "Dropbox")) == [(medium.value, Offer.WORK_HERE)]
    assert _told(store, Spot(Medium.DISK, roomy=False)) == [("low-space", Offer.SAVE_COPY)]
    assert _told(store, disk, "/media/stick") == [("working-copy", Offer.PUT_BACK)]
    store.close()
    with open_store(path, read_only=True) as reader:
        assert _told(reader, Spot(Medium.FAT)) == [("read-only", Offer.WORK_HERE)]
    with open_store(path, clock=lambda: datetime(1970, 1, 2, tzinfo=UTC)) as early:
        assert _told(early, disk) == [("clock", Offer.NONE)]


def test_a_file_that_was_left_open_says_so_once(store: Store, path: Path) -> None:
    left = path.with_name(f".{path.name}.reserve").read_bytes()
    store.close()
    path.with_name(f".{path.name}.reserve").write_bytes(left[:10])
    with open_store(path) as again:
        (one,) = notices(again, Spot(Medium.DISK))
        assert (one.code, one.warns) == ("stopped", False)
        assert "Nothing was lost: the last change is from" in one.words
    with open_store(path) as closed_well:
        assert notices(closed_well, Spot(Medium.DISK)) == ()


@pytest.mark.parametrize("passphrase", [None, WORDS], ids=["plain", "locked"])
def test_a_working_copy_goes_back_whole(tmp_path: Path, passphrase: str | None) -> None:
    origin, folder = tmp_path / "stick" / "lake.pdesk", tmp_path / "here"
    origin.parent.mkdir()
    create_store(origin, passphrase=passphrase).close()
    copy = work_here(origin, folder, passphrase)
    assert copy_of_origin(origin, folder) == copy
    with open_store(copy, passphrase=passphrase) as store:
        for number in range(2):  # a file may go back and go on
            with store.transaction("Write") as t:
                t.insert("note", {"id": str(number)})
            assert put_back(store, passphrase) == origin
        head = store.head()
    forget(copy)
    assert away(copy) is None
    assert copy_of_origin(origin, folder) is None
    with open_store(origin, passphrase=passphrase) as back:
        assert back.head() == head
        assert back.check().ok


def _refused(store: Store) -> str:
    with pytest.raises((EnvironmentProblem, UserError)) as refused:
        put_back(store)
    assert len(refused.value.message.split()) <= 35
    return refused.value.code


def test_a_working_copy_writes_over_nothing_that_changed_meanwhile(tmp_path: Path) -> None:
    origin = tmp_path / "stick" / "lake.pdesk"
    origin.parent.mkdir()
    create_store(origin).close()
    with open_store(work_here(origin, tmp_path / "here")) as store:
        with open_store(origin) as other, other.transaction("Write") as t:
            t.insert("note", {"id": "theirs"})
        before = origin.read_bytes()
        assert _refused(store) == "changed-there"
        assert origin.read_bytes() == before
        origin.write_bytes(b"SQLite format 3\0" + bytes(9000))
        assert _refused(store) == "not-ours"
        origin.unlink()
        origin.parent.rmdir()
        assert _refused(store) == "away"


def test_a_note_that_nobody_can_read_makes_no_working_copy(tmp_path: Path) -> None:
    path = tmp_path / "lake.pdesk"
    for note in ("", "[]", '{"origin": 1}', "[" * 100_000):
        path.with_name("lake.pdesk.from.json").write_text(note)
        assert away(path) is None
    with create_store(path) as store, pytest.raises(LookupError):
        put_back(store)


def test_changes_wait_in_order_until_the_disk_takes_them() -> None:
    waiting, full, done = Waiting(), [True], []

    def write(what: str) -> str:
        if full[0]:
            problem = problems.disk_full(Path("lake.pdesk"))
            problem.again = True
            raise problem
        done.append(what)
        return what

    for what, about in (("a", None), ("b", "field"), ("c", "field"), ("d", None)):
        with pytest.raises(Kept) as kept:
            waiting.run(lambda what=what: write(what), about)
        assert kept.value.code == "disk-full"
    assert (waiting.count, waiting.retry()) == (3, False)
    full[0] = False
    assert waiting.run(lambda: write("e")) == "e"
    assert done == ["a", "c", "d", "e"]
    assert (waiting.count, waiting.problem) == (0, None)


def test_what_only_a_person_can_put_right_does_not_wait() -> None:
    def refuse() -> None:
        raise problems.foreign(Path("lake.pdesk"))

    waiting = Waiting()
    with pytest.raises(EnvironmentProblem) as refused:
        waiting.run(refuse)
    assert (refused.value.code, waiting.count) == ("foreign", 0)
