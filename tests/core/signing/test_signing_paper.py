"""Signatures in wet ink are kept as evidence, and never called digital."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import resources
from partnerdesk import ceremony
from partnerdesk.errors import UserError
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.versions import VersionState, authority_of, charter_pdf, versions
from partnerdesk.signing.pictures import scan
from partnerdesk.signing.report import Known
from partnerdesk.signing.verify import verify
from partnerdesk.store import Store
from tests.core.signing.ceremony import AT


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The recorded workshop with a frozen version that nobody has signed."""
    guide = built_in_guide()
    workshop = read_workshop(resources.path("samples/workshop-a.json"), guide)
    made = replay(workshop, guide, tmp_path / "a.pdesk")
    ceremony.freeze(made, guide, AT)
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


def test_paper_closes_the_version_and_is_journaled_with_its_evidence(store: Store) -> None:
    version = versions(store)[0]
    before = charter_pdf(store, version.id)
    ceremony.sign_on_paper(store, version.id, " Maji Safi ", scan(photograph()))
    closed, paper = versions(store)[0], ceremony.on_paper(store, version.id)
    assert closed.state is VersionState.SIGNED
    assert paper is not None
    assert paper.kept_by == "Maji Safi"
    assert paper.signatories == set(closed.signed)
    assert len(paper.signatories) == 3
    assert store.document(paper.evidence) == scan(photograph())[0]
    assert paper.name == "signed on paper, version 1.jpg"
    assert charter_pdf(store, version.id) == before
    assert [f.code for f in verify(before, Known()).findings] == ["unsigned"]
    assert store.check().ok
    with pytest.raises(UserError, match="over"):
        authority_of(store, version.id)


def test_whoever_signed_on_the_laptop_stays_digital(store: Store) -> None:
    version = versions(store)[0]
    first = ceremony.blocks_of(store, version.id)[0]
    ceremony.sign_block(store, version.id, first, ceremony.generated_mark(first), AT)
    ceremony.sign_on_paper(store, version.id, "Maji Safi", scan(photograph()))
    paper = ceremony.on_paper(store, version.id)
    assert paper is not None
    assert first.signatory not in paper.signatories
    report = verify(charter_pdf(store, version.id), Known(frozenset({version.fingerprint})))
    assert (len(report.signers), report.awaited) == (1, 2)


def test_paper_needs_a_keeper_and_somebody_who_is_awaited(store: Store) -> None:
    version = versions(store)[0]
    with pytest.raises(UserError, match="Who keeps"):
        ceremony.sign_on_paper(store, version.id, " ", scan(photograph()))
    assert ceremony.on_paper(store, version.id) is None
    ceremony.sign_on_paper(store, version.id, "Maji Safi", scan(photograph()))
    with pytest.raises(UserError, match="Nobody is awaited"):
        ceremony.sign_on_paper(store, version.id, "Maji Safi", scan(photograph()))


def test_the_printed_form_has_room_for_ink_for_everybody(store: Store) -> None:
    version = versions(store)[0]
    with pikepdf.open(io.BytesIO(charter_pdf(store, version.id))) as pdf:
        boxes = [[float(edge) for edge in field.Rect] for field in pdf.Root.AcroForm.Fields]
    assert len(boxes) == 3
    assert all(box[2] - box[0] >= 140 and box[3] - box[1] >= 40 for box in boxes)
