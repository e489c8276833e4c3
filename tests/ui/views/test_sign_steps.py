"""Before and beside a signature: the private question, the pause, wet ink, an own certificate."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from partnerdesk import ceremony
from partnerdesk.errors import UserError
from partnerdesk.exchange.known import paper_here
from partnerdesk.flow import pin
from partnerdesk.flow.versions import VersionState, charter_pdf, open_version, versions
from partnerdesk.model.round import Method
from partnerdesk.signing.report import Known
from partnerdesk.signing.verify import verify
from tests.core.signing.test_signing_own import PASSPHRASE, certificate, p12
from tests.recording import RecordingMessages
from ui.views.place import Go, Place
from ui.views.print_dialog import PrintDialog
from ui.views.sign import SignView
from ui.views.sign_paper import PaperForm
from ui.views.sign_scan import ScanDialog, pictures_of
from ui.views.workplace import Workplace

NOW = datetime.now().astimezone()
Show = Callable[[], SignView]


@pytest.fixture
def show(qtbot: QtBot, workshop: Workplace) -> Iterator[Show]:
    """Return what shows the view on a version whose signing has begun."""
    views: list[SignView] = []
    ceremony.freeze(workshop.store, workshop.guide, NOW)

    def made() -> SignView:
        view = SignView(workshop)
        views.append(view)
        qtbot.addWidget(view)
        view.resize(1366, 768)
        with qtbot.waitExposed(view):
            view.show()
        return view

    yield made
    for view in views:
        view.closing()


def texts(view: SignView) -> str:
    """Return all words that show, on labels and buttons."""
    parts = [*view.findChildren(QLabel), *view.findChildren(QAbstractButton)]
    return "\n".join(one.text() for one in parts if one.isVisibleTo(view))


def press(qtbot: QtBot, view: SignView, name: str) -> None:
    """Press the visible button that is called `name`."""
    found = [b for b in view.findChildren(QAbstractButton) if b.accessibleName() == name]
    qtbot.mouseClick(next(b for b in found if b.isVisibleTo(view)), Qt.MouseButton.LeftButton)


def answer(view: SignView, place: int) -> None:
    """Give the answer at `place`, from 0, and go on."""
    assert view.steps.private is not None
    view.steps.private.answers.faces[place].click()
    view.scaffold.footer.primary.click()


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` with its bytes."""
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_nobody_signs_before_the_private_question_is_answered(show: Show) -> None:
    view = show()
    assert view.turn is None
    footer = view.scaffold.footer
    assert (footer.primary.isEnabled(), footer.note()) == (False, "Choose one answer.")
    answer(view, 0)
    assert view.turn is not None


@pytest.mark.parametrize("place", [1, 2])
def test_any_other_answer_looks_like_an_ordinary_pause_and_leaves_no_trace(
    qtbot: QtBot, show: Show, workshop: Workplace, tmp_path: Path, place: int
) -> None:
    view = show()
    view.scaffold.footer.back.click()
    ordinary = texts(view)
    assert "Signing paused" in ordinary
    view.scaffold.footer.primary.click()
    before, head = files(tmp_path), workshop.store.head()
    answer(view, place)
    assert texts(view) == ordinary
    assert workshop.store.head() == head
    assert files(tmp_path) == before
    view.scaffold.footer.primary.click()
    assert view.steps.private is not None
    assert view.steps.private.answers.value is None


def test_a_canary_in_the_record_would_be_found(workshop: Workplace, tmp_path: Path) -> None:
    before = files(tmp_path)
    with workshop.store.transaction("Note") as t:
        t.insert("note", {"id": "canary", "text": "Talk to me first"})
    assert files(tmp_path) != before


def test_each_signatory_is_asked_anew(qtbot: QtBot, show: Show, workshop: Workplace) -> None:
    view = show()
    answer(view, 0)
    version = open_version(workshop.store)
    assert version is not None
    block = ceremony.blocks_of(workshop.store, version.id)[0]
    ceremony.sign_block(workshop.store, version.id, block, ceremony.generated_mark(block), NOW)
    view.refresh()
    assert view.turn is None
    assert view.steps.private is not None


def test_the_pause_leads_back_to_the_charter(show: Show, desk: object) -> None:
    view = show()
    back = view.scaffold.footer.back
    back.click()
    assert view.steps.paused
    back.click()
    assert desk.places[-1] == Place(Go.CHARTER)  # type: ignore[attr-defined]  # the fake desk


def on_paper(qtbot: QtBot, view: SignView, messages: RecordingMessages, path: Path) -> PaperForm:
    """Go to the form for paper, choose a scan at `path`, and name the keeper."""
    answer(view, 0)
    if view.steps.paper is None:
        press(qtbot, view, "Sign on paper instead")
    form = view.steps.paper
    assert form is not None
    assert view.scaffold.footer.note() == "Choose the scan first."
    messages.path = path
    Image.new("RGB", (800, 1100), "white").save(path)
    press(qtbot, view, "Choose the scan")
    qtbot.waitUntil(lambda: form.scanned is not None, timeout=20_000)
    assert view.scaffold.footer.note() == "Say who keeps the paper."
    qtbot.keyClicks(form.kept_by.editor, "the Water Users' Committee")
    return form


def test_a_version_signed_on_paper_says_so_and_claims_no_digital_signature(
    qtbot: QtBot, show: Show, workshop: Workplace, messages: RecordingMessages, tmp_path: Path
) -> None:
    view = show()
    form = on_paper(qtbot, view, messages, tmp_path / "scan.jpg")
    form.people[2].setChecked(True)
    assert [person.isChecked() for person in form.people] == [True, True, True]
    view.scaffold.footer.primary.click()
    assert view.scaffold.footer.primary.text() == "Close the signing"
    view.scaffold.footer.primary.click()
    version = versions(workshop.store)[0]
    assert version.state is VersionState.SIGNED
    assert "signed on paper, kept by the Water Users' Committee." in texts(view)
    assert texts(view).count("on paper\n") >= 3
    assert "Unchanged since signing" not in texts(view)
    pdf = charter_pdf(workshop.store, version.id)
    assert [f.code for f in verify(pdf, Known()).findings] == ["unsigned"]


def test_one_signs_on_paper_and_the_next_on_the_laptop_and_the_scan_can_be_seen_again(
    qtbot: QtBot, show: Show, workshop: Workplace, messages: RecordingMessages, tmp_path: Path
) -> None:
    view = show()
    form = on_paper(qtbot, view, messages, tmp_path / "scan.png")
    form.people[2].setChecked(True)
    form.people[1].setChecked(False)
    assert [person.isChecked() for person in form.people] == [True, False, False]
    view.scaffold.footer.primary.click()
    version = open_version(workshop.store)
    assert version is not None
    assert version.signed == form.signatories()
    assert paper_here() == {version.fingerprint: {"Signature1"}}
    answer(view, 0)
    turn = view.turn
    assert turn is not None
    assert "2 of 3 signatures awaited" in texts(view)
    assert "signed on paper, kept by the Water Users' Committee." in texts(view)
    before = set(tmp_path.iterdir())
    turn.papers.buttons[0].click()
    dialog = view.findChild(ScanDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.papers) == 1, timeout=20_000)
    assert set(tmp_path.iterdir()) == before
    messages.path = tmp_path / "again.jpg"
    dialog.save.click()
    qtbot.waitUntil(lambda: "Written: again.jpg" in dialog._note.text(), timeout=20_000)
    with Image.open(messages.path) as kept:
        assert kept.size == (800, 1100)
    dialog.leave.click()


def test_a_scanned_pdf_is_drawn_in_the_child_and_what_cannot_be_is_told(qtbot: QtBot) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "PDF")
    (page,) = pictures_of(out.getvalue())
    assert page.startswith(b"\x89PNG")
    assert pictures_of(b"%PDF-1.4 nothing") == ()


def test_a_signing_waits_under_its_pin_and_goes_on_with_it(
    qtbot: QtBot, show: Show, workshop: Workplace, messages: RecordingMessages
) -> None:
    view = show()
    view.scaffold.footer.back.click()
    messages.typed = ["short"]
    press(qtbot, view, "Lock it with a PIN until another day")
    assert "at least six characters" in messages.told[-1]
    messages.typed = ["harbour lamp 7"]
    press(qtbot, view, "Lock it with a PIN until another day")
    store = workshop.store
    version = open_version(store)
    assert version is not None
    qtbot.waitUntil(lambda: pin.waits_under_pin(store, version.id), timeout=20_000)
    assert "3 of 3 signatures awaited. The signing waits under its PIN." in texts(view)
    block = ceremony.blocks_of(store, version.id)[0]
    with pytest.raises(UserError, match="Unlock it first"):
        ceremony.sign_block(store, version.id, block, ceremony.generated_mark(block), NOW)
    messages.typed = ["another word"]
    view.scaffold.footer.primary.click()
    qtbot.waitUntil(lambda: "does not open the signing" in messages.told[-1], timeout=20_000)
    messages.typed = ["harbour lamp 7"]
    view.scaffold.footer.primary.click()
    qtbot.waitUntil(lambda: view.steps.private is not None, timeout=20_000)
    assert pin.waits_under_pin(store, version.id)
    answer(view, 0)
    turn = view.turn
    assert turn is not None
    for box in turn.boxes:
        box.box.setChecked(True)
    turn.marks.choose(Method.TYPED)
    qtbot.keyClicks(turn.marks.typed.field.editor, "Rose Anyango")
    view.scaffold.footer.primary.click()
    qtbot.waitUntil(lambda: len(versions(store)[0].signed) == 1, timeout=30_000)
    assert store.check().ok


def test_whoever_lost_the_pin_can_stop_the_signing_and_freeze_anew(
    qtbot: QtBot, show: Show, workshop: Workplace
) -> None:
    store = workshop.store
    version = open_version(store)
    assert version is not None
    key = pin.locked(pin.kept_key(store, version.id), "nobody knows it")
    pin.lock_signing(store, version.id, key)
    view = show()
    press(qtbot, view, "Stop signing this version")
    assert versions(store)[0].state is VersionState.ABANDONED
    assert pin.kept_key(store, version.id) == b""
    ceremony.freeze(store, workshop.guide, NOW)
    assert open_version(store) is not None


def test_the_form_to_print_is_the_version_itself(
    qtbot: QtBot, show: Show, workshop: Workplace, messages: RecordingMessages, tmp_path: Path
) -> None:
    view = show()
    answer(view, 0)
    press(qtbot, view, "Sign on paper instead")
    messages.path = tmp_path / "form.pdf"
    press(qtbot, view, "Save the form to print")
    qtbot.waitUntil(lambda: "Written: form.pdf" in texts(view), timeout=10_000)
    version = open_version(workshop.store)
    assert version is not None
    assert messages.path.read_bytes() == charter_pdf(workshop.store, version.id)
    press(qtbot, view, "Print the form")
    dialog = view.findChild(PrintDialog)
    assert dialog is not None
    assert dialog._pdf == messages.path.read_bytes()
    dialog.reject()
    press(qtbot, view, "Sign on this laptop instead")
    assert view.steps.private is not None


def test_a_scan_that_is_none_is_refused(
    qtbot: QtBot, show: Show, messages: RecordingMessages, tmp_path: Path
) -> None:
    view = show()
    answer(view, 0)
    press(qtbot, view, "Sign on paper instead")
    messages.path = tmp_path / "scan.png"
    messages.path.write_bytes(b"nothing")
    press(qtbot, view, "Choose the scan")
    qtbot.waitUntil(lambda: bool(messages.told), timeout=10_000)
    assert "This picture cannot be used" in messages.told[0]


def open_own(qtbot: QtBot, view: SignView, path: Path, passphrase: str) -> None:
    """Choose the certificate at `path` and type the passphrase."""
    turn = view.turn
    assert turn is not None
    turn.own.take(path)
    qtbot.waitUntil(lambda: turn.own.passphrase.isVisibleTo(view), timeout=10_000)
    qtbot.keyClicks(turn.own.passphrase.editor, passphrase)
    press(qtbot, view, "Open the certificate")


def test_an_organisation_signs_with_its_own_certificate(
    qtbot: QtBot, show: Show, workshop: Workplace, tmp_path: Path
) -> None:
    path = tmp_path / "maji.p12"
    fit = certificate(begins=NOW - timedelta(days=1), ends=NOW + timedelta(days=9))
    path.write_bytes(p12(cert=fit))
    view = show()
    answer(view, 0)
    turn = view.turn
    assert turn is not None
    for box in turn.boxes:
        box.box.setChecked(True)
    turn.marks.choose(Method.TYPED)
    qtbot.keyClicks(turn.marks.typed.field.editor, "Rose Anyango")
    open_own(qtbot, view, path, "wrong")
    qtbot.waitUntil(lambda: bool(turn.own.passphrase.error()), timeout=10_000)
    assert "passphrase does not open" in turn.own.passphrase.error()
    assert not view.scaffold.footer.primary.isEnabled()
    qtbot.keyClicks(turn.own.passphrase.editor, PASSPHRASE)
    press(qtbot, view, "Open the certificate")
    qtbot.waitUntil(lambda: turn.own.own is not None, timeout=10_000)
    assert "Signs with the certificate of Maji Safi Trust" in texts(view)
    assert not any(PASSPHRASE in one.text() for one in view.findChildren(QLineEdit))
    view.scaffold.footer.primary.click()
    store = workshop.store
    qtbot.waitUntil(lambda: len(versions(store)[0].signed) == 1, timeout=20_000)
    version = versions(store)[0]
    report = verify(charter_pdf(store, version.id), Known(frozenset({version.fingerprint})))
    assert report.verdict.words == "Unchanged since signing"
    assert report.signers[0].certificate == "Maji Safi Trust (National Root)"
    kept = b"".join(files(tmp_path / "..").values())
    assert PASSPHRASE.encode() not in kept


def test_whoever_changes_their_mind_signs_without_it(
    qtbot: QtBot, show: Show, tmp_path: Path
) -> None:
    path = tmp_path / "maji.p12"
    path.write_bytes(io.BytesIO(p12()).getvalue())
    view = show()
    answer(view, 0)
    turn = view.turn
    assert turn is not None
    open_own(qtbot, view, path, "wrong")
    press(qtbot, view, "Sign without it")
    assert turn.own.own is None
    assert turn.own.choose.isVisibleTo(view)
    assert turn.own.why_not() == ""
