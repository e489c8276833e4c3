"""Signatures in wet ink are kept as evidence, and never called digital."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from PIL import Image

import resources
from partnerdesk import ceremony
from partnerdesk.charter.typeset.outlines import outlines
from partnerdesk.copies import Form, copy_of, text_of, version_original
from partnerdesk.errors import UserError
from partnerdesk.exchange.known import known_here, remember
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.ink import on_paper, sign_on_paper
from partnerdesk.flow.signatories import change_signatory
from partnerdesk.flow.versions import (
    VersionState,
    authority_of,
    charter_pdf,
    close_version,
    signatories_of,
    versions,
)
from partnerdesk.model.round import Method
from partnerdesk.signing.authority import Authority
from partnerdesk.signing.marks import TypedMark
from partnerdesk.signing.pictures import scan
from partnerdesk.signing.report import Known, Verdict, told
from partnerdesk.signing.sign import SignatureRequest, sign
from partnerdesk.signing.verify import verify
from partnerdesk.store import Store, open_store
from tests.core.signing.ceremony import AT


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the recorded workshop with a frozen version that nobody has signed."""
    guide = built_in_guide()
    workshop = read_workshop(resources.path("samples/workshop-a.json"), guide)
    path = tmp_path_factory.mktemp("paper") / "a.pdesk"
    with replay(workshop, guide, path) as made:
        ceremony.freeze(made, guide, AT)
    return path


@pytest.fixture
def store(tmp_path: Path, frozen: Path) -> Iterator[Store]:
    """A copy of that file, open."""
    made = open_store(Path(shutil.copy(frozen, tmp_path / "a.pdesk")))
    yield made
    made.close()


def photograph() -> bytes:
    """Return a JPEG with a secret in its metadata, lying on its side."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "camera 4711", 6
    Image.new("RGB", (90, 60), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photograph_is_kept_upright_and_without_its_metadata() -> None:
    kept, ending = scan(photograph())
    assert ending == ".jpg"
    assert b"4711" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (60, 90)


def test_a_scanned_pdf_is_kept_as_it_is() -> None:
    assert scan(b"%PDF-1.4 scan") == (b"%PDF-1.4 scan", ".pdf")


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"PK", b"%PDF-" + bytes(20_000_001)])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match="cannot be used"):
        scan(data)


def everybody(store: Store) -> tuple[str, ...]:
    """Return all whom the one version names, in signing order."""
    return signatories_of(store, versions(store)[0].id)


def digital(store: Store, place: int) -> None:
    """Let the signatory at `place`, from 0, sign on the laptop."""
    version = versions(store)[0]
    block = ceremony.blocks_of(store, version.id)[place]
    ceremony.sign_block(store, version.id, block, ceremony.generated_mark(block), AT)


def test_all_on_paper_is_journaled_with_its_evidence_and_closes(store: Store) -> None:
    version = versions(store)[0]
    before = charter_pdf(store, version.id)
    sign_on_paper(store, version.id, everybody(store), " Maji Safi ", scan(photograph()))
    close_version(store, version.id)
    closed, (paper,) = versions(store)[0], on_paper(store, version.id)
    assert closed.state is VersionState.SIGNED
    assert paper.kept_by == "Maji Safi"
    assert set(paper.signatories) == set(closed.signed)
    assert store.document(paper.evidence) == scan(photograph())[0]
    assert paper.name == "signed on paper, version 1.jpg"
    assert charter_pdf(store, version.id) == before
    assert store.check().ok
    with pytest.raises(UserError, match="over"):
        authority_of(store, version.id)


def test_without_a_note_a_file_signed_on_paper_is_one_that_nobody_signed(store: Store) -> None:
    pdf = charter_pdf(store, versions(store)[0].id)
    assert [f.code for f in verify(pdf, Known()).findings] == ["unsigned"]
    sign_on_paper(store, versions(store)[0].id, everybody(store), "Maji", scan(photograph()))
    report = verify(pdf, ceremony.known_of(store))
    assert report.verdict is Verdict.CANNOT_TELL
    assert [f.code for f in report.findings] == ["all-paper", "paper", "paper", "paper"]
    assert "kept by Maji" in told(report)
    assert "Ask who keeps the signed paper" in report.what_to_do


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_signs_on_paper_in_turn_and_the_others_on_the_laptop(store: Store, place: int) -> None:
    version = versions(store)[0]
    names = everybody(store)
    for at, name in enumerate(names):
        if at == place:
            sign_on_paper(store, version.id, [name], "Maji Safi", scan(photograph()))
        else:
            digital(store, at)
    close_version(store, version.id)
    pdf = charter_pdf(store, version.id)
    report = verify(pdf, ceremony.known_of(store))
    assert report.verdict is Verdict.UNCHANGED
    assert (len(report.signers), report.awaited, report.expected) == (2, 0, 3)
    assert [f.code for f in report.findings] == ["paper"]
    assert f"Signature{place + 1}" not in {signer.field for signer in report.signers}
    assert report.what_to_do == "Nothing. You can rely on this file."
    alone = verify(pdf, Known(frozenset({version.fingerprint})))
    assert [f.code for f in alone.findings] == ["awaited"]


def test_paper_follows_the_agreed_order(store: Store) -> None:
    version, names = versions(store)[0], everybody(store)
    for wrong in (names[1:2], names[::-1], ()):
        with pytest.raises(UserError, match="order"):
            sign_on_paper(store, version.id, wrong, "Maji Safi", scan(photograph()))
    sign_on_paper(store, version.id, names[:2], "Maji Safi", scan(photograph()))
    with pytest.raises(UserError, match="order"):
        sign_on_paper(store, version.id, names[:1], "Maji Safi", scan(photograph()))
    sign_on_paper(store, version.id, names[2:], "Kisumbe", scan(b"%PDF-1.4 two"))
    first, second = on_paper(store, version.id)
    assert (first.kept_by, second.kept_by) == ("Maji Safi", "Kisumbe")
    assert second.name == "signed on paper, version 1, paper 2.pdf"


def test_nobody_takes_a_place_that_was_signed_on_paper(store: Store) -> None:
    version, names = versions(store)[0], everybody(store)
    sign_on_paper(store, version.id, names[:1], "Maji Safi", scan(photograph()))
    with pytest.raises(UserError, match="has signed"):
        digital(store, 0)
    digital(store, 1)
    forged = sign(
        charter_pdf(store, version.id),
        request(1, first=False),
        Authority(*authority_of(store, version.id)),
        outlines=outlines,
    )
    assert verify(forged, ceremony.known_of(store)).verdict is Verdict.CHANGED


def test_whoever_is_to_sign_on_paper_last_leaves_the_closing_to_the_last_on_the_laptop(
    tmp_path: Path,
) -> None:
    store, version_id = frozen_with_paper_last(tmp_path)
    with store:
        digital(store, 0)
        digital(store, 1)
        pdf = charter_pdf(store, version_id)
        with pytest.raises(UserError, match="signs on paper"):
            digital(store, 2)
        authority = Authority(*authority_of(store, version_id))
        forged = sign(pdf, request(3, first=False), authority, outlines=outlines)
        assert verify(forged, ceremony.known_of(store)).verdict is Verdict.CHANGED
        alone = verify(pdf, Known(frozenset({versions(store)[0].fingerprint})))
        assert alone.verdict is Verdict.UNCHANGED
        assert [f.code for f in alone.findings] == ["paper-place"]
        assert alone.awaited == 0
        sign_on_paper(store, version_id, everybody(store)[2:], "Maji", scan(photograph()))
        assert "kept by Maji" in told(verify(pdf, ceremony.known_of(store)))
        assert "Signed on paper" not in told(alone)


def test_copies_say_where_the_paper_is(store: Store) -> None:
    version = versions(store)[0]
    digital(store, 0)
    sign_on_paper(store, version.id, everybody(store)[1:], "Maji Safi", scan(photograph()))
    text = text_of(version_original(store, versions(store)[0]))
    assert "The signed charter is the PDF, with paper kept by Maji Safi." in text
    made = copy_of(version_original(store, versions(store)[0]), Form.WORD)
    assert "with paper kept by Maji Safi" in footer_of(made)


def test_copies_of_a_charter_on_paper_alone_claim_no_signed_pdf(store: Store) -> None:
    version = versions(store)[0]
    sign_on_paper(store, version.id, everybody(store), "Maji Safi", scan(photograph()))
    text = text_of(version_original(store, versions(store)[0]))
    assert "The charter is signed on paper, kept by Maji Safi." in text
    assert "The signed charter is the PDF" not in text


def test_this_laptop_remembers_the_places_on_paper_and_nobody_by_name(
    store: Store, home: Path
) -> None:
    version = versions(store)[0]
    digital(store, 0)
    remember(version.fingerprint, ["Signature2"])
    remember(version.fingerprint, ["Signature3"])
    report = verify(charter_pdf(store, version.id), ceremony.laptop_knows())
    assert [f.code for f in report.findings] == ["paper-place", "paper-place"]
    assert report.verdict is Verdict.UNCHANGED
    assert known_here() == {version.fingerprint}


def test_paper_needs_a_keeper_and_somebody_who_is_awaited(store: Store) -> None:
    version, names = versions(store)[0], everybody(store)
    with pytest.raises(UserError, match="Who keeps"):
        sign_on_paper(store, version.id, names, " ", scan(photograph()))
    assert on_paper(store, version.id) == ()
    sign_on_paper(store, version.id, names, "Maji Safi", scan(photograph()))
    with pytest.raises(UserError, match="Nobody is awaited"):
        sign_on_paper(store, version.id, names, "Maji Safi", scan(photograph()))


def footer_of(docx: bytes) -> str:
    """Return the words at the foot of a Word file."""
    footer = Document(io.BytesIO(docx)).sections[0].footer
    return " ".join(paragraph.text for paragraph in footer.paragraphs)


def request(place: int, *, first: bool) -> SignatureRequest:
    """Return a signature on the field of a place, made past the ceremony's own rules."""
    return SignatureRequest(
        field=f"Signature{place}",
        name="Somebody else",
        organisation="",
        role="",
        reason="",
        location="",
        mark=TypedMark("Somebody else"),
        first=first,
        when=AT,
    )


def frozen_with_paper_last(tmp_path: Path) -> tuple[Store, str]:
    """Return a file whose open version names three people, the last of whom signs on paper."""
    guide = built_in_guide()
    told_ = read_workshop(resources.path("samples/workshop-a.json"), guide)
    made = replay(told_, guide, tmp_path / "paper.pdesk")
    last = made.rows("signatory", "position")[-1]
    change_signatory(made, str(last["id"]), method=Method.PAPER)
    return made, ceremony.freeze(made, guide, AT)


def test_the_printed_form_has_room_for_ink_for_everybody(store: Store) -> None:
    version = versions(store)[0]
    with pikepdf.open(io.BytesIO(charter_pdf(store, version.id))) as pdf:
        boxes = [[float(edge) for edge in field.Rect] for field in pdf.Root.AcroForm.Fields]
    assert len(boxes) == 3
    assert all(box[2] - box[0] >= 140 and box[3] - box[1] >= 40 for box in boxes)
