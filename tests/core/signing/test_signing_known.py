"""The pages of an unchanged charter are compared with what its data make (R7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import resources
from partnerdesk import ceremony
from partnerdesk.charter import render as rendering
from partnerdesk.charter.canonical import canonical, digest, from_json
from partnerdesk.exchange.replay import replay
from partnerdesk.exchange.workshop import read_workshop
from partnerdesk.flow.guides import built_in_guide
from partnerdesk.flow.versions import charter_pdf, versions
from partnerdesk.signing.authority import new_authority
from partnerdesk.signing.report import Known, Verdict, told
from partnerdesk.signing.words import fingerprint
from partnerdesk.store import Store
from tests.core.signing.ceremony import AT, codes
from tests.core.signing.test_signing_charter import charter, sealed, signature


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The recorded workshop with a version that one of three has signed."""
    guide = built_in_guide()
    workshop = read_workshop(resources.path("samples/workshop-a.json"), guide)
    made = replay(workshop, guide, tmp_path_factory.mktemp("known") / "a.pdesk")
    version_id = ceremony.freeze(made, guide, AT)
    block = ceremony.blocks_of(made, version_id)[0]
    ceremony.sign_block(made, version_id, block, ceremony.generated_mark(block), AT)
    yield made
    made.close()


def test_the_pages_of_a_real_charter_are_what_its_data_make(store: Store, tmp_path: Path) -> None:
    version = versions(store)[0]
    file = tmp_path / "charter.pdf"
    file.write_bytes(charter_pdf(store, version.id))
    report = ceremony.verify_known(file, Known(frozenset({version.fingerprint})))
    assert report.verdict is Verdict.UNCHANGED
    assert "remade" in codes(report)
    assert "exactly what this laptop makes" in told(report)


def test_a_file_that_is_not_proven_is_not_read_here(store: Store) -> None:
    version = versions(store)[0]
    pdf = charter_pdf(store, version.id)
    assert not codes(ceremony.verify_known(pdf, Known())) & {"remade", "remade-other"}
    changed = ceremony.verify_known(pdf + b"\n", Known(frozenset({version.fingerprint})))
    assert changed.verdict is Verdict.CHANGED
    assert "remade" not in codes(changed)


def test_pages_that_say_something_else_than_their_data_are_told() -> None:
    authority = new_authority("Lake Basin Charter", AT)
    said = charter(1)
    meant = replace(said, purpose="Water for nobody")
    pdf, mark = sealed(authority, 1)
    honest = signature(pdf, 1, authority)
    known = Known(frozenset({mark}))
    assert "remade" in codes(ceremony.verify_known(honest, known))
    forged_mark = fingerprint(digest(meant), authority.certificate)
    forged = signature(_swapped(authority, canonical(meant)), 1, authority)
    report = ceremony.verify_known(forged, Known(frozenset({forged_mark})))
    assert report.verdict is Verdict.UNCHANGED
    assert "remade-other" in codes(report)
    assert "not what this laptop makes" in told(report)


def _swapped(authority: object, data: bytes) -> bytes:
    """Return the unsigned charter with other data inside: what only its own laptop could do."""
    import io

    import pikepdf

    pdf, _mark = sealed(authority, 1)  # type: ignore[arg-type]  # an Authority
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        files = opened.attachments["charter.json"]
        files.obj.EF.F.write(data)
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def test_another_look_of_the_same_words_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = versions(store)[0]
    pdf = charter_pdf(store, version.id)
    render = rendering.render
    monkeypatch.setattr(rendering, "render", lambda *given: render(*given) + b"\n")
    report = ceremony.verify_known(pdf, Known(frozenset({version.fingerprint})))
    assert "remade-text" in codes(report)


def test_data_of_a_later_program_add_no_remark(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = versions(store)[0]
    pdf = charter_pdf(store, version.id)
    monkeypatch.setattr(ceremony, "from_json", lambda _data: from_json(b"{}"))
    report = ceremony.verify_known(pdf, Known(frozenset({version.fingerprint})))
    assert report.verdict is Verdict.UNCHANGED
    assert not {code for code in codes(report) if code.startswith("remade")}
